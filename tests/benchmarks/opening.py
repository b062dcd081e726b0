"""Opening a caseload of 10,000 clients with 20 contacts each, key at hand, and asking one question;
beside bare SQLCipher that does the same.
"""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlcipher3 import dbapi2

from kkd_desktop.actions import stores
from kkd_desktop.actions.secrets import Key
from tests.benchmarks import caseloads
from tests.benchmarks.report import Row, alternating, seconds

CLIENTS, ROUNDS = 10_000, 25
WHOLE_ROUNDS = 7
AIM = 2.0
QUESTION = "SELECT count(*) FROM client"


def rows() -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bestand.kkd"
        key = caseloads.even(path, CLIENTS)
        name = f"open {CLIENTS} x 20 contacts and count"
        measured, floor = alternating(
            lambda: seconds(lambda: _opened(path, key, thorough=False)),
            lambda: seconds(lambda: _bare(path, key)),
            ROUNDS,
        )
        yield Row(f"{name}, as the window", measured, floor, AIM)
        # A command reads every page before it trusts the file; so does the floor.
        measured, floor = alternating(
            lambda: seconds(lambda: _opened(path, key, thorough=True)),
            lambda: seconds(lambda: _bare(path, key, "PRAGMA quick_check")),
            WHOLE_ROUNDS,
        )
        yield Row(f"{name}, every page read first", measured, floor, AIM)


def _opened(path: Path, key: Key, *, thorough: bool) -> int:
    with stores.open_caseload(path, key, caseloads.TODAY, thorough=thorough) as context:
        [(number,)] = context.store.read(QUESTION)
        return int(number)


def _bare(path: Path, key: Key, before: str = "") -> int:
    # Reading only, which is the faster way for one who does nothing else.
    connection = dbapi2.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        connection.execute(key.pragma())
        if before:
            connection.execute(before).fetchall()
        [(number,)] = connection.execute(QUESTION).fetchall()
        return int(number)
    finally:
        connection.close()
