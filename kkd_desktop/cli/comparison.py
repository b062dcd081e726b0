"""`kkd policies compare`: two Konzepte on a caseload, or rule by rule."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from kkd_desktop.actions import comparison as actions
from kkd_desktop.actions import trial
from kkd_desktop.actions.policies import open_shelf
from kkd_desktop.cli.german import Command
from kkd_desktop.cli.options import as_json, as_of, opened_context, store_file, this_day
from kkd_desktop.cli.output import client_plain, show, show_json, table
from kkd_desktop.domain import texts
from kkd_desktop.domain.comparison import (
    CHANGE_TEXTS,
    Change,
    Comparison,
    Row,
    Side,
    change_text,
)
from kkd_desktop.domain.outcome import STATE_TEXTS, Outcome
from kkd_desktop.domain.policy_set import Concept
from kkd_desktop.domain.rule_table import RuleTable
from kkd_desktop.domain.workload import READING_NOTES, READING_TEXTS, Reading


@click.command("compare", cls=Command)
@click.argument("one", metavar="ID|DATEI")
@click.argument("other", metavar="ID|DATEI")
@store_file
@as_of
@as_json
def compare(
    one: str,
    other: str,
    store: Path | None,
    passphrase_file: Path | None,
    as_of: date | None,
    as_json: bool,
) -> None:
    """Zwei Konzepte oder Zusammenstellungen vergleichen.

    Mit --store am Fallbestand: wer früher oder später fällig wird und wie viele Gespräche jedes
    Konzept je Monat verlangt. Ohne --store Vorgabe neben Vorgabe.
    """
    if store is None:
        shelf, day = open_shelf(), as_of or this_day()
        concepts = trial.on_shelf(shelf, one, day), trial.on_shelf(shelf, other, day)
        found = actions.side_by_side(*concepts, day)
        show_json(_rules_plain(found, *concepts)) if as_json else show(_rules(found, *concepts))
        return
    with opened_context(store, passphrase_file, as_of) as context:
        compared = actions.compare(context, one, other)
        show_json(_plain(compared)) if as_json else show(_lines(compared))


_NAMES = {**texts.FLAGS, "org": "Bereich"}


def _rules(found: RuleTable, one: Concept, other: Concept) -> list[str]:
    lines = [f"{one.title} neben {other.title}", ""]
    for pair in found.pairs:
        lines.append(pair.situation.german())
        rows = [("", one.title, pair.one), ("", other.title, pair.other)]
        lines += table(rows if pair.differs else [("", "beide", pair.one)])
    if found.ignored:
        names = ", ".join(_NAMES.get(name, name) for name in found.ignored)
        lines += ["", f"Nicht unterschieden, obwohl ein Konzept danach fragt: {names}."]
    return [*lines, "", "Mit --store DATEI: der Vergleich am eigenen Fallbestand."]


def _rules_plain(found: RuleTable, one: Concept, other: Concept) -> dict[str, Any]:
    return {
        "one": one.id,
        "other": other.id,
        "rules": [
            {"situation": p.situation, "one": p.one, "other": p.other, "differs": p.differs}
            for p in found.pairs
        ],
        "ignored": found.ignored,
    }


def _lines(found: Comparison) -> list[str]:
    listed = [change for change in Change if change is not Change.SAME and found.counts[change]]
    lines = [
        f"Vergleich am {texts.weekday_day(found.day)}, "
        f"{texts.counted(len(found.rows), 'Person', 'Personen')}",
        *found.notes,
        "",
        *_numbers(found),
        "",
        *table(
            [(CHANGE_TEXTS[change], texts.whole(n)) for change, n in found.counts.items()],
            right={1},
        ),
    ]
    for change in listed:
        rows = found.of(change)
        heading = CHANGE_TEXTS[change]
        lines += ["", f"{heading[:1].upper()}{heading[1:]} ({len(rows)})"]
        lines += table([_row(row) for row in rows])
    return lines


def _numbers(found: Comparison) -> list[str]:
    one, other = found.one.demand, found.other.demand
    readings = _readings(found)
    rows = [("", found.one.title, found.other.title)]
    rows += [
        (
            f"Gespräche je Monat, {READING_TEXTS[reading]}",
            texts.tenths(one.per_month.of(reading)),
            texts.tenths(other.per_month.of(reading)),
        )
        for reading in readings
    ]
    pairs = (
        ("einmalige Gespräche", one.once, other.once),
        ("überfällig", found.one.overdue, found.other.overdue),
        ("ohne zählbare Vorgabe", one.without, other.without),
        ("ruhend (Ausnahme)", one.resting, other.resting),
    )
    rows += [(name, texts.whole(a), texts.whole(b)) for name, a, b in pairs if a or b]
    notes = [f"{READING_TEXTS[r]}: {READING_NOTES[r]}" for r in readings if len(readings) > 1]
    return [*table(rows, right={1, 2}), *notes]


def _readings(found: Comparison) -> Sequence[Reading]:
    """The readings that differ on either side."""
    asked = {r for side in (found.one, found.other) for r in side.demand.per_month.readings()}
    return [reading for reading in Reading if reading in asked]


def _row(row: Row) -> tuple[str, ...]:
    return (
        "",
        row.client.mark,
        row.client.name,
        _day(row.one),
        "→",
        _day(row.other),
        change_text(row) if row.days else "",
    )


def _day(outcome: Outcome) -> str:
    return STATE_TEXTS[outcome.state] if outcome.latest is None else _weekday(outcome)


def _weekday(outcome: Outcome) -> str:
    return texts.weekday_day(outcome.latest)


def _plain(found: Comparison) -> dict[str, Any]:
    return {
        "day": found.day,
        "one": _side(found.one),
        "other": _side(found.other),
        "counts": found.counts,
        "notes": found.notes,
        "clients": [
            {
                **client_plain(row.client),
                "change": row.change,
                "days": row.days,
                "one": _answer(row.one),
                "other": _answer(row.other),
            }
            for row in found.rows
        ],
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "policies": [policy.id for policy in side.policies],
        "per_month": side.demand.per_month,
        "once": side.demand.once,
        "resting": side.demand.resting,
        "without": side.demand.without,
        "overdue": side.overdue,
    }


def _answer(outcome: Outcome) -> dict[str, Any]:
    rule = outcome.deciding.rule
    return {"state": outcome.state, "latest": outcome.latest, "rule": rule and rule.id}
