"""Does the shelf know its policies, prefer the office's own and stay inside its folders?"""

import os
from datetime import date

import pytest

from kkd_desktop import paths
from kkd_desktop.domain.errors import UserError
from kkd_desktop.policyfiles.shelf import Shelf, prolonged

SHIPPED = ("ba2010", "ffm2017", "mg2012", "mk2015", "ue2019")


@pytest.fixture
def own(tmp_path):
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


@pytest.fixture
def shelf(own):
    return Shelf([paths.policies(), own])


def put(folder, name, text):
    (folder / name).write_text(text, encoding="utf-8")


def test_the_five_policies_are_shipped(shelf):
    assert shelf.ids() == SHIPPED


def test_an_own_policy_joins_the_shipped_ones(shelf, own, minimal):
    put(own, "muster.toml", minimal)

    assert shelf.load("muster").office == "Jobcenter Musterstadt"
    assert [entry.id for entry in shelf.all() if entry.own] == ["muster"]


def test_an_own_policy_replaces_the_shipped_one_of_the_same_id_and_says_so(shelf, own, minimal):
    put(own, "ue2019.toml", minimal.replace('id = "muster"', 'id = "ue2019"'))

    (entry,) = [entry for entry in shelf.all() if entry.id == "ue2019"]

    assert shelf.load("ue2019").office == "Jobcenter Musterstadt"
    assert entry.own
    assert "ersetzt" in entry.note


def test_a_faulty_own_file_stays_visible_with_its_faults(shelf, own, spoiled):
    put(own, "muster.toml", spoiled("count = 4", "count = 0"))

    (entry,) = [entry for entry in shelf.all() if entry.id == "muster"]

    assert entry.policy is None
    assert [fault.key for fault in entry.faults] == ["rule[3].count"]


def test_a_fault_of_an_own_file_names_its_folder(shelf, own, spoiled):
    put(own, "muster.toml", spoiled("count = 4", "count = 0"))

    with pytest.raises(
        UserError, match=r"^own/muster\.toml, Zeile \d+, rule\[3\]\.count: "
    ) as fault:
        shelf.load("muster")
    assert "mitgelieferte" not in str(fault.value)


def test_a_faulty_own_file_says_that_it_replaces_a_shipped_one(shelf, own, spoiled):
    put(own, "mg2012.toml", spoiled("count = 4", "count = 0"))

    with pytest.raises(UserError, match=r"^own/mg2012\.toml, .* ersetzt das mitgelieferte Konzept"):
        shelf.load("mg2012")


def test_a_file_must_be_named_after_its_policy(shelf, own, minimal):
    put(own, "anders.toml", minimal)

    with pytest.raises(UserError, match=r"sie muss muster\.toml heißen"):
        shelf.load("anders")
    assert [entry.faults[0].message for entry in shelf.all() if entry.id == "anders"]


def test_an_edited_file_is_read_again(shelf, own, spoiled, minimal):
    put(own, "muster.toml", minimal)
    shelf.load("muster")
    put(own, "muster.toml", spoiled('short_title = "Muster"', 'short_title = "Neu"'))
    os.utime(own / "muster.toml", ns=(1, 1))

    assert shelf.load("muster").short_title == "Neu"


@pytest.mark.parametrize("name", ["xx", "", "../own/muster", "/etc/passwd", "mg2012.toml", "*"])
def test_an_unknown_id_is_answered_with_the_known_ones(shelf, own, name, minimal):
    put(own.parent, "muster.toml", minimal)

    with pytest.raises(UserError, match="Bekannt sind: ba2010, ffm2017, mg2012, mk2015, ue2019"):
        shelf.load(name)


def test_a_folder_that_does_not_exist_is_empty(tmp_path):
    assert Shelf([tmp_path / "fort"]).all() == ()


def test_a_file_from_anywhere_is_checked(shelf, own, spoiled):
    put(own.parent, "muster.toml", spoiled("count = 4", "count = 0"))

    with pytest.raises(UserError, match="Zeile"):
        shelf.load_file(own.parent / "muster.toml")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2010, 11, 30), []),
        (date(2012, 3, 1), ["ba2010", "mg2012"]),
        (date(2019, 6, 1), ["ba2010", "ffm2017", "mg2012", "mk2015", "ue2019"]),
        (date(2024, 1, 1), ["ba2010", "ffm2017", "mg2012", "mk2015"]),
    ],
)
def test_policies_in_force_on_a_day(shelf, day, expected):
    assert [entry.id for entry in shelf.in_force(day)] == expected


def test_a_policy_can_be_prolonged_beyond_its_end(shelf):
    policy = prolonged(shelf.load("ue2019"), date(2026, 12, 31))

    assert policy.validity.in_force(date(2025, 1, 1))
    assert policy.validity.prolonged
    assert not shelf.load("ue2019").validity.prolonged


@pytest.mark.parametrize(("policy_id", "words"), [("mg2012", "kein Ende"), ("ue2019", "später")])
def test_a_prolongation_that_changes_nothing_is_refused(shelf, policy_id, words):
    with pytest.raises(UserError, match=words):
        prolonged(shelf.load(policy_id), date(2020, 1, 1))
