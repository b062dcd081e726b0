"""The card of shares on the start page."""

from PySide6.QtWidgets import QLabel

from kkd_desktop.actions import policies, quotas, worklist
from kkd_desktop.gui.widgets.figures import QuotaCard


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
