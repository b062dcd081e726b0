"""What do the pages of a document look like? Each is rendered when it is wanted, never twice.

PDFium is not safe in threads, so all of this happens in the window's own: one page at a time, and
the window is heard between two of them.
"""

from collections.abc import Sequence
from enum import IntEnum
from math import sqrt
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from kkd_desktop.actions import exports

if TYPE_CHECKING:
    from kkd_desktop.actions.exports import OpenPdf

POINTS_PER_INCH = 72
_KEPT_BYTES = 200_000_000
_MOST_PIXELS = 16_000_000
"""Of one page: an A4 page at 400 % on a screen of twice the resolution would take four times it."""
_CHEAP_PIXELS = 4_500_000
"""So many are rendered within 25 ms: an A4 page in the width of the preview at 200 % scaling."""
_COARSER = 4


class Urgency(IntEnum):
    """In which order pages are rendered that nobody waits for."""

    IN_SIGHT = 0
    SMALL = 1
    NEXT = 2


class PagePictures(QObject):
    """The open document of one preview and the pictures made of it.

    Signals:
        changed: another document is open, or none any longer.
        made: a picture was made that was asked for by `want`; carries the index of its page.
    """

    changed = Signal()
    made = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pdf: OpenPdf | None = None
        self._pictures: dict[tuple[int, int], QImage] = {}
        self._bytes = 0
        self._wanted: dict[Urgency, Sequence[tuple[int, float]]] = {}
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._make_next)

    def open(self, pdf: bytes) -> None:
        self.close()
        self._pdf = exports.open_pdf(pdf)
        self.changed.emit()

    def close(self) -> None:
        """Let go of document and pictures."""
        self._timer.stop()
        self._wanted = {}
        self._pictures = {}
        self._bytes = 0
        if self._pdf is not None:
            self._pdf.close()
            self._pdf = None
            self.changed.emit()

    def sizes(self) -> Sequence[tuple[float, float]]:
        """Width and height of each page in points."""
        return () if self._pdf is None else self._pdf.sizes

    def known(self, dpi: float) -> set[int]:
        """The indices of the pages of which a picture at this resolution is at hand."""
        return {index for index, _ in self._pictures if self._key(index, dpi) in self._pictures}

    def is_busy(self) -> bool:
        """Whether something that is wanted is not made yet."""
        return self._timer.isActive()

    def find(self, index: int, dpi: float) -> QImage | None:
        """The picture if it is at hand."""
        key = self._key(index, dpi)
        if key not in self._pictures:
            return None
        # The one used last is let go of last.
        self._pictures[key] = self._pictures.pop(key)
        return self._pictures[key]

    def now(self, index: int, dpi: float) -> QImage:
        """The picture for somebody who waits: a coarse one where the sharp one takes long."""
        found = self.find(index, dpi)
        if found is not None:
            return found
        width, height = self._pixels(index, dpi)
        if width * height <= _CHEAP_PIXELS:
            return self._make(index, dpi)
        return self.stand_in(index) or self._make(index, dpi / _COARSER)

    def stand_in(self, index: int) -> QImage | None:
        """The sharpest picture of the page that is at hand."""
        found = [key for key in self._pictures if key[0] == index]
        return self._pictures[max(found)] if found else None

    def want(self, urgency: Urgency, pages: Sequence[tuple[int, float]]) -> None:
        """Make these, each an index with its resolution, when there is time; forget earlier ones
        of the same urgency.
        """
        self._wanted[urgency] = pages
        if any(self._key(*each) not in self._pictures for each in pages):
            self._timer.start()

    def _make_next(self) -> None:
        for urgency in sorted(self._wanted):
            for index, dpi in self._wanted[urgency]:
                if self._key(index, dpi) not in self._pictures:
                    self._make(index, dpi)
                    self._timer.start()
                    self.made.emit(index)
                    return

    def _make(self, index: int, dpi: float) -> QImage:
        assert self._pdf is not None, "only pages of an open document are looked at"
        picture = page_as_image(self._pdf, index, self._bounded(index, dpi))
        self._pictures[self._key(index, dpi)] = picture
        self._bytes += picture.sizeInBytes()
        while self._bytes > _KEPT_BYTES and len(self._pictures) > 1:
            self._bytes -= self._pictures.pop(next(iter(self._pictures))).sizeInBytes()
        return picture

    def _key(self, index: int, dpi: float) -> tuple[int, int]:
        return index, round(self._bounded(index, dpi) * 10)

    def _bounded(self, index: int, dpi: float) -> float:
        width, height = self._pixels(index, dpi)
        return dpi * min(1.0, sqrt(_MOST_PIXELS / (width * height)))

    def _pixels(self, index: int, dpi: float) -> tuple[float, float]:
        width, height = self.sizes()[index]
        return width * dpi / POINTS_PER_INCH, height * dpi / POINTS_PER_INCH


def page_as_image(pdf: "OpenPdf", index: int, dpi: float) -> QImage:
    """A page as an image of its own, ready for screen or printer."""
    page = pdf.image(index, dpi)
    image = QImage(page.pixels, page.width, page.height, page.stride, QImage.Format.Format_ARGB32)
    # The image borrows the bytes; the copy owns them. Opaque formats are drawn faster.
    return image.convertToFormat(QImage.Format.Format_RGB32)
