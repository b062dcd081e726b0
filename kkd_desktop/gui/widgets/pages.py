"""What does the paper look like? The pages of a PDF; only those in sight are rendered."""

from bisect import bisect_right
from math import ceil

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from kkd_desktop.gui import theme
from kkd_desktop.gui.painting import fill
from kkd_desktop.gui.widgets.page_pictures import POINTS_PER_INCH, PagePictures, Urgency

_SCREEN_DPI = 96
_GAP = 16
LEAST_ZOOM, MOST_ZOOM = 0.25, 4.0
_STEPS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)


class PagesView(QAbstractScrollArea):
    """A PDF to look through. PgUp and PgDn turn pages, + and - zoom, 0 fits the width again.

    The page being read is rendered at once, its neighbours when there is time.

    Signals:
        page_changed: another page stands at the top; carries its number from 1.
        zoom_changed: carries the zoom, 1.0 is the size of the paper.
    """

    page_changed = Signal(int)
    zoom_changed = Signal(float)
    spoken_role = "Document"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures = PagePictures(self)
        self._tops: list[int] = []
        self._zoom = 1.0
        self._fits = True
        self._page = 1
        self.setAccessibleName(self.tr("Vorschau"))
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        # Always there: whether it is needed depends on the zoom, which depends on its width.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().valueChanged.connect(self._look_where)
        self.pictures.made.connect(self._repaint_page)

    def show_pdf(self, pdf: bytes) -> None:
        """Show another document from its first page."""
        self.pictures.open(pdf)
        self._tops = []
        self._page = 1
        self._arrange()
        self.verticalScrollBar().setValue(0)
        self.page_changed.emit(1)
        self._announce()

    def close_pdf(self) -> None:
        """Let go of the document: nobody looks at it any more."""
        self.pictures.close()
        self._tops = []

    def page_count(self) -> int:
        return len(self.pictures.sizes())

    def page(self) -> int:
        """The page at the top, from 1."""
        return self._page

    def zoom(self) -> float:
        return self._zoom

    def rendered_pages(self) -> set[int]:
        """The pages that were made into images and are kept, from 1."""
        return {index + 1 for index in self.pictures.known(self._dpi())}

    def fit_width(self) -> None:
        self._fits = True
        self._arrange()

    def set_zoom(self, zoom: float) -> None:
        """1.0 is the size of the paper."""
        self._fits = False
        self._use(min(max(zoom, LEAST_ZOOM), MOST_ZOOM))

    def zoom_in(self) -> None:
        self.set_zoom(next((step for step in _STEPS if step > self._zoom + 0.01), MOST_ZOOM))

    def zoom_out(self) -> None:
        below = [step for step in _STEPS if step < self._zoom - 0.01]
        self.set_zoom(below[-1] if below else LEAST_ZOOM)

    def go_to(self, page: int) -> None:
        """Bring a page to the top."""
        index = min(max(page, 1), max(self.page_count(), 1)) - 1
        if self._tops:
            self.verticalScrollBar().setValue(self._tops[index] - _GAP)
            self._turn(index + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_PageDown:
            self.go_to(self._page + 1)
        elif key == Qt.Key.Key_PageUp:
            self.go_to(self._page - 1)
        elif key == Qt.Key.Key_Home:
            self.go_to(1)
        elif key == Qt.Key.Key_End:
            self.go_to(self.page_count())
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif key == Qt.Key.Key_Minus:
            self.zoom_out()
        elif key == Qt.Key.Key_0:
            self.fit_width()
        elif key == Qt.Key.Key_1:
            self.set_zoom(1.0)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.zoom_in if event.angleDelta().y() > 0 else self.zoom_out)()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self.viewport())
        fill(painter, event.rect(), colours.chip if not colours.dark else colours.bg)
        read, shown, dpi = self._page - 1, self._in_sight(), self._dpi()
        for index in shown:
            area = self._area(index)
            fill(painter, area.adjusted(-1, -1, 1, 1), colours.border)
            picture = self._picture(index, dpi)
            if picture is None:
                fill(painter, area, Qt.GlobalColor.white)
            else:
                painter.drawImage(QRectF(area), picture)
        around = [each for each in (read + 1, read - 1) if 0 <= each < len(self._tops)]
        self.pictures.want(Urgency.IN_SIGHT, [(index, dpi) for index in shown])
        self.pictures.want(Urgency.NEXT, [(index, dpi) for index in around])

    def _picture(self, index: int, dpi: float) -> QImage | None:
        """The page being read is worth waiting for."""
        if index == self._page - 1:
            return self.pictures.now(index, dpi)
        return self.pictures.find(index, dpi) or self.pictures.stand_in(index)

    def _arrange(self) -> None:
        sizes = self.pictures.sizes()
        if not sizes:
            self.viewport().update()
            return
        if self._fits:
            widest = max(width for width, _ in sizes) * _SCREEN_DPI / POINTS_PER_INCH
            room = self.viewport().width() - 2 * _GAP
            self._use(min(max(room / widest, LEAST_ZOOM), MOST_ZOOM))
        else:
            self._use(self._zoom)

    def _use(self, zoom: float) -> None:
        """Take a zoom and stay on the page that is in sight."""
        bar, page = self.verticalScrollBar(), self._page
        changed = zoom != self._zoom
        self._zoom = zoom
        self._tops = tops = self._stacked()
        whole = tops[-1] + self._size(len(tops) - 1).height() + _GAP
        widest = max(self._size(index).width() for index in range(len(tops))) + 2 * _GAP
        view = self.viewport()
        bar.setRange(0, max(0, whole - view.height()))
        bar.setPageStep(view.height())
        bar.setSingleStep(40)
        self.horizontalScrollBar().setRange(0, max(0, widest - view.width()))
        self.horizontalScrollBar().setPageStep(view.width())
        if changed:
            self.go_to(page)
            self.zoom_changed.emit(zoom)
        view.update()

    def _size(self, index: int) -> QSize:
        scale = self._zoom * _SCREEN_DPI / POINTS_PER_INCH
        width, height = self.pictures.sizes()[index]
        return QSize(ceil(width * scale), ceil(height * scale))

    def _stacked(self) -> list[int]:
        """Where each page begins, one below the other."""
        tops, top = [], _GAP
        for index in range(self.page_count()):
            tops.append(top)
            top += self._size(index).height() + _GAP
        return tops

    def _area(self, index: int) -> QRect:
        size = self._size(index)
        free = self.viewport().width() - size.width()
        left = free // 2 if free > 0 else _GAP - self.horizontalScrollBar().value()
        top = self._tops[index] - self.verticalScrollBar().value()
        return QRect(left, top, size.width(), size.height())

    def _in_sight(self) -> list[int]:
        if not self._tops:
            return []
        begin = self.verticalScrollBar().value()
        first = max(bisect_right(self._tops, begin) - 1, 0)
        behind = bisect_right(self._tops, begin + self.viewport().height())
        return list(range(first, behind))

    def _dpi(self) -> float:
        return self._zoom * _SCREEN_DPI * self.devicePixelRatioF()

    def _repaint_page(self, index: int) -> None:
        if index in self._in_sight():
            self.viewport().update(self._area(index))

    def _look_where(self, value: int) -> None:
        """The page that reaches over the upper third is the one being read."""
        if not self._tops:
            return
        line = value + self.viewport().height() // 3
        at = max(bisect_right(self._tops, line) - 1, 0)
        if value == self.verticalScrollBar().maximum() > 0:
            at = len(self._tops) - 1
        self._turn(at + 1)

    def _turn(self, page: int) -> None:
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)
            self._announce()

    def _announce(self) -> None:
        self.setAccessibleDescription(
            self.tr("Seite {page} von {count}").format(page=self._page, count=self.page_count())
        )
