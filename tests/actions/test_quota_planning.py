"""Plans for the shares of a real caseload."""

from datetime import date, datetime, timedelta
from itertools import count

import pytest

from kkd_desktop import paths
from kkd_desktop.actions import appointments, casework, policies, quota_planning
from kkd_desktop.actions.quota_planning import QuotaOptions, nobody
from kkd_desktop.domain import texts
from kkd_desktop.domain.client import Client, Subject
from kkd_desktop.domain.contact import Contact, ContactForm
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.hours import Leave
from kkd_desktop.domain.policy import Measured
from kkd_desktop.domain.quota_plan_text import reason
from kkd_desktop.domain.quota_planning import Omission, Short
from kkd_desktop.domain.values import replace
from tests.actions.conftest import TODAY

DECEMBER = QuotaOptions(Measured.MONTH_END, until=date(2026, 12, 31))
MONTH_ENDS = (date(2026, 11, 30), date(2026, 12, 31))


@pytest.fixture
def frankfurt(caseload):
    policies.choose(caseload, "ffm2017")
    return caseload


@pytest.fixture
def add(frankfurt):
    numbers = count(1)

    def add(last=None, born=date(1980, 1, 1), **facts):
        number = next(numbers)
        subject = Subject(born, registered=date(2026, 1, 12))
        client = Client(0, f"123B{number:06}", f"Muster{number:02}", "Mia", subject=subject)
        stored = casework.add_client(frankfurt, client, {"status": "arbeitslos", **facts})
        if last is not None:
            casework.record_contact(frankfurt, Contact(last, client_id=stored.id))
        return stored.id

    return add


def only(context, options=None):
    (found,) = quota_planning.make(context, options).plans
    return found


def names(found, steps):
    return [found.clients[each.client_id].first_name for each in steps]


def test_whoever_waited_longest_is_met_by_the_end_of_the_month(frankfurt):
    found = only(frankfurt, QuotaOptions(Measured.MONTH_END))

    # Amina was met on 30 September: within three months, and 45 % of two are one.
    assert names(found, found.result.steps) == ["Boris"]
    assert {each.day for each in found.result.steps} == {date(2026, 11, 27)}
    assert [each.tier.key for each in found.result.tiers] == [
        "ue25.m1",
        "ue25.m3",
        "ue25.m6",
        "u25.m1",
    ]
    assert found.result.is_reached


def test_the_policy_says_how_its_shares_are_read(frankfurt):
    found = only(frankfurt)

    assert found.own is found.result.measured is Measured.EVERY_DAY
    assert found.result.tiers[0].figures[0].day == TODAY
    assert found.result.tiers[0].end.day == TODAY + timedelta(weeks=4)
    assert {each.measured for each in found.others} == {
        Measured.MONTH_END,
        Measured.CALENDAR_MONTH,
    }


def test_an_own_policy_may_read_them_at_the_end_of_the_month(caseload, tmp_path):
    text = (paths.policies() / "ffm2017.toml").read_text(encoding="utf-8")
    own = tmp_path / "eigen.toml"
    text = text.replace('"ffm2017"', '"eigen"')
    own.write_text(text.replace('group = "', 'measured = "month_end"\ngroup = "'), encoding="utf-8")

    found = only(caseload, QuotaOptions(policy=str(own)))

    assert found.own is found.result.measured is Measured.MONTH_END


@pytest.mark.parametrize(
    ("form", "asked"), [(ContactForm.PERSOENLICH, []), (ContactForm.VIDEO, ["Boris"])]
)
def test_an_agreed_talk_makes_another_needless_where_its_form_counts(frankfurt, form, asked):
    boris = casework.find_client(frankfurt, "123A400002")
    appointments.book(frankfurt, boris, datetime(2026, 11, 24, 9), 45, form=form)

    found = only(frankfurt, QuotaOptions(Measured.MONTH_END))

    assert names(found, found.result.steps) == asked
    assert found.result.tiers[0].without.met == 1 - len(asked)


def test_an_appointment_after_the_end_is_named(frankfurt):
    boris = casework.find_client(frankfurt, "123A400002")
    appointments.book(frankfurt, boris, datetime(2026, 12, 8, 9), 45)

    found = only(frankfurt, QuotaOptions(Measured.MONTH_END))

    assert found.result.short is Short.PEOPLE
    (left,) = found.result.left_out
    assert (left.why, left.appointment) == (Omission.LATER, date(2026, 12, 8))


