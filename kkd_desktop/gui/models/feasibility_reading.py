"""What stands on the page about whether a concept can be kept? Readings, rules, and who is out."""

from fractions import Fraction
from math import ceil

from PySide6.QtCore import QCoreApplication

from kkd_desktop.domain import texts
from kkd_desktop.domain.explanation import demand_text
from kkd_desktop.domain.feasibility import Feasibility, verdict
from kkd_desktop.domain.policy import NestedShares
from kkd_desktop.domain.workload import READING_NOTES, READING_TEXTS, RuleDemand
from kkd_desktop.gui.models.policy_reading import Cell, Ink, Part, Reading, Row, Words
from kkd_desktop.gui.theme import Tone


def read(found: Feasibility) -> Reading:
    """The whole answer, below the figures that say it at a glance."""
    title = " + ".join(policy.short_title for policy in found.policies)
    supply = found.supply
    counted = _tr("Gerechnet bis {day} mit {days} und {minutes} Minuten je Gespräch").format(
        day=texts.day(supply.last),
        days=texts.counted(supply.working_days, "offenen Tag", "offenen Tagen"),
        minutes=supply.minutes,
    )
    parts = (_readings(found), _rules(found), _rest(found))
    return Reading(title, counted, (), tuple(part for part in parts if part.rows))


def result(found: Feasibility) -> tuple[str, str, Tone]:
    """In a word, in a few more, and how it feels."""
    readings = found.demand.per_month.readings()
    if found.is_feasible(readings[-1]):
        every = _tr("in jeder Lesart") if len(readings) > 1 else _tr("in der Zeit, die da ist")
        return _tr("erreichbar"), every, Tone.OK
    if found.is_feasible(readings[0]):
        return _tr("knapp"), _tr("erreichbar nur in der sparsamsten Lesart"), Tone.SOON
    word, _, rest = verdict(found, readings[0]).partition(", ")
    return word, rest, Tone.LATE


def span_text(least: Fraction, most: Fraction) -> str:
    """`118,8 – 144`, or one number where both are the same."""
    one, other = texts.tenths(least), texts.tenths(most)
    return one if one == other else f"{one} – {other}"


def persons(number: int) -> str:
    return texts.counted(number, "Person", "Personen")


def _readings(found: Feasibility) -> Part:
    readings = found.demand.per_month.readings()
    rows = tuple(
        Row(
            f"reading:{reading}",
            (
                (
                    Words(READING_TEXTS[reading], Ink.STRONG),
                    Words(READING_NOTES[reading], Ink.QUIET),
                ),
                _one(texts.tenths(found.demand.per_month.of(reading))),
                _one(texts.whole(ceil(found.needed(reading)))),
                _one(texts.whole(ceil(found.invitations(reading)))),
                (
                    Words(
                        verdict(found, reading),
                        tone=Tone.OK if found.is_feasible(reading) else Tone.LATE,
                    ),
                ),
            ),
        )
        for reading in readings
    )
    several = len(readings) > 1
    return Part(
        _tr("Wie man das Konzept lesen kann") if several else _tr("Was nötig ist"),
        rows,
        _tr("Einladungen: so viele, dass trotz versäumter Termine genug Gespräche stattfinden."),
        (
            _tr("Lesart"),
            _tr("im Monat"),
            _tr("Gespräche"),
            _tr("Einladungen"),
            _tr("Ergebnis"),
        ),
        (32, 11, 14, 15, 28),
        numbers=(1, 2, 3),
    )


def _rules(found: Feasibility) -> Part:
    """What each rule asks for; what is asked once has a column where there is any."""
    rules, once = found.demand.rules, bool(found.demand.once)
    heads = (_tr("Vorgabe"), _tr("Personen"), _tr("im Monat"), _tr("einmalig"))
    return Part(
        _tr("Woher die Gespräche kommen"),
        tuple(_rule(each, once=once) for each in rules),
        heads=heads if once else heads[:-1],
        widths=(49, 14, 23, 14) if once else (60, 16, 24),
        numbers=(1, 2, 3) if once else (1, 2),
    )


def _rule(asked: RuleDemand, *, once: bool) -> Row:
    rule, per_month = asked.rule, asked.per_month
    often = [Words(line, Ink.QUIET) for line in demand_text(rule.demand).split(" · ")]
    cells = [
        (Words(rule.title, Ink.STRONG), *often),
        _one(texts.whole(asked.clients)),
        _one(span_text(per_month.rotation, per_month.comfortable)),
    ]
    if once:
        cells.append(_one(texts.whole(asked.once) if asked.once else "–"))
    shares = rule.demand.shares if isinstance(rule.demand, NestedShares) else ()
    citations = (rule.citation, *(share.citation for share in shares))
    return Row(f"rule:{asked.policy.id}:{rule.id}", tuple(cells), citations)


def _rest(found: Feasibility) -> Part:
    """Who is in none of the rows, and what else there is to know about the time."""
    said = {
        "without": (_tr("Ohne Vorgabe zur Zahl der Gespräche"), found.demand.without),
        "resting": (_tr("Vorgabe ruht wegen einer Ausnahme"), found.demand.resting),
        "overdue": (_tr("Schon über der Vorgabe, mitgerechnet"), found.overdue),
    }
    rows = [
        Row(key, (_one(text), _one(persons(number))))
        for key, (text, number) in said.items()
        if number
    ]
    norm = found.supply.norm
    if norm is not None:
        talks = texts.counted(norm, "Gespräch", "Gespräche")
        rows.append(Row("norm", (_one(_tr("Kapazitätsvorgabe für diesen Zeitraum")), _one(talks))))
    return Part(_tr("Außerdem"), tuple(rows), widths=(63, 37))


def _one(text: str) -> Cell:
    return (Words(text),)


def _tr(text: str) -> str:
    return QCoreApplication.translate("feasibility", text)
