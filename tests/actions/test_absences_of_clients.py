"""Days on which a client cannot be met: kept by plans and proposals, told in every place."""

from datetime import date, datetime, time

import pypdfium2
import pytest

from kkd_desktop.actions import (
    casework,
    disclosure,
    history,
    imports,
    planning,
    proposals,
    search,
    table_export,
    undo,
)
from kkd_desktop.actions.history import Wanted
from kkd_desktop.actions.planning import Options
from kkd_desktop.domain.absence import ABSENT, ahead
from kkd_desktop.domain.client import Client, Subject
from kkd_desktop.domain.contact import Contact
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.facts import Period

TODAY = date(2026, 11, 20)
NOW = datetime.combine(TODAY, time(9))
FIRST_BY_LETTER = date(2026, 11, 27)
BG = "35502//0001234"


@pytest.fixture
def kim(caseload):
    """Met two weeks ago: to be met by 18 December, best by the 11th or so."""
    return add(caseload, "7", "Kim", date(2026, 11, 6))


def add(context, number, name, met, bg=""):
    subject = Subject(date(1980, 1, 1), registered=date(2026, 1, 12))
    new = Client(0, f"123A40000{number}", "Beispiel", name, bg_number=bg, subject=subject)
    stored = casework.add_client(context, new, {"profile": "markt", "status": "arbeitslos"})
    casework.record_contact(context, Contact(met, client_id=stored.id))
    return stored


def away(context, who, since, until, reason="Urlaub"):
    return casework.set_absence(context, who, reason, since, until)


def planned(context, who, weeks=8):
    found = planning.make(context, NOW, Options(weeks))
    return found, next(talk for talk in found.talks if talk.client.id == who.id)


def proposed(context, who):
    known = casework.find_client(context, who.number)
    return proposals.next_talk(context, known, NOW).suggestion


def test_an_absence_in_the_middle_of_the_window_pulls_the_talk_forward(caseload, kim):
    target = planned(caseload, kim)[1].asked.target
    away(caseload, kim, date(2026, 12, 7), date(2027, 1, 3))

    _, talk = planned(caseload, kim)
    best = proposed(caseload, kim).best

    assert date(2026, 12, 7) <= target
    for found in (talk, best):
        assert FIRST_BY_LETTER <= found.day < date(2026, 12, 7)
    assert talk.late_days == 0
    moved = "vorgezogen: Urlaub von Mo 07.12. bis So 03.01."
    assert moved in talk.notes
    assert moved in best.reasons


def test_who_cannot_come_before_is_met_right_after_and_the_reason_is_said(caseload, kim):
    away(caseload, kim, date(2026, 11, 23), date(2026, 12, 27))

    found, talk = planned(caseload, kim)
    best = proposed(caseload, kim).best

    assert talk.day == best.day == date(2026, 12, 28)
    assert talk.late_days == 10
    said = (
        "bis Fr 18.12.2026 nicht zu treffen (Urlaub von Mo 23.11. bis So 27.12.); so bald wie "
        "möglich"
    )
    assert said in talk.reasons
    assert said in best.reasons
    assert [each.reason for each in found.late_anyway if each.client.id == kim.id] == [
        "die Vorgabe endet Fr 18.12.2026; bis dahin nicht da (Urlaub von Mo 23.11. bis So 27.12.)"
    ]


def test_who_is_back_before_the_last_day_is_met_then_and_in_time(caseload, kim):
    away(caseload, kim, date(2026, 11, 23), date(2026, 12, 15))

    _, talk = planned(caseload, kim)

    assert date(2026, 12, 16) <= talk.day <= date(2026, 12, 18)
    assert proposed(caseload, kim).best.day >= date(2026, 12, 16)
    assert not talk.late_days


def test_who_is_away_all_the_time_has_no_talk_and_the_reason_is_said(caseload, kim):
    away(caseload, kim, date(2026, 11, 23), date(2027, 4, 30), "verhindert")

    found = planning.make(caseload, NOW, Options(4))

    reason = next(each.reason for each in found.unplaced if each.client.id == kim.id)
    assert reason == (
        "in diesem Zeitraum ist kein Treffen möglich (verhindert von Mo 23.11. bis Fr 30.04.)"
    )


def test_an_absence_that_is_over_is_no_reason_for_having_no_talk(caseload, kim):
    away(caseload, kim, date(2026, 8, 3), date(2026, 8, 14))
    away(caseload, kim, date(2026, 11, 23), date(2027, 4, 30), "verhindert")

    found = planning.make(caseload, NOW, Options(4))

    reason = next(each.reason for each in found.unplaced if each.client.id == kim.id)
    assert "verhindert von Mo 23.11. bis Fr 30.04." in reason
    assert "Urlaub" not in reason


