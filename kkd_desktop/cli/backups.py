"""`kkd backup` and `kkd restore`: keep the caseload safe, and get it back."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from kkd_desktop.actions import backups
from kkd_desktop.actions.backups import Backup
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.secrets import given_passphrase
from kkd_desktop.cli.german import Command
from kkd_desktop.cli.options import (
    as_json,
    as_of,
    default_store,
    passphrase,
    store_file,
    this_day,
    with_context,
)
from kkd_desktop.cli.output import show, show_json, table
from kkd_desktop.domain import backup_text, texts
from kkd_desktop.domain.errors import UserError


@click.command(cls=Command)
@with_context
@click.argument(
    "file", metavar="[DATEI]", required=False, type=click.Path(path_type=Path, dir_okay=False)
)
@click.option("--list", "listing", is_flag=True, help="Die vorhandenen Sicherungen zeigen.")
@click.option("--check", is_flag=True, help="Alle Sicherungen ganz lesen und prüfen.")
@click.option("--due", is_flag=True, help="Nur, wenn seit der letzten etwas Neues da ist.")
@as_json
def backup(
    context: Context, file: Path | None, *, listing: bool, check: bool, due: bool, as_json: bool
) -> int:
    """Eine geprüfte Sicherung schreiben: in DATEI, sonst in den Ordner der Sicherungen."""
    if sum((file is not None, listing, check, due)) > 1:
        raise UserError("Bitte nur eines: DATEI, --list, --check oder --due.")
    if listing:
        _show_list(backups.listed(context), as_json=as_json)
        return 0
    if check:
        return _check(context, as_json=as_json)
    if file is not None:
        contents = backups.make_at(context, file)
        _show_made(file, backup_text.contents(contents), as_json=as_json)
        return 0
    report = backups.make_if_due(context) if due else backups.make(context)
    if report.made is not None:
        _show_made(report.made.path, backup_text.contents(report.made.contents), as_json=as_json)
    elif as_json:
        show_json({"file": None})
    else:
        show(["Seit der letzten Sicherung ist nichts Neues da."])
    if report.fault:
        raise UserError(f"Zweiter Ordner: {report.fault}")
    return 0


@click.command(cls=Command)
@store_file
@as_of
@click.argument("file", metavar="DATEI", type=click.Path(path_type=Path, dir_okay=False))
def restore(
    store: Path | None, passphrase_file: Path | None, as_of: date | None, file: Path
) -> None:
    """Eine Sicherung wiederherstellen: anstelle des Fallbestands, oder neben ihm mit --store NEU.

    Was an der Stelle steht, wird vorher gesichert. Hat die Sicherung eine andere Passphrase als
    das, was dort steht: KKD_BACKUP_PASSPHRASE.
    """
    path, today = store or default_store(), as_of or this_day()
    former = given_passphrase(None, "KKD_BACKUP_PASSPHRASE")
    restored = backups.restore(file, passphrase(passphrase_file), path, today, former)
    show([f"Wiederhergestellt: {path}"])
    if restored.kept is not None:
        show([f"Der Stand davor ist gesichert in: {restored.kept}"])
    if restored.aside is not None:
        show([f"Die beschädigte Datei liegt in: {restored.aside}"])


def _show_made(path: Path, contents: str, *, as_json: bool) -> None:
    if as_json:
        show_json({"file": str(path)})
    else:
        show([f"Gesichert und geprüft: {path}", contents])


def _show_list(found: Sequence[Backup], *, as_json: bool) -> None:
    if as_json:
        show_json([_plain(each) for each in found])
        return
    rows = [
        (
            texts.moment(backups.local(each.made_at)),
            backup_text.size(each.bytes),
            backup_text.contents(each.contents),
            backup_text.reason(each),
            each.path.name,
        )
        for each in found
    ]
    show(table(rows, right={1}) or ["Es gibt noch keine Sicherung."])


def _plain(each: Backup) -> dict[str, object]:
    contents = each.contents
    return {
        "file": str(each.path),
        "made_at": f"{each.made_at.isoformat()}Z",
        "kind": each.kind,
        "reason": each.reason,
        "bytes": each.bytes,
        "clients": contents and contents.clients,
        "contacts": contents and contents.contacts,
    }


def _check(context: Context, *, as_json: bool) -> int:
    found = {each.path.name: _fault_of(each, context) for each in backups.listed(context)}
    if as_json:
        show_json([{"file": name, "fault": fault} for name, fault in found.items()])
    else:
        words = {"": "in Ordnung", None: "mit einer früheren Passphrase, nicht geprüft"}
        lines = [f"{name}: {words.get(fault, fault)}" for name, fault in found.items()]
        show(lines or ["Es gibt noch keine Sicherung."])
    return 1 if any(found.values()) else 0


def _fault_of(each: Backup, context: Context) -> str | None:
    """What is wrong with it, or ""; None for one of a former passphrase."""
    try:
        checked = backups.check(each.path, backups.key_of_store(context))
    except UserError as fault:
        return str(fault)
    return None if checked is None else ""
