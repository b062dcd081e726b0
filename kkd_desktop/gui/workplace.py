"""The window of one open caseload: which page leads where, and which dialog does what."""

from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import date, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSettings, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from kkd_desktop.actions import stores
from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.gui import shortcuts
from kkd_desktop.gui.concept import ConceptState
from kkd_desktop.gui.pages.heute import HeutePage
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.commands import Act, Hit
from kkd_desktop.gui.window import MainWindow

if TYPE_CHECKING:
    from kkd_desktop.actions.undo import Step
    from kkd_desktop.gui.collector import Collector
    from kkd_desktop.gui.dialogs.large_step import Reverse
    from kkd_desktop.gui.dialogs.places import PlaceChooser
    from kkd_desktop.gui.locking import Locker
    from kkd_desktop.gui.pages.kunden import KundenPage, People
    from kkd_desktop.gui.tour import TourGuide

LOOK_FOR_CHANGES = timedelta(seconds=2)
_READY = (
    "akte",
    "kunden",
    "woche",
    "einladungen",
    "konzepte",
    "auswertung",
    "einstellungen",
    "verlauf",
)
"""Pages that are made while nobody waits for them, in the order they are likely to be wanted."""
_ASKED_AHEAD = ("kunden", "woche", "einladungen")
"""Of them those that take longest to fill with a large caseload."""
_PARTS = (("kunden", "form"), ("konzepte", "comparison"), ("konzepte", "feasibility"))
"""Then their large parts, each in a turn of its own."""


