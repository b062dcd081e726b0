"""Write letters, set them, record what was printed, and follow each to its client."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from kkd_desktop import paths
from kkd_desktop.actions import appointments
from kkd_desktop.actions.context import Context
from kkd_desktop.domain import language, text_blocks, texts
from kkd_desktop.domain.appointment import Appointment, AppointmentState, Delivery
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.delivery import PostTime, deemed_on
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.letter import (
    ADDRESS_WIDTH,
    BrokenTemplate,
    Face,
    Gap,
    GapCode,
    Letter,
    LettersCancelled,
    Sender,
    address_gaps,
    completeness,
    recipient_lines,
)
from kkd_desktop.domain.letter_kinds import LetterKind, Purpose
from kkd_desktop.domain.letter_record import LetterRecord, Link, TextVersion, chain, unanswered
from kkd_desktop.domain.plain_text import line
from kkd_desktop.domain.text_blocks import BlockKind, Occasion, Passage, Review, TextBlock
from kkd_desktop.domain.values import Value, replace
from kkd_desktop.policyfiles import text_blocks as text_files
from kkd_desktop.policyfiles.faults import Fault
from kkd_desktop.policyfiles.text_blocks import TextShelf
from kkd_desktop.store import appointments as stored_appointments
from kkd_desktop.store import clients
from kkd_desktop.store import letters as stored

if TYPE_CHECKING:
    from kkd_desktop.paper.templates import Template

MOST_LETTERS = 500

Progress = Callable[[int, int], bool]
"""Called with done and all; answers whether to go on."""


class Wish(Value, frozen=True):
    """What the caseworker wants to send, for one or many appointments alike.

    `bring` replaces the office's own line on what to bring; None keeps that.
    """

    kind: LetterKind = LetterKind.EINLADUNG
    delivery: Delivery = Delivery.NONE
    purposes: tuple[Purpose, ...] = ()
    purpose_text: str | None = None
    """None takes the Anlass of the appointment."""
    bring: str | None = None
    first_plan: bool = False
    receipt_page: bool = False
    """A separate Empfangsbestätigung after each letter."""
    usual: tuple[Purpose, ...] = ()
    """What an Einladung is about where neither purposes nor an Anlass are given."""


class Draft(Value, frozen=True):
    """One letter before printing, and what it still lacks."""

    letter: Letter
    gaps: tuple[Gap, ...]
    receipt_page: bool = False

    @property
    def can_go_out(self) -> bool:
        return not any(gap.stops for gap in self.gaps)


def own_texts_folder() -> Path:
    """Where the office puts its own texts; it need not exist."""
    return paths.user_data() / "texte"


def own_templates_folder() -> Path:
    return paths.user_data() / "vorlagen"


def text_shelf(context: Context) -> TextShelf:
    """The texts at hand with this office's review marks, and faults of its own files."""
    found = text_files.read_texts(paths.resources() / "texte", own_texts_folder())
    return replace(found, blocks=text_blocks.reviewed(found.blocks, context.settings.text_reviews))


def check_texts(path: Path) -> tuple[Fault, ...]:
    """Everything wrong with a file of texts, with line and key."""
    return text_files.check_texts(path)


def mark_reviewed(context: Context, block: TextBlock, by: str) -> None:
    """Somebody has read this wording: the mark holds until the wording changes."""
    name = line(by, language.said("geprüft von"), required=True)
    mark = (block.digest, Review(name, context.today))
    reviews = {**context.settings.text_reviews, block.key: mark}
    context.change_settings(text_reviews=reviews)


def unmark_reviewed(context: Context, block: TextBlock) -> None:
    reviews = {k: mark for k, mark in context.settings.text_reviews.items() if k != block.key}
    context.change_settings(text_reviews=reviews)


def sender(context: Context) -> Sender:
    settings = context.settings
    return Sender(
        office=settings.office,
        street=settings.street,
        postcode=settings.postcode,
        city=settings.city,
        caseworker=settings.caseworker,
        phone=settings.phone,
        mailbox=settings.mailbox,
        reference=settings.reference,
    )


