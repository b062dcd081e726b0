"""How is every page and every dialog of the program opened? One registry for tests of all of them.

The windows are those of tests/pictures/, on a fresh copy of the same invented caseload.
"""

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

import kkd_desktop.gui
from kkd_desktop.gui import clock
from tests import pictures

WINDOWS: dict[str, str] = {
    "AboutDialog": "programm",
    "AktePage": "akte-vereinbart",
    "AppointmentDialog": "dialog-termin",
    "AuswertungPage": "auswertung",
    "ClashesDialog": "einstellungen-frei-termine",
    "ClientDialog": "dialog-person-angaben",
    "ContactDialog": "dialog-kontakt",
    "CreateStoreDialog": "dialog-anlegen",
    "DeliveryDialog": "dialog-zustellung",
    "DeviationDialog": "dialog-ausnahme-ereignis",
    "DisclosureDialog": "dialog-auskunft",
    "EinladungenPage": "einladungen-gewaehlt",
    "EinstellungenPage": "einstellungen",
    "ExportCalendarDialog": "dialog-export-namen",
    "ExportReportDialog": "dialog-auswertung-speichern",
    "ExportTablesDialog": "tabelle-speichern",
    "ForgetDialog": "dialog-loeschen",
    "HandOverDialog": "dialog-uebergeben",
    "HelpWindow": "hilfe-kalender",
    "HeutePage": "heute-nicht-enthalten",
    "HistoryDialog": "verlauf-person",
    "ImportAssistant": "einlesen-spalten",
    "InvitingDialog": "personen-einladen",
    "KonzeptePage": "konzepte-wortlaut",
    "KundenPage": "kunden-filter",
    "LargeStepDialog": "dialog-schritt",
    "LeaveServerDialog": "kalenderserver-trennen",
    "LeftOverDialog": "angefangenes-text",
    "LetterCopy": "dialog-kopie",
    "LetterPreview": "dialog-briefe-vorschau",
    "ListPreview": "dialog-liste",
    "LockScreen": "gesperrt",
    "LockingDialog": "gesperrt-verhindert",
    "PassphraseDialog": "passphrase",
    "PeoplePreview": "personenliste",
    "QuotaPlanDialog": "quote-plan",
    "RefusalDialog": "dialog-abgelehnt",
    "ReportPreview": "dialog-auswertung-drucken",
    "RestoreDialog": "dialog-wiederherstellen",
    "RestoreStoreDialog": "dialog-wiederherstellen-erststart",
    "ReviewTextsDialog": "dialog-texte-pruefen",
    "RetentionDialog": "dialog-frist",
    "SaveSearchDialog": "suche-speichern",
    "SavedSearchesDialog": "suchen-verwalten",
    "ServerConflictsDialog": "kalenderserver-konflikte",
    "ServerPasswordDialog": "kalenderserver-passwort",
    "SharesDialog": "anteile",
    "ShortcutsDialog": "tastenkuerzel",
    "TakeOverDialog": "dialog-annehmen-inhalt",
    "TakenDialog": "dialog-belegt",
    "TeamReportDialog": "dialog-team",
    "TeamReportPreview": "dialog-team-drucken",
    "UnlockDialog": "dialog-oeffnen-merken",
    "VerlaufPage": "verlauf",
    "WeekKeysDialog": "dialog-woche-tasten",
    "WeekPreview": "dialog-woche-drucken",
    "WelcomeDialog": "dialog-willkommen",
    "WhomDialog": "dialog-wer-kommt",
    "WhyDialog": "warum",
    "WishDialog": "dialog-wunsch",
    "WochePage": "woche-belegt",
    "WriteLettersDialog": "dialog-briefe",
}
"""Class of a page or dialog → the picture that shows it."""

ROOMS: dict[str, str] = {
    "AktePage-briefe": "akte-briefe",
    "EinstellungenPage-arbeitszeit": "einstellungen-arbeitszeit-wechsel",
    "EinstellungenPage-fremde": "einstellungen-fremde",
    "EinstellungenPage-sicherungen": "einstellungen-sicherungen-viele",
    "EinstellungenPage-texte": "einstellungen-texte",
    "EinstellungenPage-server": "kalenderserver-benutzt",
    "EinladungenPage-schreiben": "einladungen-schreiben",
    "ImportAssistant-datei": "einlesen-datei",
    "ImportAssistant-lesart": "einlesen-lesart",
    "ImportAssistant-pruefung": "einlesen-pruefung",
    "KonzeptePage-vergleich": "konzepte-vergleich",
    "KonzeptePage-machbarkeit": "konzepte-machbarkeit",
    "WochePage-vier": "woche-vier",
    "WochePage-plan": "plan-vorschlag",
    "WochePage-fragen": "plan-fragen",
    "AuswertungPage-tabelle": "auswertung-tabelle",
}
"""Further rooms of the same classes with controls of their own."""

NO_WINDOWS = frozenset({"Dialog", "PrintPreview", "LivePage"}) | {
    # Pages of the import assistant: three of the rooms below, and one of the windows above.
    "ColumnsPage",
    "FilePage",
    "FormPage",
    "ReviewPage",
}
"""Bases and parts of others."""

CLIENTS = 60


def declared() -> set[str]:
    """Every class of the program that is a dialog or a page, read from its source."""
    bases: dict[str, list[str]] = {}
    for file in Path(kkd_desktop.gui.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                bases[node.name] = [base.id for base in node.bases if isinstance(base, ast.Name)]

    def is_window(name: str) -> bool:
        return name == "QDialog" or any(map(is_window, bases.get(name, ())))

    return {
        name for name in bases if is_window(name) or (name.endswith("Page") and name[0] != "_")
    } - NO_WINDOWS


def shown(name: str, desk: pictures.Desk) -> QWidget:
    """The page or the dialog of this class that is on the screen."""
    name = name.split("-")[0]
    if name.endswith("Page"):
        found = desk.window.page(desk.window.current_page())
        assert type(found).__name__ == name
        return found
    return next(
        window
        for window in QApplication.topLevelWidgets()
        if window.isVisible() and type(window).__name__ == name
    )


@contextmanager
def opened(
    name: str, caseload: pictures.Caseload, size: QSize = pictures.USUAL
) -> Iterator[QWidget]:
    """The page or dialog of this name on a fresh copy of the caseload, half past nine."""
    scene = pictures.SCENES[(WINDOWS | ROOMS)[name]]
    with (
        patch.object(clock, "datetime", pictures.Morning),
        pictures.scene_shown(caseload, scene, size) as (desk, widget),
    ):
        window = shown(name, desk)
        window.window().activateWindow()
        pictures.settle()
        yield window
        if widget is not desk.window:
            widget.close()
