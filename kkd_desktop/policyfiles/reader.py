"""Which policy stands in this file?

The read path of the program imports nothing but the standard library and `domain`. The check, which
needs pydantic, is imported only for files that did not come with the program.
"""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said
from kkd_desktop.domain.policy import (
    AnchorShift,
    Between,
    CapacityNorm,
    Citation,
    CountingClause,
    CountInPeriod,
    Deadline,
    Demand,
    DeviationEffect,
    Durations,
    During,
    Duty,
    Event,
    ExceptionKind,
    Explicit,
    FirstContact,
    Measured,
    Nature,
    NestedShares,
    OutcomeKind,
    Policy,
    Precedence,
    Provision,
    Rule,
    Share,
    Step,
    Steps,
    Validity,
    Within,
)
from kkd_desktop.policyfiles.conditions import span_of, when_of
from kkd_desktop.policyfiles.events import EINV_START, ROLLING, Facts, event_of
from kkd_desktop.policyfiles.faults import PolicyFileError
from kkd_desktop.policyfiles.sets import is_set
from kkd_desktop.policyfiles.source import Document, read_document
from kkd_desktop.policyfiles.vocabulary import declared

Table = Mapping[str, Any]


def read_policy(path: Path, *, trusted: bool = False) -> Policy:
    """The policy in `path`; `PolicyFileError` names every fault of a file at once.

    `trusted` skips the check: for the shipped files, which the tests check.
    """
    document, text = read_document(path, trusted=trusted)
    return checked_policy(path, text, document, trusted=trusted)


def checked_policy(path: Path, text: str, document: Document, *, trusted: bool) -> Policy:
    """The same for a file that has been read already."""
    if is_set(document):
        raise UserError(
            said("Die Datei {file} ist eine Zusammenstellung und kein Konzept.").format(
                file=path.name
            )
        )
    if not trusted:
        from kkd_desktop.policyfiles.check import find_faults

        if faults := find_faults(path, text, document):
            raise PolicyFileError(faults)
    return policy_of(document)


def policy_of(document: Document) -> Policy:
    """The policy of a document that is known to be in order."""
    deviation = document.get("deviation")
    period = document.get("period")
    facts = declared(document.get("facts", {}))
    return Policy(
        id=document["id"],
        title=document["title"],
        short_title=document["short_title"],
        office=document["office"],
        document=document["document"],
        nature=Nature(document["nature"]),
        land=document.get("land"),
        validity=_validity(document["validity"]),
        precedence=Precedence(document["precedence"]),
        rules=tuple(_rule(table, period, facts) for table in document["rule"]),
        counting=tuple(map(_clause, document["counting"])),
        not_counting=document["not_counting"],
        otherwise=Explicit(OutcomeKind.NO_RULE, document["otherwise"]),
        duties=tuple(map(_duty, document.get("duty", ()))),
        shifts=tuple(map(_shift, document.get("anchor_shift", ()))),
        deviation=DeviationEffect(deviation["effect"]) if deviation else DeviationEffect.NONE,
        deviation_citation=_citation(deviation) if deviation else None,
        exceptions=tuple(_exception(table, facts) for table in document.get("exception", ())),
        facts=tuple(facts.values()),
        classes=dict(document.get("classes", {})),
        obligations=dict(document.get("obligations", {})),
        capacity=tuple(map(_norm, document.get("capacity", ()))),
        durations=_durations(document.get("durations", {})),
        provisions=tuple(
            Provision(table["id"], table["text"], _citation(table))
            for table in document.get("provision", ())
        ),
        supersedes=document.get("supersedes", ""),
    )


def _citation(table: Table) -> Citation:
    return Citation(
        table["cite"], table["quote"], table.get("reading", ""), table.get("soft", False)
    )


def _validity(table: Table) -> Validity:
    return Validity(
        table.get("from"),
        table.get("until"),
        table.get("evidenced"),
        citation=_citation(table),
    )


def _rule(table: Table, period: Table | None, facts: Facts) -> Rule:
    during = table.get("during")
    return Rule(
        id=table["id"],
        title=table["title"],
        when=when_of(table["when"]),
        demand=_demand(table, period, facts),
        citation=_citation(table),
        goals=tuple(table.get("goals", ())),
        note=table.get("note", ""),
        warning=table.get("warning", ""),
        obligation=table.get("obligation", ""),
        counts=frozenset(table.get("counts", ())),
        anchor=_anchor(table, facts),
        during=None if during is None else _during(during, facts),
    )


