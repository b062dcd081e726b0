"""When is garbage looked for? Never all of it while somebody works.

A look through everything takes a quarter of a second with 10,000 people, at whatever moment it
comes, and one through what twenty young ones left 40 ms. Most of what is kept all day is put aside;
the rest is looked through while nobody types.
"""

import gc
from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

from kkd_desktop.gui.idle import LastInput

_YOUNG, _MIDDLE, _NEVER = 5_000, 4, 1_000_000
_LOOK_MS = 5_000
_PAUSE_S, _LONG_PAUSE_S = 4.0, 90.0
_LONG_S = 0.02


class Collector(QObject):
    """Looks for garbage of any age in the pauses of whoever works in the window."""

    def __init__(self, parent: QObject, idle: Callable[[], float] | None = None) -> None:
        super().__init__(parent)
        self._idle = idle or LastInput(self).seconds
        self._looked, self._looked_thoroughly = False, True
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Put aside what is there now, and collect in pauses from now on."""
        self._before = gc.get_threshold()
        gc.freeze()
        gc.set_threshold(_YOUNG, _MIDDLE, _NEVER)
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()
        gc.set_threshold(*self._before)
        gc.unfreeze()

    def look(self) -> None:
        """Collect, once in each pause; in a long one among all that was put aside, too."""
        idle = self._idle()
        if idle < _PAUSE_S:
            self._looked = self._looked_thoroughly = False
        elif idle >= _LONG_PAUSE_S and not self._looked_thoroughly:
            self._looked = self._looked_thoroughly = True
            gc.unfreeze()
            gc.collect()
            gc.freeze()
        elif not self._looked:
            self._looked = True
            begin = perf_counter()
            gc.collect()
            if perf_counter() - begin > _LONG_S:
                # So much that stays: not to be looked through again in the next pause.
                gc.freeze()
