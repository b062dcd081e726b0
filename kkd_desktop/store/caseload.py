"""The whole caseload at once: every client with facts, exception and the log of contacts.

One statement with one row per client. Fetching a row per contact would cost five times as much, a
statement per client nine times. The log comes from an index that has all of it, so that no note is
touched.
"""

from collections.abc import Collection
from datetime import date

from kkd_desktop.domain.client import Client
from kkd_desktop.domain.contact import ContactLog
from kkd_desktop.store import clients, deviations
from kkd_desktop.store.contacts import LOG_ENTRY, StoredLog
from kkd_desktop.store.database import Store
from kkd_desktop.store.facts import FACT_ENTRY, facts_of
from kkd_desktop.store.values import key_list

EVERYONE = f"""
    SELECT {clients.COLUMNS},
           (SELECT {FACT_ENTRY} FROM fact WHERE client_id = client.id),
           (SELECT {LOG_ENTRY} FROM contact WHERE client_id = client.id)
      FROM client
"""


def everyone(
    store: Store, today: date, only: Collection[int] | None = None
) -> list[tuple[Client, ContactLog]]:
    """Every client as of `today` with the log, in the order of their ids; or only these."""
    narrowed = "" if only is None else " WHERE id IN (SELECT value FROM json_each(:only))"
    asked = {} if only is None else {"only": key_list(only)}
    deviation_of = deviations.current(store, today).get
    client_of = clients.client_of
    return [
        (
            client_of(row, facts_of(facts), deviation_of(row[0])),
            _NO_CONTACTS if log is None else StoredLog(log),
        )
        for *row, facts, log in store.read(f"{EVERYONE}{narrowed} ORDER BY id", asked)
    ]


_NO_CONTACTS = ContactLog((), ())
