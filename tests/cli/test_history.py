"""`kkd history`: the Verlauf in a terminal."""

import json


def lines(answer):
    assert answer.code == 0, answer.err
    return [line for line in answer.out.splitlines() if not line.startswith("    ")]


def test_it_tells_what_changed_latest_first(office):
    office("settings", "show")
    office("contacts", "add", "--client", "K17", "--date", "02.11.2026", "--form", "telefonisch")

    said = office("history", "--client", "K17")

    heads = [line.split(" · ")[1] for line in lines(said)]
    assert heads == [
        "Kontakt 02.11.2026 erfasst",
        "Kontakt 30.09.2026 erfasst",
        "Person aufgenommen",
    ]
    assert "    Kontakt 02.11.2026 neu: Form telefonisch, Vermerk Beratungsvermerk" in said.out
    assert "    Profillage neu: Marktprofil" in said.out


def test_the_whole_caseload_names_the_people(office):
    assert all(line.endswith(" · Beispiel, Amina") for line in lines(office("history")))


def test_it_is_narrowed_by_text_day_and_number(office):
    assert len(lines(office("history", "--search", "amina marktprofil"))) == 1
    assert lines(office("history", "--until", "01.01.2020")) == []
    assert len(lines(office("history", "--from", "01.01.2020"))) == 2
    assert len(lines(office("history", "--limit", "1"))) == 1


def test_a_period_that_ends_before_it_begins_is_refused(office):
    answer = office("history", "--from", "2026-11-20", "--until", "2026-11-19")

    assert (answer.code, answer.err) == (2, "--until: 19.11.2026 liegt vor 20.11.2026.\n")


def test_a_calendar_file_is_one_step_and_calls_nothing_off(office, tmp_path):
    agreed = ("--at", "2026-12-01T09:00", "--minutes", "60", "--preparation", "15")
    assert office("appointments", "add", "--client", "K17", *agreed).code == 0

    assert office("ics", "-o", str(tmp_path / "a.ics")).code == 0

    told = lines(office("history", "--limit", "2"))
    assert told[1].split(" · ")[1].startswith("Termin")
    said = office("history", "--limit", "1").out
    assert "ausgegeben als Kalenderdatei, Stand vereinbart" in said
    assert "ausgegeben als Vor- und Nachbereitung, Stand kein eigener Eintrag" in said
    assert "abgesagt" not in said


def test_programs_get_every_value(office):
    steps = json.loads(office("history", "--limit", "1", "--json").out)

    (step,) = steps
    assert step["name"] == "Kontakt 30.09.2026 erfasst"
    assert step["is_undone"] is False
    assert {"label": "Form", "before": "", "after": "persönlich"} in step["items"][0]["values"]


def test_a_person_nobody_knows_is_said(office):
    answer = office("history", "--client", "K99")

    assert answer.code == 2
    assert "K99" in answer.err
