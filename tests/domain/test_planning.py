"""What a plan is worth, and when a talk should lie."""

from fractions import Fraction

from kkd_desktop.domain.plan import coming, coming_of
from kkd_desktop.domain.planning import (
    Solution,
    Weighed,
    lateness,
    unevenness,
)


def test_waiting_long_weighs_more_than_waiting_one_after_the_other():
    assert lateness(60) > 2 * lateness(30) > 60 * lateness(1)


def test_even_weeks_of_different_length_cost_nothing():
    assert unevenness([20, 10, 0], [100, 50, 0]) == 0


def test_one_talk_off_is_one_and_far_off_counts_double():
    assert unevenness([4, 4, 5], [100, 100, 100]) == 1
    assert unevenness([0, 0, 5], [100, 100, 100]) == 5 + 2


def test_the_aims_come_in_their_order():
    nothing = dict.fromkeys(Weighed.__struct_fields__, 0)
    aims = ("lateness", "against_wish", "over_norm", "left_out", "uneven")
    weights = [Weighed(**{**nothing, aim: 1}).sum for aim in aims]

    assert weights == sorted(weights, reverse=True)
    assert (
        Weighed(**{**nothing, "together": 1}).sum < 0 < Weighed(**{**nothing, "off_target": 1}).sum
    )


def test_the_gap_is_the_part_of_the_weight_above_the_bound():
    assert Solution((), 200.0, 190.0).gap == 0.05
    assert Solution((), 200.0, 200.0).gap == 0


def test_a_show_rate_begins_with_what_is_usual_and_learns():
    assert coming(0, 0) == Fraction(4, 5)
    assert coming(90, 0) == Fraction(98, 100)
    assert coming_of(0, 0, Fraction(9, 10)) == Fraction(9, 10)
    assert coming_of(0, 4, Fraction(9, 10)) == Fraction(9, 20)
