"""What a card of the calendar says where there is little room."""

from datetime import datetime

import pytest

from kkd_desktop.domain.appointment import Appointment
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.week import Talk
from kkd_desktop.gui.models.week_cards import card_of
from kkd_desktop.gui.widgets.week_painting import WeekInk, name_within

WHEN = datetime(2026, 11, 24, 9)


def card(*names):
    booked = tuple(
        (
            Appointment(id=n, client_id=n, start=WHEN, minutes=45, uid=str(n), changed_at=WHEN),
            Client(n, "", *name.split(", ")),
        )
        for n, name in enumerate(names, start=1)
    )
    return card_of(Talk(booked), datetime(2026, 11, 20))


@pytest.fixture
def ink(qapp):
    return WeekInk()


def test_a_name_gives_up_the_given_name_and_its_size_before_it_is_cut(ink):
    talk = card("Merkblatt, Filip")
    whole = ink.name_metrics.horizontalAdvance

    shown = [
        name_within(talk, width, ink)
        for width in (
            whole("Merkblatt, Filip"),
            whole("Merkblatt, F."),
            whole("Merkblatt"),
            whole("Merkblatt") - 1,
            30,
        )
    ]

    assert [name for name, _ in shown[:4]] == [
        *("Merkblatt, Filip", "Merkblatt, F.", "Merkblatt", "Merkblatt")
    ]
    assert shown[3][1].pointSizeF() < shown[2][1].pointSizeF() or (
        shown[3][1].pixelSize() < shown[2][1].pixelSize()
    )
    assert shown[4][0].endswith("…")


def test_of_a_joint_talk_both_are_named_as_far_as_there_is_room(ink):
    shown, _ = name_within(card("Muster, Ute", "Probe, Kim"), 60, ink)

    assert shown.startswith("Muster")
