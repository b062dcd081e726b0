"""The Verlauf by clicks and keys: read, narrowed, opened; several steps back from the menu; whose
Ctrl+Z it is.
"""

from datetime import date

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QLineEdit, QMenu

from kkd_desktop.actions import casework, undo
from kkd_desktop.actions.history import PAGE
from kkd_desktop.domain.contact import Contact, ContactForm, ContactKind, ContactNotes
from kkd_desktop.domain.values import replace
from kkd_desktop.gui.dialogs.history import HistoryDialog
from kkd_desktop.gui.models.steps import NAME, PEOPLE
from kkd_desktop.gui.pages.verlauf import VerlaufPage
from kkd_desktop.gui.step_menu import StepMenu
from kkd_desktop.gui.workplace import Workplace
from tests.benchmarks import caseloads

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def client(session):
    return casework.all_clients(session.context)[0]


@pytest.fixture
def page(session, present):
    with session.context.store.write(journaled=False) as transaction:
        transaction.execute("DELETE FROM step")
    page = VerlaufPage(session)
    page.resize(1150, 780)
    present(page)
    return page


@pytest.fixture
def workplace(qtbot, session, tmp_path):
    settings = QSettings(str(tmp_path / "fenster.ini"), QSettings.Format.IniFormat)
    workplace = Workplace(session, settings)
    with qtbot.waitSignal(workplace.settling):
        workplace.window.show()
    workplace.window.activateWindow()
    qtbot.waitUntil(workplace.window.isActiveWindow)
    yield workplace
    workplace.close()


def log(session, client, day=9, **given):
    new = Contact(date(2026, 11, day), client_id=client.id, **given)
    return session.perform(lambda context: casework.record_contact(context, new))


def names(view):
    return [row.name for row in view.model.rows()]


def test_a_change_is_read_from_old_to_new(page, session, client):
    contact = log(session, client)
    by_phone = ContactKind(form=ContactForm.TELEFONISCH)
    session.perform(lambda context: casework.record_contact(context, contact.with_kind(by_phone)))

    page.view.table.selectRow(0)

    said = page.view.reader.toPlainText()
    assert "Kontakt 09.11.2026 · geändert" in said
    assert "Form\tpersönlich → telefonisch" in said
    assert page.heading.note.text() == "2 Schritte"
    assert page.view.model.index(0, PEOPLE).data() == client.name


def test_what_was_taken_back_says_so(page, session, client):
    log(session, client)
    session.undo()

    written = [page.view.model.index(row, NAME).data() for row in range(2)]

    assert written == [
        "Zurück: Kontakt 09.11.2026 erfasst",
        "Kontakt 09.11.2026 erfasst · zurückgenommen",
    ]


def test_without_any_step_the_page_says_what_will_stand_here(page):
    assert page.view.nothing.isVisible()
    assert page.view.nothing.title.text() == "Noch hat sich nichts geändert"
    assert not page.view.nothing.button.isVisible()


def test_typed_words_narrow_and_one_key_shows_all_again(page, session, client, qtbot):
    notes = ContactNotes(content="Bewerbungen <b>durchgesehen</b>")
    log(session, client, 9)
    log(session, client, 10, notes=notes)

    qtbot.keyClicks(page.view.search, "bewerbungen beratungsvermerk")
    qtbot.waitUntil(lambda: names(page.view) == ["Kontakt 10.11.2026 erfasst"])
    assert page.heading.note.text() == "1 Treffer"
    assert "<b>durchgesehen</b>" in page.view.reader.toPlainText()

    qtbot.keyClicks(page.view.search, " nirgends")
    qtbot.waitUntil(page.view.nothing.button.isVisible)
    qtbot.keyClick(page.view.nothing.button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(names(page.view)) == 2)
    assert page.view.search.hasFocus()


def test_a_period_narrows(page, session, client, qtbot):
    log(session, client)
    with session.context.store.write(journaled=False) as transaction:
        transaction.execute("UPDATE step SET done_at = '2026-05-19T10:00:00'")
    log(session, client, 10)

    qtbot.keyClicks(page.view.until, "19.05.2026")
    qtbot.waitUntil(lambda: names(page.view) == ["Kontakt 09.11.2026 erfasst"])
    page.view.since.setFocus()
    qtbot.keyClicks(page.view.since, "20.05.2026")
    qtbot.waitUntil(page.view.nothing.isVisible)


