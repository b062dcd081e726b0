"""Who would fill a gap soonest, and who would be left out for it?"""

from datetime import date, datetime, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from kkd_desktop import paths
from kkd_desktop.domain.appointment import Appointment
from kkd_desktop.domain.caseload import quotas
from kkd_desktop.domain.client import Client, Subject
from kkd_desktop.domain.compiled_policy import CompiledPolicy
from kkd_desktop.domain.contact import Contact, ContactForm
from kkd_desktop.domain.evaluation import evaluate
from kkd_desktop.domain.facts import Facts, Timeline
from kkd_desktop.domain.policy import Validity
from kkd_desktop.domain.shares import populations
from kkd_desktop.domain.values import replace
from kkd_desktop.domain.workdays import WorkCalendar
from kkd_desktop.domain.worklist import Entry
from kkd_desktop.policyfiles.reader import read_policy

TODAY = date(2026, 11, 20)
SOONEST = date(2026, 11, 27)
CALENDAR = WorkCalendar("HE", lookup=lambda land, year: ())
DAY = timedelta(days=1)


def compiled(name):
    policy = read_policy(paths.policies() / f"{name}.toml", trusted=True)
    return CompiledPolicy(replace(policy, validity=Validity()), CALENDAR)


FRANKFURT, KREIS = compiled("ffm2017"), compiled("mk2015")
OVER = CompiledPolicy(replace(FRANKFURT.policy, id="darüber"), CALENDAR)


def entry(number, ago=None, *, planned=None, form=ContactForm.PERSOENLICH, policies=(FRANKFURT,)):
    """A client last met so many days ago, and planned in so many days."""
    facts = Facts({"status": Timeline.always("arbeitslos")})
    subject = Subject(date(1980, 1, 1), registered=date(2025, 1, 7), facts=facts)
    log = [] if ago is None else [Contact(TODAY - ago * DAY)]
    client = Client(number, str(number), f"Beispiel{number:03}", "", subject=subject)
    appointment = None
    if planned is not None:
        start = datetime.combine(TODAY + planned * DAY, datetime.min.time())
        appointment = Appointment(number, start, 45, "uid", start, form=form)
    outcome = evaluate(subject, log, policies, TODAY)
    return Entry(client, outcome, appointment=appointment)


def ue25(*entries, policies=(FRANKFURT,)):
    return populations([each.policy for each in policies], entries, SOONEST)[0]


def names(found):
    return [each.client.id for each in found]


def test_who_has_an_appointment_first_comes_first_then_who_has_waited_longest():
    found = ue25(
        entry(1, 40), entry(2, 50), entry(3, 60, planned=3), entry(4, 45, planned=30), entry(5, 5)
    )

    monthly = found.shares[0]
    assert (monthly.quota.met, monthly.quota.required, monthly.quota.missing) == (1, 3, 2)
    assert [(each.client.id, each.by, each.planned) for each in monthly.candidates] == [
        (3, TODAY + 3 * DAY, True),
        (2, SOONEST, False),
        (1, SOONEST, False),
        (4, TODAY + 30 * DAY, True),
    ]
    assert names(monthly.fillers) == [3, 2]


def test_one_talk_that_fills_several_gaps_is_cheaper():
    found = ue25(entry(1, 100), entry(2, 300), entry(3, 400), entry(4))

    monthly = found.shares[0]
    assert names(monthly.candidates) == [4, 3, 2, 1]
    assert [each.lifts for each in monthly.candidates] == [("m1", "m3", "m6")] * 3 + [("m1", "m3")]


def test_an_appointment_whose_form_would_not_count_promises_nothing():
    found = ue25(entry(1, 40, planned=3, form=ContactForm.EMAIL))

    assert [(each.by, each.planned) for each in found.shares[0].candidates] == [(SOONEST, False)]


def test_where_a_talk_by_telephone_counts_its_appointment_does_too():
    found = ue25(entry(1, 40, planned=3, form=ContactForm.TELEFONISCH))

    assert found.shares[0].candidates[0].planned


def test_whom_nobody_met_is_listed_even_where_the_share_is_reached_without_them():
    met = [entry(number, 5) for number in range(1, 20)]

    found = ue25(*met, entry(20, 400))

    assert all(standing.quota.fulfilled for standing in found.shares)
    assert [(each.client.id, each.since) for each in found.left_out] == [(20, TODAY - 400 * DAY)]
    assert names(found.forgotten) == [20]


def test_who_fills_a_gap_or_has_an_appointment_is_not_forgotten():
    met = [entry(number, 5) for number in range(1, 18)]

    found = ue25(*met, entry(18, 500), entry(19, 400), entry(20, 300, planned=60))

    assert names(found.left_out) == [18, 19, 20]
    assert names(found.shares[2].fillers) == [18, 19]
    assert not found.forgotten


def test_without_any_contact_the_registration_says_since_when():
    found = ue25(entry(1))

    assert (found.left_out[0].last, found.left_out[0].since) == (None, date(2025, 1, 7))


def test_policies_laid_over_each_other_are_answered_one_by_one():
    policies = (KREIS, FRANKFURT, OVER)
    entries = [entry(1, 5, policies=policies), entry(2, 400, policies=policies)]

    found = populations([each.policy for each in policies], entries, SOONEST)

    assert [(each.policy.id, each.rule.id, each.number) for each in found] == [
        ("ffm2017", "ue25.arbeitslos", 2),
        ("ffm2017", "u25.arbeitslos", 0),
        ("darüber", "ue25.arbeitslos", 2),
        ("darüber", "u25.arbeitslos", 0),
    ]


def test_who_stands_in_a_group_twice_is_one_person():
    twice = entry(1, 5)
    twice = replace(
        twice, outcome=replace(twice.outcome, obligations=twice.outcome.obligations * 2)
    )

    assert ue25(twice).shares[0].quota.population == 1


AGO = st.none() | st.integers(0, 500)


@settings(deadline=None)
@given(members=st.lists(st.tuples(AGO, st.none() | st.integers(1, 90)), max_size=25))
def test_the_named_talks_fill_each_gap_exactly(members):
    entries = [entry(n, ago, planned=planned) for n, (ago, planned) in enumerate(members)]

    for standing in ue25(*entries).shares:
        quota, fillers = standing.quota, standing.fillers
        assert len(fillers) == quota.missing
        assert len(standing.candidates) == quota.population - quota.met
        held = {each.client.id for each in fillers}
        after = [
            (
                each.client.subject,
                [Contact(TODAY)] if each.client.id in held else _log(members, each),
            )
            for each in entries
        ]
        assert quotas(FRANKFURT, after, TODAY)[quota.id].fulfilled
        assert quota.share is None or isinstance(quota.share, Fraction)


def _log(members, found):
    ago = members[found.client.id][0]
    return [] if ago is None else [Contact(TODAY - ago * DAY)]


@settings(deadline=None)
@given(members=st.lists(AGO, max_size=25))
def test_everyone_is_met_within_the_widest_span_or_left_out(members):
    found = ue25(*(entry(number, ago) for number, ago in enumerate(members)))

    widest = found.shares[-1]
    assert widest.quota.met + len(found.left_out) == found.number == len(members)
    assert set(names(widest.candidates)) == set(names(found.left_out))
