"""`kkd ics` and `kkd list`: calendar files and the invitation list."""

from datetime import date
from pathlib import Path

import click

from kkd_desktop.actions import exports
from kkd_desktop.actions.appointments import between, period
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.requests import choice
from kkd_desktop.cli.german import Command
from kkd_desktop.cli.options import DAY, with_context
from kkd_desktop.cli.output import show
from kkd_desktop.domain.privacy import Privacy
from kkd_desktop.domain.texts import counted

output = click.option(
    "-o", "--output", "path", type=click.Path(path_type=Path), required=True, help="Ziel."
)
privacy_option = click.option(
    "--privacy", help="neutral, initials oder full (sonst wie in den Einstellungen)."
)


@click.command(cls=Command)
@with_context
@output
@click.option("--from", "since", type=DAY, help="Erster Tag (sonst heute).")
@click.option("--until", type=DAY, help="Letzter Tag (sonst alle kommenden).")
@click.option(
    "--changed/--all", "changed", default=False, help="Nur neue und geänderte, oder alle."
)
@click.option("--one-per-appointment", is_flag=True, help="Eine Datei je Termin in den Ordner -o.")
@click.option("--cancellations", type=click.Path(path_type=Path), help="Datei der Absagen.")
@privacy_option
def ics(
    context: Context,
    path: Path,
    since: date | None,
    until: date | None,
    changed: bool,
    one_per_appointment: bool,
    cancellations: Path | None,
    privacy: str | None,
) -> None:
    """Termine als iCalendar für Outlook, Thunderbird und andere."""
    export = exports.select(context, since, until, changed=changed)
    files = exports.write_calendar(
        context,
        export,
        path,
        _privacy(context, privacy),
        cancellations=cancellations,
        one_each=one_per_appointment,
    )
    show([counted(len(export.standing), "Termin", "Termine"), *(str(file) for file in files)])
    if export.withdrawn and cancellations is None:
        number = counted(len(export.withdrawn), "Absage", "Absagen")
        show([f"{number} nicht enthalten: dafür --cancellations DATEI angeben."])


@click.command("list", cls=Command)
@with_context
@output
@click.option("--from", "since", type=DAY, help="Erster Tag (sonst heute).")
@click.option("--until", type=DAY, help="Letzter Tag (sonst vier Wochen später).")
@click.option("--day-sheet", "day", type=DAY, help="Tagesblatt dieses Tags statt der Liste.")
@privacy_option
def invitation_list(
    context: Context,
    path: Path,
    since: date | None,
    until: date | None,
    day: date | None,
    privacy: str | None,
) -> None:
    """Die Einladungsliste als PDF, oder das Blatt eines Tags."""
    if day is not None:
        exports.write_pdf(path, exports.day_sheet(context, day, _privacy(context, privacy)))
        show([counted(len(between(context, day, day)), "Termin", "Termine"), str(path)])
        return
    first, last = period(context, since, until)
    exports.write_invitation_list(context, path, first, last, _privacy(context, privacy))
    number = len(between(context, first, last))
    show([counted(number, "Termin", "Termine"), str(path)])


def _privacy(context: Context, given: str | None) -> Privacy:
    return context.settings.privacy if given is None else choice(Privacy, given, "--privacy")
