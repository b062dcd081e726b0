import pytest

from kkd_desktop.actions import tour, undo
from kkd_desktop.actions.tour import TourState, TourStep

SENDER = {"office": "Jobcenter", "street": "Amtsweg 1", "postcode": "12345", "city": "Musterstadt"}


def test_it_is_due_only_where_nobody_is_yet(caseload):
    assert not tour.is_due(caseload)
    assert tour.tour(caseload) is None


def test_beginning_leaving_and_resuming_keep_where_it_was(caseload):
    tour.begin(caseload)
    assert tour.tour(caseload).done == {TourStep.PEOPLE}
    caseload.change_settings(**SENDER)
    tour.leave(caseload)
    assert tour.tour(caseload).state is TourState.LEFT

    tour.begin(caseload)

    assert tour.tour(caseload).state is TourState.RUNNING
    assert tour.tour(caseload).done == {TourStep.OFFICE, TourStep.PEOPLE}


def test_it_is_nothing_that_could_be_taken_back(caseload):
    before = undo.to_undo(caseload)

    tour.begin(caseload)
    tour.finish(caseload)

    assert undo.to_undo(caseload) == before


@pytest.mark.parametrize("missing", SENDER)
def test_an_office_without_part_of_its_address_is_not_done(caseload, missing):
    tour.begin(caseload)
    caseload.change_settings(**{**SENDER, missing: ""})

    assert TourStep.OFFICE not in tour.tour(caseload).done


def test_a_concept_that_has_run_out_is_still_to_be_chosen(caseload):
    tour.begin(caseload)
    caseload.change_settings(**SENDER, policies=("ue2019",))

    assert TourStep.OFFICE not in tour.tour(caseload).done
