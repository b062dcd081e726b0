"""Processes that are killed, and disks that are full, while a back-up or a restore is under way.

`KKD_FAULT_ROUNDS=100` makes the loops longer than a usual run has patience for.
"""

import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from kkd_desktop.actions import backups, casework, stores
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.secrets import Key, Passphrase, key_of
from kkd_desktop.domain.client import Client
from kkd_desktop.store import errors

TODAY = date(2026, 11, 20)
SECRET = Passphrase("vier beliebige Worte hier")
ROUNDS = int(os.environ.get("KKD_FAULT_ROUNDS", "10"))
PEOPLE = 300

BEGIN = """
import os, signal, sys
from datetime import date
from itertools import cycle
from pathlib import Path
from kkd_desktop.actions import backups, stores
from kkd_desktop.actions.secrets import Key
from kkd_desktop.store import swapping

path, raw, salt = Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), bytes.fromhex(sys.argv[3])
opening = stores.open_caseload(path, Key(raw, salt), date(2026, 11, 20))
context = opening.__enter__()
print("ready", flush=True)
"""

MAKE = """
while True:
    backups.make(context)
    print("made", flush=True)
"""

RESTORE = """
for file in cycle(sys.argv[4:]):
    backups.replace(context, Path(file))
    print("restored", flush=True)
"""

DIE_AT = """
calls = 0

def dying(call):
    def counted(*arguments, **rest):
        global calls
        calls += 1
        if calls == int(sys.argv[5]):
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*arguments, **rest)
    return counted

swapping.sync = dying(swapping.sync)
swapping._be_alone = dying(swapping._be_alone)
swapping.os.replace = dying(os.replace)
swapping.connect_to_write = dying(swapping.connect_to_write)
backups.replace(context, Path(sys.argv[4]))
print("restored", flush=True)
"""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Key]:
    path = tmp_path_factory.mktemp("template") / "bestand.kkd"
    stores.create_demo(path, SECRET, TODAY, clients=PEOPLE).store.close()
    return path.read_bytes(), key_of(path, SECRET)


@pytest.fixture
def key(template: tuple[bytes, Key]) -> Key:
    return template[1]


@pytest.fixture
def path(tmp_path: Path, template: tuple[bytes, Key]) -> Path:
    found = tmp_path / "bestand.kkd"
    found.write_bytes(template[0])
    found.chmod(0o600)
    return found


def process(script: str, path: Path, key: Key, *more: object) -> subprocess.Popen[str]:
    literal = key.literal().removeprefix("\"x'").removesuffix("'\"")
    arguments = [str(path), literal[:64], literal[64:], *map(str, more)]
    started = subprocess.Popen(
        [sys.executable, "-c", BEGIN + script, *arguments], stdout=subprocess.PIPE, text=True
    )
    assert started.stdout is not None
    assert started.stdout.readline() == "ready\n"
    return started


def kill_after(started: subprocess.Popen[str], seconds: float) -> int:
    """Kill it, and say how much it had acknowledged."""
    time.sleep(seconds)
    started.kill()
    told, _ = started.communicate()
    return len(told.splitlines())


@contextmanager
def opened(path: Path, key: Key) -> Iterator[Context]:
    with stores.open_caseload(path, key, TODAY) as context:
        assert stores.verify(context) == []
        yield context


def half_made(folder: Path) -> int:
    return len([each for each in folder.iterdir() if each.name.endswith(".part")])


def test_a_killed_back_up_leaves_the_store_whole_and_nothing_half_made_in_the_list(path, key):
    chance = random.Random(6)
    acknowledged = broken_off = 0
    for _ in range(ROUNDS):
        started = process(MAKE, path, key)
        acknowledged += kill_after(started, chance.uniform(0.0, 0.25))
        with opened(path, key) as context:
            listed = backups.listed(context)
        folder = path.parent / "sicherungen"
        if folder.exists():
            broken_off += half_made(folder) > 0
            for part in folder.glob(".*.part*"):
                part.unlink()

    for each in listed:
        assert backups.check(each.path, key).clients == PEOPLE
    assert len(listed) >= acknowledged > 0
    assert broken_off > 0


