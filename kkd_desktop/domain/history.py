"""What did each step change, in words: which row, which of its values, from what to what?"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from kkd_desktop.domain import language
from kkd_desktop.domain.history_words import (
    TABLES,
    TECHNICAL,
    Column,
    Names,
    Row,
    Table,
    part_name,
    parts,
    readable,
    setting_text,
)
from kkd_desktop.domain.language import Sayings
from kkd_desktop.domain.values import Value, replace

__all__ = ["Item", "ItemKind", "LoggedStep", "Names", "RowChange", "ValueChange", "items"]


ONLY_VALUE = language.to_say("Wert")
"""The label of what has no name beside that of its row."""


class RowChange(Value, frozen=True):
    """A row before and after, by column; None where it did not exist."""

    table: str
    row_id: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    client_id: int | None = None


class ItemKind(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


KIND_TEXTS = Sayings(
    {
        ItemKind.ADDED: "neu",
        ItemKind.CHANGED: "geändert",
        ItemKind.REMOVED: "entfernt",
    }
)


class ValueChange(Value, frozen=True):
    """One value; empty where there was or is none."""

    label: str
    before: str
    after: str

    def german(self) -> str:
        """`Vermerk Allgemeiner Vermerk → Beratungsvermerk`; `Ort Uelzen` where only one is told."""
        head = "" if self.label == language.said(ONLY_VALUE) else f"{self.label} "
        return head + (f"{self.before} → {self.after or '–'}" if self.before else self.after)


class Item(Value, frozen=True):
    """One thing that was added, changed or removed, and whose it is.

    `values` are empty where only something technical changed, such as the number of a version.
    """

    title: str
    kind: ItemKind
    values: tuple[ValueChange, ...]
    client_id: int | None = None

    def german(self) -> str:
        """`Kontakt 12.04.2026: Vermerk Allgemeiner Vermerk → Beratungsvermerk`."""
        if self.kind is ItemKind.REMOVED:
            return language.said("{title} entfernt").format(title=self.title)
        said = ", ".join(value.german() for value in self.values)
        head = (
            language.said("{title} neu").format(title=self.title)
            if self.kind is ItemKind.ADDED
            else self.title
        )
        return (
            f"{head}: {said}"
            if said
            else language.said("{head} (nur technische Angaben)").format(head=head)
        )


class LoggedStep(Value, frozen=True):
    """A step as the Verlauf shows it. `done_at` is local time; `people` are ids with names;
    `further` changes are too many to be told.
    """

    id: int
    name: str
    done_at: datetime
    is_undone: bool
    items: tuple[Item, ...]
    people: tuple[tuple[int, str], ...] = ()
    further: int = 0

    def sought(self) -> str:
        """Everything a search looks at, as one text."""
        people = (name for _, name in self.people)
        return "\n".join((self.name, *people, *(item.german() for item in self.items)))


def items(changes: Sequence[RowChange], names: Names) -> tuple[Item, ...]:
    """What a step changed as a whole, however many writes it took."""
    return tuple(_item(change, names) for change in _net(changes))


def _net(changes: Iterable[RowChange]) -> list[RowChange]:
    """First before and last after of each row, without what went and came back the same."""
    rows: dict[tuple[str, int], RowChange] = {}
    for change in changes:
        key = (change.table, change.row_id)
        first = rows.get(key)
        before = change.before if first is None else first.before
        rows[key] = replace(change, before=before)
    told = [row for row in rows.values() if row.before != row.after]
    return list(_paired(told))


def _paired(changes: Sequence[RowChange]) -> Iterator[RowChange]:
    """A history that was written anew is told by what is different: the same entry under another
    id is no change, and another value from the same day on is one.
    """
    gone: dict[tuple[Any, ...], list[RowChange]] = {}
    for change in changes:
        if change.after is None and change.before is not None:
            gone.setdefault(_mark(change.table, change.before), []).append(change)
    told = [_with_old(change, gone) for change in changes]
    left = {id(change) for group in gone.values() for change in group}
    for change in told:
        if change.after is None:
            if id(change) in left:
                yield change
        elif change.before is None or _content(change.before) != _content(change.after):
            yield change


def _with_old(change: RowChange, gone: dict[tuple[Any, ...], list[RowChange]]) -> RowChange:
    """What came in the place of something that went, as its change."""
    if change.before is not None or change.after is None:
        return change
    old = gone.get(_mark(change.table, change.after))
    return replace(change, before=old.pop(0).before) if old else change


def _mark(table: str, row: Row) -> tuple[Any, ...]:
    """By what an entry is known again under another id: a fact by its first day."""
    if table == "fact":
        return (table, row["client_id"], row["name"], row["since"])
    return (table, repr(sorted(_content(row).items())))


def _content(row: Row) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "id"}


def _item(change: RowChange, names: Names) -> Item:
    row = change.before or change.after or {}
    table = TABLES.get(change.table) or Table(lambda row, names: change.table, {})
    if change.before is None:
        kind = ItemKind.ADDED
    else:
        kind = ItemKind.REMOVED if change.after is None else ItemKind.CHANGED
    title = table.title(row, names)
    title_end = title.partition(" ")[2]
    values = tuple(_values(table, change, names))
    if kind is not ItemKind.CHANGED:
        # As good as unsaid, or said by the title.
        values = tuple(
            x for x in values if (x.before or x.after) not in (language.said("nein"), title_end)
        )
    return Item(title, kind, values, change.client_id)


def _values(table: Table, change: RowChange, names: Names) -> Iterator[ValueChange]:
    before, after = change.before or {}, change.after or {}
    for name in dict.fromkeys((*table.columns, *before, *after)):
        if before.get(name) == after.get(name):
            continue
        column = table.columns.get(name, Column(part_name(name), _as_it_is))
        if column is TECHNICAL:
            continue
        pair = (before.get(name), after.get(name))
        if change.table == "setting":
            yield from _setting_values(str((before or after)["key"]), *pair, names)
            continue
        told = [
            "" if value is None else column.written(value, row, names)
            for value, row in zip(pair, (before, after), strict=True)
        ]
        if told[0] != told[1]:
            yield ValueChange(language.said(column.label), *told)


def _as_it_is(value: Any, row: Row, names: Names) -> str:
    return readable(value)


def _setting_values(key: str, before: Any, after: Any, names: Names) -> Iterator[ValueChange]:
    """A setting of several parts is told by those that changed."""
    old, new = parts(before), parts(after)
    if key in _WHOLE or (old is None and new is None):
        yield ValueChange(
            language.said(ONLY_VALUE), *(_told(key, text, names) for text in (before, after))
        )
        return
    old, new = old or {}, new or {}
    for name in dict.fromkeys((*old, *new)):
        if old.get(name) != new.get(name):
            yield ValueChange(part_name(name), readable(old.get(name)), readable(new.get(name)))


_WHOLE = ("prolonged", "text_reviews", "saved_searches")
"""Whose parts are named by ids."""


def _told(key: str, text: Any, names: Names) -> str:
    return "" if text is None else setting_text(key, json.loads(text), names)
