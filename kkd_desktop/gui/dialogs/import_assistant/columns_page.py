"""Which column means what? A row for each heading, with what stands below it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from kkd_desktop.actions.imports import MappedTable
from kkd_desktop.domain.table import TableKind
from kkd_desktop.domain.values import replace
from kkd_desktop.gui import theme
from kkd_desktop.gui.dialogs.import_assistant.form_page import shown_cell
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.card import TableCard
from kkd_desktop.gui.widgets.labels import ElidedLabel, PlainLabel, set_property

_EXAMPLES = 3
_MEANING_WIDTH = 280
_STEPPING = (
    *(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End),
    *(Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
)


class ColumnsPage(QWidget):
    """Each heading with examples and what it means; nothing is taken over unseen.

    Signals:
        mapping_changed: another meaning was chosen.
    """

    mapping_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: MappedTable | None = None
        self.boxes: list[MeaningBox] = []
        self.note = PlainLabel(muted=True, wrap=True)
        self._area = QScrollArea()
        self._area.setAccessibleName(self.tr("Spalten und ihre Bedeutung"))
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.viewport().setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.LARGE)
        column.addWidget(self.note)
        column.addWidget(TableCard(self._area), 1)

    def show_table(self, found: MappedTable) -> None:
        """The headings of a table with what they mean."""
        self._found = found
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.MEDIUM)
        grid.setHorizontalSpacing(theme.HUGE)
        grid.setVerticalSpacing(theme.TINY + theme.HAIR)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        titles = (self.tr("Spalte der Tabelle"), self.tr("Beispiele"), self.tr("bedeutet"))
        for place, title in enumerate(titles):
            grid.addWidget(PlainLabel(title, size=theme.SMALL_SIZE, muted=True), 0, place)
        self.boxes = []
        for place, heading in enumerate(found.table.header):
            named = heading or self.tr("(ohne Überschrift)")
            box = MeaningBox(found, found.mapping[place], named)
            box.setFixedWidth(_MEANING_WIDTH)
            box.activated.connect(lambda _, place=place: self._choose(place))
            self.boxes.append(box)
            label = ElidedLabel(named, weight=QFont.Weight.Medium)
            label.setBuddy(box)
            grid.addWidget(label, place + 1, 0)
            grid.addWidget(ElidedLabel(_examples(found, place), muted=True), place + 1, 1)
            grid.addWidget(box, place + 1, 2)
        grid.setRowStretch(len(self.boxes) + 1, 1)
        self._area.setWidget(rows)
        # The area fills it by itself.
        rows.setAutoFillBackground(False)
        self._say()

    def mapping(self) -> MappedTable:
        """The table with what was chosen."""
        assert self._found is not None, "shown before it is asked"
        chosen = tuple(str(box.currentData() or "") for box in self.boxes)
        return replace(self._found, mapping=chosen)

    def is_usable(self) -> bool:
        """Without a name nobody can be told from another, without a day nothing happened."""
        meant = {box.currentData() for box in self.boxes}
        if self._found is not None and self._found.kind is not TableKind.CLIENTS:
            return "day" in meant
        return bool({"last_name", "full_name"} & meant)

    def focus_first(self) -> None:
        """Where a meaning is missing the keyboard begins, else at the top."""
        if self.boxes:
            first = next((box for box in self.boxes if not box.currentData()), self.boxes[0])
            first.setFocus()
            self._area.ensureWidgetVisible(first)

    def _choose(self, place: int) -> None:
        """One column has one meaning: who takes it, takes it from the other."""
        meant = self.boxes[place].currentData()
        for other, box in enumerate(self.boxes):
            if meant and other != place and box.currentData() == meant:
                box.setCurrentIndex(0)
                box.show_whether_used()
        self.boxes[place].show_whether_used()
        self._say()
        self.mapping_changed.emit()

    def _say(self) -> None:
        used = sum(bool(box.currentData()) for box in self.boxes)
        total = len(self.boxes)
        said = self.tr("{used} von {total} Spalten werden übernommen.").format(
            used=used, total=total
        )
        if self._found is not None and self._found.remembered:
            said += " " + self.tr("Die Zuordnung ist die vom letzten Mal mit diesen Überschriften.")
        missing = not self.is_usable()
        if missing:
            said += " " + self.tr("Es fehlt eine Spalte für den Nachnamen.")
        self.note.setText(said)
        self.note.set_tone(Tone.LATE if missing else Tone.NEUTRAL)


class MeaningBox(QComboBox):
    """What a column means. It does not turn under a wheel that only scrolls past, and keys open its
    list: whoever stepped through the meanings would take each of them from another column.
    """

    def __init__(self, found: MappedTable, chosen: str, heading: str) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Bedeutung von {heading}").format(heading=heading))
        self.addItem(self.tr("nicht übernehmen"), "")
        for column in found.columns:
            self.addItem(column.meaning, column.id)
        self.setCurrentIndex(max(self.findData(chosen), 0))
        self.setMaxVisibleItems(14)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_whether_used()

    def show_whether_used(self) -> None:
        set_property(self, "active", "true" if self.currentData() else "false")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPPING:
            self.showPopup()
        elif event.text().strip() and event.text().isprintable():
            self.showPopup()
            self.view().keyboardSearch(event.text())
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def _examples(found: MappedTable, place: int) -> str:
    seen: dict[str, None] = {}
    for row in found.table.rows[:200]:
        if place < len(row.cells) and row.cells[place].strip():
            seen[shown_cell(row.cells[place])] = None
        if len(seen) == _EXAMPLES:
            break
    return " · ".join(seen)
