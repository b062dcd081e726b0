"""A set of policies where a single one can stand: chosen, compared, switched to, counted."""

from datetime import date
from pathlib import Path

import pytest

from kkd_desktop import paths
from kkd_desktop.actions import comparison, feasibility, policies, quotas, trial, worklist
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.policies import Standing
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.policy_set import Combine
from kkd_desktop.policyfiles.shelf import Shelf

SET = """
kind = "set"
id = "{name}"
title = "Konzepte des Jobcenters Musterstadt"
short_title = "Musterstadt"
office = "Jobcenter Musterstadt"
combine = "{combine}"
"""


@pytest.fixture
def folder(tmp_path: Path, caseload: Context) -> Path:
    """The office's folder with two versions of one concept."""
    folder = tmp_path / "konzepte"
    folder.mkdir()
    shipped = (paths.policies() / "mg2012.toml").read_text("utf-8")
    for name, validity, weeks in (
        ("mg2020", "from = 2020-01-01\nuntil = 2026-12-31", 6),
        ("mg2027", "from = 2027-01-01", 8),
    ):
        text = shipped.replace('"mg2012"', f'"{name}"').replace("from = 2012-03-01", validity)
        text = text.replace('"Mönchengladbach 2012"', f'"Mönchengladbach {name[2:]}"')
        (folder / f"{name}.toml").write_text(text.replace("weeks = 6", f"weeks = {weeks}"), "utf-8")
    caseload.shelf = Shelf((paths.policies(), folder))
    return folder


def write(folder: Path, *parts: str, combine: str = "strictest", name: str = "muster") -> Path:
    text = SET.format(name=name, combine=combine)
    path = folder / f"{name}.toml"
    path.write_text(text + "".join(f"[[part]]\npolicies = {part}\n" for part in parts), "utf-8")
    return path


def on_shelf(caseload: Context, name: str) -> policies.OnShelf:
    return next(each for each in policies.on_shelf(caseload) if each.id == name)


def latest(found: comparison.Comparison) -> dict[str, date | None]:
    return {row.client.first_name: row.other.latest for row in found.rows}


def test_a_set_stands_on_the_shelf_with_the_version_of_the_day(
    caseload: Context, folder: Path
) -> None:
    write(folder, '["mg2027", "mg2020"]', '["ue2019"]')

    found = on_shelf(caseload, "muster")

    assert policies.on_shelf(caseload)[0] == found
    assert (found.short_title, found.office) == ("Musterstadt", "Jobcenter Musterstadt")
    assert found.standing is Standing.IN_FORCE
    assert [part.speaking.id for part in found.parts] == ["mg2020", "ue2019"]
    assert [policy.id for policy in found.parts[0].versions] == ["mg2020", "mg2027"]


@pytest.mark.parametrize(
    ("part", "standing"), [('["ue2019"]', Standing.EXPIRED), ('["mg2027"]', Standing.AHEAD)]
)
def test_a_set_in_which_nothing_is_in_force_stands_like_its_parts(
    caseload: Context, folder: Path, part: str, standing: Standing
) -> None:
    write(folder, part)

    assert on_shelf(caseload, "muster").standing is standing


def test_a_set_whose_part_breaks_later_says_why(caseload: Context, folder: Path) -> None:
    write(folder, '["mg2020"]')
    assert on_shelf(caseload, "muster").is_readable

    (folder / "mg2020.toml").write_text('id = "mg2020"\n', "utf-8")

    found = on_shelf(caseload, "muster")
    assert not found.is_readable
    assert found.standing is Standing.BROKEN
    assert "mg2020.toml" in found.faults[0]


def test_what_speaks_in_the_chosen_set_is_in_use(caseload: Context, folder: Path) -> None:
    write(folder, '["mg2020", "mg2027"]', '["ba2010"]')
    policies.choose(caseload, "muster")

    found = policies.on_shelf(caseload)

    assert {each.id for each in found if each.is_chosen} == {"muster"}
    assert {each.id for each in found if each.in_use} == {"muster", "mg2020", "ba2010"}


def test_everything_a_caseload_can_be_worked_by_can_be_chosen(
    caseload: Context, folder: Path
) -> None:
    write(folder, '["mg2020"]')
    (folder / "defekt.toml").write_text('id = "defekt"\n', "utf-8")

    found = dict(policies.choosable(caseload.shelf))

    assert found["muster"] == "Musterstadt · Jobcenter Musterstadt (Zusammenstellung)"
    assert {"mg2012", "mg2020"} <= found.keys()
    assert "defekt" not in found


