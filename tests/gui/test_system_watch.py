"""Sleep and locked screens, told by a D-Bus of the test's own and by Windows' messages."""

import shutil
import subprocess
import sys
from ctypes import addressof, wintypes

import pytest
from PySide6.QtCore import QByteArray

from kkd_desktop.gui.system_watch import SystemWatch, _WindowsMessages, session_path

WATCHING = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from kkd_desktop.gui.system_watch import SystemWatch

app = QApplication([])
watch = SystemWatch()
watch.leaving.connect(lambda: print("leaving", flush=True))
print("follows", watch.follow(QWidget()), flush=True)
sys.stdin.close()
QTimer.singleShot(20_000, app.quit)
app.exec()
"""

# Owns the name of logind, and says one thing each line it is told.
LOGIND = """
import sys
from PySide6.QtCore import QCoreApplication
from PySide6.QtDBus import QDBusConnection, QDBusMessage

app = QCoreApplication([])
bus = QDBusConnection.sessionBus()
assert bus.registerService("org.freedesktop.login1")
print("ready", flush=True)
for line in sys.stdin:
    path, interface, name, *value = line.split()
    message = QDBusMessage.createSignal(path, interface, name)
    if value:
        message.setArguments([value[0] == "true"])
    bus.send(message)
    app.processEvents()
"""

MANAGER = "/org/freedesktop/login1 org.freedesktop.login1.Manager PrepareForSleep"
SESSION = "/org/freedesktop/login1/session/{} org.freedesktop.login1.Session Lock"


@pytest.fixture
def bus(monkeypatch):
    if shutil.which("dbus-daemon") is None:
        pytest.skip("needs dbus-daemon")
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
        stdout=subprocess.PIPE,
        text=True,
    )
    address = daemon.stdout.readline().strip()
    for name in ("DBUS_SYSTEM_BUS_ADDRESS", "DBUS_SESSION_BUS_ADDRESS"):
        monkeypatch.setenv(name, address)
    monkeypatch.setenv("XDG_SESSION_ID", "2")
    yield
    daemon.terminate()
    daemon.communicate()


@pytest.fixture
def logind(bus):
    child = start(LOGIND)
    assert child.stdout.readline() == "ready\n"
    yield child
    child.kill()
    child.communicate()


@pytest.fixture
def watching(logind):
    child = start(WATCHING)
    assert child.stdout.readline() == "follows True\n"
    yield child
    child.kill()
    child.communicate()


def start(script):
    return subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def say(logind, *lines):
    logind.stdin.write("\n".join(lines) + "\n")
    logind.stdin.flush()


@pytest.mark.parametrize(
    "told",
    [
        f"{MANAGER} true",
        SESSION.format("_32"),
        "/any org.freedesktop.ScreenSaver ActiveChanged true",
        "/any org.gnome.ScreenSaver ActiveChanged true",
    ],
)
def test_sleep_and_a_locked_screen_are_heard(logind, watching, told):
    say(logind, told)

    assert watching.stdout.readline() == "leaving\n"


def test_waking_up_and_the_session_of_somebody_else_are_not(logind, watching):
    say(logind, f"{MANAGER} false", SESSION.format("_37"), f"{MANAGER} true")
    say(logind, "/any org.gnome.ScreenSaver ActiveChanged false")
    assert watching.stdout.readline() == "leaving\n"

    watching.terminate()

    assert watching.stdout.read() == ""


def test_where_there_is_no_bus_nothing_breaks(qtbot, monkeypatch):
    for name in ("DBUS_SYSTEM_BUS_ADDRESS", "DBUS_SESSION_BUS_ADDRESS"):
        monkeypatch.setenv(name, "unix:path=/nirgends")
    child = start(WATCHING)

    assert child.stdout.readline() == "follows False\n"
    child.kill()
    child.communicate()


@pytest.mark.parametrize(
    ("session", "path"),
    [("2", "_32"), ("c2", "c2"), ("12", "_312"), ("a-b", "a_2db")],
)
def test_the_path_of_a_session_is_written_as_d_bus_wants_it(session, path):
    assert session_path(session) == f"/org/freedesktop/login1/session/{path}"


@pytest.mark.parametrize(
    ("message", "value", "heard"),
    [(0x0218, 4, True), (0x0218, 7, False), (0x02B1, 7, True), (0x02B1, 8, False)],
)
def test_windows_tells_it_by_a_message(qapp, message, value, heard):
    watch, said = SystemWatch(), []
    watch.leaving.connect(lambda: said.append(True))
    told = wintypes.MSG(message=message, wParam=value)

    passed = _WindowsMessages(watch).nativeEventFilter(
        QByteArray(b"windows_generic_MSG"), addressof(told)
    )

    assert bool(said) is heard
    assert passed == (False, 0)
