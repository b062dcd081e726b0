"""What does a letter say, and is it complete enough to go out?"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from kkd_desktop.domain import language, texts
from kkd_desktop.domain.appointment import STATE_TEXTS, Appointment, AppointmentState, Delivery
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.contact import ContactForm
from kkd_desktop.domain.delivery import PostTime
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.letter_kinds import KIND_TEXTS, PURPOSE_TEXTS, LetterKind, Purpose
from kkd_desktop.domain.letter_record import LetterRecord
from kkd_desktop.domain.text_blocks import BLOCK_KIND_TEXTS, BlockKind, Passage
from kkd_desktop.domain.values import Value

MOST_ADDRESS_LINES = 6
"""What the window of an envelope shows (DIN 5008 form B)."""

ADDRESS_WIDTH = 80.0
"""Millimetres of the 85 mm field that text may use: it begins 5 mm inside."""

_BLANK = re.compile(r"\{([a-z_]+)\}")

_SUMMONS_TEXTS = (
    BlockKind.EROEFFNUNG,
    BlockKind.RECHTSGRUNDLAGE,
    BlockKind.SELBER_TAG,
    BlockKind.KRANKHEIT,
    BlockKind.REISEKOSTEN,
    BlockKind.RECHTSFOLGEN,
    BlockKind.RECHTSBEHELF,
)
REQUIRED_TEXTS = {
    LetterKind.EINLADUNG: (BlockKind.EROEFFNUNG,),
    LetterKind.MELDEAUFFORDERUNG: _SUMMONS_TEXTS,
    LetterKind.FOLGE_2: _SUMMONS_TEXTS,
    LetterKind.FOLGE_3: _SUMMONS_TEXTS,
    LetterKind.ANHOERUNG: (BlockKind.EROEFFNUNG, BlockKind.ANHOERUNG),
}
"""Without which texts a letter would be half a letter. What they say is data."""


class BrokenTemplate(UserError):
    """The office's own template cannot be set; the shipped one can."""


class LettersCancelled(UserError):
    """Somebody stopped a batch; nothing of it came out."""


class Sender(Value, frozen=True):
    """The office and its caseworker as the letter names them; `reference` is the Zeichen."""

    office: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    caseworker: str = ""
    phone: str = ""
    mailbox: str = ""
    reference: str = ""

    @property
    def place(self) -> str:
        return " ".join(part for part in (self.postcode, self.city) if part)

    @property
    def return_line(self) -> str:
        """`Jobcenter Musterstadt · Amtsweg 1 · 12345 Musterstadt`."""
        return " · ".join(part for part in (self.office, self.street, self.place) if part)


class Letter(Value, frozen=True):
    """Everything one letter says. `previous` is the missed talk that a follow-up takes up."""

    kind: LetterKind
    appointment: Appointment
    client: Client
    sender: Sender
    written_on: date
    delivery: Delivery = Delivery.NONE
    purposes: tuple[Purpose, ...] = ()
    purpose_text: str = ""
    bring: str = ""
    passages: tuple[Passage, ...] = ()
    previous: Appointment | None = None
    recipient: tuple[str, ...] = ()
    """The lines of the address field."""

    @property
    def purpose_lines(self) -> tuple[str, ...]:
        listed = [PURPOSE_TEXTS[each] for each in Purpose if each in self.purposes]
        return (*listed, *([self.purpose_text] if self.purpose_text else []))

    @property
    def notices(self) -> tuple[str, ...]:
        """What the letter has to say about its own texts: unreviewed, or run out."""
        return tuple(each.notice for each in self.passages if each.notice)

    def passage(self, kind: BlockKind) -> Passage | None:
        return next((each for each in self.passages if each.block.kind is kind), None)

    def blanks(self, passage: Passage) -> Mapping[str, str]:
        """What a text may leave open; empty where this letter has nothing to put in."""
        number, previous = passage.block.number, self.previous
        until = None if number is None else self.written_on + timedelta(days=number)
        return {
            "termin": texts.long_moment(self.appointment.start),
            "voriger_termin": texts.long_moment(previous.start) if previous else "",
            "frist": texts.long_day(until) if until else "",
            "ansprechperson": self.sender.caseworker,
            "telefon": self.sender.phone,
            "dienststelle": self.sender.office,
        }

    def text_of(self, passage: Passage) -> str:
        """The text with its blanks filled in."""
        known = self.blanks(passage)
        return _BLANK.sub(lambda blank: known.get(blank[1], blank[0]), passage.block.text)

    def open_blanks(self, passage: Passage) -> tuple[str, ...]:
        """Blanks that stay empty: half a sentence must not go out."""
        known = self.blanks(passage)
        return tuple(name for name in _BLANK.findall(passage.block.text) if not known.get(name))