def usual_purposes(context: Context) -> tuple[Purpose, ...]:
    """What invitations are about where nothing was agreed: as the office has set it, else the
    purposes of the law that a printed letter named last.
    """
    chosen = context.settings.usual_purpose
    return stored.last_purposes(context.store) if chosen is None else (Purpose(chosen),)


def compose(context: Context, appointment_ids: Sequence[int], wish: Wish) -> tuple[Draft, ...]:
    """The letters on these appointments, each with what it lacks; nothing is stored or set."""
    if len(appointment_ids) > MOST_LETTERS:
        raise UserError(
            language.said("Briefe: höchstens {most_letters} auf einmal.").format(
                most_letters=MOST_LETTERS
            )
        )
    desk = _Desk(context, wish)
    booked = [appointments.get(context, each) for each in appointment_ids]
    people = clients.many(context.store, {each.client_id for each in booked}, context.today)
    return tuple(desk.draft(each, people[each.client_id]) for each in booked)


class _Desk:
    """What all letters of one wish share."""

    def __init__(self, context: Context, wish: Wish) -> None:
        # Only here: the font is read when a letter is written, not when the program starts.
        from kkd_desktop.paper.face import LetterFace

        self._context = context
        self._wish = wish
        self._shelf = text_shelf(context)
        self._face: Face = LetterFace()
        self._sender = sender(context)
        self._post = _post_time(context, wish.delivery)
        self._occasions = frozenset([Occasion.FIRST_PLAN] if wish.first_plan else [])
        self._passages = _passages(self._shelf.blocks, wish.kind, context.today, self._occasions)

    def draft(self, appointment: Appointment, client: Client) -> Draft:
        wish, context = self._wish, self._context
        links = chain_of(context, client.id)
        purpose_text = appointment.purpose if wish.purpose_text is None else wish.purpose_text
        nothing_given = wish.kind is LetterKind.EINLADUNG and not (wish.purposes or purpose_text)
        purposes = wish.usual if nothing_given else wish.purposes
        bring = next(
            (p.block.text for p in self._passages if p.block.kind is BlockKind.MITBRINGEN), ""
        )
        letter = Letter(
            kind=wish.kind,
            appointment=appointment,
            client=client,
            sender=self._sender,
            written_on=context.today,
            delivery=wish.delivery,
            purposes=purposes,
            purpose_text=line(purpose_text, language.said("Anlass")),
            bring=bring if wish.bring is None else line(wish.bring, language.said("Mitzubringen")),
            passages=self._passages,
            previous=_missed_before(links, appointment),
            recipient=recipient_lines(client, self._fits),
        )
        gaps = completeness(
            letter,
            self._face,
            post=self._post,
            known=next((x.letters for x in links if x.appointment.id == appointment.id), ()),
            unanswered=unanswered(links, appointment.start, purposes, letter.purpose_text),
            repetition=text_blocks.passage(
                self._shelf.blocks, BlockKind.WIEDERHOLUNG, wish.kind, context.today
            ),
        )
        broken = (
            Gap(GapCode.TEXT, language.said("Text: {fault}").format(fault=fault))
            for fault in self._shelf.faults
        )
        return Draft(letter, (*gaps, *broken), wish.receipt_page)

    def _fits(self, text: str) -> bool:
        return self._face.width(text) <= ADDRESS_WIDTH


def _passages(
    blocks: Iterable[TextBlock], kind: LetterKind, day: date, occasions: frozenset[Occasion]
) -> tuple[Passage, ...]:
    known = tuple(blocks)
    found = (
        text_blocks.passage(known, each, kind, day, occasions)
        for each in BlockKind
        if each.is_printed
    )
    return tuple(each for each in found if each is not None)


def _post_time(context: Context, way: Delivery) -> PostTime | None:
    if way not in (Delivery.POST, Delivery.PORTAL):
        return None
    return context.post_time(way)


def _missed_before(links: Sequence[Link], appointment: Appointment) -> Appointment | None:
    missed = [
        each.appointment
        for each in links
        if each.appointment.state is AppointmentState.MISSED
        and each.appointment.start < appointment.start
    ]
    return missed[-1] if missed else None


class Labels(Value, frozen=True):
    """Labels for printing, and whose address does not fit: the appointment and why."""

    pdf: bytes
    printed: int
    left_out: tuple[tuple[int, Gap], ...]


