"""Do conditions and events ask for facts that exist, with values and limits they can have?"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kkd_desktop.domain import language
from kkd_desktop.domain.policy import Bounds, FactDeclaration, FactKind
from kkd_desktop.policyfiles.checks.sound import Found, Sound, meant
from kkd_desktop.policyfiles.events import DATES, ROLLING
from kkd_desktop.policyfiles.faults import KeyPath
from kkd_desktop.policyfiles.shadows import is_empty
from kkd_desktop.policyfiles.vocabulary import CLIENT_FACTS, COMPUTED, CONTACT_FACTS, declared

Facts = Mapping[str, FactDeclaration]

_MEASURED = (FactKind.NUMBER, FactKind.DATE)
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


def own_facts(sound: Sound) -> Found:
    for name in sound.entries("facts"):
        if name in CLIENT_FACTS or name in CONTACT_FACTS or name == ROLLING:
            yield (
                ("facts", name),
                language.said(
                    "„{name}“ ist schon vergeben; bitte einen anderen Namen wählen."
                ).format(name=name),
            )


def conditions(sound: Sound) -> Found:
    client, both = _client_facts(sound), {**_client_facts(sound), **CONTACT_FACTS}
    # A declaration with a fault is told as such, and not again wherever its fact is asked for.
    named = sound.named("facts")
    for key, known in (
        ("rule", client),
        ("anchor_shift", client),
        ("counting", both),
        ("duty", both),
    ):
        for index, table in sound.tables(key):
            for fact, wanted in table["when"].items():
                place: KeyPath = (key, index, "when", fact)
                if fact in known:
                    yield from ((place, message) for message in _value(wanted, known[fact]))
                elif fact not in named:
                    yield place, _unknown(fact, known)
    for index, shift in sound.tables("anchor_shift"):
        if shift["fact"] not in client and shift["fact"] not in named:
            yield ("anchor_shift", index, "fact"), _unknown(shift["fact"], client)
    for index, duty in sound.tables("duty"):
        for message in _value(duty.get("note_types", []), CONTACT_FACTS["note_type"]):
            yield ("duty", index, "note_types"), message


def events(sound: Sound) -> Found:
    facts, named = _client_facts(sound), sound.named("facts")
    for path, said in _said_events(sound):
        if _fact_of(said) in facts or _fact_of(said) not in named:
            yield from ((path, message) for message in _event(said, facts))


def dates(sound: Sound) -> Found:
    """Conditions on days that no client of this policy can be met on."""
    validity = sound.value("validity") or {}
    begins = validity.get("from") or validity.get("evidenced")
    for key in ("rule", "counting", "duty", "anchor_shift"):
        for index, table in sound.tables(key):
            for fact, wanted in table["when"].items():
                for message in _days(fact, wanted, begins):
                    yield (key, index, "when", fact), message


def has_sound_when(table: Mapping[str, Any], sound: Sound) -> bool:
    """Whether each condition of a table compares a known fact with what it can be."""
    known = {**_client_facts(sound), **CONTACT_FACTS}
    return all(
        fact in known and not any(_value(wanted, known[fact]))
        for fact, wanted in table["when"].items()
    )


def _client_facts(sound: Sound) -> Facts:
    return {**declared(sound.entries("facts")), **CLIENT_FACTS}


def _unknown(fact: str, known: Facts) -> str:
    if fact in CONTACT_FACTS:
        return language.said(
            "„{fact}“ ist eine Angabe zum Kontakt und kann nur über das Zählen entscheiden."
        ).format(fact=fact)
    return language.said(
        "Die Angabe „{fact}“ gibt es nicht; eigene Angaben stehen unter [facts].{hint}"
    ).format(fact=fact, hint=meant(fact, known))


def _value(wanted: Any, known: FactDeclaration) -> Iterator[str]:
    if isinstance(wanted, Mapping):
        if "missing" in wanted:
            return
        if "not" not in wanted:
            yield from _limits(wanted, known)
            return
        wanted = wanted["not"]
    if known.kind in _MEASURED:
        yield language.said(
            "Hier können nur Grenzen stehen, wie {{ over = … }}, oder {{ missing = true }}."
        ).format()
    for value in wanted if isinstance(wanted, list) else [wanted]:
        if known.kind is FactKind.FLAG and not isinstance(value, bool):
            yield language.said(
                "Den Wert „{value}“ gibt es nicht; erlaubt sind: true, false."
            ).format(value=value)
        elif known.kind is FactKind.CHOICE and value not in known.values:
            names = ", ".join(known.values)
            yield language.said("Den Wert „{value}“ gibt es nicht; erlaubt sind: {names}.").format(
                value=_shown(value), names=names
            )
        elif known.kind is FactKind.TEXT and not isinstance(value, str):
            yield language.said("„{fact}“ ist ein Text; hier steht {value}.").format(
                fact=language.said(known.label), value=_shown(value)
            )


def _shown(value: str | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else value


def _limits(wanted: Mapping[str, Any], known: FactDeclaration) -> Iterator[str]:
    if known.kind not in _MEASURED:
        yield language.said(
            "Grenzen gibt es nur für Zahlen und Daten; „{fact}“ ist keines von beiden."
        ).format(fact=language.said(known.label))
        return
    is_date = known.kind is FactKind.DATE
    if any(isinstance(limit, date) != is_date for limit in wanted.values()):
        kind = language.said("ein Datum wie 2026-01-31") if is_date else language.said("eine Zahl")
        yield language.said("„{fact}“ braucht als Grenze {kind}.").format(
            fact=language.said(known.label), kind=kind
        )
    elif {"at_least", "over"} <= set(wanted) or {"at_most", "under"} <= set(wanted):
        yield language.said(
            "Von at_least und over, und von at_most und under, kann jeweils nur eines dastehen."
        )
    elif is_empty(Bounds(**wanted)):
        yield language.said("Zwischen diesen Grenzen liegt kein Wert.")


def _days(fact: str, wanted: Any, begins: date | None) -> Iterator[str]:
    limits = wanted if isinstance(wanted, Mapping) else {}
    days = {key: limit for key, limit in limits.items() if isinstance(limit, date)}
    for day in days.values():
        if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            yield language.said("Das Jahr {year} liegt außerhalb von {first} bis {last}.").format(
                year=day.year, first=_FIRST_YEAR, last=_LAST_YEAR
            )
    last = days.get("at_most") or days.get("under")
    # Births lie before; "registered before the policy began" may tell old cases from new ones.
    closed = fact != "birth_date" and ("at_least" in days or "over" in days)
    if closed and begins is not None and last is not None and last < begins:
        yield language.said("Diese Tage liegen alle vor dem Beginn des Konzepts.")


def _said_events(sound: Sound) -> Iterator[tuple[KeyPath, Any]]:
    for index, rule in sound.tables("rule"):
        rolls = "count" in rule and rule.get("anchor") == ROLLING
        if "anchor" in rule and not rolls:
            yield ("rule", index, "anchor"), rule["anchor"]
        for key in ("during", "deadline"):
            if key in rule:
                yield ("rule", index, key, "event"), rule[key]["event"]
    for index, exception in sound.tables("exception"):
        if "ends" in exception:
            yield ("exception", index, "ends"), exception["ends"]


def _event(said: Any, facts: Facts) -> Iterator[str]:
    if isinstance(said, str):
        yield from _date_event(said, facts)
    elif "missed" not in said:
        fact = _fact_of(said)
        if fact not in facts:
            yield _unknown(fact, facts)
        else:
            yield from _change(facts[fact], said.get("value"))


def _fact_of(said: Any) -> str:
    if isinstance(said, str):
        return said
    found: str = said.get("began") or said.get("ended") or ""
    return found


def _date_event(said: str, facts: Facts) -> Iterator[str]:
    if said == ROLLING:
        yield language.said("„{rolling}“ gibt es nur bei count.").format(rolling=ROLLING)
        return
    own = [
        each.id
        for each in facts.values()
        if each.kind is FactKind.DATE and each.id not in CLIENT_FACTS
    ]
    known = [*DATES, *own]
    if said not in known:
        if said in facts:
            hint = language.said(
                " „{event}“ ist keines; vielleicht {{ began = … }} oder {{ ended = … }}?"
            ).format(event=said)
        else:
            hint = meant(said, known)
        yield language.said(
            "Das Ereignis „{event}“ gibt es nicht; Daten sind: {known}.{hint}"
        ).format(event=said, known=", ".join(known), hint=hint)


def _change(fact: FactDeclaration, value: str | None) -> Iterator[str]:
    if fact.id in COMPUTED or fact.kind in _MEASURED:
        yield language.said("„{fact}“ beginnt und endet nicht mit einem Wert.").format(
            fact=language.said(fact.label)
        )
    elif fact.kind is FactKind.FLAG:
        if value is not None:
            yield language.said(
                "Bei einer Angabe ja/nein steht kein value: Gemeint ist immer das Ja."
            )
    elif value is None:
        yield language.said("Hier fehlt value: welcher Wert von „{fact}“?").format(
            fact=language.said(fact.label)
        )
    elif fact.kind is FactKind.CHOICE:
        yield from _value(value, fact)