class Face(Protocol):
    """What the font of the letters can do."""

    def width(self, text: str) -> float:
        """Millimetres that a line of the address takes."""
        ...

    def lacking(self, text: str) -> str:
        """The letters that it cannot print."""
        ...


class GapCode(StrEnum):
    PURPOSE = "purpose"
    PLACE = "place"
    TIME = "time"
    STATE = "state"
    SENDER = "sender"
    TEXT = "text"
    DELIVERY = "delivery"
    POST = "post"
    ADDRESS = "address"
    LETTERS = "letters"
    FORM = "form"
    PREVIOUS = "previous"
    REPEATED = "repeated"
    UNANSWERED = "unanswered"
    REVIEW = "review"


class Gap(Value, frozen=True):
    """Something that a letter lacks, in words. `stops` it, or is only a warning."""

    code: GapCode
    sentence: str
    stops: bool = True


def recipient_lines(client: Client, fits: Callable[[str], bool]) -> tuple[str, ...]:
    """Name, additions, street and place.

    A name too long for one line is set in two, if that helps.
    """
    whole = " ".join(part for part in (client.first_name, client.last_name) if part)
    halves = [part for part in (client.first_name, client.last_name) if part]
    name = [whole] if fits(whole) or not all(fits(part) for part in halves) else halves
    return tuple(part for part in (*name, *client.address.lines) if part)


def address_gaps(lines: Sequence[str], face: Face, room: float = ADDRESS_WIDTH) -> Iterator[Gap]:
    """Why the address would not stand in the window of the envelope, or in another room so wide."""
    if len(lines) > MOST_ADDRESS_LINES:
        yield Gap(
            GapCode.ADDRESS,
            language.said(
                "Anschrift: {lines} Zeilen, Platz ist für {most_address_lines}. "
                "Überzählig: „{lines2}“."
            ).format(
                lines=len(lines),
                most_address_lines=MOST_ADDRESS_LINES,
                lines2=lines[MOST_ADDRESS_LINES],
            ),
        )
    for number, line in enumerate(lines, start=1):
        width = face.width(line)
        if width > room:
            yield Gap(
                GapCode.ADDRESS,
                language.said(
                    "Anschrift: Zeile {number} ist {number2} mm lang, Platz sind "
                    "{number3} mm: „{shortened}“."
                ).format(
                    number=number,
                    number2=texts.decimal(width),
                    number3=texts.decimal(room),
                    shortened=_shortened(line),
                ),
            )


def completeness(
    letter: Letter,
    face: Face,
    *,
    post: PostTime | None = None,
    known: Sequence[LetterRecord] = (),
    unanswered: int = 0,
    repetition: Passage | None = None,
) -> tuple[Gap, ...]:
    """What the letter lacks; empty where it can go out.

    `known` are the letters on the same appointment, `unanswered` the invitations in a row for the
    same purpose that brought nobody, `repetition` the text that says when this becomes too many.
    """
    return (
        *_appointment_gaps(letter),
        *_purpose_gaps(letter),
        *_place_gaps(letter),
        *_sender_gaps(letter),
        *_text_gaps(letter),
        *_delivery_gaps(letter, post),
        *address_gaps(letter.recipient, face),
        *_glyph_gaps(letter, face),
        *_repeated_gaps(letter, known),
        *_unanswered_gaps(letter, unanswered, repetition),
    )


