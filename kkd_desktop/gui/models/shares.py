"""How do shares become tables: where each stands, who would fill its gap, who is left out?"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, QObject

from kkd_desktop.domain import texts
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.explanation import demand_text
from kkd_desktop.domain.policy import NestedShares
from kkd_desktop.domain.shares import Filler, LeftOut, Population, ShareStanding
from kkd_desktop.domain.values import Value
from kkd_desktop.gui.models.columns import Column, ColumnModel
from kkd_desktop.gui.theme import Tone


class ShareRow(Value, frozen=True):
    """One share of one population."""

    population: Population
    standing: ShareStanding
    title: str
    """Whose share it is, with the policy where there are several."""
    is_first: bool
    """Whether it is the first share of its population."""


class ShareModel(ColumnModel[ShareRow]):
    def columns(self) -> Sequence[Column[ShareRow]]:
        return (
            Column(
                self.tr("Für wen"),
                lambda row: row.title,
                hint=lambda row: row.title,
                # Said in every row and for a screen reader, but loudly once.
                tone=lambda row: None if row.is_first else Tone.NEUTRAL,
            ),
            Column(self.tr("Anteil"), asked_text),
            Column(self.tr("Erreicht"), reached_text),
            Column(self.tr("Nötig"), lambda row: row.standing.quota.required, number=True),
            Column(
                self.tr("Es fehlen"),
                lambda row: row.standing.quota.missing,
                written=lambda row: missing_text(row.standing),
                tone=lambda row: Tone.OK if row.standing.quota.fulfilled else Tone.SOON,
            ),
        )


class FillerModel(ColumnModel[Filler]):
    """Soonest first. `Zählt für` names every share with a gap that the one talk counts for."""

    def __init__(self, parent: QObject | None = None) -> None:
        self._spans: Mapping[str, str] = {}
        super().__init__(parent)

    def columns(self) -> Sequence[Column[Filler]]:
        return (
            Column(self.tr("Name"), lambda row: row.client.name, hint=lambda row: _who(row.client)),
            Column(self.tr("Gespräch"), lambda row: row.by, written=day_text),
            Column(
                self.tr("Termin"),
                lambda row: not row.planned,
                written=planned_text,
                tone=lambda row: Tone.OK if row.planned else None,
            ),
            Column(self.tr("Letzter Kontakt"), lambda row: row.last, written=last_text),
            Column(
                self.tr("Zählt für"),
                lambda row: -len(row.lifts),
                written=lambda row: lifts_text(row, self._spans),
            ),
        )

    def show_share(self, row: ShareRow) -> None:
        self._spans = spans(row.population)
        self.show_rows(row.standing.fillers)


class LeftOutModel(ColumnModel[LeftOut]):
    """Who waits longest first; loud are those whom neither an appointment nor a gap brings here."""

    def __init__(self, today: date, parent: QObject | None = None) -> None:
        self._today = today
        self._filling: frozenset[int] = frozenset()
        super().__init__(parent)

    def columns(self) -> Sequence[Column[LeftOut]]:
        return (
            Column(self.tr("Name"), lambda row: row.client.name, hint=lambda row: _who(row.client)),
            Column(self.tr("Nicht gesehen seit"), lambda row: row.since, written=since_text),
            Column(
                self.tr("Das sind"),
                lambda row: row.since,
                written=lambda row: waiting_text(row, self._today),
            ),
            Column(
                self.tr("Wie es weitergeht"),
                lambda row: self._place(row),
                written=lambda row: ahead_text(row, self._filling),
                tone=lambda row: (Tone.OK, None, Tone.LATE)[self._place(row)],
            ),
        )

    def show_population(self, population: Population) -> None:
        self._filling = population.filling
        self.show_rows(population.left_out)

    def _place(self, row: LeftOut) -> int:
        if row.planned:
            return 0
        return 1 if row.client.id in self._filling else 2


def share_rows(populations: Sequence[Population]) -> tuple[ShareRow, ...]:
    """Every share of every population with somebody in it."""
    several = len({population.policy.id for population in populations}) > 1
    return tuple(
        ShareRow(population, standing, _title(population, several=several), not place)
        for population in populations
        if population.number
        for place, standing in enumerate(population.shares)
    )


def asked_text(row: ShareRow) -> str:
    """`45 % innerhalb von einem Monat`."""
    return demand_text(NestedShares("", (row.standing.share,)))


def reached_text(row: ShareRow) -> str:
    """`88 von 231 (38,1 %)`."""
    quota = row.standing.quota
    said = _tr("{met} von {number}").format(
        met=texts.whole(quota.met), number=texts.whole(quota.population)
    )
    return said if quota.share is None else f"{said} ({texts.tenths(quota.share * 100)} %)"


def missing_text(standing: ShareStanding) -> str:
    quota = standing.quota
    return _tr("erreicht") if quota.fulfilled else texts.whole(quota.missing)


def day_text(row: Filler) -> str:
    """The day of the talk that is agreed, else from when on one is possible."""
    day = texts.weekday_day(row.by)
    return day if row.planned else _tr("ab {day}").format(day=day)


def planned_text(row: Filler) -> str:
    return _tr("vereinbart") if row.planned else _tr("einzuladen")


def last_text(row: Filler | LeftOut) -> str:
    return _tr("noch nie") if row.last is None else texts.day(row.last)


def since_text(row: LeftOut) -> str:
    """The last contact; for someone never met the registration."""
    if row.last is not None or row.since is None:
        return last_text(row)
    return _tr("noch nie, angemeldet {day}").format(day=texts.day(row.since))


def waiting_text(row: LeftOut, today: date) -> str:
    return "–" if row.since is None else texts.days((today - row.since).days)


def ahead_text(row: LeftOut, filling: frozenset[int]) -> str:
    if row.planned:
        return _tr("Termin {day}").format(day=texts.weekday_day(row.planned))
    if row.client.id in filling:
        return _tr("füllt eine Lücke, einzuladen")
    return _tr("kein Termin, füllt keine Lücke")


def lifts_text(row: Filler, named: Mapping[str, str]) -> str:
    """`1 Monat, 3 Monate`."""
    return ", ".join(named[each] for each in row.lifts)


def spans(population: Population) -> dict[str, str]:
    """How the shares of a population are told apart: by their spans."""
    return {each.share.id: each.share.within.german() for each in population.shares}


def plain_text(rows: Sequence[ShareRow], today: date) -> str:
    """All shares with their names as text, columns apart by tabs."""
    lines = [_tr("Anteile im Bestand am {day}").format(day=texts.day(today))]
    for place, row in enumerate(rows):
        if row.is_first:
            lines += ["", row.title]
        lines += [f"{asked_text(row)}: {_result(row)}", *_filler_lines(row)]
        if place + 1 == len(rows) or rows[place + 1].is_first:
            lines += _left_out_lines(row.population, today)
    return "\n".join(lines)


def _result(row: ShareRow) -> str:
    quota = row.standing.quota
    said = _tr("{reached}, nötig {required}").format(
        reached=reached_text(row), required=texts.whole(quota.required)
    )
    if quota.fulfilled:
        return _tr("{said}, erreicht").format(said=said)
    return _tr("{said}, es fehlen {number}").format(said=said, number=texts.whole(quota.missing))


def _filler_lines(row: ShareRow) -> Iterator[str]:
    named = spans(row.population)
    for each in row.standing.fillers:
        cells = (
            _who(each.client),
            day_text(each),
            planned_text(each),
            _tr("letzter Kontakt {day}").format(day=last_text(each)),
            _tr("zählt für {spans}").format(spans=lifts_text(each, named)),
        )
        yield "\t" + "\t".join(cells)


def _left_out_lines(population: Population, today: date) -> Iterator[str]:
    if population.left_out:
        yield left_out_title(population)
    for each in population.left_out:
        cells = (
            _who(each.client),
            since_text(each),
            waiting_text(each, today),
            ahead_text(each, population.filling),
        )
        yield "\t" + "\t".join(cells)


def left_out_title(population: Population) -> str:
    """`Seit über 6 Monaten oder noch nie gesehen`."""
    return _tr("Seit über {span} oder noch nie gesehen").format(
        span=population.shares[-1].share.within.dative()
    )


def _title(population: Population, *, several: bool) -> str:
    title = population.rule.title
    # The people first: where room is short the end is cut off.
    return f"{title} · {population.policy.short_title}" if several else title


def _who(client: Client) -> str:
    """The name with the number, for those who share a name."""
    return f"{client.name}, {client.mark}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("shares", text)
