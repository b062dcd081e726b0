"""How do tables get in and out: the import assistant page by page, and the export?"""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from kkd_desktop.actions import casework
from kkd_desktop.gui.dialogs.export_tables import ExportTablesDialog
from kkd_desktop.gui.dialogs.import_assistant.assistant import ImportAssistant, open_import
from tests.pictures.desk import TODAY, Desk, Scene, settle, shown, until

ROWS = (
    ("123A499001", "Übungsfall", "Änne", "05.05.1988", "FP", "al", "30.09.2026", "Weg 1"),
    ("123A499002", "Probst", "Bela", "31.02.1990", "Markt", "asu", "12.10.2026", "Am Ring 4"),
    ("123A499003", "Muster", "Cem", "1.7.94", "Profil F", "arbeitslos", "", "Gasse 12"),
    ("", "Schablone", "Dana", "11.11.1979", "E", "arbeitslos", "02.11.2026", "Zeile 3"),
    ("123A499001", "Entwurf", "Emil", "03.03.1983", "Stabi", "al", "", "Hof 7"),
)
HEADINGS = "KdNr;Name;Vorname;Geb.-Datum;Profil;Status;Letzter Kontakt am;Strasse;Sachgebiet"


def import_file(desk: Desk, *, encoding: str = "utf-8", many: bool = True) -> Path:
    """An invented table beside people of the caseload: new, changed, known, wrong and double."""
    lines = [HEADINGS, *(";".join((*row, "II-321")) for row in ROWS)]
    people = sorted(casework.all_clients(desk.context), key=lambda each: each.number)
    for place, client in enumerate(people[: 60 if many else 3]):
        facts, born = client.subject.facts, client.subject.birth_date
        profile = "" if place % 4 else "Stabilisierungsprofil"
        number = "123A4990" + str(50 + place) if place % 20 == 7 else client.number
        status = facts.at("status", TODAY)
        lines.append(
            f"{number};{client.last_name};{client.first_name};{born:%d.%m.%Y};{profile};{status};"
            f";{client.address.street};II-321"
        )
    path = desk.folder / "Kundenliste.csv"
    path.write_bytes("\r\n".join(lines).encode(encoding, "replace"))
    return path


def importing(page: int, **kinds: Any) -> Scene:
    """The assistant on one of its pages."""

    def scene(desk: Desk) -> QWidget:
        desk.page("kunden")
        dialog = open_import(desk.session, parent=desk.window)
        if page or kinds:
            path = import_file(desk, **kinds)
            dialog.open_file(path)
            until(lambda: not dialog.is_busy())
            for _ in range(page - 1):
                dialog.next_button.click()
                until(lambda: not dialog.is_busy())
            path.unlink()
        settle()
        return dialog

    return scene


def importing_new(desk: Desk) -> QWidget:
    dialog = importing(3)(desk)
    assert isinstance(dialog, ImportAssistant)
    dialog.review_page.tiles.button("changed").click()
    return dialog


def importing_twins(desk: Desk) -> QWidget:
    dialog = importing(3)(desk)
    assert isinstance(dialog, ImportAssistant)
    dialog.review_page.tiles.button("twin").click()
    return dialog


def exporting_tables(desk: Desk) -> QWidget:
    return shown(ExportTablesDialog(desk.session, parent=desk.window))


SCENES: dict[str, Scene] = {
    "einlesen-datei": importing(0),
    "einlesen-lesart": importing(1),
    "einlesen-zeichensatz": importing(1, encoding="cp1252"),
    "einlesen-spalten": importing(2),
    "einlesen-pruefung": importing(3),
    "einlesen-geaendert": importing_new,
    "einlesen-doppelt": importing_twins,
    "tabelle-speichern": exporting_tables,
}
