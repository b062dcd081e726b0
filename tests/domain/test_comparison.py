"""Who becomes due earlier or later under another policy?"""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kkd_desktop import paths
from kkd_desktop.domain.client import Client, Subject
from kkd_desktop.domain.comparison import Change, change_text, compared
from kkd_desktop.domain.compiled_policy import CompiledPolicy
from kkd_desktop.domain.contact import Contact
from kkd_desktop.domain.facts import Facts, Timeline
from kkd_desktop.domain.policy import Validity
from kkd_desktop.domain.values import replace
from kkd_desktop.domain.workdays import WorkCalendar
from kkd_desktop.policyfiles.reader import read_policy

TODAY = date(2026, 11, 20)


def compiled(name):
    policy = read_policy(paths.policies() / f"{name}.toml", trusted=True)
    calendar = WorkCalendar(policy.land, lookup=lambda land, year: ())
    return CompiledPolicy(replace(policy, validity=Validity()), calendar)


POLICIES = {name: compiled(name) for name in ("ba2010", "ffm2017", "mg2012", "mk2015", "ue2019")}


def member(number, *days, born=date(1980, 1, 1), einv=None, **facts):
    known = Facts({name: Timeline.always(value) for name, value in facts.items()})
    subject = Subject(born, registered=date(2025, 1, 7), einv_start=einv, facts=known)
    return Client(number, str(number), f"Beispiel{number}", "", subject=subject), [
        Contact(day) for day in days
    ]


def of(one, other, *members):
    return compared(TODAY, (POLICIES[one],), (POLICIES[other],), members)


def test_the_days_between_both_last_days_are_told():
    found = of(
        "mg2012",
        "ue2019",
        member(1, date(2026, 11, 2), profile="markt", status="arbeitslos"),
        member(2, date(2026, 11, 2), profile="stabilisierung", status="arbeitslos"),
    )

    # 14.12.2026 and 02.08.2027 against 02.02.2027.
    assert [(row.client.id, row.change, row.days) for row in found.rows] == [
        (2, Change.EARLIER, -181),
        (1, Change.LATER, 50),
    ]
    assert [change_text(row) for row in found.rows] == ["181 Tage früher", "50 Tage später"]


@pytest.mark.parametrize(
    ("facts", "change"),
    [
        ({"profile": "markt", "status": "arbeitsuchend"}, Change.LOST),
        ({"org": "fallmanagement", "profile": "I"}, Change.GAINED),
        ({"org": "fallmanagement", "profile": "markt", "status": "arbeitsuchend"}, Change.OTHER),
        ({}, Change.SAME),
    ],
)
def test_a_duty_that_comes_or_goes_is_told_apart(facts, change):
    found = of("mg2012", "ue2019", member(1, date(2026, 11, 2), **facts))

    assert found.rows[0].change is change
    assert found.rows[0].days is None


def test_a_number_of_talks_that_is_reached_is_a_duty_without_a_day():
    met = member(
        1,
        date(2026, 10, 1),
        date(2026, 11, 2),
        profile="stabilisierung",
        einv=TODAY.replace(month=9),
    )

    found = of("ba2010", "mk2015", met)

    assert (found.rows[0].change, found.rows[0].days) == (Change.EARLIER, None)
    assert of("mk2015", "ba2010", met).rows[0].change is Change.LATER
    assert of("ba2010", "ba2010", met).rows[0].change is Change.SAME


def test_both_sides_know_what_they_ask_and_who_is_overdue():
    late = member(1, date(2026, 8, 3), profile="markt", status="arbeitslos")

    found = of("mg2012", "mk2015", late)

    assert (found.one.overdue, found.other.overdue) == (1, 0)
    assert found.other.demand.per_month.rotation * 6 == 1
    assert (found.one.title, found.other.title) == ("Mönchengladbach 2012", "Märkischer Kreis 2015")


DAYS = st.dates(date(2025, 1, 1), TODAY)
MEMBERS = st.lists(
    st.builds(
        lambda days, born, einv, facts: (days, born, einv, facts),
        st.lists(DAYS, max_size=4),
        st.sampled_from((date(1980, 1, 1), date(2004, 2, 29))),
        st.none() | DAYS,
        st.fixed_dictionaries(
            {},
            optional={
                "profile": st.sampled_from(("markt", "foerder", "stabilisierung", "I", "Z")),
                "status": st.sampled_from(("arbeitslos", "arbeitsuchend", "nicht_gesetzt")),
                "org": st.just("fallmanagement"),
            },
        ),
    ),
    max_size=8,
).map(
    lambda drawn: [
        member(place, *days, born=born, einv=einv, **facts)
        for place, (days, born, einv, facts) in enumerate(drawn)
    ]
)
NAMES = st.sampled_from(sorted(POLICIES))
MIRRORED = {
    Change.EARLIER: Change.LATER,
    Change.LATER: Change.EARLIER,
    Change.GAINED: Change.LOST,
    Change.LOST: Change.GAINED,
    Change.OTHER: Change.OTHER,
    Change.SAME: Change.SAME,
}


@settings(deadline=None)
@given(one=NAMES, other=NAMES, members=MEMBERS)
def test_the_other_way_round_everything_is_mirrored(one, other, members):
    there, back = of(one, other, *members), of(other, one, *members)

    changes = {row.client.id: (row.change, row.days) for row in back.rows}
    for row in there.rows:
        change, days = changes[row.client.id]
        assert row.change is MIRRORED[change]
        assert row.days == (None if days is None else -days)
    assert (there.one.demand, there.one.overdue) == (back.other.demand, back.other.overdue)


@settings(deadline=None)
@given(name=NAMES, members=MEMBERS)
def test_a_policy_against_itself_changes_nothing(name, members):
    found = of(name, name, *members)

    assert found.counts[Change.SAME] == len(members)


@settings(deadline=None)
@given(one=NAMES, other=NAMES, members=MEMBERS)
def test_everyone_stands_in_one_row_and_the_order_of_entry_does_not_matter(one, other, members):
    found = of(one, other, *members)

    assert sorted(row.client.id for row in found.rows) == list(range(len(members)))
    assert sum(found.counts.values()) == len(members)
    assert of(one, other, *reversed(members)).rows == found.rows
    assert [row.change for row in found.rows] == sorted(
        (row.change for row in found.rows), key=list(Change).index
    )
