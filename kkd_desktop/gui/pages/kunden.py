"""Whom do I look for? All clients in one table, with the Suchlauf: query line and filter form."""

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QPoint,
    QSettings,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAction, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from kkd_desktop.actions import worklist
from kkd_desktop.domain import texts
from kkd_desktop.domain.language import german, is_german
from kkd_desktop.domain.search_tokens import SearchError
from kkd_desktop.domain.values import Value
from kkd_desktop.domain.worklist import Entry
from kkd_desktop.gui import shortcuts, theme
from kkd_desktop.gui.line_search import LineSearch
from kkd_desktop.gui.models.clients import ClientModel, ClientRow
from kkd_desktop.gui.models.columns import Among
from kkd_desktop.gui.pages.live import LivePage
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.banner import announce, tell_found
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.card import TableCard
from kkd_desktop.gui.widgets.chip_row import ChipRow
from kkd_desktop.gui.widgets.empty import EmptyState
from kkd_desktop.gui.widgets.focus import lead_focus
from kkd_desktop.gui.widgets.labels import PlainLabel, SectionHeading
from kkd_desktop.gui.widgets.query_line import QueryLine
from kkd_desktop.gui.widgets.side_column import SCROLL_BAR
from kkd_desktop.gui.widgets.table import DataTable

if TYPE_CHECKING:
    from kkd_desktop.domain.search_completion import Completion
    from kkd_desktop.domain.search_query import Query
    from kkd_desktop.gui.widgets.client_preview import ClientPreview
    from kkd_desktop.gui.widgets.filter_form import FilterForm

_SEARCH = "kunden/search"
_WIDTHS = (164, 116, 122, 200, 132, 134, 120, 82, 94)
_GROWING = (0, 3)
_GIVING_WAY = (8, 7, 6, 1, 4, 2, 5)
"""What a narrow window does without first; all of it stands in the Kundenakte."""
_EVERYONE, _NOBODY, _EMPTY = range(3)
_ID = attrgetter("id")
_PAUSE = 700
"""Milliseconds without a key after which a line that is not understood says why."""
_FORM_PAUSE = 80
"""Milliseconds without a key after which the form follows the line."""
_MOST_OFFERED = 40
_ROOMY = 1500
"""From here on the highlighted person has room beside all columns."""


class People(Value, frozen=True):
    """Who is shown or selected, in the order of the table; `said` is how they were found, and names
    nobody. `is_everybody` where nothing narrows it.
    """

    ids: tuple[int, ...]
    said: str
    is_everybody: bool = False

    @property
    def only(self) -> tuple[int, ...] | None:
        """For what is for all unless it is said for whom."""
        return None if self.is_everybody else self.ids


