"""Which facts of a client are recorded, from when until when?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache

from kkd_desktop.domain.facts import Facts, FactValue, Period, Timeline
from kkd_desktop.domain.language import said
from kkd_desktop.domain.plain_text import line
from kkd_desktop.store.database import Store, Transaction
from kkd_desktop.store.values import day_of, day_text, fact_of, fact_text

_DAY = timedelta(days=1)


def set_fact(
    store: Store, client_id: int, name: str, value: FactValue, since: date | None = None
) -> None:
    """Record that the fact is `value` from `since` on, or always where that is None.

    What held before ends the day before; what begins later stays and ends the new period. Another
    value for the same first day is a correction and replaces the earlier one. Nothing is written
    where the history says so already.
    """
    _check(name, value)
    with store.write() as transaction:
        timeline = history(store, client_id).timeline(name) or Timeline(())
        first = since or date.min
        later = [p.since for p in timeline.periods if p.since is not None and p.since > first]
        until = min(later) - _DAY if later else None
        held = timeline.period_at(first)
        if held is not None and held.until == until and fact_text(held.value) == fact_text(value):
            return
        row = {
            "client_id": client_id,
            "name": line(name, said("Merkmal"), required=True),
            "since": day_text(since),
            "value": fact_text(value),
        }
        corrected = transaction.execute(
            """
            UPDATE fact
               SET value = :value
             WHERE client_id = :client_id AND name = :name AND since IS :since
            """,
            row,
        )
        if corrected:
            return
        if since is not None:
            transaction.execute(
                """
                UPDATE fact
                   SET until = :before
                 WHERE client_id = :client_id
                   AND name = :name
                   AND ifnull(since, '') < :since
                   AND (until IS NULL OR until >= :since)
                """,
                {**row, "before": day_text(since - _DAY)},
            )
        transaction.insert("fact", {**row, "until": day_text(until)})


def add_history(store: Store, client_id: int, facts: Facts) -> None:
    """Record whole histories of a client who has none yet, as an import brings them."""
    with store.write() as transaction:
        insert_history(transaction, client_id, facts)


def insert_history(transaction: Transaction, client_id: int, facts: Facts) -> None:
    """As `add_history`, within a transaction that writes many."""
    for name in facts.names():
        timeline = facts.timeline(name)
        for period in timeline.periods if timeline else ():
            _check(name, period.value)
            transaction.insert(
                "fact",
                {
                    "client_id": client_id,
                    "name": line(name, said("Merkmal"), required=True),
                    "value": fact_text(period.value),
                    "since": day_text(period.since),
                    "until": day_text(period.until),
                },
            )


def _check(name: str, value: FactValue) -> None:
    # Only here: starting writes no facts.
    from kkd_desktop.domain.health_facts import require_yes_or_no

    require_yes_or_no(name, value)


def delete(store: Store, client_id: int, name: str, since: date | None) -> None:
    """Remove the period that begins on that day. The one before it keeps its end."""
    with store.write() as transaction:
        transaction.execute(
            """
            DELETE FROM fact
             WHERE client_id = :client_id AND name = :name AND since IS :since
            """,
            {"client_id": client_id, "name": name, "since": day_text(since)},
        )


def history(store: Store, client_id: int) -> Facts:
    rows = store.read(
        "SELECT name, value, since, until FROM fact WHERE client_id = :client_id ORDER BY id",
        {"client_id": client_id},
    )
    periods: dict[str, list[Period]] = defaultdict(list)
    for name, *period in rows:
        periods[name].append(_period(*period))
    return _timelines(periods)


# No name and no JSON text holds one of the two separators.
FACT_ENTRY = """
    group_concat(
        concat_ws(char(31), name, value, ifnull(since, ''), ifnull(until, '')), char(30)
    )
"""
"""The facts of a client as one text for `facts_of`."""


@lru_cache(maxsize=65536)
def facts_of(text: str | None) -> Facts:
    """The facts that the text says; None says nothing. Many clients share one history."""
    periods: dict[str, list[Period]] = defaultdict(list)
    for entry in text.split("\x1e") if text else ():
        name, period = _entry(entry)
        periods[name].append(period)
    return _timelines(periods)


# Clients share most of their periods; a period never changes.
@lru_cache(maxsize=65536)
def _entry(text: str) -> tuple[str, Period]:
    name, value, since, until = text.split("\x1f")
    return name, _period(value, since or None, until or None)


def _period(value: str, since: str | None, until: str | None) -> Period:
    return Period(fact_of(value), day_of(since), day_of(until))


def _timelines(periods: Mapping[str, Iterable[Period]]) -> Facts:
    return Facts({name: Timeline(found) for name, found in periods.items()})
