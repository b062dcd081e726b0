"""What a letter lacks, in words; and what went out before."""

from datetime import date, datetime

import pytest

from kkd_desktop.domain.appointment import Appointment, AppointmentState, Delivery
from kkd_desktop.domain.client import Address, Client
from kkd_desktop.domain.contact import ContactForm
from kkd_desktop.domain.delivery import PostTime
from kkd_desktop.domain.letter import (
    GapCode,
    Letter,
    Sender,
    address_gaps,
    completeness,
    recipient_lines,
)
from kkd_desktop.domain.letter_kinds import LetterKind, Purpose
from kkd_desktop.domain.letter_record import LetterRecord, chain, unanswered
from kkd_desktop.domain.text_blocks import BlockKind, BlockStanding, Passage, TextBlock
from kkd_desktop.domain.values import replace

NOW = datetime(2026, 11, 20, 8, 0)
AMINA = Client(
    7, "123A456789", "Beispiel", "Amina", address=Address("Lange Straße 1", "12345", "Ort")
)
TALK = Appointment(7, datetime(2026, 12, 3, 9, 0), 45, "u", NOW, room="2.14", id=1)
SENDER = Sender("Jobcenter", "Amtsweg 1", "12345", "Ort", "P. Muster", "0123", "", "II-1")
WORK = (Purpose.VERMITTLUNG,)


class Wide:
    """Every letter takes 2 mm; □ is lacking."""

    def width(self, text):
        return 2.0 * len(text)

    def lacking(self, text):
        return "".join(char for char in text if char == "阿")


def text(kind, body="Text.", **more):
    block = TextBlock(kind.value, kind, "1", body, "§ 1", **more)
    return Passage(block, BlockStanding.REVIEWED)


ALL = tuple(text(kind) for kind in BlockKind if kind.is_printed)


def letter(**changes):
    whole = Letter(
        kind=LetterKind.MELDEAUFFORDERUNG,
        appointment=TALK,
        client=AMINA,
        sender=SENDER,
        written_on=date(2026, 11, 20),
        delivery=Delivery.POST,
        purposes=WORK,
        passages=ALL,
        recipient=recipient_lines(AMINA, lambda line: len(line) <= 40),
    )
    return replace(whole, **changes)


def codes(written, **around):
    return [(gap.code, gap.stops) for gap in completeness(written, Wide(), **around)]


def test_a_whole_letter_lacks_nothing():
    assert codes(letter()) == []


@pytest.mark.parametrize(
    ("changes", "code", "stops"),
    [
        ({"purposes": ()}, GapCode.PURPOSE, True),
        ({"purposes": (), "kind": LetterKind.EINLADUNG}, GapCode.PURPOSE, True),
        ({"delivery": Delivery.NONE}, GapCode.DELIVERY, True),
        ({"sender": replace(SENDER, street="")}, GapCode.PLACE, True),
        ({"sender": replace(SENDER, caseworker="")}, GapCode.SENDER, True),
        ({"sender": replace(SENDER, phone="")}, GapCode.SENDER, False),
        ({"appointment": replace(TALK, room="")}, GapCode.PLACE, False),
        ({"appointment": replace(TALK, form=ContactForm.TELEFONISCH)}, GapCode.FORM, True),
        ({"appointment": replace(TALK, state=AppointmentState.CANCELLED)}, GapCode.STATE, True),
        ({"kind": LetterKind.FOLGE_2}, GapCode.PREVIOUS, True),
        ({"kind": LetterKind.ANHOERUNG}, GapCode.STATE, True),
        ({"written_on": date(2026, 12, 4)}, GapCode.TIME, True),
        ({"passages": ALL[1:]}, GapCode.TEXT, True),
        ({"client": replace(AMINA, address=Address())}, GapCode.ADDRESS, True),
        ({"recipient": ("阿明",)}, GapCode.LETTERS, True),
        ({"purpose_text": "阿"}, GapCode.LETTERS, True),
    ],
)
def test_what_is_missing_is_named(changes, code, stops):
    assert codes(letter(**changes)) == [(code, stops)]


def test_each_missing_text_is_named():
    missing = [gap.sentence for gap in completeness(letter(passages=()), Wide())]

    assert len(missing) == 7
    assert "Text: Rechtsfolgenbelehrung für „Meldeaufforderung“ fehlt." in missing


def test_a_blank_without_content_stops_the_letter():
    half = text(BlockKind.EROEFFNUNG, "Rufen Sie {telefon} an.")
    passages = (half, *ALL[1:])

    quiet = replace(SENDER, phone="")

    assert (GapCode.TEXT, True) in codes(letter(passages=passages, sender=quiet))
    assert codes(letter(passages=passages)) == []
    assert letter(passages=passages).text_of(half) == "Rufen Sie 0123 an."


def test_a_period_of_a_text_counts_from_the_date_of_the_letter():
    asked = text(BlockKind.ANHOERUNG, "bis {frist}", number=21)

    assert letter().text_of(asked) == "bis 11. Dezember 2026"


