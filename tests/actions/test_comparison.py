"""Two policies on a caseload: nothing is stored, and each side says how it holds."""

from datetime import date

import pytest

from kkd_desktop import paths
from kkd_desktop.actions import comparison, policies, worklist
from kkd_desktop.domain.comparison import Change
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.outcome import State


def changes(found):
    return {row.client.first_name: (row.change, row.days) for row in found.rows}


def test_everyone_is_compared_on_the_day_of_the_context(caseload):
    found = comparison.compare(caseload, "mg2012", "mk2015")

    assert found.day == caseload.today
    assert changes(found) == {
        "Amina": (Change.LATER, 139),
        "Boris": (Change.EARLIER, -91),
        "Carla": (Change.LATER, 167),
    }
    assert (found.one.overdue, found.other.overdue) == (2, 2)


def test_a_policy_that_has_run_out_is_compared_as_if_it_held_and_says_so(caseload):
    found = comparison.compare(caseload, "mg2012", "ue2019")

    assert found.notes == (
        "Uelzen 2019 ist seit 01.01.2024 abgelaufen; verglichen wird, als gälte es.",
    )
    assert changes(found)["Boris"][0] is Change.EARLIER
    assert found.other.policies[0].validity.until == date(2023, 12, 31)


def test_with_shares_a_last_day_is_said_to_be_a_soft_one(caseload):
    found = comparison.compare(caseload, "mg2012", "ffm2017")

    assert [note.split(";")[0] for note in found.notes] == [
        "Frankfurt 2017 setzt Anteile am Bestand"
    ]


def test_a_prolonged_policy_needs_no_note(caseload):
    policies.prolong(caseload, "ue2019", date(2027, 12, 31))

    assert not comparison.compare(caseload, "mg2012", "ue2019").notes


def test_a_draft_is_read_from_its_file(caseload, tmp_path):
    text = (paths.policies() / "mg2012.toml").read_text(encoding="utf-8")
    draft = tmp_path / "entwurf.toml"
    draft.write_text(
        text.replace('id = "mg2012"', 'id = "entwurf"', 1).replace("weeks = 6", "weeks = 8"),
        encoding="utf-8",
    )

    found = comparison.compare(caseload, "mg2012", str(draft))

    assert changes(found)["Amina"] == (Change.LATER, 14)


@pytest.mark.parametrize("name", ["gibtsnicht", "gibtsnicht.toml"])
def test_an_unknown_policy_is_named(caseload, name):
    with pytest.raises(UserError, match="gibtsnicht"):
        comparison.compare(caseload, "mg2012", name)


def test_another_day_asks_for_the_facts_of_that_day(caseload):
    found = comparison.compare(caseload, "mg2012", "mk2015", date(2026, 6, 1))

    boris = next(row for row in found.rows if row.client.first_name == "Boris")
    assert boris.one.today == date(2026, 6, 1)
    assert boris.one.state is State.OK


def test_before_a_switch_everything_is_evaluated_as_of_its_day(caseload):
    day = date(2027, 1, 4)

    found = comparison.switch_preview(caseload, "mk2015", day)

    assert {row.one.today for row in found.rows} == {row.other.today for row in found.rows} == {day}
    assert [policy.id for policy in found.one.policies] == ["mg2012"]
    assert changes(found)["Boris"] == (Change.EARLIER, -91)
    assert caseload.settings.policies == ("mg2012",)


def test_a_switch_to_a_policy_that_has_run_out_shows_that_there_will_be_no_days(caseload):
    found = comparison.switch_preview(caseload, "ue2019", date(2027, 1, 4))

    assert found.notes == ("Uelzen 2019 ist seit 01.01.2024 abgelaufen: keine Fristen.",)
    assert found.counts[Change.LOST] == 3


def test_policies_laid_over_each_other_are_one_side(caseload):
    policies.choose(caseload, "mk2015", "mg2012")

    found = comparison.switch_preview(caseload, "mk2015", caseload.today)

    assert found.one.title == "Märkischer Kreis 2015 + Mönchengladbach 2012"
    assert changes(found)["Boris"] == (Change.SAME, 0)


def test_a_comparison_says_the_same_as_the_worklist(caseload):
    found = comparison.compare(caseload, "mg2012", "mk2015")

    latest = {entry.client.id: entry.outcome.latest for entry in worklist.entries(caseload)}
    assert {row.client.id: row.one.latest for row in found.rows} == latest