def test_older_steps_come_when_one_scrolls_to_them(page, session, qtbot):
    with session.context.store.write(journaled=False):
        caseloads.steps(session.context, 3 * PAGE)
    page.reload()
    assert len(names(page.view)) == PAGE
    assert page.heading.note.text() == "100 Schritte, ältere beim Blättern"

    page.view.table.setFocus()
    qtbot.keyClick(page.view.table, Qt.Key.Key_End, CONTROL)
    qtbot.waitUntil(lambda: len(names(page.view)) == 2 * PAGE)
    assert page.view.table.currentIndex().row() == PAGE - 1
    qtbot.keyClick(page.view.table, Qt.Key.Key_End, CONTROL)
    qtbot.waitUntil(lambda: len(names(page.view)) == 3 * PAGE)
    assert len(set(page.view.model.rows())) == 3 * PAGE


def test_what_stands_far_back_is_found(page, session, qtbot):
    with session.context.store.write(journaled=False):
        caseloads.steps(session.context, 5 * PAGE)
    page.reload()

    qtbot.keyClicks(page.view.search, "(7)")
    qtbot.waitUntil(page.view.is_reading)
    qtbot.waitUntil(lambda: names(page.view) == ["Angaben geändert (7)"])
    qtbot.waitUntil(lambda: not page.view.is_reading())


def test_enter_opens_the_person(page, session, client, qtbot):
    log(session, client)
    page.view.table.selectRow(0)

    with qtbot.waitSignal(page.client_opened) as opened:
        qtbot.keyClick(page.view.table, Qt.Key.Key_Return)
    assert opened.args == [client.id]
    with qtbot.waitSignal(page.client_opened):
        qtbot.mouseClick(page.view.open_button, Qt.MouseButton.LeftButton)


def test_a_step_about_several_names_each_and_opens_none(page, session, client):
    other = casework.all_clients(session.context)[1]
    with session.context.store.write("Zwei Kontakte"):
        for person in (client, other):
            log(session, person)

    assert page.view.model.index(0, PEOPLE).data() == f"{client.name} · {other.name}"
    said = page.view.reader.toPlainText()
    assert f"Kontakt 09.11.2026 · neu · {client.name}" in said
    assert f"Kontakt 09.11.2026 · neu · {other.name}" in said
    assert not page.view.open_button.isVisible()


def test_a_step_about_nobody_opens_nobody(page, session, qtbot):
    session.perform(lambda context: context.change_settings(reminder=15))
    page.view.table.selectRow(0)

    with qtbot.assertNotEmitted(page.client_opened):
        qtbot.keyClick(page.view.table, Qt.Key.Key_Return)
    assert not page.view.open_button.isVisible()


def test_the_highlighted_step_stays_when_something_new_comes(page, session, client):
    log(session, client, 9)
    log(session, client, 10)
    page.view.table.selectRow(1)

    log(session, client, 11)

    assert page.view.table.currentIndex().row() == 2
    assert "Kontakt 09.11.2026" in page.view.reader.toPlainText()


def test_the_verlauf_of_a_person_holds_nobody_else(session, client, present):
    other = casework.all_clients(session.context)[1]
    log(session, client, 9)
    log(session, other, 10)
    dialog = HistoryDialog(session, client)
    present(dialog)

    assert names(dialog.view) == ["Kontakt 09.11.2026 erfasst"]
    assert dialog.subtitle.text().endswith(" · 1 Schritt")
    assert client.last_name not in dialog.windowTitle()
    assert dialog.view.table.isColumnHidden(PEOPLE)


def test_it_is_reached_by_search_and_from_the_kundenakte(workplace, session, client, qtbot):
    window = workplace.window
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    qtbot.keyClicks(window.commands, "Verlauf")
    qtbot.keyClick(window.commands, Qt.Key.Key_Return)
    assert window.current_page() == "verlauf"

    workplace.open_client(client.id)
    qtbot.mouseClick(window.page("akte").history_button, Qt.MouseButton.LeftButton)
    (dialog,) = window.findChildren(HistoryDialog)
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def texts_of(menu):
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def chosen(menu, text):
    return next(action for action in menu.actions() if action.text().startswith(text))


