"""`kkd capacity`: how full are the weeks, and what does the concept ask of them?"""

from datetime import date, timedelta

import click

from kkd_desktop.actions import appointments
from kkd_desktop.actions import capacity as norms
from kkd_desktop.actions.context import Context
from kkd_desktop.cli.german import Command
from kkd_desktop.cli.options import DAY, as_json, with_context
from kkd_desktop.cli.output import show, show_json
from kkd_desktop.domain import texts
from kkd_desktop.domain.caseload import Capacity
from kkd_desktop.domain.values import Value
from kkd_desktop.domain.week import WEEK, Load, load_of, monday_of

_MOST_WEEKS = 52


class _Standing(Value, frozen=True):
    monday: date
    load: Load
    norm: Capacity | None


@click.command(cls=Command)
@with_context
@click.option("--week", "day", type=DAY, help="Ein Tag der ersten Woche (sonst heute).")
@click.option(
    "--weeks", type=click.IntRange(1, _MOST_WEEKS), default=1, show_default=True, help="Wochen."
)
@as_json
def capacity(context: Context, day: date | None, weeks: int, as_json: bool) -> None:
    """Wie voll die Wochen sind, und was das Konzept dafür vorgibt."""
    first = monday_of(day or context.today)
    found = [_standing(context, first + number * WEEK) for number in range(weeks)]
    show_json([_plain(each) for each in found]) if as_json else show([_line(x) for x in found])


def _standing(context: Context, monday: date) -> _Standing:
    booked = appointments.between(context, monday, monday + timedelta(days=6))
    standing = (each for each, _ in booked if not each.state.is_withdrawn)
    return _Standing(monday, load_of(standing), norms.norm_of_week(context, monday))


def _line(found: _Standing) -> str:
    """`KW 48 ab Mo 23.11.2026: 18 von 24 Terminen, 15,5 von 23,4 Stunden`."""
    load, norm = found.load, found.norm
    week = f"KW {found.monday.isocalendar().week} ab {texts.weekday_day(found.monday)}"
    hours = texts.tenths(load.hours)
    if norm is None or not norm.part:
        why = "ohne Vorgabe des Konzepts" if norm is None else "keine Sprechzeit, keine Vorgabe"
        talks = texts.counted(load.talks, "Termin", "Termine")
        return f"{week}: {talks}, {hours} Stunden ({why})"
    talks = texts.counted(load.talks, "Termin", "Termine")
    if norm.min_contacts is not None:
        talks = f"{load.talks} von {norm.min_contacts} Terminen"
    by_part = "" if norm.part == 1 else " (anteilig nach den Stunden dieser Woche)"
    return f"{week}: {talks}, {hours} von {texts.tenths(norm.contact_hours)} Stunden{by_part}"


def _plain(found: _Standing) -> dict[str, object]:
    norm = found.norm
    return {
        "week": found.monday,
        "talks": found.load.talks,
        "hours": float(found.load.hours),
        "min_contacts": None if norm is None else norm.min_contacts,
        "contact_hours": None if norm is None else float(norm.contact_hours),
        "part": None if norm is None else float(norm.part),
    }
