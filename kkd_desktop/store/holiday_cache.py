"""Which holidays were looked up before? Asking the library costs more than the first paint."""

from collections.abc import Mapping
from datetime import date

from kkd_desktop.store.database import Store

_FEDERAL = ""
"""Stands for the federal holidays, where no Land is set."""


def known(store: Store, land: str | None) -> dict[int, dict[date, str]]:
    """Every year that was looked up for the Land, with its holidays; a year may have none."""
    rows = store.read(
        """
        SELECT holiday_year.year, holiday.day, holiday.name
          FROM holiday_year
          LEFT JOIN holiday ON holiday.holiday_year_id = holiday_year.id
         WHERE holiday_year.land = :land
         ORDER BY holiday_year.year, holiday.day
        """,
        {"land": land or _FEDERAL},
    )
    years: dict[int, dict[date, str]] = {}
    for year, day, name in rows:
        found = years.setdefault(year, {})
        if day is not None:
            found[date.fromisoformat(day)] = name
    return years


def put(store: Store, land: str | None, year: int, days: Mapping[date, str]) -> None:
    """Remember a year, in place of what was known about it."""
    of_year = {"land": land or _FEDERAL, "year": year}
    with store.write() as transaction:
        transaction.execute("DELETE FROM holiday_year WHERE land = :land AND year = :year", of_year)
        year_id = transaction.insert("holiday_year", of_year)
        transaction.execute_many(
            "INSERT INTO holiday (holiday_year_id, day, name) VALUES (:year_id, :day, :name)",
            [{"year_id": year_id, "day": d.isoformat(), "name": name} for d, name in days.items()],
        )
