"""A caseload of three invented people in a real file."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from kkd_desktop.actions import casework, stores
from kkd_desktop.actions.context import Context
from kkd_desktop.domain.client import Client, Subject
from kkd_desktop.domain.contact import Contact
from kkd_desktop.store.key import Passphrase

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 7, 0)
PEOPLE = (
    # name, Profillage, status, last talk
    ("Amina", "markt", "arbeitslos", date(2026, 9, 30)),
    ("Boris", "stabilisierung", "arbeitslos", date(2026, 3, 16)),
    ("Carla", "markt", "arbeitsuchend", None),
)


@pytest.fixture
def caseload(tmp_path: Path) -> Iterator[Context]:
    secret = Passphrase("vier zufällige Wörter")
    context = stores.create_caseload(tmp_path / "bestand.kkd", secret, TODAY)
    context.now = lambda: NOW  # the clock of the machine may reach the next second in between
    for number, (name, profile, status, met) in enumerate(PEOPLE, 1):
        subject = Subject(date(1980, 1, 1), registered=date(2026, 1, 12))
        client = Client(0, f"123A40000{number}", "Beispiel", name, subject=subject)
        stored = casework.add_client(context, client, {"profile": profile, "status": status})
        if met is not None:
            casework.record_contact(context, Contact(met, client_id=stored.id))
    yield context
    context.store.close()
