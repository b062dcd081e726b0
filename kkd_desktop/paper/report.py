"""The Auswertung on paper: the answer, the pictures, and each table with its definition."""

from collections.abc import Sequence
from datetime import date

from kkd_desktop.domain import report_definitions as definitions
from kkd_desktop.domain import texts
from kkd_desktop.domain.chart import Chart, ChartKind
from kkd_desktop.domain.language import german
from kkd_desktop.domain.report_answers import Answer
from kkd_desktop.domain.report_sheets import ALL, Figure
from kkd_desktop.domain.table import Cell
from kkd_desktop.domain.values import Value
from kkd_desktop.paper import charts
from kkd_desktop.paper.typesetting import typeset


class ReportPaper(Value, frozen=True):
    """What is printed; `names_people` says whether anybody is named in it."""

    title: str
    period: str
    office: str
    summary: str
    answers: tuple[Answer, ...]
    charts: tuple[Chart, ...]
    figures: tuple[Figure, ...]
    notes: tuple[str, ...]
    printed_on: date
    names_people: bool


@german()
def report_pdf(content: ReportPaper) -> bytes:
    """The report as an accessible PDF; title, header and metadata name no person."""
    warning = "Enthält Sozialdaten – nicht offen liegen lassen"
    data = {
        "title": content.title,
        "period": content.period,
        "office": content.office,
        "summary": content.summary,
        "preface": [["Stichtag", definitions.AS_OF]],
        "notes": list(content.notes),
        "answers": [[each.label, each.value, each.note] for each in content.answers],
        "grids": [charts.grid(each) for each in content.charts if each.kind is ChartKind.GRID],
        "charts": [
            charts.drawn(each) for each in content.charts if each.kind is not ChartKind.GRID
        ],
        "figures": [_figure(each) for each in content.figures],
        "printed_on": texts.day(content.printed_on),
        "warning": warning if content.names_people else "Ohne Angaben zu Personen",
    }
    return typeset("auswertung", data, content.printed_on)


_LONGEST = 24
"""Signs of a column that is as wide as its longest cell; wider ones share what is left."""


_FEW_ROWS, _LONGEST_LINE = 14, 60


def _figure(figure: Figure) -> dict[str, object]:
    width = len(figure.header)
    rows = [[*row, *[None] * (width - len(row))] for row in figure.rows]
    # A column that no concept in force fills would only keep the others narrow.
    told = [n for n in range(width) if not rows or any(row[n] is not None for row in rows)]
    header, rows = [figure.header[n] for n in told], [[row[n] for n in told] for row in rows]
    width = len(header)
    zero = _is_zero(rows)
    columns = [[row[place] for row in rows] for place in range(width)]
    numbers = [_holds_numbers(column) for column in columns]
    places = [_decimals(column) for column in columns]
    said = [[_said(cell, n) for cell, n in zip(row, places, strict=True)] for row in rows]
    longest = [max([len(row[place]) for row in said], default=0) for place in range(width)]
    return {
        "title": figure.title,
        "header": header,
        "numbers": numbers,
        "widths": [
            1 if is_number else 0 if most <= _LONGEST else 4
            for is_number, most in zip(numbers, longest, strict=True)
        ],
        "rows": [] if zero else said,
        "zero": zero,
        # What is kept in one piece would be cut off where it is longer than a page.
        "short": len(rows) <= _FEW_ROWS and max(longest, default=0) <= _LONGEST_LINE,
        "nothing": _ALL_ZERO if zero else "Dazu ist in diesem Zeitraum nichts erfasst.",
        "strong": [ALL in row for row in rows],
        "definition": figure.definition,
    }


_ALL_ZERO = "Alle Zahlen sind in diesem Zeitraum 0."


def _is_zero(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether there are numbers, and none but 0."""
    numbers = [cell for row in rows for cell in row if isinstance(cell, int | float)]
    return bool(numbers) and not any(numbers)


def _holds_numbers(column: Sequence[Cell]) -> bool:
    told = [cell for cell in column if cell is not None]
    return bool(told) and all(isinstance(cell, int | float) for cell in told)


def _decimals(column: Sequence[Cell]) -> int:
    """As many for all of a column as the longest needs: commas stand under each other."""
    told = [str(cell).partition(".")[2] for cell in column if isinstance(cell, float)]
    return max(map(len, told), default=0)


def _said(cell: Cell, decimals: int) -> str:
    if isinstance(cell, float):
        whole, _, rest = f"{cell:.{decimals}f}".partition(".")
        return f"{texts.whole(int(whole))},{rest}"
    if isinstance(cell, int):
        return texts.whole(cell)
    return texts.weekday_day(cell) if isinstance(cell, date) else str(cell or "")
