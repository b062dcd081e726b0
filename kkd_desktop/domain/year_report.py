"""A year of a caseload worked out: one pass over the people, each as of every day asked about."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta

from kkd_desktop.domain.caseload import quotas_of
from kkd_desktop.domain.client import Deviation, Subject
from kkd_desktop.domain.contact import ContactForm, NoteType
from kkd_desktop.domain.demands import NO_TIER
from kkd_desktop.domain.density import CountedDays, DensityMonth, Rates, halves, number_between
from kkd_desktop.domain.evaluation import evaluate
from kkd_desktop.domain.language import german, said
from kkd_desktop.domain.outcome import Obligation, Outcome, State
from kkd_desktop.domain.policy import NestedShares, Policy
from kkd_desktop.domain.report import (
    NO_PROFILE,
    AsOf,
    Case,
    ContactCell,
    FirstTalk,
    FirstTalks,
    Half,
    Ids,
    MeanDays,
    Meeting,
    ShareAt,
    Shown,
    Standing,
    YearReport,
)
from kkd_desktop.domain.rulebook import Rulebook
from kkd_desktop.domain.shares import sets_shares
from kkd_desktop.domain.values import replace
from kkd_desktop.domain.workdays import WorkCalendar

_SOON = timedelta(days=14)
_FIRST_USUAL, _FIRST_LATEST = 7, 10

_FIXED = {
    State.OVERDUE: Standing.OVERDUE,
    State.FAILED: Standing.OVERDUE,
    State.BEHIND: Standing.DUE,
    State.SUSPENDED: Standing.EXCEPTION,
    State.EXCEPTED: Standing.EXCEPTION,
    State.NO_RULE: Standing.NO_RULE,
    State.OUT_OF_SCOPE: Standing.NO_RULE,
    State.OTHER_POLICY: Standing.NO_RULE,
    State.NOT_IN_FORCE: Standing.NO_RULE,
    State.NO_PROFILE: Standing.UNDECIDED,
    State.NO_ANCHOR: Standing.UNDECIDED,
}


def standing_of(outcome: Outcome) -> Standing:
    """Where a state is reported; those with a day part at 14 days ahead."""
    fixed = _FIXED.get(outcome.state)
    if fixed is not None:
        return fixed
    latest = outcome.latest
    soon = latest is not None and latest <= outcome.today + _SOON
    return Standing.DUE if soon else Standing.FULFILLED


def deviation_on(deviations: Iterable[Deviation], day: date) -> Deviation | None:
    """Of those that have begun the one that ends last, as `store.deviations.current` says today."""
    found = None
    for each in deviations:
        if each.since is not None and each.since > day:
            continue
        if found is None or (each.until or date.max) >= (found.until or date.max):
            found = each
    return found


class YearWork:
    """What a year is worked out from: the rulebook of each day, the calendar, the talks agreed."""

    def __init__(
        self,
        year: int,
        until: date,
        rulebook_on: Callable[[date], Rulebook],
        calendar: WorkCalendar,
        on_progress: Callable[[int, int], object] = lambda done, total: None,
    ) -> None:
        self.year = year
        self.until = min(until, date(year, 12, 31))
        self._halves = halves(year, self.until)
        self._books = [(half, rulebook_on(half.last)) for half in self._halves]
        self._calendar = calendar
        self._on_progress = on_progress

    def report(
        self, cases: Sequence[Case], meetings: Iterable[tuple[int, date, Meeting]]
    ) -> YearReport:
        people = tuple(sorted(case.client_id for case in cases))
        months = {h.month: DensityMonth(h.month, h.of_month) for h in self._halves}
        days = [_Day(half.last, book) for half, book in self._books]
        contacts = _Contacts(self.year)
        firsts = _FirstTalks(self.year, self.until, self._calendar)
        rates = Rates()
        for number, case in enumerate(cases):
            counted = CountedDays(case, self.until)
            subjects = _Subjects(case)
            for (half, book), day in zip(self._books, days, strict=True):
                self._enter(case, subjects.on(half.last), counted, half, book, rates, day, months)
            book = self._books[-1][1]
            contacts.enter(case, book, self.until)
            firsts.enter(case, counted.of_any(book))
            if number % _REPORT_EVERY == 0:
                self._on_progress(number, len(cases))
        return YearReport(
            self.year,
            self.until,
            people,
            tuple(month.result() for month in months.values()),
            tuple(day.result() for day in days),
            contacts.result(),
            _shown(meetings, sorted(months)),
            firsts.result(sorted(months)),
            tuple(sorted(firsts.without)),
        )

    def _enter(
        self,
        case: Case,
        subject: Subject,
        counted: CountedDays,
        half: Half,
        book: Rulebook,
        rates: Rates,
        day: "_Day",
        months: Mapping[int, DensityMonth],
    ) -> None:
        month, client_id = months[half.month], case.client_id
        begins = case.begins
        if begins is not None and begins > half.last:
            day.not_yet(client_id)
            month.leave_out(client_id, Standing.NOT_YET)
            month.beside(client_id, number_between(counted.of_any(book), half.first, half.last))
            return
        outcome = evaluate(subject, case.log, book, half.last)
        day.enter(client_id, outcome)
        asked = rates.strictest(outcome, subject, book)
        if asked is None:
            month.leave_out(client_id, _why_left_out(outcome))
            month.beside(client_id, number_between(counted.of_any(book), half.first, half.last))
            return
        profile = str(subject.facts.at("profile", half.last) or NO_PROFILE)
        first = month.ask(case, profile, asked, half)
        found = asked[0]
        policy = next(each for each in book if each.policy is found.policy)
        done = counted.of(policy, found.finding.counts)
        month.did(client_id, profile, number_between(done, first, half.last))
        if first > half.first:
            before = number_between(counted.of_any(book), half.first, first - _DAY)
            month.beside(client_id, before)


_DAY = timedelta(days=1)
_REPORT_EVERY = 50


def _why_left_out(outcome: Outcome) -> Standing:
    """A rule without a number of talks asks for none: to the reader there is no Vorgabe."""
    found = standing_of(outcome)
    left_out = (Standing.EXCEPTION, Standing.UNDECIDED)
    return found if found in left_out else Standing.NO_RULE


class _Subjects:
    """A person with the exception of each day; most have none and stay one and the same."""

    def __init__(self, case: Case) -> None:
        self._case = case

    def on(self, day: date) -> Subject:
        case = self._case
        if not case.deviations:
            return case.subject
        return replace(case.subject, deviation=deviation_on(case.deviations, day))


class _Day:
    """One day that is being added up."""

    def __init__(self, day: date, book: Rulebook) -> None:
        self._day = day
        self._book = book
        self._standings: dict[Standing, list[int]] = {each: [] for each in Standing}
        self._shares = {each.policy.id: _Shares(each.policy) for each in book}
        self._with_shares = any(sets_shares(each.policy) for each in book)
        self._since: list[int] = []
        self._since_days = 0
        self._late: list[int] = []
        self._late_days = 0

    def not_yet(self, client_id: int) -> None:
        self._standings[Standing.NOT_YET].append(client_id)

    def enter(self, client_id: int, outcome: Outcome) -> None:
        standing = standing_of(outcome)
        self._standings[standing].append(client_id)
        found = outcome.deciding
        if found.has_duty and found.last is not None:
            self._since.append(client_id)
            self._since_days += (self._day - found.last).days
        if standing is Standing.OVERDUE and found.latest is not None:
            self._late.append(client_id)
            self._late_days += (self._day - found.latest).days
        if self._with_shares:
            for each in outcome.obligations:
                self._shares[each.policy.id].enter(client_id, each)

    def result(self) -> AsOf:
        return AsOf(
            self._day,
            tuple(each.policy.short_title for each in self._book),
            {each: tuple(sorted(ids)) for each, ids in self._standings.items() if ids},
            tuple(each for shares in self._shares.values() for each in shares.result()),
            MeanDays(self._since_days, tuple(sorted(self._since))),
            MeanDays(self._late_days, tuple(sorted(self._late))),
        )


class _Shares:
    """The shares of one policy: each person once per population."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._members: dict[tuple[str, int], Obligation] = {}

    def enter(self, client_id: int, found: Obligation) -> None:
        asked = None if found.rule is None else found.rule.demand
        if isinstance(asked, NestedShares) and found.tier:
            self._members.setdefault((asked.group, client_id), found)

    @german()
    def result(self) -> list[ShareAt]:
        """Their labels are German, as they stand in the files for the team."""
        quotas = quotas_of(self._policy, self._members.values())
        found = []
        for rule in self._policy.rules:
            if not isinstance(rule.demand, NestedShares):
                continue
            order = [share.id for share in rule.demand.shares]
            tiers = {
                client_id: order.index(each.tier) if each.tier != NO_TIER else len(order)
                for (group, client_id), each in self._members.items()
                if group == rule.demand.group and each.tier is not None
            }
            for place, share in enumerate(rule.demand.shares):
                met = tuple(sorted(each for each, tier in tiers.items() if tier <= place))
                others = tuple(sorted(each for each, tier in tiers.items() if tier > place))
                quota = quotas[f"{rule.demand.group}.{share.id}"]
                label = said("{title}: innerhalb {german}").format(
                    title=rule.title, german=share.within.german()
                )
                found.append(ShareAt(self._policy.id, label, quota, met, others))
        return found


