"""`kkd clients`: people and their facts."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from kkd_desktop.actions import casework
from kkd_desktop.actions.context import Context
from kkd_desktop.cli.german import Group
from kkd_desktop.cli.options import DAY, as_json, client_option, confirmed, with_context
from kkd_desktop.cli.outcomes import history_lines, history_plain, outcome_lines, outcome_plain
from kkd_desktop.cli.output import show, show_json, table
from kkd_desktop.domain import texts
from kkd_desktop.domain.client import Client, Deviation
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.facts import FactValue
from kkd_desktop.domain.forgetting import Held
from kkd_desktop.domain.values import replace
from kkd_desktop.domain.written_days import read_day

FACTS = ("profile", "status", "org")
_NONE = "none"
_OF_DAYS = frozenset("0123456789.-")


@click.group(cls=Group)
def clients() -> None:
    """Kundinnen und Kunden."""


def client_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Every field of a client; what is not given stays as it is."""
    options = (
        click.option("--number", help="Kundennummer."),
        click.option("--code", help="Eigenes Kürzel."),
        click.option("--last-name", help="Nachname."),
        click.option("--first-name", help="Vorname."),
        click.option("--birth-date", type=DAY, help="Geburtsdatum."),
        click.option("--registered", type=DAY, help="Tag der Anmeldung."),
        click.option("--einv-start", type=DAY, help="Beginn der EinV/des Kooperationsplans."),
        click.option("--einv-end", type=DAY, help="Ende der EinV/des Kooperationsplans."),
        click.option("--bg", "bg_number", help="BG-Nummer."),
        click.option("--street", help="Straße und Hausnummer."),
        click.option("--address-addition", help="Adresszusatz: c/o, Hinterhaus; mehrere mit „;“."),
        click.option("--postcode", help="PLZ."),
        click.option("--city", help="Ort."),
        click.option("--phone", help="Telefon."),
        click.option("--profile", help=f"Profillage ({', '.join(texts.PROFILLAGEN)} oder none)."),
        click.option("--status", help=f"Status ({', '.join(texts.STATUS)} oder none)."),
        click.option("--org", help="Bereich (vermittlung, fallmanagement, …)."),
        click.option(
            "--flag", "flags", multiple=True, metavar="NAME[=ja|nein]", help="Ja/Nein-Fakt."
        ),
        click.option(
            "--fact",
            "facts",
            multiple=True,
            metavar="NAME=WERT[@TAG]",
            help="Weiterer Fakt; mit @TAG gilt er ab diesem Tag.",
        ),
        click.option(
            "--wish",
            metavar="WUNSCH",
            help="Wann die Person kommen kann: „nur Di und Do, nicht vor 10:00, bis 31.12.2026“.",
        ),
        click.option(
            "--absent",
            type=(str, DAY, DAY),
            default=None,
            metavar="GRUND VON BIS",
            help=f"Abwesend mit erstem und letztem Tag ({', '.join(texts.ABSENCES)}).",
        ),
        click.option("--not-absent", is_flag=True, help="Keine Abwesenheit von heute an mehr."),
        click.option("--since", type=DAY, help="Ab wann die Fakten gelten."),
    )
    # The one that is put on last is shown first.
    for option in reversed(options):
        command = option(command)
    return command


@clients.command("add")
@with_context
@client_options
@as_json
def add_client(context: Context, as_json: bool, since: date | None, **given: Any) -> None:
    """Eine Person aufnehmen."""
    client = _filled(Client(0, "", "", ""), given)
    with context.store.write("Person aufgenommen"):
        added = casework.add_client(context, client, _facts(given), since)
        _set_named_facts(context, added, given["facts"], since)
        _set_wish(context, added, given["wish"], since)
        _set_absence(context, added, given)
    _say(added, as_json, "aufgenommen")


