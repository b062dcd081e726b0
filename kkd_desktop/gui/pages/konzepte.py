"""Which concepts are there, what do they say, and what would another one change here?"""

from collections.abc import Callable, Sequence
from functools import cached_property

from PySide6.QtCore import QSettings, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kkd_desktop.actions import policies
from kkd_desktop.actions.policies import OnShelf, Standing
from kkd_desktop.domain import texts
from kkd_desktop.domain.language import to_count
from kkd_desktop.gui import theme
from kkd_desktop.gui.kept import keep_choice
from kkd_desktop.gui.pages.konzepte_frage import AskingRoom
from kkd_desktop.gui.pages.konzepte_lesen import ReadingRoom
from kkd_desktop.gui.pages.konzepte_machbarkeit import FeasibilityRoom
from kkd_desktop.gui.pages.konzepte_vergleich import ComparisonRoom
from kkd_desktop.gui.pages.live import LivePage
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.focus import enter
from kkd_desktop.gui.widgets.labels import SectionHeading
from kkd_desktop.gui.widgets.segmented import SegmentedControl

READING, COMPARISON, FEASIBILITY = "lesen", "vergleichen", "machbarkeit"


class KonzeptePage(LivePage):
    """Three rooms of one page: read the concepts, compare two, ask whether one can be kept.

    A room is made when it is first entered: all three at once take 40 ms.

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
        self._shelf: Sequence[OnShelf] = ()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.reading)
        self.heading.add(self.rooms)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.HUGE, theme.HUGE, theme.HUGE, theme.HUGE)
        column.setSpacing(theme.LARGE)
        column.addWidget(self.heading)
        column.addWidget(self._stack, 1)

        self.rooms.value_changed.connect(self._enter)
        self.reading.comparison_wanted.connect(self._compare)
        keep_choice(settings, "konzepte/room", self.rooms)

    @cached_property
    def comparison(self) -> ComparisonRoom:
        room = ComparisonRoom(self._session)
        room.client_opened.connect(self.client_opened)
        self._take_in(room)
        return room

    @cached_property
    def feasibility(self) -> FeasibilityRoom:
        room = FeasibilityRoom(self._session)
        room.settings_wanted.connect(self.settings_wanted)
        self._take_in(room)
        return room

    def reload(self) -> None:
        """Ask for the shelf anew; what is read stays."""
        found = self._shelf = policies.on_shelf(self._session.context)
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
        for room in self._stack.findChildren(AskingRoom):
            room.show_shelf(found)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        enter(self._room())

    def show_room(self, room: str) -> None:
        """Go to one of the rooms."""
        self.rooms.set_value(room)

    def _enter(self, room: str) -> None:
        places: dict[str, Callable[[], QWidget]] = {
            READING: lambda: self.reading,
            COMPARISON: lambda: self.comparison,
            FEASIBILITY: lambda: self.feasibility,
        }
        self._stack.setCurrentWidget(places[room]())

    def _compare(self, concept: str) -> None:
        self.show_room(COMPARISON)
        self.comparison.choose(concept)
        enter(self.comparison)

    def _take_in(self, room: AskingRoom) -> None:
        self._stack.addWidget(room)
        if self._shelf:
            room.show_shelf(self._shelf)

    def _room(self) -> QWidget:
        room = self._stack.currentWidget()
        assert room is not None
        return room
