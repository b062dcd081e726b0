"""What does a caseworker read of plans that reach the shares of a caseload?"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from math import ceil

from kkd_desktop.domain.client import Client
from kkd_desktop.domain.policy import Measured, Policy, Rule
from kkd_desktop.domain.quota_planning import QuotaResult
from kkd_desktop.domain.values import Value


class PolicyPlan(Value, frozen=True):
    """The plan for the shares of one policy, by its own reading (`own`) or another.

    `others` are what the other readings would ask for in the same time; `rules` are those with
    shares by their group.
    """

    policy: Policy
    rules: Mapping[str, Rule]
    own: Measured
    result: QuotaResult
    others: tuple[QuotaResult, ...]
    clients: Mapping[int, Client]


class QuotaPlans(Value, frozen=True):
    """A plan for each policy that sets shares, each answered for itself.

    `begin` is the first day on which a talk can be asked for, `minutes` is how long one takes,
    `show` the part of those invited who come, None where too few were to tell.
    """

    policies: tuple[Policy, ...]
    plans: tuple[PolicyPlan, ...]
    today: date
    begin: date
    minutes: int
    show: Fraction | None
    notes: tuple[str, ...] = ()

    def invitations(self, result: QuotaResult) -> int:
        """Appointments to offer for the talks of a plan, as some will not come."""
        number = len(result.steps)
        return ceil(number / self.show) if self.show else number
