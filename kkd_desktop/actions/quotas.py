"""How does the caseload stand against the shares, who would fill the gaps, and who is left out?"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from kkd_desktop.actions import proposals, trial, worklist
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.worklist import Worklist
from kkd_desktop.domain import language
from kkd_desktop.domain.policy import Policy
from kkd_desktop.domain.shares import Population, populations, sets_shares
from kkd_desktop.domain.values import Value
from kkd_desktop.domain.worklist import Entry

_SEARCHED = 60
"""Days in which the first free one is looked for; a caseworker away for longer has a deputy."""


class Quotas(Value, frozen=True):
    """Every population of every policy asked about; none where no policy sets shares."""

    policies: tuple[Policy, ...]
    populations: tuple[Population, ...]
    notes: tuple[str, ...] = ()


def quotas(context: Context, policy: str | None = None) -> Quotas:
    """The shares of the policies in force over the caseload, each policy answered for itself.

    `policy` (id of a policy or set, or `.toml` file) asks for another one instead, taken to hold.
    """
    if policy is None:
        asked = context.policies()
        said = trial.validity_notes(context.concepts(context.today), context.today)
        notes = tuple(
            language.said("{note}: keine Fristen, also auch keine Anteile.").format(note=note)
            for note in said
        )
    else:
        tried = trial.of_caseload(context, policy, context.today)
        asked = context.rulebook((trial.as_if_in_force(tried),))
        said = trial.validity_notes((tried,), context.today)
        notes = tuple(
            language.said("{note}; gerechnet wird, als gälte es.").format(note=note)
            for note in said
        )
    policies = tuple(each.policy for each in asked)
    entries = worklist.entries(context, asked)
    return Quotas(policies, _populations(context, policies, entries), notes)


def of_worklist(context: Context, found: Worklist) -> tuple[Population, ...]:
    """The shares of all policies in force, from outcomes at hand."""
    return _populations(context, [each.policy for each in context.policies()], found.entries)


def _populations(
    context: Context, policies: Sequence[Policy], entries: Iterable[Entry]
) -> tuple[Population, ...]:
    with_shares = [policy for policy in policies if sets_shares(policy)]
    return populations(with_shares, entries, soonest(context)) if with_shares else ()


def soonest(context: Context) -> date:
    """The first day with a free slot that a letter of today can still ask someone to come on."""
    free = proposals.agenda(context)
    posted = context.post_time().enough_from
    minutes = context.settings.hours.lengths.persoenlich.total
    days = (posted + timedelta(days=offset) for offset in range(_SEARCHED))
    return next((day for day in days if free.free_slots(day, minutes)), posted)
