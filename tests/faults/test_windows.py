"""Real processes of the window: locked, started twice, and beside a command of the terminal."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from kkd_desktop.actions import left_open, stores
from kkd_desktop.actions.secrets import Key, Passphrase, key_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")

TODAY = date(2026, 11, 20)
WORDS = "vier zufällige Wörter hier"
PATIENCE = 150.0
"""Far more than the slowest computer needs; nobody waits for it where all is well."""

WINDOW = """
import sys
from PySide6.QtCore import QTimer
from kkd_desktop.gui import app, workplace
from kkd_desktop.gui.dialogs.contact import ContactDialog
from kkd_desktop.gui.window import MainWindow

def type_and_lock(self):
    dialog = self.window.findChildren(ContactDialog)[0]
    dialog.fields.content.insertPlainText("Wohnung besprochen, geheimer Satz")
    self.lock()

def told(self):
    after(self)
    if "lock" in how:
        self.log_contact(3)
        QTimer.singleShot(300, lambda: type_and_lock(self))
    self.session.changed.connect(lambda: print("CHANGED", flush=True))
    print("READY", flush=True)

def raise_it(window):
    raised(window)
    print("RAISED", flush=True)

how = sys.argv.pop()
raised = MainWindow.bring_to_front
MainWindow.bring_to_front = raise_it
after = workplace.Workplace._after_first_paint
workplace.Workplace._after_first_paint = told
sys.exit(app.run(sys.argv[1:]))
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "bestand.kkd"
    stores.create_demo(place, Passphrase(WORDS), TODAY, clients=20).store.close()
    return place


@pytest.fixture
def temporary() -> Iterator[Path]:
    """A folder for temporary files; the name of a socket in it may not be long."""
    with TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.fixture
def environment(tmp_path: Path, temporary: Path) -> dict[str, str]:
    return {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "KKD_PASSPHRASE": WORDS,
        "XDG_DATA_HOME": str(tmp_path / "daten"),
        "TMPDIR": str(temporary),
        "DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nirgends",
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nirgends",
    }


