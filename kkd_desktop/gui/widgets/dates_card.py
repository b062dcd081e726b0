"""Which appointments has one client, and what can be done with each of them?"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from kkd_desktop.domain.appointment import Appointment, AppointmentState
from kkd_desktop.gui.models.history import DATE_FORM, LENGTH, DatesModel
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.table import DataTable
from kkd_desktop.gui.widgets.titled_table import TitledTable

_ENOUGH = 600

_OUTCOME_KEYS = {
    "E": AppointmentState.ATTENDED,
    "N": AppointmentState.MISSED,
    "K": AppointmentState.ILL,
    "A": AppointmentState.CANCELLED,
}


class DatesCard(TitledTable):
    """The appointments, those to come first; buttons, keys and a menu act on the chosen one.

    Signals:
        move_wanted: an appointment shall get another time; carries its id.
        outcome_wanted: what became of an appointment; carries its id and the `AppointmentState`.
        why_wanted: why was it put on its day? Carries the `Appointment`.
    """

    move_wanted = Signal(int)
    outcome_wanted = Signal(int, str)
    why_wanted = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        self.model = DatesModel(today)
        table = DataTable(self.model, self.tr("Termine"))
        super().__init__(self.tr("Termine"), table, self.tr("Noch kein Termin vereinbart."), parent)
        self.model.setParent(self)
        table.set_widths(168, 134, 104, 122)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.why_button = Button(self.tr("Warum dieser Tag?"), kind="quiet")
        self.move_button = Button(self.tr("Verlegen …"), kind="quiet")
        self.outcome_button = Button(self.tr("Ergebnis …"), kind="quiet")
        for button in (self.why_button, self.move_button, self.outcome_button):
            self.heading.add(button)

        table.row_opened.connect(self._open)
        table.customContextMenuRequested.connect(self._show_menu)
        table.selectionModel().currentRowChanged.connect(self._show_actions)
        self.model.modelReset.connect(self._show_actions)
        self.why_button.clicked.connect(self._ask_why)
        self.move_button.clicked.connect(self._move)
        self.outcome_button.clicked.connect(self._show_outcomes)
        self._bind("V", self._move)
        for keys, state in _OUTCOME_KEYS.items():
            self._bind(keys, partial(self._finish, state))

    def show_dates(self, appointments: Sequence[Appointment], today: date) -> None:
        """Show these, given newest first."""
        self.model.today = today
        coming = [each for each in appointments if each.state.is_open]
        past = [each for each in appointments if not each.state.is_open]
        self.model.show_rows([*reversed(coming), *past])
        self.fit(len(appointments), least=2)

    def show_columns(self, width: int) -> None:
        """A narrow page does without length and form."""
        for column in (LENGTH, DATE_FORM):
            self.table.setColumnHidden(column, width < _ENOUGH)

    def highlighted(self) -> Appointment | None:
        index = self.table.currentIndex()
        return self.model.row(index) if index.isValid() else None

    def _current(self) -> Appointment | None:
        """The highlighted appointment, as long as something can be done with it."""
        found = self.highlighted()
        return found if found is not None and found.state.is_open else None

    def _show_actions(self) -> None:
        usable = self._current() is not None
        self.why_button.setEnabled(self.highlighted() is not None)
        for button in (self.move_button, self.outcome_button):
            button.setEnabled(usable)
        for button in (self.why_button, self.move_button, self.outcome_button):
            button.setVisible(self.model.rowCount() > 0)

    def _bind(self, keys: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self.table)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(act)

    def _open(self, row: Appointment) -> None:
        if row.state.is_open:
            self._move()

    def _move(self) -> None:
        found = self._current()
        if found is not None:
            self.move_wanted.emit(found.id)

    def _finish(self, state: AppointmentState) -> None:
        found = self._current()
        if found is not None:
            self.outcome_wanted.emit(found.id, state.value)

    def _ask_why(self) -> None:
        found = self.highlighted()
        if found is not None:
            self.why_wanted.emit(found)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _add_outcomes(self, menu: QMenu) -> None:
        for state, text, keys in (
            (AppointmentState.ATTENDED, self.tr("Erschienen …"), "E"),
            (AppointmentState.MISSED, self.tr("Nicht erschienen …"), "N"),
            (AppointmentState.ILL, self.tr("Krank gemeldet …"), "K"),
            (AppointmentState.CANCELLED, self.tr("Absagen …"), "A"),
        ):
            action = QAction(f"{text}\t{keys}", menu)
            action.triggered.connect(lambda _=False, state=state: self._finish(state))
            menu.addAction(action)

    def _show_outcomes(self) -> None:
        menu = self._menu()
        self._add_outcomes(menu)
        menu.popup(self.outcome_button.mapToGlobal(self.outcome_button.rect().bottomLeft()))

    def _show_menu(self, place: QPoint) -> None:
        if not self.table.indexAt(place).isValid():
            return
        menu = self._menu()
        if self._current() is not None:
            menu.addAction(self.tr("Verlegen …\tV")).triggered.connect(self._move)
            self._add_outcomes(menu)
            menu.addSeparator()
        menu.addAction(self.tr("Warum dieser Tag?\tW")).triggered.connect(self._ask_why)
        menu.popup(self.table.viewport().mapToGlobal(place))
