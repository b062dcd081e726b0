"""What holds in this office and for this desk? Everything is stored as soon as it is changed."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kkd_desktop.gui import theme
from kkd_desktop.gui.dialogs.places import PlaceChooser
from kkd_desktop.gui.pages.live import LivePage
from kkd_desktop.gui.sections.about import AboutSection
from kkd_desktop.gui.sections.appearance import AppearanceSection
from kkd_desktop.gui.sections.backups import BackupsSection
from kkd_desktop.gui.sections.base import Section
from kkd_desktop.gui.sections.busy import BusySection
from kkd_desktop.gui.sections.caldav import CaldavSection
from kkd_desktop.gui.sections.calendar import CalendarSection
from kkd_desktop.gui.sections.concept import ConceptSection
from kkd_desktop.gui.sections.data import PostSection, StoreSection
from kkd_desktop.gui.sections.days_off import DaysOffSection
from kkd_desktop.gui.sections.history import HistorySection
from kkd_desktop.gui.sections.hours import HoursSection
from kkd_desktop.gui.sections.office import OfficeSection
from kkd_desktop.gui.sections.retention import HandOverSection, RetentionSection
from kkd_desktop.gui.sections.security import SecuritySection
from kkd_desktop.gui.sections.texts import TextsSection
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.labels import SectionHeading

_WIDTH = 780
_ROOMY = 960


class EinstellungenPage(LivePage):
    """The settings as cards below each other; in a wide window their names stand beside them.

    Signals:
        concepts_wanted: the page of the concepts is wanted.
        history_wanted: the Verlauf of the whole caseload is wanted.
    """

    concepts_wanted = Signal()
    history_wanted = Signal()

    def __init__(
        self,
        session: Session,
        parent: QWidget | None = None,
        *,
        open_folder: Callable[[Path], object] | None = None,
        places: PlaceChooser | None = None,
        settings: QSettings | None = None,
        is_demo: bool = False,
    ) -> None:
        super().__init__(session, parent)
        self.heading = SectionHeading(
            self.tr("Einstellungen"), self.tr("Jede Änderung gilt sofort"), page=True
        )
        self.concept = ConceptSection(session, open_folder=open_folder)
        self.office = OfficeSection(session)
        self.hours = HoursSection(session)
        self.days_off = DaysOffSection(session)
        self.post = PostSection(session)
        self.texts = TextsSection(session, open_folder=open_folder)
        self.calendar = CalendarSection(session, places=places)
        self.busy = BusySection(session, places=places)
        self.caldav = CaldavSection(session)
        self.history = HistorySection(session)
        self.store = StoreSection(session)
        self.security = SecuritySection(session, settings, is_demo=is_demo)
        self.backups = BackupsSection(session, places=places)
        self.retention = RetentionSection(session, places=places)
        self.hand_over = HandOverSection(session, places=places)
        self.appearance = AppearanceSection(session, settings)
        self.about = AboutSection(session)
        self.sections: tuple[Section, ...] = (
            self.concept,
            self.office,
            self.hours,
            self.days_off,
            self.post,
            self.texts,
            self.calendar,
            self.busy,
            self.caldav,
            self.history,
            self.store,
            self.security,
            self.backups,
            self.retention,
            self.hand_over,
            self.appearance,
            self.about,
        )
        self.area = QScrollArea()
        self._index = self._names()
        self._lay_out()

        self.concept.reading_wanted.connect(self.concepts_wanted)
        self.history.history_wanted.connect(self.history_wanted)

    def reload(self) -> None:
        """Show what is stored; what is being typed is left alone."""
        for section in self.sections:
            section.show_settings()

    def show_section(self, section: Section) -> None:
        """Bring a card to the top and its first field under the keyboard."""
        for child in section.findChildren(QWidget):
            if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisibleTo(section):
                child.setFocus(Qt.FocusReason.TabFocusReason)
                break
        self.area.verticalScrollBar().setValue(section.y())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._index.setVisible(self.width() >= _ROOMY)

    def _lay_out(self) -> None:
        cards = QWidget()
        column = QVBoxLayout(cards)
        column.setContentsMargins(0, 0, theme.MEDIUM, theme.HUGE)
        column.setSpacing(theme.LARGE)
        for section in self.sections:
            column.addWidget(section)
        column.addStretch()
        self.area.setWidget(cards)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setMaximumWidth(_WIDTH + theme.MEDIUM)
        cards.setAutoFillBackground(False)
        self.area.viewport().setAutoFillBackground(False)
        beside = QHBoxLayout()
        beside.setSpacing(theme.HUGE)
        beside.addWidget(self.area, 1)
        beside.addWidget(self._index)
        beside.addStretch()
        page = QVBoxLayout(self)
        page.setContentsMargins(theme.HUGE, theme.HUGE, theme.HUGE, 0)
        page.setSpacing(theme.MEDIUM)
        page.addWidget(self.heading)
        page.addLayout(beside, 1)

    def _names(self) -> QWidget:
        names = QWidget()
        column = QVBoxLayout(names)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for section in self.sections:
            assert section.heading is not None
            button = Button(section.heading.title.text(), kind="quiet")
            button.clicked.connect(lambda _=False, to=section: self.show_section(to))
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        return names
