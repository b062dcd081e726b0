"""Killed while writing: what was acknowledged is there, nothing else is there in half."""

import contextlib
import random
import signal
import sys
import threading
from itertools import count
from pathlib import Path
from typing import IO

import pytest

from kkd_desktop.store.key import Key
from tests.faults import caseload
from tests.faults.conftest import WRITTEN

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")


def killed(path: Path, first: int, after: float) -> int:
    """Feed steps to a process until it is killed; how many steps it has acknowledged in all."""
    process = caseload.batch(path)
    assert process.stdin is not None
    assert process.stdout is not None
    acknowledged = first
    timer = threading.Timer(after, lambda: process.send_signal(signal.SIGKILL))
    feeding = threading.Thread(target=feed, args=(process.stdin, first))
    with process:
        feeding.start()
        for said in process.stdout:
            # The last line may be cut short; what is whole was acknowledged.
            if said.endswith(b"\n"):
                assert said == f"ACK {acknowledged}\n".encode()
                acknowledged += 1
            if not timer.is_alive() and acknowledged == first + 1:
                timer.start()
        feeding.join()
    assert process.returncode == -signal.SIGKILL
    return acknowledged


def feed(stdin: IO[bytes], first: int) -> None:
    with contextlib.suppress(BrokenPipeError):
        for number in count(first):
            stdin.write(caseload.line(number).encode())


def test_every_acknowledged_step_is_there_after_a_kill(written: Path, key: Key) -> None:
    number, rounds = WRITTEN, caseload.rounds(6)
    unanswered = 0
    for _ in range(rounds):
        acknowledged = killed(written, number, after=random.uniform(0, 0.15))
        number = caseload.require_sound(written, key, acknowledged)
        assert number <= acknowledged + 1, "one step at a time"
        unanswered += number - acknowledged
    print(f"\n{rounds} kills, {number - WRITTEN} steps there, {unanswered} stored unanswered")
