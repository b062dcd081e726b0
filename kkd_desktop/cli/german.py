"""How does click speak German? Help texts and its own complaints, for all commands."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import click

_TITLES = {"Options": "Optionen", "Commands": "Befehle", "Positional arguments": "Angaben"}
_SENTENCES = {
    "Show this message and exit.": "Diese Hilfe zeigen.",
    "Show the version and exit.": "Die Version zeigen.",
}
_WORDS = {
    "INTEGER RANGE": "ZAHL",
    "INTEGER": "ZAHL",
    "PATH": "PFAD",
    "FILE": "DATEI",
    "DIRECTORY": "ORDNER",
    "[OPTIONS]": "[OPTIONEN]",
    "COMMAND": "BEFEHL",
    "[ARGS]...": "[ANGABEN]…",
}
_NOTES = {"default: ": "Vorgabe: ", "required]": "nötig]"}
_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)", re.DOTALL)
"""Click has no class of its own for it."""


class Formatter(click.HelpFormatter):
    """Writes what click puts together; only click's own words are exchanged."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, _exchanged(args, _WORDS), prefix or "Aufruf: ")

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        with super().section(_TITLES.get(name, name)):
            yield

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        german = [
            (_exchanged(term, _WORDS), _SENTENCES.get(text) or _noted(text)) for term, text in rows
        ]
        super().write_dl(german, col_max, col_spacing)


class Context(click.Context):
    formatter_class = Formatter


class Command(click.Command):
    context_class = Context


class Group(click.Group):
    context_class = Context
    command_class = Command


def complaint(fault: click.UsageError) -> str:
    """Click's own complaints; help stays one `--help` away."""
    command = fault.ctx.command_path if fault.ctx else "kkd"
    return f"{_fault(fault)} Hilfe: {command} --help"


def _fault(fault: click.UsageError) -> str:
    if isinstance(fault, click.NoSuchOption):
        return f"{fault.option_name}: diese Option gibt es nicht.{_nearest(fault.possibilities)}"
    if isinstance(fault, click.exceptions.NoSuchCommand):
        return f"{fault.command_name}: diesen Befehl gibt es nicht.{_nearest(_commands(fault))}"
    if isinstance(fault, click.BadOptionUsage):
        return f"{fault.option_name}: hier fehlt ein Wert."
    if isinstance(fault, click.BadParameter):
        name = "" if fault.param is None else _name(fault.param)
        if isinstance(fault, click.MissingParameter):
            return f"{name}: diese Angabe fehlt."
        return f"{name}: {_expected(fault.param)}"
    if extra := _EXTRA.fullmatch(fault.message):
        return f"{extra[1]}: das gehört nicht zu diesem Befehl."
    if fault.ctx is not None and isinstance(fault.ctx.command, click.Group):
        return f"Hier fehlt ein Befehl ({', '.join(fault.ctx.command.list_commands(fault.ctx))})."
    return "Dieser Aufruf ist nicht vollständig oder enthält Unbekanntes."


def _name(param: click.Parameter) -> str:
    """What the help calls it: an argument by its place, `DATEI`, or by what is possible there, and
    not by our name for it.
    """
    if isinstance(param, click.Argument) and param.metavar is not None:
        return param.metavar.strip("[].…")
    if isinstance(param, click.Argument) and isinstance(param.type, click.Choice):
        return "{" + "|".join(param.type.choices) + "}"
    return param.opts[0]


def _commands(fault: click.exceptions.NoSuchCommand) -> list[str]:
    """Click itself knows no neighbours of commands that are loaded on demand."""
    from difflib import get_close_matches

    if fault.ctx is None or not isinstance(fault.ctx.command, click.Group):
        return []
    return get_close_matches(fault.command_name, fault.ctx.command.list_commands(fault.ctx))


def _expected(param: click.Parameter | None) -> str:
    kind = None if param is None else param.type
    if isinstance(kind, click.IntRange):
        if kind.max is None:
            return f"hier wird eine ganze Zahl ab {kind.min} erwartet."
        return f"hier wird eine ganze Zahl von {kind.min} bis {kind.max} erwartet."
    if isinstance(kind, click.Choice):
        return f"der Wert ist unbekannt (möglich: {', '.join(map(str, kind.choices))})."
    if isinstance(kind, click.Path):
        wanted = "eine lesbare Datei" if kind.file_okay else "ein Ordner"
        return f"hier wird {wanted} erwartet."
    if kind is click.INT:
        return "hier wird eine ganze Zahl erwartet."
    return "der Wert ist nicht verwendbar."


def _nearest(names: Sequence[str] | None) -> str:
    return f" Gemeint ist wohl {names[0]}." if names else ""


def _exchanged(text: str, words: dict[str, str]) -> str:
    for english, german in words.items():
        text = text.replace(english, german)
    return text


def _noted(text: str) -> str:
    """Click's notes stand in brackets at the end: `[default: 45; required]`."""
    return re.sub(r"\[[^\[\]]*\]$", lambda note: _exchanged(note[0], _NOTES), text)
