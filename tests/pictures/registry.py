"""Which scenes are there, and which of them are drawn in other sizes too?"""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QPixmap

from tests.pictures import (
    akte,
    anteile,
    auswertung,
    einladungen,
    einlesen,
    einstellungen,
    heute,
    hilfe,
    kalender,
    kontakt,
    konzepte,
    kunden,
    palette,
    person,
    plan,
    sicherungen,
    start,
    termin,
    verlauf,
    warum,
    weitergeben,
    woche,
)
from tests.pictures.desk import LARGE, SMALL, USUAL, Caseload, Scene, show_scene

ROOMS: dict[str, dict[str, Scene]] = {
    "Heute": heute.SCENES,
    "Anteile": anteile.SCENES,
    "Kunden": kunden.SCENES,
    "Kundenakte": akte.SCENES,
    "Person ändern": person.SCENES,
    "Warum?": warum.SCENES,
    "Kontakt erfassen": kontakt.SCENES,
    "Termin": termin.SCENES,
    "Woche": woche.SCENES,
    "Planvorschlag": plan.SCENES,
    "Einladungen": einladungen.SCENES,
    "Auswertung": auswertung.SCENES,
    "Konzepte": konzepte.SCENES,
    "Verlauf": verlauf.SCENES,
    "Einstellungen": einstellungen.SCENES,
    "Kalender": kalender.SCENES,
    "Sicherungen": sicherungen.SCENES,
    "Einlesen und Ausgeben": einlesen.SCENES,
    "Auskunft, Löschen, Übergabe": weitergeben.SCENES,
    "Suche und Tasten": palette.SCENES,
    "Hilfe, Rundgang, Programm": hilfe.SCENES,
    "Start und Sperre": start.SCENES,
}
"""What the gallery calls each part of the program; its scenes by the names of their pictures."""

SCENES: dict[str, Scene] = {
    name: scene for scenes in ROOMS.values() for name, scene in scenes.items()
}

IN_SMALL = (
    "kunden-filter",
    "kunden-vorschlaege",
    "heute-suchen",
    "palette-leer",
    "palette-gemischt",
    "auswertung",
    "auswertung-raster",
    "auswertung-stand",
    "auswertung-wochen",
    "auswertung-nicht-enthalten",
    "dialog-team",
    "programm",
    "hilfe",
    "rundgang",
    "heute",
    "akte-gemeinsam",
    "heute-gemeinsam",
    "woche-voll",
    "woche-belegt",
    "woche-vier",
    "plan-fragen",
    "plan-vorschlag",
    "plan-vorschlag-vier",
    "plan-teile",
    "woche-ziehen",
    "kunden",
    "akte",
    "akte-vereinbart",
    "akte-angaben",
    "akte-briefe",
    "warum",
    "warum-zwei-pflichten",
    "warum-lange-texte",
    "einladungen",
    "einladungen-zugestellt",
    "einladungen-schreiben",
    "einladungen-lange-namen",
    "einladungen-ohne-zweck",
    "einstellungen",
    "einstellungen-arbeitszeit-vier",
    "einstellungen-frei",
    "einstellungen-texte",
    "anteile",
    "anteile-uebersehen",
    "anteile-lange-namen",
    "quote-plan",
    "quote-plan-nicht-erreichbar",
    "einstellungen-zusammenstellung",
    "konzepte-wortlaut",
    "konzepte-zusammenstellung",
    "konzepte-zusammenstellung-lang",
    "konzepte-defekt",
    "konzepte-vergleich",
    "konzepte-vergleich-vorgaben",
    "konzepte-umstellen",
    "konzepte-machbarkeit-frankfurt",
    "konzepte-machbarkeit-wortlaut",
    "einstellungen-fremde-fehler",
    "einstellungen-kalender-fehler",
    "verlauf",
    "verlauf-person",
    "menue-schritte",
)

IN_LARGE = ("auswertung", "kunden", "woche-voll", "woche-belegt", "woche-vier", "plan-vorschlag")

IN_OTHER_CASELOADS = (
    "rundgang",
    "auswertung",
    "heute",
    "woche",
    "plan-vorschlag",
    "kunden",
    "einladungen",
    "konzepte-vergleich",
    "konzepte-machbarkeit",
)
IN_EVERY_LOOK = (
    "heute",
    "heute-frankfurt",
    "heute-nicht-enthalten",
    "kunden",
    "kunden-filter",
    "akte",
    "akte-vereinbart",
    "woche",
    "woche-belegt",
    "woche-vier",
    "plan-fragen",
    "plan-vorschlag",
    "plan-teile",
    "einladungen",
    "einladungen-schreiben",
    "auswertung",
    "auswertung-tabelle",
    "konzepte",
    "konzepte-vergleich",
    "konzepte-machbarkeit",
    "verlauf",
    "einstellungen",
    "einstellungen-arbeitszeit",
    "einstellungen-frei",
    "einstellungen-fremde",
    "einstellungen-sicherungen-viele",
    "sicherheit",
    "anteile",
    "quote-plan",
    "warum",
    "verlauf-person",
    "dialog-kontakt",
    "dialog-termin",
    "dialog-verlegen",
    "dialog-person",
    "dialog-person-angaben",
    "dialog-ausnahme",
    "dialog-briefe",
    "dialog-briefe-vorschau",
    "dialog-zustellung",
    "dialog-export",
    "dialog-liste",
    "dialog-auswertung-speichern",
    "dialog-team",
    "einlesen-spalten",
    "einlesen-pruefung",
    "suchen-verwalten",
    "dialog-frist",
    "dialog-loeschen",
    "dialog-schritt",
    "dialog-uebergeben",
    "dialog-wer-kommt",
    "suche",
    "tastenkuerzel",
    "hilfe",
    "rundgang",
    "programm",
    "dialog-oeffnen",
    "dialog-willkommen",
    "dialog-anlegen",
    "gesperrt",
)
"""Pages and main dialogs, also in high contrast and enlarged."""


class Job:
    """One picture to be made, of a scene in a caseload and a size."""

    def __init__(self, name: str, scene: Scene, clients: int = 300, size: QSize = USUAL) -> None:
        self.name = name
        self._scene, self._clients, self._size = scene, clients, size

    def draw(self, caseloads: "Caseloads") -> QPixmap:
        return show_scene(caseloads.of(self._clients), self._scene, self._size)


class Caseloads:
    """Each is made when it is first needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[int, Caseload] = {}

    def of(self, clients: int) -> Caseload:
        if clients not in self._made:
            self._made[clients] = Caseload(self._folder, clients)
        return self._made[clients]


def jobs() -> Iterator[Job]:
    for name, scene in SCENES.items():
        yield Job(name, scene)
    for name in IN_SMALL:
        yield Job(f"{name}-klein", SCENES[name], size=SMALL)
    for name in IN_LARGE:
        yield Job(f"{name}-gross", SCENES[name], size=LARGE)
    for name in IN_OTHER_CASELOADS:
        for clients in (0, 5000):
            yield Job(f"{name}-{clients}", SCENES[name], clients)