def test_no_proposal_of_any_kind_lies_in_an_absence(caseload, kim):
    away(caseload, kim, date(2026, 12, 1), date(2026, 12, 14))

    assert all(
        not date(2026, 12, 1) <= each.day <= date(2026, 12, 14)
        for each in proposed(caseload, kim).all
    )


def test_nobody_is_offered_a_talk_together_while_the_other_is_away(caseload):
    one = add(caseload, "7", "Kim", date(2026, 11, 6), BG)
    other = add(caseload, "8", "Toni", date(2026, 11, 6), BG)
    assert proposed(caseload, one).together
    away(caseload, other, date(2026, 11, 23), date(2026, 12, 15))

    offers = proposed(caseload, one).together

    assert offers
    assert all(each.day > date(2026, 12, 15) for each in offers)


def test_an_absence_is_one_step_and_told_in_words(caseload, kim):
    away(caseload, kim, date(2026, 12, 7), date(2026, 12, 18), "ortsabwesenheit")

    [step] = history.last(caseload, Wanted(kim.id), 1)

    assert step.name == "Abwesenheit eingetragen"
    assert "Abwesenheit" in repr(step)
    assert "Ortsabwesenheit" in repr(step)
    undo.undo(caseload)
    assert casework.find_client(caseload, kim.number).subject.facts.timeline(ABSENT) is None


def test_absences_are_found_by_reason_and_day(caseload, kim):
    away(caseload, kim, date(2026, 12, 7), date(2026, 12, 18))

    def names(query):
        return [entry.client.first_name for entry in search.run(caseload, query).entries]

    assert names("abwesend:urlaub") == ["Kim"]
    assert names("abwesend-ab<21t") == ["Kim"]
    assert names("abwesend-bis<14t") == []
    assert names("mit:abwesend") == ["Kim"]
    assert "Kim" not in names("ohne:abwesend")


def test_a_past_absence_is_none_any_more(caseload, kim):
    away(caseload, kim, date(2026, 10, 5), date(2026, 10, 16))
    known = casework.find_client(caseload, kim.number)

    assert ahead(known.subject.facts.timeline(ABSENT), TODAY) is None
    assert not search.run(caseload, "mit:abwesend").entries


def test_who_can_come_after_all_has_only_past_absences_left(caseload, kim):
    away(caseload, kim, date(2026, 10, 5), date(2026, 10, 16))
    known = away(caseload, kim, date(2026, 12, 7), date(2026, 12, 18))

    changed = casework.end_absences(caseload, known)

    assert changed.subject.facts.timeline(ABSENT).periods == (
        Period("urlaub", date(2026, 10, 5), date(2026, 10, 16)),
    )


def test_a_reason_of_ones_own_is_refused_and_not_repeated(caseload, kim):
    with pytest.raises(UserError) as fault:
        away(caseload, kim, date(2026, 12, 7), date(2026, 12, 18), "Bandscheibe")
    assert "Bandscheibe" not in str(fault.value)
    assert "Gesundheit werden nicht gespeichert" in str(fault.value)
    with pytest.raises(UserError, match="möglich sind"):
        casework.change_client(caseload, kim, {ABSENT: "Bandscheibe"}, TODAY)


def test_an_absence_that_ends_before_it_begins_is_refused(caseload, kim):
    with pytest.raises(UserError, match="liegt vor dem Beginn"):
        away(caseload, kim, date(2026, 12, 18), date(2026, 12, 7))


def test_an_answer_about_a_person_names_their_absences(caseload, kim):
    away(caseload, kim, date(2026, 12, 7), date(2026, 12, 18))

    pdf = disclosure.answer(caseload, kim.id).files[disclosure.DOCUMENT]

    with pypdfium2.PdfDocument(pdf) as document:
        told = " ".join(page.get_textpage().get_text_range() for page in document)
    for said in ("Abwesenheit", "Urlaub", "07.12.2026", "18.12.2026"):
        assert said in told


def test_an_export_takes_absences_along_and_an_import_takes_them_back(caseload, kim, tmp_path):
    known = away(caseload, kim, date(2026, 12, 7), date(2026, 12, 18))
    path = tmp_path / "bestand.csv"
    table_export.export(caseload, path)
    casework.end_absences(caseload, known)

    tables = [imports.mapped(caseload, each) for each in imports.read(path)]
    imports.accept(caseload, imports.plan(caseload, tables))

    found = casework.find_client(caseload, kim.number).subject.facts.timeline(ABSENT)
    assert found.periods == (Period("urlaub", date(2026, 12, 7), date(2026, 12, 18)),)
