"""Real files in `tmp_path`; the passphrase is stretched once for the whole run."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from kkd_desktop.domain.client import Client
from kkd_desktop.store import clients
from kkd_desktop.store.key import Key, Passphrase, derive_key
from kkd_desktop.store.opening import Store, create_store, open_store

PASSPHRASE = Passphrase("Größe 42 – Akte")
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 8, 30)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Key]:
    path = tmp_path_factory.mktemp("template") / "faelle.kkd"
    create_store(path, PASSPHRASE).close()
    return path.read_bytes(), derive_key(path, PASSPHRASE)


@pytest.fixture
def key(empty_file: tuple[bytes, Key]) -> Key:
    return empty_file[1]


@pytest.fixture
def path(tmp_path: Path, empty_file: tuple[bytes, Key]) -> Path:
    """A closed store without any client."""
    found = tmp_path / "faelle.kkd"
    found.write_bytes(empty_file[0])
    found.chmod(0o600)
    return found


@pytest.fixture
def store(path: Path, key: Key) -> Iterator[Store]:
    with open_store(path, key) as opened:
        yield opened


@pytest.fixture
def client_id(store: Store) -> int:
    """A client to hang facts, contacts and appointments on."""
    return clients.add(store, Client(0, "123A456789", "Beispiel", "Amina"), NOW)


@pytest.fixture
def passphrase() -> Passphrase:
    return PASSPHRASE


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def now() -> datetime:
    return NOW
