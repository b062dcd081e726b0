import pytest
from PySide6.QtCore import QPoint, QRect, QSettings, QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QListView, QVBoxLayout, QWidget

from kkd_desktop.gui import theme
from kkd_desktop.gui.widgets.commands import Hit
from kkd_desktop.gui.widgets.least_room import LeastRoom
from kkd_desktop.gui.widgets.rail import WIDTH
from kkd_desktop.gui.window import MainWindow, first_size


def page(text: str = "") -> QWidget:
    widget = QWidget()
    QVBoxLayout(widget).addWidget(QLineEdit(text))
    return widget


def shell(qtbot, settings: QSettings | None = None) -> MainWindow:
    window = MainWindow(settings)
    qtbot.addWidget(window)
    window.add_page("heute", "Heute", page)
    window.add_page("kunden", "Kunden", page)
    window.add_page("akte", "Kundenakte", page, under="kunden")
    window.add_page("einstellungen", "Einstellungen", page, at_bottom=True)
    window.show_page("heute")
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def test_pages_are_made_when_they_are_first_shown(qtbot):
    window = shell(qtbot)
    assert window.page("kunden") is None

    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)

    assert window.page("kunden") is not None
    assert window.current_page() == "kunden"


def test_a_click_in_the_rail_shows_the_page_and_marks_only_it(qtbot):
    window = shell(qtbot)

    with qtbot.waitSignal(window.page_shown) as shown:
        qtbot.mouseClick(window.rail.button("kunden"), Qt.MouseButton.LeftButton)

    assert shown.args == ["kunden"]
    assert window.rail.button("kunden").isChecked()
    assert not window.rail.button("heute").isChecked()


def test_a_client_is_shown_under_the_clients_and_alt_left_goes_back(qtbot):
    window = shell(qtbot)
    window.show_page("akte")
    assert window.rail.button("kunden").isChecked()

    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)

    assert window.current_page() == "heute"
    assert window.rail.button("heute").isChecked()


def test_counts_are_heard_with_the_name_of_the_page(qtbot):
    window = shell(qtbot)

    window.set_count("heute", "23")

    assert window.rail.button("heute").accessibleName() == "Heute, 23"


def test_ctrl_n_asks_for_a_contact_from_anywhere(qtbot):
    window = shell(qtbot)
    field = window.show_page("kunden").findChild(QLineEdit)
    field.setFocus()

    with qtbot.waitSignal(window.contact_requested):
        qtbot.keyClick(field, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)


def test_ctrl_z_undoes_the_step_that_is_named(qtbot):
    window = shell(qtbot)
    with qtbot.assertNotEmitted(window.undo_requested):
        qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    window.set_undo("Kontakt 18.11. erfasst")

    with qtbot.waitSignal(window.undo_requested):
        qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert window.bar.undo.accessibleName() == "Rückgängig: Kontakt 18.11. erfasst"


def test_ctrl_k_finds_and_enter_runs(qtbot):
    window = shell(qtbot)
    ran: list[str] = []

    def find(text: str) -> list[Hit]:
        names = ("Beispiel, Amina", "Beispiel, Ben", "Muster, Jonas")
        return [
            Hit(name, lambda name=name: ran.append(name)) for name in names if text in name.lower()
        ]

    window.commands.set_source(find)
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(window.commands, "beispiel")
    qtbot.keyClick(window.commands, Qt.Key.Key_Down)
    assert window.commands.is_open()
    qtbot.keyClick(window.commands, Qt.Key.Key_Return)

    assert ran == ["Beispiel, Ben"]
    assert window.commands.text() == ""
    assert not window.commands.is_open()


def test_escape_clears_the_search_and_then_gives_the_focus_back(qtbot):
    window = shell(qtbot)
    field = window.page("heute").findChild(QLineEdit)
    field.setFocus()
    window.commands.set_source(lambda text: [])
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(window.commands, "xyz")
    assert window.commands.popup().nothing.isVisible()

    qtbot.keyClick(window.commands, Qt.Key.Key_Escape)
    assert window.commands.text() == ""
    qtbot.keyClick(window.commands, Qt.Key.Key_Escape)

    assert field.hasFocus()
    assert not window.commands.is_open()


def test_the_title_tells_nothing_about_anybody(qtbot):
    window = shell(qtbot)
    window.show_page("akte")

    assert window.windowTitle() == "Kontaktdichte"


