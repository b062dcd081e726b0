"""What does a cell say? Days, words for Profillagen and the like, in the spellings of an office."""

import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any

from kkd_desktop.domain import language, texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.table_columns import folded
from kkd_desktop.domain.written_days import FIRST_DAY, LAST_DAY

_GERMAN = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{1,4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2}(?:\.0+)?)?(?:\s?Uhr)?")
_SERIAL = re.compile(r"\d{1,6}(?:\.0+)?")
_LEAP_BUG = 60
"""Spreadsheets count a 29 February 1900 that never was."""

YES = frozenset({"ja", "j", "yes", "y", "x", "1", "wahr", "true", "w"})
NO = frozenset({"nein", "n", "no", "0", "falsch", "false", "f"})
_NOTHING = frozenset({"", "keine", "kein", "keiner", "ohne", "none", "unbekannt", "nichtvergeben"})


def as_day(text: str, epoch: date | None = None, last: date = LAST_DAY) -> date:
    """The day of `24.11.2026` or `2026-11-24`, in a spreadsheet also of its number."""
    day, at = as_moment(text, epoch)
    if at not in (None, time()):
        raise UserError(
            language.said("„{short}“ enthält eine Uhrzeit; hier steht nur ein Tag.").format(
                short=_short(text)
            )
        )
    return within(day, last)


def within(day: date, last: date) -> date:
    """The day, if it lies between 1900 and `last`."""
    if not FIRST_DAY <= day <= last:
        until = language.said("heute") if last != LAST_DAY else "2199"
        raise UserError(
            language.said("Der {day} liegt nicht zwischen 1900 und {until}.").format(
                day=texts.day(day), until=until
            )
        )
    return day


def as_moment(text: str, epoch: date | None = None) -> tuple[date, time | None]:
    """Day and time of `24.11.2026 09:30`; the time None where none is written."""
    said = text.strip()
    if epoch is not None and _SERIAL.fullmatch(said):
        return _of_serial(int(float(said)), epoch), None
    first, _, rest = said.replace("T", " ", 1).partition(" ")
    if first.count(".") != 2 and not _ISO.fullmatch(first):
        # `24. 11. 2026` has blanks of its own.
        first, rest = said, ""
    return _as_date(first, said), as_time(rest) if rest.strip() else None


def as_time(text: str) -> time:
    """The time of `9:30`, `09:30:00` or `09:30 Uhr`."""
    found = _TIME.fullmatch(text.strip())
    try:
        if found:
            return time(int(found[1]), int(found[2]))
    except ValueError:
        pass
    raise UserError(
        language.said("„{short}“ ist keine Uhrzeit (HH:MM).").format(short=_short(text))
    )


def _as_date(text: str, said: str) -> date:
    if found := _GERMAN.fullmatch(text):
        day, month, year = found.groups()
        if len(year) != 4:
            raise UserError(
                language.said(
                    "„{short}“: Das Jahr hat keine vier Stellen, das Jahrhundert bleibt offen."
                ).format(short=_short(said))
            )
    elif found := _ISO.fullmatch(text):
        year, month, day = found.groups()
    else:
        raise UserError(
            language.said("„{short}“ ist kein Tag (TT.MM.JJJJ oder JJJJ-MM-TT).").format(
                short=_short(said)
            )
        )
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise UserError(
            language.said("„{short}“: Diesen Tag gibt es nicht.").format(short=_short(said))
        ) from None


def _of_serial(number: int, epoch: date) -> date:
    try:
        if epoch.year != 1899:
            return epoch + timedelta(days=number)
        if number == _LEAP_BUG:
            raise UserError(
                language.said("60 ist in einer Tabelle der 29.02.1900, und den gab es nicht.")
            )
        return epoch + timedelta(days=number + (number < _LEAP_BUG))
    except OverflowError:
        raise UserError(language.said("„{number}“ ist kein Tag.").format(number=number)) from None


def yes_or_no(text: str) -> bool:
    word = folded(text)
    if word in YES or text.strip() in ("✓", "✔"):
        return True
    if word in NO:
        return False
    raise UserError(
        language.said("„{short}“ – hier steht ja oder nein.").format(short=_short(text))
    )


def as_number(text: str, least: int, most: int) -> int:
    digits = text.strip().removesuffix(".0")
    if not digits.isascii() or not digits.isdigit() or not least <= int(digits[:9]) <= most:
        raise UserError(
            language.said("„{short}“ ist keine ganze Zahl von {least} bis {most}.").format(
                short=_short(text), least=least, most=most
            )
        )
    return int(digits)


def as_profile(text: str) -> str | None:
    """The id of a Profillage; None where the cell says that there is none."""
    word = folded(text)
    if word in _NOTHING or word in ("n", "nochnichtfestgelegt"):
        return None
    for part in ("profillage", "profil", "lage"):
        word = word.removeprefix(part).removesuffix(part) or word
    if word in _NOTHING:
        return None
    return _chosen(
        text, word, _PROFILES, language.said("keine bekannte Profillage"), texts.PROFILLAGEN
    )


