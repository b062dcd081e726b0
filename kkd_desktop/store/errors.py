"""What may go wrong with the file of the caseload, each with a sentence of its own?"""

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2

from kkd_desktop.domain.errors import NoSuchEntry, UserError
from kkd_desktop.domain.language import said, to_say

_PART = re.compile(r"\.(.+)\.[0-9a-f]{8}\.part")


def _as_known(path: Path) -> Path:
    """The file by the name it is going to have, while it is still being made."""
    part = _PART.fullmatch(path.name)
    return path.with_name(part[1]) if part else path


class StoreError(UserError):
    """A fault of the file or its surroundings, told by `sentence`; nothing was lost by it."""

    sentence = to_say("Die Falldatei „{name}“ kann nicht benutzt werden.")

    def __init__(self, path: Path, detail: str = "") -> None:
        shown = _as_known(path)
        super().__init__(said(self.sentence).format(name=shown.name, path=shown, detail=detail))
        self.path = path


class MissingStore(StoreError):
    sentence = to_say("Die Falldatei „{path}“ gibt es nicht.")


class StoreExists(StoreError):
    sentence = to_say("Die Datei „{path}“ gibt es schon; sie wird nicht überschrieben.")


class LeftOvers(StoreError):
    sentence = to_say(
        "Neben der neuen Falldatei „{name}“ liegt noch „{detail}“ von einer früheren. "
        "Bitte einen anderen Namen wählen oder diesen Rest an einen anderen Ort legen."
    )


class WrongPassphrase(StoreError):
    sentence = to_say(
        "Die Passphrase passt nicht zur Falldatei „{name}“. "
        "Ist sie sicher richtig, dann ist die Datei beschädigt und die Sicherung hilft weiter."
    )


class NotAStore(StoreError):
    sentence = to_say("„{name}“ ist keine Falldatei von KKD Desktop.")


class EmptyFile(StoreError):
    sentence = to_say("Die Datei „{name}“ ist leer; bitte die Falldatei aus einer Sicherung holen.")


class TruncatedStore(StoreError):
    sentence = to_say(
        "Die Falldatei „{name}“ ist abgeschnitten, vermutlich durch eine unterbrochene Kopie. "
        "Bitte die Sicherung verwenden; an der Datei wurde nichts geändert."
    )


class DamagedStore(StoreError):
    sentence = to_say(
        "Die Falldatei „{name}“ ist beschädigt. "
        "Bitte die Sicherung verwenden; an der Datei wurde nichts geändert."
    )


class ForeignLog(StoreError):
    sentence = to_say(
        "Die Datei „{name}-wal“ gehört nicht zur Falldatei „{name}“ neben ihr. "
        "Bitte diese -wal-Datei an einen anderen Ort legen; die Falldatei selbst ist in Ordnung."
    )


class NewerStore(StoreError):
    sentence = to_say(
        "Die Falldatei „{name}“ wurde von einer neueren Programmversion geschrieben. "
        "Bitte KKD Desktop aktualisieren; an der Datei wurde nichts geändert."
    )


class OlderStore(StoreError):
    sentence = to_say(
        "Die Falldatei „{name}“ stammt von einer älteren Programmversion. "
        "Bitte sie einmal zum Bearbeiten öffnen, damit sie angepasst werden kann."
    )


class ReadOnlyStore(StoreError):
    sentence = to_say(
        "Die Falldatei „{name}“ oder ihr Ordner ist schreibgeschützt; "
        "so kann nichts gespeichert werden."
    )


class UnreadableStore(StoreError):
    sentence = to_say("Für die Falldatei „{path}“ fehlt die Berechtigung.")


class LockedStore(StoreError):
    sentence = to_say(
        "Die Falldatei „{name}“ wird gerade von einem anderen Programm beschrieben. "
        "Bitte gleich noch einmal versuchen; gespeichert wurde nichts."
    )


class OpenElsewhere(StoreError):
    sentence = to_say(
        "Die Falldatei „{name}“ ist noch an anderer Stelle geöffnet. "
        "Bitte die anderen Fenster und Befehle beenden; geändert wurde nichts."
    )


class HeldElsewhere(StoreError):
    sentence = to_say(
        "Die Falldatei „{name}“ ist auf dem Rechner „{detail}“ geöffnet; von zwei Rechnern aus "
        "würde sie zerstört. Ist das Programm dort beendet, kann ein Fenster hier übernehmen."
    )


