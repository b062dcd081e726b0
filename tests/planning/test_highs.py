"""Is the plan the best there is, and does it keep what a plan must keep?"""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings

from kkd_desktop.domain.planning import Limits, Problem, Solution, weigh
from kkd_desktop.planning.highs import HighsSolver
from tests.planning.problems import LARGER, end_of, least, overlap, problems

CALM = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def solved(problem: Problem, limits: Limits | None = None) -> Solution:
    return HighsSolver().solve(problem, limits or Limits(), lambda *_: None)


@settings(CALM, max_examples=50)
@given(problems())
def test_no_plan_at_all_is_better_where_all_can_be_tried(problem):
    found = solved(problem)

    assert found.weight == pytest.approx(least(problem), abs=0.01)
    assert found.bound <= found.weight + 0.01


@CALM
@given(problems(LARGER))
def test_a_plan_keeps_hours_absences_and_first_days(problem):
    found = solved(problem)

    assert found.weight == pytest.approx(weigh(problem, found.visits).sum)
    assert not any(
        overlap(problem, one, other)
        for place, one in enumerate(found.visits)
        for other in found.visits[:place]
    )
    starts = {each.day: each.starts for each in problem.days}
    for person in problem.people:
        visits = [each for each in found.visits if each.client_id == person.client_id]
        assert [each.nth for each in visits] == list(range(len(visits)))
        assert all(one.day < other.day for one, other in pairwise(visits))
        for place, visit in enumerate(visits):
            wanted = person.after_talks([each.day for each in visits[:place]])
            assert wanted.earliest <= visit.day
            assert person.can_come(visit.day, visit.nth)
            assert visit.start in starts[visit.day][person.talks(visit.nth).length.total]
            assert end_of(problem, visit).date() == visit.day


@CALM
@given(problems(LARGER))
def test_the_same_question_has_the_same_answer(problem):
    assert solved(problem) == solved(problem)


@CALM
@given(problems(LARGER))
def test_the_bound_holds_however_early_the_search_ends(problem):
    best = solved(problem)

    early = solved(problem, Limits(rounds=1, nodes=1))

    assert early.bound <= best.weight + 0.01
    assert early.weight >= best.bound - 0.01
    assert early.weight == pytest.approx(weigh(problem, early.visits).sum)


@CALM
@given(problems(LARGER))
def test_no_time_at_all_still_gives_a_plan_and_says_so(problem):
    found = solved(problem, Limits(seconds=0.0))

    assert found.timed_out or found == solved(problem)
    assert found.bound <= found.weight


class Stopped(Exception):
    """The user pressed cancel."""


@CALM
@given(problems(LARGER))
def test_who_watches_may_stop_it(problem):
    def stop(*_: object) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        HighsSolver().solve(problem, Limits(), stop)
