from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QStyle, QStyleOptionComboBox
from shiboken6 import delete

from kkd_desktop.actions import casework, stores, worklist
from kkd_desktop.domain.facts import DAY, Period
from kkd_desktop.domain.values import replace
from kkd_desktop.gui.dialogs.client import ClientDialog
from kkd_desktop.gui.dialogs.deviation import DeviationDialog
from kkd_desktop.gui.widgets.fact_cards import FactsCard
from kkd_desktop.gui.widgets.fact_rows import FactRow

TODAY = date(2026, 11, 20)


@pytest.fixture
def everyone(session):
    return worklist.entries(session.context)


@pytest.fixture
def open_dialog(session, present):
    def open_for(client=None):
        dialog = ClientDialog(session, client)
        present(dialog)
        return dialog

    return open_for


def with_one_profile(everyone, profile):
    return next(
        e.client
        for e in everyone
        if (line := e.client.subject.facts.timeline("profile")) is not None
        and line.at(TODAY) == profile
        and len(line.periods) == 1
        and e.client.subject.deviation is None
        and e.client.subject.facts.at("massnahme", TODAY) is None
        and e.client.subject.facts.at("org", TODAY) != "fallmanagement"
        and e.last is not None
        and e.client.subject.age_group(TODAY) == "ue25"
    )


def choose(box, value):
    box.setCurrentIndex(box.findData(value))


def test_a_person_is_added_by_keys_alone(qtbot, open_dialog, session):
    dialog = open_dialog()
    for text in ("Beispiel", "Amina", "123A499999", "AB1", "05.05.1988", "02.11.2026"):
        qtbot.keyClicks(QApplication.focusWidget(), text)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    dialog.facts["profile"].value.setFocus()
    qtbot.keyClicks(dialog.facts["profile"].value, "Markt")

    with qtbot.waitSignal(dialog.saved) as saved:
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    client = casework.client_file(session.context, saved.args[0]).client
    assert (client.name, client.number, client.code) == ("Beispiel, Amina", "123A499999", "AB1")
    assert client.subject.birth_date == date(1988, 5, 5)
    assert client.subject.registered == date(2026, 11, 2)
    assert client.subject.facts.timeline("profile").periods == (Period("markt", TODAY),)


def test_another_profile_from_a_day_keeps_the_history_and_changes_what_is_due(
    qtbot, open_dialog, session, everyone
):
    client = with_one_profile(everyone, "foerder")
    before = casework.outcome_with(session.context, client)
    since = client.subject.facts.timeline("profile").periods[0].since
    dialog = open_dialog(client)
    row = dialog.facts["profile"]

    choose(row.value, "markt")
    assert row.since.day() == TODAY
    row.since.selectAll()
    qtbot.keyClicks(row.since, "01.11.2026")
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)

    stored = casework.client_file(session.context, client.id)
    assert stored.client.subject.facts.timeline("profile").periods == (
        Period("foerder", since, date(2026, 10, 31)),
        Period("markt", date(2026, 11, 1)),
    )
    assert stored.outcome.deciding.rule.id == "markt"
    assert stored.outcome.latest != before.latest
    assert stored.client.subject.facts.at("status", TODAY) == client.subject.facts.at(
        "status", TODAY
    )


def test_saving_without_a_change_changes_nothing(qtbot, open_dialog, session, everyone):
    for entry in everyone[:8]:
        dialog = open_dialog(entry.client)
        with qtbot.waitSignal(dialog.saved):
            dialog.submit()

        assert casework.client_file(session.context, entry.client.id).client == entry.client


def test_a_number_that_is_taken_is_said_at_its_field_and_nothing_is_lost(
    qtbot, open_dialog, session, everyone
):
    dialog = open_dialog()
    qtbot.keyClicks(dialog.last_name, "Neu")
    qtbot.keyClicks(dialog.number, everyone[0].client.number)

    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    field = dialog._named["Kundennummer"]
    assert "schon vergeben" in field.error()
    assert dialog.isVisible()
    assert dialog.number.hasFocus()
    assert dialog.last_name.text() == "Neu"
    assert len(casework.all_clients(session.context)) == len(everyone)

    dialog.number.clear()
    qtbot.keyClicks(dialog.number, "neu-1")
    assert field.error() == ""
    with qtbot.waitSignal(dialog.saved):
        dialog.submit()


def test_a_person_without_a_name_is_asked_for_one(qtbot, open_dialog):
    dialog = open_dialog()

    dialog.submit()

    assert dialog._named["Nachname"].error()
    assert dialog.last_name.hasFocus()


def test_a_day_that_cannot_be_read_is_said_at_its_field(qtbot, open_dialog):
    dialog = open_dialog()
    qtbot.keyClicks(dialog.last_name, "Neu")
    qtbot.keyClicks(dialog.born, "31.02.1980")

    dialog.submit()

    assert "TT.MM.JJJJ" in dialog._named["Geburtsdatum"].error()
    assert dialog.born.text() == "31.02.1980"


def test_a_plan_that_ends_before_it_begins_is_said_at_the_plan(qtbot, open_dialog):
    dialog = open_dialog()
    qtbot.keyClicks(dialog.last_name, "Neu")
    dialog.plan_start.set_day(date(2026, 5, 1))
    dialog.plan_end.set_day(date(2026, 4, 1))

    dialog.submit()

    assert "vor dem Beginn" in dialog._named["Kooperationsplan"].error()


def test_an_invisible_sign_in_a_name_is_said_at_the_name(qtbot, open_dialog):
    dialog = open_dialog()
    dialog.last_name.setText("Bei\u202espiel")

    dialog.submit()

    assert "Steuerzeichen" in dialog._named["Nachname"].error()


