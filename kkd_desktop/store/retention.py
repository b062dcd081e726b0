"""On which days did something happen with each person, and until when is something to come?"""

from datetime import date

from kkd_desktop.domain.client import Client
from kkd_desktop.domain.retention import Trail
from kkd_desktop.store.database import Store
from kkd_desktop.store.values import day_of


def trails(store: Store) -> list[Trail]:
    """Of everybody, in one question. An appointment that was called off is no trail."""
    rows = store.read(
        """
        SELECT client.id, last_name, first_name, number, substr(created_at, 1, 10), einv_end,
               (SELECT max(day) FROM contact WHERE client_id = client.id),
               (SELECT substr(max(start), 1, 10)
                  FROM appointment
                 WHERE client_id = client.id AND state NOT IN ('cancelled', 'ill')),
               (SELECT max(until) FROM deviation WHERE client_id = client.id)
          FROM client
        """
    )
    found = []
    for client_id, last_name, first_name, number, added, plan, contact, booked, exception in rows:
        days = [day_of(text) for text in (plan, booked, exception) if text]
        found.append(
            Trail(
                client_id,
                Client(client_id, number, last_name, first_name).name,
                number,
                date.fromisoformat(added),
                day_of(contact),
                day_of(booked),
                max((day for day in days if day is not None), default=None),
            )
        )
    return found
