"""How does a plan for the shares become tables: whom to meet when, and who is left out?"""

from collections.abc import Sequence

from kkd_desktop.domain import texts
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.quota_plan import PolicyPlan, QuotaPlans
from kkd_desktop.domain.quota_plan_text import (
    asked,
    group_titles,
    lifts,
    omission,
    percent,
    sentences,
    since_text,
    verdict,
)
from kkd_desktop.domain.quota_planning import LeftOut, Omission, Step
from kkd_desktop.domain.values import Value
from kkd_desktop.gui.models.columns import Column, ColumnModel
from kkd_desktop.gui.theme import Tone


class StepRow(Value, frozen=True):
    """Somebody to meet."""

    client: Client
    step: Step
    lifts: str


class LeftRow(Value, frozen=True):
    """Somebody left out."""

    client: Client
    left: LeftOut


class StepModel(ColumnModel[StepRow]):
    """By day, then who waited longest."""

    def columns(self) -> Sequence[Column[StepRow]]:
        return (
            Column(self.tr("Gespräch"), lambda row: row.step.day, texts.weekday_day),
            Column(self.tr("Name"), lambda row: row.client.name, hint=lambda row: _who(row.client)),
            Column(
                self.tr("Nicht gesehen"),
                lambda row: row.step.since,
                written=lambda row: since_text(row.step),
            ),
            Column(self.tr("Zählt für"), lambda row: row.lifts, hint=lambda row: row.lifts),
        )


class LeftModel(ColumnModel[LeftRow]):
    """Who waits longest first; loud are those for whom only the room is missing."""

    def columns(self) -> Sequence[Column[LeftRow]]:
        return (
            Column(self.tr("Name"), lambda row: row.client.name, hint=lambda row: _who(row.client)),
            Column(
                self.tr("Nicht gesehen"),
                lambda row: row.left.since,
                written=lambda row: since_text(row.left),
            ),
            Column(
                self.tr("Warum nicht im Plan"),
                lambda row: omission(row.left),
                tone=lambda row: Tone.LATE if row.left.why is Omission.NO_ROOM else None,
            ),
        )


def step_rows(plan: PolicyPlan) -> list[StepRow]:
    rows = [
        StepRow(plan.clients[each.client_id], each, lifts(plan, each)) for each in plan.result.steps
    ]
    return sorted(rows, key=lambda row: (row.step.day, row.step.since is not None, row.step.since))


def left_rows(plan: PolicyPlan) -> list[LeftRow]:
    return [LeftRow(plan.clients[each.client_id], each) for each in plan.result.left_out]


def plain_text(plans: QuotaPlans, plan: PolicyPlan) -> str:
    """All of a plan as text, columns apart by tabs."""
    titles = group_titles(plan)
    lines = [plan.policy.short_title, *sentences(plans, plan), ""]
    for tier in plan.result.tiers:
        if tier.end.population:
            cells = (
                titles[tier.tier.group],
                asked(tier.tier),
                percent(tier.now),
                percent(tier.end),
                verdict(tier, plan.result.measured),
            )
            lines.append("\t".join(cells))
    lines.append("")
    for row in step_rows(plan):
        day = texts.weekday_day(row.step.day)
        lines.append("\t".join((day, _who(row.client), since_text(row.step), row.lifts)))
    for left in left_rows(plan):
        lines.append(
            "\t".join(("–", _who(left.client), since_text(left.left), omission(left.left)))
        )
    return "\n".join(lines)


def _who(client: Client) -> str:
    """The name with the number, for those who share a name."""
    return f"{client.name}, {client.mark}"
