"""Which concepts are there, what do they say, and what would another one change here?"""

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kkd_desktop.actions import policies
from kkd_desktop.actions.policies import Standing
from kkd_desktop.domain import texts
from kkd_desktop.domain.language import to_count
from kkd_desktop.gui import theme
from kkd_desktop.gui.kept import keep_choice
from kkd_desktop.gui.pages.konzepte_lesen import ReadingRoom
from kkd_desktop.gui.pages.konzepte_machbarkeit import FeasibilityRoom
from kkd_desktop.gui.pages.konzepte_vergleich import ComparisonRoom
from kkd_desktop.gui.pages.live import LivePage
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.labels import SectionHeading
from kkd_desktop.gui.widgets.segmented import SegmentedControl

READING, COMPARISON, FEASIBILITY = "lesen", "vergleichen", "machbarkeit"


class KonzeptePage(LivePage):
    """Three rooms of one page: read the concepts, compare two, ask whether one can be kept.

    Signals:
        client_opened: a client of the comparison was opened; carries the id.
        settings_wanted: working hours or concept are to be changed in the settings.
    """

    client_opened = Signal(int)
    settings_wanted = Signal()

    def __init__(
        self, session: Session, parent: QWidget | None = None, *, settings: QSettings | None = None
    ) -> None:
        """`settings` keep the room."""
        super().__init__(session, parent)
        self.heading = SectionHeading(self.tr("Konzepte"), page=True)
        self.rooms = SegmentedControl(
            (
                (READING, self.tr("Lesen")),
                (COMPARISON, self.tr("Vergleichen")),
                (FEASIBILITY, self.tr("Machbarkeit")),
            ),
            self.tr("Ansicht"),
        )
        self.reading = ReadingRoom(session)
        self.comparison = ComparisonRoom(session)
        self.feasibility = FeasibilityRoom(session)
        self._stack = QStackedWidget()
        for room in (self.reading, self.comparison, self.feasibility):
            self._stack.addWidget(room)
        self.heading.add(self.rooms)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.HUGE, theme.HUGE, theme.HUGE, theme.HUGE)
        column.setSpacing(theme.LARGE)
        column.addWidget(self.heading)
        column.addWidget(self._stack, 1)

        self.rooms.value_changed.connect(self._enter)
        self.reading.comparison_wanted.connect(self._compare)
        self.comparison.client_opened.connect(self.client_opened)
        self.feasibility.settings_wanted.connect(self.settings_wanted)
        keep_choice(settings, "konzepte/room", self.rooms)

    def reload(self) -> None:
        """Ask for the shelf anew; what is read stays."""
        found = policies.on_shelf(self._session.context)
        single = [each for each in found if each.whole is None]
        said = self.tr("{concepts}, davon {number} in Kraft").format(
            concepts=texts.counted(len(single), "Konzept", "Konzepte"),
            number=sum(each.standing is Standing.IN_FORCE for each in single),
        )
        if sets := len(found) - len(single):
            words = to_count("Zusammenstellung", "Zusammenstellungen")
            said = f"{said} · {texts.counted(sets, *words)}"
        self.heading.note.setText(said)
        self.reading.show_shelf(found)
        self.comparison.show_shelf(found)
        self.feasibility.show_shelf(found)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._room().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_room(self, room: str) -> None:
        """Go to one of the rooms."""
        self.rooms.set_value(room)

    def _enter(self, room: str) -> None:
        places = {READING: self.reading, COMPARISON: self.comparison, FEASIBILITY: self.feasibility}
        self._stack.setCurrentWidget(places[room])

    def _compare(self, concept: str) -> None:
        self.show_room(COMPARISON)
        self.comparison.choose(concept)
        self.comparison.setFocus()

    def _room(self) -> QWidget:
        room = self._stack.currentWidget()
        assert room is not None
        return room
