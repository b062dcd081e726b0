"""The help: every page can be read, leads somewhere, and names nothing that is not there."""

import ast
import importlib
import pkgutil
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QSettings, Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QApplication, QWidget

import kkd_desktop
from kkd_desktop import gui, paths
from kkd_desktop.actions.policies import open_shelf
from kkd_desktop.actions.policy_check import check_file
from kkd_desktop.domain.worklist import GROUP_TITLES
from kkd_desktop.gui import help_pages, shortcuts, theme
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.dialogs.contact import open_contact
from kkd_desktop.gui.dialogs.help import HelpDesk, HelpWindow, open_help
from kkd_desktop.gui.dialogs.welcome import WelcomeDialog
from kkd_desktop.gui.workplace import Workplace

LEFT = Qt.MouseButton.LeftButton
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
FOLDER = paths.resources() / "help"
PICTURES = FOLDER / "bilder"
PAGES = help_pages.pages()
WITH_THEIR_OWN_NAMES = {"kalender", "it-und-datenschutz", "suchlauf"}
"""Pages whose bold words name other programs' menus or are headings of lists."""
SAID_STRONGLY = {
    "am Tag des Kontakts",
    "Auf diesem Rechner merken",
    "Die Dateien sind nicht verschlüsselt.",
    "Jede Zahl braucht ihren Satz",
    "Ohne die Passphrase ist der Fallbestand verloren.",
    "ohne die Passphrase öffnet ihn niemand",
    "ungeprüft",
}
"""Bold because it matters, not because it is the name of something."""


def links(page, picture=False):
    found = re.findall(r"(!?)\[[^]]*\]\(([^)]*)\)", help_pages.text(page))
    return [target for sign, target in found if bool(sign) is picture]


def headings(page):
    return {
        help_pages.anchor(each)
        for each in re.findall(r"^## (.*)$", help_pages.text(page), re.MULTILINE)
    }


@cache
def words_of_the_program():
    """Every text that the program translates, as a button writes it, and what its keys do."""
    found = {*GROUP_TITLES.values(), *(keys.text for keys in shortcuts.table())}
    for path in Path(kkd_desktop.__file__).parent.rglob("*.py"):
        if path.name == "help_pages.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in ("tr", "_tr", "translate"):
                for argument in node.args:
                    if isinstance(argument, ast.Constant):
                        found.add(str(argument.value))
    return {each.replace("&", "").removesuffix(" …").strip() for each in found}


def _name(function):
    return getattr(function, "attr", None) or getattr(function, "id", None)


@pytest.fixture(params=PAGES)
def page(request, present):
    window = HelpWindow(request.param)
    present(window)
    return window


@pytest.fixture
def workplace(session, tmp_path, present, qtbot):
    settings = QSettings(str(tmp_path / "fenster.ini"), QSettings.Format.IniFormat)
    made = Workplace(session, settings)
    with qtbot.waitSignal(made.settling):
        present(made.window)
    yield made
    made.close()


def test_a_page_has_a_title_and_headings_and_no_mark_of_markdown_left(page):
    text = page.reader.toPlainText()

    assert page.title.text() == help_pages.title(page.current_page())
    assert len(page.reader.headings()) > 1
    assert not any(mark in text for mark in ("**", "##", "|", "`", "]("))


