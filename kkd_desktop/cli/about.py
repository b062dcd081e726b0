"""`kkd about`: which parts the program stands on, and their licences."""

import click

from kkd_desktop import __version__
from kkd_desktop.actions import parts
from kkd_desktop.cli.german import Command
from kkd_desktop.cli.options import as_json
from kkd_desktop.cli.output import show, show_json, table


@click.command(cls=Command)
@click.option("--notices", is_flag=True, help="Alle Lizenztexte, zum Weitergeben.")
@as_json
def about(notices: bool, as_json: bool) -> None:
    """Version, Teile und Lizenzen dieser Installation."""
    if notices:
        show([parts.notices()])
        return
    found = parts.parts()
    if as_json:
        keys = ("name", "version", "inside", "licence", "home")
        show_json([{key: getattr(part, key) for key in keys} for part in found])
        return
    show([f"KKD Desktop {__version__}, MIT-Lizenz. Teile dieser Installation:"])
    show(table([(part.name, parts.version_text(part), part.licence) for part in found[1:]]))
