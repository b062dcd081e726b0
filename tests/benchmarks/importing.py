"""A table of 10,000 people into an encrypted caseload: beside the bare rows, and against 10 s."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter

from kkd_desktop.actions import imports, stores, undo
from kkd_desktop.actions.secrets import key_of
from kkd_desktop.store import opening
from tests.benchmarks.caseloads import PASSPHRASE, TODAY
from tests.benchmarks.report import Row

PEOPLE = 10_000
MOST_SECONDS = 10.0
HEADINGS = (
    "Kundennummer;Nachname;Vorname;Geburtsdatum;Profillage;Status;Letzter Kontakt;Kontaktart;"
    "Straße;PLZ;Ort;BG-Nummer"
)
SPELLINGS = ("FP", "Marktprofil", "Stabi", "Profil E")


def rows() -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        table = _table(Path(folder) / "liste.csv")
        floor = _bare(Path(folder) / "boden.kkd")
        context = stores.create_caseload(Path(folder) / "bestand.kkd", PASSPHRASE, TODAY)
        with context.store:
            begin = perf_counter()
            read = [imports.mapped(context, each) for each in imports.read(table)]
            plan = imports.plan(context, read)
            planned = perf_counter()
            imports.accept(context, plan)
            whole = perf_counter() - begin
            yield Row(f"{PEOPLE:,} people: read and plan", planned - begin)
            yield Row(f"{PEOPLE:,} people: read, plan, write", whole, floor, MOST_SECONDS / floor)
            begin = perf_counter()
            assert not imports.plan(context, read).writes
            yield Row(f"{PEOPLE:,} people: plan of the same file", perf_counter() - begin)
            begin = perf_counter()
            undo.undo(context)
            yield Row(f"{PEOPLE:,} people: taken back", perf_counter() - begin)


def _table(path: Path) -> Path:
    rng = Random(PEOPLE)
    lines = [HEADINGS]
    for number in range(PEOPLE):
        day, month = 1 + number % 28, 1 + number % 12
        lines.append(
            f"123A{number:06d};Beispiel{number};Test;{day:02d}.{month:02d}.{1960 + number % 40};"
            f"{rng.choice(SPELLINGS)};arbeitslos;{day:02d}.10.2026;persönlich;Weg {number};12345;"
            f"Musterstadt;12345BG{number:07d}"
        )
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _bare(path: Path) -> float:
    """The same four rows for each person by plain statements, without checks and journal."""
    stores.create_caseload(path, PASSPHRASE, TODAY).store.close()
    with opening.open_store(path, key_of(path, PASSPHRASE)) as store:
        begin = perf_counter()
        with store.write(journaled=False) as transaction:
            for number in range(PEOPLE):
                client_id = transaction.insert(
                    "client",
                    {
                        "number": f"123A{number:06d}",
                        "last_name": f"Beispiel{number}",
                        "first_name": "Test",
                        "birth_date": "1980-01-01",
                        "bg_number": f"12345BG{number:07d}",
                        "street": f"Weg {number}",
                        "postcode": "12345",
                        "city": "Musterstadt",
                        "created_at": "2026-11-20T08:00:00",
                    },
                )
                for name, value in (("profile", '"foerder"'), ("status", '"arbeitslos"')):
                    transaction.insert(
                        "fact", {"client_id": client_id, "name": name, "value": value}
                    )
                transaction.insert(
                    "contact",
                    {
                        "client_id": client_id,
                        "day": "2026-10-01",
                        "form": "persoenlich",
                        "note_type": "beratungsvermerk",
                        "attended": 1,
                        "qualified": 1,
                        "first": 0,
                        "has_reason": 0,
                    },
                )
        return perf_counter() - begin
