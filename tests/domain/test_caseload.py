from datetime import date
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkd_desktop import paths
from kkd_desktop.domain.caseload import capacity, capacity_norm, quotas, quotas_of
from kkd_desktop.domain.client import Subject
from kkd_desktop.domain.compiled_policy import CompiledPolicy
from kkd_desktop.domain.contact import Contact
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.evaluation import obligations
from kkd_desktop.domain.facts import Facts, Timeline
from kkd_desktop.domain.policy import Citation, Share
from kkd_desktop.domain.spans import Span, Unit
from kkd_desktop.domain.workdays import WorkCalendar
from kkd_desktop.policyfiles.reader import read_policy


def the_obligation(policy, subject, contacts, today):
    (found,) = obligations(policy, subject, contacts, today)
    return found


TODAY = date(2018, 9, 15)
CALENDAR = WorkCalendar("HE", lookup=lambda land, year: ())


def policy(name):
    return read_policy(paths.policies() / f"{name}.toml", trusted=True)


FRANKFURT = CompiledPolicy(policy("ffm2017"), CALENDAR)


def member(*days, status="arbeitslos", born=date(1980, 1, 1)):
    facts = Facts({"status": Timeline.always(status)})
    return Subject(birth_date=born, facts=facts), [Contact(day) for day in days]


MEMBERS = st.lists(
    st.builds(
        member,
        st.dates(date(2017, 9, 1), date(2018, 9, 30)),
        status=st.sampled_from(("arbeitslos", "arbeitslos", "arbeitsuchend")),
        born=st.sampled_from((date(1980, 1, 1), date(1998, 1, 1))),
    )
    | st.builds(member),
    max_size=40,
)


@given(members=MEMBERS)
def test_wider_shares_hold_everyone_of_the_narrower_ones(members):
    found = quotas(FRANKFURT, members, TODAY)

    m1, m3, m6 = (found[f"ue25.{share}"] for share in ("m1", "m3", "m6"))
    assert m1.population == m3.population == m6.population
    assert m1.met <= m3.met <= m6.met <= m6.population


@given(members=MEMBERS)
def test_what_is_required_is_rounded_up_to_whole_people_and_exactly_reached(members):
    for quota in quotas(FRANKFURT, members, TODAY).values():
        assert quota.required == ceil(quota.percent * quota.population / 100)
        assert quota.missing == max(0, quota.required - quota.met)
        reached = quota.share is None or quota.share >= quota.percent / 100
        assert quota.fulfilled == reached


@given(members=MEMBERS)
def test_every_unemployed_member_is_in_one_population(members):
    found = quotas(FRANKFURT, members, TODAY)

    unemployed = sum(subject.facts.at("status", TODAY) == "arbeitslos" for subject, _ in members)

    assert found["ue25.m1"].population + found["u25.m1"].population == unemployed


@given(percent=st.decimals("0.1", 100, places=1), number=st.integers(0, 10_000))
def test_a_share_is_rounded_up_without_a_float(percent, number):
    share = Share("m1", Fraction(str(percent)), Span(1, Unit.MONTHS), Citation("§"))

    required = share.required_of(number)

    assert Fraction(required) >= Fraction(str(percent)) * number / 100 > required - 1


def test_outcomes_that_are_known_already_give_the_same_shares():
    members = [member(date(2018, 9, 1)), member(date(2018, 7, 1)), member()]
    known = [the_obligation(FRANKFURT, subject, log, TODAY) for subject, log in members]

    assert quotas_of(FRANKFURT.policy, known) == quotas(FRANKFURT, members, TODAY)


def test_a_policy_without_shares_has_no_quotas():
    assert quotas(CompiledPolicy(policy("mk2015"), CALENDAR), [member()], TODAY) == {}


@pytest.mark.parametrize("name", ["ba2010", "ffm2017", "mk2015"])
def test_a_document_without_a_norm_has_no_capacity(name):
    assert capacity_norm(policy(name), "ifk") is None


def test_an_unknown_role_is_an_error_that_names_the_known_ones():
    with pytest.raises(UserError, match=r"„pförtner“.*ifk, .*fm, "):
        capacity_norm(policy("ue2019"), "pförtner")


def test_where_the_number_decides_hours_are_not_asked():
    norm = capacity_norm(policy("ue2019"), "ifk")

    found = capacity(norm, Fraction(39), planned_contacts=24, planned_hours=Fraction(12))

    assert (found.contact_hours, found.min_contacts, found.fulfilled) == (
        Fraction("23.4"),
        24,
        True,
    )


def test_hours_alone_do_not_tell_whether_the_number_is_reached():
    norm = capacity_norm(policy("ue2019"), "ifk")

    assert capacity(norm, Fraction(39), planned_hours=Fraction(39)).fulfilled is None


def test_exactly_sixty_percent_is_enough():
    norm = capacity_norm(policy("mg2012"), "ifk")

    enough = capacity(norm, Fraction("38.5"), planned_hours=Fraction("23.1"))
    less = capacity(norm, Fraction("38.5"), planned_hours=Fraction("23.09"))

    assert (enough.fulfilled, less.fulfilled) == (True, False)


def test_a_week_that_is_there_in_part_is_asked_for_in_part():
    norm = capacity_norm(policy("ue2019"), "ifk")

    found = capacity(norm, Fraction(39), part=Fraction(4, 5))

    # 60 % of 31.2 hours are 18.72: nineteen talks of an hour.
    assert (found.contact_hours, found.min_contacts) == (Fraction("18.72"), 19)
    assert capacity(norm, Fraction(39), part=Fraction(0)).min_contacts == 0
