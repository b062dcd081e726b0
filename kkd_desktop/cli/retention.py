"""`kkd retention`: whose time is over, as a proposal."""

import click

from kkd_desktop.actions import retention as actions
from kkd_desktop.actions.context import Context
from kkd_desktop.cli.german import Command
from kkd_desktop.cli.options import as_json, with_context
from kkd_desktop.cli.output import show, show_json, table
from kkd_desktop.domain import texts


@click.command(cls=Command)
@with_context
@click.option(
    "--months", type=int, help="Frist nach dem letzten Kontakt festlegen (sonst nur zeigen)."
)
@as_json
def retention(context: Context, months: int | None, as_json: bool) -> None:
    """Wer gelöscht werden könnte, mit Grund; löschen tut „kkd clients delete“."""
    if months is not None:
        context.change_settings(retention_months=months)
    found = actions.proposal(context)
    if as_json:
        show_json(
            {
                "months": context.settings.retention_months,
                "look_back": actions.look_back(context),
                "candidates": found,
            }
        )
        return
    kept = texts.counted(context.settings.retention_months, "Monat", "Monate")
    show([f"Frist: {kept} nach dem letzten Kontakt. {actions.period_text(context)}"])
    if not found:
        show(["Für niemanden ist die Frist vorbei."])
        return
    show(table([(c.number, c.name, texts.day(c.kept_until), c.reason) for c in found]))
