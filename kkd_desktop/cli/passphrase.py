"""`kkd passphrase`: another passphrase for the caseload."""

from datetime import date
from pathlib import Path

import click

from kkd_desktop.actions import backups, passphrases, stores
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.secrets import SHORTEST, given_passphrase
from kkd_desktop.cli.german import Command
from kkd_desktop.cli.options import (
    as_of,
    default_store,
    passphrase,
    store_file,
    this_day,
    typed_twice,
)
from kkd_desktop.cli.output import show
from kkd_desktop.domain.errors import UserError


@click.command("passphrase", cls=Command)
@store_file
@as_of
def change(store: Path | None, passphrase_file: Path | None, as_of: date | None) -> None:
    """Die Passphrase ändern (neue: KKD_NEW_PASSPHRASE oder Eingabe).

    Wird der Befehl mittendrin abgebrochen, gilt eine der beiden Passphrasen, und nichts fehlt.
    """
    path, current = store or default_store(), passphrase(passphrase_file)
    with stores.open_caseload(path, current, as_of or this_day()) as context:
        new = given_passphrase(None, "KKD_NEW_PASSPHRASE") or typed_twice()
        passphrases.change(context, current, new)
        show(["Die Passphrase ist geändert."])
        made, fault = _backed_up(context)
    if len(new) < SHORTEST:
        show([f"Die Passphrase ist kurz: besser mindestens {SHORTEST} Zeichen."])
    show(
        [
            *made,
            "Sicherungen von vorher öffnen sich weiterhin nur mit der bisherigen Passphrase.",
            "Die Passphrase lässt sich nicht wiederherstellen.",
        ]
    )
    if fault:
        # The passphrase is changed all the same.
        click.echo(f"Keine Sicherung mit der neuen Passphrase. {fault}", err=True)


def _backed_up(context: Context) -> tuple[list[str], str]:
    """What is said of the first back-up that opens with the new passphrase, and what went wrong."""
    try:
        report = backups.make_if_due(context)
    except UserError as fault:
        return [], str(fault)
    made = [] if report.made is None else [f"Mit der neuen gesichert: {report.made.path}"]
    return made, report.fault and f"Zweiter Ordner: {report.fault}"
