"""A chart on the page: what is to be seen, the picture or its table, and what the figures mean."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kkd_desktop.domain.chart import Chart
from kkd_desktop.gui import theme
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.card import Card
from kkd_desktop.gui.widgets.chart_table import ChartTable
from kkd_desktop.gui.widgets.chart_view import ChartView
from kkd_desktop.gui.widgets.labels import ElidedLabel, Paragraph, PlainLabel


class ChartCard(Card):
    """Title and sentence, then the chart or the numbers behind it, then the definition.

    Signals:
        people_wanted: the ids of those behind a figure, and which figure that is.
        table_toggled: the table is shown now, or no more.
        copied: the table is in the clipboard.
    """

    people_wanted = Signal(object, str)
    table_toggled = Signal(bool)
    copied = Signal()

    def __init__(self, chart: Chart, parent: QWidget | None = None) -> None:
        super().__init__(chart.title, parent=parent)
        self.table_button = Button(self.tr("Als Tabelle"), kind="link")
        self.table_button.setCheckable(True)
        self.copy_button = Button(self.tr("Kopieren"), kind="link")
        self.copy_button.hide()
        self.summary = Paragraph()
        self.nothing = PlainLabel(muted=True, wrap=True)
        self.view = ChartView(chart)
        self.table: ChartTable | None = None
        self.pointed = ElidedLabel(size=theme.SMALL_SIZE, muted=True)
        self.definition = Definition()
        self._middle = QVBoxLayout()
        self._middle.addWidget(self.view)
        assert self.heading is not None
        for button in (self.copy_button, self.table_button):
            self.heading.add(button)
        for widget in (self.summary, self.nothing):
            self.body.addWidget(widget)
        self.body.addLayout(self._middle)
        self.body.addWidget(self.pointed)
        self.body.addStretch()
        self.body.addWidget(self.definition)
        self.show_chart(chart)

        self.view.people_wanted.connect(self.people_wanted)
        self.view.pointed.connect(self._point)
        self.table_button.toggled.connect(self._toggle)
        self.copy_button.clicked.connect(self._copy)

    def show_chart(self, chart: Chart) -> None:
        """Show another one in the same place; table or picture stay as they were."""
        assert self.heading is not None
        self.heading.title.setText(chart.title)
        self.setAccessibleName(chart.title)
        self.summary.setText(chart.finding)
        self.definition.show_text(chart.definition)
        self.view.show_chart(chart)
        self._point("")
        if self.table is not None:
            self._make_table()
        self._show_middle()

    def controls(self) -> list[QWidget]:
        """What takes the keys, from top to bottom."""
        table = [] if self.table is None else [self.table]
        return [self.copy_button, self.table_button, *table, self.view, self.definition.button]

    def show_table(self, shown: bool) -> None:
        self.table_button.setChecked(shown)

    def _toggle(self, shown: bool) -> None:
        if shown and self.table is None:
            self._make_table()
        self._show_middle()
        if shown and self.table is not None:
            self.table.setFocus()
        self.table_toggled.emit(shown)

    def _make_table(self) -> None:
        """Made when it is first wanted: most look at the pictures only."""
        old = self.table
        self.table = table = ChartTable(self.view.chart)
        table.people_wanted.connect(self.people_wanted)
        table.copied.connect(self.copied)
        table.selectionModel().currentChanged.connect(self._point_in_table)
        self._middle.addWidget(table)
        QWidget.setTabOrder(self.table_button, table)
        if old is None:
            return
        place, had_focus = old.currentIndex(), old.hasFocus()
        self._middle.removeWidget(old)
        old.hide()
        old.deleteLater()
        if place.isValid():
            table.setCurrentIndex(table.model().index(place.row(), place.column()))
        if had_focus:
            table.setFocus()

    def _show_middle(self) -> None:
        """An axis without anything above it would be read as 0."""
        as_table, empty = self.table_button.isChecked(), self.view.chart.is_empty
        self.view.setVisible(not as_table and not empty)
        self.pointed.setVisible(as_table or not empty)
        self.copy_button.setVisible(as_table)
        self.table_button.setText(self.tr("Als Bild") if as_table else self.tr("Als Tabelle"))
        self.table_button.setAccessibleName(f"{self.view.chart.title}: {self.table_button.text()}")
        self.nothing.setVisible(empty and not as_table)
        self.nothing.setText(self.tr("Nichts zu zeichnen: Alle Werte sind 0 oder fehlen."))
        if self.table is not None:
            self.table.setVisible(as_table)

    def _point(self, said: str) -> None:
        self.pointed.setText(said)

    def _point_in_table(self, index: QModelIndex) -> None:
        """What the highlighted cell says, in the words of the picture."""
        table = self.table
        spot = None if table is None else table.spot(index)
        self._point("" if spot is None else self.view.said(spot))

    def _copy(self) -> None:
        if self.table is not None:
            self.table.copy()


class Definition(QWidget):
    """What a figure means: its first sentence always, all of it when asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.text = PlainLabel(size=theme.SMALL_SIZE, muted=True, wrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button = Button("", kind="link")
        self.button.setCheckable(True)
        self.button.setProperty("flush", "true")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.TINY, 0, 0)
        column.setSpacing(theme.HAIR)
        column.addWidget(self.text)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch()
        column.addLayout(row)

        self.button.toggled.connect(self._write)

    def show_text(self, text: str) -> None:
        self._text = text
        self._write()

    def _write(self) -> None:
        first, rest = _first_sentence(self._text)
        whole = self.button.isChecked() or not rest
        shown = self._text if whole else first
        self.text.setText(self.tr("Definition: {text}").format(text=shown))
        self.button.setVisible(bool(rest))
        self.button.setText(
            self.tr("Weniger") if self.button.isChecked() else self.tr("Ganze Definition")
        )


def _first_sentence(text: str) -> tuple[str, str]:
    """Where a full stop is followed by a capital: „z. B.“ is no end."""
    at = 0
    while (at := text.find(". ", at)) >= 0:
        after = text[at + 2 : at + 3]
        if after.isupper() and text[at - 1 : at].islower() and text[at - 2 : at].isalpha():
            return text[: at + 1], text[at + 2 :]
        at += 2
    return text, ""
