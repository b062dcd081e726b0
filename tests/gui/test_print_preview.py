"""The pages of the list on the screen, on paper and in a file."""

from datetime import date

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter

from kkd_desktop.gui import printing
from kkd_desktop.gui.dialogs.list_preview import ListPreview

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


def pages_of(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_the_preview_has_as_many_pages_as_the_pdf(preview):
    count = len(pages_of(preview.pdf))

    assert count > 1
    assert preview.pages.page_count() == count
    assert preview.place.text() == f"Seite 1 von {count}"


def test_only_pages_in_sight_are_rendered(preview, qtbot):
    preview.resize(700, 420)
    preview.pages.grab()
    assert preview.pages.rendered_pages() == {1}

    qtbot.keyClick(preview.pages, Qt.Key.Key_End)
    preview.pages.grab()

    assert preview.pages.rendered_pages() >= {preview.pages.page_count()}


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
    colours = {image.pixelColor(x, 300).name() for x in range(image.width())}

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

    assert "dort kann nicht gespeichert werden" in preview.error.text.text()


def test_a_range_of_pages_is_printed_alone(preview, tmp_path):
    printer = printing.printer_for(preview.pdf, "Liste")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "eine.pdf"))
    printer.setFromTo(2, 2)

    assert printing.print_pdf(preview.pdf, printer) == 1
    assert len(pages_of(tmp_path / "eine.pdf")) == 1
