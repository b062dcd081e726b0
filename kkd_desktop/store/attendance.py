"""How many of the agreed talks took place?"""

from datetime import date, timedelta

from kkd_desktop.store.database import Store


def attendance(store: Store, first: date, last: date) -> tuple[int, int]:
    """Attended and missed talks on the days from `first` to `last`.

    Appointments tell by their outcome. Personal contacts without an appointment were agreed
    elsewhere; one that belongs to an appointment is counted with it, once.
    """
    each = attendance_of_each(store, first, last).values()
    return sum(attended for attended, _ in each), sum(missed for _, missed in each)


def attendance_of_each(store: Store, first: date, last: date) -> dict[int, tuple[int, int]]:
    """The same for each client who had any."""
    rows = store.read(
        """
        SELECT client_id, sum(attended), sum(NOT attended)
          FROM (SELECT client_id, state = 'attended' AS attended
                  FROM appointment
                 WHERE state IN ('attended', 'missed')
                   AND start >= :first
                   AND start < :after
                UNION ALL
                SELECT client_id, attended
                  FROM contact
                 WHERE appointment_id IS NULL
                   AND form = 'persoenlich'
                   AND day >= :first
                   AND day < :after)
         GROUP BY client_id
        """,
        {"first": first.isoformat(), "after": (last + timedelta(days=1)).isoformat()},
    )
    return {client_id: (attended, missed) for client_id, attended, missed in rows}


def talks_between(store: Store, first: date, last: date) -> list[tuple[int, date, str]]:
    """Each talk agreed for one of these days: client, day, and its state as appointments have it.

    Personal contacts without an appointment were agreed elsewhere, and are attended or missed.
    """
    rows = store.read(
        """
        SELECT client_id, substr(start, 1, 10), state
          FROM appointment
         WHERE start >= :first AND start < :after
        UNION ALL
        SELECT client_id, day, iif(attended, 'attended', 'missed')
          FROM contact
         WHERE appointment_id IS NULL
           AND form = 'persoenlich'
           AND day >= :first
           AND day < :after
        """,
        {"first": first.isoformat(), "after": (last + timedelta(days=1)).isoformat()},
    )
    return [(client_id, date.fromisoformat(day), state) for client_id, day, state in rows]


def talks_without_appointment(store: Store, first: date, last: date) -> list[tuple[int, date]]:
    """Talks that took place on one of these days without an appointment here: client and day."""
    rows = store.read(
        """
        SELECT client_id, day
          FROM contact
         WHERE appointment_id IS NULL
           AND attended
           AND form IN ('persoenlich', 'telefonisch', 'video')
           AND day >= :first
           AND day < :after
        """,
        {"first": first.isoformat(), "after": (last + timedelta(days=1)).isoformat()},
    )
    return [(client_id, date.fromisoformat(day)) for client_id, day in rows]