def test_the_window_opens_where_it_was_closed(qtbot, tmp_path):
    settings = QSettings(str(tmp_path / "fenster.ini"), QSettings.Format.IniFormat)
    first = shell(qtbot, settings)
    first.resize(1100, 720)
    first.close()

    second = MainWindow(settings)
    qtbot.addWidget(second)

    # The screen of the test platform is narrower than the window.
    assert second.height() == 720


@pytest.mark.parametrize("garbled", ["abc", "1, 2", "@ByteArray(abc)"])
def test_a_garbled_place_does_not_keep_the_window_away(qtbot, tmp_path, garbled):
    file = tmp_path / "fenster.ini"
    file.write_text(f"[window]\ngeometry={garbled}\n", encoding="utf-8")

    window = shell(qtbot, QSettings(str(file), QSettings.Format.IniFormat))

    assert window.size() == first_size(window.screen().availableSize())


def test_everything_one_can_press_has_a_name(qtbot):
    window = shell(qtbot)
    window.set_undo("Kontakt erfasst")
    window.show_notice("policy", "abgelaufen", action="Verlängern …")
    window.commands.popup()

    pressable = [
        *window.findChildren(QAbstractButton),
        *window.rail.findChildren(QAbstractButton),
        window.commands,
        *window.findChildren(QListView),
    ]

    assert [
        widget for widget in pressable if widget.isVisibleTo(window) and not widget.accessibleName()
    ] == []


def test_at_the_smallest_size_the_policy_is_still_read_in_full(qtbot):
    window = shell(qtbot)
    window.set_concept("Mönchengladbach 2012", "Fr 20.11.2026")
    window.set_undo("Kontakt 18.11. erfasst")

    window.resize(1024, 700)
    window.grab()

    assert window.bar.undo.text() == "↶"
    qtbot.waitUntil(lambda: window.bar.concept.toolTip() == "")


def test_the_name_of_a_step_takes_the_room_of_the_word_beside_the_policy(qtbot):
    window = shell(qtbot)
    window.resize(1280, 800)
    window.set_concept("Mönchengladbach 2012", "Fr 20.11.2026")
    assert window.bar._word.isVisible()

    window.set_undo("Termin Fr 27.11.2026, 09:00 wieder vereinbart")
    window.grab()

    assert window.bar.undo.text() == "↶ Termin Fr 27.11.2026, 09:00 wieder vereinbart"
    assert not window.bar._word.isVisible()
    qtbot.waitUntil(lambda: window.bar.concept.toolTip() == "")


def test_at_the_first_start_the_window_fits_the_screen():
    assert first_size(QSize(1920, 1040)) == QSize(1360, 860)

    small = first_size(QSize(1280, 728))

    assert small.width() <= 1280
    assert small.height() < 728, "the title bar needs room, too"


def test_what_was_said_does_not_follow_to_another_page(qtbot):
    window = shell(qtbot)
    window.say("Kontakt erfasst")
    qtbot.wait(5)

    window.show_page("kunden")

    assert not window.toast.isVisible()


def test_the_step_that_opened_a_page_is_still_said_on_it(qtbot):
    window = shell(qtbot)

    window.say("Person aufgenommen", "Rückgängig")
    window.show_page("akte")

    assert window.toast.isVisible()


def test_what_is_said_leaves_the_lower_buttons_of_a_page_free(qtbot):
    window = shell(qtbot)

    window.say("Kontakt erfasst")

    assert window.toast.parentWidget().height() - window.toast.geometry().bottom() > 60


def squeezed(qtbot, *size: int) -> MainWindow:
    """The window on a screen that has less room than it needs."""
    window = shell(qtbot)
    window.setMinimumSize(1, 1)
    window.resize(*size)
    qtbot.waitUntil(lambda: window.size() == QSize(*size))
    window.grab()
    return window


def test_with_less_room_than_it_needs_the_page_keeps_its_room_and_scrolls(qtbot):
    window = squeezed(qtbot, 640, 360)

    page = window.page("heute")
    assert page.width() >= 1024 - WIDTH
    area = window.findChild(LeastRoom)
    assert area.horizontalScrollBar().maximum() > 0
    assert area.verticalScrollBar().maximum() > 0


def test_the_keys_draw_what_they_are_in_into_sight(qtbot):
    window = squeezed(qtbot, 640, 360)
    area = window.findChild(LeastRoom)

    window.bar.help.setFocus(Qt.FocusReason.TabFocusReason)

    place = window.bar.help.mapTo(area, window.bar.help.rect().center())
    assert area.rect().contains(place)
    assert area.horizontalScrollBar().value() > 0


