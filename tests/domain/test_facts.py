from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kkd_desktop.domain.facts import Facts, Period, Timeline

DAYS = st.dates(date(2020, 1, 1), date(2027, 12, 31))


@st.composite
def timelines(draw):
    periods = []
    for value in draw(st.lists(st.sampled_from(["Z", "foerder", "markt"]), max_size=4)):
        since, until = draw(st.none() | DAYS), draw(st.none() | DAYS)
        if since and until and until < since:
            since, until = until, since
        periods.append(Period(value, since, until))
    return Timeline(periods)


def test_both_ends_of_a_period_belong_to_it():
    period = Period("Z", date(2017, 1, 1), date(2017, 5, 31))

    assert period.covers(date(2017, 1, 1))
    assert period.covers(date(2017, 5, 31))
    assert not period.covers(date(2016, 12, 31))
    assert not period.covers(date(2017, 6, 1))


def test_the_value_that_began_last_holds():
    profile = Timeline([Period("Z", date(2017, 3, 1)), Period("foerder")])

    assert profile.at(date(2017, 2, 28)) == "foerder"
    assert profile.at(date(2017, 3, 1)) == "Z"


def test_a_value_is_left_on_the_day_the_next_one_begins():
    profile = Timeline(
        [Period("Z", until=date(2017, 5, 31)), Period("foerder", since=date(2017, 6, 1))]
    )

    assert profile.left("Z", date(2017, 6, 1)) == date(2017, 6, 1)
    assert profile.left("Z", date(2017, 5, 31)) is None


def test_a_value_laid_over_another_is_left_when_it_ends():
    profile = Timeline([Period("foerder"), Period("Z", date(2017, 1, 1), date(2017, 5, 31))])

    assert profile.left("Z", date(2017, 12, 31)) == date(2017, 6, 1)


def test_days_without_an_entry_are_no_other_value():
    profile = Timeline(
        [Period("Z", until=date(2017, 5, 31)), Period("foerder", since=date(2017, 7, 1))]
    )

    assert profile.left("Z", date(2017, 6, 30)) is None
    assert profile.left("Z", date(2017, 7, 1)) == date(2017, 7, 1)


def test_a_value_that_never_held_was_never_left():
    assert Timeline.always("markt").left("Z", date(2026, 1, 1)) is None


@given(timelines(), DAYS)
def test_the_day_of_leaving_shows_another_value_and_none_after_it_does_so_again(profile, by):
    left = profile.left("Z", by)

    if left is not None:
        assert left <= by
        assert profile.at(left) not in ("Z", None)


@given(timelines(), DAYS)
def test_the_value_of_a_day_is_the_one_of_its_period(profile, day):
    period = profile.period_at(day)

    assert profile.at(day) == (None if period is None else period.value)
    assert period is None or period.covers(day)


def test_a_fact_nobody_recorded_is_unknown():
    facts = Facts({"status": Timeline.always("arbeitslos")})

    assert facts.at("profile", date(2026, 1, 1)) is None
    assert facts.timeline("profile") is None
    assert list(facts.names()) == ["status"]
    assert facts == Facts({"status": Timeline.always("arbeitslos")})
