"""`kkd evaluate`: questions and answers as JSON."""

import json
import sys
from collections import Counter
from datetime import date
from typing import Any

import click

from kkd_desktop.actions.context import delivery_fictions
from kkd_desktop.actions.evaluate import Evaluator
from kkd_desktop.actions.policies import open_shelf
from kkd_desktop.cli.german import Command
from kkd_desktop.cli.options import as_of, this_day
from kkd_desktop.domain.errors import UserError

_MOST_BYTES = 200_000_000


@click.command(cls=Command)
@click.argument("file", default="-", metavar="[DATEI|-]")
@as_of
@click.option("--json", "as_json", is_flag=True, hidden=True, help="Die Antwort ist immer JSON.")
def evaluate(file: str, as_of: date | None, as_json: bool) -> None:
    """Fragen als JSON beantworten: was ist fällig, was zählt, und warum?"""
    question = read_json(file)
    today = as_of or this_day()
    answer = Evaluator(open_shelf(), delivery_fictions(), today).answer(question)
    json.dump(answer, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def read_json(file: str) -> Any:
    """The JSON of a file or of stdin (`-`); `UserError` where it is none."""
    name = "Eingabe" if file == "-" else file
    try:
        if file == "-":
            raw = sys.stdin.buffer.read(_MOST_BYTES)
        else:
            with open(file, "rb") as source:
                raw = source.read(_MOST_BYTES)
    except OSError:
        raise UserError(f"{name}: die Datei ist nicht lesbar.") from None
    return parse_json(raw, name)


def parse_json(raw: bytes, name: str, *, one_line: bool = False) -> Any:
    """The JSON of some bytes; `name` is what the user calls the place where they stand."""
    try:
        return json.loads(
            raw.decode("utf-8-sig"),
            parse_constant=_refuse_constant,
            object_pairs_hook=_without_doubles,
        )
    except UnicodeDecodeError:
        raise UserError(f"{name}: der Text ist nicht in UTF-8.") from None
    except json.JSONDecodeError as fault:
        line = "" if one_line else f"Zeile {fault.lineno}, "
        raise UserError(f"{name}: kein gültiges JSON in {line}Spalte {fault.colno}.") from None
    except ValueError:
        # Python refuses to read integers of thousands of digits.
        raise UserError(f"{name}: eine Zahl im JSON ist zu lang.") from None
    except RecursionError:
        raise UserError(f"{name}: das JSON ist zu tief verschachtelt.") from None


def _refuse_constant(name: str) -> Any:
    raise UserError(f"Eingabe: {name} ist keine Zahl, mit der sich rechnen lässt.")


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; where a key stands twice, which of the two is meant cannot be known."""
    found = dict(pairs)
    if len(found) < len(pairs):
        doubled = next(key for key, number in Counter(k for k, _ in pairs).items() if number > 1)
        raise UserError(f"{doubled}: dieser Schlüssel steht mehrmals im selben Objekt.")
    return found
