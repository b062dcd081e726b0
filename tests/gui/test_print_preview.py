"""The pages of the list on the screen, on paper and in a file."""

from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter

from kkd_desktop.gui import printing
from kkd_desktop.gui.dialogs.list_preview import ListPreview
from kkd_desktop.gui.dialogs.print_preview import PrintPreview

LEFT = Qt.MouseButton.LeftButton
PERIOD = date(2026, 10, 1), date(2026, 12, 31)


class Places:
    def __init__(self, folder):
        self._folder = folder

    def file(self, parent, title, name, kind):
        return self._folder / name


@pytest.fixture
def preview(session, present, qtbot, tmp_path):
    dialog = ListPreview(session, *PERIOD, Places(tmp_path))
    present(dialog)
    qtbot.waitUntil(dialog.print_button.isEnabled)
    dialog.pages.setFocus()
    return dialog


def long_preview(session, folder, pages=40):
    """A document of so many empty pages."""
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842)
    target = BytesIO()
    document.save(target)
    document.close()
    pdf = target.getvalue()
    return PrintPreview(session, "Viele", lambda: lambda _: pdf, "viele.pdf", Places(folder))


def pages_of(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_the_preview_has_as_many_pages_as_the_pdf(preview):
    count = len(pages_of(preview.pdf))

    assert count > 1
    assert preview.pages.page_count() == count
    assert preview.place.text() == f"Seite 1 von {count}"


def settled(preview, qtbot):
    """Whatever is rendered when there is time is rendered."""
    preview.pages.grab()
    preview.strip.grab()
    qtbot.waitUntil(lambda: not preview.pages.pictures.is_busy())


def test_pages_in_sight_and_their_neighbours_are_rendered_and_no_others(
    session, present, qtbot, tmp_path
):
    dialog = long_preview(session, tmp_path)
    present(dialog)
    qtbot.waitUntil(dialog.print_button.isEnabled)
    settled(dialog, qtbot)
    assert dialog.pages.rendered_pages() == {1, 2}

    dialog.pages.go_to(30)
    settled(dialog, qtbot)

    assert dialog.pages.rendered_pages() == {1, 2, 29, 30, 31}
    assert len(dialog.strip.rendered_pages()) < 20


def test_the_page_that_is_turned_to_is_sharp_at_once(preview, qtbot):
    pages = preview.pages
    pages.set_zoom(0.9)
    qtbot.keyClick(pages, Qt.Key.Key_End)
    pages.grab()

    assert pages.page_count() in pages.rendered_pages()


def test_a_page_that_takes_long_is_shown_coarse_first_and_sharp_soon(preview, qtbot):
    pages = preview.pages
    pages.set_zoom(4.0)
    pages.grab()
    assert pages.rendered_pages() == set()
    assert len({pages.grab().toImage().pixelColor(x, 200).name() for x in range(600)}) > 1

    qtbot.waitUntil(lambda: 1 in pages.rendered_pages())


def test_a_click_on_a_small_page_goes_there(preview, qtbot):
    strip = preview.strip
    assert strip.isVisible()
    second = strip._slot(1).center()

    qtbot.mouseClick(strip.viewport(), LEFT, pos=second)

    assert preview.pages.page() == 2
    assert preview.place.text().startswith("Seite 2 von ")
    assert strip.accessibleDescription() == preview.place.text()


def test_keys_walk_through_the_small_pages(session, present, qtbot, tmp_path):
    dialog = long_preview(session, tmp_path)
    present(dialog)
    qtbot.waitUntil(dialog.print_button.isEnabled)
    strip, pages = dialog.strip, dialog.pages
    strip.setFocus()

    for key, page in (
        (Qt.Key.Key_Down, 2),
        (Qt.Key.Key_Down, 3),
        (Qt.Key.Key_Up, 2),
        (Qt.Key.Key_End, 40),
        (Qt.Key.Key_Down, 40),
        (Qt.Key.Key_Home, 1),
        (Qt.Key.Key_Up, 1),
    ):
        qtbot.keyClick(strip, key)
        assert pages.page() == page
        assert strip._slot(page - 1).top() >= 0
        assert strip._slot(page - 1).bottom() <= strip.viewport().height()


def test_the_small_pages_follow_the_page_that_is_read(session, present, qtbot, tmp_path):
    dialog = long_preview(session, tmp_path)
    present(dialog)
    qtbot.waitUntil(dialog.print_button.isEnabled)

    qtbot.keyClick(dialog.pages, Qt.Key.Key_End)
    settled(dialog, qtbot)

    assert {39, 40} <= dialog.strip.rendered_pages()


def test_the_small_pages_can_be_hidden(preview, qtbot):
    preview.strip.setFocus()

    qtbot.keyClick(preview, Qt.Key.Key_F4)
    assert not preview.strip.isVisible()
    assert preview.pages.hasFocus()
    qtbot.mouseClick(preview.strip_button, LEFT)
    assert preview.strip.isVisible()


def test_the_next_preview_has_no_small_pages_either_where_they_were_put_away(
    preview, session, present, qtbot, tmp_path
):
    qtbot.keyClick(preview, Qt.Key.Key_F4)
    other = long_preview(session, tmp_path)
    present(other)
    qtbot.waitUntil(other.print_button.isEnabled)
    assert not other.strip.isVisible()
    assert other.strip_button.isVisible()

    qtbot.mouseClick(other.strip_button, LEFT)
    assert other.strip.isVisible()
    assert session.shows_small_pages


def test_one_page_has_no_small_pages(session, present, qtbot, tmp_path):
    dialog = long_preview(session, tmp_path, pages=1)
    present(dialog)
    qtbot.waitUntil(dialog.print_button.isEnabled)

    assert not dialog.strip.isVisible()
    assert not dialog.strip_button.isVisible()


def test_a_closed_preview_lets_go_of_its_document(preview):
    preview.reject()

    assert preview.pages.page_count() == 0
    assert preview.pages.rendered_pages() == set()
    for area in (preview.pages, preview.strip):
        area.grab()


def test_the_small_pages_show_that_they_have_the_keyboard(preview, qtbot):
    preview.strip.setFocus()
    settled(preview, qtbot)
    with_keyboard = preview.strip.grab().toImage()

    preview.pages.setFocus()
    settled(preview, qtbot)

    assert preview.strip.grab().toImage() != with_keyboard


def test_keys_turn_the_pages_and_zoom(preview, qtbot):
    pages = preview.pages
    fitting = pages.zoom()

    qtbot.keyClick(pages, Qt.Key.Key_PageDown)
    assert preview.place.text() == f"Seite 2 von {pages.page_count()}"
    qtbot.keyClick(pages, Qt.Key.Key_PageUp)
    assert pages.page() == 1
    qtbot.keyClick(pages, Qt.Key.Key_1)
    assert pages.zoom() == 1.0
    qtbot.keyClick(pages, Qt.Key.Key_Plus)
    assert pages.zoom() > 1.0
    qtbot.keyClick(pages, Qt.Key.Key_Minus)
    qtbot.keyClick(pages, Qt.Key.Key_Minus)
    assert pages.zoom() < 1.0
    qtbot.mouseClick(preview.fit_button, LEFT)
    assert pages.zoom() == pytest.approx(fitting)


def test_the_pixels_of_the_preview_show_the_paper(preview):
    image = preview.pages.grab().toImage()
    colours = {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(100, 300, 5)
    }

    assert "#ffffff" in colours
    assert len(colours) > 10


def test_names_are_shown_on_demand(preview, qtbot):
    before = preview.pdf
    qtbot.mouseClick(preview.privacy.button("full"), LEFT)
    qtbot.waitUntil(lambda: preview.pdf != before)

    assert len("".join(pages_of(preview.pdf))) > len("".join(pages_of(before)))


def test_the_saved_file_holds_the_very_bytes_of_the_preview(preview, qtbot, tmp_path):
    qtbot.mouseClick(preview.save_button, LEFT)

    assert (tmp_path / "einladungen-2026-10-01-bis-2026-12-31.pdf").read_bytes() == preview.pdf


def test_every_page_reaches_the_printer_in_its_own_size(preview, qtbot, tmp_path):
    paper = tmp_path / "papier.pdf"

    def to_file(printer, parent):
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(paper))
        return True

    preview._ask_printer = to_file
    with qtbot.waitSignal(preview._session.done) as done:
        qtbot.mouseClick(preview.print_button, LEFT)

    with pypdfium2.PdfDocument(paper) as printed, pypdfium2.PdfDocument(preview.pdf) as shown:
        assert len(printed) == len(shown)
        for index in range(len(shown)):
            assert printed.get_page_size(index) == pytest.approx(shown.get_page_size(index), abs=2)
        ours, theirs = (bytes(each[0].render(scale=0.5).buffer) for each in (printed, shown))
    assert done.args == [f"An den Drucker gegeben: {preview.pages.page_count()} Seiten"]
    assert sum(ours) / len(ours) == pytest.approx(sum(theirs) / len(theirs), rel=0.01)
    assert min(ours) < 120


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_refuses_is_told_in_the_preview(preview, qtbot, tmp_path):
    def nowhere(printer, parent):
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "gibtesnicht" / "papier.pdf"))
        return True

    preview._ask_printer = nowhere
    qtbot.mouseClick(preview.print_button, LEFT)

    assert "Dort kann nicht gespeichert werden" in preview.error.text.text()


def test_a_range_of_pages_is_printed_alone(preview, tmp_path):
    printer = printing.printer_for(preview.pdf, "Liste")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "eine.pdf"))
    printer.setFromTo(2, 2)

    assert printing.print_pdf(preview.pdf, printer) == 1
    assert len(pages_of(tmp_path / "eine.pdf")) == 1
