"""Which rows stand in the worklist? Plain texts and days, in groups."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QStringListModel,
    Qt,
)

from kkd_desktop.domain.folding import fold
from kkd_desktop.domain.values import Value
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.labels import plain_tooltip
from kkd_desktop.gui.widgets.windowbar import Span, describe

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


class WorklistRow(Value, frozen=True):
    """One client: who, when last seen, what is due. All texts are ready to be shown."""

    key: int
    name: str
    number: str
    profile: str
    last: str
    last_detail: str
    state: str
    detail: str = ""
    tone: Tone = Tone.NEUTRAL
    span: Span | None = None
    reason: str = ""
    """The sentence behind the state, shown on demand."""
    settled: bool = False
    """Has an appointment: the next decision is about somebody else."""


class Unwritten(Value, frozen=True):
    """A row whose texts are written when it comes into sight."""

    key: int
    write: Callable[[], WorklistRow]


class WorklistGroup(Value, frozen=True):
    """A heading with its rows: `Überfällig  3 · seit höchstens 9 Tagen`."""

    title: str
    rows: Sequence[WorklistRow | Unwritten]
    note: str = ""
    settled: int = 0
    """How many of them have an appointment."""


class Heading(Value, frozen=True):
    title: str
    count: int
    note: str
    settled: int = 0

    @property
    def progress(self) -> str:
        """`3 von 20 mit Termin`; empty while nobody has one."""
        if not self.settled:
            return ""
        words = QCoreApplication.translate("WorklistModel", "{settled} von {count} mit Termin")
        return words.format(settled=self.settled, count=self.count)


class WorklistModel(QStringListModel):
    """Headings and rows in one list. Headings can be neither chosen nor reached by keys.

    Qt's list of strings counts the rows: a view asks how many there are twice for each of them
    when it lays them out, and asking Python takes 10 ms for 10,000.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: list[Heading | WorklistRow | Unwritten] = []
        self._places: dict[int, int] = {}
        self.headings: frozenset[int] = frozenset()
        """In which places headings stand: asked for each row when a view lays them out."""

    def show_groups(self, groups: Sequence[WorklistGroup]) -> None:
        """Replace everything; groups without rows are left out."""
        items: list[Heading | WorklistRow | Unwritten] = []
        headings = []
        for group in groups:
            if group.rows:
                headings.append(len(items))
                items.append(Heading(group.title, len(group.rows), group.note, group.settled))
                items.extend(group.rows)
        places: dict[int, int] = {}
        for place, item in enumerate(items):
            if not isinstance(item, Heading):
                places.setdefault(item.key, place)
        before = len(self._items), self._places, self.headings
        self._items, self._places, self.headings = items, places, frozenset(headings)
        if items and before == (len(items), self._places, self.headings):
            # Somebody says something else; nobody has to be laid out anew.
            self.dataChanged.emit(self.index(0), self.index(len(items) - 1))
        else:
            self.setStringList([""] * len(items))

    def replace_row(self, row: WorklistRow) -> None:
        """Show this row instead of the one with its key; the list keeps its order."""
        place = self._places.get(row.key)
        if place is not None and self._items[place] != row:
            self._items[place] = row
            self.dataChanged.emit(self.index(place), self.index(place))

    def rewrite_row(self, row: Unwritten) -> None:
        """Write this row anew where it was seen; where it was not, once it comes into sight."""
        place = self._places.get(row.key)
        if place is not None and isinstance(self._items[place], Unwritten):
            self._items[place] = row
        elif place is not None:
            self.replace_row(row.write())

    def item(self, place: int) -> Heading | WorklistRow:
        item = self._items[place]
        if isinstance(item, Unwritten):
            item = self._items[place] = item.write()
        return item

    def key(self, place: int) -> int:
        """Whose row stands here, without its texts; -1 for a heading."""
        item = self._items[place]
        return -1 if isinstance(item, Heading) else item.key

    def is_heading(self, index: Index) -> bool:
        return index.row() in self.headings

    def row(self, index: Index) -> WorklistRow | None:
        """The row at an index; None for a heading or for no index."""
        item = self.item(index.row()) if index.isValid() else None
        return item if isinstance(item, WorklistRow) else None

    def index_of(self, key: int) -> QModelIndex:
        """Where this client stands first; an invalid index where it does not."""
        place = self._places.get(key)
        return QModelIndex() if place is None else self.index(place)

    def next_row(self, place: int, step: int) -> int | None:
        """The nearest row from `place` (included) in the direction of `step`, headings skipped."""
        while 0 <= place < len(self._items):
            if not isinstance(self._items[place], Heading):
                return place
            place += step
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item = self.item(index.row())
        if role == Role.DisplayRole:
            return item.title if isinstance(item, Heading) else item.name
        if role == Role.AccessibleTextRole:
            return _spoken(item)
        if isinstance(item, Heading):
            return None
        if role == Role.ToolTipRole:
            return plain_tooltip(item.reason)
        if role == Role.AccessibleDescriptionRole:
            return item.reason
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.is_heading(index):
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def match(
        self,
        start: Index,
        role: int,
        value: Any,
        hits: int = 1,
        flags: Qt.MatchFlag = Qt.MatchFlag.MatchStartsWith,
    ) -> list[QModelIndex]:
        """Type-ahead of the view: the next client whose name starts with these letters."""
        if role != Role.DisplayRole or hits != 1 or not flags & Qt.MatchFlag.MatchStartsWith:
            return super().match(start, role, value, hits, flags)
        prefix, count = fold(str(value)), len(self._items)
        for step in range(count):
            place = (start.row() + step) % count
            item = self.item(place)
            if isinstance(item, WorklistRow) and fold(item.name).startswith(prefix):
                return [self.index(place)]
        return []


def _spoken(item: Heading | WorklistRow) -> str:
    """What matters most comes first: whoever hears it goes on as soon as it is enough."""
    if isinstance(item, Heading):
        parts = (item.title, str(item.count), item.note, item.progress)
        return ", ".join(part for part in parts if part)
    last = QCoreApplication.translate("WorklistModel", "letzter Kontakt")
    return ", ".join(
        part
        for part in (
            item.name,
            item.state,
            item.detail,
            item.profile,
            f"{last} {item.last} {item.last_detail}".strip(),
            # The reason is read as well, and it has the days.
            "" if item.span is None or item.reason else describe(item.span),
            item.number,
        )
        if part
    )
