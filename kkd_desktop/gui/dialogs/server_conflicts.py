"""Which state of an appointment holds, the one in the calendar or ours?"""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from kkd_desktop.actions import caldav
from kkd_desktop.domain import conflict_text, texts
from kkd_desktop.domain.server_calendar import Conflict
from kkd_desktop.gui import theme
from kkd_desktop.gui.calendar_push import CalendarPush
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.widgets.card import Card
from kkd_desktop.gui.widgets.labels import Paragraph, PlainLabel
from kkd_desktop.gui.widgets.segmented import SegmentedControl

_LATER, _OURS, _THEIRS = "later", "ours", "theirs"
_WIDTH, _MOST_HEIGHT = 640, 440


class ServerConflictsDialog(Dialog):
    """Each conflict with what differs. Nothing is chosen beforehand: what is not decided stays."""

    def __init__(self, push: CalendarPush, parent: QWidget | None = None) -> None:
        conflicts = push.conflicts
        super().__init__(_tr("Im Kalender geändert"), _count(len(conflicts)), parent)
        self._push = push
        self.rows = [ConflictRow(each) for each in conflicts]
        self.body.addWidget(
            Paragraph(
                self.tr(
                    "Diese Einträge stammen von hier und wurden im Kalender auf dem Server "
                    "geändert oder gelöscht. Überschrieben wird nichts, was Sie nicht wählen."
                ),
                muted=True,
            )
        )
        self.body.addWidget(self._list(), 1)
        self.add_cancel()
        self.apply_button = self.set_main_action(self.tr("Anwenden"), self.submit)
        self.setFixedWidth(_WIDTH)

        for row in self.rows:
            row.choice.value_changed.connect(self._show_choice)
        self._show_choice()
        if self.rows:
            self.rows[0].choice.setFocus()

    def submit(self) -> None:
        """Hand on what was decided."""
        decided = [row for row in self.rows if row.choice.value() != _LATER]
        left = [row.conflict for row in self.rows if row.choice.value() == _LATER]
        steps = [caldav.settled(row.conflict, ours=row.choice.value() == _OURS) for row in decided]
        self.accept()
        self._push.settle(steps, left)

    def _show_choice(self) -> None:
        self.apply_button.setEnabled(any(row.choice.value() != _LATER for row in self.rows))

    def _list(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.MEDIUM)
        for row in self.rows:
            column.addWidget(row)
        column.addStretch()
        area = QScrollArea()
        area.setAccessibleName(self.tr("Unterschiede"))
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        height = inside.sizeHint().height()
        if height > _MOST_HEIGHT:
            # Room for the scroll bar.
            column.setContentsMargins(0, 0, theme.SMALL, 0)
        area.setFixedHeight(min(height, _MOST_HEIGHT))
        return area


class ConflictRow(Card):
    """One entry: what it is, when it is there and here, and the choice."""

    def __init__(self, conflict: Conflict, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.conflict = conflict
        title = conflict_text.title(conflict)
        self.setAccessibleName(title)
        self.there = PlainLabel(conflict_text.there(conflict), wrap=True)
        self.here = PlainLabel(conflict_text.here(conflict), wrap=True)
        self.choice = SegmentedControl(
            (
                (_LATER, self.tr("Später entscheiden")),
                (_THEIRS, self.tr("So lassen")),
                (_OURS, self.tr("Unseren Stand eintragen")),
            ),
            title,
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.LARGE)
        grid.setVerticalSpacing(theme.TINY)
        grid.setColumnStretch(1, 1)
        for place, (name, value) in enumerate(
            ((self.tr("Im Kalender"), self.there), (self.tr("Hier"), self.here))
        ):
            grid.addWidget(PlainLabel(name, muted=True), place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, place, 1)
        self.body.addWidget(PlainLabel(title, weight=QFont.Weight.DemiBold, wrap=True))
        self.body.addLayout(grid)
        self.body.addSpacing(theme.TINY)
        self.body.addWidget(self.choice)


def _count(number: int) -> str:
    return texts.counted(number, "Eintrag", "Einträge")


def _tr(text: str) -> str:
    return QCoreApplication.translate("server_conflicts", text)
