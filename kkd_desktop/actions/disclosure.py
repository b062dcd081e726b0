"""Tell a person everything that is stored about them: as a document, and as data."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

from kkd_desktop.actions import backups, forgetting, letters
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.files import private_folder, write_all_private
from kkd_desktop.domain import disclosure, texts
from kkd_desktop.domain.disclosure import Disclosure, Material
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.forgetting import Held
from kkd_desktop.domain.history_words import Names
from kkd_desktop.domain.language import german, said, to_say
from kkd_desktop.domain.stored_words import said_again
from kkd_desktop.domain.values import Value
from kkd_desktop.exchange.local_time import civil_time
from kkd_desktop.store import clients, opening, person
from kkd_desktop.store import letters as stored_letters

UNENCRYPTED = to_say(
    "Die Dateien sind nicht verschlüsselt und enthalten Sozialdaten: nur dorthin speichern, wo "
    "niemand sonst sie liest."
)

DOCUMENT, DATA = "auskunft.pdf", "auskunft.json"

_AS_JSON = frozenset({"value", "trace", "purposes", "texts", "content", "before", "after"})


class Answer(Value, frozen=True):
    """The files of an answer by their names, and what one should know about them."""

    files: Mapping[str, bytes]
    notes: tuple[str, ...] = ()


Report = Callable[[int, int], object]


def prepare(context: Context, client_id: int) -> Callable[[], Answer]:
    """The answer in two steps: read at once, set when called, then from any thread."""
    rows = person.rows(context.store, client_id)
    client = clients.get(context.store, client_id, context.today)
    held = forgetting.holding(context, [client_id])
    steps = {
        step: (name, datetime.fromisoformat(done_at))
        for step, (name, done_at) in person.steps(context.store, rows["change"]).items()
    }
    names = _names(context, rows)
    enclosed, notes = _enclosed(context, rows["letter"])
    settings, today = context.settings, context.today

    @german()
    def work() -> Answer:
        from kkd_desktop.paper.disclosure import disclosure_pdf

        held_by = held()
        material = Material(
            rows, names, steps, {key: name for key, (name, _) in enclosed.items()}, held_by
        )
        told = Disclosure(
            name=client.name,
            number=client.number,
            birth_date=client.subject.birth_date,
            stored_on=today,
            office=settings.office,
            caseworker=settings.caseworker,
            chapters=disclosure.chapters(material, civil_time),
            retention=texts.counted(settings.retention_months, "Monat", "Monaten"),
        )
        data = _as_data(told, material, held_by)
        files = {DOCUMENT: disclosure_pdf(told), DATA: data}
        return Answer({**files, **dict(enclosed.values())}, tuple(notes))

    return work


@german()
def answer(context: Context, client_id: int) -> Answer:
    return prepare(context, client_id)()


def save(found: Answer, folder: Path) -> tuple[Path, ...]:
    """Write all files or none into a folder that holds no other answer."""
    if any((folder / name).exists() for name in (DOCUMENT, DATA)):
        raise UserError(
            said(
                "{folder}: Dort liegt schon eine Auskunft. Bitte einen anderen Ordner wählen, "
                "damit sich nichts von zwei Personen mischt."
            ).format(folder=folder)
        )
    private_folder(folder)
    written = [(folder / name, content) for name, content in found.files.items()]
    write_all_private(written)
    return tuple(path for path, _ in written)


def free_folder(parent: Path, context: Context) -> Path:
    """A new folder in it whose name says nothing about the person: `auskunft-2026-11-24`."""
    name = f"auskunft-{context.today.isoformat()}"
    for number in count(1):
        folder = parent / (name if number == 1 else f"{name}-{number}")
        if not folder.exists():
            return folder
    raise AssertionError


def saving(
    context: Context, client_ids: Sequence[int], parent: Path
) -> Callable[[Report | None], tuple[str, ...]]:
    """The work, for any thread, of writing an answer for each of these people, everyone's into a
    folder of their own. What one should know about the answers comes back.
    """
    path, key = context.store.path, backups.key_of_store(context)
    shelf, today = context.shelf, context.today

    def work(report: Report | None = None) -> tuple[str, ...]:
        notes = []
        with opening.open_store(path, key, read_only=True, thorough=False) as store:
            here = Context(store, shelf, today)
            for number, client_id in enumerate(client_ids, 1):
                if report is not None:
                    report(number, len(client_ids))
                found = answer(here, client_id)
                folder = free_folder(parent, here)
                save(found, folder)
                notes += [f"{folder.name}: {said_again(note)}" for note in found.notes]
        return tuple(notes)

    return work


def _names(context: Context, rows: disclosure.Rows) -> Names:
    policies = [each.policy for each in context.policies()]
    templates = {row["template_id"] for row in rows["letter"]}
    return Names(
        facts=tuple(fact for policy in policies for fact in policy.facts),
        exceptions={kind.id: kind.title for policy in policies for kind in policy.exceptions},
        appointments={
            row["id"]: datetime.fromisoformat(row["start"]) for row in rows["appointment"]
        },
        templates=stored_letters.template_names(context.store, templates),
    )


def _enclosed(
    context: Context, rows: Iterable[Mapping[str, Any]]
) -> tuple[dict[int, tuple[str, bytes]], list[str]]:
    """Each letter as it was kept, else set again; what is not byte by byte the original says so."""
    found: dict[int, tuple[str, bytes]] = {}
    notes = []
    for number, row in enumerate(rows, 1):
        name = f"schreiben-{number}.pdf"
        kept = row["pdf"]
        if kept is not None and sha256(kept).hexdigest() == row["pdf_digest"]:
            found[row["id"]] = (name, kept)
            continue
        try:
            again = letters.reprint(context, row["id"])
        except UserError as fault:
            notes.append(said("{name} fehlt: {reason}").format(name=name, reason=fault))
            continue
        found[row["id"]] = (name, again.pdf)
        if again.note:
            notes.append(f"{name}: {again.note}")
    return found, notes


@german()
def _as_data(told: Disclosure, material: Material, held: Sequence[Held]) -> bytes:
    """Every row with every column as it is stored; a PDF by the name of its file."""
    data = {
        "auskunft": {
            "stand": told.stored_on.isoformat(),
            "person": told.name,
            "kundennummer": told.number,
            "stelle": told.office,
            "hinweis": UNENCRYPTED,
        },
        "tabellen": {
            table: [_plain_row(table, row, material) for row in listed]
            for table, listed in material.rows.items()
        },
        "schritte": {
            str(step): {"name": name, "zeit_utc": moment.isoformat()}
            for step, (name, moment) in material.steps.items()
        },
        "sicherungen": [
            {
                "zeit_utc": each.backup.made_at.isoformat(),
                "datei": each.backup.path.name,
                "verschwindet_am": each.leaves_on.isoformat() if each.leaves_on else None,
                "geprueft": each.is_known,
            }
            for each in held
        ],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _plain_row(table: str, row: Mapping[str, Any], material: Material) -> dict[str, Any]:
    plain = {}
    for name, value in row.items():
        if isinstance(value, bytes):
            plain[name] = material.letters.get(row["id"], "") if table == "letter" else value.hex()
        elif name in _AS_JSON and isinstance(value, str):
            plain[name] = _decoded(value)
        else:
            plain[name] = value
    return plain


def _decoded(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        # A note is a text and no JSON.
        return text
