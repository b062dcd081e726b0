"""Why this client, and why that day? The answer beside the worklist, with the quoted sentence."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kkd_desktop.domain import texts
from kkd_desktop.domain.explanation import explain
from kkd_desktop.domain.outcome import Obligation
from kkd_desktop.domain.proposals import Suggestion
from kkd_desktop.domain.worklist import Entry
from kkd_desktop.gui import theme
from kkd_desktop.gui.models.worklist_rows import appointment_text
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.card import Card, Quote
from kkd_desktop.gui.widgets.chip import with_key
from kkd_desktop.gui.widgets.labels import Paragraph
from kkd_desktop.gui.widgets.together import TogetherLinks


class WhyCard(Card):
    """Explanation, reasons of the proposal, the sentence of the policy, and what to do about it.

    Signals:
        booking_wanted: the proposed talk is to be booked.
        other_day_wanted: the caseworker wants another day for it.
        move_wanted: the agreed appointment is to be moved; carries its id.
        client_opened: the file of the client is wanted; carries the id.
        steps_wanted: every step to what is due is wanted.
    """

    booking_wanted = Signal()
    other_day_wanted = Signal()
    move_wanted = Signal(int)
    client_opened = Signal(int)
    steps_wanted = Signal()

    def __init__(self, parent: QWidget | None = None, *, steps_keys: str = "W") -> None:
        """`steps_keys` show all steps where the card stands."""
        super().__init__(self.tr("Warum?"), parent=parent)
        self._entry: Entry | None = None
        assert self.heading is not None
        self.explanation = Paragraph()
        self.reasons = Paragraph()
        self.together = TogetherLinks()
        self.quote = Quote()
        self.steps = Button(self.tr("Alle Schritte …"), kind="link")
        self.steps.setProperty("flush", "true")
        self.steps.setAccessibleDescription(steps_keys)
        self.book = Button(self.tr("Termin vereinbaren"), kind="primary", keys="V")
        self.other_day = Button(self.tr("Anderer Tag"))
        self.move_button = Button(self.tr("Verlegen …"))
        self.open_client = Button(self.tr("Kundenakte"))

        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SMALL)
        for button in (self.book, self.move_button, self.other_day, self.open_client):
            buttons.addWidget(button)
        buttons.addStretch()
        self.body.addWidget(self.explanation)
        self.body.addWidget(self.reasons)
        self.body.addWidget(self.together)
        # What to do stands before the sentence that is behind it: in sight without scrolling.
        self.body.addSpacing(theme.TINY)
        self.body.addLayout(buttons)
        self.body.addSpacing(theme.TINY)
        self.body.addWidget(self.quote)
        self.body.addLayout(with_key(self.steps, steps_keys))

        self.steps.clicked.connect(self.steps_wanted)
        self.book.clicked.connect(self.booking_wanted)
        self.other_day.clicked.connect(self.other_day_wanted)
        self.move_button.clicked.connect(self._move)
        self.open_client.clicked.connect(self._open)

    def show_entry(self, entry: Entry, suggestion: Suggestion | None, today: date) -> None:
        """Say why; `suggestion` None while it is still being looked for."""
        self._entry = entry
        assert self.heading is not None
        self.heading.title.setText(self._question(entry, suggestion))
        day = self._day(entry, suggestion)
        if day:
            # Who is meant is highlighted beside it.
            self.heading.title.set_shorter(self.tr("Warum {day}?").format(day=day))
        self.explanation.setText(explain(entry.outcome, cited=False))
        self.reasons.setText(self._reasons(entry, suggestion, today))
        self.reasons.setVisible(bool(self.reasons.text()))
        self._show_quote(entry.outcome.deciding)
        best = None if suggestion is None else suggestion.best
        agreed = entry.appointment is not None
        self.together.show_offers(None if agreed else suggestion)
        self.book.setVisible(best is not None)
        self.other_day.setVisible(not agreed)
        self.move_button.setVisible(agreed)
        self.open_client.setVisible(best is None)

    def _question(self, entry: Entry, suggestion: Suggestion | None) -> str:
        name = f"{entry.client.first_name} {entry.client.last_name}".strip()
        day = self._day(entry, suggestion)
        if not day:
            return self.tr("Warum {name}?").format(name=name)
        return self.tr("Warum {day} für {name}?").format(day=day, name=name)

    def _day(self, entry: Entry, suggestion: Suggestion | None) -> str:
        best = None if suggestion is None else suggestion.best
        if entry.appointment is not None:
            return texts.short_day(entry.appointment.day)
        return "" if best is None else texts.short_day(best.day)

    def _reasons(self, entry: Entry, suggestion: Suggestion | None, today: date) -> str:
        if entry.appointment is not None:
            words = appointment_text(entry.appointment, today)
            return f"{words[:1].upper()}{words[1:]}."
        if suggestion is None:
            return ""
        if suggestion.best is None:
            return suggestion.note
        reasons = "; ".join(suggestion.best.reasons)
        return self.tr("Vorschlag {day}, {time}: {reasons}.").format(
            day=texts.short_day(suggestion.best.day),
            time=texts.clock(suggestion.best.start),
            reasons=reasons,
        )

    def _show_quote(self, found: Obligation) -> None:
        citation = None if found.rule is None else found.rule.citation
        if citation is None or not citation.quote:
            self.quote.show_quote("", "")
        else:
            self.quote.show_quote(citation.quote, f"{found.policy.short_title}, {citation.place}")

    def _move(self) -> None:
        if self._entry is not None and self._entry.appointment is not None:
            self.move_wanted.emit(self._entry.appointment.id)

    def _open(self) -> None:
        if self._entry is not None:
            self.client_opened.emit(self._entry.client.id)
