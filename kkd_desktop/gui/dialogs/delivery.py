"""How and when did these invitations reach their clients?"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from kkd_desktop.actions import appointments, letters
from kkd_desktop.actions.context import Context
from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import Delivery
from kkd_desktop.domain.delivery import deemed_on
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.letter_words import delivered_text
from kkd_desktop.gui.models.appointments import Invitation
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Banner
from kkd_desktop.gui.widgets.dayline import DayLine
from kkd_desktop.gui.widgets.field import FormField
from kkd_desktop.gui.widgets.segmented import SegmentedControl

RETURNED = "returned"
"""Of the choice of ways: the letter came back."""


def deliver(
    session: Session, chosen: Sequence[Invitation], way: Delivery, day: date | None = None
) -> bool:
    """Note for all of them how the invitation went out, in one step; today without a day.

    Those written elsewhere only keep the way. False where it was refused.
    """
    context = session.context
    when = day or context.today
    wanted = [each for each in chosen if can_deliver(each)]

    def act(context: Context) -> bool:
        written = [each.letter.id for each in wanted if each.letter and each.letter.id]
        if written:
            letters.mark_delivered(context, written, way, when)
        for each in wanted:
            if each.letter is None and each.appointment.id is not None:
                appointments.set_delivery(context, each.appointment.id, way)
        return True

    try:
        deemed = deemed_on(when, context.fictions(), way)
    except UserError as fault:
        session.failed.emit(str(fault))
        return False
    return bool(
        session.perform(act, lambda: _invitations(len(wanted)) + delivered_text(way, when, deemed))
    )


def _invitations(number: int) -> str:
    return f"{texts.counted(number, 'Einladung', 'Einladungen')}: "


def reopen(session: Session, chosen: Sequence[Invitation]) -> None:
    """These were not delivered after all; what a letter proves stays as it is."""
    wanted = [
        each.appointment.id
        for each in chosen
        if can_reopen(each) and each.appointment.id is not None
    ]

    def act(context: Context) -> None:
        for appointment_id in wanted:
            appointments.set_delivery(context, appointment_id, Delivery.NONE)

    session.perform(
        act,
        lambda: said("{count}: noch nicht zugestellt").format(
            count=texts.counted(len(wanted), "Einladung", "Einladungen")
        ),
    )


def can_deliver(invitation: Invitation) -> bool:
    """Whether something is on its way: the appointment is open, or a letter after it."""
    letter = invitation.letter
    return invitation.appointment.state.is_open or (
        letter is not None and letter.delivered_on is None
    )


def can_reopen(invitation: Invitation) -> bool:
    """A letter that went out can only come back."""
    letter = invitation.letter
    return invitation.appointment.state.is_open and (letter is None or letter.delivered_on is None)


def can_return(invitation: Invitation) -> bool:
    """Whether there is a letter that was sent and has not come back."""
    letter = invitation.letter
    return letter is not None and letter.delivered_on is not None


class DeliveryDialog(Dialog):
    """Asks for the way and the day, and says when the letters count as received."""

    def __init__(
        self, session: Session, chosen: Sequence[Invitation], parent: QWidget | None = None
    ) -> None:
        count = texts.counted(len(chosen), "Einladung", "Einladungen")
        only = chosen[0].client.name if len(chosen) == 1 else count
        super().__init__(self.tr("Zustellung"), only, parent)
        self._session = session
        self._chosen = chosen
        self.way = SegmentedControl(
            (
                (Delivery.POST, self.tr("Zur Post gegeben")),
                (Delivery.HANDED_OVER, self.tr("Ausgehändigt")),
                (Delivery.PORTAL, self.tr("Elektronisch")),
                (RETURNED, self.tr("Zurückgekommen")),
            ),
            self.tr("Weg der Zustellung"),
        )
        self.day = DayLine(session.context.today)
        self.day_field = FormField(self.tr("&Tag"), self.day)
        self.day_field.setFixedWidth(180)
        self.effect = Banner()
        self.way.button(RETURNED).setEnabled(any(can_return(each) for each in chosen))
        for way in (Delivery.POST, Delivery.HANDED_OVER, Delivery.PORTAL):
            self.way.button(way).setEnabled(any(can_deliver(each) for each in chosen))
        if not self.way.button(Delivery.POST).isEnabled():
            self.way.set_value(RETURNED)
        self.body.addWidget(self.way)
        self.body.addWidget(self.day_field)
        self.body.addWidget(self.effect)
        self.body.addStretch()
        self.add_cancel()
        self.save_button = self.set_main_action(self.tr("Festhalten"), self.submit)
        self.setMinimumSize(620, 300)

        self.way.value_changed.connect(self._explain)
        self.day.day_changed.connect(self._explain)
        self.day.returnPressed.connect(self.submit)
        self._explain()
        self.day.setFocus()
        self.day.selectAll()

    def submit(self) -> None:
        """Note it; what is not usable is said in the dialog."""
        day = self.day.day()
        if day is None:
            self.day_field.show_error(self.tr("Bitte als TT.MM.JJJJ eintragen."))
            return
        self.show_error("")
        self._session.failed.connect(self.show_error)
        try:
            stored = self._return(day) if self._is_returned() else self._deliver(day)
        finally:
            self._session.failed.disconnect(self.show_error)
        if stored:
            self.accept()

    def _is_returned(self) -> bool:
        return self.way.value() == RETURNED

    def _deliver(self, day: date) -> bool:
        return deliver(self._session, self._chosen, Delivery(self.way.value()), day)

    def _return(self, day: date) -> bool:
        back = [each.letter.id for each in self._chosen if can_return(each) and each.letter]

        def act(context: Context) -> bool:
            letters.mark_returned(context, [each for each in back if each is not None], day)
            return True

        def said() -> str:
            count = texts.counted(len(back), "Brief", "Briefe")
            return self.tr("{count} zurückgekommen am {day}").format(
                count=count, day=texts.day(day)
            )

        return bool(self._session.perform(act, said))

    def _explain(self) -> None:
        """What the law makes of this day, and whom it does not concern."""
        self.day_field.show_error("")
        day = self.day.day()
        self.save_button.setEnabled(day is not None)
        if day is None:
            self.effect.hide()
            return
        self.effect.show()
        if self._is_returned():
            left_out = sum(not can_return(each) for each in self._chosen)
            text = self.tr("Die Einladung gilt als nicht zugestellt und ist neu zu schreiben.")
            self.effect.say("", text + self._without(left_out), Tone.SOON)
            return
        way = Delivery(self.way.value())
        try:
            deemed = deemed_on(day, self._session.context.fictions(), way)
        except UserError as fault:
            self.effect.say("", str(fault), Tone.LATE)
            self.save_button.setEnabled(False)
            return
        late = sum(
            each.appointment.state.is_open and each.appointment.day < deemed
            for each in self._chosen
        )
        said = delivered_text(way, day, deemed)
        text = f"{said[:1].upper()}{said[1:]}."
        if late:
            text += self.tr(" {count} davor.").format(
                count=texts.counted(late, "Termin liegt", "Termine liegen")
            )
        text += self._without(sum(not can_deliver(each) for each in self._chosen))
        self.effect.say("", text, Tone.LATE if late else Tone.ACCENT)

    def _without(self, count: int) -> str:
        if not count:
            return ""
        return self.tr(" {count} nicht betroffen.").format(
            count=texts.counted(count, "Einladung", "Einladungen")
        )
