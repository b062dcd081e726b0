"""How do days, moments and facts stand in a column, and come back as they went in?"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from kkd_desktop.domain.facts import FactValue
from kkd_desktop.domain.language import said
from kkd_desktop.domain.plain_text import line
from kkd_desktop.domain.values import encoded, plain_of


def day_text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


# People have most of their days in common.
@lru_cache(maxsize=16384)
def day_of(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def minute_text(moment: datetime) -> str:
    """Local time of an appointment, which begins on a full minute."""
    if moment.tzinfo is not None or moment.second or moment.microsecond:
        raise ValueError(f"not a full minute of local time: {moment!r}")
    return moment.isoformat(timespec="minutes")


def moment_text(moment: datetime) -> str:
    """A moment in UTC, as DTSTAMP wants it: naive and in whole seconds."""
    if moment.tzinfo is not None:
        raise ValueError(f"not a naive moment in UTC: {moment!r}")
    return moment.isoformat(timespec="seconds")


def fact_text(value: FactValue) -> str:
    """JSON, with a day as `{"date": "2026-11-24"}`."""
    import json

    if isinstance(value, date):
        return json.dumps({"date": value.isoformat()})
    if isinstance(value, str):
        value = line(value, said("Merkmal"))
    return json.dumps(value, ensure_ascii=False)


# A caseload has thousands of facts and few different values.
@lru_cache(maxsize=4096)
def fact_of(text: str) -> FactValue:
    value: FactValue | dict[str, str] = plain_of(text)
    return date.fromisoformat(value["date"]) if isinstance(value, dict) else value


def key_list(keys: Iterable[int | str]) -> str:
    """Keys of rows as `json_each` reads them, each once."""
    return encoded(list(dict.fromkeys(keys)))
