"""`kkd appointments`: book, move, cancel and finish."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import click

from kkd_desktop.actions import appointments as actions
from kkd_desktop.actions import busy, casework
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.requests import choice, day
from kkd_desktop.cli.german import Group
from kkd_desktop.cli.options import DAY, as_json, client_option, id_option, with_context
from kkd_desktop.cli.output import show, show_json, table
from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import DELIVERY_TEXTS, STATE_TEXTS, Appointment, Delivery
from kkd_desktop.domain.contact import ContactForm, ContactKind, NoteType
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.proposals import Proposal


class Moment(click.ParamType[datetime]):
    """Local time as JJJJ-MM-TTTHH:MM."""

    name = "ZEIT"

    def convert(self, value: Any, param: Any, ctx: Any) -> datetime:
        try:
            found = datetime.fromisoformat(str(value))
        except ValueError:
            found = None
        if found is None or found.tzinfo is not None or len(str(value)) < len("2026-11-24T09:00"):
            raise UserError(f"--at: „{value}“ ist kein Zeitpunkt der Form JJJJ-MM-TTTHH:MM.")
        # Refuses years that nobody means.
        day(found.date().isoformat(), "--at")
        return found.replace(second=0, microsecond=0)


at_option = click.option("--at", "start", type=Moment(), required=True, help="Beginn, Ortszeit.")
this_appointment = id_option("appointment_id", "Termin", "Nummer des Termins.")


@click.group(cls=Group)
def appointments() -> None:
    """Termine."""


@appointments.command("add")
@with_context
@client_option
@at_option
@click.option("--minutes", type=int, help="Dauer (sonst die übliche der Form).")
@click.option("--preparation", type=int, help="Davon Vor- und Nachbereitung (sonst die übliche).")
@click.option("--form", default="persoenlich", show_default=True, help="Kontaktform.")
@click.option("--purpose", default="", help="Anlass.")
@click.option("--room", help="Raum.")
@click.option("--delivery", default="none", show_default=True, help="none, handed_over oder post.")
@click.option(
    "--with", "company", multiple=True, metavar="K", help="Noch jemand in diesem Gespräch."
)
@click.option("--after", "after", multiple=True, metavar="K", help="Wer direkt danach kommt.")
@as_json
def add(
    context: Context,
    client: str,
    start: datetime,
    minutes: int | None,
    preparation: int | None,
    company: tuple[str, ...],
    after: tuple[str, ...],
    as_json: bool,
    **given: Any,
) -> None:
    """Einen Termin vereinbaren, auch mit anderen zusammen: alle oder keiner."""
    if company and after:
        raise UserError("--with und --after: bitte nur eines von beiden.")
    found = casework.find_client(context, client)
    others = [casework.find_client(context, name) for name in company or after]
    form = choice(ContactForm, given["form"], "--form")
    due = casework.outcome_with(context, found)
    if company and minutes is None and preparation is None:
        length = actions.joint_length(context, [found, *others], form)
    else:
        length = actions.length_of(context, form, due, minutes, preparation)
    wanted = Proposal(
        start, length.total, "", (), preparation=length.preparation, joint=bool(company)
    )
    booked = actions.book_together(
        context,
        found,
        actions.with_company(context, wanted, others, form),
        form=form,
        outcome=due,
        purpose=given["purpose"],
        room=given["room"],
        delivery=choice(Delivery, given["delivery"], "--delivery"),
    )
    if as_json and others:
        show_json(booked)
    else:
        for each in booked:
            _say(each, as_json)
    _say_clashes(context, booked)


@appointments.command("move")
@with_context
@this_appointment
@at_option
@click.option("--minutes", type=int, help="Neue Dauer.")
@click.option("--room", help="Anderer Raum.")
@as_json
def move(
    context: Context,
    appointment_id: int,
    start: datetime,
    minutes: int | None,
    room: str | None,
    as_json: bool,
) -> None:
    """Einen Termin verlegen."""
    moved = actions.move(context, appointment_id, start, minutes, room)
    _say(moved, as_json)
    _say_clashes(context, [moved])


@appointments.command("cancel")
@with_context
@this_appointment
@as_json
def cancel(context: Context, appointment_id: int, as_json: bool) -> None:
    """Einen Termin absagen."""
    _say(actions.cancel(context, appointment_id), as_json)


@appointments.command("outcome")
@with_context
@this_appointment
@click.argument("outcome", type=click.Choice(["attended", "missed", "ill", "cancelled"]))
@click.option("--note-type", help="Art des Vermerks, wenn erschienen.")
@click.option("--not-qualified", is_flag=True, help="Keine qualifizierte Beratung.")
@click.option("--first", is_flag=True, help="Erstgespräch.")
@as_json
def outcome(
    context: Context,
    appointment_id: int,
    outcome: str,
    note_type: str | None,
    not_qualified: bool,
    first: bool,
    as_json: bool,
) -> None:
    """Eintragen, was aus dem Termin wurde; erschienen legt den Kontakt an."""
    if outcome != "attended":
        finish = {
            "missed": actions.mark_missed,
            "ill": actions.mark_ill,
            "cancelled": actions.cancel,
        }
        _say(finish[outcome](context, appointment_id), as_json)
        return
    if note_type is None:
        raise UserError("--note-type: wer erschienen ist, hat einen Vermerk (oder kein).")
    suggested = actions.contact_from(actions.get(context, appointment_id))
    kind = ContactKind(
        form=suggested.kind.form,
        note_type=choice(NoteType, note_type, "--note-type"),
        qualified=not not_qualified,
        first=first,
    )
    closed, _ = actions.mark_attended(context, appointment_id, suggested.with_kind(kind))
    _say(closed, as_json)


@appointments.command("list")
@with_context
@click.option("--from", "since", type=DAY, help="Erster Tag (sonst heute).")
@click.option("--until", "until", type=DAY, help="Letzter Tag (sonst vier Wochen später).")
@as_json
def list_appointments(
    context: Context, since: date | None, until: date | None, as_json: bool
) -> None:
    """Die Termine eines Zeitraums."""
    first, last = actions.period(context, since, until)
    found = actions.between(context, first, last)
    if as_json:
        show_json([{"appointment": a, "client": c.mark} for a, c in found])
        return
    show(
        table(
            [
                (
                    str(appointment.id),
                    texts.moment(appointment.start),
                    appointment.length.german(),
                    client.name,
                    texts.FORMS[appointment.form],
                    STATE_TEXTS[appointment.state],
                    DELIVERY_TEXTS[appointment.delivery],
                    "gemeinsam" if appointment.joint else "",
                )
                for appointment, client in found
            ]
        )
    )


def _say_clashes(context: Context, booked: Iterable[Appointment]) -> None:
    """What other calendars have there: beside the answer, which programs may read."""
    found = (busy.clash(context, each.start, each.minutes) for each in booked)
    for each in dict.fromkeys(clash.german() for clash in found if clash is not None):
        click.echo(f"Hinweis: Überschneidet sich mit Ihrem Kalender: {each}", err=True)


def _say(appointment: Appointment, as_json: bool) -> None:
    if as_json:
        show_json(appointment)
        return
    show(
        [
            f"Termin {appointment.id}: {texts.moment(appointment.start)}, "
            f"{appointment.length.german()}, {STATE_TEXTS[appointment.state]}"
        ]
    )
