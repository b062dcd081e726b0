"""Does the reader turn obligations, classes, facts, events and steps into the domain's values?"""

import tomllib
from pathlib import Path

import pytest

from kkd_desktop import paths
from kkd_desktop.domain.policy import (
    Between,
    Bounds,
    CountInPeriod,
    Deadline,
    DeviationEffect,
    During,
    Event,
    EventKind,
    ExceptionKind,
    FactDeclaration,
    FactKind,
    Step,
    Steps,
    Test,
    When,
    Within,
)
from kkd_desktop.domain.spans import Span, Unit
from kkd_desktop.policyfiles.conditions import when_of
from kkd_desktop.policyfiles.events import event_of
from kkd_desktop.policyfiles.reader import policy_of, read_policy
from kkd_desktop.policyfiles.vocabulary import declared

FOLDER = Path(__file__).parents[1] / "cases" / "policies"
BENEFIT = Event(EventKind.DATE, "Leistungsbeginn", "leistungsbeginn")


def read(name):
    return read_policy(FOLDER / f"musterstadt_{name}.toml")


def test_obligations_and_classes_are_read_with_their_labels():
    policy = read("formen")

    assert policy.obligations == {
        "telefon": "Telefonkontakt",
        "persoenlich": "Persönliches Gespräch",
    }
    assert policy.classes["telefonat"] == "Telefonat"
    assert [clause.contact_class for clause in policy.counting] == ["", "telefonat", "gespraech"]
    assert policy.rule("telefon").obligation == "telefon"
    assert policy.rule("telefon").counts == {"telefonat", "gespraech"}
    assert policy.rule("pflege").obligation == ""


def test_exceptions_are_read_with_their_ends():
    elternzeit, massnahme = read("formen").exceptions

    assert elternzeit == ExceptionKind(
        "elternzeit",
        "Elternzeit",
        DeviationEffect.SUSPENDS,
        elternzeit.citation,
        longest=Span(12, Unit.MONTHS),
    )
    assert massnahme.ends == Event(EventKind.ENDED, "Ende: Maßnahme", "massnahme")
    assert massnahme.longest is None


def test_steps_are_read_in_their_order():
    assert read("folge").rule("folge").demand == Steps(
        (
            Step(0, Within(Span(2, Unit.WEEKS)), frozenset({"beratung"})),
            Step(1, Between(Span(2, Unit.MONTHS), Span(3, Unit.MONTHS)), frozenset({"beratung"})),
            Step(2, Within(Span(1, Unit.MONTHS))),
            Step(3, Between(Span(2, Unit.MONTHS), Span(3, Unit.MONTHS)), frozenset({"beratung"})),
        )
    )


def test_a_count_may_have_a_period_and_an_anchor_of_its_own():
    begun = Event(EventKind.BEGAN, "Beginn: Sprachkurs", "sprachkurs")

    assert read("folge").rule("kurs").demand == CountInPeriod(1, Span(6, Unit.WEEKS), None, begun)
    assert read("folge").rule("kurs").anchor is None


def test_a_rolling_period_has_no_anchor():
    assert read("stufen").rule("stufe_c").demand == CountInPeriod(2, Span(12, Unit.MONTHS))


def test_without_an_anchor_the_period_begins_with_the_einv():
    policy = read_policy(paths.policies() / "ba2010.toml", trusted=True)

    assert policy.rule("aktivierung").demand.anchor == Event(
        EventKind.DATE, "Beginn der Eingliederungsvereinbarung/des Kooperationsplans", "einv_start"
    )


@pytest.mark.parametrize(
    ("said", "span"),
    [
        ("weeks = 26", Span(26, Unit.WEEKS)),
        ("days = 90", Span(90, Unit.DAYS)),
        ("months = 6", Span(6, Unit.MONTHS)),
    ],
)
def test_the_period_of_a_file_has_any_calendar_unit(minimal, said, span):
    policy = policy_of(tomllib.loads(minimal.replace("[period]\nmonths = 6", f"[period]\n{said}")))

    assert policy.rule("foerder").demand.period == span
    assert policy.rule("foerder").demand.period_citation.quote == "im Halbjahr"


def test_deadlines_stretches_and_anchors_run_from_events():
    policy = read("stufen")

    assert policy.rule("versaeumt").demand == Deadline(
        Event(EventKind.MISSED, "letzter versäumter Termin"), Span(2, Unit.WEEKS)
    )
    assert policy.rule("erstes_jahr").anchor == BENEFIT
    assert policy.rule("erstes_jahr").during == During(BENEFIT, ends=Span(12, Unit.MONTHS))
    assert policy.rule("stufe_a").anchor == Event(
        EventKind.BEGAN, "Beginn: Betreuungsstufe Stufe A", "stufe", "a"
    )


def test_declared_facts_are_read_with_kind_and_label():
    assert read("stufen").facts == (
        FactDeclaration(
            "stufe",
            "Betreuungsstufe",
            FactKind.CHOICE,
            {"a": "Stufe A", "b": "Stufe B", "c": "Stufe C"},
        ),
        FactDeclaration("leistungsbeginn", "Leistungsbeginn", FactKind.DATE),
        FactDeclaration("entfernung_km", "Entfernung in km", FactKind.NUMBER),
        FactDeclaration("leistungsminderung", "Leistungsminderung festgestellt", FactKind.FLAG),
        FactDeclaration("ort", "Ortsteil"),
    )


def test_limits_become_bounds():
    assert when_of({"km": {"over": 30, "at_most": 80.5}}) == When(
        (Test("km", None, bounds=Bounds(over=30, at_most=80.5)),)
    )


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("registered", "Anmeldung"),
        ("einv_end", "Ende der Eingliederungsvereinbarung/des Kooperationsplans"),
        ({"ended": "massnahme"}, "Ende: Maßnahme"),
        ({"began": "sv_beschaeftigt"}, "Beginn: sozialversicherungspflichtige Beschäftigung"),
        ({"began": "schwer_gesundheitlich"}, "Beginn: schwere gesundheitliche Einschränkung"),
        ({"ended": "profile", "value": "Z"}, "Ende: Profillage Z"),
        ({"began": "status", "value": "arbeitslos"}, "Beginn: Status arbeitslos"),
        ({"began": "ort", "value": "Nord"}, "Beginn: Ortsteil Nord"),
        ({"began": "kur"}, "Beginn: Kur"),
        ({"missed": True}, "letzter versäumter Termin"),
    ],
)
def test_an_event_has_a_german_name(said, label):
    facts = declared({"ort": "Ortsteil", "kur": {"label": "Kur", "type": "flag"}})

    assert event_of(said, facts).label == label
