"""How does the letter of an appointment stand, in words short enough for a row?"""

from collections.abc import Sequence
from datetime import date

from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import DELIVERY_TEXTS, Delivery
from kkd_desktop.domain.language import said, to_say
from kkd_desktop.domain.letter import Gap, GapCode
from kkd_desktop.domain.letter_kinds import KIND_TEXTS
from kkd_desktop.domain.letter_record import LetterRecord
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
    GapCode.REVIEW: to_say("Text ungeprüft"),
}
"""What concerns this one letter comes before what concerns all of them."""


def gaps_text(gaps: Sequence[Gap]) -> str:
    """`fehlt: Anschrift, Absender`, or what is worth a look where nothing is lacking."""
    stopping = [gap.code for gap in gaps if gap.stops]
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
    """What the letter lacks in whole sentences: what stops it first, texts in one."""
    review = [gap for gap in gaps if gap.code is GapCode.REVIEW]
    told = [gap.sentence for gap in gaps if gap.stops]
    told += [gap.sentence for gap in gaps if not gap.stops and gap.code is not GapCode.REVIEW]
    if len(review) > 1:
        number = len({gap.sentence for gap in review})
        told.append(
            said(
                "Text: {number} Bausteine sind ungeprüft oder abgelaufen; "
                "siehe Einstellungen, Texte."
            ).format(number=number)
        )
    else:
        told += [gap.sentence for gap in review]
    return list(dict.fromkeys(told))


def gaps_tone(gaps: Sequence[Gap]) -> Tone:
    if any(gap.stops for gap in gaps):
        return Tone.LATE
    return Tone.SOON if gaps else Tone.OK


def letter_text(letter: LetterRecord) -> str:
    """`Meldeaufforderung 20.11.`"""
    return f"{KIND_TEXTS[letter.kind]} {letter.written_on:%d.%m.}"


def lost_letter_text(letter: LetterRecord) -> str:
    """Why the latest letter does not invite any more."""
    if letter.returned_on is not None:
        return said("zurückgekommen {day}").format(day=f"{letter.returned_on:%d.%m.}")
    return said("neu schreiben, Brief nennt {day}").format(day=f"{letter.start:%d.%m.}")


def short_delivery(letter: LetterRecord) -> str:
    """`per Post 20.11., bekannt 24.11.`"""
    if letter.delivered_on is None:
        return DELIVERY_TEXTS[Delivery.NONE]
    told = f"{DELIVERY_TEXTS[letter.way]} {letter.delivered_on:%d.%m.}"
    if letter.way is not Delivery.HANDED_OVER and letter.deemed_on is not None:
        told += said(", bekannt {day}").format(day=f"{letter.deemed_on:%d.%m.}")
    return told


def delivered_text(way: Delivery, day: date, deemed: date | None) -> str:
    """`per Post am 20.11.2026, gilt als bekannt gegeben am Di 24.11.2026`."""
    way_text = DELIVERY_TEXTS[way]
    told = said("{way} am {day}").format(way=way_text, day=texts.day(day))
    if way is Delivery.HANDED_OVER or deemed is None:
        return told
    known = texts.weekday_day(deemed)
    return said("{told}, gilt als bekannt gegeben am {day}").format(told=told, day=known)
