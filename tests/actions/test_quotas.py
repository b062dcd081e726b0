"""The shares of a real caseload."""

from datetime import date, datetime

from kkd_desktop.actions import appointments, casework, policies, quotas, worklist


def test_who_could_fill_the_gap_is_named_with_a_day(caseload):
    policies.choose(caseload, "ffm2017")
    boris = casework.find_client(caseload, "123A400002")
    appointments.book(caseload, boris, datetime(2026, 11, 24, 9), 45)

    found = quotas.quotas(caseload)

    monthly = found.populations[0].shares[0]
    assert (monthly.quota.population, monthly.quota.missing) == (2, 1)
    assert [(each.client.first_name, each.by, each.planned) for each in monthly.candidates] == [
        ("Boris", date(2026, 11, 24), True),
        ("Amina", quotas.soonest(caseload), False),
    ]
    assert [each.client.first_name for each in found.populations[0].left_out] == ["Boris"]


def test_the_soonest_day_leaves_time_for_the_post(caseload):
    # Posted on Friday the 20th, received on Tuesday, and three working days later there is time.
    assert quotas.soonest(caseload) == date(2026, 11, 27)


def test_the_start_page_answers_every_policy_laid_over_the_caseload(caseload):
    policies.choose(caseload, "mk2015", "ffm2017")

    found = quotas.of_worklist(caseload, worklist.worklist(caseload))

    assert [(each.policy.id, each.number) for each in found] == [("ffm2017", 2), ("ffm2017", 0)]
    assert found == quotas.quotas(caseload).populations


def test_a_policy_that_is_not_in_force_can_be_asked(caseload):
    assert not quotas.quotas(caseload).populations
    assert [each.number for each in quotas.quotas(caseload, "ffm2017").populations] == [2, 0]
