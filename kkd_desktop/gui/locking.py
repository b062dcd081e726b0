"""When does the window lock, and what happens then?

The content leaves the screen at once, what was typed goes into the store, and the process ends:
names and the key would stay in Python's memory whatever is closed. `Startup` begins anew in its
place, with the question for the passphrase.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from kkd_desktop.actions import left_open
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.left_open import LeftOpen
from kkd_desktop.gui import drafts, tasks
from kkd_desktop.gui.clipboard import ClipboardWatch
from kkd_desktop.gui.dialogs.locking import LockingDialog
from kkd_desktop.gui.idle import IdleWatch
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.system_watch import SystemWatch
from kkd_desktop.gui.widgets.countdown import Countdown

_PATIENCE_S, _LOOK_MS = 30, 100


class Locker(QObject):
    """Locks one window: when nobody is there, when the system says so, and by Ctrl+L.

    Signals:
        locked: everything is put away; the process may end.
    """

    locked = Signal()

    def __init__(
        self, window: QWidget, session: Session, place: Callable[[], LeftOpen | None]
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._place = window, session, place
        self._things: list[LeftOpen] = []
        self._curtain: LockingDialog | None = None
        self._waited = 0
        self.idle = IdleWatch(self)
        self.system = SystemWatch(self)
        self.clipboard = ClipboardWatch(self)
        self.countdown = Countdown()
        self._waiting = QTimer(self, interval=_LOOK_MS)
        self._waiting.timeout.connect(self._go_on)

        self.idle.nearly.connect(self._count_down)
        self.idle.resumed.connect(self.countdown.hide)
        self.idle.reached.connect(self._lock_if_quiet)
        self.idle.lock_wanted.connect(self.lock)
        self.system.leaving.connect(self.lock)
        session.changed.connect(self._take_settings)
        self._take_settings()

    def follow(self) -> None:
        """Hear of sleep and locked screens from now on."""
        self.system.follow(self._window)

    def lock(self) -> None:
        """Take everything off the screen at once, then put it away and send `locked`."""
        if self._curtain is not None:
            return
        self.idle.stop()
        self.countdown.hide()
        focused = QApplication.focusWidget()
        if focused is not None and focused.window() is self._window:
            # Fields of pages store what was typed when they are left.
            focused.clearFocus()
        place = self._place()
        self._things = [*drafts.taken(self._window), *([place] if place else [])]
        self._curtain = LockingDialog(self._go_on, self._go_without)
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)
        for widget in QApplication.topLevelWidgets():
            widget.hide()
        self.clipboard.empty()
        self._waiting.start()
        self._go_on()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Nothing comes back onto the screen, such as the answer to work that was under way."""
        if (
            event.type() is QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and watched is not self._curtain
        ):
            QTimer.singleShot(0, watched, watched.hide)
        return False

    def _take_settings(self) -> None:
        self.idle.set_minutes(self._session.context.settings.lock_minutes)

    def _lock_if_quiet(self) -> None:
        if not tasks.is_working():
            self.lock()

    def _count_down(self, seconds: int) -> None:
        if tasks.is_working():
            # Somebody waits for it, and would find it broken off: it locks when that is done.
            return
        in_front = QApplication.activeModalWidget() or QApplication.activeWindow()
        self.countdown.count(seconds, in_front or self._window)

    def _go_on(self) -> None:
        """Put away what was typed, and wait for work that is under way."""
        assert self._curtain is not None
        try:
            if self._things:
                left_open.keep(self._session.context, self._things)
        except UserError as fault:
            self._waiting.stop()
            self._curtain.say_fault(str(fault))
            self._curtain.show()
            return
        self._things = []
        self._waited += _LOOK_MS
        if tasks.is_working() and self._waited < _PATIENCE_S * 1000:
            self._waiting.start()
            self._curtain.say_waiting()
            self._curtain.show()
            return
        self._waiting.stop()
        self._curtain.hide()
        self.locked.emit()

    def _go_without(self) -> None:
        self._things = []
        self._go_on()
