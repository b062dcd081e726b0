"""The open caseload and its file, while others do something to it."""

import pytest
from PySide6.QtCore import QSettings

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
