"""Hand people over to a colleague in an encrypted parcel, and take such a parcel in."""

import secrets
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from kkd_desktop.actions import backups
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.files import write_private
from kkd_desktop.actions.secrets import Key, Passphrase
from kkd_desktop.domain import parcel as rules
from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import german, said, to_say
from kkd_desktop.domain.parcel import Arrival, Contents, Fate, Index
from kkd_desktop.domain.values import Value
from kkd_desktop.store import appointments, caseload, clients, contacts, letters, opening, parcels
from kkd_desktop.store.opening import Store
from kkd_desktop.store.parcels import Report, Sender

SUFFIX = ".kkp"
MOST_PEOPLE = 2000

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are mistaken for each other on paper or the telephone."""

_GROUPS, _GROUP = 5, 4


class Packed(Value, frozen=True):
    """A parcel ready to be written, and its passphrase, which is shown once and kept nowhere."""

    data: bytes
    passphrase: Passphrase
    spoken: str


def name_of(context: Context) -> str:
    """Says nothing about anybody: `uebergabe-2026-11-24.kkp`."""
    return f"uebergabe-{context.today.isoformat()}{SUFFIX}"


def new_passphrase() -> str:
    """Five groups of four, 99 bits: nobody guesses it, and it can be read out."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def typed_passphrase(text: str) -> Passphrase:
    """One that was read out: blanks or capitals change nothing in one of ours."""
    plain = "".join(text.split()).casefold().replace("-", "").replace("–", "")
    if len(plain) == _GROUPS * _GROUP and set(plain) <= set(_LETTERS):
        parts = (plain[place : place + _GROUP] for place in range(0, len(plain), _GROUP))
        return Passphrase("-".join(parts))
    return Passphrase(text.strip())


def packing(
    context: Context, client_ids: Sequence[int], spoken: str = ""
) -> Callable[[Report | None], Packed]:
    """The work of packing, for any thread."""
    if not client_ids:
        raise UserError(said("Übergabe: bitte mindestens eine Person wählen."))
    if len(client_ids) > MOST_PEOPLE:
        raise UserError(
            said("Übergabe: höchstens {number} Personen auf einmal.").format(
                number=texts.whole(MOST_PEOPLE)
            )
        )
    people = clients.many(context.store, client_ids, context.today)
    ids = [each for each in dict.fromkeys(client_ids) if each in people]
    path, key = context.store.path, backups.key_of_store(context)
    settings, now = context.settings, context.now()
    sender = Sender(settings.office, settings.caseworker, context.today)
    words = spoken or new_passphrase()

    def work(report: Report | None = None) -> Packed:
        secret = typed_passphrase(words)
        return Packed(parcels.pack(path, key, ids, secret, sender, now, report), secret, words)

    return work


def save(packed: Packed, target: Path) -> None:
    """For the user alone; an older parcel of that name is replaced."""
    write_private(target, packed.data)


class Incoming(Value, frozen=True):
    """A parcel that was looked into: nothing of it is stored yet."""

    path: Path
    key: Key
    contents: Contents


def looking(context: Context, path: Path, passphrase: Passphrase) -> Callable[[], Incoming]:
    """The work of looking into a parcel, for any thread."""
    own, key, today = context.store.path, backups.key_of_store(context), context.today

    def work() -> Incoming:
        parcel_key = parcels.key_of(path, passphrase)
        with (
            parcels.opened(path, parcel_key, own) as (parcel, sender),
            opening.open_store(own, key, read_only=True, thorough=False) as store,
        ):
            here = Index(client for client, _ in caseload.everyone(store, today))
            people = [client for client, _ in caseload.everyone(parcel, today)]
            arrivals = [_arrival(parcel, client.id, here, today) for client in people]
            new = [each.client_id for each in arrivals if each.fate is Fate.NEW]
            clashes = _clashes(parcel, store, new, today)
        contents = Contents(
            sender.office, sender.caseworker, sender.packed_on, tuple(arrivals), clashes
        )
        return Incoming(path, parcel_key, contents)

    return work


def _arrival(parcel: Store, client_id: int, here: Index, today: date) -> Arrival:
    client = clients.get(parcel, client_id, today)
    fate, reason = here.fate(client)
    booked = appointments.of_client(parcel, client_id)
    written = letters.of_appointments(parcel, {each.id for each in booked if each.id})
    loses_code = fate is Fate.NEW and here.has_code(client.code)
    if loses_code:
        reason = said("Das Kürzel „{code}“ ist hier vergeben und fällt weg.").format(
            code=client.code
        )
    return Arrival(
        client_id,
        client.name,
        client.number,
        fate,
        reason,
        contacts=len(contacts.of_client(parcel, client_id)),
        open_talks=sum(each.state.is_open and each.day >= today for each in booked),
        letters=sum(map(len, written.values())),
        loses_code=loses_code,
    )


def _clashes(parcel: Store, store: Store, new: Sequence[int], today: date) -> int:
    arriving = [
        each for each in appointments.open_from(parcel, today) if each.client_id in frozenset(new)
    ]
    mine = appointments.open_from(store, today)
    return sum(
        any(each.start < own.end and own.start < each.end for own in mine) for each in arriving
    )


@german()
def step_name(number: int) -> str:
    return said("Übergabe angenommen ({count})").format(
        count=texts.counted(number, "Person", "Personen")
    )


def taking(
    context: Context, incoming: Incoming, client_ids: Sequence[int] | None = None
) -> Callable[[Report | None], int]:
    """The work of taking in those who are new, or the ones of them that are named, as one step.

    For any thread: it writes through a connection of its own, after a back-up.
    """
    arrivals = rules.chosen(incoming.contents, client_ids)
    if not arrivals:
        raise UserError(said("Übergabe: Im Paket ist niemand, der hier noch fehlt."))
    with german():
        people = texts.counted(len(arrivals), "Person", "Personen")
    reason = to_say("Vor: Übergabe von {people}").format(people=people)
    job = backups.Job(context, backups.Kind.BEFORE_STEP, reason, alone=True)
    path, key = context.store.path, backups.key_of_store(context)
    shelf, today, now = context.shelf, context.today, context.now()

    def work(report: Report | None = None) -> int:
        kept = job.run()
        with (
            parcels.opened(incoming.path, incoming.key, path) as (parcel, _),
            opening.open_store(path, key, thorough=False) as store,
        ):
            here = Context(store, shelf, today)
            backups.noted(here, kept)
            _require_still_new(parcel, here, arrivals)
            with store.write(step_name(len(arrivals))):
                parcels.copy(
                    parcel,
                    store,
                    [each.client_id for each in arrivals],
                    now,
                    report,
                    without_code=[each.client_id for each in arrivals if each.loses_code],
                )
        return len(arrivals)

    return work


def _require_still_new(parcel: Store, context: Context, arrivals: Sequence[Arrival]) -> None:
    """Somebody may have been added since the parcel was looked into."""
    here = Index(client for client, _ in caseload.everyone(context.store, context.today))
    for each in arrivals:
        fate, _ = here.fate(clients.get(parcel, each.client_id, context.today))
        if fate is not Fate.NEW:
            raise UserError(
                said(
                    "Übergabe: Der Fallbestand hat sich inzwischen geändert. Bitte das "
                    "Paket noch einmal öffnen; gespeichert wurde nichts."
                )
            )
