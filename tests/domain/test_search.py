"""Who fits: single cases, and everything against asking each client one by one."""

import unicodedata
from datetime import date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings

from kkd_desktop import paths
from kkd_desktop.domain.appointment import Appointment
from kkd_desktop.domain.client import Address, Client, Deviation, Subject
from kkd_desktop.domain.compiled_policy import CompiledPolicy
from kkd_desktop.domain.contact import Contact
from kkd_desktop.domain.evaluation import evaluate
from kkd_desktop.domain.facts import Facts, Timeline
from kkd_desktop.domain.outcome import State
from kkd_desktop.domain.policy import Validity
from kkd_desktop.domain.search import Searcher
from kkd_desktop.domain.search_fields import FieldKind, Vocabulary
from kkd_desktop.domain.search_parser import parse
from kkd_desktop.domain.search_query import (
    Comparison,
    Either,
    Every,
    Known,
    NearDay,
    Not,
    Word,
)
from kkd_desktop.domain.spans import Span, Unit, add_months
from kkd_desktop.domain.values import replace
from kkd_desktop.domain.workdays import WorkCalendar
from kkd_desktop.domain.worklist import Entry
from kkd_desktop.policyfiles.reader import read_policy
from tests.domain.test_search_parser import queries

TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)


def compiled(name):
    policy = read_policy(paths.policies() / f"{name}.toml", trusted=True)
    calendar = WorkCalendar("NW", lookup=lambda land, year: ())
    return CompiledPolicy(replace(policy, validity=Validity()), calendar)


SHARES, DAYS = compiled("ffm2017"), compiled("mk2015")


def person(number, name, met=None, *, policy=DAYS, talk=None, deviation=None, born=None, **facts):
    known = Facts({key: Timeline.always(value) for key, value in facts.items()})
    subject = Subject(born, registered=date(2024, 1, 2), facts=known, deviation=deviation)
    client = Client(
        number,
        f"123A{number:06}",
        name,
        "Kim",
        code=f"K{number}",
        bg_number=f"33302//{number % 7:07}",
        address=Address("Weg 1", "29525", ("Uelzen", "Lüchow", "")[number % 3]),
        subject=subject,
    )
    contacts = [] if met is None else [Contact(met)]
    start = talk and datetime(talk.year, talk.month, talk.day, 9)
    planned = start and Appointment(number, start, 45, f"u{number}", datetime(2026, 11, 1))
    return Entry(client, evaluate(subject, contacts, (policy,), TODAY), planned)


def found(line, *entries, policies=(SHARES.policy, DAYS.policy)):
    vocabulary = Vocabulary.of(policies)
    ready = Searcher(entries, vocabulary, TODAY)
    query = parse(line, vocabulary)
    names = [entry.client.last_name for entry in ready.search(query)]
    assert ready.count(query) == len(names) == sum(ready.fits(query))
    return names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("kein-kontakt>60t", ["Older", "Never"]),
        ("kein-kontakt>=60t", ["Just", "Older", "Never"]),
        ("kein-kontakt:60t", ["Just", "Older", "Never"]),
        ("kein-kontakt<60t", ["Newer"]),
        ("kein-kontakt<=60t", ["Newer", "Just"]),
        ("kontakt:60t", ["Newer", "Just"]),
        ("kontakt>60t", ["Older"]),
        ("seit:21.09.2026", ["Older", "Never"]),
        ("seit:22.09.2026", ["Just", "Older", "Never"]),
        ("kontakt:21.09.2026", ["Just"]),
        ("kontakt<21.09.2026", ["Older"]),
        ("kontakt:nie", ["Never"]),
        ("-kontakt>60t", ["Newer", "Just", "Never"]),
    ],
)
def test_how_long_nobody_was_met(line, names):
    ago = {"Newer": 59, "Just": 60, "Older": 61}
    people = [person(n, name, TODAY - days * DAY) for n, (name, days) in enumerate(ago.items())]

    assert found(line, *people, person(9, "Never")) == names


