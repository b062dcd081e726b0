"""How does a reason look, step by step? One section for each obligation that was weighed."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kkd_desktop.domain import texts, trace_text
from kkd_desktop.domain.language import german, said
from kkd_desktop.domain.outcome import STATE_TEXTS, FactUsed, State
from kkd_desktop.domain.trace import ContactWeighed, ObligationTrace, Source
from kkd_desktop.gui import theme
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Banner
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.card import Line, Quote
from kkd_desktop.gui.widgets.chip import Chip
from kkd_desktop.gui.widgets.labels import Paragraph, PlainLabel

FIRST_CONTACTS = 5

_LEAD_SIZE = 15.0
_NAME_WIDTH = 116
_DAY_WIDTH, _FORM_WIDTH, _WORD_WIDTH = 98, 84, 76

_TONES = {
    state: tone
    for tone, states in {
        Tone.LATE: (State.OVERDUE, State.FAILED),
        Tone.SOON: (State.DUE_TODAY, State.BEHIND, State.NO_PROFILE, State.NO_ANCHOR),
        Tone.OK: (State.OK, State.MET, State.ON_PACE),
    }.items()
    for state in states
}


def _tone(word: str) -> Tone:
    """Of a state in words: kept reasons have it in German, others as it is read now."""
    told = {
        text: state for known in (STATE_TEXTS, STATE_TEXTS.german) for state, text in known.items()
    }
    state = told.get(word)
    return Tone.NEUTRAL if state is None else _TONES.get(state, Tone.NEUTRAL)


class ObligationView(QWidget):
    """One obligation: what it says, how it is reckoned, and on what it stands.

    Where it does not decide, the steps come on demand. What was `kept` is German, and so is all
    that stands beside it: half a sentence in each language would help nobody.

    Signals:
        grown: more is shown than before.
    """

    grown = Signal()

    def __init__(
        self,
        found: ObligationTrace,
        *,
        several: bool = False,
        kept: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._found = found
        self._kept = kept
        self.setAccessibleName(trace_text.heading(found))
        self.more_contacts: Button | None = None
        self.contact_rows = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.MEDIUM)
        with self._spoken():
            self._add_head(several)
            self._add_hints()
        self.show_steps = Button(self.tr("Schritte zeigen"), kind="link")
        self.show_steps.setProperty("flush", "true")
        self.show_steps.setAccessibleDescription(trace_text.heading(found))
        self._column.addWidget(self.show_steps, 0, Qt.AlignmentFlag.AlignLeft)

        self.show_steps.clicked.connect(self.unfold)
        if found.decides or not several:
            self.unfold()

    def unfold(self) -> None:
        """Show every step."""
        self.show_steps.hide()
        found = self._found
        with self._spoken():
            if found.steps:
                self._add_part(self.tr("Rechnung"), self._steps(found.steps))
            if found.sources:
                self._add_part(self.tr("Im Konzept"), self._sources(found))
            if found.facts:
                self._add_part(self.tr("Angaben"), self._facts(found.facts))
            self._add_part(self.tr("Kontakte"), self._contacts(found.contacts))
        self.grown.emit()

    def _spoken(self) -> AbstractContextManager[None]:
        return german() if self._kept else nullcontext()

    def _add_head(self, several: bool) -> None:
        found = self._found
        chips = QHBoxLayout()
        chips.setSpacing(theme.SMALL)
        top = Qt.AlignmentFlag.AlignTop
        if several and found.decides:
            chips.addWidget(Chip(self.tr("entscheidet"), Tone.ACCENT), 0, top)
        chips.addWidget(Chip(found.state, _tone(found.state)), 0, top)
        name = PlainLabel(trace_text.heading(found), muted=True, wrap=True)
        name.setContentsMargins(0, theme.HAIR, 0, 0)
        chips.addWidget(name, 1, top)
        self.lead = Paragraph(trace_text.spoken(found))
        if found.decides:
            self.lead.setFont(theme.font(_LEAD_SIZE))
        self._column.addLayout(chips)
        self._column.addWidget(self.lead)

    def _add_hints(self) -> None:
        for hint in self._found.hints:
            banner = Banner()
            banner.say(self.tr("Hinweis"), hint, Tone.SOON)
            self._column.addWidget(banner)

    def _add_part(self, title: str, content: QWidget) -> None:
        name = PlainLabel(title, muted=True)
        name.setFixedWidth(_NAME_WIDTH)
        name.setBuddy(content)
        content.setAccessibleName(title)
        row = QHBoxLayout()
        row.setSpacing(theme.MEDIUM)
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(content, 1)
        self._column.addWidget(Line())
        self._column.addLayout(row)

    def _steps(self, steps: Sequence[str]) -> QWidget:
        block, grid = _grid()
        row = 0
        for place, step in enumerate(trace_text.folded(steps), 1):
            number = PlainLabel(f"{place}.", muted=True)
            grid.addWidget(number, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(PlainLabel(step.text, wrap=True), row, 1, 1, 2)
            row += 1
            for label, day in step.days:
                grid.addWidget(PlainLabel(label, muted=True), row, 1)
                grid.addWidget(PlainLabel(day, weight=QFont.Weight.Medium, wrap=True), row, 2)
                row += 1
        grid.setColumnStretch(2, 1)
        return block

    def _sources(self, found: ObligationTrace) -> QWidget:
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        for source in found.sources:
            column.addWidget(Quote(source.quote, f"{found.document}, {source.place}"))
            if (said := trace_text.reading_text(source)) != "":
                column.addWidget(self._reading(source, said))
        return block

    def _reading(self, source: Source, said: str) -> QWidget:
        label = PlainLabel(said, wrap=True, muted=not source.soft)
        if source.soft:
            label.set_tone(Tone.SOON)
        label.setContentsMargins(theme.LARGE, 0, 0, 0)
        return label

    def _facts(self, facts: Sequence[FactUsed]) -> QWidget:
        block, grid = _grid()
        for place, fact in enumerate(facts):
            validity = PlainLabel(trace_text.validity_text(fact), muted=True)
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(PlainLabel(trace_text.label_text(fact), wrap=True), place, 0, top)
            if trace_text.is_known(fact):
                value = PlainLabel(fact.value, weight=QFont.Weight.Medium, wrap=True)
                grid.addWidget(value, place, 1, top)
            else:
                grid.addWidget(Chip(fact.value), place, 1, top)
            grid.addWidget(validity, place, 2, top)
        if not all(map(trace_text.is_known, facts)):
            note = PlainLabel(
                said(trace_text.ABOUT_UNKNOWN), muted=True, wrap=True, size=theme.SMALL_SIZE
            )
            grid.addWidget(note, len(facts), 0, 1, 3)
        for column, share in enumerate((4, 4, 4)):
            grid.setColumnStretch(column, share)
        return block

    def _contacts(self, contacts: Sequence[ContactWeighed]) -> QWidget:
        block, grid = _grid()
        grid.setColumnStretch(3, 1)
        for column, width in enumerate((_DAY_WIDTH, _FORM_WIDTH, _WORD_WIDTH)):
            grid.setColumnMinimumWidth(column, width)
        self._add_contacts(grid, contacts[:FIRST_CONTACTS])
        rest = contacts[FIRST_CONTACTS:]
        if not contacts:
            grid.addWidget(PlainLabel(self.tr("Noch kein Kontakt erfasst."), muted=True), 0, 0)
        if rest:
            self.more_contacts = more = Button(
                self.tr("{number} weitere anzeigen").format(number=len(rest)), kind="link"
            )
            more.setProperty("flush", "true")
            grid.addWidget(more, len(contacts), 0, 1, 4, Qt.AlignmentFlag.AlignLeft)
            more.clicked.connect(lambda: self._show_rest(grid, rest))
        return block

    def _show_rest(self, grid: QGridLayout, rest: Sequence[ContactWeighed]) -> None:
        assert self.more_contacts is not None
        self.more_contacts.hide()
        with self._spoken():
            self._add_contacts(grid, rest)
        self.grown.emit()

    def _add_contacts(self, grid: QGridLayout, contacts: Sequence[ContactWeighed]) -> None:
        top = Qt.AlignmentFlag.AlignTop
        for contact in contacts:
            row = self.contact_rows
            self.contact_rows += 1
            word = PlainLabel(trace_text.verdict_text(contact), weight=QFont.Weight.DemiBold)
            if contact.counts:
                word.set_tone(Tone.OK)
            reason = QVBoxLayout()
            reason.setSpacing(theme.HAIR)
            reason.addWidget(PlainLabel(trace_text.reason_text(contact), muted=True, wrap=True))
            if contact.duties:
                duties = PlainLabel(trace_text.duties_text(contact), wrap=True)
                duties.set_tone(Tone.SOON)
                reason.addWidget(duties)
            grid.addWidget(PlainLabel(texts.weekday_day(contact.day)), row, 0, top)
            grid.addWidget(PlainLabel(contact.form), row, 1, top)
            grid.addWidget(word, row, 2, top)
            grid.addLayout(reason, row, 3)


def _grid() -> tuple[QWidget, QGridLayout]:
    block = QWidget()
    grid = QGridLayout(block)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.MEDIUM)
    grid.setVerticalSpacing(theme.TINY + theme.HAIR)
    return block, grid
