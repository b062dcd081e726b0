from datetime import date, datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QStyleOptionViewItem

from kkd_desktop.actions import appointments, casework, forgetting, worklist
from kkd_desktop.domain import texts
from kkd_desktop.domain.client import Deviation
from kkd_desktop.domain.values import replace
from kkd_desktop.gui import theme
from kkd_desktop.gui.models.history import LENGTH, VERDICT
from kkd_desktop.gui.models.timeline import MarkKind, TimelineData
from kkd_desktop.gui.pages.akte import AktePage
from kkd_desktop.gui.widgets.labels import PlainLabel

TODAY = date(2026, 11, 20)


@pytest.fixture
def page(session, present):
    page = AktePage(session)
    page.resize(1180, 800)
    present(page)
    return page


@pytest.fixture
def everyone(session):
    return worklist.entries(session.context)


def with_history(everyone, session):
    """A client with counted and not counted contacts, without an appointment."""
    return next(
        e.client.id
        for e in everyone
        if e.appointment is None
        and e.outcome.latest
        and e.client.subject.deviation is None
        and len(
            {c.verdict.counts for c in casework.client_file(session.context, e.client.id).history}
        )
        == 2
    )


def test_every_contact_says_whether_it_counts_and_why(page, session, everyone):
    for entry in everyone:
        page.show_client(entry.client.id)
        expected = casework.client_file(session.context, entry.client.id).history

        assert page.history_model.total() == len(expected)
        for place, each in enumerate(page.history_model.rows()):
            said = page.history_model.index(place, VERDICT).data()
            word = "zählt" if each.verdict.counts else "zählt nicht"
            assert said.startswith(f"{word}, weil {each.verdict.reason}")
            assert all(duty in said for duty in each.verdict.duties)


def test_name_chips_and_facts_are_those_of_the_client(page, everyone):
    client = everyone[0].client
    page.show_client(client.id)

    assert page.name.text() == f"{client.first_name} {client.last_name}"
    assert page.current_client_id() == client.id
    values = [
        page.facts._grid.itemAtPosition(row, 1).widget().text()
        for row in range(page.facts._grid.rowCount())
        if page.facts._grid.itemAtPosition(row, 1)
    ]
    assert client.number in values


def test_the_card_shows_proposal_state_reason_and_the_quoted_sentence(page, session, everyone):
    page.show_client(with_history(everyone, session))

    found = page._file
    duty = found.outcome.deciding
    assert page.next_talk.main.text() == "Vereinbaren"
    assert duty.rule.citation.quote in page.next_talk.quote._text.text()
    assert duty.policy.document in page.next_talk.quote._place.text()
    assert texts.weekday_day(duty.latest) in page.next_talk.state.text()
    assert page.next_talk.reason.text()


def test_book_the_proposal_by_one_click(qtbot, page, session, everyone):
    page.show_client(with_history(everyone, session))
    proposed = page.next_talk.moment.text()

    with qtbot.waitSignal(session.done):
        qtbot.mouseClick(page.next_talk.main, Qt.MouseButton.LeftButton)

    booked = page._file.entry.appointment
    assert texts.moment(booked.start) == proposed
    assert page.next_talk.main.text() == "Verlegen …"
    assert page.dates.model.total() >= 1


def test_other_ways_to_a_talk_are_left_to_the_window(qtbot, page, session, everyone):
    client_id = with_history(everyone, session)
    page.show_client(client_id)

    with qtbot.waitSignal(page.appointment_wanted) as wanted:
        qtbot.mouseClick(page.next_talk.second, Qt.MouseButton.LeftButton)
    assert wanted.args == [client_id]
    with qtbot.waitSignal(page.contact_wanted) as wanted:
        qtbot.mouseClick(page.contact_button, Qt.MouseButton.LeftButton)
    assert wanted.args == [client_id, None]


