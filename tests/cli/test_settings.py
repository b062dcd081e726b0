"""The settings and the weeks in the terminal."""

import json

import pytest


def changed(office, tmp_path, given):
    path = tmp_path / "einstellungen.json"
    path.write_text(json.dumps(given), encoding="utf-8")
    return office("settings", "set", str(path))


def shown(office):
    return office("settings", "show").json


def test_what_is_shown_can_be_set_again(office, tmp_path):
    before = shown(office)

    assert changed(office, tmp_path, before).code == 0
    assert shown(office) == before


def test_only_what_is_named_changes(office, tmp_path):
    before = shown(office)
    week = {"mo": ["08:00-12:00"], "di": ["13:00-16:00"]}

    changed(office, tmp_path, {"rooms": ["2.14", "Saal"], "hours": {"week": week}})

    after = shown(office)
    assert after["rooms"] == ["2.14", "Saal"]
    assert [(day, hours) for day, hours in after["hours"]["weeks"][0].items() if hours] == [
        ("mo", ["08:00-12:00"]),
        ("di", ["13:00-16:00"]),
    ]
    assert after["hours"]["lengths"] == before["hours"]["lengths"]
    assert after["office"] == before["office"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"raum": "2.14"}, "Einstellungen: „raum“ gibt es nicht"),
        ({"room": 2}, "room: „2“ ist kein Text"),
        ({"rooms": "2.14"}, "rooms"),
        ({"post_margin_days": 99}, "Vorlauf: bitte zwischen 0 und 20"),
        ({"land": "XX"}, "kein Bundesland"),
        ({"hours": {"weeks": [{"mi": ["12:00-08:00"]}]}}, "Arbeitszeit am Mittwoch: Das Ende"),
        ({"hours": {"lengths": {"fax": [1]}}}, "Gesprächsart „fax“"),
        ([], "Einstellungen"),
    ],
)
def test_a_fault_names_its_key_and_changes_nothing(office, tmp_path, given, told):
    before = shown(office)

    answer = changed(office, tmp_path, given)

    assert answer.code == 2
    assert told in answer.err
    assert shown(office) == before


def test_a_week_tells_its_talks_and_what_the_concept_asks(office):
    office("appointments", "add", "--client", "K17", "--at", "2026-11-23T09:00")

    answer = office("capacity", "--week", "2026-11-25", "--weeks", "5")

    lines = answer.out.splitlines()
    assert lines[0] == "KW 48 ab Mo 23.11.2026: 1 Termin, 0,8 von 23,4 Stunden"
    assert lines[4].endswith("0 von 20,5 Stunden (anteilig nach den Stunden dieser Woche)")


def test_a_week_of_absence_has_no_norm(office, tmp_path):
    away = [{"since": "2026-11-23", "until": "2026-11-27", "reason": "Urlaub"}]
    changed(office, tmp_path, {"hours": {"absences": away}})

    answer = office("capacity", "--week", "2026-11-25")

    assert answer.out.strip().endswith("0 Termine, 0 Stunden (keine Sprechzeit, keine Vorgabe)")
    assert office("capacity", "--week", "2026-11-25", "--json").json[0]["part"] == 0
