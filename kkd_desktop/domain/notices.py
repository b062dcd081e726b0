"""What should the caseworker know beside the date?

Hints with a code, never a change of the result.
"""

from collections.abc import Iterator
from datetime import date

from kkd_desktop.domain import texts
from kkd_desktop.domain.client import ADULT_AGE, Subject
from kkd_desktop.domain.compiled_policy import CompiledPolicy
from kkd_desktop.domain.contact import ContactLog
from kkd_desktop.domain.deviations import effect_of, end_of
from kkd_desktop.domain.events import event_day
from kkd_desktop.domain.facts import DAY
from kkd_desktop.domain.language import said
from kkd_desktop.domain.outcome import Notice, Obligation, State
from kkd_desktop.domain.policy import DeviationEffect, Explicit, Precedence
from kkd_desktop.domain.spans import birthday


def notices(
    policy: CompiledPolicy,
    found: Obligation,
    subject: Subject,
    log: ContactLog,
    today: date,
) -> tuple[Notice, ...]:
    """All hints for one obligation, each code once."""
    collected = {
        notice.code: notice
        for part in (
            _validity(found, today),
            _rule(policy, found, subject, today),
            _ending(policy, found, subject, log, today),
            _data(policy, found, subject, today),
            _deviation(policy, found, subject, log, today),
            _changes(policy, found, subject, log, today),
            _plan(found, subject),
            _documentation(policy, found, subject, log, today),
        )
        for notice in part
    }
    return tuple(collected.values())


def _validity(found: Obligation, today: date) -> Iterator[Notice]:
    validity = found.policy.validity
    if found.state is State.NOT_IN_FORCE:
        return
    if validity.prolonged:
        yield Notice(
            "prolonged",
            said("Vom Jobcenter verlängert bis {day}.").format(day=texts.day(validity.until)),
        )
    if validity.since is None and validity.evidenced is not None:
        yield Notice(
            "validity_unknown",
            said(
                "Beginn und Ende der Geltung sind nicht belegt; am {day} galt das Konzept."
            ).format(day=texts.day(validity.evidenced)),
        )
    if validity.until is not None and found.latest is not None and found.latest > validity.until:
        yield Notice(
            "latest_after_validity",
            said("Der Tag liegt nach dem Ende der Geltung am {day}.").format(
                day=texts.day(validity.until)
            ),
        )


def _rule(
    policy: CompiledPolicy, found: Obligation, subject: Subject, today: date
) -> Iterator[Notice]:
    rule = found.rule
    if rule is None:
        return
    if rule.warning:
        yield Notice(rule.warning, rule.note)
    if found.lapsed:
        yield Notice(
            "einv_expired",
            said(
                "Der Zeitraum der EinV/des Kooperationsplans ist abgelaufen; das "
                "Datum des neuen Plans fehlt."
            ),
        )
    if policy.policy.precedence is Precedence.STRICTEST and not isinstance(rule.demand, Explicit):
        others = [
            other.title
            for other in policy.candidates(subject, today)
            if other is not rule and not isinstance(other.demand, Explicit)
        ]
        if others:
            yield Notice(
                "rule_collision",
                said(
                    "Auch „{others}“ trifft zu; die strengere Vorgabe gilt. Bitte "
                    "{facts_to_check} prüfen."
                ).format(others=", ".join(others), facts_to_check=_facts_to_check(policy)),
            )


def _facts_to_check(policy: CompiledPolicy) -> str:
    usual = {"profile": said("Profillage"), "status": said("Status")}
    return said(" und ").join(name for fact, name in usual.items() if fact in policy.asked) or said(
        "die Angaben"
    )


def _ending(
    policy: CompiledPolicy, found: Obligation, subject: Subject, log: ContactLog, today: date
) -> Iterator[Notice]:
    """A rule that ends by itself before its own last day."""
    during = None if found.rule is None else found.rule.during
    if during is None or during.ends is None or found.latest is None:
        return
    day = event_day(during.event, subject, log, today)
    ends = None if day is None else during.ends.after(day, policy.calendar)
    if ends is not None and ends <= found.latest:
        yield Notice(
            "rule_ends",
            said("Diese Vorgabe gilt nur bis {day} ({german} ab: {label}).").format(
                day=texts.weekday_day(ends - DAY),
                german=during.ends.german(),
                label=said(during.event.label),
            ),
        )


_NOT_OURS = (State.OUT_OF_SCOPE, State.OTHER_POLICY, State.NOT_IN_FORCE)


