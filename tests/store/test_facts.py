from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trial
from hypothesis import strategies as st

from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.facts import Facts, Period, Timeline
from kkd_desktop.store import facts
from kkd_desktop.store.values import fact_of, fact_text

JAN, MAR, JUN = date(2026, 1, 1), date(2026, 3, 1), date(2026, 6, 1)
DAY = timedelta(days=1)


def periods(store, client_id, name="profile"):
    timeline = facts.history(store, client_id).timeline(name)
    return timeline.periods if timeline else ()


def test_a_new_value_ends_the_one_before_on_the_day_before(store, client_id):
    facts.set_fact(store, client_id, "profile", "Z", JAN)
    facts.set_fact(store, client_id, "profile", "foerder", MAR)

    assert periods(store, client_id) == (Period("Z", JAN, MAR - DAY), Period("foerder", MAR))


def test_a_correction_on_the_same_day_replaces(store, client_id):
    facts.set_fact(store, client_id, "profile", "Z", JAN)
    facts.set_fact(store, client_id, "profile", "foerder", MAR)

    facts.set_fact(store, client_id, "profile", "markt", JAN)

    assert periods(store, client_id) == (Period("markt", JAN, MAR - DAY), Period("foerder", MAR))


def test_a_value_added_in_between_ends_where_the_next_one_begins(store, client_id):
    facts.set_fact(store, client_id, "profile", "Z", JAN)
    facts.set_fact(store, client_id, "profile", "foerder", JUN)

    facts.set_fact(store, client_id, "profile", "markt", MAR)

    assert periods(store, client_id) == (
        Period("Z", JAN, MAR - DAY),
        Period("markt", MAR, JUN - DAY),
        Period("foerder", JUN),
    )


def test_a_value_from_before_everything_ends_where_history_begins(store, client_id):
    facts.set_fact(store, client_id, "profile", "foerder", JAN)

    facts.set_fact(store, client_id, "profile", "Z")

    assert periods(store, client_id) == (Period("Z", None, JAN - DAY), Period("foerder", JAN))


def test_a_value_without_a_beginning_is_ended_too(store, client_id):
    facts.set_fact(store, client_id, "profile", "Z")
    facts.set_fact(store, client_id, "profile", "foerder", JAN)

    assert periods(store, client_id) == (Period("Z", None, JAN - DAY), Period("foerder", JAN))


def test_what_history_says_already_is_not_written_again(store, client_id):
    facts.set_fact(store, client_id, "profile", "Z", JAN)
    facts.set_fact(store, client_id, "profile", "Z", MAR)

    assert periods(store, client_id) == (Period("Z", JAN),)


def test_yes_is_not_one(store, client_id):
    facts.set_fact(store, client_id, "stufe", True, JAN)
    facts.set_fact(store, client_id, "stufe", 1, MAR)

    assert [type(period.value) for period in periods(store, client_id, "stufe")] == [bool, int]


def test_an_ended_fact_that_goes_on_gets_a_period_of_its_own(store, client_id):
    measure = Timeline([Period(True, JAN, MAR - DAY)])
    facts.add_history(store, client_id, Facts({"massnahme": measure}))

    facts.set_fact(store, client_id, "massnahme", True, JUN)

    assert periods(store, client_id, "massnahme") == (*measure.periods, Period(True, JUN))


def test_a_period_can_be_deleted(store, client_id):
    facts.set_fact(store, client_id, "profile", "Z", JAN)
    facts.set_fact(store, client_id, "profile", "foerder", MAR)

    facts.delete(store, client_id, "profile", MAR)

    assert periods(store, client_id) == (Period("Z", JAN, MAR - DAY),)


def test_facts_do_not_disturb_each_other(store, client_id):
    facts.set_fact(store, client_id, "profile", "Z", JAN)
    facts.set_fact(store, client_id, "status", "arbeitslos", MAR)

    assert periods(store, client_id) == (Period("Z", JAN),)


@pytest.mark.parametrize(("name", "value"), [("", True), ("stufe", "a\u202eb")])
def test_a_fact_of_unreadable_text_is_refused(store, client_id, name, value):
    with pytest.raises(UserError, match="Merkmal"):
        facts.set_fact(store, client_id, name, value)


VISIBLE = st.text(st.characters(categories=("L", "N", "P", "S", "Mn")), max_size=40)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.dates(),
    VISIBLE.map(lambda text: fact_of(fact_text(text))),
)


@given(VALUES)
def test_a_value_comes_back_as_what_it_was(value):
    found = fact_of(fact_text(value))

    assert (found, type(found)) == (value, type(value))


DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 12))


@trial(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.tuples(st.none() | DAYS, st.sampled_from("abc")), max_size=8))
def test_every_day_has_the_value_that_was_last_said_to_begin_before(store, client_id, entries):
    with store.write() as transaction:
        transaction.execute("DELETE FROM fact")
    said: dict[date, str] = {}

    def expected(day: date) -> str | None:
        begun = [since for since in said if since <= day]
        return said[max(begun)] if begun else None

    for since, value in entries:
        facts.set_fact(store, client_id, "profile", value, since)
        if expected(since or date.min) != value:
            said[since or date.min] = value

    timeline = facts.history(store, client_id).timeline("profile") or Timeline(())
    for offset in range(14):
        day = date(2025, 12, 31) + timedelta(days=offset)
        assert timeline.at(day) == expected(day)
        assert sum(period.covers(day) for period in timeline.periods) == (expected(day) is not None)
