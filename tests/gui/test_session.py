"""The open caseload and its file, while others do something to it."""

import sys
from datetime import timedelta
from threading import Event, current_thread, main_thread

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QLabel, QMessageBox

from kkd_desktop.actions import casework, forgetting, kept_entries, stores, worklist
from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import AppointmentState
from kkd_desktop.domain.contact import Contact
from kkd_desktop.domain.errors import UserError
from kkd_desktop.gui import crashes, tasks
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.dialogs.outcome import outcome_menu
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.banner import Notice
from kkd_desktop.gui.workplace import Workplace


@pytest.fixture
def workplace(qtbot, session, tmp_path):
    stored = QSettings(str(tmp_path / "fenster.ini"), QSettings.Format.IniFormat)
    made = Workplace(session, stored)
    qtbot.addWidget(made.window)
    with qtbot.waitSignal(made.settling):
        made.window.show()
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    yield made
    session.finish()
    made.close()


def lost(workplace):
    found = workplace.window.notices.findChildren(Notice)
    return [each for each in found if each.isVisible() and "verschoben" in each.text.text()]


def test_while_the_file_is_elsewhere_a_line_says_so_and_nothing_is_read_or_stored(
    workplace, session, qtbot, monkeypatch
):
    path = session.context.store.path
    session.look_for_changes()
    assert lost(workplace) == []

    path.rename(path.with_name("woanders.kkd"))
    with qtbot.waitSignal(session.failed):
        session.perform(lambda context: context.change_settings(room="B 12"))
    monkeypatch.setattr(session.context.store, "data_version", lambda: pytest.fail("read"))
    session.look_for_changes()
    session.look_for_changes()
    monkeypatch.undo()

    assert len(lost(workplace)) == 1
    path.with_name("woanders.kkd").rename(path)
    session.look_for_changes()
    qtbot.waitUntil(lambda: not lost(workplace))
    session.perform(lambda context: context.change_settings(room="B 12"))
    assert session.context.settings.room == "B 12"


def test_what_was_open_on_a_disk_that_was_pulled_is_opened_anew_when_it_is_back(
    workplace, session, qtbot
):
    path = session.context.store.path
    path.rename(path.with_name("woanders.kkd"))
    session.look_for_changes()
    # As good as: nothing can be read or written through it any more.
    session.context.store.connection.close()
    path.with_name("woanders.kkd").rename(path)

    with qtbot.waitSignal(session.changed):
        session.look_for_changes()

    session.perform(lambda context: context.change_settings(room="B 12"))
    assert session.context.settings.room == "B 12"
    assert lost(workplace) == []


def test_a_file_that_is_back_but_does_not_open_stays_lost(workplace, session, qtbot, monkeypatch):
    def refuse(context):
        raise UserError("Die Falldatei kann nicht gelesen werden.")

    path = session.context.store.path
    path.rename(path.with_name("woanders.kkd"))
    session.look_for_changes()
    path.with_name("woanders.kkd").rename(path)

    with monkeypatch.context() as disturbed:
        disturbed.setattr(stores, "reopen", refuse)
        session.look_for_changes()
        assert len(lost(workplace)) == 1
    session.look_for_changes()
    qtbot.waitUntil(lambda: not lost(workplace))


def test_a_caseload_under_another_passphrase_is_the_same_one(workplace, session, qtbot):
    from kkd_desktop.actions import passphrases
    from kkd_desktop.actions.secrets import Passphrase

    old, new = Passphrase("nur zum Ausprobieren"), Passphrase("Lindenallee im Herbst")
    passphrases.change(session.context, old, new)
    session.look_for_changes()
    session.perform(lambda context: context.change_settings(room="B 12"))
    session.look_for_changes()

    assert lost(workplace) == []


def write_elsewhere(session, client_id):
    store, today = session.context.store, session.context.today
    with stores.open_caseload(store.path, store.key, today) as other:
        casework.record_contact(other, Contact(today - timedelta(days=1), client_id=client_id))


def last_contact(session, client_id):
    entries = worklist.entries(session.context)
    return next(each.last.day for each in entries if each.client.id == client_id)