def test_a_heading_in_the_contents_leads_to_its_place(page, qtbot):
    contents = page.contents
    own = contents.currentItem()
    wanted = own.child(own.childCount() // 2)

    contents.setCurrentItem(wanted)

    top = page.reader.cursorRect().top()
    assert page.reader.textCursor().block().text() == wanted.text(0)
    assert 0 <= top < page.reader.viewport().height()
    own = contents.currentItem()
    assert own.text(0) == wanted.text(0)


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_page_of_ours_and_a_heading_on_it(page):
    for target in links(page):
        if target == "rundgang":
            continue
        name, _, heading = target.partition("#")
        other = name.removesuffix(".md") or page
        assert other in PAGES
        assert not heading or heading in headings(other)


def test_every_file_is_a_page_of_the_contents():
    files = {path.stem for path in FOLDER.glob("*.md")}

    assert files == set(PAGES) - {help_pages.KEYS}


def test_every_picture_is_there_light_and_dark_and_none_is_left_over():
    named = {Path(target).name for page in PAGES for target in links(page, picture=True)}

    assert named
    for scheme in ("hell", "dunkel"):
        there = {path.name for path in (PICTURES / scheme).iterdir()}
        assert there == named
        assert not any(QImage(str(PICTURES / scheme / name)).isNull() for name in named)


def test_the_pictures_say_what_they_show_and_stay_small():
    for page in PAGES:
        alone = re.findall(r"!\[([^]]*)\]", help_pages.text(page))
        assert all(len(text) > 15 for text in alone)
    assert sum(path.stat().st_size for path in PICTURES.rglob("*.png")) < 2_500_000


@pytest.mark.parametrize("page", sorted(set(PAGES) - WITH_THEIR_OWN_NAMES))
def test_whatever_a_page_names_in_bold_exists_in_the_program(page):
    prose = re.sub(r"```.*?```", "", help_pages.text(page), flags=re.DOTALL)
    named = set(re.findall(r"\*\*([^*]+)\*\*", prose))
    if page == "barrierefreiheit":
        # There the bold words are the points of the declaration.
        named = {each for each in named if not each.endswith(":") and "Selbst" not in each}
    known = words_of_the_program()

    assert {each for each in named if each not in known} <= SAID_STRONGLY


def test_every_key_of_the_table_is_on_the_page_of_keys():
    text = help_pages.text(help_pages.KEYS)

    assert all(f"| `{keys.written}` | {keys.text} |" in text for keys in shortcuts.table())


def test_the_worked_example_of_the_guide_passes_the_check(tmp_path):
    parts = re.findall(r"```toml\n(.*?)```", help_pages.text("konzeptdateien"), re.DOTALL)
    policy, cases = tmp_path / "musterstadt2026.toml", tmp_path / "musterstadt2026-faelle.toml"
    policy.write_text("\n".join(parts[:-1]), encoding="utf-8")
    cases.write_text(parts[-1], encoding="utf-8")

    found = [check_file(path, open_shelf(), date(2026, 11, 20)) for path in (policy, cases)]

    assert [str(fault) for each in found for fault in each.faults] == []
    assert found[1].cases == 4


def test_words_are_found_marked_and_led_to(present, qtbot):
    window = HelpWindow()
    present(window)
    qtbot.keyClick(window, Qt.Key.Key_F, CONTROL)
    qtbot.keyClicks(window.search, "rechtsfolgenbelehrung gepruft")
    qtbot.keyClick(window.search, Qt.Key.Key_Return)

    assert window.current_page() == "einladungen"
    assert window.reader.textCursor().block().text().startswith("Rechtsfolgenbelehrung")
    assert window.reader.extraSelections()
    assert window.contents.hasFocus()
    qtbot.keyClick(window.search, Qt.Key.Key_Escape)
    assert window.isVisible()
    assert not window.search.text()


def test_nothing_found_is_said(present, qtbot):
    window = HelpWindow()
    present(window)

    qtbot.keyClicks(window.search, "xylophon")

    assert window.nothing.isVisible()
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    assert window.current_page() == help_pages.FIRST


def test_a_link_is_followed_and_the_way_back_leads_to_the_same_place(present, qtbot):
    window = HelpWindow("woche")
    present(window)
    window.reader.verticalScrollBar().setValue(60)

    window.reader.link_followed.emit("einladungen.md#ergebnis")
    assert window.current_page() == "einladungen"
    assert window.reader.textCursor().block().text() == "Ergebnis"
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)

    assert window.current_page() == "woche"
    assert window.reader.verticalScrollBar().value() == 60
    assert not window.back_button.isEnabled()


def test_links_are_reached_by_tab_and_followed_by_enter(present, qtbot):
    window = HelpWindow("konzepte")
    present(window)

    qtbot.keyClick(window.reader, Qt.Key.Key_Tab)
    qtbot.keyClick(window.reader, Qt.Key.Key_Return)

    assert window.current_page() == "konzeptdateien"


def test_it_is_read_with_the_keyboard_and_left_with_escape(page, qtbot):
    qtbot.keyClick(page.reader, Qt.Key.Key_PageDown)
    assert page.reader.verticalScrollBar().value() > 0

    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert not page.isVisible()


def test_lines_stay_short_in_a_wide_window(present, qtbot):
    window = HelpWindow("heute")
    present(window)
    window.resize(1800, 900)
    qtbot.wait(1)

    letters = window.reader.viewport().width() / window.fontMetrics().averageCharWidth()
    assert 70 < letters < 100


def test_in_the_dark_its_letters_are_light_and_its_pictures_dark(qapp, present):
    window = HelpWindow("kundenakte")
    present(window)
    theme.apply(qapp, Qt.ColorScheme.Dark)
    qapp.processEvents()

    image = window.grab().toImage()

    corner = window.reader.mapTo(window, QPoint())
    places = ((corner.x() + x, corner.y() + 12) for x in range(300))
    lightness = {image.pixelColor(*place).lightness() for place in places}
    assert min(lightness) < 60
    assert max(lightness) > 180
    kind = QTextDocument.ResourceType.ImageResource.value
    shown = window.reader.document().resource(kind, QUrl("bilder/naechster-termin.png"))
    assert QImage(shown).pixelColor(20, 20).lightness() < 90


