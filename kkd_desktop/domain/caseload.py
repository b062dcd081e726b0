"""How does a caseload stand against shares and capacity? Whole numbers and fractions, no floats."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from math import ceil

from kkd_desktop.domain.client import Subject
from kkd_desktop.domain.compiled_policy import CompiledPolicy
from kkd_desktop.domain.contact import Contact
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.evaluation import obligations
from kkd_desktop.domain.language import said
from kkd_desktop.domain.outcome import Obligation
from kkd_desktop.domain.policy import CapacityNorm, NestedShares, Policy
from kkd_desktop.domain.values import Value

_HOUR = 60


class Quota(Value, frozen=True):
    """One share of one population on a day.

    Clients never met stay in the population (reading R22).
    """

    id: str
    percent: Fraction
    population: int
    met: int
    required: int

    @property
    def missing(self) -> int:
        return max(0, self.required - self.met)

    @property
    def fulfilled(self) -> bool:
        return self.met >= self.required

    @property
    def share(self) -> Fraction | None:
        """The share reached; None in an empty population."""
        return Fraction(self.met, self.population) if self.population else None


def quotas(
    policy: CompiledPolicy,
    members: Iterable[tuple[Subject, Sequence[Contact]]],
    today: date,
) -> dict[str, Quota]:
    """The policy's shares over a caseload: `<group>.<share>` → where it stands today."""
    return quotas_of(
        policy.policy,
        (each for subject, log in members for each in obligations(policy, subject, log, today)),
    )


def quotas_of(policy: Policy, obligations: Iterable[Obligation]) -> dict[str, Quota]:
    """The same from obligations that were evaluated already."""
    tiers: dict[str, Counter[str]] = {}
    for each in obligations:
        rule = each.rule
        if rule is not None and isinstance(rule.demand, NestedShares) and each.tier:
            tiers.setdefault(rule.demand.group, Counter())[each.tier] += 1
    found = {}
    for rule in policy.rules:
        if not isinstance(rule.demand, NestedShares):
            continue
        counted = tiers.get(rule.demand.group, Counter())
        population, met = counted.total(), 0
        for share in rule.demand.shares:
            # Nested: who was met within the narrow span was met within every wider one.
            met += counted[share.id]
            key = f"{rule.demand.group}.{share.id}"
            found[key] = Quota(key, share.percent, population, met, share.required_of(population))
    return found


class Capacity(Value, frozen=True):
    """What a norm asks of one working week, and whether a plan keeps it.

    `part` is how much of a usual week there are hours for: 1 in a whole one, 2 in two.
    """

    norm: CapacityNorm
    contact_hours: Fraction
    min_contacts: int | None
    fulfilled: bool | None
    part: Fraction = Fraction(1)


def capacity_norm(policy: Policy, role: str | None) -> CapacityNorm | None:
    """The norm for a role; without a role the first one. None where the policy sets no norm."""
    if not policy.capacity:
        return None
    for norm in policy.capacity:
        if role is None or not norm.roles or role in norm.roles:
            return norm
    known = ", ".join(role for norm in policy.capacity for role in norm.roles)
    raise UserError(
        said("role: „{role}“ ist in {short_title} nicht geregelt ({known}).").format(
            role=role, short_title=policy.short_title, known=known
        )
    )


def capacity(
    norm: CapacityNorm,
    weekly_hours: Fraction,
    *,
    planned_contacts: int | None = None,
    planned_hours: Fraction | None = None,
    slot_minutes: int | None = None,
    part: Fraction = Fraction(1),
) -> Capacity:
    """The norm for a working week of `weekly_hours`, part-time pro rata (reading R21).

    Where the norm fixes a number of contacts, that number decides, "unabhängig vom prozentualen
    Anteil": shorter talks may fill fewer hours. Otherwise the hours decide. `fulfilled` is None
    where the plan is not given. Of a week that is there only in `part` that part is asked for.
    """
    hours = norm.share / 100 * weekly_hours * part
    # The document fixes 24 contacts at 39 h only: one contact an hour, rounded up (23.4 → 24).
    number = None if norm.number is None else ceil(hours)
    if planned_hours is None and planned_contacts is not None and slot_minutes is not None:
        planned_hours = Fraction(planned_contacts * slot_minutes, _HOUR)
    fulfilled: bool | None = None
    if number is not None and planned_contacts is not None:
        fulfilled = planned_contacts >= number
    elif number is None and planned_hours is not None:
        fulfilled = planned_hours >= hours
    return Capacity(norm, hours, number, fulfilled, part)


def together(weeks: Sequence[Capacity]) -> Capacity:
    """What several weeks under one norm are asked for: each for itself, then added up."""
    numbers = [week.min_contacts for week in weeks if week.min_contacts is not None]
    return Capacity(
        weeks[0].norm,
        sum((week.contact_hours for week in weeks), Fraction(0)),
        sum(numbers) if numbers else None,
        None,
        sum((week.part for week in weeks), Fraction(0)),
    )
