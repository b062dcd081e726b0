"""The open caseload and its file, while others do something to it."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QSettings

from kkd_desktop.actions import casework, kept_entries, stores, worklist
from kkd_desktop.domain.contact import Contact
from kkd_desktop.gui import tasks
from kkd_desktop.gui.widgets.banner import Notice
from kkd_desktop.gui.workplace import Workplace


@pytest.fixture
def workplace(qtbot, session, tmp_path):
    stored = QSettings(str(tmp_path / "fenster.ini"), QSettings.Format.IniFormat)
    made = Workplace(session, stored)
    qtbot.addWidget(made.window)
    with qtbot.waitSignal(made.settling):
        made.window.show()
    yield made
    session.finish()
    made.close()


def lost(workplace):
    found = workplace.window.notices.findChildren(Notice)
    return [each for each in found if each.isVisible() and "verschoben" in each.text.text()]


def test_while_the_file_is_elsewhere_a_line_says_so_and_nothing_is_stored(
    workplace, session, qtbot
):
    path = session.context.store.path
    session.look_for_changes()
    assert lost(workplace) == []

    path.rename(path.with_name("woanders.kkd"))
    with qtbot.waitSignal(session.failed):
        session.perform(lambda context: context.change_settings(room="B 12"))
    session.look_for_changes()
    session.look_for_changes()

    assert len(lost(workplace)) == 1
    path.with_name("woanders.kkd").rename(path)
    session.look_for_changes()
    qtbot.waitUntil(lambda: not lost(workplace))
    session.perform(lambda context: context.change_settings(room="B 12"))
    assert session.context.settings.room == "B 12"


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
    first, second = (each.client.id for each in entries[:2])
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

    # They write twice: the first answer is out of date and says nothing.
    monkeypatch.setattr(kept_entries, "_MANY", 10)
    write_elsewhere(session, second)
    with qtbot.waitSignal(session.changed):
        session.look_for_changes()
        write_elsewhere(session, first)
        session.look_for_changes()
    assert last_contact(session, second) == yesterday
    qtbot.waitUntil(lambda: not tasks.is_working())
