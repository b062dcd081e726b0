"""How does an event stand in a policy file, and what is it called in German?"""

from collections.abc import Mapping
from typing import Any, Final

from kkd_desktop.domain.language import to_say
from kkd_desktop.domain.policy import Event, EventKind, FactDeclaration, FactKind
from kkd_desktop.policyfiles.vocabulary import CLIENT_FACTS

Facts = Mapping[str, FactDeclaration]

NO_FACTS: Final[Facts] = {}

EINV_START: Final = "einv_start"

ROLLING: Final = "rolling"
"""Stands for the event where a period has none: the last days, weeks or months up to today."""

DATES: Final[Mapping[str, str]] = {
    "registered": to_say("Anmeldung"),
    EINV_START: to_say("Beginn der Eingliederungsvereinbarung/des Kooperationsplans"),
    "einv_end": to_say("Ende der Eingliederungsvereinbarung/des Kooperationsplans"),
}
"""Dates of the case from which spans can run, with their labels."""

_CHANGES = {
    EventKind.BEGAN: {
        "sv_beschaeftigt": to_say("Beginn: sozialversicherungspflichtige Beschäftigung"),
        "schwer_gesundheitlich": to_say("Beginn: schwere gesundheitliche Einschränkung"),
        "massnahme": to_say("Beginn: Maßnahme"),
        "alleinerziehend_u3": to_say("Beginn: Erziehung eines Kindes unter drei Jahren"),
    },
    EventKind.ENDED: {
        "sv_beschaeftigt": to_say("Ende: sozialversicherungspflichtige Beschäftigung"),
        "schwer_gesundheitlich": to_say("Ende: schwere gesundheitliche Einschränkung"),
        "massnahme": to_say("Ende: Maßnahme"),
        "alleinerziehend_u3": to_say("Ende: Erziehung eines Kindes unter drei Jahren"),
    },
}
"""What begins and ends with the facts that every policy has; other labels are the policy's own."""


def event_of(said: Any, facts: Facts = NO_FACTS) -> Event:
    """The event of `"einv_start"`, `{ ended = "massnahme" }` and the like.

    `facts` are those the policy declares.
    """
    if isinstance(said, str):
        return Event(EventKind.DATE, DATES.get(said) or _label(said, facts), said)
    if "missed" in said:
        return Event(EventKind.MISSED, to_say("letzter versäumter Termin"))
    kind = EventKind.BEGAN if "began" in said else EventKind.ENDED
    fact = said[kind.value]
    value = said.get("value", True)
    known = _CHANGES[kind].get(fact) if value is True else None
    word = "Beginn" if kind is EventKind.BEGAN else "Ende"
    return Event(kind, known or f"{word}: {_named(fact, value, facts)}", fact, value)


def _named(fact: str, value: str | bool, facts: Facts) -> str:
    if value is True:
        return _label(fact, facts)
    known = facts.get(fact) or CLIENT_FACTS.get(fact)
    label = _label(fact, facts)
    if known is None or known.kind is not FactKind.CHOICE:
        return f"{label} {value}"
    shown = known.values.get(str(value), str(value))
    return shown if fact == "profile" else f"{label} {shown}"


def _label(fact: str, facts: Facts) -> str:
    known = facts.get(fact) or CLIENT_FACTS.get(fact)
    return fact if known is None else known.label
