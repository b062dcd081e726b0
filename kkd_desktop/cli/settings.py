"""`kkd settings`: read and change what the window shows under Einstellungen."""

import click

from kkd_desktop.actions.context import Context
from kkd_desktop.actions.settings_file import change_plain_settings, plain_settings
from kkd_desktop.cli.german import Group
from kkd_desktop.cli.options import with_context
from kkd_desktop.cli.output import show_json
from kkd_desktop.cli.questions import read_json


@click.group(cls=Group)
def settings() -> None:
    """Einstellungen: Jobcenter, Räume, Arbeitszeit, freie Tage, Vorlauf der Post."""


@settings.command("show")
@with_context
@click.option("--json", "as_json", is_flag=True, hidden=True, help="Die Antwort ist immer JSON.")
def show_settings(context: Context, as_json: bool) -> None:
    """Die Einstellungen als JSON zeigen."""
    show_json(plain_settings(context))


@settings.command("set")
@with_context
@click.argument("file", default="-", metavar="[DATEI|-]")
def set_settings(context: Context, file: str) -> None:
    """Ändern, was die JSON-Datei nennt, in der Form von „show“; alles andere bleibt."""
    change_plain_settings(context, read_json(file))
