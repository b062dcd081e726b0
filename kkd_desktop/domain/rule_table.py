"""What do two concepts ask in the same situation? Side by side, without any client.

The situations are those that age, status and Profillage make; situations with the same pair of
answers are told in one line.
"""

from collections.abc import Mapping
from datetime import date
from itertools import product

from kkd_desktop.domain import texts
from kkd_desktop.domain.client import AgeGroup, Subject
from kkd_desktop.domain.contact import Contact, ContactKind, NoteType
from kkd_desktop.domain.evaluation import evaluate
from kkd_desktop.domain.explanation import demand_text
from kkd_desktop.domain.facts import Facts, Timeline
from kkd_desktop.domain.language import Sayings, said
from kkd_desktop.domain.outcome import STATE_TEXTS, Obligation
from kkd_desktop.domain.policy import Explicit
from kkd_desktop.domain.policy_set import Combine
from kkd_desktop.domain.rulebook import Rulebook
from kkd_desktop.domain.spans import add_months
from kkd_desktop.domain.values import Value
from kkd_desktop.domain.workdays import DAY

_UNKNOWN = "unknown"
_DIMENSIONS: Mapping[str, Mapping[str, str]] = {
    "age": {AgeGroup.U25.value: "U25", AgeGroup.UE25.value: "Ü25"},
    "status": texts.STATUS,
    "profile": Sayings({**texts.PROFILLAGEN_SHORT, _UNKNOWN: "nicht erfasst"}),
}
_TITLES = {"profile": "Profillage "}
_YEARS = {AgeGroup.U25.value: 20, AgeGroup.UE25.value: 40}
_BASIC = {*_DIMENSIONS, "birth_date", "registered"}


class Situation(Value, frozen=True):
    """Alternatives of each fact; None where the fact makes no difference."""

    age: tuple[str, ...] | None
    status: tuple[str, ...] | None
    profile: tuple[str, ...] | None

    def german(self) -> str:
        """`U25 · arbeitslos · Profillage Markt, Förder`; `alle` where nothing differs."""
        parts = [
            _TITLES.get(fact, "") + ", ".join(names[value] for value in values)
            for fact, names in _DIMENSIONS.items()
            if (values := getattr(self, fact)) is not None
        ]
        return " · ".join(parts) or said("alle")


class RulePair(Value, frozen=True):
    """The answers of both concepts in a situation, each in a few words."""

    situation: Situation
    one: str
    other: str

    @property
    def differs(self) -> bool:
        return self.one != self.other


class RuleTable(Value, frozen=True):
    pairs: tuple[RulePair, ...]
    ignored: tuple[str, ...]
    """Facts that a rule of either concept asks for and that the situations leave unknown."""


_Values = tuple[tuple[str, ...], ...]
_Lines = dict[_Values, tuple[str, str]]


def rule_table(one: Rulebook, other: Rulebook, day: date) -> RuleTable:
    """What both ask of someone who was met the day before, in every situation."""
    lines: _Lines = {}
    for values in product(*_DIMENSIONS.values()):
        given = dict(zip(_DIMENSIONS, values, strict=True))
        answers = _answer(one, given, day), _answer(other, given, day)
        lines[tuple((value,) for value in values)] = answers
    for place in reversed(range(len(_DIMENSIONS))):
        lines = _merged(lines, place)
    rules = [rule for each in (*one, *other) for rule in each.policy.rules]
    asked = {test.fact for rule in rules for test in rule.when.tests}
    pairs = [RulePair(_situation(values), *answers) for values, answers in lines.items()]
    return RuleTable(tuple(pairs), tuple(sorted(asked - _BASIC)))


def _merged(lines: _Lines, place: int) -> _Lines:
    """Lines that differ in one fact only and give the same answers, as one line."""
    alike: dict[tuple[_Values, tuple[str, str]], list[str]] = {}
    for values, answers in lines.items():
        rest = (*values[:place], *values[place + 1 :])
        alike.setdefault((rest, answers), []).extend(values[place])
    return {
        (*rest[:place], tuple(together), *rest[place:]): answers
        for (rest, answers), together in alike.items()
    }


def _situation(values: _Values) -> Situation:
    return Situation(
        *(
            None if len(given) == len(names) else given
            for given, names in zip(values, _DIMENSIONS.values(), strict=True)
        )
    )


def _answer(policies: Rulebook, given: Mapping[str, str], day: date) -> str:
    facts = {
        name: Timeline.always(given[name])
        for name in ("status", "profile")
        if given[name] != _UNKNOWN
    }
    yesterday = day - DAY
    subject = Subject(
        birth_date=add_months(day, -12 * _YEARS[given["age"]]),
        registered=yesterday,
        facts=Facts(facts),
    )
    kind = ContactKind(note_type=NoteType.STANDORTBESTIMMUNG)
    outcome = evaluate(subject, [Contact(yesterday, kind)], policies, day)
    found = outcome.obligations
    if policies.combine is Combine.FIRST:
        found = tuple(each for each in found if each.policy.id == outcome.deciding.policy.id)
    asked = [text for each in found if (text := _asked(each))]
    return said(" und ").join(dict.fromkeys(asked)) or STATE_TEXTS[outcome.state]


def _asked(found: Obligation) -> str:
    """`Persönliches Gespräch: alle 2 Monate`; empty where nothing is asked for."""
    if found.rule is None or isinstance(found.rule.demand, Explicit):
        return ""
    text = demand_text(found.rule.demand)
    return f"{found.title}: {text}" if found.title else text
