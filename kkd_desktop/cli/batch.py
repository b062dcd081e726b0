"""`kkd batch`: one action per line, each acknowledged once it is on the disk."""

import sys
from collections.abc import Iterator
from typing import IO

import click

from kkd_desktop.actions.batch import ACTIONS, Batch, mark_of
from kkd_desktop.actions.context import Context
from kkd_desktop.cli.german import Command
from kkd_desktop.cli.options import with_context
from kkd_desktop.cli.questions import parse_json
from kkd_desktop.domain.errors import UserError

LONGEST_LINE = 1_000_000
_LONGEST_REASON = 600


def _help() -> str:
    """The text of `--help`; what a line may ask for comes from the table itself."""
    lines = (
        f"{name}: {', '.join((*action.required, *(f'[{key}]' for key in action.optional)))}"
        for name, action in ACTIONS.items()
    )
    actions = "\n\n".join(line.removesuffix(": ") for line in lines)
    return _TEXT.format(kilobytes=LONGEST_LINE // 1000, actions=actions)


_TEXT = """
Aktionen aus der Eingabe ausführen, je Zeile ein JSON-Objekt mit „do“.

Nach jeder Aktion kommt „ACK NAME“, sobald sie auf dem Datenträger ist, oder „NACK NAME GRUND“; dann
ist von ihr nichts gespeichert, und die übrigen Zeilen gehen weiter. NAME ist „id“ der Zeile, sonst
ihre Nummer. Jede Aktion ist ein Schritt, der sich zurücknehmen lässt, außer client.delete. Der
Rückgabewert ist 1, wenn eine Zeile nicht ging.

„client“ ist Kundennummer oder Kürzel, „appointment“ die Nummer eines Termins oder die „id“ der
Zeile, die ihn vereinbart hat. Tage: JJJJ-MM-TT, Zeitpunkte: JJJJ-MM-TTTHH:MM. Eine Zeile hat
höchstens {kilobytes} kB in UTF-8; die Passphrase kommt nicht aus der Eingabe.

Aktionen und ihre Schlüssel (in Klammern: nicht nötig):

{actions}
"""


@click.command(cls=Command, help=_help())
@with_context
def batch(context: Context) -> int:
    work, refused = Batch(context), False
    for number, raw in _lines(sys.stdin.buffer):
        mark = str(number)
        try:
            asked = _asked(raw)
            mark = mark_of(asked) or mark
            work.perform(asked, mark)
        except UserError as fault:
            refused = True
            click.echo(f"NACK {mark} Zeile {number}: {_on_one_line(str(fault))}")
        else:
            click.echo(f"ACK {mark}")
    if work.cleaning is not None:
        work.cleaning()
    return int(refused)


def _lines(source: IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Lines with their numbers, as they come in; None for one that is too long, nothing for an
    empty one.
    """
    number = 0
    while raw := source.readline(LONGEST_LINE + 1):
        number += 1
        whole = len(raw) <= LONGEST_LINE
        while not raw.endswith(b"\n") and (rest := source.readline(LONGEST_LINE)):
            raw, whole = rest, False
        if not whole or raw.strip():
            yield number, raw if whole else None


def _asked(raw: bytes | None) -> object:
    if raw is None:
        raise UserError(f"die Zeile ist länger als {LONGEST_LINE // 1000} kB.")
    return parse_json(raw, "Eingabe", one_line=True)


def _on_one_line(reason: str) -> str:
    """What came in may be quoted in it: line ends, control characters, a whole novel."""
    plain = "".join(sign if sign.isprintable() else " " for sign in reason)
    short = " ".join(plain.split())
    return short if len(short) <= _LONGEST_REASON else f"{short[:_LONGEST_REASON]} …"
