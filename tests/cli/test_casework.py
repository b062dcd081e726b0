"""A caseworker's day in the terminal: people, talks, what is due, appointments."""

import pytest


def test_an_overdue_client_is_listed_with_the_distance(office):
    answer = office("due")

    assert answer.code == 0
    assert "Überfällig (1)" in answer.out
    assert "9 Tage über der Vorgabe" in answer.out


def test_the_list_counts_who_is_not_in_it(office):
    office("contacts", "add", "--client", "K17", "--date", "19.11.2026")

    answer = office("due", "--json").json

    assert (answer["listed"], answer["not_listed"]) == (0, 1)


def test_days_limits_the_list_to_what_ends_soon(office):
    office("contacts", "add", "--client", "K17", "--date", "19.11.2026")

    assert office("due", "--days", "40", "--json").json["listed"] == 0
    assert office("due", "--days", "41", "--json").json["listed"] == 1


@pytest.mark.parametrize(
    ("policy", "said"), [("mg2012", "zählt nicht, weil "), ("ffm2017", "zählt, weil ")]
)
def test_the_same_note_counts_under_one_policy_and_not_under_another(kkd, policy, said):
    kkd("init", "--policy", policy)
    kkd("clients", "add", "--last-name", "Beispiel", "--code", "K1", "--profile", "markt")

    answer = kkd("contacts", "add", "--client", "K1", "--form", "telefonisch")

    assert answer.out.startswith(f"Kontakt erfasst: {said}")


def test_a_suggestion_names_rule_and_quote(office):
    answer = office("suggest", "--client", "123A400017")

    assert answer.code == 0
    assert "„Marktprofil Alle 6 Wochen“" in answer.out
    assert "Vorschlag: Fr 27.11.2026, 08:00" in answer.out


def test_a_profile_change_keeps_the_history(office):
    office("clients", "set", "--client", "K17", "--profile", "foerder", "--since", "2026-11-01")

    shown = office("clients", "show", "--client", "K17", "--json").json

    assert shown["client"]["facts"]["profile"] == "foerder"
    assert shown["outcome"]["rule"] == "foerder"
    assert shown["outcome"]["latest"] == "2026-12-30"


def test_an_exception_needs_an_end(office):
    answer = office("clients", "set", "--client", "K17", "--exception-reason", "Gutachten")

    assert answer.code == 2
    assert "--exception-until" in answer.err


def test_an_exception_suspends_the_duty(office):
    office(
        *("clients", "set", "--client", "K17", "--exception-reason", "Gutachten"),
        *("--exception-until", "2026-12-15"),
    )

    outcome = office("clients", "show", "--client", "K17", "--json").json["outcome"]

    assert (outcome["state"], outcome["latest"]) == ("suspended", "2026-12-15")


def test_an_appointment_goes_through_its_life(office):
    booked = office(
        "appointments", "add", "--client", "K17", "--at", "2026-11-23T09:00", "--json"
    ).json
    moved = office(
        *("appointments", "move", "--id", str(booked["id"]), "--at", "2026-11-20T09:00"),
        *("--room", "Saal", "--json"),
    ).json
    office("appointments", "outcome", "--id", "1", "attended", "--note-type", "beratungsvermerk")

    shown = office("clients", "show", "--client", "K17", "--json").json
    assert moved["uid"] == booked["uid"]
    assert (moved["sequence"], moved["room"]) == (1, "Saal")
    assert shown["outcome"]["last"] == "2026-11-20"
    assert shown["outcome"]["state"] == "ok"


def test_an_appointment_has_the_usual_length_of_its_form_unless_others_are_given(office):
    usual = office("appointments", "add", "--client", "K17", "--at", "2026-11-23T09:00", "--json")
    given = office(
        *("appointments", "add", "--client", "K17", "--at", "2026-11-24T09:00"),
        *("--minutes", "60", "--preparation", "15"),
    )

    assert (usual.json["minutes"], usual.json["preparation"]) == (45, 0)
    assert "60 min (45 + 15)" in given.out


