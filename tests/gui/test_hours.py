"""Weeks that take turns, free days and rooms in the settings, and what a talk takes when booked."""

from datetime import date, datetime, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from kkd_desktop.actions import appointments, days_off, proposals, worklist
from kkd_desktop.domain.contact import ContactForm
from kkd_desktop.domain.hours import Block, Leave
from kkd_desktop.domain.values import replace
from kkd_desktop.gui.dialogs.appointment import AppointmentDialog
from kkd_desktop.gui.dialogs.clashes import ClashesDialog
from kkd_desktop.gui.pages.einstellungen import EinstellungenPage

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
TODAY = date(2026, 11, 20)
NEXT_MONDAY = date(2026, 11, 23)
MORNING = (Block(time(8), time(12)),)


@pytest.fixture
def page(session, present):
    page = EinstellungenPage(session)
    page.resize(1100, 800)
    present(page)
    return page


def type_into(field, text, qtbot):
    field.field.setFocus()
    field.field.selectAll()
    qtbot.keyClicks(field.field, text)
    qtbot.keyClick(field.field, Qt.Key.Key_Tab)


def choose(field, steps, qtbot):
    """By the arrow keys, as in a list that is not unfolded."""
    field.field.setFocus()
    key = Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up
    for _ in range(abs(steps)):
        qtbot.keyClick(field.field, key)


def hours(session):
    return session.context.settings.hours


def change_hours(session, **changes):
    changed = replace(hours(session), **changes)
    session.perform(lambda context: context.change_settings(hours=changed))


def test_even_and_odd_weeks_are_told_apart_and_this_one_is_odd(page, session, qtbot):
    weeks = page.hours.weeks
    choose(weeks.turns, 1, qtbot)

    assert len(hours(session).weeks) == 2
    assert [weeks.shown.button(place).text() for place in "01"] == [
        "Woche A · gerade",
        "Woche B · ungerade",
    ]
    # Friday is in week 47.
    assert weeks.now.label.text() == "In dieser Woche (KW 47) gilt"
    assert weeks.now.field.currentText() == "Woche B"


def test_the_days_of_the_second_week_are_changed_alone(page, session, qtbot):
    weeks = page.hours.weeks
    choose(weeks.turns, 1, qtbot)
    qtbot.mouseClick(weeks.shown.button("1"), LEFT)

    type_into(weeks.days[4], "08:00-10:00", qtbot)

    even, odd = hours(session).weeks
    assert (even[4], odd[4]) == (MORNING, (Block(time(8), time(10)),))
    assert hours(session).blocks_on(TODAY) == odd[4]
    assert "Diese Woche gilt Woche B: " in weeks.preview.text()
    # No line is broken after a dash.
    assert "–" in weeks.preview.text().replace("–\u2060", "–")
    assert "–" not in weeks.preview.text().replace("–\u2060", "")
    assert "Zusammen 30 Stunden." in weeks.preview.text()
    assert "KW 48 Woche A, KW 49 Woche B" in weeks.next_weeks.text()

    qtbot.waitUntil(lambda: weeks.shown.button("1").x() > 0)
    weeks.shown.button("1").setFocus()
    qtbot.keyClick(weeks.shown.button("1"), Qt.Key.Key_Left)
    assert weeks.days[4].field.text() == "08:00–12:00"


def test_the_turn_is_set_by_what_holds_this_week(page, session, qtbot):
    weeks = page.hours.weeks
    choose(weeks.turns, 1, qtbot)

    choose(weeks.now, -1, qtbot)

    assert hours(session).place_of(TODAY) == 0
    assert weeks.shown.button("0").text() == "Woche A · ungerade"


def test_a_year_of_53_weeks_is_told_before_it_ends(page, qtbot):
    weeks = page.hours.weeks
    choose(weeks.turns, 1, qtbot)
    assert "2026 hat 53 Wochen" in weeks.next_weeks.text()

    choose(weeks.turns, 1, qtbot)
    assert "53" not in weeks.next_weeks.text()
    assert weeks.shown.button("2").text() == "Woche C"


def test_one_week_again_keeps_the_first_and_goes_back_with_undo(page, session, qtbot):
    weeks = page.hours.weeks
    choose(weeks.turns, 3, qtbot)
    qtbot.mouseClick(weeks.shown.button("3"), LEFT)
    type_into(weeks.days[0], "", qtbot)
    before = hours(session)

    choose(weeks.turns, -3, qtbot)

    assert hours(session).weeks == before.weeks[:1]
    assert weeks.shown is None
    assert weeks.now.isHidden()
    assert weeks.days[0].field.text() == "08:00–12:00, 13:00–16:00"
    for _ in range(3):
        session.undo()
    assert hours(session) == before


