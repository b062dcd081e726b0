"""The Auswertung against a second count that shares nothing with it but the evaluation of a day.

Everything is counted day by day, with the contacts that were known on the day, in the plainest way.
"""

from calendar import monthrange
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest

from kkd_desktop.domain.client import Deviation
from kkd_desktop.domain.contact import Contact, ContactForm, ContactKind, ContactLog, NoteType
from kkd_desktop.domain.evaluation import evaluate
from kkd_desktop.domain.facts import Period
from kkd_desktop.domain.outcome import State
from kkd_desktop.domain.policy import (
    Between,
    CountInPeriod,
    Deadline,
    FirstContact,
    NestedShares,
    Within,
)
from kkd_desktop.domain.report import FirstTalk, Standing
from kkd_desktop.domain.rulebook import Rulebook
from kkd_desktop.domain.spans import Unit
from kkd_desktop.domain.team_report import combined, pseudonymous
from kkd_desktop.domain.values import replace
from tests.domain.test_year_report import CALENDAR, FRANKFURT, KREIS, MG, UE, YEAR, case, year

DAY = timedelta(days=1)
PEOPLE = 14
NO_DUTY = {State.SUSPENDED, State.EXCEPTED, State.NOT_IN_FORCE, State.NO_ANCHOR}


def caseload(seed, number=PEOPLE, first=1):
    random = Random(seed)
    return [person(random, first + each) for each in range(number)]


def person(random, number):
    """Profillage and status change once; half of the contacts are of a kind that seldom counts."""
    met = [
        Contact(
            some_day(random),
            ContactKind(
                form=random.choice([ContactForm.PERSOENLICH, *ContactForm]),
                note_type=random.choice([NoteType.BERATUNGSVERMERK, *NoteType]),
                attended=random.random() < 0.8,
            ),
        )
        for _ in range(random.randrange(12))
    ]
    changed = some_day(random)
    deviations = []
    if random.random() < 0.3:
        since = some_day(random)
        until = since + timedelta(days=random.randrange(10, 120))
        deviations.append(Deviation("Gutachten", until, since=since))
    profiles = random.choices(["markt", "foerder", "stabilisierung", "I", "Z", None], k=2)
    statuses = random.choices(["arbeitslos", "arbeitslos", "arbeitsuchend", None], k=2)
    return case(
        number,
        registered=None if random.random() < 0.15 else some_day(random),
        met=met,
        deviations=deviations,
        profile=both(profiles, changed),
        status=both(statuses, changed),
    )


def some_day(random):
    return date(2024, 1, 1) + timedelta(days=random.randrange(730))


def both(values, changed):
    before, after = values
    return [Period(before, until=changed - DAY), Period(after, since=changed)]


def known(each, day):
    """The person as they were on a day: the exception of it, and no contact after it."""
    found = [d for d in each.deviations if d.since <= day]
    return (
        replace(each.subject, deviation=found[-1] if found else None),
        ContactLog.of([contact for contact in each.log if contact.day <= day]),
    )


