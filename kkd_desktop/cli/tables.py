"""`kkd import` and `kkd export`: tables of people in and out."""

from collections import Counter
from pathlib import Path

import click

from kkd_desktop.actions import imports, table_export
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.requests import choice
from kkd_desktop.cli.german import Command
from kkd_desktop.cli.options import as_json, with_context
from kkd_desktop.cli.output import show, show_json
from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.table import DELIMITERS, SHEET_TITLES, TableForm
from kkd_desktop.domain.table_plan import STATE_TEXTS, ImportPlan, RowState, Twins

_MOST_FAULTS = 50
_SIGNS = {"tab": "\t", "\\t": "\t", "komma": ",", "semikolon": ";"}


@click.command("import", cls=Command)
@with_context
@click.argument("file", metavar="DATEI", type=click.Path(path_type=Path))
@click.option(
    "--map", "map_file", type=click.Path(path_type=Path), help='TOML: "Spalte" = "Bedeutung".'
)
@click.option("--dry-run", is_flag=True, help="Nur sagen, was sich ändern würde.")
@click.option("--encoding", default="", help="Zeichensatz, wo er nicht UTF-8 ist: cp1252.")
@click.option("--delimiter", default="", help="Trennzeichen: ; , | oder tab.")
@click.option("--sheet", default="", help="Blatt einer XLSX-Datei (sonst das erste).")
@click.option(
    "--twins",
    default=Twins.SKIP.value,
    show_default=True,
    help="Gleicher Name und gleiches Geburtsdatum: skip, new oder merge.",
)
@click.option("--skip-refused", is_flag=True, help="Übernehmen, auch wo Zeilen abgelehnt sind.")
@as_json
def import_table(
    context: Context,
    file: Path,
    map_file: Path | None,
    dry_run: bool,
    encoding: str,
    delimiter: str,
    sheet: str,
    twins: str,
    skip_refused: bool,
    as_json: bool,
) -> int:
    """Personen aus CSV oder XLSX übernehmen: alles in einem Schritt oder nichts."""
    form = TableForm(encoding, _SIGNS.get(delimiter.casefold(), delimiter), sheet)
    tables = [imports.mapped(context, each) for each in imports.read(file, form)]
    if map_file is not None:
        tables[0] = imports.with_map_file(tables[0], map_file)
    planned = imports.plan(context, tables, choice(Twins, twins, "--twins"))
    refused = planned.of(RowState.REFUSED)
    writes = planned.writes and not dry_run and (skip_refused or not refused)
    if writes:
        imports.remember(context, tables)
        # Remembering is a change too.
        planned = imports.plan(context, tables, choice(Twins, twins, "--twins"))
    result = imports.accept(context, planned) if writes else None
    if as_json:
        show_json(_plain(planned, tables, written=result is not None))
    else:
        show(_lines(planned, tables))
        if result is not None:
            show([f"Übernommen: {imports.counted(result)}."])
        elif not planned.writes:
            show(["Nichts zu übernehmen."])
    if refused and not dry_run and not skip_refused:
        raise UserError("\n".join([*_sentences(planned), "Es wurde nichts gespeichert."]))
    for sentence in _sentences(planned):
        click.echo(sentence, err=True)
    return 1 if refused or planned.of(RowState.TWIN) else 0


@click.command("export", cls=Command)
@with_context
@click.option(
    "-o",
    "--output",
    "path",
    type=click.Path(path_type=Path),
    required=True,
    help="Ziel: .xlsx mit drei Blättern, oder .csv (drei Dateien).",
)
def export_tables(context: Context, path: Path) -> None:
    """Den ganzen Bestand als Tabellen schreiben, unverschlüsselt."""
    written = table_export.export(context, path)
    show(
        [
            ", ".join(
                (
                    texts.counted(written.people, "Person", "Personen"),
                    texts.counted(written.contacts, "Kontakt", "Kontakte"),
                    texts.counted(written.appointments, "Termin", "Termine"),
                )
            ),
            *map(str, written.paths),
            table_export.NOT_ENCRYPTED,
        ]
    )


def _lines(planned: ImportPlan, tables: list[imports.MappedTable]) -> list[str]:
    lines = [_form_line(tables[0])]
    for kind in planned.kinds:
        lines.append(f"{SHEET_TITLES[kind]}: {_counts(planned.counts(kind))}")
    if planned.unused:
        lines.append(f"Nicht übernommene Spalten: {', '.join(planned.unused)}")
    for row in planned.of(RowState.TWIN)[:_MOST_FAULTS]:
        lines.append(f"Zeile {row.line}: möglicherweise doppelt. {row.remark}")
    return lines


def _form_line(found: imports.MappedTable) -> str:
    table = found.table
    if table.is_spreadsheet:
        return f"{table.file}: Blatt „{table.form.sheet}“"
    sign = DELIMITERS.get(table.form.delimiter, table.form.delimiter)
    return f"{table.file}: {table.form.encoding}, getrennt durch {sign}"


def _counts(counts: Counter[RowState]) -> str:
    return ", ".join(
        f"{texts.whole(counts[state])} {STATE_TEXTS[state]}" for state in RowState if counts[state]
    )


def _sentences(planned: ImportPlan) -> list[str]:
    told = planned.sentences()
    if len(told) <= _MOST_FAULTS:
        return told
    more = texts.whole(len(told) - _MOST_FAULTS)
    return [*told[:_MOST_FAULTS], f"… und {more} weitere."]


def _plain(
    planned: ImportPlan, tables: list[imports.MappedTable], *, written: bool
) -> dict[str, object]:
    return {
        "written": written,
        "counts": {
            kind: {state: planned.counts(kind)[state] for state in RowState}
            for kind in planned.kinds
        },
        "mapping": {
            heading: column or None
            for heading, column in zip(tables[0].table.header, tables[0].mapping, strict=True)
        },
        "refused": list(planned.faults()),
        "twins": [{"line": row.line, "remark": row.remark} for row in planned.of(RowState.TWIN)],
        "changed": [
            {"line": row.line, "changes": row.changes} for row in planned.of(RowState.CHANGED)
        ],
    }
