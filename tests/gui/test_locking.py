"""Locked: off the screen at once, what was typed kept, and offered again afterwards."""

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from kkd_desktop.actions import casework, left_open
from kkd_desktop.domain.contact import ContactForm
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.left_open import PLACE, LeftOpen
from kkd_desktop.gui import clipboard, drafts, locking, tasks
from kkd_desktop.gui.dialogs.client import ClientDialog
from kkd_desktop.gui.dialogs.contact import ContactDialog
from kkd_desktop.gui.dialogs.left_over import LeftOverDialog
from kkd_desktop.gui.dialogs.passphrase import PassphraseDialog
from kkd_desktop.gui.locking import Locker
from kkd_desktop.gui.resuming import Resuming
from kkd_desktop.gui.system_watch import SystemWatch
from kkd_desktop.gui.widgets.banner import Notice
from kkd_desktop.gui.widgets.toast import Toast
from kkd_desktop.gui.workplace import Workplace

NOTES = "Wohnung am Wall besprochen"


@pytest.fixture(autouse=True)
def no_buses(monkeypatch):
    monkeypatch.setattr(SystemWatch, "follow", lambda self, window: False)


@pytest.fixture
def open_window(qtbot, session, tmp_path, qapp):
    """Windows on the caseload as they come up, one after the other."""
    made = []

    def make(*, after_lock=False, is_demo=False):
        settings = QSettings(str(tmp_path / "fenster.ini"), QSettings.Format.IniFormat)
        workplace = Workplace(session, settings, after_lock=after_lock, is_demo=is_demo)
        # Once it is closed the window may be gone before anything else can be put away.
        qtbot.addWidget(workplace.window, before_close_func=lambda _: leave(workplace))
        made.append(workplace)
        with qtbot.waitSignal(workplace.settling):
            workplace.window.show()
        workplace.window.activateWindow()
        qtbot.waitUntil(workplace.window.isActiveWindow)
        return workplace

    yield make
    qtbot.waitUntil(lambda: not tasks.is_working(), timeout=20_000)
    for workplace in made:
        workplace.session.finish()


@pytest.fixture
def window(open_window):
    return open_window()


def lock(qtbot, workplace):
    """Lock a window; its process would be gone after it."""
    with qtbot.waitSignal(workplace.locked, timeout=40_000):
        workplace.lock()
    end(workplace)


def leave(workplace):
    if workplace._locker is not None:
        end(workplace)
        workplace._locker.idle.stop()
        if workplace._locker._curtain is not None:
            workplace._locker._curtain.hide()


def end(workplace):
    QApplication.instance().removeEventFilter(workplace._locker)
    for dialog in workplace.window.findChildren(QDialog):
        dialog.deleteLater()


def client_of(session):
    return casework.all_clients(session.context)[3]


def dialog_of(workplace, kind):
    return next(each for each in workplace.window.findChildren(kind) if each.isVisible())


def notices(workplace):
    bar = workplace.window.notices
    return [
        each
        for each in bar.findChildren(Notice)
        if each.isVisibleTo(bar) and "beim Sperren" in each.text.text()
    ]


def begin_notes(qtbot, workplace, text=NOTES):
    workplace.log_contact(client_of(workplace.session).id)
    dialog = dialog_of(workplace, ContactDialog)
    dialog.fields.form.button(ContactForm.TELEFONISCH.value).click()
    dialog.fields.content.setFocus()
    QTest.keyClicks(dialog.fields.content, text)
    return dialog


