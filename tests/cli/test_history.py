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
