"""Make back-ups, list and check them, and turn one into a caseload again.

What takes long is a `Job` or a `Replacement`: begun and ended in the thread of the store, with the
work in between in any other.
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from pathlib import Path

from kkd_desktop.actions import stores
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.policies import open_shelf
from kkd_desktop.domain import backup as rules
from kkd_desktop.domain.backup import Backup, Contents, Kind, Rotation
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said, to_say
from kkd_desktop.domain.values import Value
from kkd_desktop.policyfiles.shelf import Shelf
from kkd_desktop.store import backups, copying, register
from kkd_desktop.store.errors import (
    DamagedStore,
    EmptyFile,
    NotAStore,
    TruncatedStore,
    WrongPassphrase,
)
from kkd_desktop.store.inspection import look
from kkd_desktop.store.key import Key, Passphrase, derive_key
from kkd_desktop.store.opening import Store
from kkd_desktop.store.swapping import swap

__all__ = ["Backup", "Contents", "Key", "Kind", "Rotation", "WrongPassphrase"]

EVERY = timedelta(hours=4)
"""So long after the last back-up a changed caseload gets the next one."""

OLD = timedelta(days=7)
"""A back-up of before that is no longer a comfort."""

_UNREADABLE = (DamagedStore, TruncatedStore, EmptyFile, NotAStore)


class Report(Value, frozen=True):
    """What a job did: the back-up, if one was due; files that went; why the copy failed, or ""."""

    made: Backup | None
    gone: tuple[Path, ...] = ()
    fault: str = ""


class Job:
    """One back-up with its copy in the second folder and the rotation of both.

    `run` works in any thread and touches files only; the register is written by `noted`.
    """

    def __init__(self, context: Context, kind: Kind, reason: str, *, alone: bool = False) -> None:
        """`alone` leaves the second folder out, for whoever waits for the back-up."""
        self._path, self._key = context.store.path, _key(context)
        self._kind, self._reason, self._moment = kind, reason, context.now()
        self._known = register.registered(context.store)
        self._rotation = context.settings.rotation
        second = "" if alone else context.settings.second_folder
        self._second = Path(second) if second else None
        self._contents = copying.contents_of(context.store)

    def run(self) -> Report:
        """Make the back-up; `UserError` where it cannot be made. Whatever the copy meets is told
        in the report: there is a good back-up all the same.
        """
        made = backups.make(self._path, self._key, self._kind, self._reason, self._moment)
        return self._finished(made)

    def run_if_due(self) -> Report:
        """The same where there is something new to save; the copy is brought up to date anyway."""
        backups.sweep(self._path)
        latest = next(iter(self._found(copying.backup_folder(self._path))), None)
        if latest is None or self._is_due(latest):
            return self.run()
        return self._finished(None, latest)

    def _is_due(self, latest: Backup) -> bool:
        if not backups.is_ours(latest.path, self._key, ()):
            # The passphrase was changed since: this one may be unreadable for its owner soon.
            return True
        age = self._moment - latest.made_at
        # A negative age: the clock was set back, and no back-up can be trusted to be the latest.
        if timedelta() <= age < EVERY:
            return False
        changed = self._contents.last_change
        return latest.contents != self._contents or (
            changed is not None and changed >= latest.made_at
        )

    def _finished(self, made: Backup | None, latest: Backup | None = None) -> Report:
        fault = self._copied(made or latest)
        gone = self._rotated(copying.backup_folder(self._path), made)
        if self._second is not None and not fault:
            try:
                self._rotated(self._second, made)
            except UserError as caught:
                fault = str(caught)
        return Report(made, tuple(each.path for each in gone), fault)

    def _copied(self, backup: Backup | None) -> str:
        if self._second is None or backup is None:
            return ""
        try:
            backups.copy_to(backup.path, self._second)
        except UserError as fault:
            return str(fault)
        return ""

    def _rotated(self, folder: Path, made: Backup | None) -> list[Backup]:
        """Only right after a good back-up: nothing is let go that was not replaced."""
        if made is None:
            return []
        known = {made.path.name, *self._known}
        gone = [
            each
            for each in rules.superfluous(self._found(folder), self._rotation)
            if each.path.name != made.path.name and backups.is_ours(each.path, self._key, known)
        ]
        backups.remove(each.path for each in gone)
        return gone

    def _found(self, folder: Path) -> list[Backup]:
        return backups.found(self._path, self._key, self._known, folder)


def noted(context: Context, report: Report) -> Report:
    """Write down what a job made and let go."""
    if report.made is not None or report.gone:
        made = [report.made] if report.made is not None else []
        register.register(context.store, made, report.gone)
    return report


def make(context: Context, why: str = "", kind: Kind = Kind.BY_HAND) -> Report:
    """Make a back-up now and wait for it."""
    return noted(context, Job(context, kind, why).run())


def make_if_due(context: Context) -> Report:
    return noted(context, Job(context, Kind.REGULAR, "").run_if_due())


def before(context: Context, step: str) -> Backup:
    """A back-up before something large, such as `Import von 300 Personen`."""
    report = noted(
        context,
        Job(context, Kind.BEFORE_STEP, f"{to_say('Vor')}: {step}", alone=True).run(),
    )
    assert report.made is not None
    return report.made


def make_at(context: Context, target: Path) -> Contents:
    """A back-up under a name of the user's choice, outside the list; never over another file."""
    backups.require_free(target)
    with look(context.store.path, _key(context), thorough=False) as source:
        return copying.copy_store(source, _key(context), target)


