"""`kkd report`: the Auswertung of a year, with names, without, and of a whole team."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from kkd_desktop.actions import report as reports
from kkd_desktop.actions.files import require_ending
from kkd_desktop.cli.german import Command
from kkd_desktop.cli.options import DAY, as_of, opened_context, store_file, this_day
from kkd_desktop.cli.output import show
from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.report import Standing, YearReport, degree
from kkd_desktop.domain.team_report import TeamReport

_TABLES = (".pdf", ".xlsx", ".csv")


@click.command(cls=Command)
@store_file
@as_of
@click.argument("files", nargs=-1, metavar="[DATEI…]", type=click.Path(path_type=Path))
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    required=True,
    help=".pdf, .xlsx, .csv oder .json.",
)
@click.option("--year", type=int, help="Jahr (sonst das laufende, mit --until dessen).")
@click.option("--until", type=DAY, metavar="TAG", help="Nur bis zu diesem Tag, wie er damals war.")
@click.option("--month", type=click.IntRange(1, 12), help="Nur dieser Monat (nur --pseudonymous).")
@click.option("--pseudonymous", is_flag=True, help="Ohne Personen, für die Teamleitung.")
@click.option("--combine", is_flag=True, help="Monatsdateien (JSON) mehrerer zusammenführen.")
def report(files: tuple[Path, ...], output: Path, combine: bool, **given: Any) -> None:
    """Auswertung: Soll-Ist der Kontaktdichte, Stichtage, Anteile und was daraus wurde.

    JSON gibt es nur ohne Personen (--pseudonymous).
    """
    if combine:
        for_one = given["month"] or given["year"] or given["until"]
        _refuse(for_one, "--combine: der Zeitraum steht in den Dateien.")
        require_ending(output, *_TABLES, ".json")
        found = reports.combine(files)
        reports.write_team(found, output, given["as_of"] or this_day())
        show([*_team_lines(found), *found.notes, f"Geschrieben: {output}"])
        return
    _refuse(bool(files), "Dateien gibt es nur mit --combine.")
    _of_year(output, **given)


def _of_year(
    output: Path,
    store: Path | None,
    passphrase_file: Path | None,
    as_of: date | None,
    year: int | None,
    until: date | None,
    month: int | None,
    pseudonymous: bool,
) -> None:
    endings = (*_TABLES, ".json") if pseudonymous else _TABLES
    _refuse(month is not None and not pseudonymous, "--month gibt es nur mit --pseudonymous.")
    require_ending(output, *endings)
    with opened_context(store, passphrase_file, as_of or this_day()) as context:
        asked = year or min(until or context.today, context.today).year
        found = reports.year_report(context, asked, until=until)
        if pseudonymous:
            reports.write_pseudonymous(found, output, context.today, month)
        else:
            reports.write(context, found, output)
    only = [] if month is None else [f"In der Datei steht nur der {texts.month(month)}."]
    show([*_lines(found), *only, *found.notes, f"Geschrieben: {output}"])
    if not pseudonymous:
        show(["Die Datei ist nicht verschlüsselt und enthält Namen."])


def _refuse(wrong: object, sentence: str) -> None:
    if wrong:
        raise UserError(sentence)


def _lines(found: YearReport) -> list[str]:
    last = found.days[-1]
    left = len(found.people) - len({each for month in found.months for each in month.people})
    return [
        f"{found.year} bis {texts.day(found.until)}: {_soll_ist(found)}",
        f"{texts.counted(len(found.people), 'Person', 'Personen')}, davon {left} im ganzen "
        "Zeitraum ohne Soll (mit Grund in der Datei)",
        f"{texts.day(last.day)}: {last.number(Standing.FULFILLED)} erfüllt, "
        f"{last.number(Standing.DUE)} in 14 Tagen fällig, "
        f"{last.number(Standing.OVERDUE)} überfällig",
    ]


def _soll_ist(found: YearReport) -> str:
    part = degree(found.soll, found.ist)
    percent = "kein Soll" if part is None else f"{texts.tenths(part * 100)} %"
    ist = texts.counted(found.ist, "Kontakt", "Kontakte")
    return f"Soll {texts.tenths(found.soll)}, Ist {ist} ({percent})"


def _team_lines(found: TeamReport) -> list[str]:
    number = texts.counted(found.files, "Datei", "Dateien")
    months = texts.months(each.month for each in found.months)
    return [f"{found.year}, {months}: {number} zusammengeführt."]
