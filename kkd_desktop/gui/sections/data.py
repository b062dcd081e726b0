"""How long does the post take, and where does the caseload lie?"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kkd_desktop.actions import casework
from kkd_desktop.actions.settings import MOST_MARGIN_DAYS
from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.letter_kinds import PURPOSE_TEXTS
from kkd_desktop.gui import theme
from kkd_desktop.gui.sections.base import Section
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.calm import Choice, NumberEdit
from kkd_desktop.gui.widgets.field import FormField
from kkd_desktop.gui.widgets.labels import PlainLabel, breakable


class PostSection(Section):
    """How much time an invitation by post needs before its appointment."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, self.tr("Termine und Post"), parent=parent)
        self._number = NumberEdit(0, MOST_MARGIN_DAYS)
        self._number.setFixedWidth(112)
        self.margin = FormField(
            self.tr("Arbeitstage zwischen Bekanntgabe und Termin"),
            self._number,
            self.tr(
                "Ein Brief gilt einige Tage nach der Aufgabe zur Post als bekannt gegeben (§ 37 "
                "SGB X). So viele Arbeitstage bleiben danach noch bis zum vorgeschlagenen Termin; "
                "Briefe zu früheren Terminen werden vor dem Druck als knapp gemeldet."
            ),
        )
        self.example = PlainLabel(wrap=True)
        self.purpose = FormField(
            self.tr("Üblicher Meldezweck"),
            Choice(),
            self.tr("Für Einladungen zu Terminen, bei denen kein Anlass vereinbart ist."),
        )
        self.body.addWidget(self.margin)
        self.body.addWidget(self.example)
        self.body.addWidget(self.purpose)
        self._number.valueChanged.connect(self._take)
        self._purpose().activated.connect(self._take_purpose)

    def show_settings(self) -> None:
        self._number.set_quietly(self.settings().post_margin_days)
        self.example.setText(self._example())
        choices: list[tuple[str | None, str]] = [(None, self.tr("wie zuletzt gedruckt"))]
        choices += PURPOSE_TEXTS.items()
        self._purpose().show_choices(choices, self.settings().usual_purpose)

    def _purpose(self) -> Choice:
        assert isinstance(self.purpose.field, Choice)
        return self.purpose.field

    def _take_purpose(self) -> None:
        if self._purpose().value() != self.settings().usual_purpose:
            self.store(self.purpose, usual_purpose=self._purpose().value())

    def _example(self) -> str:
        """What it comes to for a letter of today."""
        context = self._session.context
        try:
            post = context.post_time()
        except UserError as fault:
            return str(fault)
        return self.tr(
            "Ein Brief von heute: bekannt gegeben am {deemed}, Termin frühestens {first}."
        ).format(deemed=texts.weekday_day(post.deemed), first=texts.weekday_day(post.enough_from))

    def _take(self, value: int) -> None:
        self.store(self.margin, post_margin_days=value)


class StoreSection(Section):
    """Where the file of the caseload lies and how much is in it; tables in and out.

    Signals:
        import_wanted: people are to be read in from a table.
        export_wanted: everything is to be written into a table.
    """

    import_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, self.tr("Fallbestand"), parent=parent)
        self.path = PlainLabel(wrap=True)
        self.number = PlainLabel(muted=True)
        self.body.addWidget(self.path)
        self.body.addWidget(self.number)
        self.import_button = Button(self.tr("Tabelle einlesen …"))
        self.export_button = Button(self.tr("Als Tabelle speichern …"))
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SMALL)
        buttons.addWidget(self.import_button)
        buttons.addWidget(self.export_button)
        buttons.addStretch()
        self.body.addLayout(buttons)
        self.import_button.clicked.connect(self.import_wanted)
        self.export_button.clicked.connect(self.export_wanted)

    def show_settings(self) -> None:
        context = self._session.context
        self.path.setText(breakable(str(context.store.path)))
        count = casework.count_clients(context)
        self.number.setText(
            self.tr("{count}, verschlüsselt").format(
                count=texts.counted(count, "Person", "Personen")
            )
        )