def folder(context: Context) -> Path:
    """Where the back-ups of this caseload lie."""
    return copying.backup_folder(context.store.path)


def listing(context: Context) -> Callable[[], Sequence[Backup]]:
    """The work of listing, for another thread: files nobody wrote down are opened."""
    path, key = context.store.path, _key(context)
    known = register.registered(context.store)
    return lambda: backups.found(path, key, known, copying.backup_folder(path))


def listed(context: Context) -> Sequence[Backup]:
    """The back-ups, the latest first."""
    return listing(context)()


def check(backup: Path, key: Key) -> Contents | None:
    """Read every page of it, in any thread; a `UserError` says what is wrong with the file. None
    for one that was made with a former passphrase: it cannot be read with the present one.
    """
    try:
        return copying.checked(backup, key)
    except WrongPassphrase:
        if backups.is_ours(backup, key, ()):
            raise
        return None


def key_of_store(context: Context) -> Key:
    return _key(context)


def remove(context: Context, backup: Backup) -> None:
    """Delete one from the list, with its copy. The last good one stays."""
    others = [each for each in listed(context) if each.path != backup.path]
    if not any(each.contents is not None for each in others):
        raise UserError(said("Die letzte lesbare Sicherung wird nicht gelöscht."))
    second = context.settings.second_folder
    places = [Path(second) / backup.path.name] if second else []
    backups.remove([backup.path, *places])
    register.register(context.store, [], [backup.path])


class Replacement:
    """A back-up on its way into the place of the open caseload. The present state is kept first."""

    def __init__(
        self, context: Context, backup: Path, secret: Passphrase | Key | None = None
    ) -> None:
        """`secret` opens a back-up made with a former passphrase; without, the present key does."""
        self._context = context
        self._store = context.store
        self._seen = self._store.data_version()
        self._backup, self._secret, self._key = backup, secret, _key(context)
        self._carried = backups.Carried.of(self._store)
        self._finish = _finishing(context.shelf, context.today)
        self._moment = context.now()
        self._prepared = ExitStack()
        self._part: Path | None = None
        self.kept: Backup | None = None

    def prepare(self) -> None:
        """Keep the present state and make the new file, in any thread; the caseload is not touched.
        To be followed by `put_in_place` or `abandon`.
        """
        path = self._store.path
        opens = _opening(self._backup, self._secret or self._key)
        # Looked at first: nothing need be kept where there is nothing good to restore.
        copying.checked(self._backup, opens)
        reason = to_say("Vor dem Wiederherstellen")
        self.kept = backups.make(path, self._key, Kind.BEFORE_RESTORE, reason, self._moment)
        self._carried.add(self.kept)
        self._part = self._prepared.enter_context(
            backups.prepared(self._backup, opens, path, self._key, self._carried, self._finish)
        )

    def put_in_place(self) -> None:
        """In the thread of the store; it goes on with the restored file."""
        assert self._part is not None
        with self._prepared:
            swap(self._store, self._part, self._key, unchanged_since=self._seen)
        self._context.forget()

    def abandon(self) -> None:
        self._prepared.close()


