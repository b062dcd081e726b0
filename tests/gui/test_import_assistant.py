"""From a file to people in the caseload, by clicks, keys and drops."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QComboBox

from kkd_desktop.actions import casework, undo
from kkd_desktop.gui.dialogs.export_tables import ExportTablesDialog
from kkd_desktop.gui.dialogs.import_assistant import assistant
from kkd_desktop.gui.dialogs.import_assistant.assistant import ImportAssistant
from kkd_desktop.gui.workplace import Workplace

LEFT = Qt.MouseButton.LeftButton
TABLE = (
    "KdNr;Name;Vorname;Geb.-Datum;Profil;Status;Letzter Kontakt am;Sachgebiet\n"
    "X1;Übungsfall;Änne;05.05.1988;FP;al;30.09.2026;II\n"
    "X2;Probst;Bela;31.02.1990;Markt;asu;;II\n"
    "X3;Muster;Cem;01.07.1994;Stabi;al;;II\n"
)

with_popup = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
"""A list that drops down takes the keyboard, which this platform has none of."""


class Places:
    def __init__(self, folder):
        self.path = folder / "liste.csv"

    def existing(self, parent, title, kind):
        return self.path

    def file(self, parent, title, name, kind):
        return self.path.with_name(name)


@pytest.fixture
def places(tmp_path):
    found = Places(tmp_path)
    found.path.write_text(TABLE, encoding="utf-8")
    return found


@pytest.fixture
def dialog(session, present, places):
    found = ImportAssistant(session, places)
    present(found)
    return found


def settled(qtbot, dialog):
    qtbot.waitUntil(lambda: not dialog.is_busy(), timeout=10_000)


def at_page(qtbot, dialog, page):
    """Choose the file and go on to a page."""
    qtbot.mouseClick(dialog.file_page.choose_button, LEFT)
    settled(qtbot, dialog)
    for _ in range(page - 1):
        qtbot.mouseClick(dialog.next_button, LEFT)
        settled(qtbot, dialog)
    assert dialog.pages.currentIndex() == page


def shown(table):
    model = table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def drop_on(target, path):
    """What the system sends when a file is let go over a widget."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, button, no_key = Qt.DropAction.CopyAction, LEFT, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(20, 20), copy, data, button, no_key)
    QApplication.sendEvent(target, enter)
    drop = QDropEvent(QPointF(20, 20), copy, data, button, no_key)
    if enter.isAccepted():
        QApplication.sendEvent(target, drop)
    return enter.isAccepted()


def test_a_chosen_file_is_shown_as_it_was_read(dialog, qtbot):
    at_page(qtbot, dialog, assistant.FORM)
    page = dialog.form_page

    assert (page.encoding.currentText(), page.delimiter.currentData()) == ("UTF-8", ";")
    assert shown(page.table)[0][:3] == ["X1", "Übungsfall", "Änne"]
    assert page.note.text() == "3 Zeilen · 8 Spalten"


def test_a_charset_is_asked_for_and_never_guessed(dialog, places, qtbot):
    places.path.write_bytes(TABLE.encode("cp1252"))
    at_page(qtbot, dialog, assistant.FORM)
    page = dialog.form_page

    assert page.encoding.currentIndex() == -1
    assert "nicht in UTF-8" in dialog.error.text.text()
    assert not dialog.next_button.isEnabled()

    page.encoding.setFocus()
    qtbot.keyClicks(page.encoding, "Win")
    qtbot.keyClick(page.encoding, Qt.Key.Key_Return)
    page.encoding.activated.emit(page.encoding.currentIndex())
    settled(qtbot, dialog)

    assert shown(page.table)[0][1] == "Übungsfall"
    assert dialog.next_button.isEnabled()
    assert not dialog.error.isVisible()


def test_a_hostile_file_is_refused_in_place(dialog, places, session, qtbot):
    places.path.write_bytes(b'a;b\n1;"2\n')

    qtbot.mouseClick(dialog.file_page.choose_button, LEFT)
    settled(qtbot, dialog)

    assert "Zeile 2, Feld 2" in dialog.error.text.text()
    assert dialog.pages.currentIndex() == assistant.FILE


@with_popup
def test_what_columns_mean_is_proposed_and_can_be_changed(dialog, qtbot):
    at_page(qtbot, dialog, assistant.COLUMNS)
    page = dialog.columns_page

    assert [box.currentData() for box in page.boxes] == [
        *("number", "last_name", "first_name", "birth_date", "profile", "status", "last_contact"),
        "",
    ]
    assert page.boxes[-1].hasFocus()
    choose(qtbot, page.boxes[-1], "Vorname")
    assert page.boxes[2].currentData() == ""
    assert "7 von 8" in page.note.text()


