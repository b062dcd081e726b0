"""Why this day? One German text a client may read, with the sentence of the policy behind it."""

from datetime import date

from kkd_desktop.domain import texts
from kkd_desktop.domain.outcome import STATE_TEXTS, Obligation, Outcome, RequiredForm, State
from kkd_desktop.domain.policy import (
    Between,
    Citation,
    CountInPeriod,
    Deadline,
    Demand,
    Explicit,
    FirstContact,
    NestedShares,
    Rule,
    Steps,
    Within,
)
from kkd_desktop.domain.spans import Span, Unit


def demand_text(demand: Demand) -> str:
    """The rule in a few words: `alle 6 Wochen`, `zwischen 2 und 3 Monaten`."""
    if isinstance(demand, Within):
        return _within_text(demand)
    if isinstance(demand, Between):
        return f"zwischen {_window_text(demand)}"
    if isinstance(demand, CountInPeriod):
        number = texts.counted(demand.number, "Kontakt", "Kontakte")
        return f"{number} in {_dative(demand.period)}"
    if isinstance(demand, FirstContact):
        usual, latest = demand.usual, demand.latest
        return f"in der Regel nach {usual.number}, höchstens nach {_dative(latest)}"
    if isinstance(demand, Deadline):
        return f"innerhalb von {_dative(demand.span)} nach: {demand.event.label}"
    if isinstance(demand, Steps):
        return ", dann ".join(demand_text(step.demand) for step in demand.steps)
    if isinstance(demand, NestedShares):
        return " · ".join(
            f"{texts.decimal(float(s.percent))} % innerhalb von {_dative(s.within)}"
            for s in demand.shares
        )
    return demand.text


def _within_text(demand: Within) -> str:
    if demand.cycle:
        if demand.span.number == 1 and demand.span.unit is Unit.MONTHS:
            return "monatlich"
        return f"alle {demand.span.german()}"
    text = f"innerhalb von {_dative(demand.span)}"
    return f"nach Erfordernis, mindestens {text}" if demand.as_needed else text


def _window_text(demand: Between) -> str:
    if demand.lower.unit is demand.upper.unit:
        return f"{demand.lower.number} und {_dative(demand.upper)}"
    return f"{_dative(demand.lower)} und {_dative(demand.upper)}"


def _dative(span: Span) -> str:
    """`3 Monaten`, `einem Monat`."""
    text = span.german()
    if span.number == 1:
        return {"Monat": "einem Monat", "Woche": "einer Woche"}.get(text[2:], f"einem {text[2:]}")
    return text if text.endswith("n") else f"{text}n"


def distance_text(obligation: Obligation, today: date) -> str:
    """How far the last day is: `9 Tage über der Vorgabe`, `heute fällig`, `noch 4 Tage`."""
    left = obligation.days_left(today)
    if left is None:
        return STATE_TEXTS[obligation.state]
    if obligation.state in (State.SUSPENDED, State.EXCEPTED):
        return f"{STATE_TEXTS[obligation.state]} bis {texts.weekday_day(obligation.latest)}"
    if left < 0:
        return f"{texts.days(-left)} über der Vorgabe"
    return "heute fällig" if left == 0 else f"noch {texts.days(left)}"


def citation_text(obligation: Obligation, citation: Citation | None) -> str:
    """`„Marktprofil Alle 6 Wochen“ (Konzept, Kontaktzyklen)`; empty without a quote."""
    if citation is None or not citation.quote:
        return ""
    return f"„{citation.quote}“ ({obligation.policy.document}, {citation.place})"


def explain(outcome: Outcome, *, cited: bool = True) -> str:
    """The whole reason; where several obligations were weighed, the others are named after it.

    `cited` False leaves out the quoted sentence, for a page that shows it apart.
    """
    parts = [explain_obligation(outcome.deciding, outcome.today, cited=cited)]
    others = [o for o in outcome.obligations if o is not outcome.deciding]
    for other in others:
        day = f" bis {texts.weekday_day(other.latest)}" if other.latest else ""
        name = other.title or other.policy.short_title
        parts.append(f"Daneben {name}: {STATE_TEXTS[other.state]}{day}.")
    return " ".join(parts)


_SAY_WHAT_IS_MISSING = (State.NO_PROFILE, State.NO_ANCHOR)


