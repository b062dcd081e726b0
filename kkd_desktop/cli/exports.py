"""`kkd ics` and `kkd list`: calendar files and the invitation list."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import click

from kkd_desktop.actions import calendar_export, exports, live_calendar
from kkd_desktop.actions.appointments import between, period
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.files import require_ending
from kkd_desktop.actions.requests import choice
from kkd_desktop.actions.settings import MOST_REMINDER
from kkd_desktop.cli.german import Command
from kkd_desktop.cli.options import DAY, with_context
from kkd_desktop.cli.output import show
from kkd_desktop.domain.calendar_form import CalendarForm, Preparation
from kkd_desktop.domain.errors import UserError
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
@click.option("-o", "--output", "path", type=click.Path(path_type=Path), help="Ziel.")
@click.option("--from", "since", type=DAY, help="Erster Tag (sonst heute).")
@click.option("--until", type=DAY, help="Letzter Tag (sonst alle kommenden).")
@click.option(
    "--changed/--all", "changed", default=False, help="Nur neue und geänderte, oder alle."
)
@click.option("--one-per-appointment", is_flag=True, help="Eine Datei je Termin in den Ordner -o.")
@click.option("--cancellations", type=click.Path(path_type=Path), help="Datei der Absagen.")
@privacy_option
@click.option("--reminder", metavar="MIN", help="Minuten vorher erinnern, oder none.")
@click.option(
    "--preparation", help="Vor- und Nachbereitung: whole (ein Eintrag), apart (eigener), none."
)
@click.option(
    "--live",
    metavar="DATEI|off",
    help="Datei, die Kalender mitlesen: ab jetzt bei jeder Änderung neu geschrieben, in der Form "
    "der Einstellungen.",
)
def ics(
    context: Context,
    path: Path | None,
    since: date | None,
    until: date | None,
    changed: bool,
    one_per_appointment: bool,
    cancellations: Path | None,
    live: str | None,
    **given: str | None,
) -> None:
    """Termine als iCalendar für Outlook, Thunderbird und andere."""
    if path is None and live is None:
        raise UserError("-o: bitte sagen, wohin die Kalenderdatei soll (oder --live DATEI).")
    form = _form(context, **given)
    if live is not None:
        _follow(context, live)
    if path is None:
        return
    export = calendar_export.select(context, since, until, changed=changed, form=form)
    files = calendar_export.write_calendar(
        context, export, path, form, cancellations=cancellations, one_each=one_per_appointment
    )
    show([counted(len(export.standing), "Termin", "Termine"), *(str(file) for file in files)])
    if cancellations is None:
        show(
            [
                f"{said} nicht enthalten: dafür --cancellations DATEI angeben."
                for said in _gone(export)
            ]
        )


def _gone(export: calendar_export.CalendarExport) -> Iterator[str]:
    """What a file of cancellations would name."""
    if export.withdrawn:
        yield counted(len(export.withdrawn), "Absage", "Absagen")
    told = {each.id for each, _ in export.withdrawn}
    loose = sum(each.id not in told for each, _ in export.follow_ups)
    if loose:
        what = counted(loose, "früherer Eintrag", "frühere Einträge")
        yield f"{what} „Vor- und Nachbereitung“"


def _form(
    context: Context, privacy: str | None, reminder: str | None, preparation: str | None
) -> CalendarForm:
    """What was said on the command line, the rest as in the settings."""
    usual = context.settings.calendar_form
    return CalendarForm(
        usual.privacy if privacy is None else choice(Privacy, privacy, "--privacy"),
        usual.reminder if reminder is None else _minutes(reminder),
        usual.preparation
        if preparation is None
        else choice(Preparation, preparation, "--preparation"),
    )


def _minutes(text: str) -> int | None:
    if text == "none":
        return None
    if not text.isdecimal() or int(text) > MOST_REMINDER:
        raise UserError(
            f"--reminder: „{text}“ ist keine Zahl von Minuten (0 bis {MOST_REMINDER}, oder none)."
        )
    return int(text)


def _follow(context: Context, live: str) -> None:
    """Choose the live calendar file or switch it off; it is written when the command ends."""
    if live == "off":
        live_calendar.switch_off(context)
        show(["Keine mitlaufende Kalenderdatei mehr."])
        return
    live_calendar.choose(context, Path(live))
    show([f"Mitlaufende Kalenderdatei: {context.settings.live_calendar}"])
    if context.settings.privacy is Privacy.FULL:
        show(["Achtung: Sie enthält volle Namen und ist nicht verschlüsselt."])


@click.command("list", cls=Command)
@with_context
@output
@click.option("--from", "since", type=DAY, help="Erster Tag (sonst heute).")
@click.option("--until", type=DAY, help="Letzter Tag (sonst vier Wochen später).")
@click.option("--day-sheet", "day", type=DAY, help="Tagesblatt dieses Tags statt der Liste.")
@click.option("--week", "week_of", type=DAY, help="Wochenblatt mit diesem Tag statt der Liste.")
@privacy_option
def invitation_list(
    context: Context,
    path: Path,
    since: date | None,
    until: date | None,
    day: date | None,
    week_of: date | None,
    privacy: str | None,
) -> None:
    """Die Einladungsliste als PDF, oder das Blatt eines Tags oder einer Woche."""
    require_ending(path, ".pdf")
    has_period = since is not None or until is not None
    if sum((has_period, day is not None, week_of is not None)) > 1:
        raise UserError("Bitte nur eines: --from mit --until, --day-sheet oder --week.")
    if week_of is not None:
        exports.write_pdf(path, exports.week_sheet(context, week_of, _privacy(context, privacy)))
        monday = week_of - timedelta(days=week_of.weekday())
        number = len(between(context, monday, monday + timedelta(days=6)))
        show([counted(number, "Termin", "Termine"), str(path)])
        return
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
