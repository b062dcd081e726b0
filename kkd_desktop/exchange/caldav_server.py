"""How does an appointment get into a calendar on a server, and out of it again? CalDAV (RFC 4791).

The one place that knows `caldav`, an extra; load it on demand. Every request that changes something
carries the version we know, so that the server itself refuses what would overwrite somebody else's
change. Nothing of what the library or the server says gets into a message: both repeat what they
were sent.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Any, Self
from urllib.parse import unquote, urljoin, urlsplit
from xml.sax.saxutils import escape

from caldav.davclient import DAVClient
from caldav.lib import error
from caldav.lib.http_sync import requests

from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said
from kkd_desktop.domain.server_account import ServerFault, WrongLogin
from kkd_desktop.domain.server_calendar import Password, ServerCalendar
from kkd_desktop.domain.values import Value

TIMEOUT_SECONDS = 20
_MOST_AT_ONCE = 100
_WELL_KNOWN = "/.well-known/caldav"

_PROPERTIES = """<?xml version="1.0" encoding="utf-8"?>
<D:propfind xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop>
<D:resourcetype/><D:displayname/><D:current-user-privilege-set/>
<C:supported-calendar-component-set/></D:prop></D:propfind>"""
_VERSIONS = """<?xml version="1.0" encoding="utf-8"?>
<C:calendar-multiget xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
<D:prop><D:getetag/></D:prop>{hrefs}</C:calendar-multiget>"""
_DAV, _CALDAV = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
_MAY_WRITE = {f"{_DAV}all", f"{_DAV}write", f"{_DAV}write-content", f"{_DAV}bind"}

_FORBIDDEN, _GONE = 403, (404, 410)
_CHANGED, _FULL = 412, (413, 507)
_BUSY = (429, 503)
_NOT_HERE = 409
"""Somebody else holds the UID, or the calendar is gone."""

_NOT_UNDERSTOOD = (
    error.DAVError,
    SyntaxError,
    AssertionError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)
"""What the library and lxml raise of an answer that is empty, no XML, or some other XML."""

# The library writes what a server answered into its log, and with a variable of its own every
# request with its password into files. Neither may leave the program.
logging.getLogger("caldav").setLevel(logging.CRITICAL + 1)
error.debug_dump_communication = False


class Changed(Exception):
    """The entry is not (any more) what we know of it; nothing was written."""


class Taken(Exception):
    """The calendar holds the appointment already, from a file that was read in; not ours to touch.

    A calendar has each UID once.
    """


class Fetched(Value, frozen=True):
    body: bytes
    etag: str


class CalendarServer:
    """A connection to the server of one account; `with` closes it. Usable from one thread.

    `address` is looked at for calendars; entries are reached by the full addresses of their own.
    """

    def __init__(self, address: str, user: str, password: Password) -> None:
        self._address = checked_address(address)
        self._user, self._password = user, password
        self._client = self._at(self._address)

    def calendars(self) -> tuple[ServerCalendar, ...]:
        """The calendars of the account that hold appointments."""
        addresses = [self._address]
        if urlsplit(self._address).path in ("", "/"):
            addresses.append(urljoin(self._address, _WELL_KNOWN))
        for address in addresses[:-1]:
            try:
                if found := self._calendars(address):
                    return found
            except _NoCalendar:
                continue
        found = self._calendars(addresses[-1])
        if not found:
            raise _NoCalendar(self._host())
        return found

    def versions(self, calendar: str, hrefs: Sequence[str]) -> dict[str, str]:
        """The etag of each of our entries that is there; of no other entry anything is asked."""
        names = {_name(href): href for href in hrefs}
        found: dict[str, str] = {}
        for start in range(0, len(hrefs), _MOST_AT_ONCE):
            some = hrefs[start : start + _MOST_AT_ONCE]
            wanted = "".join(f"<D:href>{escape(urlsplit(each).path)}</D:href>" for each in some)
            with self._faults():
                answer = self._client.report(calendar, _VERSIONS.format(hrefs=wanted), depth=0)
                self._require(answer.status)
                for each in answer.parse_calendar_query():
                    href = names.get(_name(each.href))
                    if href is not None and each.etag:
                        found[href] = str(each.etag)
        return found

    def fetch(self, href: str) -> Fetched | None:
        """One of our entries as it stands there; None where it was deleted."""
        with self._faults():
            answer = self._client.request(href)
            if answer.status in _GONE:
                return None
            self._require(answer.status)
            return Fetched(_bytes(answer), _etag(answer.headers))

    def create(self, href: str, body: bytes) -> str:
        """Write an entry that must not be there yet; returns its etag."""
        return self._put(href, body, {"If-None-Match": "*"})

    def replace(self, href: str, body: bytes, etag: str) -> str:
        """Write over the version we know; returns the new etag."""
        return self._put(href, body, {"If-Match": etag})

    def delete(self, href: str, etag: str) -> None:
        """Remove the version we know; one that is gone already is as good as removed."""
        with self._faults():
            answer = self._client.delete(href, {"If-Match": etag})
            if answer.status == _CHANGED:
                raise Changed
            if answer.status not in _GONE:
                self._require(answer.status)

    def close(self) -> None:
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *caught: object) -> None:
        self.close()

    def _at(self, address: str) -> DAVClient:
        client = DAVClient(
            address,
            username=self._user,
            password=self._password.reveal(),
            timeout=TIMEOUT_SECONDS,
            # An etag of a compressed answer is a weak one, and none to write against.
            headers={"Accept-Encoding": "identity"},
            # No questions to name servers: the address is the one that was typed.
            enable_rfc6764=False,
        )
        # Else passwords of other accounts are taken from a .netrc.
        client.session.trust_env = False
        client.session.hooks["response"].append(_refuse_detour)
        if address.startswith("https:"):
            # A server may name other addresses for its calendars, but none that is not encrypted.
            client.session.adapters.pop("http://")
        return client

    def _calendars(self, address: str) -> tuple[ServerCalendar, ...]:
        with self._at(address) as client, self._faults():
            try:
                known = [str(each.url) for each in client.get_calendars()]
            except error.AuthorizationError:
                raise
            except error.DAVError:
                raise _NoCalendar(self._host()) from None
            # On the connection that knows by now how to log in.
            return tuple(found for url in known if (found := _calendar(client, url)))

    def _put(self, href: str, body: bytes, condition: Mapping[str, str]) -> str:
        headers = {"Content-Type": "text/calendar; charset=utf-8", **condition}
        with self._faults():
            try:
                answer = self._client.put(href, body.decode(), headers)
            except error.AuthorizationError as fault:
                if _names_uid(fault.body):
                    raise Taken from None
                raise
            if answer.status == _CHANGED:
                raise Changed
            if answer.status in (400, _NOT_HERE) and _names_uid(answer._raw):
                raise Taken
            self._require(answer.status)
            return _etag(answer.headers)

    def _require(self, status: int) -> None:
        """Refuse every answer but that it was done."""
        if 200 <= status < 300:
            return
        host = self._host()
        if status in (*_GONE, _NOT_HERE):
            raise ServerFault(
                said("Den gewählten Kalender gibt es auf „{host}“ nicht (mehr).").format(host=host)
            )
        if status in _FULL:
            raise _full(host)
        if status in _BUSY:
            raise _overloaded(host)
        if status >= 500:
            raise ServerFault(
                said("Der Server „{host}“ meldet einen Fehler ({status}).").format(
                    host=host, status=status
                )
            )
        raise _NoCalendar(host)

    def _host(self) -> str:
        return urlsplit(self._address).hostname or ""

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Every fault as a sentence of ours, without what the library says of it."""
        host = self._host()
        try:
            yield
        except error.AuthorizationError as fault:
            raise _refused(host, fault) from None
        except error.RateLimitError:
            raise _overloaded(host) from None
        except requests.exceptions.SSLError as fault:
            raise _not_safe(host, str(fault)) from None
        except requests.exceptions.Timeout:
            raise ServerFault(
                said("Der Server „{host}“ antwortet nicht (nach {seconds} Sekunden).").format(
                    host=host, seconds=TIMEOUT_SECONDS
                )
            ) from None
        except requests.exceptions.RequestException:
            raise ServerFault(
                said(
                    "Der Server „{host}“ ist nicht erreichbar. Bitte Adresse und Netz prüfen."
                ).format(host=host)
            ) from None
        except _NOT_UNDERSTOOD:
            raise _NoCalendar(host) from None


