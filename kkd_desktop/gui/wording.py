"""How is it said on a card what is due for a client?"""

from datetime import date

from PySide6.QtCore import QCoreApplication

from kkd_desktop.domain import texts
from kkd_desktop.domain.explanation import distance_text
from kkd_desktop.domain.outcome import STATE_TEXTS, Obligation, State

_EXCEPTION = (State.SUSPENDED, State.EXCEPTED)


def due_in_line(found: Obligation, today: date) -> str:
    """`9 Tage über der Vorgabe (bis Mi 11.11.2026)`, `2 von 4 Kontakten, im Takt (bis …)`."""
    words = distance_text(found, today)
    if found.latest is None or found.state in _EXCEPTION:
        return words
    if found.required is not None:
        words = _tr("{count} von {required} Kontakten, {state}").format(
            count=found.count, required=found.required, state=STATE_TEXTS[found.state]
        )
    return _tr("{words} (bis {day})").format(words=words, day=texts.weekday_day(found.latest))


def near_day(day: date, today: date) -> str:
    """`Di 24.11.` while the year is plain, else `Di 24.11.2027`."""
    return texts.short_day(day) if abs((day - today).days) <= 300 else texts.weekday_day(day)


def _tr(text: str) -> str:
    return QCoreApplication.translate("wording", text)
