"""Under which names are searches kept, and what do they ask?"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from kkd_desktop.actions import search as searches
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.search_form import in_words, names_person, parts_of
from kkd_desktop.domain.search_parser import parse
from kkd_desktop.gui import theme
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.card import TableCard
from kkd_desktop.gui.widgets.field import FormField
from kkd_desktop.gui.widgets.labels import Paragraph

_WIDTH, _LONGEST = 560, 80


class SaveSearchDialog(Dialog):
    """Asks for the name. A name that is taken gives its place to this search."""

    def __init__(self, session: Session, line: str, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Suche speichern"), parent=parent)
        self._session = session
        self._line = line
        self.said = Paragraph(_in_words(session, line))
        self.name = QLineEdit()
        self.name.setMaxLength(_LONGEST)
        self.field = FormField(
            self.tr("Name der Suche"),
            self.name,
            self.tr("Sie steht dann auf „Heute“ mit der Zahl der Personen."),
        )
        self.body.addWidget(self.said)
        self.body.addWidget(self.field)
        self.body.addStretch()
        self.add_cancel()
        self.save_button = self.set_main_action(self.tr("Speichern"), self.submit)
        self.setFixedWidth(_WIDTH)
        self.name.returnPressed.connect(self.submit)
        self.name.textChanged.connect(self._show_replaced)
        self.name.setFocus()
        if _names_somebody(session, line):
            self.show_error(
                self.tr(
                    "Diese Suche nennt eine Person. Gespeichert würde sie deren Löschung "
                    "überdauern; bitte den Namen oder die Nummer aus der Suche nehmen."
                )
            )
            self.save_button.setEnabled(False)

    def submit(self) -> None:
        if not self.save_button.isEnabled():
            return
        done = self._session.perform(
            lambda context: searches.save(context, self.name.text(), self._line),
            lambda: self.tr("Suche gespeichert"),
            self.field.show_error,
        )
        if done:
            self.accept()

    def _show_replaced(self, name: str) -> None:
        taken = {each.casefold() for each, _ in searches.names(self._session.context)}
        replaces = name.strip().casefold() in taken
        self.save_button.setText(self.tr("Ersetzen") if replaces else self.tr("Speichern"))
        self.field.set_hint(
            self.tr("Eine Suche dieses Namens gibt es schon; sie wird ersetzt.")
            if replaces
            else self.tr("Sie steht dann auf „Heute“ mit der Zahl der Personen.")
        )


class SavedSearchesDialog(Dialog):
    """The saved searches: rename, change what one asks, delete, show. Each is a step of its own.

    Signals:
        chosen: whom this line finds is to be shown.
    """

    chosen = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Gespeicherte Suchen"), parent=parent)
        self._session = session
        self.list = QListWidget()
        self.list.setProperty("kind", "names")
        self.list.setAccessibleName(self.tr("Gespeicherte Suchen"))
        self.list.setMinimumHeight(190)
        self.name, self.line = QLineEdit(), QLineEdit()
        self.name.setMaxLength(_LONGEST)
        self.name_field = FormField(self.tr("&Name"), self.name)
        self.line_field = FormField(self.tr("&Suche"), self.line)
        self.said = Paragraph("", muted=True)
        self.change_button = Button(self.tr("Ändern"))
        self.delete_button = Button(self.tr("Löschen"), keys=self.tr("Entf"))

        self.body.addWidget(TableCard(self.list))
        self.body.addWidget(self.name_field)
        self.body.addWidget(self.line_field)
        self.body.addWidget(self.said)
        row = QHBoxLayout()
        row.setSpacing(theme.SMALL)
        row.addWidget(self.change_button)
        row.addWidget(self.delete_button)
        row.addStretch()
        self.body.addLayout(row)
        self.add_action(self.tr("Schließen"), self.reject)
        self.show_button = self.set_main_action(self.tr("Anzeigen"), self.submit)
        self.setFixedWidth(_WIDTH)

        self.list.currentItemChanged.connect(lambda: self._show_current())
        self.list.itemActivated.connect(lambda item: self.submit())
        self.name.textEdited.connect(self._show_changed)
        self.line.textEdited.connect(self._show_changed)
        self.name.returnPressed.connect(self.change)
        self.line.returnPressed.connect(self.change)
        self.change_button.clicked.connect(self.change)
        self.delete_button.clicked.connect(self.delete)
        self._fill(0)
        self.list.setFocus()

    def submit(self) -> None:
        """Show whom the chosen search finds."""
        found = self._current()
        if found is not None:
            self.accept()
            self.chosen.emit(found[1])

    def change(self) -> None:
        """Keep the name and the line as they stand in the fields."""
        found = self._current()
        if found is None:
            return
        name, line = self.name.text().strip(), self.line.text()
        if line != found[1] and not self._change_line(found[0], line):
            return
        kept = found[0] if name == found[0] else self._rename(found[0], name)
        if kept:
            self._fill(self.list.currentRow(), kept)

    def delete(self) -> None:
        found = self._current()
        if found is None:
            return
        self._session.perform(
            lambda context: searches.forget(context, found[0]), lambda: self.tr("Suche gelöscht")
        )
        self._fill(self.list.currentRow())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.list.hasFocus():
            self.delete()
        else:
            super().keyPressEvent(event)

    def _change_line(self, name: str, line: str) -> bool:
        return bool(
            self._session.perform(
                lambda context: searches.save(context, name, line),
                lambda: self.tr("Suche geändert"),
                self.line_field.show_error,
            )
        )

    def _rename(self, name: str, new: str) -> str | None:
        """The name as it is kept."""
        return self._session.perform(
            lambda context: searches.rename(context, name, new),
            lambda: self.tr("Suche umbenannt"),
            self.name_field.show_error,
        )

    def _fill(self, row: int, name: str = "") -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for place, (each, line) in enumerate(searches.names(self._session.context)):
            item = QListWidgetItem(each)
            item.setData(Qt.ItemDataRole.UserRole, line)
            self.list.addItem(item)
            row = place if each == name else row
        self.list.setCurrentRow(min(row, self.list.count() - 1))
        self.list.blockSignals(False)
        self._show_current()

    def _current(self) -> tuple[str, str] | None:
        item = self.list.currentItem()
        return None if item is None else (item.text(), item.data(Qt.ItemDataRole.UserRole))

    def _show_current(self) -> None:
        name, line = self._current() or ("", "")
        self.name.setText(name)
        self.line.setText(line)
        for field in (self.name_field, self.line_field):
            field.show_error("")
            field.setEnabled(bool(name))
        for button in (self.delete_button, self.show_button):
            button.setEnabled(bool(name))
        self._show_changed()

    def _show_changed(self, typed: str = "") -> None:
        name, line = self._current() or ("", "")
        self.change_button.setEnabled((self.name.text().strip(), self.line.text()) != (name, line))
        self.said.setText(_in_words(self._session, self.line.text()))


def _in_words(session: Session, line: str) -> str:
    """What a line asks as one reads it; where it is not understood, why."""
    known = searches.vocabulary(session.context)
    try:
        return " · ".join(in_words(part, known) for part in parts_of(parse(line, known)))
    except UserError as fault:
        return str(fault)


def _names_somebody(session: Session, line: str) -> bool:
    known = searches.vocabulary(session.context)
    try:
        return names_person(parse(line, known), known)
    except UserError:
        return False