def test_months_are_calendar_months():
    people = [person(1, "Genau", date(2026, 8, 20)), person(2, "Vorher", date(2026, 8, 19))]

    assert found("kein-kontakt>3m", *people) == ["Vorher"]
    assert found("kein-kontakt:3m", *people) == ["Genau", "Vorher"]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("termin<14t", ["Heute", "Bald"]),
        ("termin:2w", ["Heute", "Bald", "Zwei"]),
        ("termin>14t", []),
        ("termin:heute", ["Heute"]),
        ("ohne:termin", ["Ohne"]),
        ("-mit:termin", ["Ohne"]),
        ("terminart:persönlich", ["Heute", "Bald", "Zwei"]),
        ("termin:04.12.2026", ["Zwei"]),
    ],
)
def test_the_next_appointment(line, names):
    ahead = {"Heute": 0, "Bald": 13, "Zwei": 14}
    people = [person(n, x, talk=TODAY + days * DAY) for n, (x, days) in enumerate(ahead.items())]

    assert found(line, *people, person(9, "Ohne")) == names


def test_without_a_rule_nobody_is_in_order():
    people = [
        person(1, "Frei", TODAY, profile="Z", status="arbeitslos"),
        person(2, "Gut", TODAY - DAY, profile="markt", status="arbeitslos"),
        person(3, "Spät", date(2026, 1, 2), profile="markt", status="arbeitslos"),
    ]
    assert people[0].outcome.state is State.NO_RULE

    assert found("zustand:in-ordnung", *people) == ["Gut"]
    assert found("zustand:keine-vorgabe", *people) == ["Frei"]
    assert found("zustand:überfällig", *people) == ["Spät"]
    assert found("zustand:fällig", *people) == ["Spät"]
    assert found("gruppe:ohne-vorgabe", *people) == ["Frei"]


def test_who_was_met_within_a_narrow_share_was_met_within_a_wider_one():
    met = {"Monat": 10, "Quartal": 80, "Lange": 900}
    people = [
        person(n, name, TODAY - d * DAY, policy=SHARES, status="arbeitslos", born=date(1980, 1, 1))
        for n, (name, d) in enumerate(met.items())
    ]
    other = person(9, "Anderer")

    assert found("quote:m1", *people, other) == ["Monat"]
    assert found("quote:m3", *people, other) == ["Monat", "Quartal"]
    assert found("quote:ue25.m3", *people, other) == ["Monat", "Quartal"]
    assert found("quote:keine", *people, other) == ["Lange"]
    assert found("ohne:quote", *people, other) == ["Anderer"]


def test_an_exception_that_has_ended_is_none():
    people = [
        person(1, "Läuft", deviation=Deviation("Umzug", TODAY)),
        person(2, "Vorbei", deviation=Deviation("Umzug", TODAY - DAY)),
        person(3, "Nie"),
    ]

    assert found("ausnahme:ja", *people) == ["Läuft"]
    assert found("ausnahme:nein", *people) == ["Vorbei", "Nie"]
    assert found("ausnahme-bis<01.12.2026", *people) == ["Läuft", "Vorbei"]


def test_age_by_years_and_by_group():
    birthday = date(2001, 11, 20)
    people = [person(1, "Fünf", born=birthday), person(2, "Vier", born=birthday + DAY)]

    assert found("alter<25", *people) == found("alter:u25", *people) == ["Vier"]
    assert found("alter>=25", *people) == found("altersgruppe:ue25", *people) == ["Fünf"]


@pytest.mark.parametrize("line", ["müller", "mueller", "MÜLLER", "muller", "name:ülle", "kim mül"])
def test_umlauts_are_found_as_they_are_typed(line):
    assert found(line, person(1, "Müller"), person(2, "Meier")) == ["Müller"]


def test_a_flag_that_was_never_recorded_is_no():
    people = [person(1, "Ja", massnahme=True), person(2, "Nein", massnahme=False), person(3, "Nie")]

    assert found("massnahme:nein", *people) == ["Nein", "Nie"]


def test_an_empty_line_finds_everybody_in_their_order():
    assert found("", person(2, "B"), person(1, "A")) == ["B", "A"]
    assert found("") == []


