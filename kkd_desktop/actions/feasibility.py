"""Can what the policy demands of this caseload be done in the time there is?"""

from collections.abc import Sequence
from datetime import date, timedelta

from kkd_desktop.actions import proposals, trial
from kkd_desktop.actions.context import Context
from kkd_desktop.domain import feasibility as domain
from kkd_desktop.domain import language
from kkd_desktop.domain.caseload import Capacity, capacity, capacity_norm
from kkd_desktop.domain.compiled_policy import CompiledPolicy
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.evaluation import evaluate
from kkd_desktop.domain.feasibility import Feasibility, ShowRate, Supply
from kkd_desktop.domain.outcome import State
from kkd_desktop.domain.rulebook import Rulebook
from kkd_desktop.domain.spans import add_months
from kkd_desktop.domain.workload import demand
from kkd_desktop.store import appointments, caseload
from kkd_desktop.store.attendance import attendance

WEEKS = 12
MOST_WEEKS = 52
_LOOK_BACK_MONTHS = 12


def feasibility(context: Context, policy: str | None = None, weeks: int = WEEKS) -> Feasibility:
    """The talks that the policies in force demand of this caseload, against the slots there are.

    `policy` (id of a policy or set, or `.toml` file) asks for it instead, taken to hold. The slots
    are those of the next `weeks`, today included. Nothing is stored.
    """
    if not 1 <= weeks <= MOST_WEEKS:
        raise UserError(
            language.said("Wochen: bitte zwischen 1 und {most_weeks}.").format(
                most_weeks=MOST_WEEKS
            )
        )
    notes: list[str] = []
    policies = _policies(context, policy, notes)
    outcomes = [
        evaluate(client.subject, log, policies, context.today)
        for client, log in caseload.everyone(context.store, context.today)
    ]
    return Feasibility(
        tuple(each.policy for each in policies),
        demand(outcomes),
        supply(context, context.today, weeks, policies),
        show_rate(context),
        sum(outcome.state in (State.OVERDUE, State.FAILED) for outcome in outcomes),
        tuple(notes),
    )


def supply(context: Context, first: date, weeks: int, policies: Sequence[CompiledPolicy]) -> Supply:
    """Booked talks and free slots in the caseworker's weeks, and what the norm makes of them."""
    last = domain.last_day(first, weeks)
    booked = sum(each.state.is_open for each in appointments.between(context.store, first, last))
    minutes = context.settings.hours.lengths.persoenlich.total
    norm = next(filter(None, (_norm(context, each) for each in policies)), None)
    return domain.supply(proposals.agenda(context), first, last, minutes, booked=booked, norm=norm)


def show_rate(context: Context) -> ShowRate:
    """How many agreed talks of the last twelve months took place."""
    since = add_months(context.today, -_LOOK_BACK_MONTHS) + timedelta(days=1)
    return ShowRate(*attendance(context.store, since, context.today), since)


def _policies(context: Context, name: str | None, notes: list[str]) -> Rulebook:
    today = context.today
    if name is None:
        said = trial.validity_notes(context.concepts(today), today)
        notes += [
            language.said("{note}: keine Fristen, also auch kein Bedarf.").format(note=note)
            for note in said
        ]
        return context.policies()
    tried = trial.of_caseload(context, name, today)
    said = trial.validity_notes((tried,), today)
    notes += [
        language.said("{note}; gerechnet wird, als gälte es.").format(note=note) for note in said
    ]
    return context.rulebook((trial.as_if_in_force(tried),))


def _norm(context: Context, policy: CompiledPolicy) -> Capacity | None:
    try:
        norm = capacity_norm(policy.policy, context.settings.role)
    except UserError:
        return None
    return None if norm is None else capacity(norm, context.settings.hours.weekly_hours)
