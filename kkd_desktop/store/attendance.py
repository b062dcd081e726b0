"""How many of the agreed talks took place?"""

from datetime import date, timedelta

from kkd_desktop.store.database import Store


def attendance(store: Store, first: date, last: date) -> tuple[int, int]:
    """Attended and missed talks on the days from `first` to `last`.

    Appointments tell by their outcome. Personal contacts without an appointment were agreed
    elsewhere; one that belongs to an appointment is counted with it, once.
    """
    rows = store.read(
        """
        SELECT attended, count(*)
          FROM (SELECT state = 'attended' AS attended
                  FROM appointment
                 WHERE state IN ('attended', 'missed')
                   AND start >= :first
                   AND start < :after
                UNION ALL
                SELECT attended
                  FROM contact
                 WHERE appointment_id IS NULL
                   AND form = 'persoenlich'
                   AND day >= :first
                   AND day < :after)
         GROUP BY attended
        """,
        {"first": first.isoformat(), "after": (last + timedelta(days=1)).isoformat()},
    )
    found = {bool(attended): number for attended, number in rows}
    return found.get(True, 0), found.get(False, 0)
