"""What would another concept change: for this caseload, or from rule to rule?"""

from collections.abc import Iterable, Sequence
from datetime import date

from kkd_desktop.actions import trial
from kkd_desktop.actions.context import Context
from kkd_desktop.domain import comparison, language
from kkd_desktop.domain.comparison import Comparison, Side
from kkd_desktop.domain.compiled_policy import CompiledPolicy
from kkd_desktop.domain.policy_set import Concept
from kkd_desktop.domain.rule_table import RuleTable, rule_table
from kkd_desktop.domain.rulebook import Rulebook
from kkd_desktop.domain.shares import sets_shares
from kkd_desktop.domain.values import replace
from kkd_desktop.domain.workdays import WorkCalendar
from kkd_desktop.store import caseload


def compare(context: Context, one: str, other: str, day: date | None = None) -> Comparison:
    """Every client under two policies or sets of them, by id or `.toml` file, on the context's day
    or another.

    Both are taken to hold on that day, so that a draft and a policy that has run out can be
    compared; `notes` say which of them does not. Nothing is stored.
    """
    on = day or context.today
    concepts = [trial.of_caseload(context, name, on) for name in (one, other)]
    before, after = (context.rulebook((trial.as_if_in_force(each),)) for each in concepts)
    said = trial.validity_notes(concepts, on)
    notes = [
        language.said("{note}; verglichen wird, als gälte es.").format(note=note) for note in said
    ]
    found = _compared(context, before, after, on)
    return replace(
        found,
        one=_named(found.one, concepts[:1]),
        other=_named(found.other, concepts[1:]),
        notes=(*notes, *_about_shares(concepts)),
    )


def switch_preview(context: Context, other: str, day: date) -> Comparison:
    """What changes for whom if from `day` on the `other` concept holds instead of those in force.

    Both sides are evaluated as of that day and as they really hold, sets in the versions of that
    day: a policy that has run out by then gives no days, and `notes` say so. Nothing is stored.
    """
    mine, new = context.concepts(day), trial.of_caseload(context, other, day)
    found = _compared(context, context.rulebook(mine), context.rulebook((new,)), day)
    concepts = (*mine, new)
    notes = [
        language.said("{note}: keine Fristen.").format(note=note)
        for note in trial.validity_notes(concepts, day)
    ]
    return replace(
        found,
        one=_named(found.one, mine),
        other=_named(found.other, (new,)),
        notes=(*notes, *_about_shares(concepts)),
    )


def rules(context: Context, one: str, other: str, day: date) -> RuleTable:
    """What two concepts of the caseload's shelf ask in every situation, as if both held."""
    before, after = (trial.of_caseload(context, name, day) for name in (one, other))
    return side_by_side(before, after, day)


def side_by_side(one: Concept, other: Concept, day: date) -> RuleTable:
    """The rules of two concepts by situation, as if both held; no caseload is needed."""
    before, after = (
        Rulebook(
            (
                CompiledPolicy(policy, WorkCalendar(policy.land))
                for policy in trial.as_if_in_force(concept).policies
            ),
            concept.combine,
        )
        for concept in (one, other)
    )
    return rule_table(before, after, day)


def _named(side: Side, concepts: Sequence[Concept]) -> Side:
    """The side with the policies as they really are, and sets by their own names."""
    policies = tuple(policy for concept in concepts for policy in concept.policies)
    return replace(side, policies=policies, name=" + ".join(each.title for each in concepts))


def _about_shares(concepts: Iterable[Concept]) -> list[str]:
    policies = (policy for concept in concepts for policy in concept.policies)
    titles = dict.fromkeys(policy.short_title for policy in policies if sets_shares(policy))
    return [
        language.said(
            "{title} setzt Anteile am Bestand; als letzter Tag einer Person "
            "steht hier das Ende der weitesten Frist, die einzelne Fälle "
            "überschreiten dürfen."
        ).format(title=title)
        for title in titles
    ]


def _compared(context: Context, one: Rulebook, other: Rulebook, day: date) -> Comparison:
    return comparison.compared(day, one, other, caseload.everyone(context.store, day))
