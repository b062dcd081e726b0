"""Does the check run files of cases, and tell what was expected and what was found?"""

from datetime import date

import pytest

from kkd_desktop import paths
from kkd_desktop.actions.policy_check import check_file
from kkd_desktop.domain.errors import UserError
from kkd_desktop.policyfiles.shelf import Shelf

TODAY = date(2026, 11, 20)
CASES = """\
# Two cases.

[[case]]
name = "Marktprofil"
source = "Tabelle"
policy = "mg2012"
today = 2026-11-20
client = { profile = "markt", birth_date = 1988-05-05 }
contacts = [{ date = 2026-09-30 }]
expect = { state = "overdue", latest = 2026-11-11, days_left = -9 }

[[caseload]]
name = "Quoten"
source = "Regelung"
policy = "ffm2017"
today = 2018-03-01
members = [{ client = { birth_date = 1980-01-01, status = "arbeitslos" }, times = 4 }]
expect = { "ue25.m1" = { n = 4, required = 2 } }

[[capacity]]
name = "Kapazität"
source = "Kalenderauslastung"
policy = "ue2019"
capacity = { weekly_hours = 39, role = "ifk" }
expect = { min_contacts = 24 }

[[law]]
name = "Bekanntgabe"
source = "§ 37 II SGB X"
posted = 2026-11-20
expect = { deemed = 2026-11-24 }
"""


@pytest.fixture
def shelf():
    return Shelf([paths.policies()])


@pytest.fixture
def check(tmp_path, shelf):
    def run(text, name="faelle.toml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return check_file(path, shelf, TODAY)

    return run


def test_cases_that_come_out_as_expected_are_no_faults(check):
    found = check(CASES)

    assert (found.faults, found.cases) == ((), 4)


DIFFERENCES = {
    "a day": ("latest = 2026-11-11", "latest = 2026-11-12", 3, "case[1]",
              "„Marktprofil“ (Tabelle): latest: erwartet 2026-11-12, gefunden 2026-11-11."),
    "two things": ('state = "overdue", latest = 2026-11-11', 'state = "ok", rule = "foerder"',
                   3, "case[1]",
                   "state: erwartet ok, gefunden overdue; rule: erwartet foerder, gefunden markt."),
    "a missing value": ("days_left = -9", "required = 4", 3, "case[1]",
                        "required: erwartet 4, gefunden nichts."),
    "a value too many": ("days_left = -9", 'absent = ["latest"]', 3, "case[1]",
                         "latest: erwartet nichts, gefunden 2026-11-11."),
    "a sentence": ("days_left = -9", 'explanation_says = ["nie"]', 3, "case[1]",
                   "explanation: „nie“ fehlt in: "),
    "a warning": ("days_left = -9", 'warnings = ["turns_25"]', 3, "case[1]",
                  "warnings: erwartet turns_25, gefunden nichts."),
    "a counted contact": ("days_left = -9", "counted = []", 3, "case[1]",
                          "counted: erwartet nichts, gefunden 0."),
    "the number of obligations": ("days_left = -9", "obligations = [{}, {}]", 3, "case[1]",
                                  "obligations: erwartet 2, gefunden 1."),
    "one of the obligations": ("days_left = -9", 'obligations = [{ rule = "x" }]', 3, "case[1]",
                               "obligations[1].rule: erwartet x, gefunden markt."),
    "an unknown key": ("days_left = -9", "spaetestens = 1", 3, "case[1]",
                       "spaetestens: diesen Schlüssel hat die Antwort nicht."),
    "an unknown policy": ('policy = "mg2012"', 'policy = "mg2013"', 3, "case[1]",
                          "nicht zu beantworten: policy: Das Konzept „mg2013“ gibt es nicht"),
    "an unusable client": ('profile = "markt"', 'profile = "mark"', 3, "case[1]",
                           "nicht zu beantworten: client.profile: „mark“ ist unbekannt"),
    "a quota": ("required = 2", "required = 3", 12, "caseload[1]",
                "ue25.m1.required: erwartet 3, gefunden 2."),
    "an unknown quota": ('"ue25.m1" = {', '"ue25.m2" = {', 12, "caseload[1]",
                         "ue25.m2: diese Quote gibt es nicht (möglich: ue25.m1"),
    "a capacity": ("min_contacts = 24", "fulfilled = true", 20, "capacity[1]",
                   "fulfilled: erwartet true, gefunden nichts."),
    "a day of the law": ("deemed = 2026-11-24", "deemed = 2026-11-23", 27, "law[1]",
                         "deemed: erwartet 2026-11-23, gefunden 2026-11-24."),
}  # fmt: skip


@pytest.mark.parametrize("name", DIFFERENCES)
def test_a_case_that_comes_out_otherwise_is_named_with_what_was_found(name, check):
    old, new, line, key, message = DIFFERENCES[name]
    assert CASES.count(old) == 1

    (fault,) = check(CASES.replace(old, new)).faults

    assert (fault.line, fault.key) == (line, key)
    assert message in fault.message


def test_warnings_may_be_asked_for_and_ruled_out(check):
    text = CASES.replace('profile = "markt", ', "")
    text = text.replace('state = "overdue", latest = 2026-11-11, days_left = -9', "{0}")

    def differing(expect):
        return [fault.message for fault in check(text.replace("{0}", expect)).faults]

    assert differing('warnings = ["profile_missing"]') == []
    assert (
        "profile_missing war nicht erwartet"
        in differing('without_warnings = ["profile_missing"]')[0]
    )
    assert "erwartet keine, gefunden profile_missing" in differing("warnings = []")[0]


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "words"),
    [
        ("today = 2026-11-20\n", "", 3, "case[1].today", "Diese Angabe fehlt."),
        ("today = 2026-11-20\n", 'today = "gestern"\n', 7, "case[1].today", "ein Datum"),
        ('source = "Tabelle"\n', "", 3, "case[1].source", "Diese Angabe fehlt."),
        ('source = "Tabelle"\n', 'quelle = "T"\nsource = "T"\n', 5, "case[1].quelle", "nicht"),
        ('name = "Quoten"', 'name = "Marktprofil"', 13, "caseload[1].name", "gibt es schon"),
        ('policy = "mg2012"', "policy = 3", 6, "case[1].policy", "Kennung eines Konzepts"),
        ("times = 4", "times = 0", 17, "caseload[1].members[1].times", "kleinste erlaubte"),
        ("# Two cases.", "[[fall]]", 1, "fall", "Diesen Schlüssel gibt es hier nicht."),
    ],
)
def test_a_file_of_cases_in_the_wrong_form_is_named_with_its_line(
    check, old, new, line, key, words
):
    assert CASES.count(old) == 1

    (fault,) = check(CASES.replace(old, new)).faults

    assert (fault.line, fault.key, words in fault.message) == (line, key, True), fault


