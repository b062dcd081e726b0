"""Which policies are at hand, and which of them is in force on a day?"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said, to_say
from kkd_desktop.domain.policy import Policy
from kkd_desktop.domain.policy_set import PolicySet, speaking
from kkd_desktop.domain.values import Value, replace
from kkd_desktop.policyfiles.faults import Fault, PolicyFileError
from kkd_desktop.policyfiles.reader import checked_policy, read_policy
from kkd_desktop.policyfiles.sets import is_set, set_of
from kkd_desktop.policyfiles.source import read_document

_REPLACES = to_say("ersetzt das mitgelieferte Konzept gleicher Kennung")


class Shelved(Value, frozen=True):
    """One file on the shelf. A file that cannot be used stays visible, with its faults."""

    id: str
    path: Path
    own: bool
    policy: Policy | None
    faults: tuple[Fault, ...] = ()
    note: str = ""
    policies: PolicySet | None = None
    """What a file is that puts several policies together."""

    def in_force(self, day: date) -> bool:
        return self.policy is not None and self.policy.validity.in_force(day)


class Shelf:
    """Policy files `<id>.toml` in folders: first the shipped ones, then the office's own.

    Where an id stands in several folders the last one wins: an office may replace a shipped policy.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._read: dict[tuple[Path, int], Policy | PolicySet] = {}

    def with_folder(self, folder: Path) -> "Shelf":
        """A shelf on which the files of one more folder win."""
        return Shelf((*self._folders, folder))

    def ids(self) -> tuple[str, ...]:
        """All ids by file name, without reading a file."""
        return tuple(sorted({path.stem for folder in self._folders for path in _files(folder)}))

    def all(self) -> tuple[Shelved, ...]:
        """The policies, and whatever cannot be read."""
        return tuple(each for each in self._everything() if each.policies is None)

    def sets(self) -> tuple[Shelved, ...]:
        return tuple(each for each in self._everything() if each.policies is not None)

    def in_force(self, day: date) -> tuple[Shelved, ...]:
        return tuple(shelved for shelved in self.all() if shelved.in_force(day))

    def load(self, policy_id: str) -> Policy:
        """The policy of this id. An id is a name, never a path."""
        found = self._load(self._path(policy_id))
        if isinstance(found, PolicySet):
            raise UserError(
                said("„{policy}“ ist eine Zusammenstellung und kein einzelnes Konzept.").format(
                    policy=policy_id
                )
            )
        return found

    def load_file(self, path: Path) -> Policy:
        """A policy from anywhere: always checked."""
        return read_policy(path)

    def load_any(self, path: Path) -> tuple[Policy | PolicySet, "Shelf"]:
        """A policy or a set from anywhere, and the shelf on which its parts are looked up."""
        if not is_set(read_document(path)[0]):
            return self.load_file(path), self
        beside = self.with_folder(path.parent)
        return beside._load(path), beside

    def policy_set(self, policy_id: str) -> PolicySet | None:
        """The set of this id, None where it is a policy."""
        found = self._load(self._path(policy_id))
        return found if isinstance(found, PolicySet) else None

    def parts(self, policy_id: str, day: date) -> tuple[Policy, ...]:
        """What stands behind an id on a day: the policy, or of a set each part in its version."""
        found = self._load(self._path(policy_id))
        if isinstance(found, Policy):
            return (found,)
        return speaking(found, self.load, day).policies

    def look_up(self, policy_id: str) -> Policy | str:
        """The policy of an id, or a sentence why there is none to use."""
        try:
            path = self._path(policy_id)
            # Not by loading it: two sets may name each other.
            if is_set(read_document(path)[0]):
                return said("„{policy}“ ist selbst eine Zusammenstellung und kein Konzept.").format(
                    policy=policy_id
                )
            return self.load(policy_id)
        except UserError as error:
            return str(error)

    def _everything(self) -> tuple[Shelved, ...]:
        return tuple(self._shelved(policy_id) for policy_id in self.ids())

    def _shelved(self, policy_id: str) -> Shelved:
        path = self._path(policy_id)
        own, note = self._is_own(path), said(_REPLACES) if self._replaces(path) else ""
        try:
            found = self._load(path)
        except PolicyFileError as error:
            return Shelved(policy_id, path, own, None, error.faults, note)
        except UserError as error:
            fault = Fault(path, None, "", str(error), self._folder(path))
            return Shelved(policy_id, path, own, None, (fault,), note)
        if isinstance(found, PolicySet):
            return Shelved(policy_id, path, own, None, note=note, policies=found)
        return Shelved(policy_id, path, own, found, note=note)

    def _path(self, policy_id: str) -> Path:
        found = self._found(policy_id)
        if not found:
            known = ", ".join(self.ids()) or said("keine")
            raise UserError(
                said("Das Konzept „{policy}“ gibt es nicht. Bekannt sind: {known}.").format(
                    policy=policy_id, known=known
                )
            )
        return found[-1]

    def _found(self, policy_id: str) -> list[Path]:
        # An id is a name: what leads into another folder is none.
        paths = ((folder, folder / f"{policy_id}.toml") for folder in self._folders)
        return [path for folder, path in paths if path.parent == folder and path.is_file()]

    def _load(self, path: Path) -> Policy | PolicySet:
        key = (path, path.stat().st_mtime_ns)
        if key not in self._read:
            found = self._read_file(path)
            if found.id != path.stem:
                raise UserError(
                    said(
                        "Die Datei {folder}/{file} enthält das Konzept „{policy}“; sie muss "
                        "{policy}.toml heißen."
                    ).format(folder=path.parent.name, file=path.name, policy=found.id)
                )
            self._read[key] = found
        return self._read[key]

    def _read_file(self, path: Path) -> Policy | PolicySet:
        """What is in a file; a fault of an own one says where that lies and what it hides."""
        if not self._is_own(path):
            return self._content(path, trusted=True)
        try:
            return self._content(path, trusted=False)
        except PolicyFileError as error:
            faults = [replace(fault, folder=self._folder(path)) for fault in error.faults]
            note = (
                said("Die Datei ersetzt das mitgelieferte Konzept gleicher Kennung.")
                if self._replaces(path)
                else ""
            )
            raise PolicyFileError(faults, note) from None

    def _content(self, path: Path, *, trusted: bool) -> Policy | PolicySet:
        document, text = read_document(path, trusted=trusted)
        if not is_set(document):
            return checked_policy(path, text, document, trusted=trusted)
        if not trusted:
            from kkd_desktop.policyfiles.check import set_faults

            if faults := set_faults(path, text, document, self.look_up):
                raise PolicyFileError(faults)
        return set_of(document)

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
        raise UserError(
            said("„{policy}“ hat kein Ende und braucht keine Verlängerung.").format(
                policy=policy.short_title
            )
        )
    if until <= end:
        raise UserError(
            said("„{policy}“ gilt schon bis {end}; die Verlängerung muss später enden.").format(
                policy=policy.short_title, end=texts.day(end)
            )
        )
    return replace(policy, validity=replace(policy.validity, until=until, prolonged=True))


def _files(folder: Path) -> list[Path]:
    files = folder.glob("*.toml") if folder.is_dir() else ()
    # A link may lead to a disk that is not there.
    return sorted(path for path in files if path.is_file())
