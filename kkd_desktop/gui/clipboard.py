"""How long does what was copied here stay in the clipboard?"""

from PySide6.QtCore import QMimeData, QObject, QTimer
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
        self._timer = QTimer(self, singleShot=True, interval=stays_ms)
        self._timer.timeout.connect(self.empty)
        self._clipboard.dataChanged.connect(self._follow)
        self._clipboard.selectionChanged.connect(self._follow)

    def empty(self) -> None:
        """Take out now what is ours."""
        self._timer.stop()
        for mode, is_ours in self._modes():
            if is_ours:
                self._clipboard.clear(mode)

    def _follow(self) -> None:
        if any(is_ours and self._clipboard.text(mode) for mode, is_ours in self._modes()) or (
            self._clipboard.ownsClipboard() and self._clipboard.mimeData().formats()
        ):
            self._timer.start()
        else:
            self._timer.stop()

    def _modes(self) -> list[tuple[QClipboard.Mode, bool]]:
        modes = [(QClipboard.Mode.Clipboard, self._clipboard.ownsClipboard())]
        if self._clipboard.supportsSelection():
            modes.append((QClipboard.Mode.Selection, self._clipboard.ownsSelection()))
        return modes
