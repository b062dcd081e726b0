"""Which appointment was agreed, and what became of it?"""

from datetime import date, datetime, timedelta
from enum import StrEnum

from kkd_desktop.domain.contact import ContactForm
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import Sayings, said
from kkd_desktop.domain.lengths import Length
from kkd_desktop.domain.values import Value, replace


class AppointmentState(StrEnum):
    BOOKED = "booked"
    INVITED = "invited"
    ATTENDED = "attended"
    MISSED = "missed"
    CANCELLED = "cancelled"
    ILL = "ill"

    @property
    def is_open(self) -> bool:
        return self in (AppointmentState.BOOKED, AppointmentState.INVITED)

    @property
    def is_standing(self) -> bool:
        """Whether a calendar should show it: agreed and not called off, or attended.

        A missed appointment is neither standing nor withdrawn: what a calendar shows of it was
        true.
        """
        return self.is_open or self is AppointmentState.ATTENDED

    @property
    def is_withdrawn(self) -> bool:
        """Whether the hour is free again."""
        return self in (AppointmentState.CANCELLED, AppointmentState.ILL)


STATE_TEXTS = Sayings(
    {
        AppointmentState.BOOKED: "vereinbart",
        AppointmentState.INVITED: "eingeladen",
        AppointmentState.ATTENDED: "erschienen",
        AppointmentState.MISSED: "nicht erschienen",
        AppointmentState.CANCELLED: "abgesagt",
        AppointmentState.ILL: "krank gemeldet",
    }
)


class Delivery(StrEnum):
    """How the invitation reaches the client."""

    NONE = "none"
    HANDED_OVER = "handed_over"
    POST = "post"
    PORTAL = "portal"


DELIVERY_TEXTS = Sayings(
    {
        Delivery.NONE: "noch offen",
        Delivery.HANDED_OVER: "ausgehändigt",
        Delivery.POST: "per Post",
        Delivery.PORTAL: "elektronisch",
    }
)


class Appointment(Value, frozen=True):
    """An appointment in civil time Europe/Berlin (reading R35): `start` is naive local time.

    The last `preparation` of its minutes are the caseworker's own, for preparing and following up;
    appointments with the same mark `joint` are one talk with several of a Bedarfsgemeinschaft.
    `uid` is random and fixed for life; `sequence` grows by one at every move or cancellation and
    `changed_at` (UTC, naive) is the last change: what RFC 5545 asks of UID, SEQUENCE and DTSTAMP.
    """

    client_id: int
    start: datetime
    minutes: int
    uid: str
    changed_at: datetime
    form: ContactForm = ContactForm.PERSOENLICH
    purpose: str = ""
    room: str = ""
    state: AppointmentState = AppointmentState.BOOKED
    delivery: Delivery = Delivery.NONE
    sequence: int = 0
    reason: str = ""
    preparation: int = 0
    joint: str = ""
    id: int | None = None

    @property
    def end(self) -> datetime:
        return self.start + timedelta(minutes=self.minutes)

    @property
    def day(self) -> date:
        return self.start.date()

    @property
    def length(self) -> Length:
        return Length.of_minutes(self.minutes, self.preparation)

    def moved(
        self,
        start: datetime,
        now: datetime,
        minutes: int | None = None,
        room: str | None = None,
    ) -> "Appointment":
        """The appointment at another time or place; the invitation has to be delivered anew.

        With other minutes the preparation stays as long as the shortest talk has room beside it.
        """
        self._require_open()
        length = Length.of_minutes(minutes or self.minutes, self.preparation)
        return replace(
            self,
            start=start,
            minutes=self.minutes if minutes is None else minutes,
            preparation=length.preparation,
            room=self.room if room is None else room,
            state=AppointmentState.BOOKED,
            delivery=Delivery.NONE,
            sequence=self.sequence + 1,
            changed_at=now,
        )

    def with_outcome(self, state: AppointmentState, now: datetime) -> "Appointment":
        """The appointment with what became of it.

        Where the hour is free again, that is news for calendars, so SEQUENCE counts up.
        """
        self._require_open()
        if state.is_open:
            raise ValueError(f"not an outcome: {state}")
        return replace(
            self, state=state, sequence=self.sequence + int(state.is_withdrawn), changed_at=now
        )

    def _require_open(self) -> None:
        if not self.state.is_open:
            raise UserError(
                said(
                    "Der Termin ist schon abgeschlossen ({state_texts}) und kann nicht "
                    "mehr geändert werden."
                ).format(state_texts=STATE_TEXTS[self.state])
            )
