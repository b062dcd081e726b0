"""Are days, spans, shares and steps in an order that makes sense?"""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise

from kkd_desktop.domain.language import said
from kkd_desktop.policyfiles.checks.sound import Found, Sound
from kkd_desktop.policyfiles.faults import KeyPath
from kkd_desktop.policyfiles.schema.rule import GAPS

_DAYS = {"days": 1.0, "weeks": 7.0, "months": 30.4, "workdays": 1.4}
_ANCHORED = (*GAPS, "count", "steps")


def length(span: Mapping[str, int]) -> float:
    """About how many days a span has, to compare spans of different units."""
    return sum(_DAYS[unit] * number for unit, number in span.items())


def validity(sound: Sound) -> Found:
    given = sound.value("validity") or {}
    begins: date | None = given.get("from")
    until: date | None = given.get("until")
    evidenced: date | None = given.get("evidenced")
    first = begins or evidenced
    if first and until and until < first:
        yield ("validity", "until"), said("Das Ende liegt vor dem Beginn.")
    if begins and evidenced and evidenced < begins:
        yield ("validity", "evidenced"), said("Dieser Tag liegt vor dem Beginn.")
    elif begins and until and evidenced and until < evidenced:
        yield ("validity", "evidenced"), said("Dieser Tag liegt nach dem Ende.")


def windows(sound: Sound) -> Found:
    for index, rule in sound.tables("rule"):
        yield from _window(("rule", index, "between"), rule.get("between"))
        for number, step in enumerate(rule.get("steps", ())):
            yield from _window(("rule", index, "steps", number, "between"), step.get("between"))
        if "first" in rule and _rising(rule["first"]["latest"], rule["first"]["usual"]):
            yield (
                ("rule", index, "first"),
                said("„usual“ darf nicht länger sein als „latest“."),
            )
        during = rule.get("during", {})
        if {"from", "until"} <= set(during) and not _rising(during["from"], during["until"]):
            yield (
                ("rule", index, "during"),
                said("„until“ muss länger sein als „from“."),
            )


def _window(place: KeyPath, window: Mapping[str, Mapping[str, int]] | None) -> Found:
    if window is not None and not _rising(window["from"], window["to"]):
        yield place, said("„from“ muss kürzer sein als „to“.")


def _rising(shorter: Mapping[str, int], longer: Mapping[str, int]) -> bool:
    return length(shorter) < length(longer)


def nested_shares(sound: Sound) -> Found:
    for index, rule in sound.tables("rule"):
        shares = rule.get("shares", [])
        for number, (inner, outer) in enumerate(pairwise(shares), start=1):
            place: KeyPath = ("rule", index, "shares", number)
            if not _rising(inner["within"], outer["within"]):
                yield (
                    (*place, "within"),
                    said("Anteile stehen von der kürzesten zur längsten Spanne."),
                )
            if inner["percent"] >= outer["percent"]:
                yield (
                    (*place, "percent"),
                    said("Der Anteil muss größer sein als der engere davor."),
                )


def periods(sound: Sound) -> Found:
    bare = [i for i, rule in sound.tables("rule") if "count" in rule and "period" not in rule]
    if bare and not sound.has("period"):
        yield (
            ("rule", bare[0], "count"),
            said("Zu „count“ gehört ein Abschnitt [period] oder „period“."),
        )


def anchors(sound: Sound) -> Found:
    for index, rule in sound.tables("rule"):
        if "anchor" in rule and not any(key in rule for key in _ANCHORED):
            names = ", ".join(_ANCHORED)
            yield (
                ("rule", index, "anchor"),
                said("„anchor“ gibt es nur bei {names}.").format(names=names),
            )
        if "counts" in rule and "outcome" in rule:
            yield (
                ("rule", index, "counts"),
                said("Eine Antwort ohne Datum fragt nicht nach Kontakten."),
            )


def steps(sound: Sound) -> Found:
    for index, rule in sound.tables("rule"):
        numbers = [step["contacts"] for step in rule.get("steps", ())]
        if numbers and numbers[0] > 1:
            yield (
                ("rule", index, "steps", 0, "contacts"),
                said("Der erste Schritt beginnt mit 0 (noch nie gesehen) oder 1."),
            )
        for place, (before, number) in enumerate(pairwise(numbers), start=1):
            if number != before + 1:
                yield (
                    ("rule", index, "steps", place, "contacts"),
                    said("Nach {before} kommt {after}: Jeder Schritt zählt um eins weiter.").format(
                        before=before, after=before + 1
                    ),
                )
