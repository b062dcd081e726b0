"""Which exceptions can be agreed with a client, and how does each of them end?"""

from datetime import date

from kkd_desktop.actions.context import Context
from kkd_desktop.domain.exception_text import last_end
from kkd_desktop.domain.policy import DeviationEffect, ExceptionKind, Policy
from kkd_desktop.domain.values import Value


class ExceptionOffer(Value, frozen=True):
    """A kind of exception that a policy declares; `last` is the last day on which it may end."""

    policy: Policy
    kind: ExceptionKind
    last: date | None


def offers(context: Context) -> tuple[ExceptionOffer, ...]:
    """The kinds that the policies in force declare, in their order, each id once."""
    found: dict[str, ExceptionOffer] = {}
    for each in context.policies():
        if not each.policy.validity.in_force(context.today):
            continue
        for kind in each.policy.exceptions:
            last = last_end(kind, context.today, each.calendar)
            found.setdefault(kind.id, ExceptionOffer(each.policy, kind, last))
    return tuple(found.values())


def single_case(context: Context) -> Policy:
    """The policy that says what an exception of the single case does: the first one that lets it
    do anything.
    """
    known = [each.policy for each in context.policies()]
    return next((p for p in known if p.deviation is not DeviationEffect.NONE), known[0])
