"""To which days does one rule lead? A rule made ready for many clients.

Most clients share their answer with others: it hangs on few days only, and is kept for each.
"""

from collections.abc import Callable
from datetime import date

from kkd_desktop.domain import demands
from kkd_desktop.domain.client import Subject
from kkd_desktop.domain.contact import ContactLog
from kkd_desktop.domain.counting import Counting
from kkd_desktop.domain.demands import Course
from kkd_desktop.domain.events import event_day, is_during
from kkd_desktop.domain.language import each_to_say, to_say
from kkd_desktop.domain.outcome import Anchor, Days, Finding, Remark, State
from kkd_desktop.domain.policy import (
    AnchorShift,
    Between,
    CountInPeriod,
    Deadline,
    Event,
    Explicit,
    FirstContact,
    NestedShares,
    Rule,
    Step,
    Steps,
    Within,
)
from kkd_desktop.domain.predicates import applies
from kkd_desktop.domain.workdays import WorkCalendar

_Base = tuple[date, str, str]
"""The parts of an anchor, compared often."""

Find = Callable[[Subject, ContactLog, date], Finding | None]
"""What a rule leads to for a client on a day; None where it asks for nothing (any more, or yet)."""

_CONTACT, _REGISTRATION = each_to_say("letzter zählender Kontakt", "Anmeldung")
_LEFT = to_say("nicht mehr {left} seit")
_NO_ANCHOR = to_say(
    "Es fehlt ein Tag, ab dem gerechnet wird: weder ein zählender Kontakt noch die Anmeldung ist "
    "erfasst."
)


_NO_EVENT = to_say("Es fehlt ein Tag, ab dem gerechnet wird: „{label}“ ist nicht erfasst.")


