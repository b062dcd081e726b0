"""Which letter went out, with which words, and how did it reach the client?"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from kkd_desktop.domain import language, texts
from kkd_desktop.domain.appointment import (
    DELIVERY_TEXTS,
    STATE_TEXTS,
    Appointment,
    AppointmentState,
    Delivery,
)
from kkd_desktop.domain.letter_kinds import KIND_TEXTS, LetterKind, Purpose
from kkd_desktop.domain.text_blocks import BLOCK_STANDING_TEXTS, BlockStanding
from kkd_desktop.domain.values import Value


class TextVersion(Value, frozen=True):
    """Which wording stood in a letter, and how it stood on that day."""

    id: str
    version: str
    digest: str
    standing: BlockStanding

    @property
    def german(self) -> str:
        return language.said("{id}, Fassung {version} ({block_standing_texts})").format(
            id=self.id,
            version=self.version,
            block_standing_texts=BLOCK_STANDING_TEXTS[self.standing],
        )


class LetterRecord(Value, frozen=True):
    """A printed letter as evidence.

    `sequence` and `start` are those of the appointment when the letter was written: it may have
    been moved since. `pdf_digest` is the SHA-256 of the letter alone, as it can be set again.
    `deemed_on` is the day of Bekanntgabe by the law of the day it was sent.
    """

    appointment_id: int
    kind: LetterKind
    sequence: int
    start: datetime
    purposes: tuple[Purpose, ...]
    purpose_text: str
    written_on: date
    template: str
    template_digest: str
    texts: tuple[TextVersion, ...]
    pdf_digest: str
    created_at: datetime
    printed_at: datetime
    way: Delivery = Delivery.NONE
    delivered_on: date | None = None
    deemed_on: date | None = None
    returned_on: date | None = None
    keeps_pdf: bool = False
    id: int | None = None

    @property
    def stands(self) -> bool:
        """Whether it has not come back."""
        return self.returned_on is None

    def is_for(self, appointment: Appointment) -> bool:
        """Whether it tells the appointment as it is now agreed."""
        return self.appointment_id == appointment.id and self.sequence == appointment.sequence

    def serves(self, purposes: Iterable[Purpose], purpose_text: str) -> bool:
        """Whether it was written for the same purpose: that of the law, else that in own words."""
        wanted = frozenset(purposes)
        if wanted or self.purposes:
            return wanted == frozenset(self.purposes)
        return self.purpose_text.casefold() == purpose_text.casefold()

    @property
    def delivery_text(self) -> str:
        """`per Post am 20.11.2026, gilt als bekannt gegeben am 24.11.2026`."""
        if self.delivered_on is None:
            return language.said("noch nicht zugestellt")
        parts = [
            language.said("{way} am {day}").format(
                way=DELIVERY_TEXTS[self.way], day=texts.day(self.delivered_on)
            )
        ]
        if self.way is not Delivery.HANDED_OVER and self.deemed_on is not None:
            parts.append(
                language.said("gilt als bekannt gegeben am {day}").format(
                    day=texts.day(self.deemed_on)
                )
            )
        if self.returned_on is not None:
            parts.append(
                language.said("zurückgekommen am {day}").format(day=texts.day(self.returned_on))
            )
        return ", ".join(parts)


def current_letter(
    appointment: Appointment, letters: Sequence[LetterRecord]
) -> LetterRecord | None:
    """The latest letter on the appointment as it is agreed now; after it, a hearing too."""
    over = not appointment.state.is_open
    found = [
        each
        for each in letters
        if each.stands and each.is_for(appointment) and (each.kind.invites or over)
    ]
    return found[-1] if found else None


class Link(Value, frozen=True):
    """An appointment in the chain of a client: the letters on it, and what became of it."""

    appointment: Appointment
    letters: tuple[LetterRecord, ...]
    follows: int | None = None
    """Id of the missed appointment that this one takes up again."""

    @property
    def steps(self) -> tuple[str, ...]:
        """Invitation, delivery and outcome, a line each."""
        said = []
        for letter in self.letters:
            said.append(
                language.said("{kind_texts} vom {day}").format(
                    kind_texts=KIND_TEXTS[letter.kind], day=texts.day(letter.written_on)
                )
            )
            said.append(letter.delivery_text)
        when = texts.moment(self.appointment.start)
        return (
            *said,
            language.said("Termin {when}: {state_texts}").format(
                when=when, state_texts=STATE_TEXTS[self.appointment.state]
            ),
        )


def chain(appointments: Sequence[Appointment], letters: Sequence[LetterRecord]) -> tuple[Link, ...]:
    """Everything about the invitations of one client, oldest appointment first."""
    links = []
    missed: int | None = None
    for appointment in sorted(appointments, key=lambda each: (each.start, each.id or 0)):
        own = [letter for letter in letters if letter.appointment_id == appointment.id]
        own.sort(key=lambda letter: (letter.printed_at, letter.id or 0))
        links.append(Link(appointment, tuple(own), missed))
        if appointment.state is AppointmentState.MISSED:
            missed = appointment.id
        elif appointment.state is AppointmentState.ATTENDED:
            missed = None
    return tuple(links)


def unanswered(
    links: Sequence[Link], before: datetime, purposes: Iterable[Purpose], purpose_text: str
) -> int:
    """How many invitations for the same purpose in a row were not answered before this moment."""
    number = 0
    wanted = tuple(purposes)
    for link in reversed(links):
        if link.appointment.start >= before:
            continue
        if link.appointment.state is AppointmentState.ATTENDED:
            break
        number += link.appointment.state is AppointmentState.MISSED and any(
            letter.kind.invites and letter.serves(wanted, purpose_text) for letter in link.letters
        )
    return number
