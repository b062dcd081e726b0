"""Which shape does a file of letter texts have, and does each text make sense?"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from kkd_desktop.domain import texts
from kkd_desktop.domain.language import said
from kkd_desktop.domain.letter_kinds import LetterKind
from kkd_desktop.domain.text_blocks import BlockKind, Occasion
from kkd_desktop.policyfiles.faults import KeyPath
from kkd_desktop.policyfiles.schema.form import form_faults
from kkd_desktop.policyfiles.schema.parts import Model, Text, fault
from kkd_desktop.policyfiles.source import Document

BLANKS = ("termin", "voriger_termin", "frist", "ansprechperson", "telefon", "dienststelle")
"""What a text may leave open, in braces: {termin}."""

_BLANK = re.compile(r"\{([^{}]*)\}")
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=60)]


def _filled(text: str) -> str:
    for name in _BLANK.findall(text):
        if name not in BLANKS:
            known = ", ".join(f"{{{each}}}" for each in BLANKS)
            raise fault(
                said("Die Lücke {blank} gibt es nicht. Erlaubt sind: {known}.").format(
                    blank=f"{{{name}}}", known=known
                )
            )
    return text


class Validity(Model):
    since: date | None = Field(default=None, alias="from")
    until: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Validity":
        if self.since is not None and self.until is not None and self.until < self.since:
            raise fault(said("Das Ende liegt vor dem Beginn."))
        return self


class Reviewed(Model):
    by: Text
    on: date


class Block(Model):
    id: Id
    kind: Literal[tuple(kind.value for kind in BlockKind)]  # type: ignore[valid-type]
    version: Text
    source: Text
    text: Annotated[str, Field(min_length=1, max_length=12_000), AfterValidator(_filled)]
    title: Text = ""
    letters: list[Literal[tuple(kind.value for kind in LetterKind)]] = Field(  # type: ignore[valid-type]
        default=[]
    )
    occasion: Literal[tuple(each.value for each in Occasion)] | None = None  # type: ignore[valid-type]
    valid: Validity = Field(default=Validity())
    reviewed: Reviewed | None = None
    left_out: bool = False
    number: Annotated[int, Field(ge=1, le=366)] | None = None

    @model_validator(mode="after")
    def _counted(self) -> "Block":
        if "{frist}" in self.text and self.number is None:
            raise fault(
                said("Der Text nennt {blank}; dazu fehlt number, die Zahl der Tage.").format(
                    blank="{frist}"
                )
            )
        if self.kind == BlockKind.WIEDERHOLUNG and self.number is None:
            raise fault(
                said("Hier fehlt number: bei der wievielten Einladung der Hinweis erscheint.")
            )
        return self


class TextFile(Model):
    block: Annotated[list[Block], Field(min_length=1)]


def text_faults(document: Document) -> Iterator[tuple[KeyPath, str]]:
    """Every fault of form, and of sense where the form is in order."""
    found = [*form_faults(TextFile, document)]
    yield from found or _contradictions(document["block"])


def _contradictions(blocks: list[dict[str, Any]]) -> Iterator[tuple[KeyPath, str]]:
    """The same version twice, or two versions of one text on the same day."""
    for number, block in enumerate(blocks):
        for earlier in blocks[:number]:
            if earlier["id"] != block["id"]:
                continue
            if earlier["version"] == block["version"]:
                yield (
                    ("block", number, "version"),
                    said("Fassung {version} gibt es schon.").format(version=block["version"]),
                )
            elif day := _shared_day(earlier, block):
                yield (
                    ("block", number, "valid"),
                    said("Am {day} gilt schon die Fassung {version}.").format(
                        day=texts.day(day), version=earlier["version"]
                    ),
                )


def _shared_day(one: dict[str, Any], other: dict[str, Any]) -> date | None:
    first, second = one.get("valid", {}), other.get("valid", {})
    since: date = max(first.get("from", date.min), second.get("from", date.min))
    until: date = min(first.get("until", date.max), second.get("until", date.max))
    if since > until:
        return None
    return since if since > date.min else until
