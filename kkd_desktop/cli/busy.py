"""`kkd busy`: times that other calendars take."""

from pathlib import Path

import click

from kkd_desktop.actions import busy as actions
from kkd_desktop.actions.busy import SourceState
from kkd_desktop.actions.context import Context
from kkd_desktop.cli.german import Group
from kkd_desktop.cli.options import as_json, id_option, with_context
from kkd_desktop.cli.output import show, show_json, table
from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError


@click.group(cls=Group)
def busy() -> None:
    """Fremde Termine: Zeiten, die andere Kalender belegen."""


def titles_option(command: click.decorators.FC) -> click.decorators.FC:
    return click.option(
        "--titles",
        is_flag=True,
        help="Auch Titel speichern. Sie können Sozialdaten anderer enthalten.",
    )(command)


place = click.argument("place", metavar="PFAD", type=click.Path(path_type=Path))


@busy.command("import")
@with_context
@place
@titles_option
def import_file(context: Context, place: Path, titles: bool) -> None:
    """Eine Kalenderdatei (.ics) oder einen Ordner einmal lesen."""
    _tell(actions.import_once(context, place, has_titles=titles))


@busy.command()
@with_context
@place
@titles_option
def watch(context: Context, place: Path, titles: bool) -> None:
    """Datei oder Ordner lesen; das Fenster liest sie bei jeder Änderung neu."""
    source = actions.source_at(place, watched=True, has_titles=titles)
    _tell(actions.add_source(context, source))


@busy.command()
@with_context
def refresh(context: Context) -> None:
    """Alle aufgenommenen Kalender jetzt noch einmal lesen."""
    faults = []
    for state in actions.sources(context):
        assert state.source.id is not None, "a listed source is a stored one"
        try:
            _tell(actions.refresh(context, state.source.id))
        except UserError as fault:
            faults.append(str(fault))
    if faults:
        raise UserError("\n".join(faults))


@busy.command("list")
@with_context
@as_json
def list_sources(context: Context, as_json: bool) -> None:
    """Die aufgenommenen Kalender mit der Zahl ihrer Zeiten."""
    states = actions.sources(context)
    if as_json:
        show_json(
            [
                {
                    "id": state.source.id,
                    "place": state.source.place,
                    "watched": state.source.watched,
                    "titles": state.source.has_titles,
                    "times": state.number,
                    "read_at": state.read_at,
                    "fault": (state.reading.fault if state.reading else "") or None,
                }
                for state in states
            ]
        )
        return
    show(table([_row(state) for state in states], right={0}) or ["Keine fremden Termine."])


@busy.command()
@with_context
@id_option("source_id", "Kalender", "Nummer des Kalenders (kkd busy list).")
def remove(context: Context, source_id: int) -> None:
    """Die Zeiten eines Kalenders nicht mehr zählen."""
    removed = actions.remove_source(context, source_id)
    show([f"Entfernt: {removed.place}"])


def _row(state: SourceState) -> tuple[str, ...]:
    source, fault = state.source, state.reading.fault if state.reading else ""
    return (
        str(source.id),
        _times(state),
        "beobachtet" if source.watched else "einmalig",
        "gelesen " + texts.moment(state.read_at) if state.read_at else "nicht gelesen",
        source.place + (f"  {fault}" if fault else ""),
    )


def _tell(state: SourceState) -> None:
    """What was read, and what is special about it."""
    show([f"{_times(state)} aus {state.source.place}"])
    if state.reading is not None and state.reading.note:
        show(state.reading.note.splitlines())


def _times(state: SourceState) -> str:
    return texts.counted(state.number, "Zeit", "Zeiten")
