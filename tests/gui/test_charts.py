"""Where does a chart paint its figures? Laid out without a window, and painted onto a picture."""

from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import ceil

import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter

from kkd_desktop.domain.chart import Axis, Category, Chart, ChartKind, Point, Role, Series, Unit
from kkd_desktop.gui import theme
from kkd_desktop.gui.charts.drawing import spread
from kkd_desktop.gui.charts.grid import percent_text
from kkd_desktop.gui.charts.inks import ink_of
from kkd_desktop.gui.charts.kinds import drawing_of
from kkd_desktop.gui.models.chart_table import ChartTableModel
from kkd_desktop.gui.widgets.report_view import _places

ROOM = QSizeF(520, 240)
MONTHS = ("Jan", "Feb", "März")


def a_chart(kind, values, *, roles=(), in_time=True, unit=Unit.PEOPLE, targets=()):
    categories = tuple(
        Category(name, f"{name} 2026", date(2026, n + 1, 1) if in_time else None)
        for n, name in enumerate(MONTHS)
    )
    series = tuple(
        Series(
            f"Reihe {n}",
            roles[n] if roles else Role.ONE_OF,
            n,
            tuple(Point(value, (n,), f"Reihe {n}") for value in row),
        )
        for n, row in enumerate(values)
    )
    asked = tuple(
        Series("verlangt", Role.ASKED, n, tuple(Point(value) for value in row))
        for n, row in enumerate(targets)
    )
    return Chart(
        *("probe", "Probe", "Probe", kind, unit, categories, series),
        *("Ein Satz.", "Eine Definition.", Axis.MONTH, asked),
    )


def marks_of(chart):
    return {mark.spot: mark for mark in drawing_of(chart).marks(ROOM)}


def test_a_bar_twice_as_large_is_twice_as_high_and_stands_on_the_axis():
    marks = marks_of(a_chart(ChartKind.BARS, [(10, 20, 5)], roles=(Role.DONE,)))

    heights = [marks[0, place].area.height() for place in range(3)]
    assert heights[1] == pytest.approx(2 * heights[0]) == pytest.approx(4 * heights[2])
    assert len({marks[0, place].area.bottom() for place in range(3)}) == 1


def test_a_month_without_a_figure_has_no_bar_and_no_point():
    for kind in (ChartKind.BARS, ChartKind.LINES):
        assert (0, 1) not in marks_of(a_chart(kind, [(10, None, 5)], roles=(Role.DONE,)))


def test_a_line_is_broken_where_there_is_no_figure():
    drawing = drawing_of(a_chart(ChartKind.LINES, [(10, None, 5)]))

    pieces = list(drawing._pieces(drawing.chart.series[0], drawing.plot(ROOM)))

    assert [len(piece) for piece in pieces] == [1, 1]


@pytest.mark.parametrize("in_time", [True, False])
def test_pieces_of_a_stack_lie_on_each_other_without_a_gap(in_time):
    chart = a_chart(ChartKind.STACKED, [(3, 1, 0), (5, 2, 4), (2, 9, 1)], in_time=in_time)
    marks = marks_of(chart)

    for place in range(3):
        for number in range(2):
            one, next_one = marks[number, place].area, marks[number + 1, place].area
            if in_time:
                assert next_one.bottom() == pytest.approx(one.top())
            else:
                assert next_one.left() == pytest.approx(one.right())


def test_the_mouse_finds_the_line_of_what_was_asked_for_before_the_bar_behind_it():
    chart = a_chart(ChartKind.BARS, [(10, 10, 10), (20, 20, 20)], roles=(Role.ASKED, Role.DONE))
    drawing = drawing_of(chart)
    line, bar = marks_of(chart)[0, 1].area, marks_of(chart)[1, 1].area

    assert drawing.mark_at(line.center(), ROOM).spot == (0, 1)
    assert drawing.mark_at(bar.center() + QPointF(0, 30), ROOM).spot == (1, 1)
    # Also above a small bar: whoever aims at a month means its figure.
    assert drawing.mark_at(QPointF(bar.center().x(), bar.top() - 12), ROOM).spot == (1, 1)


