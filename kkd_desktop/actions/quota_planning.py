"""Whom to meet by when, so that the shares of the caseload are reached with the fewest talks.

`prepare` reads all that is needed, in the thread of the store; what it returns works in any other.
Nothing is stored, and what is agreed already stays.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta

from kkd_desktop.actions import feasibility, proposals, trial
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.planning import StoredCase, stored_cases
from kkd_desktop.domain import language, texts
from kkd_desktop.domain.contact import ContactForm
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.evaluation import evaluate
from kkd_desktop.domain.feasibility import fitting
from kkd_desktop.domain.outcome import Obligation
from kkd_desktop.domain.planning import MOST_WEEKS, Stage, Watch
from kkd_desktop.domain.policy import Measured, NestedShares, Policy, Rule
from kkd_desktop.domain.quota_plan import PolicyPlan, QuotaPlans
from kkd_desktop.domain.quota_planning import QuotaResult, plan_quotas
from kkd_desktop.domain.quota_problem import (
    Member,
    Place,
    QuotaProblem,
    Room,
    Tier,
    check_days,
    days_between,
    end_of_month,
    tiers_of,
)
from kkd_desktop.domain.rulebook import Rulebook
from kkd_desktop.domain.shares import forms_of, groups_of, sets_shares
from kkd_desktop.domain.values import Value
from kkd_desktop.domain.workdays import DAY

WEEKS = 4
_SAMPLED = 7
"""Days between two looks at whether somebody belongs to a population; a change between two looks is
then searched for to the day.
"""


class QuotaOptions(Value, frozen=True):
    """What to plan for. Without a `reading` that of the policy holds, without an end the end of the
    month, or for every day four weeks.

    `policy` asks for another one than that in force; `telephone` plans calls where they count.
    """

    reading: Measured | None = None
    weeks: int | None = None
    until: date | None = None
    policy: str | None = None
    telephone: bool = False


Work = Callable[[Watch], QuotaPlans]


def nobody(done: int, total: int, text: str) -> None:
    """For who waits without looking."""


def make(context: Context, options: QuotaOptions | None = None) -> QuotaPlans:
    """Make the plans and wait for them."""
    return prepare(context, options)(nobody)


def prepare(context: Context, options: QuotaOptions | None = None) -> Work:
    """Read what is needed; the work that is returned makes the plans."""
    return _Material(context, options or QuotaOptions()).plans


class _Material:
    """All that was read, and the way from it to the plans, without the store."""

    def __init__(self, context: Context, options: QuotaOptions) -> None:
        self.today, self.options = context.today, options
        self.posted = context.post_time().enough_from
        self.begin = self.today + DAY if options.telephone else self.posted
        self.agenda = proposals.agenda(context)
        lengths = context.settings.hours.lengths
        self.minutes = (lengths.telefonisch if options.telephone else lengths.persoenlich).total
        self.show = feasibility.show_rate(context).share
        self.rulebook, self.notes = _policies(context, options.policy)
        self.policies = [each.policy for each in self.rulebook if sets_shares(each.policy)]
        self.cases = stored_cases(context, self.rulebook) if self.policies else []
        self._require_sense()
        self._know_holidays()

    def plans(self, watch: Watch) -> QuotaPlans:
        """Make the plans, in any thread; `watch` is told how far it is and may stop it by raising.

        The solver is loaded only here.
        """
        made = tuple(self._plan(policy, watch) for policy in self.policies)
        return QuotaPlans(
            tuple(each.policy for each in self.rulebook),
            made,
            self.today,
            self.begin,
            self.minutes,
            self.show,
            self.notes,
        )

    def _plan(self, policy: Policy, watch: Watch) -> PolicyPlan:
        own = reading_of(policy)
        reading = self.options.reading or own
        last = self._last(reading)
        days = days_between(self.today, last)
        members = self._members(policy, days, watch)
        rooms = self._rooms(last)
        result = self._solved(policy, reading, days, members, rooms, watch)
        assert result is not None, "the period was looked at before"
        others = (
            self._solved(policy, other, days, members, rooms, watch, only_number=True)
            for other in Measured
            if other is not reading
        )
        met = {member.client_id for member in members}
        return PolicyPlan(
            policy,
            {demand.group: rule for rule, demand in _rules(policy)},
            own,
            result,
            tuple(other for other in others if other is not None),
            {case.client.id: case.client for case in self.cases if case.client.id in met},
        )

    def _solved(
        self,
        policy: Policy,
        reading: Measured,
        days: Sequence[date],
        members: tuple[Member, ...],
        rooms: tuple[Room, ...],
        watch: Watch,
        *,
        only_number: bool = False,
    ) -> QuotaResult | None:
        from kkd_desktop.planning.quota import HighsQuotaSolver

        checks = check_days(reading, days[0] + DAY, days[-1])
        if not checks:
            return None
        calendar = next(each.calendar for each in self.rulebook if each.policy is policy)
        tiers: list[Tier] = []
        for _, demand in _rules(policy):
            tiers += tiers_of(demand, reading, days, calendar, members)
        problem = QuotaProblem(self.today, tuple(days), checks, rooms, tuple(tiers), members)
        return plan_quotas(problem, reading, HighsQuotaSolver(), watch, only_number=only_number)

    def _rooms(self, last: date) -> tuple[Room, ...]:
        days = days_between(self.begin, last)
        free = self.agenda.free_slots
        counted = (Room(d, fitting(free(d, self.minutes), self.minutes)) for d in days)
        return tuple(room for room in counted if room.talks)

    def _members(self, policy: Policy, days: Sequence[date], watch: Watch) -> tuple[Member, ...]:
        found = []
        for number, case in enumerate(self.cases):
            if not number % 50:
                watch(number, len(self.cases), Stage.CASELOAD)
            member = self._member(case, policy, days)
            if member is not None:
                found.append(member)
        return tuple(found)

    def _member(self, case: StoredCase, policy: Policy, days: Sequence[date]) -> Member | None:
        belongs = _Belonging(case, policy, self.rulebook)
        places = tuple(belongs.places(days))
        if not places:
            return None
        asked = belongs.asked
        assert asked is not None
        lasts = [place.last for place in places if place.last is not None]
        forms = forms_of(asked)
        counting = [each.day for each in case.agreed if each.form in forms]
        inside = tuple(day for day in counting if day <= days[-1])
        calls = self.options.telephone and ContactForm.TELEFONISCH in forms and bool(lasts)
        begin = self.today + DAY if calls else self.posted
        return Member(
            case.client.id,
            places,
            max([begin, *(day + DAY for day in inside)]),
            max(lasts, default=case.client.subject.registered),
            inside,
            case.away,
            next((day for day in counting if day > days[-1]), None),
        )

    def _last(self, reading: Measured) -> date:
        """The end of the plan."""
        chosen = self.options
        if chosen.until is not None:
            return chosen.until
        if chosen.weeks is not None or reading is Measured.EVERY_DAY:
            return self.today + timedelta(weeks=chosen.weeks or WEEKS)
        return next(
            end
            for day in (self.today + DAY, self.begin)
            if (end := end_of_month(day)) >= self.begin
        )

    def _require_sense(self) -> None:
        chosen = self.options
        if chosen.weeks is not None and not 1 <= chosen.weeks <= MOST_WEEKS:
            raise UserError(
                language.said("Wochen: bitte zwischen 1 und {most_weeks}.").format(
                    most_weeks=MOST_WEEKS
                )
            )
        most = self.today + timedelta(weeks=MOST_WEEKS)
        if chosen.until is not None and not self.today < chosen.until <= most:
            raise UserError(
                language.said(
                    "Bis: bitte ein Tag nach heute und bis {day} ({most_weeks} Wochen)."
                ).format(day=texts.weekday_day(most), most_weeks=MOST_WEEKS)
            )
        for policy in self.policies:
            reading = chosen.reading or reading_of(policy)
            last = self._last(reading)
            if not check_days(reading, self.today + DAY, last):
                raise UserError(
                    language.said("Bis: vor dem {day} endet kein Monat.").format(
                        day=texts.day(last)
                    )
                )

    def _know_holidays(self) -> None:
        """The calendars are asked in another thread, which must not read the store."""
        for calendar in (self.agenda.calendar, *(each.calendar for each in self.rulebook)):
            for year in range(self.today.year - 2, self.today.year + 3):
                calendar.holidays_in(year)


class _Belonging:
    """To which populations of a policy somebody belongs, from day to day."""

    def __init__(self, case: StoredCase, policy: Policy, rulebook: Rulebook) -> None:
        self._case, self._policy, self._rulebook = case, policy, rulebook
        self._known: dict[date, Mapping[str, date | None]] = {}
        self.asked: Obligation | None = None

    def places(self, days: Sequence[date]) -> Iterable[Place]:
        """Runs of days with the same populations."""
        for first, until in self._runs(days):
            for group, last in self._on(first).items():
                yield Place(group, first, until, last)

    def _runs(self, days: Sequence[date]) -> Iterable[tuple[date, date]]:
        begin = 0
        while begin < len(days):
            end = self._end_of_run(days, begin)
            yield days[begin], days[end]
            begin = end + 1

    def _end_of_run(self, days: Sequence[date], begin: int) -> int:
        """The place of the last day on which nothing has changed since `begin`."""
        there, same = begin, self._on(days[begin])
        while there < len(days) - 1:
            ahead = min(there + _SAMPLED, len(days) - 1)
            if self._on(days[ahead]) != same:
                while ahead - there > 1:
                    middle = (there + ahead) // 2
                    if self._on(days[middle]) == same:
                        there = middle
                    else:
                        ahead = middle
                return there
            there = ahead
        return there

    def _on(self, day: date) -> Mapping[str, date | None]:
        if day not in self._known:
            outcome = evaluate(self._case.client.subject, self._case.log, self._rulebook, day)
            groups = groups_of(self._policy, outcome)
            self.asked = self.asked or next(iter(groups.values()), None)
            self._known[day] = {group: each.last for group, each in groups.items()}
        return self._known[day]


def reading_of(policy: Policy) -> Measured:
    """When a policy wants its shares reached; of several readings the one that asks for most."""
    order = list(Measured)
    return min((demand.measured for _, demand in _rules(policy)), key=order.index)


def own_reading(context: Context) -> Measured:
    """How the first policy in force that sets shares wants them reached."""
    policies = (each.policy for each in context.policies())
    return next((reading_of(p) for p in policies if sets_shares(p)), Measured.EVERY_DAY)


def _rules(policy: Policy) -> list[tuple[Rule, NestedShares]]:
    return [(rule, rule.demand) for rule in policy.rules if isinstance(rule.demand, NestedShares)]


def _policies(context: Context, name: str | None) -> tuple[Rulebook, tuple[str, ...]]:
    """A rulebook of its own: another thread will ask it."""
    today = context.today
    if name is None:
        concepts = context.concepts(today)
        said = trial.validity_notes(concepts, today)
        notes = tuple(
            language.said("{note}: keine Fristen, also auch keine Anteile.").format(note=note)
            for note in said
        )
        return context.rulebook(concepts), notes
    tried = trial.of_caseload(context, name, today)
    said = trial.validity_notes((tried,), today)
    notes = tuple(
        language.said("{note}; gerechnet wird, als gälte es.").format(note=note) for note in said
    )
    return context.rulebook((trial.as_if_in_force(tried),)), notes
