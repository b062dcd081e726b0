"""Which days stand on the time line of one client, and what lies between them?"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from kkd_desktop.actions.casework import ClientFile, Reach
from kkd_desktop.domain import texts
from kkd_desktop.domain.absence import absences
from kkd_desktop.domain.appointment import STATE_TEXTS
from kkd_desktop.domain.conditions_text import value_text
from kkd_desktop.domain.outcome import CountedContact
from kkd_desktop.domain.policy import FactDeclaration, FactKind
from kkd_desktop.domain.spans import add_months
from kkd_desktop.domain.values import Value
from kkd_desktop.domain.verdicts import verdict_text

SHORTEST_BACK, LONGEST_BACK = 6, 24
"""Months that are shown before today: enough for three talks, never more than the history."""

_DAY = timedelta(days=1)
_MARGIN = timedelta(days=12)


class MarkKind(StrEnum):
    COUNTED = "counted"
    NOT_COUNTED = "not_counted"
    APPOINTMENT = "appointment"
    PROPOSAL = "proposal"
    CHANGE = "change"


class StretchKind(StrEnum):
    KEPT = "kept"
    LATE = "late"
    EXCEPTION = "exception"
    AWAY = "away"


class Mark(Value, frozen=True):
    day: date
    kind: MarkKind
    text: str


class Stretch(Value, frozen=True):
    first: date
    last: date
    kind: StretchKind
    text: str


class TimelineData(Value, frozen=True):
    """All days are within `first` and `last`; `window` is the one that is open or comes next."""

    today: date
    first: date
    last: date
    marks: tuple[Mark, ...]
    stretches: tuple[Stretch, ...]
    window: tuple[date, date] | None = None

    def spoken(self) -> str:
        """The whole picture in words."""
        said = [stretch.text for stretch in self.stretches] + [mark.text for mark in self.marks]
        return " ".join(f"{text}." for text in said)


def first_day(found: ClientFile, today: date) -> date:
    """Where the time line begins: three counted contacts back, within bounds."""
    counted = [each.contact.day for each in found.history if each.verdict.counts]
    wanted = min(counted[:3], default=today) - _MARGIN
    return max(min(wanted, add_months(today, -SHORTEST_BACK)), add_months(today, -LONGEST_BACK))


def timeline(
    found: ClientFile,
    reaches: Sequence[Reach],
    proposal: datetime | None,
    first: date,
    today: date,
) -> TimelineData:
    marks = (
        *_changes(found, first, today),
        *_contacts(found.history, first),
        *_appointments(found, first, today),
        *_proposed(proposal),
    )
    stretches = (*_stretches(found, reaches, today), *_absences(found, first))
    duty = found.outcome.deciding
    window = None
    if duty.latest is not None and duty.earliest is not None and duty.latest >= first:
        window = (max(duty.earliest, first), duty.latest)
    ends = [today, *(m.day for m in marks), *(s.last for s in stretches)]
    if window is not None:
        ends.append(window[1])
    last = min(max(ends) + _MARGIN, add_months(today, LONGEST_BACK))
    within = tuple(m for m in marks if m.day <= last)
    return TimelineData(today, first, last, within, stretches, window)


def _changes(found: ClientFile, first: date, today: date) -> Iterator[Mark]:
    """The days on which a fact that decides began to be something else."""
    usual = (
        FactDeclaration("profile", _tr("Profillage"), FactKind.CHOICE, texts.PROFILLAGEN),
        FactDeclaration("status", _tr("Status"), FactKind.CHOICE, texts.STATUS),
    )
    facts = {fact.id: fact for fact in (*usual, *found.declared)}
    said: dict[date, list[str]] = {}
    for name, fact in facts.items():
        history = found.client.subject.facts.timeline(name)
        for period in history.periods if history else ():
            if period.since is not None and first <= period.since <= today:
                words = value_text(name, period.value, (fact,))
                said.setdefault(period.since, []).append(f"{fact.label}: {words}")
    for day, changes in said.items():
        text = _tr("Ab {day} {changes}").format(day=texts.day(day), changes=", ".join(changes))
        yield Mark(day, MarkKind.CHANGE, text)


def _contacts(history: Sequence[CountedContact], first: date) -> Iterator[Mark]:
    for each in reversed(history):
        contact, verdict = each.contact, each.verdict
        if contact.day < first:
            continue
        text = _tr("{day} {form}: {verdict}").format(
            day=texts.weekday_day(contact.day),
            form=texts.FORMS[contact.kind.form],
            verdict=verdict_text(verdict),
        )
        yield Mark(contact.day, MarkKind.COUNTED if verdict.counts else MarkKind.NOT_COUNTED, text)


def _appointments(found: ClientFile, first: date, today: date) -> Iterator[Mark]:
    """Open ones: those that took place stand here as contacts."""
    for each in reversed(found.appointments):
        if each.state.is_open and each.day >= first:
            text = _tr("Termin {moment}: {state}").format(
                moment=texts.moment(each.start),
                state=STATE_TEXTS[each.state] if each.day >= today else _tr("Ergebnis fehlt"),
            )
            yield Mark(each.day, MarkKind.APPOINTMENT, text)


def _proposed(proposal: datetime | None) -> Iterator[Mark]:
    if proposal is not None:
        text = _tr("Vorschlag {moment}").format(moment=texts.moment(proposal))
        yield Mark(proposal.date(), MarkKind.PROPOSAL, text)


def _stretches(found: ClientFile, reaches: Sequence[Reach], today: date) -> Iterator[Stretch]:
    """From each counted contact as far as it carried; what is beyond that, up to the next one."""
    for place, reach in enumerate(reaches):
        following = reaches[place + 1].day if place + 1 < len(reaches) else None
        latest = reach.latest
        if following is None and found.outcome.latest is not None:
            # What counts today may be another day than on the day of the contact.
            latest = max(found.outcome.latest, reach.day)
        kept = latest if following is None else min(latest, following)
        text = _tr("Kontakt {day} reicht bis {last}").format(
            day=texts.day(reach.day), last=texts.weekday_day(latest)
        )
        yield Stretch(reach.day, kept, StretchKind.KEPT, text)
        end = following or today
        if latest < end:
            text = _tr("über der Vorgabe vom {first} bis {last}").format(
                first=texts.day(latest + _DAY), last=texts.day(end)
            )
            yield Stretch(latest + _DAY, end, StretchKind.LATE, text)
    deviation = found.client.subject.deviation
    if deviation is not None and deviation.since is not None:
        last = deviation.until or today
        text = _tr("Ausnahme seit {first}, {end}").format(
            first=texts.day(deviation.since), end=found.exception_ends
        )
        yield Stretch(deviation.since, last, StretchKind.EXCEPTION, text)


def _absences(found: ClientFile, first: date) -> Iterator[Stretch]:
    for each in absences(found.client.subject.facts):
        if each.since > date.min and first <= each.until < date.max:
            text = _tr("Abwesenheit: {what}").format(what=each.german())
            yield Stretch(max(each.since, first), each.until, StretchKind.AWAY, text)


def _tr(text: str) -> str:
    return QCoreApplication.translate("timeline", text)
