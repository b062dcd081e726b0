"""What do calendars show of a talk, and which file do calendar programs read along?"""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kkd_desktop.actions import live_calendar
from kkd_desktop.domain import texts
from kkd_desktop.domain.privacy import Privacy
from kkd_desktop.gui import theme
from kkd_desktop.gui.dialogs.help import open_help
from kkd_desktop.gui.dialogs.places import PlaceChooser
from kkd_desktop.gui.sections.base import Section
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Banner
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.calendar_choices import PreparationChoice, ReminderChoice
from kkd_desktop.gui.widgets.card import Line
from kkd_desktop.gui.widgets.field import FormField, side_by_side
from kkd_desktop.gui.widgets.labels import Paragraph, PlainLabel, breakable
from kkd_desktop.gui.widgets.segmented import SegmentedControl

_USUAL_NAME = "termine-laufend.ics"


class CalendarSection(Section):
    """The form of all entries, and the live calendar file with its state."""

    def __init__(
        self,
        session: Session,
        parent: QWidget | None = None,
        *,
        places: PlaceChooser | None = None,
    ) -> None:
        super().__init__(
            session, self.tr("Kalender"), self.tr("Vorgabe für alle Kalenderdateien"), parent
        )
        self._places = places or PlaceChooser()
        self.level = SegmentedControl(
            (
                (Privacy.NEUTRAL, self.tr("Ohne Angaben")),
                (Privacy.INITIALS, self.tr("Initialen und Kürzel")),
                (Privacy.FULL, self.tr("Voller Name")),
            ),
            self.tr("Angaben zur Person"),
        )
        self.warning = Banner()
        self.warning.say(
            self.tr("Achtung"),
            self.tr(
                "Volle Namen stehen dann in jedem Kalender und auf jeder Liste, die Sie "
                "weitergeben. Initialen reichen meistens."
            ),
            Tone.SOON,
        )
        self.reminder = ReminderChoice()
        self.preparation = PreparationChoice()
        self.path = PlainLabel(wrap=True)
        self.written = PlainLabel(muted=True, wrap=True)
        self.fault = Banner()
        self.choose_button = Button("")
        self.copy_button = Button(self.tr("Adresse kopieren"))
        self.copy_button.setToolTip(
            self.tr("Als file://…, wie Thunderbird und andere sie zum Abonnieren wollen")
        )
        self.off_button = Button(self.tr("Ausschalten"))
        self.help_button = Button(self.tr("Welcher Weg für welches Programm?"), kind="link")
        self._lay_out()

        self.level.value_changed.connect(self._take_level)
        self.reminder.activated.connect(lambda: self.store(reminder=self.reminder.minutes()))
        self.preparation.activated.connect(
            lambda: self.store(preparation=self.preparation.preparation())
        )
        self.choose_button.clicked.connect(self._choose)
        self.copy_button.clicked.connect(self._copy)
        self.off_button.clicked.connect(self._switch_off)
        self.help_button.clicked.connect(lambda: open_help("kalender", self))
        session.live_calendar.told.connect(self._show_file)
        session.live_calendar.settled.connect(self._show_file)

    def show_settings(self) -> None:
        settings = self.settings()
        self.level.blockSignals(True)
        self.level.set_value(settings.privacy)
        self.level.blockSignals(False)
        self.warning.setVisible(settings.privacy is Privacy.FULL)
        self.reminder.show_minutes(settings.reminder)
        self.preparation.show_preparation(settings.preparation)
        self._show_file()

    def _lay_out(self) -> None:
        level = QVBoxLayout()
        level.setSpacing(theme.TINY)
        level.addWidget(
            PlainLabel(
                self.tr("Angaben zur Person, auch auf Listen"), size=theme.SMALL_SIZE, muted=True
            )
        )
        level.addWidget(self.level)
        file = QVBoxLayout()
        file.setSpacing(theme.TINY)
        file.addWidget(
            PlainLabel(self.tr("Mitlaufende Kalenderdatei"), weight=QFont.Weight.DemiBold)
        )
        file.addWidget(
            Paragraph(
                self.tr(
                    "Bei jeder Änderung neu geschrieben: Ein Kalender, der sie abonniert, folgt "
                    "Verlegungen und Absagen."
                ),
                muted=True,
            )
        )
        file.addWidget(self.path)
        file.addWidget(self.written)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SMALL)
        for button in (self.choose_button, self.copy_button, self.off_button):
            buttons.addWidget(button)
        buttons.addStretch()
        buttons.addWidget(self.help_button)
        self.body.addLayout(level)
        self.body.addWidget(self.warning)
        self.body.addLayout(
            side_by_side(
                (FormField(self.tr("Erinnerung"), self.reminder), 2),
                (
                    FormField(
                        self.tr("Zeit zur Vor- und Nachbereitung"),
                        self.preparation,
                        self.tr("Die Minuten nach dem Gespräch, die Ihnen selbst gehören."),
                    ),
                    3,
                ),
            )
        )
        self.body.addWidget(Line())
        self.body.addLayout(file)
        self.body.addWidget(self.fault)
        self.body.addLayout(buttons)

    def _show_file(self) -> None:
        """Where the file lies, and whether it is as it should be."""
        place = self.settings().live_calendar
        fault = self._session.live_calendar.fault
        self.path.setText(breakable(place) if place else self.tr("Ausgeschaltet."))
        self.written.setText(self._age(Path(place)) if place else "")
        self.written.setVisible(bool(place))
        self.choose_button.setText(
            self.tr("Andere Datei …") if place else self.tr("Datei wählen …")
        )
        self.copy_button.setVisible(bool(place))
        self.off_button.setVisible(bool(place))
        self._say_fault(fault)

    def _age(self, place: Path) -> str:
        moment = live_calendar.last_written(place)
        if moment is None:
            return self.tr("Zurzeit nicht vorhanden.")
        return self.tr("Zuletzt geschrieben: {moment} Uhr").format(moment=texts.moment(moment))

    def _say_fault(self, fault: str) -> None:
        if fault:
            self.fault.say("", fault, Tone.LATE)
        self.fault.setVisible(bool(fault))

    def _take_level(self, value: str) -> None:
        self.store(privacy=Privacy(value))

    def _choose(self) -> None:
        path = self._places.file(
            self,
            self.tr("Mitlaufende Kalenderdatei"),
            _USUAL_NAME,
            self.tr("Kalenderdatei (*.ics)"),
        )
        if path is not None:
            self._session.perform(
                lambda context: live_calendar.choose(context, path),
                lambda: self.tr("Mitlaufende Kalenderdatei gewählt"),
                self._say_fault,
            )

    def _switch_off(self) -> None:
        self._session.perform(
            live_calendar.switch_off, lambda: self.tr("Mitlaufende Kalenderdatei ausgeschaltet")
        )
        self.choose_button.setFocus()

    def _copy(self) -> None:
        url = QUrl.fromLocalFile(self.settings().live_calendar)
        QGuiApplication.clipboard().setText(
            url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
        )
        self._session.done.emit(self.tr("Adresse der Kalenderdatei kopiert"))