def test_who_is_away_is_not_met_then(frankfurt):
    boris = casework.find_client(frankfurt, "123A400002")
    casework.set_absence(frankfurt, boris, next(iter(texts.ABSENCES)), TODAY, date(2026, 12, 20))

    found = only(frankfurt, QuotaOptions(Measured.MONTH_END))

    assert names(found, found.result.steps) == ["Amina"]
    assert [each.why for each in found.result.left_out] == [Omission.AWAY]
    assert found.result.short is Short.PEOPLE


def test_who_turns_25_changes_from_one_population_to_the_other(frankfurt, add):
    add(date(2026, 11, 19), born=date(2001, 12, 10))

    found = only(frankfurt, DECEMBER)

    under, over = found.result.tiers[3], found.result.tiers[0]
    size = {figure.day: figure.population for figure in under.figures}
    assert (size[date(2026, 12, 9)], size[date(2026, 12, 10)]) == (1, 0)
    size = {figure.day: figure.population for figure in over.figures}
    assert (size[date(2026, 12, 9)], size[date(2026, 12, 10)]) == (2, 3)


def test_a_status_that_ends_in_between_is_seen_to_the_day(frankfurt, add):
    number = add(date(2026, 11, 19))
    muster = next(each for each in casework.all_clients(frankfurt) if each.id == number)
    casework.change_client(frankfurt, muster, {"status": "integriert"}, date(2026, 12, 2))

    found = only(frankfurt, DECEMBER)

    size = {figure.day: figure.population for figure in found.result.tiers[0].figures}
    assert (size[date(2026, 12, 1)], size[date(2026, 12, 2)]) == (3, 2)


def test_a_call_can_be_sooner_than_a_letter(frankfurt):
    letters = only(frankfurt, QuotaOptions(Measured.MONTH_END))
    calls = only(frankfurt, QuotaOptions(Measured.MONTH_END, telephone=True))

    assert letters.result.steps[0].day == date(2026, 11, 27)
    assert calls.result.steps[0].day == date(2026, 11, 23)


def test_without_a_free_hour_no_letter_is_blamed(frankfurt):
    leave = Leave(TODAY, date(2026, 12, 31), "Urlaub")
    hours = replace(frankfurt.settings.hours, absences=(leave,))
    frankfurt.change_settings(hours=hours)

    plans = quota_planning.make(frankfurt, DECEMBER)

    result = plans.plans[0].result
    assert (result.short, result.room) == (Short.NO_DAY, 0)
    assert reason(plans, result) == "Bis zum Stichtag ist kein Termin zu 45 min frei."


def test_too_late_for_a_letter_the_month_after_is_planned(frankfurt):
    frankfurt.today = date(2026, 11, 27)

    found = only(frankfurt, QuotaOptions(Measured.MONTH_END))

    assert [each.day for each in found.result.tiers[0].checked] == list(MONTH_ENDS)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (QuotaOptions(weeks=0), "Wochen: bitte zwischen 1 und 26."),
        (QuotaOptions(until=TODAY), "Bis: bitte ein Tag nach heute"),
        (QuotaOptions(until=TODAY + timedelta(weeks=27)), "(26 Wochen)."),
        (
            QuotaOptions(Measured.MONTH_END, until=date(2026, 11, 29)),
            "Bis: vor dem 29.11.2026 endet kein Monat.",
        ),
    ],
)
def test_a_period_without_sense_is_one_sentence(frankfurt, options, words):
    with pytest.raises(UserError) as refused:
        quota_planning.make(frankfurt, options)

    assert words in str(refused.value)


def test_without_shares_there_is_no_plan(caseload):
    found = quota_planning.make(caseload)

    assert not found.plans
    assert [each.id for each in found.policies] == ["mg2012"]


def test_the_same_caseload_has_the_same_plan(frankfurt, add):
    for day in range(1, 20):
        add(date(2026, 9, day))

    assert quota_planning.make(frankfurt) == quota_planning.make(frankfurt)


def test_whoever_looks_can_stop_it(frankfurt):
    work = quota_planning.prepare(frankfurt)

    def stop(done, total, text):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        work(stop)
    assert work(nobody).plans
