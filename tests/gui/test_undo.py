"""Every step has a name, goes back with Ctrl+Z and comes again with Ctrl+Shift+Z."""

from datetime import date, datetime
from threading import Event

import pytest
from PySide6.QtCore import QSettings, Qt

from kkd_desktop.actions import appointments, policies, proposals, undo, worklist
from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said
from kkd_desktop.gui.dialogs.large_step import LargeStepDialog
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.workplace import Workplace
from kkd_desktop.store import appointments as stored_appointments
from kkd_desktop.store import journal


@pytest.fixture
def workplace(qtbot, session, tmp_path):
    settings = QSettings(str(tmp_path / "fenster.ini"), QSettings.Format.IniFormat)
    workplace = Workplace(session, settings)
    with qtbot.waitSignal(workplace.settling):
        workplace.window.show()
    yield workplace
    workplace.close()


def appointments_of(session, client):
    stored = stored_appointments.of_client(session.context.store, client.id)
    return [each for each in stored if each.state.is_open]


def book(session):
    client = next(e.client for e in worklist.entries(session.context) if e.appointment is None)
    before = len(appointments_of(session, client))
    proposal = proposals.next_talk(session.context, client, datetime(2026, 11, 20, 8)).best
    session.perform(
        lambda context: appointments.book(context, client, proposal.start, proposal.minutes),
        lambda: "Termin vereinbart",
    )
    assert len(appointments_of(session, client)) == before + 1
    return client, before


def test_ctrl_z_takes_a_booking_back_and_ctrl_shift_z_makes_it_again(workplace, session, qtbot):
    client, before = book(session)
    window = workplace.window
    assert "Termin vereinbart" in window.bar.undo.accessibleName()
    assert window.toast.button.text() == "Rückgängig"

    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert len(appointments_of(session, client)) == before
    assert window.toast.text.text() == "Zurückgenommen: Termin vereinbart"

    shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_Z, shift)

    assert len(appointments_of(session, client)) == before + 1
    assert window.toast.text.text() == "Noch einmal: Termin vereinbart"


def test_the_line_of_what_was_done_offers_the_way_back(workplace, session, qtbot):
    client, before = book(session)

    qtbot.mouseClick(workplace.window.toast.button, Qt.MouseButton.LeftButton)

    assert len(appointments_of(session, client)) == before


def test_steps_outlive_the_window(workplace, session, qtbot, demo_file):
    client, before = book(session)
    workplace.close()

    again = Session(session.context)

    assert again.undo() == "Termin vereinbart"
    assert len(appointments_of(session, client)) == before


def test_a_change_of_the_concept_goes_back_too(workplace, session):
    before = session.context.settings.policies
    session.perform(lambda context: _choose(context, "ffm2017"), lambda: "Konzept gewechselt")

    assert session.undo() == "Konzept gewechselt"

    assert session.context.settings.policies == before


def test_a_step_is_stored_in_german_and_offered_in_the_language_of_the_window(
    workplace, session, qtbot, english
):
    def name():
        return said("Kontakt {day} entfernt").format(day=texts.weekday_day(date(2026, 11, 24)))

    session.perform(lambda context: _choose(context, "ffm2017"), name)

    ((stored,),) = session.context.store.read("SELECT name FROM step ORDER BY id DESC LIMIT 1")
    assert stored == "Kontakt Di 24.11.2026 entfernt"
    assert workplace.window.toast.text.text() == "Contact Tu 24.11.2026 removed"
    assert workplace.window.toast.button.isVisible()
    assert session.undo() == "Contact Tu 24.11.2026 removed"


def _choose(context, name):
    policies.choose(context, name)
    return True


def test_what_is_refused_half_way_leaves_no_setting_behind(session):
    before = session.context.settings

    def fail(context):
        policies.choose(context, "ffm2017")
        raise UserError("geht nicht")

    assert session.perform(fail, lambda: "Konzept gewechselt") is None
    assert session.context.settings == before
    assert session.context.policies()[0].policy.id == before.policies[0]


@pytest.fixture
def is_large(monkeypatch):
    """Every step is one of thousands of changes."""
    monkeypatch.setattr(undo, "LARGE", 0)


def dialog_of(workplace):
    return workplace.window.findChild(LargeStepDialog)


def test_a_large_step_goes_back_and_comes_again_beside_the_window(
    workplace, session, qtbot, is_large
):
    client, before = book(session)
    window = workplace.window

    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    dialog = dialog_of(workplace)
    assert dialog.words.text() == "Termin vereinbart"
    assert len(appointments_of(session, client)) == before + 1  # the window waits for nothing
    qtbot.waitUntil(lambda: dialog_of(workplace) is None)

    assert len(appointments_of(session, client)) == before
    assert window.toast.text.text() == "Zurückgenommen: Termin vereinbart"

    qtbot.mouseClick(window.toast.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.toast.text.text() == "Noch einmal: Termin vereinbart")

    assert len(appointments_of(session, client)) == before + 1


def test_who_gives_up_finds_all_as_it_was(workplace, session, qtbot, is_large, monkeypatch):
    client, before = book(session)
    begun, go_on = Event(), Event()

    def waits(store, progress):
        begun.set()
        go_on.wait()
        return journal_undo(store, progress)

    journal_undo = journal.undo
    monkeypatch.setattr(journal, "undo", waits)
    workplace.undo()
    dialog = dialog_of(workplace)
    assert begun.wait(10)

    qtbot.mouseClick(dialog.cancel_button, Qt.MouseButton.LeftButton)
    go_on.set()
    qtbot.waitUntil(lambda: dialog_of(workplace) is None)

    assert len(appointments_of(session, client)) == before + 1
    assert undo.to_undo(session.context).name == "Termin vereinbart"


def test_a_large_step_that_cannot_go_back_says_why(
    workplace, session, qtbot, is_large, monkeypatch
):
    book(session)

    def refuses(store, progress):
        raise UserError("Was dabei entstand, wurde inzwischen geändert.")

    monkeypatch.setattr(journal, "undo", refuses)
    workplace.undo()
    qtbot.waitUntil(lambda: dialog_of(workplace) is None)

    assert "inzwischen geändert" in workplace.window.toast.text.text()
