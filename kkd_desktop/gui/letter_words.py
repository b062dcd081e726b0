"""How does the letter of an appointment stand, in words short enough for a row?"""

from collections.abc import Sequence
from datetime import date

from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import DELIVERY_TEXTS, Delivery
from kkd_desktop.domain.letter import Gap, GapCode
from kkd_desktop.domain.letter_kinds import KIND_TEXTS
from kkd_desktop.domain.letter_record import LetterRecord
from kkd_desktop.gui.theme import Tone

_LACKING = {
    GapCode.PURPOSE: "Zweck",
    GapCode.PLACE: "Ort",
    GapCode.SENDER: "Absender",
    GapCode.TEXT: "Textbaustein",
    GapCode.DELIVERY: "Zustellweg",
    GapCode.ADDRESS: "Anschrift",
    GapCode.PREVIOUS: "Vorgeschichte",
}
_HINDERING = {
    GapCode.TIME: "Termin liegt zurück",
    GapCode.STATE: "Stand passt nicht",
    GapCode.POST: "Post käme zu spät",
    GapCode.FORM: "Form passt nicht",
    GapCode.LETTERS: "Schriftzeichen fehlen",
    GapCode.REPEATED: "schon gedruckt",
}
_WARNING = {
    GapCode.UNANSWERED: "mehrfach unbeantwortet",
    GapCode.POST: "Post knapp",
    GapCode.PLACE: "Raum fehlt",
    GapCode.SENDER: "Telefon fehlt",
    GapCode.REVIEW: "Text ungeprüft",
}
"""What concerns this one letter comes before what concerns all of them."""


def gaps_text(gaps: Sequence[Gap]) -> str:
    """`fehlt: Anschrift, Absender`, or what is worth a look where nothing is lacking."""
    stopping = [gap.code for gap in gaps if gap.stops]
    lacking = list(dict.fromkeys(_LACKING[code] for code in stopping if code in _LACKING))
    parts = [f"fehlt: {', '.join(lacking)}"] if lacking else []
    parts += dict.fromkeys(_HINDERING[code] for code in stopping if code in _HINDERING)
    if not stopping:
        codes = {gap.code for gap in gaps}
        parts = ["bereit", *(words for code, words in _WARNING.items() if code in codes)]
    return ", ".join(parts)


def sentences(gaps: Sequence[Gap]) -> list[str]:
    """What the letter lacks in whole sentences: what stops it first, texts in one."""
    review = [gap for gap in gaps if gap.code is GapCode.REVIEW]
    said = [gap.sentence for gap in gaps if gap.stops]
    said += [gap.sentence for gap in gaps if not gap.stops and gap.code is not GapCode.REVIEW]
    if len(review) > 1:
        number = len({gap.sentence for gap in review})
        said.append(
            f"Text: {number} Bausteine sind ungeprüft oder abgelaufen; siehe Einstellungen, Texte."
        )
    else:
        said += [gap.sentence for gap in review]
    return list(dict.fromkeys(said))


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
        return f"zurückgekommen {letter.returned_on:%d.%m.}"
    return f"neu schreiben, Brief nennt {letter.start:%d.%m.}"


def short_delivery(letter: LetterRecord) -> str:
    """`per Post 20.11., bekannt 24.11.`"""
    if letter.delivered_on is None:
        return DELIVERY_TEXTS[Delivery.NONE]
    said = f"{DELIVERY_TEXTS[letter.way]} {letter.delivered_on:%d.%m.}"
    if letter.way is not Delivery.HANDED_OVER and letter.deemed_on is not None:
        said += f", bekannt {letter.deemed_on:%d.%m.}"
    return said


def delivered_text(way: Delivery, day: date, deemed: date | None) -> str:
    """`per Post am 20.11.2026, gilt als bekannt gegeben am Di 24.11.2026`."""
    said = f"{DELIVERY_TEXTS[way]} am {texts.day(day)}"
    if way is Delivery.HANDED_OVER or deemed is None:
        return said
    return f"{said}, gilt als bekannt gegeben am {texts.weekday_day(deemed)}"
