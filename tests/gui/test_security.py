"""Passphrase, keyring and lock in the settings; the keyring at the start."""

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest

from kkd_desktop.actions import backups, remembering, stores
from kkd_desktop.actions.secrets import Passphrase, key_of
from kkd_desktop.domain.errors import UserError
from kkd_desktop.gui import tasks
from kkd_desktop.gui.dialogs.lock_screen import LockScreen
from kkd_desktop.gui.dialogs.passphrase import PassphraseDialog
from kkd_desktop.gui.dialogs.unlock import UnlockDialog
from kkd_desktop.gui.sections.security import SecuritySection
from kkd_desktop.gui.unlocking import REMEMBERED, Unlocking
from tests.gui.conftest import DEMO_DAY

OLD, NEW = "nur zum Ausprobieren", "Lindenallee im Herbst"


@pytest.fixture
def settings(tmp_path):
    return QSettings(str(tmp_path / "fenster.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def quiet(qtbot):
    return lambda: qtbot.waitUntil(lambda: not tasks.is_working(), timeout=30_000)


@pytest.fixture
def section(qtbot, session, settings, quiet):
    made = SecuritySection(session, settings)
    qtbot.addWidget(made)
    made.show_settings()
    quiet()
    return made


@pytest.fixture
def dialog(qtbot, session, present, memory_keyring):
    made = PassphraseDialog(session)
    present(made)
    return made


def type_in(dialog, current=OLD, new=NEW, repeated=NEW):
    fields = (dialog.current, current), (dialog.new, new), (dialog.repeated, repeated)
    for field, text in fields:
        QTest.keyClicks(field.field, text)
    QTest.keySequence(dialog, "Ctrl+Return")


def test_the_passphrase_is_changed_by_keys_alone_and_the_window_goes_on(
    session, dialog, quiet, qtbot
):
    with qtbot.waitSignal(dialog.changed, timeout=30_000):
        type_in(dialog)
    quiet()

    store = session.context.store
    assert store.key == key_of(store.path, Passphrase(NEW))
    session.perform(lambda context: context.change_settings(room="B 12"))
    with stores.open_caseload(store.path, Passphrase(NEW), DEMO_DAY) as again:
        assert again.settings.room == "B 12"


def test_a_back_up_with_the_new_one_is_made_at_once(session, dialog, quiet, qtbot):
    with qtbot.waitSignal(dialog.changed, timeout=30_000):
        type_in(dialog)
    quiet()

    [backup] = backups.listed(session.context)
    assert backups.check(backup.path, session.context.store.key) == backup.contents


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"current": "geraten und falsch"}, "current", "stimmt nicht"),
        ({"new": OLD, "repeated": OLD}, "new", "dieselbe"),
        ({"new": "kurz", "repeated": "kurz"}, "new", "mindestens"),
        ({"repeated": "etwas ganz anderes"}, "repeated", "verschieden"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(session, dialog, quiet, typed, field, said):
    before = session.context.store.key

    type_in(dialog, **typed)
    quiet()

    assert said in getattr(dialog, field).error()
    assert session.context.store.key == before


def test_giving_up_on_the_way_changes_nothing_and_leaves_nothing(session, dialog, quiet):
    before = session.context.store.key
    type_in(dialog)

    dialog.reject()
    quiet()

    assert session.context.store.key == before
    assert not list(session.context.store.path.parent.glob("*.part"))


def test_what_was_remembered_is_remembered_under_the_new_key(session, dialog, quiet, qtbot):
    remembering.remember(session.context.store.key)

    with qtbot.waitSignal(dialog.changed, timeout=30_000):
        type_in(dialog)
    quiet()

    assert remembering.is_remembered(session.context.store.key)


def test_the_time_until_the_lock_is_stored(memory_keyring, section, session):
    section._choice.setCurrentIndex(section._choice.findText("nach 30 Minuten"))
    assert session.context.settings.lock_minutes == 30

    section._choice.setCurrentIndex(section._choice.findText("nie"))
    assert session.context.settings.lock_minutes == 0


def test_remembering_and_forgetting_in_the_settings(
    memory_keyring, section, session, settings, quiet
):
    key = session.context.store.key
    section.remember.click()
    quiet()
    assert remembering.is_remembered(key)
    assert settings.value(REMEMBERED) == "true"

    section.remember.click()
    quiet()
    assert memory_keyring.kept == {}
    assert settings.value(REMEMBERED) == "false"


def test_without_a_keyring_the_box_is_off_and_says_why(no_keyring, section):
    assert not section.remember.isEnabled()
    assert "keinen Schlüsselbund" in section.remembering.text()


def unlock_dialog(qtbot, **options):
    dialog = UnlockDialog("bestand.kkd", lambda text: text, **options)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_what_the_keyring_knows_opens_without_a_question(qtbot, quiet):
    dialog = unlock_dialog(qtbot, remembered=lambda: "key", can_remember=lambda: True)

    qtbot.waitUntil(lambda: dialog.opened == "key")


def test_a_wrong_one_falls_back_to_the_question(qtbot, quiet):
    def wrong():
        raise UserError("passt nicht")

    dialog = unlock_dialog(qtbot, remembered=wrong, can_remember=lambda: True)
    quiet()

    assert dialog.opened is None
    assert dialog.isVisible()
    assert "passt nicht mehr" in dialog.passphrase.message.text()
    QTest.keyClicks(dialog.passphrase.field, "getippt")
    dialog.submit()
    qtbot.waitUntil(lambda: dialog.opened == "getippt")
    assert dialog.wants_remembering()


def test_without_a_keyring_the_question_says_so(qtbot, quiet):
    dialog = unlock_dialog(qtbot, can_remember=lambda: False)
    quiet()

    assert not dialog.remember.isEnabled()
    assert "keinen Schlüsselbund" in dialog.why_not.text()
    assert not dialog.wants_remembering()


def test_a_locked_window_asks_nobody_but_its_user(qtbot, session, settings, quiet, memory_keyring):
    path, key = session.context.store.path, session.context.store.key
    remembering.remember(key)
    settings.setValue(REMEMBERED, "true")

    unlocking = Unlocking(path, lambda text: key, settings, locked=True)
    qtbot.addWidget(unlocking.shown)
    unlocking.shown.show()
    quiet()

    assert isinstance(unlocking.shown, LockScreen)
    assert unlocking.shown.windowTitle() == "Kontaktdichte"
    assert unlocking.question.opened is None
    assert not unlocking.question.remember.isVisible()
    QTest.keyClick(unlocking.shown, "\x1b")
    assert unlocking.shown.isVisible()
    QTest.keyClicks(unlocking.question.passphrase.field, OLD)
    QTest.keyClick(unlocking.question.passphrase.field, "\r")
    qtbot.waitUntil(lambda: not unlocking.shown.isVisible())
    assert unlocking.question.opened == key
