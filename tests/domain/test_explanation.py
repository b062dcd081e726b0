from datetime import date

import pytest

from kkd_desktop import paths
from kkd_desktop.domain.client import Deviation, Subject
from kkd_desktop.domain.compiled_policy import CompiledPolicy
from kkd_desktop.domain.contact import Contact
from kkd_desktop.domain.evaluation import evaluate, obligations
from kkd_desktop.domain.explanation import (
    citation_text,
    demand_text,
    distance_text,
    explain,
    explain_obligation,
)
from kkd_desktop.domain.facts import Facts, Timeline
from kkd_desktop.domain.outcome import STATE_TEXTS, State
from kkd_desktop.domain.policy import Between, FirstContact, Within
from kkd_desktop.domain.spans import Span, Unit
from kkd_desktop.domain.values import replace
from kkd_desktop.domain.workdays import WorkCalendar
from kkd_desktop.policyfiles.reader import read_policy
from kkd_desktop.policyfiles.shelf import prolonged

MONTH, WEEKS, WORKDAYS = Unit.MONTHS, Unit.WEEKS, Unit.WORKDAYS


def the_obligation(policy, subject, contacts, today):
    (found,) = obligations(policy, subject, contacts, today)
    return found


def policy(name):
    return read_policy(paths.policies() / f"{name}.toml", trusted=True)


def obligation_under(name, today, *days, **subject):
    facts = {key: subject.pop(key) for key in ("profile", "status", "org") if key in subject}
    who = Subject(
        birth_date=date(1975, 1, 1),
        facts=Facts({key: Timeline.always(value) for key, value in facts.items()}),
        **subject,
    )
    compiled = CompiledPolicy(policy(name), WorkCalendar(None, lookup=lambda land, year: ()))
    return the_obligation(compiled, who, [Contact(day) for day in days], today)


@pytest.mark.parametrize(
    ("demand", "text"),
    [
        (Within(Span(3, MONTH)), "innerhalb von 3 Monaten"),
        (Within(Span(1, MONTH)), "innerhalb von einem Monat"),
        (Within(Span(1, WEEKS)), "innerhalb von einer Woche"),
        (Within(Span(10, Unit.DAYS)), "innerhalb von 10 Tagen"),
        (Within(Span(6, WEEKS), cycle=True), "alle 6 Wochen"),
        (Within(Span(1, MONTH), cycle=True), "monatlich"),
        (
            Within(Span(12, MONTH), as_needed=True),
            "nach Erfordernis, mindestens innerhalb von 12 Monaten",
        ),
        (Between(Span(2, MONTH), Span(3, MONTH)), "zwischen 2 und 3 Monaten"),
        (Between(Span(6, WEEKS), Span(3, MONTH)), "zwischen 6 Wochen und 3 Monaten"),
        (
            FirstContact(Span(7, WORKDAYS), Span(10, WORKDAYS)),
            "in der Regel nach 7, höchstens nach 10 Arbeitstagen",
        ),
    ],
)
def test_a_rule_reads_like_the_document(demand, text):
    assert demand_text(demand) == text


def test_every_state_has_words_of_its_own():
    assert set(STATE_TEXTS) == set(State)
    assert len(set(STATE_TEXTS.values())) == len(State)
    assert "Ordnung" not in " ".join(STATE_TEXTS.values())


@pytest.mark.parametrize(
    ("today", "text"),
    [
        (date(2012, 10, 14), "noch 1 Tag"),
        (date(2012, 10, 15), "heute fällig"),
        (date(2012, 10, 24), "9 Tage über der Vorgabe"),
    ],
)
def test_the_distance_is_the_duty_of_the_office(today, text):
    assert distance_text(
        obligation_under("mg2012", today, date(2012, 9, 3), profile="markt"), today
    ) == (text)


def test_the_whole_reason_reads_in_one_go():
    today = date(2012, 9, 10)

    text = explain_obligation(
        obligation_under("mg2012", today, date(2012, 9, 3), profile="markt"), today
    )

    assert text == (
        "Letzter zählender Kontakt Mo 03.09.2012. "
        "Marktprofil: alle 6 Wochen → spätestens Mo 15.10.2012; noch 35 Tage. "
        "„Marktprofil Alle 6 Wochen“ (Kundenkontaktdichte-Konzept, anzuwenden ab 01.03.2012, "
        "Kontaktzyklen, Tabelle, Marktprofil)."
    )


def test_a_period_that_ended_gets_no_planning_aid():
    today = date(2011, 7, 4)

    found = obligation_under("ba2010", today, profile="markt", einv_start=date(2011, 1, 1))
    text = explain_obligation(found, today)

    assert "Zeitraum ohne volle Anzahl beendet" in text
    assert "Planungshilfe" not in text


def test_an_exception_from_a_number_names_its_end_and_no_planning_aid():
    today = date(2011, 3, 1)
    agreed = Deviation("Pflege", until=date(2011, 9, 1))

    found = obligation_under(
        "ba2010", today, profile="markt", einv_start=date(2011, 1, 1), deviation=agreed
    )
    text = explain_obligation(found, today)

    assert "Ausnahme vereinbart bis Do 01.09.2011" in text
    assert "Ausnahme: Pflege." in text
    assert "Planungshilfe" not in text


def test_what_is_missing_is_said_once():
    today = date(2012, 9, 10)

    text = explain_obligation(obligation_under("mg2012", today, date(2012, 9, 3)), today)

    assert text.count("Profil") == text.count("Profillage") + 2
    assert "Die Profillage fehlt." not in text


def test_a_prolonged_policy_says_that_the_office_prolonged_it():
    today = date(2024, 2, 1)
    longer = CompiledPolicy(
        prolonged(policy("ue2019"), date(2024, 12, 31)),
        WorkCalendar("NI", lookup=lambda land, year: ()),
    )
    facts = Facts({"status": Timeline.always("arbeitslos"), "profile": Timeline.always("markt")})
    who = Subject(birth_date=date(1975, 1, 1), facts=facts)

    found = the_obligation(longer, who, [Contact(date(2023, 12, 1))], today)

    assert found.latest == date(2024, 3, 1)
    assert "Vom Jobcenter verlängert bis 31.12.2024." in explain_obligation(found, today)


def test_the_other_policies_are_named_after_the_one_that_decides():
    today = date(2016, 2, 1)
    calendar = WorkCalendar(None, lookup=lambda land, year: ())
    both = [CompiledPolicy(policy(name), calendar) for name in ("mk2015", "ue2019")]
    who = Subject(facts=Facts({"profile": Timeline.always("markt")}))

    text = explain(evaluate(who, [Contact(date(2016, 1, 11))], both, today))

    assert text.endswith("Daneben Uelzen 2019: Konzept nicht in Kraft.")


def test_without_a_quote_there_is_no_citation():
    found = obligation_under("mk2015", date(2016, 2, 1), date(2016, 1, 11))
    rule = found.policy.rules[0]

    assert citation_text(found, None) == ""
    assert citation_text(found, replace(rule.citation, quote="")) == ""
    assert citation_text(found, rule.citation).startswith("„Für alle diese Profillagen")
