"""Who is in the caseload?"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from kkd_desktop.domain.client import Address, Client, Deviation, Named, Subject
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.facts import Facts
from kkd_desktop.domain.language import said, to_say
from kkd_desktop.domain.plain_text import line
from kkd_desktop.store import deviations, facts
from kkd_desktop.store.database import Row, Store, Transaction
from kkd_desktop.store.errors import EntryGone
from kkd_desktop.store.values import day_of, day_text, key_list, moment_text

COLUMNS = """
    id, number, last_name, first_name, code, bg_number, street, postcode, city, phone,
    birth_date, registered, einv_start, einv_end, address_addition
"""


def add(store: Store, client: Client, now: datetime) -> int:
    """Store a new client with facts and deviation, and return the id; that of `client` is ignored.

    `planned_next` is not stored: it follows from the appointments.
    """
    values = _columns(client)
    with store.write() as transaction:
        _require_unique(store, values, client_id=0)
        client_id = insert(transaction, client, now)
        if client.subject.deviation is not None:
            deviations.add(store, client_id, client.subject.deviation)
    return client_id


def insert(transaction: Transaction, client: Client, now: datetime) -> int:
    """Write client and facts within a transaction that writes many, and return the id. Whoever
    calls it has looked for doubles; the file refuses them without a sentence.
    """
    row = {**_columns(client), "created_at": moment_text(now)}
    client_id = transaction.insert("client", row)
    facts.insert_history(transaction, client_id, client.subject.facts)
    return client_id


def change(store: Store, client: Client) -> None:
    """Store the master data; facts and deviations have histories and functions of their own."""
    values = _columns(client)
    with store.write() as transaction:
        _require_unique(store, values, client.id)
        transaction.update("client", client.id, values)


def get(store: Store, client_id: int, today: date) -> Client:
    rows = store.read(
        f"SELECT {COLUMNS} FROM client WHERE id = :client_id", {"client_id": client_id}
    )
    if not rows:
        raise EntryGone(store.path)
    return _with_facts(store, rows[0], today)


def by_number_or_code(store: Store, mark: str, today: date) -> Client | None:
    """The client with this Kundennummer, or else with this code."""
    rows = store.read(
        """
        SELECT id
          FROM client
         WHERE :mark <> '' AND :mark IN (number, code)
         ORDER BY number = :mark DESC
         LIMIT 1
        """,
        {"mark": line(mark, said("Kundennummer oder Kennung"))},
    )
    return get(store, rows[0][0], today) if rows else None


def count(store: Store) -> int:
    return int(store.read("SELECT count(*) FROM client")[0][0])


def many(store: Store, client_ids: Iterable[int], today: date) -> dict[int, Client]:
    """The clients of these ids by id; ids that are not stored are missing."""
    rows = store.read(
        f"SELECT {COLUMNS} FROM client WHERE id IN (SELECT value FROM json_each(:ids))",
        {"ids": key_list(client_ids)},
    )
    return {row[0]: _with_facts(store, row, today) for row in rows}


def names(store: Store, client_ids: Iterable[int]) -> dict[int, str]:
    """`Beispiel, Amina`, without asking for more; who is gone is missing."""
    rows = store.read(
        """
        SELECT id, last_name, first_name
          FROM client
         WHERE id IN (SELECT value FROM json_each(:ids))
        """,
        {"ids": key_list(client_ids)},
    )
    return {row[0]: ", ".join(part for part in row[1:] if part) for row in rows}


def named(store: Store, after: int, most: int) -> list[Named]:
    """So many people behind this id, by id."""
    rows = store.read(
        """
        SELECT id, concat_ws(', ', nullif(last_name, ''), nullif(first_name, '')),
               number, code, bg_number
          FROM client
         WHERE id > :after
         ORDER BY id
         LIMIT :most
        """,
        {"after": after, "most": most},
    )
    return [Named(row[0], row[1], row[2] or "", row[3] or "", row[4] or "") for row in rows]


def of_bg(store: Store, bg_number: str, today: date) -> list[Client]:
    """The members of a Bedarfsgemeinschaft; none where the number is empty."""
    rows = store.read(
        f"SELECT {COLUMNS} FROM client WHERE bg_number = :bg AND :bg <> ''", {"bg": bg_number}
    )
    return [_with_facts(store, row, today) for row in rows]


def _with_facts(store: Store, row: Row, today: date) -> Client:
    deviation = deviations.current(store, today, row[0]).get(row[0])
    return client_of(row, facts.history(store, row[0]), deviation)


def _require_unique(store: Store, values: Mapping[str, str | None], client_id: int) -> None:
    for column, sentence in (
        ("number", to_say("Diese Kundennummer ist schon für eine andere Person vergeben.")),
        ("code", to_say("Diese eigene Kennung ist schon für eine andere Person vergeben.")),
    ):
        query = f"SELECT 1 FROM client WHERE {column} = :{column} AND id <> :id"
        if values[column] and store.read(query, {column: values[column], "id": client_id}):
            raise UserError(said(sentence))


def _columns(client: Client) -> dict[str, str | None]:
    subject = client.subject
    return {
        "number": line(client.number, said("Kundennummer")),
        "last_name": line(client.last_name, said("Nachname"), required=True),
        "first_name": line(client.first_name, said("Vorname")),
        "code": line(client.code, said("Eigene Kennung")),
        "bg_number": line(client.bg_number, said("BG-Nummer")),
        "street": line(client.address.street, said("Straße")),
        "postcode": line(client.address.postcode, said("PLZ")),
        "city": line(client.address.city, said("Ort")),
        "address_addition": line(client.address.addition, said("Adresszusatz")),
        "phone": line(client.phone, said("Telefon")),
        "birth_date": day_text(subject.birth_date),
        "registered": day_text(subject.registered),
        "einv_start": day_text(subject.einv_start),
        "einv_end": day_text(subject.einv_end),
    }


def client_of(row: Sequence[Any], history: Facts, deviation: Deviation | None) -> Client:
    """The client of a row with `COLUMNS`."""
    (
        client_id,
        number,
        last_name,
        first_name,
        code,
        bg_number,
        street,
        postcode,
        city,
        phone,
        birth_date,
        registered,
        einv_start,
        einv_end,
        addition,
    ) = row
    # By position: a worklist makes thousands, and names cost as much as the rest.
    subject = Subject(
        day_of(birth_date),
        day_of(registered),
        day_of(einv_start),
        day_of(einv_end),
        history,
        deviation,
    )
    address = Address(street, postcode, city, addition)
    return Client(
        client_id, number, last_name, first_name, code, bg_number, address, phone, subject
    )
