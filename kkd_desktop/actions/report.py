"""The Auswertung of a year: worked out, written as tables, and passed on without names."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from kkd_desktop.actions import capacity
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.files import require_ending, write_private
from kkd_desktop.domain import language, texts
from kkd_desktop.domain.appointment import Appointment
from kkd_desktop.domain.chart import Chart
from kkd_desktop.domain.charts import charts_of, team_charts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import german
from kkd_desktop.domain.report import FIRST_YEAR, Case, Meeting, WeekUse, YearReport
from kkd_desktop.domain.report_answers import Answer, answers, team_answers
from kkd_desktop.domain.report_sheets import (
    Figure,
    for_paper,
    meanings,
    single,
    year_figures,
)
from kkd_desktop.domain.rulebook import Rulebook
from kkd_desktop.domain.team_report import TeamReport, combined, pseudonymous, read
from kkd_desktop.domain.team_sheets import team_figures
from kkd_desktop.domain.values import encoded, replace
from kkd_desktop.domain.week import load_of, monday_of
from kkd_desktop.domain.year_report import YearWork
from kkd_desktop.store import appointments, caseload, clients, deviations
from kkd_desktop.store.attendance import talks_between, talks_without_appointment

Progress = Callable[[int, int], object]

_WEEK = timedelta(weeks=1)
_DAY = timedelta(days=1)
_MOST_BYTES = 5 * 1024 * 1024
_TABLES = (".xlsx", ".csv")


def year_report(
    context: Context,
    year: int,
    progress: Progress = lambda done, total: None,
    until: date | None = None,
) -> YearReport:
    """A year of the caseload, each day under its own facts and policies.

    It ends with `until`, else with the context's day; what happened later does not count in it.
    """
    if not FIRST_YEAR <= year <= context.today.year:
        raise UserError(
            language.said("Jahr: bitte von {first_year} bis {year}.").format(
                first_year=FIRST_YEAR, year=context.today.year
            )
        )
    newest = min(context.today, date(year, 12, 31))
    if until is not None and not date(year, 1, 1) <= until <= newest:
        raise UserError(
            language.said("Bis: bitte ein Tag vom 01.01.{year} bis zum {day}.").format(
                year=year, day=texts.day(newest)
            )
        )
    until = until or newest
    work = YearWork(year, until, _Books(context).on, context.office_calendar(), progress)
    found = work.report(cases(context), _meetings(context, date(year, 1, 1), until))
    return replace(found, weeks=_weeks(context, year, until), notes=_notes(context, until))


def cases(context: Context) -> list[Case]:
    """Everybody stored, with all exceptions they ever had."""
    exceptions = deviations.everyones(context.store)
    return [
        Case(
            client.id,
            replace(client.subject, deviation=None),
            log,
            tuple(exceptions.get(client.id, ())),
        )
        for client, log in caseload.everyone(context.store, context.today)
    ]


def names(context: Context, report: YearReport) -> dict[int, str]:
    """What the people of a report are called, for drilling down."""
    return clients.names(context.store, report.people)


def figures(context: Context, report: YearReport) -> tuple[Figure, ...]:
    return year_figures(report, names(context, report))


def write(context: Context, report: YearReport, path: Path) -> None:
    """With names, as XLSX or CSV; neither is encrypted."""
    _require_table(path, ".pdf")
    write_private(path, _with_names(context, report, path.suffix.lower()))


@german()
def _with_names(context: Context, report: YearReport, kind: str) -> bytes:
    if kind == ".pdf":
        return pdf(context, report)
    found = figures(context, report)
    return _tables(found, charts_of(report), report.notes, kind, _title(report.year))


def _title(year: int) -> str:
    return language.said("Auswertung {year}").format(year=year)


@german()
def pdf(context: Context, report: YearReport) -> bytes:
    """As a tagged PDF; people stand in it where they are left out of a figure."""
    found = for_paper(figures(context, report))
    people = texts.counted(len(report.people), "Person", "Personen")
    return _set(
        _title(report.year),
        language.said("bis {day}").format(day=texts.weekday_day(report.until)),
        context.settings.office,
        people,
        answers(report),
        charts_of(report),
        found,
        report.notes,
        context.today,
        names_people=True,
    )


def _set(
    title: str,
    period: str,
    office: str,
    summary: str,
    said: tuple[Answer, ...],
    charts: tuple[Chart, ...],
    found: tuple[Figure, ...],
    notes: tuple[str, ...],
    printed_on: date,
    *,
    names_people: bool,
) -> bytes:
    from kkd_desktop.paper.report import ReportPaper, report_pdf

    return report_pdf(
        ReportPaper(
            *(title, period, office, summary),
            *(said, charts, found, notes),
            printed_on,
            names_people,
        )
    )


def write_pseudonymous(report: YearReport, path: Path, on: date, month: int | None = None) -> None:
    """Without anybody in it: JSON to be added up with others', tables, or a PDF made `on` a day."""
    write_team(_of_month(report, month), path, on)


@german()
def pseudonymous_pdf(report: YearReport, on: date) -> bytes:
    """The PDF without anybody in it, of all months there are, made `on` a day."""
    return team_pdf(pseudonymous(report), on)


