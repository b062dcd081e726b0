"""What would another policy change: for this caseload, or from rule to rule?"""

from collections.abc import Iterable, Sequence
from datetime import date

from kkd_desktop.actions import trial
from kkd_desktop.actions.context import Context
from kkd_desktop.domain import comparison
from kkd_desktop.domain.comparison import Comparison
from kkd_desktop.domain.compiled_policy import CompiledPolicy
from kkd_desktop.domain.policy import Policy
from kkd_desktop.domain.rule_table import RuleTable, rule_table
from kkd_desktop.domain.shares import sets_shares
from kkd_desktop.domain.values import replace
from kkd_desktop.domain.workdays import WorkCalendar
from kkd_desktop.store import caseload


def compare(context: Context, one: str, other: str, day: date | None = None) -> Comparison:
    """Every client under two policies, by id or `.toml` file, on the context's day or another.

    Both are taken to hold on that day, so that a draft and a policy that has run out can be
    compared; `notes` say which of them does not. Nothing is stored.
    """
    on = day or context.today
    policies = [trial.of_caseload(context, name) for name in (one, other)]
    before, after = ((context.compiled(trial.as_if_in_force(policy)),) for policy in policies)
    said = dict.fromkeys(trial.validity_note(policy, on) for policy in policies)
    notes = [f"{note}; verglichen wird, als gälte es." for note in said if note]
    found = _compared(context, before, after, on)
    return replace(
        found,
        one=replace(found.one, policies=(policies[0],)),
        other=replace(found.other, policies=(policies[1],)),
        notes=(*notes, *_about_shares(policies)),
    )


def switch_preview(context: Context, other: str, day: date) -> Comparison:
    """What changes for whom if from `day` on the `other` policy holds instead of those in force.

    Both sides are evaluated as of that day and as they really hold: a policy that has run out by
    then gives no days, and `notes` say so. Nothing is stored.
    """
    new = trial.of_caseload(context, other)
    found = _compared(context, context.policies(), (context.compiled(new),), day)
    policies = (*found.one.policies, new)
    said = dict.fromkeys(trial.validity_note(policy, day) for policy in policies)
    notes = [f"{note}: keine Fristen." for note in said if note]
    return replace(found, notes=(*notes, *_about_shares(policies)))


def side_by_side(one: Policy, other: Policy, day: date) -> RuleTable:
    """The rules of two policies by situation, as if both held; no caseload is needed."""
    before, after = (
        CompiledPolicy(trial.as_if_in_force(policy), WorkCalendar(policy.land))
        for policy in (one, other)
    )
    return rule_table(before, after, day)


def _about_shares(policies: Iterable[Policy]) -> list[str]:
    titles = dict.fromkeys(policy.short_title for policy in policies if sets_shares(policy))
    return [
        f"{title} setzt Anteile am Bestand; als letzter Tag einer Person steht hier das Ende der "
        "weitesten Frist, die einzelne Fälle überschreiten dürfen."
        for title in titles
    ]


def _compared(
    context: Context, one: Sequence[CompiledPolicy], other: Sequence[CompiledPolicy], day: date
) -> Comparison:
    return comparison.compared(day, one, other, caseload.everyone(context.store, day))