def as_status(text: str) -> str | None:
    return _chosen_or_none(text, _STATUS, language.said("kein bekannter Status"), texts.STATUS)


def as_org(text: str) -> str | None:
    """The id of a usual Bereich; offices have others, which stay as they are written."""
    word = folded(text)
    if word in _NOTHING:
        return None
    return _ORGS.get(word, text.strip())


def as_form(text: str) -> str:
    return _chosen(
        text, folded(text), _FORMS, language.said("keine bekannte Kontaktart"), texts.FORMS
    )


def as_note_type(text: str) -> str:
    return _chosen(
        text, folded(text), _NOTE_TYPES, language.said("kein bekannter Vermerk"), texts.NOTE_TYPES
    )


def choice_of(text: str, labels: Mapping[Any, str], complaint: str) -> str:
    """The id whose label or id the cell says; tables are written in German."""
    labels = _german(labels)
    words = {folded(word): str(each) for each, label in labels.items() for word in (each, label)}
    return _chosen(text, folded(text), words, complaint, labels)


def _chosen_or_none(
    text: str, words: Mapping[str, str], complaint: str, labels: Mapping[str, str]
) -> str | None:
    word = folded(text)
    return None if word in _NOTHING else _chosen(text, word, words, complaint, labels)


def _chosen(
    text: str, word: str, words: Mapping[str, str], complaint: str, labels: Mapping[str, str]
) -> str:
    if word in words:
        return words[word]
    known = ", ".join(_german(labels).values())
    raise UserError(
        language.said("„{short}“ ist {complaint} (möglich: {known}).").format(
            short=_short(text), complaint=complaint, known=known
        )
    )


def _german(labels: Mapping[Any, str]) -> Mapping[Any, str]:
    with language.german():
        return dict(labels)


def _short(text: str) -> str:
    """What a sentence quotes of a cell, with nothing in it that a screen would obey."""
    plain = "".join(sign if sign.isprintable() else "�" for sign in text.strip())
    return plain if len(plain) <= 40 else f"{plain[:39]}…"


def _words(spellings: Mapping[str, str]) -> dict[str, str]:
    return {folded(word): key for key, line in spellings.items() for word in line.split("|")}


_PROFILES = _words(
    {
        "markt": "markt|m|mp|marktnah",
        "aktivierung": "aktivierung|aktivierungs|a|ap|aktiv|akt",
        "foerder": "foerder|förderung|forder|f|fp|foe|för",
        "entwicklung": "entwicklung|entwicklungs|e|ep|entw",
        "stabilisierung": "stabilisierung|stabilisierungs|s|sp|stab|stabi",
        "unterstuetzung": "unterstuetzung|unterstützungs|unterstutzung|u|up|unt",
        "I": "i|integriert|integriert aber hilfebeduerftig|ip",
        "Z": "z|zuordnung nicht erforderlich|zp|§ 10|par 10",
    }
)
_STATUS = _words(
    {
        "arbeitslos": "arbeitslos|al|alo|alos|arbeitslose|arbeitsloser|gemeldet arbeitslos",
        "arbeitsuchend": "arbeitsuchend|arbeitssuchend|asu|as|asuchend|ast|arbeit suchend",
        "nicht_gesetzt": "nicht_gesetzt|nicht gesetzt|ng|nags|nicht gemeldet|nicht al/asu",
        "integriert": "integriert|int|in arbeit|beschaeftigt",
    }
)
_ORGS = _words(
    {
        "vermittlung": "vermittlung|arbeitsvermittlung|av|pap|uv|integrationsfachkraft|ifk",
        "fallmanagement": "fallmanagement|fm|bfm|fallmanager|fallmanagerin",
    }
)
_FORMS = _words(
    {
        "persoenlich": "persönlich|personlich|pers|vor ort|präsenz|persönliches gespräch|gespräch"
        "|persönlich vor ort|vorsprache|p",
        "telefonisch": "telefonisch|telefon|tel|telefonat|anruf|t|fernmündlich",
        "video": "video|videoberatung|videogespräch|videotelefonie|online|v",
        "email": "email|e-mail|mail|e",
        "schriftlich": "schriftlich|brief|post|postalisch|schreiben|s",
    }
)
_NOTE_TYPES = _words(
    {
        "beratungsvermerk": "beratungsvermerk|beratung|bv|beratungsgespräch",
        "standortbestimmung": "standortbestimmung|standort|stb|sb",
        "fallmanagementvermerk": "fallmanagementvermerk|fallmanagement|fmv|fm-vermerk|fm",
        "allgemeiner_vermerk": "allgemeiner_vermerk|allgemeiner vermerk|allgemein|av|vermerk",
        "kein": "kein|kein vermerk|keiner|ohne|nein",
    }
)