@clients.command("set")
@with_context
@client_option
@client_options
@click.option("--exception-reason", help="Grund einer Ausnahme im Einzelfall.")
@click.option("--exception-until", type=DAY, help="Ende der Ausnahme.")
@as_json
def set_client(
    context: Context,
    client: str,
    as_json: bool,
    since: date | None,
    exception_reason: str | None,
    exception_until: date | None,
    **given: Any,
) -> None:
    """Angaben ändern; Fakten gelten ab --since (sonst ab heute)."""
    known = casework.find_client(context, client)
    with context.store.write("Angaben geändert"):
        first = since or context.today
        changed = casework.change_client(context, _filled(known, given), _facts(given), first)
        _set_named_facts(context, changed, given["facts"], first)
        _set_wish(context, changed, given["wish"], first)
        _set_absence(context, changed, given)
        if exception_reason is not None or exception_until is not None:
            if exception_until is None:
                raise UserError("--exception-until: eine Ausnahme braucht ein Ende.")
            deviation = Deviation(exception_reason or "", exception_until, context.today)
            casework.agree_deviation(context, known.id, deviation)
    _say(changed, as_json, "geändert")


@clients.command("show")
@with_context
@client_option
@as_json
def show_client(context: Context, client: str, as_json: bool) -> None:
    """Fakten, Kontakte mit Zählung und was fällig ist."""
    found = casework.client_file(context, casework.find_client(context, client).id)
    if as_json:
        show_json(
            {
                "client": _plain_client(found.client, context.today),
                "outcome": outcome_plain(found.outcome),
                "contacts": history_plain(found.history),
                "appointments": found.appointments,
            }
        )
        return
    show([f"{found.client.name}  {found.client.number}", *found.client.address.lines])
    show([*outcome_lines(found.outcome), ""])
    show(history_lines(found.history))


@clients.command("list")
@with_context
@as_json
def list_clients(context: Context, as_json: bool) -> None:
    """Alle Personen mit ihren heutigen Fakten."""
    known = casework.all_clients(context)
    if as_json:
        show_json([_plain_client(client, context.today) for client in known])
        return
    show(
        table(
            [
                (
                    client.number,
                    client.code,
                    client.name,
                    *(str(client.subject.facts.at(name, context.today) or "–") for name in FACTS),
                )
                for client in known
            ]
        )
    )


@clients.command("delete")
@with_context
@client_option
@click.option("--yes", is_flag=True, help="Ohne Rückfrage löschen.")
@as_json
def delete_client(context: Context, client: str, yes: bool, as_json: bool) -> int:
    """Eine Person überall löschen, unwiderruflich; sagt, welche Sicherungen sie noch enthalten."""
    from kkd_desktop.actions import forgetting
    from kkd_desktop.domain.forgetting import NO_WAY_BACK, mentioned_text

    known = casework.find_client(context, client)
    found = forgetting.farewell(context, [known.id])
    mentioned = mentioned_text(forgetting.mentioning(context, found.people)())
    stays = [*found.stays, *([mentioned] if mentioned else [])]
    if not yes:
        show([*found.goes, *stays, NO_WAY_BACK])
        if not confirmed(
            "Alle Daten dieser Person löschen?",
            "--yes: hier ist keine Eingabe möglich; so wird ohne Rückfrage gelöscht.",
        ):
            return 1
    held = forgetting.holding(context, [known.id])()
    forgetting.forget(context, [known.id])()
    if as_json:
        show_json({"deleted": found.numbers, "backups": [_plain_held(each) for each in held]})
        return 0
    show(["Gelöscht.", *stays])
    if held:
        show(["Noch enthalten in Sicherungen:", *(f"  {each.german}" for each in held)])
        show(["Beim Wiederherstellen einer Sicherung wird diese Person wieder gelöscht."])
    return 0


def _plain_held(held: Held) -> dict[str, Any]:
    return {
        "file": held.backup.path,
        "made_at": held.backup.made_at,
        "leaves_on": held.leaves_on,
        "checked": held.is_known,
    }


@clients.command("export")
@with_context
@client_option
@click.option(
    *("-o", "--output", "folder"),
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Ordner für die Dateien; er wird angelegt.",
)
@as_json
def export_client(context: Context, client: str, folder: Path, as_json: bool) -> None:
    """Auskunft: alles über eine Person als PDF und JSON, mit ihren Schreiben (unverschlüsselt)."""
    from kkd_desktop.actions import disclosure

    known = casework.find_client(context, client)
    found = disclosure.answer(context, known.id)
    files = disclosure.save(found, folder)
    if as_json:
        show_json({"files": files, "notes": found.notes, "encrypted": False})
        return
    show([f"Gespeichert: {path}" for path in files])
    show([*found.notes, disclosure.UNENCRYPTED])