@pytest.mark.parametrize("in_time", [True, False])
def test_a_piece_thin_as_a_hair_can_be_pointed_at_and_a_piece_of_nothing_cannot(in_time):
    chart = a_chart(
        ChartKind.STACKED, [(300,) * 3, (0,) * 3, (1,) * 3, (200,) * 3], in_time=in_time
    )
    drawing = drawing_of(chart)
    thin = marks_of(chart)[2, 1].area
    beside = QPointF(0, 3) if in_time else QPointF(3, 0)

    for at in (thin.center(), thin.center() + beside, thin.center() - beside):
        assert drawing.mark_at(at, ROOM).spot == (2, 1)
    assert drawing.mark_at(thin.center() + 10 * beside, ROOM).spot in ((0, 1), (3, 1))


def test_what_is_no_month_lies_in_rows_with_its_full_name():
    chart = a_chart(
        ChartKind.BARS, [(8, 3, 0), (10, 4, 0)], roles=(Role.ASKED, Role.DONE), in_time=False
    )
    drawing = drawing_of(chart)

    assert not drawing.across
    assert drawing.told(0) == "10 von 8 · 125 %"
    assert drawing.told(2) == "0 von 0 · –"


@pytest.mark.parametrize(
    ("kind", "in_time", "key", "expected"),
    [
        (ChartKind.STACKED, True, Qt.Key.Key_Up, (2, 1)),
        (ChartKind.STACKED, True, Qt.Key.Key_Right, (1, 2)),
        (ChartKind.STACKED, False, Qt.Key.Key_Down, (1, 2)),
        (ChartKind.STACKED, False, Qt.Key.Key_Right, (2, 1)),
        (ChartKind.GRID, True, Qt.Key.Key_Down, (2, 1)),
        (ChartKind.GRID, True, Qt.Key.Key_Left, (1, 0)),
    ],
)
def test_an_arrow_leads_to_what_is_painted_there(kind, in_time, key, expected):
    chart = a_chart(kind, [(1, 2, 3), (4, 5, 6), (7, 8, 9)], in_time=in_time)
    drawing = drawing_of(chart)
    marks = marks_of(chart)
    found = drawing.step((1, 1), key)

    assert found == expected
    way = marks[found].area.center() - marks[1, 1].area.center()
    towards = {
        Qt.Key.Key_Up: -way.y(),
        Qt.Key.Key_Down: way.y(),
        Qt.Key.Key_Left: -way.x(),
        Qt.Key.Key_Right: way.x(),
    }
    assert towards[key] > 0


def test_labels_at_the_end_never_lie_on_each_other_and_stay_within_the_picture():
    found = spread([50, 51, 52, 200], [15, 30, 15, 15], 10, 210)

    gaps = [after - before for before, after in pairwise(found)]
    assert all(gap >= least for gap, least in zip(gaps, (15, 30, 15), strict=True))
    assert spread([205, 206], [15, 15], 10, 210) == [195, 210]


def test_a_line_says_at_its_end_what_it_came_to_and_what_was_asked():
    chart = a_chart(
        ChartKind.LINES, [(40, 50, Fraction(93, 2))], unit=Unit.PERCENT, targets=[(45, 45, 45)]
    )

    (end,) = drawing_of(chart).ends()

    assert (end.figure, end.name) == ("46,5 % von 45 %", "Reihe 0")


@pytest.mark.parametrize(
    ("value", "said"),
    [(Fraction(1145, 10), "115"), (Fraction(996, 10), "99,6"), (100, "100"), (0, "0")],
)
def test_what_does_not_reach_the_soll_is_not_written_as_if_it_did(value, said):
    assert percent_text(value) == said


def test_series_differ_in_more_than_their_colour(qapp):
    """In grey they would be the same bars without patterns."""
    chart = a_chart(ChartKind.STACKED, [(1, 1, 1)] * 5)
    roles = (Role.GOOD, Role.SOON, Role.LATE, Role.APART, Role.NO_RULE, Role.UNKNOWN, Role.NOT_YET)
    of_roles = a_chart(ChartKind.STACKED, [(1, 1, 1)] * 7, roles=roles)

    assert len({ink_of(series).pattern for series in chart.series}) == 5
    kinds = {(ink_of(s).pattern, ink_of(s).colour.name()) for s in of_roles.series}
    assert len(kinds) == 7
    # Fulfilled and overdue are both solid: one at the bottom, one between two patterns.
    solid = [s.role for s in of_roles.series if ink_of(s).pattern is Qt.BrushStyle.SolidPattern]
    assert solid == [Role.GOOD, Role.LATE]


