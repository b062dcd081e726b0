"""What will be asked of somebody who is met on a day that has not come yet?"""

from datetime import date, timedelta

import pytest

from kkd_desktop.actions import policies
from kkd_desktop.domain.client import Subject
from kkd_desktop.domain.compiled_policy import CompiledPolicy
from kkd_desktop.domain.contact import Contact, ContactForm, ContactLog
from kkd_desktop.domain.facts import Facts, Timeline
from kkd_desktop.domain.foresight import Foresight
from kkd_desktop.domain.rulebook import Rulebook
from kkd_desktop.domain.workdays import WorkCalendar

TODAY = date(2026, 11, 20)
DAYS = [TODAY + timedelta(days=number) for number in range(1, 80)]


@pytest.fixture(scope="module")
def shelf():
    return policies.open_shelf()


def sight(shelf, policy, profile, *met, agreed=(), form=ContactForm.PERSOENLICH):
    found = shelf.load(policy)
    rules = Rulebook([CompiledPolicy(found, WorkCalendar(found.land))])
    facts = {"profile": Timeline.always(profile), "status": Timeline.always("arbeitslos")}
    subject = Subject(date(1980, 1, 1), date(2026, 1, 12), facts=Facts(facts))
    log = ContactLog.of([Contact(day) for day in met])
    return Foresight(subject, log, rules, agreed, form)


def test_the_next_day_runs_from_the_planned_talk(shelf):
    found = sight(shelf, "mg2012", "markt", date(2026, 10, 30))
    first = found.first(TODAY)

    after = found.after_each(first, DAYS)

    assert first.latest == date(2026, 12, 11)
    assert after[date(2026, 12, 3)].latest == date(2027, 1, 14)
    assert min(after) >= first.earliest


def test_what_is_agreed_comes_before_the_plan(shelf):
    found = sight(shelf, "mg2012", "markt", date(2026, 10, 30), agreed=[date(2026, 12, 1)])

    assert found.first(TODAY).latest == date(2027, 1, 12)


def test_a_window_that_names_no_first_day_begins_in_its_second_half(shelf):
    first = sight(shelf, "mg2012", "markt", date(2026, 10, 30)).first(TODAY)

    assert first.earliest == date(2026, 10, 30) + timedelta(days=21)


def test_a_call_counts_only_where_the_concept_says_so(shelf):
    call = sight(shelf, "mg2012", "markt", date(2026, 10, 30), form=ContactForm.TELEFONISCH)

    assert not call.counts(TODAY)
    assert sight(shelf, "mg2012", "markt", date(2026, 10, 30)).counts(TODAY)