def test_a_missed_appointment_leaves_no_contact(office):
    office("appointments", "add", "--client", "K17", "--at", "2026-11-20T09:00")
    office("appointments", "outcome", "--id", "1", "missed")

    assert len(office("contacts", "list", "--client", "K17", "--json").json) == 1


def test_deleting_asks_first_and_then_leaves_nothing(office):
    assert office("clients", "delete", "--client", "K17", "--yes").code == 0

    assert office("clients", "list", "--json").json == []


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("clients", "add", "--number", "5"), "Nachname"),
        (("clients", "add", "--last-name", "B", "--number", "123A400017"), "Kundennummer"),
        (("clients", "add", "--last-name", "B", "--profile", "foo"), "--profile"),
        (("clients", "add", "--last-name", "B", "--flag", "x=vielleicht"), "--flag"),
        (("clients", "show", "--client", "K99"), "K99"),
        (("contacts", "add", "--client", "K17", "--date", "30.12.2026"), "30.12.2026"),
        (("contacts", "add", "--client", "K17", "--date", "gestern"), "--date"),
        (("contacts", "add", "--client", "K17", "--form", "brieftaube"), "--form"),
        (("contacts", "add", "--client", "K17", "--time", "25:00"), "--time"),
        (("appointments", "add", "--client", "K17", "--at", "2026-11-28T09:00"), "Sa 28.11.2026"),
        (("appointments", "add", "--client", "K17", "--at", "2027-03-28T02:30"), "28.03.2027"),
        (("appointments", "add", "--client", "K17", "--at", "morgen"), "--at"),
        (("appointments", "add", "--client", "K17", "--at", "2026-12-24"), "THH:MM"),
        (
            ("appointments", "add", "--client", "K17", "--at", "2206-12-24T09:00"),
            "--at: 24.12.2206",
        ),
        (("suggest",), "--client"),
    ],
)
def test_unusable_input_names_what_to_mend_and_stores_nothing(office, arguments, named):
    before = office("clients", "show", "--client", "K17", "--json").json

    answer = office(*arguments)

    assert answer.code == 2
    assert named in answer.err
    assert len(answer.err.splitlines()) == 1
    assert office("clients", "show", "--client", "K17", "--json").json == before


def test_two_talks_at_one_time_are_refused(office):
    office("appointments", "add", "--client", "K17", "--at", "2026-11-27T09:00")

    answer = office("appointments", "add", "--client", "K17", "--at", "2026-11-27T09:30")

    assert answer.code == 2
    assert "Um 09:00 ist schon ein anderer Termin" in answer.err


def test_an_addition_to_the_address_is_given_shown_and_kept(office):
    office("clients", "set", "--client", "K17", "--street", "Weg 1", "--city", "Musterstadt")
    office("clients", "set", "--client", "K17", "--address-addition", "c/o Muster; Hinterhaus")
    office("clients", "set", "--client", "K17", "--postcode", "12345")

    shown = office("clients", "show", "--client", "K17")
    plain = office("clients", "show", "--client", "K17", "--json").json["client"]

    assert "c/o Muster\nHinterhaus\nWeg 1\n12345 Musterstadt\n" in shown.out
    assert plain["address_addition"] == "c/o Muster; Hinterhaus"


def test_a_wish_is_set_shown_and_taken_back(office):
    answer = office(
        "clients", "set", "--client", "K17", "--wish", "nur Di und Do, ab 10 Uhr, bis 31.12.2026"
    )
    assert answer.code == 0
    facts = office("clients", "show", "--client", "K17", "--json").json["client"]["facts"]
    assert facts["wunsch"] == "Di, Do, nicht vor 10:00"
    assert "wie gewünscht Di, Do, nicht vor 10:00" in office("suggest", "--client", "K17").out

    office("clients", "set", "--client", "K17", "--wish", "none")
    assert "gewünscht" not in office("suggest", "--client", "K17").out


def test_an_absence_is_set_kept_by_proposals_and_taken_back(office):
    before = office("suggest", "--client", "K17").out
    answer = office(
        *("clients", "set", "--client", "K17", "--absent", "urlaub", "21.11.2026", "08.01.2027")
    )
    assert answer.code == 0
    assert "Mo 11.01.2027" in office("suggest", "--client", "K17").out
    assert "Mo 11.01.2027" not in before

    office("clients", "set", "--client", "K17", "--not-absent")

    assert office("suggest", "--client", "K17").out == before