def every_class(base):
    for found in pkgutil.walk_packages(gui.__path__, "kkd_desktop.gui."):
        importlib.import_module(found.name)
    below = base.__subclasses__()
    for kind in below:
        below += kind.__subclasses__()
    return {kind for kind in below if kind.__module__.startswith("kkd_desktop")}


def test_every_dialog_has_its_page_and_every_name_in_the_table_is_a_class():
    known = help_pages.belonging_classes()
    names = {kind.__name__ for kind in every_class(QWidget)}
    dialogs = {kind.__name__ for kind in every_class(Dialog)}

    assert known <= names
    assert dialogs - known == {"HelpWindow"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("heute", "heute"),
        ("kunden", "suchlauf"),
        ("akte", "kundenakte"),
        ("woche", "woche"),
        ("einladungen", "einladungen"),
        ("auswertung", "auswertung"),
        ("konzepte", "konzepte"),
        ("einstellungen", "einstellungen"),
        ("verlauf", "einstellungen"),
    ],
)
def test_f1_opens_the_page_that_belongs(workplace, qtbot, name, expected):
    shown = workplace.window.show_page(name)
    shown.setFocus()

    qtbot.keyClick(QApplication.focusWidget() or workplace.window, Qt.Key.Key_F1)

    [desk] = workplace.window.findChildren(HelpDesk)
    assert desk.window.isVisible()
    assert desk.window.current_page() == expected


def test_f1_in_a_card_of_the_settings_opens_the_page_about_that_card(workplace, qtbot):
    page = workplace.window.show_page("einstellungen")
    page.show_section(page.busy)

    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1)

    [desk] = workplace.window.findChildren(HelpDesk)
    assert desk.window.current_page() == "kalender"


def test_it_can_be_read_beside_a_dialog_and_goes_with_the_window(workplace, session, qtbot):
    open_contact(session, 1, None, parent=workplace.window)
    [dialog] = [each for each in workplace.window.findChildren(Dialog) if each.isVisible()]
    qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget()))
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1)
    [desk] = workplace.window.findChildren(HelpDesk)

    window = desk.window
    assert window.current_page() == "kundenakte"
    assert window.parentWidget() is None
    assert not window.isModal()
    assert dialog.isVisible()
    dialog.reject()
    workplace.window.close()
    assert not window.isVisible()


def test_there_is_one_window_however_often_it_is_asked_for(workplace):
    first = open_help("heute", workplace.window)
    assert not first.back_button.isEnabled()
    second = open_help("woche", workplace.window.page("heute"))

    assert first is second
    assert first.current_page() == "woche"


def test_no_page_shows_a_window_of_its_own_on_the_way(workplace, qapp, qtbot):
    """It would take the keyboard from the window."""
    shown = []

    class Watch(QObject):
        def eventFilter(self, watched, event):
            shows = event.type() is QEvent.Type.Show and isinstance(watched, QWidget)
            if shows and watched.isWindow():
                shown.append(type(watched).__name__)
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    for name in ("kunden", "woche", "einladungen", "auswertung", "konzepte", "einstellungen"):
        workplace.window.show_page(name)
    workplace.window.show_notice("x", "Etwas ist zu sagen.", action="Weiter")
    # Its cards come one by one, and those are windows of their own as little as the page.
    qtbot.waitUntil(workplace.window.page("einstellungen").is_whole)
    qapp.removeEventFilter(watch)

    assert shown == []


def test_the_question_mark_above_the_page_opens_the_help_about_it(workplace, qtbot):
    workplace.window.show_page("konzepte")

    qtbot.mouseClick(workplace.window.bar.help, LEFT)

    [desk] = workplace.window.findChildren(HelpDesk)
    assert desk.window.current_page() == "konzepte"


def test_tab_goes_round_through_links_and_all_that_can_be_used(present, qtbot):
    window = HelpWindow("konzepte")
    present(window)
    met = []
    for _ in range(40):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        met.append(QApplication.focusWidget())

    parts = {window.search, window.contents, window.reader, window.close_button}
    assert parts <= set(met)
    assert met.count(window.close_button) > 1


def test_over_a_question_that_waits_it_can_be_read_too(present, qtbot):
    """At the first start there is no window behind that it could stand beside."""
    question = WelcomeDialog()
    question.setModal(True)
    present(question)

    qtbot.keyClick(question, Qt.Key.Key_F1)

    [desk] = question.findChildren(HelpDesk)
    assert desk.window.isVisible()
    assert desk.window.parentWidget() is question
    assert desk.window.current_page() == help_pages.FIRST
