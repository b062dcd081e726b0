"""Was a table dropped here? A page of the window as the place to let go of a file."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFont
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kkd_desktop.gui import theme
from kkd_desktop.gui.widgets.labels import PlainLabel

KINDS = (".csv", ".xlsx", ".xlsm", ".txt", ".tsv")


class TableDrop(QObject):
    """Lets a table be dropped on a widget, and says so while one hovers over it.

    Signals:
        dropped: carries the path.
    """

    dropped = Signal(Path)

    def __init__(self, target: QWidget) -> None:
        super().__init__(target)
        self._target = target
        self._sign: QFrame | None = None
        target.setAcceptDrops(True)
        target.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent):
            place = dropped_table(event.mimeData())
            if place is None:
                return False
            event.acceptProposedAction()
            if isinstance(event, QDragEnterEvent):
                self._show_sign()
            elif event.type() is QEvent.Type.Drop:
                self._hide_sign()
                self.dropped.emit(place)
            return True
        if event.type() is QEvent.Type.DragLeave:
            self._hide_sign()
        return False

    def _show_sign(self) -> None:
        if self._sign is None:
            self._sign = QFrame(self._target)
            self._sign.setProperty("kind", "popup")
            self._sign.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column = QVBoxLayout(self._sign)
            column.setContentsMargins(theme.HUGE, theme.LARGE, theme.HUGE, theme.LARGE)
            column.addWidget(
                PlainLabel(self.tr("Tabelle hier ablegen"), weight=QFont.Weight.DemiBold)
            )
            column.addWidget(PlainLabel(self.tr("Erst prüfen, dann übernehmen"), muted=True))
        self._sign.adjustSize()
        room = self._target.rect().center() - self._sign.rect().center()
        self._sign.move(room)
        self._sign.show()
        self._sign.raise_()

    def _hide_sign(self) -> None:
        if self._sign is not None:
            self._sign.hide()


def dropped_table(data: QMimeData) -> Path | None:
    """The one table file that is dragged here."""
    urls = data.urls() if data.hasUrls() else []
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    place = Path(urls[0].toLocalFile())
    return place if place.suffix.lower() in KINDS else None
