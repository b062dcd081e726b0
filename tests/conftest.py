"""What tests of several rooms share: a real calendar server, a keyring without the system's, and
English for whoever reads.
"""

from collections.abc import Iterator
from itertools import count

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

from tests.calendar_server import Radicale, RemoteCalendar, running

_names = count(1)


@pytest.fixture(scope="session")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Radicale]:
    with running(tmp_path_factory.mktemp("radicale") / "server") as server:
        yield server


@pytest.fixture
def remote(radicale: Radicale) -> RemoteCalendar:
    """An empty calendar of its own on the server of the whole run."""
    return radicale.make_calendar(f"termine-{next(_names)}", "Termine")


class MemoryKeyring(KeyringBackend):
    """A keyring that lasts as long as a test."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[(service, username)] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("not there")


@pytest.fixture
def memory_keyring() -> Iterator[MemoryKeyring]:
    before, mine = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(mine)
    yield mine
    keyring.set_keyring(before)


@pytest.fixture
def no_keyring() -> Iterator[None]:
    from keyring.backends.fail import Keyring

    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture
def english() -> Iterator[None]:
    """All texts are said in English, until the test ends."""
    from kkd_desktop.domain import language
    from kkd_desktop.gui import translations

    translations.speak_english()
    yield
    language.speak(None)
