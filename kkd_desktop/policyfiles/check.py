"""Does this policy file make sense, and does the document really say what it quotes?"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from kkd_desktop.domain.policy import FactDeclaration, FactKind
from kkd_desktop.policyfiles.conditions import when_of
from kkd_desktop.policyfiles.faults import Fault, KeyPath, dotted
from kkd_desktop.policyfiles.locate import Locator
from kkd_desktop.policyfiles.schema.form import schema_faults
from kkd_desktop.policyfiles.shadows import shadowing
from kkd_desktop.policyfiles.source import Document, read_document
from kkd_desktop.policyfiles.vocabulary import CLIENT_FACTS, CONTACT_FACTS, declared

Found = Iterator[tuple[KeyPath, str]]
Tables = list[tuple[int, Mapping[str, Any]]]


def check_file(path: Path, source: str | None = None) -> tuple[Fault, ...]:
    """Everything wrong with the file; with the text of the document, its quotes as well."""
    document, text = read_document(path)
    faults = find_faults(path, text, document)
    if source is None:
        return faults
    return _ordered(faults + _placed(path, text, check_quotes(document, source)))


def find_faults(path: Path, text: str, document: Document) -> tuple[Fault, ...]:
    found = list(schema_faults(document))
    sound = _Sound(document, [key_path for key_path, _ in found])
    for rule in _CHECKS:
        found.extend(rule(sound))
    return _ordered(_placed(path, text, iter(found)))


def check_quotes(document: Document, source: str) -> Found:
    """Quotes that do not stand in the source word for word; white space and mark-up aside."""
    normal = _normal(_MARKUP.sub(" ", source).replace("*", ""))
    for key_path, quote in _quotes(document):
        if _normal(quote) not in normal:
            yield key_path, f"Das Zitat steht so nicht im Dokument: „{_normal(quote)}“"


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


class _Sound:
    """The parts of a document whose form is right, so that the checks below may rely on it."""

    def __init__(self, document: Document, broken: list[KeyPath]) -> None:
        self._document = document
        self._broken = [path for path in broken if path]

    def has(self, key: str) -> bool:
        return key in self._document

    def value(self, key: str) -> Any:
        return None if self._is_broken((key,)) else self._document.get(key)

    def tables(self, key: str) -> Tables:
        if (key,) in self._broken:
            return []
        return [
            (index, table)
            for index, table in enumerate(self._document.get(key, ()))
            if not self._is_broken((key, index))
        ]

    def _is_broken(self, path: KeyPath) -> bool:
        return any(broken[: len(path)] == path for broken in self._broken)


def _duplicate_ids(sound: _Sound) -> Found:
    for key in ("rule", "counting", "duty", "provision"):
        yield from _repeated(key, sound.tables(key))
    groups: Counter[str] = Counter()
    for index, rule in sound.tables("rule"):
        for path, message in _repeated("shares", list(enumerate(rule.get("shares", ())))):
            yield ("rule", index, *path), message
        if "group" in rule:
            groups[rule["group"]] += 1
            if groups[rule["group"]] == 2:
                yield ("rule", index, "group"), f"Die Gruppe „{rule['group']}“ gibt es schon."


def _repeated(key: str, tables: Tables) -> Found:
    seen: dict[str, int] = {}
    for index, table in tables:
        first = seen.setdefault(table["id"], index)
        if first != index:
            place = dotted((key, first))
            yield (key, index, "id"), f"Die id „{table['id']}“ steht schon in {place}."


def _validity(sound: _Sound) -> Found:
    validity = sound.value("validity") or {}
    begins: date | None = validity.get("from") or validity.get("evidenced")
    until: date | None = validity.get("until")
    if begins and until and until < begins:
        yield ("validity", "until"), "Das Ende liegt vor dem Beginn."


_DAYS = {"days": 1.0, "weeks": 7.0, "months": 30.4, "workdays": 1.4}


def _length(span: Mapping[str, int]) -> float:
    return sum(_DAYS[unit] * number for unit, number in span.items())


def _windows(sound: _Sound) -> Found:
    for index, rule in sound.tables("rule"):
        if "between" in rule and not _rising(rule["between"]["from"], rule["between"]["to"]):
            yield ("rule", index, "between"), "„from“ muss kürzer sein als „to“."
        if "first" in rule and _rising(rule["first"]["latest"], rule["first"]["usual"]):
            yield ("rule", index, "first"), "„usual“ darf nicht länger sein als „latest“."


def _rising(shorter: Mapping[str, int], longer: Mapping[str, int]) -> bool:
    return _length(shorter) < _length(longer)


def _nested_shares(sound: _Sound) -> Found:
    for index, rule in sound.tables("rule"):
        shares = rule.get("shares", [])
        for number, (inner, outer) in enumerate(pairwise(shares), start=1):
            place: KeyPath = ("rule", index, "shares", number)
            if not _rising(inner["within"], outer["within"]):
                yield (*place, "within"), "Anteile stehen von der kürzesten zur längsten Spanne."
            if inner["percent"] >= outer["percent"]:
                yield (*place, "percent"), "Der Anteil muss größer sein als der engere davor."


def _period(sound: _Sound) -> Found:
    counting = [index for index, rule in sound.tables("rule") if "count" in rule]
    if counting and not sound.has("period"):
        yield ("rule", counting[0], "count"), "Zu „count“ gehört ein Abschnitt [period]."


def _roles(sound: _Sound) -> Found:
    seen: set[str] = set()
    for index, norm in sound.tables("capacity"):
        for role in norm["roles"]:
            if role in seen:
                yield ("capacity", index, "roles", role), f"Die Rolle „{role}“ gibt es schon."
            seen.add(role)


def _facts(sound: _Sound) -> Found:
    client = {**CLIENT_FACTS, **declared(sound.value("facts") or {})}
    both = {**client, **CONTACT_FACTS}
    for key, known in (
        ("rule", client),
        ("anchor_shift", client),
        ("counting", both),
        ("duty", both),
    ):
        for index, table in sound.tables(key):
            for fact, wanted in table["when"].items():
                place: KeyPath = (key, index, "when", fact)
                if fact not in known:
                    yield place, _unknown(fact)
                else:
                    yield from ((place, message) for message in _value(wanted, known[fact]))
    for index, shift in sound.tables("anchor_shift"):
        if shift["fact"] not in client:
            yield ("anchor_shift", index, "fact"), _unknown(shift["fact"])
    for index, duty in sound.tables("duty"):
        for message in _value(duty.get("note_types", []), CONTACT_FACTS["note_type"]):
            yield ("duty", index, "note_types"), message


def _unknown(fact: str) -> str:
    if fact in CONTACT_FACTS:
        return f"„{fact}“ ist eine Angabe zum Kontakt und kann nur über das Zählen entscheiden."
    return f"Die Angabe „{fact}“ gibt es nicht; eigene Angaben stehen unter [facts]."


def _value(wanted: Any, known: FactDeclaration) -> Iterator[str]:
    if isinstance(wanted, Mapping):
        if "missing" in wanted:
            return
        if "not" not in wanted:
            yield from _limits(wanted, known)
            return
        wanted = wanted["not"]
    if known.kind in _MEASURED:
        yield "Hier können nur Grenzen stehen, wie { over = … }, oder { missing = true }."
        return
    allowed = (True, False) if known.kind is FactKind.FLAG else known.values
    if known.kind is FactKind.TEXT:
        return
    for value in wanted if isinstance(wanted, list) else [wanted]:
        if value not in allowed:
            names = "true, false" if known.kind is FactKind.FLAG else ", ".join(known.values)
            yield f"Den Wert „{value}“ gibt es nicht; erlaubt sind: {names}."


_MEASURED = (FactKind.NUMBER, FactKind.DATE)


def _limits(wanted: Mapping[str, Any], known: FactDeclaration) -> Iterator[str]:
    if known.kind not in _MEASURED:
        yield f"Grenzen gibt es nur für Zahlen und Daten; „{known.id}“ ist keines von beiden."


def _unreachable(sound: _Sound) -> Found:
    if sound.value("precedence") == "first":
        # Rules for the first talk leave everyone over who was seen before.
        yield from _shadowed("rule", [t for t in sound.tables("rule") if "first" not in t[1]])
    yield from _shadowed("counting", sound.tables("counting"))


def _shadowed(key: str, tables: Tables) -> Found:
    whens = [when_of(table["when"]) for _, table in tables]
    for place, (index, table) in enumerate(tables):
        if (wide := shadowing(whens, place)) is not None:
            other, earlier = tables[wide]
            yield (
                (key, index, "when"),
                f"„{table['id']}“ kommt nie zum Zug: „{earlier['id']}“ ({dotted((key, other))}) "
                "steht davor und gilt dann immer.",
            )


_CHECKS = (
    _duplicate_ids,
    _validity,
    _windows,
    _nested_shares,
    _period,
    _roles,
    _facts,
    _unreachable,
)
