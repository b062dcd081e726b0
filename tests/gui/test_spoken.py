"""What a screen reader finds in widgets that are painted, and how the keys go through a window."""

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

import kkd_desktop.gui
from kkd_desktop.gui import spoken, theme
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.focus_ring import FocusRing
from kkd_desktop.gui.pages.kunden import KundenPage
from kkd_desktop.gui.pages.woche import WochePage
from kkd_desktop.gui.widgets.focus import enter, lead_focus
from kkd_desktop.gui.widgets.rail import Rail
from kkd_desktop.gui.widgets.segmented import SegmentedControl
from kkd_desktop.gui.window import MainWindow

Role, Text = QAccessible.Role, QAccessible.Text


@pytest.fixture
def calendar(session, present):
    spoken.install()
    page = WochePage(session)
    page.resize(1172, 808)
    present(page)
    return page.view


def one_rail():
    rail = Rail("Programm")
    for page in ("heute", "kunden"):
        rail.add(page, page.title())
    rail.set_current("heute")
    return rail


def told(widget):
    return QAccessible.queryAccessibleInterface(widget)


def test_every_talk_of_the_week_is_a_child_of_the_calendar_with_its_sentence(calendar):
    heard = told(calendar)

    sentences = [heard.child(at).text(Text.Name) for at in range(len(calendar.cards))]
    assert heard.role() is Role.List
    assert sentences == [card.spoken for card in calendar.cards]
    assert len(sentences) > 3


def test_the_talk_that_has_the_keys_is_the_focused_child_where_it_stands(calendar, qtbot):
    calendar.setFocus()
    card = calendar.cards[2]
    calendar.focus_talk(card.key)

    here = told(calendar).focusChild()

    assert here.text(Text.Name) == card.spoken
    assert here.state().focused
    at = calendar.viewport().mapFromGlobal(here.rect().center())
    assert calendar.card_at(calendar.to_sheet(at)) is card


def test_what_is_no_more_has_nothing_to_say(calendar):
    last = told(calendar).child(len(calendar.cards) - 1)

    calendar.cards = ()
    calendar.spot = None

    assert not last.isValid()
    assert last.text(Text.Name) == ""


class Later(Dialog):
    """Two buttons, between them one that comes later, and three of which one is chosen."""

    def __init__(self) -> None:
        super().__init__("Fenster")
        self.first, self.second, self.third = (QPushButton(word) for word in "AZM")
        self.group = QButtonGroup(self)
        self.chosen = [QPushButton(word) for word in "123"]
        for button in (self.first, *self.chosen, self.second):
            self.body.addWidget(button)
        for button in self.chosen:
            button.setCheckable(True)
            self.group.addButton(button)
        self.chosen[1].setChecked(True)
        self.body.insertWidget(1, self.third)


def walked(qtbot, dialog, steps, key=Qt.Key.Key_Tab):
    seen = []
    for _ in range(steps):
        qtbot.keyClick(dialog.focusWidget() or dialog, key)
        seen.append(dialog.focusWidget().text())
    return seen


def test_tab_goes_as_one_reads_whenever_a_control_was_made(qtbot, present):
    dialog = Later()
    present(dialog)
    dialog.first.setFocus()

    assert walked(qtbot, dialog, 4) == ["M", "2", "Z", "A"]
    assert walked(qtbot, dialog, 4, Qt.Key.Key_Backtab) == ["Z", "2", "M", "A"]


def test_a_group_that_leads_the_keys_in_hides_nothing_from_tab(qtbot, present):
    dialog, inside = Dialog("Fenster"), QWidget()
    buttons = [QPushButton(word) for word in "ABC"]
    column = QVBoxLayout(inside)
    for button in buttons:
        column.addWidget(button)
    dialog.body.addWidget(inside)
    lead_focus(inside, buttons[1])
    present(dialog)

    inside.setFocus()

    assert dialog.focusWidget() is buttons[1]
    assert walked(qtbot, dialog, 3) == ["C", "A", "B"]


