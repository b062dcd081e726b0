"""How is a plan for the shares of a caseload put into words?"""

from collections.abc import Iterator
from fractions import Fraction
from math import floor

from kkd_desktop.domain import language, texts
from kkd_desktop.domain.language import Sayings
from kkd_desktop.domain.policy import Measured
from kkd_desktop.domain.quota_plan import PolicyPlan, QuotaPlans
from kkd_desktop.domain.quota_planning import (
    Figure,
    LeftOut,
    Omission,
    QuotaResult,
    Short,
    Step,
    TierPlan,
)
from kkd_desktop.domain.quota_problem import Tier

READING_TEXTS = Sayings(
    {
        Measured.EVERY_DAY: "an jedem Tag",
        Measured.MONTH_END: "am Monatsende",
        Measured.CALENDAR_MONTH: "im Kalendermonat",
    }
)

READING_NOTES = Sayings(
    {
        Measured.EVERY_DAY: "„monatlich“ heißt an jedem Tag: im Monat davor (Lesart R22)",
        Measured.MONTH_END: "nur der letzte Tag des Monats zählt, „monatlich“ heißt im Monat davor",
        Measured.CALENDAR_MONTH: "nur der letzte Tag des Monats zählt, „monatlich“ heißt im "
        "Kalendermonat; zwischen zwei Gesprächen können 60 Tage liegen",
    }
)

_FEW = 2

OMISSION_TEXTS = Sayings(
    {
        Omission.LATER: "Termin erst danach",
        Omission.AWAY: "im Zeitraum abwesend",
        Omission.NO_ROOM: "kein freier Termin",
        Omission.NOT_NEEDED: "für die Anteile nicht nötig",
    }
)


def percent(figure: Figure) -> str:
    """`45,2 %`; what is not reached never looks as if it were by rounding."""
    if figure.share is None:
        return "–"
    exact = figure.share * 100
    rounded = Fraction(floor(exact * 10 + Fraction(1, 2)), 10)
    if figure.missing and rounded * figure.population >= 100 * figure.required:
        rounded = Fraction(floor(exact * 10), 10)
    return f"{texts.tenths(rounded)} %"


def asked(tier: Tier) -> str:
    """`80 % in 3 Monaten`."""
    return language.said("{number} % in {span}").format(
        number=texts.tenths(tier.share.percent), span=tier.share.within.dative()
    )


def headline(plan: PolicyPlan, result: QuotaResult) -> str:
    """The answer in one sentence."""
    talks = texts.counted(len(result.steps), "Gespräch", "Gespräche")
    if not result.tiers or not any(each.end.population for each in result.tiers):
        return language.said("Für niemanden im Bestand gelten diese Anteile.")
    if not result.is_reached:
        if not result.steps:
            return language.said("Nicht erreichbar: Kein Gespräch kann noch etwas ändern.")
        most = texts.counted(len(result.steps), "Gespräch", "Gesprächen")
        return language.said("Nicht erreichbar: auch mit {most} bleibt eine Lücke.").format(
            most=most
        )
    late = [each.settled for each in result.tiers if each.failing and each.settled]
    if late:
        since = language.said("Ab {day} sind alle Anteile erreicht").format(
            day=texts.weekday_day(max(late))
        )
        return language.said("{since}, mit {count}.").format(
            since=since, count=texts.counted(len(result.steps), "Gespräch", "Gesprächen")
        )
    if not result.steps:
        return language.said("Alle Anteile sind ohne ein weiteres Gespräch erreicht.")
    does = language.said("genügt") if len(result.steps) == 1 else language.said("genügen")
    return language.said("{talks} {does} für alle Anteile.").format(talks=talks, does=does)


def before(result: QuotaResult) -> str:
    """What holds on the days before all shares are reached; empty where there are none."""
    if not result.is_reached or not any(each.failing for each in result.tiers):
        return ""
    return language.said("Bis dahin bleibt so wenig offen, wie es geht.")


def verdict(found: TierPlan, measured: Measured) -> str:
    """`erreicht`, `ab Mo 07.12.2026 erreicht`, or the best that can be reached."""
    end = found.end
    if not end.population:
        return language.said("niemand")
    if found.settled is None:
        best = language.said("bestenfalls {percent} ({met} von {population})").format(
            percent=percent(end), met=end.met, population=end.population
        )
        return language.said("nicht erreichbar, {best}").format(best=best)
    if not found.failing:
        return language.said("erreicht")
    return language.said("ab {day} erreicht").format(day=texts.weekday_day(found.settled))


