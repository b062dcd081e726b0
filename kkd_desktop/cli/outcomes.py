"""How an outcome and a Kundenhistorie are said in a terminal and as JSON."""

from collections.abc import Sequence
from typing import Any

from kkd_desktop.cli.output import client_plain, table
from kkd_desktop.domain import texts
from kkd_desktop.domain.explanation import distance_text, explain
from kkd_desktop.domain.outcome import STATE_TEXTS, CountedContact, Outcome
from kkd_desktop.domain.policy import Rule
from kkd_desktop.domain.verdicts import verdict_parts
from kkd_desktop.domain.worklist import Entry


def outcome_lines(outcome: Outcome) -> list[str]:
    return [
        f"{STATE_TEXTS[outcome.state]}: {distance_text(outcome.deciding, outcome.today)}",
        explain(outcome),
    ]


def outcome_plain(outcome: Outcome) -> dict[str, Any]:
    found = outcome.deciding
    rule: Rule | None = found.rule
    return {
        "state": found.state,
        "policy": found.policy.id,
        "rule": None if rule is None else rule.id,
        "last": found.last,
        "earliest": found.earliest,
        "target": found.target,
        "latest": found.latest,
        "days_left": outcome.days_left,
        "warnings": [notice.code for notice in found.warnings],
        "explanation": explain(outcome),
    }


def history_lines(history: Sequence[CountedContact]) -> list[str]:
    """The Kundenhistorie with its verdicts, a line each."""
    return table(
        [
            (
                texts.weekday_day(each.contact.day),
                texts.FORMS[each.contact.kind.form],
                texts.NOTE_TYPES[each.contact.kind.note_type],
                *verdict_parts(each.verdict),
            )
            for each in history
        ]
    )


def history_plain(history: Sequence[CountedContact]) -> list[dict[str, Any]]:
    return [
        {
            "contact": each.contact,
            "counts": each.verdict.counts,
            "reason": each.verdict.reason,
            "warnings": each.verdict.warnings,
        }
        for each in history
    ]


def entry_plain(entry: Entry) -> dict[str, Any]:
    """A person of the worklist, and how they stand."""
    return {
        **client_plain(entry.client),
        "appointment": entry.appointment and entry.appointment.start,
        **outcome_plain(entry.outcome),
    }
