"""`kkd history`: what was changed, when, and from what to what."""

from datetime import date

import click

from kkd_desktop.actions import casework, history
from kkd_desktop.actions.context import Context
from kkd_desktop.cli.german import Command
from kkd_desktop.cli.options import DAY, as_json, with_context
from kkd_desktop.cli.output import show, show_json
from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.history import LoggedStep

_USUAL = 50


@click.command("history", cls=Command)
@with_context
@click.option(
    "--client", "client", metavar="K", help="Nur zu dieser Person: Kundennummer oder Kürzel."
)
@click.option("--from", "since", type=DAY, help="Von diesem Tag an.")
@click.option("--until", type=DAY, help="Bis zu diesem Tag.")
@click.option("--search", default="", metavar="TEXT", help="Nur Schritte, in denen das vorkommt.")
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=_USUAL,
    show_default=True,
    help="So viele, neueste zuerst.",
)
@as_json
def show_history(
    context: Context,
    client: str | None,
    since: date | None,
    until: date | None,
    search: str,
    limit: int,
    as_json: bool,
) -> None:
    """Der Verlauf einer Person oder des ganzen Fallbestands: was, wann, alt → neu."""
    if since is not None and until is not None and until < since:
        raise UserError(f"--until: {texts.day(until)} liegt vor {texts.day(since)}.")
    whose = None if client is None else casework.find_client(context, client).id
    words = search.casefold().split()

    def fits(step: LoggedStep) -> bool:
        return all(word in step.sought().casefold() for word in words)

    wanted = history.Wanted(whose, since, until, fits if words else None)
    steps = history.last(context, wanted, limit)
    if as_json:
        show_json(steps)
        return
    show([line for step in steps for line in _lines(step, whose is None)])


def _lines(step: LoggedStep, with_people: bool) -> list[str]:
    people = [name for _, name in step.people] if with_people else []
    undone = ["zurückgenommen"] if step.is_undone else []
    head = " · ".join((texts.moment(step.done_at), step.name, *people, *undone))
    further = [f"    … und {texts.whole(step.further)} weitere Änderungen"] if step.further else []
    return [head, *(f"    {item.german()}" for item in step.items), *further]