def _anchor(table: Table, facts: Facts) -> Event | None:
    """The event spans run from. That of a count begins its periods and stands in the demand."""
    if "anchor" not in table or "count" in table:
        return None
    return event_of(table["anchor"], facts)


def _during(table: Table, facts: Facts) -> During:
    begins, ends = table.get("from"), table.get("until")
    return During(
        event_of(table["event"], facts),
        None if begins is None else span_of(begins),
        None if ends is None else span_of(ends),
    )


def _demand(table: Table, period: Table | None, facts: Facts) -> Demand:
    if (gap := _gap(table)) is not None:
        return gap
    match table:
        case {"first": {"usual": usual, "latest": latest}}:
            return FirstContact(span_of(usual), span_of(latest))
        case {"shares": shares, "group": group}:
            measured = Measured(table.get("measured", Measured.EVERY_DAY))
            return NestedShares(group, tuple(map(_share, shares)), measured)
        case {"outcome": kind, "text": text}:
            return Explicit(OutcomeKind(kind), text)
        case {"deadline": {"event": event, "within": span}}:
            return Deadline(event_of(event, facts), span_of(span))
        case {"steps": steps}:
            return Steps(tuple(map(_step, steps)))
        case {"count": number}:
            return _count(number, table, period, facts)
    raise _without_demand(table)


def _gap(table: Table) -> Within | Between | None:
    match table:
        case {"within": span}:
            return Within(span_of(span), as_needed=table.get("as_needed", False))
        case {"every": span}:
            return Within(span_of(span), cycle=True)
        case {"between": {"from": lower, "to": upper}}:
            return Between(span_of(lower), span_of(upper))
    return None


def _step(table: Table) -> Step:
    gap = _gap(table)
    if gap is None:
        raise _without_demand(table)
    return Step(table["contacts"], gap, frozenset(table.get("counts", ())))


def _count(number: int, table: Table, period: Table | None, facts: Facts) -> CountInPeriod:
    """Of the rule's own period the rule's own sentence speaks."""
    own = table.get("period")
    span = own or period
    if span is None:
        raise _without_demand(table)
    anchor = table.get("anchor", EINV_START)
    return CountInPeriod(
        number,
        span_of(span),
        None if own else _citation(span),
        None if anchor == ROLLING else event_of(anchor, facts),
    )


def _without_demand(table: Table) -> ValueError:
    return ValueError(f"no demand: {table.get('id', table)}")


def _share(table: Table) -> Share:
    percent = Fraction(str(table["percent"]))
    return Share(table["id"], percent, span_of(table["within"]), _citation(table))


def _clause(table: Table) -> CountingClause:
    return CountingClause(
        table["id"],
        when_of(table["when"]),
        table["counts"],
        table["reason"],
        _citation(table),
        table.get("class", ""),
    )


def _duty(table: Table) -> Duty:
    return Duty(
        id=table["id"],
        when=when_of(table["when"]),
        note_types=frozenset(table.get("note_types", ())),
        contents=table.get("contents", False),
        text=table["text"],
        citation=_citation(table),
    )


def _shift(table: Table) -> AnchorShift:
    return AnchorShift(when_of(table["when"]), table["fact"], table["left"], _citation(table))


def _exception(table: Table, facts: Facts) -> ExceptionKind:
    ends, longest = table.get("ends"), table.get("longest")
    return ExceptionKind(
        id=table["id"],
        title=table["title"],
        effect=DeviationEffect(table["effect"]),
        citation=_citation(table),
        ends=None if ends is None else event_of(ends, facts),
        longest=None if longest is None else span_of(longest),
    )


def _norm(table: Table) -> CapacityNorm:
    hours = table.get("at_hours")
    return CapacityNorm(
        roles=tuple(table["roles"]),
        title=table["title"],
        share=Fraction(str(table["share_percent"])),
        citation=_citation(table),
        number=table.get("number"),
        at_hours=None if hours is None else Fraction(str(hours)),
        slot_minutes=table.get("slot_minutes"),
        role_names=dict(table["roles"]),
    )


def _durations(table: Table) -> Durations:
    first, regular = table.get("first"), table.get("regular")
    return Durations(
        first=first["minutes"] if first else None,
        first_preparation=first.get("preparation") if first else None,
        regular_most=regular["minutes"] if regular else None,
        first_citation=_citation(first) if first else None,
        regular_citation=_citation(regular) if regular else None,
    )