def _of_month(report: YearReport, month: int | None) -> TeamReport:
    found = pseudonymous(report, month)
    if not found.months:
        raise UserError(
            language.said("Monat: {month} liegt nicht im Zeitraum der Auswertung.").format(
                month=month
            )
        )
    return found


def write_team(report: TeamReport, path: Path, on: date) -> None:
    """`on` is the day that a PDF says it was made on."""
    _require_table(path, ".json", ".pdf")
    write_private(path, _without_names(report, path.suffix.lower(), on))


@german()
def _without_names(report: TeamReport, kind: str, on: date) -> bytes:
    if kind == ".json":
        return encoded(report).encode()
    if kind == ".pdf":
        return team_pdf(report, on)
    found = team_figures(report)
    return _tables(found, team_charts(report), report.notes, kind, _title(report.year))


@german()
def team_pdf(report: TeamReport, on: date) -> bytes:
    """As a tagged PDF; `on` is the day that it says it was made on."""
    whole = texts.counted(report.files, "Fallbestand", "Fallbestände")
    months = texts.months(each.month for each in report.months)
    return _set(
        _title(report.year),
        language.said("ohne Angaben zu Personen"),
        "",
        f"{whole} · {months}",
        team_answers(report),
        team_charts(report),
        team_figures(report),
        report.notes,
        on,
        names_people=False,
    )


def combine(paths: Sequence[Path]) -> TeamReport:
    """The files of several caseworkers added up."""
    return combined([(path.name, read(_text(path), path.name)) for path in paths])


def _text(path: Path) -> str:
    try:
        with path.open("rb") as source:
            data = source.read(_MOST_BYTES + 1)
    except FileNotFoundError as fault:
        raise UserError(
            language.said("{name}: Diese Datei gibt es nicht.").format(name=path.name)
        ) from fault
    except OSError as fault:
        raise UserError(
            language.said("{name}: Die Datei lässt sich nicht lesen.").format(name=path.name)
        ) from fault
    if len(data) > _MOST_BYTES:
        raise UserError(
            language.said("{name}: Die Datei ist zu groß für eine Monatsdatei.").format(
                name=path.name
            )
        )
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise UserError(
            language.said("{name}: Das ist keine Monatsdatei einer Auswertung.").format(
                name=path.name
            )
        ) from None


def _tables(
    found: Sequence[Figure],
    charts: Sequence[Chart],
    notes: Sequence[str],
    kind: str,
    title: str,
) -> bytes:
    if kind == ".csv":
        from kkd_desktop.exchange import tables

        return tables.written_csv(single(found, notes))
    from kkd_desktop.exchange import report_workbook

    return report_workbook.written_report(found, charts, (meanings(found, notes),), title)


def _require_table(path: Path, *others: str) -> None:
    """Faults of the name and of the disk are for the reader, unlike what is in the file."""
    if path.suffix.lower() not in others:
        require_ending(path, *_TABLES)


class _Books:
    """The rulebook of each day; days on which the same versions speak share one."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._known: dict[tuple[str, ...], Rulebook] = {}

    def on(self, day: date) -> Rulebook:
        concepts = self._context.concepts(day)
        key = tuple(policy.id for concept in concepts for policy in concept.policies)
        if key not in self._known:
            self._known[key] = self._context.rulebook(concepts)
        return self._known[key]


def _meetings(context: Context, first: date, last: date) -> list[tuple[int, date, Meeting]]:
    """Open talks are those without an outcome; one of today may still take place."""
    found = []
    for client_id, day, state in talks_between(context.store, first, last):
        what = Meeting.OPEN if state in _OPEN else Meeting(state)
        if what is not Meeting.OPEN or day < context.today:
            found.append((client_id, day, what))
    return found


_OPEN = ("booked", "invited")


def _weeks(context: Context, year: int, until: date) -> tuple[WeekUse, ...]:
    """Whole weeks from the one with 1 January on to the one with the last day."""
    monday, last = monday_of(date(year, 1, 1)), monday_of(until)
    booked: dict[date, list[Appointment]] = {}
    for each in appointments.between(context.store, monday, last + _WEEK - _DAY):
        if not each.state.is_withdrawn:
            booked.setdefault(monday_of(each.day), []).append(each)
    besides: dict[date, list[int]] = {}
    for client_id, day in talks_without_appointment(context.store, monday, until):
        besides.setdefault(monday_of(day), []).append(client_id)
    found = []
    while monday <= last:
        held = booked.get(monday, [])
        people = tuple(sorted({each.client_id for each in held}))
        norm = capacity.norm_of_week(context, monday)
        alone = tuple(sorted(besides.get(monday, ())))
        found.append(WeekUse(monday, load_of(held), norm, people, alone))
        monday += _WEEK
    return tuple(found)


@german()
def _notes(context: Context, until: date) -> tuple[str, ...]:
    """German: they stand in what leaves the house."""
    from kkd_desktop.actions import trial

    said = trial.validity_notes(context.concepts(until), until)
    return tuple(
        language.said("{note}: An solchen Tagen gibt es kein Soll.").format(note=note)
        for note in said
    )
