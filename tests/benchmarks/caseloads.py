"""Encrypted caseloads of a given size for the benchmarks."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

from kkd_desktop.actions import stores
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.secrets import Key, Passphrase, key_of
from kkd_desktop.domain.client import Client, Subject
from kkd_desktop.domain.contact import Contact, ContactForm, ContactKind, NoteType
from kkd_desktop.domain.facts import Facts, Timeline
from kkd_desktop.store import clients, contacts
from kkd_desktop.store.journal import Journal

TODAY = date(2026, 11, 20)
PASSPHRASE = Passphrase("nur für Messungen")
PROFILES = ("markt", "aktivierung", "foerder", "entwicklung", "stabilisierung", "unterstuetzung")
KINDS = (
    ContactKind(),
    ContactKind(note_type=NoteType.STANDORTBESTIMMUNG),
    ContactKind(form=ContactForm.TELEFONISCH),
    ContactKind(attended=False),
    ContactKind(note_type=NoteType.ALLGEMEINER_VERMERK, qualified=False),
)


def even(path: Path, number: int, each: int = 20) -> Key:
    """`number` clients with `each` contacts over two years."""
    rng = Random(number)
    context = stores.create_caseload(path, PASSPHRASE, TODAY)
    with context.store as store, store.write(journaled=False):
        for index in range(number):
            client_id = clients.add(store, _client(index, rng), context.now())
            for day in rng.sample(range(1, 730), each):
                kind = KINDS[rng.randrange(len(KINDS))]
                held = TODAY - timedelta(days=day)
                contacts.add(store, Contact(held, kind, client_id=client_id))
    return key_of(path, PASSPHRASE)


def steps(context: Context, number: int) -> None:
    """So many steps in the journal, ten a day; called within one transaction."""
    connection = context.store.connection
    journal = Journal.of(connection)
    assert journal is not None
    first = TODAY - timedelta(days=number // 10)
    for index in range(number):
        journal.begin(f"Angaben geändert ({index})", None)
        connection.execute(
            "UPDATE client SET city = :city WHERE id = 1 + :index % (SELECT max(id) FROM client)",
            {"city": f"Uelzen {index}", "index": index},
        )
        connection.execute(
            "UPDATE step SET done_at = :at WHERE id = (SELECT max(id) FROM step)",
            {"at": f"{first + timedelta(days=index // 10)}T{8 + index % 10:02}:15:00"},
        )
        journal.end()


def _client(index: int, rng: Random) -> Client:
    facts = {
        "profile": Timeline.always(rng.choice(PROFILES)),
        "status": Timeline.always("arbeitslos"),
    }
    return Client(
        0,
        f"123A{index:06d}",
        f"Beispiel{index}",
        "Test",
        subject=Subject(
            birth_date=date(1970 + index % 30, 1 + index % 12, 1 + index % 28),
            registered=TODAY - timedelta(days=731),
            facts=Facts(facts),
        ),
    )
