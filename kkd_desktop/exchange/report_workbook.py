"""How does an Auswertung look as a workbook? Tables with pictures that Excel itself draws.

Pictures refer to the sheet of their own numbers, so that they change when somebody changes those.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from textwrap import wrap
from typing import Any

from kkd_desktop.domain.chart import Axis, Chart, ChartKind, Role, Series, Unit
from kkd_desktop.domain.language import german
from kkd_desktop.domain.report_sheets import LINE, Figure
from kkd_desktop.domain.table import Cell, Sheet
from kkd_desktop.domain.values import Value
from kkd_desktop.exchange.xlsx_tables import workbook

Format = Any
Page = Any
"""The library is untyped."""

OVERVIEW, GRID, NUMBERS = "Überblick", "Raster", "Zahlen der Bilder"

_INK, _ACCENT, _GREEN, _AMBER, _RUST = "#1d1d1b", "#1d5c9e", "#2b6b4a", "#8a6100", "#a8431a"
_WIDTH, _HEIGHT = 760, 300
_ROWS_OF_PICTURE = 17
_NARROWEST, _WIDEST = 9, 46
_PADDING = 2


class _Paint(Value, frozen=True):
    """Brightness and pattern tell as much as the colour does."""

    color: str
    ground: str = "#ffffff"
    pattern: str = ""


_BY_ROLE = {
    Role.ASKED: _Paint("#ffffff", _INK),
    Role.DONE: _Paint(_ACCENT),
    Role.GOOD: _Paint("#b9d8c6"),
    Role.SOON: _Paint(_AMBER, "#fbeecb", "wide_upward_diagonal"),
    Role.LATE: _Paint(_RUST),
    Role.APART: _Paint("#5c5b56", pattern="percent_20"),
    Role.NO_RULE: _Paint("#8d8b84", pattern="light_horizontal"),
    Role.UNKNOWN: _Paint("#5c5b56", pattern="small_grid"),
    Role.NOT_YET: _Paint("#ffffff"),
}
_ONE_OF = (
    _Paint(_ACCENT),
    _Paint("#3f7dbd", "#dbe8f6", "wide_upward_diagonal"),
    _Paint("#a9c8e8"),
    _Paint(_ACCENT, pattern="percent_20"),
    _Paint("#3f7dbd", pattern="narrow_horizontal"),
)
_LINES = ((_ACCENT, "circle"), (_RUST, "square"), (_GREEN, "triangle"))
_DASHES = ("dash", "round_dot", "long_dash_dot")


@german()
def written_report(
    figures: Sequence[Figure], charts: Sequence[Chart], rest: Sequence[Sheet], title: str
) -> bytes:
    """A sheet per figure with its pictures beside the table; `rest` are sheets without any.

    The first sheet says what is to be seen. Every text is a text, never a formula or a link.
    """
    out = BytesIO()
    book = workbook(out)
    book.set_properties({"title": title})
    writer = _Book(book, title)
    writer.overview(charts)
    pages = {figure.title: writer.table(figure, figure.definition) for figure in figures}
    for sheet in rest:
        writer.table(sheet)
    writer.pictures([each for each in charts if each.kind is not ChartKind.GRID], figures, pages)
    book.close()
    return out.getvalue()


class _Book:
    """A workbook that is being written."""

    def __init__(self, book: Any, title: str) -> None:
        self._book = book
        self._title = title
        head = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
        self._head = book.add_format(head)
        self._head_right = book.add_format({**head, "align": "right"})
        self._bold = book.add_format({"bold": True})
        self._large = book.add_format({"bold": True, "font_size": 16})
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self._small = book.add_format({"italic": True, "font_color": "#5c5b56"})
        self._day = book.add_format({"num_format": "dd.mm.yyyy", "align": "left"})
        self._whole = book.add_format({"num_format": "#,##0"})
        self._decimals = {n: book.add_format({"num_format": f"#,##0.{'0' * n}"}) for n in (1, 2)}

    def overview(self, charts: Sequence[Chart]) -> None:
        """The findings, and the grid of Soll and Ist."""
        page = self._page(OVERVIEW)
        page.set_column(0, 0, 34)
        page.write_string(0, 0, self._title, self._large)
        line = 2
        for place, heading in enumerate(("Bild", "Befund", "Blatt")):
            page.write_string(line, place, heading, self._head)
        for chart in charts:
            line += 1
            page.write_string(line, 0, chart.title, self._wrapped)
            page.write_string(line, 1, chart.summary, self._wrapped)
            sheet = GRID if chart.kind is ChartKind.GRID else chart.figure
            page.write_string(line, 2, sheet, self._wrapped)
        page.set_column(1, 1, 100)
        page.set_column(2, 2, 18)
        for chart in charts:
            if chart.kind is ChartKind.GRID and not chart.is_empty:
                self._grid(self._page(GRID), chart)

    def _grid(self, page: Page, chart: Chart) -> None:
        page.set_column(0, 0, 26)
        page.set_column(1, len(chart.categories), 8)
        page.write_string(0, 0, f"{chart.title} (Ist in % des Solls)", self._head)
        for place, category in enumerate(chart.categories, 1):
            page.write_string(0, place, category.label, self._head_right)
        page.freeze_panes(1, 1)
        for line, row in enumerate(chart.series, 1):
            page.write_string(line, 0, row.name)
            for place, point in enumerate(row.points, 1):
                if point.value is not None:
                    number = round(float(point.value), 1)
                    page.write_number(line, place, number, self._decimals[1])
        page.conditional_format(
            *(1, 1, len(chart.series), len(chart.categories)),
            {
                "type": "2_color_scale",
                "min_type": "num",
                "max_type": "num",
                "min_value": 40,
                "max_value": 100,
                "min_color": "#dd9a7d",
                "max_color": "#ffffff",
            },
        )

    def table(self, sheet: Sheet, definition: str = "") -> Page:
        page = self._page(sheet.title)
        formats = [self._format_of(column) for column in _columns(sheet)]
        for place, (heading, shape) in enumerate(zip(sheet.header, formats, strict=True)):
            page.write_string(0, place, heading, self._head_right if shape else self._head)
        for line, row in enumerate(sheet.rows, 1):
            for place, cell in enumerate(row):
                self._write(page, line, place, cell, formats[place])
        for place, width in enumerate(_widths(sheet)):
            page.set_column(place, place, width)
        page.freeze_panes(1, 0)
        page.repeat_rows(0)
        for nth, text in enumerate(wrap(f"Definition: {definition}", LINE) if definition else ()):
            page.write_string(len(sheet.rows) + 2 + nth, 0, text, self._small)
        return page

    def pictures(
        self, charts: Sequence[Chart], figures: Sequence[Figure], pages: dict[str, Page]
    ) -> None:
        """The numbers of all pictures on one sheet, and each picture right of its table."""
        drawn = [each for each in charts if not each.is_empty]
        if not drawn:
            return
        page = self._page(NUMBERS)
        page.set_column(0, 0, 30)
        page.set_column(1, max(len(c.series) + len(c.targets) for c in drawn), 16)
        right = {figure.title: len(figure.header) + 1 for figure in figures}
        below = dict.fromkeys(pages, 1)
        line = 0
        for chart in drawn:
            self._numbers(page, chart, line)
            pages[chart.figure].insert_chart(
                below[chart.figure],
                right[chart.figure],
                self._picture(chart, line + 2),
                {"description": chart.summary, "object_position": 3},
            )
            below[chart.figure] += _ROWS_OF_PICTURE
            line += len(chart.categories) + 4

    def _numbers(self, page: Page, chart: Chart, line: int) -> None:
        sheet = chart.table()
        page.write_string(line, 0, chart.title, self._bold)
        formats = [self._format_of(column) for column in _columns(sheet)]
        for place, heading in enumerate(sheet.header):
            page.write_string(line + 1, place, heading, self._head)
        for number, (category, row) in enumerate(zip(chart.categories, sheet.rows, strict=True)):
            day = category.day
            name = category.name if day is None else day if _is_daily(chart) else category.label
            for place, cell in enumerate((name, *row[1:])):
                self._write(page, line + 2 + number, place, cell, formats[place])

    def _picture(self, chart: Chart, first: int) -> Any:
        """`first` is the line of the first category on the sheet of numbers."""
        last = first + len(chart.categories) - 1
        kind = {"type": "line" if chart.kind is ChartKind.LINES else "column"}
        if chart.kind is ChartKind.STACKED:
            kind["subtype"] = "stacked"
        picture = self._book.add_chart(kind)
        for place, series in enumerate(chart.series, 1):
            look = _line(series) if chart.kind is ChartKind.LINES else _fill(series)
            picture.add_series({**self._range(series, first, last, place), **look})
        if chart.targets:
            lines = picture
            if chart.kind is not ChartKind.LINES:
                lines = self._book.add_chart({"type": "line"})
            for place, series in enumerate(chart.targets, len(chart.series) + 1):
                lines.add_series({**self._range(series, first, last, place), **_dashed(series)})
            if lines is not picture:
                picture.combine(lines)
        picture.set_title({"name": chart.title, "name_font": {"size": 12}, "overlay": False})
        dates = {"date_axis": False, "num_format": "dd.mm."} if _is_daily(chart) else {}
        picture.set_x_axis({"num_font": {"size": 9}, "label_position": "low", **dates})
        picture.set_y_axis(
            {
                "name": chart.unit.value,
                "min": 0,
                "num_format": "#,##0",
                "major_gridlines": {"visible": True, "line": {"color": "#d5d4cd", "width": 0.5}},
                **({"max": 100} if chart.unit is Unit.PERCENT and chart.top <= 100 else {}),
            }
        )
        picture.set_legend({"position": "bottom"})
        # A gap says that there is no figure; a line down to 0 would say there was none.
        picture.show_blanks_as("gap")
        picture.set_size({"width": _WIDTH, "height": _HEIGHT})
        return picture

    def _range(self, series: Series, first: int, last: int, place: int) -> dict[str, Any]:
        return {
            "name": series.name,
            "categories": [NUMBERS, first, 0, last, 0],
            "values": [NUMBERS, first, place, last, place],
            "gap": 60,
        }

    def _page(self, title: str) -> Page:
        page = self._book.add_worksheet(title)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.set_footer("&L&A&RSeite &P von &N")
        return page

    def _format_of(self, column: Iterable[Cell]) -> Format:
        """As many decimals for all of a column as one of them needs; None where it is no number."""
        numbers = [cell for cell in column if isinstance(cell, int | float)]
        if not numbers:
            return None
        needed = max(len(str(n).partition(".")[2]) if isinstance(n, float) else 0 for n in numbers)
        return self._decimals[min(needed, 2)] if needed else self._whole

    def _write(self, page: Page, line: int, place: int, cell: Cell, shape: Format) -> None:
        if isinstance(cell, date):
            page.write_datetime(line, place, cell, self._day)
        elif isinstance(cell, int | float):
            page.write_number(line, place, cell, shape)
        elif cell:
            page.write_string(line, place, cell)


def _is_daily(chart: Chart) -> bool:
    """Whether a category is written as its day: a day, or the first of a week."""
    return chart.axis.is_snapshot or chart.axis is Axis.WEEK


def _columns(sheet: Sheet) -> list[list[Cell]]:
    return [
        [row[place] for row in sheet.rows if place < len(row)] for place in range(len(sheet.header))
    ]


def _widths(sheet: Sheet) -> list[int]:
    """As wide as the longest cell; a heading may take two lines."""
    found = []
    for heading, column in zip(sheet.header, _columns(sheet), strict=True):
        words = max(map(len, heading.split()), default=0)
        longest = max((len(_said(cell)) for cell in column), default=0)
        found.append(min(max(words, len(heading) // 2, longest, _NARROWEST) + _PADDING, _WIDEST))
    return found


def _said(cell: Cell) -> str:
    return "" if cell is None else "01.01.2000" if isinstance(cell, date) else str(cell)


def _paint(series: Series) -> _Paint:
    if series.role is Role.ONE_OF:
        return _ONE_OF[series.mark % len(_ONE_OF)]
    return _BY_ROLE[series.role]


def _fill(series: Series) -> dict[str, Any]:
    paint = _paint(series)
    border = {"color": _INK if series.role is Role.ASKED else "#5c5b56", "width": 0.75}
    if paint.pattern:
        pattern = {"pattern": paint.pattern, "fg_color": paint.color, "bg_color": paint.ground}
        return {"pattern": pattern, "border": border}
    return {"fill": {"color": paint.color}, "border": border}


def _line(series: Series) -> dict[str, Any]:
    color, marker = _LINES[series.mark % len(_LINES)]
    return {
        "line": {"color": color, "width": 2},
        "marker": {"type": marker, "size": 6, "fill": {"color": color}, "border": {"color": color}},
    }


def _dashed(series: Series) -> dict[str, Any]:
    dash = _DASHES[series.mark % len(_DASHES)]
    return {"line": {"color": _INK, "width": 1.25, "dash_type": dash}, "marker": {"type": "none"}}