def test_the_menu_names_steps_and_takes_back_to_one_of_them(workplace, session, client, qtbot):
    for day in (9, 10, 11):
        log(session, client, day)
    before = len(casework.client_file(session.context, client.id).history)
    menu = QMenu(workplace.window)
    workplace._steps.fill(menu)
    assert texts_of(menu)[:4] == [
        "Rückgängig: Kontakt 11.11.2026 erfasst\tStrg Z",
        "Bis hierher zurücknehmen:",
        "Kontakt 10.11.2026 erfasst\t2 Schritte",
        "Kontakt 09.11.2026 erfasst\t3 Schritte",
    ]

    chosen(menu, "Kontakt 10.11.").trigger()

    assert len(casework.client_file(session.context, client.id).history) == before - 2
    assert workplace.window.toast.text.text() == "2 Schritte zurückgenommen"
    menu.clear()
    workplace._steps.fill(menu)
    assert "Noch einmal: Kontakt 10.11.2026 erfasst\tStrg Umschalt Z" in texts_of(menu)
    qtbot.mouseClick(workplace.window.toast.button, Qt.MouseButton.LeftButton)
    assert len(casework.client_file(session.context, client.id).history) == before


def test_the_menu_stays_while_something_can_be_done_again(workplace, session, client, qtbot):
    bar = workplace.window.bar
    assert not bar.steps.isVisible()
    log(session, client)
    assert bar.steps.isVisible()

    qtbot.keyClick(workplace.window, Qt.Key.Key_Z, CONTROL)

    assert not bar.undo.isVisible()
    assert bar.steps.isVisible()


def test_a_name_with_an_ampersand_is_no_key(session):
    steps = StepMenu(session, *[lambda *_: None] * 3)
    with session.context.store.write("Müller & Söhne") as transaction:
        transaction.execute("UPDATE client SET city = 'x' WHERE id = 1")
    menu = QMenu()
    steps.fill(menu)
    assert texts_of(menu)[0] == "Rückgängig: Müller && Söhne\tStrg Z"


def test_a_field_keeps_ctrl_z_while_it_has_text_of_its_own(workplace, session, client, qtbot):
    log(session, client)
    search = workplace.window.show_page("verlauf").view.search
    search.setFocus()
    qtbot.keyClicks(search, "abc")

    qtbot.keyClick(search, Qt.Key.Key_Z, CONTROL)

    assert search.text() == ""
    assert undo.to_undo(session.context) is not None


def test_a_field_without_text_of_its_own_leaves_ctrl_z_to_the_caseload(
    workplace, session, client, qtbot
):
    log(session, client)
    search = workplace.window.show_page("verlauf").view.search
    search.setFocus()

    qtbot.keyClick(search, Qt.Key.Key_Z, CONTROL)

    assert undo.to_undo(session.context) is None
    qtbot.keyClick(search, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert undo.to_undo(session.context) is not None


def test_a_setting_that_was_stored_goes_back_with_ctrl_z_in_its_field(workplace, session, qtbot):
    before = session.context.settings.office
    section = workplace.window.show_page("einstellungen").office
    edit = section.office.field
    assert isinstance(edit, QLineEdit)
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, "Jobcenter Neustadt")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert session.context.settings.office == "Jobcenter Neustadt"

    qtbot.keyClick(edit, Qt.Key.Key_Z, CONTROL)

    assert session.context.settings.office == before
    assert edit.text() == before


def test_the_settings_say_how_far_back_and_how_long(workplace, session, qtbot):
    page = workplace.window.show_page("einstellungen")
    section = page.history
    section._number.setValue(400)
    assert session.context.settings.kept_steps == 400
    choice = section._choice
    choice.setFocus()
    qtbot.keyClick(choice, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: session.context.settings.history_months == 120)
    session.undo()
    assert session.context.settings.history_months is None
    assert choice.currentIndex() == 0

    qtbot.mouseClick(section.open_button, Qt.MouseButton.LeftButton)
    assert workplace.window.current_page() == "verlauf"


def test_another_number_of_months_is_shown_as_it_is(workplace, session):
    session.perform(lambda context: context.change_settings(history_months=18))
    section = workplace.window.show_page("einstellungen").history

    assert section._choice.currentText() == "18 Monate"
    assert replace(session.context.settings).history_months == 18


def test_it_is_read_anew_after_older_steps_came(page, session, qtbot):
    for number in range(120):
        session.perform(lambda context, n=number: context.change_settings(room=f"2.{n}"))
    model = page.view.table.model()
    before = model.rowCount()
    page.view.table.scrollToBottom()
    qtbot.waitUntil(lambda: model.rowCount() > before)

    session.perform(lambda context: context.change_settings(room="3.1"))

    qtbot.waitUntil(lambda: not page.view.is_reading())
    assert model.rowCount() >= before
