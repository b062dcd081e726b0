"""Killed while an older file is brought up to date, or a new one made: old or new, but whole."""

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kkd_desktop.store.copying import backup_folder, checked
from kkd_desktop.store.database import Transaction
from kkd_desktop.store.files import sweep_parts
from kkd_desktop.store.inspection import look, user_version
from kkd_desktop.store.key import Key, derive_key
from kkd_desktop.store.opening import create_store, open_store
from kkd_desktop.store.schema import CURRENT
from kkd_desktop.store.verify import verify
from tests.faults import caseload
from tests.store.test_upgrading import of_version

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")

OLD = 3
"""The first version with a journal."""
STEPS = 2000

KILLED_AT_A_LINE = """
import os, signal, sys
from kkd_desktop.cli.main import main

last, lines = int(sys.argv.pop(1)), 0
ours = ("opening.py", "upgrading.py", "copying.py", "files.py", "migrations.py", "register.py",
        "database.py")

def follow(frame, event, value):
    global lines
    name = frame.f_code.co_filename
    if "kkd_desktop/store/" not in name or not name.endswith(ours):
        return None
    if event == "line":
        lines += 1
        if lines == last:
            os.kill(os.getpid(), signal.SIGKILL)
    return follow

sys.settrace(follow)
try:
    main()
finally:
    sys.settrace(None)
    print(lines, file=sys.stderr)
"""


def at_a_line(last: int, *arguments: str, store: Path) -> "subprocess.CompletedProcess[str]":
    """The command, killed right before the `last` line that it runs in the store; 0: never."""
    rest = caseload.command(*arguments, store=store)[3:]
    return subprocess.run(
        [sys.executable, "-c", KILLED_AT_A_LINE, str(last), *rest],
        capture_output=True,
        text=True,
        env=caseload.ENVIRONMENT,
        check=False,
    )


def copied(template: Path, folder: Path) -> Path:
    folder.mkdir()
    return Path(shutil.copy(template, folder / "faelle.kkd"))


def spread(lines: int, rounds: int) -> list[int]:
    """So many lines all over the run, the first and the last among them."""
    return sorted({1 + index * (lines - 1) // max(1, rounds - 1) for index in range(rounds)})


def take_steps(writing: Transaction, numbers: range) -> None:
    person = 0
    for number in numbers:
        if number % caseload.GROUP:
            kind = {"form": "persoenlich", "note_type": "beratungsvermerk"}
            flags = {"attended": 1, "qualified": 1, "first": 0, "has_reason": 0}
            talk = {"client_id": person, "day": "2026-11-02", "content": f"{number} text"}
            writing.insert("contact", {**kind, **flags, **talk})
            continue
        name = {"number": f"N{number}", "last_name": "Beispiel"}
        person = writing.insert("client", {**name, "created_at": "2026-11-02T08:00:00"})
        for fact in ("profile", "status", "org"):
            writing.insert("fact", {"client_id": person, "name": fact, "value": '"markt"'})


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Key]:
    """A store of a former version with many steps."""
    path = tmp_path_factory.mktemp("old") / "faelle.kkd"
    with create_store(path, caseload.SECRET, schema=of_version(OLD)) as store:
        # What many an hour of work has left, and the step that can be taken back.
        with store.write("Bis gestern") as writing:
            take_steps(writing, range(STEPS))
        with store.write("Der letzte Schritt") as writing:
            take_steps(writing, range(STEPS, STEPS + 1))
    return path, derive_key(path, caseload.SECRET)


def require_old_or_new(path: Path, key: Key) -> bool:
    """Whether it is new already; whole it is in any case, and so is every back-up."""
    with look(path, key) as store:
        found = user_version(store)
    assert found in (OLD, CURRENT.version)
    for backup in backup_folder(path).glob("*"):
        if backup.suffix == ".kkd":
            assert checked(backup, key, OLD).contacts > 0
        else:
            assert backup.name.startswith(".")
            assert ".part" in backup.name
    assert caseload.require_sound(path, key, STEPS + 1) == STEPS + 1
    with open_store(path, key) as store:
        assert user_version(store) == CURRENT.version
    return found == CURRENT.version


def test_killed_before_any_line_of_the_migration(tmp_path, old):
    template, key = old
    done = at_a_line(0, "verify", store=copied(template, tmp_path / "whole"))
    assert done.returncode == 0, done.stderr
    lines = int(done.stderr)
    places, new = spread(lines, caseload.rounds(5)), []
    for last in places:
        path = copied(template, tmp_path / str(last))
        assert at_a_line(last, "verify", store=path).returncode == -signal.SIGKILL
        new.append(require_old_or_new(path, key))
    assert new == sorted(new), "it never goes back"
    print(f"\nkilled at {len(places)} of {lines} lines, {sum(new)} times new already")


def begun(path: Path) -> "subprocess.Popen[bytes]":
    """A process in the middle of the migration: the copy of before is being made."""
    process = subprocess.Popen(
        caseload.command("verify", store=path),
        stdout=subprocess.DEVNULL,
        env=caseload.ENVIRONMENT,
    )
    while process.poll() is None and not backup_folder(path).exists():
        time.sleep(0.001)
    return process


def test_killed_at_any_moment_of_the_migration(tmp_path, old):
    template, key = old
    with begun(copied(template, tmp_path / "whole")) as process:
        since = time.monotonic()
        assert process.wait() == 0
        whole = time.monotonic() - since
    rounds, new, parts = caseload.rounds(3), 0, 0
    for number in range(rounds):
        path = copied(template, tmp_path / str(number))
        with begun(path) as process:
            time.sleep(random.uniform(0, whole))
            process.kill()
        parts += bool(list(tmp_path.glob(f"{number}/**/.*.part*")))
        new += require_old_or_new(path, key)
    print(f"\n{rounds} kills, {new} times new already, {parts} half-made copies left")


def test_killed_before_any_line_of_creating_a_store(tmp_path):
    done = at_a_line(0, "init", store=tmp_path / "faelle.kkd")
    assert done.returncode == 0, done.stderr
    lines = int(done.stderr)
    complete = []
    for last in spread(lines, caseload.rounds(4)):
        path = tmp_path / str(last) / "faelle.kkd"
        path.parent.mkdir()
        assert at_a_line(last, "init", store=path).returncode == -signal.SIGKILL
        complete.append(path.exists())
        # Half of it stands under another name, so that the next try is not in its way.
        make = open_store if path.exists() else create_store
        with make(path, caseload.SECRET) as store:
            assert verify(store) == []
        for part in path.parent.glob(".*"):
            assert ".part" in part.name
        sweep_parts(path)
    assert complete == sorted(complete)
    print(f"\nkilled at {len(complete)} of {lines} lines, {sum(complete)} times complete already")
