"""One table has every key: what the windows listen to, what hints say, what the help shows."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QWidget

import kkd_desktop.gui
from kkd_desktop.actions import casework
from kkd_desktop.gui import theme
from kkd_desktop.gui.dialogs.appointment import open_booking
from kkd_desktop.gui.dialogs.base import show
from kkd_desktop.gui.dialogs.contact import ContactDialog, open_contact
from kkd_desktop.gui.dialogs.retention import RetentionDialog
from kkd_desktop.gui.dialogs.shortcuts import ShortcutsDialog
from kkd_desktop.gui.dialogs.why import WhyDialog
from kkd_desktop.gui.shortcuts import Where, by_id, table, written
from kkd_desktop.gui.widgets.chip import CHIP_HEIGHT, KeyHint
from kkd_desktop.gui.workplace import Workplace

CONTROL = Qt.KeyboardModifier.ControlModifier
PAGES = ("heute", "kunden", "akte", "woche", "einladungen", "auswertung", "konzepte")
IN_A_PAGE = {
    "heute": {Where.HEUTE},
    "kunden": {Where.KUNDEN},
    "akte": {Where.AKTE},
    "woche": {Where.WOCHE, Where.WOCHE_TALK, Where.WOCHE_FREE, Where.WOCHE_PLAN},
    "einladungen": {Where.EINLADUNGEN},
    "auswertung": {Where.AUSWERTUNG},
    "konzepte": set(),
}
IN_EVERY_WINDOW = {Where.EVERYWHERE, Where.PAGES, Where.PERSON}


@pytest.fixture
def workplace(session, tmp_path, present, qtbot):
    settings = QSettings(str(tmp_path / "fenster.ini"), QSettings.Format.IniFormat)
    made = Workplace(session, settings)
    with qtbot.waitSignal(made.settling):
        present(made.window)
    yield made
    made.close()


@pytest.fixture
def client(session):
    return casework.all_clients(session.context)[0]


def known(places):
    return {keys for entry in table() if entry.where in places for keys in entry.each()}


def listened(root: QWidget, stop: tuple[type, ...] = (QDialog,)) -> list[tuple[QWidget, str]]:
    """Every key that something in a window listens to, with the widget it belongs to."""
    found: list[tuple[QWidget, str]] = []
    for each in root.findChildren(QObject):
        if not isinstance(each, QShortcut | QAction):
            continue
        keys = each.key() if isinstance(each, QShortcut) else each.shortcut()
        owner = each.parent()
        if keys.isEmpty() or not isinstance(owner, QWidget) or owner.window() is not root:
            continue
        found.append((owner, keys.toString(QKeySequence.SequenceFormat.PortableText)))
    return found


def test_every_key_of_the_window_and_its_pages_is_in_the_table(workplace, client):
    window = workplace.window
    workplace.open_client(client.id)
    for page in PAGES:
        window.show_page(page)
    always = known(IN_EVERY_WINDOW)

    unknown = []
    for owner, keys in listened(window):
        page = next((name for name in PAGES if window.page(name).isAncestorOf(owner)), "")
        page = page or next((name for name in PAGES if window.page(name) is owner), "")
        expected = known(IN_A_PAGE[page]) if page else always
        if keys not in expected:
            unknown.append((page, type(owner).__name__, keys))

    assert unknown == []


def test_no_key_means_two_things_in_one_window(workplace, client):
    window = workplace.window
    workplace.open_client(client.id)
    for page in PAGES:
        window.show_page(page)

    found = listened(window)
    doubled = [
        (type(one).__name__, type(other).__name__, keys)
        for place, (one, keys) in enumerate(found)
        for other, same in found[place + 1 :]
        if same == keys and (one is other or one.isAncestorOf(other) or other.isAncestorOf(one))
    ]

    assert doubled == []


def test_the_table_has_no_key_twice_in_one_place_and_no_page_takes_one_of_the_window():
    always = [key for entry in table() if entry.where in IN_EVERY_WINDOW for key in entry.each()]
    assert len(set(always)) == len(always)
    for places in IN_A_PAGE.values():
        assert not known(places) & set(always)
    for where in Where:
        keys = [key for entry in table() if entry.where == where for key in entry.each()]
        assert len(set(keys)) == len(keys)
    ids = [entry.id for entry in table()]
    assert len(set(ids)) == len(ids)


def dialogs(session, client, window):
    yield lambda: open_contact(session, client.id, None, parent=window)
    yield lambda: open_booking(session, client.id, parent=window)
    yield lambda: show(RetentionDialog(session, parent=window))
    yield lambda: show(ShortcutsDialog("", window))
    yield lambda: show(
        WhyDialog("Warum?", "", casework.why(session.context, client), parent=window)
    )


def test_every_key_of_a_dialog_is_in_the_table(workplace, session, client, qtbot):
    window = workplace.window
    expected = known({Where.DIALOG})
    seen = []
    for opening in dialogs(session, client, window):
        opening()
        dialog = next(each for each in window.findChildren(QDialog) if each.isVisible())
        seen.append(type(dialog))
        assert [keys for _, keys in listened(dialog) if keys not in expected] == []
        dialog.reject()
        dialog.deleteLater()
        qtbot.waitUntil(lambda gone=dialog: not gone.isVisible())
    assert len(set(seen)) == 5


def test_no_key_with_a_modifier_stands_in_the_code_but_not_in_the_table():
    every = {key for entry in table() for key in entry.each()} | {"Ctrl+Enter"}
    folder = Path(kkd_desktop.gui.__file__).parent
    wanted = re.compile(r'"((?:(?:Ctrl|Alt|Shift)\+)+[A-Za-z0-9?]+)"')

    unknown = [
        (path.name, keys)
        for path in sorted(folder.rglob("*.py"))
        for keys in wanted.findall(path.read_text(encoding="utf-8"))
        if keys not in every
    ]

    assert unknown == []


def test_every_hint_on_a_page_is_written_like_the_table(workplace, client):
    window = workplace.window
    workplace.open_client(client.id)
    for page in PAGES:
        window.show_page(page)
    forms = {written(key) for entry in table() for key in entry.each()}

    hints = [each.text() for each in window.findChildren(KeyHint)]
    hints += [each.toolTip() for each in window.rail.findChildren(QAbstractButton)]

    assert [hint for hint in hints if hint and hint not in forms] == []


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("Ctrl+N", "Strg N"),
        ("Ctrl+Shift+Z", "Strg Umschalt Z"),
        ("Alt+Left", "Alt ←"),
        ("Del", "Entf"),
        ("+", "+"),
        ("-", "−"),
        ("Ctrl+?", "Strg ?"),
    ],
)
def test_keys_are_called_as_they_are_printed_on_a_german_keyboard(keys, said):
    assert written(keys) == said


@pytest.mark.parametrize(
    "page", ["heute", "kunden", "woche", "einladungen", "auswertung", "konzepte", "einstellungen"]
)
def test_control_and_a_digit_show_a_page(workplace, qtbot, page):
    window = workplace.window
    digit = by_id(page).keys[-1]

    qtbot.keyClick(window, digit, CONTROL)

    assert window.current_page() == page
    assert window.page_keys(page) == f"Strg {digit}"


def test_the_help_of_keys_opens_from_anywhere_and_is_narrowed_by_typing(workplace, qtbot):
    window = workplace.window
    window.show_page("kunden")

    qtbot.keyClick(window, Qt.Key.Key_F1, CONTROL)

    (dialog,) = [each for each in window.findChildren(ShortcutsDialog) if each.isVisible()]
    parts = list(dict.fromkeys(keys.where for keys in dialog.shown()))
    assert parts[:4] == [Where.EVERYWHERE, Where.PAGES, Where.PERSON, Where.KUNDEN]
    assert len(dialog.shown()) == len(list(table()))
    qtbot.keyClick(dialog.search, Qt.Key.Key_PageDown)
    assert dialog.area.verticalScrollBar().value() > 0
    qtbot.keyClicks(dialog.search, "sperren")
    assert [keys.id for keys in dialog.shown()] == ["lock"]
    assert "Strg L" in [each.text() for each in dialog.findChildren(QLabel)]
    qtbot.keyClicks(dialog.search, " xyzq")
    assert dialog.nothing.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.parametrize("page", ["heute", "kunden"])
@pytest.mark.parametrize(
    ("key", "opens"), [("N", ContactDialog), ("T", QDialog), ("I", WhyDialog), ("O", None)]
)
def test_keys_for_the_highlighted_person_work_from_a_search_field(
    workplace, session, qtbot, page, key, opens
):
    window = workplace.window
    shown = window.show_page(page)
    qtbot.waitUntil(lambda: shown.current_client_id() is not None)
    client_id = shown.current_client_id()
    field = window.commands if page == "heute" else shown.search
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)

    qtbot.keyClick(field, key, CONTROL)

    if opens is None:
        assert window.current_page() == "akte"
        assert window.page("akte").current_client_id() == client_id
    else:
        (dialog,) = [each for each in window.findChildren(opens) if each.isVisible()]
        dialog.reject()


def test_without_a_person_the_key_says_so(workplace, qtbot):
    window = workplace.window
    window.show_page("konzepte")

    qtbot.keyClick(window, "T", CONTROL)

    assert not [each for each in window.findChildren(QDialog) if each.isVisible()]
    assert "Person markieren" in window.toast.accessibleName() + "".join(
        label.text() for label in window.toast.findChildren(QLabel)
    )


def test_rows_that_follow_do_not_press_those_in_sight_together(present, qtbot):
    dialog = ShortcutsDialog()
    present(dialog)
    qtbot.waitUntil(lambda: not dialog._groups)
    QApplication.processEvents()

    tops = [hint.y() for hint in dialog.area.widget().findChildren(KeyHint)]
    assert len(tops) == len(dialog.shown())
    assert min(after - before for before, after in pairwise(tops)) >= CHIP_HEIGHT + theme.SMALL
