"""A step is told in the words of those who took it, however many writes it needed."""

import json
from datetime import datetime

import pytest

from kkd_desktop.domain.history import ItemKind, Names, RowChange, ValueChange, items

CONTACT = {
    "id": 7,
    "client_id": 1,
    "day": "2026-04-12",
    "at": None,
    "form": "persoenlich",
    "note_type": "allgemeiner_vermerk",
    "attended": 1,
    "qualified": 0,
    "first": 0,
    "has_reason": 0,
    "phone_reason": "",
    "held_by": "",
    "content": None,
    "goal": None,
    "means": None,
    "appointment_id": None,
}
APPOINTMENT = {
    "id": 3,
    "client_id": 1,
    "uid": "x",
    "start": "2026-11-23T09:00",
    "minutes": 45,
    "form": "persoenlich",
    "purpose": "",
    "room": "2.14",
    "state": "booked",
    "delivery": "none",
    "sequence": 0,
    "changed_at": "2026-11-20T08:00:00",
    "reason": "",
    "preparation": 0,
    "joint": "",
}


NOTHING = Names()


def told(*changes: RowChange, names: Names = NOTHING) -> list[str]:
    return [item.german() for item in items(changes, names)]


def changed(table, row, **values):
    return RowChange(table, row["id"], row, {**row, **values})


def fact(row_id, value, since=None, until=None, name="profile"):
    return {
        "id": row_id,
        "client_id": 1,
        "name": name,
        "value": json.dumps(value),
        "since": since,
        "until": until,
    }


def test_what_changed_is_told_from_old_to_new():
    assert told(changed("contact", CONTACT, note_type="beratungsvermerk")) == [
        "Kontakt 12.04.2026: Vermerk Allgemeiner Vermerk → Beratungsvermerk"
    ]


def test_a_moved_talk_is_named_by_where_it_was():
    moved = changed("appointment", APPOINTMENT, start="2026-11-24T10:30", sequence=1)

    assert told(moved) == [
        "Termin Mo 23.11.2026, 09:00: Zeit Mo 23.11.2026, 09:00 → Di 24.11.2026, 10:30"
    ]


def test_what_is_new_is_told_without_what_goes_without_saying():
    assert told(RowChange("contact", 7, None, CONTACT)) == [
        "Kontakt 12.04.2026 neu: Form persönlich, Vermerk Allgemeiner Vermerk, erschienen ja"
    ]
    assert told(RowChange("appointment", 3, None, APPOINTMENT)) == [
        "Termin Mo 23.11.2026, 09:00 neu: Dauer 45 Minuten, Form persönlich, Raum 2.14, "
        "Stand vereinbart, Einladung noch offen"
    ]


def test_what_is_gone_is_named():
    assert told(RowChange("contact", 7, CONTACT, None)) == ["Kontakt 12.04.2026 entfernt"]


def test_several_writes_to_one_row_are_one_change():
    first = changed("contact", CONTACT, goal="Bewerben")
    second = RowChange("contact", 7, first.after, {**CONTACT, "goal": "Zwei Bewerbungen"})

    assert told(first, second) == ["Kontakt 12.04.2026: Ziel Zwei Bewerbungen"]
    assert told(first, RowChange("contact", 7, first.after, CONTACT)) == []


def test_a_history_that_was_written_anew_is_told_by_its_difference():
    before = [fact(1, "markt", until="2026-10-31"), fact(2, "foerder", "2026-11-01")]
    after = [fact(3, "markt", until="2026-10-31"), fact(4, "entwicklung", "2026-11-01")]

    changes = [RowChange("fact", row["id"], row, None) for row in before]
    changes += [RowChange("fact", row["id"], None, row) for row in after]

    assert told(*changes) == ["Profillage: Förderprofil → Entwicklungsprofil"]


def test_two_equal_rows_that_go_are_told_twice():
    gone = [RowChange("contact", number, {**CONTACT, "id": number}, None) for number in (1, 2)]

    assert told(*gone) == ["Kontakt 12.04.2026 entfernt"] * 2


def test_a_health_fact_is_yes_or_no():
    row = fact(1, True, "2026-01-01", name="schwer_gesundheitlich")

    assert told(RowChange("fact", 1, None, row)) == [
        "schwere gesundheitliche Einschränkung neu: ja, gilt ab 01.01.2026"
    ]


def test_ids_are_told_by_name():
    names = Names(appointments={3: datetime(2026, 11, 23, 9)}, policies={"ue2019": "Uelzen"})
    setting = {"id": 1, "key": "policies", "value": '["mg2012"]'}

    assert told(changed("contact", CONTACT, appointment_id=3), names=names) == [
        "Kontakt 12.04.2026: zum Termin Mo 23.11.2026, 09:00"
    ]
    assert told(changed("setting", setting, value='["ue2019"]'), names=names) == [
        "Konzept: mg2012 → Uelzen"
    ]


def test_a_setting_of_several_parts_is_told_by_those_that_changed():
    hours = {"step": 30, "weeks": [{"mo": ["08:00-12:00"], "di": []}], "closed": []}
    other = {**hours, "weeks": [{"mo": ["09:00-12:00"], "di": []}]}
    row = {"id": 1, "key": "hours", "value": json.dumps(hours)}

    assert told(changed("setting", row, value=json.dumps(other))) == [
        "Arbeitszeit: Wochen Mo: 08:00-12:00 → Mo: 09:00-12:00"
    ]


@pytest.mark.parametrize(
    ("key", "before", "after", "said"),
    [
        ("reminder", None, 15, "Erinnerung im Kalender: keine → 15 Minuten vorher"),
        ("privacy", "initials", "full", "Initialen und eigenes Kürzel → voller Name"),
        ("keep_letters", False, True, "Briefe als PDF aufbewahren: nein → ja"),
        ("prolonged", {}, {"x": "2026-12-31"}, "Verlängerte Konzepte: x bis 31.12.2026"),
        ("rooms", [], ["2.14", "2.15"], "Weitere Räume: 2.14, 2.15"),
        ("text_reviews", {}, {"t": ["d", "Kim", "2026-11-20"]}, "t: Kim, 20.11.2026"),
        ("history_months", 24, None, "24 Monate → solange die Person gespeichert ist"),
    ],
)
def test_settings_are_told_in_words(key, before, after, said):
    row = {"id": 1, "key": key, "value": json.dumps(before)}

    assert said in told(changed("setting", row, value=json.dumps(after)))[0]


def test_only_technical_changes_are_not_left_out():
    (item,) = items([changed("appointment", APPOINTMENT, sequence=2)], Names())

    assert item.values == ()
    assert item.kind is ItemKind.CHANGED
    assert item.german() == "Termin Mo 23.11.2026, 09:00 (nur technische Angaben)"


def test_what_nobody_named_is_shown_as_it_is():
    row = {"id": 1, "some_day": "2026-11-20", "parts": '{"a": [1, 2]}', "strange": "2026-99-99"}

    assert told(RowChange("unknown", 1, None, row)) == [
        "unknown neu: id 1, some day 20.11.2026, parts a: 1, 2, strange 2026-99-99"
    ]
    (item,) = items([changed("client", {"id": 1, "new": None}, new="x")], Names())
    assert item.values == (ValueChange("new", "", "x"),)


def test_what_a_client_writes_is_never_taken_for_json():
    assert told(changed("contact", CONTACT, goal="{offen}")) == ["Kontakt 12.04.2026: Ziel {offen}"]
    assert told(changed("contact", CONTACT, goal="[2026-01-01]")) == [
        "Kontakt 12.04.2026: Ziel [2026-01-01]"
    ]
