"""When can the client come? Weekdays, half of the day and hours, chosen rather than typed."""

from datetime import date

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said
from kkd_desktop.domain.slots import HALF_TEXTS
from kkd_desktop.domain.wishes import FIELD, Wish, read_wish, wish_in_words, wish_written
from kkd_desktop.gui import theme
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.dayline import DayLine
from kkd_desktop.gui.widgets.field import FormField, side_by_side
from kkd_desktop.gui.widgets.labels import PlainLabel
from kkd_desktop.gui.widgets.segmented import SegmentedControl

_ANY = ""


class WishDialog(Dialog):
    """The parts of a wish. The answer is in `text`, empty where nothing is wished.

    `until` None asks for no last day: then the wish belongs to an entry that has one of its own.
    """

    def __init__(
        self,
        wish: Wish,
        until: date | None,
        *,
        ends: bool,
        today: date | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.tr("Terminwünsche"), parent=parent)
        self.text = ""
        self.weekdays = [_weekday(number) for number in range(5)]
        halves = [
            (_ANY, self.tr("egal")),
            *((half.value, text) for half, text in HALF_TEXTS.items()),
        ]
        self.half = SegmentedControl(halves, self.tr("Tageszeit"))
        self.not_before = _hour()
        self.not_after = _hour()
        self.until = DayLine()
        self.until.setPlaceholderText(self.tr("offen"))
        if today is not None:
            self.until.start_from(today)
        self.sentence = PlainLabel(weight=QFont.Weight.Medium, wrap=True)
        self._lay_out(ends)
        self._show_wish(wish, until)

        for button in self.weekdays:
            button.toggled.connect(self._renew)
        self.half.value_changed.connect(self._renew)
        for line in (self.not_before, self.not_after, self.until):
            line.textChanged.connect(self._renew)
        self._renew()
        self.weekdays[0].setFocus()

    def submit(self) -> None:
        """Take it over; what cannot be meant is said."""
        self.show_error("")
        typed = self._typed()
        try:
            if typed:
                wish, until = read_wish(typed)
                typed = wish_written(wish.written(), until)
            elif self.until.text().strip():
                raise UserError(
                    said("{field}: bitte auch sagen, was bis dahin gewünscht ist.").format(
                        field=said(FIELD)
                    )
                )
        except UserError as fault:
            self.show_error(str(fault))
            return
        self.text = typed
        self.accept()

    def _lay_out(self, ends: bool) -> None:
        days = QHBoxLayout()
        days.setSpacing(theme.SMALL)
        for button in self.weekdays:
            days.addWidget(button)
        days.addStretch()
        label = self.tr("Wochentage (keiner gewählt: jeder)")
        weekdays = QVBoxLayout()
        weekdays.setSpacing(theme.TINY)
        weekdays.addWidget(PlainLabel(label, size=theme.SMALL_SIZE, muted=True))
        weekdays.addLayout(days)
        until = FormField(self.tr("&Gilt bis"), self.until)
        until.setVisible(ends)
        self.body.addLayout(weekdays)
        self.body.addWidget(FormField(self.tr("&Tageszeit"), self.half))
        self.body.addLayout(
            side_by_side(
                (FormField(self.tr("Nicht &vor"), self.not_before, self.tr("Beginn")), 1),
                (FormField(self.tr("Nicht &nach"), self.not_after, self.tr("Ende")), 1),
                (until, 1),
            )
        )
        self.body.addWidget(self.sentence)
        self.body.addStretch()
        self.add_cancel()
        self.set_main_action(self.tr("Übernehmen"), self.submit)
        self.setMinimumWidth(480)

    def _show_wish(self, wish: Wish, until: date | None) -> None:
        for number, button in enumerate(self.weekdays):
            button.setChecked(number in wish.weekdays)
        self.half.set_value(wish.half or _ANY)
        for line, moment in ((self.not_before, wish.not_before), (self.not_after, wish.not_after)):
            line.setText("" if moment is None else texts.clock(moment))
        self.until.set_day(until)

    def _typed(self) -> str:
        """The wish as one would type it; empty where nothing is wished."""
        chosen = [n for n, button in enumerate(self.weekdays) if button.isChecked()]
        days = (
            ""
            if len(chosen) == len(self.weekdays)
            else ", ".join(texts.WEEKDAYS[number] for number in chosen)
        )
        before, after = self.not_before.text().strip(), self.not_after.text().strip()
        parts = (
            days,
            self.half.value(),
            before and f"nicht vor {before}",
            after and f"nicht nach {after}",
        )
        wished = ", ".join(part for part in parts if part)
        until = self.until.text().strip()
        return f"{wished}, bis {until}" if wished and until else wished

    def _renew(self) -> None:
        """The wish in words while it is being chosen."""
        self.show_error("")
        typed = self._typed()
        try:
            wished = wish_in_words(read_wish(typed)[0], self.until.day()) if typed else ""
        except UserError:
            wished = "…"
        self.sentence.setText(
            self.tr("Wunsch: {wish}").format(wish=wished) if wished else self.tr("Kein Wunsch.")
        )


def _weekday(number: int) -> Button:
    button = Button(texts.weekday(number))
    button.setAccessibleName(texts.long_weekday(number))
    button.setCheckable(True)
    button.setFixedWidth(56)
    return button


def _hour() -> QLineEdit:
    line = QLineEdit()
    line.setMaxLength(len("10:00 Uhr"))
    line.setPlaceholderText("HH:MM")
    return line
