"""How does the letter of an appointment stand, in words short enough for a row?"""

from collections.abc import Sequence
from datetime import date

from kkd_desktop.actions.letters import Draft
from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import DELIVERY_TEXTS, Delivery
from kkd_desktop.domain.language import said, to_count, to_say
from kkd_desktop.domain.letter import Gap, GapCode
from kkd_desktop.domain.letter_kinds import KIND_TEXTS
from kkd_desktop.domain.letter_record import LetterRecord
from kkd_desktop.domain.text_blocks import BlockStanding
from kkd_desktop.gui.theme import Tone

_LACKING = {
    GapCode.PURPOSE: to_say("Zweck"),
    GapCode.PLACE: to_say("Ort"),
    GapCode.SENDER: to_say("Absender"),
    GapCode.TEXT: to_say("Textbaustein"),
    GapCode.DELIVERY: to_say("Zustellweg"),
    GapCode.ADDRESS: to_say("Anschrift"),
    GapCode.PREVIOUS: to_say("Vorgeschichte"),
}
_HINDERING = {
    GapCode.TIME: to_say("Termin liegt zurück"),
    GapCode.STATE: to_say("Stand passt nicht"),
    GapCode.POST: to_say("Post käme zu spät"),
    GapCode.FORM: to_say("Form passt nicht"),
    GapCode.LETTERS: to_say("Schriftzeichen fehlen"),
    GapCode.REPEATED: to_say("schon gedruckt"),
}
_WARNING = {
    GapCode.UNANSWERED: to_say("mehrfach unbeantwortet"),
    GapCode.POST: to_say("Post knapp"),
    GapCode.PLACE: to_say("Raum fehlt"),
    GapCode.SENDER: to_say("Telefon fehlt"),
}
"""What concerns this one letter comes before what concerns all of them."""

_BLOCK = to_count("Textbaustein", "Textbausteine")
_SAID_ONCE = frozenset({GapCode.PURPOSE, GapCode.PLACE, GapCode.SENDER})
"""What all letters alike wait for, until somebody enters it once: no fault of any of them."""


def gaps_text(gaps: Sequence[Gap]) -> str:
    """`fehlt: Anschrift, Absender`, or what is worth a look where nothing is lacking. Texts that
    nobody has reviewed are the same for all letters, and said once for all of them.
    """
    stopping = [gap.code for gap in gaps if gap.stops]
    # What is wrong with this very letter is not lost among what is said above the table.
    stopping = [code for code in stopping if code not in _SAID_ONCE] or stopping
    if set(stopping) == {GapCode.PURPOSE}:
        return said("Zweck offen")
    lacking = list(dict.fromkeys(said(_LACKING[code]) for code in stopping if code in _LACKING))
    parts = [said("fehlt: {what}").format(what=", ".join(lacking))] if lacking else []
    parts += dict.fromkeys(said(_HINDERING[code]) for code in stopping if code in _HINDERING)
    if not stopping:
        codes = {gap.code for gap in gaps}
        parts = [
            said("bereit"),
            *(said(words) for code, words in _WARNING.items() if code in codes),
        ]
    return ", ".join(parts)


def sentences(gaps: Sequence[Gap]) -> list[str]:
    """What the letter lacks in whole sentences: what stops it first."""
    told = [gap.sentence for gap in gaps if gap.stops]
    told += [gap.sentence for gap in gaps if not gap.stops and gap.code is not GapCode.REVIEW]
    return list(dict.fromkeys(told))


def waits_only(gaps: Sequence[Gap]) -> bool:
    """Whether nothing is wrong with the letter itself: what stops it is entered once for all."""
    codes = {gap.code for gap in gaps if gap.stops}
    return bool(codes) and codes <= _SAID_ONCE


def gaps_tone(gaps: Sequence[Gap]) -> Tone:
    """Red is only what is wrong with this very letter."""
    if waits_only(gaps):
        return Tone.NEUTRAL
    if any(gap.stops for gap in gaps):
        return Tone.LATE
    return Tone.SOON if any(gap.code is not GapCode.REVIEW for gap in gaps) else Tone.OK


def review_text(drafts: Sequence[Draft]) -> str:
    """What is to be said once about the texts in these letters; empty where all were reviewed."""
    found = {each.block.key: each.standing for draft in drafts for each in draft.letter.passages}
    unread = sum(each is BlockStanding.UNREVIEWED for each in found.values())
    expired = sum(each is BlockStanding.EXPIRED for each in found.values())
    counted = [
        words
        for number, words in (
            (unread, said("{blocks} ungeprüft").format(blocks=_blocks(unread))),
            (expired, said("{blocks} abgelaufen").format(blocks=_blocks(expired))),
        )
        if number
    ]
    return ", ".join(counted)


def _blocks(number: int) -> str:
    return texts.counted(number, *_BLOCK)


def letter_text(letter: LetterRecord) -> str:
    """`Meldeaufforderung 20.11.`"""
    return f"{KIND_TEXTS[letter.kind]} {letter.written_on:%d.%m.}"


def lost_letter_text(letter: LetterRecord) -> str:
    """Why the latest letter does not invite any more."""
    if letter.returned_on is not None:
        return said("zurückgekommen {day}").format(day=f"{letter.returned_on:%d.%m.}")
    return said("neu schreiben, Brief nennt {day}").format(day=f"{letter.start:%d.%m.}")


def short_delivery(letter: LetterRecord) -> str:
    """`per Post 20.11.`; when it counts as known has no room in a column."""
    if letter.delivered_on is None:
        return DELIVERY_TEXTS[Delivery.NONE]
    return f"{DELIVERY_TEXTS[letter.way]} {letter.delivered_on:%d.%m.}"


def delivered_text(way: Delivery, day: date, deemed: date | None) -> str:
    """`per Post am 20.11.2026, gilt als bekannt gegeben am Di 24.11.2026`."""
    way_text = DELIVERY_TEXTS[way]
    told = said("{way} am {day}").format(way=way_text, day=texts.day(day))
    if way is Delivery.HANDED_OVER or deemed is None:
        return told
    known = texts.weekday_day(deemed)
    return said("{told}, gilt als bekannt gegeben am {day}").format(told=told, day=known)
