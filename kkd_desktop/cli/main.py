"""The `kkd` command: every action without a window, for terminals, scripts and tests.

Exit codes: 0 done, 1 "no" (something is not in order), 2 input that cannot be used. Faults are one
German sentence on stderr.
"""

import errno
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from kkd_desktop import __version__
from kkd_desktop.cli.german import Group, complaint
from kkd_desktop.domain.errors import UserError
from kkd_desktop.process import protect

_TAKES_NOTHING = (errno.ENOSPC, errno.EDQUOT, errno.EIO)
UNUSABLE = 2
INTERRUPTED = 130


class LazyGroup(Group):
    """Commands by name, each module imported only when its command is called."""

    def __init__(
        self, *args: object, modules: dict[str, str] | None = None, **rest: object
    ) -> None:
        super().__init__(*args, **rest)  # type: ignore[arg-type]
        self._modules = modules or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        place = self._modules.get(cmd_name)
        if place is None:
            return None
        from importlib import import_module

        module, _, name = place.partition(":")
        found = getattr(import_module(f"kkd_desktop.cli.{module}"), name or cmd_name)
        assert isinstance(found, click.Command)
        return found

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # `kkd due | head`: nobody reads on, which is no fault. Click itself would end with 1.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0


@click.group(
    cls=LazyGroup,
    modules={
        "about": "about",
        "appointments": "appointments",
        "backup": "backups",
        "batch": "batch",
        "busy": "busy",
        "caldav": "caldav:caldav_group",
        "capacity": "capacity",
        "clients": "clients",
        "contacts": "contacts",
        "demo": "stores",
        "due": "due",
        "evaluate": "questions",
        "export": "tables:export_tables",
        "feasibility": "caseload",
        "history": "history:show_history",
        "ics": "exports",
        "import": "tables:import_table",
        "init": "stores",
        "letters": "letters:letters_group",
        "list": "exports:invitation_list",
        "passphrase": "passphrase:change",
        "plan": "planning",
        "policies": "policies",
        "parcel": "parcel",
        "quota": "caseload",
        "report": "report",
        "restore": "backups",
        "retention": "retention",
        "search": "search",
        "settings": "settings",
        "suggest": "due",
        "verify": "stores",
    },
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--demo", "demo", is_flag=True, help="Fenster mit einem erfundenen Fallbestand öffnen."
)
@click.version_option(__version__, prog_name="kkd", message="%(prog)s %(version)s")
@click.option("--store", type=click.Path(), help="Datei des Fallbestands, der sich öffnet.")
@click.option("--passphrase-file", type=click.Path(), help="Datei mit der Passphrase.")
@click.option("--as-of", metavar="TAG", help="Stichtag statt heute (TT.MM.JJJJ oder JJJJ-MM-TT).")
@click.pass_context
def kkd(ctx: click.Context, /, demo: bool, **options: str | None) -> None:
    """Kundenkontaktdichte: wen als Nächstes sprechen, und welcher Satz des Konzepts das sagt.

    Ohne Befehl öffnet sich das Fenster.
    """
    if demo and ctx.invoked_subcommand is not None:
        raise UserError("--demo öffnet das Fenster und gehört zu keinem Befehl.")
    if ctx.invoked_subcommand is None:
        from kkd_desktop.gui import app

        given = [f"--{name.replace('_', '-')}={value}" for name, value in options.items() if value]
        ctx.exit(app.run(["--demo", *given] if demo else given))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; the console script."""
    protect()
    for stream in (sys.stdout, sys.stderr):
        # A German text must come out whole where the locale names no encoding.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        result = kkd.main(
            args=None if arguments is None else list(arguments),
            prog_name="kkd",
            standalone_mode=False,
        )
    except (click.Abort, KeyboardInterrupt):
        sys.exit(INTERRUPTED)
    except click.UsageError as fault:
        _refuse(complaint(fault))
    except click.ClickException as fault:
        _refuse(fault.format_message())
    except UserError as fault:
        _refuse(str(fault))
    except OSError as fault:
        if fault.filename is not None or fault.errno not in _TAKES_NOTHING:
            raise
        _let_go_of_answers()
        _refuse(
            "Die Antwort ließ sich nicht ausgeben, der Datenträger ist voll oder gestört. "
            "Was der Befehl gespeichert hat, ist gespeichert."
        )
    sys.exit(result if isinstance(result, int) else 0)


def _let_go_of_answers() -> None:
    """What waits to be written would fail once more at the end, with a code of its own."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _refuse(sentence: str) -> None:
    click.echo(sentence, err=True)
    sys.exit(UNUSABLE)


if __name__ == "__main__":
    main()
