"""Times in the two nights of the year that calendar programs disagree about."""

from datetime import UTC, datetime

import pytest

from kkd_desktop.domain.errors import UserError
from kkd_desktop.exchange.local_time import require_unambiguous


@pytest.mark.parametrize("clock", [(2, 0), (2, 30), (2, 59)])
def test_the_hour_left_out_in_march_is_refused(clock):
    with pytest.raises(UserError, match=r"So 28\.03\.2027, 02:\d\d gibt es nicht"):
        require_unambiguous(datetime(2027, 3, 28, *clock))


@pytest.mark.parametrize("clock", [(2, 0), (2, 30), (2, 59)])
@pytest.mark.parametrize("fold", [0, 1])
def test_the_hour_that_comes_twice_in_october_is_refused(clock, fold):
    with pytest.raises(UserError, match=r"So 31\.10\.2027, 02:\d\d gibt es zweimal"):
        require_unambiguous(datetime(2027, 10, 31, *clock, fold=fold))


@pytest.mark.parametrize(
    "start",
    [
        datetime(2027, 3, 28, 1, 59),
        datetime(2027, 3, 28, 3, 0),
        datetime(2027, 10, 31, 1, 59),
        datetime(2027, 10, 31, 3, 0),
        datetime(2027, 7, 1, 9, 0, fold=1),
    ],
)
def test_every_other_time_is_accepted(start):
    require_unambiguous(start)


def test_a_time_with_a_zone_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="naive"):
        require_unambiguous(datetime(2027, 7, 1, 9, 0, tzinfo=UTC))
