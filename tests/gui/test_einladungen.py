"""The page of the appointments and their invitations, by clicks and keys."""

from datetime import date, datetime

import pypdfium2
import pytest
from PySide6.QtCore import Qt

from kkd_desktop.actions import appointments
from kkd_desktop.domain.appointment import Appointment, AppointmentState, Delivery
from kkd_desktop.gui.dialogs.export_calendar import ExportCalendarDialog
from kkd_desktop.gui.dialogs.list_preview import ListPreview
from kkd_desktop.gui.dialogs.why import WhyDialog
from kkd_desktop.gui.models.appointments import DELIVERY, NAME, STATE, Stage
from kkd_desktop.gui.pages.einladungen import EinladungenPage, Period

TODAY = date(2026, 11, 20)
LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


class Places:
    """Answers the question for a place without a dialog."""

    def __init__(self, folder):
        self.answer = folder
        self.asked = []

    def file(self, parent, title, name, kind):
        self.asked.append(name)
        return self.answer / name

    def folder(self, parent, title):
        return self.answer


@pytest.fixture
def page(session, present, tmp_path):
    page = EinladungenPage(session, places=Places(tmp_path))
    page.resize(1150, 800)
    present(page)
    return page


def shown(page) -> list[Appointment]:
    return [each.appointment for each in page.model.rows()]


def text(page, row, column) -> str:
    return page.model.index(row, column).data()


def choose(page, qtbot, *wanted):
    """Click the rows of these appointments, with Ctrl from the second on."""
    ids = [each.id for each in shown(page)]
    for place, appointment in enumerate(wanted):
        area = page.table.visualRect(page.model.index(ids.index(appointment.id), NAME))
        modifier = CTRL if place else Qt.KeyboardModifier.NoModifier
        qtbot.mouseClick(page.table.viewport(), LEFT, modifier, area.center())


def upcoming(page) -> list[Appointment]:
    return [each for each in shown(page) if each.state.is_open]


def test_the_next_four_weeks_stand_there_by_day_and_time(page):
    starts = [each.start for each in shown(page)]

    assert starts == sorted(starts)
    assert starts[0].date() == TODAY
    assert page.heading.note.text() == "7 Termine an 6 Tagen"
    assert text(page, 0, 0) == "Fr 20.11."


def test_the_week_before_and_after_are_one_click_away(page, qtbot):
    qtbot.mouseClick(page.period.button(Period.NEXT_WEEK), LEFT)

    assert {each.day.isocalendar().week for each in shown(page)} == {48}
    assert (page.since.day(), page.until.day()) == (date(2026, 11, 23), date(2026, 11, 29))


def test_a_typed_day_makes_the_period_a_free_one(page, qtbot):
    page.since.setFocus()
    page.since.selectAll()
    qtbot.keyClicks(page.since, "26.10.2026")

    assert page.period.value() == Period.FREE
    assert len(shown(page)) > 7
    assert min(each.day for each in shown(page)) >= date(2026, 10, 26)


def test_everything_from_today_on_ends_with_the_last_appointment(page, qtbot):
    qtbot.mouseClick(page.period.button(Period.UPCOMING), LEFT)

    assert page.until.day() == max(each.day for each in shown(page))


def test_invitations_are_marked_as_handed_over_or_posted(page, session, qtbot):
    first, second, *_ = upcoming(page)
    for each in (first, second):
        appointments.set_delivery(session.context, each.id, Delivery.NONE)
    session.changed.emit()
    qtbot.mouseClick(page.stage.button(Stage.UNDELIVERED), LEFT)
    assert [text(page, row, DELIVERY) for row in range(2)] == ["noch offen"] * 2

    choose(page, qtbot, first, second)
    with qtbot.waitSignal(session.done) as done:
        qtbot.mouseClick(page.handed_button, LEFT)

    stored = [appointments.get(session.context, each.id) for each in (first, second)]
    assert [each.delivery for each in stored] == [Delivery.HANDED_OVER] * 2
    assert [each.state for each in stored] == [AppointmentState.INVITED] * 2
    assert done.args == ["2 Einladungen: ausgehändigt am 20.11.2026"]


def test_letters_in_the_table_mark_the_delivery_and_keep_the_selection(page, session, qtbot):
    wanted = next(each for each in upcoming(page) if each.delivery is Delivery.POST)
    choose(page, qtbot, wanted)

    qtbot.keyClick(page.table, Qt.Key.Key_H)

    assert [(each.id, each.delivery) for each in page.selected()] == [
        (wanted.id, Delivery.HANDED_OVER)
    ]
    qtbot.keyClick(page.table, Qt.Key.Key_P)
    assert page.selected()[0].delivery is Delivery.POST


def test_a_closed_appointment_has_no_invitation_to_deliver(page, session, qtbot):
    qtbot.mouseClick(page.period.button(Period.THIS_WEEK), LEFT)
    qtbot.mouseClick(page.stage.button(Stage.CLOSED), LEFT)
    choose(page, qtbot, shown(page)[0])

    assert not page.handed_button.isEnabled()
    assert not page.move_button.isEnabled()
    assert page.chosen.text() == "1 Termin ausgewählt, schon abgeschlossen"


def test_enter_opens_the_client(page, qtbot):
    wanted = shown(page)[2]
    choose(page, qtbot, wanted)

    with qtbot.waitSignal(page.client_opened) as opened:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)

    assert opened.args == [wanted.client_id]
    assert page.current_client_id() == wanted.client_id


