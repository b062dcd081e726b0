"""Options that many commands share, and how a command opens the store."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from functools import update_wrapper
from getpass import getpass
from pathlib import Path
from typing import Any

import click

from kkd_desktop import paths
from kkd_desktop.actions import stores
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.live_calendar import LiveCalendar
from kkd_desktop.actions.requests import day
from kkd_desktop.actions.secrets import Passphrase, given_passphrase
from kkd_desktop.domain.errors import NoSuchEntry, UserError


def clock_time(text: str, option: str) -> time:
    """A time of day; `option` is named where it is none."""
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise UserError(f"{option}: „{text}“ ist keine Uhrzeit (HH:MM).") from None


class Day(click.ParamType[date]):
    """A day as JJJJ-MM-TT or TT.MM.JJJJ."""

    name = "TAG"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        if isinstance(value, date):
            return value
        text = str(value)
        parts = text.split(".")
        if len(parts) == 3 and len(parts[2]) == 4:
            text = f"{parts[2]}-{parts[1]:0>2}-{parts[0]:0>2}"
        name = getattr(param, "opts", ["Tag"])[0]
        try:
            date.fromisoformat(text)
        except ValueError:
            raise UserError(
                f"{name}: „{value}“ ist kein Tag (TT.MM.JJJJ oder JJJJ-MM-TT)."
            ) from None
        return day(text, name)


DAY = Day()


def _said_before(name: str) -> Callable[[], Any]:
    """What stood before the command, as in `kkd --store DATEI due`."""

    def found() -> Any:
        above = click.get_current_context().parent
        while above is not None and above.params.get(name) is None:
            above = above.parent
        return None if above is None else above.params[name]

    return found


def as_of(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--as-of",
        type=DAY,
        default=_said_before("as_of"),
        help="Stichtag statt heute (TT.MM.JJJJ oder JJJJ-MM-TT).",
    )(command)


def as_json(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--json", "as_json", is_flag=True, help="Antwort als JSON.")(command)


def client_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--client", "client", required=True, metavar="K", help="Kundennummer oder eigenes Kürzel."
    )(command)


def id_option(name: str, noun: str, help_text: str) -> Callable[[Any], Any]:
    """`--id`, handed on as `name`; where there is no such entry, the fault says which was asked."""

    def with_id(command: Callable[..., Any]) -> Callable[..., Any]:
        def named(context: Context, **given: Any) -> Any:
            with naming("--id", noun, given[name]):
                return command(context, **given)

        option = click.option("--id", name, type=int, required=True, help=help_text)
        return option(update_wrapper(named, command))

    return with_id


@contextmanager
def naming(option: str, noun: str, number: int) -> Iterator[None]:
    try:
        yield
    except NoSuchEntry:
        raise UserError(f"{option}: {noun} {number} gibt es nicht.") from None


def store_file(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--store` and `--passphrase-file`, for commands that open or create a store."""
    command = click.option(
        "--passphrase-file",
        type=click.Path(path_type=Path, dir_okay=False),
        default=_said_before("passphrase_file"),
        help="Datei mit der Passphrase (sonst KKD_PASSPHRASE oder Eingabe).",
    )(command)
    return click.option(
        "--store",
        "store",
        type=click.Path(path_type=Path),
        default=_said_before("store"),
        help="Datei des Fallbestands.",
    )(command)


def with_context(command: Callable[..., Any]) -> Callable[..., Any]:
    """Open the store and hand the command a Context as its first argument."""

    def opened(
        store: Path | None, passphrase_file: Path | None, as_of: date | None, **rest: Any
    ) -> Any:
        with opened_context(store, passphrase_file, as_of) as context:
            return command(context, **rest)

    return store_file(as_of(update_wrapper(opened, command)))


@contextmanager
def opened_context(
    store: Path | None, passphrase_file: Path | None, on: date | None
) -> Iterator[Context]:
    path, today = store or default_store(), on or this_day()
    with stores.open_caseload(path, passphrase(passphrase_file), today) as context:
        live = LiveCalendar(context)
        yield context
        if context.store.has_written():
            _follow(live)


def _follow(live: LiveCalendar) -> None:
    """Bring the live calendar file up to date. Where it cannot be, the command is done all the
    same.
    """
    try:
        # Looked at once more after writing: another process may have stored something meanwhile
        # and written its file before this one.
        while (work := live.due()) is not None:
            work()
    except UserError as fault:
        click.echo(str(fault), err=True)


def this_day() -> date:
    """The day on this computer's clock: the one place where the command line asks for it."""
    return datetime.now().date()  # noqa: DTZ005


def default_store() -> Path:
    return paths.user_data() / "fallbestand.kkd"


def passphrase(file: Path | None) -> Passphrase:
    """The passphrase from a file, the environment or the prompt; never from an argument."""
    return given_passphrase(file) or asked()


def new_passphrase(file: Path | None) -> Passphrase:
    """A passphrase for a new store: typed twice where it is typed."""
    given = given_passphrase(file, "KKD_NEW_PASSPHRASE", "KKD_PASSPHRASE")
    return given or typed_twice()


def typed_twice() -> Passphrase:
    """A new passphrase from the prompt."""
    how = "KKD_NEW_PASSPHRASE"
    first = asked("Neue Passphrase: ", how)
    if first != asked("Noch einmal: ", how):
        raise UserError("Die beiden Eingaben der Passphrase sind nicht gleich.")
    return first


def confirmed(question: str, otherwise: str) -> bool:
    """Whether the answer is yes; `otherwise` says how to do without one where nobody answers."""
    click.echo(f"{question} [j/N] ", nl=False)
    answer = sys.stdin.readline()
    if not answer:
        click.echo()
        raise UserError(otherwise)
    return answer.strip().casefold() in ("j", "ja")


def asked(
    prompt: str = "Passphrase: ", how: str = "--passphrase-file oder KKD_PASSPHRASE"
) -> Passphrase:
    """One from the prompt; where there is none, `how` says how else to give it."""
    if not sys.stdin.isatty():
        name = prompt.removesuffix(": ")
        raise UserError(f"{name}: bitte über {how} angeben (hier ist keine Eingabe möglich).")
    return Passphrase(getpass(prompt))
