"""Everything that is stored about one person: which rows, how to read them, how to delete them.

`ABOUT` names the rows of each table; a test compares it with the tables as they stand, so that no
new table is forgotten when somebody asks what is stored, or asks for it to be deleted.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kkd_desktop.domain.language import to_say
from kkd_desktop.store import journal
from kkd_desktop.store.database import Store, connect_to_write
from kkd_desktop.store.errors import EntryGone, LockedStore, StoreError
from kkd_desktop.store.inspection import look
from kkd_desktop.store.journal import columns_of
from kkd_desktop.store.key import Key

_APPOINTMENTS = "SELECT id FROM appointment WHERE client_id = :client_id"

ABOUT: dict[str, str] = {
    "client": "id = :client_id",
    "fact": "client_id = :client_id",
    "deviation": "client_id = :client_id",
    "contact": "client_id = :client_id",
    "appointment": "client_id = :client_id",
    "letter": "client_id = :client_id",
    "export_log": f"appointment_id IN ({_APPOINTMENTS})",
    "server_entry": "owner IN (SELECT uid FROM appointment WHERE client_id = :client_id)",
    "left_open": "client_id = :client_id",
    "change": "client_id = :client_id",
}
"""Each table that knows something about a person → which of its rows are about `:client_id`."""

_STAYS = frozenset({"server_entry"})
"""Names nobody, and is needed until the entry is withdrawn from the server."""


def rows(store: Store, client_id: int) -> dict[str, list[dict[str, Any]]]:
    """Every row about the person with every column, by table; bytes as they are."""
    columns = columns_of(store.connection)
    found = {}
    for table, condition in ABOUT.items():
        names = tuple(columns[table])
        listed = store.read(
            f"SELECT {', '.join(names)} FROM {table} WHERE {condition} ORDER BY id",
            {"client_id": client_id},
        )
        found[table] = [dict(zip(names, row, strict=True)) for row in listed]
    if not found["client"]:
        raise EntryGone(store.path)
    found["change"] = _of_this_one(found["change"])
    return found


def _of_this_one(changes: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without what the journal kept of somebody whose number of the row was given anew: a person
    who was added and taken back at once.
    """
    begins = [
        place
        for place, change in enumerate(changes)
        if change["table_name"] == "client" and change["before"] is None
    ]
    return list(changes[begins[-1] :]) if begins and _was_gone(changes, begins[-1]) else [*changes]


def _was_gone(changes: Sequence[dict[str, Any]], begin: int) -> bool:
    """Whether the row came as another person's, and not back by a step that was done again."""
    after = json.loads(changes[begin]["after"])
    earlier = [each["before"] for each in changes[:begin] if each["table_name"] == "client"]
    return any(text and json.loads(text)["created_at"] != after["created_at"] for text in earlier)


def steps(store: Store, changes: Iterable[Mapping[str, Any]]) -> dict[int, tuple[str, str]]:
    """Name and moment in UTC of the steps of these changes, by id."""
    wanted = json.dumps(sorted({change["step_id"] for change in changes}))
    found = store.read(
        "SELECT id, name, done_at FROM step WHERE id IN (SELECT value FROM json_each(:ids))",
        {"ids": wanted},
    )
    return {step_id: (name, done_at) for step_id, name, done_at in found}


class Identity:
    """By what the row of a person is known in every copy of the store: what never changes."""

    __slots__ = ("client_id", "created_at")

    def __init__(self, client_id: int, created_at: str) -> None:
        self.client_id, self.created_at = client_id, created_at

    def mark(self, salt: str) -> str:
        from hashlib import sha256

        digest = sha256(f"{salt}|{self.client_id}|{self.created_at}".encode()).hexdigest()
        return f"{salt}:{digest}"


def identity(store: Store, client_id: int) -> Identity:
    found = store.read("SELECT created_at FROM client WHERE id = ?", (client_id,))
    if not found:
        raise EntryGone(store.path)
    return Identity(client_id, found[0][0])


def is_held_by(copy: Path, key: Key, person: Identity) -> bool | None:
    """Whether a back-up holds this person; None where it does not open with this key."""
    try:
        with look(copy, key, thorough=False) as store:
            query = "SELECT 1 FROM client WHERE id = ? AND created_at = ?"
            return bool(store.read(query, (person.client_id, person.created_at)))
    except StoreError:
        return None


def forget(store: Store, client_ids: Sequence[int], day: date) -> None:
    """Delete these people with all that is known about them, and remember by a mark that they are
    to be deleted from every restored back-up too. There is no way back.
    """
    with store.write(journaled=False) as transaction:
        salt = _salt(store)
        for client_id in client_ids:
            person = identity(store, client_id)
            transaction.execute(
                "INSERT OR IGNORE INTO forgotten (mark, forgotten_on) VALUES (?, ?)",
                (person.mark(salt), day.isoformat()),
            )
            _delete(store, client_id)


