"""How long does each turn of the event loop keep the GUI thread, and which of our lines did?

Judged by the thread's own CPU time: wall time also holds whatever else runs on the machine. A
signal looks at the stack while a turn lasts long, so that the culprit has a name; not a second
thread, which would keep painters alive in the frames it looks at.
"""

import gc
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter, thread_time
from types import FrameType
from typing import Any

from PySide6.QtCore import QCoreApplication

STALL = 0.050
_LOOK_AFTER, _LOOK_EVERY = 0.015, 0.004
_OURS = "kkd_desktop"


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: what somebody was doing, seconds of the GUI thread, and where they went."""

    name: str
    cpu: float
    wall: float
    collecting: float = 0.0
    culprit: str = ""

    def __str__(self) -> str:
        said = f"{self.cpu * 1000:6.1f} ms cpu {self.wall * 1000:6.1f} wall  {self.name}"
        if self.collecting > 0.005:
            said += f"  [{self.collecting * 1000:.0f} ms gc]"
        return f"{said}  {self.culprit}"


class Watchdog:
    """Times turns and names what keeps them."""

    def __init__(self) -> None:
        self.turns: list[Turn] = []
        self._main = threading.get_ident()
        self._is_turning = False
        self._seen: Counter[str] = Counter()
        self._gc_began = self._collecting = 0.0

    @contextmanager
    def watching(self) -> Iterator["Watchdog"]:
        """Look at the stack of this thread during long turns."""
        before = signal.signal(signal.SIGPROF, self._look)
        gc.callbacks.append(self._collect)
        try:
            yield self
        finally:
            gc.callbacks.remove(self._collect)
            signal.signal(signal.SIGPROF, before)

    def turn(self, name: str, act: Callable[[], Any] | None = None) -> Turn:
        """Do something as an event would, and what the event loop does at once after it."""
        self._collecting = 0.0
        self._seen.clear()
        self._is_turning = True
        signal.setitimer(signal.ITIMER_PROF, _LOOK_AFTER, _LOOK_EVERY)
        cpu, wall = thread_time(), perf_counter()
        if act is not None:
            act()
        QCoreApplication.processEvents()
        cpu, wall = thread_time() - cpu, perf_counter() - wall
        signal.setitimer(signal.ITIMER_PROF, 0)
        self._is_turning = False
        culprit = self._culprit() if cpu > _LOOK_AFTER else ""
        self.turns.append(Turn(name, cpu, wall, self._collecting, culprit))
        return self.turns[-1]

    def stalls(self) -> list[Turn]:
        """Turns over 50 ms, the longest first."""
        found = (turn for turn in self.turns if turn.cpu > STALL)
        return sorted(found, key=lambda turn: -turn.cpu)

    def _culprit(self) -> str:
        return "; ".join(f"{number}x {where}" for where, number in self._seen.most_common(3))

    def _look(self, number: int, frame: FrameType | None) -> None:
        if self._is_turning and frame is not None:
            self._seen[_said(frame)] += 1

    def _collect(self, phase: str, info: dict[str, int]) -> None:
        if threading.get_ident() != self._main:
            return
        if phase == "start":
            self._gc_began = thread_time()
        else:
            self._collecting += thread_time() - self._gc_began


def recurring(hours: Sequence[Sequence[Turn]], most: float) -> list[Turn]:
    """The turns of the last hour that lasted longer than `most`, of deeds that did so in each hour.

    What is long once may be the machine, which had other things in mind; what comes again is ours.
    """
    late = [{turn.name for turn in turns if turn.cpu > most} for turns in hours]
    return [turn for turn in hours[-1] if turn.cpu > most and turn.name in set.intersection(*late)]


def _said(frame: FrameType | None) -> str:
    """The innermost lines of the program, and the one it stands in where that is not ours."""
    stack = []
    while frame is not None:
        code = frame.f_code
        stack.append(f"{_short(code.co_filename)}:{frame.f_lineno} {code.co_name}")
        frame = frame.f_back
    ours = [each for each in stack if each.startswith(_OURS)]
    inside = [] if ours and stack[0] == ours[0] else stack[:1]
    return " < ".join([*inside, *ours[:4]])


def _short(filename: str) -> str:
    parts = filename.replace("\\", "/").split("/")
    if _OURS in parts:
        return "/".join(parts[parts.index(_OURS) :])
    return "/".join(parts[-2:])