_ContactKey = tuple[int, ContactForm, NoteType]


class _Contacts:
    def __init__(self, year: int) -> None:
        self._year = year
        self._numbers: dict[_ContactKey, list[int]] = {}
        self._people: dict[_ContactKey, set[int]] = {}
        self._held_by: dict[_ContactKey, set[int]] = {}

    def enter(self, case: Case, book: Rulebook, until: date) -> None:
        for day, kind in zip(case.log.days, case.log.kinds, strict=True):
            if day.year != self._year or day > until:
                continue
            key = (day.month, kind.form, kind.note_type)
            numbers = self._numbers.setdefault(key, [0, 0, 0])
            self._people.setdefault(key, set()).add(case.client_id)
            if not kind.attended:
                numbers[2] += 1
                continue
            self._held_by.setdefault(key, set()).add(case.client_id)
            numbers[0] += 1
            numbers[1] += any(each.counting.counts(kind, day, case.subject) for each in book)

    def result(self) -> tuple[ContactCell, ...]:
        forms, notes = list(ContactForm), list(NoteType)
        keys = sorted(self._numbers, key=lambda k: (k[0], forms.index(k[1]), notes.index(k[2])))
        return tuple(
            ContactCell(
                *key,
                held,
                counted,
                not_held,
                _sorted(self._people[key]),
                _sorted(self._held_by.get(key, ())),
            )
            for key in keys
            for held, counted, not_held in (self._numbers[key],)
        )


