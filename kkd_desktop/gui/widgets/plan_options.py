"""How is the plan of the next weeks to be made? A few settings, each with what it means."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from kkd_desktop.actions.planning import MOST_WEEKS, Options
from kkd_desktop.domain import texts
from kkd_desktop.domain.plan import PRIOR_TALKS, ShowRate
from kkd_desktop.domain.planning import Limits
from kkd_desktop.gui import theme
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.calm import NumberEdit
from kkd_desktop.gui.widgets.field import FormField
from kkd_desktop.gui.widgets.focus import lead_focus
from kkd_desktop.gui.widgets.labels import PlainLabel

_LONGEST = 600
_BEHIND_BOX = 24


class PlanOptions(QWidget):
    """Enter plans.

    Signals:
        wanted: plan with these `Options`.
        everyone_wanted: not for some people only, but for all.
    """

    wanted = Signal(object)
    everyone_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._only: frozenset[int] | None = None
        usual = Options()
        self.whom = PlainLabel(wrap=True, weight=QFont.Weight.Medium)
        self.everyone = Button(self.tr("Für alle planen"), kind="link")
        self.everyone.setProperty("flush", "true")
        self.weeks = NumberEdit(1, MOST_WEEKS)
        self.weeks.setValue(usual.weeks)
        self.weeks_field = FormField(
            self.tr("&Zeitraum"),
            self.weeks,
            self.tr("ab dem ersten Tag, den ein Brief von heute erreicht"),
        )
        self.show_rate = QCheckBox(self.tr("Mit &Ausfällen rechnen"))
        self.show_rate.setChecked(usual.show_rate)
        self.rate = _explanation()
        self.telephone = QCheckBox(self.tr("Auch A&nrufe planen"))
        self.telephone.setChecked(usual.telephone)
        self.about_calls = _explanation(
            self.tr("Nur wo das Konzept ein Telefonat zählen lässt; das erste Gespräch nie.")
        )
        self.seconds = NumberEdit(1, _LONGEST)
        self.seconds.setValue(round(usual.limits.seconds))
        self.seconds_field = FormField(
            self.tr("&Höchstens suchen"),
            self.seconds,
            self.tr("danach gilt der beste bis dahin gefundene Plan"),
        )
        self.start = Button(self.tr("&Planen"), kind="primary", keys=self.tr("↵"))
        self._lay_out()
        self._name_units()

        self.weeks.valueChanged.connect(self._name_units)
        self.seconds.valueChanged.connect(self._name_units)
        self.start.clicked.connect(self._begin)
        self.everyone.clicked.connect(self.everyone_wanted)

    def options(self) -> Options:
        return Options(
            self.weeks.value(),
            self.show_rate.isChecked(),
            self.telephone.isChecked(),
            Limits(float(self.seconds.value())),
            self._only,
        )

    def ask(self, only: frozenset[int] | None) -> None:
        """Begin to ask; `only` are those to plan for, None is everybody."""
        self._only = only
        self.whom.setVisible(only is not None)
        self.everyone.setVisible(only is not None)
        if only is not None:
            people = texts.counted(len(only), "Person", "Personen")
            self.whom.setText(self.tr("Nur für {people} aus der Auswahl").format(people=people))
        self.rate.setText(self.tr("Die letzten zwölf Monate werden gezählt …"))

    def show_past(self, rate: ShowRate) -> None:
        """Say who came in the past."""
        self.rate.setText(self._about(rate))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._begin()
        else:
            super().keyPressEvent(event)

    def _begin(self) -> None:
        # What is being typed counts without leaving the field.
        self.weeks.interpretText()
        self.seconds.interpretText()
        self.wanted.emit(self.options())

    def _name_units(self) -> None:
        one_week, one_second = self.weeks.value() == 1, self.seconds.value() == 1
        self.weeks.setSuffix(self.tr(" Woche") if one_week else self.tr(" Wochen"))
        self.seconds.setSuffix(self.tr(" Sekunde") if one_second else self.tr(" Sekunden"))

    def _about(self, rate: ShowRate) -> str:
        percent = texts.tenths(rate.overall * 100)
        agreed = rate.attended + rate.missed
        if not agreed:
            known = self.tr("Aus den letzten zwölf Monaten ist nichts bekannt")
        else:
            known = self.tr("In den letzten zwölf Monaten fanden {came} von {agreed} statt").format(
                came=texts.whole(rate.attended),
                agreed=texts.counted(agreed, "Gespräch", "Gesprächen"),
            )
        reckoned = self.tr("gerechnet wird mit {percent}\u00a0%").format(percent=percent)
        if agreed < PRIOR_TALKS:
            reckoned += self.tr(" (wenig Erfahrung)")
        goal = self.tr(
            "je Person nach ihrer eigenen Erfahrung. So werden so viele eingeladen, dass "
            "voraussichtlich genug kommen."
        )
        return f"{known}; {reckoned}, {goal}"

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.LARGE)
        some = QVBoxLayout()
        some.setSpacing(0)
        some.addWidget(self.whom)
        some.addWidget(self.everyone, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(some)
        column.addWidget(self.weeks_field)
        for box, words in ((self.show_rate, self.rate), (self.telephone, self.about_calls)):
            pair = QVBoxLayout()
            pair.setSpacing(0)
            pair.addWidget(box)
            words.setContentsMargins(_BEHIND_BOX, 0, 0, 0)
            pair.addWidget(words)
            column.addLayout(pair)
        column.addWidget(self.seconds_field)
        below = QHBoxLayout()
        below.addStretch()
        below.addWidget(self.start)
        column.addLayout(below)
        column.addStretch()
        lead_focus(self, self.weeks)


def _explanation(text: str = "") -> PlainLabel:
    return PlainLabel(text, size=theme.SMALL_SIZE, muted=True, wrap=True)
