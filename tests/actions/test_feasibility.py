"""What the policy demands of a real caseload, against the caseworker's weeks."""

from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest

from kkd_desktop.actions import appointments, casework, feasibility, policies
from kkd_desktop.domain.contact import Contact, ContactKind
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.feasibility import verdict
from kkd_desktop.domain.hours import Leave
from kkd_desktop.domain.values import replace
from kkd_desktop.domain.workload import Reading


def client(context, code):
    return casework.find_client(context, code)


def test_the_rules_in_force_are_counted(caseload):
    found = feasibility.feasibility(caseload)

    assert {each.rule.id: (each.clients, each.once) for each in found.demand.rules} == {
        "first": (1, 1),
        "markt": (1, 0),
        "stabilisierung": (1, 0),
    }
    assert found.overdue == 2


def test_another_policy_is_asked_as_if_it_held(caseload):
    found = feasibility.feasibility(caseload, "ue2019")

    assert found.demand.per_month.rotation == Fraction(2, 3)
    assert found.notes == (
        "Uelzen 2019 ist seit 01.01.2024 abgelaufen; gerechnet wird, als gälte es.",
    )


def test_a_policy_in_force_that_has_run_out_demands_nothing_and_says_why(caseload):
    policies.choose(caseload, "ue2019")

    found = feasibility.feasibility(caseload)

    assert found.demand.without == 3
    assert "kein Bedarf" in found.notes[0]


def test_booked_talks_and_absences_count(caseload):
    before = feasibility.feasibility(caseload, weeks=1).supply
    appointments.book(caseload, client(caseload, "123A400001"), datetime(2026, 11, 24, 9), 45)
    away = Leave(date(2026, 11, 25), date(2026, 11, 25), "Fortbildung")
    caseload.change_settings(hours=replace(caseload.settings.hours, absences=(away,)))

    after = feasibility.feasibility(caseload, weeks=1).supply

    assert (after.booked, after.free) == (1, before.free - 1 - 7)
    assert after.working_days == before.working_days - 1


def test_the_show_rate_of_twelve_months_divides_the_demand(caseload):
    boris = client(caseload, "123A400002")
    for ago in range(1, 31):
        kind = ContactKind(attended=ago % 3 > 0)
        day = caseload.today - timedelta(days=ago)
        casework.record_contact(caseload, Contact(day, kind, client_id=boris.id))

    found = feasibility.feasibility(caseload)

    # Two earlier talks stand in the caseload.
    assert found.show.share == Fraction(22, 32)
    needed = found.needed(Reading.ROTATION)
    assert found.invitations(Reading.ROTATION) == needed * Fraction(32, 22)


def test_with_too_few_talks_nothing_is_guessed(caseload):
    found = feasibility.feasibility(caseload)

    assert found.show.share is None
    assert found.invitations(Reading.ROTATION) == found.needed(Reading.ROTATION)


def test_a_caseworker_who_is_away_reaches_nothing(caseload):
    away = Leave(caseload.today, caseload.today + timedelta(days=400))
    caseload.change_settings(hours=replace(caseload.settings.hours, absences=(away,)))

    found = feasibility.feasibility(caseload)

    assert verdict(found, Reading.ROTATION) == "nicht erreichbar, höchstens 0 %"


@pytest.mark.parametrize("weeks", [0, 53])
def test_weeks_out_of_reach_are_refused(caseload, weeks):
    with pytest.raises(UserError, match="zwischen 1 und 52"):
        feasibility.feasibility(caseload, weeks=weeks)