def test_a_booked_appointment_can_be_moved_and_answered_by_keys(qtbot, page, everyone):
    entry = next(e for e in everyone if e.appointment)
    page.show_client(entry.client.id)
    place = page.dates.model.place_of(lambda row: row.id == entry.appointment.id)
    page.dates.table.setCurrentIndex(page.dates.model.index(place, 0))
    page.dates.table.setFocus()

    with qtbot.waitSignal(page.move_wanted) as moved:
        qtbot.keyClick(page.dates.table, Qt.Key.Key_V)
    assert moved.args == [entry.appointment.id]
    for key, state in (("N", "missed"), ("E", "attended"), ("K", "ill"), ("A", "cancelled")):
        with qtbot.waitSignal(page.outcome_wanted) as answered:
            qtbot.keyClicks(page.dates.table, key)
        assert answered.args == [entry.appointment.id, state]


def test_enter_corrects_a_contact(qtbot, page, session, everyone):
    client_id = with_history(everyone, session)
    page.show_client(client_id)

    with qtbot.waitSignal(page.contact_wanted) as wanted:
        qtbot.keyClick(page.history, Qt.Key.Key_Return)

    assert wanted.args == [client_id, page.history_model.rows()[0].contact.id]


def test_a_removed_contact_can_be_taken_back(qtbot, page, session, everyone):
    page.show_client(with_history(everyone, session))
    before = [row.contact for row in page.history_model.rows()]

    with qtbot.waitSignal(session.done) as done:
        qtbot.keyClick(page.history, Qt.Key.Key_Delete)
    assert page.history_model.total() == len(before) - 1
    assert "entfernt" in done.args[0]

    assert session.undo() == done.args[0]
    assert [row.contact for row in page.history_model.rows()] == before


def test_the_time_line_has_a_mark_for_every_contact_in_its_months(page, session, everyone):
    page.show_client(with_history(everyone, session))

    data = page.timeline._data
    kinds = [mark.kind for mark in data.marks]
    counted = [c for c in page._file.history if c.verdict.counts and c.contact.day >= data.first]
    assert kinds.count(MarkKind.COUNTED) == len(counted)
    assert kinds.count(MarkKind.PROPOSAL) == 1
    assert all(data.first <= mark.day <= data.last for mark in data.marks)
    said = page.timeline.accessibleDescription()
    assert "Vorschlag" in said
    assert all(texts.day(c.contact.day) in said for c in counted)
    assert page.timeline.text_at(page.timeline._place(counted[0].contact.day))


def test_an_overdue_client_has_a_late_stretch_up_to_today(page, everyone):
    entry = next(e for e in everyone if e.outcome.state == "overdue" and e.last)
    page.show_client(entry.client.id)

    late = [s for s in page.timeline._data.stretches if s.kind == "late"]

    assert late[-1].last == TODAY
    assert late[-1].first == entry.outcome.latest + timedelta(days=1)


def test_an_exception_is_shown_and_can_be_ended(qtbot, page, session, everyone):
    client_id = with_history(everyone, session)
    until = TODAY + timedelta(days=60)
    casework.agree_deviation(session.context, client_id, Deviation("Gutachten", until, TODAY))
    page.show_client(client_id)
    assert page.facts.end.isVisibleTo(page)
    assert not page.facts.agree.isVisibleTo(page)

    page.facts.end.click()

    assert page.facts.agree.isVisibleTo(page)


def test_a_member_of_the_bg_is_one_click_away(qtbot, page, session, everyone):
    entry = next(
        e for e in everyone if casework.client_file(session.context, e.client.id).household
    )
    page.show_client(entry.client.id)
    member = sorted(page._file.household, key=lambda each: each.name)[0]

    with qtbot.waitSignal(page.client_opened) as opened:
        page.facts._members.itemAt(0).widget().click()

    assert opened.args == [member.id]


def test_goals_come_from_the_ba_where_the_policy_names_none(page, everyone):
    entry = next(e for e in everyone if e.client.subject.facts.at("profile", TODAY) == "markt")
    page.show_client(entry.client.id)

    assert page.goals.heading.title.text() == "Ziele im Marktprofil"
    assert "BA 2010" in page.goals.source.text()