def reason(plans: QuotaPlans, result: QuotaResult) -> str:
    """Why a share cannot be reached; empty where all are."""
    if result.short is None:
        return ""
    if result.short is Short.NO_DAY:
        if any(each.end.day >= plans.begin for each in result.tiers):
            return language.said("Bis zum Stichtag ist kein Termin zu {minutes} min frei.").format(
                minutes=plans.minutes
            )
        day = texts.weekday_day(plans.begin)
        return language.said(
            "Vor dem Stichtag erreicht kein Brief von heute mehr jemanden (erst {day})."
        ).format(day=day)
    if result.short is Short.ROOM:
        free = texts.counted(result.room, "Termin", "Termine")
        there = language.said("ist") if result.room == 1 else language.said("sind")
        return language.said(
            "Frei {there} bis zum Stichtag {free} zu {minutes} min, nötig wären {needed}."
        ).format(there=there, free=free, minutes=plans.minutes, needed=result.needed)
    return language.said(
        "Auch mit mehr freien Terminen nicht: die übrigen sind abwesend, "
        "haben ihren Termin erst danach, oder die Tage ab {day} reichen "
        "nicht zurück."
    ).format(day=texts.weekday_day(plans.begin))


def invitations(plans: QuotaPlans, result: QuotaResult) -> str:
    """How many to invite for it; empty without talks."""
    if not result.steps:
        return ""
    if not plans.show:
        return language.said("Wie viele erscheinen, ist offen; gerechnet wird, als kämen alle.")
    number = plans.invitations(result)
    said = language.said(
        "Weil {percent_of} der Eingeladenen kommen, sind dafür etwa {number} "
    ).format(percent_of=percent_of(plans.show), number=number)
    said += language.said("Einladung nötig") if number == 1 else language.said("Einladungen nötig")
    tight = number > result.room and result.short is None
    if not tight:
        return f"{said}."
    free = texts.counted(result.room, "Termin", "Termine")
    if result.room == 1:
        return language.said("{said}; frei ist {free}.").format(said=said, free=free)
    return language.said("{said}; frei sind {free}.").format(said=said, free=free)


def percent_of(share: Fraction) -> str:
    return f"{texts.tenths(share * 100)} %"


def comparison(result: QuotaResult) -> str:
    """`am Monatsende (30.11.2026): 45 Gespräche`, of another reading."""
    number = texts.counted(len(result.steps), "Gespräch", "Gespräche")
    if not result.is_reached:
        number = language.said("nicht erreichbar")
    return f"{READING_TEXTS[result.measured]} ({days_checked(result)}): {number}"


def days_checked(result: QuotaResult) -> str:
    """The days on which the shares have to be reached, as one reads them."""
    checked = [each.day for each in result.tiers[0].checked] if result.tiers else []
    if not checked:
        return "–"
    if result.measured is Measured.EVERY_DAY:
        return language.said("bis {day}").format(day=texts.day(checked[-1]))
    if len(checked) > _FEW:
        return language.said("{day} bis {day2}").format(
            day=texts.day(checked[0]), day2=texts.day(checked[-1])
        )
    return texts.listed([texts.day(day) for day in checked])


def since_text(found: Step | LeftOut) -> str:
    """From when on nobody met somebody: the last contact, else the registration."""
    if found.since is None:
        return language.said("noch nie")
    day = texts.day(found.since)
    return (
        language.said("seit {day}").format(day=day)
        if found.met
        else language.said("noch nie, angemeldet {day}").format(day=day)
    )


def omission(found: LeftOut) -> str:
    """Why somebody is not in the plan."""
    said = OMISSION_TEXTS[found.why]
    return said if found.appointment is None else f"{said} ({texts.day(found.appointment)})"


def lifts(plan: PolicyPlan, step: Step) -> str:
    """`1 Monat, 3 Monate`: what the talk counts for and what nothing else would."""
    spans = {each.tier.key: each.tier.share.within.german() for each in plan.result.tiers}
    return ", ".join(spans[key] for key in step.lifts)


def details(plans: QuotaPlans, result: QuotaResult) -> tuple[str, ...]:
    """What to know about the answer at once, sentence by sentence."""
    said = before(result), reason(plans, result), invitations(plans, result)
    return tuple(filter(None, said))


def group_titles(plan: PolicyPlan) -> dict[str, str]:
    """The populations by their groups."""
    return {group: rule.title for group, rule in plan.rules.items()}


def sentences(plans: QuotaPlans, plan: PolicyPlan) -> Iterator[str]:
    """All there is to say about a plan as a whole, the answer first."""
    result = plan.result
    yield headline(plan, result)
    yield from details(plans, result)
    yield language.said("Gerechnet ist {reading_texts}: {reading_notes}.").format(
        reading_texts=READING_TEXTS[result.measured], reading_notes=READING_NOTES[result.measured]
    )
    if plan.others:
        yield language.said("Anders gelesen: {map}.").format(
            map="; ".join(map(comparison, plan.others))
        )
    if not result.proven:
        yield language.said("Dass es mit weniger nicht geht, ist hier nicht bewiesen.")
