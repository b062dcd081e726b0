"""Which keys are there in the calendar? All of them on one page."""

from itertools import groupby
from operator import attrgetter

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kkd_desktop.gui import theme
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.dialogs.shortcuts import key_table
from kkd_desktop.gui.shortcuts import table, title
from kkd_desktop.gui.widgets.labels import PlainLabel


class WeekKeysDialog(Dialog):
    """The keys by what one wants to do, from the table of all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Tasten in der Woche"), parent=parent)
        here = (keys for keys in table() if keys.where.startswith("woche"))
        beside = QHBoxLayout()
        beside.setSpacing(theme.HUGE + theme.HUGE)
        columns = [QVBoxLayout(), QVBoxLayout()]
        for column in columns:
            column.setSpacing(theme.LARGE)
            beside.addLayout(column, 1)
        for place, (where, rows) in enumerate(groupby(here, key=attrgetter("where"))):
            # All of them are about the week here.
            heading = title(where).partition(": ")[2]
            keys = key_table(heading[:1].upper() + heading[1:], list(rows))
            columns[place % len(columns)].addLayout(keys)
        for column in columns:
            column.addStretch()
        self.body.addLayout(beside)
        fine = self.tr(
            "Mit Umschalt geht alles in Schritten von fünf Minuten; beim Ziehen auch mit Strg."
        )
        self.body.addWidget(PlainLabel(fine, size=theme.SMALL_SIZE, muted=True, wrap=True))
        self.set_main_action(self.tr("Schließen"), self.accept, keys="Esc")
        self.setMinimumWidth(860)
