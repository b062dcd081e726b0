"""The help pages: every one can be read, and its headings lead to their places."""

import pytest
from PySide6.QtCore import QPoint, Qt

from kkd_desktop import paths
from kkd_desktop.gui import theme
from kkd_desktop.gui.dialogs.help import HelpDialog

LEFT = Qt.MouseButton.LeftButton
PAGES = sorted(path.stem for path in (paths.resources() / "help").glob("*.md"))


@pytest.fixture(params=PAGES)
def page(request, present):
    dialog = HelpDialog(request.param)
    present(dialog)
    return dialog


def test_a_page_has_a_title_and_headings_and_no_mark_of_markdown_left(page):
    text = page.reader.toPlainText()

    assert page.title.text()
    assert len(page.jumps) > 1
    assert not any(mark in text for mark in ("**", "##", "|", "`"))


def test_a_heading_leads_to_its_place(page, qtbot):
    last = page.jumps[len(page.jumps) // 2]

    qtbot.mouseClick(last, LEFT)

    top = page.reader.cursorRect().top()
    assert page.reader.textCursor().block().text() == last.text()
    assert 0 <= top < page.reader.viewport().height() // 4


def test_it_is_read_with_the_keyboard_and_left_with_escape(page, qtbot):
    qtbot.keyClick(page.reader, Qt.Key.Key_PageDown)
    assert page.reader.verticalScrollBar().value() > 0

    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert not page.isVisible()


def test_in_the_dark_its_letters_are_light(qapp, present):
    theme.apply(qapp, Qt.ColorScheme.Dark)
    dialog = HelpDialog("kalender")
    present(dialog)

    image = dialog.grab().toImage()

    corner = dialog.reader.mapTo(dialog, QPoint())
    places = ((corner.x() + x, corner.y() + 12) for x in range(300))
    lightness = {image.pixelColor(*place).lightness() for place in places}
    assert min(lightness) < 60
    assert max(lightness) > 180
