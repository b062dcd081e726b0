"""Which keys are there? All of them, where one is first; what is typed narrows them."""

from itertools import groupby
from operator import attrgetter

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QFrame,
    QGridLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kkd_desktop.domain.fuzzy import Index, key_of
from kkd_desktop.gui import theme
from kkd_desktop.gui.dialogs.base import Dialog, show
from kkd_desktop.gui.shortcuts import Keys, Where, table, title
from kkd_desktop.gui.widgets.banner import tell_found
from kkd_desktop.gui.widgets.chip import KeyHint
from kkd_desktop.gui.widgets.labels import PlainLabel

_SIZE, _KEYS_WIDTH = QSize(620, 640), 120
_IN_SIGHT = 20
"""So many rows fill the window; all at once take 60 ms, so the others follow turn by turn."""


class ShortcutsDialog(Dialog):
    """The table of keys. Typing searches in it, arrow keys scroll, Esc closes."""

    def __init__(self, page: str = "", parent: QWidget | None = None) -> None:
        """The keys of `page` stand first, behind those that work everywhere."""
        super().__init__(self.tr("Tastenkürzel"), parent=parent)
        rows = list(table())
        here = [keys for keys in rows if page and keys.where.split(".")[0] == page]
        always = [keys for keys in rows if keys.where in _ALWAYS]
        rest = [keys for keys in rows if keys not in here and keys not in always]
        self._rows = [*always, *here, *rest]
        self._index = Index(
            key_of(keys.text, title(keys.where), keys.written) for keys in self._rows
        )
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Wofür suchen Sie eine Taste?"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.area = QScrollArea()
        self.area.setAccessibleName(self.tr("Tastenkürzel"))
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.viewport().setAutoFillBackground(False)
        self.nothing = PlainLabel(self.tr("Dafür gibt es keine Taste."), muted=True)
        self.body.addWidget(self.search)
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.area, 1)
        self.set_main_action(self.tr("Schließen"), self.accept, keys="Esc")
        self.resize(_SIZE)
        self._later = QTimer(self, interval=0)
        self._later.timeout.connect(self._add_group)
        self._narrow("")
        self.search.setFocus()

        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)

    def shown(self) -> list[Keys]:
        """What is in sight, from top to bottom."""
        return self._shown

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that scroll do so while one types."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            bar = self.area.verticalScrollBar()
            action = _SCROLLING.get(event.key())
            if action is not None:
                bar.triggerAction(action)
                return True
        return super().eventFilter(watched, event)

    def _narrow(self, text: str) -> None:
        fits = self._index.find(text, len(self._rows))
        places = sorted(fit.place for fit in fits) if text.strip() else range(len(self._rows))
        self._shown = [self._rows[place] for place in places]
        tell_found(self.search, len(self._shown))
        self.nothing.setVisible(not self._shown)
        self.area.setVisible(bool(self._shown))
        sheet = QWidget()
        self._column = QVBoxLayout(sheet)
        self._column.setContentsMargins(0, 0, theme.MEDIUM, 0)
        self._column.setSpacing(theme.LARGE)
        self._column.addStretch()
        self._groups = [
            (title(where), list(rows))
            for where, rows in groupby(self._shown, key=attrgetter("where"))
        ]
        seen = 0
        while self._groups and seen < _IN_SIGHT:
            seen += len(self._groups[0][1])
            self._add_group()
        self.area.setWidget(sheet)
        sheet.setAutoFillBackground(False)
        self._later.start()

    def _add_group(self) -> None:
        """The next one, above the room that is left."""
        if not self._groups:
            self._later.stop()
            return
        rows = key_table(*self._groups.pop(0))
        self._column.insertLayout(self._column.count() - 1, rows)
        sheet = self._column.parentWidget()
        if sheet is not None and sheet is self.area.widget():
            # An area asks for the height once; those in sight would be pressed together.
            self._column.invalidate()
            width = self.area.viewport().width()
            sheet.setMinimumHeight(max(0, self._column.heightForWidth(width)))


def key_table(heading: str, rows: list[Keys]) -> QGridLayout:
    """A heading and below it each key with what it does."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.LARGE)
    grid.setVerticalSpacing(theme.SMALL)
    grid.setColumnMinimumWidth(0, _KEYS_WIDTH)
    grid.setColumnStretch(1, 1)
    grid.addWidget(PlainLabel(heading, weight=QFont.Weight.DemiBold), 0, 0, 1, 2)
    for place, keys in enumerate(rows, 1):
        grid.addWidget(KeyHint(keys.written), place, 0, Qt.AlignmentFlag.AlignLeft)
        meaning = PlainLabel(keys.text, wrap=True)
        meaning.setAccessibleName(f"{keys.written}: {keys.text}")
        grid.addWidget(meaning, place, 1)
    return grid


def open_shortcuts(page: str, parent: QWidget) -> None:
    """Show the keys over a window, those of its page near the top."""
    show(ShortcutsDialog(page, parent))


_SCROLLING: dict[int, QAbstractSlider.SliderAction] = {
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
}
_ALWAYS = (Where.EVERYWHERE, Where.PAGES, Where.PERSON)