def test_many_people_whom_others_changed_are_evaluated_in_another_thread(
    workplace, session, qtbot, monkeypatch
):
    monkeypatch.setattr(kept_entries, "_MANY", 10)
    session.look_for_changes()
    entries = worklist.entries(session.context)
    first = entries[0].client.id
    yesterday = session.context.today - timedelta(days=1)
    write_elsewhere(session, first)

    with qtbot.waitSignal(session.changed) as changed:
        session.look_for_changes()
        assert not changed.signal_triggered
    evaluated = []
    monkeypatch.setattr(
        worklist, "evaluated", lambda *asked: evaluated.append(asked) or entries, raising=True
    )
    assert last_contact(session, first) == yesterday
    assert evaluated == []
    monkeypatch.undo()
    qtbot.waitUntil(lambda: not tasks.is_working())


class Beside:
    """What is evaluated in another thread: how often, and what happens meanwhile."""

    def __init__(self, session, monkeypatch):
        self.begun = 0
        self.meanwhile = lambda: None
        self._evaluated = worklist.evaluated
        monkeypatch.setattr(kept_entries, "_MANY", 10)
        session.look_for_changes()
        self.first, self.second = (e.client.id for e in worklist.entries(session.context)[:2])
        monkeypatch.setattr(worklist, "evaluated", self)

    def __call__(self, *asked):
        if current_thread() is main_thread():
            return self._evaluated(*asked)
        self.begun += 1
        found = self._evaluated(*asked)
        self.meanwhile()
        return found


@pytest.fixture
def beside(session, monkeypatch):
    return Beside(session, monkeypatch)


def test_of_what_others_write_again_and_again_one_evaluation_runs_and_the_newest_answer_counts(
    session, beside, qtbot
):
    goes_on = Event()
    beside.meanwhile = goes_on.wait
    told = []
    session.changed.connect(lambda: told.append(beside.begun))
    write_elsewhere(session, beside.first)
    session.look_for_changes()
    qtbot.waitUntil(lambda: beside.begun == 1)
    for _ in range(3):
        write_elsewhere(session, beside.second)
        session.look_for_changes()
    goes_on.set()
    qtbot.waitUntil(lambda: not tasks.is_working())

    assert (beside.begun, told) == (2, [2])
    yesterday = session.context.today - timedelta(days=1)
    assert last_contact(session, beside.second) == yesterday
    session.look_for_changes()
    assert not tasks.is_working()


def test_of_others_who_never_stop_writing_pages_hear_all_the_same(session, beside, qtbot):
    beside.meanwhile = lambda: write_elsewhere(session, beside.first)
    write_elsewhere(session, beside.second)

    with qtbot.waitSignal(session.changed):
        for _ in range(10):
            session.look_for_changes()
            qtbot.waitUntil(lambda: not tasks.is_working())

    assert last_contact(session, beside.second) == session.context.today - timedelta(days=1)


def test_an_evaluation_that_failed_is_told_and_everybody_is_evaluated_here(session, beside, qtbot):
    def fails():
        raise UserError("Der Datenträger antwortet nicht.")

    beside.meanwhile = fails
    write_elsewhere(session, beside.first)

    said = []
    session.failed.connect(said.append)
    with qtbot.waitSignal(session.changed):
        session.look_for_changes()

    assert said == ["Der Datenträger antwortet nicht."]
    assert last_contact(session, beside.first) == session.context.today - timedelta(days=1)


def test_after_a_bug_of_an_evaluation_pages_hear_of_what_was_written(session, beside, qtbot):
    beside.meanwhile = lambda: 1 / 0
    write_elsewhere(session, beside.first)

    with qtbot.capture_exceptions() as bugs, qtbot.waitSignal(session.changed):
        session.look_for_changes()

    assert [kind for kind, *_ in bugs] == [ZeroDivisionError]
    assert last_contact(session, beside.first) == session.context.today - timedelta(days=1)
    session.look_for_changes()
    assert not tasks.is_working()


def test_of_a_caseload_that_was_closed_meanwhile_nothing_is_said(session, beside, qtbot):
    goes_on = Event()
    beside.meanwhile = goes_on.wait
    write_elsewhere(session, beside.first)
    session.look_for_changes()

    session.finish()
    goes_on.set()
    with qtbot.assertNotEmitted(session.changed):
        qtbot.waitUntil(lambda: not tasks.is_working())


