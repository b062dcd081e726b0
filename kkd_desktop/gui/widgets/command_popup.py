"""What does the command field offer below itself? Made when something is first searched."""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from kkd_desktop.gui import theme
from kkd_desktop.gui.delegates.ground import paint_choice
from kkd_desktop.gui.models.columns import Index, Role
from kkd_desktop.gui.widgets.chip import KeyHint
from kkd_desktop.gui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from kkd_desktop.gui.widgets.commands import CommandField, Hints, Hit

_HIT_HEIGHT, _HEADING_HEIGHT, _FOOT_HEIGHT = 34, 26, 36
_WIDTH, _MOST_HEIGHT, _AROUND = 620, 440, 40
_ENTER, _BESIDE = "↵", "  ·  "


class HitsModel(QAbstractListModel):
    """The hits, and before each group its name as a row that cannot be chosen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: list[Hit | str] = []

    def show_hits(self, hits: "Sequence[Hit]") -> None:
        self.beginResetModel()
        self._rows = []
        group = ""
        for hit in hits:
            if hit.group != group:
                group = hit.group
                self._rows.append(group)
            self._rows.append(hit)
        self.endResetModel()

    def hit(self, row: int) -> "Hit | None":
        """None where the row is the name of a group."""
        found = self._rows[row]
        return None if isinstance(found, str) else found

    def heading(self, row: int) -> str:
        found = self._rows[row]
        return found if isinstance(found, str) else ""

    def places(self) -> list[int]:
        """The rows that can be chosen."""
        return [row for row, found in enumerate(self._rows) if not isinstance(found, str)]

    def height(self) -> int:
        return sum(_HEADING_HEIGHT if isinstance(row, str) else _HIT_HEIGHT for row in self._rows)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.hit(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        hit = self.hit(index.row())
        if role == Role.DisplayRole:
            return self.heading(index.row()) if hit is None else hit.title
        if role == Role.AccessibleTextRole:
            return self.heading(index.row()) if hit is None else said(hit)
        return None


def said(hit: "Hit") -> str:
    """A hit as it is read out."""
    beside = hit.why_not if hit.refused else hit.detail
    return ", ".join(part for part in (hit.title, beside, hit.group, hit.keys) if part)


class CommandPopup(QFrame):
    """A child of the window, below the field; it never takes the focus."""

    def __init__(self, field: "CommandField") -> None:
        super().__init__(field.window())
        self._field = field
        self.hits = HitsModel(self)
        self.setProperty("kind", "popup")
        self.view = QListView()
        self.view.setAccessibleName(self.tr("Treffer"))
        self.view.setModel(self.hits)
        self.view.setItemDelegate(_HitDelegate(self.view))
        self.view.setFrameShape(QListView.Shape.NoFrame)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.viewport().setAutoFillBackground(False)
        self.nothing = PlainLabel(muted=True)
        self.nothing.setContentsMargins(theme.SMALL, theme.TINY, theme.SMALL, theme.TINY)
        self.say_where("")
        self.foot = _Foot()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.TINY, theme.TINY, theme.TINY, theme.TINY)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.nothing)
        column.addWidget(self.foot)
        self.hide()

        self.view.entered.connect(self._point_at)
        self.view.clicked.connect(self._run)
        self.view.customContextMenuRequested.connect(self._show_menu)
        field.window().installEventFilter(self)

    def show_hits(self, hits: "Sequence[Hit]", asked: bool, hints: "Hints" = ()) -> None:
        self.hits.show_hits(hits)
        self.foot.hints = hints
        self.view.setVisible(bool(hits))
        self.nothing.setVisible(not hits)
        if hits:
            self._choose(self.hits.places()[0])
            self.view.scrollToTop()
        else:
            self.foot.show_hit(None)
        if not hits and not asked:
            self.hide()
            return
        self.place()
        self.show()
        self.raise_()

    def say_where(self, kind: str) -> None:
        """Where was looked when nothing was found: in one kind, or everywhere."""
        self.nothing.setText(
            self.tr("Nichts gefunden unter {kind}. Ohne das Zeichen davor zählt alles.").format(
                kind=kind
            )
            if kind
            else self.tr("Nichts gefunden. Gesucht wird in Personen, Seiten, Aktionen und Suchen.")
        )
        if self.isVisible():
            self.place()

    def said(self, hit: "Hit") -> str:
        return said(hit)

    def current(self) -> "Hit | None":
        index = self.view.currentIndex()
        return self.hits.hit(index.row()) if index.isValid() else None

    def moved_to(self) -> "Hit | None":
        """The current hit where somebody chose it; None while it is the first."""
        places = self.hits.places()
        return self.current() if places and self.view.currentIndex().row() != places[0] else None

    def choose_again(self, hit: "Hit") -> None:
        """The same hit among those shown now, where it still is."""
        for row in self.hits.places():
            found = self.hits.hit(row)
            if found is not None and said(found) == said(hit):
                self._choose(row)
                return

    def step(self, step: int) -> "Hit | None":
        """Choose the next or the previous hit, around the ends; a page stops there."""
        places = self.hits.places()
        if places:
            row = self.view.currentIndex().row()
            at = places.index(row) + step if row in places else 0
            self.foot.hints = ()
            if abs(step) > 1:
                at = min(max(at, 0), len(places) - 1)
            self._choose(places[at % len(places)])
            if places[at % len(places)] == places[0]:
                self.view.scrollToTop()
        return self.current()

    def place(self) -> None:
        window = self._field.window()
        below = self._field.mapTo(window, QPoint(0, self._field.height() + theme.TINY))
        width = min(max(self._field.width(), _WIDTH), window.width() - below.x() - theme.MEDIUM)
        if not self.hits.rowCount():
            width = max(self._field.width(), self.nothing.sizeHint().width() + 12)
        content = self.hits.height() or _HIT_HEIGHT
        foot = _FOOT_HEIGHT if self.foot.isVisibleTo(self) else 0
        room = max(window.height() - below.y() - _AROUND, 200)
        height = min(content + foot + 12, _MOST_HEIGHT + foot, room)
        self.setGeometry(below.x(), below.y(), width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)

    def _choose(self, row: int) -> None:
        self.view.setCurrentIndex(self.hits.index(row))
        self.foot.show_hit(self.hits.hit(row))

    def _point_at(self, index: QModelIndex) -> None:
        if self.hits.hit(index.row()) is not None:
            self._choose(index.row())

    def _run(self, index: QModelIndex) -> None:
        hit = self.hits.hit(index.row())
        if hit is not None:
            self._field.run(hit)

    def _show_menu(self, at: QPoint) -> None:
        """By mouse what the keys of the foot do."""
        hit = self.hits.hit(row) if (row := self.view.indexAt(at).row()) >= 0 else None
        if hit is None or not hit.acts:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(hit.verb or hit.title, partial(self._field.run, hit))
        for act in hit.acts:
            menu.addAction(act.text, partial(self._field.run, hit, act.modifier))
        menu.popup(self.view.viewport().mapToGlobal(at))


class _Foot(QWidget):
    """What Enter does with the highlighted hit; while nobody chose one, what can be typed."""

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, theme.TINY)
        self._row.setSpacing(theme.SMALL)
        self._row.addStretch()
        self._parts: list[QWidget] = []
        self._shown: Hints = ()
        self.hints: Hints = ()
        self.hide()

    def show_hit(self, hit: "Hit | None") -> None:
        shown = self.hints
        if not shown and hit is not None and hit.acts and not hit.refused:
            acts = ((f"{_key_name(act.modifier)} {_ENTER}", act.text) for act in hit.acts)
            shown = ((_ENTER, hit.verb), *acts)
        if shown != self._shown:
            self._show(shown)
        self.setVisible(bool(shown))

    def _show(self, shown: "Hints") -> None:
        for part in self._parts:
            self._row.removeWidget(part)
            part.deleteLater()
        self._shown, self._parts = shown, []
        for keys, text in shown:
            hint = KeyHint(keys)
            label = PlainLabel(text, size=theme.SMALL_SIZE, muted=True)
            label.setContentsMargins(0, 0, theme.SMALL, 0)
            for part in (hint, label):
                self._row.insertWidget(self._row.count() - 1, part)
                self._parts.append(part)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """A narrow list does without the last ones: no word of them is cut."""
        room = self.contentsRect().width() - 2 * theme.SMALL
        for hint, label in zip(self._parts[::2], self._parts[1::2], strict=True):
            room -= hint.sizeHint().width() + label.sizeHint().width() + 2 * theme.SMALL
            hint.setVisible(room >= 0)
            label.setVisible(room >= 0)


def _key_name(modifier: Qt.KeyboardModifier) -> str:
    return {
        Qt.KeyboardModifier.ControlModifier: QCoreApplication.translate("Shortcuts", "Strg"),
        Qt.KeyboardModifier.ShiftModifier: QCoreApplication.translate("Shortcuts", "Umschalt"),
        Qt.KeyboardModifier.AltModifier: QCoreApplication.translate("Shortcuts", "Alt"),
    }[modifier]


class _HitDelegate(QStyledItemDelegate):
    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        model = index.model()
        assert isinstance(model, HitsModel)
        is_heading = model.hit(index.row()) is None
        return QSize(0, _HEADING_HEIGHT if is_heading else _HIT_HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        model = index.model()
        assert isinstance(model, HitsModel)
        hit = model.hit(index.row())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = option.rect.adjusted(10, 0, -10, 0)
        if hit is None:
            _paint_heading(painter, area, model.heading(index.row()))
            return
        if index == self._view.currentIndex():
            paint_choice(painter, option.rect, theme.current())
        _paint_hit(painter, area, hit, option.font)


def _paint_heading(painter: QPainter, area: QRect, text: str) -> None:
    painter.setFont(theme.font(theme.SMALL_SIZE, QFont.Weight.DemiBold))
    painter.setPen(QColor(theme.current().muted))
    below = area.adjusted(0, 4, 0, 0)
    painter.drawText(below, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def _paint_hit(painter: QPainter, area: QRect, hit: "Hit", font: QFont) -> None:
    """At the left the title with the letters that fit in bold, at the right what belongs to it."""
    colours, elide = theme.current(), Qt.TextElideMode.ElideRight
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.setFont(font)
    metrics = painter.fontMetrics()
    right = hit.why_not if hit.refused else _BESIDE.join(filter(None, (hit.detail, hit.keys)))
    room = min(metrics.horizontalAdvance(right) + 1, area.width() * 55 // 100)
    painter.setPen(QColor(colours.muted))
    shown = metrics.elidedText(right, elide, room)
    painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight, shown)
    painter.setPen(QColor(colours.muted if hit.refused else colours.text))
    left = area.adjusted(0, 0, -room - theme.MEDIUM, 0)
    _paint_marked(painter, left, hit.title, hit.marks, font)


def _paint_marked(
    painter: QPainter,
    area: QRect,
    text: str,
    marks: tuple[tuple[int, int], ...],
    font: QFont,
) -> None:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.Bold)
    at, edges = area.left(), [0, *(edge for mark in marks for edge in mark), len(text)]
    for number, (start, end) in enumerate(pairwise(edges)):
        used = bold if number % 2 else font
        metrics = QFontMetrics(used)
        left = area.right() - at
        part = metrics.elidedText(text[start:end], Qt.TextElideMode.ElideRight, left + 1)
        painter.setFont(used)
        painter.drawText(QRect(at, area.top(), left + 1, area.height()), _AT_LEFT, part)
        at += metrics.horizontalAdvance(part)
        if part != text[start:end]:
            return


_AT_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
