"""A caseload whose every step has a number, written by a real process, and what must hold of it.

After any fault the store holds the steps 0 … n without a gap: every acknowledged one, none in half,
and a journal that says the same as the rows.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from kkd_desktop.actions.context import Context
from kkd_desktop.actions.policies import open_shelf
from kkd_desktop.store import journal
from kkd_desktop.store.key import Key, Passphrase
from kkd_desktop.store.opening import Store, open_store
from kkd_desktop.store.verify import verify

ROUNDS = int(os.environ.get("KKD_FAULT_ROUNDS", "0"))
"""How often each fault is tried; 0 leaves it to each test."""

SEED = int(os.environ.get("KKD_FAULT_SEED", "1"))
"""Where chance begins: the same faults in each run, others with another number."""

TODAY = date(2026, 11, 20)
SECRET = Passphrase("vier zufällige Wörter hier")
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("KKD_")},
    "KKD_PASSPHRASE": SECRET.to_bytes().decode(),
}
GROUP = 4
"""Every fourth step adds a person with three facts, the others a talk with that person."""

SHELF = open_shelf()


def rounds(usual: int) -> int:
    return ROUNDS or usual


def action(number: int) -> dict[str, object]:
    person = f"N{number - number % GROUP}"
    if number % GROUP:
        talk = {"client": person, "date": "2026-11-02", "content": f"{number} {'x' * 500}"}
        return {"do": "contact.add", "id": number, **talk}
    facts = {"profile": "markt", "status": "arbeitslos", "org": "vermittlung"}
    return {"do": "client.add", "id": number, "number": person, "last_name": "Beispiel", **facts}


def line(number: int) -> str:
    return json.dumps(action(number)) + "\n"


def kkd(
    *arguments: str, store: Path, stdin: str = "", options: Sequence[str] = ()
) -> "subprocess.CompletedProcess[str]":
    """A command in a process of its own, as a user runs it; of two equal options the later one
    counts.
    """
    return subprocess.run(
        [*command(*arguments, store=store), *options],
        input=stdin,
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
        timeout=120,
        check=False,
    )


def command(*arguments: str, store: Path) -> list[str]:
    where = ("--store", str(store), "--as-of", TODAY.isoformat())
    return [sys.executable, "-m", "kkd_desktop", *arguments, *where]


def batch(path: Path) -> "subprocess.Popen[bytes]":
    """`kkd batch`, waiting for lines. Unbuffered: it may be gone at any time."""
    return subprocess.Popen(
        command("batch", store=path),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
        env=ENVIRONMENT,
    )


def write(path: Path, numbers: range) -> None:
    """Let a process take these steps to the end."""
    done = kkd("batch", store=path, stdin="".join(map(line, numbers)))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == [word for number in numbers for word in ("ACK", str(number))]


def steps_in(store: Store) -> int:
    """How many steps the store holds: all of 0 … n-1, each of them whole."""
    people = dict(
        store.read(
            """
            SELECT CAST(substr(number, 2) AS INTEGER), count(fact.id)
              FROM client
              LEFT JOIN fact ON fact.client_id = client.id
             GROUP BY client.id
            """
        )
    )
    talks = store.read("SELECT CAST(content AS INTEGER), length(content) FROM contact")
    assert set(people.values()) <= {3}, "a person without all the facts of the step"
    found = sorted([*people, *(number for number, _ in talks)])
    assert found == list(range(len(found))), "a step is missing, or there twice"
    return len(found)


def require_journal(store: Store) -> None:
    """The last that the journal says of a row is what the row says."""
    last = {
        (table, row): after
        for table, row, after in store.read(
            "SELECT table_name, row_id, after FROM change ORDER BY id"
        )
    }
    for (table, row_id), after in last.items():
        names = list(json.loads(after or "{}"))
        columns = ", ".join(names) or "1"
        rows = store.read(f"SELECT {columns} FROM {table} WHERE id = ?", (row_id,))
        expected = [tuple(json.loads(after).values())] if after else []
        assert rows == expected, f"{table} {row_id} is not as the journal says"
    orphans = "SELECT count(*) FROM change WHERE step_id NOT IN (SELECT id FROM step)"
    assert store.read(orphans) == [(0,)]


def require_sound(path: Path, key: Key, acknowledged: int) -> int:
    """The store opens, all that was acknowledged is there, and undo works; how many steps."""
    with open_store(path, key) as store:
        assert verify(store) == []
        number = steps_in(store)
        assert number >= acknowledged
        require_journal(store)
        if number:
            undone = journal.undo(store)
            assert undone is not None
            assert steps_in(store) == number - 1
            redone = journal.redo(store)
            assert redone is not None
            assert redone.id == undone.id
        assert steps_in(store) == number
        require_journal(store)
    return number


@contextmanager
def opened(path: Path, key: Key) -> Iterator[Context]:
    with open_store(path, key) as store:
        yield Context(store, SHELF, TODAY)


def require_sentence(done: "subprocess.CompletedProcess[str]", *words: str) -> None:
    """One German sentence and the exit code for unusable input; never a traceback."""
    assert done.returncode == 2, done
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    for word in words:
        assert word in done.stderr
