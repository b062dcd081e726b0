"""What would another concept change in this caseload, and from which day on?"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kkd_desktop.actions import comparison, policies
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.policies import OnShelf
from kkd_desktop.domain import texts
from kkd_desktop.domain.comparison import Change, Comparison, Side
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.explanation import explain
from kkd_desktop.gui import theme
from kkd_desktop.gui.background import Work
from kkd_desktop.gui.models import rules_reading
from kkd_desktop.gui.models.comparison import CHANGE, PROFILE, ComparisonModel, Moved, moved, only
from kkd_desktop.gui.pages.konzepte_frage import AskingRoom
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Banner
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.calm import Choice
from kkd_desktop.gui.widgets.card import Card, TableCard
from kkd_desktop.gui.widgets.dayline import DayLine
from kkd_desktop.gui.widgets.field import FormField
from kkd_desktop.gui.widgets.figure_card import FigureCard
from kkd_desktop.gui.widgets.focus import lead_focus
from kkd_desktop.gui.widgets.labels import ElidedLabel, Paragraph, PlainLabel
from kkd_desktop.gui.widgets.policy_document import PolicyDocument
from kkd_desktop.gui.widgets.segmented import SegmentedControl
from kkd_desktop.gui.widgets.share_table import ShareTable

_SHARES, _ROOMY = (22, 14, 24, 24, 17), 900
_WIDEST = 1100
_ALL = "all"
_KINDS: dict[str, tuple[Change, ...]] = {
    Change.EARLIER: (Change.EARLIER,),
    Change.LATER: (Change.LATER,),
    Change.GAINED: (Change.GAINED,),
    Change.LOST: (Change.LOST,),
    Change.SAME: (Change.SAME, Change.OTHER),
}

_Answer = tuple[Comparison, Mapping[Change, int], Sequence[Moved]]


class ComparisonRoom(AskingRoom):
    """The concept of the caseload against another one, client by client.

    Without a day both are taken to hold today. With a day it is the preview of a switch: both as
    they really hold then. Nothing changes before the button is pressed.

    Signals:
        client_opened: Enter or double click on a row; carries the client's id.
    """

    client_opened = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(
            session, self.tr("Wird verglichen …"), self.tr("Nichts zu vergleichen"), parent
        )
        self._found: Comparison | None = None
        self._rules_shown: Comparison | None = None
        self._counts: Mapping[Change, int] = {}
        self._single: str | None = None
        self._asked: tuple[str, str | None, date] | None = None
        self.model = ComparisonModel(self)
        self.first = ElidedLabel(weight=QFont.Weight.DemiBold)
        self.second = FormField(self.tr("Verglichen mit"), Choice())
        self.day = FormField(self.tr("Umstellen ab"), DayLine())
        self.switch_button = Button(self.tr("Jetzt umstellen"))
        self.banner = Banner()
        self.talks = FigureCard(self.tr("Gespräche im Monat nötig"))
        self.overdue = FigureCard(self.tr("Über der Vorgabe"))
        self.without = FigureCard(self.tr("Ohne Vorgabe"))
        self.moved = FigureCard(self.tr("Änderung für"))
        self._words: dict[str, tuple[str, str]] = {
            _ALL: (self.tr("Alle"), ""),
            Change.EARLIER: (self.tr("früher"), ""),
            Change.LATER: (self.tr("später"), ""),
            Change.GAINED: (self.tr("gewinnt Vorgabe"), self.tr("gewinnt")),
            Change.LOST: (self.tr("verliert Vorgabe"), self.tr("verliert")),
            Change.SAME: (self.tr("unverändert"), ""),
        }
        self.kind = SegmentedControl(
            [(kind, words[0]) for kind, words in self._words.items()], self.tr("Art der Änderung")
        )
        self.rules_button = Button(self.tr("Vorgaben nebeneinander"))
        self.rules_button.setCheckable(True)
        self.rules = PolicyDocument(widest=_WIDEST)
        self.table = ShareTable(
            self.model,
            self.tr("Änderungen"),
            _SHARES,
            roomy=_ROOMY,
            only_in_roomy=(PROFILE,),
        )
        self.table.sort_by(CHANGE)
        self.before, self.after = _Reason(), _Reason()
        self._lay_out()
        self._connect()

    def show_shelf(self, found: Sequence[OnShelf]) -> None:
        """Offer these concepts as the second one and compare anew."""
        context = self._session.context
        self.first.setText(" + ".join(each.title for each in context.concepts(context.today)))
        readable = {each.id: each.short_title for each in found if each.is_readable}
        chosen = context.settings.policies
        self._single = chosen[0] if len(chosen) == 1 and chosen[0] in readable else None
        choices = [(name, title) for name, title in readable.items() if name != self._single]
        self._choice().show_choices(choices, self._choice().value())
        self._day().start_from(self._session.context.today)
        self.ask()

    def choose(self, concept: str) -> None:
        """Compare with this one."""
        place = self._choice().findData(concept)
        if place >= 0:
            self._choice().setCurrentIndex(place)

    def comparison(self) -> Comparison | None:
        """What is shown; None while there is nothing to compare."""
        return self._found

    def question(self) -> Work[_Answer]:
        self._found = None
        self.banner.hide()
        other, day = self._choice().value(), self._day().day()
        self.switch_button.setEnabled(other is not None)
        self.switch_button.setAccessibleDescription(
            self.tr("Ab sofort gilt {title}").format(title=self._choice().currentText())
        )
        if other is None:
            raise UserError(self.tr("Es liegt kein zweites lesbares Konzept vor."))
        mine = self._single if day is None else None
        nobody = self.tr("Im Fallbestand ist noch niemand erfasst.")

        def work(context: Context, progress: Callable[[int, int], object]) -> _Answer:
            if mine is not None:
                found = comparison.compare(context, mine, other)
            else:
                found = comparison.switch_preview(context, other, day or context.today)
            if not found.rows:
                raise UserError(nobody)
            return found, found.counts, moved(found)

        return work

    def show_answer(self, answer: _Answer) -> None:
        found, self._counts, rows = answer
        self._found = found
        self._say(found)
        self._show_figures(found)
        if (asked := (found.one.title, self._choice().value(), found.day)) != self._asked:
            # Another question is answered from the top; after a change here the client stays.
            self._asked = asked
            self.table.setCurrentIndex(QModelIndex())
            self.table.scrollToTop()
        self.model.show_comparison(found, rows)
        self._show_current()
        self._rules_shown = None
        self._show_rules(found)

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.MEDIUM)
        whole.addLayout(self._question())
        whole.addWidget(self.banner)
        whole.addWidget(self.stack, 1)
        self._views = QStackedWidget()
        for view in (self._people(), TableCard(self.rules)):
            self._views.addWidget(view)
        figures = QHBoxLayout()
        figures.setSpacing(theme.LARGE)
        for card in (self.talks, self.overdue, self.without, self.moved):
            figures.addWidget(card, 1)
        narrowing = QHBoxLayout()
        narrowing.addWidget(self.kind)
        narrowing.addStretch()
        narrowing.addWidget(self.rules_button)
        answer = QWidget()
        column = QVBoxLayout(answer)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.MEDIUM)
        column.addLayout(figures)
        column.addLayout(narrowing)
        column.addWidget(self._views, 1)
        self.set_answer_page(answer)
        lead_focus(self, self.second)

    def _question(self) -> QHBoxLayout:
        """What is compared with what, from when on, and the button that does it."""
        mine = QVBoxLayout()
        mine.setSpacing(theme.TINY)
        mine.addWidget(PlainLabel(self.tr("Ihr Konzept"), size=theme.SMALL_SIZE, muted=True))
        self.first.setFixedHeight(theme.CONTROL_HEIGHT)
        mine.addWidget(self.first)
        mine.addStretch()
        self.second.setFixedWidth(240)
        self.day.setFixedWidth(150)
        row = QHBoxLayout()
        row.setSpacing(theme.LARGE)
        row.addLayout(mine)
        row.addWidget(self.second)
        row.addWidget(self.day)
        row.addStretch()
        row.addWidget(self.switch_button, 0, Qt.AlignmentFlag.AlignBottom)
        return row

    def _people(self) -> QWidget:
        """The table of the clients, and both reasons for the highlighted one."""
        reasons = Card()
        reasons.body.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.MEDIUM)
        beside = QHBoxLayout()
        beside.setSpacing(theme.HUGE)
        for reason in (self.before, self.after):
            beside.addWidget(reason, 1)
        reasons.body.addLayout(beside)
        people = QWidget()
        column = QVBoxLayout(people)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(TableCard(self.table), 1)
        column.addWidget(reasons)
        return people

    def _connect(self) -> None:
        self._choice().currentIndexChanged.connect(self.ask)
        self._day().day_changed.connect(self.ask)
        self._day().editingFinished.connect(self._check_day)
        self.kind.value_changed.connect(self._filter)
        self.table.row_opened.connect(lambda moved: self.client_opened.emit(moved.id))
        self.table.selectionModel().currentChanged.connect(self._show_reasons)
        self.switch_button.clicked.connect(self._switch)
        self.rules_button.toggled.connect(self._show_view)

    def _choice(self) -> Choice:
        assert isinstance(self.second.field, Choice)
        return self.second.field

    def _day(self) -> DayLine:
        assert isinstance(self.day.field, DayLine)
        return self.day.field

    def _check_day(self) -> None:
        wrong = not self._day().is_readable()
        self.day.show_error(self.tr("Bitte als TT.MM.JJJJ") if wrong else "")

    def _say(self, found: Comparison) -> None:
        """What to know about the two, and that a preview changes nothing."""
        day, notes = self._day().day(), [*found.notes]
        if day is not None:
            text = self.tr("So stünde der Bestand am {day} da. Geändert ist noch nichts.")
            notes.insert(0, text.format(day=texts.weekday_day(day)))
        if day is not None and day > self._session.context.today:
            notes.append(
                self.tr(
                    "Einen Wechsel vormerken kann das Programm nicht: Stellen Sie an diesem Tag "
                    "hier um, „Jetzt umstellen“ gilt sofort."
                )
            )
        self.banner.setVisible(bool(notes))
        if notes:
            tone = Tone.SOON if found.notes else Tone.ACCENT
            self.banner.say("", " ".join(_sentence(note) for note in notes), tone)

    def _show_figures(self, found: Comparison) -> None:
        one, other = found.one, found.other
        self.talks.show_figure(_arrow(_talks(one), _talks(other)), self._readings(one, other))
        self.overdue.show_figure(
            _arrow(one.overdue, other.overdue), self._difference(other.overdue - one.overdue)
        )
        without = other.demand.without - one.demand.without
        self.without.show_figure(
            _arrow(one.demand.without, other.demand.without), self._difference(without)
        )
        counts, total = self._counts, len(found.rows)
        stays = counts[Change.SAME] + counts[Change.OTHER]
        self.moved.show_figure(
            texts.whole(total - stays), self.tr("von {total}").format(total=self._persons(total))
        )
        self._show_counts(found)

    def _show_counts(self, found: Comparison) -> None:
        for kind, changes in _KINDS.items():
            self._count(kind, sum(self._counts[change] for change in changes))
        self._count(_ALL, len(found.rows))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._found is not None:
            self._show_counts(self._found)

    def _show_rules(self, found: Comparison) -> None:
        """The rules of two concepts; several chosen apart have no table of their own."""
        one, other = self._single, self._choice().value()
        self.rules_button.setVisible(one is not None)
        if one is None or other is None:
            self.rules_button.setChecked(False)
            return
        # Made when they are looked at: few do, and it takes 20 ms.
        if self.rules_button.isChecked() and self._rules_shown is not found:
            self._rules_shown = found
            table = comparison.rules(self._session.context, one, other, found.day)
            self.rules.show_reading(rules_reading.read(table, found.one, found.other))

    def _show_view(self, rules: bool) -> None:
        self._views.setCurrentIndex(int(rules))
        self.kind.setEnabled(not rules)
        if self._found is not None:
            self._show_rules(self._found)

    def _count(self, kind: str, number: int) -> None:
        """`gewinnt Vorgabe 12`; shorter in a narrow window, but never for a screen reader."""
        button, (long, short) = self.kind.button(kind), self._words[kind]
        word = short or long if self.width() < _ROOMY else long
        button.setText(f"{word} {texts.whole(number)}")
        button.setAccessibleName(f"{long}, {self._persons(number)}")

    def _readings(self, one: Side, other: Side) -> str:
        """What other readings of shares and windows ask for at most."""
        most = [
            side.demand.per_month.of(side.demand.per_month.readings()[-1]) for side in (one, other)
        ]
        least = [side.demand.per_month.rotation for side in (one, other)]
        if most == least:
            return self.tr("in jeder Lesart")
        return self.tr("je nach Lesart bis {most}").format(
            most=_arrow(*(round(number) for number in most))
        )

    def _persons(self, number: int) -> str:
        return texts.counted(number, "Person", "Personen")

    def _difference(self, number: int) -> str:
        if not number:
            return self.tr("gleich viele")
        return (
            self.tr("{number} mehr").format(number=texts.whole(number))
            if number > 0
            else self.tr("{number} weniger").format(number=texts.whole(-number))
        )

    def _filter(self, kind: str) -> None:
        self.model.filter(None if kind == _ALL else only(*_KINDS[kind]))
        self._show_current()

    def _show_current(self) -> None:
        if self.model.rowCount() and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._show_reasons()

    def _show_reasons(self) -> None:
        index = self.table.currentIndex()
        if self._found is None or not index.isValid():
            self.before.show_reason("", "")
            self.after.show_reason("", "")
            return
        moved: Moved = self.model.row(index)
        self.before.show_reason(self._found.one.title, explain(moved.row.one, cited=False))
        self.after.show_reason(self._found.other.title, explain(moved.row.other, cited=False))

    def _switch(self) -> None:
        other, before = self._choice().value(), self._session.context.settings.policies
        if other is None:
            return
        title = self._choice().currentText()

        def switch(context: Context) -> bool:
            policies.choose(context, other)
            return True

        def said() -> str:
            return self.tr("Umgestellt: Es gilt „{title}“").format(title=title)

        if self._session.perform(switch, said):
            # What held until now is what one wants to compare with.
            self.choose(before[0])


class _Reason(QWidget):
    """Why a day under one of the two concepts."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ElidedLabel(size=theme.SMALL_SIZE, muted=True)
        self.text = Paragraph()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HAIR)
        column.addWidget(self.title)
        column.addWidget(self.text)
        column.addStretch()
        # Long ones take more; the table above does not move for the short ones.
        self.setMinimumHeight(76)

    def show_reason(self, title: str, text: str) -> None:
        self.title.setText(title)
        self.text.setText(text)


def _talks(side: Side) -> int:
    return round(side.demand.per_month.rotation)


def _arrow(one: int, other: int) -> str:
    """`118 → 96`, never broken at the arrow."""
    return f"{texts.whole(one)}\u00a0→\u00a0{texts.whole(other)}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
