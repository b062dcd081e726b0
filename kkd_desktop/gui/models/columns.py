"""How does a list of values become a table? Columns plus rows, filtered and sorted in Python."""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from itertools import compress
from typing import Any, Generic, NamedTuple, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kkd_desktop.domain.folding import fold
from kkd_desktop.domain.values import Value
from kkd_desktop.gui import theme
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.labels import plain_tooltip

_STEP = 1_000
"""Rows whose search keys are made between two events of the window."""
T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
ICON_ROLE = Role.UserRole + 1
"""The name of the picture before the text; the word says the same."""


class Column(Value, Generic[T], frozen=True):
    """One column. `value` is what it sorts by, `text` how the value is written."""

    title: str
    value: Callable[[T], Any]
    text: Callable[[Any], str] = str
    hint: Callable[[T], str] | None = None
    tone: Callable[[T], Tone | None] | None = None
    number: bool = False
    """Numbers stand at the right."""
    searched: bool = True
    written: Callable[[T], str] | None = None
    """How the row is written where its value alone does not say it."""
    sought: Callable[[T], str] | None = None
    """What a search looks at where that is more than is written."""
    icon: Callable[[T], str] | None = None
    """The picture before the text, empty for none. It repeats what is written, or what the tone
    alone would say.
    """
    none_last: bool = False
    """None comes last in both directions, for days that are still to come."""


class Look(NamedTuple):
    """What is drawn in a cell; `icon` names the picture before the text, empty for none."""

    text: str
    tone: Tone | None
    icon: str
    is_number: bool


class Among(Generic[T]):
    """A filter: what `value` says of a row is one of these. Of ten thousand rows it asks in 1 ms
    what a test of each takes three for.
    """

    def __init__(self, value: Callable[[T], object], wanted: Container[object]) -> None:
        self._value, self._wanted = value, wanted

    def __call__(self, row: T) -> bool:
        return self._value(row) in self._wanted

    def passes(self, rows: Iterable[T]) -> Iterator[bool]:
        return map(self._wanted.__contains__, map(self._value, rows))


