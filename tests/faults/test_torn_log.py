"""A power cut: the log beside the file ends anywhere, or the file is half-way through taking it in.

The files are those of a process that is still running, so nothing was closed in good order.
"""

import random
from pathlib import Path

import pytest

from kkd_desktop.store.key import Key
from tests.faults import caseload
from tests.faults.conftest import WRITTEN

PAGE, FRAME_HEADER, LOG_HEADER = 4096, 24, 32
MORE = 80
"""Steps that stand in the log alone; more of them and SQLite would begin to take them in."""


@pytest.fixture(scope="module")
def live(template: tuple[Path, Key], tmp_path_factory: pytest.TempPathFactory):
    """The file and its log in the middle of work, and the file once it has taken in the log."""
    path = tmp_path_factory.mktemp("live") / "faelle.kkd"
    path.write_bytes(template[0].read_bytes())
    process = caseload.batch(path)
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        for number in range(WRITTEN, WRITTEN + MORE):
            process.stdin.write(caseload.line(number).encode())
            assert process.stdout.readline() == f"ACK {number}\n".encode()
        # Another process has it open, so reading it plainly cancels no lock of this one.
        before, log = path.read_bytes(), path.with_name("faelle.kkd-wal").read_bytes()
        process.stdin.close()
        assert process.wait() == 0
    assert len(log) > LOG_HEADER + MORE * PAGE
    assert not path.with_name("faelle.kkd-wal").exists()
    return before, log, path.read_bytes()


def put(folder: Path, number: int, content: bytes, log: bytes) -> Path:
    path = folder / str(number) / "faelle.kkd"
    path.parent.mkdir()
    path.write_bytes(content)
    path.with_name("faelle.kkd-wal").write_bytes(log)
    return path


def torn(log: bytes, chance: random.Random) -> bytes:
    """The log up to anywhere, often to the end of a page; and what a disk may leave behind it."""
    cut = chance.randrange(len(log) + 1)
    if chance.random() < 0.5:
        frames = max(0, cut - LOG_HEADER) // (PAGE + FRAME_HEADER)
        cut = LOG_HEADER + frames * (PAGE + FRAME_HEADER) + chance.choice((-1, 0, 1, FRAME_HEADER))
    behind = chance.choice((0, 0, 512, PAGE, 3 * PAGE))
    filling = chance.choice((bytes(behind), chance.randbytes(behind), log[:behind]))
    return log[:cut] + filling


def test_a_log_that_ends_anywhere_gives_whole_steps_and_no_gap(tmp_path, live, key):
    before, log, _ = live
    rounds, found = caseload.rounds(30), []
    for number in range(rounds):
        seed = random.randrange(2**32)
        path = put(tmp_path, number, before, torn(log, random.Random(seed)))
        try:
            found.append(caseload.require_sound(path, key, WRITTEN))
        except BaseException:
            print(f"seed {seed}")
            raise
    print(f"\n{rounds} torn logs, {min(found)} to {max(found)} steps")
    assert len(set(found)) > min(rounds, MORE) // 4, "the cuts were all over the log"


def test_a_file_half_way_through_taking_in_its_log_gives_every_step(tmp_path, live, key):
    before, log, after = live
    rounds = caseload.rounds(6)
    # What a file has grown by is missing as long as it was not written.
    grown = before + bytes(len(after) - len(before))
    for number in range(rounds):
        pages = []
        for place in range(0, len(after), PAGE):
            old, new = grown[place : place + PAGE], after[place : place + PAGE]
            half = random.randrange(0, PAGE, 512)
            pages.append(random.choice((old, new, new[:half] + old[half:])))
        path = put(tmp_path, number, b"".join(pages), log)
        assert caseload.require_sound(path, key, WRITTEN + MORE) == WRITTEN + MORE
    print(f"\n{rounds} half-written files")


def test_the_file_without_its_log_is_the_file_as_it_was(tmp_path, live, key):
    path = tmp_path / "faelle.kkd"
    path.write_bytes(live[0])

    assert caseload.require_sound(path, key, WRITTEN) == WRITTEN
