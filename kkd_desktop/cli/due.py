"""`kkd due` and `kkd suggest`: whom to meet, when, and why."""

from datetime import datetime, time

import click

from kkd_desktop.actions import casework, proposals
from kkd_desktop.actions import worklist as lists
from kkd_desktop.actions.context import Context
from kkd_desktop.cli.german import Command
from kkd_desktop.cli.options import as_json, client_option, clock_time, with_context
from kkd_desktop.cli.outcomes import entry_plain, outcome_lines, outcome_plain
from kkd_desktop.cli.output import show, show_json, table
from kkd_desktop.domain import texts
from kkd_desktop.domain.explanation import distance_text
from kkd_desktop.domain.worklist import Entry


@click.command(cls=Command)
@with_context
@click.option("--days", type=click.IntRange(0, 3660), help="Nur was in so vielen Tagen endet.")
@as_json
def due(context: Context, days: int | None, as_json: bool) -> None:
    """Die Arbeitsliste, Dringendes zuerst; was nicht darin steht, wird gezählt."""
    found = lists.worklist(context)
    if days is None:
        groups = found.listed
    else:
        groups = tuple(group for group in found.groups if _within(group.entries, days))
    shown = [
        (group, [e for e in group.entries if days is None or _due_within(e, days)])
        for group in groups
    ]
    count = sum(len(entries) for _, entries in shown)
    left_out = len(found.entries) - count
    if as_json:
        show_json(
            {
                "groups": [
                    {"id": g.id, "title": g.title, "clients": [entry_plain(e) for e in entries]}
                    for g, entries in shown
                ],
                "listed": count,
                "not_listed": left_out,
            }
        )
        return
    for group, entries in shown:
        show([f"{group.title} ({len(entries)})", *table([_row(e) for e in entries]), ""])
    reasons = ", ".join(f"{g.title}: {len(g.entries)}" for g in found.groups if g not in groups)
    show([f"{count} aufgeführt, {left_out} nicht enthalten" + (f" ({reasons})" if reasons else "")])


@click.command(cls=Command)
@with_context
@client_option
@click.option("--at", "at", help="Uhrzeit HH:MM, ab der gesucht wird (sonst Tagesbeginn).")
@click.option("--present", is_flag=True, help="Die Person ist da: Einladung wird ausgehändigt.")
@click.option("--anyway", is_flag=True, help="Auch vorschlagen, solange die Vorgabe ruht.")
@as_json
def suggest(
    context: Context, client: str, at: str | None, present: bool, anyway: bool, as_json: bool
) -> int:
    """Den nächsten Termin vorschlagen, mit Begründung; auch mit der BG zusammen.

    Gibt es keinen Vorschlag, dann steht da warum, und der Rückgabewert ist 1.
    """
    moment = datetime.combine(context.today, clock_time(at, "--at") if at else time())
    found = proposals.next_talk(
        context,
        casework.find_client(context, client),
        moment,
        present=present,
        on_request=anyway,
    )
    best = found.best
    if as_json:
        show_json(
            {
                "outcome": outcome_plain(found.outcome),
                "proposal": best,
                "others": found.suggestion.others,
                "together": found.suggestion.together,
                "note": found.suggestion.note,
            }
        )
        return 0 if best else 1
    show(outcome_lines(found.outcome))
    if best is None:
        show([found.suggestion.note])
        return 1
    show([f"Vorschlag: {texts.moment(best.start)}, {best.length.german()} ({best.label})"])
    show([f"  {reason}" for reason in best.reasons])
    for other in found.suggestion.others:
        show([f"oder {texts.moment(other.start)} ({other.label}) – {other.drawback}"])
        show([f"  {other.reasons[0]}"])
    for other in found.suggestion.together:
        show([f"oder {texts.moment(other.start)}, {other.length.german()}, {other.label}"])
        show([f"  {reason}" for reason in other.reasons[:2]])
    return 0


def _due_within(entry: Entry, days: int) -> bool:
    left = entry.outcome.days_left
    return left is not None and left <= days


def _within(entries: tuple[Entry, ...], days: int) -> bool:
    return any(_due_within(entry, days) for entry in entries)


def _row(entry: Entry) -> tuple[str, ...]:
    last = entry.outcome.deciding.last
    return (
        "",
        entry.client.mark,
        entry.client.name,
        texts.day(last) if last else "noch nie",
        distance_text(entry.outcome.deciding, entry.outcome.today),
        f"Termin {texts.moment(entry.appointment.start)}" if entry.appointment else "",
    )
