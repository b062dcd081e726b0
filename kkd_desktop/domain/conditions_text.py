"""How is a condition of a policy said in German words?"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from kkd_desktop.domain import language, texts
from kkd_desktop.domain.facts import FactValue
from kkd_desktop.domain.language import Sayings, each_to_say
from kkd_desktop.domain.policy import Bounds, FactDeclaration, Test, When

_VALUES: Mapping[str, Mapping[str, str]] = {
    "profile": texts.PROFILLAGEN,
    "status": Sayings({**texts.STATUS.german, "nicht_gesetzt": "Status nicht gesetzt"}),
    "age": {"u25": "U25", "ue25": "Ü25"},
    "org": texts.ORG,
    "abwesend": texts.ABSENCES,
    "form": texts.FORMS,
    "note_type": Sayings({**texts.NOTE_TYPES.german, "kein": "ohne Vermerk"}),
}
_YES = Sayings(
    {
        **texts.FLAGS.german,
        "qualified": "qualifizierte Beratung",
        "attended": "Termin wahrgenommen",
        "first": "Erstgespräch",
        "phone_reason": "Grund für das Telefonat festgehalten",
    }
)
_NO = Sayings(
    {
        "schwer_gesundheitlich": "keine schwere gesundheitliche Einschränkung",
        "qualified": "keine qualifizierte Beratung",
        "first": "kein Erstgespräch",
        "phone_reason": "kein Grund für das Telefonat festgehalten",
    }
)
_NAMES = Sayings(
    {
        "profile": "Profillage",
        "status": "Status",
        "age": "Altersgruppe",
        "org": "Bereich",
        "abwesend": "Abwesenheit",
        "wunsch": "Terminwunsch",
        "birth_date": "Geburtsdatum",
        "registered": "Anmeldung",
        "einv_start": "Beginn von EinV oder Kooperationsplan",
        "form": "Kontaktform",
        "note_type": "Vermerk",
    }
)

_FROM, _OVER, _UP_TO, _UNDER = each_to_say(
    "ab {limit}", "über {limit}", "bis {limit}", "unter {limit}"
)
_AFTER, _BEFORE = each_to_say("nach {limit}", "vor {limit}")


def condition_text(when: When, facts: Iterable[FactDeclaration] = ()) -> str:
    """`U25 · arbeitslos`; empty where the condition always holds.

    `facts` are those the policy itself declares.
    """
    declared = {fact.id: fact for fact in facts}
    return " · ".join(_test_text(test, declared.get(test.fact)) for test in when.tests)


def fact_name(fact: str, facts: Iterable[FactDeclaration] = ()) -> str:
    """`Profillage`; a fact that nobody names is called by its id."""
    declared = next((each for each in facts if each.id == fact), None)
    if declared is not None:
        return declared.label
    return _NAMES.get(fact) or _YES.get(fact, fact)


def value_text(fact: str, value: FactValue, facts: Iterable[FactDeclaration] = ()) -> str:
    """`Marktprofil`, `ja`, `12.04.2026`; `nicht erfasst` where it is unknown."""
    if value is None:
        return language.said("nicht erfasst")
    if isinstance(value, bool):
        return language.said("ja") if value else language.said("nein")
    if isinstance(value, date):
        return texts.day(value)
    if isinstance(value, int | float):
        return _number(value)
    declared = next((each for each in facts if each.id == fact), None)
    known = declared.values if declared else _VALUES.get(fact, {})
    return known.get(value, value)


def fact_text(fact: str, declared: FactDeclaration | None = None) -> str:
    """What a fact is called: `Profillage`, `in einer Maßnahme`."""
    return declared.label if declared else _NAMES.get(fact, _YES.get(fact, fact))


def _test_text(test: Test, declared: FactDeclaration | None) -> str:
    name = fact_text(test.fact, declared)
    if test.bounds is not None:
        return f"{name} {bounds_text(test.bounds)}"
    if test.values is None:
        return (
            language.said("{name} fehlt").format(name=name)
            if test.negated
            else language.said("{name} bekannt").format(name=name)
        )
    if test.values <= {True, False}:
        yes = (True in test.values) != test.negated
        if declared:
            return name if yes else language.said("{name}: nein").format(name=name)
        return _flag_text(test.fact, yes=yes)
    known = declared.values if declared else _VALUES.get(test.fact, {})
    said = _either(
        [text for value, text in known.items() if value in test.values]
        + sorted(str(value) for value in test.values if value not in known)
    )
    negated = language.said("nicht {said}").format(said=said) if test.negated else said
    return negated if test.fact in _VALUES else f"{name}: {negated}"


def bounds_text(bounds: Bounds) -> str:
    """`ab 3, unter 7`; `nach 31.12.2025`."""
    limits = (
        (_FROM, _FROM, bounds.at_least),
        (_OVER, _AFTER, bounds.over),
        (_UP_TO, _UP_TO, bounds.at_most),
        (_UNDER, _BEFORE, bounds.under),
    )
    return ", ".join(
        language.said(of_day).format(limit=texts.day(limit))
        if isinstance(limit, date)
        else language.said(of_number).format(limit=_number(limit))
        for of_number, of_day, limit in limits
        if limit is not None
    )


def _flag_text(fact: str, *, yes: bool) -> str:
    said = _YES.get(fact, fact)
    return said if yes else _NO.get(fact) or language.said("nicht {said}").format(said=said)


def _either(words: Sequence[str]) -> str:
    """`Marktprofil, Förderprofil oder Profillage I`."""
    *first, last = words or [""]
    return (
        language.said("{first} oder {last}").format(first=", ".join(first), last=last)
        if first
        else last
    )


def _number(value: int | float) -> str:
    return texts.whole(value) if isinstance(value, int) else texts.decimal(value)