def test_a_part_that_has_run_out_is_told_with_its_set(caseload: Context, folder: Path) -> None:
    write(folder, '["mg2020"]', '["ue2019"]')
    policies.choose(caseload, "muster")

    (notice,) = policies.notices(caseload)

    assert notice.text == (
        "Uelzen 2019 (in „Musterstadt“): Regelung abgelaufen seit 01.01.2024. Daraus werden keine "
        "Fristen berechnet, bis das Jobcenter sie bewusst verlängert."
    )
    assert notice.can_prolong


def test_a_prolonged_part_speaks_in_its_set(caseload: Context, folder: Path) -> None:
    write(folder, '["ue2019"]')
    policies.prolong(caseload, "ue2019", date(2027, 12, 31))
    policies.choose(caseload, "muster")

    assert on_shelf(caseload, "muster").parts[0].speaking.validity.prolonged
    assert not policies.notices(caseload)


@pytest.mark.parametrize("combine", list(Combine))
def test_under_a_set_a_comparison_says_what_the_worklist_would(
    caseload: Context, folder: Path, combine: Combine
) -> None:
    write(folder, '["mk2015"]', '["mg2012"]', combine=combine)

    found = comparison.compare(caseload, "ba2010", "muster")

    policies.choose(caseload, "muster")
    expected = {e.client.first_name: e.outcome.latest for e in worklist.entries(caseload)}
    assert latest(found) == expected
    assert (found.one.title, found.other.title) == ("BA 2010", "Musterstadt")
    assert [policy.id for policy in found.other.policies] == ["mk2015", "mg2012"]


def test_a_set_is_compared_as_if_all_its_parts_held(caseload: Context, folder: Path) -> None:
    write(folder, '["mk2015"]', '["ue2019"]')

    found = comparison.compare(caseload, "mg2012", "muster")

    assert found.notes == (
        "Uelzen 2019 ist seit 01.01.2024 abgelaufen; verglichen wird, als gälte es.",
    )
    boris = next(row for row in found.rows if row.client.first_name == "Boris")
    assert {each.policy.id for each in boris.other.obligations} == {"mk2015", "ue2019"}


def test_a_switch_asks_both_sides_in_the_versions_of_its_day(
    caseload: Context, folder: Path
) -> None:
    write(folder, '["mg2020", "mg2027"]')
    write(folder, '["mg2020", "mg2027"]', '["mk2015"]', name="beide")
    policies.choose(caseload, "muster")

    found = comparison.switch_preview(caseload, "beide", date(2027, 1, 4))

    assert [policy.id for policy in found.one.policies] == ["mg2027"]
    assert [policy.id for policy in found.other.policies] == ["mg2027", "mk2015"]
    assert not found.notes
    assert caseload.settings.policies == ("muster",)


def test_shares_and_demand_can_be_asked_of_a_set(caseload: Context, folder: Path) -> None:
    write(folder, '["ffm2017"]', '["mk2015"]', combine="first")

    counted = quotas.quotas(caseload, "muster")
    demanded = feasibility.feasibility(caseload, "muster")

    assert [each.number for each in counted.populations] == [2, 0]
    assert [policy.id for policy in counted.policies] == ["ffm2017", "mk2015"]
    assert [policy.id for policy in demanded.policies] == ["ffm2017", "mk2015"]


def test_a_draft_of_a_set_finds_its_parts_beside_it(caseload: Context, folder: Path) -> None:
    draft = write(folder, '["mg2027"]', name="entwurf")
    caseload.shelf = Shelf((paths.policies(),))

    found = comparison.compare(caseload, "mg2012", str(draft))

    assert [policy.id for policy in found.other.policies] == ["mg2027"]
    assert found.notes == (
        "Mönchengladbach 2027 gilt erst ab 01.01.2027; verglichen wird, als gälte es.",
    )


def test_the_rules_of_a_set_stand_beside_those_of_a_policy(caseload: Context, folder: Path) -> None:
    write(folder, '["mg2020", "mg2027"]')
    concepts = [
        trial.on_shelf(caseload.shelf, name, caseload.today) for name in ("mg2012", "muster")
    ]

    assert not any(
        pair.differs for pair in comparison.side_by_side(*concepts, caseload.today).pairs
    )
    later = comparison.rules(caseload, "mg2012", "muster", date(2027, 1, 4))
    assert ("alle 6 Wochen", "alle 8 Wochen") in {(p.one, p.other) for p in later.pairs}


def test_an_unknown_set_is_named(caseload: Context) -> None:
    with pytest.raises(UserError, match="nirgends"):
        comparison.compare(caseload, "mg2012", "nirgends")