def test_a_wish_that_cannot_be_read_is_refused(office):
    answer = office("clients", "set", "--client", "K17", "--wish", "gern morgens")

    assert answer.code == 2
    assert "Terminwunsch: „gern“ ist nicht zu verstehen" in answer.err


def test_every_runner_up_says_why_it_is_not_the_first(office):
    lines = office("suggest", "--client", "K17").out.splitlines()
    others = [line for line in lines if line.startswith("oder ")]

    assert len(others) == 5
    assert all(" – " in line for line in others)
    assert office("suggest", "--client", "K17", "--json").json["together"] == []


def test_a_talk_with_somebody_else_is_booked_for_both_or_nobody(office):
    office("clients", "add", "--last-name", "Zweit", "--code", "K18", "--profile", "markt")
    at = ("--client", "K17", "--at", "2026-12-01T09:00")

    both = office("appointments", "add", *at, "--with", "K18", "--after", "K18")
    assert both.code == 2
    one, other = office("appointments", "add", *at, "--with", "K18", "--json").json

    # The other's first talk is the longer one: 45 and 15, and the addition.
    assert one["minutes"] == other["minutes"] == 75
    assert one["joint"] == other["joint"] != ""
    assert office("appointments", "list").out.count("gemeinsam") == 2
    later = office("appointments", "move", "--id", str(one["id"]), "--at", "2026-12-01T13:00")
    assert later.code == 0
    assert office("appointments", "list").out.count("01.12.2026, 13:00") == 2


def test_a_talk_right_after_another_has_its_own_length(office):
    office("clients", "add", "--last-name", "Zweit", "--code", "K18", "--profile", "markt")

    one, other = office(
        *("appointments", "add", "--client", "K17", "--at", "2026-12-01T09:00"),
        *("--after", "K18", "--json"),
    ).json

    assert other["start"] == "2026-12-01T09:45"
    assert (one["minutes"], other["minutes"]) == (45, 60)
    assert one["joint"] == other["joint"] == ""


@pytest.mark.parametrize(
    ("at", "said"), [("2027-03-28T02:30", "gibt es nicht"), ("2027-10-31T02:30", "gibt es zweimal")]
)
def test_an_hour_of_the_nights_when_clocks_change_is_refused(office, at, said):
    booked = office(
        "appointments", "add", "--client", "K17", "--at", "2026-12-01T09:00", "--json"
    ).json

    added = office("appointments", "add", "--client", "K17", "--at", at)
    moved = office("appointments", "move", "--id", str(booked["id"]), "--at", at)

    day = "2026-03-29" if "2027-03" in at else "2025-10-26"
    logged = office("contacts", "add", "--client", "K17", "--date", day, "--time", "02:30")
    for answer in (added, moved, logged):
        assert answer.code == 2
        assert said in answer.err


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("appointments", "cancel", "--id", "9"), "--id: Termin 9 gibt es nicht."),
        (
            ("appointments", "move", "--id", "9", "--at", "2026-12-01T09:00"),
            "--id: Termin 9 gibt es nicht.",
        ),
        (("appointments", "outcome", "missed", "--id", "9"), "--id: Termin 9 gibt es nicht."),
        (("letters", "record", "post", "--id", "9"), "--id: Brief 9 gibt es nicht."),
        (("letters", "reprint", "--id", "9", "-o", "a.pdf"), "--id: Brief 9 gibt es nicht."),
        (
            ("letters", "labels", "--appointment", "9", "-o", "a.pdf"),
            "--appointment: Termin 9 gibt es nicht.",
        ),
        (("busy", "remove", "--id", "9"), "--id: Kalender 9 gibt es nicht."),
    ],
)
def test_a_number_that_nothing_has_is_named_with_its_option(office, command, said):
    answer = office(*command)

    assert (answer.code, answer.err.strip()) == (2, said)
