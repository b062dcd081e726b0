"""Which rule can never apply, because an earlier one always does?"""

from collections.abc import Sequence

from kkd_desktop.domain.policy import Test, When


def shadowing(whens: Sequence[When], index: int) -> int | None:
    """The first of the earlier conditions that holds whenever the one at `index` does.

    Each earlier one is weighed alone: two that only together leave nothing over are not found.
    """
    narrow = whens[index]
    return next((i for i, wide in enumerate(whens[:index]) if _implies(narrow, wide)), None)


def _implies(narrow: When, wide: When) -> bool:
    given = {test.fact: test for test in narrow.tests}
    return all(test.fact in given and _test_implies(given[test.fact], test) for test in wide.tests)


def _test_implies(narrow: Test, wide: Test) -> bool:
    if narrow.values is None:
        return wide.values is None and narrow.negated == wide.negated
    if wide.values is None:
        return not wide.negated
    if wide.negated:
        return wide.values <= narrow.values if narrow.negated else not (wide.values & narrow.values)
    return not narrow.negated and narrow.values <= wide.values
