"""How is it said in a few words, and in which tone, what is due for a client?"""

from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication

from kkd_desktop.domain import texts
from kkd_desktop.domain.explanation import distance_text
from kkd_desktop.domain.outcome import STATE_TEXTS, Obligation, State
from kkd_desktop.domain.worklist import Entry, GroupId, group_of
from kkd_desktop.gui.theme import Tone

_PLAIN = timedelta(days=180)
_EXCEPTION = (State.SUSPENDED, State.EXCEPTED)
_GROUP_TONES = {
    GroupId.OVERDUE: Tone.LATE,
    GroupId.THIS_WEEK: Tone.SOON,
    GroupId.NEVER_SEEN: Tone.SOON,
    GroupId.DECISION: Tone.SOON,
    GroupId.NEXT_14_DAYS: Tone.OK,
    GroupId.PLANNABLE: Tone.OK,
    GroupId.LATER: Tone.OK,
}
_STATE_TONES = {
    State.OVERDUE: Tone.LATE,
    State.FAILED: Tone.LATE,
    State.DUE_TODAY: Tone.SOON,
    State.BEHIND: Tone.SOON,
    State.NO_PROFILE: Tone.SOON,
    State.NO_ANCHOR: Tone.SOON,
    State.OK: Tone.OK,
    State.MET: Tone.OK,
    State.ON_PACE: Tone.OK,
}


def tone_of(entry: Entry, today: date) -> Tone:
    """The tone of a client's line: that of the group in which the start page shows it."""
    return tone_of_group(group_of(entry, today))


def tone_of_group(group: GroupId) -> Tone:
    return _GROUP_TONES.get(group, Tone.NEUTRAL)


def tone_of_duty(found: Obligation) -> Tone:
    """The tone of one obligation among several."""
    return _STATE_TONES.get(found.state, Tone.NEUTRAL)


def near_day(day: date, today: date) -> str:
    """`Di 24.11.` while the year is plain, else `Di 24.11.2027`."""
    return texts.short_day(day) if abs(day - today) < _PLAIN else texts.weekday_day(day)


def _bare_day(day: date, today: date) -> str:
    """`24.11.`, or `24.11.2027` where the year is not plain."""
    return near_day(day, today)[3:]


def due_in_row(found: Obligation, today: date) -> str:
    """For a column: `9 Tage über der Vorgabe`, `bis Mi 25.11.`, `12.11. – 12.12.`."""
    if found.latest is None or found.state is State.OVERDUE:
        return distance_text(found, today)
    until = _tr("bis {day}").format(day=near_day(found.latest, today))
    if found.state in _EXCEPTION:
        return _tr("Ausnahme {until}").format(until=until)
    if found.required is not None:
        return _tr("{count} von {required} {until}").format(
            count=found.count, required=found.required, until=until
        )
    if found.state is State.DUE_TODAY:
        return STATE_TEXTS[found.state]
    if found.earliest is not None and found.earliest > today:
        return f"{_bare_day(found.earliest, today)} – {_bare_day(found.latest, today)}"
    return until


def due_in_line(found: Obligation, today: date) -> str:
    """For a card: `9 Tage über der Vorgabe (bis Mi 11.11.2026)`."""
    words = distance_text(found, today)
    if found.latest is None or found.state in _EXCEPTION:
        return words
    if found.required is not None:
        words = _tr("{count} von {required} Kontakten, {state}").format(
            count=found.count, required=found.required, state=STATE_TEXTS[found.state]
        )
    return _tr("{words} (bis {day})").format(words=words, day=texts.weekday_day(found.latest))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Wording", text)
