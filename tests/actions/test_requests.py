from datetime import date, time
from fractions import Fraction

import pytest

from kkd_desktop.actions import requests
from kkd_desktop.domain.client import Deviation, Subject
from kkd_desktop.domain.contact import Contact, ContactForm, ContactKind, ContactNotes, NoteType
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.facts import Period

TODAY = date(2019, 3, 1)


def subject(**given):
    return requests.subject(given, TODAY)


def contact(**given):
    return requests.contacts([{"date": "2019-01-10", **given}])[0]


def test_a_client_without_keys_is_unknown_throughout():
    assert subject() == Subject()


def test_null_is_the_same_as_not_given():
    keys = ("birth_date", "registered", "einv_start", "einv_end", "planned_next", "exception")

    given = subject(**dict.fromkeys(keys), flags=None, profile=None, status=None)

    assert given.facts.at("profile", TODAY) is None
    assert (given.birth_date, given.deviation, given.planned_next) == (None, None, None)


def test_dates_and_facts_of_a_client():
    given = subject(
        profile="markt",
        status="arbeitslos",
        org="vermittlung",
        birth_date="1980-01-01",
        registered="2019-01-02",
        einv_start="2019-01-03",
        einv_end="2019-07-02",
        planned_next="2019-04-01",
        stufe="B",
        flags={"massnahme": True},
    )

    assert given.birth_date == date(1980, 1, 1)
    assert (given.registered, given.planned_next) == (date(2019, 1, 2), date(2019, 4, 1))
    assert (given.einv_start, given.einv_end) == (date(2019, 1, 3), date(2019, 7, 2))
    assert [given.facts.at(name, TODAY) for name in ("profile", "status", "org", "stufe")] == [
        "markt",
        "arbeitslos",
        "vermittlung",
        "B",
    ]
    assert given.facts.at("massnahme", TODAY) is True


@pytest.mark.parametrize("value", [None, "", "none", "keine"])
def test_no_profile_can_be_said_in_several_ways(value):
    assert subject(profile=value).facts.at("profile", TODAY) is None


def test_any_fact_may_carry_its_history():
    given = subject(
        profile=[{"value": "Z", "until": "2017-05-31"}, {"value": "foerder", "from": "2017-06-01"}]
    )

    assert given.facts.at("profile", date(2017, 5, 31)) == "Z"
    assert given.facts.at("profile", date(2017, 6, 1)) == "foerder"


def test_a_date_of_the_case_may_carry_its_history_too():
    given = subject(
        einv_start=[
            {"value": "2018-07-01", "until": "2018-12-31"},
            {"value": "2019-01-01", "from": "2019-01-01"},
        ]
    )

    assert given.einv_start == date(2019, 1, 1)


@pytest.mark.parametrize(
    ("raw", "period"),
    [
        (True, Period(True)),
        (False, Period(False)),
        ({"from": "2019-01-01"}, Period(True, date(2019, 1, 1))),
        ({"until": "2019-01-31", "value": False}, Period(False, None, date(2019, 1, 31))),
        (
            [{"value": True, "from": "2019-01-01", "until": "2019-01-31"}],
            Period(True, date(2019, 1, 1), date(2019, 1, 31)),
        ),
    ],
)
def test_a_flag_is_a_value_a_span_or_a_history(raw, period):
    given = subject(flags={"sv_beschaeftigt": raw})

    assert given.facts.timeline("sv_beschaeftigt").periods == (period,)


def test_an_exception_has_a_reason_an_end_and_perhaps_a_beginning():
    given = subject(exception={"reason": " Reha ", "until": "2019-06-03", "from": "2019-04-01"})

    assert given.deviation == Deviation("Reha", date(2019, 6, 3), since=date(2019, 4, 1))


@pytest.mark.parametrize("given", [{}, {"form": None, "attended": None, "first": None}])
def test_a_contact_that_says_only_its_day_is_an_ordinary_talk(given):
    assert contact(**given) == Contact(date(2019, 1, 10), ContactKind(), notes=ContactNotes())


def test_everything_a_contact_can_say():
    given = contact(
        date="2019-01-10T09:30",
        form="telefonisch",
        note_type="standortbestimmung",
        attended=False,
        qualified=False,
        first=True,
        phone_reason="krank",
        content="Bewerbungen",
        goal="",
        means=None,
    )

    assert given == Contact(
        date(2019, 1, 10),
        ContactKind(
            ContactForm.TELEFONISCH,
            NoteType.STANDORTBESTIMMUNG,
            attended=False,
            qualified=False,
            first=True,
            phone_reason=True,
        ),
        time(9, 30),
        ContactNotes("Bewerbungen", "", None),
    )


@pytest.mark.parametrize(
    ("reason", "expected"), [("krank", True), ("  ", False), ("", False), (True, True)]
)
def test_a_reason_for_telephoning_has_to_say_something(reason, expected):
    assert contact(phone_reason=reason).kind.phone_reason is expected


