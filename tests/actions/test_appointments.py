"""Which appointments are refused, and with which sentence?"""

from datetime import date, datetime

import pytest

from kkd_desktop.actions import appointments, casework, stores
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.errors import UserError
from kkd_desktop.store.key import Passphrase


@pytest.fixture
def context(tmp_path):
    secret = Passphrase("vier zufällige Wörter")
    context = stores.create_caseload(tmp_path / "b.kkd", secret, date(2026, 11, 20))
    yield context
    context.store.close()


@pytest.fixture
def client(context):
    return casework.add_client(context, Client(0, "123A400017", "Beispiel", "Amina"), {})


def test_an_appointment_that_would_end_after_midnight_is_refused(context, client):
    with pytest.raises(UserError, match=r"23:50 mit 45 Minuten endet erst nach Mitternacht"):
        appointments.book(context, client, datetime(2026, 11, 24, 23, 50), 45)

    assert not appointments.of_day(context, date(2026, 11, 24))


def test_an_appointment_is_not_moved_past_midnight(context, client):
    booked = appointments.book(context, client, datetime(2026, 11, 24, 9, 0), 45)

    with pytest.raises(UserError, match="Mitternacht"):
        appointments.move(context, booked.id, datetime(2026, 11, 24, 23, 30))


def test_an_appointment_may_end_at_midnight(context, client):
    booked = appointments.book(context, client, datetime(2026, 11, 24, 23, 15), 45)

    assert booked.end == datetime(2026, 11, 25)