def choose(qtbot, box: QComboBox, text):
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    wanted = box.findText(text)
    while (at := box.view().currentIndex().row()) != wanted:
        qtbot.keyClick(box.view(), Qt.Key.Key_Down if at < wanted else Qt.Key.Key_Up)
    qtbot.keyClick(box.view(), Qt.Key.Key_Return)
    assert box.currentText() == text


@with_popup
def test_a_letter_opens_the_list_of_meanings_and_takes_nothing(dialog, qtbot):
    at_page(qtbot, dialog, assistant.COLUMNS)
    box = dialog.columns_page.boxes[-1]

    qtbot.keyClick(box, "v")

    assert box.view().isVisible()
    assert box.view().currentIndex().data() == "Vorname"
    assert dialog.columns_page.boxes[2].currentData() == "first_name"
    box.hidePopup()


@with_popup
def test_without_a_name_there_is_no_way_on(dialog, qtbot):
    at_page(qtbot, dialog, assistant.COLUMNS)

    choose(qtbot, dialog.columns_page.boxes[1], "nicht übernehmen")

    assert not dialog.next_button.isEnabled()
    assert "Es fehlt eine Spalte für den Nachnamen" in dialog.columns_page.note.text()


def test_the_plan_is_counted_and_every_refusal_has_line_field_and_reason(dialog, qtbot):
    at_page(qtbot, dialog, assistant.REVIEW)
    page = dialog.review_page

    assert page.tiles.value() == "refused"
    assert shown(page.table) == [
        [
            *("3", "Kunden", "Probst, Bela", "X2", "Geburtsdatum"),
            "„31.02.1990“: Diesen Tag gibt es nicht.",
        ]
    ]
    assert page.reason.text().startswith("Zeile 3: Geburtsdatum:")
    qtbot.mouseClick(page.tiles.button("new"), LEFT)
    assert [row[2] for row in shown(page.table)] == ["Übungsfall, Änne", "Muster, Cem"]
    assert not page.tiles.button("changed").isEnabled()
    assert dialog.next_button.text() == "2 übernehmen, 1 auslassen"


def test_accepting_is_one_step_with_a_way_back(dialog, session, qtbot):
    before = casework.count_clients(session.context)
    at_page(qtbot, dialog, assistant.REVIEW)

    with qtbot.waitSignal(session.done, timeout=10_000) as done, qtbot.waitSignal(session.changed):
        qtbot.mouseClick(dialog.next_button, LEFT)

    [said] = done.args
    assert said == "Import von 2 Personen · 2 neu, 1 Kontakt"
    assert dialog.isHidden()
    assert casework.count_clients(session.context) == before + 2
    assert undo.to_undo(session.context).name == "Import von 2 Personen"
    assert session.undo() == "Import von 2 Personen"
    assert casework.count_clients(session.context) == before


def test_the_whole_way_by_keyboard(session, present, places, qtbot):
    dialog = ImportAssistant(session, places)
    present(dialog)
    before = casework.count_clients(session.context)

    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Space)
    settled(qtbot, dialog)
    for _ in range(3):
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        settled(qtbot, dialog)
    qtbot.waitUntil(dialog.isHidden)

    assert casework.count_clients(session.context) == before + 2


def test_esc_while_it_works_stops_the_work_and_stores_nothing(dialog, places, session, qtbot):
    rows = "".join(f"Y{number};Fall;Person {number};;;;;\n" for number in range(3000))
    places.path.write_text(TABLE + rows, encoding="utf-8")
    before = casework.count_clients(session.context)
    at_page(qtbot, dialog, assistant.REVIEW)

    qtbot.mouseClick(dialog.next_button, LEFT)
    task = dialog._task
    with qtbot.waitSignal(task.ended, timeout=20_000):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    assert dialog.isVisible()
    assert casework.count_clients(session.context) == before
    assert not dialog.is_busy()


def test_doubles_are_asked_about(dialog, places, session, qtbot):
    known = casework.all_clients(session.context)[0]
    born = known.subject.birth_date
    row = f"X9;{known.last_name};{known.first_name};{born:%d.%m.%Y};;;;\n"
    places.path.write_text(TABLE.splitlines()[0] + "\n" + row, encoding="utf-8")
    at_page(qtbot, dialog, assistant.REVIEW)
    page = dialog.review_page

    assert page.tiles.value() == "twin"
    assert not dialog.next_button.isEnabled()
    qtbot.mouseClick(page.twins.button("merge"), LEFT)
    settled(qtbot, dialog)

    assert page.tiles.value() == "changed"
    assert shown(page.table)[0][4:] == ["Kundennummer", f"{known.number or '–'} → X9"]
    assert dialog.next_button.isEnabled()


