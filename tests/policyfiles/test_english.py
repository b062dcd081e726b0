"""Are faults of policy files told in English, each with its words filled in?"""

import re

import pytest

from kkd_desktop import paths
from kkd_desktop.domain.errors import UserError
from kkd_desktop.policyfiles.check import check_file
from kkd_desktop.policyfiles.faults import PolicyFileError
from kkd_desktop.policyfiles.reader import read_policy
from kkd_desktop.policyfiles.shelf import Shelf, prolonged
from kkd_desktop.policyfiles.text_blocks import check_texts
from tests.policyfiles import test_check, test_check_language
from tests.test_languages import GERMAN

QUOTED = re.compile("“[^”]*”|allowed are: .*")
"""What a file may say is said in its own words."""


def is_english(message):
    return not GERMAN.search(QUOTED.sub("", message))


@pytest.mark.parametrize("name", test_check.FAULTS)
def test_each_fault_of_a_policy_is_told_in_english(name, english, faults_in, spoiled):
    old, new, key, _ = test_check.FAULTS[name]

    found = {fault.key: fault.message for fault in faults_in(spoiled(old, new))}

    assert is_english(found[key]), found[key]


@pytest.mark.parametrize("name", test_check_language.FAULTS)
def test_each_fault_of_its_conditions_is_told_in_english(name, english, tmp_path):
    policy, old, new, key, _ = test_check_language.FAULTS[name]
    path = tmp_path / f"{policy}.toml"
    path.write_text(test_check_language.spoiled(policy, old, new), encoding="utf-8")

    found = {fault.key: fault.message for fault in check_file(path)}

    assert is_english(found[key]), found[key]


def spoil(tmp_path, minimal, *places):
    path = tmp_path / "muster.toml"
    for old, new in places:
        assert old in minimal
        minimal = minimal.replace(old, new, 1)
    path.write_text(minimal, encoding="utf-8")
    return path


def test_a_file_says_its_first_fault_and_how_many_there_are(english, tmp_path, minimal):
    one = (("count = 4", 'count = "vier"'),)
    two = (*one, ("percent = 45", "percent = 0"))
    three = (*two, ('land = "NW"\n', ""), ('quote = "zwei bis drei Monate"\n', ""))

    with pytest.raises(PolicyFileError) as alone:
        read_policy(spoil(tmp_path, minimal, *one))
    with pytest.raises(PolicyFileError) as both:
        read_policy(spoil(tmp_path, minimal, *two))
    with pytest.raises(PolicyFileError) as all_of_them:
        read_policy(spoil(tmp_path, minimal, *three))

    assert re.fullmatch(
        r"muster\.toml, line \d+, rule\[\d\]\.count: This has to be a whole number\.",
        str(alone.value),
    )
    assert str(both.value).endswith(" (and 1 more fault)")
    assert str(all_of_them.value).endswith(" (and 2 more faults)")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a = 1\na = 2\n", "x.toml, line 2: This is not valid TOML (the key is there twice)."),
        (b"a = [1,\n2", "x.toml, line 2: This is not valid TOML (the array [ … ] is not closed)."),
        (b"a = { b = 1", "This is not valid TOML (the table { … } is not closed)."),
        (b'a = 1\nb = "\xfc"\n', "x.toml, line 2: The file is not written in UTF-8."),
        (b"x = " + b"[" * 50, "x.toml, line 1: More than 12 levels are nested in each other."),
    ],
)
def test_text_that_is_no_toml(english, tmp_path, content, said):
    path = tmp_path / "x.toml"
    path.write_bytes(content)

    with pytest.raises(PolicyFileError) as refused:
        read_policy(path)

    assert said in str(refused.value)


def test_what_the_shelf_has_not(english, tmp_path, minimal):
    shipped = Shelf([paths.resources().parent / "policies"])
    own = spoil(tmp_path, minimal).rename(tmp_path / "anders.toml")

    with pytest.raises(UserError, match=r"^The file fort\.toml does not exist\.$"):
        shipped.load_file(tmp_path / "fort.toml")
    with pytest.raises(UserError, match=r"^There is no concept “fort”\. Known are: .*mg2012"):
        shipped.load("fort")
    (found,) = shipped.with_folder(tmp_path).with_folder(tmp_path / "x").all()[:1]
    assert found.path == own
    assert found.faults[0].message == (
        f"The file {tmp_path.name}/anders.toml contains the concept “muster”; it must be "
        "called muster.toml."
    )


def test_what_cannot_be_prolonged(english, tmp_path, minimal):
    policy = read_policy(spoil(tmp_path, minimal))

    with pytest.raises(UserError) as refused:
        prolonged(policy, policy.validity.until)

    assert str(refused.value) == (
        "“Muster” is already in force until 31.12.2021; the extension must end later."
    )


def test_a_text_of_a_letter(english, tmp_path):
    path = tmp_path / "eigene.toml"
    path.write_text(
        '[[block]]\nid = "x"\nkind = "reisekosten"\nversion = "1"\nsource = "s"\n'
        'text = "Am {tag}."\n',
        encoding="utf-8",
    )

    (fault,) = check_texts(path)

    assert str(fault).startswith("eigene.toml, line 6, block[1].text: ")
    assert fault.message.startswith("There is no placeholder {tag}. ")
    assert "{termin}, {voriger_termin}" in fault.message
