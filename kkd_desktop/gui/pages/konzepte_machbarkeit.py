"""Can what a concept asks of this caseload be done in the time there is?"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kkd_desktop.actions import feasibility
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.policies import OnShelf
from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.feasibility import Feasibility
from kkd_desktop.gui import theme
from kkd_desktop.gui.background import Work
from kkd_desktop.gui.models.feasibility_reading import persons, read, result, span_text
from kkd_desktop.gui.pages.konzepte_frage import AskingRoom
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Banner
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.calm import Choice, NumberEdit
from kkd_desktop.gui.widgets.card import TableCard
from kkd_desktop.gui.widgets.field import FormField
from kkd_desktop.gui.widgets.figure_card import FigureCard
from kkd_desktop.gui.widgets.focus import lead_focus
from kkd_desktop.gui.widgets.policy_document import PolicyDocument

_WIDEST = 1100


class FeasibilityRoom(AskingRoom):
    """The talks a concept asks for against the appointments there is time for.

    Signals:
        settings_wanted: the working hours are to be changed.
    """

    settings_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, self.tr("Wird gerechnet …"), self.tr("Nichts zu rechnen"), parent)
        self.concept = FormField(self.tr("Konzept"), Choice())
        self.weeks = FormField(
            self.tr("Zeitraum"), NumberEdit(1, feasibility.MOST_WEEKS, self.tr(" Wochen"))
        )
        self.hours_button = Button(self.tr("Arbeitszeit ändern"), kind="link")
        self.banner = Banner()
        self.result = FigureCard(self.tr("Ergebnis"))
        self.needed = FigureCard(self.tr("Gespräche im Monat nötig"))
        self.possible = FigureCard(self.tr("Termine im Monat möglich"))
        self.show_rate = FigureCard(self.tr("Wahrgenommene Termine"))
        self.document = PolicyDocument(widest=_WIDEST)
        self._number().set_quietly(feasibility.WEEKS)
        self._lay_out()

        self._choice().currentIndexChanged.connect(self.ask)
        self._number().valueChanged.connect(self.ask)
        self.hours_button.clicked.connect(self.settings_wanted)

    def show_shelf(self, found: Sequence[OnShelf]) -> None:
        """Offer what is in force here, and every other concept as if it were."""
        context = self._session.context
        others = [
            (each.id, each.short_title)
            for each in found
            if each.is_readable and (each.id,) != context.settings.policies
        ]
        mine = " + ".join(each.title for each in context.concepts(context.today))
        own = self.tr("{title} (Ihr Konzept)").format(title=mine)
        self._choice().show_choices([(None, own), *others], self._choice().value())
        self.ask()

    def question(self) -> Work[Feasibility]:
        self.banner.hide()
        concept, weeks = self._choice().value(), self._number().value()
        nobody = self.tr("Im Fallbestand ist noch niemand erfasst.")

        def work(context: Context, progress: Callable[[int, int], object]) -> Feasibility:
            found = feasibility.feasibility(context, concept, weeks)
            if not found.demand.clients:
                raise UserError(nobody)
            return found

        return work

    def show_answer(self, answer: Feasibility) -> None:
        self.banner.setVisible(bool(answer.notes))
        if answer.notes:
            self.banner.say("", " ".join(answer.notes), Tone.SOON)
        self._show_figures(answer)
        self.document.show_reading(read(answer))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.LARGE)
        self.concept.setFixedWidth(300)
        self.weeks.setFixedWidth(130)
        top.addWidget(self.concept)
        top.addWidget(self.weeks)
        top.addStretch()
        top.addWidget(self.hours_button, 0, Qt.AlignmentFlag.AlignBottom)
        figures = QHBoxLayout()
        figures.setSpacing(theme.LARGE)
        for card in (self.result, self.needed, self.possible, self.show_rate):
            figures.addWidget(card, 1)
        answer = QWidget()
        column = QVBoxLayout(answer)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.MEDIUM)
        column.addLayout(figures)
        column.addWidget(TableCard(self.document), 1)
        self.set_answer_page(answer)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.MEDIUM)
        whole.addLayout(top)
        whole.addWidget(self.banner)
        whole.addWidget(self.stack, 1)
        lead_focus(self, self.concept)

    def _choice(self) -> Choice:
        assert isinstance(self.concept.field, Choice)
        return self.concept.field

    def _number(self) -> NumberEdit:
        assert isinstance(self.weeks.field, NumberEdit)
        return self.weeks.field

    def _show_figures(self, found: Feasibility) -> None:
        word, more, tone = result(found)
        self.result.show_figure(word, more, tone)
        per_month, once = found.demand.per_month, found.demand.once
        self.needed.show_figure(
            span_text(per_month.rotation, per_month.comfortable),
            self.tr("dazu einmalig {number}").format(number=texts.whole(once))
            if once
            else self.tr("für {people}").format(people=persons(found.demand.clients)),
        )
        supply = found.supply
        self.possible.show_figure(
            texts.tenths(supply.per_month),
            self.tr("{booked} vereinbart, {free} frei bis {day}").format(
                booked=texts.whole(supply.booked),
                free=texts.whole(supply.free),
                day=texts.day(supply.last),
            ),
        )
        self._show_rate(found)

    def _show_rate(self, found: Feasibility) -> None:
        show, share = found.show, found.show.share
        if share is None:
            self.show_rate.show_figure(
                "–", self.tr("zu wenige Termine; gerechnet wird, als kämen alle")
            )
            return
        self.show_rate.show_figure(
            f"{texts.tenths(share * 100)} %",
            self.tr("{attended} von {agreed} seit {day}").format(
                attended=texts.whole(show.attended),
                agreed=texts.whole(show.attended + show.missed),
                day=texts.day(show.since),
            ),
        )