def test_a_fault_names_the_week_and_stores_nothing(page, session, qtbot):
    weeks = page.hours.weeks
    choose(weeks.turns, 1, qtbot)
    qtbot.mouseClick(weeks.shown.button("1"), LEFT)
    before = hours(session)

    type_into(weeks.days[2], "12:00-08:00", qtbot)

    assert weeks.days[2].error().startswith("Arbeitszeit am Mittwoch (Woche B): Das Ende 08:00")
    assert hours(session) == before


def test_the_preview_says_when_there_are_no_talks(page, session, qtbot):
    change_hours(session, weeks=(((),) * 5,))

    assert page.hours.weeks.preview.text() == "Diese Woche gilt: keine Gespräche."


def test_what_a_talk_takes_in_all_stands_beside_its_parts(page, qtbot):
    assert page.hours.totals["first"].text() == "60 min"

    qtbot.keyClick(page.hours.preparations["first"], Qt.Key.Key_Down)

    assert page.hours.totals["first"].text() == "59 min"


def test_past_absences_are_folded_away(page, session, qtbot):
    past = Leave(date(2026, 8, 3), date(2026, 8, 21), "Sommerurlaub")
    change_hours(session, absences=(past,), closed=())
    absent = page.days_off.absences

    def said():
        return " ".join(label.text() for label in absent.findChildren(QLabel) if label.isVisible())

    assert "Sommerurlaub" not in said()
    assert absent.past_button.text() == "1 vergangenen Zeitraum anzeigen"
    qtbot.mouseClick(absent.past_button, LEFT)
    qtbot.waitUntil(lambda: "Sommerurlaub" in said())
    qtbot.mouseClick(absent.past_button, LEFT)
    qtbot.waitUntil(lambda: "Sommerurlaub" not in said())
    assert not page.days_off.closed.past_button.isVisible()


@pytest.mark.parametrize(
    ("since", "until", "told", "wrong"),
    [
        ("", "", "Bitte den ersten Tag angeben, wie 24.12.2026.", "since"),
        ("21.12.2026", "morgen oder so", "Bitte den letzten Tag angeben, wie 31.12.2026.", "until"),
        ("31.12.2026", "21.12.2026", "Der letzte Tag liegt vor dem ersten.", "until"),
    ],
)
def test_what_is_wrong_with_an_absence_is_told_at_its_field(
    page, session, qtbot, since, until, told, wrong
):
    absent = page.days_off.absences
    before = hours(session)
    qtbot.keyClicks(absent.since, since)
    qtbot.keyClicks(absent.until, until)

    qtbot.keyClick(absent.reason, Qt.Key.Key_Return)

    assert absent.error.text() == told
    assert getattr(absent, wrong).property("invalid") == "true"
    assert hours(session) == before
    qtbot.keyClicks(getattr(absent, wrong), "2")
    assert absent.error.isHidden()


