"""Does the machine go to sleep, or was its screen locked?

Linux: systemd's logind and the screen savers of the desktops, over D-Bus. Windows: messages to the
window. Elsewhere nobody says so, and only idleness and the keys lock.
"""

import ctypes
import os
import re
import sys
from typing import Any

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QByteArray, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

LOGIND = ("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager")
_SESSION = "org.freedesktop.login1.Session"
_SCREEN_SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver")

_POWER, _SUSPENDS = 0x0218, 4
_SESSION_CHANGE, _LOCKED = 0x02B1, 7


class SystemWatch(QObject):
    """Hears of sleep and of the locked screen from `follow` on.

    Signals:
        leaving: nobody sits at the machine any more.
    """

    leaving = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._delay: object = None
        self._messages: _WindowsMessages | None = None

    def follow(self, window: QWidget) -> bool:
        """Begin; False where this system tells nothing."""
        if sys.platform == "win32":
            self._messages = _WindowsMessages(self)
            self._messages.follow(window)
            return True
        return sys.platform == "linux" and self._follow_buses()

    @Slot(bool)
    def take_sleep(self, begins: bool) -> None:
        """logind's PrepareForSleep, and a screen saver's ActiveChanged: sent again at the end."""
        if begins:
            self.leaving.emit()

    @Slot()
    def take_lock(self) -> None:
        """logind's Lock of this session."""
        self.leaving.emit()

    def _follow_buses(self) -> bool:
        from PySide6.QtDBus import QDBusConnection

        system, session = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
        service, path, manager = LOGIND
        hears = False
        # Its stub asks for bytes, which it refuses when called.
        sleeps: Any = SLOT("take_sleep(bool)")
        locks: Any = SLOT("take_lock()")
        if system.isConnected():
            hears = system.connect(service, path, manager, "PrepareForSleep", self, sleeps)
            own = session_path(os.environ.get("XDG_SESSION_ID", ""))
            if own:
                system.connect(service, own, _SESSION, "Lock", self, locks)
            self._delay_sleep()
        if session.isConnected():
            for saver in _SCREEN_SAVERS:
                hears |= session.connect("", "", saver, "ActiveChanged", self, sleeps)
        return hears

    def _delay_sleep(self) -> None:
        """Ask logind to wait, at most some seconds, until this process has ended."""
        from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

        call = QDBusMessage.createMethodCall(*LOGIND, "Inhibit")
        call.setArguments(
            ["sleep", "KKD Desktop", self.tr("Der Fallbestand wird gesperrt."), "delay"]
        )
        watcher = QDBusPendingCallWatcher(QDBusConnection.systemBus().asyncCall(call), self)
        watcher.finished.connect(self._keep_delay)

    def _keep_delay(self, watcher: QObject) -> None:
        from PySide6.QtDBus import QDBusMessage, QDBusPendingCallWatcher

        assert isinstance(watcher, QDBusPendingCallWatcher)
        reply = watcher.reply()
        if reply.type() is QDBusMessage.MessageType.ReplyMessage:
            # A file that logind waits for; it closes with the process.
            self._delay = reply.arguments()[0]
        watcher.deleteLater()


def can_hear() -> bool:
    """Whether this system tells of sleep and of its locked screen."""
    if sys.platform != "linux":
        return sys.platform == "win32"
    from PySide6.QtDBus import QDBusConnection

    buses = (QDBusConnection.systemBus(), QDBusConnection.sessionBus())
    return any(bus.isConnected() for bus in buses)


def session_path(session: str) -> str:
    """Where logind has a session; D-Bus writes signs it does not allow as `_xx`."""

    def escape(found: re.Match[str]) -> str:
        return "".join(f"_{code:02x}" for code in found[0].encode())

    name = re.sub(r"^\d|[^A-Za-z0-9]", escape, session)
    return f"/org/freedesktop/login1/session/{name}" if name else ""


class _WindowsMessages(QAbstractNativeEventFilter):
    def __init__(self, watch: SystemWatch) -> None:
        super().__init__()
        self._watch = watch

    def follow(self, window: QWidget) -> None:
        if sys.platform == "win32":
            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(int(window.winId()), 0)
        application = QGuiApplication.instance()
        assert application is not None
        application.installNativeEventFilter(self)

    def nativeEventFilter(
        self, event_type: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> object:
        from ctypes import wintypes

        if bytes(event_type) == b"windows_generic_MSG":  # type: ignore[arg-type]
            told = wintypes.MSG.from_address(int(message))
            if (told.message, told.wParam) in ((_POWER, _SUSPENDS), (_SESSION_CHANGE, _LOCKED)):
                self._watch.leaving.emit()
        return False, 0