@pytest.mark.parametrize(
    ("post", "expected"),
    [
        (PostTime(date(2026, 11, 24), date(2026, 11, 27)), []),
        (PostTime(date(2026, 12, 3), date(2026, 12, 8)), [(GapCode.POST, False)]),
        (PostTime(date(2026, 12, 4), date(2026, 12, 9)), [(GapCode.POST, True)]),
    ],
)
def test_before_bekanntgabe_no_letter_goes_by_post_and_without_margin_one_is_warned(post, expected):
    assert codes(letter(), post=post) == expected


def test_an_address_of_seven_lines_or_a_line_too_long_is_refused_with_that_line():
    seven = [str(number) for number in range(7)]

    assert [gap.sentence for gap in address_gaps(seven, Wide())] == [
        "Anschrift: 7 Zeilen, Platz ist für 6. Überzählig: „6“."
    ]
    assert list(address_gaps(seven[:6], Wide())) == []
    (long,) = address_gaps(["kurz", "x" * 41], Wide())
    assert "Zeile 2 ist 82 mm lang" in long.sentence


def test_a_long_name_takes_two_lines_and_additions_lines_of_their_own():
    long = replace(
        AMINA,
        first_name="A" * 30,
        last_name="B" * 30,
        address=Address("c/o Muster; Hinterhaus; Weg 1", "12345", "Ort"),
    )

    lines = recipient_lines(long, lambda line: len(line) <= 40)

    assert lines == ("A" * 30, "B" * 30, "c/o Muster", "Hinterhaus", "Weg 1", "12345 Ort")


def test_additions_of_their_own_stand_before_those_in_the_street():
    address = Address("Aufgang B; Weg 1", "12345", "Ort", "c/o Muster; Hinterhaus")

    lines = recipient_lines(replace(AMINA, address=address), lambda line: len(line) <= 40)

    assert lines[1:] == ("c/o Muster", "Hinterhaus", "Aufgang B", "Weg 1", "12345 Ort")


def record(appointment_id, number=1, **changes):
    made = LetterRecord(
        appointment_id,
        LetterKind.MELDEAUFFORDERUNG,
        0,
        TALK.start,
        WORK,
        "",
        date(2026, 11, 20),
        "brief",
        "d",
        (),
        "0" * 64,
        NOW,
        NOW,
        id=number,
    )
    return replace(made, **changes)


def test_the_same_letter_is_not_sent_twice_unless_it_came_back_or_the_talk_was_moved():
    sent = record(1, delivered_on=date(2026, 11, 20), way=Delivery.POST)

    assert codes(letter(), known=[sent]) == [(GapCode.REPEATED, True)]
    assert codes(letter(), known=[replace(sent, returned_on=date(2026, 11, 25))]) == []
    assert codes(letter(appointment=replace(TALK, sequence=1)), known=[sent]) == []
    assert codes(letter(), known=[replace(sent, kind=LetterKind.EINLADUNG)]) == []


def missed(number, day, state=AppointmentState.MISSED):
    return replace(TALK, id=number, start=datetime(2026, 11, day, 9), state=state)


def test_the_third_unanswered_invitation_for_the_same_purpose_is_warned_with_its_reason():
    talks = [missed(2, 4), missed(3, 11), TALK]
    links = chain(talks, [record(2), record(3, 2)])
    reason = text(BlockKind.WIEDERHOLUNG, "Ermessen neu ausüben.", number=3)

    number = unanswered(links, TALK.start, WORK, "")
    (gap,) = completeness(letter(), Wide(), unanswered=number, repetition=reason)

    assert number == 2
    assert (gap.code, gap.stops) == (GapCode.UNANSWERED, False)
    assert "3. Einladung mit demselben Zweck" in gap.sentence
    assert "§ 1" in gap.sentence


def test_another_purpose_or_a_talk_in_between_begins_anew():
    talks = [missed(2, 4), missed(3, 11), TALK]
    letters = [record(2), record(3, 2)]
    other = (Purpose.BERUFSBERATUNG,)
    came = [missed(2, 4), missed(3, 11, AppointmentState.ATTENDED), TALK]

    assert unanswered(chain(talks, letters), TALK.start, other, "") == 0
    assert unanswered(chain(came, letters), TALK.start, WORK, "") == 0


def test_the_chain_tells_invitation_delivery_outcome_and_what_follows():
    sent = record(
        2,
        way=Delivery.POST,
        delivered_on=date(2026, 11, 20),
        deemed_on=date(2026, 11, 24),
    )

    first, second = chain([TALK, missed(2, 11)], [sent])

    assert first.steps == (
        "Meldeaufforderung vom 20.11.2026",
        "per Post am 20.11.2026, gilt als bekannt gegeben am 24.11.2026",
        "Termin Mi 11.11.2026, 09:00: nicht erschienen",
    )
    assert (first.follows, second.follows) == (None, 2)
