"""How do answers look in a terminal, and as JSON?"""

import json
from collections.abc import Container, Sequence
from datetime import date, datetime, time
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from kkd_desktop.domain.client import Client
from kkd_desktop.domain.values import Value, field_names


def show(lines: Sequence[str]) -> None:
    for line in lines:
        click.echo(line)


def show_json(value: Any) -> None:
    click.echo(json.dumps(plain(value), ensure_ascii=False, indent=1))


def client_plain(client: Client) -> dict[str, str]:
    """Who somebody is, in an answer that tells of many."""
    return {"number": client.number, "code": client.code, "name": client.name}


def plain(value: Any) -> Any:
    """Values of the domain as JSON knows them: days and times ISO, values as objects.

    A fraction that is no whole number is told exactly, as `71/12`.
    """
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date | time):
        return value.isoformat() if isinstance(value, date) else f"{value:%H:%M}"
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else str(value)
    if isinstance(value, Value):
        return {name: plain(getattr(value, name)) for name in field_names(type(value))}
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    return value


def table(rows: Sequence[Sequence[str]], *, right: Container[int] = ()) -> list[str]:
    """Columns side by side, two spaces apart; those of numbers set to the `right`."""
    if not rows:
        return []
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
