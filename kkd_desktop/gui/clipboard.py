"""How long does what was copied here stay in the clipboard?"""

from PySide6.QtCore import QMimeData, QObject, Qt, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

STAYS_MS = 60_000
_NOT_KEPT = (
    ("x-kde-passwordManagerHint", b"secret"),
    ('application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"', b"1"),
    ('application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"', bytes(4)),
    ('application/x-qt-windows-mime;value="CanUploadToCloudClipboard"', bytes(4)),
)
"""What asks the histories of clipboards to leave something out, as password managers do."""


def copy(text: str) -> None:
    """Put a text with personal data into the clipboard, but not into its history."""
    data = QMimeData()
    data.setText(text)
    keep_out_of_history(data)
    QGuiApplication.clipboard().setMimeData(data)


def keep_out_of_history(data: QMimeData) -> None:
    for kind, value in _NOT_KEPT:
        data.setData(kind, value)


class ClipboardWatch(QObject):
    """Empties the clipboard a minute after this window filled it, by whatever way.

    What another program put there meanwhile is left alone.
    """

    def __init__(self, parent: QObject, stays_ms: int = STAYS_MS) -> None:
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._ours: set[QClipboard.Mode] = set()
        self._timer = QTimer(self, singleShot=True, interval=stays_ms)
        self._timer.timeout.connect(self.empty)
        self._clipboard.changed.connect(self._follow)

    def empty(self) -> None:
        """Take out now what is ours."""
        self._timer.stop()
        for mode in list(self._ours):
            self._clipboard.clear(mode)
        self._ours.clear()

    def _follow(self, mode: QClipboard.Mode) -> None:
        data = self._clipboard.mimeData(mode)
        if data is not None and data.formats() and self._is_ours(mode, data):
            self._ours.add(mode)
            self._timer.start()
        else:
            self._ours.discard(mode)

    def _is_ours(self, mode: QClipboard.Mode, data: QMimeData) -> bool:
        """Not every system tells; where it does not, it is whoever is in front that copies."""
        owns = (
            self._clipboard.ownsSelection()
            if mode is QClipboard.Mode.Selection
            else self._clipboard.ownsClipboard()
        )
        in_front = QGuiApplication.applicationState() is Qt.ApplicationState.ApplicationActive
        return owns or in_front or data.hasFormat(_NOT_KEPT[0][0])
