"""How does a comparison of two concepts become a table: whom it moves, from which day to which?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Qt

from kkd_desktop.domain import texts
from kkd_desktop.domain.comparison import Change, Comparison, Row, change_text
from kkd_desktop.gui.letting_go import LettingGo
from kkd_desktop.gui.models.columns import Column, ColumnModel
from kkd_desktop.gui.models.worklist_rows import profile_text, state_text
from kkd_desktop.gui.theme import Tone

PROFILE, BEFORE, AFTER, CHANGE = 1, 2, 3, 4
_PLACES = {change: place for place, change in enumerate(Change)}
_TONES = {Change.EARLIER: Tone.LATE, Change.GAINED: Tone.LATE, Change.LATER: Tone.OK}
_KNOWN = list(texts.PROFILLAGEN)


@dataclass(frozen=True, slots=True)
class Moved:
    """A client of the table. Two rows are the same where the client is."""

    id: int
    row: Row = field(compare=False)
    weight: tuple[int, int] = field(compare=False)
    """Earlier before later, the widest move first."""


def moved(found: Comparison) -> list[Moved]:
    """The rows of the table; of many people they are made in the thread that compared them."""
    return [Moved(row.client.id, row, _weight(row)) for row in found.rows]


class ComparisonModel(ColumnModel[Moved]):
    """A row for each client; the heads name the two concepts."""

    def __init__(self, parent: QObject | None = None) -> None:
        self._day = date.min
        self._titles: dict[int, str] = {}
        super().__init__(parent)
        self._letting_go = LettingGo(self)

    def columns(self) -> Sequence[Column[Moved]]:
        return (
            Column(self.tr("Name"), lambda moved: moved.row.client.name),
            Column(
                self.tr("Profillage"),
                lambda moved: _place(moved.row.client.subject.facts.at("profile", self._day)),
                written=lambda moved: profile_text(moved.row.client, self._day),
            ),
            Column(
                self.tr("Bisher"),
                lambda moved: moved.row.one.latest,
                written=lambda moved: state_text(moved.row.one.deciding, self._day),
                none_last=True,
            ),
            Column(
                self.tr("Künftig"),
                lambda moved: moved.row.other.latest,
                written=lambda moved: state_text(moved.row.other.deciding, self._day),
                none_last=True,
            ),
            Column(
                self.tr("Änderung"),
                lambda moved: moved.weight,
                written=lambda moved: self._change(moved.row),
                tone=lambda moved: _TONES.get(moved.row.change, Tone.NEUTRAL),
            ),
        )

    def _change(self, row: Row) -> str:
        """`12 Tage früher`, `gewinnt Vorgabe`, in the words of the filter above."""
        words = {
            Change.GAINED: self.tr("gewinnt Vorgabe"),
            Change.LOST: self.tr("verliert Vorgabe"),
            Change.OTHER: self.tr("anderer Grund"),
        }
        return words.get(row.change) or change_text(row)

    def show_comparison(self, found: Comparison, rows: Sequence[Moved]) -> None:
        """`rows` as `moved` makes them."""
        self._letting_go.take(self._all)
        self._day = found.day
        self._titles = {BEFORE: found.one.title, AFTER: found.other.title}
        self.show_rows(rows)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, BEFORE, AFTER)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        texted = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        if orientation is Qt.Orientation.Horizontal and texted and section in self._titles:
            return self._titles[section]
        return super().headerData(section, orientation, role)


def only(*changes: Change) -> Callable[[Moved], bool]:
    """A filter for these kinds of change."""
    return lambda moved: moved.row.change in changes


def _weight(row: Row) -> tuple[int, int]:
    days = row.days or 0
    return _PLACES[row.change], days if row.change is Change.EARLIER else -days


def _place(profile: object) -> int | None:
    """The place in the table of the BA; own values come after it."""
    if profile is None:
        return None
    return _KNOWN.index(str(profile)) if profile in _KNOWN else len(_KNOWN)
