"""`kkd contacts`: log a talk and see whether it counts."""

from typing import Any

import click

from kkd_desktop.actions import casework
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.requests import choice
from kkd_desktop.cli.german import Group
from kkd_desktop.cli.options import DAY, as_json, client_option, clock_time, with_context
from kkd_desktop.cli.outcomes import history_lines, history_plain
from kkd_desktop.cli.output import show, show_json
from kkd_desktop.domain.contact import Contact, ContactForm, ContactKind, ContactNotes, NoteType
from kkd_desktop.domain.verdicts import verdict_text


@click.group(cls=Group)
def contacts() -> None:
    """Kontakte."""


@contacts.command("add")
@with_context
@client_option
@click.option("--date", "day", type=DAY, help="Tag (sonst heute).")
@click.option("--time", "at", help="Uhrzeit HH:MM.")
@click.option("--form", default="persoenlich", show_default=True, help="Kontaktform.")
@click.option(
    "--note-type", default="beratungsvermerk", show_default=True, help="Art des Vermerks."
)
@click.option("--not-attended", is_flag=True, help="Nicht erschienen.")
@click.option("--not-qualified", is_flag=True, help="Keine qualifizierte Beratung.")
@click.option("--first", is_flag=True, help="Erstgespräch.")
@click.option("--phone-reason", default="", help="Grund für das Telefonat.")
@click.option("--content", default="", help="Inhalt.")
@click.option("--goal", default="", help="Ziel oder Zwischenziel.")
@click.option("--means", default="", help="Mitteleinsatz.")
@as_json
def add_contact(context: Context, client: str, as_json: bool, **given: Any) -> None:
    """Einen Kontakt erfassen und sehen, ob er zählt."""
    known = casework.find_client(context, client)
    contact = Contact(
        given["day"] or context.today,
        ContactKind(
            form=choice(ContactForm, given["form"], "--form"),
            note_type=choice(NoteType, given["note_type"], "--note-type"),
            attended=not given["not_attended"],
            qualified=not given["not_qualified"],
            first=given["first"],
            phone_reason=bool(given["phone_reason"].strip()),
        ),
        None if given["at"] is None else clock_time(given["at"], "--time"),
        ContactNotes(given["content"], given["goal"], given["means"]),
        phone_reason=given["phone_reason"].strip(),
        client_id=known.id,
    )
    stored = casework.record_contact(context, contact)
    verdict = casework.draft_verdict(context, known, stored)
    if as_json:
        show_json(
            {
                "id": stored.id,
                "counts": verdict.counts,
                "reason": verdict.reason,
                "warnings": verdict.warnings,
            }
        )
        return
    show([f"Kontakt erfasst: {verdict_text(verdict)}.", *verdict.duties])


@contacts.command("list")
@with_context
@client_option
@as_json
def list_contacts(context: Context, client: str, as_json: bool) -> None:
    """Die Kundenhistorie einer Person, neueste zuerst."""
    history = casework.client_file(context, casework.find_client(context, client).id).history
    if as_json:
        show_json(history_plain(history))
    else:
        show(history_lines(history))
