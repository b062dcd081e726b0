"""The cards of the start page that count: the week against its norm, and the shares."""

from datetime import date, datetime, time
from fractions import Fraction

from PySide6.QtWidgets import QLabel

from kkd_desktop.actions import policies, quotas, worklist
from kkd_desktop.domain.appointment import Appointment
from kkd_desktop.domain.caseload import capacity
from kkd_desktop.domain.policy import CapacityNorm, Citation
from kkd_desktop.gui.widgets.figures import CapacityCard, QuotaCard


def card_of(qtbot, context, *chosen):
    policies.choose(context, *chosen)
    card = QuotaCard()
    qtbot.addWidget(card)
    card.show_quotas(quotas.of_worklist(context, worklist.worklist(context)))
    return card


def said(card):
    return [label.text() for label in card.findChildren(QLabel)]


def test_shares_are_shown_whichever_policy_stands_first(qtbot, session):
    card = card_of(qtbot, session.context, "mk2015", "ffm2017")

    assert not card.isHidden()
    assert "Ü25, arbeitslos" in said(card)


def test_without_shares_there_is_no_card(qtbot, session):
    assert card_of(qtbot, session.context, "mk2015", "mg2012").isHidden()


TODAY = date(2026, 11, 25)


def talk(hour, minutes, client_id=1, **changes):
    start = datetime.combine(TODAY, time(hour))
    number = 100 * hour + client_id
    return Appointment(client_id, start, minutes, f"{number}", start, id=number, **changes)


def capacity_said(qtbot, *talks, part=Fraction(1), number=None):
    card = CapacityCard()
    qtbot.addWidget(card)
    norm = CapacityNorm((), "Norm", Fraction(60), Citation("§"), number=number)
    found = capacity(norm, Fraction(39), part=part)
    card.show_week(TODAY, talks, found, Fraction(39))
    return card


def test_a_whole_week_is_measured_by_its_hours(qtbot):
    card = capacity_said(qtbot, talk(9, 60, preparation=15), talk(10, 30))

    assert (card.number.text(), card.unit.text()) == ("1,5", "von 23,4 Stunden")
    assert card.detail.text() == "2 Termine · 60 % von 39 h · 21,9 Stunden bis zur Vorgabe"


def test_a_week_with_a_day_off_says_what_it_is_measured_by(qtbot):
    card = capacity_said(qtbot, talk(9, 60), part=Fraction(4, 5), number=24)

    assert (card.number.text(), card.unit.text()) == ("1", "von 19 Terminen")
    assert "60 % von 31,2 h (anteilig, sonst 39 h)" in card.detail.text()
    assert "Abwesenheit" in card.detail.toolTip()


def test_a_week_of_absence_has_nothing_to_reach(qtbot):
    card = capacity_said(qtbot, part=Fraction(0))

    assert card.bar.isHidden()
    assert "keine Sprechzeit" in card.detail.text()


def test_a_joint_talk_fills_its_hour_once_and_long_preparation_in_part(qtbot):
    joint = [talk(9, 60, joint="a", client_id=number) for number in (1, 2)]

    card = capacity_said(qtbot, *joint, talk(11, 90, preparation=45))

    assert card.number.text() == "2"
