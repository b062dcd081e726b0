"""Which concepts are at hand, and what does the list say of each?"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kkd_desktop.actions.policies import OnShelf
from kkd_desktop.domain import texts
from kkd_desktop.domain.values import Value
from kkd_desktop.gui.concept import (
    STANDING_TONES,
    combine_text,
    parts_text,
    shelf_standing,
    validity_text,
)
from kkd_desktop.gui.models.policy_reading import NATURES
from kkd_desktop.gui.theme import Tone

Index = QModelIndex | QPersistentModelIndex


class ConceptItem(Value, frozen=True):
    """One concept as the list shows it."""

    id: str
    title: str
    mark: str
    """Whether it is the one laid over this caseload."""
    state: str
    tone: Tone
    details: tuple[str, ...]
    faults: tuple[str, ...] = ()

    def spoken(self) -> str:
        """All of it, for a screen reader."""
        parts = (self.title, self.mark, self.state, *self.details, *self.faults)
        return ", ".join(part for part in parts if part)


class ConceptModel(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: list[ConceptItem] = []

    def show_shelf(self, found: Sequence[OnShelf], today: date) -> None:
        items = [self._item(each, today) for each in found]
        if items == self._items:
            return
        self.beginResetModel()
        self._items = items
        self.endResetModel()

    def item(self, index: Index) -> ConceptItem:
        return self._items[index.row()]

    def place_of(self, concept: str) -> int | None:
        """Where a concept stands in the list."""
        return next((n for n, item in enumerate(self._items) if item.id == concept), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.item(index).title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.item(index).spoken()
        return None

    def _item(self, shelved: OnShelf, today: date) -> ConceptItem:
        own = [self.tr("eigene Datei")] if shelved.is_own else []
        if not shelved.is_readable:
            return self._broken(shelved, self._mark(shelved), own)
        policy, whole = shelved.policy, shelved.whole
        if whole is not None:
            kind, more = combine_text(whole.combine), parts_text(shelved, today)
        else:
            assert policy is not None, "what can be read is one of the two"
            kind, more = NATURES[policy.nature](), validity_text(policy.validity, today)
        return ConceptItem(
            shelved.id,
            shelved.short_title,
            self._mark(shelved),
            *shelf_standing(shelved, today),
            (shelved.office, " · ".join([kind, *own]), more),
        )

    def _mark(self, shelved: OnShelf) -> str:
        if shelved.is_chosen:
            return self.tr("Ihr Konzept")
        return self.tr("Teil Ihres Konzepts") if shelved.in_use else ""

    def _broken(self, shelved: OnShelf, mark: str, own: list[str]) -> ConceptItem:
        """A file that cannot be read: its first fault; the others stand on its page."""
        faults = texts.counted(len(shelved.faults), "Fehler", "Fehler")
        details = [*own, *([shelved.note] if shelved.note else [])]
        return ConceptItem(
            shelved.id,
            f"{shelved.id}.toml",
            mark,
            self.tr("nicht lesbar, {faults}").format(faults=faults),
            STANDING_TONES[shelved.standing],
            (", ".join(details),) if details else (),
            shelved.faults[:1],
        )
