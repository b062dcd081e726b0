"""How is a condition of a policy said in German words?"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from kkd_desktop.domain import texts
from kkd_desktop.domain.policy import Test, When

_VALUES: Mapping[str, Mapping[str, str]] = {
    "profile": texts.PROFILLAGEN,
    "status": {**texts.STATUS, "nicht_gesetzt": "Status nicht gesetzt"},
    "age": {"u25": "U25", "ue25": "Ü25"},
    "org": texts.ORG,
    "form": texts.FORMS,
    "note_type": {**texts.NOTE_TYPES, "kein": "ohne Vermerk"},
}
_YES = {
    **texts.FLAGS,
    "qualified": "qualifizierte Beratung",
    "attended": "Termin wahrgenommen",
    "first": "Erstgespräch",
    "phone_reason": "Grund für das Telefonat festgehalten",
}
_NO = {
    "schwer_gesundheitlich": "keine schwere gesundheitliche Einschränkung",
    "qualified": "keine qualifizierte Beratung",
    "first": "kein Erstgespräch",
    "phone_reason": "kein Grund für das Telefonat festgehalten",
}
_NAMES = {
    "profile": "Profillage",
    "status": "Status",
    "age": "Altersgruppe",
    "org": "Organisationseinheit",
    "birth_date": "Geburtsdatum",
    "registered": "Anmeldung",
    "einv_start": "Beginn von EinV oder Kooperationsplan",
    "form": "Kontaktform",
    "note_type": "Vermerk",
}
_NOTHING: Mapping[str, str] = MappingProxyType({})


def condition_text(when: When, names: Mapping[str, str] = _NOTHING) -> str:
    """`U25 · arbeitslos`; empty where the condition always holds.

    `names` says what the facts are called that the policy itself declares.
    """
    return " · ".join(_test_text(test, names) for test in when.tests)


def _test_text(test: Test, names: Mapping[str, str]) -> str:
    name = names.get(test.fact) or _NAMES.get(test.fact) or _YES.get(test.fact, test.fact)
    if test.values is None:
        return f"{name} fehlt" if test.negated else f"{name} bekannt"
    if test.values <= {True, False}:
        return _flag_text(test.fact, name, yes=(True in test.values) != test.negated)
    known = _VALUES.get(test.fact)
    if known is None:
        said = _either(sorted(map(str, test.values)))
        return f"{name} nicht {said}" if test.negated else f"{name} {said}"
    said = _either([text for value, text in known.items() if value in test.values])
    others = sorted(str(value) for value in test.values if value not in known)
    said = _either([part for part in (said, *others) if part])
    return f"nicht {said}" if test.negated else said


def _flag_text(fact: str, name: str, *, yes: bool) -> str:
    said = _YES.get(fact, name)
    return said if yes else _NO.get(fact, f"nicht {said}")


def _either(words: Sequence[str]) -> str:
    """`Marktprofil, Förderprofil oder Profillage I`."""
    *first, last = words or [""]
    return f"{', '.join(first)} oder {last}" if first else last