def _data(
    policy: CompiledPolicy, found: Obligation, subject: Subject, today: date
) -> Iterator[Notice]:
    if found.state in _NOT_OURS:
        return
    asked = policy.asked
    if ("age" in asked or "birth_date" in asked) and subject.birth_date is None:
        yield Notice("birth_date_missing", said("Das Geburtsdatum fehlt."))
    if "status" in asked and subject.facts.at("status", today) is None:
        yield Notice("status_missing", said("Der Status fehlt."))
    if "profile" in asked and subject.facts.at("profile", today) is None:
        yield Notice("profile_missing", said("Die Profillage fehlt."))


def _deviation(
    policy: CompiledPolicy, found: Obligation, subject: Subject, log: ContactLog, today: date
) -> Iterator[Notice]:
    deviation = subject.deviation
    if deviation is None or found.state is State.NOT_IN_FORCE:
        return
    if effect_of(deviation, found.policy) is DeviationEffect.NONE:
        yield Notice(
            "exception_not_provided",
            said(
                "Das Konzept kennt keine Ausnahme im Einzelfall; die erfasste "
                "Ausnahme ändert den Tag nicht."
            ),
        )
        return
    until = end_of(deviation, policy, subject, log, today)
    if until is not None and today > until and (found.last is None or found.last <= until):
        yield Notice(
            "exception_expired",
            said("Die Ausnahme ist am {day} abgelaufen.").format(day=texts.day(until)),
        )


def _changes(
    policy: CompiledPolicy,
    found: Obligation,
    subject: Subject,
    log: ContactLog,
    today: date,
) -> Iterator[Notice]:
    """A birthday ahead (R5), and a duty that is late only because facts changed (R6)."""
    if found.state in _NOT_OURS:
        return
    if "age" in policy.asked and subject.birth_date is not None:
        turns = birthday(subject.birth_date, ADULT_AGE)
        planned = subject.planned_next or found.latest
        if planned is not None and today < turns <= planned:
            yield Notice(
                "turns_25",
                said(
                    "Am {day} wird das 25. Lebensjahr vollendet: ab dann gilt die Vorgabe für Ü25."
                ).format(day=texts.day(turns)),
            )
    if found.state is not State.OVERDUE or found.latest is None:
        return
    for changed in _changed_days(policy, subject, today):
        if changed <= found.latest:
            return
        earlier = policy.finding(found.id, subject, log, changed - DAY)
        before = None if earlier is None else earlier.latest
        if before is None or before >= changed:
            then = (
                said("war Zeit bis {day}").format(day=texts.weekday_day(before))
                if before
                else said("galt keine Frist")
            )
            yield Notice(
                "due_by_change",
                said("Überfällig durch den Wechsel am {day}; vorher {then}.").format(
                    day=texts.day(changed), then=then
                ),
            )
            return


def _changed_days(policy: CompiledPolicy, subject: Subject, today: date) -> list[date]:
    """The days up to today on which a fact asked about began or ended, latest first."""
    periods = [
        period
        for name in policy.asked
        if (timeline := subject.facts.timeline(name)) is not None
        for period in timeline.periods
    ]
    days = {p.since for p in periods if p.since is not None and p.since <= today}
    days |= {p.until + DAY for p in periods if p.until is not None and p.until < today}
    if "age" in policy.asked and subject.birth_date is not None:
        days.add(birthday(subject.birth_date, ADULT_AGE))
    return sorted((day for day in days if day <= today), reverse=True)


def _plan(found: Obligation, subject: Subject) -> Iterator[Notice]:
    planned = subject.planned_next
    if planned is None or found.latest is None:
        return
    if planned > found.latest:
        yield Notice(
            "planned_after_latest",
            said("Der geplante Tag {day} liegt nach dem {day2}.").format(
                day=texts.day(planned), day2=texts.day(found.latest)
            ),
        )


def _documentation(
    policy: CompiledPolicy,
    found: Obligation,
    subject: Subject,
    log: ContactLog,
    today: date,
) -> Iterator[Notice]:
    """Open duties of the contacts the answer stands on: those of the period, else the last one."""
    if not policy.policy.duties or found.rule is None or isinstance(found.rule.demand, Explicit):
        return
    since = found.period_start or found.last or today
    verdicts = [
        (contact.day, policy.counting.verdict(contact, subject, today))
        for contact in (log[index] for index in found.counted if log.days[index] >= since)
    ]
    # Sorted, so that the order of entry never decides which text a code keeps.
    for day, code, text in sorted(
        (day, *duty)
        for day, verdict in verdicts
        for duty in zip(verdict.warnings, verdict.duties, strict=True)
    ):
        yield Notice(code, said("Kontakt vom {day}: {text}").format(day=texts.day(day), text=text))