@pytest.mark.parametrize("top", [0.0, 2.5, 5.0, 7.5])
def test_a_small_sample_shows_its_pattern_wherever_it_lies(qapp, top):
    """Between two lines of the pattern that of e-mails looked hollow."""
    email = ink_of(a_chart(ChartKind.STACKED, [(1, 1, 1)] * 5).series[3])
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.fill(email.ground)
    painter = QPainter(image)

    email.fill(painter, QRectF(4, top, 9, 9))

    painter.end()
    inside = {image.pixelColor(8, y).name() for y in range(ceil(top) + 2, int(top) + 7)}
    assert inside != {email.ground.name()}


@pytest.mark.parametrize("scheme", [Qt.ColorScheme.Light, Qt.ColorScheme.Dark])
@pytest.mark.parametrize("kind", list(ChartKind))
@pytest.mark.parametrize("in_time", [True, False])
def test_a_picture_is_painted_in_both_schemes(qapp, scheme, kind, in_time):
    theme.apply(qapp, scheme)
    chart = a_chart(kind, [(3, None, 4), (5, 2, 1)], in_time=in_time, roles=(Role.DONE, Role.LATE))
    image = QImage(ROOM.toSize(), QImage.Format.Format_RGB32)
    image.fill(theme.current().surface)
    painter = QPainter(image)

    drawing_of(chart).paint(painter, ROOM)

    painter.end()
    seen = {image.pixelColor(x, y).name() for x in range(0, 520, 2) for y in range(240)}
    expected = theme.current().late_soft if kind is ChartKind.GRID else theme.current().accent
    assert expected in seen
    theme.apply(qapp, Qt.ColorScheme.Light)


def test_the_table_behind_a_picture_has_all_numbers_and_a_dash_where_there_is_none(qapp):
    chart = a_chart(
        ChartKind.LINES, [(40, None, Fraction(125, 2))], unit=Unit.PERCENT, targets=[(45, 45, 45)]
    )
    model = ChartTableModel(chart)
    shown = [[model.index(row, column).data() for column in range(3)] for row in range(3)]

    assert shown == [["Jan 2026", "40", "45"], ["Feb 2026", "–", "45"], ["März 2026", "62,5", "45"]]
    assert model.as_text() == (
        "Monat, in %\tReihe 0\tverlangt\nJan 2026\t40\t45\nFeb 2026\t\t45\nMärz 2026\t62,5\t45\n"
    )
    assert model.point(model.index(0, 1)).ids == (0,)
    assert model.point(model.index(0, 2)) is None


@pytest.mark.parametrize(("grids", "after"), [(0, 3), (1, 4), (1, 5), (0, 1)])
def test_cards_in_two_columns_leave_no_hole(grids, after):
    plain = a_chart(ChartKind.BARS, [(1, 2, 3)])
    charts = [plain, plain] * grids + [a_chart(ChartKind.GRID, [(1, 2, 3)])] * grids
    charts += [plain] * after

    places = _places(charts, 2)

    taken = [(row, column + n) for row, column, width in places for n in range(width)]
    rows = max(row for row, _ in taken) + 1
    assert sorted(taken) == [(row, column) for row in range(rows) for column in range(2)]
    assert all(column == 0 and width == 1 for _, column, width in _places(charts, 1))


def test_the_table_of_a_grid_lies_as_its_picture_does(qapp):
    chart = a_chart(ChartKind.GRID, [(118, 96, None), (90, 91, 92)], unit=Unit.PERCENT)
    model = ChartTableModel(chart)
    across = Qt.Orientation.Horizontal

    assert [model.headerData(n, across) for n in range(4)] == ["Profillage, in %", *MONTHS]
    assert [model.index(0, n).data() for n in range(4)] == ["Reihe 0", "118", "96", "–"]
    assert model.spot(model.index(1, 3)) == (1, 2)
    assert model.point(model.index(1, 3)).value == 92
