"""Killed while the passphrase is changed: one of the two opens the store, and every row is there.

KKD_FAULT_ROUNDS sets the number of rounds (default 8 each).
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kkd_desktop.store import errors, settings
from kkd_desktop.store.files import sweep_parts
from kkd_desktop.store.key import Passphrase
from kkd_desktop.store.opening import Store, create_store, open_store
from kkd_desktop.store.verify import verify

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")

ROUNDS = int(os.environ.get("KKD_FAULT_ROUNDS", "8"))
ONE, OTHER = Passphrase("die eine Passphrase"), Passphrase("die andere Passphrase")
ROWS = 3000

CHANGING = """
import sys
from pathlib import Path
from kkd_desktop.process import protect
from kkd_desktop.store import rekeying, settings
from kkd_desktop.store.key import Passphrase
from kkd_desktop.store.opening import open_store

protect()
path, number = Path(sys.argv[1]), int(sys.argv[2])
words = ["die eine Passphrase", "die andere Passphrase"]
if sys.argv[3] == "other":
    words.reverse()
with open_store(path, Passphrase(words[0])) as store:
    while True:
        words.reverse()
        number += 1
        settings.put(store, f"row{number}", number)
        print("ACK", number, flush=True)
        seen = rekeying.state_of(store)
        rewritten = rekeying.rewrite(path, store.key, Passphrase(words[0]))
        rekeying.put_in_place(store, rewritten, seen)
        print("CHANGED", flush=True)
"""

KILLED_AT_A_LINE = """
import os
import signal
import sys
from pathlib import Path
from kkd_desktop.process import protect
from kkd_desktop.store import rekeying
from kkd_desktop.store.key import Passphrase
from kkd_desktop.store.opening import open_store

protect()
path, last = Path(sys.argv[1]), int(sys.argv[2])
store = open_store(path, Passphrase("die eine Passphrase"))
lines = 0

def follow(frame, event, value):
    global lines
    name = frame.f_code.co_filename
    if not name.endswith(("rekeying.py", "swapping.py", "copying.py", "files.py")):
        return None
    if event == "line":
        lines += 1
        if lines == last:
            os.kill(os.getpid(), signal.SIGKILL)
    return follow

def replace(source, target):
    really(source, target)
    # Out of `follow`'s sight: nothing is killed between the two.
    print("REPLACED", flush=True)

really, os.replace = os.replace, replace
sys.settrace(follow)
seen = rekeying.state_of(store)
rewritten = rekeying.rewrite(path, store.key, Passphrase("die andere Passphrase"))
rekeying.put_in_place(store, rewritten, seen)
sys.settrace(None)
print(lines)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "faelle.kkd"
    with create_store(place, ONE) as store, store.write():
        for number in range(ROWS):
            settings.put(store, f"first{number}", "x" * 200)
    return place


def opened(path: Path) -> tuple[Store, Passphrase]:
    """The store by whichever of the two passphrases opens it."""
    try:
        return open_store(path, ONE), ONE
    except errors.WrongPassphrase:
        return open_store(path, OTHER), OTHER


def require_whole(path: Path, acknowledged: int) -> Passphrase:
    store, passphrase = opened(path)
    with store:
        assert verify(store) == []
        kept = settings.everything(store)
    assert {f"first{number}" for number in range(ROWS)} <= kept.keys()
    assert {f"row{number}" for number in range(1, acknowledged + 1)} <= kept.keys()
    return passphrase


def require_swept(path: Path) -> None:
    """What the kill left half-made goes at the next start, once it is surely abandoned."""
    for part in path.parent.glob("*.part*"):
        assert part.stat().st_mode & 0o077 == 0
        os.utime(part, (0, 0))
    sweep_parts(path)
    assert not list(path.parent.glob("*.part*"))


def test_killed_at_random_moments_one_of_the_two_opens_it_and_every_row_is_there(path):
    number, current, changed, left, span = 0, ONE, 0, 0, 0.0
    for place in range(ROUNDS):
        child = subprocess.Popen(
            [sys.executable, "-c", CHANGING, path, str(number), "other" * (current is OTHER)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        assert child.stdout.readline().startswith("ACK")
        number += 1
        if place == 0:
            # One whole change says how long one takes on this computer.
            begun = time.monotonic()
            assert child.stdout.readline() == "CHANGED\n"
            span = time.monotonic() - begun
            changed += 1
        else:
            time.sleep(random.uniform(0.0, 1.5 * span))
        child.send_signal(signal.SIGKILL)
        said = child.communicate()[0].splitlines()
        assert child.returncode == -signal.SIGKILL

        number += sum(line.startswith("ACK") for line in said)
        changed += said.count("CHANGED")
        left += any(path.parent.glob("*.part"))
        current = require_whole(path, number)
        require_swept(path)
    told = f"{ROUNDS} rounds, {changed} changes done, {left} times a half-made file was left"
    sys.stdout.write(f"\n{told}\n")


def killed_at(path: Path, last: int) -> subprocess.CompletedProcess[str]:
    """A change that is killed before this line of it; 0: it goes through, and counts its lines."""
    arguments = [sys.executable, "-c", KILLED_AT_A_LINE, str(path), str(last)]
    done = subprocess.run(arguments, capture_output=True, text=True)
    assert done.returncode == (-signal.SIGKILL if last else 0), done.stderr
    return done


def test_killed_before_any_line_of_the_change_nothing_is_lost(path):
    template = path.read_bytes()
    lines, changed = int(killed_at(path, 0).stdout.split()[-1]), 0
    rounds = min(ROUNDS, lines)
    for place in range(1, rounds + 1):
        path.write_bytes(template)
        done = killed_at(path, place * lines // rounds)
        # The passphrase is that of the file that took the place. Taken twice: the new one did not
        # open, and the old one came back.
        expected = OTHER if done.stdout.count("REPLACED") % 2 else ONE
        assert require_whole(path, 0) == expected, (done.args[-1], done.stdout, done.stderr)
        require_swept(path)
        changed += expected is OTHER
    assert changed >= 1
    told = f"{rounds} of {lines} lines, {changed} times already changed"
    sys.stdout.write(f"\n{told}\n")
