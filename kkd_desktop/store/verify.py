"""Is everything in the file in order?"""

from collections.abc import Iterator
from pathlib import Path

from sqlcipher3 import dbapi2

from kkd_desktop.domain.language import said
from kkd_desktop.store.database import Row, Store
from kkd_desktop.store.errors import DamagedStore
from kkd_desktop.store.schema import CURRENT, Schema
from kkd_desktop.store.upgrading import build


def verify(store: Store, schema: Schema = CURRENT) -> list[str]:
    """What is wrong with the file, a sentence each; an empty list means nothing is."""
    findings: list[str] = []
    try:
        for check in (_seals, _pages, _references):
            findings.extend(check(store))
        findings.extend(_tables(store, schema))
    except DamagedStore as fault:
        # A page that cannot be read ends the check; what came before is told.
        findings.append(str(fault))
    return findings


def _seals(store: Store) -> Iterator[str]:
    """Check the seal of every page in the file itself, the unused ones included."""
    if store.read_only:
        # Needs the log to be copied into the file first. The pages in use are checked all the same.
        return
    [(busy, *_)] = store.read("PRAGMA wal_checkpoint(TRUNCATE)")
    if busy:
        yield (
            said(
                "Ein anderes Programm benutzt die Falldatei gerade; die Siegel der "
                "Verschlüsselung wurden nicht geprüft."
            )
        )
        return
    for (finding,) in store.read("PRAGMA cipher_integrity_check"):
        yield said("Eine Seite der Datei ist verfälscht ({finding}).").format(finding=finding)


def _pages(store: Store) -> Iterator[str]:
    for (finding,) in store.read("PRAGMA integrity_check"):
        if finding != "ok":
            yield said("Der Aufbau der Datei ist beschädigt ({finding}).").format(finding=finding)


def _references(store: Store) -> Iterator[str]:
    for table, row, parent, _ in store.read("PRAGMA foreign_key_check"):
        yield said("Zeile {row} in „{table}“ verweist auf etwas, das in „{parent}“ fehlt.").format(
            row=row, table=table, parent=parent
        )


def _tables(store: Store, schema: Schema) -> Iterator[str]:
    expected = _expected_definitions(schema)
    found = _definitions(store)
    for kind, name in sorted(expected.keys() | found.keys()):
        if (kind, name) not in found:
            yield said("In der Datei fehlt „{name}“ ({kind}).").format(name=name, kind=kind)
        elif (kind, name) not in expected:
            yield said("Die Datei enthält „{name}“ ({kind}); das gehört nicht dorthin.").format(
                name=name, kind=kind
            )
        elif found[kind, name] != expected[kind, name]:
            yield said(
                "In der Datei ist „{name}“ ({kind}) anders aufgebaut als vorgesehen."
            ).format(name=name, kind=kind)


def _expected_definitions(schema: Schema) -> dict[tuple[str, str], Row]:
    connection = dbapi2.connect(":memory:", isolation_level=None)
    with Store(connection, Path(":memory:")) as store:
        build(store, schema)
        return _definitions(store)


def _definitions(store: Store) -> dict[tuple[str, str], Row]:
    rows = store.read(
        "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
    )
    return {(kind, name): (table, sql) for kind, name, table, sql in rows}
