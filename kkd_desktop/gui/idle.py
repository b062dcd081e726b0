"""For how long has nobody touched this window?"""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

WARNING_SECONDS = 30
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    }
)


def awake_or_not() -> float:
    """Seconds that go on while the machine sleeps, and that no clock set back takes away."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


class IdleWatch(QObject):
    """Counts from the last key or movement of the mouse in any window of this program.

    Listens at the windows of the system, which get little else than input; a filter on all widgets
    would be asked thousands of times for each page.

    Signals:
        nearly: so many seconds are left, the last ones of the time; carries them.
        resumed: somebody came back during these.
        reached: the time is over; sent each second until `stop`.
    """

    nearly = Signal(int)
    resumed = Signal()
    reached = Signal()

    def __init__(self, parent: QObject, clock: Callable[[], float] = awake_or_not) -> None:
        super().__init__(parent)
        self._clock = clock
        self._seconds = 0
        self._warned = False
        self._last = clock()
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self.look)

    def set_minutes(self, minutes: int) -> None:
        """After how long `reached` is sent; 0 never."""
        self._seconds = minutes * 60
        if minutes and not self._timer.isActive():
            self._last = self._clock()
            self._timer.start()
        elif not minutes:
            self._timer.stop()

    def stop(self) -> None:
        self._timer.stop()

    def look(self) -> None:
        """Reckon; the timer does it each second."""
        for window in QGuiApplication.topLevelWindows():
            window.installEventFilter(self)
        left = self._seconds - (self._clock() - self._last)
        if left <= 0:
            self.reached.emit()
        elif left <= WARNING_SECONDS:
            self._warned = True
            self.nearly.emit(round(left + 0.5))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT:
            self._last = self._clock()
            if self._warned:
                self._warned = False
                self.resumed.emit()
        return False
