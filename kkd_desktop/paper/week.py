"""A working week on one sheet: the days side by side, who comes when."""

from collections.abc import Sequence
from datetime import date

from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import STATE_TEXTS, Appointment
from kkd_desktop.domain.contact import ContactForm
from kkd_desktop.domain.language import german
from kkd_desktop.domain.privacy import Privacy, client_label
from kkd_desktop.domain.values import Value
from kkd_desktop.domain.week import DayPlan, Talk, Week
from kkd_desktop.paper.typesetting import typeset

_NOON = 12


class WeekSheet(Value, frozen=True):
    """A week from Monday on; busy times of other calendars are printed without their titles."""

    week: Week
    office: str
    printed_on: date
    privacy: Privacy = Privacy.INITIALS


@german()
def week_sheet(content: WeekSheet) -> bytes:
    """The sheet as an accessible PDF. Title, header and metadata name no person."""
    plans = days_of(content.week)
    talks = [talk for plan in plans for talk in plan.talks]
    number = plans[0].day.isocalendar().week
    halves = (
        ("Vormittag", [_half(plan, content.privacy, before_noon=True) for plan in plans]),
        ("Nachmittag", [_half(plan, content.privacy, before_noon=False) for plan in plans]),
    )
    data = {
        "title": f"Woche KW {number}",
        "period": f"{texts.weekday_day(plans[0].day)} bis {texts.weekday_day(plans[-1].day)}",
        "office": content.office,
        "summary": texts.counted(len(talks), "Gespräch", "Gespräche") if talks else "",
        "printed_on": texts.day(content.printed_on),
        "days": [{"day": texts.short_day(plan.day), "note": _note(plan)} for plan in plans],
        "halves": [{"name": name, "cells": cells} for name, cells in halves],
        "empty": not talks,
    }
    return typeset("woche", data, content.printed_on)


def days_of(week: Week) -> Sequence[DayPlan]:
    """Monday to Friday, and the weekend where something was agreed on it."""
    last = max([4, *(plan.day.weekday() for plan in week.days if plan.talks)])
    return [plan for plan in week.days[:7] if plan.day.weekday() <= last]


def _note(plan: DayPlan) -> str:
    """What stands below the day: why nobody is met, or how many come."""
    if plan.closed:
        return plan.closed
    return texts.counted(len(plan.talks), "Gespräch", "Gespräche")


def _half(plan: DayPlan, privacy: Privacy, *, before_noon: bool) -> list[dict[str, object]]:
    items = [
        (talk.start, _talk(talk, privacy))
        for talk in plan.talks
        if (talk.start.hour < _NOON) is before_noon
    ]
    for busy in plan.busy:
        if busy.start.date() != plan.day:
            continue
        if (busy.start.hour < _NOON) is before_noon:
            words = f"{texts.clock(busy.start)}–{texts.clock(busy.end)}"
            taken = {"time": words, "names": ["belegt"], "about": "", "open": False}
            items.append((busy.start, taken))
    return [item for _, item in sorted(items, key=lambda each: each[0])]


def _talk(talk: Talk, privacy: Privacy) -> dict[str, object]:
    first = talk.first
    states = dict.fromkeys(STATE_TEXTS[each.state] for each, _ in talk.booked)
    return {
        "time": f"{texts.clock(talk.start)}–{texts.clock(talk.end)}",
        "names": [client_label(client, privacy) or "Termin" for client in talk.clients],
        "about": " · ".join(part for part in (_about(first), " / ".join(states)) if part),
        "open": talk.is_open,
    }


def _about(appointment: Appointment) -> str:
    by_phone = appointment.form is not ContactForm.PERSOENLICH
    form = texts.FORMS[appointment.form] if by_phone else ""
    room = f"Raum {appointment.room}" if appointment.room else ""
    return " · ".join(part for part in (form, room) if part)
