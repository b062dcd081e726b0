"""What the cases cannot say: what holds for every client, every contact and every policy."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from kkd_desktop import paths
from kkd_desktop.domain import texts
from kkd_desktop.domain.client import Deviation, Subject
from kkd_desktop.domain.compiled_policy import CompiledPolicy, strictest
from kkd_desktop.domain.contact import Contact, ContactForm, ContactKind, ContactNotes, NoteType
from kkd_desktop.domain.evaluation import evaluate, obligations
from kkd_desktop.domain.explanation import explain
from kkd_desktop.domain.facts import Facts, Period, Timeline
from kkd_desktop.domain.outcome import STATE_TEXTS, Days, Finding, State
from kkd_desktop.domain.policy import Between, DeviationEffect, Validity, Within
from kkd_desktop.domain.values import replace
from kkd_desktop.domain.workdays import WorkCalendar
from kkd_desktop.policyfiles.reader import read_policy


def the_obligation(policy, subject, contacts, today):
    (found,) = obligations(policy, subject, contacts, today)
    return found


def said(found):
    """All of an answer but what it was derived from."""
    return found.policy, found.finding, found.required_form, found.warnings


LATENESS = {State.OK: 0, State.DUE_TODAY: 1, State.OVERDUE: 2}


def compiled(name):
    # Always in force: validity is a matter of its own. No holidays: so are they.
    policy = read_policy(paths.policies() / f"{name}.toml", trusted=True)
    calendar = WorkCalendar(policy.land, lookup=lambda land, year: ())
    return CompiledPolicy(replace(policy, validity=Validity()), calendar)


POLICIES = {name: compiled(name) for name in ("ba2010", "ffm2017", "mg2012", "mk2015", "ue2019")}
ALL = tuple(POLICIES.values())

DAYS = st.dates(date(2010, 1, 1), date(2030, 12, 31))
KINDS = st.builds(
    ContactKind,
    form=st.sampled_from(ContactForm),
    note_type=st.sampled_from(NoteType),
    attended=st.sampled_from((True, True, True, False)),
    qualified=st.sampled_from((True, True, True, False)),
    first=st.booleans(),
    phone_reason=st.booleans(),
)
TEXTS = st.sampled_from((None, "", "besprochen"))
NOTES = st.builds(ContactNotes, TEXTS, TEXTS, TEXTS)
CONTACTS = st.lists(st.builds(Contact, day=DAYS, kind=KINDS, notes=NOTES), max_size=8)


def timelines(values):
    """A value for ever, or periods that overlap and leave gaps, as real histories do."""
    value = st.sampled_from(values)
    period = st.builds(Period, value, st.none() | DAYS, st.none() | DAYS)
    return st.builds(Timeline.always, value) | st.builds(Timeline, st.lists(period, max_size=3))


FACTS = st.fixed_dictionaries(
    {},
    optional={
        "profile": timelines([*texts.PROFILLAGEN, None]),
        "status": timelines([*texts.STATUS, None]),
        "org": timelines([*texts.ORG]),
        **{flag: timelines([True, False]) for flag in texts.FLAGS},
    },
).map(Facts)
SUBJECTS = st.builds(
    Subject,
    birth_date=st.none() | st.dates(date(1950, 1, 1), date(2009, 12, 31)),
    registered=st.none() | DAYS,
    einv_start=st.none() | DAYS,
    einv_end=st.none(),
    facts=FACTS,
    deviation=st.none() | st.builds(Deviation, st.just("Reha"), DAYS, st.none() | DAYS),
    planned_next=st.none() | DAYS,
)
GAP_POLICIES = st.sampled_from(("ffm2017", "mg2012", "mk2015", "ue2019")).map(POLICIES.get)

many = settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow], deadline=None)


def subject(**facts):
    own = {name: facts.pop(name) for name in ("registered", "deviation") if name in facts}
    return Subject(
        birth_date=date(1980, 1, 1),
        facts=Facts({name: Timeline.always(value) for name, value in facts.items()}),
        **own,
    )


@many
@given(subject=SUBJECTS, contacts=CONTACTS, today=DAYS)
@example(Subject(), [], date(2012, 2, 29))
def test_every_question_has_an_answer_that_gives_its_reason(subject, contacts, today):
    outcome = evaluate(subject, contacts, ALL, today)

    for policy in ALL:
        alone = evaluate(subject, contacts, [policy], today)
        found = alone.deciding
        text = explain(alone)
        assert found.policy.short_title in text or (found.rule and found.rule.title in text)
        assert text.endswith(".")
        assert (found.latest is None) == (found.days_left(today) is None)
        assert found.earliest is None or found.earliest <= found.target <= found.latest
    assert len(outcome.obligations) == len(ALL)
    assert all(STATE_TEXTS[found.state] for found in outcome.obligations)


@many
@given(subject=SUBJECTS, contacts=CONTACTS, today=DAYS, order=st.randoms())
def test_the_order_of_entry_changes_nothing(subject, contacts, today, order):
    shuffled = list(enumerate(contacts))
    order.shuffle(shuffled)

    for policy in ALL:
        given_order = the_obligation(policy, subject, contacts, today)
        other_order = the_obligation(policy, subject, [c for _, c in shuffled], today)

        assert {shuffled[i][0] for i in other_order.counted} == set(given_order.counted)
        assert said(other_order) == said(given_order)


@many
@given(subject=SUBJECTS, contacts=CONTACTS, today=DAYS)
def test_a_talk_in_the_future_changes_nothing_but_is_kept_apart(subject, contacts, today):
    held = [contact for contact in contacts if contact.day <= today]

    for policy in ALL:
        with_future = the_obligation(policy, subject, contacts, today)
        without = the_obligation(policy, subject, held, today)

        assert said(with_future) == said(without)


@many
@given(
    policy=GAP_POLICIES,
    subject=SUBJECTS,
    contacts=CONTACTS,
    extra=st.builds(Contact, day=DAYS, kind=KINDS),
    today=DAYS,
)
def test_another_counted_talk_never_brings_the_last_day_forward(
    policy, subject, contacts, extra, today
):
    # A talk before the registration belongs to an older case and may be what the span runs from.
    assume(subject.registered is None or extra.day >= subject.registered)
    subject = replace(subject, deviation=None)
    before = the_obligation(policy, subject, contacts, today)
    after = the_obligation(policy, subject, [*contacts, extra], today)

    assert set(before.counted) <= set(after.counted)
    if before.latest is not None and after.latest is not None:
        assert after.latest >= before.latest


@many
@given(
    policy=GAP_POLICIES,
    profile=st.sampled_from([*texts.PROFILLAGEN]),
    status=st.sampled_from([*texts.STATUS]),
    last=DAYS,
    ahead=st.lists(st.integers(0, 500), min_size=2, max_size=6),
)
def test_time_alone_only_makes_a_gap_rule_later(policy, profile, status, last, ahead):
    seen = subject(profile=profile, status=status)
    days = [last + timedelta(days=number) for number in sorted(ahead)]

    found = [the_obligation(policy, seen, [Contact(last)], day) for day in days]

    assert len({each.latest for each in found}) == 1
    if found[0].latest is not None:
        lateness = [LATENESS[each.state] for each in found]
        assert lateness == sorted(lateness)


@given(subject=SUBJECTS, contacts=CONTACTS, today=DAYS)
def test_asking_twice_gives_the_same_answer(subject, contacts, today):
    assert evaluate(subject, contacts, ALL, today) == evaluate(subject, contacts, ALL, today)


@given(subject=SUBJECTS, contacts=CONTACTS, today=DAYS)
def test_the_strictest_of_several_policies_is_the_earliest_day(subject, contacts, today):
    outcome = evaluate(subject, contacts, ALL, today)

    days = [found.latest for found in outcome.obligations if found.latest is not None]

    assert outcome.latest == min(days, default=None)


@given(today=DAYS, subject=SUBJECTS, contacts=CONTACTS)
def test_out_of_force_there_is_no_day_at_all(today, subject, contacts):
    policy = POLICIES["ue2019"].policy
    ended = replace(policy, validity=Validity(until=today - timedelta(days=1)))

    found = the_obligation(CompiledPolicy(ended, WorkCalendar("NI")), subject, contacts, today)

    assert found.state is State.NOT_IN_FORCE
    assert (found.earliest, found.target, found.latest, found.milestones) == (None, None, None, {})


def test_rules_are_remembered_per_combination_of_facts_not_per_birth_date():
    policy = compiled("mg2012")
    today = date(2013, 1, 7)

    for year in range(1950, 1980):
        seen = replace(subject(profile="markt"), birth_date=date(year, 1, 1))
        the_obligation(policy, seen, [], today)

    assert len(policy._tracks) == 1


def test_a_talk_since_the_exception_was_agreed_uses_it_up():
    agreed = Deviation("Reha", until=date(2019, 6, 3), since=date(2019, 4, 1))
    seen = subject(status="arbeitslos", profile="foerder", deviation=agreed)
    talk = Contact(date(2019, 5, 28))

    found = the_obligation(POLICIES["ue2019"], seen, [talk], date(2019, 5, 29))

    assert (found.state, found.latest) == (State.OK, date(2019, 8, 28))


def test_a_talk_in_between_does_not_cut_a_longer_exception_short():
    agreed = Deviation("Reha", until=date(2019, 9, 2), since=date(2019, 4, 1))
    seen = subject(status="arbeitslos", profile="foerder", deviation=agreed)
    talk = Contact(date(2019, 5, 2))

    found = the_obligation(POLICIES["ue2019"], seen, [talk], date(2019, 5, 29))

    assert (found.state, found.latest) == (State.EXCEPTED, date(2019, 9, 2))


def test_no_exception_moves_a_day_where_the_document_knows_none():
    policy = POLICIES["mk2015"]
    talk = Contact(date(2019, 1, 10))
    excepted = subject(profile="markt", deviation=Deviation("Reha", date(2020, 1, 1)))

    with_exception = the_obligation(policy, excepted, [talk], date(2019, 3, 1))
    without = the_obligation(policy, subject(profile="markt"), [talk], date(2019, 3, 1))

    assert policy.policy.deviation is DeviationEffect.NONE
    assert (with_exception.state, with_exception.latest) == (without.state, without.latest)


@pytest.mark.parametrize("name", sorted(POLICIES))
def test_every_dated_answer_says_whether_a_call_would_do(name):
    for profile in texts.PROFILLAGEN:
        for status in texts.STATUS:
            seen = subject(profile=profile, status=status, registered=date(2019, 1, 2))
            found = the_obligation(POLICIES[name], seen, [], date(2019, 1, 3))
            dated = found.rule is not None and isinstance(found.rule.demand, Within | Between)
            assert (found.required_form is not None) or not dated


def test_at_a_tie_the_first_named_obligation_decides():
    day = date(2019, 4, 10)
    one = Finding(None, Days(State.OK, latest=day))
    two = Finding(None, Days(State.OVERDUE, latest=day))

    assert strictest([one, two]) is one
    assert strictest([two, one]) is two


def test_a_day_speaks_before_every_answer_without_one():
    dated = Finding(None, Days(State.OK, latest=date(2030, 1, 1)))
    without_day = [Finding(None, Days(state)) for state in (State.NO_ANCHOR, State.MET)]

    assert strictest([*without_day, dated]) is dated
