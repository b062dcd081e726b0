"""Who is proposed for deletion, from when on, and for which reason."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from time import thread_time

import pytest

from kkd_desktop.actions import appointments, casework, policies, retention, stores
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.secrets import Passphrase
from kkd_desktop.domain.client import Client, Deviation, Subject
from kkd_desktop.domain.contact import Contact
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.spans import Span, Unit

TODAY = date(2026, 11, 20)
ADDED = datetime(2020, 1, 7, 8, 0)


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    secret = Passphrase("vier zufällige Wörter")
    made = stores.create_caseload(tmp_path / "bestand.kkd", secret, TODAY)
    made.now = lambda: ADDED
    with made.store:
        yield made


@pytest.fixture
def person(context: Context) -> Callable[..., Client]:
    def add(*met: date, name: str = "Beispiel", subject: Subject = Subject()) -> Client:  # noqa: B008
        client = casework.add_client(context, Client(0, "", name, "Ada", subject=subject), {})
        for day in met:
            casework.record_contact(context, Contact(day, client_id=client.id))
        return client

    return add


def test_two_years_after_the_last_contact(context, person):
    client = person(date(2024, 3, 4), date(2024, 11, 19))
    person(date(2024, 11, 20), name="Nochda")

    [found] = retention.proposal(context)

    assert found.client_id == client.id
    assert found.kept_until == date(2026, 11, 19)
    assert found.reason == "letzter Kontakt 19.11.2024, 24 Monate danach"


@pytest.mark.parametrize(("months", "proposed"), [(12, True), (13, False), (120, False)])
def test_the_office_sets_the_period(context, person, months, proposed):
    person(date(2025, 11, 19))
    policies.choose(context, "ue2019")

    context.change_settings(retention_months=months)

    assert bool(retention.proposal(context)) is proposed


@pytest.mark.parametrize("months", [0, -1, 121])
def test_a_period_that_keeps_nothing_or_for_ever_is_refused(context, months):
    with pytest.raises(UserError, match="zwischen 1 und 120"):
        context.change_settings(retention_months=months)


def test_a_rule_that_looks_back_further_keeps_longer(context, person):
    person(date(2026, 1, 12))
    context.change_settings(retention_months=6)

    assert retention.proposal(context) == ()

    longest = retention.look_back(context)
    assert longest is not None
    assert longest.span == Span(12, Unit.MONTHS)
    assert "blickt weiter zurück: 12 Monate" in retention.period_text(context)


def test_the_rule_is_the_reason_where_it_keeps_longer(context, person):
    person(date(2025, 11, 3))
    context.change_settings(retention_months=6)

    [found] = retention.proposal(context)

    assert found.kept_until == date(2026, 11, 3)
    assert found.reason.startswith("letzter Kontakt 03.11.2025, 12 Monate danach (")


def test_somebody_never_met_is_kept_from_the_day_they_were_added(context, person):
    person(name="Niegesehen")

    [found] = retention.proposal(context)

    assert found.reason.startswith("aufgenommen 07.01.2020")


def test_whoever_is_still_expected_is_not_proposed(context, person):
    booked = person(date(2020, 3, 3), name="Termin")
    appointments.book(context, booked, datetime(2026, 12, 3, 9, 0), 45)
    excepted = person(date(2020, 3, 3), name="Ausnahme")
    casework.agree_deviation(context, excepted.id, Deviation("Umzug", date(2027, 1, 31), TODAY))
    plan = Subject(einv_start=date(2020, 1, 1), einv_end=date(2026, 12, 31))
    person(date(2020, 3, 3), name="Plan", subject=plan)
    gone = person(date(2020, 3, 3), name="Vorbei")

    assert [each.client_id for each in retention.proposal(context)] == [gone.id]


def test_an_appointment_that_was_called_off_keeps_nobody(context, person):
    client = person(date(2020, 3, 3))
    booked = appointments.book(context, client, datetime(2026, 12, 3, 9, 0), 45)
    assert booked.id is not None
    appointments.cancel(context, booked.id)

    assert len(retention.proposal(context)) == 1


def test_the_longest_ago_comes_first_and_nobody_is_deleted(context, person):
    for year, name in ((2022, "B"), (2021, "A"), (2023, "C")):
        person(date(year, 5, 5), name=name)

    assert [each.name for each in retention.proposal(context)] == ["A, Ada", "B, Ada", "C, Ada"]
    assert casework.count_clients(context) == 3


@pytest.mark.parametrize("policy", ["ba2010", "mk2015", "ue2019", "ffm2017", "mg2012"])
def test_no_shipped_policy_looks_back_further_than_a_year(context, policy):
    policies.choose(context, policy)

    longest = retention.look_back(context)

    assert longest is not None
    assert longest.span.after(date(2026, 1, 1), context.office_calendar()) <= date(2027, 1, 1)


def test_three_thousand_people_are_looked_through_at_once(tmp_path):
    made = stores.create_demo(tmp_path / "a.kkd", Passphrase("vier Wörter"), TODAY, clients=3000)
    with made.store:
        made.today = date(2030, 1, 1)
        begun = thread_time()

        found = retention.proposal(made)

        assert len(found) > 2900
        assert thread_time() - begun < 1
