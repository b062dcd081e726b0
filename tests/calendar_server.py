"""A real calendar server for the tests: Radicale on this machine alone, in a folder of its own."""

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import HTTPBasicAuthHandler, HTTPPasswordMgrWithDefaultRealm, Request
from urllib.request import build_opener as opener

USER, PASSWORD = "fachkraft", "nur-fuer-die-tests"
_PATIENCE = 20.0


class Radicale:
    """The server, and what a second calendar program of the same person does with it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None
        (folder / "users").write_text(f"{USER}:{PASSWORD}\n", encoding="utf-8")
        self._configure("owner_only")
        known = HTTPPasswordMgrWithDefaultRealm()
        known.add_password(None, self.address, USER, PASSWORD)
        self._opener = opener(HTTPBasicAuthHandler(known))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def calendar(self) -> str:
        return f"{self.address}{USER}/termine/"

    def start(self) -> None:
        """Returns when it answers."""
        command = [sys.executable, "-m", "radicale", "--config", str(self._folder / "config")]
        with (self._folder / "log").open("ab") as log:
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
        rights = self._folder / "rights"
        rights.write_text("[all]\nuser: .+\ncollection: .*\npermissions: Rr\n", encoding="utf-8")
        self._configure("from_file")

    def make_calendar(self, name: str, title: str) -> str:
        url = f"{self.address}{USER}/{name}/"
        self.ask(
            "MKCALENDAR",
            url,
            '<?xml version="1.0" encoding="utf-8"?><C:mkcalendar xmlns:D="DAV:" '
            'xmlns:C="urn:ietf:params:xml:ns:caldav"><D:set><D:prop>'
            f"<D:displayname>{title}</D:displayname></D:prop></D:set></C:mkcalendar>".encode(),
        )
        return url

    def ask(self, method: str, url: str, body: bytes | None = None) -> bytes:
        """What another program of the same user sends."""
        request = Request(url, body, {"Content-Type": "text/calendar"}, method=method)
        with self._opener.open(request, timeout=_PATIENCE) as answer:
            return bytes(answer.read())

    def entries(self, name: str = "termine") -> dict[str, bytes]:
        """The files of a calendar as they lie on the disk, byte by byte."""
        folder = self._folder / "collections" / "collection-root" / USER / name
        return {path.name: path.read_bytes() for path in sorted(folder.glob("*.ics"))}

    def log(self) -> str:
        return (self._folder / "log").read_text(encoding="utf-8", errors="replace")

    def _configure(self, rights: str) -> None:
        (self._folder / "config").write_text(
            f"""[server]
hosts = 127.0.0.1:{self.port}
[auth]
type = htpasswd
htpasswd_filename = {self._folder / "users"}
htpasswd_encryption = plain
delay = 0
[rights]
type = {rights}
file = {self._folder / "rights"}
[storage]
filesystem_folder = {self._folder / "collections"}
""",
            encoding="utf-8",
        )


@contextmanager
def running(folder: Path) -> Iterator[Radicale]:
    """A server with one empty calendar, stopped at the end."""
    server = Radicale(folder)
    server.start()
    try:
        server.make_calendar("termine", "Termine")
        yield server
    finally:
        server.stop()
