"""`kkd parcel`: people on their way to a colleague."""

from collections.abc import Sequence
from pathlib import Path

import click

from kkd_desktop.actions import casework, forgetting, parcels
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.secrets import Passphrase, given_passphrase
from kkd_desktop.cli.german import Group
from kkd_desktop.cli.options import as_json, asked, with_context
from kkd_desktop.cli.output import show, show_json, table
from kkd_desktop.domain import texts
from kkd_desktop.domain.parcel import FATE_TEXTS, Contents, Fate

VARIABLE = "KKD_PARCEL_PASSPHRASE"


@click.group(cls=Group)
def parcel() -> None:
    """Personen verschlüsselt übergeben und annehmen."""


@parcel.command("make")
@with_context
@click.option(
    *("--client", "names"),
    multiple=True,
    required=True,
    metavar="K",
    help="Kundennummer oder eigenes Kürzel (mehrfach möglich).",
)
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), required=True)
@click.option("--remove", is_flag=True, help="Die Personen danach hier löschen, unwiderruflich.")
@as_json
def make(context: Context, names: Sequence[str], target: Path, remove: bool, as_json: bool) -> None:
    """Ein Paket packen. Die Passphrase (erzeugt oder KKD_PARCEL_PASSPHRASE) steht nicht darin."""
    people = [casework.find_client(context, name).id for name in names]
    given = given_passphrase(None, VARIABLE)
    packed = parcels.packing(context, people, given.to_bytes().decode() if given else "")(None)
    parcels.save(packed, target)
    if remove:
        forgetting.forget(context, list(dict.fromkeys(people)))()
    if as_json:
        spoken = None if given else packed.spoken
        show_json({"file": target, "people": len(set(people)), "passphrase": spoken})
        return
    number = texts.counted(len(set(people)), "Person", "Personen")
    show([f"Gepackt: {number} in {target} (verschlüsselt)."])
    if not given:
        show([f"Passphrase: {packed.spoken}"])
        show(["Sie wird nur jetzt gezeigt. Bitte auf einem anderen Weg weitergeben als das Paket."])
    show(["Hier gelöscht." if remove else "Hier bleiben die Personen gespeichert."])


@parcel.command("open")
@with_context
@click.argument("file", metavar="DATEI", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--parcel-passphrase-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Datei mit der Passphrase des Pakets (sonst KKD_PARCEL_PASSPHRASE oder Eingabe).",
)
@click.option("--dry-run", is_flag=True, help="Nur zeigen, was angenommen würde.")
@as_json
def open_parcel(
    context: Context,
    file: Path,
    parcel_passphrase_file: Path | None,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Ein Paket annehmen: wer hier noch fehlt, als ein Schritt, der sich zurücknehmen lässt."""
    secret = _secret(parcel_passphrase_file)
    incoming = parcels.looking(context, file, secret)()
    contents = incoming.contents
    taken = 0
    if not dry_run and contents.of(Fate.NEW):
        taken = parcels.taking(context, incoming)(None)
    if as_json:
        show_json({"taken": taken, "contents": contents})
    else:
        _tell(contents, taken, dry_run=dry_run)
    return 1 if contents.of(Fate.CONFLICT) else 0


def _secret(file: Path | None) -> Passphrase:
    how = f"--parcel-passphrase-file oder {VARIABLE}"
    given = given_passphrase(file, VARIABLE) or asked("Passphrase des Pakets: ", how)
    return parcels.typed_passphrase(given.to_bytes().decode())


def _tell(contents: Contents, taken: int, *, dry_run: bool) -> None:
    sender = ", ".join(part for part in (contents.caseworker, contents.office) if part)
    show([f"Paket von {sender or 'unbekannt'} vom {texts.day(contents.packed_on)}"])
    show(
        table(
            [
                (each.number, each.name, FATE_TEXTS[each.fate], each.reason)
                for each in contents.arrivals
            ]
        )
    )
    show([contents.summary])
    if contents.clashes:
        number = texts.counted(contents.clashes, "Termin liegt", "Termine liegen")
        show([f"{number} zu Zeiten, die hier vergeben sind."])
    if not dry_run:
        show([f"Angenommen: {texts.counted(taken, 'Person', 'Personen')}."])