class _FirstTalks:
    def __init__(self, year: int, until: date, calendar: WorkCalendar) -> None:
        self._year = year
        self._until = until
        self._calendar = calendar
        self._limits: dict[date, tuple[date, date]] = {}
        self._found: dict[int, dict[FirstTalk, list[int]]] = {}
        self.without: list[int] = []

    def enter(self, case: Case, counted: Sequence[date]) -> None:
        registered = case.subject.registered
        if registered is None:
            self.without.append(case.client_id)
        elif registered.year == self._year and registered <= self._until:
            talk = self._talk(registered, counted)
            self._found.setdefault(registered.month, {}).setdefault(talk, []).append(case.client_id)

    def _talk(self, registered: date, counted: Sequence[date]) -> FirstTalk:
        usual, latest = self._limits_of(registered)
        place = bisect_left(counted, registered)
        if place == len(counted):
            return FirstTalk.OPEN if self._until <= latest else FirstTalk.MISSING
        held = counted[place]
        if held <= usual:
            return FirstTalk.WITHIN_7
        return FirstTalk.WITHIN_10 if held <= latest else FirstTalk.LATER

    def _limits_of(self, registered: date) -> tuple[date, date]:
        found = self._limits.get(registered)
        if found is None:
            after = self._calendar.nth_workday_after
            found = after(registered, _FIRST_USUAL), after(registered, _FIRST_LATEST)
            self._limits[registered] = found
        return found

    def result(self, months: Iterable[int]) -> tuple[FirstTalks, ...]:
        return tuple(
            FirstTalks(month, {talk: tuple(sorted(ids)) for talk, ids in found.items()})
            for month in months
            for found in (self._found.get(month, {}),)
        )


def _shown(
    meetings: Iterable[tuple[int, date, Meeting]], months: Iterable[int]
) -> tuple[Shown, ...]:
    found: dict[int, dict[Meeting, list[int]]] = {month: {} for month in months}
    for client_id, day, what in meetings:
        found[day.month].setdefault(what, []).append(client_id)
    return tuple(
        Shown(month, {what: _sorted(ids) for what, ids in each.items()})
        for month, each in found.items()
    )


def _sorted(ids: Iterable[int]) -> Ids:
    return tuple(sorted(ids))
