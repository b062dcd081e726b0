"""`kkd search`: the Suchlauf over all facts and computed states."""

from pathlib import Path

import click

from kkd_desktop.actions import exports, table_export
from kkd_desktop.actions import search as searches
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.files import require_ending
from kkd_desktop.actions.search import Found, SavedSearch
from kkd_desktop.cli.german import Command
from kkd_desktop.cli.options import as_json, with_context
from kkd_desktop.cli.outcomes import entry_plain
from kkd_desktop.cli.output import show, show_json, table
from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.explanation import distance_text
from kkd_desktop.domain.outcome import STATE_TEXTS
from kkd_desktop.domain.search_form import parts_of, said_openly
from kkd_desktop.domain.search_parser import possible
from kkd_desktop.domain.search_query import written
from kkd_desktop.domain.worklist import Entry

# What begins with a minus may be a part of the query, as -profil:z: so there is no option of one
# letter, which would be looked for in it.
_SETTINGS = {"ignore_unknown_options": True, "help_option_names": ["--help"]}


@click.command(cls=Command, context_settings=_SETTINGS)
@with_context
@click.argument("query", nargs=-1, metavar="[SUCHE]")
@click.option("--save", "save", metavar="NAME", help="Die Suche unter diesem Namen speichern.")
@click.option("--forget", "forget", metavar="NAME", help="Eine gespeicherte Suche löschen.")
@click.option("--list", "listing", is_flag=True, help="Gespeicherte Suchen mit ihrer Zahl.")
@click.option("--fields", "fields", is_flag=True, help="Was sich suchen lässt.")
@click.option(
    "--output",
    "output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="DATEI",
    help="Die Gefundenen als Liste (.pdf) oder Tabelle (.xlsx, .csv) schreiben.",
)
@as_json
def search(
    context: Context,
    query: tuple[str, ...],
    save: str | None,
    forget: str | None,
    listing: bool,
    fields: bool,
    output: Path | None,
    as_json: bool,
) -> int:
    """Wer passt? Zum Beispiel: profil:foerder kein-kontakt>60t ohne:termin

    In einem Terminal steht die Suche in Anführungszeichen, weil > und ( dort anderes heißen.
    Mit @NAME läuft eine gespeicherte Suche. Niemand gefunden: Rückgabewert 1.
    """
    line = " ".join(query)
    if unknown := next((word for word in query if word.startswith("--")), None):
        raise UserError(f"{unknown}: diese Option gibt es nicht. Hilfe: kkd search --help")
    if sum(map(bool, (line, forget, listing, fields))) > 1:
        raise UserError("Bitte entweder eine Suche, --list, --fields oder --forget.")
    if forget:
        searches.forget(context, forget)
        return 0
    if fields:
        return _show_fields(context, as_json)
    if listing:
        return _show_saved(searches.saved(context), as_json)
    if not line:
        raise UserError("Es fehlt, was gesucht wird; --fields zeigt, was möglich ist.")
    if save is not None:
        searches.save(context, save, searches.resolved(context, line))
    found = searches.run(context, line)
    if output is not None:
        _write(context, found, output)
    return _show_found(found, as_json)


def _write(context: Context, found: Found, path: Path) -> None:
    ids = [entry.client.id for entry in found.entries]
    require_ending(path, ".pdf", ".xlsx", ".csv")
    if path.suffix.lower() != ".pdf":
        table_export.export(context, path, only=ids)
        click.echo(table_export.NOT_ENCRYPTED, err=True)
        return
    said = said_openly(parts_of(found.query), searches.vocabulary(context))
    pdf = exports.people_list(context, ids, said, context.settings.privacy)
    exports.write_pdf(path, pdf)


def _show_found(found: Found, as_json: bool) -> int:
    if as_json:
        clients = [entry_plain(entry) for entry in found.entries]
        asked = {"query": written(found.query), "found": len(clients), "total": found.total}
        show_json({**asked, "clients": clients})
    else:
        show(table([_row(entry) for entry in found.entries]))
        show([f"{len(found.entries)} von {found.total}"])
    return 0 if found.entries else 1


def _show_saved(found: tuple[SavedSearch, ...], as_json: bool) -> int:
    if as_json:
        show_json(found)
    else:
        rows = [
            (each.name, "–" if each.count is None else str(each.count), each.fault or each.query)
            for each in found
        ]
        show(table(rows, right={1}) or ["Es ist noch keine Suche gespeichert."])
    return 0


def _show_fields(context: Context, as_json: bool) -> int:
    known = searches.vocabulary(context).fields.values()
    if as_json:
        show_json([{"id": x.id, "label": x.label, "possible": possible(x)} for x in known])
    else:
        show(table([(each.id, each.label, possible(each)) for each in known]))
    return 0


def _row(entry: Entry) -> tuple[str, ...]:
    last = entry.outcome.deciding.last
    return (
        entry.client.mark,
        entry.client.name,
        texts.day(last) if last else "noch nie",
        STATE_TEXTS[entry.outcome.state],
        distance_text(entry.outcome.deciding, entry.outcome.today),
        f"Termin {texts.moment(entry.appointment.start)}" if entry.appointment else "",
    )
