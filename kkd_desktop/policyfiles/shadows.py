"""Which condition always holds where another one does?

Each earlier rule is weighed alone: two that only together leave nothing over are not found.
"""

from collections.abc import Sequence
from typing import Any

from kkd_desktop.domain.policy import Bounds, Test, When


def shadowing(whens: Sequence[When], index: int) -> int | None:
    """The first of the earlier conditions that holds whenever the one at `index` does."""
    narrow = whens[index]
    return next((i for i, wide in enumerate(whens[:index]) if implies(narrow, wide)), None)


def implies(narrow: When, wide: When) -> bool:
    """Whether `wide` holds wherever `narrow` does."""
    given = {test.fact: test for test in narrow.tests}
    return all(test.fact in given and _test_implies(given[test.fact], test) for test in wide.tests)


def is_empty(bounds: Bounds) -> bool:
    """Whether no value lies within these limits."""
    low, high = _lower(bounds), _upper(bounds)
    if low is None or high is None:
        return False
    return bool(low[0] > high[0] or (low[0] == high[0] and (low[1] or high[1])))


def _test_implies(narrow: Test, wide: Test) -> bool:
    if wide.bounds is not None or narrow.bounds is not None:
        return _bounds_imply(narrow, wide)
    if narrow.values is None:
        return wide.values is None and narrow.negated == wide.negated
    if wide.values is None:
        return not wide.negated and not _holds_unknown(narrow)
    if wide.negated:
        return wide.values <= narrow.values if narrow.negated else not (wide.values & narrow.values)
    return not narrow.negated and narrow.values <= wide.values


def _holds_unknown(test: Test) -> bool:
    """A yes/no fact that was never recorded is "no"."""
    values = test.values or frozenset()
    return values <= {True, False} and (False in values) != test.negated


def _bounds_imply(narrow: Test, wide: Test) -> bool:
    if narrow.bounds is None:
        return False
    if wide.bounds is None:
        return wide.values is None and not wide.negated
    return _within(narrow.bounds, wide.bounds)


def _within(narrow: Bounds, wide: Bounds) -> bool:
    low, high = _lower(wide), _upper(wide)
    inner_low, inner_high = _lower(narrow), _upper(narrow)
    if low is not None and (inner_low is None or inner_low < low):
        return False
    if high is None:
        return True
    # At the same limit the one that leaves the limit itself out is the narrower.
    return inner_high is not None and (inner_high[0], not inner_high[1]) <= (high[0], not high[1])


# A limit and whether it is itself left out. Of two lower limits that compare, the greater decides.


def _lower(bounds: Bounds) -> tuple[Any, bool] | None:
    found = [(bounds.at_least, False), (bounds.over, True)]
    return max((limit for limit in found if limit[0] is not None), default=None)


def _upper(bounds: Bounds) -> tuple[Any, bool] | None:
    found = [(bounds.at_most, False), (bounds.under, True)]
    return min(
        (limit for limit in found if limit[0] is not None),
        key=lambda limit: (limit[0], not limit[1]),
        default=None,
    )
