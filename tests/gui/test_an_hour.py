"""The scripted hour and the soak in short: no turn of the event loop is long, nothing grows.

Judged is the CPU time of this thread, against what this machine takes for a fixed piece of work.
"""

from pathlib import Path
from time import thread_time

import pytest

from tests.benchmarks import an_hour, soak
from tests.benchmarks.caseworker import at_work
from tests.benchmarks.turns import Watchdog

CLIENTS = 120
USUAL_S = 0.030
"""What the fixed piece of work takes on a quiet machine of today."""
MOST_S = 0.150
DEEDS = (
    an_hour.worklist,
    an_hour.reasons,
    an_hour.log_contacts,
    an_hour.search,
    an_hour.palette,
    an_hour.files,
    an_hour.book,
    an_hour.undo,
    an_hour.week,
    an_hour.settings,
    an_hour.again,
)


def slowness() -> float:
    """How much slower this machine is now than it usually is; 1 where it is not."""
    begin = thread_time()
    sum(each * each for each in range(400_000))
    return max(1.0, (thread_time() - begin) / USUAL_S)


def test_no_turn_of_an_hour_of_work_is_long(tmp_path: Path, qapp: object) -> None:
    path = tmp_path / "bestand.kkd"
    an_hour.caseload(path, CLIENTS)
    with at_work(path) as person:
        for deed in DEEDS:
            deed(person)
        most = MOST_S * slowness()
        assert [turn for turn in person.watchdog.turns if turn.cpu > most] == []
        assert len(person.watchdog.turns) > 1_000


def test_dialogs_and_pages_leave_nothing_behind(qapp: object) -> None:
    states = soak.soak(2, DEEDS, CLIENTS, warming=2)

    first, last = states[0], states[-1]
    assert last.handles <= first.handles
    assert last.widgets <= first.widgets
    assert last.objects <= first.objects


def test_the_culprit_of_a_long_turn_is_named(qapp: object) -> None:
    watchdog = Watchdog()

    def work() -> None:
        end = thread_time() + 0.1
        while thread_time() < end:
            pass

    with watchdog.watching():
        turn = watchdog.turn("work", work)

    assert turn.cpu == pytest.approx(0.1, abs=0.05)
    assert "work" in turn.culprit
    assert watchdog.stalls() == [turn]