class ColumnModel(QAbstractTableModel, Generic[T]):
    """A table of rows of one kind. Subclasses name the columns.

    It filters and sorts itself: a proxy over 100,000 rows takes two seconds a keystroke.
    """

    KEEPS_SORT_KEYS = False
    """Whether what a row is sorted by rests on the row alone, so that one shown again keeps it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns: Sequence[Column[T]] = self.columns()
        self._all: list[T] = []
        self._keys: list[str | None] = []
        """What a search looks at of each row; None where nobody has searched yet."""
        self._sort_keys: dict[int, tuple[Any, ...]] = {}
        """What the rows of `_all` are sorted by, kept where `KEEPS_SORT_KEYS`."""
        self._shown: list[int] = []
        self._words: tuple[str, ...] = ()
        self._wanted: Callable[[T], bool] | None = None
        self._sorted_by: tuple[int, Qt.SortOrder] | None = None

    def columns(self) -> Sequence[Column[T]]:
        """The columns from left to right, asked for once."""
        raise NotImplementedError

    def show_rows(self, rows: Sequence[T]) -> None:
        """Replace all rows; search, filter and order stay."""
        self.beginResetModel()
        # Where a row is the same object nothing in it is another.
        known = {id(row): key for row, key in zip(self._all, self._keys, strict=True)}
        self._keys = [known.get(id(row)) for row in rows]
        self._all = list(rows)
        if self._sorted_by is not None:
            self._order()
        self._sieve(range(len(self._all)))
        self.endResetModel()

    def search(self, query: str) -> None:
        """Show only the rows that contain every word of `query` in a searched column."""
        words = tuple(fold(query).split())
        if words == self._words:
            return
        narrower = len(words) >= len(self._words) and all(
            any(old in new for new in words) for old in self._words
        )
        self._words = words
        self._replace(self._shown if narrower else range(len(self._all)))

    def finds(self, query: str, wanted: Callable[[T], bool] | None = None) -> bool:
        """Whether a search would show any row that is `wanted`; nothing is shown by it."""
        return bool(self._found(range(len(self._all)), tuple(fold(query).split()), wanted))

    def preparing_search(self) -> Iterator[None]:
        """Make the search keys in steps, so that the first letter is as quick as the next ones."""
        for first in range(0, len(self._all), _STEP):
            self._make_keys(range(first, min(first + _STEP, len(self._all))))
            yield

    def filter(self, wanted: Callable[[T], bool] | None) -> None:
        """Show only the rows that `wanted` lets pass; None shows all."""
        self._wanted = wanted
        self._replace(range(len(self._all)))

    def row(self, index: Index) -> T:
        return self._all[self._shown[index.row()]]

    def rows(self) -> list[T]:
        """What is shown, in the order it is shown."""
        return [self._all[place] for place in self._shown]

    def total(self) -> int:
        """How many rows there are without search and filter."""
        return len(self._all)

    def place_of(self, wanted: Callable[[T], bool]) -> int | None:
        """Where the first shown row of this kind stands."""
        for place, source in enumerate(self._shown):
            if wanted(self._all[source]):
                return place
        return None

    def place_of_row(self, row: T) -> int | None:
        """Where this row is shown, or the one that is the same after all rows were made anew."""
        # A row that is there is mostly there as it was: to compare all of them takes long.
        ways: tuple[Callable[[T], bool], ...] = (lambda each: each is row, lambda each: each == row)
        for is_it in ways:
            source = next((at for at, each in enumerate(self._all) if is_it(each)), None)
            if source is not None:
                return self._shown.index(source) if source in self._shown else None
        return None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self._columns[index.column()]
        row = self._all[self._shown[index.row()]]
        if role == Role.DisplayRole:
            return _written(column, row)
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Role.ForegroundRole:
            tone = self.tone(index)
            return None if tone is None else theme.current().ink(tone)
        if role == ICON_ROLE and column.icon is not None:
            return column.icon(row)
        if role == Role.ToolTipRole and column.hint is not None:
            return plain_tooltip(column.hint(row))
        if role == Role.AccessibleTextRole:
            return f"{column.title}: {_written(column, row)}"
        if role == Role.AccessibleDescriptionRole and column.hint is not None:
            return column.hint(row)
        return None

    def tone(self, index: Index) -> Tone | None:
        """How feels what stands in a cell?"""
        column = self._columns[index.column()]
        return None if column.tone is None else column.tone(self.row(index))

    def look(self, index: Index) -> Look:
        """All that is drawn at once: a question per role would cost as much as the drawing."""
        column, row = self._columns[index.column()], self.row(index)
        icon = "" if column.icon is None else column.icon(row)
        return Look(_written(column, row), self.tone(index), icon, column.number)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Role.DisplayRole:
            return self._columns[section].title
        if role == Role.TextAlignmentRole:
            number = self._columns[section].number
            side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by the Python values, None first unless the column says else; -1 sorts no more."""
        if not 0 <= column < len(self._columns):
            self._sorted_by = None
            self._sort_keys = {}
            return
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        kept = [self._all[self._shown[index.row()]] for index in old]
        if self._sorted_by is None or self._sorted_by[0] != column:
            self._sort_keys = {}
        self._sorted_by = (column, order)
        self._order()
        self._sieve(range(len(self._all)))
        places = {id(self._all[source]): place for place, source in enumerate(self._shown)}
        new = [
            self.index(places[id(row)], index.column())
            for row, index in zip(kept, old, strict=True)
        ]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def match(
        self,
        start: Index,
        role: int,
        value: Any,
        hits: int = 1,
        flags: Qt.MatchFlag = Qt.MatchFlag.MatchStartsWith,
    ) -> list[QModelIndex]:
        """Type-ahead of a view: the next row that starts with these letters, umlauts folded."""
        if role != Role.DisplayRole or hits != 1 or not flags & Qt.MatchFlag.MatchStartsWith:
            return super().match(start, role, value, hits, flags)
        column, prefix = self._columns[start.column()], fold(str(value))
        count = len(self._shown)
        for step in range(count):
            place = (start.row() + step) % count
            if fold(_written(column, self._all[self._shown[place]])).startswith(prefix):
                return [self.index(place, start.column())]
        return []

    def _replace(self, candidates: Sequence[int]) -> None:
        self.beginResetModel()
        self._sieve(candidates)
        self.endResetModel()

    def _sieve(self, candidates: Sequence[int]) -> None:
        self._shown = list(self._found(candidates, self._words, self._wanted))

    def _found(
        self, places: Sequence[int], words: Sequence[str], wanted: Callable[[T], bool] | None
    ) -> Sequence[int]:
        if words:
            self._make_keys(range(len(self._all)))
            keys = self._keys
            for word in words:
                places = [place for place in places if word in (keys[place] or "")]
        if wanted is not None:
            rows = map(self._all.__getitem__, places)
            passes = wanted.passes(rows) if isinstance(wanted, Among) else map(wanted, rows)
            places = list(compress(places, passes))
        return places

    def _make_keys(self, places: Iterable[int]) -> None:
        missing = [place for place in places if self._keys[place] is None]
        columns = [column for column in self._columns if column.searched] if missing else []
        for place in missing:
            row = self._all[place]
            self._keys[place] = fold("\n".join(_sought(column, row) for column in columns))

    def _order(self) -> None:
        assert self._sorted_by is not None
        place, order = self._sorted_by
        value = self._columns[place].value
        known = self._sort_keys.get
        keys = [known(id(row)) or _sort_key(value(row)) for row in self._all]
        if self.KEEPS_SORT_KEYS:
            self._sort_keys = {id(row): key for row, key in zip(self._all, keys, strict=True)}
        down = order is Qt.SortOrder.DescendingOrder
        places = sorted(range(len(keys)), key=keys.__getitem__, reverse=down)
        if self._columns[place].none_last:
            places.sort(key=lambda place: keys[place] == _NO_VALUE)
        self._all = [self._all[place] for place in places]
        self._keys = [self._keys[place] for place in places]


def _written(column: Column[T], row: T) -> str:
    if column.written is not None:
        return column.written(row)
    value = column.value(row)
    return "–" if value is None and column.text is str else column.text(value)


def _sought(column: Column[T], row: T) -> str:
    return _written(column, row) if column.sought is None else column.sought(row)


_NO_VALUE = (0,)


def _sort_key(value: Any) -> tuple[Any, ...]:
    if value is None:
        return _NO_VALUE
    return (1, fold(value), value) if isinstance(value, str) else (1, value)
