"""How do the bytes of a PDF get onto paper? The very pages of the preview, at 300 dpi."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from kkd_desktop.actions import exports
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said
from kkd_desktop.gui.widgets.page_pictures import page_as_image

if TYPE_CHECKING:
    from kkd_desktop.actions.exports import OpenPdf

PRINT_DPI = 300
_ROUNDING = 24
"""Pixels by which the sizes of the same paper may differ."""

AskPrinter = Callable[[QPrinter, QWidget], bool]
Report = Callable[[int, int], bool]
"""Told before each page how far it is; False stops."""


def printer_for(pdf: bytes, title: str) -> QPrinter:
    """The default printer with paper and orientation of the document."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setResolution(PRINT_DPI)
    with exports.open_pdf(pdf) as opened:
        width, height = opened.sizes[0]
    short, long = sorted((width, height))
    printer.setPageSize(QPageSize(QSizeF(short, long), QPageSize.Unit.Point))
    landscape = width > height
    printer.setPageOrientation(
        QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    )
    printer.setFullPage(True)
    return printer


def ask_printer(printer: QPrinter, parent: QWidget) -> bool:
    """The system's own dialog: which printer, which pages, how many copies?"""
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    return dialog.exec() == QDialog.DialogCode.Accepted


def print_pdf(pdf: bytes, printer: QPrinter, report: Report = lambda done, total: True) -> int:
    """Print the chosen pages and return how many; `UserError` where the printer refuses."""
    painter = QPainter()
    if not painter.begin(printer):
        raise UserError(_refused(printer))
    try:
        with exports.open_pdf(pdf) as opened:
            return _print_pages(opened, printer, painter, report)
    finally:
        painter.end()


def _print_pages(opened: "OpenPdf", printer: QPrinter, painter: QPainter, report: Report) -> int:
    pages = _chosen_pages(printer, len(opened.sizes))
    done = 0
    for index in pages:
        if not report(done, len(pages)):
            printer.abort()
            break
        if done and not printer.newPage():
            raise UserError(_refused(printer))
        image = page_as_image(opened, index, PRINT_DPI)
        painter.drawImage(_place(printer, image), image)
        done += 1
    return done


def _place(printer: QPrinter, image: QImage) -> QRectF:
    """The whole paper; on one of another shape as much of it as leaves the letters upright."""
    paper = QRectF(printer.pageLayout().fullRectPixels(printer.resolution()))
    size = image.size().toSizeF().scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
    if abs(size.width() - paper.width()) + abs(size.height() - paper.height()) < _ROUNDING:
        return paper
    return QRectF(paper.topLeft(), size)


def _chosen_pages(printer: QPrinter, count: int) -> list[int]:
    first, last = printer.fromPage() or 1, printer.toPage() or count
    return list(range(first - 1, min(last, count)))


def _refused(printer: QPrinter) -> str:
    if printer.outputFileName():
        return said("{file}: Dort kann nicht gespeichert werden.").format(
            file=Path(printer.outputFileName())
        )
    return said(
        "Der Drucker nimmt den Auftrag nicht an. Bitte einen anderen wählen oder später drucken."
    )
