"""Servers as they are: the real one, the wrong one, the full one, the one that listens in."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest

from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.server_account import ServerFault, WrongLogin
from kkd_desktop.domain.server_calendar import Password
from kkd_desktop.exchange import caldav_server
from kkd_desktop.exchange.caldav_server import CalendarServer, Changed, Taken, checked_address
from tests.calendar_server import PASSWORD, USER

SECRET = Password(PASSWORD)
EVENT = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y\r\nBEGIN:VEVENT\r\nUID:u1\r\n"
    b"DTSTAMP:20261101T080000Z\r\nDTSTART:20261124T080000Z\r\nDTEND:20261124T090000Z\r\n"
    b"SUMMARY:Termin\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://cloud.example.org/dav/", "https://cloud.example.org/dav/"),
        ("  cloud.example.org/dav ", "https://cloud.example.org/dav"),
        ("cloud.example.org:8443", "https://cloud.example.org:8443"),
        ("http://127.0.0.1:5232/", "http://127.0.0.1:5232/"),
        ("http://localhost:5232", "http://localhost:5232"),
        ("http://[::1]:5232", "http://[::1]:5232"),
    ],
)
def test_an_address_is_taken_and_made_safe(typed, address):
    assert checked_address(typed) == address


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("http://cloud.example.org/", "nur mit https://"),
        ("ftp://cloud.example.org/", "nur mit https://"),
        ("http://127.0.0.1.example.org/", "nur mit https://"),
        ("http://192.168.0.5/", "nur mit https://"),
        ("https://ich:geheim@cloud.example.org/", "ohne Benutzer und Passwort"),
        ("https://cloud.example.org/?a=geheim", "ohne „\\?“"),
        ("", "keine Internetadresse"),
        ("https://", "keine Internetadresse"),
        ("https://cloud.example.org:99999/", "keine Internetadresse"),
        ("https://[::1/", "keine Internetadresse"),
        ("cloud example org", "keine Internetadresse"),
    ],
)
def test_an_address_anybody_could_listen_to_is_refused(typed, said):
    with pytest.raises(UserError, match=f"^Adresse: .*{said}") as refused:
        checked_address(typed)

    assert "geheim" not in str(refused.value)


@pytest.fixture
def server(remote) -> Iterator[CalendarServer]:
    with CalendarServer(remote.server.address, USER, SECRET) as server:
        yield server


def test_the_calendars_are_found_from_the_address_of_the_server_alone(server, remote):
    found = {each.url: each for each in server.calendars()}

    assert found[remote.url].name == "Termine"
    assert found[remote.url].writable


def test_a_list_of_tasks_is_no_calendar(server, remote):
    remote.server.ask(
        "MKCALENDAR",
        f"{remote.server.address}{USER}/aufgaben/",
        b'<C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:set><D:prop>'
        b"<D:displayname>Aufgaben</D:displayname><C:supported-calendar-component-set>"
        b'<C:comp name="VTODO"/></C:supported-calendar-component-set>'
        b"</D:prop></D:set></C:mkcalendar>",
    )

    assert "Aufgaben" not in {each.name for each in server.calendars()}


def test_an_entry_comes_goes_and_is_never_written_blindly(server, remote):
    href = remote.url + "kkd-u1.ics"
    first = server.create(href, EVENT)

    with pytest.raises(Changed):
        server.create(href, EVENT)
    second = server.replace(href, EVENT.replace(b"T08", b"T07"), first)
    assert second != first
    with pytest.raises(Changed):
        server.replace(href, EVENT, first)
    with pytest.raises(Changed):
        server.delete(href, first)
    assert server.versions(remote.url, [href, remote.url + "nicht-da.ics"]) == {href: second}
    assert server.fetch(href).etag == second
    server.delete(href, second)
    server.delete(href, second)
    assert server.fetch(href) is None
    assert remote.entries() == {}


def test_a_uid_that_is_there_already_is_not_ours_to_touch(server, remote):
    remote.put("aus-datei.ics", EVENT)

    with pytest.raises(Taken):
        server.create(remote.url + "kkd-u1.ics", EVENT)


def test_more_entries_than_one_question_holds(server, remote):
    etag = server.create(remote.url + "kkd-u1.ics", EVENT)
    hrefs = [f"{remote.url}kkd-{number}.ics" for number in range(250)]

    assert server.versions(remote.url, [*hrefs, remote.url + "kkd-u1.ics"]) == {
        remote.url + "kkd-u1.ics": etag
    }


@contextmanager
def answering(status: int, body: bytes = b"", certificate: Path | None = None, **headers: str):
    """A server that says the same to everything; yields its port and what it was asked."""
    asked: list[tuple[str, str | None]] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one_request(self) -> None:
            self.raw_requestline = self.rfile.readline(65537)
            if not self.raw_requestline or not self.parse_request():
                self.close_connection = True
                return
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            asked.append((self.command, self.headers.get("Authorization")))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            pass

    server = Quiet(("127.0.0.1", 0), Handler)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_address[1], asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def refusal(act) -> str:
    with pytest.raises(ServerFault) as refused:
        act()
    assert PASSWORD not in str(refused.value)
    assert refused.value.__suppress_context__ or refused.value.__context__ is None
    return str(refused.value)


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (200, b"<html><body>Willkommen</body></html>", "keinen Kalender"),
        (200, b"", "keinen Kalender"),
        (207, b"<a><b>", "keinen Kalender"),
        (404, b"", "keinen Kalender"),
        (405, b"", "keinen Kalender"),
        (500, b"interna", "keinen Kalender"),
    ],
)
def test_an_address_without_calendars_says_so(status, body, said, caplog):
    with (
        answering(status, body, Content_Type="text/html") as (port, _),
        CalendarServer(f"http://127.0.0.1:{port}/", USER, SECRET) as server,
    ):
        assert said in refusal(server.calendars)

    assert not [each for each in caplog.records if each.name.startswith("caldav")]


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (403, b"", "darf nur gelesen werden"),
        (
            403,
            b'<D:error xmlns:D="DAV:"><D:quota-not-exceeded/></D:error>',
            "kein Platz mehr",
        ),
        (413, b"", "kein Platz mehr"),
        (507, b"", "kein Platz mehr"),
        (409, b"", "gibt es auf"),
        (404, b"", "gibt es auf"),
        (429, b"", "überlastet"),
        (503, b"", "überlastet"),
        (500, b"interna", "meldet einen Fehler (500)"),
    ],
)
def test_what_a_server_refuses_to_take_has_its_own_sentence(status, body, said):
    with (
        answering(status, body, Content_Type="text/plain") as (port, _),
        CalendarServer(f"http://127.0.0.1:{port}/", USER, SECRET) as server,
    ):
        sentence = refusal(lambda: server.create(f"http://127.0.0.1:{port}/u.ics", EVENT))

    assert said in sentence
    assert "interna" not in sentence


def test_a_wrong_password_is_told_apart(remote):
    with CalendarServer(remote.server.address, USER, Password("falsch")) as server:
        with pytest.raises(WrongLogin, match="nimmt Benutzer und Passwort nicht an"):
            server.calendars()
        with pytest.raises(WrongLogin):
            server.create(remote.url + "u.ics", EVENT)


def test_a_server_that_is_not_there_says_so():
    with CalendarServer("http://127.0.0.1:1/", USER, SECRET) as server:
        assert "ist nicht erreichbar" in refusal(server.calendars)


def test_a_server_that_never_answers_is_given_up(monkeypatch):
    import socket

    monkeypatch.setattr(caldav_server, "TIMEOUT_SECONDS", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with CalendarServer(address, USER, SECRET) as server:
            assert "antwortet nicht" in refusal(server.calendars)


@pytest.mark.parametrize(
    "elsewhere", ["http://kalender.example.org/dav/", "https://anderswo.example.org/dav/"]
)
def test_nobody_is_followed_to_where_others_listen(elsewhere):
    with (
        answering(302, Location=elsewhere) as (port, _),
        CalendarServer(f"http://127.0.0.1:{port}/", USER, SECRET) as server,
    ):
        assert "verweist auf eine andere" in refusal(server.calendars)


def test_a_server_that_encrypts_leads_nobody_to_one_that_does_not():
    with (
        answering(207, b"") as (port, asked),
        CalendarServer("https://127.0.0.1:1/", USER, SECRET) as server,
    ):
        refusal(lambda: server.fetch(f"http://127.0.0.1:{port}/u.ics"))

    assert asked == []


def test_the_password_goes_only_to_a_server_that_asks_for_it():
    with (
        answering(207, b"") as (port, asked),
        CalendarServer(f"http://127.0.0.1:{port}/", USER, SECRET) as server,
    ):
        refusal(server.calendars)

    assert asked
    assert all(login is None for _, login in asked)


def test_a_password_of_somebody_else_is_not_taken_from_a_file(tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1\nlogin andere\npassword fremd\n", encoding="utf-8")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))

    with (
        answering(207, b"") as (port, asked),
        CalendarServer(f"http://127.0.0.1:{port}/", USER, SECRET) as server,
    ):
        refusal(server.calendars)

    assert all(login is None for _, login in asked)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> Path:
    """A certificate that nobody signed but its owner."""
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    pem = serialization.Encoding.PEM
    path.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(pem)
    )
    return path


def test_a_certificate_that_nobody_vouches_for_is_refused_before_anything_is_sent(certificate):
    with (
        answering(207, b"", certificate) as (port, asked),
        CalendarServer(f"https://127.0.0.1:{port}/", USER, SECRET) as server,
    ):
        sentence = refusal(server.calendars)

    assert "Zertifikat von „127.0.0.1“ ist nicht vertrauenswürdig" in sentence
    assert asked == []


def test_a_server_that_does_not_encrypt_says_so():
    with (
        answering(207, b"") as (port, _),
        CalendarServer(f"https://127.0.0.1:{port}/", USER, SECRET) as server,
    ):
        assert "keine verschlüsselte Verbindung" in refusal(server.calendars)


def test_what_was_sent_is_written_into_no_log(server, remote, caplog, monkeypatch, tmp_path):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    caplog.set_level(0)

    server.create(remote.url + "kkd-u1.ics", EVENT)

    assert PASSWORD not in caplog.text
    assert "SUMMARY" not in caplog.text
    assert list(tmp_path.iterdir()) == []