def replace(context: Context, backup: Path, secret: Passphrase | Key | None = None) -> Backup:
    """Restore into the place of the open caseload; returns the back-up of what stood there."""
    replacement = Replacement(context, backup, secret)
    replacement.prepare()
    replacement.put_in_place()
    assert replacement.kept is not None
    return replacement.kept


def restoring_beside(
    context: Context, backup: Path, target: Path, secret: Passphrase | Key | None = None
) -> Callable[[], None]:
    """The work, for any thread, of making a caseload of its own out of a back-up of this one. It
    opens with the back-up's passphrase.
    """
    carried, finish = backups.Carried.of(context.store), _finishing(context.shelf, context.today)
    present = _key(context)

    def work() -> None:
        backups.restore_to(backup, _opening(backup, secret or present), target, carried, finish)

    return work


class Restored(Value, frozen=True):
    """What became of the file that stood in the place: a back-up of it, or itself, if unreadable,
    under another name.
    """

    kept: Path | None = None
    aside: Path | None = None


def restore(
    backup: Path,
    secret: Passphrase | Key,
    target: Path,
    today: date,
    former: Passphrase | None = None,
) -> Restored:
    """Turn a back-up into the caseload at `target`, which no window has open. What stands there is
    kept; who is forgotten is known from it, or from the back-ups beside this one. `former` opens a
    back-up that was made with another passphrase than the `secret` of what stands there.
    """
    key = _opening(backup, former or secret)
    finish = _finishing(open_shelf(), today)
    if not target.exists():
        carried = backups.Carried.of_back_ups(backup.parent, key)
        backups.restore_to(backup, key, target, carried, finish)
        return Restored()
    try:
        with stores.open_caseload(target, secret, today) as context:
            return Restored(kept=replace(context, backup, key).path)
    except UserError as fault:
        if not (isinstance(fault, _UNREADABLE) and fault.path == target):
            raise
    carried = backups.Carried.of_back_ups(backup.parent, key)
    return Restored(aside=backups.restore_over_damaged(backup, key, target, carried, finish))


def local(moment: datetime) -> datetime:
    """A moment of a back-up as the office's clocks show it, in German civil time (R35)."""
    # Only here: the time zones of the world are no part of the first picture.
    from kkd_desktop.exchange.local_time import civil_time

    return civil_time(moment)


def is_old(latest: Backup | None, now: datetime) -> bool:
    """Whether the last good back-up is too old to rely on."""
    return latest is None or now - latest.made_at > OLD


def _key(context: Context) -> Key:
    key = context.store.key
    assert key is not None
    return key


def _opening(backup: Path, secret: Passphrase | Key) -> Key:
    return derive_key(backup, secret) if isinstance(secret, Passphrase) else secret


def _finishing(shelf: Shelf, today: date) -> Callable[[Store], object]:
    """What every restored file goes through before it gets its name: it may hold people who were
    deleted since.
    """

    def finish(store: Store) -> None:
        # Only here: it lists back-ups itself.
        from kkd_desktop.actions.forgetting import apply_forgotten

        apply_forgotten(Context(store, shelf, today))

    return finish
