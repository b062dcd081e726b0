"""From the click on "Speichern" until the talk is on the disk, and until the list shows it.

The floor of the first row is one bare connection as the store has it (SQLCipher, WAL, synchronous
FULL): the same row put into the same table, without triggers, without a journal.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from sqlcipher3 import dbapi2

from kkd_desktop.actions import casework, stores, worklist
from kkd_desktop.actions.context import Context
from kkd_desktop.domain.contact import Contact, ContactNotes
from kkd_desktop.store.database import connect_to_write
from tests.benchmarks import caseloads
from tests.benchmarks.report import Row, alternating, seconds

ROUNDS, ACKNOWLEDGED = 15, 200
NOTES = ContactNotes(
    "Bewerbungen der letzten vier Wochen durchgesehen, zwei Stellenangebote mitgegeben. " * 4,
    "Zwei Bewerbungen bis Ende November",
    "Bewerbungskosten",
)


def rows() -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        path, other = Path(folder) / "bestand.kkd", Path(folder) / "daneben.kkd"
        key = caseloads.even(path, 300)
        other.write_bytes(path.read_bytes())
        other.chmod(0o600)
        bare = connect_to_write(other, key)
        bare.execute("PRAGMA foreign_keys = ON")
        with stores.open_caseload(path, key, caseloads.TODAY) as context:
            log, insert = _logging(context), _inserting(bare, context)
            assert context.store.read("PRAGMA synchronous") == [(2,)]
            measured = alternating(lambda: seconds(log), lambda: seconds(insert), ACKNOWLEDGED)
            yield Row("log a contact, acknowledged, 300 clients", *measured, aim=2.0)
            bare.close()
            worklist.worklist(context)

            def log_and_list() -> None:
                log()
                worklist.worklist(context)

            yield Row(
                "log a contact and list anew, 300 clients",
                median(seconds(log_and_list) for _ in range(ROUNDS)),
            )


def _logging(context: Context) -> Callable[[], object]:
    contact = Contact(caseloads.TODAY, notes=NOTES, client_id=1)
    casework.record_contact(context, contact)
    return lambda: casework.record_contact(context, contact)


def _inserting(bare: dbapi2.Connection, context: Context) -> Callable[[], object]:
    """The row that was just logged, once more and once more."""
    last = context.store.connection.execute("SELECT * FROM contact ORDER BY id DESC LIMIT 1")
    names = [column[0] for column in last.description][1:]
    values = last.fetchone()[1:]
    marks = ", ".join("?" for _ in names)
    statement = f"INSERT INTO contact ({', '.join(names)}) VALUES ({marks})"

    def insert() -> None:
        bare.execute("BEGIN IMMEDIATE")
        bare.execute(statement, values)
        bare.execute("COMMIT")

    insert()
    return insert