def test_without_a_policy_the_cases_are_those_of_the_one_they_are_named_after(check):
    text = CASES.split("[[caseload]]")[0].replace('policy = "mg2012"\n', "")

    assert check(text, "mg2012.toml").faults == ()


def test_a_file_may_name_the_policy_of_all_its_cases_and_a_case_several(check):
    text = CASES.split("[[caseload]]")[0].replace('policy = "mg2012"\n', "")
    both = text.replace("expect = {", 'policy = ["mk2015", "mg2012"]\nexpect = { rule = "markt",')

    assert check(f'policy = "mg2012"\n{text}').faults == ()
    assert check(f'policy = "ue2019"\n{both}').faults == ()


def test_a_policy_may_be_a_file_beside_the_cases(check, tmp_path):
    text = (paths.policies() / "mg2012.toml").read_text(encoding="utf-8")
    (tmp_path / "eigenes.toml").write_text(
        text.replace("every = { weeks = 6 }", "every = { weeks = 5 }", 1), encoding="utf-8"
    )
    cases = CASES.split("[[caseload]]")[0].replace('"mg2012"', '"eigenes.toml"')

    (fault,) = check(cases).faults

    assert "latest: erwartet 2026-11-11, gefunden 2026-11-04" in fault.message


def test_a_policy_is_checked_as_one(check, shelf, tmp_path):
    text = (paths.policies() / "mg2012.toml").read_text(encoding="utf-8")
    document = tmp_path / "dokument.txt"
    document.write_text("Ein ganz anderes Dokument.", encoding="utf-8")

    assert check(text).faults == ()
    assert check(text.replace("weeks = 6", "weeks = 0")).faults
    assert check_file(paths.policies() / "mk2015.toml", shelf, TODAY, document).faults


def test_a_set_is_checked_with_the_policies_at_hand(check):
    text = (
        'kind = "set"\nid = "faelle"\ntitle = "T"\nshort_title = "T"\noffice = "O"\n'
        'combine = "first"\n[[part]]\npolicies = ["ue2019"]\n'
    )

    assert check(text).faults == ()
    assert [fault.key for fault in check(text.replace("ue2019", "ue2018")).faults] == [
        "part[1].policies[1]"
    ]


def test_a_document_that_cannot_be_read_ends_in_a_sentence(shelf, tmp_path):
    with pytest.raises(UserError, match="nicht lesbar"):
        check_file(paths.policies() / "mk2015.toml", shelf, TODAY, tmp_path / "fort.txt")


def test_a_file_that_is_no_toml_is_a_fault(check):
    (fault,) = check("[[case]").faults

    assert "kein gültiges TOML" in fault.message
