"""Does a contact count under a policy, and why?

Counting belongs to the policy, never to the contact.
"""

from collections.abc import Callable
from datetime import date
from functools import cache
from operator import itemgetter

from kkd_desktop.domain.client import Subject
from kkd_desktop.domain.contact import Contact, ContactForm, ContactKind, ContactLog, NoteType
from kkd_desktop.domain.facts import FactValue
from kkd_desktop.domain.language import Sayings, said, to_say
from kkd_desktop.domain.outcome import Verdict
from kkd_desktop.domain.policy import CountingClause, Duty, Policy, Test, When
from kkd_desktop.domain.predicates import applies, holds
from kkd_desktop.domain.values import Value, replace

_CONTACT_FACTS = frozenset({"form", "note_type", "qualified", "attended", "first", "phone_reason"})
_NEVER = Sayings(
    {
        ContactForm.EMAIL: "eine E-Mail kein Gespräch ist",
        ContactForm.SCHRIFTLICH: "Schriftwechsel kein Gespräch ist",
    }
)
_NOT_KEPT = to_say("der Termin nicht wahrgenommen wurde")
_OTHER_CLASS = to_say("hier nur „{wanted}“ zählt")
_CONTENTS = Sayings({"content": "Gesprächsinhalt", "goal": "Ziel", "means": "Mitteleinsatz"})


class _Plan(Value, frozen=True):
    """What is left to ask for one kind of contact:

    clauses that hang on the client, then the rest.
    """

    conditional: tuple[tuple[When, Verdict], ...]
    final: Verdict


class _Settled(dict[ContactKind, bool | None]):
    """Whether a kind of contact counts; None where that hangs on the client."""

    def __init__(self, plan_of: Callable[[ContactKind], _Plan]) -> None:
        self._plan_of = plan_of

    def __missing__(self, kind: ContactKind) -> bool | None:
        plan = self._plan_of(kind)
        self[kind] = known = None if plan.conditional else plan.final.counts
        return known