def test_a_history_that_is_closed_with_its_dialog_at_once_asks_nothing_more(
    qtbot, session, everyone
):
    dialog = ClientDialog(session, with_one_profile(everyone, "markt"))
    dialog.show()
    dialog.facts["profile"].open_history.click()

    delete(dialog)

    with qtbot.captureExceptions() as caught:
        qtbot.wait(10)
    assert caught == []


def test_an_earlier_entry_is_added_and_one_deleted(qtbot, open_dialog, session, everyone):
    client = with_one_profile(everyone, "markt")
    since = client.subject.facts.timeline("profile").periods[0].since
    dialog = open_dialog(client)
    row = dialog.facts["profile"]
    qtbot.mouseClick(row.open_history, Qt.MouseButton.LeftButton)
    choose(dialog.history.value, "Z")
    early = since - 100 * DAY
    dialog.history.since.set_day(early)
    qtbot.mouseClick(dialog.history.add, Qt.MouseButton.LeftButton)

    assert row.history().periods == (Period("Z", early, since - DAY), Period("markt", since))
    assert row.value.value() == "markt"

    remove = dialog.history.entries.itemAtPosition(0, 2).widget()
    qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert row.history().periods == (Period("Z", early),)
    with qtbot.waitSignal(dialog.saved):
        dialog.submit()

    stored = casework.client_file(session.context, client.id).client.subject.facts
    assert stored.timeline("profile").periods == (Period("Z", early),)


def test_the_first_day_of_what_holds_is_corrected(qtbot, open_dialog, session, everyone):
    client = with_one_profile(everyone, "markt")
    dialog = open_dialog(client)
    dialog.facts["profile"].since.set_day(date(2026, 2, 3))

    dialog.submit()

    stored = casework.client_file(session.context, client.id).client.subject.facts
    assert stored.timeline("profile").periods == (Period("markt", date(2026, 2, 3)),)


def test_a_flag_is_recorded_as_yes_from_a_day_on(qtbot, open_dialog, session, everyone):
    client = with_one_profile(everyone, "markt")
    dialog = open_dialog(client)
    choose(dialog.facts["schwer_gesundheitlich"].value, "ja")
    dialog.facts["schwer_gesundheitlich"].since.set_day(date(2026, 11, 2))

    dialog.submit()

    stored = casework.client_file(session.context, client.id).client.subject.facts
    assert stored.timeline("schwer_gesundheitlich").periods[-1] == Period(True, date(2026, 11, 2))


def test_a_deviation_needs_reason_and_end_and_then_suspends(qtbot, session, present, everyone):
    client = with_one_profile(everyone, "markt")
    dialog = DeviationDialog(session, client)
    present(dialog)

    dialog.submit()
    assert dialog.reason_field.error()
    assert dialog.until_field.error()

    qtbot.keyClicks(dialog.reason.lineEdit(), "Einstellungszusage")
    qtbot.keyClicks(dialog.until, "15.01.2027")
    with qtbot.waitSignal(dialog.saved):
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    stored = casework.client_file(session.context, client.id)
    assert stored.client.subject.deviation.reason == "Einstellungszusage"
    assert stored.outcome.state == "suspended"


def test_the_longest_profillage_is_read_in_full(open_dialog):
    dialog = open_dialog()
    row = next(r for r in dialog.findChildren(FactRow) if r.fact == "profile")
    option = QStyleOptionComboBox()
    row.value.initStyleOption(option)

    room = row.value.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox,
        option,
        QStyle.SubControl.SC_ComboBoxEditField,
        row.value,
    )

    texts = [row.value.itemText(n) for n in range(row.value.count())]
    assert "Stabilisierungsprofil" in texts
    assert max(map(row.value.fontMetrics().horizontalAdvance, texts)) <= room.width()


def test_an_addition_to_the_address_is_kept_and_shown_in_the_akte(
    qtbot, open_dialog, session, everyone
):
    client = everyone[0].client
    dialog = open_dialog(client)
    dialog.addition.setFocus()
    dialog.addition.selectAll()
    qtbot.keyClicks(dialog.addition, "c/o Muster; Hinterhaus")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    stored = casework.client_file(session.context, client.id)
    card = FactsCard()
    qtbot.addWidget(card)
    card.show_file(stored)

    assert stored.client.address.addition == "c/o Muster; Hinterhaus"
    assert stored.client.address.street == client.address.street
    assert any("c/o Muster\nHinterhaus\n" in each.text() for each in card.findChildren(QLabel))


def test_an_addition_survives_a_change_of_something_else(qtbot, open_dialog, session, everyone):
    client = next(each.client for each in everyone if each.client.address.street)
    changed = replace(client, address=replace(client.address, addition="Hinterhaus"))
    casework.change_client(session.context, changed, {}, TODAY)
    dialog = open_dialog(casework.client_file(session.context, client.id).client)
    dialog.phone.setFocus()
    qtbot.keyClicks(dialog.phone, "0123 4567")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert casework.client_file(session.context, client.id).client.address.addition == "Hinterhaus"


def test_what_another_process_changed_while_it_was_open_stays(
    qtbot, open_dialog, session, everyone
):
    client = with_one_profile(everyone, "foerder")
    dialog = open_dialog(client)
    store = session.context.store
    with stores.open_caseload(store.path, store.key, TODAY) as other:
        casework.change_client(other, replace(client, phone="02161 1"), {"profile": "markt"}, TODAY)

    dialog.city.clear()
    qtbot.keyClicks(dialog.city, "Musterstadt")
    dialog.submit()

    stored = casework.stored_client(session.context, client.id)
    assert (stored.address.city, stored.phone) == ("Musterstadt", "02161 1")
    assert stored.subject.facts.at("profile", TODAY) == "markt"