def _appointment_gaps(letter: Letter) -> Iterator[Gap]:
    appointment, kind = letter.appointment, letter.kind
    state = STATE_TEXTS[appointment.state]
    if not kind.invites:
        if appointment.state is not AppointmentState.MISSED:
            yield Gap(
                GapCode.STATE,
                language.said(
                    "Stand: Eine Anhörung setzt einen nicht wahrgenommenen Termin voraus ({state})."
                ).format(state=state),
            )
        return
    if not appointment.state.is_open:
        yield Gap(
            GapCode.STATE,
            language.said("Stand: Der Termin ist schon abgeschlossen ({state}).").format(
                state=state
            ),
        )
    if appointment.day < letter.written_on:
        yield Gap(
            GapCode.TIME,
            language.said("Zeit: Der {day} liegt zurück.").format(
                day=texts.weekday_day(appointment.day)
            ),
        )
    if kind.is_summons and appointment.form is not ContactForm.PERSOENLICH:
        yield Gap(
            GapCode.FORM,
            language.said(
                "Art: Zu einem Termin „{forms}“ kann niemand persönlich "
                "aufgefordert werden; möglich ist die Einladung."
            ).format(forms=texts.FORMS[appointment.form]),
        )
    if kind.is_follow_up and letter.previous is None:
        yield Gap(
            GapCode.PREVIOUS,
            language.said(
                "Vorgeschichte: Für „{kind_texts}“ fehlt ein nicht wahrgenommener Termin davor."
            ).format(kind_texts=KIND_TEXTS[kind]),
        )


def _purpose_gaps(letter: Letter) -> Iterator[Gap]:
    if not letter.kind.invites:
        return
    if letter.kind.is_summons and not letter.purposes:
        yield Gap(
            GapCode.PURPOSE, language.said("Meldezweck: keiner aus § 309 Abs. 2 SGB III gewählt.")
        )
    elif not letter.purpose_lines:
        yield Gap(GapCode.PURPOSE, language.said("Anlass: nicht angegeben."))


def _place_gaps(letter: Letter) -> Iterator[Gap]:
    if not letter.kind.invites or letter.appointment.form is not ContactForm.PERSOENLICH:
        return
    if not (letter.sender.street and letter.sender.city):
        yield Gap(
            GapCode.PLACE,
            language.said("Ort: Die Anschrift der Dienststelle fehlt in den Einstellungen."),
        )
    if not letter.appointment.room:
        yield Gap(GapCode.PLACE, language.said("Ort: Der Raum fehlt."), stops=False)


def _sender_gaps(letter: Letter) -> Iterator[Gap]:
    sender = letter.sender
    for value, name in (
        (sender.office, language.said("der Dienststelle")),
        (sender.caseworker, language.said("der Fachkraft")),
    ):
        if not value:
            yield Gap(
                GapCode.SENDER,
                language.said("Absender: Der Name {name} fehlt in den Einstellungen.").format(
                    name=name
                ),
            )
    if not sender.phone:
        yield Gap(
            GapCode.SENDER,
            language.said("Absender: Die Telefonnummer fehlt in den Einstellungen."),
            stops=False,
        )


def _text_gaps(letter: Letter) -> Iterator[Gap]:
    for kind in REQUIRED_TEXTS[letter.kind]:
        if letter.passage(kind) is None:
            yield Gap(
                GapCode.TEXT,
                language.said("Text: {block_kind_texts} für „{kind_texts}“ fehlt.").format(
                    block_kind_texts=BLOCK_KIND_TEXTS[kind], kind_texts=KIND_TEXTS[letter.kind]
                ),
            )
    for each in letter.passages:
        for name in letter.open_blanks(each):
            yield Gap(
                GapCode.TEXT,
                language.said("Text: {block_kind_texts} nennt {{{name}}}, und das fehlt.").format(
                    block_kind_texts=BLOCK_KIND_TEXTS[each.block.kind], name=name
                ),
            )
    for notice in letter.notices:
        yield Gap(
            GapCode.REVIEW, language.said("Text: {notice}.").format(notice=notice), stops=False
        )


