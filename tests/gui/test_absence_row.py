"""An absence is entered with its reason, first and last day, by keys and clicks alone."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kkd_desktop.actions import casework, worklist
from kkd_desktop.domain.absence import ABSENT
from kkd_desktop.domain.facts import Period
from kkd_desktop.gui.dialogs.client import ClientDialog
from kkd_desktop.gui.models.timeline import StretchKind
from kkd_desktop.gui.pages.akte import AktePage
from kkd_desktop.gui.widgets.labels import PlainLabel

FIRST, LAST = date(2026, 12, 7), date(2026, 12, 18)


@pytest.fixture
def client(session):
    return worklist.entries(session.context)[0].client


@pytest.fixture
def open_dialog(session, present):
    def open_for(client):
        dialog = ClientDialog(session, casework.client_file(session.context, client.id).client)
        present(dialog)
        return dialog

    return open_for


def away(session, client, since=FIRST, until=LAST, reason="urlaub"):
    casework.set_absence(session.context, client, reason, since, until)


def stored(session, client):
    found = casework.client_file(session.context, client.id).client
    history = found.subject.facts.timeline(ABSENT)
    return () if history is None else history.periods


def save(dialog, qtbot):
    with qtbot.waitSignal(dialog.saved):
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_an_absence_is_entered_by_keys_alone(session, client, open_dialog, qtbot):
    row = open_dialog(client).facts[ABSENT]
    assert not row.until.isVisible()

    row.value.setFocus()
    qtbot.keyClicks(row.value, "Urlaub")
    qtbot.keyClick(row.value, Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "07.12.2026")
    for _ in range(9):
        if QApplication.focusWidget() is row.until:
            break
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "18.12.2026")
    save(row.window(), qtbot)

    assert stored(session, client) == (Period("urlaub", FIRST, LAST),)


def test_the_last_day_comes_right_after_the_first_one(client, session, open_dialog, qtbot):
    away(session, client)
    row = open_dialog(client).facts[ABSENT]

    row.since.setFocus()
    qtbot.keyClick(row.since, Qt.Key.Key_Tab)

    assert QApplication.focusWidget() is row.until


def test_an_absence_ahead_is_shown_with_its_days_and_can_be_changed(
    session, client, open_dialog, qtbot
):
    away(session, client)
    dialog = open_dialog(client)
    row = dialog.facts[ABSENT]
    assert (row.value.value(), row.since.day(), row.until.day()) == ("urlaub", FIRST, LAST)

    row.until.setFocus()
    row.until.selectAll()
    qtbot.keyClicks(row.until, "23.12.2026")
    save(dialog, qtbot)

    assert stored(session, client) == (Period("urlaub", FIRST, date(2026, 12, 23)),)


def test_an_absence_without_a_last_day_is_refused_at_its_field(session, client, open_dialog, qtbot):
    dialog = open_dialog(client)
    row = dialog.facts[ABSENT]
    qtbot.keyClicks(row.value, "Urlaub")
    qtbot.keyClicks(row.since, "07.12.2026")

    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert dialog.isVisible()
    assert row.until.property("invalid") == "true"
    assert QApplication.focusWidget() is row.until
    assert stored(session, client) == ()


def test_a_last_day_before_the_first_is_refused(session, client, open_dialog, qtbot):
    dialog = open_dialog(client)
    row = dialog.facts[ABSENT]
    qtbot.keyClicks(row.value, "Urlaub")
    qtbot.keyClicks(row.since, "18.12.2026")
    qtbot.keyClicks(row.until, "07.12.2026")

    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert dialog.isVisible()
    assert stored(session, client) == ()


def test_taking_one_back_leaves_the_one_before_as_it_was(session, client, open_dialog, qtbot):
    away(session, client)
    away(session, client, date(2026, 12, 19), date(2026, 12, 24), "massnahme")
    row = open_dialog(client).facts[ABSENT]

    qtbot.mouseClick(row.open_history, Qt.MouseButton.LeftButton)
    delete = row.window().history.entries.itemAtPosition(0, 2).widget()
    qtbot.mouseClick(delete, Qt.MouseButton.LeftButton)
    save(row.window(), qtbot)

    assert stored(session, client) == (Period("urlaub", FIRST, LAST),)


def test_the_file_tells_the_absence_among_the_facts_and_on_the_time_line(session, client, present):
    away(session, client)
    page = AktePage(session)
    page.resize(1180, 800)
    present(page)

    page.show_client(client.id)

    said = [label.text() for label in page.findChildren(PlainLabel)]
    assert "Urlaub\n07.12.2026 – 18.12.2026" in said
    data = page.timeline._data
    [stretch] = [each for each in data.stretches if each.kind is StretchKind.AWAY]
    assert (stretch.first, stretch.last) == (FIRST, LAST)
    assert "Abwesenheit: Urlaub von Mo 07.12. bis Fr 18.12." in data.spoken()
