"""Who is met when by a proposed plan? Weeks to fold, talks to choose, by mouse and by keys."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from kkd_desktop.domain.plan import Plan
from kkd_desktop.gui.delegates.plan import PlanDelegate
from kkd_desktop.gui.models.plan_rows import Index, Part, PlanGroup, PlanModel
from kkd_desktop.gui.models.week_proposals import Key

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MANY = 500


class PlanList(QTreeView):
    """Space chooses a talk or leaves it out, of a week all of them; Enter opens the person's file
    or folds a part; Left and Right fold too.

    Signals:
        talk_chosen: the row of this talk is the current one now.
        told: what the current row says in full: title, lines.
        client_opened: the file of a client is wanted; carries the id.
    """

    talk_chosen = Signal(object)
    told = Signal(str, object)
    client_opened = Signal(int)

    paints_focus = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plan_model = PlanModel(self)
        self._delegate = PlanDelegate(self, self.plan_model)
        self.setModel(self.plan_model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(self.tr("Vorgeschlagene Termine"))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)

        self.plan_model.ticked.connect(lambda: self._tell())

    def show_plan(self, plan: Plan | None, groups: Sequence[PlanGroup] | None = None) -> None:
        """Show it from its first talk on; who is not part of it is folded away, and so are
        thousands who have no place: all of them are laid out in one turn. `groups` are as the model
        takes them.
        """
        self.plan_model.show_plan(plan, groups)
        model = self.plan_model
        folded = (Part.NOT_ASKED, Part.LATE_ANYWAY)
        for place, group in enumerate(model.groups):
            if group.part not in folded and len(group.rows) <= _MANY:
                self.expand(model.index(place, 0))
        talks = model.talks()
        if talks:
            self.choose(talks[0].key)
        elif model.groups:
            self.setCurrentIndex(model.index(0, 0))
        self.scrollToTop()
        self._tell()

    def choose(self, key: Key) -> None:
        """Make the row of this talk the current one and bring it into sight."""
        index = self.plan_model.index_of(key)
        if index.isValid():
            self.expand(index.parent())
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def current_client_id(self) -> int | None:
        row = self.plan_model.row(self.currentIndex())
        return None if row is None else row.client.id

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._tell()
        row = self.plan_model.row(current)
        if row is not None and row.talk is not None:
            self.talk_chosen.emit(row.talk)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Space:
            self.plan_model.toggle(index)
        elif event.key() in _ENTER and not event.modifiers():
            self._open(index)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid():
            return
        box = self._delegate.tick_rect(index)
        if box is not None and box.contains(event.position()):
            self.plan_model.toggle(index)
        elif self.plan_model.group(index) is not None:
            self.setExpanded(index, not self.isExpanded(index))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        box = self._delegate.tick_rect(index) if index.isValid() else None
        if box is not None and box.contains(event.position()):
            self.plan_model.toggle(index)
        elif self.plan_model.row(index) is not None:
            self._open(index)
        elif index.isValid():
            self.setExpanded(index, not self.isExpanded(index))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # A sentence above makes it lower; what is meant stays in sight.
        self.scrollTo(self.currentIndex())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._delegate.forget_ink()
            self.viewport().update()

    def _open(self, index: QModelIndex) -> None:
        row = self.plan_model.row(index)
        if row is not None:
            self.client_opened.emit(row.client.id)
        elif index.isValid():
            self.setExpanded(index, not self.isExpanded(index))

    def _tell(self) -> None:
        self.told.emit(*self.plan_model.told(self.currentIndex()))
