"""A plan in the terminal: read, as JSON, and taken."""


def add(kkd, number, profile):
    kkd(
        *("clients", "add", "--number", number, "--last-name", "Beispiel", "--first-name", "Kim"),
        *("--birth-date", "05.05.1988", "--profile", profile, "--status", "arbeitslos"),
        *("--registered", "01.09.2026"),
    )


def test_a_plan_names_day_reason_and_how_good_it_is(office):
    answer = office("plan", "--weeks", "4")

    assert answer.code == 0
    number = "1 Termin, davon 1 später als vorgegeben"
    assert f"Plan Fr 27.11.2026 bis Do 24.12.2026: {number}" in answer.out
    assert "Platz ist für" not in answer.out
    assert "123A400017  Beispiel, Amina  persönlich, 45 min" in answer.out
    assert "die Vorgabe war Mi 11.11.2026; so bald wie möglich" in answer.out
    assert "Das ist nachweislich der beste Plan." in answer.out
    assert "der Eingeladenen; von diesen Terminen voraussichtlich" in answer.out


def test_a_plan_is_stored_only_when_it_is_taken(office):
    office("plan", "--weeks", "4")
    assert not office("appointments", "list", "--json").json

    said = office("plan", "--weeks", "4", "--apply").out

    assert "Plan angenommen (1 Termin)." in said
    assert "Fr 27.11.2026, 08:00" in office("appointments", "list").out


def test_the_plan_as_json_tells_bound_weeks_and_reasons(office):
    found = office("plan", "--weeks", "4", "--no-show-rate", "--json").json

    assert [each["start"] for each in found["talks"]] == ["2026-11-27T08:00"]
    assert found["talks"][0]["percent"] == 100
    assert found["show_rate"] is None
    assert found["gap"] == 0
    assert found["bound"] <= found["weight"]
    assert len(found["weeks"]) == 5


def test_an_empty_caseload_has_an_empty_plan(kkd):
    kkd("init")

    answer = kkd("plan", "--weeks", "2", "--apply")

    assert (answer.code, "0 Termine" in answer.out) == (0, True)


def test_weeks_out_of_reach_are_one_sentence(office):
    answer = office("plan", "--weeks", "27")

    assert (answer.code, answer.err.split(". ")[0]) == (
        2,
        "--weeks: hier wird eine ganze Zahl von 1 bis 26 erwartet",
    )


def test_a_plan_is_made_only_for_whom_a_search_finds(office):
    add(office, "123A400027", "foerder")

    found = office("plan", "--weeks", "4", "--search", "profil:foerder", "--json").json

    assert {each["number"] for each in found["talks"]} == {"123A400027"}
    assert not found["not_asked"]
    assert {each["number"] for each in found["late_anyway"]} == {"123A400027"}
    said = office("plan", "--weeks", "4", "--search", "profil:foerder").out
    assert said.startswith("Geplant nur für 1 Person.")


def test_a_plan_is_made_only_for_who_is_named(office):
    add(office, "123A400027", "foerder")
    add(office, "123A400028", "markt")

    named = ("--client", "123A400017", "--client", "123A400027")
    found = office("plan", "--weeks", "4", *named, "--json").json

    assert {each["number"] for each in found["talks"]} == {"123A400017", "123A400027"}


def test_nobody_found_is_a_plan_for_nobody(office):
    answer = office("plan", "--weeks", "4", "--search", "profil:z", "--apply")

    assert (answer.code, "Geplant nur für 0 Personen." in answer.out) == (0, True)
    assert not office("appointments", "list", "--json").json


def test_a_search_and_names_at_once_are_refused(office):
    answer = office("plan", "--search", "profil:z", "--client", "123A400017")

    assert (answer.code, answer.err.strip()) == (2, "Bitte entweder --search oder --client.")
