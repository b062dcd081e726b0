"""Propose a plan of the next weeks for the whole caseload, and take it or parts of it.

`prepare` reads all that is needed, in the thread of the store; what it returns works in any other.
Nothing is stored before `apply`, and what is agreed already is never moved.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from math import ceil

from kkd_desktop.actions import appointments, backups, capacity, casework, proposals
from kkd_desktop.actions.context import Context
from kkd_desktop.domain import planning, texts
from kkd_desktop.domain.absence import absences
from kkd_desktop.domain.appointment import Appointment
from kkd_desktop.domain.client import Client, Deviation
from kkd_desktop.domain.contact import ContactForm, ContactLog
from kkd_desktop.domain.delivery import deemed_on
from kkd_desktop.domain.deviations import effect_of
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.foresight import Foresight
from kkd_desktop.domain.language import german, said, to_say
from kkd_desktop.domain.lengths import Lengths
from kkd_desktop.domain.outcome import STATE_TEXTS, Outcome, RequiredForm
from kkd_desktop.domain.plan import Plan, PlannedTalk, ShowRate, coming_of
from kkd_desktop.domain.plan_answer import Case, Known, answer
from kkd_desktop.domain.planning import (
    Asked,
    Away,
    Limits,
    Person,
    PlanDay,
    PlanWeek,
    Problem,
    Stage,
    Talks,
    Watch,
)
from kkd_desktop.domain.policy import DeviationEffect
from kkd_desktop.domain.rulebook import Rulebook
from kkd_desktop.domain.slots import Agenda
from kkd_desktop.domain.spans import add_months
from kkd_desktop.domain.values import Value
from kkd_desktop.domain.week import monday_of
from kkd_desktop.domain.wishes import wish_of
from kkd_desktop.domain.workdays import DAY
from kkd_desktop.store import appointments as booked
from kkd_desktop.store import caseload, deviations
from kkd_desktop.store.attendance import attendance_of_each

MOST_WEEKS = planning.MOST_WEEKS
WEEKS = 4

LARGE = 50
"""So many appointments at once get a back-up before them."""

_LOOK_BACK_MONTHS = 12
_A_WEEK = timedelta(days=7)


class Options(Value, frozen=True):
    """How to plan. `show_rate` invites as many as needed so that the expected number comes;
    `telephone` plans a call where the concept lets it count. `only` names the ids of those to plan
    for; None is everybody.
    """

    weeks: int = WEEKS
    show_rate: bool = True
    telephone: bool = False
    limits: Limits = Limits()
    only: frozenset[int] | None = None


class StoredCase(Value, frozen=True):
    """A client as read from the store, with the open appointments and when they cannot be met."""

    client: Client
    log: ContactLog
    agreed: tuple[Appointment, ...]
    away: tuple[Away, ...]


class _Sight(Value, frozen=True):
    """A client as they are now, the days agreed with them, and what will be asked after those."""

    client: Client
    agreed: tuple[date, ...]
    ahead: Foresight


Work = Callable[[Watch], Plan]


def nobody(done: int, total: int, text: str) -> None:
    """For who waits without looking."""


def prepare(context: Context, now: datetime, options: Options | None = None) -> Work:
    """Read what planning needs as of local time `now`; the work that is returned makes the plan.

    The weeks begin with the first day that a letter of today can ask for.
    """
    chosen = options or Options()
    if not 1 <= chosen.weeks <= MOST_WEEKS:
        raise UserError(
            said("Wochen: bitte zwischen 1 und {most_weeks}.").format(most_weeks=MOST_WEEKS)
        )
    material = _Material(context, now, chosen)
    return material.plan


def make(context: Context, now: datetime, options: Options | None = None) -> Plan:
    """Make a plan and wait for it."""
    return prepare(context, now, options)(nobody)


def show_rate(context: Context) -> ShowRate:
    """How many of all who were invited in the last twelve months came."""
    return _History(context).rate


class _Material:
    """All that was read, and the way from it to a plan, without the store."""

    def __init__(self, context: Context, now: datetime, options: Options) -> None:
        self.today, self.now, self.options = context.today, now, options
        self._outcomes: dict[int, Outcome] = {}
        self.lengths: Lengths = context.settings.hours.lengths
        self.agenda: Agenda = proposals.agenda(context)
        deemed = deemed_on(context.today, context.fictions())
        margin = context.settings.post_margin_days
        self.posted = self.agenda.calendar.nth_workday_after(deemed, margin)
        self.first = context.today + DAY if options.telephone else self.posted
        self.last = self.posted + timedelta(weeks=options.weeks) - DAY
        self.resumes = _resumes(self.agenda, self.last)
        # A rulebook of its own: another thread will ask it.
        self.policies: Rulebook = context.rulebook(context.concepts(context.today))
        self._know_holidays()
        history = _History(context)
        self.show = history.overall if options.show_rate else None
        self.cases = stored_cases(context, self.policies)
        only = options.only
        # The appointments of the others are in the weeks all the same.
        self.chosen = [each for each in self.cases if only is None or each.client.id in only]
        self.percents = {
            case.client.id: history.percent(case.client.id) if options.show_rate else 100
            for case in self.cases
        }
        self.norms = _Norms(context, self.agenda, self.percents)
        self.weeks = tuple(self.norms.weeks(self.first, self.last))

    def plan(self, watch: Watch) -> Plan:
        """Make the plan, in any thread; `watch` is told how far it is and may stop it by raising.

        The solver is loaded only here.
        """
        from kkd_desktop.planning.highs import HighsSolver

        problem, not_asked = self._problem(watch)
        solution = HighsSolver().solve(problem, self.options.limits, watch)
        hours = self.agenda.hours
        known = Known(
            self.today,
            self.posted,
            tuple(
                Case(
                    case.client,
                    self._outcome(case).latest,
                    tuple(each.day for each in case.agreed),
                )
                for case in self.chosen
            ),
            tuple(Away(x.since, x.until, x.reason) for x in (*hours.closed, *hours.absences)),
            self.show,
            not_asked,
        )
        return answer(problem, solution, known)

    def _problem(self, watch: Watch) -> tuple[Problem, dict[int, str]]:
        """What is to be solved, and why some of the caseload are not part of it."""
        open_days = [d for d in _days(self.first, self.last) if self.agenda.is_open(d)]
        people: list[Person] = []
        not_asked: dict[int, str] = {}
        for number, case in enumerate(self.chosen):
            watch(number, len(self.chosen), Stage.DEMANDS)
            found = self._person(case, open_days)
            if isinstance(found, Person):
                people.append(found)
            else:
                not_asked[case.client.id] = found
        minutes = {each.talks(nth).length.total for each in people for nth in (0, 1)}
        days = [PlanDay(day, self._starts(day, minutes)) for day in open_days]
        problem = Problem(
            self.first,
            self.last,
            self.resumes,
            self.agenda.hours.step,
            tuple(days),
            self.weeks,
            tuple(people),
            self.norms.counts_hours,
        )
        return problem, not_asked

    def _starts(self, day: date, minutes: Iterable[int]) -> dict[int, tuple[datetime, ...]]:
        free = self.agenda.free_slots
        return {length: tuple(free(day, length, not_before=self.now)) for length in minutes}

    def _person(self, case: StoredCase, days: Sequence[date]) -> Person | str:
        """Whom to plan for; or why not, in words."""
        client = case.client
        agreed = [each.day for each in case.agreed]
        sight = Foresight(client.subject, case.log, self.policies, agreed)
        first = sight.first(self.today)
        if first is None:
            return _why_not_asked(case, self._outcome(case))
        # What is due while nobody can be met after the plan has to come forward.
        if first.target > self.last and (first.latest is None or first.latest >= self.resumes):
            return said("erst nach dem Zeitraum an der Reihe ({by})").format(by=_by(first))
        never_met = self._outcome(case).deciding.last is None and not agreed
        held = self._talks(case, first, never_met=never_met)
        then = self._talks(case, first, never_met=False)
        begin = max([held.begin, *(day + DAY for day in agreed)])
        return Person(
            client.id,
            first,
            Talks(held.form, held.length, begin),
            Talks(then.form, then.length, begin),
            sight.after_each(first, [day for day in days if day >= begin]),
            client.bg_number,
            wish_of(client, self.today),
            case.away,
            self.percents[client.id],
            self._partner_days(client),
        )

    def _outcome(self, case: StoredCase) -> Outcome:
        """What is asked of somebody today; worked out with the plan, not while it is read."""
        from kkd_desktop.domain.evaluation import evaluate

        known = self._outcomes.get(case.client.id)
        if known is None:
            known = evaluate(case.client.subject, case.log, self.policies, self.today)
            self._outcomes[case.client.id] = known
        return known

    def _talks(self, case: StoredCase, first: Asked, *, never_met: bool) -> Talks:
        form = ContactForm.PERSOENLICH
        if self.options.telephone and not never_met:
            call = Foresight(
                case.client.subject, case.log, self.policies, (), ContactForm.TELEFONISCH
            )
            enough = self._outcome(case).deciding.required_form is RequiredForm.BELIEBIG
            if enough and call.counts(max(first.earliest, self.today)):
                form = ContactForm.TELEFONISCH
        begin = self.posted if form is ContactForm.PERSOENLICH else self.today + DAY
        return Talks(form, self.lengths.of(form, first=never_met), begin)

    def _partner_days(self, client: Client) -> frozenset[date]:
        """The days on which others of the BG have an appointment."""
        if not client.bg_number:
            return frozenset()
        return frozenset(
            each.day
            for case in self.cases
            if case.client.bg_number == client.bg_number and case.client.id != client.id
            for each in case.agreed
        )

    def _know_holidays(self) -> None:
        """The calendars are asked in another thread, which must not read the store."""
        calendars = [self.agenda.calendar, *(each.calendar for each in self.policies)]
        for calendar in calendars:
            for year in range(self.today.year - 1, self.last.year + 3):
                calendar.holidays_in(year)


class _History:
    """Who came in the last twelve months."""

    def __init__(self, context: Context) -> None:
        since = add_months(context.today, -_LOOK_BACK_MONTHS) + DAY
        self._each = attendance_of_each(context.store, since, context.today)
        self._percents: dict[tuple[int, int], int] = {}
        attended = sum(came for came, _ in self._each.values())
        missed = sum(not_there for _, not_there in self._each.values())
        self.rate = ShowRate(attended, missed)
        self.overall = self.rate.overall

    def percent(self, client_id: int) -> int:
        """How likely this client comes; many have the same history."""
        known = self._each.get(client_id, (0, 0))
        if known not in self._percents:
            self._percents[known] = round(coming_of(*known, self.overall) * 100)
        return self._percents[known]


def stored_cases(context: Context, policies: Rulebook) -> list[StoredCase]:
    """Everyone, in the order of their ids, so that the same caseload gives the same plan."""
    agreed = _open_appointments(context)
    exceptions = deviations.everyones(context.store)
    everyone = caseload.everyone(context.store, context.today)
    return [
        StoredCase(
            client,
            log,
            agreed.get(client.id, ()),
            tuple(away_of(client, exceptions.get(client.id, ()), policies)),
        )
        for client, log in sorted(everyone, key=lambda each: each[0].id)
    ]


def _open_appointments(context: Context) -> dict[int, tuple[Appointment, ...]]:
    """The appointments ahead of each client, the earliest first."""
    found: dict[int, list[Appointment]] = {}
    for each in booked.open_from(context.store, context.today):
        found.setdefault(each.client_id, []).append(each)
    return {client_id: tuple(each) for client_id, each in found.items()}


def away_of(client: Client, exceptions: Iterable[Deviation], policies: Rulebook) -> Iterable[Away]:
    """The days on which somebody cannot be met: the duty rests for an agreed reason, or a fact
    says so.
    """
    for each in exceptions:
        rests = any(effect_of(each, p.policy) is DeviationEffect.SUSPENDS for p in policies)
        if rests and each.since is not None and each.until is not None and each.since < each.until:
            yield Away(each.since, each.until - DAY, each.reason)
    yield from absences(client.subject.facts)


class _Norms:
    """What the concept asks of the weeks, and what is agreed in them already."""

    def __init__(self, context: Context, agenda: Agenda, percent: Mapping[int, int]) -> None:
        self._context = context
        self._agenda = agenda
        self._percent = percent
        self.counts_hours = False

    def weeks(self, first: date, last: date) -> Iterator[PlanWeek]:
        monday = monday_of(first)
        while monday <= last:
            yield self._week(monday, min(monday + _A_WEEK - DAY, last))
            monday += _A_WEEK

    def _week(self, monday: date, last: date) -> PlanWeek:
        part = self._agenda.weeks_between(monday, last)
        norm = capacity.norm_of_week(self._context, monday)
        asked = None
        if norm is not None:
            self.counts_hours = norm.min_contacts is None
            whole = norm.contact_hours if norm.min_contacts is None else norm.min_contacts
            # Of a week that is planned in part, that part is asked for.
            asked = ceil(whole * part / norm.part) if norm.part else 0
        talks = self._talks(monday, last)
        weight = sum(map(self._weight, talks))
        return PlanWeek(monday, asked, weight, len(talks), int(part * 100))

    def _talks(self, monday: date, last: date) -> list[Appointment]:
        """One appointment of each talk: several may come to a joint one."""
        found: dict[str, Appointment] = {}
        for each in booked.between(self._context.store, monday, last):
            if each.state.is_standing:
                found.setdefault(each.joint or each.uid, each)
        return list(found.values())

    def _weight(self, talk: Appointment) -> int:
        percent = self._percent.get(talk.client_id, 100)
        return percent * talk.length.counted // 60 if self.counts_hours else percent


def _resumes(agenda: Agenda, last: date) -> date:
    """The first day after the plan on which anyone is met; within a year."""
    days = _days(last + DAY, last + timedelta(days=366))
    return next(filter(agenda.is_open, days), last + timedelta(days=366))


def _why_not_asked(case: StoredCase, outcome: Outcome) -> str:
    if case.agreed and outcome.deciding.has_duty:
        return said("nach dem Termin {day} ist nichts mehr vorgegeben").format(
            day=texts.weekday_day(case.agreed[-1].day)
        )
    return STATE_TEXTS[outcome.deciding.state]


def _by(asked: Asked) -> str:
    if asked.latest is None:
        return said("Zieltag {day}").format(day=texts.weekday_day(asked.target))
    return said("spätestens {day}").format(day=texts.weekday_day(asked.latest))


def _days(first: date, last: date) -> Iterable[date]:
    return (first + number * DAY for number in range((last - first).days + 1))


def all_keys(plan: Plan) -> frozenset[tuple[int, int]]:
    return frozenset(talk.key for talk in plan.talks)


def outdated(context: Context, plan: Plan, now: datetime) -> frozenset[tuple[int, int]]:
    """The talks of a plan that the caseload has outrun as of local time `now`: what is asked of
    their clients is another, or the time is not free any more. Later talks go with the earlier.
    """
    agenda = proposals.agenda(context)
    sights = _sights(context, {talk.client.id for talk in plan.talks})
    gone = {talk.key for talk in _outrun(context, plan, plan.talks, sights)}
    for talk in plan.talks:
        free = agenda.free_slots(talk.day, talk.length.total, not_before=now)
        if talk.key in gone or talk.start not in free:
            gone.update(each.key for each in (talk, *plan.resting_on(talk)))
    return frozenset(gone)


def apply(
    context: Context, plan: Plan, chosen: Collection[tuple[int, int]] | None = None
) -> tuple[Appointment, ...]:
    """Book the talks of a plan, or the chosen ones by their keys, as one step.

    Nothing is booked where one of them cannot be: the caseload changed since the plan was made.
    """
    keys = all_keys(plan) if chosen is None else frozenset(chosen)
    talks = list(plan.chosen(keys))
    if not talks:
        raise UserError(said("Plan: Es ist kein Termin ausgewählt."))
    _require_whole(talks)
    sights = _sights(context, {talk.client.id for talk in talks})
    for talk in _outrun(context, plan, talks, sights):
        raise UserError(
            said("Plan: Bei {name} hat sich inzwischen etwas geändert; bitte neu planen.").format(
                name=talk.client.name
            )
        )
    with german():
        number = texts.counted(len(talks), "Termin", "Termine")
        of_number = texts.counted(len(talks), "Termin", "Terminen")
    if len(talks) >= LARGE:
        backups.before(context, to_say("Plan mit {talks}").format(talks=of_number))
    days: dict[int, list[date]] = {}
    with context.store.write(to_say("Plan angenommen ({talks})").format(talks=number)):
        made = []
        for talk in talks:
            before = days.setdefault(talk.client.id, [])
            made.append(_book(context, talk, sights[talk.client.id], before))
            before.append(talk.day)
    return tuple(made)


def _book(
    context: Context,
    talk: PlannedTalk,
    sight: _Sight,
    before: Sequence[date],
) -> Appointment:
    days = [*sight.agreed, *before]
    client = sight.client
    outcome = sight.ahead.met_on(days) if days else casework.outcome_with(context, client)
    return appointments.book(
        context,
        client,
        talk.start,
        talk.length.total,
        form=talk.form,
        outcome=outcome,
        preparation=talk.length.preparation,
        because=f"Geplant: {'; '.join(talk.kept)}.",
    )


def _sights(context: Context, ids: Collection[int]) -> Mapping[int, _Sight]:
    agreed = _open_appointments(context)
    policies = context.policies()
    return {
        client.id: _Sight(client, days, Foresight(client.subject, log, policies, days))
        for client, log in caseload.everyone(context.store, context.today, ids)
        for days in (tuple(each.day for each in agreed.get(client.id, ())),)
    }


def _require_whole(talks: Iterable[PlannedTalk]) -> None:
    """A later talk rests on those before it."""
    nth: dict[int, int] = {}
    for talk in talks:
        if talk.nth != nth.get(talk.client.id, 0):
            raise UserError(
                said(
                    "Plan: Der Folgetermin {day} für {name} setzt den Termin davor "
                    "voraus; bitte beide wählen."
                ).format(day=texts.weekday_day(talk.day), name=talk.client.name)
            )
        nth[talk.client.id] = talk.nth + 1


def _outrun(
    context: Context, plan: Plan, talks: Iterable[PlannedTalk], sights: Mapping[int, _Sight]
) -> Iterator[PlannedTalk]:
    """Those whose client is gone, has other appointments than the plan knew, or is asked for
    another talk; a later talk stands and falls with the first.
    """
    agreed = dict(plan.agreed)
    for talk in talks:
        sight = sights.get(talk.client.id)
        if (
            sight is None
            or sight.agreed != agreed.get(talk.client.id, ())
            or (not talk.nth and sight.ahead.first(context.today) != talk.asked)
        ):
            yield talk