def _delivery_gaps(letter: Letter, post: PostTime | None) -> Iterator[Gap]:
    if letter.delivery is Delivery.NONE:
        yield Gap(GapCode.DELIVERY, language.said("Zustellung: Der Weg ist noch nicht gewählt."))
    address = letter.client.address
    if letter.delivery is Delivery.POST and not (address.street and address.city):
        yield Gap(
            GapCode.ADDRESS,
            language.said("Anschrift: Straße oder Ort fehlt; so ist keine Post möglich."),
        )
    if not letter.recipient:
        yield Gap(GapCode.ADDRESS, language.said("Anschrift: Der Name fehlt."))
    if post is None or not letter.kind.invites:
        return
    day = texts.weekday_day(letter.appointment.day)
    if letter.appointment.day < post.deemed:
        yield Gap(
            GapCode.POST,
            language.said(
                "Zustellung: Der Termin am {day} liegt vor der Bekanntgabe am "
                "{day2}; bitte aushändigen oder verlegen."
            ).format(day=day, day2=texts.weekday_day(post.deemed)),
        )
    elif letter.appointment.day < post.enough_from:
        yield Gap(
            GapCode.POST,
            language.said(
                "Zustellung: Bekanntgabe erst am {day}; mit dem Vorlauf der "
                "Dienststelle passt ein Termin ab {day2}."
            ).format(day=texts.weekday_day(post.deemed), day2=texts.weekday_day(post.enough_from)),
            stops=False,
        )


def _glyph_gaps(letter: Letter, face: Face) -> Iterator[Gap]:
    """A letter with boxes in its name is a wrong letter."""
    sender = letter.sender
    said = {
        "Anschrift": "".join(letter.recipient),
        "Kundennummer": letter.client.number + letter.client.bg_number,
        "Anlass": letter.purpose_text,
        "Mitzubringen": letter.bring,
        "Raum": letter.appointment.room,
        "Absender": sender.return_line
        + sender.caseworker
        + sender.phone
        + sender.mailbox
        + sender.reference,
        "Text": "".join(each.block.title + each.block.text for each in letter.passages),
    }
    for label, text in said.items():
        lacking = "".join(dict.fromkeys(face.lacking(text)))
        if lacking:
            codes = ", ".join(f"U+{ord(char):04X}" for char in lacking[:5])
            yield Gap(
                GapCode.LETTERS,
                language.said(
                    "{label}: enthält Zeichen, die die Schrift des Briefs nicht hat ({codes})."
                ).format(label=label, codes=codes),
            )


def _repeated_gaps(letter: Letter, known: Sequence[LetterRecord]) -> Iterator[Gap]:
    for record in known:
        if record.kind is letter.kind and record.is_for(letter.appointment) and record.stands:
            yield Gap(
                GapCode.REPEATED,
                language.said(
                    "Wiederholung: „{kind_texts}“ zu diesem Termin ist schon am {day} "
                    "gedruckt ({delivery_text}); ein weiteres Stück gibt es als Kopie."
                ).format(
                    kind_texts=KIND_TEXTS[letter.kind],
                    day=texts.day(record.written_on),
                    delivery_text=record.delivery_text,
                ),
            )
            return


def _unanswered_gaps(letter: Letter, unanswered: int, repetition: Passage | None) -> Iterator[Gap]:
    if repetition is None or repetition.block.number is None or not letter.kind.invites:
        return
    number = unanswered + 1
    if number >= repetition.block.number:
        yield Gap(
            GapCode.UNANSWERED,
            language.said(
                "Wiederholung: {number}. Einladung mit demselben Zweck nach "
                "{unanswered} unbeantworteten. {text} ({source})"
            ).format(
                number=number,
                unanswered=unanswered,
                text=repetition.block.text,
                source=repetition.block.source,
            ),
            stops=False,
        )


def _shortened(line: str) -> str:
    return line if len(line) <= 60 else f"{line[:57]}…"
