"""Which keys are there in the calendar? All of them on one page."""

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QWidget

from kkd_desktop.gui import theme
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.widgets.chip import KeyHint
from kkd_desktop.gui.widgets.labels import PlainLabel


class WeekKeysDialog(Dialog):
    """The keys by what one wants to do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Tasten in der Woche"), parent=parent)
        groups = (
            (
                self.tr("Umsehen"),
                (
                    (self.tr("← ↑ ↓ →"), self.tr("von Termin zu Termin und zu freien Zeiten")),
                    (self.tr("Bild ↑ / Bild ↓"), self.tr("eine Woche zurück oder weiter")),
                    (self.tr("T"), self.tr("heute")),
                    (self.tr("1 / 2 / 3"), self.tr("Tag, Woche, vier Wochen")),
                    (self.tr("F6"), self.tr("zur Liste und zurück")),
                ),
            ),
            (
                self.tr("Ein Termin"),
                (
                    (self.tr("Eingabe"), self.tr("Kundenakte öffnen")),
                    (self.tr("Strg + Pfeile"), self.tr("um einen Schritt oder Tag verlegen")),
                    (self.tr("Leertaste"), self.tr("aufnehmen; Pfeile, dann Eingabe oder Esc")),
                    (self.tr("+ / −"), self.tr("länger oder kürzer")),
                    (self.tr("Entf"), self.tr("absagen; Strg Z holt ihn zurück")),
                    (self.tr("Umschalt F10"), self.tr("alles Weitere")),
                ),
            ),
            (
                self.tr("Freie Zeit und Liste"),
                (
                    (self.tr("Eingabe"), self.tr("freie Zeit vergeben")),
                    (self.tr("Leertaste"), self.tr("Person aus der Liste aufnehmen")),
                    (self.tr("V"), self.tr("Vorschlag annehmen")),
                    (self.tr("W"), self.tr("Warum? Alle Schritte")),
                ),
            ),
            (
                self.tr("Plan der nächsten Wochen"),
                (
                    (self.tr("P"), self.tr("vorschlagen lassen")),
                    (self.tr("Leertaste"), self.tr("vorgeschlagenen Termin ab- oder anwählen")),
                    (self.tr("F6"), self.tr("zwischen Vorschlag und Kalender")),
                    (self.tr("Strg Eingabe"), self.tr("gewählte Termine annehmen")),
                ),
            ),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.LARGE)
        grid.setVerticalSpacing(theme.SMALL)
        grid.setColumnStretch(1, 1)
        row = 0
        for title, keys in groups:
            heading = PlainLabel(title, weight=QFont.Weight.DemiBold)
            heading.setContentsMargins(0, theme.SMALL if row else 0, 0, 0)
            grid.addWidget(heading, row, 0, 1, 2)
            for place, (key, meaning) in enumerate(keys, row + 1):
                grid.addWidget(KeyHint(key), place, 0)
                grid.addWidget(PlainLabel(meaning), place, 1)
            row += 1 + len(keys)
        self.body.addLayout(grid)
        fine = self.tr(
            "Mit Umschalt geht alles in Schritten von fünf Minuten; beim Ziehen auch mit Strg."
        )
        self.body.addWidget(PlainLabel(fine, size=theme.SMALL_SIZE, muted=True, wrap=True))
        self.set_main_action(self.tr("Schließen"), self.accept)
        self.setMinimumWidth(470)
