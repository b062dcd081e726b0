"""Encrypted caseloads of a given size for the benchmarks."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

from kkd_desktop.actions import stores
from kkd_desktop.actions.secrets import Key, Passphrase, key_of
from kkd_desktop.domain.client import Client, Subject
from kkd_desktop.domain.contact import Contact, ContactForm, ContactKind, NoteType
from kkd_desktop.domain.facts import Facts, Timeline
from kkd_desktop.store import clients, contacts

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
