"""People on their way to a colleague: a small encrypted file of the same tables.

It is written and read through the modules of the tables, so that what comes in passes the same
checks as what is typed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from uuid import uuid4

from kkd_desktop.domain.language import to_say
from kkd_desktop.domain.values import Value, replace
from kkd_desktop.store import appointments, clients, contacts, deviations, letters, settings
from kkd_desktop.store.database import Store, connect, connect_to_write
from kkd_desktop.store.errors import (
    NewerStore,
    StoreError,
    WrongPassphrase,
    faults_of,
    file_faults_of,
)
from kkd_desktop.store.files import part_file
from kkd_desktop.store.inspection import look, user_version
from kkd_desktop.store.key import Key, Passphrase, derive_key, new_key
from kkd_desktop.store.schema import CURRENT
from kkd_desktop.store.settings import Json
from kkd_desktop.store.upgrading import build

_ABOUT = "parcel"
_MOST_BYTES = 500 * 2**20

Report = Callable[[int, int], object]


class NotAParcel(StoreError):
    sentence = to_say("„{name}“ ist kein Übergabepaket, sondern ein ganzer Fallbestand.")


class WrongParcelPassphrase(StoreError):
    sentence = to_say(
        "Die Passphrase passt nicht zum Paket „{name}“. Sie steht nicht darin: Wer es gepackt hat, "
        "hat sie genau einmal gesehen."
    )


class TooLarge(StoreError):
    sentence = to_say("„{name}“ ist für ein Übergabepaket zu groß.")


class Sender(Value, frozen=True):
    """Who packed it, and when."""

    office: str = ""
    caseworker: str = ""
    packed_on: date | None = None


def pack(
    path: Path,
    key: Key,
    client_ids: Sequence[int],
    passphrase: Passphrase,
    sender: Sender,
    now: datetime,
    report: Report | None = None,
) -> bytes:
    """The parcel as bytes, from the store at `path`, through a connection of this thread."""
    own = new_key(passphrase)
    with part_file(path) as part:
        with (
            faults_of(path),
            look(path, key, thorough=False) as source,
            Store(connect(part, own, "rw"), part, own) as parcel,
        ):
            build(parcel, CURRENT)
            parcel.connection.execute("PRAGMA foreign_keys = ON")
            with parcel.write(journaled=False):
                settings.put(parcel, _ABOUT, _as_json(sender))
                copy(source, parcel, client_ids, now, report)
        return part.read_bytes()


@contextmanager
def opened(path: Path, key: Key, beside: Path) -> Iterator[tuple[Store, Sender]]:
    """The parcel for reading; of an older one a copy is brought up to date, next to `beside`."""
    with look(path, key) as parcel:
        version = user_version(parcel)
        if version > CURRENT.version:
            raise NewerStore(path)
        if version == CURRENT.version:
            yield parcel, _sender(parcel)
            return
    with part_file(beside) as part:
        with file_faults_of(path):
            part.write_bytes(path.read_bytes())
        with faults_of(path), Store(connect_to_write(part, key), part, key) as parcel:
            build(parcel, CURRENT)
            yield parcel, _sender(parcel)


def key_of(path: Path, passphrase: Passphrase) -> Key:
    """The key of a parcel, if the passphrase is its own."""
    with file_faults_of(path):
        if path.is_file() and path.stat().st_size > _MOST_BYTES:
            raise TooLarge(path)
    key = derive_key(path, passphrase)
    try:
        look(path, key, thorough=False).close()
    except WrongPassphrase as fault:
        raise WrongParcelPassphrase(path) from fault
    return key


def _as_json(sender: Sender) -> Json:
    packed = sender.packed_on.isoformat() if sender.packed_on else None
    return {"office": sender.office, "caseworker": sender.caseworker, "packed_on": packed}


def _sender(parcel: Store) -> Sender:
    about = settings.get(parcel, _ABOUT)
    if not isinstance(about, dict):
        raise NotAParcel(parcel.path)
    packed = about.get("packed_on")
    return Sender(
        str(about.get("office") or ""),
        str(about.get("caseworker") or ""),
        date.fromisoformat(packed) if isinstance(packed, str) else None,
    )


def copy(
    source: Store,
    target: Store,
    client_ids: Sequence[int],
    now: datetime,
    report: Report | None = None,
    without_code: Iterable[int] = (),
) -> Mapping[int, int]:
    """Add these people to another store, and return their ids there by those here.

    What belongs to the journal and to calendars stays behind. Appointments get marks of their own:
    whoever gives them away withdraws the entries under the old ones.
    """
    nameless = frozenset(without_code)
    marks = _joint_marks(source, client_ids)
    found = {}
    with target.write():
        for number, client_id in enumerate(client_ids, 1):
            if report is not None:
                report(number, len(client_ids))
            found[client_id] = _copy_one(
                source, target, client_id, now, marks, keeps_code=client_id not in nameless
            )
    return found


def _copy_one(
    source: Store,
    target: Store,
    client_id: int,
    now: datetime,
    marks: Mapping[str, str],
    *,
    keeps_code: bool,
) -> int:
    client = clients.get(source, client_id, now.date())
    subject = replace(client.subject, deviation=None)
    code = client.code if keeps_code else ""
    new_id = clients.add(target, replace(client, subject=subject, code=code), now)
    for deviation in reversed(deviations.of_client(source, client_id).values()):
        deviations.add(target, new_id, deviation)
    booked = _copy_appointments(source, target, client_id, new_id, marks)
    for contact in reversed(contacts.of_client(source, client_id)):
        kept = booked.get(contact.appointment_id or 0)
        contacts.add(target, replace(contact, client_id=new_id, appointment_id=kept))
    _copy_letters(source, target, new_id, booked)
    return new_id


def _copy_appointments(
    source: Store, target: Store, client_id: int, new_id: int, marks: Mapping[str, str]
) -> dict[int, int]:
    booked: dict[int, int] = {}
    for each in reversed(appointments.of_client(source, client_id)):
        assert each.id is not None
        moved = replace(
            each, client_id=new_id, uid=str(uuid4()), joint=marks.get(each.joint, ""), id=None
        )
        booked[each.id] = appointments.add(target, moved)
        trace = appointments.trace_of(source, each.id)
        if trace is not None:
            appointments.keep_trace(target, booked[each.id], trace)
    return booked


def _copy_letters(source: Store, target: Store, new_id: int, booked: Mapping[int, int]) -> None:
    for old, listed in letters.of_appointments(source, set(booked)).items():
        for each in listed:
            assert each.id is not None
            content, template, files, pdf = letters.material(source, each.id)
            letters.add(
                target,
                replace(each, appointment_id=booked[old], id=None),
                new_id,
                content=content,
                template_source=template,
                template_files=files,
                pdf=pdf,
            )


def _joint_marks(source: Store, client_ids: Sequence[int]) -> dict[str, str]:
    """A new mark for each talk that several of these people have together."""
    people: dict[str, set[int]] = {}
    for client_id in client_ids:
        for each in appointments.of_client(source, client_id):
            if each.joint:
                people.setdefault(each.joint, set()).add(client_id)
    return {mark: uuid4().hex for mark, those in people.items() if len(those) > 1}
