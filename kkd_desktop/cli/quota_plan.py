"""`kkd quota --plan`: the fewest talks that reach the shares of the caseload."""

from datetime import date
from typing import Any

from kkd_desktop.actions import quota_planning
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.quota_planning import QuotaOptions
from kkd_desktop.cli.output import client_plain, show, show_json, table
from kkd_desktop.domain import texts
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.policy import Measured
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
from kkd_desktop.domain.quota_planning import Figure, QuotaResult, TierPlan

READINGS = {
    "taeglich": Measured.EVERY_DAY,
    "monatsende": Measured.MONTH_END,
    "kalendermonat": Measured.CALENDAR_MONTH,
}


def answer(
    context: Context,
    policy: str | None,
    weeks: int | None,
    until: date | None,
    reading: str | None,
    *,
    telephone: bool,
    as_json: bool,
) -> int:
    """Print the plans; 1 where a share cannot be reached."""
    measured = None if reading is None else READINGS[reading]
    options = QuotaOptions(measured, weeks, until, policy, telephone)
    plans = quota_planning.make(context, options)
    show_json(_plain(plans)) if as_json else show(_lines(plans))
    return 0 if all(each.result.is_reached for each in plans.plans) else 1


def _lines(plans: QuotaPlans) -> list[str]:
    lines = list(plans.notes)
    planned = {each.policy.id: each for each in plans.plans}
    for policy in plans.policies:
        if policy.id not in planned:
            lines.append(f"{policy.short_title} nennt keine Anteile am Bestand.")
            continue
        lines += _plan_lines(plans, planned[policy.id])
    return lines


def _plan_lines(plans: QuotaPlans, plan: PolicyPlan) -> list[str]:
    result = plan.result
    lines = [plan.policy.short_title, *sentences(plans, plan), ""]
    titles = group_titles(plan)
    rows = [("", "Anteil", "", "heute", "ohne Plan", "mit Plan", "")]
    rows += [
        (
            "",
            titles[each.tier.group],
            asked(each.tier),
            percent(each.now),
            percent(each.without),
            percent(each.end),
            verdict(each, result.measured),
        )
        for each in result.tiers
        if each.end.population
    ]
    lines += table(rows, right={3, 4, 5})
    lines += ["", *_weeks(result)]
    if result.steps:
        lines += ["", "Wen man wann trifft, am längsten Wartende zuerst gewählt"]
        lines += table([_step(plan, place) for place in range(len(result.steps))])
    if result.left_out:
        number = texts.counted(len(result.left_out), "Person", "Personen")
        lines += ["", f"Auch danach in der weitesten Spanne nicht gesprochen ({number})"]
        lines += table(
            [
                ("   ", *_named(plan.clients[each.client_id]), since_text(each), omission(each))
                for each in result.left_out
            ]
        )
    return lines


def _weeks(result: QuotaResult) -> list[str]:
    tiers = [each for each in result.tiers if each.end.population]
    places = [result.tiers.index(each) for each in tiers]
    head = ("", "Ende der Woche", "Gespräche", "vereinbart", *(asked(each.tier) for each in tiers))
    rows = [
        (
            "",
            texts.weekday_day(week.last),
            texts.whole(week.talks),
            texts.whole(week.agreed),
            *(_marked(week.end[place]) for place in places),
        )
        for week in result.weeks
    ]
    return table([head, *rows], right=set(range(2, len(head))))


def _marked(figure: Figure) -> str:
    """The percentage, with a mark where it is too low."""
    return f"{percent(figure)} <" if figure.missing else f"{percent(figure)}  "


def _step(plan: PolicyPlan, place: int) -> tuple[str, ...]:
    step = plan.result.steps[place]
    return (
        "   ",
        texts.weekday_day(step.day),
        *_named(plan.clients[step.client_id]),
        since_text(step),
        f"zählt für {lifts(plan, step)}",
    )


def _named(client: Client) -> tuple[str, str]:
    return client.mark, client.name


def _plain(plans: QuotaPlans) -> dict[str, Any]:
    return {
        "notes": plans.notes,
        "begin": plans.begin,
        "minutes": plans.minutes,
        "show_rate": plans.show,
        "plans": [_plan_plain(plans, each) for each in plans.plans],
    }


def _plan_plain(plans: QuotaPlans, plan: PolicyPlan) -> dict[str, Any]:
    result = plan.result
    return {
        "policy": plan.policy.id,
        "reading": result.measured,
        "policy_reading": plan.own,
        "reached": result.is_reached,
        "proven": result.proven,
        "talks": len(result.steps),
        "invitations": plans.invitations(result),
        "room": result.room,
        "short": result.short,
        "needed": result.needed,
        "said": list(sentences(plans, plan)),
        "tiers": [_tier_plain(each) for each in result.tiers],
        "weeks": [
            {
                "monday": week.monday,
                "last": week.last,
                "talks": week.talks,
                "agreed": week.agreed,
                "tiers": {
                    each.tier.key: {
                        "end": _figure(week.end[n]),
                        "lowest": _figure(week.lowest[n]),
                    }
                    for n, each in enumerate(result.tiers)
                },
            }
            for week in result.weeks
        ],
        "people": [
            {
                **client_plain(plan.clients[each.client_id]),
                "day": each.day,
                "since": each.since,
                "met": each.met,
                "lifts": each.lifts,
            }
            for each in result.steps
        ],
        "left_out": [
            {
                **client_plain(plan.clients[each.client_id]),
                "since": each.since,
                "met": each.met,
                "why": each.why,
                "appointment": each.appointment,
            }
            for each in result.left_out
        ],
        "readings": {
            each.measured: {"talks": len(each.steps), "reached": each.is_reached}
            for each in (result, *plan.others)
        },
    }


def _tier_plain(found: TierPlan) -> dict[str, Any]:
    return {
        "id": found.tier.key,
        "percent": found.tier.share.percent,
        "now": _figure(found.now),
        "without": _figure(found.without),
        "end": _figure(found.end),
        "settled": found.settled,
        "failing": len(found.failing),
        "lowest": _figure(found.lowest),
    }


def _figure(found: Figure) -> dict[str, Any]:
    return {
        "day": found.day,
        "met": found.met,
        "n": found.population,
        "required": found.required,
        "share": found.share,
    }