def test_a_scrolling_area_shows_that_it_has_the_keys(qapp, qtbot, present):
    window = QWidget()
    area, other = QScrollArea(), QPushButton("anderswo")
    column = QVBoxLayout(window)
    column.addWidget(area)
    column.addWidget(other)
    present(window)
    ring = FocusRing(window)
    other.setFocus()

    # The ring stands off the area where there is room, and within it elsewhere.
    around = area.geometry().adjusted(-theme.SMALL, -theme.SMALL, theme.SMALL, 0)

    without = window.grab(around).toImage()
    area.setFocus()

    assert window.grab(around).toImage() != without
    other.setFocus()
    assert window.grab(around).toImage() == without
    ring.deleteLater()


def test_nothing_in_the_program_moves_by_itself():
    moving = {
        "QPropertyAnimation",
        "QVariantAnimation",
        "QTimeLine",
        "QMovie",
        "QSequentialAnimationGroup",
    }
    used = {
        (file.name, node.id)
        for file in Path(kkd_desktop.gui.__path__[0]).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name) and node.id in moving
    }

    assert not used


def test_a_reader_follows_the_keys_from_talk_to_talk_and_to_free_time(calendar, heard, qtbot):
    calendar.setFocus()
    card = calendar.cards[0]
    calendar.focus_talk(card.key)
    qtbot.waitUntil(lambda: heard[-1:] == [card.spoken])

    qtbot.keyClick(calendar, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: heard[-1] == calendar.told(calendar.spot) != card.spoken)

    assert told(calendar).focusChild().text(Text.Name) == heard[-1]


def test_a_part_keeps_its_words_when_another_week_is_shown(calendar, heard):
    """A reader asks for them once."""
    first = told(calendar).child(0)
    words = first.text(Text.Name)

    calendar.cards = calendar.cards[1:]

    assert not first.isValid()
    assert told(calendar).child(0).text(Text.Name) != words
    assert told(calendar).indexOfChild(first) == -1


@pytest.mark.parametrize("made", [lambda: SegmentedControl([("a", "A"), ("b", "B")]), one_rail])
def test_of_several_buttons_a_reader_says_that_one_is_chosen(made, qtbot):
    group = made()
    qtbot.addWidget(group)
    buttons = group.findChildren(QAbstractButton)

    assert [told(button).role() for button in buttons] == [Role.RadioButton] * len(buttons)
    assert [told(button).state().checked for button in buttons] == [True, False]


def test_the_keys_go_at_once_to_what_a_group_leads_to(qtbot, present):
    """Qt tells of a group on the way last, when it has the keys no more."""
    dialog, inside, button = Dialog("Fenster"), QWidget(), QPushButton("A")
    asked = []
    inside.focusInEvent = asked.append
    QVBoxLayout(inside).addWidget(button)
    dialog.body.addWidget(inside)
    lead_focus(inside, button)
    present(dialog)

    enter(inside)

    assert dialog.focusWidget() is button
    assert not asked


def test_whoever_types_hears_how_many_are_left(session, present, heard, qtbot):
    page = KundenPage(session)
    present(page)
    page.search.setFocus()
    everybody = page.model.rowCount()

    qtbot.keyClicks(page.search, "xy")
    qtbot.waitUntil(lambda: heard[-1:] == ["0 Treffer"])
    page.search.clear()

    assert heard[-1] == f"{everybody} Treffer"


def test_the_window_is_one_and_its_pages_are_named(session, qtbot, heard):
    window = MainWindow()
    window.add_page("kunden", "Kunden", lambda: KundenPage(session))
    qtbot.addWidget(window)
    page = told(window.show_page("kunden"))

    assert told(window).role() is Role.Window
    assert told(window.findChild(QStackedWidget)).role() is Role.Client
    assert page.text(Text.Name) == "Kunden"


def test_parts_are_made_once_while_nothing_changes(calendar):
    """A reader that looks at all of them would else wait for minutes."""
    made, make = [], calendar.spoken_parts
    calendar.spoken_parts = lambda: made.append("parts") or make()
    heard = told(calendar)

    for place in range(heard.childCount()):
        child = heard.child(place)
        assert child.text(Text.Name)
        assert child.rect().isValid()
        assert heard.indexOfChild(child) == place
    assert made == ["parts"]

    calendar.focus_talk(calendar.cards[1].key)
    assert heard.child(1).state().selected
    assert made == ["parts"] * 2
