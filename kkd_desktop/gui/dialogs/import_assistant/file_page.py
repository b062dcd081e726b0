"""Which table is to be read?"""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kkd_desktop.gui import theme
from kkd_desktop.gui.dialogs.places import PlaceChooser
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.card import Card
from kkd_desktop.gui.widgets.focus import lead_focus
from kkd_desktop.gui.widgets.labels import Paragraph, PlainLabel


class FilePage(QWidget):
    """A place to let go of a file, and a button for those who would rather choose.

    Signals:
        file_chosen: carries the path.
    """

    file_chosen = Signal(Path)

    def __init__(self, places: PlaceChooser, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places = places
        self.area = Card()
        self.choose_button = Button(self.tr("Datei wählen …"))
        centre = Qt.AlignmentFlag.AlignCenter
        inside = self.area.body
        inside.setSpacing(theme.TINY)
        inside.addStretch(2)
        inside.addWidget(
            PlainLabel(self.tr("Tabelle hierher ziehen"), weight=QFont.Weight.DemiBold), 0, centre
        )
        inside.addWidget(
            PlainLabel(self.tr("CSV oder XLSX, die erste Zeile mit Überschriften"), muted=True),
            0,
            centre,
        )
        inside.addSpacing(theme.MEDIUM)
        inside.addWidget(self.choose_button, 0, centre)
        inside.addStretch(3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.LARGE)
        column.addWidget(self.area, 1)
        column.addWidget(
            Paragraph(
                self.tr(
                    "Zum Beispiel: Kundennummer, Nachname, Vorname, Geburtsdatum, Profillage, "
                    "Status, Letzter Kontakt. Andere Überschriften ordnen Sie im dritten Schritt "
                    "zu. Gespeichert wird erst am Ende, in einem Schritt, der sich zurücknehmen "
                    "lässt; die Datei selbst bleibt, wie sie ist."
                ),
                muted=True,
            )
        )
        lead_focus(self, self.choose_button)
        self.choose_button.clicked.connect(self._choose)

    def _choose(self) -> None:
        found = self._places.existing(
            self, self.tr("Tabelle wählen"), self.tr("Tabellen (*.csv *.xlsx *.xlsm *.txt *.tsv)")
        )
        if found is not None:
            self.file_chosen.emit(found)
