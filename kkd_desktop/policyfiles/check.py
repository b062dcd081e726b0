"""Does this policy file make sense, and does the document really say what it quotes?"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kkd_desktop.domain.language import said
from kkd_desktop.policyfiles.checks import health, ids, numbers, order, references, sets
from kkd_desktop.policyfiles.checks.sets import LookUp
from kkd_desktop.policyfiles.checks.sound import Found, Sound
from kkd_desktop.policyfiles.faults import Fault, KeyPath, dotted
from kkd_desktop.policyfiles.locate import Locator
from kkd_desktop.policyfiles.schema.form import form_faults, schema_faults
from kkd_desktop.policyfiles.schema.set_file import SetFile
from kkd_desktop.policyfiles.source import Document, read_document


def check_file(path: Path, source: str | None = None) -> tuple[Fault, ...]:
    """Everything wrong with the file; with the text of the document, its quotes as well."""
    document, text = read_document(path)
    faults = find_faults(path, text, document)
    if source is None:
        return faults
    return _ordered(faults + _placed(path, text, check_quotes(document, source)))


def find_faults(path: Path, text: str, document: Document) -> tuple[Fault, ...]:
    found = list(schema_faults(document))
    sound = Sound(document, [key_path for key_path, _ in found])
    for rule in _CHECKS:
        found.extend(rule(sound))
    return _ordered(_placed(path, text, iter(found)))


def set_faults(path: Path, text: str, document: Document, look_up: LookUp) -> tuple[Fault, ...]:
    """Everything wrong with a set of policies, each of which `look_up` finds by its id."""
    found = list(form_faults(SetFile, document))
    found.extend(sets.parts(Sound(document, [key_path for key_path, _ in found]), look_up))
    return _ordered(_placed(path, text, iter(found)))


def check_quotes(document: Document, source: str) -> Found:
    """Quotes that do not stand in the source word for word; white space and mark-up aside."""
    normal = _normal(_MARKUP.sub(" ", source).replace("*", ""))
    for key_path, quote in _quotes(document):
        if _normal(quote) not in normal:
            yield (
                key_path,
                said("Das Zitat steht so nicht im Dokument: „{quote}“").format(
                    quote=_normal(quote)
                ),
            )


_MARKUP = re.compile(r"<[^<>]*>|[▪•]")


def _normal(text: str) -> str:
    return " ".join(text.split())


def _quotes(value: Any, here: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "quote" and isinstance(inner, str):
                yield (*here, key), inner
            else:
                yield from _quotes(inner, (*here, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _quotes(inner, (*here, index))


def _placed(path: Path, text: str, found: Found) -> tuple[Fault, ...]:
    locator = Locator(text)
    return tuple(
        Fault(path, locator.line_of(key_path), dotted(key_path), message)
        for key_path, message in found
    )


def _ordered(faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    return tuple(sorted(faults, key=lambda fault: fault.line or 0))


_CHECKS = (
    ids.duplicate_ids,
    ids.roles,
    ids.classes,
    ids.obligations,
    references.own_facts,
    health.own_facts,
    references.conditions,
    references.events,
    references.dates,
    numbers.validity,
    numbers.windows,
    numbers.nested_shares,
    numbers.periods,
    numbers.anchors,
    numbers.steps,
    order.contradictions,
    order.unreachable,
)
