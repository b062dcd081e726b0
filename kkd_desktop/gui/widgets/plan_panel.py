"""What is proposed for the next weeks? The panel beside the calendar, from question to letters."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kkd_desktop.domain import texts
from kkd_desktop.domain.plan import Plan
from kkd_desktop.domain.plan_text import late_number, quality, shortage
from kkd_desktop.domain.planning import Stage
from kkd_desktop.gui import shortcuts, theme
from kkd_desktop.gui.models.plan_rows import PlanGroup
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Banner, announce
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.card import Line
from kkd_desktop.gui.widgets.focus import enter, lead_focus
from kkd_desktop.gui.widgets.labels import ElidedLabel, PlainLabel
from kkd_desktop.gui.widgets.plan_list import PlanList
from kkd_desktop.gui.widgets.plan_options import PlanOptions
from kkd_desktop.gui.widgets.work_bar import WorkBar

_TOLD_HEIGHT = 118


class PlanPanel(QFrame):
    """Options, the work under way, the plan, and what became of it: one after the other.

    Signals:
        planning_wanted: plan with these `Options`.
        everyone_wanted: not for some people only, but for all.
        stop_wanted: the work under way is not wanted any more.
        accept_wanted: the chosen talks are to be taken over.
        anew_wanted: plan once more in the same way.
        again_wanted: choose otherwise and plan.
        closed: the panel is to be put away, and a plan in it discarded.
        letters_wanted: write the letters to what was taken over.
    """

    planning_wanted = Signal(object)
    everyone_wanted = Signal()
    stop_wanted = Signal()
    accept_wanted = Signal()
    anew_wanted = Signal()
    again_wanted = Signal()
    closed = Signal()
    letters_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.title = PlainLabel(weight=QFont.Weight.DemiBold)
        self.span = ElidedLabel(muted=True)
        self.close_button = Button("×", kind="quiet")
        self.close_button.setFixedWidth(28)
        self.again = Button(self.tr("&Optionen …"), kind="link")
        self.options = PlanOptions()
        self.working = _Working()
        self.result = _Result()
        self.taken = _Taken()
        self.stack = QStackedWidget()
        for page in (self.options, self.working, self.result, self.taken):
            self.stack.addWidget(page)
        self._lay_out()

        self.close_button.clicked.connect(self.closed)
        self.options.wanted.connect(self.planning_wanted)
        self.options.everyone_wanted.connect(self.everyone_wanted)
        self.working.stop.clicked.connect(self.stop_wanted)
        self.result.accept.clicked.connect(self.accept_wanted)
        self.result.discard.clicked.connect(self.closed)
        self.again.clicked.connect(self.again_wanted)
        self.result.anew.clicked.connect(self.anew_wanted)
        self.taken.letters.clicked.connect(self.letters_wanted)
        self.taken.finish.clicked.connect(self.closed)
        shortcuts.bind("plan.accept", self, self._do_main, shortcuts.WITHIN)

    def show_options(self) -> None:
        self._show(self.options, self.tr("Plan vorschlagen"), "", self.tr("Schließen"))

    def show_work(self) -> None:
        self.working.begin()
        self._show(self.working, self.tr("Plan vorschlagen"), "", self.tr("Planung abbrechen"))

    def show_plan(self, plan: Plan, groups: Sequence[PlanGroup] | None = None) -> None:
        """The plan with all of its talks chosen; `groups` are as the list takes them."""
        span = f"{plan.first:%d.%m.} – {plan.last:%d.%m.}"
        self.result.show_plan(plan, groups)
        self._show(self.result, self.tr("Vorschlag"), span, self.tr("Vorschlag verwerfen"))

    def say_storing(self) -> None:
        """What was chosen is being stored; until then nothing can be chosen or closed."""
        self.result.say_storing()
        self.setEnabled(False)

    def show_taken(self, number: int) -> None:
        self.taken.say(number)
        self._show(self.taken, self.tr("Plan angenommen"), "", self.tr("Schließen"))

    def is_preview(self) -> bool:
        return self.stack.currentWidget() is self.result

    def is_working(self) -> bool:
        return self.stack.currentWidget() is self.working

    def take_keys(self) -> None:
        """Give the keys to what is to be done next."""
        page = self.stack.currentWidget()
        if page is not None:
            enter(page)
        if page is self.options:
            # A number typed replaces the one that stands there.
            self.options.weeks.selectAll()

    def has_keys(self) -> bool:
        focused = self.focusWidget()
        return focused is not None and focused.hasFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # A plan is not thrown away by a slip; its button is one key away.
        if event.key() == Qt.Key.Key_Escape and not self.is_preview():
            (self.stop_wanted if self.is_working() else self.closed).emit()
        else:
            super().keyPressEvent(event)

    def _show(self, page: QWidget, title: str, span: str, closing: str) -> None:
        self.title.setText(title)
        self.span.setText(span)
        self.again.setVisible(page is self.result)
        self.close_button.setAccessibleName(closing)
        self.close_button.setToolTip(closing)
        self.stack.setCurrentWidget(page)

    def _do_main(self) -> None:
        for page, main in (
            (self.options, self.options.start),
            (self.result, self.result.accept),
            (self.taken, self.taken.letters),
        ):
            if page is self.stack.currentWidget() and main.isEnabled():
                main.click()
                return

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(theme.LARGE, theme.SMALL + theme.HAIR, theme.TINY, theme.SMALL)
        head.setSpacing(theme.SMALL)
        head.addWidget(self.title, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.span, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.again)
        head.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Line())
        column.addWidget(self.stack, 1)


class _Working(QWidget):
    """How far the planning is."""

    def __init__(self) -> None:
        super().__init__()
        self.text = PlainLabel(wrap=True)
        self.bar = WorkBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Fortschritt der Planung"))
        self.note = PlainLabel(
            self.tr("Der Kalender bleibt dabei benutzbar; gespeichert wird nichts."),
            size=theme.SMALL_SIZE,
            muted=True,
            wrap=True,
        )
        self.stop = Button(self.tr("Abbre&chen"), keys=self.tr("Esc"))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(self.text)
        column.addWidget(self.bar)
        column.addWidget(self.note)
        column.addStretch()
        below = QHBoxLayout()
        below.addStretch()
        below.addWidget(self.stop)
        column.addLayout(below)
        lead_focus(self, self.stop)

    def begin(self) -> None:
        self.bar.wait()
        self.text.setText(self.tr("Der Bestand wird gelesen …"))

    def show_progress(self, done: int, total: int, stage: str) -> None:
        words = {
            Stage.DEMANDS: self.tr("Fristen werden geprüft: {done} von {total}"),
            Stage.DAYS: self.tr("Mögliche Tage werden verglichen, Runde {done}"),
            Stage.CHOICE: self.tr("Der beste Plan wird ausgewählt …"),
        }[Stage(stage)].format(done=texts.whole(done + 1), total=texts.whole(total))
        if stage == Stage.DEMANDS:
            self.bar.setRange(0, total)
            self.bar.setValue(done)
        else:
            # How many rounds it takes is known only afterwards.
            self.bar.wait()
        if words.split(":")[0] != self.text.text().split(":")[0]:
            announce(self, words)
        self.text.setText(words)


class _Result(QWidget):
    """The plan: what it comes to, its rows, and what the current one says in full."""

    def __init__(self) -> None:
        super().__init__()
        self.summary = PlainLabel(wrap=True)
        self.shortage = PlainLabel(wrap=True)
        self.quality = PlainLabel(size=theme.SMALL_SIZE, muted=True, wrap=True)
        self.state = Banner()
        self.anew = Button(self.tr("&Neu planen"), kind="link")
        self.list = PlanList()
        self.told_title = ElidedLabel()
        self.told_title.setFont(theme.font(weight=QFont.Weight.DemiBold))
        self.told = PlainLabel(wrap=True, size=theme.SMALL_SIZE)
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.accept = Button("", kind="primary", keys=shortcuts.shown("plan.accept"))
        self.discard = Button(self.tr("&Verwerfen"))
        self._plan: Plan | None = None
        self._lay_out()

        self.list.told.connect(self._tell)
        self.list.plan_model.ticked.connect(self._follow)

    def show_plan(self, plan: Plan, groups: Sequence[PlanGroup] | None) -> None:
        self._plan = plan
        self.say_nothing()
        self.shortage.setText(shortage(plan))
        self.shortage.setVisible(bool(self.shortage.text()))
        self.quality.setText(quality(plan))
        self.quality.setVisible(bool(plan.talks or plan.unplaced))
        self.list.show_plan(plan, groups)
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        lead_focus(self, self.list)
        self.count()

    def count(self) -> None:
        """What the chosen talks come to."""
        plan, model = self._plan, self.list.plan_model
        if plan is None:
            return
        talks = list(plan.chosen(model.chosen))
        self.summary.setText(self._said(plan, len(talks)))
        whole = len(talks) == len(plan.talks)
        words = self.tr("{number} &annehmen") if talks else self.tr("&Annehmen")
        if whole and len(talks) > 1:
            words = self.tr("Alle &annehmen")
        self.accept.setText(words.format(number=len(talks)))
        said = texts.counted(len(talks), "Termin", "Termine")
        self.accept.setAccessibleName(self.tr("{number} annehmen").format(number=said))
        self.accept.setEnabled(bool(talks))

    def say_storing(self) -> None:
        self.accept.setText(self.tr("Wird gespeichert …"))

    def say(self, text: str, tone: Tone, *, offers_anew: bool = False) -> None:
        self.state.say("", text, tone)
        self.state.show()
        self.anew.setVisible(offers_anew)

    def say_nothing(self) -> None:
        self.state.hide()
        self.anew.hide()

    def _said(self, plan: Plan, number: int) -> str:
        if not plan.talks:
            said = self.tr("In diesem Zeitraum ist kein neuer Termin vorzuschlagen.")
            if plan.unplaced:
                said += self.tr(" Wer ohne Platz blieb, steht unten mit dem Grund.")
            return said
        whole = texts.counted(len(plan.talks), "neuer Termin", "neue Termine")
        if number != len(plan.talks):
            whole = self.tr("{n} von {whole} gewählt").format(
                n=number,
                whole=texts.counted(len(plan.talks), "Termin", "Terminen"),
            )
        chosen = self.list.plan_model.chosen
        late = sum(1 for talk in plan.chosen(chosen) if talk.late_days)
        said = ", ".join(part for part in (whole, late_number(number, late)) if part)
        if plan.show is None:
            return self.tr("{said}. Gerechnet wird, als kämen alle.").format(said=said)
        coming = sum(talk.percent for talk in plan.chosen(chosen)) / 100
        return self.tr("{said}. Voraussichtlich kommen {n} (Quote {rate}\u00a0%).").format(
            said=said, n=texts.decimal(coming), rate=texts.tenths(plan.show * 100)
        )

    def _follow(self, along: str) -> None:
        self.count()
        if along:
            self.say(along, Tone.ACCENT)
        elif not self.anew.isVisible():
            self.say_nothing()

    def _tell(self, title: str, lines: Sequence[str]) -> None:
        self.told_title.setText(title)
        self.told.setText("\n".join(lines))

    def _lay_out(self) -> None:
        upper = QVBoxLayout()
        upper.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.SMALL)
        upper.setSpacing(theme.TINY)
        upper.addWidget(self.summary)
        upper.addWidget(self.shortage)
        upper.addWidget(self.quality)
        stale = QVBoxLayout()
        stale.setContentsMargins(0, 0, 0, 0)
        stale.setSpacing(theme.TINY)
        stale.addWidget(self.state)
        stale.addWidget(self.anew, 0, Qt.AlignmentFlag.AlignLeft)
        upper.addLayout(stale)
        inner = QWidget()
        words = QVBoxLayout(inner)
        words.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.SMALL)
        words.setSpacing(theme.TINY)
        words.addWidget(self.told_title)
        words.addWidget(self.told, 1)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFixedHeight(_TOLD_HEIGHT)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAccessibleName(self.tr("Warum dieser Tag?"))
        inner.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        below = QHBoxLayout()
        below.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.MEDIUM)
        below.setSpacing(theme.SMALL)
        below.addStretch()
        below.addWidget(self.discard)
        below.addWidget(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(upper)
        column.addWidget(Line())
        column.addWidget(self.list, 1)
        column.addWidget(Line())
        column.addWidget(area)
        column.addWidget(Line())
        column.addLayout(below)


class _Taken(QWidget):
    """What was taken over, and the way to the letters."""

    def __init__(self) -> None:
        super().__init__()
        self.text = PlainLabel(wrap=True)
        self.hint = PlainLabel(size=theme.SMALL_SIZE, muted=True, wrap=True)
        self.letters = Button("", kind="primary", keys=shortcuts.shown("plan.accept"))
        self.finish = Button(self.tr("&Fertig"))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(self.text)
        column.addWidget(self.hint)
        column.addStretch()
        self._below = QHBoxLayout()
        self._below.setSpacing(theme.SMALL)
        self._below.addStretch()
        self._below.addWidget(self.finish)
        self._below.addWidget(self.letters)
        column.addLayout(self._below)
        lead_focus(self, self.letters)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """In a narrow panel the buttons stand one above the other: none is cut."""
        needed = self.finish.sizeHint().width() + theme.SMALL + self.letters.sizeHint().width()
        fits = needed + 2 * theme.LARGE <= self.width()
        ways = QBoxLayout.Direction
        self._below.setDirection(ways.LeftToRight if fits else ways.TopToBottom)

    def say(self, number: int) -> None:
        stand = texts.counted(number, "Termin steht", "Termine stehen")
        self.text.setText(self.tr("{stand} jetzt im Kalender.").format(stand=stand))

    def show_unwritten(self, number: int, most: int) -> None:
        """How many letters are still to be written, and how many go out at once."""
        self.letters.setVisible(number > 0)
        if not number:
            lead_focus(self, self.finish)
            self.hint.setText(self.tr("Alle Einladungen dazu sind geschrieben oder ausgegeben."))
            return
        lead_focus(self, self.letters)
        letters = texts.counted(min(number, most), "Einladung", "Einladungen")
        self.letters.setText(self.tr("{letters} &schreiben …").format(letters=letters))
        self._arrange()
        hint = self.tr("Strg Z nimmt den ganzen Plan in einem Schritt zurück.")
        if number > most:
            more = self.tr("{n} Einladungen sind zu schreiben, je Lauf höchstens {most}.")
            hint = f"{more.format(n=number, most=most)} {hint}"
        self.hint.setText(hint)
