"""Which pages, actions and help pages does the search field know? Everything one can do by mouse.

Loaded after the first picture. What belongs to a page goes there first, as a user would.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QAbstractButton

from kkd_desktop.domain.shares import sets_shares
from kkd_desktop.gui import help_pages
from kkd_desktop.gui.finding import HELP, PAGES
from kkd_desktop.gui.shortcuts import shown
from kkd_desktop.gui.widgets.commands import Hit

if TYPE_CHECKING:
    from kkd_desktop.gui.workplace import Workplace


class Palette(QObject):
    """The commands of one window."""

    def __init__(self, workplace: "Workplace") -> None:
        super().__init__(workplace)
        self._workplace = workplace
        self._window, self._session = workplace.window, workplace.session

    def commands(self) -> list[Hit]:
        return [
            *self._pages(),
            *self._sections(),
            *self._everywhere(),
            *self._on_the_file(),
            *self._on_pages(),
            *self._with_the_store(),
            *self._help(),
        ]

    def _pages(self) -> Iterator[Hit]:
        pages = (
            ("heute", self.tr("Heute"), self.tr("Wochenliste, Termine des Tages, Überfällige")),
            ("kunden", self.tr("Kunden"), self.tr("Fallbestand, Filter, Suchlauf")),
            ("woche", self.tr("Woche"), self.tr("Kalender, Termine, Planung")),
            ("einladungen", self.tr("Einladungen"), self.tr("Briefe, Post, Zustellung")),
            ("auswertung", self.tr("Auswertung"), self.tr("Bericht, Statistik, Soll-Ist, Quoten")),
            ("konzepte", self.tr("Konzepte"), self.tr("Regeln, Kontaktdichte")),
            ("einstellungen", self.tr("Einstellungen"), self.tr("Optionen")),
        )
        for page, title, also in pages:
            keys = self._window.page_keys(page)
            yield self._page(page, title, partial(self._window.show_page, page), also, keys)
        yield self._page(
            "verlauf",
            self.tr("Verlauf"),
            self._workplace.show_history,
            self.tr("Änderungen, Protokoll"),
        )
        for room, title, also in (
            ("lesen", self.tr("Konzept lesen"), self.tr("Wortlaut, Regeln")),
            ("vergleichen", self.tr("Konzepte vergleichen"), self.tr("Umstellung, Wirkung")),
            ("machbarkeit", self.tr("Machbarkeit"), self.tr("Kapazität, Arbeitszeit")),
        ):
            yield self._page(f"konzepte.{room}", title, partial(self._show_room, room), also)

    def _sections(self) -> Iterator[Hit]:
        """The cards of the settings by their names there."""
        for name, title, also in (
            ("concept", self.tr("Konzept in Kraft"), self.tr("verlängern, wechseln")),
            ("office", self.tr("Jobcenter"), self.tr("Anschrift, Briefkopf, Land")),
            ("hours", self.tr("Arbeitszeit"), self.tr("Sprechzeiten, Teilzeit")),
            ("days_off", self.tr("Freie Tage"), self.tr("Urlaub, Abwesenheit, Feiertage")),
            ("post", self.tr("Termine und Post"), self.tr("Postlaufzeit, Dauer, Räume")),
            ("texts", self.tr("Texte"), self.tr("Briefe, Textbausteine, Rechtsfolgen")),
            ("appearance", self.tr("Darstellung"), self.tr("hell, dunkel, Kontrast, Schrift")),
            ("calendar", self.tr("Kalender"), self.tr("ics, Outlook, laufende Datei")),
            ("busy", self.tr("Fremde Termine"), self.tr("belegte Zeiten, anderer Kalender")),
            ("caldav", self.tr("Kalenderserver"), self.tr("CalDAV, Nextcloud")),
            ("history", self.tr("Rückgängig und Verlauf"), ""),
            ("store", self.tr("Fallbestand"), self.tr("Datei, Import, Export")),
            ("security", self.tr("Sicherheit"), self.tr("Passphrase, Sperre, Schlüsselbund")),
            ("backups", self.tr("Sicherungen"), self.tr("Backup, wiederherstellen")),
            ("retention", self.tr("Aufbewahrung"), self.tr("Löschfrist, Datenschutz")),
            ("hand_over", self.tr("Übergabe"), self.tr("Vertretung, Paket")),
            ("about", self.tr("Über das Programm"), self.tr("Version, Lizenzen")),
        ):
            yield self._page(
                f"einstellungen.{name}",
                title,
                partial(self.show_section, name),
                also,
                detail=self.tr("Einstellungen"),
            )

    def _everywhere(self) -> Iterator[Hit]:
        work, window = self._workplace, self._window
        yield Hit(
            self.tr("Kontakt erfassen"),
            work.log_contact_here,
            keys=shown("contact"),
            id="contact",
            also=self.tr("Gespräch, Vermerk, neuer Kontakt, Telefonat"),
        )
        yield Hit(
            self.tr("Person aufnehmen"),
            work.add_client,
            id="client.add",
            also=self.tr("neuer Kunde, Kundin anlegen, hinzufügen"),
        )
        yield Hit(
            self.tr("Rückgängig"),
            work.undo,
            keys=shown("undo"),
            applies=self._can_undo,
            also=self.tr("zurücknehmen, undo"),
        )
        yield Hit(
            self.tr("Noch einmal"),
            work.redo,
            keys=shown("redo"),
            applies=self._can_redo,
            also=self.tr("wiederholen, redo"),
        )
        yield Hit(
            self.tr("Mehrere Schritte zurücknehmen …"),
            window.show_step_menu,
            applies=self._can_undo,
        )
        yield Hit(
            self.tr("Zurück zur vorigen Seite"), window.go_back, keys=shown("back"), id="back"
        )
        yield Hit(
            self.tr("Fenster sperren"),
            work.lock,
            keys=shown("lock"),
            id="lock",
            also=self.tr("Abmelden, Pause"),
            applies=work.can_lock,
            why_not=self.tr("Das Beispiel hat keine Passphrase"),
        )

    def _on_the_file(self) -> Iterator[Hit]:
        """What is done with the person whose file is open; elsewhere there is nobody to do it."""
        for name, title, act, also in (
            ("edit", self.tr("Angaben ändern"), "edit", self.tr("Stammdaten, Profillage, Status")),
            ("book", self.tr("Termin vereinbaren"), "", self.tr("neuer Termin")),
            ("deviation", self.tr("Ausnahme vereinbaren"), "agree_deviation", ""),
            ("why", self.tr("Warum? Alle Schritte"), "show_why", self.tr("Begründung")),
            ("history", self.tr("Verlauf dieser Person"), "show_history", ""),
            ("disclose", self.tr("Auskunft geben"), "disclose", self.tr("Art. 15 DSGVO")),
            ("hand", self.tr("Diese Person übergeben"), "hand_over", ""),
            ("forget", self.tr("Diese Person löschen"), "forget", self.tr("vergessen, entfernen")),
        ):
            yield Hit(
                title,
                partial(self._on_file, act) if act else self._book_here,
                detail=self.tr("in der offenen Akte"),
                also=also,
                id=f"akte.{name}",
                keys=shown(name) if name in ("why", "book") else "",
                applies=self._is_file_open,
            )

    def _on_pages(self) -> Iterator[Hit]:
        yield from self._on_woche()
        yield from self._on_einladungen()
        yield from self._on_auswertung()
        yield from self._on_kunden()
        yield from self._on_shares()

    def _on_woche(self) -> Iterator[Hit]:
        plan = self._workplace.plan
        for id, title, act, also in (
            (
                "plan",
                self.tr("Plan vorschlagen …"),
                lambda: plan(),
                self.tr("Wochen planen, Planer"),
            ),
            ("week.today", self.tr("Zur heutigen Woche"), self._page_act("woche", "go_today"), ""),
            ("week.print", self.tr("Woche drucken"), self._page_act("woche", "print_week"), ""),
        ):
            yield Hit(title, act, id=id, also=also)

    def _on_einladungen(self) -> Iterator[Hit]:
        for id, title, act, also in (
            (
                "letters",
                self.tr("Briefe schreiben …"),
                self._page_act("einladungen", "write"),
                self.tr("Einladung, Meldeaufforderung, Post"),
            ),
            (
                "list.print",
                self.tr("Einladungsliste drucken"),
                self._page_button("einladungen", "print_button"),
                "",
            ),
            (
                "list.save",
                self.tr("Einladungsliste als PDF speichern"),
                self._page_button("einladungen", "pdf_button"),
                "",
            ),
            (
                "ics",
                self.tr("Termine als Kalenderdatei exportieren …"),
                self._page_button("einladungen", "calendar_button"),
                self.tr("ics, Outlook, iCalendar"),
            ),
            (
                "server",
                self.tr("Kalender auf dem Server abgleichen"),
                self._workplace.push_calendar,
                self.tr("CalDAV, synchronisieren"),
            ),
        ):
            yield Hit(title, act, id=id, also=also)

    def _on_auswertung(self) -> Iterator[Hit]:
        for id, title, act, also in (
            (
                "report.save",
                self.tr("Auswertung speichern …"),
                self._page_act("auswertung", "save"),
                self.tr("Bericht, PDF, XLSX, CSV, Export"),
            ),
            (
                "report.print",
                self.tr("Auswertung drucken …"),
                self._page_act("auswertung", "print_out"),
                self.tr("Bericht, Papier"),
            ),
            (
                "report.team",
                self.tr("Auswertungen des Teams zusammenfassen …"),
                self._page_act("auswertung", "combine"),
                self.tr("Bericht, Teamleitung"),
            ),
        ):
            yield Hit(title, act, id=id, also=also)

    def _on_kunden(self) -> Iterator[Hit]:
        for id, title, act, also in (
            (
                "filters.form",
                self.tr("Suche als Formular"),
                self._page_button("kunden", "filter_button"),
                self.tr("Filter, Bedingungen, Suchlauf"),
            ),
            (
                "search.save",
                self.tr("Suche speichern …"),
                self._page_act("kunden", "save_search"),
                self.tr("Suchlauf merken"),
            ),
            (
                "searches",
                self.tr("Gespeicherte Suchen verwalten …"),
                self._page_act("kunden", "manage_searches"),
                self.tr("umbenennen, löschen"),
            ),
            (
                "filters",
                self.tr("Alle Kunden zeigen"),
                self._page_act("kunden", "clear_filters"),
                self.tr("Filter zurücksetzen"),
            ),
        ):
            yield Hit(title, act, id=id, also=also)

    def _on_shares(self) -> Iterator[Hit]:
        yield Hit(
            self.tr("Anteile im Bestand"),
            self._show_shares,
            id="shares",
            also=self.tr("Quote, wer fehlt"),
            applies=self._has_shares,
            why_not=self.tr("Das Konzept in Kraft setzt keine Anteile"),
        )
        yield Hit(
            self.tr("Plan für die Anteile …"),
            self._workplace.plan_quotas,
            id="shares.plan",
            also=self.tr("Quote planen, wenigste Gespräche, Prognose"),
            applies=self._has_shares,
            why_not=self.tr("Das Konzept in Kraft setzt keine Anteile"),
        )

    def _with_the_store(self) -> Iterator[Hit]:
        work = self._workplace
        for id, title, act, also in (
            (
                "import",
                self.tr("Tabelle einlesen (CSV, XLSX)"),
                lambda: work.import_table(),
                self.tr("Import"),
            ),
            (
                "export",
                self.tr("Bestand als Tabelle speichern"),
                work.export_tables,
                self.tr("Export, CSV, XLSX"),
            ),
            (
                "backup",
                self.tr("Jetzt sichern"),
                self._section_button("backups", "make_button"),
                self.tr("Backup, Sicherung"),
            ),
            (
                "restore",
                self.tr("Aus einer Sicherung wiederherstellen …"),
                work.show_backups,
                self.tr("Backup"),
            ),
            (
                "retention",
                self.tr("Aufbewahrung: wessen Frist vorbei ist"),
                work.show_retention,
                self.tr("löschen, Datenschutz"),
            ),
            ("hand_over", self.tr("Personen übergeben"), work.hand_over, self.tr("Paket")),
            ("take_over", self.tr("Paket annehmen"), work.take_over, self.tr("Übernahme")),
        ):
            yield Hit(title, act, id=id, also=also)
        yield Hit(
            self.tr("Passphrase ändern …"),
            self._change_passphrase,
            id="passphrase",
            also=self.tr("Kennwort, Passwort"),
            applies=work.can_lock,
            why_not=self.tr("Das Beispiel hat keine Passphrase"),
        )

    def _help(self) -> Iterator[Hit]:
        yield Hit(
            self.tr("Tastenkürzel"),
            self._workplace.show_keys,
            keys=shown("keys"),
            group=HELP,
            id="help.keys",
            also=self.tr("Shortcuts, Tastatur"),
        )
        yield Hit(
            self.tr("Rundgang: die ersten Schritte"),
            self._window.tour_requested.emit,
            group=HELP,
            id="help.tour",
            also=self.tr("Einführung, Anleitung, Tutorial"),
        )
        for page in help_pages.pages():
            if page != help_pages.KEYS:
                yield Hit(
                    self.tr("Hilfe: {title}").format(title=help_pages.title(page)),
                    partial(self._open_help, page),
                    group=HELP,
                    id=f"help.{page}",
                )
        yield Hit(
            self.tr("Tasten in der Woche"),
            self._page_act("woche", "show_keys"),
            group=HELP,
            id="help.week",
            also=self.tr("Tastenkürzel Kalender"),
        )

    def _page(
        self,
        id: str,
        title: str,
        run: Callable[[], object],
        also: str = "",
        keys: str = "",
        detail: str = "",
    ) -> Hit:
        return Hit(title, run, detail, keys, id=id, group=PAGES, also=_joined(also, detail))

    def show_section(self, name: str) -> None:
        """A card of the settings by its name on that page."""
        page: Any = self._window.show_page("einstellungen")
        # In a turn of its own: a page that was never shown has no places yet.
        QTimer.singleShot(0, page, lambda: page.show_section(getattr(page, name)))

    def _section_button(self, section: str, button: str) -> Callable[[], object]:
        def press() -> None:
            self.show_section(section)
            page: Any = self._window.page("einstellungen")
            _press(getattr(getattr(page, section), button))

        return press

    def _page_act(self, page: str, act: str) -> Callable[[], object]:
        def go() -> None:
            shown: Any = self._window.show_page(page)
            getattr(shown, act)()

        return go

    def _page_button(self, page: str, button: str) -> Callable[[], object]:
        """Like a click: what is not possible on the page is not possible from here."""

        def go() -> None:
            shown: Any = self._window.show_page(page)
            _press(getattr(shown, button))

        return go

    def _show_room(self, room: str) -> None:
        page: Any = self._window.show_page("konzepte")
        page.show_room(room)

    def _on_file(self, act: str) -> None:
        page: Any = self._window.page("akte")
        getattr(page, act)()

    def _book_here(self) -> None:
        page: Any = self._window.page("akte")
        if (client_id := page.current_client_id()) is not None:
            self._workplace.book(client_id)

    def _is_file_open(self) -> bool:
        page: Any = self._window.page("akte")
        return (
            self._window.current_page() == "akte"
            and page is not None
            and page.current_client_id() is not None
        )

    def _can_undo(self) -> bool:
        from kkd_desktop.actions import undo

        return undo.to_undo(self._session.context) is not None

    def _can_redo(self) -> bool:
        from kkd_desktop.actions import undo

        return undo.to_redo(self._session.context) is not None

    def _change_passphrase(self) -> None:
        from kkd_desktop.gui.dialogs.base import show
        from kkd_desktop.gui.dialogs.passphrase import PassphraseDialog

        show(PassphraseDialog(self._session, self._window))

    def _show_shares(self) -> None:
        from kkd_desktop.actions import quotas

        page: Any = self._window.show_page("heute")
        page.show_shares(quotas.quotas(self._session.context).populations)

    def _has_shares(self) -> bool:
        return any(sets_shares(each.policy) for each in self._session.context.policies())

    def _open_help(self, page: str) -> None:
        from kkd_desktop.gui.dialogs.help import open_help

        open_help(page, self._window)


def _joined(*words: str) -> str:
    return ", ".join(word for word in words if word)


def _press(button: QAbstractButton) -> None:
    if button.isEnabled():
        button.click()