def address_labels(context: Context, appointment_ids: Sequence[int], *, skip: int = 0) -> Labels:
    """A label for the client of each appointment; one client gets one."""
    from kkd_desktop.paper import labels as paper
    from kkd_desktop.paper.face import LetterFace

    if not 0 <= skip < paper.PER_SHEET:
        raise UserError(
            language.said("Etiketten: verbraucht sind zwischen 0 und {value}.").format(
                value=paper.PER_SHEET - 1
            )
        )
    face = LetterFace()
    booked = {appointments.get(context, each).client_id: each for each in appointment_ids}
    people = clients.many(context.store, set(booked), context.today)
    fitting, left_out = [], []
    for client_id, appointment_id in booked.items():
        client = people[client_id]
        lines = recipient_lines(client, lambda text: face.width(text) <= paper.LABEL_WIDTH)
        gap = next(iter(_label_gaps(client, lines, face, paper.LABEL_WIDTH)), None)
        if gap is None:
            fitting.append(lines)
        else:
            left_out.append((appointment_id, gap))
    pdf = paper.address_labels(fitting, context.today, skip=skip) if fitting else b""
    return Labels(pdf, len(fitting), tuple(left_out))


def _label_gaps(client: Client, lines: Sequence[str], face: Face, room: float) -> Iterator[Gap]:
    if not (client.address.street and client.address.city):
        yield Gap(GapCode.ADDRESS, language.said("Anschrift: Straße oder Ort fehlt."))
    yield from address_gaps(lines, face, room)
    if face.lacking("".join(lines)):
        yield Gap(
            GapCode.LETTERS, language.said("Anschrift: enthält Zeichen, die die Schrift nicht hat.")
        )


def load() -> None:
    """Load what sets and shows letters, from any thread: the first one need not wait for it."""
    from kkd_desktop.paper import letter, rendering, typesetting  # noqa: F401

    typesetting.load()


def letter_pdf(
    context: Context,
    drafts: Sequence[Draft],
    *,
    progress: Progress | None = None,
    shipped_template: bool = False,
) -> bytes:
    """All letters in one PDF, each with its own page numbers: the same bytes for preview, printer
    and file. `shipped_template` sets aside the office's own one.
    """
    return prepare_letters(context, drafts, shipped_template=shipped_template)(progress)


def prepare_letters(
    context: Context, drafts: Sequence[Draft], *, shipped_template: bool = False
) -> Callable[[Progress | None], bytes]:
    """The letters in two steps: checked at once, set when called, then from any thread."""
    _require_complete(drafts)
    folder = None if shipped_template else own_templates_folder()
    printed_on = context.today

    def typeset(progress: Progress | None = None) -> bytes:
        from kkd_desktop.paper import letter as paper

        sheets = [paper.Sheet(each.letter, each.receipt_page) for each in drafts]
        return paper.letters_pdf(sheets, printed_on, own_folder=folder, progress=progress)

    return typeset


def pages_of(pdf: bytes, drafts: Sequence[Draft]) -> tuple[range, ...]:
    """The pages of each letter in their PDF, from 1; empty where it does not tell."""
    from kkd_desktop.paper.page_index import pages_of_letters

    return pages_of_letters(pdf, [2 if each.receipt_page else 1 for each in drafts])


def _require_complete(drafts: Sequence[Draft]) -> None:
    if not drafts:
        raise UserError(language.said("Briefe: keiner ausgewählt."))
    stopped = [draft for draft in drafts if not draft.can_go_out]
    if stopped:
        first = next(gap for gap in stopped[0].gaps if gap.stops)
        # The sentence of an address names a person, and this one may be logged.
        what = language.said("Anschrift") if first.code is GapCode.ADDRESS else first.sentence
        more = language.said(" ({count} unvollständig)").format(
            count=texts.counted(len(stopped), "Brief", "Briefe")
        )
        raise UserError(f"{what}{more}")


class Evidence(Value, frozen=True):
    """What will prove a letter: its content as JSON, the template, and the letter alone as PDF."""

    draft: Draft
    content: str
    template: Template
    pdf: bytes


