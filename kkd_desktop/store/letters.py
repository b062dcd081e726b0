"""Which letters were printed, and how did each reach its client?"""

import json
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from kkd_desktop.domain.appointment import Delivery
from kkd_desktop.domain.language import said
from kkd_desktop.domain.letter_kinds import LetterKind, Purpose
from kkd_desktop.domain.letter_record import LetterRecord, TextVersion
from kkd_desktop.domain.plain_text import line
from kkd_desktop.domain.text_blocks import BlockStanding
from kkd_desktop.store.database import Row, Store
from kkd_desktop.store.errors import EntryGone
from kkd_desktop.store.values import day_of, day_text, key_list, minute_text, moment_text

_SELECT = """
    SELECT letter.id, letter.appointment_id, letter.kind, letter.sequence, letter.start,
           letter.purposes, letter.purpose_text, letter.written_on, letter_template.name,
           letter_template.digest, letter.texts, letter.pdf_digest, letter.created_at,
           letter.printed_at, letter.way, letter.delivered_on, letter.deemed_on,
           letter.returned_on, letter.pdf IS NOT NULL
      FROM letter
      JOIN letter_template ON letter_template.id = letter.template_id
"""


def add(
    store: Store,
    letter: LetterRecord,
    client_id: int,
    *,
    content: str,
    template_source: str,
    template_files: Mapping[str, bytes],
    pdf: bytes | None,
) -> int:
    """Keep a printed letter: `content` is the JSON that went into its template, `template_files`
    are the pictures that it shows.

    The client stands in the row itself, so that the journal knows whose data it was even when the
    appointment is gone already.
    """
    with store.write() as transaction:
        return transaction.insert(
            "letter",
            {
                **_columns(letter),
                "client_id": client_id,
                "template_id": _template(store, letter, template_source, template_files),
                "content": content,
                "pdf": pdf,
            },
        )


def change_delivery(store: Store, letter: LetterRecord) -> None:
    """Store how the letter went out; nothing else of it ever changes."""
    if letter.id is None:
        raise ValueError("a letter that was never stored cannot be changed")
    with store.write() as transaction:
        transaction.update("letter", letter.id, _delivery_columns(letter))


def get(store: Store, letter_id: int) -> LetterRecord:
    rows = store.read(f"{_SELECT} WHERE letter.id = :letter_id", {"letter_id": letter_id})
    if not rows:
        raise EntryGone(store.path)
    return _letter(rows[0])


def of_appointments(
    store: Store, appointment_ids: Collection[int]
) -> dict[int, list[LetterRecord]]:
    """The letters of each appointment in the order of printing; without any it is missing."""
    rows = store.read(
        f"""
        {_SELECT}
         WHERE letter.appointment_id IN (SELECT value FROM json_each(:ids))
         ORDER BY letter.printed_at, letter.id
        """,
        {"ids": key_list(appointment_ids)},
    )
    found: dict[int, list[LetterRecord]] = {}
    for row in rows:
        letter = _letter(row)
        found.setdefault(letter.appointment_id, []).append(letter)
    return found


def last_purposes(store: Store) -> tuple[Purpose, ...]:
    """Those of the letter that named any last; empty while none did."""
    rows = store.read("SELECT purposes FROM letter WHERE purposes <> '[]' ORDER BY id DESC LIMIT 1")
    return tuple(Purpose(each) for (text,) in rows for each in json.loads(text))


def material(store: Store, letter_id: int) -> tuple[str, str, dict[str, bytes], bytes | None]:
    """What a letter can be set from again: content, source and files of its template, the PDF if
    kept.
    """
    rows = store.read(
        """
        SELECT letter.content, letter_template.source, letter_template.files, letter.pdf
          FROM letter
          JOIN letter_template ON letter_template.id = letter.template_id
         WHERE letter.id = :letter_id
        """,
        {"letter_id": letter_id},
    )
    if not rows:
        raise EntryGone(store.path)
    content, source, files, pdf = rows[0]
    kept = {name: b64decode(text) for name, text in json.loads(files or "{}").items()}
    return content, source, kept, pdf


def template_names(store: Store, template_ids: Iterable[int]) -> dict[int, str]:
    rows = store.read(
        "SELECT id, name FROM letter_template WHERE id IN (SELECT value FROM json_each(:ids))",
        {"ids": key_list(template_ids)},
    )
    return dict(rows)


def _template(store: Store, letter: LetterRecord, source: str, files: Mapping[str, bytes]) -> int:
    digest = {"digest": letter.template_digest}
    known = store.read("SELECT id FROM letter_template WHERE digest = :digest", digest)
    if known:
        return int(known[0][0])
    kept = {name: b64encode(content).decode() for name, content in files.items()}
    with store.write() as transaction:
        return transaction.insert(
            "letter_template",
            {
                **digest,
                "name": letter.template,
                "source": source,
                "files": json.dumps(kept) if kept else None,
            },
        )


def _columns(letter: LetterRecord) -> dict[str, Any]:
    return {
        "appointment_id": letter.appointment_id,
        "kind": letter.kind.value,
        "sequence": letter.sequence,
        "start": minute_text(letter.start),
        "purposes": json.dumps([purpose.value for purpose in letter.purposes]),
        "purpose_text": line(letter.purpose_text, said("Anlass")),
        "written_on": letter.written_on.isoformat(),
        "texts": json.dumps([_text_columns(text) for text in letter.texts]),
        "pdf_digest": letter.pdf_digest,
        "created_at": moment_text(letter.created_at),
        "printed_at": moment_text(letter.printed_at),
        **_delivery_columns(letter),
    }


def _text_columns(text: TextVersion) -> dict[str, str]:
    return {
        "id": text.id,
        "version": text.version,
        "digest": text.digest,
        "standing": text.standing.value,
    }


def _delivery_columns(letter: LetterRecord) -> dict[str, str | None]:
    return {
        "way": letter.way.value,
        "delivered_on": day_text(letter.delivered_on),
        "deemed_on": day_text(letter.deemed_on),
        "returned_on": day_text(letter.returned_on),
    }


def _text_version(columns: Mapping[str, str]) -> TextVersion:
    standing = BlockStanding(columns["standing"])
    return TextVersion(columns["id"], columns["version"], columns["digest"], standing)


def _letter(row: Row) -> LetterRecord:
    letter_id, appointment_id, kind, sequence, start, purposes, purpose_text, *rest = row
    written_on, template, template_digest, texts, pdf_digest, created_at, printed_at, *sent = rest
    way, delivered_on, deemed_on, returned_on, keeps_pdf = sent
    return LetterRecord(
        appointment_id=appointment_id,
        kind=LetterKind(kind),
        sequence=sequence,
        start=datetime.fromisoformat(start),
        purposes=tuple(Purpose(purpose) for purpose in json.loads(purposes)),
        purpose_text=purpose_text,
        written_on=date.fromisoformat(written_on),
        template=template,
        template_digest=template_digest,
        texts=tuple(_text_version(columns) for columns in json.loads(texts)),
        pdf_digest=pdf_digest,
        created_at=datetime.fromisoformat(created_at),
        printed_at=datetime.fromisoformat(printed_at),
        way=Delivery(way),
        delivered_on=day_of(delivered_on),
        deemed_on=day_of(deemed_on),
        returned_on=day_of(returned_on),
        keeps_pdf=bool(keeps_pdf),
        id=letter_id,
    )
