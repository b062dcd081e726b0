"""How is a plan for the shares of a caseload put into words?"""

from collections.abc import Iterator
from fractions import Fraction
from math import floor

from kkd_desktop.domain import texts
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

READING_TEXTS = {
    Measured.EVERY_DAY: "an jedem Tag",
    Measured.MONTH_END: "am Monatsende",
    Measured.CALENDAR_MONTH: "im Kalendermonat",
}

READING_NOTES = {
    Measured.EVERY_DAY: "„monatlich“ heißt an jedem Tag: im Monat davor (Lesart R22)",
    Measured.MONTH_END: "nur der letzte Tag des Monats zählt, „monatlich“ heißt im Monat davor",
    Measured.CALENDAR_MONTH: "nur der letzte Tag des Monats zählt, „monatlich“ heißt im "
    "Kalendermonat; zwischen zwei Gesprächen können 60 Tage liegen",
}

_FEW = 2

OMISSION_TEXTS = {
    Omission.LATER: "Termin erst danach",
    Omission.AWAY: "im Zeitraum abwesend",
    Omission.NO_ROOM: "kein freier Termin",
    Omission.NOT_NEEDED: "für die Anteile nicht nötig",
}


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
    span = tier.share.within.german()
    if span.endswith(("Monate", "Tage", "Arbeitstage")):
        span += "n"
    return f"{texts.tenths(tier.share.percent)} % in {span}"


def headline(plan: PolicyPlan, result: QuotaResult) -> str:
    """The answer in one sentence."""
    talks = texts.counted(len(result.steps), "Gespräch", "Gespräche")
    if not result.tiers or not any(each.end.population for each in result.tiers):
        return "Für niemanden im Bestand gelten diese Anteile."
    if not result.is_reached:
        if not result.steps:
            return "Nicht erreichbar: kein Gespräch kann noch etwas ändern."
        most = texts.counted(len(result.steps), "Gespräch", "Gesprächen")
        return f"Nicht erreichbar: auch mit {most} bleibt eine Lücke."
    late = [each.settled for each in result.tiers if each.failing and each.settled]
    if late:
        since = f"Ab {texts.weekday_day(max(late))} sind alle Anteile erreicht"
        return f"{since}, mit {texts.counted(len(result.steps), 'Gespräch', 'Gesprächen')}."
    if not result.steps:
        return "Alle Anteile sind ohne ein weiteres Gespräch erreicht."
    does = "genügt" if len(result.steps) == 1 else "genügen"
    return f"{talks} {does} für alle Anteile."


def before(result: QuotaResult) -> str:
    """What holds on the days before all shares are reached; empty where there are none."""
    if not result.is_reached or not any(each.failing for each in result.tiers):
        return ""
    return "Bis dahin bleibt so wenig offen, wie es geht."


def verdict(found: TierPlan, measured: Measured) -> str:
    """`erreicht`, `ab Mo 07.12.2026 erreicht`, or the best that can be reached."""
    end = found.end
    if not end.population:
        return "niemand"
    if found.settled is None:
        best = f"bestenfalls {percent(end)} ({end.met} von {end.population})"
        return f"nicht erreichbar, {best}"
    if not found.failing:
        return "erreicht"
    return f"ab {texts.weekday_day(found.settled)} erreicht"


def reason(plans: QuotaPlans, result: QuotaResult) -> str:
    """Why a share cannot be reached; empty where all are."""
    if result.short is None:
        return ""
    if result.short is Short.NO_DAY:
        day = texts.weekday_day(plans.begin)
        return f"Vor dem Stichtag erreicht kein Brief von heute mehr jemanden (erst {day})."
    if result.short is Short.ROOM:
        free = texts.counted(result.room, "Termin", "Termine")
        there = "ist" if result.room == 1 else "sind"
        return (
            f"Frei {there} bis zum Stichtag {free} zu {plans.minutes} min, nötig wären "
            f"{result.needed}."
        )
    return (
        "Auch mit mehr freien Terminen nicht: die übrigen sind abwesend, haben ihren Termin erst "
        f"danach, oder die Tage ab {texts.weekday_day(plans.begin)} reichen nicht zurück."
    )


def invitations(plans: QuotaPlans, result: QuotaResult) -> str:
    """How many to invite for it; empty without talks."""
    if not result.steps:
        return ""
    if plans.show is None:
        return "Wie viele erscheinen, ist offen; gerechnet wird, als kämen alle."
    number = plans.invitations(result)
    said = f"Weil {percent_of(plans.show)} der Eingeladenen kommen, sind dafür etwa {number} "
    said += "Einladung nötig" if number == 1 else "Einladungen nötig"
    tight = number > result.room and result.short is None
    return f"{said}; frei sind {result.room} Termine." if tight else f"{said}."


def percent_of(share: Fraction) -> str:
    return f"{texts.tenths(share * 100)} %"


def comparison(result: QuotaResult) -> str:
    """`am Monatsende (30.11.2026): 45 Gespräche`, of another reading."""
    number = texts.counted(len(result.steps), "Gespräch", "Gespräche")
    if not result.is_reached:
        number = "nicht erreichbar"
    return f"{READING_TEXTS[result.measured]} ({days_checked(result)}): {number}"


def days_checked(result: QuotaResult) -> str:
    """The days on which the shares have to be reached, as one reads them."""
    checked = [each.day for each in result.tiers[0].checked] if result.tiers else []
    if not checked:
        return "–"
    if result.measured is Measured.EVERY_DAY:
        return f"bis {texts.day(checked[-1])}"
    if len(checked) > _FEW:
        return f"{texts.day(checked[0])} bis {texts.day(checked[-1])}"
    return texts.listed([texts.day(day) for day in checked])


def since_text(found: Step | LeftOut) -> str:
    """From when on nobody met somebody: the last contact, else the registration."""
    if found.since is None:
        return "noch nie"
    day = texts.day(found.since)
    return f"seit {day}" if found.met else f"noch nie, angemeldet {day}"


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
    yield f"Gerechnet ist {READING_TEXTS[result.measured]}: {READING_NOTES[result.measured]}."
    if plan.others:
        yield f"Anders gelesen: {'; '.join(map(comparison, plan.others))}."
    if not result.proven:
        yield "Dass es mit weniger nicht geht, ist hier nicht bewiesen."
