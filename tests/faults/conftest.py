"""A small caseload to be harmed; its key is derived once for the whole run."""

import random
import shutil
from pathlib import Path

import pytest

from kkd_desktop.store.key import Key, derive_key
from kkd_desktop.store.opening import create_store
from tests.faults import caseload

WRITTEN = 60


@pytest.fixture(autouse=True)
def chance() -> None:
    random.seed(caseload.SEED)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Key]:
    """A closed store with the steps 0 … 59."""
    path = tmp_path_factory.mktemp("faults") / "faelle.kkd"
    create_store(path, caseload.SECRET).close()
    caseload.write(path, range(WRITTEN))
    return path, derive_key(path, caseload.SECRET)


@pytest.fixture
def key(template: tuple[Path, Key]) -> Key:
    return template[1]


@pytest.fixture
def written(tmp_path: Path, template: tuple[Path, Key]) -> Path:
    """A copy of it; nothing is open."""
    return Path(shutil.copy(template[0], tmp_path / "faelle.kkd"))
