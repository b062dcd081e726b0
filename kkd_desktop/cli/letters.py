"""`kkd letters`: write letters as PDF, list them, record how each reached its client."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from kkd_desktop.actions import appointments, letters
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.files import require_ending, write_private
from kkd_desktop.actions.requests import choice
from kkd_desktop.cli.german import Command, Group
from kkd_desktop.cli.options import (
    DAY,
    as_json,
    as_of,
    client_option,
    id_option,
    naming,
    opened_context,
    store_file,
    with_context,
)
from kkd_desktop.cli.output import show, show_json, table
from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import STATE_TEXTS, AppointmentState, Delivery
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.letter import BrokenTemplate
from kkd_desktop.domain.letter_kinds import KIND_TEXTS, LetterKind, Purpose
from kkd_desktop.domain.text_blocks import BLOCK_KIND_TEXTS, BLOCK_STANDING_TEXTS, expiring

NOT_ALL = 1
_NOTHING = {
    True: "In diesem Zeitraum ist kein Termin offen; nichts geschrieben.",
    False: "In diesem Zeitraum wurde kein Termin versäumt; nichts geschrieben.",
}
"""By whether the letter would invite."""
SOON = 60

output = click.option("-o", "--output", "path", type=click.Path(path_type=Path), help="Ziel.")
this_letter = id_option("letter_id", "Brief", "Nummer des Briefs (kkd letters list).")


def _wish_options(command: Callable[..., Any]) -> Callable[..., Any]:
    options = (
        click.option(
            "--appointment",
            "ids",
            type=int,
            multiple=True,
            help="Nummer des Termins (mehrfach möglich).",
        ),
        click.option(
            "--from",
            "since",
            type=DAY,
            help="Offene Termine ab diesem Tag (sonst heute); zur Anhörung die versäumten (sonst "
            "seit vier Wochen).",
        ),
        click.option("--until", type=DAY, help="Letzter Tag (sonst vier Wochen später)."),
        click.option("--kind", default="einladung", show_default=True, help="Art des Briefs."),
        click.option("--delivery", default="post", show_default=True, help="Weg der Zustellung."),
        click.option("--purpose", "purposes", multiple=True, help="Meldezweck, mehrfach möglich."),
        click.option("--purpose-text", help="Anlass in eigenen Worten (sonst wie am Termin)."),
        click.option("--bring", help="Was mitzubringen ist (sonst der Textbaustein)."),
        click.option("--first-plan", is_flag=True, help="Erste Einladung zum Kooperationsplan."),
        click.option("--receipt", is_flag=True, help="Empfangsbestätigung als eigene Seite."),
        click.option("--shipped-template", is_flag=True, help="Ohne die eigene Vorlage."),
        click.option("--record", is_flag=True, help="Zugleich als gedruckt vermerken."),
    )
    # The one that is put on last is shown first.
    for option in reversed(options):
        command = option(command)
    return command


@click.group("letters", cls=Group, invoke_without_command=True)
@store_file
@as_of
@output
@_wish_options
@click.pass_context
def letters_group(
    ctx: click.Context,
    /,
    store: Path | None,
    passphrase_file: Path | None,
    as_of: date | None,
    path: Path | None,
    **given: Any,
) -> None:
    """Einladungen und Anhörungen als PDF."""
    if ctx.invoked_subcommand is not None:
        if misplaced := _given(ctx) - {"store", "passphrase_file", "as_of"}:
            option = next(each for each in ctx.command.params if each.name in misplaced)
            raise UserError(f"{option.opts[0]}: bitte hinter „{ctx.invoked_subcommand}“ angeben.")
        return
    if path is None:
        raise UserError("-o: bitte angeben, wohin die Briefe geschrieben werden.")
    require_ending(path, ".pdf")
    with opened_context(store, passphrase_file, as_of) as context:
        ctx.exit(_write(context, path, given))


def _given(ctx: click.Context) -> set[str]:
    """Options that somebody wrote."""
    written = click.core.ParameterSource.COMMANDLINE
    return {name for name in ctx.params if ctx.get_parameter_source(name) is written}


def _write(context: Context, path: Path, given: dict[str, Any]) -> int:
    wish = _wish(given)
    chosen = _chosen(context, given["ids"], given["since"], given["until"], wish.kind)
    if not chosen:
        show([_NOTHING[wish.kind.invites]])
        return 0
    drafts = letters.compose(context, chosen, wish)
    ready = [draft for draft in drafts if draft.can_go_out]
    _tell_missing(drafts)
    if not ready:
        show(["0 Briefe, nichts geschrieben."])
        return NOT_ALL
    shipped = given["shipped_template"]
    try:
        pdf = letters.letter_pdf(context, ready, shipped_template=shipped)
    except BrokenTemplate as fault:
        raise UserError(f"{fault} Mit --shipped-template lässt sie sich wählen.") from fault
    write_private(path, pdf)
    show([texts.counted(len(ready), "Brief", "Briefe"), str(path)])
    if given["record"]:
        records = letters.record_printed(context, ready, shipped_template=shipped)
        show([f"vermerkt: {', '.join(f'Brief {record.id}' for record in records)}"])
    return NOT_ALL if len(ready) < len(drafts) else 0


def _chosen(
    context: Context,
    ids: Sequence[int],
    since: date | None,
    until: date | None,
    kind: LetterKind = LetterKind.EINLADUNG,
) -> Sequence[int]:
    """The appointments that were named, or those of a period such a letter can be about."""
    if ids:
        return [_known(context, each) for each in dict.fromkeys(ids)]
    first, last = _period(context, since, until, kind)
    booked = appointments.between(context, first, last)
    return [
        each.id
        for each, _ in booked
        if each.id is not None
        and (each.state.is_open if kind.invites else each.state is AppointmentState.MISSED)
    ]


def _known(context: Context, appointment_id: int) -> int:
    with naming("--appointment", "Termin", appointment_id):
        appointments.get(context, appointment_id)
    return appointment_id


def _period(
    context: Context, since: date | None, until: date | None, kind: LetterKind
) -> tuple[date, date]:
    """The days as given, else the next four weeks; for an Anhörung those behind."""
    if kind.invites:
        return appointments.period(context, since, until)
    return appointments.period_behind(context, since, until)


def _wish(given: dict[str, Any]) -> letters.Wish:
    return letters.Wish(
        kind=choice(LetterKind, given["kind"], "--kind"),
        delivery=choice(Delivery, given["delivery"], "--delivery"),
        purposes=tuple(choice(Purpose, each, "--purpose") for each in given["purposes"]),
        purpose_text=given["purpose_text"],
        bring=given["bring"],
        first_plan=given["first_plan"],
        receipt_page=given["receipt"],
    )


def _tell_missing(drafts: Sequence[letters.Draft]) -> None:
    """Nothing is left out silently. A warning is said once, however many letters have it."""
    warned: dict[str, list[str]] = {}
    for draft in drafts:
        number = str(draft.letter.appointment.id)
        for gap in draft.gaps:
            if gap.stops:
                show([f"Termin {number}: nicht enthalten: {gap.sentence}"])
            elif draft.can_go_out:
                warned.setdefault(gap.sentence, []).append(number)
    ready = sum(draft.can_go_out for draft in drafts)
    for sentence, numbers in warned.items():
        whose = f"Termin {', '.join(numbers)}"
        show([f"{'Alle' if len(numbers) == ready > 1 else whose}: {sentence}"])


@letters_group.command("list", cls=Command)
@with_context
@click.option("--from", "since", type=DAY, help="Erster Tag der Termine (sonst heute).")
@click.option("--until", type=DAY, help="Letzter Tag (sonst vier Wochen später).")
@as_json
def list_letters(context: Context, since: date | None, until: date | None, as_json: bool) -> None:
    """Die gedruckten Briefe zu den Terminen eines Zeitraums."""
    first, last = appointments.period(context, since, until)
    found = letters.between(context, first, last)
    if as_json:
        show_json([{"appointment": x.appointment.id, "letters": x.letters} for x in found])
        return
    if not any(listed.letters for listed in found):
        period = f"{texts.day(first)} bis {texts.day(last)}"
        show([f"Zu Terminen vom {period} ist noch kein Brief gedruckt."])
        return
    show(
        table(
            [
                (
                    f"Brief {letter.id}",
                    KIND_TEXTS[letter.kind],
                    texts.day(letter.written_on),
                    f"Termin {texts.moment(letter.start)}",
                    listed.client.name,
                    letter.delivery_text,
                    STATE_TEXTS[listed.appointment.state],
                )
                for listed in found
                for letter in listed.letters
            ]
        )
    )


@letters_group.command("record", cls=Command)
@with_context
@this_letter
@click.argument(
    "what", type=click.Choice([*(way.value for way in Delivery if way.value != "none"), "returned"])
)
@click.option("--on", "day", type=DAY, help="Tag der Aushändigung, Aufgabe oder Rückkehr.")
@as_json
def record(context: Context, letter_id: int, what: str, day: date | None, as_json: bool) -> None:
    """Vermerken, wie der Brief hinausging oder dass er zurückkam."""
    on = day or context.today
    if what == "returned":
        (found,) = letters.mark_returned(context, [letter_id], on)
    else:
        (found,) = letters.mark_delivered(context, [letter_id], Delivery(what), on)
    if as_json:
        show_json(found)
        return
    show([f"Brief {found.id}: {found.delivery_text}"])


@letters_group.command("reprint", cls=Command)
@with_context
@this_letter
@click.option(
    "-o", "--output", "path", type=click.Path(path_type=Path), required=True, help="Ziel."
)
def reprint(context: Context, letter_id: int, path: Path) -> int:
    """Den gedruckten Brief noch einmal, mit dem Vermerk Kopie."""
    require_ending(path, ".pdf")
    again = letters.reprint(context, letter_id)
    write_private(path, again.pdf)
    show([again.note or "stimmt mit dem Original überein", str(path)])
    return 0 if again.is_identical else NOT_ALL


@letters_group.command("labels", cls=Command)
@with_context
@click.option(
    "-o", "--output", "path", type=click.Path(path_type=Path), required=True, help="Ziel."
)
@click.option(
    "--appointment", "ids", type=int, multiple=True, help="Nummer des Termins (mehrfach möglich)."
)
@click.option("--from", "since", type=DAY, help="Offene Termine ab diesem Tag.")
@click.option("--until", type=DAY, help="Letzter Tag (sonst vier Wochen später).")
@click.option("--skip", default=0, help="Etiketten des ersten Bogens, die schon verbraucht sind.")
def labels(
    context: Context,
    path: Path,
    ids: tuple[int, ...],
    since: date | None,
    until: date | None,
    skip: int,
) -> int:
    """Adressetiketten, 3 × 8 auf einem Bogen."""
    require_ending(path, ".pdf")
    chosen = _chosen(context, ids, since, until)
    made = letters.address_labels(context, chosen, skip=skip)
    show([f"Termin {number}: nicht enthalten: {gap.sentence}" for number, gap in made.left_out])
    show([texts.counted(made.printed, "Etikett", "Etiketten")])
    if made.printed:
        write_private(path, made.pdf)
        show([str(path)])
    return NOT_ALL if made.left_out else 0


@letters_group.command("chain", cls=Command)
@with_context
@client_option
@as_json
def show_chain(context: Context, client: str, as_json: bool) -> None:
    """Einladung, Zustellung, Ergebnis und Folgeeinladung einer Person."""
    from kkd_desktop.actions.casework import find_client

    links = letters.chain_of(context, find_client(context, client).id)
    if as_json:
        show_json(links)
        return
    for link in links:
        follows = f" (folgt auf Termin {link.follows})" if link.follows else ""
        show([f"Termin {link.appointment.id}{follows}", *(f"  {step}" for step in link.steps)])


@letters_group.command("texts", cls=Command)
@with_context
@click.option(
    "--check", "file", type=click.Path(path_type=Path), help="Eine Textdatei prüfen statt listen."
)
@as_json
def list_texts(context: Context, file: Path | None, as_json: bool) -> int:
    """Die Textbausteine: welche heute gelten, welche enden, welche geprüft sind."""
    if file is not None:
        return _check(file)
    shelf = letters.text_shelf(context)
    if as_json:
        show_json(shelf)
        return 0
    ends = {block.key for block in expiring(shelf.blocks, context.today, SOON)}
    show(
        table(
            [
                (
                    BLOCK_KIND_TEXTS[block.kind],
                    block.id,
                    block.version,
                    BLOCK_STANDING_TEXTS[block.standing(context.today)],
                    f"endet am {texts.day(block.until)}" if block.key in ends else "",
                    "eigener" if block.own else "",
                )
                for block in shelf.blocks
            ]
        )
    )
    show([str(fault) for fault in shelf.faults])
    return NOT_ALL if shelf.faults else 0


def _check(file: Path) -> int:
    faults = letters.check_texts(file)
    show([str(fault) for fault in faults] or [f"{file.name}: in Ordnung"])
    return NOT_ALL if faults else 0
