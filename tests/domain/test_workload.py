"""Talks a month: hand-computed cases, and what holds for every caseload."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kkd_desktop.domain.client import Deviation, Subject
from kkd_desktop.domain.compiled_policy import CompiledPolicy
from kkd_desktop.domain.contact import Contact
from kkd_desktop.domain.evaluation import evaluate
from kkd_desktop.domain.facts import Facts, Timeline
from kkd_desktop.domain.policy import (
    Between,
    Citation,
    CountingClause,
    CountInPeriod,
    Deadline,
    DeviationEffect,
    Event,
    EventKind,
    Explicit,
    FirstContact,
    Nature,
    NestedShares,
    OutcomeKind,
    Policy,
    Precedence,
    Rule,
    Share,
    Step,
    Steps,
    Test,
    Validity,
    When,
    Within,
)
from kkd_desktop.domain.spans import Span, Unit
from kkd_desktop.domain.values import replace
from kkd_desktop.domain.workdays import WorkCalendar
from kkd_desktop.domain.workload import (
    DAYS_OF_MONTH,
    PerMonth,
    Reading,
    demand,
    group_rates,
    levelled,
    per_month,
    rotation_gap,
)

TODAY = date(2026, 11, 20)
CALENDAR = WorkCalendar(None, lookup=lambda land, year: ())
CITE = Citation("§ 1")
ALL = CountingClause("alle", When(), True, "es ein Gespräch war")


def months(number):
    return Span(number, Unit.MONTHS)


def weeks(number):
    return Span(number, Unit.WEEKS)


def shares(*pairs):
    """`(45, 1), (80, 3)`: percent within months."""
    return NestedShares(
        "alle", tuple(Share(f"m{m}", Fraction(p), months(m), CITE) for p, m in pairs)
    )


FRANKFURT = shares((45, 1), (80, 3), (95, 6))


def policy(*demands, policy_id="probe", deviation=DeviationEffect.NONE):
    """Rule `r0` for clients of Profillage `r0`, and so on; a single rule is for everyone."""
    rules = tuple(
        Rule(
            f"r{place}",
            f"Regel {place}",
            When((Test("profile", frozenset({f"r{place}"})),)) if len(demands) > 1 else When(),
            asked,
            CITE,
        )
        for place, asked in enumerate(demands)
    )
    return CompiledPolicy(
        Policy(
            id=policy_id,
            title=policy_id,
            short_title=policy_id,
            office="Amt",
            document="Papier",
            nature=Nature.SOLL,
            land=None,
            validity=Validity(),
            precedence=Precedence.FIRST,
            rules=rules,
            counting=(ALL,),
            not_counting="nichts zählt",
            deviation=deviation,
        ),
        CALENDAR,
    )


def subject(profile="r0", deviation=None, registered=date(2026, 1, 5)):
    facts = Facts({"profile": Timeline.always(profile)})
    return Subject(registered=registered, facts=facts, deviation=deviation)


def asked(policies, *subjects, met=True):
    contacts = [Contact(TODAY - timedelta(days=10))] if met else []
    return demand(evaluate(each, contacts, policies, TODAY) for each in subjects)


@pytest.mark.parametrize(
    ("span", "rate"),
    [
        (months(1), Fraction(1)),
        (months(3), Fraction(1, 3)),
        (weeks(6), DAYS_OF_MONTH / 42),
        (Span(30, Unit.DAYS), DAYS_OF_MONTH / 30),
        (Span(20, Unit.WORKDAYS), DAYS_OF_MONTH / 28),
    ],
)
def test_a_span_is_so_many_talks_a_month(span, rate):
    assert per_month(span) == rate


def test_four_hundred_years_have_4800_months():
    assert (date(2400, 1, 1) - date(2000, 1, 1)).days == DAYS_OF_MONTH * 4800


def test_each_rule_asks_for_its_clients_and_the_rules_sum_up():
    rules = policy(Within(months(3)), Between(months(2), months(4)), CountInPeriod(4, months(6)))

    found = asked([rules], *(subject(profile) for profile in ("r0", "r0", "r1", "r2")))

    assert [(each.rule.id, each.clients) for each in found.rules] == [
        ("r0", 2),
        ("r1", 1),
        ("r2", 1),
    ]
    assert [each.per_month.rotation for each in found.rules] == [
        Fraction(2, 3),
        Fraction(1, 4),
        Fraction(2, 3),
    ]
    assert found.per_month.comfortable == Fraction(2, 3) + Fraction(1, 2) + Fraction(2, 3)
    assert found.per_month.readings() == (Reading.ROTATION, Reading.COMFORTABLE)


def test_rules_stand_in_the_order_of_the_policy():
    rules = policy(Within(months(3)), Within(months(6)))

    found = asked([rules], subject("r1"), subject("r0"))

    assert [each.rule.id for each in found.rules] == ["r0", "r1"]


def test_forty_five_eighty_ninety_five_percent_in_both_readings():
    found = asked([policy(FRANKFURT)], *[subject()] * 100)

    assert found.per_month == PerMonth(
        Fraction(45),
        45 + Fraction(35, 3) + Fraction(15, 6),
        45 + Fraction(35, 3) + Fraction(15, 6),
    )


def test_a_wide_share_may_ask_for_more_than_the_narrow_one():
    found = asked([policy(shares((10, 1), (90, 2)))], *[subject()] * 100)

    assert found.per_month.rotation == 45


def test_a_first_talk_is_asked_for_once():
    first = FirstContact(Span(7, Unit.WORKDAYS), Span(10, Unit.WORKDAYS))

    found = asked([policy(first)], subject(), subject(), met=False)

    assert (found.once, found.per_month) == (2, PerMonth())


def test_a_talk_that_meets_the_stricter_policy_meets_the_other_one_too():
    strict, loose = policy(Within(months(1))), policy(Within(months(3)), policy_id="weit")

    found = asked([loose, strict], subject())

    assert found.per_month.rotation == 1
    assert [(each.policy.id, each.per_month.rotation) for each in found.rules] == [
        ("weit", 0),
        ("probe", 1),
    ]


def test_what_one_policy_asks_side_by_side_is_met_by_the_same_talk():
    one = policy(Within(months(1))).policy
    rules = (
        replace(one.rules[0], obligation="t"),
        replace(one.rules[0], id="p", demand=Within(months(2)), obligation="p"),
    )
    both = replace(one, rules=rules, obligations={"t": "Telefon", "p": "Persönlich"})

    found = asked([CompiledPolicy(both, CALENDAR)], subject(), subject())

    assert found.per_month.rotation == 2
    assert [(each.rule.id, each.clients, each.per_month.rotation) for each in found.rules] == [
        ("r0", 2, 2),
        ("p", 2, 0),
    ]


def test_a_sequence_asks_for_what_its_last_step_does():
    steps = Steps((Step(1, Within(months(1))), Step(2, Between(months(2), months(3)))))

    found = asked([policy(steps)], subject())

    assert found.per_month == PerMonth(Fraction(1, 3), Fraction(1, 3), Fraction(1, 2))


def test_a_deadline_after_an_event_is_asked_for_once():
    event = Event(EventKind.DATE, "Kursende", "registered")
    rules = policy(Deadline(event, months(24)))

    assert asked([rules], subject(), met=False).once == 1
    assert asked([rules], subject()).once == 0


def test_who_is_met_monthly_anyway_fills_the_narrow_share():
    rules = policy(Within(months(1)), Explicit(OutcomeKind.NO_RULE, "nichts"))
    everyone = policy(shares((50, 1), (100, 4)), policy_id="anteile")

    found = asked([rules, everyone], subject("r0"), subject("r0"), subject("r1"), subject("r1"))

    assert found.per_month.groups == 2 + Fraction(2, 4)
    assert found.per_month.rotation == 2 + Fraction(2, 4)


def test_a_share_laid_over_itself_asks_for_nothing_more():
    once = asked([policy(FRANKFURT)], *[subject()] * 7)
    twice = asked([policy(FRANKFURT), policy(FRANKFURT, policy_id="noch")], *[subject()] * 7)

    assert twice.per_month == once.per_month


def test_a_duty_that_rests_is_counted_apart():
    rules = policy(Within(months(1)), deviation=DeviationEffect.SUSPENDS)
    resting = subject(deviation=Deviation("Maßnahme", TODAY + timedelta(days=60)))

    found = asked([rules], resting, subject())

    assert (found.clients, found.resting, found.per_month.rotation) == (2, 1, 1)


def test_who_is_asked_for_no_number_is_counted_apart():
    rules = policy(Explicit(OutcomeKind.NO_RULE, "keine Vorgabe"))

    found = asked([rules], subject())

    assert (found.rules, found.without, found.per_month) == ((), 1, PerMonth())


def test_an_empty_caseload_asks_for_nothing():
    assert asked([policy(FRANKFURT)]).per_month == PerMonth()


SPANS = st.builds(Span, st.integers(1, 12), st.sampled_from(Unit))
DEMANDS = st.one_of(
    st.builds(Within, SPANS),
    st.builds(
        lambda a, b: Between(months(min(a, b)), months(max(a, b))), *[st.integers(1, 12)] * 2
    ),
    st.builds(CountInPeriod, st.integers(1, 6), st.just(months(6))),
    st.just(FRANKFURT),
    st.just(shares((80, 1))),
)
CASELOADS = st.tuples(
    st.lists(DEMANDS, min_size=2, max_size=4), st.lists(st.integers(0, 3), max_size=15)
)


@settings(deadline=None)
@given(caseload=CASELOADS)
def test_each_reading_asks_for_as_much_as_the_one_before_and_rules_sum_up(caseload):
    demands, profiles = caseload

    found = asked([policy(*demands)], *(subject(f"r{each}") for each in profiles))

    total = found.per_month
    assert total.rotation <= total.groups <= total.comfortable
    for reading in Reading:
        assert sum(each.per_month.of(reading) for each in found.rules) == total.of(reading)


@settings(deadline=None)
@given(caseload=CASELOADS)
def test_a_second_policy_never_asks_for_less(caseload):
    demands, profiles = caseload
    subjects = [subject(f"r{each}") for each in profiles]
    one, over = policy(*demands), policy(Within(months(2)), policy_id="darüber")

    alone, both = asked([one], *subjects), asked([one, over], *subjects)

    for reading in Reading:
        assert both.per_month.of(reading) >= alone.per_month.of(reading)
        assert both.per_month.of(reading) >= asked([over], *subjects).per_month.of(reading)


RATES = st.lists(st.fractions(0, 2, max_denominator=12), min_size=1, max_size=5)
NESTED = st.lists(st.tuples(st.integers(1, 100), st.integers(1, 12)), min_size=1, max_size=3).map(
    lambda pairs: shares(
        *zip(
            sorted(percent for percent, _ in pairs),
            sorted(month for _, month in pairs),
            strict=True,
        )
    )
)


@settings(deadline=None)
@given(rates=RATES, nested=NESTED)
def test_no_other_choice_of_groups_takes_fewer_talks(rates, nested):
    groups = group_rates(nested, len(rates))
    wanted = groups + [Fraction(0)] * (len(rates) - len(groups))

    best = sum(map(max, sorted(rates, reverse=True), wanted))

    assert best == min(sum(map(max, order, wanted)) for order in permutations(rates))


@settings(deadline=None)
@given(rates=RATES, nested=NESTED)
def test_taking_turns_reaches_every_share_and_one_of_them_just_so(rates, nested):
    gap = rotation_gap(nested, rates)

    raised = levelled(rates, gap)

    assert sum(raised) == sum(rates) + gap
    assert all(after >= before for before, after in zip(rates, raised, strict=True))
    reached = [
        sum(min(Fraction(1), rate / per_month(share.within)) for rate in raised)
        - share.required_of(len(rates))
        for share in nested.shares
    ]
    assert all(each >= 0 for each in reached)
    assert not gap or min(reached) == 0


def test_a_rule_that_stands_in_several_obligations_asks_once():
    rules = policy(Within(months(1)))
    outcome = evaluate(subject(), [], [rules], TODAY)

    found = demand([replace(outcome, obligations=outcome.obligations * 2)])

    assert (found.rules[0].clients, found.per_month.rotation) == (1, 1)
