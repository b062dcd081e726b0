"""How is an entry of the worklist put into words? State, window, appointment or proposal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import STATE_TEXTS as APPOINTMENT_TEXTS
from kkd_desktop.domain.appointment import Appointment
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.contact import ContactForm
from kkd_desktop.domain.exception_text import end_text
from kkd_desktop.domain.explanation import distance_text, explain
from kkd_desktop.domain.outcome import STATE_TEXTS, Obligation, State
from kkd_desktop.domain.policy import FirstContact
from kkd_desktop.domain.worklist import Entry, Group, GroupId
from kkd_desktop.gui.models.worklist import Unwritten, WorklistGroup, WorklistRow
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.windowbar import Span

if TYPE_CHECKING:
    from kkd_desktop.domain.proposals import Proposal

_LATE = (State.OVERDUE, State.FAILED)
_EXCEPTION = (State.SUSPENDED, State.EXCEPTED)
_COUNTED = (State.ON_PACE, State.BEHIND, State.MET)
_NO_DUTY = (State.NO_RULE, State.OUT_OF_SCOPE, State.OTHER_POLICY, State.NOT_IN_FORCE)
_URGENT = timedelta(days=7)


def worklist_group(group: Group, today: date) -> WorklistGroup:
    rows = [
        Unwritten(entry.client.id, partial(worklist_row, entry, today)) for entry in group.entries
    ]
    settled = sum(entry.appointment is not None for entry in group.entries)
    return WorklistGroup(group.title, rows, _note(group, today), settled)


def worklist_row(entry: Entry, today: date, proposal: Proposal | None = None) -> WorklistRow:
    client, found = entry.client, entry.outcome.deciding
    settled = entry.appointment is not None
    tone = Tone.NEUTRAL if settled else state_tone(found, today)
    last, last_detail = _last(entry, today)
    return WorklistRow(
        key=client.id,
        name=client.name,
        number=client.mark,
        profile=profile_text(client, today),
        last=last,
        last_detail=last_detail,
        state=_until_event(entry) or state_text(found, today),
        detail=_detail(entry, today, proposal),
        tone=tone,
        span=Span(today, found.last, found.earliest, found.latest, tone),
        reason=explain(entry.outcome),
        settled=settled,
    )


def needs_proposal(entry: Entry) -> bool:
    """Whether a day is to be proposed."""
    return entry.needs_talk


def profile_text(client: Client, day: date) -> str:
    """`Markt`, or `– kein Profil`."""
    profile = client.subject.facts.at("profile", day)
    if profile is None:
        return _tr("– kein Profil")
    return texts.PROFILLAGEN_SHORT.get(str(profile), str(profile))


def state_tone(found: Obligation, today: date) -> Tone:
    if found.state in _LATE:
        return Tone.LATE
    if found.state in _EXCEPTION or found.state in _NO_DUTY:
        return Tone.NEUTRAL
    urgent = found.latest is not None and found.latest <= today + _URGENT
    if urgent or found.latest is None or found.state in (State.DUE_TODAY, State.BEHIND):
        return Tone.SOON
    return Tone.OK


def state_text(found: Obligation, today: date) -> str:
    """The state in short: `9 Tage über der Vorgabe`, `bis Mi 25.11.`, `Do 12.11. – Sa 12.12.`."""
    if found.state in _COUNTED:
        return _tr("{count} von {required} · {state}").format(
            count=found.count, required=found.required, state=STATE_TEXTS[found.state]
        )
    if found.latest is None:
        return STATE_TEXTS[found.state]
    if found.state in _EXCEPTION:
        return _tr("Ausnahme endet {day}").format(day=_short(found.latest, today))
    if found.latest <= today:
        return distance_text(found, today)
    if found.rule is not None and isinstance(found.rule.demand, FirstContact):
        return _tr("Erstgespr. bis {day}").format(day=texts.short_day(found.latest))
    if found.earliest is not None and found.latest > today + _URGENT:
        return f"{_near(found.earliest, today)} – {_near(found.latest, today)}"
    return _tr("bis {day}").format(day=_weekday(found.latest, today))


def appointment_text(appointment: Appointment, today: date) -> str:
    """`eingeladen Mo 23.11. 11:00`, `vereinbart heute 11:00 · telefonisch`."""
    day = _tr("heute") if appointment.day == today else _weekday(appointment.day, today)
    words = f"{APPOINTMENT_TEXTS[appointment.state]} {day} {texts.clock(appointment.start)}"
    if appointment.form is not ContactForm.PERSOENLICH:
        words += f" · {texts.FORMS[appointment.form]}"
    return words


def proposal_text(proposal: Proposal, today: date) -> str:
    """`Vorschlag Di 24.11. 09:00 · 45 min`."""
    return _tr("Vorschlag {day} {time} · {length}").format(
        day=_weekday(proposal.day, today),
        time=texts.clock(proposal.start),
        length=proposal.length.german(),
    )


def reason_not_listed(group: Group) -> str:
    """Why the people of a group need no talk now, in one sentence."""
    reasons: dict[GroupId, Callable[[], str]] = {
        GroupId.RESTING: lambda: _tr(
            "Eine Ausnahme ist vereinbart; 14 Tage vor ihrem Ende stehen sie hier."
        ),
        GroupId.LATER: lambda: _tr("In der Frist; der nächste Termin hat noch über 14 Tage Zeit."),
        GroupId.WITHOUT: lambda: _tr("Für sie gibt es keine Frist: {states}.").format(
            states=_states(group)
        ),
    }
    return reasons[group.id]()


def _states(group: Group) -> str:
    """`30 nicht im Geltungsbereich, 6 keine Vorgabe`."""
    counted = Counter(entry.outcome.state for entry in group.entries)
    return ", ".join(f"{number} {STATE_TEXTS[state]}" for state, number in counted.most_common())


def _note(group: Group, today: date) -> str:
    if group.id is not GroupId.OVERDUE:
        return ""
    late = [(today - e.outcome.latest).days for e in group.entries if e.outcome.latest is not None]
    if not late:
        return ""
    return _tr("seit höchstens {days}").format(days=texts.counted(max(late), "Tag", "Tagen"))


def _until_event(entry: Entry) -> str:
    """`bis Ereignis: Ende der Maßnahme`, while an exception has no day on which it ends."""
    deviation, found = entry.client.subject.deviation, entry.outcome.deciding
    if deviation is None or deviation.until is not None or found.state not in _EXCEPTION:
        return ""
    return end_text(deviation, (found.policy,)) if found.latest is None else ""


def _last(entry: Entry, today: date) -> tuple[str, str]:
    contact = entry.last
    if contact is not None:
        day = f"{texts.short_day(contact.day)}{_year(contact.day, today)}"
        return day, texts.FORMS[contact.kind.form]
    registered = entry.client.subject.registered
    since = "" if registered is None else _tr("seit {day}").format(day=_short(registered, today))
    return _tr("noch nie"), since


def _detail(entry: Entry, today: date, proposal: Proposal | None) -> str:
    found = entry.outcome.deciding
    if entry.appointment is not None:
        words = appointment_text(entry.appointment, today)
        after = found.latest is not None and today <= found.latest < entry.appointment.day
        return _tr("{words} · nach der Frist").format(words=words) if after else words
    if proposal is not None:
        return proposal_text(proposal, today)
    if found.state in _EXCEPTION and entry.client.subject.deviation is not None:
        return entry.client.subject.deviation.reason
    if found.state is State.NO_PROFILE:
        return _tr("Profillage in der Kundenakte eintragen")
    if found.state is State.NO_ANCHOR:
        return _tr("fehlende Angabe in der Kundenakte eintragen")
    return ""


def _short(day: date, today: date) -> str:
    """`30.09.`, with the year where it is not plain."""
    return texts.short_day(day)[3:] + _year(day, today)


def _near(day: date, today: date) -> str:
    """`Mi 30.09.`, with the year where it is not plain."""
    return texts.short_day(day) + _year(day, today)


def _year(day: date, today: date) -> str:
    return f"{day.year % 100:02d}" if abs((day - today).days) > 300 else ""


def _weekday(day: date, today: date) -> str:
    return texts.weekday_day(day) if abs((day - today).days) > 300 else texts.short_day(day)


def _tr(text: str) -> str:
    return QCoreApplication.translate("worklist_rows", text)
