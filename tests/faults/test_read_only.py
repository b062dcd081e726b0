"""A file or folder that may not be written: one sentence, nothing changed, nothing lost.

Root, whom rights do not hold, is held by `chattr +i`.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.faults import caseload
from tests.faults.conftest import WRITTEN

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="rights of POSIX")

READ_ONLY = "„faelle.kkd“ oder ihr Ordner ist schreibgeschützt"


@pytest.fixture
def protect() -> Iterator[Callable[[Path], Callable[[], None]]]:
    """Make a file or folder read-only for every process; the answer makes it writable again."""
    with ExitStack() as at_the_end:

        def done(path: Path) -> Callable[[], None]:
            if os.geteuid() == 0:
                chattr = shutil.which("chattr")
                tried = chattr and subprocess.run([chattr, "+i", str(path)], check=False)
                if not tried or tried.returncode:
                    pytest.skip("root can write everywhere, and chattr +i does not work here")

                def back() -> None:
                    subprocess.run(["chattr", "-i", str(path)], check=True)
            else:
                mode = path.stat().st_mode
                path.chmod(mode & ~0o222)

                def back() -> None:
                    path.chmod(mode)

            at_the_end.callback(back)
            return back

        yield done


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_command_says_so_and_changes_nothing(written, protect, what):
    content = written.read_bytes()
    protect(written if what == "file" else written.parent)

    for command in ("batch", "due", "verify"):
        done = caseload.kkd(command, store=written, stdin=caseload.line(WRITTEN))

        caseload.require_sentence(done, READ_ONLY)
        assert done.stdout == ""
    assert written.read_bytes() == content
    assert [path.name for path in written.parent.iterdir()] == ["faelle.kkd"]


def test_no_store_is_begun_in_a_read_only_folder(tmp_path, protect):
    folder = tmp_path / "gesperrt"
    folder.mkdir()
    protect(folder)

    caseload.require_sentence(caseload.kkd("init", store=folder / "faelle.kkd"), READ_ONLY)
    assert not list(folder.iterdir())


@pytest.mark.parametrize("what", ["file", "folder"])
def test_what_is_locked_while_it_is_written_loses_nothing(written, key, protect, what):
    process = caseload.batch(written)
    assert process.stdin is not None
    assert process.stdout is not None
    acknowledged, refused = WRITTEN, 0
    with process:
        for number in range(WRITTEN, WRITTEN + 40):
            if number == WRITTEN + 10:
                back = protect(written if what == "file" else written.parent)
            process.stdin.write(caseload.line(number - refused).encode())
            answer = process.stdout.readline().decode()
            if answer.startswith("NACK"):
                assert "faelle.kkd" in answer
                refused += 1
            else:
                assert answer == f"ACK {acknowledged}\n"
                acknowledged += 1
        process.stdin.close()
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read().decode()
    back()

    assert acknowledged > WRITTEN
    assert caseload.require_sound(written, key, acknowledged) == acknowledged
    print(f"\n{what}: {acknowledged - WRITTEN} acknowledged, {refused} refused")
