"""What is said of a back-up that still holds a deleted person."""

from datetime import date, datetime
from pathlib import Path

import pytest

from kkd_desktop.domain.backup import Backup, Kind
from kkd_desktop.domain.forgetting import Held


@pytest.mark.parametrize(
    ("kind", "day", "said"),
    [
        (Kind.REGULAR, date(2026, 11, 27), "verschwindet voraussichtlich am 27.11.2026"),
        (Kind.BY_HAND, None, "bleibt, bis sie von Hand gelöscht wird"),
        (Kind.BEFORE_STEP, None, "verschwindet nach 10 weiteren großen Schritten"),
        (Kind.BEFORE_RESTORE, None, "verschwindet nach 10 weiteren großen Schritten"),
    ],
)
def test_it_is_said_when_it_goes(kind, day, said):
    backup = Backup(Path("b.kkd"), kind, datetime(2026, 11, 20, 8, 30), 4096, None)

    assert Held(backup, day).german == f"20.11.2026, {said}"
