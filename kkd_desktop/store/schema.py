"""By which marks is a file recognised as ours, and as ours of this version?

Kept apart from the migrations, so that a file that is up to date opens without sqlite-utils.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kkd_desktop.domain.values import Value

if TYPE_CHECKING:
    from sqlite_utils import Migrations

APPLICATION_ID = 0x4B4B4444
"""`KKDD` in the file header."""


class Schema(Value, frozen=True):
    """A version of the tables and the steps that lead there; the version is their number."""

    version: int
    steps: Callable[[], Migrations]


def _steps() -> Migrations:
    from kkd_desktop.store.migrations import steps

    return steps


CURRENT = Schema(version=6, steps=_steps)
