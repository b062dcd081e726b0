"""The Suchlauf over a real caseload, and searches that are kept."""

from datetime import datetime

import pytest

from kkd_desktop.actions import appointments, casework, policies, search, undo
from kkd_desktop.actions import settings as office
from kkd_desktop.domain.errors import UserError


def names(context, query):
    return [entry.client.first_name for entry in search.run(context, query).entries]


def test_facts_states_and_appointments_are_searched_together(caseload):
    boris = casework.find_client(caseload, "123A400002")
    appointments.book(caseload, boris, datetime(2026, 11, 24, 9), 45)

    assert names(caseload, "status:arbeitslos kein-kontakt>30t") == ["Amina", "Boris"]
    assert names(caseload, "status:arbeitslos ohne:termin") == ["Amina"]
    assert names(caseload, "termin<7t oder kontakt:nie") == ["Carla", "Boris"]
    assert search.run(caseload, "kontakt:nie").total == 3


def test_only_what_the_policies_in_force_set_can_be_searched(caseload):
    with pytest.raises(UserError, match="setzen keine Anteile"):
        names(caseload, "quote:m1")

    policies.choose(caseload, "ffm2017")

    assert names(caseload, "mit:quote -quote:m1") == ["Boris", "Amina"]


def test_a_saved_search_runs_under_its_name_with_its_count(caseload):
    search.save(caseload, "Ohne Termin", "STATUS:alo  ohne:termin")

    assert caseload.settings.saved_searches == {"Ohne Termin": "status:arbeitslos ohne:termin"}
    assert office.load(caseload.store).saved_searches == caseload.settings.saved_searches
    assert names(caseload, "@ohne termin") == ["Amina", "Boris"]
    (kept,) = search.saved(caseload)
    assert (kept.name, kept.count, kept.fault) == ("Ohne Termin", 2, "")


def test_a_saved_search_is_one_step_and_can_be_deleted(caseload):
    search.save(caseload, "Markt", "profil:markt")
    search.save(caseload, "Markt", "profil:markt,foerder")
    assert [each.query for each in search.saved(caseload)] == ["profil:markt,foerder"]

    undo.undo(caseload)
    caseload.forget()
    assert [each.query for each in search.saved(caseload)] == ["profil:markt"]

    search.forget(caseload, "MARKT")
    assert search.saved(caseload) == ()
    with pytest.raises(UserError, match="„Markt“ ist keine gespeicherte Suche"):
        names(caseload, "@Markt")


def test_a_saved_search_that_a_new_policy_does_not_know_says_so(caseload):
    policies.choose(caseload, "ffm2017")
    search.save(caseload, "Monat", "quote:m1")
    policies.choose(caseload, "mg2012")

    (kept,) = search.saved(caseload)

    assert kept.count is None
    assert "„m1“ an Stelle 7 passt nicht zu quote" in kept.fault


@pytest.mark.parametrize("query", ["Beispiel", "profil:z -Beispiel", "bg:123", "(name:x oder a)"])
def test_a_search_that_names_somebody_is_not_kept(caseload, query):
    with pytest.raises(UserError, match="die niemanden nennen"):
        search.save(caseload, "Jemand", query)

    assert not caseload.settings.saved_searches


def test_entries_at_hand_are_searched_without_reading_again(caseload):
    entries = search.run(caseload, "").entries

    ready = search.searcher(caseload, entries[:1])

    assert ready.entries == entries[:1]


def test_a_saved_search_gets_another_name_but_no_name_twice(caseload):
    search.save(caseload, "Markt", "profil:markt")
    search.save(caseload, "Ohne Termin", "ohne:termin")

    search.rename(caseload, "markt", "MARKT")
    assert dict(search.names(caseload)) == {"MARKT": "profil:markt", "Ohne Termin": "ohne:termin"}
    with pytest.raises(UserError, match="„Ohne termin“ heißt schon eine andere Suche"):
        search.rename(caseload, "MARKT", "Ohne termin")


def test_the_name_of_a_search_is_the_same_however_it_is_written(caseload):
    search.save(caseload, "Markt", "profil:markt")
    search.save(caseload, "MARKT", "profil:z")

    assert search.names(caseload) == (("MARKT", "profil:z"),)


def test_a_search_for_everybody_is_none_to_keep(caseload):
    with pytest.raises(UserError, match="mit einer Bedingung"):
        search.save(caseload, "Alle", " ")


def test_ready_made_searches_are_understood_and_leave_others_alone(caseload):
    search.save(caseload, "Markt", "profil:markt")

    search.offer(caseload)

    assert len(search.saved(caseload)) == 1 + len(search.ready_made())
    assert all(each.count is not None for each in search.saved(caseload))


def test_ready_made_searches_have_the_names_that_were_read(english, caseload):
    search.offer(caseload)

    assert caseload.settings.saved_searches["Due in 7 days, not booked"] == (
        "faellig:7t ohne:termin"
    )


def test_saved_searches_are_counted_one_after_the_other(caseload):
    search.save(caseload, "Eins", "profil:markt ohne:termin")
    search.save(caseload, "Zwei", "status:arbeitslos")

    steps = list(search.counted(caseload, search.searcher(caseload)))

    assert [None if each is None else (each.name, each.count) for each in steps] == [
        None,
        None,
        ("Eins", search.saved(caseload)[0].count),
        None,
        ("Zwei", 2),
    ]


@pytest.mark.parametrize("name", ["@", " @ ", "@ "])
def test_a_name_of_nothing_but_its_sign_is_refused(caseload, name):
    with pytest.raises(UserError, match="darf nicht leer sein"):
        search.save(caseload, name, "status:arbeitslos")

    assert caseload.settings.saved_searches == {}
