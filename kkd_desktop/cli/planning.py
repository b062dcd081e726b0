"""`kkd plan`: whom to invite in the next weeks, for which day and hour, and why."""

from datetime import datetime, time
from typing import Any

import click

from kkd_desktop.actions import casework, planning, search
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.planning import Options
from kkd_desktop.cli.german import Command
from kkd_desktop.cli.options import as_json, with_context
from kkd_desktop.cli.output import client_plain, show, show_json, table
from kkd_desktop.domain import texts
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.plan import Plan, PlannedTalk, WeekOfPlan
from kkd_desktop.domain.plan_text import late_number, quality, shortage
from kkd_desktop.domain.planning import Limits


@click.command(cls=Command)
@with_context
@click.option(
    "--weeks",
    type=click.IntRange(1, planning.MOST_WEEKS),
    default=planning.WEEKS,
    show_default=True,
    help="Wochen ab dem ersten Tag, den ein Brief erreicht.",
)
@click.option("--apply", "accept", is_flag=True, help="Alle Termine des Plans vereinbaren.")
@click.option(
    "--time-limit",
    "seconds",
    type=click.IntRange(1, 3600),
    default=60,
    show_default=True,
    help="Sekunden, nach denen der bis dahin beste Plan gilt.",
)
@click.option(
    "--show-rate/--no-show-rate",
    "show_rate",
    default=True,
    help="So viele einladen, dass voraussichtlich genug kommen, oder als kämen alle.",
)
@click.option("--telephone", is_flag=True, help="Anrufe planen, wo das Konzept sie gelten lässt.")
@click.option("--search", "query", metavar="SUCHE", help="Nur für alle, die zur Suche passen.")
@click.option(
    "--client",
    "clients",
    multiple=True,
    metavar="K",
    help="Nur für diese Person; mehrfach möglich (Kundennummer oder Kürzel).",
)
@as_json
def plan(
    context: Context,
    weeks: int,
    accept: bool,
    seconds: int,
    show_rate: bool,
    telephone: bool,
    query: str | None,
    clients: tuple[str, ...],
    as_json: bool,
) -> int:
    """Einen Plan der nächsten Wochen vorschlagen: wer, wann, wie lange und warum.

    Fehlt für jemanden der Platz, den die Vorgabe verlangt, dann steht da für wen, und der
    Rückgabewert ist 1, auch wenn der Plan vereinbart ist.
    """
    only = _only(context, query, clients)
    options = Options(weeks, show_rate, telephone, Limits(float(seconds)), only)
    found = planning.make(context, datetime.combine(context.today, time()), options)
    booked = planning.apply(context, found) if accept and found.talks else ()
    if as_json:
        show_json({**_plain(found), "booked": [each.id for each in booked]})
    else:
        if only is not None:
            show([f"Geplant nur für {texts.counted(len(only), 'Person', 'Personen')}."])
        show(_lines(found))
        if booked:
            number = texts.counted(len(booked), "Termin", "Termine")
            show(["", f"Plan angenommen ({number})."])
    return 1 if any(each.late for each in found.unplaced) else 0


def _only(context: Context, query: str | None, names: tuple[str, ...]) -> frozenset[int] | None:
    """The ids of those to plan for; None for everybody."""
    if query is not None and names:
        raise UserError("Bitte entweder --search oder --client.")
    if query is not None:
        return frozenset(entry.client.id for entry in search.run(context, query).entries)
    return frozenset(casework.find_client(context, name).id for name in names) or None


def _lines(found: Plan) -> list[str]:
    number = texts.counted(len(found.talks), "Termin", "Termine")
    period = f"{texts.weekday_day(found.first)} bis {texts.weekday_day(found.last)}"
    late = late_number(len(found.talks), len(found.late))
    lines = [f"Plan {period}: {', '.join(part for part in (number, late) if part)}"]
    if short := shortage(found):
        lines.append(short)
    if found.show is not None:
        lines.append(
            f"Es kommen {texts.tenths(found.show * 100)} % der Eingeladenen; von diesen Terminen "
            f"voraussichtlich {texts.tenths(found.expected)}."
        )
    lines += [
        quality(found),
        "",
        *table([_week_row(found, each) for each in found.weeks], right={1, 2}),
    ]
    for talk in found.talks:
        lines += ["", *_talk_lines(talk)]
    lines += _named("Ohne Platz", [(each.client, each.reason) for each in found.unplaced])
    anyway = [(each.client, each.reason) for each in found.late_anyway]
    lines += _named("Auf jeden Fall später als vorgegeben", anyway)
    not_asked = [(each.client, each.reason) for each in found.not_asked]
    return lines + _named("Nicht im Plan", not_asked)


def _week_row(found: Plan, week: WeekOfPlan) -> tuple[str, ...]:
    """`KW 48 ab Mo 23.11.2026  4 vereinbart  18 geplant  voraussichtlich 21,4 von 24 Stunden`."""
    expected = f"voraussichtlich {texts.tenths(week.expected)}"
    if week.norm is not None:
        unit = "Stunden" if found.counts_hours else "Terminen"
        expected += f" von {week.norm} {unit}"
    return (
        f"KW {week.monday.isocalendar().week} ab {texts.weekday_day(week.monday)}",
        f"{week.agreed} vereinbart",
        f"{week.planned} geplant",
        expected,
        "über der Vorgabe" if week.over else "",
    )


def _talk_lines(talk: PlannedTalk) -> list[str]:
    form = texts.FORMS[talk.form]
    head = f"{texts.moment(talk.start)}  {_name(talk.client)}  {form}, {talk.length.german()}"
    return [head, f"  {'; '.join((*talk.reasons, *talk.household, *talk.notes))}"]


def _named(title: str, rows: list[tuple[Client, str]]) -> list[str]:
    if not rows:
        return []
    return ["", f"{title} ({len(rows)})", *table([("", _name(who), why) for who, why in rows])]


def _name(client: Client) -> str:
    return f"{client.mark}  {client.name}"


def _plain(found: Plan) -> dict[str, Any]:
    return {
        "first": found.first,
        "last": found.last,
        "talks": [_talk_plain(talk) for talk in found.talks],
        "unplaced": [
            {**client_plain(x.client), "latest": x.asked.latest, "late": x.late, "reason": x.reason}
            for x in found.unplaced
        ],
        "late_anyway": [
            {**client_plain(x.client), "latest": x.latest, "reason": x.reason}
            for x in found.late_anyway
        ],
        "not_asked": [{**client_plain(x.client), "reason": x.reason} for x in found.not_asked],
        "weeks": found.weeks,
        "weighed": found.weighed,
        "weight": found.weight,
        "bound": found.bound,
        "gap": found.gap,
        "timed_out": found.timed_out,
        "show_rate": None if found.show is None else float(found.show),
        "expected": float(found.expected),
    }


def _talk_plain(talk: PlannedTalk) -> dict[str, Any]:
    return {
        **client_plain(talk.client),
        "nth": talk.nth,
        "start": talk.start,
        "minutes": talk.length.total,
        "preparation": talk.length.preparation,
        "form": talk.form,
        "earliest": talk.asked.earliest,
        "target": talk.asked.target,
        "latest": talk.asked.latest,
        "late_days": talk.late_days,
        "percent": talk.percent,
        "reasons": talk.reasons,
        "notes": (*talk.household, *talk.notes),
    }