def test_several_policies_show_every_obligation(page, session, everyone):
    session.context.change_settings(policies=("mg2012", "ba2010"))
    page.show_client(with_history(everyone, session))

    assert page.next_talk.others.count() == 2  # a line and the other policy


def test_a_client_removed_meanwhile_is_said_so(page, session, everyone):
    page.show_client(everyone[0].client.id)
    forgetting.forget(session.context, [everyone[0].client.id])

    session.changed.emit()

    assert page._gone.isVisible()


def test_a_page_that_follows_shows_a_talk_logged_elsewhere(page, session, everyone):
    client_id = with_history(everyone, session)
    page.show_client(client_id)
    before = page.history_model.total()
    contact = replace(page.history_model.rows()[0].contact, id=None, day=TODAY)

    session.perform(lambda context: casework.record_contact(context, contact))

    assert page.history_model.total() == before + 1


def test_an_open_appointment_of_yesterday_asks_for_its_outcome(page, session, everyone):
    client = casework.client_file(session.context, with_history(everyone, session)).client
    booked = appointments.book(session.context, client, datetime(2026, 11, 24, 17, 0), 30)
    session.context.today = date(2026, 11, 25)
    page.show_client(client.id)

    place = page.dates.model.place_of(lambda row: row.id == booked.id)
    assert page.dates.model.index(place, 3).data() == "Ergebnis fehlt"


def test_the_length_of_a_first_talk_is_read_in_whole(page, everyone):
    dates = page.dates.table

    words = dates.fontMetrics().horizontalAdvance("60 min (45 + 15)")

    assert dates.columnWidth(LENGTH) >= words + 2 * 12


def test_no_text_of_the_cards_is_squeezed(qtbot, page, everyone):
    for entry in everyone[:6]:
        page.show_client(entry.client.id)
        for label in page.facts.findChildren(PlainLabel):
            if label.isVisible():
                qtbot.waitUntil(
                    lambda label=label: label.height() >= label.heightForWidth(label.width())
                )


def test_where_there_is_no_history_the_keyboard_is_at_the_first_contact(page, everyone):
    page.show_client(next(e.client.id for e in everyone if e.last is None))

    assert page.contact_button.hasFocus()


def test_the_month_beside_a_year_does_not_write_over_it(page, everyone):
    page.show_client(everyone[0].client.id)
    line = page.timeline
    line.show_data(TimelineData(TODAY, date(2026, 7, 1), date(2027, 4, 30), (), ()))
    line.resize(480, line.height())
    written = []
    metrics = QFontMetrics(line._small)

    line._paint_months(
        SimpleNamespace(
            setPen=lambda pen: None,
            drawLine=lambda start, end: None,
            drawText=lambda at, text: written.append((at.x(), text)),
        ),
        theme.current(),
        line._data,
    )

    assert "Jan 2027" in [text for _, text in written]
    for (at, text), (following, _) in pairwise(written):
        assert at + metrics.horizontalAdvance(text) < following


def test_the_whole_reason_of_a_verdict_is_read_in_a_narrow_column(page, everyone, session):
    page.show_client(with_history(everyone, session))
    delegate = page.history.itemDelegateForColumn(VERDICT)
    word, reason = "zählt nicht", "weil das Konzept nur persönliche Gespräche nennt"
    model = page.history_model
    written = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(model), "verdict_parts", lambda self, row: (word, "", reason))
        patch.setattr(
            type(delegate),
            "_write",
            lambda self, painter, centre, left, right, text, font, ink: (
                written.append(
                    QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, right - left)
                )
                or 0
            ),
        )
        picture = QPixmap(330, 36)
        option = QStyleOptionViewItem()
        option.rect = picture.rect()
        painter = QPainter(picture)
        delegate.paint(painter, option, model.index(0, VERDICT))
        painter.end()

    assert written == [word, reason]


def test_whoever_comes_to_the_file_hears_first_whose_it_is(page, everyone):
    client = everyone[0].client

    page.show_client(client.id)

    said = page.history.accessibleName()
    assert said == f"{client.first_name} {client.last_name}, Kundenhistorie"
