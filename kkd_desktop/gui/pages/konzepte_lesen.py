"""What do the concepts say? The shelf at the left, the chosen one set as a document beside it."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QListView,
    QVBoxLayout,
    QWidget,
)

from kkd_desktop.actions.policies import OnShelf
from kkd_desktop.gui import theme
from kkd_desktop.gui.concept import shelf_standing
from kkd_desktop.gui.delegates.concept import ConceptDelegate
from kkd_desktop.gui.models.concepts import ConceptModel
from kkd_desktop.gui.models.policy_reading import broken, read
from kkd_desktop.gui.models.set_reading import read_set
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.card import Line, TableCard
from kkd_desktop.gui.widgets.focus import lead_focus
from kkd_desktop.gui.widgets.labels import ElidedLabel
from kkd_desktop.gui.widgets.policy_document import PolicyDocument

_LIST, _LIST_NARROW, _PAPER = 290, 240, 860
_ROOMY = 1000


class ReadingRoom(QWidget):
    """One of the concepts at hand, to be read.

    Signals:
        comparison_wanted: with the concept in force; carries the id of the one that is read.
    """

    comparison_wanted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._found: dict[str, OnShelf] = {}
        self.model = ConceptModel(self)
        self.list = _ConceptList(self.model, self.tr("Konzepte"))
        self.hint = ElidedLabel(muted=True)
        self.all_quotes = QCheckBox(self.tr("Alle Wortlaute"))
        self.copy_button = Button(self.tr("Kopieren"), kind="quiet")
        self.copy_button.setAccessibleDescription(self.tr("Das ganze Konzept als Text"))
        self.compare_button = Button(self.tr("Vergleichen"), kind="quiet")
        self.compare_button.setAccessibleDescription(self.tr("Mit dem Konzept Ihres Bestands"))
        self.document = PolicyDocument()
        self._shelf = TableCard(self.list)
        self._lay_out()

        self.list.selectionModel().currentChanged.connect(self._show_current)
        self.list.entered_text.connect(self.document.setFocus)
        self.document.link_followed.connect(self.choose)
        self.all_quotes.toggled.connect(self.document.show_all)
        self.copy_button.clicked.connect(self._copy)
        self.compare_button.clicked.connect(lambda: self.comparison_wanted.emit(self.current()))

    def show_shelf(self, found: Sequence[OnShelf]) -> None:
        """Show these concepts; the one that is read stays, at first it is that of the caseload."""
        before = self.current()
        self._found = {each.id: each for each in found}
        self.model.show_shelf(found, self._session.context.today)
        chosen = next((each.id for each in found if each.is_chosen), found[0].id if found else "")
        self.choose(before if before in self._found else chosen)
        self._show_current(self.list.currentIndex())

    def current(self) -> str:
        """The id of the concept that is read; empty where there is none."""
        index = self.list.currentIndex()
        return self.model.item(index).id if index.isValid() else ""

    def choose(self, concept: str) -> None:
        """Read this concept."""
        place = self.model.place_of(concept)
        if place is not None:
            self.list.setCurrentIndex(self.model.index(place))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shelf.setFixedWidth(_LIST if self.width() >= _ROOMY else _LIST_NARROW)
        self._show_hint()

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setContentsMargins(theme.HUGE, theme.TINY, theme.SMALL, theme.TINY)
        tools.setSpacing(theme.SMALL)
        tools.addWidget(self.hint, 1)
        tools.addStretch()
        for widget in (self.all_quotes, self.copy_button, self.compare_button):
            tools.addWidget(widget)
        paper = QFrame()
        paper.setProperty("kind", "card")
        paper.setMaximumWidth(_PAPER)
        column = QVBoxLayout(paper)
        column.setContentsMargins(1, 1, 1, theme.TINY)
        column.setSpacing(0)
        column.addLayout(tools)
        column.addWidget(Line())
        column.addWidget(self.document, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.LARGE)
        row.addWidget(self._shelf)
        row.addWidget(paper, 1)
        row.addStretch()
        lead_focus(self, self.list)

    def _show_current(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        shelved = self._found[self.model.item(index).id]
        today = self._session.context.today
        state, tone = shelf_standing(shelved, today)
        if shelved.policy is not None:
            self.document.show_reading(read(shelved.policy, state, tone, today))
        elif shelved.whole is not None:
            self.document.show_reading(read_set(shelved.whole, shelved.parts, state, tone, today))
        else:
            self.document.show_reading(broken(shelved.id, shelved.faults, shelved.note))
        self.compare_button.setVisible(shelved.is_readable and not shelved.is_chosen)
        self.all_quotes.setVisible(shelved.policy is not None)
        self._show_hint()

    def _show_hint(self) -> None:
        found = self._found.get(self.current())
        readable = found is not None and found.is_readable
        self.hint.setVisible(readable and self.width() >= _ROOMY)
        is_set = found is not None and found.whole is not None
        self.hint.setText(
            self.tr("Klick oder Eingabe öffnet das Konzept einer Zeile")
            if is_set
            else self.tr("Klick oder ↑ ↓ zeigt den Wortlaut")
        )

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.document.whole_text())
        self._session.done.emit(self.tr("Konzept als Text kopiert"))


class _ConceptList(QListView):
    """Up and Down read another concept; Enter goes into its text.

    Signals:
        entered_text: Enter was pressed, or a row double-clicked.
    """

    entered_text = Signal()

    paints_focus = True

    def __init__(self, model: ConceptModel, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(ConceptDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.activated.connect(self.entered_text)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 120)
