"""What would another policy change for a caseload: who is due earlier, later, or not at all?"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from kkd_desktop.domain import texts
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.compiled_policy import CompiledPolicy
from kkd_desktop.domain.contact import Contact
from kkd_desktop.domain.evaluation import evaluate
from kkd_desktop.domain.language import Sayings
from kkd_desktop.domain.outcome import Outcome, State
from kkd_desktop.domain.policy import Policy
from kkd_desktop.domain.values import Value
from kkd_desktop.domain.workload import CaseloadDemand, demand


class Change(StrEnum):
    """What becomes of a client's last day, in the order of a list that wants attention."""

    EARLIER = "earlier"
    GAINED = "gained"
    """A duty where there was none before."""
    LATER = "later"
    LOST = "lost"
    """No duty any more."""
    OTHER = "other"
    """No duty under either, for different reasons."""
    SAME = "same"


CHANGE_TEXTS = Sayings(
    {
        Change.EARLIER: "früher",
        Change.GAINED: "neu mit Vorgabe",
        Change.LATER: "später",
        Change.LOST: "künftig ohne Vorgabe",
        Change.OTHER: "ohne Vorgabe, mit anderem Grund",
        Change.SAME: "unverändert",
    }
)


class Row(Value, frozen=True):
    """One client under both sides. `days` is how much the last day moves: negative is earlier.

    None where one side names no day, such as a number of talks that is reached already.
    """

    client: Client
    one: Outcome
    other: Outcome
    change: Change
    days: int | None = None


class Side(Value, frozen=True):
    """Policies laid over each other, what they ask of the caseload, and who is overdue."""

    policies: tuple[Policy, ...]
    demand: CaseloadDemand
    overdue: int
    name: str = ""
    """What they are called together, where that is not the sum of their titles."""

    @property
    def title(self) -> str:
        return self.name or " + ".join(policy.short_title for policy in self.policies)


class Comparison(Value, frozen=True):
    """A caseload on `day` under two sides; a row for every client, changes first."""

    day: date
    one: Side
    other: Side
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    """What has to be known about a policy, e.g. that it has run out."""

    @property
    def counts(self) -> Mapping[Change, int]:
        """How many clients each change concerns, those without any included."""
        found = Counter(row.change for row in self.rows)
        return {change: found[change] for change in Change}

    def of(self, *changes: Change) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.change in changes)


def compared(
    day: date,
    one: Sequence[CompiledPolicy],
    other: Sequence[CompiledPolicy],
    members: Iterable[tuple[Client, Sequence[Contact]]],
) -> Comparison:
    """Every client evaluated on `day` under both sides, sorted by change, then by the new day."""
    rows = [
        row(
            client,
            evaluate(client.subject, contacts, one, day),
            evaluate(client.subject, contacts, other, day),
        )
        for client, contacts in members
    ]
    rows.sort(key=_order)
    return Comparison(
        day,
        _side(one, [each.one for each in rows]),
        _side(other, [each.other for each in rows]),
        tuple(rows),
    )


def row(client: Client, one: Outcome, other: Outcome) -> Row:
    """What moves for one client between two outcomes."""
    before, after = one.latest, other.latest
    if before is not None and after is not None:
        days = (after - before).days
        change = Change.SAME if not days else Change.EARLIER if days < 0 else Change.LATER
        return Row(client, one, other, change, days)
    return Row(client, one, other, _without_both_days(one, other))


def _without_both_days(one: Outcome, other: Outcome) -> Change:
    bound, stays = has_duty(one), has_duty(other)
    if bound and stays:
        if one.latest is None and other.latest is None:
            return Change.SAME
        # The number of talks is reached on one side: nothing is due there for a while.
        return Change.EARLIER if one.latest is None else Change.LATER
    if bound or stays:
        return Change.LOST if bound else Change.GAINED
    return Change.SAME if one.state is other.state else Change.OTHER


def has_duty(outcome: Outcome) -> bool:
    """Whether a rule asks for talks at all, be it that the number is reached already."""
    return any(found.has_duty for found in outcome.obligations)


def change_text(row: Row) -> str:
    """`12 Tage früher`, `neu mit Vorgabe`."""
    if row.days:
        return f"{texts.days(abs(row.days))} {CHANGE_TEXTS[row.change]}"
    return CHANGE_TEXTS[row.change]


_PLACES = {change: place for place, change in enumerate(Change)}


def _order(row: Row) -> tuple[int, date, str, int]:
    day = row.other.latest or row.one.latest or date.max
    return _PLACES[row.change], day, row.client.name, row.client.id


def _side(policies: Sequence[CompiledPolicy], outcomes: Sequence[Outcome]) -> Side:
    late = (State.OVERDUE, State.FAILED)
    return Side(
        tuple(each.policy for each in policies),
        demand(outcomes),
        sum(outcome.state in late for outcome in outcomes),
    )
