"""How long are people kept, whose time is over, and how do they get to a colleague?"""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kkd_desktop.actions import casework, forgetting, retention
from kkd_desktop.domain import texts
from kkd_desktop.domain.retention_period import LEAST_MONTHS, MOST_MONTHS
from kkd_desktop.gui import theme
from kkd_desktop.gui.background import run_beside
from kkd_desktop.gui.dialogs.base import show
from kkd_desktop.gui.dialogs.places import PlaceChooser
from kkd_desktop.gui.sections.base import Section
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.tasks import Task
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.calm import NumberEdit
from kkd_desktop.gui.widgets.field import FormField
from kkd_desktop.gui.widgets.labels import PlainLabel

_MANY = 1000
"""So many people are counted in a thread of its own."""


class RetentionSection(Section):
    """The period after the last contact, and how many it has run out for."""

    def __init__(
        self,
        session: Session,
        parent: QWidget | None = None,
        *,
        places: PlaceChooser | None = None,
    ) -> None:
        super().__init__(
            session,
            self.tr("Aufbewahrung"),
            self.tr("Gelöscht wird nie von selbst"),
            parent,
        )
        self._places = places
        self._counting: Task | None = None
        self._number = NumberEdit(LEAST_MONTHS, MOST_MONTHS)
        self._number.setFixedWidth(112)
        self.months = FormField(
            self.tr("&Monate nach dem letzten Kontakt"),
            self._number,
            self.tr("Danach schlägt das Programm eine Person zum Löschen vor."),
        )
        self.rule = PlainLabel(muted=True, wrap=True)
        self.number = PlainLabel(wrap=True)
        self.deleted = PlainLabel(muted=True, wrap=True)
        self.list_button = Button(self.tr("Vorschlagsliste …"))
        line = QHBoxLayout()
        line.setContentsMargins(0, theme.TINY, 0, 0)
        line.addWidget(self.list_button)
        line.addStretch()
        for widget in (self.months, self.rule, self.number, self.deleted):
            self.body.addWidget(widget)
        self.body.addLayout(line)
        self._number.valueChanged.connect(self._take)
        self.list_button.clicked.connect(self.show_list)

    def show_settings(self) -> None:
        context = self._session.context
        self._number.set_quietly(self.settings().retention_months)
        self.rule.setText(retention.period_text(context))
        if self._counting is not None:
            self._counting.cancel()
        if casework.count_clients(context) > _MANY:
            self._counting = run_beside(
                self._session,
                lambda other, _: len(retention.proposal(other)),
                self._show_number,
                lambda fault: self._session.failed.emit(str(fault)),
            )
        else:
            self._show_number(len(retention.proposal(context)))
        days = forgetting.forgotten_on(context)
        self.deleted.setVisible(bool(days))
        if days:
            self.deleted.setText(
                self.tr("Bisher gelöscht: {count}, zuletzt am {day}.").format(
                    count=texts.counted(len(days), "Person", "Personen"),
                    day=texts.day(days[0]),
                )
            )

    def _show_number(self, number: int) -> None:
        self._counting = None
        self.number.setText(
            self.tr("Für {count} ist die Frist vorbei.").format(
                count=texts.counted(number, "Person", "Personen")
            )
            if number
            else self.tr("Für niemanden ist die Frist vorbei.")
        )

    def show_list(self) -> None:
        from kkd_desktop.gui.dialogs.retention import RetentionDialog

        show(RetentionDialog(self._session, places=self._places, parent=self.window()))

    def _take(self, value: int) -> None:
        self.store(self.months, retention_months=value)


class HandOverSection(Section):
    """People to a colleague and from one, encrypted on the way."""

    def __init__(
        self,
        session: Session,
        parent: QWidget | None = None,
        *,
        places: PlaceChooser | None = None,
    ) -> None:
        super().__init__(session, self.tr("Übergabe"), parent=parent)
        self._places = places
        about = PlainLabel(
            self.tr(
                "Personen gehen als verschlüsseltes Paket an Kollegin oder Kollegen: mit "
                "Merkmalen, Ausnahmen, Kontakten, Terminen und Schreiben. Der Verlauf bleibt hier."
            ),
            muted=True,
            wrap=True,
        )
        self.give_button = Button(self.tr("Personen übergeben …"))
        self.take_button = Button(self.tr("Paket annehmen …"))
        line = QHBoxLayout()
        line.setContentsMargins(0, theme.TINY, 0, 0)
        line.setSpacing(theme.SMALL)
        line.addWidget(self.give_button)
        line.addWidget(self.take_button)
        line.addStretch()
        self.body.addWidget(about)
        self.body.addLayout(line)
        self.give_button.clicked.connect(self.give)
        self.take_button.clicked.connect(self.take)

    def show_settings(self) -> None:
        """There is nothing to set."""

    def give(self) -> None:
        from kkd_desktop.gui.dialogs.hand_over import HandOverDialog

        show(HandOverDialog(self._session, places=self._places, parent=self.window()))

    def take(self) -> None:
        from kkd_desktop.gui.dialogs.take_over import open_take_over

        open_take_over(self._session, self._places, self.window())
