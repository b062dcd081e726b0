"""How is HiGHS asked, so that the same question has the same answer?"""

from collections.abc import Callable
from typing import Any

import highspy


def quiet_solver(on_turn: Callable[[Any], object], **options: Any) -> Any:
    """A solver that says nothing, in one thread and without chance, with `options` of its own.

    `on_turn` is asked every few milliseconds while whole numbers are chosen.
    """
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.cbMipInterrupt.subscribe(on_turn)
    settled = {"output_flag": False, "threads": 1, "parallel": "off", "random_seed": 0}
    for name, value in (settled | options).items():
        solver.setOptionValue(name, value)
    return solver