class _NoCalendar(ServerFault):
    def __init__(self, host: str) -> None:
        super().__init__(
            said(
                "Unter dieser Adresse bietet „{host}“ keinen Kalender an (CalDAV). Die "
                "richtige steht meist in den Einstellungen des Kalenders im Browser."
            ).format(host=host)
        )


def checked_address(text: str) -> str:
    """The address as it is used; `https://` is added, and nothing else is accepted but for this
    very machine.
    """
    typed = text.strip()
    if "://" not in typed:
        typed = f"https://{typed}"
    try:
        parts = urlsplit(typed)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise UserError(said("Adresse: Das ist keine Internetadresse.")) from None
    if not host or any(char.isspace() for char in typed):
        raise UserError(said("Adresse: Das ist keine Internetadresse."))
    if parts.username is not None or parts.password is not None:
        raise UserError(
            said("Adresse: bitte ohne Benutzer und Passwort, dafür gibt es eigene Felder.")
        )
    if parts.query or parts.fragment:
        raise UserError(said("Adresse: bitte ohne „?“ und „#“ und was danach steht."))
    if not _is_safe(typed):
        raise UserError(said("Adresse: nur mit https://, damit niemand unterwegs mitliest."))
    return typed


def _is_safe(address: str) -> bool:
    parts = urlsplit(address)
    if parts.scheme == "https":
        return True
    host = parts.hostname or ""
    try:
        local = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        local = False
    return parts.scheme == "http" and local