class KundenPage(LivePage):
    """The table of all clients. What is asked in its line or its form narrows it at once.

    Signals:
        client_opened: Enter or double click on a row; carries the client's id.
        contact_wanted: a talk with this client is to be logged.
        client_wanted: a new person is to be added.
        import_wanted: a table is to be read in.
        export_wanted: everybody is to go into a table.
        list_wanted, letters_wanted, plan_wanted, table_wanted: what is to be made for these
            `People`.
    """

    client_opened = Signal(int)
    contact_wanted = Signal(int)
    client_wanted = Signal()
    import_wanted = Signal()
    export_wanted = Signal()
    list_wanted = Signal(object)
    letters_wanted = Signal(object)
    plan_wanted = Signal(object)
    table_wanted = Signal(object)

    def __init__(
        self, session: Session, settings: QSettings | None = None, parent: QWidget | None = None
    ) -> None:
        """`settings` keep conditions, order and widths; what names a person is never kept."""
        super().__init__(session, parent)
        self._settings = settings
        self._focused: QWidget | None = None
        self._lines = LineSearch(session)
        self._asked: tuple[Query, ...] = ()
        self._led = ""
        self._picked: int | None = None
        self._found: frozenset[int] | None = None
        self._unfinished, self._answers = False, ""
        self._people: tuple[frozenset[int], str] | None = None
        self._form: FilterForm | None = None
        self._preview: ClientPreview | None = None
        self._known_rows: dict[int, ClientRow] = {}
        self.model = ClientModel(self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._preparing: Iterator[None] = iter(())
        self._prepare_later = QTimer(self, singleShot=True, interval=0)
        self._form_later = QTimer(self, singleShot=True, interval=_FORM_PAUSE)
        self._make_heading()
        self._make_search()
        self._make_table()
        self._lay_out()
        self._connect()
        self._restore()

    def _make_heading(self) -> None:
        self.heading = SectionHeading(self.tr("Kunden"), page=True)
        self.add_button = Button(
            self.tr("Person aufnehmen …"), keys=shortcuts.shown("kunden.add"), icon="person-neu"
        )
        self.import_button = Button(self.tr("Einlesen …"), icon="einlesen")
        self.import_button.setToolTip(self.tr("Personen aus einer Tabelle (CSV, XLSX) übernehmen"))
        self.people_button = Button("")
        self.people_button.setToolTip(
            self.tr("Liste, Einladungen, Plan und Tabelle für diese Personen ({keys})").format(
                keys=shortcuts.shown("kunden.people")
            )
        )

    def _make_search(self) -> None:
        """The line, what helps to write it, and what it came to."""
        self.search = QueryLine(self.tr("Name, Nummer, BG oder Bedingung"))
        self.search.setToolTip(
            self.tr(
                "Namen, oder eine Suche wie\nprofil:foerder kein-kontakt>60t ohne:termin\n"
                "F1 zeigt, was sich suchen lässt"
            )
        )
        self.filter_button = Button(self.tr("Filter"), icon="filter")
        self.filter_button.setCheckable(True)
        self.filter_button.setToolTip(
            self.tr("Alle Bedingungen als Formular ({keys})").format(
                keys=shortcuts.shown("kunden.form")
            )
        )
        self.saved_button = Button(self.tr("Gespeicherte Suchen"), icon="merken")
        self.help_button = Button("?", kind="quiet")
        self.help_button.setAccessibleName(self.tr("Hilfe zum Suchlauf"))
        self.help_button.setToolTip(self.tr("Was sich suchen lässt, mit Beispielen (F1)"))
        self.fault = PlainLabel(size=theme.SMALL_SIZE, muted=True, wrap=True)
        self.fault.hide()
        self.chips = ChipRow(self.tr("Bedingungen"))
        self.clear_button = Button(self.tr("Alle zeigen"), kind="link")

    def _make_table(self) -> None:
        """The table, and what stands in its place."""
        self.table = DataTable(self.model, self.tr("Kunden"))
        self.table.set_widths(*_WIDTHS)
        self.table.setSelectionMode(DataTable.SelectionMode.ExtendedSelection)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._nobody = EmptyState(
            self.tr("Niemand passt zu dieser Auswahl"),
            self.tr("Ändern Sie Suche oder Filter, oder zeigen Sie alle."),
            self.tr("Alle zeigen"),
            icon="suchen",
        )
        self._empty = EmptyState(
            self.tr("Noch ist niemand erfasst"),
            self.tr(
                "Nehmen Sie die erste Person auf, oder ziehen Sie eine Tabelle (CSV, XLSX) hierher."
            ),
            self.tr("Person aufnehmen …"),
            icon="person-neu",
        )

    def reload(self) -> None:
        """Ask for all clients anew; search, order and the chosen row stay."""
        context = self._session.context
        entries = worklist.entries(context)
        self._lines.use(entries)
        self._drop_old_form()
        self.model.show_rows(self._rows(entries))
        self._search(self.search.text())
        # After the picture, and between whatever the user does.
        self._preparing = chain(self.model.preparing_search(), self._lines.preparing())
        self._prepare_later.start()

    def _rows(self, entries: Sequence[Entry]) -> list[ClientRow]:
        """The row of who did not change is the one that was shown before."""
        today, before = self._session.context.today, self._known_rows
        self._known_rows = {}
        for entry in entries:
            row = before.get(entry.client.id)
            if row is None or row.entry is not entry or row.today != today:
                row = ClientRow.of(entry, today)
            self._known_rows[row.id] = row
        return list(self._known_rows.values())

    def _prepare(self) -> None:
        if next(self._preparing, self) is None:
            self._prepare_later.start()

    def people(self) -> People:
        """The selected rows where there are several, else all that are shown."""
        rows = self._selected() or self.model.rows()
        everybody = len(rows) == self.model.total()
        return People(tuple(row.id for row in rows), self._said(), everybody)

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
        self.search.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        (self._focused or self.search).setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_preview()

    def hideEvent(self, event: QHideEvent) -> None:
        # Who comes back from a Kundenakte stands where they left.
        self._focused = self.table if self.table.hasFocus() else None
        super().hideEvent(event)

    @property
    def form(self) -> "FilterForm":
        """The filter form, made when it is first asked for."""
        if self._form is None:
            from kkd_desktop.gui.widgets.filter_form import FilterForm

            self._form = FilterForm(self._lines.vocabulary)
            self._form.hide()
            self._form.parts_changed.connect(self._ask)
            self._form.closed.connect(lambda: self.filter_button.setChecked(False))
            self._beside.addWidget(self._form)
        return self._form

    @property
    def preview(self) -> "ClientPreview":
        """The highlighted person beside a wide list, made when there is room for it."""
        if self._preview is None:
            from kkd_desktop.gui.dialogs.appointment import open_booking, open_move
            from kkd_desktop.gui.widgets.client_preview import ClientPreview

            self._preview = preview = ClientPreview(self._session)
            self._beside.addWidget(preview)
            preview.client_opened.connect(self.client_opened)
            preview.other_day_wanted.connect(lambda key: open_booking(self._session, key, self))
            preview.move_wanted.connect(lambda key: open_move(self._session, key, self))
            preview.steps_wanted.connect(self._show_steps)
        return self._preview

    def _show_preview(self) -> None:
        """Where it has room that no form takes; who is looking for several has no one person."""
        has_form = self._form is not None and not self._form.isHidden()
        wanted = self.width() >= _ROOMY and not has_form and self.model.rowCount() > 0
        if wanted or self._preview is not None:
            self._beside.setContentsMargins(0, 0, 0 if wanted else SCROLL_BAR, 0)
            self.preview.setVisible(wanted)
            self.preview.show_client(self.current_client_id() if wanted else None)

    def _show_steps(self, client_id: int) -> None:
        from kkd_desktop.gui.dialogs.why import open_why

        open_why(self._session, client_id, self)

    def _drop_old_form(self) -> None:
        """Other policies have other fields: the form is made anew, and stands where it stood."""
        if self._form is None or self._form.is_for(self._lines.vocabulary):
            return
        old, shown = self._form, not self._form.isHidden()
        self._form = None
        self._beside.removeWidget(old)
        old.hide()
        old.deleteLater()
        if shown:
            self.form.show()
            self._form_later.start()

    def show_help(self) -> None:
        """What can be searched for, with examples."""
        from kkd_desktop.gui.dialogs.help import open_help

        open_help("suchlauf", self)

    def _lay_out(self) -> None:
        self.heading.add(self.clear_button)
        self.heading.add(self.people_button)
        self.heading.add(self.import_button)
        self.heading.add(self.add_button)
        line = QHBoxLayout()
        line.setSpacing(theme.SMALL)
        line.addWidget(self.search, 1)
        for widget in (self.filter_button, self.saved_button, self.help_button):
            line.addWidget(widget)
        self._stack = QStackedWidget()
        for page in (TableCard(self.table), self._nobody, self._empty):
            self._stack.addWidget(page)
        top = QVBoxLayout()
        top.addWidget(self.heading)
        above = QVBoxLayout()
        above.setSpacing(theme.SMALL)
        above.addLayout(line)
        above.addWidget(self.fault)
        above.addWidget(self.chips)
        self._beside = QHBoxLayout()
        self._beside.setSpacing(theme.LARGE)
        self._beside.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        # The scroll bar of the preview stands outside of what all the rest ends with.
        column.setContentsMargins(theme.HUGE, theme.HUGE, theme.HUGE - SCROLL_BAR, theme.HUGE)
        column.setSpacing(theme.LARGE)
        for part in (top, above, self._beside):
            part.setContentsMargins(0, 0, SCROLL_BAR, 0)
        column.addLayout(top)
        column.addLayout(above)
        column.addLayout(self._beside, 1)
        lead_focus(self, self.search)

    def _connect(self) -> None:
        self.search.set_source(self._offers, self._count_offer)
        self.search.textChanged.connect(self._search)
        self._pause.timeout.connect(self._show_fault)
        self._prepare_later.timeout.connect(self._prepare)
        self._form_later.timeout.connect(lambda: self.form.show_parts(self._asked))
        self.search.going_down.connect(self._go_to_table)
        self.search.returnPressed.connect(self._open_current)
        self.search.left_empty.connect(lambda: self._limit(None))
        self.filter_button.toggled.connect(self._show_form)
        self.help_button.clicked.connect(self.show_help)
        for button in (self.saved_button, self.people_button):
            button.setProperty("menu", "beside")
        self.saved_button.setMenu(self._filled(self._fill_saved))
        self.people_button.setMenu(self._filled(self._fill_people))
        self.table.row_opened.connect(self._open)
        self.table.customContextMenuRequested.connect(self._show_menu)
        self.table.selectionModel().selectionChanged.connect(self._show_people)
        self.table.selectionModel().currentRowChanged.connect(self._show_preview)
        self.table.selectionModel().currentRowChanged.connect(self._note_choice)
        self.clear_button.clicked.connect(self.clear_filters)
        self._nobody.action_requested.connect(self.clear_filters)
        self._empty.action_requested.connect(self.client_wanted)
        self.add_button.clicked.connect(self.client_wanted)
        self.import_button.clicked.connect(self.import_wanted)
        for id, act in (
            ("kunden.add", self.client_wanted.emit),
            ("kunden.search", self._go_to_search),
            ("kunden.form", self.filter_button.toggle),
            ("kunden.save", self.save_search),
            ("kunden.people", self.people_button.showMenu),
        ):
            shortcuts.bind(id, self, act, shortcuts.WITHIN)

    def _search(self, text: str, *, final: bool = False) -> None:
        """Ask what stands in the line. Unless it is `final`, a word that is still being written
        does not count yet: most lines are not understood before they are finished, and `profil` on
        its way to `profil:z` is nobody's name.
        """
        self._unfinished = False
        try:
            query = self._lines.query(text)
        except SearchError as fault:
            self._wait_for_more(fault.brief)
            return
        found = None if query is None else self._lines.ids(query)
        if not final and not self._finds(text, found) and self._begins_field():
            self._wait_for_more("")
            return
        self._show_found(text, query, found)
        self._lead(text)
        self._pause.stop()
        self.fault.hide()
        tell_found(self.search, self.model.rowCount())

    def _finds(self, text: str, found: frozenset[int] | None) -> bool:
        """Whether there is anybody to show, asked before: whoever is told to wait sees no empty
        list come and go.
        """
        return bool(found) if found is not None else self.model.finds(text, self._wanted(None))

    def _lead(self, line: str) -> None:
        """A new question is answered from its first row on, unless somebody chose another one: a
        row that half a word happened to find is nobody's choice.
        """
        if line == self._led:
            return
        self._led = line
        if self._picked is None or self._picked != self.current_client_id():
            self._picked = None
            self.table.setCurrentIndex(self.model.index(0, 0))
            self.table.scrollToTop()

    def _note_choice(self) -> None:
        if self.table.hasFocus():
            self._picked = self.current_client_id()

    def _wait_for_more(self, fault: str) -> None:
        """Show meanwhile whom the rest of the line finds, where that is a question."""
        self._unfinished = True
        self.fault.setText(fault)
        self._pause.start()
        line, cursor = self.search.text(), self.search.cursorPosition()
        start, end = line.rfind(" ", 0, cursor) + 1, line.find(" ", cursor)
        rest = line[:start] + (line[end:] if end >= 0 else "")
        try:
            query = self._lines.query(rest)
        except SearchError:
            self._answers = self.tr("die Liste ist wie zuvor")
            return
        self._answers = self.tr("hier ohne dieses Wort")
        self._show_found(rest, query, None if query is None else self._lines.ids(query))
        self._lead(rest)

    def _show_found(self, line: str, query: "Query | None", found: frozenset[int] | None) -> None:
        self.model.search(line if query is None else "")
        if found != self._found:
            self._found = found
            self.model.filter(self._wanted(self._found))
        self._asked = self._parts(line, query)
        self._show_conditions(chips=query is not None)
        self._keep()
        self._show_count()

    def _begins_field(self) -> bool:
        """Whether the word before the cursor can become the name of a field."""
        line, cursor = self.search.text(), self.search.cursorPosition()
        word = line[:cursor].rpartition(" ")[2]
        offers = self._lines.completions(line, cursor) if word and ":" not in word else ()
        return any(offer.text.startswith(word.casefold()) for offer in offers)

    def _parts(self, text: str, query: "Query | None") -> "tuple[Query, ...]":
        """What must hold all at once; plain words are parts too, once somebody adds to them."""
        if query is None and not text.strip():
            return ()
        from kkd_desktop.domain.search_form import parts_of
        from kkd_desktop.domain.search_query import Word

        return tuple(map(Word, text.split())) if query is None else parts_of(query)

    def _ask(self, parts: "Sequence[Query]") -> None:
        """Write these into the line, which asks them."""
        from kkd_desktop.domain.search_query import every, written

        self.search.setText(written(every(parts)))

    def _show_conditions(self, *, chips: bool) -> None:
        said: list[tuple[str, bool, Callable[[], object]]] = []
        if self._people is not None:
            said.append((self._people[1], True, lambda: self._limit(None)))
        if chips:
            from kkd_desktop.domain.search_form import in_words

            for place, part in enumerate(self._asked):
                words = in_words(part, self._lines.vocabulary)
                said.append((words, False, partial(self._take_away, place)))
        self.chips.show_chips(said)
        if self._form is not None and not self._form.isHidden():
            # After the table: its rows are what a key is waited for.
            self._form_later.start()

    def _take_away(self, place: int) -> None:
        self._ask(self._asked[:place] + self._asked[place + 1 :])

    def _offers(self, asked: bool) -> "Sequence[Completion]":
        """None while plain words find somebody, and none where nothing is begun."""
        line, cursor = self.search.text(), self.search.cursorPosition()
        finds = bool(self.model.rowCount()) and not self._unfinished
        if not asked and self._is_plain(line) and (finds or not line.strip()):
            return ()
        offers = self._lines.completions(line, cursor)
        if not offers or asked:
            return offers[:_MOST_OFFERED]
        begun = line[offers[0].start : cursor]
        alone = not begun and (cursor == 0 or line[cursor - 1].isspace())
        done = begun.casefold() == offers[0].text.casefold()
        return () if alone or done else offers[:_MOST_OFFERED]

    def _is_plain(self, line: str) -> bool:
        try:
            return self._lines.query(line) is None
        except SearchError:
            return False

    def _count_offer(self, offer: "Completion") -> int | None:
        """How many are left with this offer; of one that is not finished, nobody knows."""
        if offer.text.endswith((":", "<", ">")):
            return None
        line = self.search.text()
        whole = line[: offer.start] + offer.text + line[offer.end :]
        return self._lines.count(whole, None if self._people is None else self._people[0])

    def _show_form(self, shown: bool) -> None:
        form = self.form
        form.setVisible(shown)
        if shown:
            form.show_parts(self._asked)
            form.setFocus()
            next(iter(form.usual.values())).focus_value()
        else:
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_preview()

    def _show_fault(self) -> None:
        if self.search.is_offering():
            # It is still being written, and the offers stand where the sentence would.
            self._pause.start()
            return
        if not self.fault.text():
            self._search(self.search.text(), final=True)
            return
        self.fault.show()
        self.clear_button.show()
        # Nobody should take what is still shown for the answer.
        note = self.tr("Suche nicht verstanden, {shown}").format(shown=self._answers)
        self.heading.note.setText(note)
        announce(self.search, f"{note}. {self.fault.text()}")

    def _limit(self, people: tuple[frozenset[int], str] | None) -> None:
        if people == self._people:
            return
        self._people = people
        self.model.filter(self._wanted(self._found))
        self._show_conditions(chips=self._found is not None)
        self._show_count()

    def _wanted(self, found: frozenset[int] | None) -> Callable[[ClientRow], bool] | None:
        """Who fits what was `found`, and is of the people that it is all about."""
        people = self._people
        if people is not None:
            found = people[0] if found is None else found & people[0]
        return None if found is None else Among(_ID, found)

    def _keep(self) -> None:
        """Conditions are there again at the next start, but none that names a person."""
        if self._settings is None:
            return
        line = ""
        if self._asked:
            from kkd_desktop.domain.search_form import names_person
            from kkd_desktop.domain.search_query import every, written

            known = self._lines.vocabulary
            line = written(every(part for part in self._asked if not names_person(part, known)))
        if line != self._settings.value(_SEARCH, ""):
            self._settings.setValue(_SEARCH, line)

    def _show_count(self) -> None:
        shown, total = self.model.rowCount(), self.model.total()
        narrowed = bool(self.search.text().strip() or self._people)
        self.heading.note.setText(
            self.tr("{shown} von {total}").format(shown=shown, total=total)
            if narrowed
            else texts.counted(total, "Person", "Personen")
        )
        self.clear_button.setVisible(narrowed)
        self._stack.setCurrentIndex(_EVERYONE if shown else _NOBODY if total else _EMPTY)
        if shown and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._show_people()
        self._show_preview()

    def _selected(self) -> list[ClientRow]:
        """The rows that somebody selected; a single one is only where the keys are."""
        places = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        if len(places) < 2:
            return []
        return [self.model.row(self.model.index(place, 0)) for place in places]

    def _show_people(self) -> None:
        selected = len(self.table.selectionModel().selectedRows())
        number = selected if selected > 1 else self.model.rowCount()
        said = texts.counted(number, "Person", "Personen")
        self.people_button.setText(
            self.tr("{number} ausgewählt").format(number=number) if selected > 1 else said
        )
        self.people_button.setEnabled(bool(number))

    def _said(self) -> str:
        """How the people were found, in German words that name nobody: it goes on paper."""
        # What stands on the chip of other people was said in the language of the window.
        said = [] if self._people is None or not is_german() else [self._people[1]]
        if self._found is not None:
            from kkd_desktop.domain.search_form import said_openly

            with german():
                said.append(said_openly(self._asked, self._lines.vocabulary))
        return " · ".join(filter(None, said))

    def _filled(self, fill: Callable[[QMenu], object]) -> QMenu:
        """A menu that is filled anew whenever it opens."""
        menu = QMenu(self)
        menu.aboutToShow.connect(menu.clear)
        menu.aboutToShow.connect(lambda: fill(menu))
        return menu

    def _fill_people(self, menu: QMenu) -> None:
        people = self.people()
        for text, wanted in (
            (self.tr("Liste drucken oder als PDF …"), self.list_wanted),
            (self.tr("Einladungen schreiben …"), self.letters_wanted),
            (self.tr("Plan vorschlagen …"), self.plan_wanted),
            (self.tr("Als Tabelle speichern …"), self.table_wanted),
        ):
            menu.addAction(text).triggered.connect(
                lambda checked=False, wanted=wanted: wanted.emit(people)
            )
        menu.addSeparator()
        menu.addAction(self.tr("Ganzen Bestand als Tabelle speichern …")).triggered.connect(
            self.export_wanted
        )

    def _fill_saved(self, menu: QMenu) -> None:
        from kkd_desktop.actions import search as searches

        names = searches.names(self._session.context)
        for name, line in names:
            menu.addAction(name.replace("&", "&&")).triggered.connect(
                lambda checked=False, line=line: self.show_search(line)
            )
        if not names:
            menu.addAction(self.tr("Noch keine Suche gespeichert")).setEnabled(False)
        menu.addSeparator()
        # The key only stands there: as its own it would be two, and neither would act.
        keys = shortcuts.shown("kunden.save")
        saving = menu.addAction(f"{self.tr('Diese Suche speichern …')}\t{keys}")
        saving.setEnabled(bool(self._asked))
        saving.triggered.connect(self.save_search)
        managing = menu.addAction(self.tr("Suchen verwalten …"))
        managing.setEnabled(bool(names))
        managing.triggered.connect(self.manage_searches)

    def save_search(self) -> None:
        """Keep what is asked now under a name."""
        from kkd_desktop.gui.dialogs.base import show
        from kkd_desktop.gui.dialogs.saved_searches import SaveSearchDialog

        if self._asked:
            show(SaveSearchDialog(self._session, self.search.text(), self))

    def manage_searches(self) -> None:
        """Rename, change and delete what is kept."""
        from kkd_desktop.gui.dialogs.base import show
        from kkd_desktop.gui.dialogs.saved_searches import SavedSearchesDialog

        dialog = SavedSearchesDialog(self._session, self)
        dialog.chosen.connect(self.show_search)
        show(dialog)

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
        self.table.horizontalHeader().setSectionsMovable(True)
        self.table.sort_by(0)
        self.table.share_room(_GROWING, _GIVING_WAY)
        self.table.remember(self._settings, "kunden")
        line = "" if self._settings is None else self._settings.value(_SEARCH, "")
        if isinstance(line, str):
            self.search.setText(line)
