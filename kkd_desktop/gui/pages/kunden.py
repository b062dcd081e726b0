"""Whom do I look for? All clients in one table, with the filters of the Suchlauf."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QByteArray, QPoint, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QHideEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kkd_desktop.actions import worklist
from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.worklist import GROUP_TITLES
from kkd_desktop.gui import theme
from kkd_desktop.gui.line_search import LineSearch
from kkd_desktop.gui.models.clients import NONE, ClientFilter, ClientModel, ClientRow
from kkd_desktop.gui.pages.live import LivePage
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.card import TableCard
from kkd_desktop.gui.widgets.chip_row import ChipRow
from kkd_desktop.gui.widgets.dayline import DayLine
from kkd_desktop.gui.widgets.empty import EmptyState
from kkd_desktop.gui.widgets.labels import Paragraph, SectionHeading, set_property
from kkd_desktop.gui.widgets.table import DataTable

_COLUMNS, _FILTER = "kunden/columns", "kunden/filter"
_WIDTHS = (160, 112, 118, 174, 132, 132, 118, 80)
_EVERYONE, _NOBODY, _EMPTY = range(3)
_PAUSE = 700
"""Milliseconds without a key after which a line that is not understood says why."""


class KundenPage(LivePage):
    """The table of all clients. What is typed and chosen above it narrows it at once.

    Signals:
        client_opened: Enter or double click on a row; carries the client's id.
        contact_wanted: a talk with this client is to be logged.
        client_wanted: a new person is to be added.
        import_wanted: a table is to be read in.
        export_wanted: everybody is to go into a table.
    """

    client_opened = Signal(int)
    contact_wanted = Signal(int)
    client_wanted = Signal()
    import_wanted = Signal()
    export_wanted = Signal()

    def __init__(
        self, session: Session, settings: QSettings | None = None, parent: QWidget | None = None
    ) -> None:
        """`settings` keep filters, order and widths; what is searched for is never kept."""
        super().__init__(session, parent)
        self._settings = settings
        self._focused: QWidget | None = None
        self._lines = LineSearch(session)
        self._found: frozenset[int] | None = None
        self._people: tuple[frozenset[int], str] | None = None
        self.model = ClientModel(self)
        self.heading = SectionHeading(self.tr("Kunden"), page=True)
        self.add_button = Button(self.tr("Person aufnehmen …"), keys=self.tr("Einfg"))
        self.import_button = Button(self.tr("Einlesen …"))
        self.import_button.setToolTip(self.tr("Personen aus einer Tabelle (CSV, XLSX) übernehmen"))
        self.export_button = Button(self.tr("Speichern als …"))
        self.export_button.setToolTip(self.tr("Den ganzen Bestand als Tabelle speichern"))
        self.search = _SearchEdit(self.tr("Name, Nummer, Kürzel, BG"))
        self.search.setToolTip(
            self.tr(
                "Namen, oder eine Suche wie\nprofil:foerder kein-kontakt>60t ohne:termin\n"
                "-zustand:keine-vorgabe (termin<14t oder alter:u25)"
            )
        )
        self.fault = Paragraph("")
        self.fault.hide()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self.chips = ChipRow(self.tr("Bedingungen"))
        self.since = DayLine()
        self.since.setPlaceholderText(self.tr("kein zählender Kontakt seit …"))
        self.since.setFixedWidth(230)
        self.since.setAccessibleName(self.tr("kein zählender Kontakt an oder seit diesem Tag"))
        self.since.setToolTip(
            self.tr("Nur Personen ohne zählenden Kontakt an diesem Tag oder danach")
        )
        self.profile = _choice(
            self.tr("Profillage"),
            self.tr("Alle Profillagen"),
            [*texts.PROFILLAGEN_SHORT.items(), (NONE, self.tr("keine Profillage"))],
        )
        self.status = _choice(
            self.tr("Status"),
            self.tr("Jeder Status"),
            [*texts.STATUS.items(), (NONE, self.tr("kein Status"))],
        )
        self.state = _choice(
            self.tr("Zustand"),
            self.tr("Jeder Zustand"),
            [(group.value, title) for group, title in GROUP_TITLES.items()],
        )
        self.clear_button = Button(self.tr("Alle zeigen"), kind="link")
        self.table = DataTable(self.model, self.tr("Kunden"))
        self.table.set_widths(*_WIDTHS)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._nobody = EmptyState(
            self.tr("Niemand passt zu dieser Auswahl"),
            self.tr("Ändern Sie Suche oder Filter, oder zeigen Sie alle."),
            self.tr("Alle zeigen"),
        )
        self._empty = EmptyState(
            self.tr("Noch ist niemand erfasst"),
            self.tr(
                "Nehmen Sie die erste Person auf, oder ziehen Sie eine Tabelle (CSV, XLSX) hierher."
            ),
            self.tr("Person aufnehmen …"),
        )
        self._lay_out()
        self._connect()
        self._restore()

    def reload(self) -> None:
        """Ask for all clients anew; search, filters, order and the chosen row stay."""
        context = self._session.context
        self.since.start_from(context.today)
        entries = worklist.entries(context)
        self._lines.use(entries)
        self.model.show_rows([ClientRow.of(entry, context.today) for entry in entries])
        self.model.prepare_search()
        self._search(self.search.text())

    def current_client_id(self) -> int | None:
        """The client of the highlighted row."""
        index = self.table.currentIndex()
        return self.model.row(index).id if index.isValid() else None

    def choose_client(self, client_id: int) -> None:
        """Highlight a client, where they are in the list."""
        for place in range(self.model.rowCount()):
            if self.model.row(self.model.index(place, 0)).id == client_id:
                self.table.selectRow(place)
                return

    def show_search(self, line: str) -> None:
        """Show whom this line finds, and nothing else narrows it."""
        self.clear_filters()
        self.search.setText(line)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_people(self, ids: Collection[int], said: str) -> None:
        """Show exactly these until their chip is taken away; `said` is what stands on it."""
        self.clear_filters()
        self._limit((frozenset(ids), said))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear_filters(self) -> None:
        """Show everyone again."""
        self._limit(None)
        self.search.clear()
        self.since.clear()
        for box in (self.profile, self.status, self.state):
            box.setCurrentIndex(0)
        self.search.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        (self._focused or self.search).setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        # Who comes back from a Kundenakte stands where they left.
        self._focused = self.table if self.table.hasFocus() else None
        if self._settings is not None:
            self._settings.setValue(_COLUMNS, self.table.horizontalHeader().saveState())
        super().hideEvent(event)

    def _lay_out(self) -> None:
        self.heading.add(self.clear_button)
        self.heading.add(self.import_button)
        self.heading.add(self.export_button)
        self.heading.add(self.add_button)
        filters = QHBoxLayout()
        filters.setSpacing(theme.SMALL)
        filters.addWidget(self.search, 1)
        for widget in (self.since, self.profile, self.status, self.state):
            filters.addWidget(widget)
        self._stack = QStackedWidget()
        for page in (TableCard(self.table), self._nobody, self._empty):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.HUGE, theme.HUGE, theme.HUGE, theme.HUGE)
        column.setSpacing(theme.LARGE)
        column.addWidget(self.heading)
        column.addLayout(filters)
        column.addWidget(self.fault)
        column.addWidget(self.chips)
        column.addWidget(self._stack, 1)
        self.setFocusProxy(self.search)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search)
        self._pause.timeout.connect(self._show_fault)
        self.search.going_down.connect(self._go_to_table)
        self.search.returnPressed.connect(self._open_current)
        self.since.day_changed.connect(self._filter)
        for box in (self.profile, self.status, self.state):
            box.currentIndexChanged.connect(self._filter)
        self.table.row_opened.connect(self._open)
        self.table.customContextMenuRequested.connect(self._show_menu)
        self.clear_button.clicked.connect(self.clear_filters)
        self._nobody.action_requested.connect(self.clear_filters)
        self._empty.action_requested.connect(self.client_wanted)
        self.add_button.clicked.connect(self.client_wanted)
        self.import_button.clicked.connect(self.import_wanted)
        self.export_button.clicked.connect(self.export_wanted)
        self._bind(Qt.Key.Key_Insert, self.client_wanted.emit)
        self._bind("Ctrl+F", self._go_to_search)

    def _bind(self, keys: str | Qt.Key, act: object) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def _search(self, text: str) -> None:
        try:
            found = self._lines.ids(text)
        except UserError as fault:
            # Most lines are not understood before they are finished: what is shown stays.
            self.fault.setText(str(fault))
            self._pause.start()
            return
        self._pause.stop()
        self.fault.hide()
        self.model.search(text if found is None else "")
        if found != self._found:
            self._found = found
            self.model.filter(self._wanted())
        self._show_count()

    def _show_fault(self) -> None:
        self.fault.show()
        self.clear_button.show()
        # Nobody should take what is still shown for the answer.
        self.heading.note.setText(self.tr("Suche nicht verstanden, die Liste ist wie zuvor"))

    def _filter(self) -> None:
        chosen = self._chosen()
        self.model.filter(self._wanted())
        self._show_count()
        for box in (self.profile, self.status, self.state):
            set_property(box, "active", "true" if box.currentData() else "false")
        set_property(self.since, "active", "true" if self.since.day() else "false")
        if self._settings is not None:
            self._settings.setValue(_FILTER, _written(chosen))

    def _limit(self, people: tuple[frozenset[int], str] | None) -> None:
        if people == self._people:
            return
        self._people = people
        self.chips.show_chips(
            () if people is None else ((people[1], True, lambda: self._limit(None)),)
        )
        self.model.filter(self._wanted())
        self._show_count()

    def _wanted(self) -> Callable[[ClientRow], bool] | None:
        chosen, found, people = self._chosen(), self._found, self._people
        if people is not None:
            found = people[0] if found is None else found & people[0]
        if found is None:
            return chosen or None
        return lambda row: row.id in found and chosen(row)

    def _chosen(self) -> ClientFilter:
        return ClientFilter(
            not_since=self.since.day(),
            profile=self.profile.currentData(),
            status=self.status.currentData(),
            group=self.state.currentData(),
        )

    def _show_count(self) -> None:
        shown, total = self.model.rowCount(), self.model.total()
        narrowed = bool(self.search.text().strip() or self._chosen() or self._people)
        self.heading.note.setText(
            self.tr("{shown} von {total}").format(shown=shown, total=total)
            if narrowed
            else texts.counted(total, self.tr("Person"), self.tr("Personen"))
        )
        self.clear_button.setVisible(narrowed)
        self._stack.setCurrentIndex(_EVERYONE if shown else _NOBODY if total else _EMPTY)
        if shown and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _go_to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _go_to_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _open_current(self) -> None:
        client_id = self.current_client_id()
        if client_id is not None:
            self.client_opened.emit(client_id)

    def _open(self, row: ClientRow) -> None:
        self.client_opened.emit(row.id)

    def _show_menu(self, place: QPoint) -> None:
        client_id = self.current_client_id()
        if client_id is None or not self.table.indexAt(place).isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        opening = QAction(self.tr("Kundenakte öffnen"), menu)
        opening.triggered.connect(lambda: self.client_opened.emit(client_id))
        logging = QAction(self.tr("Kontakt erfassen …"), menu)
        logging.triggered.connect(lambda: self.contact_wanted.emit(client_id))
        menu.addActions([opening, logging])
        menu.popup(self.table.viewport().mapToGlobal(place))

    def _restore(self) -> None:
        header = self.table.horizontalHeader()
        header.setSectionsMovable(True)
        kept = None if self._settings is None else self._settings.value(_COLUMNS)
        if isinstance(kept, QByteArray) and header.restoreState(kept):
            self.table.sort_by(header.sortIndicatorSection(), header.sortIndicatorOrder())
        else:
            self.table.sort_by(0)
        if self._settings is not None:
            self._show_filter(_read(self._settings.value(_FILTER)))

    def _show_filter(self, chosen: ClientFilter) -> None:
        self.since.set_day(chosen.not_since)
        for box, value in (
            (self.profile, chosen.profile),
            (self.status, chosen.status),
            (self.state, chosen.group),
        ):
            box.setCurrentIndex(max(box.findData(value), 0))


class _SearchEdit(QLineEdit):
    """One line to search with. Esc empties it.

    Signals:
        going_down: Down was pressed: on to the rows.
    """

    going_down = Signal()

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(120)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.going_down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


def _choice(name: str, everything: str, choices: Iterable[tuple[str, str]]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.addItem(everything, "")
    for value, text in choices:
        box.addItem(text, value)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(9)
    box.view().setMinimumWidth(box.view().sizeHintForColumn(0) + 24)
    box.setMaxVisibleItems(12)
    return box


def _written(chosen: ClientFilter) -> list[str]:
    day = "" if chosen.not_since is None else chosen.not_since.isoformat()
    return [day, chosen.profile, chosen.status, chosen.group]


def _read(kept: object) -> ClientFilter:
    """What `_written` wrote; nothing where another version or hand wrote it."""
    if not isinstance(kept, list) or len(kept) != 4:
        return ClientFilter()
    day, *rest = map(str, kept)
    chosen = ClientFilter(None, *rest)
    try:
        return replace(chosen, not_since=date.fromisoformat(day))
    except ValueError:
        return chosen