def test_a_killed_restore_leaves_the_old_state_or_the_new_one_and_a_way_back(path, key):
    with opened(path, key) as context:
        first = backups.make(context).made.path
        casework.add_client(context, Client(0, "", "Neu", "Dora"), {})
        second = backups.make(context).made.path
    chance = random.Random(6)
    found = []
    for number in range(ROUNDS):
        started = process(RESTORE, path, key, first, second)
        kill_after(started, chance.uniform(0.0, 1.0))
        with opened(path, key) as context:
            found.append(casework.count_clients(context))
            if number == ROUNDS - 1:
                backups.replace(context, second)
                assert casework.count_clients(context) == PEOPLE + 1
                assert stores.verify(context) == []

    assert set(found) <= {PEOPLE, PEOPLE + 1}
    for each in (path.parent / "sicherungen").glob("*.kkd"):
        assert backups.check(each, key).clients in (PEOPLE, PEOPLE + 1)


@pytest.mark.parametrize("call", range(1, 7))
def test_killed_at_each_call_of_the_swap_the_store_opens(path, key, call):
    with opened(path, key) as context:
        backup = backups.make(context).made.path
        casework.add_client(context, Client(0, "", "Neu", "Dora"), {})

    started = process(DIE_AT, path, key, backup, call)
    told, _ = started.communicate()

    # sync of the part, being alone, replace, sync of the folder, opening anew; then it is done.
    assert (started.returncode, told) == ((-signal.SIGKILL, "") if call < 6 else (0, "restored\n"))
    with opened(path, key) as context:
        # The new state holds from the replace on, and the old one can be had back in any case.
        assert casework.count_clients(context) == (PEOPLE if call > 3 else PEOPLE + 1)
        kept = [
            each for each in backups.listed(context) if each.kind is backups.Kind.BEFORE_RESTORE
        ]
        assert [each.contents.clients for each in kept] == [PEOPLE + 1]


def full_after(bytes_left: int):
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_left, bytes_left))

    return limit


ONE = """
from kkd_desktop.domain.errors import UserError
try:
    backups.{call}
    print("done")
except UserError as fault:
    print(fault)
"""


@pytest.mark.parametrize("call", ["make(context)", "replace(context, Path(sys.argv[4]))"])
@pytest.mark.parametrize("room", [40_000, 100_000, 300_000])
def test_a_full_disk_is_a_sentence_and_nothing_is_half_made(path, key, call, room):
    with opened(path, key) as context:
        backup = backups.make(context).made.path
    literal = key.literal().removeprefix("\"x'").removesuffix("'\"")
    arguments = [str(path), literal[:64], literal[64:], str(backup)]

    done = subprocess.run(
        [sys.executable, "-c", BEGIN + ONE.format(call=call), *arguments],
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=full_after(room),
    )

    assert done.stdout.startswith("ready\nD")
    assert "done" not in done.stdout
    assert half_made(backup.parent) == half_made(path.parent) == 0
    assert [each.name for each in backup.parent.iterdir()] == [backup.name]
    with opened(path, key):
        pass


@pytest.fixture
def small_disk(tmp_path: Path):
    """A file system of eight megabytes, where this user may mount one."""
    place = tmp_path / "klein"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)]
    if sys.platform != "linux" or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("this user may not mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def backups_until_full(context: Context) -> int:
    for made in range(100):
        try:
            backups.make(context)
        except errors.DiskFull:
            return made
    raise AssertionError


def test_on_a_disk_that_fills_up_the_last_good_back_up_stays(small_disk, path, key):
    small = small_disk / path.name
    small.write_bytes(path.read_bytes())
    with opened(small, key) as context:
        made = backups_until_full(context)
        assert made >= 1
        assert len(backups.listed(context)) == made
        for each in backups.listed(context):
            backups.check(each.path, key)
    with opened(small, key):
        pass


def test_a_folder_without_rights_is_a_sentence(path, key):
    folder = path.parent / "sicherungen"
    folder.mkdir()
    folder.chmod(0o500)
    if os.access(folder, os.W_OK):
        # The superuser may write everywhere; a folder that is a file stands for it.
        folder.rmdir()
        folder.write_text("")
    with opened(path, key) as context, pytest.raises(errors.StoreError):
        backups.make(context)
    if folder.is_dir():
        folder.chmod(0o700)