def test_no_contacts_are_an_empty_list():
    assert requests.contacts(None) == requests.contacts([]) == []


def test_numbers_stay_exact():
    assert requests.number(23.1, "x") == Fraction("23.1")
    assert requests.number(39, "x") == 39


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"profile": "Marktprofil"}, "client.profile"),
        ({"profile": {"value": "markt"}}, "client.profile"),
        ({"profile": [{"from": "2019-01-01"}]}, "client.profile[0].value"),
        ({"profile": [{"value": "x"}]}, "client.profile[0]"),
        ({"profile": ["markt"]}, "client.profile[0]"),
        ({"status": "arbeitslose"}, "client.status"),
        ({"status": [{"value": "arbeitslos", "from": "gestern"}]}, "client.status[0].from"),
        (
            {"status": [{"value": "arbeitslos", "from": "2019-02-01", "until": "2019-01-01"}]},
            "client.status[0].until",
        ),
        ({"birth_date": "01.01.1980"}, "client.birth_date"),
        ({"birth_date": "1980-02-30"}, "client.birth_date"),
        ({"birth_date": "2019-03-02"}, "client.birth_date"),
        ({"birth_date": "0980-01-01"}, "client.birth_date"),
        ({"birth_date": 1980}, "client.birth_date"),
        ({"registered": "2019-1-2"}, "client.registered"),
        ({"registered": "2200-01-01"}, "client.registered"),
        ({"einv_start": "x"}, "client.einv_start"),
        ({"einv_start": [{"value": "x"}]}, "client.einv_start[0]"),
        ({"einv_start": "2019-02-01", "einv_end": "2019-01-31"}, "client.einv_end"),
        ({"planned_next": True}, "client.planned_next"),
        ({"flags": []}, "client.flags"),
        ({"flags": {"massnahme": "ja"}}, "client.flags.massnahme"),
        ({"flags": {"massnahme": 1}}, "client.flags.massnahme"),
        ({"flags": {"massnahme": {"from": "x"}}}, "client.flags.massnahme.from"),
        ({"flags": {"massnahme": {"value": "ja"}}}, "client.flags.massnahme.value"),
        ({"exception": "Reha"}, "client.exception"),
        ({"exception": {"until": "2019-06-03"}}, "client.exception.reason"),
        ({"exception": {"reason": " ", "until": "2019-06-03"}}, "client.exception.reason"),
        ({"exception": {"reason": "Reha"}}, "client.exception.until"),
        ({"exception": {"reason": "Reha", "until": "Juni"}}, "client.exception.until"),
        ({"stufe": {"a": 1}}, "client.stufe"),
        ({"stufe": float("inf")}, "client.stufe"),
    ],
)
def test_an_unusable_client_names_its_key(given, key):
    with pytest.raises(UserError) as fault:
        subject(**given)

    assert str(fault.value).startswith(key)
    assert str(fault.value).endswith(".")


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"date": "10.01.2019"}, "date"),
        ({"date": None}, "date"),
        ({"date": "2019-01-10T25:00"}, "date"),
        ({"date": "2019-01-10T09:00+01:00"}, "date"),
        ({"date": "1899-12-31"}, "date"),
        ({"date": "2200-01-01T09:00"}, "date"),
        ({"form": "persönlich"}, "form"),
        ({"form": []}, "form"),
        ({"note_type": "vermerk"}, "note_type"),
        ({"attended": "ja"}, "attended"),
        ({"qualified": 1}, "qualified"),
        ({"first": "x"}, "first"),
        ({"phone_reason": 7}, "phone_reason"),
        ({"content": 7}, "content"),
    ],
)
def test_an_unusable_contact_names_its_place_and_key(given, key):
    with pytest.raises(UserError) as fault:
        requests.contacts([{"date": "2019-01-10"}, {"date": "2019-01-10", **given}])

    assert str(fault.value).startswith(f"contacts[1].{key}: ")


@pytest.mark.parametrize("value", ["2019-01-10", {}, {"date": "2019-01-10"}, 5])
def test_contacts_are_a_list_of_objects(value):
    with pytest.raises(UserError, match=r"^contacts"):
        requests.contacts(value)
    with pytest.raises(UserError, match=r"^contacts\[0\]"):
        requests.contacts(["2019-01-10"])


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [("frm", "form"), ("atended", "attended"), ("note_typ", "note_type"), ("Form", "form")],
)
def test_a_misspelt_key_of_a_contact_is_refused_with_the_one_meant(wrong, meant):
    with pytest.raises(UserError, match=rf"^contacts\[0\]\.{wrong}: .*gemeint ist wohl „{meant}“"):
        contact(**{wrong: "telefonisch"})


def test_other_programs_may_add_keys_of_their_own():
    own = {"id": 7, "from": "Outlook", "data": {}, "room": "2.14", "x_source": "fachverfahren"}

    assert contact(**own) == contact()


def test_a_key_that_is_like_a_given_one_is_no_slip():
    assert contact(attended=False, attendee="Amina Beispiel") == contact(attended=False)