class CompiledRule:
    """A rule with the counting and the calendar it needs."""

    def __init__(
        self,
        rule: Rule,
        counting: Counting,
        calendar: WorkCalendar,
        shifts: tuple[AnchorShift, ...] = (),
    ) -> None:
        self.rule = rule
        self.counting = counting
        self._calendar = calendar
        self._shifts = shifts
        self._ladder = _ladder(rule)
        self._known: dict[tuple[object, ...], Finding] = {}
        self._find = self._finder()

    @property
    def is_explicit(self) -> bool:
        return isinstance(self.rule.demand, Explicit)

    @property
    def hangs_on_last(self) -> bool:
        """Whether nothing of a client matters but the last contact that counts for the policy, or
        without one the registration.
        """
        rule = self.rule
        simple = isinstance(rule.demand, Explicit | FirstContact | Within | Between | NestedShares)
        return simple and not (rule.anchor or rule.during or rule.counts or self._shifts)

    def find(self, subject: Subject, log: ContactLog, today: date) -> Finding | None:
        during = self.rule.during
        if during is not None and not is_during(during, subject, log, today, self._calendar):
            return None
        return self._find(subject, log, today)

    def by_last(self, last: date | None, registered: date | None, today: date) -> Finding | None:
        """What a rule that `hangs_on_last` leads to."""
        demand = self.rule.demand
        if isinstance(demand, FirstContact):
            if last is not None or registered is None:
                return None
            days = demands.first(demand, registered, self._calendar, today)
            return Finding(self.rule, days, Anchor(registered, _REGISTRATION))
        if isinstance(demand, Explicit):
            return Finding(self.rule, Days(State(demand.kind)), None, last, demand.text)
        if last is not None:
            return self._from_base((last, _CONTACT, ""), last, today)
        base = None if registered is None else (registered, _REGISTRATION, "")
        return self._from_base(base, None, today)

    def _finder(self) -> Find:
        by_kind: dict[type, Find] = {
            CountInPeriod: self._count,
            Deadline: self._deadline,
            Steps: self._steps,
        }
        return by_kind.get(type(self.rule.demand), self._by_last_or_anchor)

    def _by_last_or_anchor(self, subject: Subject, log: ContactLog, today: date) -> Finding | None:
        last = self.counting.newest(log, subject, today)
        if isinstance(self.rule.demand, Explicit | FirstContact):
            return self.by_last(last, subject.registered, today)
        base = self._base(subject, log, last, today)
        key = (base, last, today)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._from_base(base, last, today)
        return found

    def _from_base(self, base: _Base | None, last: date | None, today: date) -> Finding:
        demand = self.rule.demand
        if base is None:
            # Who was never met stays in the population of a share (reading R22).
            tier = demands.NO_TIER if isinstance(demand, NestedShares) else None
            days = Days(State.NO_ANCHOR, tier=tier)
            return Finding(self.rule, days, None, last, _nothing_known(self.rule.anchor))
        if isinstance(demand, NestedShares):
            days = demands.shares(demand, base[0], last, self._calendar, today)
        else:
            assert isinstance(demand, Within | Between)
            days = self._window(demand, base[0], today)
        return Finding(self.rule, days, Anchor(*base), last)

    def _window(self, demand: Within | Between, anchor: date, today: date) -> Days:
        if isinstance(demand, Within):
            return demands.within(demand.span, anchor, self._calendar, today)
        return demands.between(demand, anchor, self._calendar, today)

    def _count(self, subject: Subject, log: ContactLog, today: date) -> Finding:
        demand = self.rule.demand
        assert isinstance(demand, CountInPeriod)
        days = self.counting.days(log, subject, today)
        last = days[-1] if days else None
        base = self._base(subject, log, last, today)
        found = demands.count(
            demand, _course(demand, subject, log, today), subject.registered, days, today
        )
        return Finding(self.rule, found, None if base is None else Anchor(*base), last)

    def _deadline(self, subject: Subject, log: ContactLog, today: date) -> Finding | None:
        demand = self.rule.demand
        assert isinstance(demand, Deadline)
        day = event_day(demand.event, subject, log, today)
        if day is None or day > today:
            return None
        last = self.counting.newest(log, subject, today)
        if last is not None and last >= day:
            return None
        days = demands.within(demand.span, day, self._calendar, today)
        return Finding(self.rule, days, Anchor(day, demand.event.label), last)

    def _steps(self, subject: Subject, log: ContactLog, today: date) -> Finding | None:
        anchor = self.rule.anchor
        since = None if anchor is None else event_day(anchor, subject, log, today)
        number, last = 0, None
        ladder, top = self._ladder, len(self._ladder) - 1
        for day, classes in self.counting.classes(log, subject, today):
            if since is not None and day < since:
                continue
            step = ladder[number if number < top else top]
            if step is None or not step.counts or not step.counts.isdisjoint(classes):
                number, last = number + 1, day
        step = ladder[min(number, top)]
        if step is None:
            return None
        base = self._base(subject, log, last, today)
        if base is None:
            text = _nothing_known(anchor)
            return Finding(self.rule, Days(State.NO_ANCHOR), text=text, step=step)
        key = (step.contacts, base, last, today)
        found = self._known.get(key)
        if found is None:
            days = self._window(step.demand, base[0], today)
            found = Finding(self.rule, days, Anchor(*base), last, step=step)
            self._known[key] = found
        return found

    def _base(
        self, subject: Subject, log: ContactLog, last: date | None, today: date
    ) -> _Base | None:
        """From where spans run: the last counted contact, or the anchor if that is later; else the
        registration (R27). Never before a shift (R25).
        """
        base: _Base | None = None
        if last is not None:
            base = last, _CONTACT, ""
        if self.rule.anchor is not None:
            day = event_day(self.rule.anchor, subject, log, today)
            if day is not None and (last is None or last < day):
                base = day, self.rule.anchor.label, ""
        elif last is None and subject.registered is not None:
            base = subject.registered, _REGISTRATION, ""
        for shift in self._shifts:
            base = _shifted(shift, base, subject, today)
        return base


def _shifted(shift: AnchorShift, base: _Base | None, subject: Subject, today: date) -> _Base | None:
    timeline = subject.facts.timeline(shift.fact)
    day = None if timeline is None else timeline.left(shift.left, today)
    if day is None or (base is not None and day <= base[0]):
        return base
    if applies(shift.when, subject, day) or applies(shift.when, subject, today):
        return day, _LEFT, shift.left
    return base


def _course(demand: CountInPeriod, subject: Subject, log: ContactLog, today: date) -> Course | None:
    """When the periods of a count begin, and with an EinV/Kooperationsplan when they end."""
    if demand.anchor is None:
        return None
    begins = event_day(demand.anchor, subject, log, today)
    if begins is None:
        return None
    if demand.anchor.fact != "einv_start":
        return Course(begins)
    return Course(begins, subject.einv_end, once=subject.einv_end is None)


def _ladder(rule: Rule) -> list[Step | None]:
    """The step that is on after 0, 1, 2 … contacts; the last one stays. None where none is asked
    for yet.
    """
    if not isinstance(rule.demand, Steps):
        return []
    steps = {step.contacts: step for step in rule.demand.steps}
    ladder: list[Step | None] = []
    for number in range(max(steps) + 1):
        ladder.append(steps.get(number, ladder[-1] if ladder else None))
    return ladder


def _nothing_known(anchor: Event | None) -> Remark:
    if anchor is None:
        return Remark(_NO_ANCHOR)
    return Remark(_NO_EVENT, label=anchor.label)
