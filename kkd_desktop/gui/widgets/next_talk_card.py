"""When does this client come next, and which sentence of the policy says so?"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from kkd_desktop.actions.casework import ClientFile
from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import (
    DELIVERY_TEXTS,
    STATE_TEXTS,
    Appointment,
    AppointmentState,
    Delivery,
)
from kkd_desktop.domain.explanation import explain_obligation
from kkd_desktop.domain.outcome import Obligation
from kkd_desktop.domain.proposals import Proposal, Suggestion
from kkd_desktop.gui import theme, wording
from kkd_desktop.gui.models.worklist_rows import state_text, state_tone
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.card import Card, Line, Quote
from kkd_desktop.gui.widgets.chip import with_key
from kkd_desktop.gui.widgets.labels import Paragraph, PlainLabel, plain_tooltip
from kkd_desktop.gui.widgets.together import TogetherLinks


class NextTalkCard(Card):
    """The booked appointment, or the proposal; what is due, why, and what can be done.

    Signals:
        booking_wanted: this `Proposal` shall be booked.
        other_day_wanted: the caseworker wants to choose the day.
        move_wanted: the booked appointment shall get another time; carries its id.
        outcome_wanted: carries the id of the booked appointment and the `AppointmentState`.
        steps_wanted: every step to what is due is wanted.
        booked_steps_wanted: carries the booked appointment: why was it put on its day?
    """

    booking_wanted = Signal(object)
    other_day_wanted = Signal()
    move_wanted = Signal(int)
    outcome_wanted = Signal(int, str)
    steps_wanted = Signal()
    booked_steps_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(self.tr("Nächster Termin"))
        self._talk: Proposal | Appointment | None = None
        self.caption = PlainLabel(self.tr("Nächster Termin"), muted=True)
        self.moment = PlainLabel(size=theme.TITLE_SIZE, weight=QFont.Weight.DemiBold, wrap=True)
        self.booked = PlainLabel(wrap=True)
        self.state = PlainLabel(wrap=True, weight=QFont.Weight.Medium)
        self.reason = Paragraph()
        self.choice = Paragraph(muted=True)
        self.together = TogetherLinks()
        self.quote = Quote()
        self.others = QVBoxLayout()
        self.others.setSpacing(theme.TINY)
        self.steps = Button(self.tr("Warum? Alle Schritte …"), kind="link")
        self.steps.setProperty("flush", "true")
        self.steps.setAccessibleDescription("W")
        self.main = Button(self.tr("Vereinbaren"), kind="primary")
        self.second = Button(self.tr("Anderer Tag"))
        self.more = Button("…")
        self.more.setAccessibleName(self.tr("Weitere Möglichkeiten"))
        self.more.setFixedWidth(38)
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)

        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SMALL)
        for button in (self.main, self.second, self.more):
            buttons.addWidget(button)
        buttons.addStretch()
        self.body.setSpacing(theme.SMALL)
        for widget in (self.caption, self.moment, self.booked, self.state, self.reason):
            self.body.addWidget(widget)
        self.body.addWidget(self.quote)
        self.body.addLayout(with_key(self.steps, "W"))
        self.body.addWidget(self.choice)
        self.body.addWidget(self.together)
        self.body.addLayout(self.others)
        self.body.addSpacing(theme.TINY)
        self.body.addLayout(buttons)

        self.main.clicked.connect(self._act)
        self.second.clicked.connect(self._choose_day)
        self.more.clicked.connect(self._show_menu)
        self.steps.clicked.connect(self.steps_wanted)
        self.together.chosen.connect(self.booking_wanted)

    def show_file(
        self, found: ClientFile, suggestion: Suggestion, company: Sequence[str] = ()
    ) -> None:
        """Show what is due, and the booked appointment or else the proposal; `company` names who
        else comes to that appointment.
        """
        outcome, entry = found.outcome, found.entry
        duty = outcome.deciding
        self.state.setText(wording.due_in_line(duty, outcome.today))
        self.state.set_tone(state_tone(duty, outcome.today))
        self.reason.setText(explain_obligation(duty, outcome.today, cited=False))
        self._talk = entry.appointment or suggestion.best
        if entry.appointment is not None:
            self._show_appointment(entry.appointment, duty, company)
        else:
            self._show_suggestion(suggestion)
        citation = None if duty.rule is None else duty.rule.citation
        self.quote.show_quote(
            "" if citation is None else citation.quote,
            "" if citation is None else f"{duty.policy.document}, {citation.place}",
        )
        self.together.show_offers(None if entry.appointment is not None else suggestion)
        self._show_others([o for o in outcome.obligations if o is not duty], found)
        self._fill_menu(entry.appointment, suggestion)

    def _show_appointment(
        self, appointment: Appointment, duty: Obligation, company: Sequence[str]
    ) -> None:
        self.moment.setText(texts.moment(appointment.start))
        words = self.tr("{state} · {length} · {form} · Einladung {delivery}").format(
            state=STATE_TEXTS[appointment.state],
            length=appointment.length.german(),
            form=texts.FORMS[appointment.form],
            delivery=DELIVERY_TEXTS[appointment.delivery],
        )
        if duty.latest is not None and appointment.day > duty.latest:
            words += self.tr(" · nach der Frist")
        if company:
            words += self.tr(" · gemeinsam mit {names}").format(names=texts.listed(company))
        self.booked.setText(words)
        self.booked.show()
        self.choice.hide()
        self.main.setText(self.tr("Verlegen …"))
        self.second.setText(self.tr("Absagen …"))
        self.main.show()

    def _show_suggestion(self, suggestion: Suggestion) -> None:
        best = suggestion.best
        self.booked.setText("" if best is None else self._length(best))
        self.booked.setVisible(best is not None)
        self.moment.setText(self.tr("Kein Vorschlag") if best is None else texts.moment(best.start))
        self.main.setText(self.tr("Vereinbaren"))
        self.main.setVisible(best is not None)
        self.second.setText(self.tr("Anderer Tag"))
        if best is None:
            why = suggestion.note
        else:
            why = self.tr("Vorschlag: {reasons}.").format(reasons="; ".join(best.reasons))
        self.choice.setText(why)
        self.choice.show()

    def _length(self, best: Proposal) -> str:
        return self.tr("Vorschlag · {length} · {label}").format(
            length=best.length.german(), label=best.label
        )

    def _show_others(self, others: list[Obligation], found: ClientFile) -> None:
        while (item := self.others.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        today = found.outcome.today
        if others:
            self.others.addWidget(Line())
        for duty in others:
            name = duty.title or duty.policy.short_title
            line = PlainLabel(f"{name}: {state_text(duty, today)}", wrap=True)
            line.set_tone(state_tone(duty, today))
            line.setToolTip(plain_tooltip(explain_obligation(duty, today)))
            line.setAccessibleDescription(explain_obligation(duty, today))
            self.others.addWidget(line)

    def _fill_menu(self, appointment: Appointment | None, suggestion: Suggestion) -> None:
        self.menu.clear()
        if appointment is not None:
            for state, text in (
                (AppointmentState.ATTENDED, self.tr("Erschienen …")),
                (AppointmentState.MISSED, self.tr("Nicht erschienen …")),
                (AppointmentState.ILL, self.tr("Krank gemeldet …")),
            ):
                self._add(text, partial(self._finish, state.value))
            self.menu.addSeparator()
            self._add(self.tr("Weiteren Termin vereinbaren …"), self.other_day_wanted.emit)
            why = partial(self.booked_steps_wanted.emit, appointment)
            self._add(self.tr("Warum dieser Tag?"), why)
        for other in () if appointment is not None else suggestion.others:
            text = self.tr("{moment} · {label} – {drawback}").format(
                moment=texts.moment(other.start), label=other.label, drawback=other.drawback
            )
            action = self._add(text, partial(self.booking_wanted.emit, other))
            action.setToolTip(plain_tooltip(f"{'; '.join(other.reasons)}."))
        self.more.setVisible(not self.menu.isEmpty())

    def _add(self, text: str, act: Callable[[], object]) -> QAction:
        action = QAction(text, self.menu)
        action.triggered.connect(lambda: act())
        self.menu.addAction(action)
        return action

    def _act(self) -> None:
        if isinstance(self._talk, Appointment):
            self.move_wanted.emit(self._talk.id)
        elif self._talk is not None:
            self.booking_wanted.emit(self._talk)

    def _choose_day(self) -> None:
        if isinstance(self._talk, Appointment):
            self._finish(AppointmentState.CANCELLED.value)
        else:
            self.other_day_wanted.emit()

    def _finish(self, state: str) -> None:
        if isinstance(self._talk, Appointment):
            self.outcome_wanted.emit(self._talk.id, state)

    def _show_menu(self) -> None:
        self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))


def delivery_of(proposal: Proposal) -> Delivery:
    """How the invitation to this proposal can reach the client at all."""
    return Delivery.HANDED_OVER if proposal.handed_over_only else Delivery.NONE