class Recount:
    """Soll, Ist, standings and shares of a year, counted once more."""

    def __init__(self, cases, policies, until):
        self.policies = policies
        self.soll, self.ist, self.besides = Counter(), Counter(), Counter()
        self.standings, self.shares = {}, {}
        for day in days_of_the_year(until):
            deciding = last_of_the_half(day, until)
            for each in cases:
                self._count_a_day(each, day, deciding)
            if day == deciding:
                self.standings[day] = Counter(self._standing(each, day) for each in cases)
                self.shares[day] = self._shares_on(cases, day)

    def _outcome(self, each, day):
        return evaluate(*known(each, day), Rulebook(self.policies), day)

    def _count_a_day(self, each, day, deciding):
        month = day.month
        met = [contact for contact in each.log if contact.day == day]
        begins = each.subject.registered or min((c.day for c in each.log), default=None)
        asked = None
        if begins is None or begins <= deciding:
            asked = self._asked(each, deciding)
        if asked is None or (begins is not None and day < begins):
            counts = any(p.counting.counts(c.kind, day, each.subject)
                         for p in self.policies for c in met)  # fmt: skip
            self.besides[month] += counts
            return
        rate, policy, found, profile = asked
        self.soll[month, profile] += rate / monthrange(day.year, month)[1]
        if not rate and found.latest == day:
            # A single talk and nothing beside it: asked for once, on its last day.
            self.soll[month, profile] += 1
        counting = policy.counting_of(found.finding.counts)
        self.ist[month, profile] += any(counting.counts(c.kind, day, each.subject) for c in met)

    def _asked(self, each, day):
        """The most talks a month that anything asks for on a day, and what counts for it."""
        subject, _ = known(each, day)
        best = None
        for found in self._outcome(each, day).obligations:
            if found.state in NO_DUTY and not (
                found.state is State.NO_ANCHOR
                and isinstance(found.demand, FirstContact | Deadline | NestedShares)
            ):
                continue
            rate = self._rate(each, day, found)
            if rate is not None and (best is None or rate > best[0]):
                policy = next(p for p in self.policies if p.policy is found.policy)
                profile = subject.facts.at("profile", day) or ""
                best = rate, policy, found, profile
        return best

    def _rate(self, each, day, found):
        demand = found.demand
        if isinstance(demand, FirstContact | Deadline):
            return self._rate_once_met(each, day, found)
        if isinstance(demand, Within):
            return times_a_month(demand.span)
        if isinstance(demand, Between):
            return times_a_month(demand.upper)
        if isinstance(demand, CountInPeriod):
            return demand.number * times_a_month(demand.period)
        if isinstance(demand, NestedShares):
            return max(times_a_month(s.within) * s.percent / 100 for s in demand.shares)
        return None

    def _rate_once_met(self, each, day, found):
        """What would be asked for had the first talk just taken place."""
        subject, log = known(each, day)
        talk = Contact(day, ContactKind(first=True))
        then = evaluate(subject, ContactLog.of([*log, talk]), Rulebook(self.policies), day)
        rates = [
            self._rate(each, day, other)
            for other in then.obligations
            if other.policy is found.policy
            and other.id == found.id
            and not isinstance(other.demand, FirstContact | Deadline)
            and other.state not in NO_DUTY
        ]
        return max((rate for rate in rates if rate is not None), default=Fraction(0))

    def _standing(self, each, day):
        begins = each.subject.registered or min((c.day for c in each.log), default=None)
        if begins is not None and begins > day:
            return Standing.NOT_YET
        outcome = self._outcome(each, day)
        state = outcome.state
        if state in (State.OVERDUE, State.FAILED):
            return Standing.OVERDUE
        if state in (State.SUSPENDED, State.EXCEPTED):
            return Standing.EXCEPTION
        if state in (State.NO_PROFILE, State.NO_ANCHOR):
            return Standing.UNDECIDED
        if state in (State.NO_RULE, State.OUT_OF_SCOPE, State.OTHER_POLICY, State.NOT_IN_FORCE):
            return Standing.NO_RULE
        if state is State.BEHIND:
            return Standing.DUE
        ahead = outcome.latest is not None and (outcome.latest - day).days <= 14
        return Standing.DUE if ahead else Standing.FULFILLED

    def _shares_on(self, cases, day):
        """`group.share` → how many there are, and who of them was met within its span."""
        found = {}
        for each in cases:
            begins = each.subject.registered or min((c.day for c in each.log), default=None)
            if begins is not None and begins > day:
                continue
            for obligation in self._outcome(each, day).obligations:
                demand = None if obligation.rule is None else obligation.rule.demand
                if not isinstance(demand, NestedShares) or not obligation.tier:
                    continue
                policy = next(p for p in self.policies if p.policy is obligation.policy)
                last = max(
                    (
                        c.day
                        for c in each.log
                        if c.day <= day and policy.counting.counts(c.kind, c.day, each.subject)
                    ),
                    default=None,
                )
                for share in demand.shares:
                    people, met = found.setdefault(f"{demand.group}.{share.id}", ([], []))
                    people.append(each.client_id)
                    if last is not None and day <= share.within.after(last, CALENDAR):
                        met.append(each.client_id)
        return found


def days_of_the_year(until):
    day = date(YEAR, 1, 1)
    while day <= until:
        yield day
        day += DAY


def last_of_the_half(day, until):
    end = 15 if day.day <= 15 else monthrange(day.year, day.month)[1]
    return min(day.replace(day=end), until)


def times_a_month(span):
    if span.unit is Unit.MONTHS:
        return Fraction(1, span.number)
    days = span.number * 7 if span.unit is Unit.WEEKS else span.amount
    return Fraction("365.2425") / 12 / days


