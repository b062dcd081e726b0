"""Which steps were taken, latest first?"""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex

from kkd_desktop.domain import texts
from kkd_desktop.domain.history import LoggedStep
from kkd_desktop.gui.models.columns import Column, ColumnModel
from kkd_desktop.gui.theme import Tone

MOMENT, NAME, PEOPLE, CHANGES = range(4)
_MOST_PEOPLE = 2
_SHORT = 160


class StepsModel(ColumnModel[LoggedStep]):
    """Steps as they are read, page by page: never sorted, and narrowed where they are read."""

    def columns(self) -> Sequence[Column[LoggedStep]]:
        return (
            Column(self.tr("Zeit"), lambda row: row.done_at, texts.moment, tone=_tone),
            Column(self.tr("Schritt"), self._name, tone=_tone, hint=self._name),
            Column(self.tr("Person"), self._people, tone=_tone, hint=self._everyone),
            Column(self.tr("Geändert"), _changes, tone=_tone),
        )

    def add_rows(self, rows: Sequence[LoggedStep]) -> None:
        """More rows below those that are shown."""
        if not rows:
            return
        first = len(self._all)
        self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
        self._all.extend(rows)
        self._keys.extend([None] * len(rows))
        self._shown.extend(range(first, first + len(rows)))
        self.endInsertRows()

    def _name(self, row: LoggedStep) -> str:
        return (
            self.tr("{name} · zurückgenommen").format(name=row.name) if row.is_undone else row.name
        )

    def _people(self, row: LoggedStep) -> str:
        names = [name for _, name in row.people]
        if len(names) <= _MOST_PEOPLE:
            return " · ".join(names)
        if row.further:
            return self.tr("{name} und weitere").format(name=names[0])
        return self.tr("{name} und {number} weitere").format(name=names[0], number=len(names) - 1)

    def _everyone(self, row: LoggedStep) -> str:
        return "\n".join(name for _, name in row.people)


def _changes(row: LoggedStep) -> str:
    """As much as could fit into one line."""
    said = ""
    for item in row.items:
        said = f"{said} · {item.german()}" if said else item.german()
        if len(said) > _SHORT:
            break
    return " ".join(said.split())


def _tone(row: LoggedStep) -> Tone | None:
    return Tone.NEUTRAL if row.is_undone else None
