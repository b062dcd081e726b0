"""How is a kept reason read out? Each part of a trace in words, and all of it as plain text."""

import re
from collections.abc import Iterable, Iterator, Sequence

from kkd_desktop.domain import language, texts
from kkd_desktop.domain.language import to_say
from kkd_desktop.domain.outcome import FactUsed
from kkd_desktop.domain.trace import ContactWeighed, ObligationTrace, Source, Trace
from kkd_desktop.domain.values import Value

_ARROW = " → "
_LED = re.compile(r"(?P<label>.*?) (?P<day>\w{2,3} \d\d\.\d\d\.\d{4}.*)")

UNKNOWN = to_say("nicht erfasst")
"""What is not known is never read as a no."""

ABOUT_UNKNOWN = to_say(
    "„nicht erfasst“ heißt: dazu steht nichts in der Kundenakte. Angenommen wird nichts; "
    "nur ein Ja/Nein-Merkmal ohne Eintrag gilt als nein."
)


def ranked(found: Trace) -> tuple[ObligationTrace, ...]:
    """The obligation that decides first, the others in their order."""
    return tuple(sorted(found.obligations, key=lambda each: not each.decides))


def heading(found: ObligationTrace) -> str:
    """`Mönchengladbach 2012 · Förderprofil`: the policy, what it asks for, and the rule."""
    return " · ".join(dict.fromkeys(filter(None, (found.policy, found.title, found.rule_title))))


def spoken(found: ObligationTrace) -> str:
    """The sentence without the quote, the reading and the hints, for who shows these apart."""
    text = found.sentence
    apart = [*found.hints]
    for source in found.sources:
        apart.append(f"„{source.quote}“ ({found.document}, {source.place})")
        if source.soft:
            # What was kept is German whatever is read.
            with language.german():
                apart.append(reading_text(source))
            apart.append(reading_text(source))
    for part in apart:
        text = text.replace(part if part.endswith((".", "!", "?")) else f"{part}.", "")
    return " ".join(text.split())


class Step(Value, frozen=True):
    """One step of the arithmetic; `days` are what it leads to: (`spätestens`, `Mi 11.11.2026`)."""

    text: str
    days: tuple[tuple[str, str], ...] = ()


def folded(steps: Sequence[str]) -> tuple[Step, ...]:
    """The steps as they are read: a demand is said once, with the days it leads to."""
    found: list[Step] = []
    for step in steps:
        begin, arrow, result = step.partition(_ARROW)
        text = f"{begin[:1].upper()}{begin[1:]}"
        if not arrow:
            found.append(Step(text))
            continue
        led = _LED.fullmatch(result.removesuffix("."))
        label, day = (led["label"], led["day"]) if led else ("", result.removesuffix("."))
        before = found.pop().days if found and found[-1].days and found[-1].text == text else ()
        # A target that is the last day as well goes without saying.
        found.append(Step(text, (*(each for each in before if each[1] != day), (label, day))))
    return tuple(found)


def label_text(fact: FactUsed) -> str:
    return f"{fact.label[:1].upper()}{fact.label[1:]}"


def is_known(fact: FactUsed) -> bool:
    return fact.value not in (UNKNOWN, language.said(UNKNOWN))


def validity_text(fact: FactUsed) -> str:
    """`seit 11.11.2020`, `01.01. – 31.03.2026`; empty where it always holds."""
    if fact.since is None:
        return (
            ""
            if fact.until is None
            else language.said("bis {day}").format(day=texts.day(fact.until))
        )
    if fact.until is None:
        return language.said("seit {day}").format(day=texts.day(fact.since))
    return f"{texts.day(fact.since)} – {texts.day(fact.until)}"


def verdict_text(contact: ContactWeighed) -> str:
    return language.said("zählt") if contact.counts else language.said("zählt nicht")


def reason_text(contact: ContactWeighed) -> str:
    """`weil …`, and where the document says so."""
    place = f" ({contact.place})" if contact.place else ""
    return language.said("weil {reason}{place}").format(reason=contact.reason, place=place)


def duties_text(contact: ContactWeighed) -> str:
    return (
        language.said("Noch zu dokumentieren: {duties}").format(duties="; ".join(contact.duties))
        if contact.duties
        else ""
    )


def reading_text(source: Source) -> str:
    """`Lesart R11 ist unsere Wahl, nicht der Wortlaut.`; empty where nothing was open."""
    if source.soft:
        return language.said("Lesart {reading} ist unsere Wahl, nicht der Wortlaut.").format(
            reading=source.reading
        )
    return (
        language.said("Lesart {reading}: So wird diese Stelle gelesen.").format(
            reading=source.reading
        )
        if source.reading
        else ""
    )


def trace_text(found: Trace, title: str) -> str:
    """The whole reason as plain text, as it is copied into a Vermerk or a mail."""
    lines = [title, language.said("Stand {day}").format(day=texts.weekday_day(found.day))]
    several = len(found.obligations) > 1
    for each in ranked(found):
        lines += ["", *_obligation_lines(each, several)]
    return "\n".join(lines)


def _obligation_lines(found: ObligationTrace, several: bool) -> Iterator[str]:
    decides = language.said("entscheidet · ") if several and found.decides else ""
    yield f"{heading(found)} ({decides}{found.state})"
    yield spoken(found)
    yield from _part(language.said("Hinweise"), [f"- {hint}" for hint in found.hints])
    yield from _part(language.said("Rechnung"), map(_step_line, folded(found.steps)))
    yield from _part(language.said("Im Konzept"), map(_source_line, found.sources))
    yield from _part(language.said("Angaben"), map(_fact_line, found.facts))
    yield from _part(language.said("Kontakte"), map(_contact_line, found.contacts))


def _part(title: str, lines: Iterable[str]) -> Iterator[str]:
    written = list(lines)
    if written:
        yield f"{title}:"
        yield from (f"  {line}" for line in written)


def _step_line(step: Step) -> str:
    days = ", ".join(f"{label} {day}" for label, day in step.days)
    return f"{step.text}{_ARROW}{days}." if days else step.text


def _source_line(source: Source) -> str:
    quoted = f"„{source.quote}“ " if source.quote else ""
    return " ".join(part for part in (f"{quoted}({source.place})", reading_text(source)) if part)


def _fact_line(fact: FactUsed) -> str:
    said = ", ".join(part for part in (fact.value, validity_text(fact)) if part)
    return f"{label_text(fact)}: {said}"


def _contact_line(contact: ContactWeighed) -> str:
    said = f"{texts.weekday_day(contact.day)}, {contact.form}: {verdict_text(contact)}"
    said = f"{said}, {reason_text(contact)}."
    return f"{said} {duties_text(contact)}." if contact.duties else said
