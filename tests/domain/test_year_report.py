"""A year worked out by hand, and what must hold for every caseload."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kkd_desktop import paths
from kkd_desktop.domain.client import Deviation, Subject
from kkd_desktop.domain.compiled_policy import CompiledPolicy
from kkd_desktop.domain.contact import Contact, ContactForm, ContactKind, ContactLog, NoteType
from kkd_desktop.domain.density import halves
from kkd_desktop.domain.evaluation import evaluate
from kkd_desktop.domain.facts import Facts, Period, Timeline
from kkd_desktop.domain.policy import FirstContact, Validity
from kkd_desktop.domain.report import (
    Case,
    FirstTalk,
    Meeting,
    Standing,
    degree,
)
from kkd_desktop.domain.rulebook import Rulebook
from kkd_desktop.domain.values import replace
from kkd_desktop.domain.workdays import WorkCalendar
from kkd_desktop.domain.workload import DAYS_OF_MONTH
from kkd_desktop.domain.year_report import YearWork, deviation_on, standing_of
from kkd_desktop.policyfiles.reader import read_policy

CALENDAR = WorkCalendar("NW", lookup=lambda land, year: ())
YEAR, UNTIL = 2025, date(2025, 12, 31)
SIX = Fraction(1, 6)


def compiled(name):
    policy = read_policy(paths.policies() / f"{name}.toml", trusted=True)
    return CompiledPolicy(replace(policy, validity=Validity()), CALENDAR)


KREIS, FRANKFURT, MG, UE = (compiled(name) for name in ("mk2015", "ffm2017", "mg2012", "ue2019"))
PHONE = ContactKind(form=ContactForm.TELEFONISCH)
MISSED = ContactKind(attended=False)


def case(number=1, *, registered=date(2020, 1, 1), met=(), deviations=(), **facts):
    """A person met on these days; a fact is a value or the periods of its history."""
    timelines = {
        name: Timeline(value) if isinstance(value, list) else Timeline.always(value)
        for name, value in {"profile": "markt", "status": "arbeitslos", **facts}.items()
        if value is not None
    }
    subject = Subject(date(1980, 1, 1), registered=registered, facts=Facts(timelines))
    contacts = [each if isinstance(each, Contact) else Contact(each) for each in met]
    return Case(number, subject, ContactLog.of(contacts), tuple(deviations))


def year(*cases, policies=(KREIS,), until=UNTIL, meetings=(), book=None):
    work = YearWork(YEAR, until, book or (lambda day: Rulebook(policies)), CALENDAR)
    return work.report(cases, meetings)


def test_a_whole_year_of_every_six_months_is_two_talks():
    found = year(case(met=[date(2025, 3, 10), date(2025, 9, 1), date(2025, 9, 1)]))

    assert found.soll == 2
    assert [month.soll for month in found.months] == [SIX] * 12
    # Two contacts on one day are one.
    assert found.ist == 2
    assert [month.month for month in found.months if month.ist] == [3, 9]
    assert degree(found.soll, found.ist) == 1


def test_who_joins_within_a_month_is_asked_for_the_days_from_the_registration_on():
    found = year(case(registered=date(2025, 9, 11)), until=date(2025, 10, 31))

    assert [month.soll for month in found.months[8:]] == [SIX * 20 / 30, SIX]
    assert found.months[7].left_out == {Standing.NOT_YET: (1,)}
    assert not found.months[7].people


def test_a_month_that_is_not_over_is_asked_for_its_days_so_far():
    found = year(case(), until=date(2025, 2, 7))

    assert [month.soll for month in found.months] == [SIX, SIX * 7 / 28]


def test_a_new_profillage_takes_its_half_of_the_month():
    changed = [
        Period("markt", until=date(2025, 10, 15)),
        Period("foerder", since=date(2025, 10, 16)),
    ]
    met = [date(2025, 10, 15), date(2025, 10, 20)]
    october = year(case(profile=changed, met=met)).months[9]

    assert [(cell.profile, cell.soll, cell.ist) for cell in october.cells] == [
        ("foerder", SIX * 16 / 31, 1),
        ("markt", SIX * 15 / 31, 1),
    ]
    assert october.soll == SIX
    assert october.people == (1,)


def test_the_soll_of_weeks_and_windows_is_that_of_the_last_day():
    found = year(case(1), case(2, profile="foerder"), policies=(MG,))

    cells = {cell.profile: cell.soll for cell in found.profiles()}
    assert cells == {"markt": 12 * DAYS_OF_MONTH / 42, "foerder": Fraction(12, 3)}


def test_a_share_asks_of_each_member_its_part_of_the_talks():
    found = year(case(1), case(2), policies=(FRANKFURT,))

    # 45 % monthly are more talks than 80 % in three or 95 % in six months.
    assert [month.soll for month in found.months] == [2 * Fraction(45, 100)] * 12


def test_contacts_count_by_the_policy_that_asks():
    met = [Contact(date(2025, 5, 5), PHONE), Contact(date(2025, 6, 5), MISSED)]

    assert year(case(met=met)).ist == 0
    assert year(case(met=met), policies=(FRANKFURT,)).ist == 1


def test_who_was_never_met_is_asked_for_as_much_as_who_was():
    new = case(1, registered=date(2025, 9, 8))
    met = case(2, registered=date(2025, 9, 8), met=[date(2025, 9, 10)])
    until = date(2025, 10, 31)

    never, seen = (year(each, policies=(MG,), until=until) for each in (new, met))

    # From the 8th on there are 23 of 30 days; the first talk is one of the running rule's.
    rate = DAYS_OF_MONTH / 42
    assert [month.soll for month in never.months[8:]] == [rate * 23 / 30, rate]
    assert [month.soll for month in seen.months] == [month.soll for month in never.months]
    assert (never.ist, seen.ist) == (0, 1)


def test_a_single_talk_without_a_running_rule_is_asked_for_once():
    only = replace(MG.policy, rules=tuple(r for r in MG.policy.rules if is_first(r)))
    policy = CompiledPolicy(only, CALENDAR)
    found = year(case(registered=date(2025, 9, 8)), policies=(policy,), until=date(2025, 10, 31))

    # The tenth working day after Monday the 8th is Monday the 22nd.
    assert [month.soll for month in found.months[8:]] == [1, 0]
    assert found.first_talks[8].talks == {FirstTalk.MISSING: (1,)}


def is_first(rule):
    return isinstance(rule.demand, FirstContact)


def test_people_without_a_duty_are_left_out_by_reason_and_their_contacts_stand_beside():
    nobody = case(1, status="arbeitsuchend", met=[date(2025, 4, 4)])
    excepted = case(
        2,
        met=[date(2025, 1, 10), date(2025, 4, 2)],
        deviations=[Deviation("Gutachten", date(2025, 9, 30), since=date(2025, 4, 1))],
    )
    april = year(nobody, excepted, case(3), policies=(UE,)).months[3]

    assert april.people == (3,)
    assert april.left_out == {Standing.EXCEPTION: (2,), Standing.NO_RULE: (1,)}
    assert (april.ist, april.besides, april.besides_of) == (0, 2, (1, 2))


def test_each_day_has_its_own_exception():
    first = Deviation("erste", date(2025, 3, 31), since=date(2025, 1, 1))
    second = Deviation("zweite", date(2025, 9, 30), since=date(2025, 7, 1))

    assert deviation_on([second, first], date(2024, 12, 31)) is None
    assert deviation_on([second, first], date(2025, 5, 1)) == first
    assert deviation_on([second, first], date(2025, 8, 1)) == second


def test_each_day_has_the_policies_in_force_on_it():
    until_march = replace(KREIS.policy, validity=Validity(until=date(2025, 3, 31)))
    old = Rulebook([CompiledPolicy(until_march, CALENDAR)])

    found = year(case(), book=lambda day: old)

    assert [month.soll for month in found.months] == [SIX] * 3 + [0] * 9
    assert found.days[5].day == date(2025, 3, 31)
    assert found.days[6].standings == {Standing.NO_RULE: (1,)}


def test_the_days_part_at_fourteen_days_ahead():
    met = [date(2025, 1, 14)]
    found = year(case(met=met))

    by_day = {day.day: next(iter(day.standings)) for day in found.days}
    # Six months after 14 January is 14 July.
    assert by_day[date(2025, 6, 15)] is Standing.FULFILLED
    assert by_day[date(2025, 6, 30)] is Standing.DUE
    assert by_day[date(2025, 7, 15)] is Standing.OVERDUE
    overdue = next(day for day in found.days if day.day == date(2025, 7, 31))
    assert (overdue.late.days, overdue.late.people) == (17, (1,))
    assert overdue.since_last.mean == (date(2025, 7, 31) - met[0]).days


def test_quota_tiers_of_a_past_day_look_at_the_contacts_until_then():
    met = case(1, met=[date(2025, 2, 20), date(2025, 11, 1)])
    never = case(2)
    found = year(met, never, policies=(FRANKFURT,))

    march, june = (next(d for d in found.days if d.day == day) for day in
                   (date(2025, 2, 28), date(2025, 5, 31)))  # fmt: skip
    assert [(each.quota.id, each.met, each.not_met) for each in march.shares[:3]] == [
        ("ue25.m1", (1,), (2,)),
        ("ue25.m3", (1,), (2,)),
        ("ue25.m6", (1,), (2,)),
    ]
    assert [each.met for each in june.shares[:3]] == [(), (), (1,)]


def test_contacts_by_form_and_vermerk():
    note = ContactKind(note_type=NoteType.ALLGEMEINER_VERMERK)
    met = [Contact(date(2025, 5, 5), note), Contact(date(2025, 5, 6), PHONE), date(2024, 5, 5)]
    found = year(case(1, met=met), case(2, met=[Contact(date(2025, 5, 9), MISSED)]), policies=(UE,))

    assert [(c.form, c.note_type, c.held, c.counted, c.not_held) for c in found.contacts] == [
        (ContactForm.PERSOENLICH, NoteType.BERATUNGSVERMERK, 0, 0, 1),
        (ContactForm.PERSOENLICH, NoteType.ALLGEMEINER_VERMERK, 1, 0, 0),
        # By phone it counts for a Marktprofil.
        (ContactForm.TELEFONISCH, NoteType.BERATUNGSVERMERK, 1, 1, 0),
    ]


def test_the_show_rate_leaves_out_who_cancelled_or_was_ill():
    meetings = [
        (number, date(2025, 3, number), what)
        for number, what in enumerate(
            [Meeting.ATTENDED, Meeting.ATTENDED, Meeting.MISSED, Meeting.ILL, Meeting.CANCELLED], 1
        )
    ]
    march = year(case(), meetings=meetings).shown[2]

    assert (march.due, march.rate) == (3, Fraction(2, 3))
    assert march.talks[Meeting.ILL] == (4,)


@pytest.mark.parametrize(
    ("day", "talk"),
    [
        (date(2025, 9, 17), FirstTalk.WITHIN_7),
        (date(2025, 9, 18), FirstTalk.WITHIN_10),
        (date(2025, 9, 22), FirstTalk.WITHIN_10),
        (date(2025, 9, 23), FirstTalk.LATER),
        (date(2025, 9, 5), FirstTalk.MISSING),
    ],
)
def test_first_talks_within_seven_and_ten_working_days(day, talk):
    found = year(case(1, registered=date(2025, 9, 8), met=[day]), case(2, registered=None))

    assert found.first_talks[8].talks == {talk: (1,)}
    assert found.without_registration == (2,)


def test_a_first_talk_whose_time_still_runs_is_open():
    found = year(case(registered=date(2025, 9, 8)), until=date(2025, 9, 22))

    assert found.first_talks[8].talks == {FirstTalk.OPEN: (1,)}


def test_the_half_months_cover_every_day_once():
    found = halves(2024, date(2024, 12, 31))

    assert len(found) == 24
    assert sum((half.last - half.first).days + 1 for half in found) == 366
    assert halves(2024, date(2024, 2, 15))[-1].last == date(2024, 2, 15)


days = st.dates(date(2023, 6, 1), date(2025, 12, 31))
kinds = st.builds(
    ContactKind,
    form=st.sampled_from(ContactForm),
    note_type=st.sampled_from(NoteType),
    attended=st.booleans(),
)
people = st.builds(
    lambda registered, met, profile, status, since: {
        "registered": registered,
        "met": met,
        "profile": [Period("Z", until=since - timedelta(days=1)), Period(profile, since=since)],
        "status": status,
    },
    st.none() | days,
    st.lists(st.builds(Contact, days, kinds), max_size=8),
    st.sampled_from(["markt", "foerder", "stabilisierung", "I", None]),
    st.sampled_from(["arbeitslos", "arbeitsuchend", None]),
    days,
)
books = st.sampled_from([(KREIS,), (FRANKFURT,), (MG,), (UE,), (KREIS, FRANKFURT)])


@settings(max_examples=60, deadline=None)
@given(st.lists(people, max_size=6), books, days.filter(lambda day: day.year == YEAR))
def test_nobody_is_lost_and_sums_add_up(given_people, policies, until):
    cases = [case(number, **each) for number, each in enumerate(given_people, 1)]
    found = year(*cases, policies=policies, until=until)

    everyone = tuple(range(1, len(cases) + 1))
    assert found.people == everyone
    for month in found.months:
        left = [each for ids in month.left_out.values() for each in ids]
        assert tuple(sorted((*month.people, *left))) == everyone
        assert {each for cell in month.cells for each in cell.people} == set(month.people)
        assert all(cell.soll >= 0 and len(cell.done) <= cell.ist for cell in month.cells)
    for day in found.days:
        assert tuple(sorted(sum(day.standings.values(), ()))) == everyone
        for share in day.shares:
            assert len(share.met) == share.quota.met
            assert len(share.met) + len(share.not_met) == share.quota.population
    assert sum(cell.soll for cell in found.profiles()) == found.soll
    assert sum(cell.ist for cell in found.profiles()) == found.ist
    in_year = [c for each in cases for c in each.log if c.day.year == YEAR and c.day <= until]
    assert sum(cell.held + cell.not_held for cell in found.contacts) == len(in_year)
    assert found.ist + sum(month.besides for month in found.months) <= len(in_year)


@settings(max_examples=40, deadline=None)
@given(st.lists(people, max_size=5), books, days.filter(lambda day: day.year == YEAR))
def test_a_past_day_says_what_the_evaluation_said_on_it(given_people, policies, until):
    """What happens later changes nothing of it, and the last day is what the worklist says."""
    cases = [case(number, **each) for number, each in enumerate(given_people, 1)]
    short, whole = year(*cases, policies=policies, until=until), year(*cases, policies=policies)

    ended = [day for day in short.days if day.day < until]
    assert ended == list(whole.days)[: len(ended)]
    for each in cases:
        if each.begins is None or each.begins <= until:
            outcome = evaluate(each.subject, each.log, Rulebook(policies), until)
            assert each.client_id in short.days[-1].standings[standing_of(outcome)]
