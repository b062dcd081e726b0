"""Which times are taken according to other calendars, and where were they read?"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from kkd_desktop.domain.busy_time import BusyReading, BusySource, BusyState, BusyTime
from kkd_desktop.domain.language import said
from kkd_desktop.domain.plain_text import line
from kkd_desktop.store.database import Row, Store
from kkd_desktop.store.errors import EntryGone
from kkd_desktop.store.values import day_text, minute_text, moment_text

_SOURCE = "busy_source.name, place, watched, has_titles, busy_source.id"


def between(store: Store, first: date, last: date) -> list[BusyTime]:
    """All of the sources in use that touch one of the days, both included, sorted."""
    rows = store.read(
        """
        SELECT DISTINCT start, "end", state, title
          FROM busy
          JOIN busy_source ON busy_source.id = busy.busy_source_id
         WHERE start < :after
           AND "end" > :first
           AND active
         ORDER BY start, "end", state, title
        """,
        {"first": f"{first.isoformat()}T00:00", "after": (last + timedelta(days=1)).isoformat()},
    )
    return [
        BusyTime(
            datetime.fromisoformat(start), datetime.fromisoformat(end), BusyState(state), title
        )
        for start, end, state, title in rows
    ]


def sources(store: Store) -> list[tuple[BusySource, BusyReading | None, int]]:
    """Every source in use with its last reading and the number of its busy times, by name."""
    rows = store.read(
        f"""
        SELECT {_SOURCE}, digest, since, until, read_at, fault, note,
               (SELECT count(*) FROM busy WHERE busy.busy_source_id = busy_source.id)
          FROM busy_source
          LEFT JOIN busy_reading ON busy_reading.busy_source_id = busy_source.id
         WHERE active
         ORDER BY busy_source.name, place
        """
    )
    return [(_source(row[:5]), _reading(row[5:11]), row[11]) for row in rows]


def get(store: Store, source_id: int) -> tuple[BusySource, BusyReading | None]:
    for source, reading, _ in sources(store):
        if source.id == source_id:
            return source, reading
    raise EntryGone(store.path)


def own_uids(store: Store) -> list[str]:
    """Under which UIDs appointments were written to calendars, whatever became of them."""
    return [uid for (uid,) in store.read("SELECT uid FROM appointment")]


def add(store: Store, source: BusySource) -> int:
    """Store a source; one that was removed from the same place comes back as it is wanted now."""
    values = {
        "name": line(source.name, said("Name des Kalenders"), required=True),
        "place": source.place,
        "watched": source.watched,
        "has_titles": source.has_titles,
        "active": 1,
    }
    with store.write() as transaction:
        known = store.read("SELECT id FROM busy_source WHERE place = ?", (source.place,))
        if not known:
            return transaction.insert("busy_source", values)
        source_id = int(known[0][0])
        transaction.update("busy_source", source_id, values)
        return source_id


def change(store: Store, source: BusySource, *, is_to_read: bool) -> None:
    """Whether it is watched and keeps titles; those it is not to keep are gone at once."""
    if source.id is None:
        raise ValueError("a source that was never stored cannot be changed")
    values = {"watched": source.watched, "has_titles": source.has_titles}
    with store.write() as transaction:
        transaction.update("busy_source", source.id, values)
        if is_to_read:
            _let_go(store, source.id)


def remove(store: Store, source_id: int) -> None:
    """The source stays, out of use, so that the step can be taken back; its titles do not."""
    with store.write() as transaction:
        transaction.update("busy_source", source_id, {"active": 0})
        _let_go(store, source_id)


def forget_removed(store: Store) -> None:
    """Delete what was read from sources that are no longer in use."""
    unused = "busy_source_id IN (SELECT id FROM busy_source WHERE NOT active)"
    if not store.read(f"SELECT 1 FROM busy_reading WHERE {unused} LIMIT 1"):
        return
    with store.write(journaled=False) as transaction:
        transaction.execute(f"DELETE FROM busy WHERE {unused}")
        transaction.execute(f"DELETE FROM busy_reading WHERE {unused}")


def keep_reading(
    store: Store, source_id: int, reading: BusyReading, times: Iterable[BusyTime]
) -> None:
    """Put a good reading in the place of the last one."""
    rows = [
        (source_id, minute_text(each.start), minute_text(each.end), each.state.value, each.title)
        for each in times
    ]
    with store.write(journaled=False) as transaction:
        transaction.execute("DELETE FROM busy WHERE busy_source_id = ?", (source_id,))
        transaction.execute_many(
            'INSERT INTO busy (busy_source_id, start, "end", state, title) VALUES (?, ?, ?, ?, ?)',
            rows,
        )
        _put_reading(store, source_id, reading)


def keep_fault(store: Store, source_id: int, reading: BusyReading) -> None:
    """Note why a source could not be read; what was read before stays, with its day."""
    with store.write(journaled=False):
        _put_reading(store, source_id, reading)


def _put_reading(store: Store, source_id: int, reading: BusyReading) -> None:
    with store.write() as transaction:
        transaction.execute(
            """
            INSERT INTO busy_reading (busy_source_id, digest, since, until, read_at, fault, note)
            VALUES (:source_id, :digest, :since, :until, :read_at, :fault, :note)
            ON CONFLICT (busy_source_id) DO UPDATE
               SET digest = excluded.digest, since = excluded.since, until = excluded.until,
                   read_at = excluded.read_at, fault = excluded.fault,
                   note = excluded.note
            """,
            {
                "source_id": source_id,
                "digest": reading.digest,
                "since": day_text(reading.since),
                "until": day_text(reading.until),
                "read_at": "" if reading.read_at is None else moment_text(reading.read_at),
                "fault": reading.fault,
                "note": reading.note,
            },
        )


def _let_go(store: Store, source_id: int) -> None:
    """Delete titles, and have the source read again if it is wanted: a step that is taken back
    brings none of this back.
    """
    with store.write() as transaction:
        transaction.execute(
            "UPDATE busy SET title = '' WHERE busy_source_id = ? AND title <> ''", (source_id,)
        )
        transaction.execute(
            "UPDATE busy_reading SET digest = '' WHERE busy_source_id = ?", (source_id,)
        )


def _source(row: Row) -> BusySource:
    name, place, watched, has_titles, source_id = row
    return BusySource(name, place, bool(watched), bool(has_titles), source_id)


def _reading(row: Row) -> BusyReading | None:
    digest, since, until, read_at, fault, note = row
    if digest is None:
        return None
    return BusyReading(
        digest,
        date.fromisoformat(since),
        date.fromisoformat(until),
        datetime.fromisoformat(read_at) if read_at else None,
        fault,
        note,
    )