class Workplace(QObject):
    """Pages and dialogs of one caseload, tied together. `window` is what the user sees.

    Signals:
        painted: the window was painted with its first page.
        settling: time for what the first picture did not need.
        locked: everything is off the screen and put away; the process may end.
    """

    painted = Signal()
    settling = Signal()
    locked = Signal()

    def __init__(
        self,
        session: Session,
        settings: QSettings,
        *,
        is_demo: bool = False,
        after_lock: bool = False,
        places: "PlaceChooser | None" = None,
    ) -> None:
        """`places` is asked where files go, instead of the system's own dialogs."""
        super().__init__()
        self.session = session
        self._settings = settings
        self._places = places
        self._is_demo, self._after_lock = is_demo, after_lock
        self._locker: Locker | None = None
        self._collector: Collector | None = None
        self.window = MainWindow(settings)
        self._concept = ConceptState(session, self.window, self._open_settings)
        self._add_pages()
        # Of the window, so that it ends with it even where the first paint came late.
        every = LOOK_FOR_CHANGES // timedelta(milliseconds=1)
        self._watch = QTimer(self.window, interval=every)

        # In a turn of its own, so that the picture is on the screen before.
        self.painted.connect(lambda: QTimer.singleShot(0, self.window, self._after_first_paint))
        self._watch.timeout.connect(session.look_for_changes)
        session.lost.connect(self._say_lost)
        self.window.closing.connect(self._watch.stop)
        session.finishing.connect(self._watch.stop)
        session.done.connect(self._say_done)
        session.failed.connect(self.window.say)
        session.changed.connect(self._concept.refresh)
        session.changed.connect(self._show_week_number)
        self.window.contact_requested.connect(self.log_contact_here)
        self.window.undo_requested.connect(self.undo)
        self.window.redo_requested.connect(self.redo)
        self.window.installEventFilter(self)

        self._concept.refresh()
        if is_demo:
            self._say_demo()
        # The day begins in the worklist, not in the search field above it.
        self.window.show_page("heute").setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.window and event.type() is QEvent.Type.Paint:
            self.window.removeEventFilter(self)
            QTimer.singleShot(0, self.window, self.painted.emit)
        return False

    def close(self) -> None:
        """Close the window for good; nothing asks the store after it."""
        from kkd_desktop.gui.busy_watch import watch_of

        self._watch.stop()
        watch_of(self.session).stop()
        if self._collector is not None:
            self._collector.stop()
        self.window.close()
        self.window.deleteLater()

    def open_client(self, client_id: int) -> None:
        from kkd_desktop.gui.pages.akte import AktePage

        page = self.window.show_page("akte")
        assert isinstance(page, AktePage)
        page.show_client(client_id)

    def show_search(self, line: str) -> None:
        """Kunden with this query line."""
        self._shown_kunden().show_search(line)

    def show_people(self, ids: Collection[int], said: str) -> None:
        """Kunden with exactly these people; `said` says on a chip who they are."""
        self._shown_kunden().show_people(ids, said)

    def show_day(self, day: date) -> None:
        """Show this day in the calendar."""
        from kkd_desktop.gui.pages.woche import WochePage

        page = self.window.show_page("woche")
        assert isinstance(page, WochePage)
        page.go_to(day)

    def _shown_kunden(self) -> "KundenPage":
        from kkd_desktop.gui.pages.kunden import KundenPage

        page = self.window.show_page("kunden")
        assert isinstance(page, KundenPage)
        return page

    def add_client(self) -> None:
        from kkd_desktop.gui.dialogs.base import show
        from kkd_desktop.gui.dialogs.client import ClientDialog

        dialog = ClientDialog(self.session, parent=self.window)
        dialog.saved.connect(self.open_client)
        show(dialog)

    def import_table(self, path: Path | None = None) -> None:
        """Read people in from a table; without a path the assistant asks for the file."""
        from kkd_desktop.gui.dialogs.import_assistant.assistant import open_import

        open_import(self.session, self._places, path, parent=self.window)

    def export_tables(self, only: Collection[int] | None = None) -> None:
        """Everybody as tables, or only these people."""
        from kkd_desktop.gui.dialogs.base import show
        from kkd_desktop.gui.dialogs.export_tables import ExportTablesDialog

        show(ExportTablesDialog(self.session, self._places, self.window, only))

    def invite(self, client_ids: Collection[int]) -> None:
        """Write the letters these people still need; who has no talk yet is said before."""
        from kkd_desktop.actions.inviting import uninvited
        from kkd_desktop.gui.dialogs.base import show
        from kkd_desktop.gui.dialogs.inviting import InvitingDialog

        found = uninvited(self.session.context, client_ids)
        if found.to_write and not found.without and not found.told:
            self.write_letters(found.to_write)
            return
        dialog = InvitingDialog(found, self.window)
        dialog.letters_wanted.connect(self.write_letters)
        dialog.plan_wanted.connect(self.plan)
        show(dialog)

    def _list_people(self, people: "People") -> None:
        from kkd_desktop.gui.dialogs.base import show
        from kkd_desktop.gui.dialogs.people_preview import PeoplePreview
        from kkd_desktop.gui.dialogs.places import PlaceChooser

        places = self._places or PlaceChooser()
        show(PeoplePreview(self.session, people.ids, people.said, places, self.window))

    def log_contact(self, client_id: int | None, contact_id: int | None = None) -> None:
        from kkd_desktop.gui.dialogs.contact import open_contact

        open_contact(self.session, client_id, contact_id, parent=self.window)

    def book(self, client_id: int) -> None:
        from kkd_desktop.gui.dialogs.appointment import open_booking

        open_booking(self.session, client_id, parent=self.window)

    def move(self, appointment_id: int) -> None:
        from kkd_desktop.gui.dialogs.appointment import open_move

        open_move(self.session, appointment_id, parent=self.window)

    def finish(self, appointment_id: int, outcome: str) -> None:
        from kkd_desktop.gui.dialogs.outcome import finish_appointment

        finish_appointment(self.session, appointment_id, outcome, parent=self.window)

    def plan(self, only: Collection[int] | None = None) -> None:
        """Propose a plan of the next weeks in the calendar, for all or only for these people."""
        from kkd_desktop.gui.pages.woche import WochePage

        page = self.window.show_page("woche")
        assert isinstance(page, WochePage)
        page.propose_plan(only)

    def plan_quotas(self) -> None:
        """The fewest talks that reach the shares of the caseload."""
        from kkd_desktop.gui.dialogs.quota_plan import open_quota_plan

        dialog = open_quota_plan(self.session, self.window)
        dialog.plan_wanted.connect(self.plan)
        dialog.people_wanted.connect(self.show_people)
        dialog.client_opened.connect(self.open_client)

    def write_letters(self, appointment_ids: Collection[int]) -> None:
        """Write the letters to exactly these appointments; the rest of a long run is said."""
        from kkd_desktop.gui.dialogs.write_letters import open_letters

        open_letters(self.session, appointment_ids, self._places, self.window)

    def keep_backups(self) -> None:
        """Make back-ups from now on, and say loudly where that fails."""
        from kkd_desktop.gui.backup_keeper import keeper_of

        keeper = keeper_of(self.session)
        keeper.told.connect(self._say_backup)
        keeper.follow()

    def _add_pages(self) -> None:
        window = self.window
        window.add_page("heute", self.tr("Heute"), self._heute)
        window.add_page("kunden", self.tr("Kunden"), self._kunden)
        window.add_page("woche", self.tr("Woche"), self._woche)
        window.add_page("akte", "", self._akte, under="kunden")
        window.add_page("verlauf", "", self._verlauf, under="einstellungen")
        window.add_page("einladungen", self.tr("Einladungen"), self._einladungen)
        window.add_page("auswertung", self.tr("Auswertung"), self._auswertung)
        window.add_page("konzepte", self.tr("Konzepte"), self._konzepte)
        window.add_page(
            "einstellungen", self.tr("Einstellungen"), self._einstellungen, at_bottom=True
        )
        self._show_week_number()

    def _show_week_number(self) -> None:
        number = self.session.context.today.isocalendar().week
        self.window.set_count("woche", self.tr("KW {number}").format(number=number))

    def _show_waiting(self, number: int) -> None:
        self.window.set_count("heute", texts.whole(number) if number else "")

    def _heute(self) -> QWidget:
        page = HeutePage(self.session)
        page.client_opened.connect(self.open_client)
        page.contact_wanted.connect(self.log_contact)
        page.client_wanted.connect(self.add_client)
        page.counted.connect(self._show_waiting)
        page.search_wanted.connect(self.show_search)
        page.quota_plan_wanted.connect(self.plan_quotas)
        return page

    def _kunden(self) -> QWidget:
        from kkd_desktop.gui.pages.kunden import KundenPage

        page = KundenPage(self.session, self._settings)
        page.client_opened.connect(self.open_client)
        page.contact_wanted.connect(self.log_contact)
        page.client_wanted.connect(self.add_client)
        page.import_wanted.connect(self.import_table)
        page.export_wanted.connect(self.export_tables)
        page.list_wanted.connect(self._list_people)
        page.letters_wanted.connect(lambda people: self.invite(people.ids))
        page.plan_wanted.connect(lambda people: self.plan(people.only))
        page.table_wanted.connect(lambda people: self.export_tables(people.only))
        self._take_tables(page)
        return page

    def _take_tables(self, page: QWidget) -> None:
        """Let a table be dropped on a page."""
        from kkd_desktop.gui.table_drop import TableDrop

        TableDrop(page).dropped.connect(self.import_table)

    def _woche(self) -> QWidget:
        from kkd_desktop.gui.pages.woche import WochePage

        page = WochePage(self.session, places=self._places, settings=self._settings)
        page.client_opened.connect(self.open_client)
        page.settings_wanted.connect(self._open_settings)
        page.letters_wanted.connect(self.write_letters)
        return page

    def _akte(self) -> QWidget:
        from kkd_desktop.gui.pages.akte import AktePage

        page = AktePage(self.session, places=self._places, settings=self._settings)
        page.client_opened.connect(self.open_client)
        page.contact_wanted.connect(self.log_contact)
        page.appointment_wanted.connect(self.book)
        page.move_wanted.connect(self.move)
        page.outcome_wanted.connect(self.finish)
        return page

    def _einladungen(self) -> QWidget:
        from kkd_desktop.gui.pages.einladungen import EinladungenPage

        page = EinladungenPage(self.session, places=self._places, settings=self._settings)
        page.client_opened.connect(self.open_client)
        page.move_wanted.connect(self.move)
        page.outcome_wanted.connect(self.finish)
        page.office_wanted.connect(lambda: self._show_setting("office"))
        return page

    def _auswertung(self) -> QWidget:
        from kkd_desktop.gui.pages.auswertung import AuswertungPage

        page = AuswertungPage(self.session, places=self._places, settings=self._settings)
        page.people_wanted.connect(self.show_people)
        page.client_wanted.connect(self.add_client)
        return page

    def _konzepte(self) -> QWidget:
        from kkd_desktop.gui.pages.konzepte import KonzeptePage

        page = KonzeptePage(self.session, settings=self._settings)
        page.client_opened.connect(self.open_client)
        page.settings_wanted.connect(self._open_settings)
        return page

    def _einstellungen(self) -> QWidget:
        from kkd_desktop.gui.pages.einstellungen import EinstellungenPage

        page = EinstellungenPage(
            self.session, places=self._places, settings=self._settings, is_demo=self._is_demo
        )
        page.concepts_wanted.connect(lambda: self.window.show_page("konzepte"))
        page.store.import_wanted.connect(self.import_table)
        page.store.export_wanted.connect(self.export_tables)
        page.history_wanted.connect(self.show_history)
        return page

    def _verlauf(self) -> QWidget:
        from kkd_desktop.gui.pages.verlauf import VerlaufPage

        page = VerlaufPage(self.session)
        page.client_opened.connect(self.open_client)
        return page

    def _open_settings(self) -> None:
        self.window.show_page("einstellungen")

    def log_contact_here(self) -> None:
        """Ctrl+N: for the client in sight or highlighted, else the dialog asks for whom."""
        self.log_contact(self._client_in_sight())

    def show_keys(self) -> None:
        from kkd_desktop.gui.dialogs.shortcuts import open_shortcuts

        open_shortcuts(self.window.current_page(), self.window)

    def show_help(self) -> None:
        """The help page about what has the keyboard, else about the page in sight."""
        from kkd_desktop.gui.dialogs.help import open_help
        from kkd_desktop.gui.help_pages import page_for

        page, focused = self.window.page(self.window.current_page()), self.window.focusWidget()
        inside = page is not None and focused is not None and page.isAncestorOf(focused)
        open_help(page_for(focused if inside else page), self.window)

    @cached_property
    def tour(self) -> "TourGuide":
        """The tour of the first steps, made when there is reason to show it."""
        from kkd_desktop.gui.tour import TourGuide

        return TourGuide(self)

    def show_tour(self) -> None:
        self.window.show_page("heute")
        self.window.bring_to_front()
        self.tour.resume()

    def _begin_tour(self) -> None:
        """In a new caseload it begins by itself, and goes on where it was not left."""
        from kkd_desktop.actions import tour

        found = tour.tour(self.session.context)
        running = found is not None and found.state is tour.TourState.RUNNING
        if running or (found is None and (self._is_demo or tour.is_due(self.session.context))):
            self.tour.begin()

    def _client_in_sight(self) -> int | None:
        """Whose file is open, or whose row is highlighted, wherever the keyboard is; nobody where
        they are gone: a plan keeps its rows.
        """
        from kkd_desktop.actions import casework

        page = self.window.page(self.window.current_page())
        current: Callable[[], int | None] | None = getattr(page, "current_client_id", None)
        client_id = current() if current is not None else None
        is_there = client_id is not None and casework.is_stored(self.session.context, client_id)
        return client_id if is_there else None

    def _bind_person(self) -> None:
        """Keys for the person in sight, which work while one types in a search field, too."""
        for id, act in (("book", self.book), ("file", self.open_client), ("why", self.show_why)):
            shortcuts.bind(id, self.window, partial(self._with_person, act))
        shortcuts.bind("keys", self.window, self.show_keys)
        shortcuts.bind("help", self.window, self.show_help)

    def _with_person(self, act: Callable[[int], object]) -> None:
        client_id = self._client_in_sight()
        if client_id is not None:
            act(client_id)
        else:
            self.window.say(self.tr("Dafür bitte erst eine Person markieren."))

    def show_why(self, client_id: int) -> None:
        """Every step to what is due for a person."""
        from kkd_desktop.gui.dialogs.why import open_why

        open_why(self.session, client_id, self.window)

    def _say_done(self, said: str) -> None:
        """What was stored, with its way back where it is a step."""
        from kkd_desktop.actions import undo

        step = undo.to_undo(self.session.context)
        # What to know about a step may stand behind its name.
        if step is not None and f"{said} · ".startswith(f"{step.name} · "):
            self.window.say(said, self.tr("Rückgängig"), self.undo)
        else:
            self.window.say(said)

    def undo(self) -> None:
        from kkd_desktop.actions import undo

        step = undo.to_undo(self.session.context)
        if step is not None and undo.is_large(self.session.context, step):
            self._go_beside(self.tr("Wird zurückgenommen"), step, undo.undo, self._say_undone)
        elif name := self.session.undo():
            self._say_undone(name)

    def redo(self) -> None:
        from kkd_desktop.actions import undo

        step = undo.to_redo(self.session.context)
        if step is not None and undo.is_large(self.session.context, step):
            self._go_beside(self.tr("Wird noch einmal getan"), step, undo.redo, self._say_redone)
        elif name := self.session.redo():
            self._say_redone(name)

    def _go_beside(
        self, title: str, step: "Step", act: "Reverse", told: Callable[[str], object]
    ) -> None:
        from kkd_desktop.gui.dialogs.large_step import open_large_step

        open_large_step(self.session, title, step, act, told, self.window)

    def _say_undone(self, name: str) -> None:
        said = self.tr("Zurückgenommen: {step}").format(step=name)
        self.window.say(said, self.tr("Noch einmal"), self.redo)

    def _say_redone(self, name: str) -> None:
        said = self.tr("Noch einmal: {step}").format(step=name)
        self.window.say(said, self.tr("Rückgängig"), self.undo)

    def _show_step(self) -> None:
        from kkd_desktop.actions import undo

        step, again = undo.to_undo(self.session.context), undo.to_redo(self.session.context)
        self.window.set_undo("" if step is None else step.name, redo=again is not None)

    def _make_step_menu(self) -> None:
        from kkd_desktop.gui.step_menu import StepMenu

        self._steps = StepMenu(self.session, self.undo, self.redo, self._undo_to)
        self._steps.history_wanted.connect(self.show_history)
        self.window.set_step_menu(self._steps.fill)

    def _undo_to(self, step_id: int) -> None:
        number = self.session.undo_to(step_id)
        if number:
            self.window.say(
                self.tr("{number} Schritte zurückgenommen").format(number=number),
                self.tr("Noch einmal"),
                lambda: self._redo_all(number),
            )

    def _redo_all(self, number: int) -> None:
        done = [name for name in (self.session.redo() for _ in range(number)) if name]
        self.window.say(self.tr("{number} Schritte noch einmal").format(number=len(done)))

    def show_history(self) -> None:
        self.window.show_page("verlauf").setFocus()

    def _commands(self) -> list[Hit]:
        """What the search field offers beside people."""

        from kkd_desktop.gui.finding import HELP
        from kkd_desktop.gui.palette import Palette

        return [
            *Palette(self).commands(),
            Hit(
                self.tr("Über das Programm: Version, Teile, Lizenzen"),
                self._show_about,
                id="about",
                group=HELP,
            ),
        ]

    def _acts_of(self, client_id: int) -> tuple[Act, ...]:
        """What the search field does with a person besides opening the file."""
        modifier = Qt.KeyboardModifier
        return (
            Act(
                self.tr("Kontakt erfassen"),
                modifier.ControlModifier,
                lambda: self.log_contact(client_id),
            ),
            Act(
                self.tr("Termin vereinbaren"),
                modifier.ShiftModifier,
                lambda: self.book(client_id),
            ),
        )

    def _say_live_calendar(self, fault: str) -> None:
        """Once, in a line that stays until the file is right again."""
        if fault:
            again = self.session.live_calendar.try_again
            self.window.show_notice(
                "live_calendar",
                fault,
                tone=Tone.SOON,
                action=self.tr("Noch einmal versuchen"),
                on_action=again,
            )
        else:
            self.window.clear_notice("live_calendar")

    def show_retention(self) -> None:
        from kkd_desktop.gui.dialogs.base import show
        from kkd_desktop.gui.dialogs.retention import RetentionDialog

        show(RetentionDialog(self.session, places=self._places, parent=self.window))

    def hand_over(self) -> None:
        from kkd_desktop.gui.dialogs.base import show
        from kkd_desktop.gui.dialogs.hand_over import HandOverDialog

        show(HandOverDialog(self.session, places=self._places, parent=self.window))

    def take_over(self) -> None:
        from kkd_desktop.gui.dialogs.take_over import open_take_over

        open_take_over(self.session, self._places, self.window)

    def show_backups(self) -> None:
        self._show_setting("backups")

    def _search_settings(self, text: str) -> None:
        from kkd_desktop.gui.pages.einstellungen import EinstellungenPage

        page = self.window.show_page("einstellungen")
        assert isinstance(page, EinstellungenPage)
        page.search_for(text)

    def _show_setting(self, card: str) -> None:
        """A card of the settings, by its name on that page."""
        from kkd_desktop.gui.pages.einstellungen import EinstellungenPage

        page = self.window.show_page("einstellungen")
        assert isinstance(page, EinstellungenPage)
        # In a turn of its own: a page that was never shown has no places yet.
        QTimer.singleShot(0, page, lambda: page.show_section(getattr(page, card)))

    def _say_lost(self, is_lost: bool) -> None:
        if not is_lost:
            self.window.clear_notice("lost")
            return
        self.window.show_notice(
            "lost",
            self.tr(
                "Die Falldatei wurde verschoben, ersetzt oder gelöscht, während sie geöffnet ist, "
                "oder ihr Datenträger wurde abgezogen. Hier steht der Stand davor, und gespeichert "
                "wird nichts mehr. Bitte starten Sie das Programm neu, wenn die Datei wieder da "
                "ist."
            ),
            tone=Tone.LATE,
        )

    def _say_backup(self, fault: str) -> None:
        """Once, in a line that stays until there is a good back-up again."""
        from kkd_desktop.gui.backup_keeper import keeper_of

        if fault:
            self.window.show_notice(
                "backup",
                fault,
                tone=keeper_of(self.session).tone,
                action=self.tr("Sicherungen"),
                on_action=self.show_backups,
            )
        else:
            self.window.clear_notice("backup")

    def _show_about(self) -> None:
        from kkd_desktop.gui.dialogs.about import open_about

        open_about(self.window)

    def _say_demo(self) -> None:
        self.window.show_notice(
            "demo",
            self.tr(
                "Beispiel mit erfundenen Personen: Alles darf ausprobiert werden, nichts bleibt."
            ),
            tone=Tone.NEUTRAL,
        )

    def push_calendar(self) -> None:
        from kkd_desktop.gui.calendar_push import push_of

        push_of(self.session).push(self.window)

    def _say_left_over(self, number: int) -> None:
        """Whoever was deleted here still stands in the calendar on the server."""
        if not number:
            self.window.clear_notice("server")
            return
        count = texts.counted(
            number,
            "Eintrag zu einem gelöschten Termin steht",
            "Einträge zu gelöschten Terminen stehen",
        )
        self.window.show_notice(
            "server",
            self.tr("{count} noch im Kalender auf dem Server.").format(count=count),
            Tone.SOON,
            self.tr("Jetzt abgleichen"),
            self.push_calendar,
        )

    def lock(self) -> None:
        """Take everything off the screen and end the process; a new one asks for the passphrase."""
        if self._locker is not None:
            self._locker.lock()
        else:
            self.window.say(self.tr("Das Beispiel hat keine Passphrase und wird nicht gesperrt."))

    def can_lock(self) -> bool:
        """Whether there is a passphrase to ask for."""
        return self._locker is not None

    def _guard(self) -> None:
        from kkd_desktop.gui.locking import Locker
        from kkd_desktop.gui.resuming import Resuming

        if self._is_demo:
            shortcuts.bind("lock", self.window, self.lock)
            return
        resuming = Resuming(self)
        self._locker = Locker(self.window, self.session, resuming.place)
        self._locker.locked.connect(self.locked)
        self._locker.follow()
        # Some systems keep what was copied though the program is gone.
        self.window.closing.connect(self._locker.clipboard.empty)
        try:
            resuming.resume(after_lock=self._after_lock)
        except UserError as fault:
            # What the window needs beside it comes all the same.
            self.window.say(str(fault))

    def _prepare_part(self, page: str, part: str) -> None:
        """A part of a page that is made when it is asked for."""
        getattr(self.window.prepare_page(page), part)

    def _read_concept(self, policy_id: str) -> None:
        """The first Kundenakte, Konzepte and Einstellungen ask for others than those in force."""
        with suppress(UserError):
            self.session.context.shelf.policy_set(policy_id)

    def _load_holidays(self) -> None:
        """The settings name the days off by a large library: it is loaded in another thread."""
        from kkd_desktop.domain.workdays import statutory_holidays
        from kkd_desktop.gui import tasks

        context = self.session.context
        land, year = context.settings.land or context.policies()[0].policy.land, context.today.year
        tasks.run(lambda progress: statutory_holidays(land, year))

    def _tidy_store(self) -> None:
        from kkd_desktop.actions import undo

        stores.remember_holidays(self.session.context)
        undo.trim(self.session.context)
        self._show_step()

    def _ask_ahead(self, name: str) -> None:
        from kkd_desktop.gui.pages.live import LivePage

        page = self.window.prepare_page(name)
        assert isinstance(page, LivePage)
        page.ask_ahead()

    def _after_first_paint(self) -> None:
        from kkd_desktop.gui.busy_watch import watch_of
        from kkd_desktop.gui.calendar_push import push_of
        from kkd_desktop.gui.collector import Collector
        from kkd_desktop.gui.finding import Finder
        from kkd_desktop.gui.focus_ring import FocusRing
        from kkd_desktop.gui.own_undo import OwnUndo
        from kkd_desktop.gui.spoken import install as install_spoken
        from kkd_desktop.gui.warming import Warming

        install_spoken()
        FocusRing(self.window)
        if (kept := self.session.context.kept) is not None:
            kept.follow()
        finder = Finder(
            self.session,
            self._commands(),
            self.open_client,
            self,
            acts_of=self._acts_of,
            show_search=self.show_search,
            show_day=self.show_day,
            search_settings=self._search_settings,
            settings=self._settings,
        )
        self.window.commands.set_source(finder.find, finder.hint, finder.settle)
        finder.grown.connect(self.window.commands.search_again)
        self.session.changed.connect(self._show_step)
        self._make_step_menu()
        self._show_step()
        self._own_undo = OwnUndo(self.window)
        self.session.live_calendar.told.connect(self._say_live_calendar)
        self.session.live_calendar.follow()
        push = push_of(self.session)
        push.left_over.connect(self._say_left_over)
        push.follow()
        watch_of(self.session).follow()
        self._guard()
        self._bind_person()
        self._watch.start()
        self.window.show_icons()
        if (page := self.window.page("heute")) is not None:
            self._take_tables(page)
        self.window.help_requested.connect(self.show_help)
        self.window.tour_requested.connect(self.show_tour)
        QTimer.singleShot(0, self.window, self._begin_tour)
        # In a turn of its own: where nothing can be stored, everything else works all the same.
        QTimer.singleShot(0, self.window, self._tidy_store)
        self._collector = Collector(self)
        self._collector.start()
        pages = [partial(self.window.prepare_page, page) for page in _READY]
        parts = [partial(self._prepare_part, *part) for part in _PARTS]
        asking = [partial(self._ask_ahead, page) for page in _ASKED_AHEAD]
        ids = self.session.context.shelf.ids()
        reading = [partial(self._read_concept, policy_id) for policy_id in ids]
        warming = Warming(self.window, [self._load_holidays, *reading, *pages, *asking, *parts])
        self.session.finishing.connect(warming.stop)
        self.window.closing.connect(warming.stop)
        warming.begin()
        self.settling.emit()