def test_moving_and_cancelling_are_asked_for_by_letters(page, qtbot):
    wanted = upcoming(page)[-1]
    choose(page, qtbot, wanted)

    with qtbot.waitSignal(page.move_wanted) as move:
        qtbot.keyClick(page.table, Qt.Key.Key_V)
    with qtbot.waitSignal(page.outcome_wanted) as outcome:
        qtbot.keyClick(page.table, Qt.Key.Key_A)

    assert move.args == [wanted.id]
    assert outcome.args == [wanted.id, "cancelled"]


def test_nobody_has_come_to_a_talk_that_lies_ahead(page, qtbot):
    choose(page, qtbot, upcoming(page)[-1])

    with qtbot.assertNotEmitted(page.outcome_wanted):
        qtbot.keyClick(page.table, Qt.Key.Key_E)


def test_a_talk_of_the_past_without_outcome_says_so(page, session, qtbot):
    session.context.today = date(2026, 12, 20)
    other = EinladungenPage(session)
    qtbot.addWidget(other)
    other.since.set_day(date(2026, 11, 20))
    other.reload()

    states = {text(other, row, STATE) for row in range(other.model.rowCount())}

    assert "Ergebnis fehlt" in states


def test_what_search_and_filter_hide_comes_back_by_a_click(page, qtbot):
    qtbot.keyClick(page, Qt.Key.Key_F, CTRL)
    qtbot.keyClicks(page.search, "gibtesnicht")
    assert not page.table.isVisible()

    button = page._hidden.button
    assert button.isVisible()
    qtbot.mouseClick(button, LEFT)

    assert page.model.rowCount() == 7
    assert page.table.isVisible()


def test_an_empty_period_offers_all_that_is_to_come(page, qtbot):
    for field, day in ((page.since, "01.02.2027"), (page.until, "02.02.2027")):
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, day)
    assert not page.print_button.isEnabled()

    qtbot.mouseClick(page._none_here.button, LEFT)

    assert page.period.value() == Period.UPCOMING
    assert page.model.rowCount() == 7


def test_the_list_is_saved_as_pdf_and_names_nobody_by_default(page, session, qtbot, tmp_path):
    with qtbot.waitSignal(session.done) as done:
        qtbot.keyClick(page, Qt.Key.Key_S, CTRL)

    path = tmp_path / "einladungen-2026-11-20-bis-2026-12-17.pdf"
    with pypdfium2.PdfDocument(path) as document:
        written = "".join(each.get_textpage().get_text_range() for each in document)
    assert str(path) in done.args[0]
    assert "7 Termine an 6 Tagen" in written
    for each in page.model.rows():
        assert f"{each.appointment.start:%H:%M}" in written
        assert each.client.initials in written
        assert each.client.name not in written


def test_a_hidden_page_asks_anew_when_it_is_shown_again(page, session, qtbot):
    page.hide()
    cancelled = upcoming(page)[-1]
    session.perform(lambda context: appointments.cancel(context, cancelled.id))

    page.show()

    states = {each.id: each.state for each in shown(page)}
    assert states[cancelled.id] is AppointmentState.CANCELLED


def test_print_shows_the_preview_of_the_period(page, qtbot):
    qtbot.keyClick(page, Qt.Key.Key_P, CTRL | Qt.KeyboardModifier.ShiftModifier)

    [preview] = page.findChildren(ListPreview)
    qtbot.waitUntil(preview.print_button.isEnabled)
    assert preview.subtitle.text() == "alle Termine Fr 20.11.2026 bis Do 17.12.2026"
    qtbot.keyClick(preview, Qt.Key.Key_Escape)
    assert not preview.isVisible()


def test_the_calendar_file_is_one_key_away(page, qtbot):
    qtbot.keyClick(page, Qt.Key.Key_E, CTRL)

    [dialog] = page.findChildren(ExportCalendarDialog)
    assert dialog.summary.text() == "7 Termine"


def why(page):
    return next(each for each in page.findChildren(WhyDialog) if each.isVisible())


def test_w_says_why_a_talk_was_put_on_its_day(page, session, qtbot):
    client = page.model.rows()[0].client
    session.perform(
        lambda context: appointments.book(context, client, datetime(2026, 12, 1, 14, 0), 30)
    )
    booked = next(each for each in shown(page) if each.start == datetime(2026, 12, 1, 14, 0))
    choose(page, qtbot, booked)

    qtbot.keyClick(page.table, Qt.Key.Key_W)

    dialog = why(page)
    assert dialog.windowTitle() == "Warum dieser Tag?"
    assert "Für den Termin am Di 01.12.2026, 14:00" in dialog.remark.text()
    assert dialog.views
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(page.table.hasFocus)


def test_a_talk_without_kept_steps_says_so(page, qtbot):
    choose(page, qtbot, upcoming(page)[0])

    qtbot.keyClick(page.table, Qt.Key.Key_W)

    assert "sind keine Schritte festgehalten" in why(page)._text


def test_steps_are_asked_for_one_row_at_a_time(page, qtbot):
    action = next(each for each in page.table.actions() if each.text() == "Warum dieser Tag?")
    choose(page, qtbot, upcoming(page)[0])
    assert action.isEnabled()

    choose(page, qtbot, *upcoming(page)[:2])

    assert not action.isEnabled()


def test_what_acts_on_a_choice_is_only_seen_where_there_is_one(page):
    page.table.clearSelection()
    assert page.chosen.text() == "Nichts ausgewählt"
    assert not any(button.isVisible() for button in page._acts)

    page.table.selectRow(0)
    assert all(button.isVisible() for button in page._acts)


def test_the_keys_begin_in_the_table(page, qtbot):
    assert page.table.hasFocus()

    qtbot.keyClick(page.table, Qt.Key.Key_Down)

    assert page.chosen.text() == "1 Termin ausgewählt"