@with_popup
def test_what_was_chosen_for_columns_is_chosen_again(dialog, session, present, places, qtbot):
    places.path.write_text("Wer;Kennzahl\nÜbungsfall;X1\n", encoding="utf-8")
    at_page(qtbot, dialog, assistant.COLUMNS)
    choose(qtbot, dialog.columns_page.boxes[0], "Nachname")
    choose(qtbot, dialog.columns_page.boxes[1], "Kundennummer")
    qtbot.mouseClick(dialog.next_button, LEFT)
    settled(qtbot, dialog)
    again = ImportAssistant(session, places)
    present(again)

    at_page(qtbot, again, assistant.COLUMNS)

    assert [box.currentData() for box in again.columns_page.boxes] == ["last_name", "number"]
    assert "vom letzten Mal" in again.columns_page.note.text()


def test_a_table_of_headings_alone_has_nothing_to_take(dialog, places, qtbot):
    places.path.write_text("Kundennummer;Nachname\n", encoding="utf-8")
    at_page(qtbot, dialog, assistant.REVIEW)

    assert dialog.form_page.note.text() == "0 Zeilen · 2 Spalten"
    assert dialog.next_button.text() == "Nichts zu übernehmen"
    assert not dialog.next_button.isEnabled()


def test_back_leads_to_the_page_before(dialog, qtbot):
    at_page(qtbot, dialog, assistant.REVIEW)

    for page in (assistant.COLUMNS, assistant.FORM, assistant.FILE):
        qtbot.mouseClick(dialog.back_button, LEFT)
        assert dialog.pages.currentIndex() == page
    assert not dialog.back_button.isVisible()


def test_a_file_dropped_on_the_assistant_is_read(dialog, places, qtbot):
    assert drop_on(dialog, places.path)
    settled(qtbot, dialog)

    assert dialog.pages.currentIndex() == assistant.FORM


def test_markup_in_a_table_is_text(dialog, places, qtbot):
    places.path.write_text("Name;Ort\n<b>Fett</b>\u202e;<img src=x>\n", encoding="utf-8")
    at_page(qtbot, dialog, assistant.FORM)

    assert shown(dialog.form_page.table) == [["<b>Fett</b>\ufffd", "<img src=x>"]]


@pytest.fixture
def workplace(session, present, places, tmp_path):
    settings = QSettings(str(tmp_path / "fenster.ini"), QSettings.Format.IniFormat)
    found = Workplace(session, settings, places=places)
    present(found.window)
    yield found
    found.close()


def opened(workplace, kind):
    return [each for each in workplace.window.findChildren(kind) if each.isVisible()]


@pytest.mark.parametrize("page", ["kunden", "heute"])
def test_a_table_dropped_on_a_page_opens_the_assistant(workplace, places, qtbot, page):
    target = workplace.window.show_page(page)
    qtbot.waitUntil(target.acceptDrops)

    assert drop_on(target, places.path)

    [dialog] = opened(workplace, ImportAssistant)
    settled(qtbot, dialog)
    assert dialog.pages.currentIndex() == assistant.FORM


def test_anything_else_dropped_on_a_page_is_left_alone(workplace, tmp_path):
    target = workplace.window.show_page("kunden")

    assert not drop_on(target, tmp_path / "bild.png")
    assert not opened(workplace, ImportAssistant)


def test_the_page_of_clients_has_both_ways(workplace, qtbot):
    page = workplace.window.show_page("kunden")

    qtbot.mouseClick(page.import_button, LEFT)
    [dialog] = opened(workplace, ImportAssistant)
    dialog.reject()
    page.export_wanted.emit()

    assert opened(workplace, ExportTablesDialog)


def test_the_settings_have_both_ways(workplace, qtbot):
    page = workplace.window.show_page("einstellungen")

    page.store.import_button.click()
    [dialog] = opened(workplace, ImportAssistant)
    dialog.reject()
    page.store.export_button.click()

    assert opened(workplace, ExportTablesDialog)


@pytest.mark.parametrize(("kind", "files"), [("xlsx", 1), ("csv", 3)])
def test_an_export_says_that_it_is_not_encrypted(session, present, places, qtbot, kind, files):
    dialog = ExportTablesDialog(session, places)
    present(dialog)
    qtbot.mouseClick(dialog.kind.button(kind), LEFT)

    with qtbot.waitSignal(session.done, timeout=10_000) as done:
        qtbot.mouseClick(dialog.save_button, LEFT)

    assert "nicht verschlüsselt" in dialog.warning.text.text()
    assert done.args[0].endswith("nicht verschlüsselt")
    assert len(list(places.path.parent.glob(f"bestand-*.{kind}"))) == files
