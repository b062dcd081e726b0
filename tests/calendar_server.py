"""A real calendar server for the tests: Radicale on this machine alone, in a folder of its own."""

import contextlib
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

USER, PASSWORD = "fachkraft", "nur-fuer-die-tests"
_PATIENCE = 20.0


class RemoteCalendar:
    """One calendar, and what a second calendar program of the same person does with it."""

    def __init__(self, server: "Radicale", name: str) -> None:
        self.server = server
        self.url = f"{server.address}{USER}/{name}/"
        self._folder = server.folder / "collections" / "collection-root" / USER / name

    def entries(self) -> dict[str, bytes]:
        """The files as they lie on the disk, byte by byte."""
        return {path.name: path.read_bytes() for path in sorted(self._folder.glob("*.ics"))}

    def put(self, name: str, body: bytes) -> None:
        self.server.ask("PUT", self.url + name, body)

    def delete(self, name: str) -> None:
        self.server.ask("DELETE", self.url + name)

    def change(self, before: str, after: str) -> None:
        """Move the one entry there to another time, as a telephone would."""
        [(name, body)] = self.entries().items()
        assert before.encode() in body
        self.put(name, body.replace(before.encode(), after.encode()))


class Radicale:
    """The server; `start` and `stop` it as often as a test needs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None
        (folder / "users").write_text(f"{USER}:{PASSWORD}\n", encoding="utf-8")
        self._configure("owner_only")

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> None:
        """Returns when it answers."""
        command = [sys.executable, "-m", "radicale", "--config", str(self.folder / "config")]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
                return
            assert self._process.poll() is None, self.log()
            time.sleep(0.02)
        raise AssertionError("Radicale did not start")

    def stop(self) -> None:
        """Only this very process."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(_PATIENCE)
            self._process = None

    def be_read_only(self) -> None:
        """From the next start on."""
        rights = self.folder / "rights"
        rights.write_text("[all]\nuser: .+\ncollection: .*\npermissions: Rr\n", encoding="utf-8")
        self._configure("from_file")

    def make_calendar(self, name: str, title: str) -> RemoteCalendar:
        calendar = RemoteCalendar(self, name)
        self.ask(
            "MKCALENDAR",
            calendar.url,
            '<?xml version="1.0" encoding="utf-8"?><C:mkcalendar xmlns:D="DAV:" '
            'xmlns:C="urn:ietf:params:xml:ns:caldav"><D:set><D:prop>'
            f"<D:displayname>{title}</D:displayname></D:prop></D:set></C:mkcalendar>".encode(),
        )
        return calendar

    def ask(self, method: str, url: str, body: bytes | None = None) -> bytes:
        """What another program of the same user sends."""
        login = b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        headers = {"Authorization": f"Basic {login}", "Content-Type": "text/calendar"}
        with urlopen(Request(url, body, headers, method=method), timeout=_PATIENCE) as answer:
            return bytes(answer.read())

    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    def requests(self, method: str) -> int:
        """How many it got so far."""
        return self.log().count(f" {method} request for ")

    def _configure(self, rights: str) -> None:
        (self.folder / "config").write_text(
            f"""[server]
hosts = 127.0.0.1:{self.port}
[auth]
type = htpasswd
htpasswd_filename = {self.folder / "users"}
htpasswd_encryption = plain
delay = 0
[rights]
type = {rights}
file = {self.folder / "rights"}
[storage]
filesystem_folder = {self.folder / "collections"}
""",
            encoding="utf-8",
        )


@contextmanager
def running(folder: Path) -> Iterator[Radicale]:
    """A server without a calendar, stopped at the end."""
    server = Radicale(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()
