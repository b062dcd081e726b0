"""On which days is nobody met? A short list with a line to add one."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.hours import Leave
from kkd_desktop.domain.language import said
from kkd_desktop.domain.plain_text import line
from kkd_desktop.gui import theme
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import announce
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.dayline import DayLine
from kkd_desktop.gui.widgets.labels import ElidedLabel, PlainLabel, set_property


class LeaveList(QWidget):
    """Days from–until with a reason, each removable.

    Signals:
        changed: a day was added or removed; carries all of them in order.
    """

    changed = Signal(object)

    def __init__(self, title: str, example: str = "", parent: QWidget | None = None) -> None:
        """`example` stands in the empty field of the reason."""
        super().__init__(parent)
        self._leaves: tuple[Leave, ...] = ()
        self._today = date.min
        self._unfolded = False
        self._rows: list[QWidget] = []
        self.since, self.until = DayLine(), DayLine()
        self.since.setAccessibleName(self.tr("{title}, erster Tag").format(title=title))
        self.until.setAccessibleName(self.tr("{title}, letzter Tag").format(title=title))
        self.until.setPlaceholderText(self.tr("ein Tag"))
        for edit in (self.since, self.until):
            edit.setFixedWidth(134)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(example or self.tr("Anlass"))
        self.reason.setAccessibleName(self.tr("{title}, Anlass").format(title=title))
        self.past_button = Button("", kind="link")
        self.past_button.setProperty("flush", "true")
        self.add_button = Button(self.tr("Hinzufügen"))
        self.error = PlainLabel(size=theme.SMALL_SIZE, wrap=True)
        self.error.set_tone(Tone.LATE)
        self.error.hide()

        adding = QHBoxLayout()
        adding.setSpacing(theme.SMALL)
        adding.addWidget(self.since)
        adding.addWidget(PlainLabel(self.tr("bis"), muted=True))
        adding.addWidget(self.until)
        adding.addWidget(self.reason, 1)
        adding.addWidget(self.add_button)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.TINY)
        column.addWidget(PlainLabel(title, size=theme.SMALL_SIZE, muted=True))
        column.addWidget(self.past_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._list)
        column.addLayout(adding)
        column.addWidget(self.error)

        self.add_button.clicked.connect(self._add)
        self.past_button.clicked.connect(self._fold)
        self.reason.returnPressed.connect(self._add)
        self.since.textEdited.connect(self._forgive)
        self.until.textEdited.connect(self._forgive)
        self.reason.textEdited.connect(self._forgive)

    def show_leaves(self, leaves: Sequence[Leave], today: date) -> None:
        """Show them in order; what is over by today is folded away."""
        if (tuple(leaves), today) == (self._leaves, self._today):
            return
        self._leaves, self._today = tuple(leaves), today
        self.since.start_from(today)
        self.until.start_from(today)
        self._show_rows()

    def _show_rows(self) -> None:
        past = sum(leave.until < self._today for leave in self._leaves)
        words = self.tr("{number} ausblenden") if self._unfolded else self.tr("{number} anzeigen")
        self.past_button.setText(
            words.format(number=texts.counted(past, "vergangenen Zeitraum", "vergangene Zeiträume"))
        )
        self.past_button.setVisible(past > 0)
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [
            self._row(leave)
            for leave in self._leaves
            if self._unfolded or leave.until >= self._today
        ]
        before: QWidget = self.past_button
        for row in self._rows:
            self._list.addWidget(row)
            # Made after the fields below, it would come after them by Tab too.
            button = row.findChild(Button)
            assert button is not None
            QWidget.setTabOrder(before, button)
            before = button

    def _fold(self) -> None:
        self._unfolded = not self._unfolded
        self._show_rows()

    def _row(self, leave: Leave) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL)
        text = ElidedLabel(_text(leave))
        if leave.until < self._today:
            text.set_tone(Tone.NEUTRAL)
        remove = Button(self.tr("Entfernen"), kind="quiet")
        remove.setAccessibleName(self.tr("{leave} entfernen").format(leave=_text(leave)))
        remove.clicked.connect(lambda: self._tell([x for x in self._leaves if x != leave]))
        layout.addWidget(text, 1)
        layout.addWidget(remove)
        return row

    def _add(self) -> None:
        since = self.since.day()
        until = self.until.day() or since
        if since is None or until is None:
            self._refuse(self.tr("Bitte den ersten Tag angeben, wie 24.12.2026."), self.since)
            return
        if not self.until.is_readable():
            self._refuse(self.tr("Bitte den letzten Tag angeben, wie 31.12.2026."), self.until)
            return
        if until < since:
            self._refuse(self.tr("Der letzte Tag liegt vor dem ersten."), self.until)
            return
        try:
            leave = Leave(since, until, line(self.reason.text(), self.tr("Anlass")))
        except UserError as fault:
            self._refuse(str(fault), self.reason)
            return
        self._tell([*self._leaves, leave])
        for edit in (self.since, self.until, self.reason):
            edit.clear()
        self.since.setFocus()

    def _tell(self, leaves: Sequence[Leave]) -> None:
        self._forgive()
        self.changed.emit(tuple(sorted(set(leaves))))

    def _refuse(self, text: str, place: QLineEdit) -> None:
        self._forgive()
        self.error.setText(text)
        self.error.show()
        set_property(place, "invalid", "true")
        place.setFocus()
        announce(place, text)

    def _forgive(self) -> None:
        self.error.hide()
        for edit in (self.since, self.until, self.reason):
            set_property(edit, "invalid", "false")


def _text(leave: Leave) -> str:
    """`Do 24.12.2026 bis Do 31.12.2026 · Betriebsruhe`."""
    days = texts.weekday_day(leave.since)
    if leave.until != leave.since:
        days += said(" bis {day}").format(day=texts.weekday_day(leave.until))
    return f"{days} · {leave.reason}" if leave.reason else days
