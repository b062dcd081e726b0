"""When is garbage looked for, and where? In the thread of the window, and never all of it while
somebody works.

By itself Python looks in whatever thread makes objects just then; a widget that goes in another
thread takes the program with it. And a look through everything takes a quarter of a second with
10,000 people, at whatever moment it comes. So nothing happens by itself: what is young is looked
through between two turns, most of what is kept all day is put aside, and the rest is looked through
while nobody types.
"""

import gc
from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

from kkd_desktop.gui.idle import LastInput

_YOUNG, _MIDDLE = 3_000, 2
"""So many new objects are worth a look; so many such looks are worth one through what they left."""

_YOUNG_MS, _LOOK_MS = 200, 5_000
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
        self._soon = QTimer(self, interval=_YOUNG_MS)
        self._soon.timeout.connect(self.look_through_young)

    def start(self) -> None:
        """Put aside what is there now, and collect here alone from now on."""
        self._before = gc.isenabled()
        gc.disable()
        gc.freeze()
        self._timer.start()
        self._soon.start()

    def stop(self) -> None:
        self._timer.stop()
        self._soon.stop()
        if self._before:
            gc.enable()
        gc.unfreeze()

    def look_through_young(self) -> None:
        """Among what was made lately, where that is much."""
        young, middle, _ = gc.get_count()
        if young > _YOUNG:
            gc.collect(1 if middle >= _MIDDLE else 0)

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
