"""When do we meet again? The proposals under a contact that is being logged."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kkd_desktop.actions.proposals import NextTalk
from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import Appointment
from kkd_desktop.domain.explanation import demand_text
from kkd_desktop.domain.language import said
from kkd_desktop.domain.outcome import Outcome
from kkd_desktop.domain.policy import Explicit
from kkd_desktop.domain.proposals import Proposal
from kkd_desktop.domain.values import Value
from kkd_desktop.gui import theme
from kkd_desktop.gui.dialogs.appointment import Choice
from kkd_desktop.gui.models.worklist_rows import appointment_text, state_text
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.labels import ElidedLabel, PlainLabel
from kkd_desktop.gui.widgets.tiles import ProposalTiles, Tile

_MOST = 5
_TILE_HEIGHT = 54
_KEEP, _OTHER = "keep", "other"


class _Shown(Value, frozen=True):
    tile: Tile
    talk: Proposal | Choice | None


class NextTalkPanel(QWidget):
    """What is due once this is logged, and up to five proposals to choose from.

    Signals:
        value_changed: another tile was chosen.
        activated: a tile was double-clicked.
        other_day_requested: the caseworker wants to choose the day.
    """

    value_changed = Signal()
    activated = Signal()
    other_day_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: dict[str, _Shown] = {}
        self._choice: Choice | None = None
        self._default: str | None = None
        self._last: tuple[NextTalk, Appointment | None] | None = None
        self.due = ElidedLabel(muted=True)
        self.tiles = ProposalTiles(self.tr("Nächster Termin"))
        self.other = Button(self.tr("Anderer Tag …"))
        self.none = PlainLabel(muted=True, wrap=True)
        self.none.hide()
        self.why = PlainLabel(muted=True, size=theme.SMALL_SIZE, wrap=True)
        # Room for two lines, so that nothing moves while one chooses.
        self.why.setMinimumHeight(2 * self.why.fontMetrics().lineSpacing())
        self.why.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.other.setFixedHeight(_TILE_HEIGHT)
        self.forget()

        head = QHBoxLayout()
        head.setSpacing(theme.MEDIUM)
        head.addWidget(PlainLabel(self.tr("Nächster Termin"), weight=QFont.Weight.DemiBold))
        head.addStretch(1)
        head.addWidget(self.due, 8)
        row = QHBoxLayout()
        row.setSpacing(theme.SMALL)
        row.addWidget(self.tiles)
        row.addWidget(self.none, 1)
        row.addWidget(self.other)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addLayout(head)
        column.addLayout(row)
        column.addWidget(self.why)

        self.due.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.tiles.value_changed.connect(self._take_tile)
        self.tiles.activated.connect(lambda value: self.activated.emit())
        self.other.clicked.connect(self.other_day_requested)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.tiles.fit(self.width() - self.other.sizeHint().width() - theme.SMALL)

    def show_talk(self, found: NextTalk, agreed: Appointment | None) -> None:
        """Show the proposals; an appointment that is agreed already stays unless one is chosen."""
        self._last = (found, agreed)
        # Whoever chose a tile keeps it; otherwise the best one is it, however it changes.
        chosen = self.tiles.value() if self.tiles.value() != self._default else None
        shown = [] if agreed is None else [_kept(agreed, self.tr("bleibt"))]
        if self._choice is not None:
            shown.append(_chosen(self._choice, self.tr("selbst gewählt")))
        shown += [_proposed(each) for each in _in_order(found, _MOST - len(shown))]
        self._shown = {each.tile.id: each for each in shown}
        best = None if found.best is None else _id(found.best)
        self._default = best if agreed is None else _KEEP
        wanted = chosen if chosen in self._shown else self._default
        self.tiles.show_tiles([each.tile for each in shown], wanted)
        self.other.show()
        self.tiles.setVisible(bool(shown))
        self.none.setText("" if shown else found.suggestion.note)
        self.none.setVisible(not shown)
        self.due.setText(_due(found.outcome))
        self._explain()
        self.value_changed.emit()

    def take(self, choice: Choice) -> None:
        """A day that the caseworker chose joins the tiles and is chosen."""
        self._choice = choice
        if self._last is not None:
            self.show_talk(*self._last)
        self.tiles.set_value(_OTHER)
        self.tiles.setFocus()

    def forget(self) -> None:
        """Nothing to show yet: nobody was chosen."""
        self._choice = self._last = self._default = None
        self._shown = {}
        self.tiles.show_tiles([])
        self.due.setText("")
        self._explain()
        self.none.setText(self.tr("Sobald jemand gewählt ist, stehen hier Vorschläge."))
        self.none.show()
        self.tiles.hide()
        self.other.hide()

    def _take_tile(self, tile: str) -> None:
        self._explain()
        self.value_changed.emit()

    def _explain(self) -> None:
        """Why the chosen one."""
        shown = self._shown.get(self.tiles.value() or "")
        self.why.setText("" if shown is None else shown.tile.reason)
        self.why.setVisible(self.has_choice())

    def has_choice(self) -> bool:
        """Whether any tile is shown."""
        return bool(self._shown)

    def value(self) -> Proposal | Choice | None:
        """What is to be booked; None keeps what was agreed, or books nothing."""
        shown = self._shown.get(self.tiles.value() or "")
        return None if shown is None else shown.talk


def _in_order(found: NextTalk, most: int) -> list[Proposal]:
    """The best proposal and the first of the others, by time as on a calendar; then those that
    others of the BG would come along to.
    """
    if found.best is None:
        return []
    together = found.suggestion.together
    others = found.suggestion.others[: most - 1 - len(together)]
    return [*sorted([found.best, *others], key=lambda each: each.start), *together]


def _id(proposal: Proposal) -> str:
    """An id of the tile that is the same when the proposals are looked for again."""
    way = "" if not proposal.beside else " joint" if proposal.joint else " row"
    return proposal.start.isoformat() + way


def _due(outcome: Outcome) -> str:
    """`Förderprofil, zwischen 2 und 3 Monaten: 20.01. – 20.02.`"""
    found = outcome.deciding
    words = state_text(found, outcome.today)
    if found.rule is None or isinstance(found.rule.demand, Explicit) or found.latest is None:
        return words
    return f"{found.rule.title}, {demand_text(found.rule.demand)}: {words}"


def _kept(agreed: Appointment, detail: str) -> _Shown:
    title = appointment_text(agreed, agreed.day)
    return _Shown(Tile(_KEEP, _title(agreed.start), detail, title), None)


def _chosen(choice: Choice, detail: str) -> _Shown:
    return _Shown(Tile(_OTHER, _title(choice.start), detail), choice)


def _proposed(proposal: Proposal) -> _Shown:
    reason = _sentence("; ".join(proposal.reasons))
    if proposal.drawback:
        reason += said(" Nicht zuerst: {drawback}.").format(drawback=proposal.drawback)
    detail = proposal.label
    if proposal.beside:
        # The line below the tiles has the names; here they would leave no room for the hour.
        detail = (
            said("gemeinsam, {minutes} min").format(minutes=proposal.minutes)
            if proposal.joint
            else said("nacheinander")
        )
    return _Shown(Tile(_id(proposal), _title(proposal.start), detail, reason), proposal)


def _title(start: datetime) -> str:
    return f"{texts.short_day(start.date())} {texts.clock(start)}"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""
