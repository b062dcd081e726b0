"""Where in the document is this page? All pages small, one below the other."""

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QStyle, QWidget

from kkd_desktop.gui import theme
from kkd_desktop.gui.painting import fill
from kkd_desktop.gui.widgets.banner import follow_part
from kkd_desktop.gui.widgets.page_pictures import POINTS_PER_INCH, PagePictures, Urgency

if TYPE_CHECKING:
    from kkd_desktop.gui.spoken import SpokenPart

_PAPER_WIDTH = 80
_FRAME, _NUMBER_HEIGHT, _STEP = 6, 20, 4


class PageStrip(QAbstractScrollArea):
    """Small pages with their numbers; only those in sight are rendered, and nobody waits for them.

    Signals:
        page_wanted: a page was clicked or chosen by key; carries its number from 1.
    """

    page_wanted = Signal(int)
    spoken_role = "List"
    paints_focus = True

    def __init__(self, pictures: PagePictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._tops: list[int] = []
        self._page = 1
        self.setAccessibleName(self.tr("Seiten"))
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        self.setFixedWidth(_PAPER_WIDTH + 2 * (_FRAME + theme.SMALL) + bar)
        self.verticalScrollBar().setSingleStep(40)

        pictures.changed.connect(self._show_document)
        pictures.made.connect(lambda: self.viewport().update())

    def set_page(self, page: int) -> None:
        """Mark a page and bring it into sight."""
        self._page = page
        if self._tops:
            top, bottom = self._tops[page - 1], self._tops[page]
            bar = self.verticalScrollBar()
            if top < bar.value() or bottom > bar.value() + self.viewport().height():
                bar.setValue((top + bottom - self.viewport().height()) // 2)
        self._announce()
        if self.hasFocus():
            follow_part(self, self.accessibleDescription())
        self.viewport().update()

    def rendered_pages(self) -> set[int]:
        """The pages that are at hand small, from 1."""
        return {
            index + 1
            for index in range(len(self._pictures.sizes()))
            if self._pictures.find(index, self._dpi(index)) is not None
        }

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index is not None:
            self.page_wanted.emit(index + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shown = max(1, len(self._in_sight()) - 1)
        key = event.key()
        ways = {
            Qt.Key.Key_Up: self._page - 1,
            Qt.Key.Key_Down: self._page + 1,
            Qt.Key.Key_PageUp: self._page - shown,
            Qt.Key.Key_PageDown: self._page + shown,
            Qt.Key.Key_Home: 1,
            Qt.Key.Key_End: len(self._pictures.sizes()),
        }
        for way, page in ways.items():
            if key == way:
                self.page_wanted.emit(min(max(page, 1), len(self._pictures.sizes())))
                return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        fill(painter, event.rect(), colours.surface)
        shown = self._in_sight()
        for index in shown:
            self._paint_page(painter, index, colours)
        self._pictures.want(Urgency.SMALL, [(index, self._dpi(index)) for index in shown])

    def _paint_page(self, painter: QPainter, index: int, colours: theme.Palette) -> None:
        slot = self._slot(index)
        current = index + 1 == self._page
        if current:
            painter.setBrush(QColor(colours.selection))
            ring = QPen(QColor(colours.accent), 2) if self.hasFocus() else Qt.PenStyle.NoPen
            painter.setPen(ring)
            painter.drawRoundedRect(slot.adjusted(1, 1, -1, -1), theme.RADIUS, theme.RADIUS)
        paper = slot.adjusted(_FRAME, _FRAME, -_FRAME, -_NUMBER_HEIGHT)
        edge = colours.accent if current else colours.border
        fill(painter, paper.adjusted(-1, -1, 1, 1), edge)
        picture = self._pictures.find(index, self._dpi(index))
        if picture is None:
            fill(painter, paper, Qt.GlobalColor.white)
        else:
            painter.drawImage(paper, picture)
        painter.setFont(
            theme.font(theme.SMALL_SIZE, QFont.Weight.DemiBold if current else QFont.Weight.Normal)
        )
        painter.setPen(QColor(colours.text if current else colours.muted))
        number = QRect(slot.left(), slot.bottom() + 1 - _NUMBER_HEIGHT, slot.width(), 0)
        number.setHeight(_NUMBER_HEIGHT)
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(index + 1))

    def _show_document(self) -> None:
        self._page = 1
        self._arrange()
        self.verticalScrollBar().setValue(0)
        self._announce()

    def _arrange(self) -> None:
        """Where each page begins; one more for where the last one ends."""
        top = 0
        tops = [top]
        for width, height in self._pictures.sizes():
            paper = round(_PAPER_WIDTH * height / width)
            top += paper + _FRAME + _NUMBER_HEIGHT + _STEP
            tops.append(top)
        self._tops = tops if len(tops) > 1 else []
        bar, room = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, top - _STEP - room))
        bar.setPageStep(room)
        self.viewport().update()

    def _slot(self, index: int) -> QRect:
        top, bottom = self._tops[index], self._tops[index + 1] - _STEP
        width = _PAPER_WIDTH + 2 * _FRAME
        return QRect(theme.SMALL, top - self.verticalScrollBar().value(), width, bottom - top)

    def _in_sight(self) -> list[int]:
        if not self._tops:
            return []
        begin = self.verticalScrollBar().value()
        first = bisect_right(self._tops, begin) - 1
        behind = bisect_right(self._tops, begin + self.viewport().height())
        return list(range(first, min(behind, len(self._tops) - 1)))

    def _at(self, place: QPoint) -> int | None:
        return next((each for each in self._in_sight() if self._slot(each).contains(place)), None)

    def _dpi(self, index: int) -> float:
        width, _ = self._pictures.sizes()[index]
        return _PAPER_WIDTH * POINTS_PER_INCH / width * self.devicePixelRatioF()

    def spoken_parts(self) -> list["SpokenPart"]:
        """Every page, for screen readers."""
        from kkd_desktop.gui.spoken import SpokenPart

        begin = self.verticalScrollBar().value()
        return [
            SpokenPart(
                self.tr("Seite {page}").format(page=index + 1),
                QRect(0, round(top) - begin, self.viewport().width(), round(below - top)),
                index + 1 == self._page,
            )
            for index, (top, below) in enumerate(pairwise(self._tops))
        ]

    def spoken_source(self) -> tuple[object, ...]:
        return self._tops, self._page, self.verticalScrollBar().value()

    def _announce(self) -> None:
        self.setAccessibleDescription(
            self.tr("Seite {page} von {count}").format(
                page=self._page, count=len(self._pictures.sizes())
            )
        )