class Counting:
    """The counting rules of one policy, with a memo per kind of contact.

    With `classes`, only contacts of these classes count: for a rule that asks for a certain one.
    """

    def __init__(self, policy: Policy, classes: frozenset[str] = frozenset()) -> None:
        self._policy = policy
        self._classes = classes
        self._plans: dict[ContactKind, _Plan] = {}
        self._settled = _Settled(self._plan)
        self._asked: tuple[ContactLog, Subject, date, date | None] | None = None

    def verdict(self, contact: Contact, subject: Subject, today: date) -> Verdict:
        """Whether `contact` counts, with the reason and the open documentation duties."""
        if contact.day > today:
            return Verdict(False, said("der Tag noch nicht erreicht ist"))
        found = self._decide(contact.kind, contact.day, subject)
        found = replace(found, reason=self._said(found.reason))
        if not found.counts:
            return found
        duties = [
            (duty, missing)
            for duty in self._policy.duties
            if (missing := _missing(duty, contact, subject))
        ]
        if not duties:
            return found
        return replace(
            found,
            warnings=tuple(duty.id for duty, _ in duties),
            duties=tuple(text for _, text in duties),
        )

    def newest(self, log: ContactLog, subject: Subject, today: date) -> date | None:
        """The day of the last contact that counts up to `today`."""
        asked = self._asked
        # Every rule that is weighed for a client asks the same.
        if asked is None or asked[0] is not log or asked[1] is not subject or asked[2] != today:
            asked = self._asked = (log, subject, today, self._find_newest(log, subject, today))
        return asked[3]

    def _find_newest(self, log: ContactLog, subject: Subject, today: date) -> date | None:
        settled = self._settled
        for day, kind in log.newest_first():
            known = settled[kind]
            if (known or (known is None and self.counts(kind, day, subject))) and day <= today:
                return day
        return None

    def counted(self, log: ContactLog, subject: Subject, today: date) -> tuple[int, ...]:
        """Indexes of the contacts that count up to `today`, in the order given."""
        settled, counts = self._settled, self.counts
        return tuple(
            [
                index
                for index, (day, kind) in enumerate(zip(log.days, log.kinds, strict=True))
                if ((known := settled[kind]) or (known is None and counts(kind, day, subject)))
                and day <= today
            ]
        )

    def days(self, log: ContactLog, subject: Subject, today: date) -> list[date]:
        """The days with a contact that counts up to `today`, sorted, each once (reading R33)."""
        settled, counts = self._settled, self.counts
        return sorted(
            {
                day
                for day, kind in zip(log.days, log.kinds, strict=True)
                if ((known := settled[kind]) or (known is None and counts(kind, day, subject)))
                and day <= today
            }
        )

    def classes(
        self, log: ContactLog, subject: Subject, today: date
    ) -> list[tuple[date, frozenset[str]]]:
        """The same days, each with the classes of its contacts that count."""
        found: list[tuple[date, frozenset[str]]] = []
        before: date | None = None
        for day, kind in sorted(zip(log.days, log.kinds, strict=True), key=_day):
            if day > today:
                break
            known = self._settled[kind]
            if known is False:
                continue
            verdict = self._plans[kind].final if known else self._decide(kind, day, subject)
            if not verdict.counts:
                continue
            if day == before:
                found[-1] = day, found[-1][1] | {verdict.contact_class}
            else:
                found.append((day, _only(verdict.contact_class)))
                before = day
        return found

    def counts(self, kind: ContactKind, day: date, subject: Subject) -> bool:
        """Whether a contact of this kind on this day counts, whatever today is."""
        return self._decide(kind, day, subject).counts

    def _decide(self, kind: ContactKind, day: date, subject: Subject) -> Verdict:
        plan = self._plan(kind)
        for when, verdict in plan.conditional:
            if applies(when, subject, day):
                return verdict
        return plan.final

    def _plan(self, kind: ContactKind) -> _Plan:
        plan = self._plans.get(kind)
        if plan is None:
            plan = self._plans[kind] = self._resolve(kind)
        return plan

    def _resolve(self, kind: ContactKind) -> _Plan:
        if not kind.attended:
            return _Plan((), Verdict(False, _NOT_KEPT))
        if kind.form in _NEVER:
            return _Plan((), Verdict(False, _NEVER.german[kind.form]))
        conditional: list[tuple[When, Verdict]] = []
        for clause in self._policy.counting:
            ours, clients = _split(clause.when)
            if not all(holds(test, _contact_value(kind, test.fact)) for test in ours):
                continue
            if not clients:
                return _Plan(tuple(conditional), self._verdict(clause))
            conditional.append((When(clients), self._verdict(clause)))
        return _Plan(tuple(conditional), Verdict(False, self._policy.not_counting))

    def _verdict(self, clause: CountingClause) -> Verdict:
        found = Verdict(
            clause.counts, clause.reason, clause.citation, contact_class=clause.contact_class
        )
        if not clause.counts or not self._classes or clause.contact_class in self._classes:
            return found
        return replace(found, counts=False, reason=_OTHER_CLASS)

    def _said(self, reason: str) -> str:
        """For a reader: what is remembered of a kind of contact is German."""
        if reason != _OTHER_CLASS:
            return said(reason)
        labels = self._policy.classes
        wanted = said(" oder ").join(labels.get(each, each) for each in sorted(self._classes))
        return said(_OTHER_CLASS).format(wanted=wanted)


_day = itemgetter(0)


@cache
def _only(contact_class: str) -> frozenset[str]:
    return frozenset([contact_class])


def _split(when: When) -> tuple[tuple[Test, ...], tuple[Test, ...]]:
    """Tests on the contact, and tests on the client on the day of the contact (reading R18)."""
    ours = tuple(test for test in when.tests if test.fact in _CONTACT_FACTS)
    clients = tuple(test for test in when.tests if test.fact not in _CONTACT_FACTS)
    return ours, clients


def _contact_value(kind: ContactKind, name: str) -> FactValue:
    value: FactValue = getattr(kind, name)
    return value


def _missing(duty: Duty, contact: Contact, subject: Subject) -> str:
    """What a duty misses in the documentation of a contact, in words; empty where it is met."""
    ours, clients = _split(duty.when)
    if not all(holds(test, _contact_value(contact.kind, test.fact)) for test in ours):
        return ""
    if not applies(When(clients), subject, contact.day):
        return ""
    if duty.note_types and contact.kind.note_type not in duty.note_types:
        return duty.text
    if duty.contents and contact.kind.note_type is not NoteType.KEIN:
        # None is "unknown" (a list without texts was loaded); only a field left empty is missing.
        empty = [name for field, name in _CONTENTS.items() if getattr(contact.notes, field) == ""]
        if empty:
            return (
                said("{text} ({empty} fehlt)").format(text=duty.text, empty=", ".join(empty))
                if duty.text
                else ", ".join(empty)
            )
    return ""
