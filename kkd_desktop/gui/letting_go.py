"""Where do thousands of outdated objects go? A few with each turn of the event loop.

Ten thousand answers that are replaced take 20 ms to go, at the moment in which somebody waits for
the new ones.
"""

from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer

_A_FEW = 200


class LettingGo(QObject):
    """Keeps what nobody needs any more until there is time to let it go."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._outdated: list[object] = []
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)

    def take(self, outdated: Iterable[object]) -> None:
        """Hand in each before it is replaced."""
        self._outdated.extend(outdated)
        if self._outdated:
            self._timer.start()

    def _go_on(self) -> None:
        del self._outdated[-_A_FEW:]
        if not self._outdated:
            self._timer.stop()
