"""Which policies are at hand, and which of them is in force on a day?"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.policy import Policy
from kkd_desktop.domain.values import Value, replace
from kkd_desktop.policyfiles.faults import Fault, PolicyFileError
from kkd_desktop.policyfiles.reader import read_policy

_REPLACES = "ersetzt das mitgelieferte Konzept gleicher Kennung"


class Shelved(Value, frozen=True):
    """One file on the shelf. A file that cannot be used stays visible, with its faults."""

    id: str
    path: Path
    own: bool
    policy: Policy | None
    faults: tuple[Fault, ...] = ()
    note: str = ""

    def in_force(self, day: date) -> bool:
        return self.policy is not None and self.policy.validity.in_force(day)


class Shelf:
    """Policy files `<id>.toml` in folders: first the shipped ones, then the office's own.

    Where an id stands in several folders the last one wins: an office may replace a shipped policy.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._read: dict[tuple[Path, int], Policy] = {}

    def ids(self) -> tuple[str, ...]:
        """All ids by file name, without reading a file."""
        return tuple(sorted({path.stem for folder in self._folders for path in _files(folder)}))

    def all(self) -> tuple[Shelved, ...]:
        return tuple(self._shelved(policy_id) for policy_id in self.ids())

    def in_force(self, day: date) -> tuple[Shelved, ...]:
        return tuple(shelved for shelved in self.all() if shelved.in_force(day))

    def load(self, policy_id: str) -> Policy:
        """The policy of this id. An id is a name, never a path."""
        found = self._found(policy_id)
        if not found:
            known = ", ".join(self.ids()) or "keine"
            raise UserError(f"Das Konzept „{policy_id}“ gibt es nicht. Bekannt sind: {known}.")
        return self._load(found[-1])

    def load_file(self, path: Path) -> Policy:
        """A policy from anywhere: always checked."""
        return read_policy(path)

    def _shelved(self, policy_id: str) -> Shelved:
        path = self._found(policy_id)[-1]
        note = _REPLACES if self._replaces(path) else ""
        try:
            return Shelved(policy_id, path, self._is_own(path), self._load(path), note=note)
        except PolicyFileError as error:
            return Shelved(policy_id, path, self._is_own(path), None, error.faults, note)
        except UserError as error:
            fault = Fault(path, None, "", str(error), self._folder(path))
            return Shelved(policy_id, path, self._is_own(path), None, (fault,), note)

    def _found(self, policy_id: str) -> list[Path]:
        return [
            path for folder in self._folders for path in _files(folder) if path.stem == policy_id
        ]

    def _load(self, path: Path) -> Policy:
        key = (path, path.stat().st_mtime_ns)
        if key not in self._read:
            policy = self._read_policy(path)
            if policy.id != path.stem:
                raise UserError(
                    f"Die Datei {path.parent.name}/{path.name} enthält das Konzept "
                    f"„{policy.id}“; sie muss {policy.id}.toml heißen."
                )
            self._read[key] = policy
        return self._read[key]

    def _read_policy(self, path: Path) -> Policy:
        """The policy of a file; a fault of an own one says where that lies and what it hides."""
        if not self._is_own(path):
            return read_policy(path, trusted=True)
        try:
            return read_policy(path)
        except PolicyFileError as error:
            faults = [replace(fault, folder=self._folder(path)) for fault in error.faults]
            note = f"Die Datei {_REPLACES}." if self._replaces(path) else ""
            raise PolicyFileError(faults, note) from None

    def _folder(self, path: Path) -> str:
        return path.parent.name if self._is_own(path) else ""

    def _replaces(self, path: Path) -> bool:
        return len(self._found(path.stem)) > 1

    def _is_own(self, path: Path) -> bool:
        return path.parent != self._folders[0]


def prolonged(policy: Policy, until: date) -> Policy:
    """The policy as the office prolongs it on its own account, after the document's own end."""
    end = policy.validity.until
    if end is None:
        raise UserError(f"„{policy.short_title}“ hat kein Ende und braucht keine Verlängerung.")
    if until <= end:
        raise UserError(
            f"„{policy.short_title}“ gilt schon bis {texts.day(end)}; "
            "die Verlängerung muss später enden."
        )
    return replace(policy, validity=replace(policy.validity, until=until, prolonged=True))


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.toml")) if folder.is_dir() else []
