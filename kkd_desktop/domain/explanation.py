"""Why this day? One German text a client may read, with the sentence of the policy behind it."""

from datetime import date

from kkd_desktop.domain import language, texts
from kkd_desktop.domain.language import Sayings
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
        return language.said("zwischen {window_text}").format(window_text=_window_text(demand))
    if isinstance(demand, CountInPeriod):
        number = texts.counted(demand.number, "Kontakt", "Kontakte")
        return f"{number} in {_dative(demand.period)}"
    if isinstance(demand, FirstContact):
        usual, latest = demand.usual, demand.latest
        return language.said("in der Regel nach {number}, höchstens nach {dative}").format(
            number=usual.number, dative=_dative(latest)
        )
    if isinstance(demand, Deadline):
        return language.said("innerhalb von {dative} nach: {label}").format(
            dative=_dative(demand.span), label=language.said(demand.event.label)
        )
    if isinstance(demand, Steps):
        return language.said(", dann ").join(demand_text(step.demand) for step in demand.steps)
    if isinstance(demand, NestedShares):
        return " · ".join(
            language.said("{percent} % innerhalb von {span}").format(
                percent=texts.decimal(float(s.percent)), span=_dative(s.within)
            )
            for s in demand.shares
        )
    return demand.text


def _within_text(demand: Within) -> str:
    if demand.cycle:
        if demand.span.number == 1 and demand.span.unit is Unit.MONTHS:
            return language.said("monatlich")
        return language.said("alle {german}").format(german=demand.span.german())
    text = language.said("innerhalb von {dative}").format(dative=_dative(demand.span))
    return (
        language.said("nach Erfordernis, mindestens {text}").format(text=text)
        if demand.as_needed
        else text
    )


def _window_text(demand: Between) -> str:
    if demand.lower.unit is demand.upper.unit:
        return language.said("{number} und {dative}").format(
            number=demand.lower.number, dative=_dative(demand.upper)
        )
    return language.said("{dative} und {dative2}").format(
        dative=_dative(demand.lower), dative2=_dative(demand.upper)
    )


_DATIVE_ONE = Sayings(
    {
        Unit.DAYS: "einem Tag",
        Unit.WEEKS: "einer Woche",
        Unit.MONTHS: "einem Monat",
        Unit.WORKDAYS: "einem Arbeitstag",
    }
)


def _dative(span: Span) -> str:
    """`3 Monaten`, `einem Monat`."""
    return _DATIVE_ONE[span.unit] if span.number == 1 else span.dative()


def distance_text(obligation: Obligation, today: date) -> str:
    """How far the last day is: `9 Tage über der Vorgabe`, `heute fällig`, `noch 4 Tage`."""
    left = obligation.days_left(today)
    if left is None:
        return STATE_TEXTS[obligation.state]
    if obligation.state in (State.SUSPENDED, State.EXCEPTED):
        return language.said("{state_texts} bis {day}").format(
            state_texts=STATE_TEXTS[obligation.state], day=texts.weekday_day(obligation.latest)
        )
    if left < 0:
        return language.said("{days} über der Vorgabe").format(days=texts.days(-left))
    return (
        language.said("heute fällig")
        if left == 0
        else language.said("noch {days}").format(days=texts.days(left))
    )


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
        day = (
            language.said(" bis {day}").format(day=texts.weekday_day(other.latest))
            if other.latest
            else ""
        )
        name = other.title or other.policy.short_title
        parts.append(
            language.said("Daneben {name}: {state_texts}{day}.").format(
                name=name, state_texts=STATE_TEXTS[other.state], day=day
            )
        )
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
                language.said("Lesart {reading} ist unsere Wahl, nicht der Wortlaut.").format(
                    reading=found.rule.citation.reading
                )
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
        return language.said("Dafür genügt auch ein Telefonat")
    return language.said("Dafür zählt kein Telefonat")


def _not_in_force(found: Obligation, today: date) -> str:
    validity, title = found.policy.validity, found.policy.short_title
    if found.policy.fault:
        return language.said("Das Konzept {title} ist nicht lesbar: keine Fristen. {fault}").format(
            title=title, fault=found.policy.fault
        )
    if validity.until is not None and today > validity.until:
        return language.said(
            "{title} ist seit dem {day} abgelaufen: keine Fristen, bis das "
            "Jobcenter die Geltung verlängert"
        ).format(title=title, day=texts.day(date.fromordinal(validity.until.toordinal() + 1)))
    begins = validity.begins()
    if validity.since is None:
        return language.said(
            "Ob {title} vor dem {day} galt, ist nicht belegt: keine Fristen"
        ).format(title=title, day=texts.day(begins))
    return language.said("{title} gilt erst ab dem {day}: keine Fristen").format(
        title=title, day=texts.day(begins)
    )


def _count_lines(found: Obligation, rule: Rule, today: date) -> list[str]:
    """`Marktprofil: 4 Kontakte in 6 Monaten. 2 von 4 Kontakten im Zeitraum …, es fehlen 2; …`."""
    period = language.said("{day} bis {day2}").format(
        day=texts.day(found.period_start), day2=texts.day(found.period_end)
    )
    number = language.said("{count} von {required} Kontakten im Zeitraum {period}").format(
        count=found.count, required=found.required, period=period
    )
    if found.missing:
        number += language.said(", es {value} {missing}").format(
            value=language.said("fehlt") if found.missing == 1 else language.said("fehlen"),
            missing=found.missing,
        )
    excepted = found.state in (State.SUSPENDED, State.EXCEPTED)
    state = distance_text(found, today) if excepted else STATE_TEXTS[found.state]
    lines = [f"{rule.title}: {demand_text(rule.demand)}. {number}; {state}"]
    if found.state is State.MET and found.latest is not None:
        lines.append(
            language.said("Das reicht bis {day}").format(day=texts.weekday_day(found.latest))
        )
    if found.state in (State.ON_PACE, State.BEHIND):
        lines.append(
            language.said(
                "Gleichmäßig verteilt wäre der nächste bis {day} an der Reihe (Planungshilfe)"
            ).format(day=texts.weekday_day(found.target))
        )
    return lines


def _span_text(found: Obligation, title: str, demand: Demand, today: date) -> str:
    """`Letzter zählender Kontakt Mi 30.09.2026. Marktprofil: alle 6 Wochen → bis …`."""
    anchor = found.anchor_text
    begin = f"{anchor[:1].upper()}{anchor[1:]} {texts.weekday_day(found.anchor)}"
    distance = distance_text(found, today)
    if found.state in (State.SUSPENDED, State.EXCEPTED):
        return f"{begin}. {title}: {demand_text(demand)}; {distance}"
    latest = texts.weekday_day(found.latest)
    if found.earliest is not None:
        days = language.said("{day} bis {latest}").format(
            day=texts.weekday_day(found.earliest), latest=latest
        )
    elif isinstance(demand, FirstContact):
        days = language.said("bis {day}, spätestens {latest}").format(
            day=texts.weekday_day(found.target), latest=latest
        )
    elif isinstance(demand, NestedShares) and found.target != found.latest:
        days = language.said(
            "nächste Stufe bis {day}, äußere Grenze {latest} (die Anteile "
            "binden den Bestand, nicht den einzelnen Fall)"
        ).format(day=texts.weekday_day(found.target), latest=latest)
    else:
        days = language.said("spätestens {latest}").format(latest=latest)
    return f"{begin}. {title}: {demand_text(demand)} → {days}; {distance}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
