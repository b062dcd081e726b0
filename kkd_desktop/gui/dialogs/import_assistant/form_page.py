"""Is the table read as it is meant? Charset, sign between the fields, sheet, and the first rows."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from kkd_desktop.domain import texts
from kkd_desktop.domain.language import said, to_say
from kkd_desktop.domain.table import DELIMITERS, Table, TableForm, TableRow
from kkd_desktop.gui import theme
from kkd_desktop.gui.models.columns import Column, ColumnModel
from kkd_desktop.gui.widgets.card import TableCard
from kkd_desktop.gui.widgets.empty import EmptyState
from kkd_desktop.gui.widgets.field import FormField
from kkd_desktop.gui.widgets.labels import PlainLabel
from kkd_desktop.gui.widgets.table import DataTable

_SHOWN_ROWS, _SHOWN_COLUMNS = 50, 40
_WIDTH = 148

CHARSETS = (
    ("utf-8", "UTF-8"),
    ("cp1252", to_say("Windows-1252 (westeuropäisch)")),
    ("utf-16", "UTF-16"),
    ("iso8859-15", "ISO 8859-15"),
    ("cp850", "DOS (CP 850)"),
)


class FormPage(QWidget):
    """What was found out about the file, to be corrected, above its first rows.

    Signals:
        form_changed: the file is to be read in another way; carries the `TableForm`.
    """

    form_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.encoding = _box((charset, said(name)) for charset, name in CHARSETS)
        self.encoding.setPlaceholderText(self.tr("bitte wählen"))
        self.delimiter = _box((sign, _sign_text(sign, name)) for sign, name in DELIMITERS.items())
        self.sheet = _box(())
        self.encoding_field = FormField(self.tr("Zeichensatz"), self.encoding)
        self.delimiter_field = FormField(self.tr("Trennzeichen"), self.delimiter)
        self.sheet_field = FormField(self.tr("Blatt"), self.sheet)
        self.note = PlainLabel(muted=True)
        self.table: DataTable | None = None
        self._waiting = EmptyState(
            self.tr("Noch nicht zu lesen"),
            self.tr("Nach der Wahl des Zeichensatzes stehen hier die ersten Zeilen."),
            width=460,
        )
        fields = QHBoxLayout()
        fields.setSpacing(theme.LARGE)
        for field in (self.encoding_field, self.delimiter_field, self.sheet_field):
            fields.addWidget(field)
        fields.addWidget(self.note, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.LARGE)
        self._column.addLayout(fields)
        self._card: QWidget = self._waiting
        self._column.addWidget(self._waiting, 1)

        for box in (self.encoding, self.delimiter, self.sheet):
            box.activated.connect(self._tell)

    def ask_charset(self) -> None:
        """The file does not say in which charset it is: nothing is guessed."""
        self._show_kind(spreadsheet=False)
        self.encoding.setCurrentIndex(-1)
        self.delimiter_field.hide()
        self.note.setText("")
        self._replace(self._waiting)
        self.encoding.setFocus()

    def show_table(self, table: Table) -> None:
        """The table as it was read, and how."""
        self._show_kind(spreadsheet=table.is_spreadsheet)
        form = table.form
        known = form.encoding.replace("utf-8-sig", "utf-8")
        self.encoding.setCurrentIndex(self.encoding.findData(known))
        # A file that says in which charset it is, is not asked again.
        self.encoding.setEnabled(form.encoding not in ("utf-8-sig", "utf-16"))
        if self.delimiter.findData(form.delimiter) < 0 and form.delimiter:
            self.delimiter.addItem(texts.quoted(form.delimiter), form.delimiter)
        self.delimiter.setCurrentIndex(self.delimiter.findData(form.delimiter))
        self.sheet.clear()
        for name in table.sheets:
            self.sheet.addItem(name, name)
        self.sheet.setCurrentIndex(self.sheet.findData(form.sheet))
        self.sheet.setEnabled(len(table.sheets) > 1)
        rows = texts.counted(len(table.rows), "Zeile", "Zeilen")
        columns = texts.counted(len(table.header), "Spalte", "Spalten")
        self.note.setText(f"{rows} · {columns}")
        model = _PreviewModel(table)
        self.table = DataTable(model, self.tr("Die ersten Zeilen"))
        model.setParent(self.table)
        self.table.set_widths(*[_WIDTH] * min(len(table.header), _SHOWN_COLUMNS))
        self._replace(TableCard(self.table))

    def form(self) -> TableForm:
        """As it is chosen now."""
        if not self.sheet_field.isHidden():
            return TableForm(sheet=str(self.sheet.currentData() or ""))
        delimiter = "" if self.delimiter_field.isHidden() else self.delimiter.currentData()
        return TableForm(str(self.encoding.currentData() or ""), str(delimiter or ""))

    def _tell(self) -> None:
        self.form_changed.emit(self.form())

    def _show_kind(self, *, spreadsheet: bool) -> None:
        self.encoding_field.setVisible(not spreadsheet)
        self.delimiter_field.setVisible(not spreadsheet)
        self.sheet_field.setVisible(spreadsheet)

    def _replace(self, card: QWidget) -> None:
        if card is self._card:
            return
        self._column.replaceWidget(self._card, card)
        self._card.hide()
        if self._card is not self._waiting:
            self._card.deleteLater()
        self._card = card
        card.show()


class _PreviewModel(ColumnModel[TableRow]):
    def __init__(self, table: Table, parent: QObject | None = None) -> None:
        self._header = table.header[:_SHOWN_COLUMNS]
        super().__init__(parent)
        self.show_rows(table.rows[:_SHOWN_ROWS])

    def columns(self) -> list[Column[TableRow]]:
        return [
            Column(heading or self.tr("(ohne Überschrift)"), _cell_of(place))
            for place, heading in enumerate(self._header)
        ]


def _cell_of(place: int) -> Callable[[TableRow], str]:
    return lambda row: shown_cell(row.cells[place] if place < len(row.cells) else "")


def shown_cell(text: str) -> str:
    """A cell on one line, with a sign in the place of what a screen would obey."""
    short = " ".join(text[:200].split())
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in short)


def _sign_text(sign: str, name: str) -> str:
    return name if sign == "\t" else f"{name} ( {sign} )"


def _box(choices: Iterable[tuple[str, str]]) -> QComboBox:
    box = QComboBox()
    box.setMinimumWidth(190)
    for value, text in choices:
        box.addItem(text, value)
    return box