class ChangedMeanwhile(StoreError):
    sentence = to_say(
        "An der Falldatei „{name}“ hat inzwischen ein anderes Programm geschrieben. "
        "Bitte noch einmal beginnen; geändert wurde nichts."
    )


class MovedStore(StoreError):
    sentence = to_say(
        "Die Falldatei „{name}“ oder ihre -wal-Datei wurde verschoben, ersetzt oder gelöscht, "
        "während sie geöffnet war. Bitte das Programm neu starten; gespeichert wurde nichts."
    )


class NoFolder(StoreError):
    sentence = to_say("Den Ordner „{path}“ gibt es nicht, oder er ist gerade nicht erreichbar.")


class DiskFull(StoreError):
    sentence = to_say(
        "Der Datenträger ist voll: In „{name}“ konnte nichts gespeichert werden. "
        "Was vorher gespeichert war, ist unversehrt."
    )


class DiskFault(StoreError):
    sentence = to_say(
        "Die Falldatei „{name}“ kann nicht gelesen oder geschrieben werden. "
        "Bitte den Datenträger prüfen."
    )


class UnsafePlace(StoreError):
    sentence = to_say(
        "Die Falldatei darf nicht in „{path}“ liegen: {detail}. Dort kann sie beim Schreiben "
        "zerstört werden; bitte einen Ordner auf diesem Rechner wählen."
    )


class EntryGone(StoreError, NoSuchEntry):
    sentence = to_say("Diesen Eintrag gibt es nicht; vielleicht wurde er inzwischen gelöscht.")


class NoEncryption(StoreError):
    sentence = to_say(
        "Diese Installation kann nicht verschlüsseln; „{name}“ wurde nicht geöffnet. "
        "Bitte KKD Desktop neu installieren."
    )


_FOREIGN_KEY = "FOREIGN KEY constraint failed"
"""The driver gives only the general code of all broken rules."""

_FAULTS: dict[int, type[StoreError]] = {
    dbapi2.SQLITE_BUSY: LockedStore,
    dbapi2.SQLITE_LOCKED: LockedStore,
    dbapi2.SQLITE_FULL: DiskFull,
    dbapi2.SQLITE_READONLY: ReadOnlyStore,
    dbapi2.SQLITE_CORRUPT: DamagedStore,
    dbapi2.SQLITE_NOTADB: DamagedStore,
    dbapi2.SQLITE_IOERR: DiskFault,
    dbapi2.SQLITE_CANTOPEN: DiskFault,
    dbapi2.SQLITE_PERM: UnreadableStore,
    dbapi2.SQLITE_AUTH: UnreadableStore,
}
"""Primary result code → what it means to the user; every other code is a bug of ours."""


@contextmanager
def faults_of(path: Path) -> Iterator[None]:
    """Turn what SQLite says about the file into sentences; bugs and broken rules pass."""
    try:
        yield
    except dbapi2.Error as fault:
        if str(fault) == _FOREIGN_KEY:
            raise EntryGone(path) from fault
        # Faults of the driver itself, such as a closed connection, have no code.
        if (known := _FAULTS.get(getattr(fault, "sqlite_errorcode", 0) & 0xFF)) is None:
            raise
        if known is DiskFault and _is_full(path):
            # The shared memory beside the file could not grow; SQLite does not say why.
            known = DiskFull
        elif known is DamagedStore and _is_out_of_reach(path):
            # What cannot be read looks to SQLCipher like what was changed.
            known = DiskFault
        raise known(path) from fault


_NO_ROOM = 64 * 1024


def _is_full(path: Path) -> bool:
    from shutil import disk_usage

    try:
        return disk_usage(path.parent).free < _NO_ROOM
    except OSError:
        return False


def _is_out_of_reach(path: Path) -> bool:
    """Asked without opening it, see `key.read_salt`."""
    try:
        path.stat()
    except OSError:
        return True
    return False


_FILE_FAULTS: dict[int | None, type[StoreError]] = {
    errno.ENOSPC: DiskFull,
    errno.EDQUOT: DiskFull,
    errno.EROFS: ReadOnlyStore,
    errno.EACCES: ReadOnlyStore,
    errno.EPERM: ReadOnlyStore,
    errno.EEXIST: StoreExists,
}


@contextmanager
def file_faults_of(path: Path) -> Iterator[None]:
    """The same for what the operating system says when a file beside the store is made."""
    try:
        yield
    except OSError as fault:
        raise _FILE_FAULTS.get(fault.errno, DiskFault)(path) from fault