def test_ctrl_l_takes_everything_off_the_screen_before_anything_else(qtbot, window):
    begin_notes(qtbot, window)
    seen = []
    window.locked.connect(
        lambda: seen.extend(w for w in QApplication.topLevelWidgets() if w.isVisible())
    )

    with qtbot.waitSignal(window.locked, timeout=40_000):
        in_front = dialog_of(window, ContactDialog).windowHandle()
        QTest.keyClick(in_front, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    assert seen == []


def test_what_was_copied_here_does_not_outlive_the_window(window):
    clipboard.copy("Beispiel, Amina")

    window.window.close()

    assert QApplication.clipboard().text() == ""


def test_what_was_typed_comes_back_where_it_was_typed(qtbot, open_window):
    first = open_window()
    begin_notes(qtbot, first)
    lock(qtbot, first)
    second = open_window(after_lock=True)

    [notice] = notices(second)
    qtbot.mouseClick(notice.button, Qt.MouseButton.LeftButton)
    dialog = dialog_of(second, ContactDialog)

    assert dialog.fields.content.toPlainText() == NOTES
    assert dialog.fields.draft().kind.form is ContactForm.TELEFONISCH
    dialog.save()
    found = casework.client_file(second.session.context, client_of(second.session).id)
    assert any(each.contact.notes.content == NOTES for each in found.history)
    assert left_open.drafts(second.session.context) == []
    assert notices(second) == []


def test_locked_once_more_there_is_still_one_draft_with_the_latest_text(qtbot, open_window):
    first = open_window()
    begin_notes(qtbot, first)
    lock(qtbot, first)
    second = open_window(after_lock=True)
    notices(second)[0].button.click()
    QTest.keyClicks(dialog_of(second, ContactDialog).fields.goal, "Umzug im Mai")
    lock(qtbot, second)

    [draft] = left_open.drafts(second.session.context)
    assert dict(drafts.texts_of(draft)) == {"Inhalt": NOTES, "Ziel / Zwischenziel": "Umzug im Mai"}


def test_a_person_that_was_being_added_comes_back(qtbot, open_window):
    first = open_window()
    first.add_client()
    dialog = dialog_of(first, ClientDialog)
    QTest.keyClicks(dialog.last_name, "Beispiel")
    QTest.keyClicks(dialog.born, "05.05.1988")
    lock(qtbot, first)
    second = open_window(after_lock=True)

    notices(second)[0].button.click()

    again = dialog_of(second, ClientDialog)
    assert (again.last_name.text(), again.born.text()) == ("Beispiel", "05.05.1988")


def test_a_dialog_into_which_nothing_was_typed_leaves_nothing(qtbot, window):
    window.log_contact(client_of(window.session).id)

    lock(qtbot, window)

    assert left_open.drafts(window.session.context) == []


def test_passphrases_are_never_kept(qtbot, window):
    dialog = PassphraseDialog(window.session, window.window)
    dialog.open()
    QTest.keyClicks(dialog.current.field, "meine geheime Passphrase")

    lock(qtbot, window)

    kept = window.session.context.store.read("SELECT group_concat(content) FROM left_open")
    assert "geheime" not in str(kept)


def test_texts_without_their_dialog_can_be_read_copied_and_discarded(qtbot, session, open_window):
    content = {"title": "Abweichung", "values": {}, "texts": [["Grund", "Reha bis Januar"]]}
    left_open.keep(session.context, [LeftOpen("other", content)])
    workplace = open_window()

    notices(workplace)[0].button.click()
    dialog = dialog_of(workplace, LeftOverDialog)
    dialog.copy()

    assert QApplication.clipboard().text() == "Grund: Reha bis Januar"
    dialog._throw_away()
    assert left_open.drafts(session.context) == []
    assert notices(workplace) == []


def test_a_draft_about_somebody_deleted_meanwhile_is_gone(qtbot, session, open_window):
    client = client_of(session)
    content = {"title": "Kontakt", "values": {}, "texts": [], "contact": None, "appointment": None}
    left_open.keep(session.context, [LeftOpen("contact", content, client.id)])
    with session.context.store.write("gelöscht") as transaction:
        transaction.delete("client", client.id)

    assert notices(open_window()) == []


@pytest.mark.parametrize("page", ["kunden", "woche", "einladungen", "einstellungen"])
def test_the_page_is_the_same_afterwards(qtbot, open_window, page):
    first = open_window()
    first.window.show_page(page)
    lock(qtbot, first)

    assert open_window(after_lock=True).window.current_page() == page


def test_so_are_the_client_who_was_shown_and_the_row_that_was_chosen(qtbot, open_window):
    first = open_window()
    client = client_of(first.session)
    first.open_client(client.id)
    lock(qtbot, first)
    second = open_window(after_lock=True)
    assert second.window.page("akte").current_client_id() == client.id

    page = second.window.show_page("kunden")
    page.table.selectRow(17)
    chosen = page.current_client_id()
    lock(qtbot, second)

    assert open_window(after_lock=True).window.page("kunden").current_client_id() == chosen


def test_who_starts_anew_begins_with_heute_and_keeps_the_draft(qtbot, session, open_window):
    left_open.keep(session.context, [LeftOpen(PLACE, {"page": "kunden", "scrolled": []})])

    assert open_window().window.current_page() == "heute"


def test_where_the_draft_cannot_be_kept_nothing_is_shown_and_nothing_is_lost(
    qtbot, window, monkeypatch
):
    begin_notes(qtbot, window)
    keep = left_open.keep

    def refuse(context, things):
        raise UserError("Der Datenträger ist voll.")

    monkeypatch.setattr(locking.left_open, "keep", refuse)
    window.lock()
    curtain = window._locker._curtain
    assert curtain.isVisible()
    assert "voll" in curtain.error.text.text()
    assert not window.window.isVisible()

    monkeypatch.setattr(locking.left_open, "keep", keep)
    with qtbot.waitSignal(window.locked, timeout=40_000):
        qtbot.mouseClick(curtain.again, Qt.MouseButton.LeftButton)

    assert len(left_open.drafts(window.session.context)) == 1


def test_what_was_begun_is_offered_where_nothing_can_be_stored_and_the_window_locks_again(
    qtbot, open_window, monkeypatch
):
    def refuse(context):
        raise UserError("Der Datenträger ist voll.")

    first = open_window()
    begin_notes(qtbot, first)
    lock(qtbot, first)
    with monkeypatch.context() as full:
        full.setattr(left_open, "take_place", refuse)
        second = open_window(after_lock=True)

    assert len(notices(second)) == 1
    assert second.window.toast.text.text() == "Der Datenträger ist voll."
    lock(qtbot, second)


def test_what_opens_while_it_locks_does_not_come_onto_the_screen(qtbot, window):
    begin_notes(qtbot, window)
    window.lock()
    late = QDialog(window.window)

    late.show()

    qtbot.waitUntil(lambda: not late.isVisible())


def test_the_countdown_is_seen_over_the_dialog_in_front(qtbot, window):
    dialog = begin_notes(qtbot, window)
    qtbot.waitUntil(lambda: not tasks.is_working(), timeout=20_000)
    locker = window._locker

    locker.idle.nearly.emit(12)

    assert locker.countdown.isVisible()
    assert locker.countdown.parentWidget() is dialog
    assert "12 Sekunden" in locker.countdown.words.text()
    locker.idle.resumed.emit()
    assert not locker.countdown.isVisible()


def test_the_time_is_that_of_the_settings(qtbot, window, monkeypatch):
    told = []
    monkeypatch.setattr(window._locker.idle, "set_minutes", told.append)

    window.session.perform(lambda context: context.change_settings(lock_minutes=25))

    assert told[-1] == 25


def test_idleness_waits_for_work_under_way(qtbot, window, monkeypatch):
    with monkeypatch.context() as busy:
        busy.setattr(tasks, "is_working", lambda: True)
        window._locker.idle.reached.emit()

    assert window.window.isVisible()


def test_a_sleeping_machine_locks(qtbot, window):
    with qtbot.waitSignal(window.locked, timeout=40_000):
        window._locker.system.leaving.emit()


def test_the_demo_is_not_locked_and_says_why(qtbot, open_window):
    workplace = open_window(is_demo=True)

    QTest.keyClick(workplace.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    assert workplace.window.isVisible()
    assert "keine Passphrase" in workplace.window.findChild(Toast).text.text()


def test_a_place_is_taken_down_without_anybodys_name(window):
    window.open_client(client_of(window.session).id)

    place = Resuming(window).place()

    assert place.content.keys() == {"page", "scrolled"}
    assert isinstance(window._locker, Locker)