@pytest.mark.parametrize("policies", [(KREIS,), (FRANKFURT,), (MG,), (UE,), (MG, FRANKFURT)])
@pytest.mark.parametrize(
    ("seed", "until"), [(1, date(2025, 12, 31)), (103, date(2025, 8, 23)), (155, date(2025, 2, 15))]
)
def test_soll_ist_standings_and_shares_are_those_of_a_second_count(policies, seed, until):
    cases = caseload(seed)
    found, again = year(*cases, policies=policies, until=until), Recount(cases, policies, until)

    for month in found.months:
        for cell in month.cells:
            assert (cell.soll, cell.ist) == (
                again.soll[month.month, cell.profile],
                again.ist[month.month, cell.profile],
            )
        assert month.soll == sum(n for (m, _), n in again.soll.items() if m == month.month)
        assert month.ist == sum(n for (m, _), n in again.ist.items() if m == month.month)
        assert month.besides == again.besides[month.month]
    assert [day.day for day in found.days] == list(again.standings)
    for day in found.days:
        assert {s: len(ids) for s, ids in day.standings.items()} == again.standings[day.day]
        counted = {
            each.quota.id: (sorted((*each.met, *each.not_met)), sorted(each.met))
            for each in day.shares
            if each.quota.population
        }
        assert counted == {
            key: (sorted(people), sorted(met))
            for key, (people, met) in again.shares[day.day].items()
        }


@pytest.mark.parametrize("policies", [(KREIS,), (UE,), (MG, FRANKFURT)])
@pytest.mark.parametrize(("seed", "until"), [(6, date(2025, 12, 31)), (7, date(2025, 5, 20))])
def test_contacts_first_talks_and_days_late_are_those_of_a_second_count(policies, seed, until):
    cases = caseload(seed, 40)
    found = year(*cases, policies=policies, until=until)

    held = Counter(
        (contact.day.month, contact.kind.form, contact.kind.note_type)
        for each in cases
        for contact in each.log
        if contact.kind.attended and contact.day.year == YEAR and contact.day <= until
    )
    assert {(c.month, c.form, c.note_type): c.held for c in found.contacts if c.held} == held
    talks = Counter(
        (each.subject.registered.month, first_talk(each, policies, until))
        for each in cases
        if each.subject.registered is not None
        and date(YEAR, 1, 1) <= each.subject.registered <= until
    )
    assert talks == {
        (m.month, t): len(ids) for m in found.first_talks for t, ids in m.talks.items()
    }
    for day in found.days:
        late = {}
        for each in cases:
            outcome = evaluate(*known(each, day.day), Rulebook(policies), day.day)
            begun = not each.begins or each.begins <= day.day
            if begun and outcome.state in (State.OVERDUE, State.FAILED) and outcome.latest:
                late[each.client_id] = (day.day - outcome.latest).days
        assert (day.late.people, day.late.days) == (tuple(sorted(late)), sum(late.values()))


def first_talk(each, policies, until):
    """Working days are counted one after the other."""
    registered = each.subject.registered
    counted = [
        c.day
        for c in each.log
        if registered <= c.day <= until
        and any(p.counting.counts(c.kind, c.day, each.subject) for p in policies)
    ]
    if not counted:
        return FirstTalk.OPEN if within(registered, until, 10) else FirstTalk.MISSING
    if within(registered, min(counted), 7):
        return FirstTalk.WITHIN_7
    return FirstTalk.WITHIN_10 if within(registered, min(counted), 10) else FirstTalk.LATER


def within(registered, day, number):
    """Whether a day lies within so many working days after the registration."""
    passed = 0
    here = registered
    while passed < number:
        here += DAY
        passed += CALENDAR.is_workday(here)
    return day <= here


@pytest.mark.parametrize("seed", [4, 5])
def test_the_files_of_several_add_up_to_the_report_of_all(seed):
    """Nothing is rounded on the way, not even where few are put together."""
    parts = [caseload(seed * 10 + n, 7, 1 + 7 * n) for n in range(3)]
    whole = pseudonymous(year(*(each for part in parts for each in part), policies=(FRANKFURT,)))
    files = [(str(n), pseudonymous(year(*p, policies=(FRANKFURT,)))) for n, p in enumerate(parts)]

    team = combined(files)

    assert team.without_registration == whole.without_registration
    for added, counted in zip(team.months, whole.months, strict=True):
        assert sum(c.asked for c in added.density) == sum(c.asked for c in counted.density)
        assert sum(c.ist for c in added.density) == sum(c.ist for c in counted.density)
        for name in ("left_out", "standings", "contacts", "talks", "first_talks"):
            assert dict(getattr(added, name)) == dict(getattr(counted, name))
        for name in ("besides", "since_last", "late"):
            assert getattr(added, name) == getattr(counted, name)
        assert {(s.id, s.population, s.met, s.required) for s in added.shares} == {
            (s.id, s.population, s.met, s.required) for s in counted.shares
        }
