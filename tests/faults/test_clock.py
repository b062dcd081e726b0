"""The clock is set back: steps stay in the order in which they were done."""

import json

from kkd_desktop.actions import undo
from kkd_desktop.store.opening import open_store
from tests.faults import caseload
from tests.faults.conftest import WRITTEN

AHEAD = "2031-01-01T08:00:00"
"""Where the clock stood before it was set back; which is what SQLite asks, not the program."""


def test_steps_of_a_clock_that_was_ahead_stay_in_order(written, key):
    with open_store(written, key) as store:
        store.connection.execute("UPDATE step SET done_at = ?", (AHEAD,))

    caseload.write(written, range(WRITTEN, WRITTEN + 9))

    number = caseload.require_sound(written, key, WRITTEN + 9)
    with caseload.opened(written, key) as context:
        moments = [step.done_at for step in undo.undoable(context, number)]
        assert moments[:9] == sorted(moments[:9], reverse=True)
        assert set(moments[9:]) == {AHEAD}
        assert max(moments[:9]) < AHEAD
        for left in range(number - 1, WRITTEN - 9, -1):
            assert undo.undo(context) is not None
            assert caseload.steps_in(context.store) == left
        while undo.redo(context) is not None:
            left += 1
            assert caseload.steps_in(context.store) == left
        assert left == number


def test_the_day_before_the_last_step_works_like_any_other(written, key):
    lines = caseload.line(WRITTEN) + json.dumps({"do": "undo"}) + "\n" + caseload.line(WRITTEN)
    earlier = ("--as-of", "2026-11-05")

    done = caseload.kkd("batch", store=written, stdin=lines, options=earlier)

    assert (done.returncode, done.stdout) == (0, f"ACK {WRITTEN}\nACK 2\nACK {WRITTEN}\n")
    assert caseload.require_sound(written, key, WRITTEN + 1) == WRITTEN + 1
    assert caseload.kkd("due", store=written, options=earlier).returncode == 0


def test_a_talk_of_the_day_that_is_no_more_is_refused_in_a_sentence(written):
    done = caseload.kkd(
        "batch", store=written, stdin=caseload.line(1), options=("--as-of", "2026-11-01")
    )

    assert done.stdout == (
        "NACK 1 Zeile 1: Tag: Der 02.11.2026 liegt in der Zukunft. "
        "Ein Kontakt wird erfasst, wenn er stattgefunden hat.\n"
    )