def test_what_is_said_is_in_sight_wherever_one_has_scrolled_to(qtbot):
    window = squeezed(qtbot, 640, 360)
    area = window.findChild(LeastRoom)
    for bar in (area.horizontalScrollBar(), area.verticalScrollBar()):
        bar.setValue(bar.maximum())

    window.say("Kontakt erfasst")

    seen = area.viewport()

    def place() -> QRect:
        return QRect(seen.mapFromGlobal(window.toast.mapToGlobal(QPoint())), window.toast.size())

    qtbot.waitUntil(lambda: place().left() == theme.HUGE)
    assert seen.rect().contains(place())


def test_enlarged_on_a_usual_screen_the_page_has_all_its_width(qtbot):
    window = squeezed(qtbot, 960, 500)

    bar = window.findChild(LeastRoom).horizontalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() == 0)


def test_in_a_narrow_rail_every_page_keeps_its_whole_name(qtbot):
    window = squeezed(qtbot, 960, 500)

    button = window.rail.button("einstellungen")
    needed = button.fontMetrics().horizontalAdvance(button.text())
    qtbot.waitUntil(lambda: button.width() - 2 * theme.SMALL >= needed)


def test_where_there_is_room_again_the_rail_is_as_it_was(qtbot):
    window = squeezed(qtbot, 960, 500)

    window.resize(1280, 800)
    qtbot.waitUntil(lambda: window.width() == 1280)

    assert window.rail.width() == WIDTH
    assert window.findChild(LeastRoom).verticalScrollBar().maximum() == 0


def test_the_keys_stay_where_they_were_when_the_page_begins_to_scroll(qtbot):
    window = shell(qtbot)
    field = window.page("heute").findChild(QLineEdit)
    field.setFocus()

    window.setMinimumSize(1, 1)
    window.resize(960, 500)

    qtbot.waitUntil(lambda: window.findChild(LeastRoom) is not None)
    assert window.focusWidget() is field


def test_who_had_the_keys_on_one_page_has_them_on_the_next(qtbot):
    window = shell(qtbot)
    window.add_page("leer", "Leer", QWidget, under="kunden")
    window.page("heute").findChild(QLineEdit).setFocus()

    empty = window.show_page("leer")
    assert empty.hasFocus()

    window.show_page("heute")
    assert window.page("heute").isAncestorOf(window.focusWidget())


def test_a_control_that_is_hidden_by_now_gives_the_keys_to_its_page(qtbot):
    window = shell(qtbot)
    line = window.page("heute").findChild(QLineEdit)
    line.setFocus()
    window.show_page("kunden")
    line.hide()

    assert window.show_page("heute").hasFocus()


def test_tab_goes_from_a_page_into_what_it_holds(qtbot):
    window = shell(qtbot)
    window.page("heute").setFocus()

    qtbot.keyClick(window.page("heute"), Qt.Key.Key_Tab)
    assert window.page("heute").findChild(QLineEdit).hasFocus()

    window.page("heute").setFocus()
    qtbot.keyClick(window.page("heute"), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert not window.page("heute").isAncestorOf(window.focusWidget())


def test_a_long_step_never_shortens_the_name_of_the_concept(qtbot):
    window = shell(qtbot)
    window.bar.add_step_menu(lambda menu: None)
    window.resize(1280, 800)
    window.set_concept("Mönchengladbach 2012", "Fr 20.11.2026")

    window.set_undo("Kontakt erfasst, nächster Termin Mo 05.07.2027, 08:00")
    window.grab()

    assert window.bar.undo.text().endswith("…")
    qtbot.waitUntil(lambda: window.bar.concept.toolTip() == "")


@pytest.mark.parametrize("said", ["Kontakt erfasst", f"Gespeichert: /d/{'lang-' * 30}ende.pdf"])
def test_what_is_said_stands_in_the_rail_and_covers_no_page(qtbot, said):
    window = shell(qtbot)
    window.resize(1280, 800)

    window.say(said, "Rückgängig")

    assert window.toast.geometry().right() < window.rail.geometry().right()
    below = window.toast.lines.heightForWidth(window.toast.lines.width())
    assert window.toast.lines.height() >= below
    assert window.toast.button.isVisible()
    assert window.toast.geometry().contains(
        window.toast.geometry().topLeft() + window.toast.button.geometry().bottomRight()
    )
