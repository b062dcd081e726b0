"""`kkd quota` and `kkd feasibility`: how the caseload stands against what the policy asks of it."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Any

import click

from kkd_desktop.actions import feasibility as demands
from kkd_desktop.actions import planning
from kkd_desktop.actions import quotas as shares
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.quotas import Quotas
from kkd_desktop.cli import quota_plan
from kkd_desktop.cli.german import Command
from kkd_desktop.cli.options import DAY, as_json, with_context
from kkd_desktop.cli.output import client_plain, show, show_json, table
from kkd_desktop.domain import texts
from kkd_desktop.domain.caseload import Quota
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.explanation import demand_text
from kkd_desktop.domain.feasibility import Feasibility, ShowRate, Supply, verdict
from kkd_desktop.domain.policy import NestedShares, Policy
from kkd_desktop.domain.shares import Filler, LeftOut, Population, ShareStanding
from kkd_desktop.domain.workload import READING_NOTES, READING_TEXTS, PerMonth, Reading, RuleDemand

policy_option = click.option(
    "--policy",
    "policy",
    metavar="ID|DATEI",
    help="Ein anderes Konzept als das geltende, oder eine Zusammenstellung.",
)


@click.command(cls=Command)
@with_context
@policy_option
@click.option(
    "--plan", "planned", is_flag=True, help="Die wenigsten Gespräche, die alle Anteile erreichen."
)
@click.option(
    "--weeks",
    type=click.IntRange(1, planning.MOST_WEEKS),
    help="Mit --plan: so viele Wochen voraus (sonst bis Monatsende oder vier Wochen).",
)
@click.option("--until", type=DAY, help="Mit --plan: bis zu diesem Tag.")
@click.option(
    "--reading",
    type=click.Choice(list(quota_plan.READINGS)),
    help="Mit --plan: wann die Anteile gelten (sonst wie das Konzept es liest).",
)
@click.option("--telephone", is_flag=True, help="Mit --plan: auch Anrufe, wo sie zählen.")
@as_json
def quota(
    context: Context,
    policy: str | None,
    planned: bool,
    weeks: int | None,
    until: date | None,
    reading: str | None,
    telephone: bool,
    as_json: bool,
) -> int:
    """Anteile im Bestand: erreicht, nötig, wer die Lücke füllt und wen niemand gesehen hat.

    Mit --plan ist der Rückgabewert 1, wenn ein Anteil nicht zu erreichen ist.
    """
    if weeks and until:
        raise UserError("Bitte entweder --weeks oder --until.")
    if planned:
        return quota_plan.answer(
            context, policy, weeks, until, reading, telephone=telephone, as_json=as_json
        )
    if weeks or until or reading or telephone:
        raise UserError("--weeks, --until, --reading und --telephone gehören zu --plan.")
    found = shares.quotas(context, policy)
    show_json(_quotas_plain(found)) if as_json else show(_quota_lines(found))
    return 0


@click.command(cls=Command)
@with_context
@policy_option
@click.option(
    "--weeks",
    type=click.IntRange(1, demands.MOST_WEEKS),
    default=demands.WEEKS,
    show_default=True,
    help="Wochen, deren Termine gezählt werden.",
)
@as_json
def feasibility(context: Context, policy: str | None, weeks: int, as_json: bool) -> None:
    """Ob die Zeit für die Gespräche reicht, die das Konzept von diesem Bestand verlangt."""
    found = demands.feasibility(context, policy, weeks)
    show_json(_feasibility_plain(found)) if as_json else show(_feasibility_lines(found, weeks))


def _quota_lines(found: Quotas) -> list[str]:
    lines = list(found.notes)
    for policy in found.policies:
        populations = [each for each in found.populations if each.policy.id == policy.id]
        if not populations:
            lines.append(f"{policy.short_title} nennt keine Anteile am Bestand.")
        for population in populations:
            lines += ["", *_population_lines(population)]
    return lines[1:] if lines and not lines[0] else lines


def _population_lines(found: Population) -> list[str]:
    people = texts.counted(found.number, "Person", "Personen")
    lines = [f"{found.policy.short_title}, {found.rule.title} ({people})"]
    if not found.number:
        return lines
    rows = [_share_row(found, standing) for standing in found.shares]
    lines += table(rows, right={2, 3, 4})
    for standing in found.shares:
        if standing.fillers:
            title = _share_text(found, standing)
            lines += ["", f"  Am ehesten füllen die Lücke bei {title}:"]
            lines += table([_filler_row(each) for each in standing.fillers])
    if found.left_out:
        span = found.shares[-1].share.within.german()
        lines += [
            "",
            f"  Länger als {span} nicht gesprochen oder noch nie ({len(found.left_out)}):",
        ]
        lines += table([_left_out_row(each, found.filling) for each in found.left_out])
    return lines


def _share_row(found: Population, standing: ShareStanding) -> tuple[str, ...]:
    quota = standing.quota
    return (
        "",
        _share_text(found, standing),
        f"{texts.whole(quota.met)} von {texts.whole(quota.population)}",
        f"nötig {texts.whole(quota.required)}",
        "–" if quota.share is None else f"{texts.tenths(quota.share * 100)} %",
        "erreicht" if quota.fulfilled else f"es fehlen {texts.whole(quota.missing)}",
    )


def _share_text(found: Population, standing: ShareStanding) -> str:
    assert isinstance(found.rule.demand, NestedShares)
    return demand_text(NestedShares(found.rule.demand.group, (standing.share,)))


def _filler_row(filler: Filler) -> tuple[str, ...]:
    more = len(filler.lifts)
    return (
        "   ",
        *_named(filler.client),
        texts.weekday_day(filler.by),
        "vereinbart" if filler.planned else "einzuladen",
        _last_text(filler),
        f"zählt für {more} Lücken" if more > 1 else "",
    )


def _left_out_row(left: LeftOut, filling: frozenset[int]) -> tuple[str, ...]:
    if left.planned:
        ahead = f"Termin {texts.weekday_day(left.planned)}"
    elif left.client.id in filling:
        ahead = "kein Termin, füllt die Lücke"
    else:
        ahead = "kein Termin, für die Anteile nicht nötig"
    return ("   ", *_named(left.client), _last_text(left), ahead)


def _last_text(found: Filler | LeftOut) -> str:
    if found.last is not None:
        return f"zuletzt {texts.day(found.last)}"
    return f"noch nie, angemeldet {texts.day(found.since)}" if found.since else "noch nie"


def _named(client: Client) -> tuple[str, str]:
    return client.mark, client.name


def _feasibility_lines(found: Feasibility, weeks: int) -> list[str]:
    demand, span = found.demand, f"in {texts.counted(weeks, 'Woche', 'Wochen')}"
    readings = demand.per_month.readings()
    results = [("", "je Monat", span, "einzuladen", "")]
    results += [
        (
            READING_TEXTS[reading],
            texts.tenths(demand.per_month.of(reading)),
            texts.whole(ceil(found.needed(reading))),
            texts.whole(ceil(found.invitations(reading))),
            verdict(found, reading),
        )
        for reading in readings
    ]
    return [
        f"{_titles(found.policies)}: {texts.counted(demand.clients, 'Person', 'Personen')}",
        *found.notes,
        "",
        "Gespräche, die das Konzept verlangt",
        *(_rules(found) if demand.rules else ["  keine"]),
        *_aside(found),
        "",
        *_supply_lines(found.supply),
        _show_text(found.show),
        "",
        *table(results, right={1, 2, 3}),
        *(f"{READING_TEXTS[r]}: {READING_NOTES[r]}" for r in readings if len(readings) > 1),
    ]


def _rules(found: Feasibility) -> list[str]:
    rows = [_rule_row(found, rule) for rule in found.demand.rules]
    return table([("", "Vorgabe", "Personen", "je Monat"), *rows], right={2, 3})


def _rule_row(found: Feasibility, rule: RuleDemand) -> tuple[str, ...]:
    title = rule.rule.title
    if len(found.policies) > 1:
        title = f"{rule.policy.short_title}, {title}"
    once = f"{texts.whole(rule.once)} einmalig" if rule.once else ""
    often = _range(rule.per_month) if rule.per_month != PerMonth() else "mit erfüllt"
    return (
        "",
        f"{title}: {demand_text(rule.rule.demand)}",
        texts.whole(rule.clients),
        once or often,
    )


def _range(found: PerMonth) -> str:
    least, most = texts.tenths(found.rotation), texts.tenths(found.comfortable)
    return least if least == most else f"{least} bis {most}"


def _aside(found: Feasibility) -> list[str]:
    """Those the numbers leave out, and those who wait already."""
    said = (
        (found.demand.resting, "mit vereinbarter Ausnahme (ruhen)"),
        (found.demand.without, "ohne zählbare Vorgabe"),
        (found.overdue, "schon überfällig"),
    )
    return [f"{texts.whole(number)} {text}" for number, text in said if number]


def _supply_lines(supply: Supply) -> list[str]:
    period = f"{texts.weekday_day(supply.first)} bis {texts.weekday_day(supply.last)}"
    days = texts.counted(supply.working_days, "Arbeitstag", "Arbeitstage")
    lines = [
        f"Zeit {period}, {days}: "
        f"{texts.counted(supply.talks, 'Gespräch', 'Gespräche')} zu {supply.minutes} min, "
        f"davon {texts.whole(supply.booked)} vereinbart "
        f"({texts.tenths(supply.per_month)} je Monat)"
    ]
    if supply.norm is not None:
        norm = texts.counted(supply.norm, "Gespräch", "Gespräche")
        lines.append(
            f"Was das Konzept mindestens an Zeit für Gespräche vorsieht, reicht für {norm}"
        )
    return lines


def _show_text(show: ShowRate) -> str:
    agreed = show.attended + show.missed
    since = f"seit {texts.day(show.since)}"
    if show.share is None:
        few = texts.counted(agreed, "Gespräch", "Gespräche")
        return (
            f"Wie viele erscheinen, ist offen: erst {few} {since}. Gerechnet wird, als kämen alle."
        )
    percent = texts.whole(floor(show.share * 100 + Fraction(1, 2)))
    return (
        f"Erschienen {since}: {texts.whole(show.attended)} von {texts.whole(agreed)} ({percent} %)"
    )


def _titles(policies: Iterable[Policy]) -> str:
    return " + ".join(policy.short_title for policy in policies)


def _quotas_plain(found: Quotas) -> dict[str, Any]:
    return {
        "notes": found.notes,
        "populations": [_population_plain(each) for each in found.populations],
    }


def _population_plain(found: Population) -> dict[str, Any]:
    return {
        "policy": found.policy.id,
        "rule": found.rule.id,
        "n": found.number,
        "quotas": {s.quota.id: _standing_plain(s) for s in found.shares},
        "left_out": [
            {**client_plain(x.client), "last": x.last, "since": x.since, "planned": x.planned}
            for x in found.left_out
        ],
    }


def _standing_plain(found: ShareStanding) -> dict[str, Any]:
    return {
        **_numbers(found.quota),
        "percent": found.share.percent,
        "fillers": [
            {
                **client_plain(each.client),
                "by": each.by,
                "planned": each.planned,
                "last": each.last,
                "lifts": each.lifts,
            }
            for each in found.fillers
        ],
        "candidates": len(found.candidates),
    }


def _numbers(quota: Quota) -> dict[str, Any]:
    return {
        "n": quota.population,
        "met_count": quota.met,
        "required": quota.required,
        "missing": quota.missing,
        "fulfilled": quota.fulfilled,
        "share": quota.share,
    }


def _feasibility_plain(found: Feasibility) -> dict[str, Any]:
    demand, supply = found.demand, found.supply
    return {
        "policies": [policy.id for policy in found.policies],
        "clients": demand.clients,
        "rules": [
            {
                "policy": each.policy.id,
                "rule": each.rule.id,
                "clients": each.clients,
                "per_month": each.per_month,
                "once": each.once,
            }
            for each in demand.rules
        ],
        "per_month": demand.per_month,
        "once": demand.once,
        "resting": demand.resting,
        "without": demand.without,
        "overdue": found.overdue,
        "supply": {**_supply_plain(supply), "per_month": supply.per_month},
        "show_rate": {
            "since": found.show.since,
            "attended": found.show.attended,
            "missed": found.show.missed,
            "share": found.show.share,
        },
        "readings": {
            reading: {
                "needed": found.needed(reading),
                "invitations": ceil(found.invitations(reading)),
                "feasible": found.is_feasible(reading),
                "reachable_percent": floor(found.reachable(reading) * 100),
            }
            for reading in Reading
        },
        "notes": found.notes,
    }


def _supply_plain(supply: Supply) -> dict[str, Any]:
    return {
        "first": supply.first,
        "last": supply.last,
        "minutes": supply.minutes,
        "working_days": supply.working_days,
        "free": supply.free,
        "booked": supply.booked,
        "norm": supply.norm,
    }
