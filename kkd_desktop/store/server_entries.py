"""What of ours stands in which calendar on a server, as far as we know?"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from kkd_desktop.domain.server_calendar import LastPush, ServerEntry
from kkd_desktop.store.database import Row, Store
from kkd_desktop.store.values import moment_text


def of_calendar(store: Store, calendar: str) -> dict[str, ServerEntry]:
    """By uid."""
    rows = store.read(
        """
        SELECT calendar, uid, owner, href, pushed_at, etag, digest, kept
          FROM server_entry
         WHERE calendar = :calendar
         ORDER BY id
        """,
        {"calendar": calendar},
    )
    return {row[1]: _entry(row) for row in rows}


def counts(store: Store) -> Mapping[str, int]:
    """How many entries each calendar holds."""
    rows = store.read("SELECT calendar, count(*) FROM server_entry GROUP BY calendar")
    return dict(rows)


def orphans(store: Store, calendar: str) -> int:
    """Entries whose appointment was deleted here."""
    rows = store.read(
        """
        SELECT count(*)
          FROM server_entry
         WHERE calendar = :calendar
           AND NOT EXISTS (SELECT 1 FROM appointment WHERE uid = server_entry.owner)
        """,
        {"calendar": calendar},
    )
    return int(rows[0][0])


def put(store: Store, entries: Iterable[ServerEntry]) -> None:
    """Remember what stands there now."""
    with store.write(journaled=False) as transaction:
        for entry in entries:
            transaction.execute(
                """
                INSERT INTO server_entry
                       (calendar, uid, owner, href, etag, digest, kept, pushed_at)
                VALUES (:calendar, :uid, :owner, :href, :etag, :digest, :kept, :pushed_at)
                    ON CONFLICT (calendar, uid) DO UPDATE
                   SET href = excluded.href, etag = excluded.etag, digest = excluded.digest,
                       kept = excluded.kept, pushed_at = excluded.pushed_at
                """,
                {
                    "calendar": entry.calendar,
                    "uid": entry.uid,
                    "owner": entry.owner,
                    "href": entry.href,
                    "etag": entry.etag,
                    "digest": entry.digest,
                    "kept": int(entry.kept),
                    "pushed_at": moment_text(entry.pushed_at),
                },
            )


def remove(store: Store, entry: ServerEntry) -> None:
    """It is no longer there."""
    with store.write(journaled=False) as transaction:
        transaction.execute(
            "DELETE FROM server_entry WHERE calendar = :calendar AND uid = :uid",
            {"calendar": entry.calendar, "uid": entry.uid},
        )


def forget(store: Store, calendar: str) -> None:
    """Remember nothing of a calendar; what stands there stays."""
    with store.write(journaled=False) as transaction:
        for table in ("server_entry", "server_push"):
            transaction.execute(
                f"DELETE FROM {table} WHERE calendar = :calendar", {"calendar": calendar}
            )


def last_push(store: Store, calendar: str) -> LastPush | None:
    rows = store.read(
        "SELECT pushed_at, conflicts FROM server_push WHERE calendar = :calendar",
        {"calendar": calendar},
    )
    return LastPush(_moment(rows[0][0]), rows[0][1]) if rows else None


def record_push(store: Store, calendar: str, push: LastPush) -> None:
    with store.write(journaled=False) as transaction:
        transaction.execute(
            """
            INSERT INTO server_push (calendar, pushed_at, conflicts)
            VALUES (:calendar, :pushed_at, :conflicts)
                ON CONFLICT (calendar) DO UPDATE
               SET pushed_at = excluded.pushed_at, conflicts = excluded.conflicts
            """,
            {
                "calendar": calendar,
                "pushed_at": moment_text(push.pushed_at),
                "conflicts": push.conflicts,
            },
        )


def _entry(row: Row) -> ServerEntry:
    calendar, uid, owner, href, pushed_at, etag, digest, kept = row
    return ServerEntry(calendar, uid, owner, href, _moment(pushed_at), etag, digest, bool(kept))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
