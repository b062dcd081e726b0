"""A wish is typed or put together, and kept with its history."""

from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kkd_desktop.actions import casework, worklist
from kkd_desktop.domain.client import WISH
from kkd_desktop.domain.facts import Period
from kkd_desktop.domain.slots import Half
from kkd_desktop.domain.wishes import Wish
from kkd_desktop.gui.dialogs.client import ClientDialog
from kkd_desktop.gui.dialogs.wish import WishDialog
from kkd_desktop.gui.pages.akte import AktePage

TODAY = date(2026, 11, 20)


@pytest.fixture
def client(session):
    """Somebody who wishes nothing yet."""
    entries = worklist.entries(session.context)
    return next(e.client for e in entries if e.client.subject.facts.timeline(WISH) is None)


@pytest.fixture
def open_dialog(session, present):
    def open_for(client):
        dialog = ClientDialog(session, client)
        present(dialog)
        return dialog

    return open_for


def history(session, client):
    return casework.client_file(session.context, client.id).client.subject.facts.timeline(WISH)


def type_into(line, text, qtbot):
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)


def save(dialog, qtbot):
    with qtbot.waitSignal(dialog.saved):
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_wish_is_typed_and_stored_as_it_is_read(session, client, open_dialog, qtbot):
    dialog = open_dialog(client)

    type_into(dialog.facts[WISH].value, "nur Do und Di, ab 10 Uhr, bis 31.12.2026", qtbot)
    save(dialog, qtbot)

    assert history(session, client).periods == (
        Period("Di, Do, nicht vor 10:00", TODAY, date(2026, 12, 31)),
    )


def test_another_end_corrects_the_entry_and_another_wish_ends_it(
    session, client, open_dialog, qtbot
):
    casework.set_wish(session.context, client, "Di", date(2026, 11, 2))
    dialog = open_dialog(casework.client_file(session.context, client.id).client)
    type_into(dialog.facts[WISH].value, "Di, bis 18.12.2026", qtbot)
    save(dialog, qtbot)
    assert history(session, client).periods == (
        Period("Di", date(2026, 11, 2), date(2026, 12, 18)),
    )

    dialog = open_dialog(casework.client_file(session.context, client.id).client)
    assert dialog.facts[WISH].value.text() == "Di, bis 18.12.2026"
    type_into(dialog.facts[WISH].value, "nachmittags", qtbot)
    save(dialog, qtbot)

    assert history(session, client).periods == (
        Period("Di", date(2026, 11, 2), date(2026, 11, 19)),
        Period("nachmittags", TODAY),
    )


def test_a_wish_that_cannot_be_read_is_said_and_nothing_is_stored(
    session, client, open_dialog, qtbot
):
    dialog = open_dialog(client)
    line = dialog.facts[WISH].value
    type_into(line, "gern morgens", qtbot)

    dialog.submit()

    assert dialog.isVisible()
    assert "„gern“ ist nicht zu verstehen" in dialog.error.text.text()
    assert line.property("invalid") == "true"
    assert line.hasFocus()
    assert history(session, client) is None


def test_a_wish_is_put_together_by_keys_alone(session, client, open_dialog, qtbot):
    dialog = open_dialog(client)
    line = dialog.facts[WISH].value
    line.setFocus()

    qtbot.keyClick(line, Qt.Key.Key_F4)
    chooser = dialog.findChild(WishDialog)
    qtbot.waitUntil(chooser.isActiveWindow)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "9:30")
    assert chooser.sentence.text() == "Wunsch: Di vormittags, nicht vor 09:30"
    qtbot.keyClick(chooser, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert line.text() == "Di vormittags, nicht vor 09:30"
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    save(dialog, qtbot)
    assert history(session, client).periods == (Period("Di vormittags, nicht vor 09:30", TODAY),)


def test_the_chooser_shows_what_is_wished_and_refuses_what_cannot_be(present, qtbot):
    wish = Wish(Half.NACHMITTAG, frozenset({0}), time(13), time(15, 30))
    chooser = WishDialog(wish, date(2026, 12, 31), ends=True, today=TODAY)
    present(chooser)

    assert [b.text() for b in chooser.weekdays if b.isChecked()] == ["Mo"]
    assert chooser.half.value() == "nachmittags"
    assert (chooser.not_before.text(), chooser.not_after.text()) == ("13:00", "15:30")
    assert chooser.until.day() == date(2026, 12, 31)

    type_into(chooser.not_after, "12:00", qtbot)
    chooser.submit()
    assert "zwischen 13:00 und 12:00 liegt keine Zeit" in chooser.error.text.text()
    assert chooser.isVisible()


def test_a_last_day_without_a_wish_is_asked_back(present):
    chooser = WishDialog(Wish(), date(2026, 12, 31), ends=True)
    present(chooser)

    chooser.submit()

    assert "was bis dahin gewünscht ist" in chooser.error.text.text()


def test_an_older_entry_has_its_last_day_in_its_own_field(client, open_dialog, qtbot):
    dialog = open_dialog(client)
    dialog.facts[WISH].open_history.click()

    type_into(dialog.history.value, "Mo, bis 31.03.2026", qtbot)
    dialog.history.add.click()

    assert "gehört in das Feld „bis“" in dialog.history.fault.text()


def test_the_file_shows_the_wish_and_the_card_its_reason(session, client, qtbot, present):
    casework.set_wish(session.context, client, "nicht nach 11:00, bis 31.12.2026")
    page = AktePage(session)
    present(page)

    page.show_client(client.id)

    shown = dict(page.facts._facts(page._file))
    assert shown["Terminwunsch"] == "nicht nach 11:00\nbis 31.12.2026"
