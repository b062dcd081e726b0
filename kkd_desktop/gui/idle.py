"""For how long has nobody touched this window, or does somebody ask to lock it?"""

import time
from collections.abc import Callable
from math import ceil

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent

WARNING_SECONDS = 30
_LOCK_KEYS = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_L)
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


class LastInput(QObject):
    """Knows the last key or movement of the mouse in any window of this program.

    Listens at the windows of the system, which get little else than input; a filter on all widgets
    would be asked thousands of times for each page.
    """

    def __init__(self, parent: QObject, clock: Callable[[], float] = awake_or_not) -> None:
        super().__init__(parent)
        self._clock = clock
        self._last = clock()
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.connect(self._listen)
        self._listen()

    def seconds(self) -> float:
        """How long nobody has touched anything."""
        return self._clock() - self._last

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT:
            self._last = self._clock()
        return False

    def _listen(self) -> None:
        for window in QGuiApplication.topLevelWindows():
            window.installEventFilter(self)


class IdleWatch(LastInput):
    """Counts from the last input.

    Signals:
        nearly: so many seconds are left, the last ones of the time; carries them.
        resumed: somebody came back during these.
        reached: the time is over; sent each second until `stop`.
        lock_wanted: Ctrl+L, in whichever window; a shortcut would not reach past a modal dialog.
    """

    nearly = Signal(int)
    resumed = Signal()
    reached = Signal()
    lock_wanted = Signal()

    def __init__(self, parent: QObject, clock: Callable[[], float] = awake_or_not) -> None:
        super().__init__(parent, clock)
        self._seconds = 0
        self._warned = False
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
        self._listen()
        left = self._seconds - self.seconds()
        if left <= 0:
            self.reached.emit()
        elif left <= WARNING_SECONDS:
            self._warned = True
            self.nearly.emit(ceil(left))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        super().eventFilter(watched, event)
        if event.type() in _INPUT and self._warned:
            self._warned = False
            self.resumed.emit()
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            wanted = event.keyCombination() == _LOCK_KEYS
            if wanted:
                # In a turn of its own: the window that hears it goes away.
                QTimer.singleShot(0, self, self.lock_wanted.emit)
            return wanted
        return False