def _crowd():
    rng, people = Random(7), []
    for number in range(40):
        ago, ahead = rng.randrange(400), rng.randrange(40)
        facts = {
            "profile": rng.choice(["markt", "foerder", "Z", "I"]),
            "status": rng.choice(["arbeitslos", "arbeitsuchend", "nicht_gesetzt"]),
            "org": rng.choice(["vermittlung", "Team 4"]),
            "massnahme": rng.random() < 0.5,
        }
        people.append(
            person(
                number,
                rng.choice(["Müller", "Mueller", "Ab", "oder"]),
                TODAY - ago * DAY if rng.random() < 0.8 else None,
                policy=rng.choice([SHARES, DAYS]),
                talk=TODAY + ahead * DAY if rng.random() < 0.4 else None,
                deviation=Deviation("Grund", TODAY + (ahead - 9) * DAY)
                if rng.random() < 0.3
                else None,
                born=date(1960 + number, 5, 5) if rng.random() < 0.9 else None,
                **{key: value for key, value in facts.items() if rng.random() < 0.8},
            )
        )
    return people


CROWD = _crowd()
VOCABULARY = Vocabulary.of((SHARES.policy, DAYS.policy))
READY = Searcher(CROWD, VOCABULARY, TODAY)


@settings(max_examples=400)
@given(queries(VOCABULARY))
def test_a_query_finds_whom_asking_each_one_finds(query):
    expected = [each for each in CROWD if fits(query, each)]
    assert READY.search(query) == expected
    assert READY.ids(query) == {each.client.id for each in expected}


def fits(query, entry):
    """The same, spelled out for one client."""
    if isinstance(query, Not):
        return not fits(query.part, entry)
    if isinstance(query, Every):
        return all(fits(part, entry) for part in query.parts)
    if isinstance(query, Either):
        return any(fits(part, entry) for part in query.parts)
    if isinstance(query, Word):
        c = entry.client
        return contains(
            (c.name, c.number, c.code, c.bg_number, f"{c.first_name} {c.last_name}"), query.text
        )
    field = VOCABULARY.fields[query.field]
    value = field.read(entry, TODAY)
    if isinstance(query, Known):
        return (value is None) != query.known
    return any(one_fits(field, query.comparison, given, value) for given in query.values)


def one_fits(field, sign, given, value):
    if field.kind is FieldKind.SILENCE and value is None:
        return not isinstance(given, Span) or sign not in (Comparison.LESS, Comparison.AT_MOST)
    if value is None:
        return False
    if field.kind is FieldKind.TEXT:
        return contains((value,), given)
    if field.kind is FieldKind.CHOICE:
        values = value if isinstance(value, frozenset) else {value}
        return any(each in field.covers.get(given, {given}) for each in values)
    if isinstance(given, Span):
        return span_fits(field.kind, sign, given, value)
    if isinstance(given, NearDay):
        given = {"gestern": TODAY - DAY, "heute": TODAY, "morgen": TODAY + DAY}[given]
    if field.kind is FieldKind.SILENCE:
        return value < given
    return compare(sign, value, given)


def span_fits(kind, sign, span, day):
    """A longer span lies further from today: count days, or compare where months count."""
    ahead = kind is FieldKind.AHEAD
    if sign is Comparison.IS:
        sign = Comparison.AT_LEAST if kind is FieldKind.SILENCE else Comparison.AT_MOST
    if span.unit is Unit.MONTHS:
        limit = add_months(TODAY, span.number if ahead else -span.number)
    else:
        days = span.number * (7 if span.unit is Unit.WEEKS else 1)
        limit = TODAY + (days if ahead else -days) * DAY
    distance, wanted = (day - TODAY).days, (limit - TODAY).days
    return compare(sign, distance, wanted) if ahead else compare(sign, -distance, -wanted)


def compare(sign, left, right):
    return {
        Comparison.IS: left == right,
        Comparison.LESS: left < right,
        Comparison.AT_MOST: left <= right,
        Comparison.MORE: left > right,
        Comparison.AT_LEAST: left >= right,
    }[sign]


def contains(texts, part):
    def ways(text):
        low = text.casefold()
        spelled = low.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
        plain = (unicodedata.normalize("NFKD", way) for way in (low, spelled))
        return {"".join(c for c in way if not unicodedata.combining(c)) for way in plain}

    return any(way in whole for text in texts for whole in ways(text) for way in ways(part))