@pytest.fixture
def window(path, environment):
    started, timers = [], []

    def start(how: str = "") -> subprocess.Popen[str]:
        child = subprocess.Popen(
            [sys.executable, "-c", WINDOW, "--store", path, "--as-of", TODAY.isoformat(), how],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        started.append(child)
        # Who says nothing is not waited for for ever.
        timer = threading.Timer(PATIENCE, child.kill)
        timer.daemon = True
        timer.start()
        timers.append(timer)
        return child

    yield start
    for timer in timers:
        timer.cancel()
    for child in started:
        child.kill()
        child.communicate()


def kkd(environment, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kkd_desktop", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )


def said(child: subprocess.Popen[str], word: str) -> None:
    """Wait until the window says it."""
    assert child.stdout is not None
    while (line := child.stdout.readline()) and line.strip() != word:
        pass
    assert line.strip() == word


def until(holds) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def is_locked(child: subprocess.Popen[str]) -> bool:
    return "--locked" in Path(f"/proc/{child.pid}/cmdline").read_text().split("\0")


def asks(child: subprocess.Popen[str], temporary: Path) -> bool:
    """Whether the process that began anew shows the question: only then it hears of others."""
    return is_locked(child) and any(temporary.glob("kkd-*"))


def memory(pid: int) -> bytes:
    """What can be read of the memory of a process that is our own child."""
    found = b""
    with Path(f"/proc/{pid}/mem").open("rb", 0) as file:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span, rights, *_ = line.split()
            if not rights.startswith("rw"):
                continue
            first, last = (int(each, 16) for each in span.split("-"))
            try:
                file.seek(first)
                found += file.read(last - first)
            except (OSError, ValueError, OverflowError):
                continue
    return found


def test_locked_the_process_knows_neither_the_key_nor_a_name_nor_what_was_typed(
    path, window, temporary
):
    key: Key = key_of(path, Passphrase(WORDS))
    with stores.open_caseload(path, key, TODAY) as context:
        [(name,)] = context.store.read("SELECT last_name FROM client WHERE id = 3")
    child = window("lock")
    said(child, "READY")
    until(lambda: asks(child, temporary))

    try:
        held = memory(child.pid)
    except PermissionError:
        pytest.skip("needs to look into the memory of its own child")
    assert b"--locked" in held, "the memory was read"
    wanted = {
        "key": key.raw(),
        "key in words": key.raw().hex().encode(),
        "passphrase": WORDS.encode(),
        "name": name.encode(),
        "note": b"geheimer Satz",
    }
    assert [what for what, text in wanted.items() if text in held] == []


def test_locked_what_was_typed_is_in_the_store_and_the_process_still_has_it(
    path, window, environment
):
    child = window("lock")
    said(child, "READY")
    until(lambda: is_locked(child))

    assert child.poll() is None
    with stores.open_caseload(path, Passphrase(WORDS), TODAY) as context:
        [draft] = left_open.drafts(context)
    assert ["Inhalt", "Wohnung besprochen, geheimer Satz"] in draft.content["texts"]


def test_no_secret_is_among_the_arguments_or_in_the_environment_of_the_new_process(window):
    child = window("lock")
    said(child, "READY")
    until(lambda: is_locked(child))

    process = Path(f"/proc/{child.pid}")
    assert WORDS.encode() not in (process / "cmdline").read_bytes()
    assert b"KKD_PASSPHRASE" not in (process / "environ").read_bytes()


def test_nothing_but_encrypted_files_is_left_behind_by_a_window(path, window, tmp_path, temporary):
    child = window("lock")
    said(child, "READY")
    until(lambda: is_locked(child))
    child.send_signal(signal.SIGKILL)
    child.wait()

    with stores.open_caseload(path, Passphrase(WORDS), TODAY) as context:
        names = [name.encode() for (name,) in context.store.read("SELECT last_name FROM client")]
    places = [*tmp_path.rglob("*"), *temporary.rglob("*")]
    files = [each for each in places if each.is_file()]
    assert path in files
    for file in files:
        content = file.read_bytes()
        assert not any(name in content for name in [*names, b"geheimer Satz"]), file
        assert file.stat().st_mode & 0o077 == 0, file
    for folder in (each for each in places if each.is_dir()):
        assert folder.stat().st_mode & 0o077 == 0, folder


def test_a_second_window_brings_the_first_to_the_front_and_ends(window):
    first = window()
    said(first, "READY")

    second = window()

    said(first, "RAISED")
    assert second.wait(PATIENCE) == 0
    assert first.poll() is None


def test_so_does_one_that_is_started_while_the_first_is_locked(window, temporary):
    first = window("lock")
    said(first, "READY")
    until(lambda: asks(first, temporary))

    assert window().wait(PATIENCE) == 0
    assert first.poll() is None


def test_a_command_beside_the_window_works_and_the_window_shows_it(path, window, environment):
    child = window()
    said(child, "READY")

    done = kkd(
        environment,
        *("clients", "add", "--store", str(path), "--as-of", TODAY.isoformat()),
        *("--number", "123A499999", "--last-name", "Beispiel", "--first-name", "Neu"),
        *("--birth-date", "05.05.1988", "--profile", "markt", "--status", "arbeitslos"),
    )

    assert done.returncode == 0, done.stderr
    said(child, "CHANGED")


def test_a_window_on_another_computer_keeps_commands_away(path, environment):
    lock = path.with_name(f".{path.name}.lock")
    lock.write_text("4711\nkkd-desktop\nJC-PC-0417\n", encoding="utf-8")

    done = kkd(environment, "due", "--store", str(path))

    assert done.returncode == 2
    assert "JC-PC-0417" in done.stderr


def test_the_memory_of_the_window_is_not_for_others(window):
    child = window()
    said(child, "READY")

    limits = Path(f"/proc/{child.pid}/limits").read_text()
    cores = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
    assert cores.split()[4:6] == ["0", "0"]
    # What is not dumpable belongs to root there.
    assert Path(f"/proc/{child.pid}/environ").stat().st_uid == 0
