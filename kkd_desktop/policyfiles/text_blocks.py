"""Which texts for letters are at hand: the shipped ones, and the office's own in their place?"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.letter_kinds import LetterKind
from kkd_desktop.domain.text_blocks import BlockKind, Occasion, Review, TextBlock
from kkd_desktop.domain.values import Value
from kkd_desktop.policyfiles.faults import Fault, PolicyFileError, dotted
from kkd_desktop.policyfiles.locate import Locator
from kkd_desktop.policyfiles.source import read_document


class TextShelf(Value, frozen=True):
    """All texts, and what is wrong with the office's own files: these cannot be used at all."""

    blocks: tuple[TextBlock, ...]
    faults: tuple[Fault, ...] = ()


def read_texts(shipped: Path, own: Path) -> TextShelf:
    """An own text takes the place of all shipped versions of the same id."""
    faults: list[Fault] = []
    others = [block for path in _files(own) for block in _own_blocks(path, faults)]
    replaced = {block.id for block in others}
    ours = [block for path in _files(shipped) for block in _blocks(path, own=False)]
    return TextShelf(
        (*(block for block in ours if block.id not in replaced), *others), tuple(faults)
    )


def check_texts(path: Path) -> tuple[Fault, ...]:
    """Everything wrong with a file of texts."""
    # Only here: a check needs pydantic, which costs more than setting a letter.
    from kkd_desktop.policyfiles.text_form import text_faults

    document, text = read_document(path)
    locator = Locator(text)
    return tuple(
        Fault(path, locator.line_of(key), dotted(key), message)
        for key, message in text_faults(document)
    )


def _own_blocks(path: Path, faults: list[Fault]) -> Sequence[TextBlock]:
    try:
        found = check_texts(path)
    except PolicyFileError as error:
        found = error.faults
    except UserError as error:
        found = (Fault(path, None, "", str(error)),)
    faults.extend(
        Fault(fault.path, fault.line, fault.key, fault.message, path.parent.name) for fault in found
    )
    return () if found else _blocks(path, own=True)


def _blocks(path: Path, *, own: bool) -> Sequence[TextBlock]:
    document, _ = read_document(path)
    return [_block(table, own) for table in document["block"]]


def _block(table: Mapping[str, Any], own: bool) -> TextBlock:
    valid, reviewed = table.get("valid", {}), table.get("reviewed")
    return TextBlock(
        id=table["id"],
        kind=BlockKind(table["kind"]),
        version=table["version"],
        text=table["text"].strip(),
        source=table["source"],
        title=table.get("title", ""),
        letters=frozenset(LetterKind(name) for name in table.get("letters", ())),
        occasion=Occasion(table["occasion"]) if "occasion" in table else None,
        since=_day(valid.get("from")),
        until=_day(valid.get("until")),
        review=Review(reviewed["by"], reviewed["on"]) if reviewed else None,
        left_out=table.get("left_out", False),
        number=table.get("number"),
        own=own,
    )


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) else None


def _files(folder: Path) -> list[Path]:
    files = folder.glob("*.toml") if folder.is_dir() else ()
    # A link may lead to a disk that is not there.
    return sorted(path for path in files if path.is_file())
