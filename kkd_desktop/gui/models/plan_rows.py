"""Which rows tell of a proposed plan? Weeks with their talks, and who has none, and why."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from kkd_desktop.domain import texts
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.contact import ContactForm
from kkd_desktop.domain.folding import fold
from kkd_desktop.domain.plan import Plan, PlannedTalk, WeekOfPlan
from kkd_desktop.domain.values import Value
from kkd_desktop.domain.week import monday_of
from kkd_desktop.gui.models.week_proposals import Key

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


class Part(StrEnum):
    """The parts of a plan beside its weeks."""

    UNPLACED = "unplaced"
    LATE_ANYWAY = "late_anyway"
    NOT_ASKED = "not_asked"


class PlanRow(Value, frozen=True):
    """Somebody in a plan. `talk` is theirs, None where they have none; `told` is the whole of it in
    lines; `warns` marks what is late.
    """

    client: Client
    right: str
    second: str
    told: tuple[str, ...]
    right_below: str = ""
    talk: PlannedTalk | None = None
    warns: bool = False

    @property
    def key(self) -> Key | None:
        return None if self.talk is None else self.talk.key


class PlanGroup(Value, frozen=True):
    """A week of the plan, or one of its other parts, with those in it."""

    title: str
    rows: tuple[PlanRow, ...]
    note: str = ""
    week: WeekOfPlan | None = None
    part: Part | None = None


def groups_of(plan: Plan) -> list[PlanGroup]:
    """Weeks first, then who has no place, who is late whatever is planned, and who is not asked."""
    talks: dict[object, list[PlannedTalk]] = {}
    for each in plan.talks:
        talks.setdefault(monday_of(each.day), []).append(each)
    found = [
        PlanGroup(_week_title(week), tuple(map(_talk_row, talks.get(week.monday, ()))), week=week)
        for week in plan.weeks
    ]
    unplaced = [
        PlanRow(
            each.client,
            _by(each.asked.latest or each.asked.target, each.asked.latest is None),
            each.reason,
            (each.reason,),
            warns=each.late,
        )
        for each in plan.unplaced
    ]
    late = [
        PlanRow(each.client, _by(each.latest), each.reason, (each.reason,), warns=True)
        for each in plan.late_anyway
    ]
    others = [PlanRow(each.client, "", each.reason, (each.reason,)) for each in plan.not_asked]
    overdue = sum(row.warns for row in unplaced)
    found += [
        _part(
            Part.UNPLACED,
            _tr("Ohne Platz"),
            unplaced,
            _tr("{n} davon liegen dann später als vorgegeben").format(n=overdue)
            if overdue
            else _tr("alle können bis nach dem Zeitraum warten"),
        ),
        _part(
            Part.LATE_ANYWAY,
            _tr("Auf jeden Fall später als vorgegeben"),
            late,
            _tr("was auch geplant wird"),
        ),
        _part(Part.NOT_ASKED, _tr("Nicht im Plan"), others, counted_reasons(others)),
    ]
    return [each for each in found if each.rows or each.week is not None]


def counted_reasons(rows: Iterable[PlanRow]) -> str:
    """`61 erst nach dem Zeitraum an der Reihe · 20 keine Vorgabe`, the most frequent first."""
    counts = Counter(row.second.partition(" (")[0] for row in rows)
    return " · ".join(f"{number} {reason}" for reason, number in counts.most_common())


def fullness(plan: Plan, week: WeekOfPlan) -> tuple[str, str]:
    """How full a week is: `erwartet 16,9 von 24` and `4 vereinbart + 18 neu`."""
    agreed = _tr("{n} vereinbart").format(n=week.agreed)
    below = _tr("{agreed} + {new} neu").format(agreed=agreed, new=week.planned)
    expected = texts.tenths(week.expected)
    if week.norm is None:
        return _tr("erwartet {n}").format(n=expected), below
    unit = _tr(" Std.") if plan.counts_hours else ""
    return _tr("erwartet {n} von {norm}{unit}").format(n=expected, norm=week.norm, unit=unit), below


def week_told(plan: Plan, week: WeekOfPlan) -> tuple[str, ...]:
    """The same in whole sentences."""
    expected = texts.tenths(week.expected)
    unit = _tr("Stunden") if plan.counts_hours else _tr("Gespräche")
    lines = [
        _tr("{agreed} schon vereinbart, {new} neu vorgeschlagen.").format(
            agreed=texts.counted(week.agreed, "Termin ist", "Termine sind"),
            new=week.planned,
        ),
        _tr("Davon finden voraussichtlich {n} {unit} statt.").format(n=expected, unit=unit)
        if plan.show is not None
        else _tr("Gerechnet wird, als kämen alle: {n} {unit}.").format(n=expected, unit=unit),
    ]
    if week.norm is None:
        lines.append(_tr("Das Konzept gibt für die Woche keine Zahl vor."))
    elif week.over:
        lines.append(
            _tr("Vorgabe der Kapazität: {norm}; das sind {over} mehr.").format(
                norm=week.norm, over=texts.tenths(week.over)
            )
        )
    else:
        lines.append(_tr("Vorgabe der Kapazität: {norm}.").format(norm=week.norm))
    if week.part < 100:
        lines.append(_tr("Die Woche hat {part} % der üblichen Sprechzeit.").format(part=week.part))
    return tuple(lines)


def _week_title(week: WeekOfPlan) -> str:
    number = week.monday.isocalendar().week
    return _tr("KW {n} ab {day}").format(n=number, day=texts.short_day(week.monday))


def _talk_row(talk: PlannedTalk) -> PlanRow:
    form = "" if talk.form is ContactForm.PERSOENLICH else texts.FORMS[talk.form]
    late = texts.counted(talk.late_days, "Tag", "Tage")
    below = _tr("{days} später").format(days=late) if talk.late_days else talk.length.german()
    return PlanRow(
        talk.client,
        f"{texts.short_day(talk.day)} {texts.clock(talk.start)}",
        "; ".join((*talk.household, *talk.reasons)),
        tuple(_told(talk)),
        " · ".join(part for part in (form, below) if part),
        talk,
        bool(talk.late_days),
    )


def _told(talk: PlannedTalk) -> Iterator[str]:
    yield f"{texts.moment(talk.start)} · {texts.FORMS[talk.form]} · {talk.length.german()}"
    yield from (_sentence(each) for each in (*talk.reasons, *talk.household, *talk.notes))
    if talk.percent < 100:
        yield _tr("Kommt voraussichtlich mit {n} %.").format(n=talk.percent)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].removesuffix('.')}."


def _by(day: Any, is_target: bool = False) -> str:
    word = _tr("Ziel") if is_target else _tr("bis")
    return f"{word} {texts.short_day(day)}"


def _part(part: Part, title: str, rows: Sequence[PlanRow], note: str = "") -> PlanGroup:
    ordered = sorted(rows, key=lambda row: (not row.warns, fold(row.client.name), row.client.id))
    return PlanGroup(title, tuple(ordered), note, part=part)


_GROUP = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_CHOOSABLE_GROUP = _GROUP | Qt.ItemFlag.ItemIsUserCheckable
_ROW = _GROUP | Qt.ItemFlag.ItemNeverHasChildren
_CHOOSABLE_ROW = _ROW | Qt.ItemFlag.ItemIsUserCheckable


class PlanModel(QAbstractItemModel):
    """Groups with their rows; talks and weeks have check boxes.

    Signals:
        ticked: another choice of talks; carries what goes along with it, in words.
    """

    ticked = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.plan: Plan | None = None
        self.groups: list[PlanGroup] = []
        self.chosen: frozenset[Key] = frozenset()
        self.gone: frozenset[Key] = frozenset()
        self._weeks: dict[object, WeekOfPlan] = {}

    def show_plan(self, plan: Plan | None, groups: Sequence[PlanGroup] | None = None) -> None:
        """Show it with all of its talks chosen; None shows nothing.

        `groups` are those of the plan where they are at hand: making them takes 30 ms with 10,000
        people.
        """
        self.beginResetModel()
        self.plan = plan
        if groups is None:
            groups = [] if plan is None else groups_of(plan)
        self.groups = list(groups)
        self.chosen = frozenset(() if plan is None else (talk.key for talk in plan.talks))
        self.gone = frozenset()
        self._weeks = {}
        for group in self.groups:
            self._reckon(group)
        self.endResetModel()

    def leave_out(self, gone: Collection[Key]) -> None:
        """The caseload has outrun these: they cannot be chosen any more."""
        self.gone = frozenset(gone)
        self._choose(self.chosen - self.gone, self.gone)
        self.ticked.emit("")

    def talks(self) -> tuple[PlannedTalk, ...]:
        return () if self.plan is None else self.plan.talks

    def group(self, index: Index) -> PlanGroup | None:
        """The group whose heading this is."""
        is_heading = index.isValid() and not index.internalId()
        return self.groups[index.row()] if is_heading else None

    def row(self, index: Index) -> PlanRow | None:
        if not index.isValid() or not index.internalId():
            return None
        return self.groups[index.internalId() - 1].rows[index.row()]

    def week(self, group: PlanGroup) -> WeekOfPlan | None:
        """The week of a group with what is chosen in it."""
        return None if group.week is None else self._weeks[group.week.monday]

    def index_of(self, key: Key) -> QModelIndex:
        """Where this talk stands."""
        for place, group in enumerate(self.groups):
            for number, row in enumerate(group.rows):
                if row.key == key:
                    return self.index(number, 0, self.index(place, 0))
        return QModelIndex()

    def toggle(self, index: Index) -> None:
        """Choose or leave out a talk, or all of a week; those that rest on each other go along."""
        group, row = self.group(index), self.row(index)
        if row is not None and row.talk is not None:
            self.toggle_talk(row.talk)
        elif group is not None and group.week is not None:
            keys = {row.key for row in group.rows if row.key is not None} - self.gone
            self._toggle([r.talk for r in group.rows if r.talk and r.key in keys])

    def toggle_talk(self, talk: PlannedTalk) -> None:
        if talk.key not in self.gone:
            self._toggle([talk])

    def _toggle(self, talks: Sequence[PlannedTalk]) -> None:
        """All of them, or none where all are chosen."""
        keys = {talk.key for talk in talks}
        if not keys or self.plan is None:
            return
        before = self.chosen
        if keys <= before:
            along = {late.key for talk in talks for late in self.plan.resting_on(talk)}
            others = (along & before) - keys
            chosen = before - keys - along
        else:
            # A later talk rests on those before it.
            along = {(client, nth) for client, last in keys for nth in range(last)}
            others = along - before - keys
            chosen = before | keys | along
        self._choose(chosen)
        self.ticked.emit(self._said(others, left_out=keys <= before))

    def _said(self, others: Collection[Key], *, left_out: bool) -> str:
        """`Damit entfällt auch der Folgetermin am Di 12.01.`"""
        found = [talk for talk in self.talks() if talk.key in others]
        if not found:
            return ""
        if len(found) == 1:
            said = _tr("Damit entfällt auch der Folgetermin am {day}, der auf ihm beruht.")
            if not left_out:
                said = _tr("Dazu gehört auch der Termin davor am {day}; er ist mit gewählt.")
            return said.format(day=texts.short_day(found[0].day))
        said = _tr("Damit entfallen auch {n} Folgetermine, die darauf beruhen.")
        if not left_out:
            said = _tr("Dazu gehören auch {n} Termine davor; sie sind mit gewählt.")
        return said.format(n=len(found))

    def _choose(self, chosen: frozenset[Key], others: Collection[Key] = ()) -> None:
        """Choose these; the rows of `others` look otherwise as well."""
        changed = (self.chosen ^ chosen) | frozenset(others)
        self.chosen = chosen
        for place, group in enumerate(self.groups):
            places = [n for n, row in enumerate(group.rows) if row.key in changed]
            if places:
                self._reckon(group)
                top = self.index(place, 0)
                self.dataChanged.emit(top, top)
                first, last = (self.index(n, 0, top) for n in (places[0], places[-1]))
                self.dataChanged.emit(first, last)

    def _reckon(self, group: PlanGroup) -> None:
        """How full its week is with what is chosen."""
        if self.plan is not None and group.week is not None:
            week = self.plan.week_with(group.week, self.chosen)
            self._weeks[group.week.monday] = week

    def check_state(self, index: Index) -> Qt.CheckState | None:
        """None where there is nothing to choose."""
        group, row = self.group(index), self.row(index)
        if row is not None and row.key is not None:
            on = row.key in self.chosen
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        if group is None or group.week is None or not group.rows:
            return None
        number = sum(row.key in self.chosen for row in group.rows)
        if number == len(group.rows):
            return Qt.CheckState.Checked
        return Qt.CheckState.PartiallyChecked if number else Qt.CheckState.Unchecked

    def told(self, index: Index) -> tuple[str, tuple[str, ...]]:
        """What a row says in full: its title and its sentences."""
        group, row = self.group(index), self.row(index)
        if row is not None:
            if row.key in self.gone:
                return row.client.name, (_outdated(), *row.told)
            return row.client.name, row.told
        if group is None or self.plan is None:
            return "", ()
        week = self.week(group)
        if week is not None:
            return group.title, week_told(self.plan, week)
        lines = [part for part in group.note.split(" · ") if part]
        return f"{group.title} ({len(group.rows)})", tuple(lines)

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if not 0 <= row < self.rowCount(parent) or column:
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        group = index.internalId() if index.isValid() else 0
        return self.createIndex(group - 1, 0, 0) if group else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self.groups)
        group = self.group(parent)
        return 0 if group is None else len(group.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        # A view asks twice for every row when it lays them out.
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        number = index.internalId()
        group = self.groups[number - 1 if number else index.row()]
        if number:
            return _ROW if group.rows[index.row()].key is None else _CHOOSABLE_ROW
        return _GROUP if group.week is None or not group.rows else _CHOOSABLE_GROUP

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Role.DisplayRole:
            group, row = self.group(index), self.row(index)
            return row.client.name if row is not None else group.title if group else None
        if role == Role.CheckStateRole:
            return self.check_state(index)
        if role == Role.AccessibleTextRole:
            title, lines = self.told(index)
            return ", ".join((title, *lines))
        return None


def bar_share(week: WeekOfPlan) -> tuple[Fraction, Fraction]:
    """How much of the norm is reached, and by how much it is exceeded, as parts of the bar."""
    if not week.norm:
        return Fraction(0), Fraction(0)
    whole = max(week.expected, Fraction(week.norm))
    return min(week.expected, Fraction(week.norm)) / whole, week.over / whole


def _outdated() -> str:
    return _tr("Überholt: Die Person oder die Zeit hat sich seit dem Plan geändert.")


def _tr(text: str) -> str:
    return QCoreApplication.translate("plan_rows", text)
