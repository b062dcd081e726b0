import pytest

from kkd_desktop.domain.tour import Marks, Tour, TourState, TourStep, steps_done

BEGUN = Marks(people=3, contact=10, appointment=20, letter=30, export=40)


@pytest.mark.parametrize(
    ("now", "office", "done"),
    [
        (Marks(), False, set()),
        (BEGUN, False, {TourStep.PEOPLE}),
        (BEGUN, True, {TourStep.OFFICE, TourStep.PEOPLE}),
        (Marks(3, 11, 20, 30, 40), False, {TourStep.PEOPLE}),
        (Marks(3, 10, 21, 30, 40), False, {TourStep.PEOPLE}),
        (Marks(3, 11, 21, 30, 40), False, {TourStep.PEOPLE, TourStep.CONTACT}),
        (Marks(3, 10, 20, 31, 40), False, {TourStep.PEOPLE, TourStep.INVITATION}),
        (Marks(3, 10, 20, 30, 41), False, {TourStep.PEOPLE, TourStep.INVITATION}),
    ],
)
def test_only_what_came_since_the_beginning_is_done(now, office, done):
    assert steps_done(BEGUN, now, office_is_set=office) == done


def test_the_next_step_is_the_first_that_is_not_done():
    order = list(TourStep)
    for place, step in enumerate(order):
        assert Tour(TourState.RUNNING, frozenset(order[:place])).next_step is step
    assert Tour(TourState.RUNNING, frozenset({TourStep.PEOPLE})).next_step is TourStep.OFFICE
    assert Tour(TourState.RUNNING, frozenset(order)).next_step is None