def explain_obligation(found: Obligation, today: date, *, cited: bool = True) -> str:
    """The reason of one obligation: facts, arithmetic, result, citation, hints."""
    parts = _reasoning(found, today)
    if found.title and (found.rule is None or found.rule.title != found.title):
        parts[0] = f"{found.title}: {parts[0]}"
    if found.title or found.finding.counts:
        parts.append(_form_text(found))
    said = found.state in _SAY_WHAT_IS_MISSING
    parts += [n.text for n in found.warnings if not (said and n.code.endswith("_missing"))]
    if found.rule is not None:
        quoted = citation_text(found, found.rule.citation) if cited else ""
        if quoted:
            parts.append(f"{quoted}.")
        if found.rule.citation.soft:
            parts.append(
                f"Lesart {found.rule.citation.reading} ist unsere Wahl, nicht der Wortlaut."
            )
    return " ".join(_sentence(part) for part in parts if part)


def _reasoning(found: Obligation, today: date) -> list[str]:
    if found.state is State.NOT_IN_FORCE:
        return [_not_in_force(found, today)]
    rule = found.rule
    dateless = found.latest is None and found.required is None
    demand = found.demand
    if rule is None or demand is None or isinstance(demand, Explicit) or dateless:
        title = f"{found.policy.short_title}: {STATE_TEXTS[found.state]}"
        return [f"{title}. {found.text}" if found.text else title]
    if found.required is not None:
        lines = _count_lines(found, rule, today)
    else:
        lines = [_span_text(found, rule.title, demand, today)]
    if found.text:
        lines.append(found.text)
    return lines


def _form_text(found: Obligation) -> str:
    """Whether a call would do, where a policy tells kinds of contacts apart."""
    if found.required_form is None:
        return ""
    if found.required_form is RequiredForm.BELIEBIG:
        return "Dafür genügt auch ein Telefonat"
    return "Dafür zählt kein Telefonat"


def _not_in_force(found: Obligation, today: date) -> str:
    validity, title = found.policy.validity, found.policy.short_title
    if found.policy.fault:
        return f"Das Konzept {title} ist nicht lesbar: keine Fristen. {found.policy.fault}"
    if validity.until is not None and today > validity.until:
        return (
            f"{title} ist seit dem {texts.day(date.fromordinal(validity.until.toordinal() + 1))} "
            "abgelaufen: keine Fristen, bis das Jobcenter die Geltung verlängert"
        )
    begins = validity.begins()
    if validity.since is None:
        return f"Ob {title} vor dem {texts.day(begins)} galt, ist nicht belegt: keine Fristen"
    return f"{title} gilt erst ab dem {texts.day(begins)}: keine Fristen"


def _count_lines(found: Obligation, rule: Rule, today: date) -> list[str]:
    """`Marktprofil: 4 Kontakte in 6 Monaten. 2 von 4 Kontakten im Zeitraum …, es fehlen 2; …`."""
    period = f"{texts.day(found.period_start)} bis {texts.day(found.period_end)}"
    number = f"{found.count} von {found.required} Kontakten im Zeitraum {period}"
    if found.missing:
        number += f", es {'fehlt' if found.missing == 1 else 'fehlen'} {found.missing}"
    excepted = found.state in (State.SUSPENDED, State.EXCEPTED)
    state = distance_text(found, today) if excepted else STATE_TEXTS[found.state]
    lines = [f"{rule.title}: {demand_text(rule.demand)}. {number}; {state}"]
    if found.state is State.MET and found.latest is not None:
        lines.append(f"Das reicht bis {texts.weekday_day(found.latest)}")
    if found.state in (State.ON_PACE, State.BEHIND):
        lines.append(
            f"Gleichmäßig verteilt wäre der nächste bis {texts.weekday_day(found.target)} "
            "an der Reihe (Planungshilfe)"
        )
    return lines


def _span_text(found: Obligation, title: str, demand: Demand, today: date) -> str:
    """`Letzter zählender Kontakt 30.09.2026. Marktprofil: alle 6 Wochen → bis …`."""
    begin = f"{found.anchor_text[:1].upper()}{found.anchor_text[1:]} {texts.day(found.anchor)}"
    distance = distance_text(found, today)
    if found.state in (State.SUSPENDED, State.EXCEPTED):
        return f"{begin}. {title}: {demand_text(demand)}; {distance}"
    latest = texts.weekday_day(found.latest)
    if found.earliest is not None:
        days = f"{texts.weekday_day(found.earliest)} bis {latest}"
    elif isinstance(demand, FirstContact):
        days = f"bis {texts.weekday_day(found.target)}, spätestens {latest}"
    elif isinstance(demand, NestedShares) and found.target != found.latest:
        days = (
            f"nächste Stufe bis {texts.weekday_day(found.target)}, äußere Grenze {latest} "
            "(die Anteile binden den Bestand, nicht den einzelnen Fall)"
        )
    else:
        days = f"spätestens {latest}"
    return f"{begin}. {title}: {demand_text(demand)} → {days}; {distance}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