def _refuse_detour(response: Any, **_: Any) -> None:
    """Follow a server to another address of its own, but not to where anybody can listen."""
    there = response.headers.get("Location")
    if not there or not 300 <= response.status_code < 400:
        return
    target = urljoin(str(response.url), str(there))
    if not _is_safe(target) or urlsplit(target).hostname != urlsplit(str(response.url)).hostname:
        response.close()
        host = urlsplit(str(response.url)).hostname
        raise ServerFault(
            said(
                "Der Server „{host}“ verweist auf eine andere oder unverschlüsselte Adresse. "
                "Bitte die richtige eintragen."
            ).format(host=host)
        )


def _calendar(client: DAVClient, url: str) -> ServerCalendar | None:
    """None where it holds no appointments, as a list of tasks."""
    answer = client.propfind(url, _PROPERTIES, depth=0)
    known = next((each.properties for each in answer.parse_propfind()), None)
    if known is None:
        return None
    kinds = _all(known.get(f"{_CALDAV}supported-calendar-component-set"))
    if kinds and "VEVENT" not in kinds:
        return None
    rights = set(_all(known.get(f"{_DAV}current-user-privilege-set")))
    name = str(known.get(f"{_DAV}displayname") or "") or _name(url.rstrip("/"))
    # A server that names no rights says so when something is written.
    return ServerCalendar(url, _visible(name), not rights or bool(rights & _MAY_WRITE))


def _all(value: object) -> Iterable[str]:
    if isinstance(value, str):
        return [value]
    return [str(each) for each in value] if isinstance(value, list) else []


def _visible(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:100]


def _refused(host: str, fault: error.AuthorizationError) -> ServerFault:
    if fault.status != _FORBIDDEN:
        return WrongLogin(
            said("Der Server „{host}“ nimmt Benutzer und Passwort nicht an.").format(host=host)
        )
    if any("quota" in each or "size" in each for each in fault.preconditions):
        return _full(host)
    return ServerFault(
        said(
            "Der Server „{host}“ erlaubt das nicht: In diesen Kalender darf nur gelesen werden."
        ).format(host=host)
    )


def _full(host: str) -> ServerFault:
    return ServerFault(
        said("Auf „{host}“ ist kein Platz mehr: Der Server nimmt nichts an.").format(host=host)
    )


def _overloaded(host: str) -> ServerFault:
    return ServerFault(
        said("Der Server „{host}“ ist überlastet. Bitte später noch einmal.").format(host=host)
    )


def _not_safe(host: str, complaint: str) -> ServerFault:
    if "CERTIFICATE" in complaint.upper():
        return ServerFault(
            said(
                "Das Zertifikat von „{host}“ ist nicht vertrauenswürdig oder abgelaufen. Es "
                "wurde nichts übertragen."
            ).format(host=host)
        )
    return ServerFault(
        said("Mit „{host}“ kommt keine verschlüsselte Verbindung zustande.").format(host=host)
    )


def _names_uid(body: bytes | str | None) -> bool:
    """Whether an answer speaks of the UID: `no-uid-conflict`, or in words of its own."""
    text = body.encode() if isinstance(body, str) else body or b""
    return b"uid" in text.lower()


def _name(href: str) -> str:
    return unquote(urlsplit(href).path).rsplit("/", 1)[-1]


def _etag(headers: Mapping[str, str]) -> str:
    return str(headers.get("ETag") or "")


def _bytes(answer: Any) -> bytes:
    raw = answer._raw
    return raw.encode() if isinstance(raw, str) else bytes(raw)