def test_talks_in_an_absence_are_told_and_can_be_moved(page, session, present, qtbot):
    week = appointments.between(session.context, NEXT_MONDAY, date(2026, 11, 27))
    days = len({each.day for each, _ in week})
    assert len(week) > 1
    change_hours(session, absences=(Leave(NEXT_MONDAY, date(2026, 11, 27), "Fortbildung"),))
    assert page.days_off.clash.text.text() == f"An {days} freien Tagen liegen {len(week)} Termine."

    qtbot.mouseClick(page.days_off.clash_button, LEFT)
    [dialog] = page.findChildren(ClashesDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    assert dialog.model.rowCount() == len(week)
    assert dialog.model.index(0, 2).data() == "Fortbildung"
    first = dialog.model.row(dialog.model.index(0, 0)).appointment
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    [moving] = dialog.findChildren(AppointmentDialog)
    qtbot.waitUntil(moving.isActiveWindow)
    moving.day.setDate(moving.day.date().addDays(14))
    free = moving.slots.findChildren(QPushButton)[-1]
    qtbot.mouseClick(free, LEFT)
    qtbot.keyClick(moving, Qt.Key.Key_Return, CTRL)

    assert first.id not in {clash.appointment.id for clash in days_off.clashing(session.context)}
    assert dialog.model.rowCount() == len(week) - 1


def test_without_talks_on_free_days_nothing_is_told(page, session):
    change_hours(session, absences=(), closed=())

    assert not page.days_off.clash.isVisible()


def test_the_holidays_of_another_land_are_shown_by_name(page, qtbot):
    def names():
        return {label.text() for label in page.days_off.holidays.findChildren(QLabel)}

    assert {"Fronleichnam", "Do 27.05.2027", "Neujahr"} <= names()
    land = page.days_off.land.field
    land.setFocus()
    qtbot.keyClicks(land, "Hamburg")

    qtbot.waitUntil(lambda: "Reformationstag" in names() and "Fronleichnam" not in names())


def test_rooms_are_typed_with_commas_and_offered_when_booking(page, session, present, qtbot):
    assert page.office.rooms.field.text() == "2.16, Besprechung 1"
    type_into(page.office.rooms, " 1.02,, Saal ,1.02", qtbot)
    assert session.context.settings.rooms == ("1.02", "Saal")
    assert page.office.rooms.field.text() == "1.02, Saal"

    entry = next(e for e in worklist.entries(session.context) if e.appointment is None)
    dialog = AppointmentDialog(session, entry.client)
    present(dialog)

    assert dialog.room.text() == "2.14"
    dialog.room.setFocus()
    qtbot.keyClick(dialog.room, Qt.Key.Key_Down)
    with qtbot.waitSignal(dialog.stored) as stored:
        qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert stored.args[0].room == "1.02"


def test_a_first_talk_is_booked_with_its_preparation_and_less_where_it_is_short(
    session, present, qtbot
):
    entry = next(
        e
        for e in worklist.entries(session.context)
        if e.appointment is None and e.outcome.deciding.last is None
    )
    dialog = AppointmentDialog(session, entry.client)
    present(dialog)
    assert dialog.minutes.text() == "60 min (45 + 15)"

    qtbot.mouseClick(dialog.form.button(ContactForm.TELEFONISCH), LEFT)
    assert dialog.minutes.text() == "30 min"
    qtbot.mouseClick(dialog.form.button(ContactForm.PERSOENLICH), LEFT)
    dialog.minutes.setFocus()
    qtbot.keyClick(dialog.minutes, Qt.Key.Key_Down)

    assert dialog.minutes.text() == "55 min (40 + 15)"
    with qtbot.waitSignal(dialog.stored) as stored:
        qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert (stored.args[0].minutes, stored.args[0].preparation) == (55, 15)


def test_the_time_a_letter_needs_is_told_by_a_letter_of_today(page, session, qtbot):
    # Posted on Friday 20 November, received on Tuesday, and three working days more.
    assert page.post.example.text() == (
        "Ein Brief von heute: bekannt gegeben am Di 24.11.2026, Termin frühestens Fr 27.11.2026."
    )

    qtbot.keyClick(page.post.margin.field, Qt.Key.Key_Up)

    assert "frühestens Mo 30.11.2026" in page.post.example.text()
    posted = proposals.next_talk(
        session.context,
        next(e.client for e in worklist.entries(session.context) if e.appointment is None),
        datetime(2026, 11, 20, 9),
    )
    by_post = [p for p in (posted.best, *posted.suggestion.others) if not p.handed_over_only]
    assert min(p.day for p in by_post) >= date(2026, 11, 30)


def test_tab_goes_from_the_turn_to_the_week_and_its_days(page, qtbot):
    weeks = page.hours.weeks
    choose(weeks.turns, 1, qtbot)
    weeks.now.field.setFocus()
    qtbot.waitUntil(lambda: weeks.shown.button("1").x() > 0)

    qtbot.keyClick(weeks.now.field, Qt.Key.Key_Tab)
    assert weeks.shown.button("0").hasFocus()
    qtbot.keyClick(weeks.shown.button("0"), Qt.Key.Key_Right)
    qtbot.keyClick(weeks.shown.button("1"), Qt.Key.Key_Tab)

    assert weeks.days[0].field.hasFocus()
    assert weeks.shown.value() == "1"


def test_tab_goes_through_the_absences_before_the_line_for_another(page, session, qtbot):
    leaves = tuple(Leave(date(2026, month, 1), date(2026, month, 2)) for month in (1, 11, 12))
    change_hours(session, absences=leaves[:1])
    change_hours(session, absences=(*leaves, Leave(date(2027, 1, 4), date(2027, 1, 5))))
    absent = page.days_off.absences
    remove = absent.findChildren(QPushButton)[-1]
    qtbot.waitUntil(remove.isVisible)
    absent.past_button.setFocus()
    spoken = []
    for _ in range(3):
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        spoken.append(page.focusWidget().accessibleName())

    assert spoken == [
        "Di 01.12.2026 bis Mi 02.12.2026 entfernen",
        "Mo 04.01.2027 bis Di 05.01.2027 entfernen",
        "Eigene Abwesenheiten, erster Tag",
    ]
