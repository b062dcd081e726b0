"""How did the answer come about? Every step, in words that can be kept and read a year later."""

from datetime import date

from kkd_desktop.domain import language, texts
from kkd_desktop.domain.explanation import demand_text, explain, explain_obligation
from kkd_desktop.domain.outcome import (
    STATE_TEXTS,
    CountedContact,
    FactUsed,
    Obligation,
    Outcome,
    RequiredForm,
    State,
)
from kkd_desktop.domain.policy import Citation, CountInPeriod
from kkd_desktop.domain.values import Value
from kkd_desktop.domain.workdays import WorkCalendar


class ContactWeighed(Value, frozen=True):
    """A contact and whether it counts. No content: that stays in the Kundenhistorie."""

    day: date
    form: str
    counts: bool
    reason: str
    place: str = ""
    """Where the document says so."""
    duties: tuple[str, ...] = ()
    """What its documentation misses; it counts all the same."""


class Source(Value, frozen=True):
    """A sentence of the document, or a reading of ours where it leaves something open."""

    title: str
    quote: str
    place: str
    reading: str = ""
    soft: bool = False


class ObligationTrace(Value, frozen=True):
    policy: str
    document: str
    title: str
    """What is asked for, where a policy asks for several things side by side; else empty."""
    rule: str
    """Id of the rule; empty where none applies."""
    rule_title: str
    demand: str
    state: str
    decides: bool
    sentence: str
    facts: tuple[FactUsed, ...]
    contacts: tuple[ContactWeighed, ...]
    """Newest first."""
    steps: tuple[str, ...]
    """The arithmetic, one sentence a step."""
    sources: tuple[Source, ...]
    hints: tuple[str, ...]


class Trace(Value, frozen=True):
    """Why this day: as one sentence, and step by step for every obligation that was weighed."""

    day: date
    sentence: str
    obligations: tuple[ObligationTrace, ...]


def trace(outcome: Outcome, calendar: WorkCalendar) -> Trace:
    """`calendar` tells which of the days are working days."""
    return Trace(
        outcome.today,
        explain(outcome),
        tuple(_obligation(each, outcome, calendar) for each in outcome.obligations),
    )


def _obligation(found: Obligation, outcome: Outcome, calendar: WorkCalendar) -> ObligationTrace:
    rule, demand = found.rule, found.demand
    return ObligationTrace(
        policy=found.policy.short_title,
        document=found.policy.document,
        title=found.title,
        rule="" if rule is None else rule.id,
        rule_title="" if rule is None else rule.title,
        demand="" if demand is None else demand_text(demand),
        state=STATE_TEXTS[found.state],
        decides=found is outcome.deciding,
        sentence=explain_obligation(found, outcome.today),
        facts=found.evidence.facts(),
        contacts=tuple(map(_contact, found.evidence.verdicts(found.finding))),
        steps=tuple(_steps(found, outcome.today, calendar)),
        sources=tuple(_sources(found)),
        hints=tuple(notice.text for notice in found.warnings),
    )


def _contact(weighed: CountedContact) -> ContactWeighed:
    contact, verdict = weighed.contact, weighed.verdict
    return ContactWeighed(
        contact.day,
        texts.FORMS[contact.kind.form],
        verdict.counts,
        verdict.reason,
        "" if verdict.citation is None else verdict.citation.place,
        verdict.duties,
    )


def _steps(found: Obligation, today: date, calendar: WorkCalendar) -> list[str]:
    if found.state is State.NOT_IN_FORCE or not found.has_duty:
        return []
    steps = []
    demand = "" if found.demand is None else demand_text(found.demand)
    if found.required is not None:
        steps.append(
            language.said("Zeitraum {day} bis {day2}: {count} von {required} zählen.").format(
                day=texts.day(found.period_start),
                day2=texts.day(found.period_end),
                count=found.count,
                required=found.required,
            )
        )
    elif found.anchor is not None:
        anchor = found.anchor_text
        begin = f"{anchor[:1].upper()}{anchor[1:]}"
        steps.append(f"{begin}: {texts.weekday_day(found.anchor)}.")
    for leads_to, day, near in (
        (language.said("{demand} → frühestens {day}."), found.earliest, calendar.on_or_after),
        (language.said("{demand} → Ziel {day}."), found.target, calendar.on_or_before),
        (language.said("{demand} → spätestens {day}."), found.latest, calendar.on_or_before),
    ):
        if day is not None:
            steps.append(leads_to.format(demand=demand, day=_with_workday(day, near(day))))
    if found.latest is not None:
        left = (found.latest - today).days
        over = texts.counted(-left, "Tag", "Tagen")
        until = (
            language.said("noch {days}").format(days=texts.days(left))
            if left >= 0
            else language.said("seit {over} vorbei").format(over=over)
        )
        steps.append(
            language.said("Am {day}: {until}.").format(day=texts.weekday_day(today), until=until)
        )
    if found.text:
        steps.append(found.text if found.text.endswith(".") else f"{found.text}.")
    if found.required_form is not None and (found.title or found.finding.counts):
        by_phone = found.required_form is RequiredForm.BELIEBIG
        steps.append(
            language.said("Ein Telefonat genügt.")
            if by_phone
            else language.said("Ein Telefonat zählt dafür nicht.")
        )
    return steps


def _with_workday(day: date, near: date) -> str:
    """The day, and the working day to use where it is none."""
    said = texts.weekday_day(day)
    return (
        said
        if near == day
        else language.said("{said} (Arbeitstag: {day})").format(
            said=said, day=texts.weekday_day(near)
        )
    )


def _sources(found: Obligation) -> list[Source]:
    cited: list[tuple[str, Citation | None]] = []
    if found.rule is not None:
        cited.append((found.rule.title, found.rule.citation))
        if isinstance(found.rule.demand, CountInPeriod):
            cited.append((language.said("Zeitraum"), found.rule.demand.period_citation))
    if found.state is State.NOT_IN_FORCE:
        cited.append((language.said("Geltung"), found.policy.validity.citation))
    cited.append((language.said("Ausnahme"), found.finding.exception))
    return [
        Source(title, each.quote, each.place, each.reading, each.soft)
        for title, each in cited
        if each is not None
    ]
