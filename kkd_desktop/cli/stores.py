"""`kkd init`, `kkd demo`, `kkd verify`: the file of a caseload."""

from datetime import date
from pathlib import Path

import click

from kkd_desktop.actions import stores
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.secrets import SHORTEST
from kkd_desktop.cli.german import Command
from kkd_desktop.cli.options import (
    as_json,
    as_of,
    default_store,
    new_passphrase,
    store_file,
    this_day,
    with_context,
)
from kkd_desktop.cli.output import show, show_json
from kkd_desktop.domain.demo import SEED


@click.command(cls=Command)
@store_file
@as_of
@click.option("--policy", "policies", multiple=True, help="Konzept in Kraft (mehrfach möglich).")
def init(
    store: Path | None, passphrase_file: Path | None, as_of: date | None, policies: tuple[str, ...]
) -> None:
    """Einen leeren Fallbestand anlegen (neue Passphrase: KKD_NEW_PASSPHRASE oder Eingabe)."""
    path, secret = store or default_store(), new_passphrase(passphrase_file)
    context = stores.create_caseload(path, secret, as_of or this_day(), policies)
    with context.store:
        names = ", ".join(compiled.policy.short_title for compiled in context.policies())
    show([f"Fallbestand angelegt: {path}", f"Konzept in Kraft: {names}"])
    if len(secret) < SHORTEST:
        show([f"Die Passphrase ist kurz: besser mindestens {SHORTEST} Zeichen."])
    show(["Die Passphrase lässt sich nicht wiederherstellen."])


@click.command(cls=Command)
@store_file
@as_of
@click.option("--clients", default=300, show_default=True, help="Anzahl erfundener Personen.")
@click.option("--seed", default=SEED, show_default=True, help="Gleiche Zahl, gleicher Bestand.")
def demo(
    store: Path | None, passphrase_file: Path | None, as_of: date | None, clients: int, seed: int
) -> None:
    """Einen Fallbestand mit erfundenen Personen anlegen."""
    path = store or default_store()
    context = stores.create_demo(
        path, new_passphrase(passphrase_file), as_of or this_day(), clients=clients, seed=seed
    )
    context.store.close()
    show([f"Beispiel mit {clients} erfundenen Personen angelegt: {path}"])


@click.command(cls=Command)
@with_context
@as_json
def verify(context: Context, as_json: bool) -> int:
    """Die Datei prüfen: Unversehrtheit, Verweise, Aufbau."""
    findings = stores.verify(context)
    if as_json:
        show_json({"findings": findings})
    else:
        show(findings or ["Die Falldatei ist in Ordnung."])
    return 1 if findings else 0