def prepare_evidence(
    drafts: Sequence[Draft], *, shipped_template: bool = False
) -> Callable[[Progress | None], tuple[Evidence, ...]]:
    """Each letter set alone, when called: a large batch takes seconds, so not in the window's
    thread.
    """
    _require_complete(drafts)
    folder = None if shipped_template else own_templates_folder()

    def prove(progress: Progress | None = None) -> tuple[Evidence, ...]:
        from kkd_desktop.paper import letter as paper

        template = paper.letter_template(folder)
        found = []
        for number, draft in enumerate(drafts):
            if progress is not None and not progress(number, len(drafts)):
                raise LettersCancelled(language.said("Abgebrochen; es wurde kein Brief vermerkt."))
            content = paper.content(draft.letter, receipt_page=draft.receipt_page)
            pdf = paper.set_contents([content], template, draft.letter.written_on)
            found.append(Evidence(draft, json.dumps(content, ensure_ascii=False), template, pdf))
        return tuple(found)

    return prove


def record_printed(
    context: Context, drafts: Sequence[Draft], *, shipped_template: bool = False
) -> tuple[LetterRecord, ...]:
    """Remember what came out of the printer, in one step; leave out what has to be printed again.

    Each letter keeps its content, template, versions of its texts and the SHA-256 of its PDF; the
    PDF itself where the settings say so.
    """
    return record_evidence(
        context, prepare_evidence(drafts, shipped_template=shipped_template)(None)
    )


def record_evidence(context: Context, evidence: Sequence[Evidence]) -> tuple[LetterRecord, ...]:
    """The same with what another thread has prepared."""
    with context.store.write(language.to_say("Briefe gedruckt")):
        return tuple(_record(context, each) for each in evidence)


def _record(context: Context, evidence: Evidence) -> LetterRecord:
    letter, template, now = evidence.draft.letter, evidence.template, context.now()
    assert letter.appointment.id is not None, "only stored appointments have letters"
    record = LetterRecord(
        appointment_id=letter.appointment.id,
        kind=letter.kind,
        sequence=letter.appointment.sequence,
        start=letter.appointment.start,
        purposes=letter.purposes,
        purpose_text=letter.purpose_text,
        written_on=letter.written_on,
        template=template.name,
        template_digest=template.digest,
        texts=tuple(
            TextVersion(each.block.id, each.block.version, each.block.digest, each.standing)
            for each in letter.passages
        ),
        pdf_digest=sha256(evidence.pdf).hexdigest(),
        created_at=now,
        printed_at=now,
        way=letter.delivery,
        keeps_pdf=context.settings.keep_letters,
    )
    letter_id = stored.add(
        context.store,
        record,
        letter.client.id,
        content=evidence.content,
        template_source=template.source,
        template_files=dict(template.files),
        pdf=evidence.pdf if record.keeps_pdf else None,
    )
    return replace(record, id=letter_id)


def mark_delivered(
    context: Context, letter_ids: Iterable[int], way: Delivery, day: date
) -> tuple[LetterRecord, ...]:
    """Handed over, posted or sent electronically on that day; Bekanntgabe follows (R29)."""
    if way is Delivery.NONE:
        raise UserError(language.said("Zustellung: bitte den Weg angeben."))
    if day > context.today:
        raise UserError(
            language.said("Zustellung: Der {day} liegt in der Zukunft.").format(day=texts.day(day))
        )
    found = [stored.get(context.store, each) for each in letter_ids]
    for each in found:
        if day < each.written_on:
            raise UserError(
                language.said(
                    "Zustellung: Der {day} liegt vor dem Datum des Briefs ({day2})."
                ).format(day=texts.day(day), day2=texts.day(each.written_on))
            )
        if each.returned_on is not None:
            raise UserError(
                language.said(
                    "Zustellung: Der Brief kam am {day} zurück und bleibt als "
                    "Nachweis; bitte einen neuen schreiben."
                ).format(day=texts.day(each.returned_on))
            )
    deemed = deemed_on(day, context.fictions(), way)
    with context.store.write(language.to_say("Zustellung")):
        return tuple(
            _deliver(context, replace(each, way=way, delivered_on=day, deemed_on=deemed))
            for each in found
        )


