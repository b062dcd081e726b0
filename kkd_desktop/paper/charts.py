"""Where does every stroke of a picture lie? Parts of the height, for `resources/templates`."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby
from math import floor

from kkd_desktop.domain import texts
from kkd_desktop.domain.chart import (
    AXIS_TEXTS,
    NO_FIGURE,
    Category,
    Chart,
    ChartKind,
    Point,
    Series,
    Unit,
    value_text,
)
from kkd_desktop.domain.language import german

_PLOT = 176
"""Millimetres from the first category to the end of the last."""
_SIGN = 1.6
_NARROW_SIGN = 1.35
_BETWEEN = 2
"""Millimetres of a sign below the axis, at the least, and between two labels."""
_LONGEST_NAME = 32
_KINDS = {
    ChartKind.BARS: "Balken",
    ChartKind.STACKED: "Gestapelte Balken",
    ChartKind.LINES: "Linien",
}


@german()
def drawn(chart: Chart) -> dict[str, object]:
    """The picture as its template wants it; heights are parts of 1, None where nothing is known."""
    ticks = chart.ticks()
    return {
        "title": chart.title,
        "figure": chart.figure,
        "kind": chart.kind.value,
        "unit": chart.unit.value,
        "finding": chart.finding,
        "alt": f"{_KINDS[chart.kind]}: {chart.title}. {chart.summary} Alle Zahlen stehen in der "
        f"Tabelle „{chart.figure}“.",
        "empty": chart.is_empty,
        "ticks": [[tick / ticks[-1], texts.whole(tick)] for tick in ticks],
        "dated": any(category.day is not None for category in chart.categories),
        "labels": _labels(chart.categories),
        "series": [_series(each, ticks[-1]) for each in chart.series],
        "targets": [
            {**_series(each, ticks[-1]), "runs": _runs(each, ticks[-1])} for each in chart.targets
        ],
        "totals": _totals(chart),
        "numbers": _room_for_numbers(chart),
        "legend": _legend(chart),
        "legend_head": _legend_head(chart),
    }


@german()
def grid(chart: Chart) -> dict[str, object]:
    """A grid: its numbers as text, and how far each is below 100 as a part of 1."""
    return {
        "title": chart.title,
        "figure": chart.figure,
        "finding": chart.finding,
        "header": [AXIS_TEXTS[chart.axis], *(category.label for category in chart.categories)],
        "rows": [
            {
                "name": _cut(series.name, _LONGEST_NAME),
                "cells": [[_whole_percent(each), _lack(each)] for each in series.points],
            }
            for series in chart.series
        ],
        "empty": chart.is_empty,
    }


def _whole_percent(point: Point) -> str:
    return NO_FIGURE if point.value is None else texts.whole(_rounded(point.value))


def _lack(point: Point) -> float | None:
    """None where nothing is missing, or nothing was asked for."""
    if point.value is None or point.value >= 100:
        return None
    return float(1 - Fraction(point.value) / 100)


def _series(series: Series, end: int) -> dict[str, object]:
    return {
        "name": series.name,
        "role": series.role.value,
        "mark": series.mark,
        "points": [
            None if point.value is None else float(Fraction(point.value) / end)
            for point in series.points
        ],
        "texts": [
            "" if point.value is None else _number(point.value, end) for point in series.points
        ],
    }


def _in_two_lines(label: str, signs: int) -> str:
    """Words that fit; the whole name stands in the table."""
    words = [_cut(word, signs) for word in label.split()]
    return _cut(" ".join(words), 2 * signs)


def _cut(text: str, signs: int) -> str:
    return text if len(text) <= signs else f"{text[: signs - 1].rstrip()}…"


def _runs(series: Series, end: int) -> list[tuple[int, int, float]]:
    """First category, number of categories and height of each stroke: dashes want long ones."""
    found: list[tuple[int, int, float]] = []
    place = 0
    for value, alike in groupby(point.value for point in series.points):
        number = len(list(alike))
        if value is not None:
            found.append((place, number, float(Fraction(value) / end)))
        place += number
    return found


_FEW = 10


def _number(value: int | Fraction, end: int) -> str:
    """Whole numbers are enough above a bar, unless all of them are small."""
    return texts.tenths(Fraction(value)) if end < _FEW else texts.whole(_rounded(value))


def _rounded(value: int | Fraction) -> int:
    return floor(Fraction(value) + Fraction(1, 2))


def _labels(categories: Sequence[Category]) -> list[str]:
    """Of days as many as fit, evenly, with the last one among them; of others all, in lines."""
    labels = [category.label for category in categories]
    width = _PLOT / max(len(labels), 1)
    if not categories or categories[0].day is None:
        return [_in_two_lines(label, max(int(width / _NARROW_SIGN), 2)) for label in labels]
    every = 1
    while max(map(len, labels)) * _SIGN + _BETWEEN > width * every:
        every += 1
    last = (len(labels) - 1) % every
    return [label if place % every == last else "" for place, label in enumerate(labels)]


_ROOM = 11
"""Millimetres that a category needs for the numbers of its bars."""


def _room_for_numbers(chart: Chart) -> bool:
    width = _PLOT / max(len(chart.categories), 1)
    return chart.kind is ChartKind.BARS and width >= _ROOM


def _totals(chart: Chart) -> list[str]:
    """Above each pile; nowhere, where all are alike, because all are of the same people."""
    totals = [chart.total(place) for place in range(len(chart.categories))]
    narrow = _PLOT / max(len(totals), 1) < _ROOM
    if chart.kind is not ChartKind.STACKED or narrow or len(set(totals)) == 1:
        return []
    return [texts.whole(_rounded(total)) if total else "" for total in totals]


def _is_snapshot(chart: Chart) -> bool:
    """Whether the numbers of several categories may not be added up."""
    return chart.axis.is_snapshot or chart.unit in (Unit.PERCENT, Unit.DAYS)


def _legend_head(chart: Chart) -> str:
    if not chart.categories:
        return ""
    return chart.categories[-1].name if _is_snapshot(chart) else "gesamt"


def _legend(chart: Chart) -> list[dict[str, object]]:
    """The series as they lie from top to bottom, each with its last number or its sum."""
    shown = list(chart.series)
    if chart.kind is ChartKind.STACKED:
        shown.reverse()
    found: list[dict[str, object]] = [
        {
            "name": _cut(each.name, 2 * _LONGEST_NAME),
            "role": each.role.value,
            "mark": each.mark,
            "value": _legend_value(chart, each),
            "target": False,
        }
        for each in shown
    ]
    found += [
        {
            "name": _cut(each.name, 2 * _LONGEST_NAME),
            "role": each.role.value,
            "mark": each.mark,
            "value": value_text(each.points[-1].value, chart.unit) if _is_snapshot(chart) else "",
            "target": True,
        }
        for each in chart.targets
    ]
    return found


def _legend_value(chart: Chart, series: Series) -> str:
    if not series.points:
        return ""
    if _is_snapshot(chart):
        return value_text(series.points[-1].value, chart.unit)
    return value_text(sum((point.value or 0 for point in series.points), 0), chart.unit)