def apply_marks(store: Store) -> int:
    """Delete whoever is marked as forgotten and is there all the same; returns how many were."""
    marks = {mark for (mark,) in store.read("SELECT mark FROM forgotten")}
    salts = {mark.partition(":")[0] for mark in marks}
    if not salts:
        return 0
    gone = [
        person.client_id
        for person in _everyone(store)
        if any(person.mark(salt) in marks for salt in salts)
    ]
    with store.write(journaled=False):
        for client_id in gone:
            _delete(store, client_id)
    return len(gone)


def _everyone(store: Store) -> Iterator[Identity]:
    """Those who are stored, and those whom only the journal still knows."""
    found = {tuple(row) for row in store.read("SELECT id, created_at FROM client")}
    for row_id, before, after in store.read(
        "SELECT row_id, before, after FROM change WHERE table_name = 'client'"
    ):
        found |= {(row_id, json.loads(text)["created_at"]) for text in (before, after) if text}
    return (Identity(*each) for each in sorted(found))


def _salt(store: Store) -> str:
    """One for all marks of a store, so that looking for them is quick; it travels in each."""
    known = store.read("SELECT mark FROM forgotten LIMIT 1")
    return known[0][0].partition(":")[0] if known else os.urandom(16).hex()


def _delete(store: Store, client_id: int) -> None:
    with store.write(journaled=False) as transaction:
        journal.forget(store, client_id)
        # A draft that names no person may be about anybody.
        transaction.execute("DELETE FROM left_open WHERE client_id IS NULL")
        for table, condition in reversed(ABOUT.items()):
            if table not in _STAYS and table != "change":
                transaction.execute(
                    f"DELETE FROM {table} WHERE {condition}", {"client_id": client_id}
                )


class NotWiped(StoreError):
    sentence = to_say(
        "Gelöscht ist alles, aber „{name}“ ließ sich noch nicht neu schreiben, weil ein anderes "
        "Programm gerade liest. Was in der Datei davon übrig ist, verschwindet, sobald das letzte "
        "Fenster geschlossen wird."
    )


def wipe(path: Path, key: Key) -> None:
    """Write the file anew without its free pages, and empty its log, through a connection of this
    thread. Nobody may be in the middle of reading.
    """
    try:
        with Store(connect_to_write(path, key), path, key) as store:
            _empty_log(store)
            store.read("VACUUM")
            _empty_log(store)
    except LockedStore as fault:
        raise NotWiped(path) from fault


def _empty_log(store: Store) -> None:
    [(busy, _, _)] = store.read("PRAGMA wal_checkpoint(TRUNCATE)")
    if busy:
        raise LockedStore(store.path)


_FREE_TEXTS = {
    "contact": ("content", "goal", "means", "phone_reason"),
    "appointment": ("purpose", "reason"),
    "deviation": ("reason",),
}


def mentions(store: Store, people: Mapping[int, Sequence[Sequence[str]]]) -> int:
    """How many entries name one of these people and are about somebody else. By id, each with the
    words that name them: `("Amina", "Beispiel")` together, or a number.
    """
    wanted = {
        client_id: [tuple(word.casefold() for word in words) for words in names]
        for client_id, names in people.items()
    }
    # Most entries name none of them, which one look at each tells.
    last = sorted({words[-1] for names in wanted.values() for words in names}, key=len)
    if not last:
        return 0
    anyone = re.compile("|".join(map(re.escape, last)))
    number = 0
    for table, columns in _FREE_TEXTS.items():
        texts = " || ' ' || ".join(f"ifnull({column}, '')" for column in columns)
        for owner, raw in store.read(f"SELECT client_id, {texts} FROM {table}"):
            text = raw.casefold()
            if anyone.search(text) is not None:
                number += any(
                    all(word in text for word in words)
                    for client_id, names in wanted.items()
                    if client_id != owner and owner not in wanted
                    for words in names
                )
    return number


def counts(store: Store, client_ids: Iterable[int]) -> dict[str, int]:
    """How many rows of each table are about these people."""
    found = dict.fromkeys(ABOUT, 0)
    for client_id in client_ids:
        for table, condition in ABOUT.items():
            query = f"SELECT count(*) FROM {table} WHERE {condition}"
            found[table] += store.read(query, {"client_id": client_id})[0][0]
    return found


def forgotten_on(store: Store) -> list[date]:
    """When people were deleted, latest first."""
    found = store.read("SELECT forgotten_on FROM forgotten ORDER BY forgotten_on DESC")
    return [date.fromisoformat(day) for (day,) in found]
