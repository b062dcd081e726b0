"""What stands on the page of a concept? Parts with rows of text, each with its sentence behind it.

Only words here: how they are set is the matter of `gui/widgets/policy_document.py`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from kkd_desktop.domain import language, texts
from kkd_desktop.domain.conditions_text import condition_text
from kkd_desktop.domain.explanation import demand_text
from kkd_desktop.domain.policy import (
    CapacityNorm,
    Citation,
    CountInPeriod,
    Demand,
    DeviationEffect,
    Durations,
    During,
    ExceptionKind,
    Explicit,
    FirstContact,
    Measured,
    Nature,
    NestedShares,
    Policy,
    Precedence,
    Rule,
    Steps,
)
from kkd_desktop.domain.quota_plan_text import READING_TEXTS
from kkd_desktop.domain.values import Value
from kkd_desktop.gui.concept import validity_text
from kkd_desktop.gui.theme import Tone


class Ink(StrEnum):
    """How loudly a line of a row speaks."""

    STRONG = "strong"
    LINK = "link"
    PLAIN = "plain"
    QUIET = "quiet"


class Words(Value, frozen=True):
    """One line of a cell."""

    text: str
    ink: Ink = Ink.PLAIN
    tone: Tone | None = None


Cell = tuple[Words, ...]


class Row(Value, frozen=True):
    """One row of a part. What lies behind it is shown when it is chosen."""

    key: str
    cells: tuple[Cell, ...]
    citations: tuple[Citation, ...] = ()
    remark: str = ""
    """What to say above the sentence: the note that goes with a rule."""
    link: str = ""
    """The id of the concept that the row leads to."""

    def plain(self) -> str:
        """The row as copied: its lines, cells apart by a tab."""
        return "\t".join(" – ".join(words.text for words in cell) for cell in self.cells)


class Part(Value, frozen=True):
    """A section: title, an opening sentence, rows under heads of columns."""

    title: str
    rows: tuple[Row, ...]
    lead: str = ""
    heads: tuple[str, ...] = ()
    widths: tuple[int, ...] = (100,)
    """Shares of the width, in percent."""
    numbers: tuple[int, ...] = ()
    """Columns of numbers stand at the right."""


class Reading(Value, frozen=True):
    """A whole concept, to be read from top to bottom."""

    title: str
    origin: str
    facts: tuple[Words, ...]
    parts: tuple[Part, ...]

    def rows(self) -> Iterator[Row]:
        for part in self.parts:
            yield from part.rows

    def row(self, key: str) -> Row | None:
        return next((row for row in self.rows() if row.key == key), None)


NATURES: dict[Nature, Callable[[], str]] = {
    Nature.EMPFEHLUNG: lambda: _tr("Empfehlung"),
    Nature.SOLL: lambda: _tr("Soll-Regelung"),
    Nature.MUSS: lambda: _tr("Muss-Regelung"),
}


def read(policy: Policy, standing: str, tone: Tone, today: date) -> Reading:
    """The page of `policy`; `standing` says how it stands today, in words."""
    facts = [Words(NATURES[policy.nature]()), Words(standing, tone=tone)]
    if policy.supersedes:
        facts.append(Words(_tr("löst ab: {document}").format(document=policy.supersedes)))
    parts = (
        _validity(policy, today),
        _rules(policy),
        _goals(policy),
        _counting(policy),
        _duties(policy),
        _exceptions(policy),
        _times(policy),
        _provisions(policy),
    )
    return Reading(
        policy.title,
        " · ".join(part for part in (policy.office, policy.document) if part),
        tuple(facts),
        tuple(part for part in parts if part.rows),
    )


def broken(name: str, faults: Sequence[str], note: str) -> Reading:
    """The page of a file that cannot be read: what is to be mended in it."""
    rows = tuple(Row(f"fault:{place}", (_one(fault),)) for place, fault in enumerate(faults))
    lead = _tr("Solange die Datei so ist, gilt nichts aus ihr.")
    part = Part(_tr("Was zu berichtigen ist"), rows, lead)
    facts = (Words(_tr("nicht lesbar"), tone=Tone.LATE), *([Words(note)] if note else []))
    return Reading(name, _tr("eigene Datei {name}.toml").format(name=name), facts, (part,))


def quote_text(citation: Citation) -> str:
    """`„Marktprofil Alle 6 Wochen“`; empty where there is none."""
    return f"„{citation.quote}“" if citation.quote else ""


def place_text(citation: Citation) -> str:
    """Where the sentence stands, and what is our reading of it."""
    if not citation.reading:
        return citation.place
    reading = (
        _tr("Lesart {reading}: unsere Wahl, nicht der Wortlaut")
        if citation.soft
        else _tr("Lesart {reading}")
    )
    return f"{citation.place} · {reading.format(reading=citation.reading)}"


def plain_text(reading: Reading) -> str:
    """The whole concept as text, with every sentence and its place."""
    lines = [reading.title, reading.origin, " · ".join(words.text for words in reading.facts)]
    for part in reading.parts:
        lines += ["", part.title]
        lines += [part.lead] if part.lead else []
        for row in part.rows:
            lines.append(plain_row(row))
    return "\n".join(lines)


def plain_row(row: Row) -> str:
    """A row as text, with what lies behind it indented below."""
    lines = [row.plain(), row.remark and f"    {row.remark}"]
    for citation in row.citations:
        lines += [f"    {quote_text(citation)}" if citation.quote else ""]
        lines += [f"    ({place_text(citation)})"]
    return "\n".join(line for line in lines if line)


def _validity(policy: Policy, today: date) -> Part:
    validity = policy.validity
    said = validity_text(validity, today)
    row = Row("validity", (_one(said[:1].upper() + said[1:]),), _cited(validity.citation))
    return Part(_tr("Geltung"), (row,))


def _rules(policy: Policy) -> Part:
    rows = [_rule(policy, rule) for rule in policy.rules]
    if policy.otherwise.text:
        rows.append(Row("otherwise", (_one(_tr("sonst"), Ink.QUIET), _one(policy.otherwise.text))))
    lead = (
        _tr("Die erste Zeile, die zutrifft, entscheidet.")
        if policy.precedence is Precedence.FIRST
        else _tr("Treffen mehrere Zeilen zu, entscheidet die strengste.")
    )
    if policy.obligations:
        lead = _tr("{names} gelten nebeneinander. {lead}").format(
            names=_listed(policy.obligations.values()), lead=lead
        )
    return Part(
        _tr("Wer wie oft"),
        tuple(rows),
        lead if len(policy.rules) > 1 else "",
        (_tr("Für wen"), _tr("Wie oft")),
        (44, 56),
    )


def _rule(policy: Policy, rule: Rule) -> Row:
    named = [Words(rule.title, Ink.STRONG)]
    who = _who(policy, rule)
    if _bare(who) != _bare(rule.title):
        named.append(Words(who, Ink.QUIET))
    citations = [rule.citation]
    if isinstance(rule.demand, NestedShares):
        citations += [share.citation for share in rule.demand.shares]
    if isinstance(rule.demand, CountInPeriod) and rule.demand.period_citation is not None:
        citations.append(rule.demand.period_citation)
    ink = Ink.QUIET if isinstance(rule.demand, Explicit) else Ink.PLAIN
    asked = [Words(line, ink) for line in _asked(policy, rule.demand)]
    asked += [Words(each, Ink.QUIET) for each in _details(policy, rule)]
    return Row(f"rule:{rule.id}", (tuple(named), tuple(asked)), _cited(*citations), rule.note)


def _asked(policy: Policy, demand: Demand) -> list[str]:
    """How often; shares and steps line by line."""
    if isinstance(demand, NestedShares):
        shares = demand_text(demand).split(" · ")
        if demand.measured is not Measured.EVERY_DAY:
            shares.append(_tr("erreicht {reading}").format(reading=READING_TEXTS[demand.measured]))
        return shares
    if not isinstance(demand, Steps):
        return [demand_text(demand)]
    lines: list[str] = []
    for step in demand.steps:
        text = demand_text(step.demand)
        if step.counts:
            text = f"{text} ({_class_names(policy, step.counts)})"
        lines.append(_tr("dann {text}").format(text=text) if lines else text)
    return lines


def _class_names(policy: Policy, classes: Collection[str]) -> str:
    return ", ".join(policy.classes.get(each, each) for each in sorted(classes))


def _who(policy: Policy, rule: Rule) -> str:
    parts = [condition_text(rule.when, policy.facts)]
    if isinstance(rule.demand, FirstContact):
        parts.append(_tr("noch kein zählendes Gespräch"))
    if rule.during is not None:
        parts.append(_during(rule.during))
    return " · ".join(part for part in parts if part) or _tr("alle")


def _during(during: During) -> str:
    """`Leistungsbeginn: bis 12 Monate danach`."""
    begins = "" if during.begins is None else during.begins.german()
    ends = "" if during.ends is None else during.ends.german()
    if begins and ends:
        said = _tr("{begins} bis {ends} danach")
    elif ends:
        said = _tr("bis {ends} danach")
    else:
        said = _tr("ab {begins} danach") if begins else _tr("danach")
    return f"{language.said(during.event.label)}: {said.format(begins=begins, ends=ends)}"


def _details(policy: Policy, rule: Rule) -> list[str]:
    """Which of several obligations it is, what fulfils it, and from when it runs."""
    said = []
    obligation = policy.obligations.get(rule.obligation, rule.obligation)
    if obligation not in rule.title:
        said.append(obligation)
    if rule.counts:
        names = _class_names(policy, rule.counts)
        said.append(_tr("erfüllt durch: {names}").format(names=names))
    if rule.anchor is not None:
        said.append(_tr("gerechnet ab: {event}").format(event=language.said(rule.anchor.label)))
    return said


def _goals(policy: Policy) -> Part:
    rows = tuple(
        Row(
            f"goals:{rule.id}",
            (_one(rule.title, Ink.STRONG), tuple(Words(goal) for goal in rule.goals)),
            _cited(rule.citation),
        )
        for rule in policy.rules
        if rule.goals
    )
    return Part(_tr("Wozu die Gespräche dienen"), rows, widths=(44, 56))


def _counting(policy: Policy) -> Part:
    rows = [
        Row(
            f"counting:{clause.id}",
            (
                _one(
                    condition_text(clause.when, policy.facts) or _tr("jedes Gespräch"), Ink.STRONG
                ),
                _verdict(clause.counts, clause.reason, policy.classes.get(clause.contact_class)),
            ),
            _cited(clause.citation),
        )
        for clause in policy.counting
    ]
    if policy.not_counting:
        rows.append(
            Row(
                "not_counting",
                (_one(_tr("sonst"), Ink.QUIET), _verdict(False, policy.not_counting)),
            )
        )
    return Part(
        _tr("Was als Kontakt zählt"),
        tuple(rows),
        _tr(
            "Die erste Zeile, die zutrifft, entscheidet. Versäumte Termine, E-Mails und Briefe "
            "zählen nie."
        ),
        (_tr("Welches Gespräch"), _tr("Zählt es?")),
        (44, 56),
    )


def _verdict(counts: bool, reason: str, kind: str | None = None) -> Cell:
    said = _tr("zählt, weil {reason}") if counts else _tr("zählt nicht, weil {reason}")
    verdict = Words(said.format(reason=reason))
    return (verdict,) if kind is None else (verdict, Words(kind, Ink.QUIET))


def _duties(policy: Policy) -> Part:
    rows = []
    for duty in policy.duties:
        asked = [Words(duty.text)] if duty.text else []
        if duty.note_types:
            names = [texts.NOTE_TYPES[each] for each in texts.NOTE_TYPES if each in duty.note_types]
            asked.append(Words(_tr("Vermerk: {types}").format(types=", ".join(names)), Ink.QUIET))
        if duty.contents:
            asked.append(Words(_tr("Inhalt, Ziel und Mitteleinsatz"), Ink.QUIET))
        who = condition_text(duty.when, policy.facts) or _tr("jedes zählende Gespräch")
        rows.append(
            Row(
                f"duty:{duty.id}",
                (_one(who, Ink.STRONG), tuple(asked)),
                _cited(duty.citation),
            )
        )
    return Part(
        _tr("Was zu dokumentieren ist"),
        tuple(rows),
        _tr("Fehlt etwas davon, weist das Programm darauf hin; der Kontakt zählt trotzdem."),
        widths=(44, 56),
    )


def _exceptions(policy: Policy) -> Part:
    said = {
        DeviationEffect.NONE: _tr("Weitere Ausnahmen im Einzelfall kennt das Dokument nicht.")
        if policy.exceptions
        else _tr("Das Dokument kennt keine Ausnahme im Einzelfall."),
        DeviationEffect.SUSPENDS: _tr(
            "Eine vereinbarte Ausnahme lässt die Vorgabe bis zu ihrem Ende ruhen."
        ),
        DeviationEffect.REPLACES: _tr("Ein im Einzelfall vereinbarter Tag ersetzt die Vorgabe."),
    }
    rows = [_exception(each) for each in policy.exceptions]
    rows.append(
        Row("deviation", (_one(said[policy.deviation]),), _cited(policy.deviation_citation))
    )
    for shift in policy.shifts:
        known = texts.PROFILLAGEN if shift.fact == "profile" else texts.STATUS
        left = known.get(shift.left, shift.left)
        text = _tr("{who}: Die Frist beginnt frühestens an dem Tag, an dem {left} endet.").format(
            who=condition_text(shift.when, policy.facts) or _tr("alle"), left=left
        )
        text = f"{text[:1].upper()}{text[1:]}"
        rows.append(Row(f"shift:{shift.fact}:{shift.left}", (_one(text),), _cited(shift.citation)))
    return Part(_tr("Ausnahmen"), tuple(rows))


def _exception(kind: ExceptionKind) -> Row:
    effects = {
        DeviationEffect.NONE: _tr("ändert keine Frist"),
        DeviationEffect.SUSPENDS: _tr("die Vorgabe ruht"),
        DeviationEffect.REPLACES: _tr("der vereinbarte Tag gilt"),
    }
    said = effects[kind.effect]
    if kind.ends is not None:
        said += _tr(", bis: {event}").format(event=language.said(kind.ends.label))
    if kind.longest is not None:
        said += _tr(", längstens {span}").format(span=kind.longest.german())
    return Row(f"exception:{kind.id}", (_one(f"{kind.title}: {said}"),), _cited(kind.citation))


def _times(policy: Policy) -> Part:
    rows = [_norm(place, norm) for place, norm in enumerate(policy.capacity)]
    rows += _lengths(policy.durations)
    return Part(_tr("Arbeitszeit und Gesprächsdauer"), tuple(rows), widths=(44, 56))


def _norm(place: int, norm: CapacityNorm) -> Row:
    said = [
        Words(
            _tr("{share} % der Arbeitszeit für Gespräche").format(
                share=texts.decimal(float(norm.share))
            )
        )
    ]
    if norm.number is not None and norm.at_hours is not None:
        said.append(
            Words(
                _tr("{number} Gespräche in der Woche bei {hours} Stunden").format(
                    number=norm.number, hours=texts.decimal(float(norm.at_hours))
                ),
                Ink.QUIET,
            )
        )
    if norm.slot_minutes is not None:
        said.append(
            Words(_tr("höchstens {number} Minuten").format(number=norm.slot_minutes), Ink.QUIET)
        )
    return Row(
        f"capacity:{place}", (_one(norm.title, Ink.STRONG), tuple(said)), _cited(norm.citation)
    )


def _lengths(durations: Durations) -> Iterator[Row]:
    if durations.first is not None:
        text = _tr("{number} Minuten").format(number=durations.first)
        if durations.first_preparation is not None:
            text += _tr(", dazu {number} Minuten Vor- und Nachbereitung").format(
                number=durations.first_preparation
            )
        yield Row(
            "duration:first",
            (_one(_tr("Erstgespräch"), Ink.STRONG), _one(text)),
            _cited(durations.first_citation),
        )
    if durations.regular_most is not None:
        text = _tr("höchstens {number} Minuten").format(number=durations.regular_most)
        yield Row(
            "duration:regular",
            (_one(_tr("Folgegespräch"), Ink.STRONG), _one(text)),
            _cited(durations.regular_citation),
        )


def _provisions(policy: Policy) -> Part:
    rows = tuple(
        Row(f"provision:{each.id}", (_one(each.text),), _cited(each.citation))
        for each in policy.provisions
    )
    return Part(_tr("Weitere Bestimmungen"), rows, _tr("Sie verschieben keine Frist, gelten aber."))


def _one(text: str, ink: Ink = Ink.PLAIN) -> Cell:
    return (Words(text, ink),)


def _cited(*citations: Citation | None) -> tuple[Citation, ...]:
    """What can be quoted, each once."""
    return tuple(dict.fromkeys(each for each in citations if each is not None))


def _bare(text: str) -> frozenset[str]:
    """The words alone: a title says the same as its condition in any order."""
    return frozenset(text.casefold().replace(",", "").replace(" ·", "").split())


def _listed(names: Iterable[str]) -> str:
    *first, last = names
    return _tr("{first} und {last}").format(first=", ".join(first), last=last) if first else last


def _tr(text: str) -> str:
    return QCoreApplication.translate("policy", text)
