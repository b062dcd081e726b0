"""Can an office put its policies in order, and chain the versions of one concept?"""

from datetime import date

import pytest

from kkd_desktop import paths
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.policy_set import Combine
from kkd_desktop.policyfiles.check import set_faults
from kkd_desktop.policyfiles.checks.sets import notices
from kkd_desktop.policyfiles.reader import read_policy
from kkd_desktop.policyfiles.shelf import Shelf
from kkd_desktop.policyfiles.source import read_document

SET = """\
kind = "set"
id = "musterstadt"
title = "Kontaktdichte im Jobcenter Musterstadt"
short_title = "Musterstadt"
office = "Jobcenter Musterstadt"
combine = "strictest"

[[part]]
policies = ["muster2019", "muster2024"]

[[part]]
policies = ["ba2010"]
"""


@pytest.fixture
def own(tmp_path, minimal):
    folder = tmp_path / "own"
    folder.mkdir()
    for policy_id, since, until in (
        ("muster2019", "2019-01-01", "2023-12-31"),
        ("muster2024", "2024-03-01", "2025-12-31"),
    ):
        text = minimal.replace('id = "muster"', f'id = "{policy_id}"')
        text = text.replace("2020-01-01", since).replace("2021-12-31", until)
        (folder / f"{policy_id}.toml").write_text(text, encoding="utf-8")
    (folder / "musterstadt.toml").write_text(SET, encoding="utf-8")
    return folder


@pytest.fixture
def shelf(own):
    return Shelf([paths.policies(), own])


def faults_of(own, shelf, text):
    path = own / "musterstadt.toml"
    path.write_text(text, encoding="utf-8")
    document, text = read_document(path)
    return [(f.line, f.key, f.message) for f in set_faults(path, text, document, shelf.look_up)]


@pytest.mark.parametrize(
    ("day", "ids"),
    [
        (date(2018, 1, 1), ["muster2019", "ba2010"]),
        (date(2023, 12, 31), ["muster2019", "ba2010"]),
        (date(2024, 2, 1), ["muster2019", "ba2010"]),
        (date(2024, 3, 1), ["muster2024", "ba2010"]),
        (date(2030, 1, 1), ["muster2024", "ba2010"]),
    ],
)
def test_of_the_versions_the_one_in_force_speaks_or_else_the_last_that_was(shelf, day, ids):
    assert [policy.id for policy in shelf.parts("musterstadt", day)] == ids


def test_a_single_policy_is_its_own_part(shelf):
    assert [p.id for p in shelf.parts("ba2010", date(2020, 1, 1))] == ["ba2010"]
    assert shelf.policy_set("ba2010") is None


def test_a_set_says_how_its_parts_are_combined(shelf):
    assert shelf.policy_set("musterstadt").combine is Combine.STRICTEST


def test_a_set_stands_apart_from_the_policies(shelf):
    assert [each.id for each in shelf.sets()] == ["musterstadt"]
    assert "musterstadt" not in [each.id for each in shelf.all()]
    with pytest.raises(UserError, match="eine Zusammenstellung"):
        shelf.load("musterstadt")
    with pytest.raises(UserError, match="eine Zusammenstellung"):
        read_policy(shelf.sets()[0].path)


def test_a_set_in_order_has_no_faults_and_says_where_nothing_is_in_force(own, shelf):
    assert faults_of(own, shelf, SET) == []
    assert list(notices(shelf.policy_set("musterstadt"), shelf.look_up)) == [
        "Vom 01.01.2024 bis 29.02.2024 ist keines in Kraft: muster2019, muster2024."
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "words"),
    [
        ('"ba2010"', '"ba2011"', 12, "part[2].policies[1]", "„ba2011“ gibt es nicht"),
        ('"ba2010"', '"muster2019"', 12, "part[2].policies[1]", "steht schon in part[1]"),
        ('"ba2010"', '"musterstadt"', 12, "part[2].policies[1]", "selbst eine Zusammenstellung"),
        ('"muster2024"]', '"mk2015"]', 9, "part[1].policies[2]", "zum Teil gleichzeitig"),
        ('combine = "strictest"', 'combine = "all"', 6, "combine", "Erlaubt sind nur"),
        ('combine = "strictest"', "", 1, "combine", "Diese Angabe fehlt."),
        ('policies = ["ba2010"]', "policies = []", 12, "part[2].policies", "mindestens ein"),
        ('office = "', 'ofice = "', 5, "ofice", "Ist „office“ gemeint?"),
    ],
)
def test_faults_of_a_set_are_named(own, shelf, old, new, line, key, words):
    assert SET.count(old) == 1

    found = {k: (at, message) for at, k, message in faults_of(own, shelf, SET.replace(old, new))}

    assert (found[key][0], words in found[key][1]) == (line, True), found


def test_a_faulty_own_set_stays_visible_with_its_faults(own):
    (own / "musterstadt.toml").write_text(SET.replace("ba2010", "ba2011"), encoding="utf-8")

    (entry,) = [each for each in Shelf([paths.policies(), own]).all() if each.id == "musterstadt"]

    assert [fault.key for fault in entry.faults] == ["part[2].policies[1]"]


def test_two_sets_that_name_each_other_end_in_a_sentence(own):
    (own / "musterstadt.toml").write_text(SET.replace("ba2010", "anders"), encoding="utf-8")
    (own / "anders.toml").write_text(
        SET.replace('"musterstadt"', '"anders"').replace("ba2010", "musterstadt"), encoding="utf-8"
    )

    with pytest.raises(UserError, match="selbst eine Zusammenstellung"):
        Shelf([paths.policies(), own]).policy_set("musterstadt")
