"""What is wrong with a policy file, and where exactly?"""

from collections.abc import Sequence
from pathlib import Path

from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said
from kkd_desktop.domain.values import Value

KeyPath = tuple[str | int, ...]
"""Where a value stands: names of keys, and for arrays the index from 0."""


class Fault(Value, frozen=True):
    """One fault. `key` counts tables as people do: `rule[1]` is the first."""

    path: Path
    line: int | None
    key: str
    message: str
    folder: str = ""
    """Named where a file of the same name may lie elsewhere, as for the office's own policies."""

    def __str__(self) -> str:
        line = said("Zeile {number}").format(number=self.line) if self.line else ""
        name = f"{self.folder}/{self.path.name}" if self.folder else self.path.name
        return f"{', '.join(filter(None, (name, line, self.key)))}: {self.message}"


class PolicyFileError(UserError):
    """A file that cannot be used; `faults` holds everything found, the text the first of them.

    `note` is a sentence about the file itself.
    """

    def __init__(self, faults: Sequence[Fault], note: str = "") -> None:
        self.faults = tuple(faults)
        more = len(self.faults) - 1
        rest = ""
        if more == 1:
            rest = said(" (und 1 weiterer Fehler)")
        elif more:
            rest = said(" (und {more} weitere Fehler)").format(more=more)
        super().__init__(f"{self.faults[0]}{rest}{note and f' {note}'}")


def dotted(key_path: KeyPath) -> str:
    """`rule[3].within.months` for the third rule."""
    text = ""
    for part in key_path:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            text += f".{part}" if text else part
    return text