@pytest.fixture
def told(monkeypatch):
    """Faults that nobody caught go where the program lets them go; a bug would end the test."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(QMessageBox, "exec", lambda box: pytest.fail(box.text()))
    crashes.install()


def forget_elsewhere(session, *client_ids):
    store, today = session.context.store, session.context.today
    with stores.open_caseload(store.path, store.key, today) as other:
        forgetting.forget(other, client_ids)


def says(workplace):
    return workplace.window.toast.text.text()


@pytest.mark.parametrize(
    "opens",
    [
        lambda workplace, talk: workplace.book(talk.client_id),
        lambda workplace, talk: workplace.log_contact(talk.client_id),
        lambda workplace, talk: workplace.show_why(talk.client_id),
        lambda workplace, talk: workplace.move(talk.id),
        lambda workplace, talk: workplace.finish(talk.id, AppointmentState.ATTENDED),
        lambda workplace, talk: workplace.finish(talk.id, AppointmentState.MISSED),
        lambda workplace, talk: outcome_menu(workplace.session, talk.id, workplace.window),
    ],
    ids=["book", "log", "why", "move", "attended", "missed", "menu"],
)
def test_whoever_was_deleted_meanwhile_is_told_in_the_window(
    workplace, session, qtbot, told, opens
):
    talk = next(iter(worklist.next_appointments(session.context).values()))
    forget_elsewhere(session, talk.client_id)

    QTimer.singleShot(0, workplace.window, lambda: opens(workplace, talk))

    qtbot.waitUntil(lambda: "gibt es nicht" in says(workplace))
    assert workplace.window.findChildren(Dialog) == []


def test_of_a_file_in_sight_the_reasons_are_not_told_of_who_is_gone(
    workplace, session, qtbot, told
):
    talk = next(iter(worklist.next_appointments(session.context).values()))
    workplace.open_client(talk.client_id)
    page = workplace.window.page("akte")
    forget_elsewhere(session, talk.client_id)

    qtbot.keyClick(page, "W")

    qtbot.waitUntil(lambda: "gibt es nicht" in says(workplace))
    assert workplace.window.findChildren(Dialog) == []


def test_a_contact_that_was_removed_meanwhile_is_not_logged_a_second_time(
    workplace, session, qtbot, told
):
    found = next(each for each in worklist.entries(session.context) if each.last is not None)
    contact_id = casework.client_file(session.context, found.client.id).history[0].contact.id
    store, today = session.context.store, session.context.today
    with stores.open_caseload(store.path, store.key, today) as other:
        casework.remove_contact(other, contact_id)

    QTimer.singleShot(
        0, workplace.window, lambda: workplace.log_contact(found.client.id, contact_id)
    )

    qtbot.waitUntil(lambda: "Kontakt gibt es nicht" in says(workplace))
    assert workplace.window.findChildren(Dialog) == []


def test_a_window_that_cannot_store_anything_at_its_start_is_a_whole_one(
    session, qtbot, told, monkeypatch, tmp_path
):
    def refuse(context):
        raise UserError("Der Datenträger ist voll.")

    monkeypatch.setattr(stores, "remember_holidays", refuse)
    made = Workplace(session, QSettings(str(tmp_path / "f.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(made.window)

    with qtbot.waitSignal(made.settling):
        made.window.show()
        made.window.activateWindow()

    qtbot.waitUntil(lambda: says(made) == "Der Datenträger ist voll.")
    assert made.can_lock()
    session.finish()
    made.close()


@pytest.mark.parametrize(
    "slept",
    [timedelta(days=1), timedelta(days=45), timedelta(days=-1), timedelta(days=-45)],
    ids=str,
)
def test_over_midnight_and_with_the_clock_set_back_the_window_goes_on(
    session, qtbot, tmp_path, slept
):
    day = [session.context.today]
    followed = Session(session.context, follows_clock=lambda: day[0])
    made = Workplace(followed, QSettings(str(tmp_path / "f.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(made.window)
    with qtbot.waitSignal(made.settling):
        made.window.show()
    first = worklist.worklist(followed.context).entries[0].client.id
    for name in ("kunden", "woche", "einladungen", "auswertung", "konzepte", "einstellungen"):
        made.window.show_page(name)
    made.open_client(first)
    made.log_contact(first)
    dialog = made.window.findChild(Dialog)
    dialog.fields.means.setText("Noch nicht gespeichert")

    day[0] += slept
    with qtbot.waitSignal(followed.changed):
        followed.look_for_changes()

    shown = [each.text() for each in made.window.findChildren(QLabel)]
    assert any(texts.weekday_day(day[0]) in each for each in shown)
    assert dialog.isVisible()
    assert dialog.fields.means.text() == "Noch nicht gespeichert"
    qtbot.waitUntil(lambda: not tasks.is_working())
    followed.finish()
    made.close()
