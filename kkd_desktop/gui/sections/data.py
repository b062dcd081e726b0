"""How long does the post take, what may calendars show, and where does the caseload lie?"""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kkd_desktop.actions import casework
from kkd_desktop.actions.settings import MOST_MARGIN_DAYS
from kkd_desktop.domain import texts
from kkd_desktop.domain.privacy import Privacy
from kkd_desktop.gui import theme
from kkd_desktop.gui.sections.base import Section
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Banner
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.calm import NumberEdit
from kkd_desktop.gui.widgets.field import FormField
from kkd_desktop.gui.widgets.labels import PlainLabel
from kkd_desktop.gui.widgets.segmented import SegmentedControl


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
                "SGB X). So viele Arbeitstage bleiben danach noch bis zum vorgeschlagenen Termin."
            ),
        )
        self.body.addWidget(self.margin)
        self._number.valueChanged.connect(self._take)

    def show_settings(self) -> None:
        self._number.set_quietly(self.settings().post_margin_days)

    def _take(self, value: int) -> None:
        self.store(self.margin, post_margin_days=value)


class PrivacySection(Section):
    """What calendars and lists show of a person unless somebody chooses otherwise."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(
            session,
            self.tr("Datenschutz"),
            self.tr("Vorgabe für Kalenderdateien und Listen"),
            parent,
        )
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
        self.body.addWidget(self.level)
        self.body.addWidget(self.warning)
        self.level.value_changed.connect(self._take)

    def show_settings(self) -> None:
        level = self.settings().privacy
        self.level.blockSignals(True)
        self.level.set_value(level)
        self.level.blockSignals(False)
        self.warning.setVisible(level is Privacy.FULL)

    def _take(self, value: str) -> None:
        self.store(privacy=Privacy(value))


class StoreSection(Section):
    """Where the file of the caseload lies and how much is in it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, self.tr("Fallbestand"), parent=parent)
        self.path = PlainLabel(wrap=True)
        self.number = PlainLabel(muted=True)
        self.restore_button = Button(self.tr("Sicherung wiederherstellen (kommt)"))
        self.restore_button.setEnabled(False)
        line = QHBoxLayout()
        line.setContentsMargins(0, theme.TINY, 0, 0)
        line.addWidget(self.restore_button)
        line.addStretch()
        self.body.addWidget(self.path)
        self.body.addWidget(self.number)
        self.body.addLayout(line)

    def show_settings(self) -> None:
        context = self._session.context
        # A zero-width space after each separator: a long path breaks between folders.
        self.path.setText(str(context.store.path).replace("/", "/\u200b"))
        count = casework.count_clients(context)
        self.number.setText(
            self.tr("{count}, verschlüsselt").format(
                count=texts.counted(count, self.tr("Person"), self.tr("Personen"))
            )
        )
