"""Is this store open in another window already? Then that window comes to the front."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Signal

from kkd_desktop.domain.values import Value

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

_RAISE = b"raise\n"
_PATIENCE_MS = 500
_BEGINNING_S, _PAUSE_S = 8.0, 0.1
"""How long a start may take on a slow computer."""


class Holder(Value, frozen=True):
    """Who has the store open."""

    host: str
    process: int
    since: datetime | None = None


class SingleInstance(QObject):
    """One window per store: a lock file beside it, and a socket only this user can reach.

    The lock is the truth, the socket a courtesy. QtNetwork is loaded only when it is used.

    Signals:
        activation_requested: the program was started again on the same store.
    """

    activation_requested = Signal()

    def __init__(self, store: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = store.with_name(f".{store.name}.lock")
        self._lock = QLockFile(str(self._path))
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None
        self._store = store

    def claim(self) -> bool:
        """Take the store for this process; False while another one has it. `UserError` where
        nobody could: on a full or protected disk there is no room for the lock.
        """
        if self._lock.tryLock(0):
            return True
        if self._lock.error() is QLockFile.LockError.LockFailedError:
            return False
        from kkd_desktop.actions import stores

        stores.require_writable(self._store)
        return self._lock.tryLock(0)

    def holder(self) -> Holder | None:
        """Who has it; None where the lock cannot be read."""
        process, host, _ = self._lock.getLockInfo()
        if not process:
            return None
        try:
            # The clock of this computer, as whoever reads it has it on the wall.
            since = datetime.fromtimestamp(self._path.stat().st_mtime)  # noqa: DTZ006
        except FileNotFoundError:
            return None
        return Holder(host, process, since)

    def take_over(self) -> bool:
        """Break a lock that the user says is a leftover, and take the store."""
        if not self._lock.removeStaleLockFile():
            self._path.unlink(missing_ok=True)
        return self.claim()

    def ask_to_raise(self) -> bool:
        """Bring the window that has the store to the front; False where nobody answers.

        Who began just now, as by a second click too many, hears only after the first picture.
        """
        from time import monotonic, sleep

        until = monotonic() + (_BEGINNING_S if self._is_beginning() else 0)
        while not self._asked():
            if monotonic() >= until:
                return False
            sleep(_PAUSE_S)
        return True

    def _is_beginning(self) -> bool:
        from PySide6.QtCore import QSysInfo

        holder = self.holder()
        if holder is None or holder.since is None or holder.host != QSysInfo.machineHostName():
            return False
        age = datetime.now() - holder.since  # noqa: DTZ005
        return timedelta(0) <= age < timedelta(seconds=_BEGINNING_S)

    def _asked(self) -> bool:
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(server_name(self._store))
        if not socket.waitForConnected(_PATIENCE_MS):
            return False
        socket.write(_RAISE)
        # The window hears of the connection itself, and may have ended it before this is written.
        socket.waitForBytesWritten(_PATIENCE_MS)
        socket.disconnectFromServer()
        return True

    def listen(self) -> bool:
        """Hear of further starts; after the first paint, it needs QtNetwork."""
        if self._server is not None:
            return self._server.isListening()
        from PySide6.QtNetwork import QLocalServer

        name = server_name(self._store)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        # We hold the lock, so a socket of this name is a leftover.
        QLocalServer.removeServer(name)
        return self._server.listen(name)

    def release(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        self._lock.unlock()

    def _answer(self) -> None:
        assert self._server is not None
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            # Whatever is said, it can only mean this one thing.
            self.activation_requested.emit()
            socket.disconnectFromServer()


def server_name(store: Path) -> str:
    """A name that tells nothing about the path, and is another one for every user."""
    from PySide6.QtCore import QCryptographicHash

    text = f"{Path.home()}\n{store.resolve()}".encode()
    digest = QCryptographicHash.hash(text, QCryptographicHash.Algorithm.Sha256)
    return "kkd-" + bytes(digest.data()).hex()[:40]
