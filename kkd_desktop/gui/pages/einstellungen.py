"""What holds in this office and for this desk? Everything is stored as soon as it is changed."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kkd_desktop.domain.folding import fold
from kkd_desktop.gui import shortcuts, theme
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
from kkd_desktop.gui.widgets.card_index import CardIndex
from kkd_desktop.gui.widgets.labels import PlainLabel, SectionHeading
from kkd_desktop.gui.widgets.side_column import keep_height

_WIDTH = 780
_INDEX = 164
_PLACE = "einstellungen/card"
_AT_ONCE = 2
"""Cards that fill the first picture."""

_STEPS: dict[int, QAbstractSlider.SliderAction] = {
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
    Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
}


class EinstellungenPage(LivePage):
    """The settings as cards below each other; beside them their names, with a search. The card that
    was read last is shown again.

    Signals:
        concepts_wanted: the page of the concepts is wanted.
        history_wanted: the Verlauf of the whole caseload is wanted.
    """

    concepts_wanted = Signal()
    history_wanted = Signal()

    concept: ConceptSection
    office: OfficeSection
    hours: HoursSection
    days_off: DaysOffSection
    post: PostSection
    texts: TextsSection
    calendar: CalendarSection
    busy: BusySection
    caldav: CaldavSection
    history: HistorySection
    store: StoreSection
    security: SecuritySection
    backups: BackupsSection
    retention: RetentionSection
    hand_over: HandOverSection
    appearance: AppearanceSection
    about: AboutSection

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
        self._makers: dict[str, Callable[[], Section]] = {
            "concept": lambda: ConceptSection(session, open_folder=open_folder),
            "office": lambda: OfficeSection(session),
            "hours": lambda: HoursSection(session),
            "days_off": lambda: DaysOffSection(session),
            "post": lambda: PostSection(session),
            "texts": lambda: TextsSection(session, open_folder=open_folder),
            "calendar": lambda: CalendarSection(session, places=places),
            "busy": lambda: BusySection(session, places=places),
            "caldav": lambda: CaldavSection(session),
            "history": lambda: HistorySection(session),
            "store": lambda: StoreSection(session),
            "security": lambda: SecuritySection(session, settings, is_demo=is_demo),
            "backups": lambda: BackupsSection(session, places=places),
            "retention": lambda: RetentionSection(session, places=places),
            "hand_over": lambda: HandOverSection(session, places=places),
            "appearance": lambda: AppearanceSection(session, settings),
            "about": lambda: AboutSection(session),
        }
        self._order = tuple(self._makers)
        # First, so that the Tab key comes to it first.
        self.index = CardIndex(self.tr("Einstellungen"))
        self.area = QScrollArea()
        # The controls in it have the keys, and scroll it.
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cards = QVBoxLayout()
        self._settings = settings
        self._shows = False
        self._wanted = "" if settings is None else str(settings.value(_PLACE, ""))
        self._later = QTimer(self, interval=0)
        self._lay_out()

        self._later.timeout.connect(self._make_next)
        self.area.verticalScrollBar().valueChanged.connect(self._mark_place)
        self.area.verticalScrollBar().rangeChanged.connect(self._mark_place)
        self.index.sought.connect(self._seek)
        self.index.looked_at.connect(lambda name: self._bring_to_top(getattr(self, name)))
        self.index.chosen.connect(lambda name: self._go_to(getattr(self, name)))
        shortcuts.bind("settings.search", self, self.index.begin_search, shortcuts.WITHIN)
        session.finishing.connect(self._later.stop)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Section:
            """A card that was not made yet, for whoever asks for it by its name."""
            if name in self.__dict__.get("_makers", ()):
                return self._make(name)
            raise AttributeError(name)

    @property
    def sections(self) -> tuple[Section, ...]:
        """All cards, in their order; made where they are not there yet."""
        while self._makers:
            self._make_next()
        return self._made()

    def reload(self) -> None:
        """Show what is stored; what is being typed is left alone."""
        made, self._shows = self._made(), True
        for section in made:
            section.show_settings()
        for name in self._order[:_AT_ONCE]:
            if name in self._makers:
                self._make(name)
        if self._makers:
            self._later.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.focusWidget() is None:
            # Not a control: the first one chooses the concept, by an arrow key.
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._settings is not None and self.is_whole():
            self._settings.setValue(_PLACE, self.index.marked())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # While no control has the keys they scroll.
        step = _STEPS.get(event.key())
        if step is None:
            super().keyPressEvent(event)
        else:
            self.area.verticalScrollBar().triggerAction(step)

    def show_section(self, section: Section) -> None:
        """Bring a card to the top and its first field under the keyboard."""
        self._wanted = section.objectName() if self._makers else ""
        control = next(_controls(section), None)
        if control is not None:
            control.setFocus(Qt.FocusReason.TabFocusReason)
        self._bring_to_top(section)

    def search_for(self, text: str) -> None:
        """As if it were typed into the search."""
        self.index.begin_search()
        self.index.search.setText(text)

    def is_whole(self) -> bool:
        """Whether every card is there."""
        return not self._makers

    def _made(self) -> tuple[Section, ...]:
        return tuple(getattr(self, name) for name in self._order if name not in self._makers)

    def _make_next(self) -> None:
        """One card a turn, from the top: all at once would take a quarter of a second."""
        if self._makers:
            self._make(next(iter(self._makers)))
            return
        self._later.stop()
        if self._wanted in self._order:
            # The cards below give it room now; the keyboard may be elsewhere by now, and stays.
            self._bring_to_top(getattr(self, self._wanted))
        self._wanted = ""
        if self.index.search.text():
            self._seek(self.index.search.text())

    def _bring_to_top(self, section: Section) -> None:
        self.area.verticalScrollBar().setValue(section.y())

    def _make(self, name: str) -> Section:
        section = self._makers.pop(name)()
        section.setObjectName(name)
        setattr(self, name, section)
        place = self._made().index(section)
        self._cards.insertWidget(place, section)
        assert section.heading is not None
        self.index.insert(place, name, section.heading.title.text())
        if isinstance(section, ConceptSection):
            section.reading_wanted.connect(self.concepts_wanted)
        elif isinstance(section, HistorySection):
            section.history_wanted.connect(self.history_wanted)
        if self._shows:
            section.show_settings()
        return section

    def _go_to(self, section: Section) -> None:
        """To the control that was searched for, else to the first."""
        self.show_section(section)
        sought = fold(self.index.search.text()).split()
        found = (each for each in _controls(section) if _holds(_words_of(each), sought))
        control = next(found, None) if sought else None
        if control is not None:
            control.setFocus(Qt.FocusReason.TabFocusReason)
            self.area.ensureWidgetVisible(control)
        self.index.mark(section.objectName())

    def _seek(self, text: str) -> None:
        """In the index the cards on which all of it stands; the first of them comes to the top."""
        if self._makers:
            # Asked again when all cards are there.
            return
        sought = fold(text).split()
        found = [each for each in self._made() if _holds(_words_on(each), sought)]
        self.index.show_only([each.objectName() for each in found])
        if found and sought:
            self._bring_to_top(found[0])
            self.index.mark(found[0].objectName())

    def _mark_place(self) -> None:
        """In the index, of the cards whose heading is in sight the one with the keys is the one
        that is read, else the first: the last cards never come to the top.
        """
        top = self.area.verticalScrollBar().value()
        below = top + self.area.viewport().height()
        shown = [each for each in self._made() if each.isVisibleTo(self)]
        seen = [each for each in shown if top <= each.y() < below] or shown[-1:]
        focused = self.focusWidget()
        if seen:
            with_keys = (each for each in seen if focused and each.isAncestorOf(focused))
            self.index.mark(next(with_keys, seen[0]).objectName())

    def _lay_out(self) -> None:
        cards = QWidget()
        column = self._cards
        cards.setLayout(column)
        column.setContentsMargins(0, 0, theme.MEDIUM, theme.HUGE)
        column.setSpacing(theme.LARGE)
        column.addStretch()
        self.index.setFixedWidth(_INDEX)
        self.area.setWidget(cards)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setMaximumWidth(_WIDTH + theme.MEDIUM)
        cards.setAutoFillBackground(False)
        self.area.viewport().setAutoFillBackground(False)
        keep_height(self.area)
        beside = QHBoxLayout()
        beside.setSpacing(theme.LARGE)
        beside.addWidget(self.index)
        beside.addWidget(self.area, 1)
        beside.addStretch()
        page = QVBoxLayout(self)
        page.setContentsMargins(theme.HUGE, theme.HUGE, theme.HUGE, 0)
        page.setSpacing(theme.MEDIUM)
        page.addWidget(self.heading)
        page.addLayout(beside, 1)


def _controls(section: Section) -> Iterator[QWidget]:
    """What the Tab key comes to on a card."""
    for child in section.findChildren(QWidget):
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisibleTo(section):
            yield child


def _words_of(control: QWidget) -> str:
    words = control.text() if isinstance(control, QAbstractButton) else ""
    return fold(f"{control.accessibleName()} {words}")


def _words_on(section: Section) -> str:
    """All that is read on a card, and what its controls are called."""
    said = (label.text() for label in section.findChildren(PlainLabel))
    return " ".join((*map(fold, said), *map(_words_of, _controls(section))))


def _holds(words: str, sought: Sequence[str]) -> bool:
    return all(word in words for word in sought)