def _filled(client: Client, given: dict[str, Any]) -> Client:
    def chosen(name: str, known: Any) -> Any:
        return known if given[name] is None else given[name]

    subject = client.subject
    return replace(
        client,
        **{
            name: chosen(name, getattr(client, name))
            for name in ("number", "code", "last_name", "first_name", "bg_number", "phone")
        },
        address=replace(
            client.address,
            addition=chosen("address_addition", client.address.addition),
            **{
                name: chosen(name, getattr(client.address, name))
                for name in ("street", "postcode", "city")
            },
        ),
        subject=replace(
            subject,
            **{
                name: chosen(name, getattr(subject, name))
                for name in ("birth_date", "registered", "einv_start", "einv_end")
            },
        ),
    )


def _facts(given: dict[str, Any]) -> dict[str, FactValue]:
    values: dict[str, FactValue] = {}
    for name, known in (("profile", texts.PROFILLAGEN), ("status", texts.STATUS), ("org", None)):
        value = given[name]
        if value is None:
            continue
        if known is not None and value not in known and value != _NONE:
            raise UserError(
                f"--{name}: „{value}“ ist unbekannt (möglich: {', '.join(known)}, none)."
            )
        values[name] = None if value == _NONE else value
    for text in given["flags"]:
        name, _, word = text.partition("=")
        if word not in ("", "ja", "nein"):
            raise UserError(f"--flag: „{text}“ – nach dem Gleichheitszeichen steht ja oder nein.")
        values[name] = word != "nein"
    return values


def _set_named_facts(
    context: Context, client: Client, facts: Sequence[str], since: date | None
) -> None:
    """Each `NAME=WERT`, or `NAME=WERT@TAG` with a first day of its own."""
    for text in facts:
        name, found, value = text.partition("=")
        if not found or not name:
            raise UserError(f"--fact: „{text}“ hat nicht die Form NAME=WERT oder NAME=WERT@TAG.")
        value, first = _dated(value, since)
        read = casework.read_fact(context, name, value)
        casework.change_client(context, client, {name: read}, first)


def _set_wish(context: Context, client: Client, wish: str | None, since: date | None) -> None:
    if wish is not None:
        casework.set_wish(context, client, wish if wish != _NONE else "", since)


def _set_absence(context: Context, client: Client, given: Mapping[str, Any]) -> None:
    if given["not_absent"]:
        casework.end_absences(context, client)
    if given["absent"] is not None:
        casework.set_absence(context, client, *given["absent"])


def _dated(value: str, since: date | None) -> tuple[str, date | None]:
    """What stands before the last `@` where a day follows it; an address has an `@` of its own."""
    before, at, after = value.rpartition("@")
    if not at or not set(after) <= _OF_DAYS:
        return value, since
    day = read_day(after)
    if day is None:
        raise UserError(f"--fact: „{after}“ nach dem @ ist kein Tag (TT.MM.JJJJ oder JJJJ-MM-TT).")
    return before, day


def _say(client: Client, as_json: bool, done: str) -> None:
    if as_json:
        show_json({"id": client.id, "number": client.number, "code": client.code})
    else:
        show([f"Person {done}: {client.mark or client.id}"])


def _plain_client(client: Client, today: date) -> dict[str, Any]:
    subject = client.subject
    return {
        "id": client.id,
        "number": client.number,
        "code": client.code,
        "last_name": client.last_name,
        "first_name": client.first_name,
        "bg_number": client.bg_number,
        "address_addition": client.address.addition,
        "street": client.address.street,
        "postcode": client.address.postcode,
        "city": client.address.city,
        "birth_date": subject.birth_date,
        "registered": subject.registered,
        "einv_start": subject.einv_start,
        "einv_end": subject.einv_end,
        "facts": {name: subject.facts.at(name, today) for name in sorted(subject.facts.names())},
        "exception": subject.deviation,
    }