def _deliver(context: Context, record: LetterRecord) -> LetterRecord:
    stored.change_delivery(context.store, record)
    booked = appointments.get(context, record.appointment_id)
    if record.kind.invites and booked.state.is_open and record.is_for(booked):
        appointments.set_delivery(context, record.appointment_id, record.way)
    return record


def mark_returned(
    context: Context, letter_ids: Iterable[int], day: date
) -> tuple[LetterRecord, ...]:
    """The letter came back: the invitation has to be delivered anew."""
    found = [stored.get(context.store, each) for each in letter_ids]
    for each in found:
        if each.delivered_on is None:
            raise UserError(language.said("Rücklauf: Der Brief ist noch nicht zugestellt."))
        if not each.delivered_on <= day <= context.today:
            raise UserError(
                language.said(
                    "Rücklauf: Der {day} liegt vor der Zustellung oder in der Zukunft."
                ).format(day=texts.day(day))
            )
    with context.store.write(language.to_say("Rücklauf")):
        return tuple(_take_back(context, replace(each, returned_on=day)) for each in found)


def _take_back(context: Context, record: LetterRecord) -> LetterRecord:
    stored.change_delivery(context.store, record)
    booked = appointments.get(context, record.appointment_id)
    if record.kind.invites and booked.state.is_open and record.is_for(booked):
        appointments.set_delivery(context, record.appointment_id, Delivery.NONE)
    return record


class Reprint(Value, frozen=True):
    """A printed letter again. `is_identical` says whether the original came out byte by byte as
    recorded before it was marked; otherwise `note` says what is the matter.
    """

    pdf: bytes
    is_identical: bool
    note: str = ""


def reprint(context: Context, letter_id: int) -> Reprint:
    """The letter as it was, marked Kopie; with its own template, even if that has changed since."""
    from kkd_desktop.paper import letter as paper
    from kkd_desktop.paper.templates import kept_template

    record = stored.get(context.store, letter_id)
    content, source, files, kept = stored.material(context.store, letter_id)
    said = [json.loads(content)]
    is_kept = kept is not None and sha256(kept).hexdigest() == record.pdf_digest
    original = copy = b""
    try:
        with kept_template(record.template, source, files, own_templates_folder()) as template:
            original = paper.set_contents(said, template, record.written_on)
            copy = paper.set_contents(said, template, record.written_on, copy=True)
    except BrokenTemplate:
        if not is_kept:
            raise UserError(
                language.said(
                    "Kopie: Die eigene Vorlage von damals lässt sich nicht mehr "
                    "setzen; im Ordner {name} fehlt ein Bild oder eine Datei, die sie "
                    "zeigt."
                ).format(name=own_templates_folder().name)
            ) from None
    if sha256(original).hexdigest() == record.pdf_digest:
        return Reprint(copy, is_identical=True)
    if kept is not None and is_kept:
        return Reprint(
            kept,
            is_identical=True,
            note=language.said("Das aufbewahrte PDF, ohne Vermerk „Kopie“."),
        )
    return Reprint(
        copy,
        is_identical=False,
        note=language.said(
            "Der Wortlaut ist der des Originals; gesetzt hat ihn eine andere Programmversion."
        ),
    )


def chain_of(context: Context, client_id: int) -> tuple[Link, ...]:
    """Invitation, delivery, outcome and follow-up of one client, oldest appointment first."""
    booked = stored_appointments.of_client(context.store, client_id)
    known = stored.of_appointments(context.store, {each.id for each in booked if each.id})
    return chain(booked, [letter for found in known.values() for letter in found])


class Listed(Value, frozen=True):
    """An appointment with its client and the letters on it."""

    appointment: Appointment
    client: Client
    letters: tuple[LetterRecord, ...]


def between(context: Context, since: date, until: date) -> tuple[Listed, ...]:
    """The appointments of a period with their letters, by time."""
    booked = appointments.between(context, since, until)
    known = stored.of_appointments(context.store, {each.id for each, _ in booked if each.id})
    return tuple(
        Listed(appointment, client, tuple(known.get(appointment.id or 0, ())))
        for appointment, client in booked
    )
