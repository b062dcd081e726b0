"""How is a chart read and asked? Painted; each figure by mouse and arrows, and told in words."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from kkd_desktop.domain import texts
from kkd_desktop.domain.chart import Chart, Ids, Point, Role, Unit, value_text
from kkd_desktop.gui import theme
from kkd_desktop.gui.charts.drawing import ARROWS, Spot
from kkd_desktop.gui.charts.kinds import drawing_of
from kkd_desktop.gui.widgets.banner import follow_part
from kkd_desktop.gui.widgets.labels import plain_tooltip

if TYPE_CHECKING:
    from kkd_desktop.gui.spoken import SpokenPart

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class ChartView(QWidget):
    """Arrows go from figure to figure, Enter or a click asks for the people behind it.

    Signals:
        people_wanted: the ids of those behind a figure, and which figure that is.
        pointed: what is said of the figure under the mouse or the keys; empty where none is.
    """

    people_wanted = Signal(object, str)
    pointed = Signal(str)
    spoken_role = "Chart"

    def __init__(self, chart: Chart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._current: Spot | None = None
        self._hovered: Spot | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_chart(chart)

    def show_chart(self, chart: Chart) -> None:
        """Show it; where one was, the place in it stays if there is one like it."""
        self.chart = chart
        self._drawing = drawing_of(chart)
        self._hovered = None
        if self._current is not None and not self._has(self._current):
            self._current = None
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(chart.summary)
        self.updateGeometry()
        self.update()

    def current(self) -> Spot | None:
        """Which figure the keys are at: the places of its series and its category."""
        return self._current

    def go_to(self, spot: Spot) -> None:
        """Take the keys to a figure, and say it."""
        self._current = spot
        self._tell(spot)
        follow_part(self, self.said(spot))
        self.update()

    def said(self, spot: Spot) -> str:
        """`Januar 2026, Ist: 123 – 113 Personen`."""
        number, place = spot
        series, category = self.chart.series[number], self.chart.categories[place]
        point = series.points[place]
        parts = [f"{category.name}, {series.name}: {value_text(point.value, self.chart.unit)}"]
        if point.detail:
            parts.append(f"({point.detail})")
        if point.ids and (self.chart.unit is not Unit.PEOPLE or len(point.ids) != point.value):
            people = texts.counted(len(point.ids), "Person", "Personen")
            parts.append(f"– {people}")
        return " ".join(parts)

    def spoken_parts(self) -> list["SpokenPart"]:
        """Every figure that is painted, for screen readers."""
        from kkd_desktop.gui.spoken import SpokenPart

        marks = (
            self._drawing.mark_of((number, place), self._room())
            for number, series in enumerate(self.chart.series)
            for place in range(len(series.points))
        )
        return [
            SpokenPart(self.said(mark.spot), mark.area.toRect(), mark.spot == self._current)
            for mark in marks
            if mark is not None
        ]

    def spoken_source(self) -> tuple[object, ...]:
        return self.chart, self._current, self.size()

    def place_of(self, spot: Spot) -> QPoint:
        """Where a figure is painted."""
        mark = self._drawing.mark_of(spot, self._room())
        return QPoint() if mark is None else mark.area.center().toPoint()

    def open(self, spot: Spot, at: QPoint | None = None) -> None:
        """Ask for the people behind a figure; where there are two groups, for which of them."""
        found = groups(self.chart.series[spot[0]].points[spot[1]])
        if len(found) == 1:
            self.people_wanted.emit(*found[0])
        elif found:
            self._menu(spot).popup(self.mapToGlobal(at or self.place_of(spot)))

    def sizeHint(self) -> QSize:
        return QSize(480, self._drawing.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(320, self._drawing.height())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            mark = self._drawing.mark_at(QPointF(event.pos()), self._room())
            text = "" if mark is None else self.said(mark.spot)
            QToolTip.showText(event.globalPos(), plain_tooltip(text), self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        spot = self._current
        if spot is None:
            super().keyPressEvent(event)
        elif key in ARROWS:
            self.go_to(self._drawing.step(spot, key))
        elif key == Qt.Key.Key_Home:
            self.go_to((spot[0], 0))
        elif key == Qt.Key.Key_End:
            self.go_to((spot[0], len(self.chart.categories) - 1))
        elif key in _ENTER:
            self.open(spot)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_keys = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
            Qt.FocusReason.OtherFocusReason,
        )
        if by_keys:
            spot = self._current or self._first()
            if spot is not None:
                self.go_to(spot)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._tell(None)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        mark = self._drawing.mark_at(event.position(), self._room())
        spot = None if mark is None else mark.spot
        if spot != self._hovered:
            self._hovered = spot
            self._tell(spot)
            pointing = spot is not None and groups(self._point(spot))
            self.setCursor(
                Qt.CursorShape.PointingHandCursor if pointing else Qt.CursorShape.ArrowCursor
            )
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        mark = self._drawing.mark_at(event.position(), self._room())
        if event.button() is Qt.MouseButton.LeftButton and mark is not None:
            self.go_to(mark.spot)
            self.open(mark.spot, event.position().toPoint())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hovered = None
        self._tell(self._current if self.hasFocus() else None)
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._current is not None and groups(self._point(self._current)):
            self._menu(self._current).popup(event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._drawing.paint(painter, self._room())
        colours = theme.current()
        if self.hasFocus() and self._current is not None:
            self._paint_frame(painter, self._current, QColor(colours.accent), 2)
        if self._hovered is not None:
            self._paint_frame(painter, self._hovered, QColor(colours.text), 1)

    def _paint_frame(self, painter: QPainter, spot: Spot, colour: QColor, width: int) -> None:
        mark = self._drawing.mark_of(spot, self._room())
        if mark is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        # A bar of nothing is still somewhere the keys can be.
        least = QRectF(mark.area.center() - QPointF(4, 4), QSizeF(8, 8))
        frame = mark.area.united(least).adjusted(-3, -3, 3, 3)
        painter.setPen(QPen(QColor(theme.current().surface), width + 2))
        painter.drawRoundedRect(frame, 4, 4)
        painter.setPen(QPen(colour, width))
        painter.drawRoundedRect(frame, 4, 4)

    def _menu(self, spot: Spot) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for ids, said in groups(self._point(spot)):
            people = texts.counted(len(ids), "Person", "Personen")
            action = menu.addAction(f"{said} · {people}".replace("&", "&&"))
            action.triggered.connect(lambda _=False, i=ids, s=said: self.people_wanted.emit(i, s))
        return menu

    def _point(self, spot: Spot) -> Point:
        return self.chart.series[spot[0]].points[spot[1]]

    def _first(self) -> Spot | None:
        """Where the keys begin: at the last day of what was done."""
        if not self.chart.series or not self.chart.categories:
            return None
        done = (n for n, each in enumerate(self.chart.series) if each.role is Role.DONE)
        return next(done, 0), len(self.chart.categories) - 1

    def _has(self, spot: Spot) -> bool:
        return spot[0] < len(self.chart.series) and spot[1] < len(self.chart.categories)

    def _tell(self, spot: Spot | None) -> None:
        self.pointed.emit("" if spot is None else self.said(spot))

    def _room(self) -> QSizeF:
        return QSizeF(self.size())


def groups(point: Point) -> list[tuple[Ids, str]]:
    """Those behind a figure, and those of the same population who are not."""
    both = ((point.ids, point.said), (point.others, point.others_said))
    return [(ids, said) for ids, said in both if ids]
