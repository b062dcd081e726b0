"""Is no plan smaller, and does none reach more?"""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kkd_desktop.domain.quota_problem import QuotaProblem, meet, pools
from kkd_desktop.domain.values import replace
from kkd_desktop.planning.quota import HighsQuotaSolver
from tests.planning.quota_problems import LARGER, busy, least, problems, worth

CALM = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


BUSY = busy()


def talks_of(problem: QuotaProblem):
    alike = pools(problem)
    solved = HighsQuotaSolver().solve(problem, alike, lambda *_: None)
    assert solved.proven
    return meet(problem, alike, solved.counts)


def by_client(talks):
    met: dict[int, list] = {}
    for talk in talks:
        met.setdefault(talk.client_id, []).append(talk.day)
    return met


@settings(CALM, max_examples=200)
@given(problems())
def test_no_plan_reaches_more_or_is_smaller_where_all_can_be_tried(problem):
    assert worth(problem, by_client(talks_of(problem))) == least(problem)


@CALM
@given(problems(LARGER))
def test_a_plan_keeps_rooms_absences_and_first_days(problem):
    talks = talks_of(problem)

    held = Counter(talk.day for talk in talks)
    assert all(held[room.day] <= room.talks for room in problem.rooms)
    assert held.keys() <= {room.day for room in problem.rooms}
    members = {member.client_id: member for member in problem.members}
    assert all(members[talk.client_id].can_come(talk.day) for talk in talks)
    assert len(set(talks)) == len(talks)


@CALM
@given(problems(LARGER), st.data())
def test_more_room_never_leaves_more_open_and_never_needs_more_talks(problem, data):
    if not problem.rooms:
        return
    wider = data.draw(st.integers(0, len(problem.rooms) - 1))
    rooms = [
        replace(room, talks=room.talks + (place == wider))
        for place, room in enumerate(problem.rooms)
    ]
    before = worth(problem, by_client(talks_of(problem)))
    after = worth(problem, by_client(talks_of(replace(problem, rooms=tuple(rooms)))))

    assert after[:2] <= before[:2]


@CALM
@given(problems(LARGER))
def test_the_same_question_has_the_same_answer_in_whatever_order_people_stand(problem):
    turned = replace(problem, members=problem.members[::-1])

    assert talks_of(problem) == talks_of(problem)
    assert worth(problem, by_client(talks_of(turned))) == worth(
        problem, by_client(talks_of(problem))
    )


@CALM
@given(problems(LARGER))
def test_no_talk_of_a_plan_that_reaches_all_can_be_left_out(problem):
    talks = talks_of(problem)
    whole = worth(problem, by_client(talks))
    for talk in talks:
        less = by_client(each for each in talks if each != talk)
        assert worth(problem, less)[0] > whole[0]


@CALM
@given(problems(LARGER, most_talks=5))
def test_more_days_to_be_reached_on_never_need_fewer_talks(problem):
    days = [day for day in problem.days if day <= problem.checks[-1]]
    daily = replace(problem, checks=tuple(days))
    some = worth(problem, by_client(talks_of(problem)))
    every = worth(daily, by_client(talks_of(daily)))

    assert every[0] >= some[0]
    if every[0] == 0:
        assert every[1] >= some[1]


def test_a_watch_that_raises_stops_the_solver():
    class Stopped(Exception):
        pass

    def stop(done, total, text):
        if done == 1:
            raise Stopped

    with pytest.raises(Stopped):
        HighsQuotaSolver().solve(BUSY, pools(BUSY), stop)


def test_where_only_the_number_is_asked_for_it_is_the_same():
    alike = pools(BUSY)

    fully = HighsQuotaSolver().solve(BUSY, alike, lambda *_: None)
    number = HighsQuotaSolver().solve(BUSY, alike, lambda *_: None, only_number=True)

    assert fully.proven
    assert number.proven
    assert len(meet(BUSY, alike, fully.counts)) == len(meet(BUSY, alike, number.counts)) > 0
