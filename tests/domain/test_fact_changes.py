from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.fact_changes import holding, moved, with_value, without
from kkd_desktop.domain.facts import DAY, Period, Timeline

JAN, MAR, JUN, SEP = (date(2026, month, 1) for month in (1, 3, 6, 9))
TODAY = date(2026, 11, 20)


def test_another_value_ends_the_one_before_on_the_eve():
    changed = with_value(Timeline([Period("Z", JAN)]), "foerder", JUN)

    assert changed == Timeline([Period("Z", JAN, JUN - DAY), Period("foerder", JUN)])


def test_an_earlier_entry_leaves_what_came_later():
    changed = with_value(Timeline([Period("foerder", JUN)]), "Z", JAN)

    assert changed == Timeline([Period("Z", JAN, JUN - DAY), Period("foerder", JUN)])


def test_another_value_for_the_same_first_day_is_a_correction():
    changed = with_value(Timeline([Period("Z", JAN)]), "I", JAN)

    assert changed == Timeline([Period("I", JAN)])


def test_the_same_value_from_an_earlier_day_is_one_entry():
    changed = with_value(Timeline([Period("Z", JUN)]), "Z", JAN)

    assert changed == Timeline([Period("Z", JAN)])


def test_what_holds_today_may_have_a_last_day():
    changed = holding(Timeline([Period("Z", JAN)]), "foerder", JUN, TODAY, TODAY + DAY)

    assert changed == Timeline([Period("Z", JAN, JUN - DAY), Period("foerder", JUN, TODAY + DAY)])


def test_what_holds_today_from_an_earlier_day_replaces_what_had_begun_since():
    known = Timeline([Period("Z", JAN, JUN - DAY), Period("foerder", JUN)])

    assert holding(known, "markt", MAR, TODAY) == Timeline(
        [Period("Z", JAN, MAR - DAY), Period("markt", MAR)]
    )


def test_a_value_that_is_unknown_again_leaves_a_gap():
    known = Timeline([Period("Z", JAN)])

    assert holding(known, None, JUN, TODAY) == Timeline([Period("Z", JAN, JUN - DAY)])


def test_what_begins_after_today_stays():
    coming = date(2026, 12, 1)
    known = Timeline([Period("Z", JAN, coming - DAY), Period("I", coming)])

    changed = holding(known, "markt", SEP, TODAY)

    assert changed.at(TODAY) == "markt"
    assert changed.at(coming) == "I"


def test_the_entry_before_takes_the_days_of_a_deleted_one():
    known = Timeline([Period("Z", JAN, JUN - DAY), Period("foerder", JUN)])

    assert without(known, known.periods[1]) == Timeline([Period("Z", JAN)])


def test_a_gap_before_a_deleted_entry_stays_a_gap():
    known = Timeline([Period("Z", JAN, MAR), Period("foerder", JUN)])

    assert without(known, known.periods[1]) == Timeline([Period("Z", JAN, MAR)])


def test_the_first_day_of_an_entry_is_corrected_to_an_earlier_and_a_later_one():
    known = Timeline([Period("Z", JAN, JUN - DAY), Period("foerder", JUN)])

    assert moved(known, known.periods[1], MAR).at(MAR) == "foerder"
    assert moved(known, known.periods[1], SEP).at(SEP - DAY) == "Z"


def test_an_entry_cannot_begin_after_its_end():
    known = Timeline([Period(True, JAN, MAR)])

    with pytest.raises(UserError, match="liegt nach dem Ende"):
        moved(known, known.periods[0], JUN)


days = st.dates(date(2020, 1, 1), date(2027, 1, 1))
entries = st.lists(st.tuples(st.sampled_from("abc"), days), max_size=8)


@given(entries, st.sampled_from("abc"), days)
def test_after_any_history_the_value_holds_on_its_first_day(known, value, since):
    history = Timeline(())
    for before, day in known:
        history = with_value(history, before, day)

    changed = with_value(history, value, since)

    assert changed.at(since) == value
    assert changed.at(since - DAY) == history.at(since - DAY)


@given(entries)
def test_entries_never_overlap(known):
    history = Timeline(())
    for value, day in known:
        history = with_value(history, value, day)

    for one, following in zip(history.periods, history.periods[1:], strict=False):
        assert one.until is not None
        assert one.until < following.since
