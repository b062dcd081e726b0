"""The back-ups of the window: made by themselves, listed, checked, restored, and told of."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QDialog

from kkd_desktop.actions import backups, casework, stores
from kkd_desktop.actions.secrets import Passphrase, key_of
from kkd_desktop.domain.client import Client
from kkd_desktop.gui.backup_keeper import keeper_of
from kkd_desktop.gui.dialogs.places import PlaceChooser
from kkd_desktop.gui.dialogs.restore import RestoreDialog
from kkd_desktop.gui.dialogs.restore_store import RestoreStoreDialog
from kkd_desktop.gui.dialogs.unlock import UnlockDialog
from kkd_desktop.gui.sections.backups import BackupsSection
from kkd_desktop.gui.startup import Startup
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.workplace import Workplace
from tests.gui.conftest import NOW

TODAY = date(2026, 11, 20)
SECRET = Passphrase("vier beliebige Worte hier")
LEFT = Qt.MouseButton.LeftButton


class Places(PlaceChooser):
    """Answers with what the test says."""

    def __init__(self, *answers: Path | None) -> None:
        super().__init__()
        self._answers = list(answers)

    def file(self, *_: object) -> Path | None:
        return self._answers.pop(0)

    existing = folder = file


@pytest.fixture
def section(session, qtbot, present):
    made = BackupsSection(session, places=Places())
    present(made)
    made.show_settings()
    qtbot.waitUntil(lambda: made.latest.text() != "")
    yield made
    session.finish()


def made_now(section, qtbot, number):
    """Make one by the button and wait for the list."""
    qtbot.mouseClick(section.make_button, LEFT)
    qtbot.waitUntil(lambda: section.model.total() == number)


def count(session):
    return casework.count_clients(session.context)


def add_somebody(session):
    session.perform(
        lambda context: casework.add_client(context, Client(0, "", "Neu", "Dora"), {}),
        lambda: "Person aufgenommen",
    )


def test_without_a_back_up_there_is_a_sentence_and_only_what_can_be_done(section):
    assert section.latest.text() == "Es gibt noch keine Sicherung."
    assert not section.table.isVisible()
    assert not section.restore_button.isVisible()
    assert not section.check_button.isEnabled()


def test_one_click_makes_one_and_it_is_read_again(section, qtbot):
    made_now(section, qtbot, 1)

    assert "40 Personen" in section.latest.text()
    assert section.state.text.text() == "Gesichert und ganz gelesen: alles in Ordnung."
    assert section.model.index(0, 1).data() == "Von Hand"
    qtbot.mouseClick(section.check_button, LEFT)
    qtbot.waitUntil(lambda: section.state.text.text().startswith("1 Sicherung ganz gelesen"))


def test_a_damaged_one_is_found_by_the_check(section, qtbot, session):
    made_now(section, qtbot, 1)
    [backup] = backups.folder(session.context).iterdir()
    with backup.open("r+b") as file:
        file.seek(5 * 4096 + 50)
        file.write(b"xxxxxxxx")

    qtbot.mouseClick(section.check_button, LEFT)

    qtbot.waitUntil(lambda: "nicht in Ordnung" in section.state.text.text())
    assert "beschädigt" in section.state.text.text()


def test_restored_by_keys_alone_the_window_goes_on_with_it(section, qtbot, session):
    made_now(section, qtbot, 1)
    add_somebody(session)
    section.table.setFocus()
    qtbot.keyClick(section.table, Qt.Key.Key_Return)
    [dialog] = section.findChildren(RestoreDialog)
    said = []
    session.done.connect(said.append)
    assert "41 Personen" in dialog.effect.text()
    qtbot.waitUntil(dialog.isActiveWindow)

    with qtbot.waitSignals([session.changed, dialog.finished]):
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert count(session) == 40
    assert said == ["Wiederhergestellt; der Stand davor ist gesichert"]
    qtbot.waitUntil(lambda: section.model.total() == 2)
    assert section.model.index(0, 1).data() == "Vor dem Wiederherstellen"
    add_somebody(session)
    assert count(session) == 41


def test_beside_the_caseload_nothing_changes(section, qtbot, session, tmp_path):
    made_now(section, qtbot, 1)
    target = tmp_path / "daneben.kkd"
    section._places = Places(target)
    section.restore_button.click()
    [dialog] = section.findChildren(RestoreDialog)
    dialog.where.button("beside").click()

    with qtbot.waitSignal(dialog.finished):
        dialog.restore_button.click()

    assert target.is_file()
    assert section.model.total() == 1


def test_while_another_process_has_the_caseload_the_dialog_says_so(section, qtbot, session):
    made_now(section, qtbot, 1)
    add_somebody(session)
    store = session.context.store
    section.restore_button.click()
    [dialog] = section.findChildren(RestoreDialog)
    with stores.open_caseload(store.path, store.key, TODAY):
        dialog.restore_button.click()
        qtbot.waitUntil(lambda: not dialog.is_busy())

    assert "noch an anderer Stelle geöffnet" in dialog.error.text.text()
    assert count(session) == 41


def test_the_passphrase_is_asked_for_only_where_the_present_one_does_not_fit(
    section, qtbot, session, tmp_path
):
    other = stores.create_caseload(tmp_path / "alt.kkd", Passphrase("eine alte Passphrase"), TODAY)
    with other.store:
        backup = backups.make(other).made.path
    section._places = Places(backup)
    qtbot.mouseClick(section.file_button, LEFT)
    [dialog] = section.findChildren(RestoreDialog)
    assert not dialog.passphrase.isVisible()
    dialog.restore_button.click()
    qtbot.waitUntil(dialog.passphrase.isVisible)
    qtbot.keyClicks(dialog.passphrase.field, "falsch")
    dialog.restore_button.click()
    qtbot.waitUntil(lambda: bool(dialog.passphrase.error()))
    dialog.passphrase.field.clear()
    qtbot.keyClicks(dialog.passphrase.field, "eine alte Passphrase")

    with qtbot.waitSignal(dialog.finished):
        qtbot.keyClick(dialog.passphrase.field, Qt.Key.Key_Return)

    assert count(session) == 0


def test_deleting_takes_a_second_click_and_never_the_last_one(section, qtbot, session):
    made_now(section, qtbot, 1)
    section.remove_button.click()
    section.remove_button.click()
    assert "letzte lesbare" in section.state.text.text()
    made_now(section, qtbot, 2)

    section.remove_button.click()
    assert section.remove_button.text() == "Endgültig löschen"
    assert section.model.total() == 2
    section.remove_button.click()

    qtbot.waitUntil(lambda: section.model.total() == 1)


def test_the_rotation_and_the_second_folder_are_kept(section, qtbot, session, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    section.numbers["weeks"].setValue(8)
    section._places = Places(stick)
    with qtbot.waitSignal(keeper_of(session).settled):
        qtbot.mouseClick(section.choose_button, LEFT)

    assert session.context.settings.rotation.weeks == 8
    assert len(list(stick.iterdir())) == 1
    section.show_settings()
    assert section.off_button.isVisibleTo(section)


@pytest.fixture
def place(tmp_path):
    path = tmp_path / "bestand.kkd"
    stores.create_demo(path, SECRET, TODAY, clients=20).store.close()
    return path


@pytest.fixture
def desk(qtbot, place, tmp_path):
    settings = QSettings(str(tmp_path / "fenster.ini"), QSettings.Format.IniFormat)
    key = key_of(place, SECRET)
    start = Startup(store=place, demo=False, today=TODAY, early_key=lambda: key, settings=settings)
    workplace = start.open()
    assert isinstance(workplace, Workplace)
    yield workplace
    start.close()
    workplace.window.close()
    workplace.window.deleteLater()


def notices(desk):
    return list(desk.window.notices._notices)


def test_after_the_first_picture_a_back_up_is_made(qtbot, desk):
    with qtbot.waitSignal(desk.settling):
        desk.window.show()
    keeper = keeper_of(desk.session)
    qtbot.waitUntil(lambda: keeper.last is not None)

    [backup] = backups.listed(desk.session.context)
    assert backup.kind is backups.Kind.REGULAR
    assert notices(desk) == []


def test_where_none_can_be_made_a_line_says_so_until_it_works_again(qtbot, desk):
    folder = backups.folder(desk.session.context)
    folder.write_text("steht im Weg")
    with qtbot.waitSignal(desk.settling):
        desk.window.show()
    keeper = keeper_of(desk.session)
    qtbot.waitUntil(lambda: bool(keeper.fault))
    assert "Es gibt noch keine" in keeper.fault
    assert keeper.tone is Tone.LATE
    assert notices(desk) == ["backup"]
    qtbot.mouseClick(desk.window.notices._notices["backup"].button, LEFT)
    assert desk.window.current_page() == "einstellungen"
    add_somebody(desk.session)

    folder.unlink()
    keeper.make_if_due()
    qtbot.waitUntil(lambda: keeper.last is not None)

    assert notices(desk) == []


def test_a_second_folder_that_is_away_is_told_once_and_work_goes_on(qtbot, desk, tmp_path):
    desk.session.context.change_settings(second_folder=str(tmp_path / "stick"))
    keeper = keeper_of(desk.session)
    told = []
    keeper.told.connect(told.append)
    with qtbot.waitSignal(desk.settling):
        desk.window.show()
    qtbot.waitUntil(lambda: keeper.last is not None)
    with qtbot.waitSignal(keeper.settled):
        keeper.make_if_due()

    assert len(told) == 1
    assert keeper.tone is Tone.SOON
    assert "Keine Kopie im zweiten Ordner" in told[0]
    assert notices(desk) == ["backup"]
    assert len(backups.listed(desk.session.context)) == 1


def test_an_old_back_up_is_made_anew_in_a_window_that_stays_open(qtbot, desk):
    context = desk.session.context
    context.now = lambda: NOW
    backups.make(context, kind=backups.Kind.REGULAR)
    add_somebody(desk.session)
    context.now = lambda: NOW + timedelta(hours=5)
    keeper = keeper_of(desk.session)

    with qtbot.waitSignal(keeper.settled):
        keeper.make_if_due()

    # Of one day the last one stays.
    assert backups.listed(context) == [keeper.last.made]
    assert len(keeper.last.gone) == 1


def fill(dialog, qtbot, backup, secret):
    dialog._places = Places(backup)
    qtbot.mouseClick(dialog.choose_button, LEFT)
    qtbot.keyClicks(dialog.passphrase.field, secret)
    qtbot.keyClick(dialog.passphrase.field, Qt.Key.Key_Return)


def test_the_first_start_makes_a_caseload_of_a_back_up(qtbot, place, tmp_path, present):
    with stores.open_caseload(place, SECRET, TODAY) as context:
        backup = backups.make(context).made.path
    target = tmp_path / "neu" / "fallbestand.kkd"
    dialog = RestoreStoreDialog(
        target,
        lambda file, text, to: (backups.restore(file, Passphrase(text), to, TODAY), to)[1],
    )
    present(dialog)

    dialog.submit()
    assert dialog.backup.error()
    assert dialog.passphrase.error()
    fill(dialog, qtbot, backup, "falsch")
    qtbot.waitUntil(dialog.error.isVisible)
    dialog._secret.clear()
    with qtbot.waitSignal(dialog.finished):
        fill(dialog, qtbot, backup, "vier beliebige Worte hier")

    assert dialog.restored == target
    with stores.open_caseload(target, SECRET, TODAY) as context:
        assert casework.count_clients(context) == 20


def test_a_caseload_that_does_not_open_leads_to_its_back_up(qtbot, place, tmp_path, monkeypatch):
    with stores.open_caseload(place, SECRET, TODAY) as context:
        backup = backups.make(context).made.path
    with place.open("r+b") as file:
        file.truncate(50_000)
    settings = QSettings(str(tmp_path / "fenster.ini"), QSettings.Format.IniFormat)
    asked = []

    def answer(dialog):
        asked.append(type(dialog).__name__)
        dialog.show()
        if isinstance(dialog, UnlockDialog):
            qtbot.keyClicks(dialog.passphrase.field, "vier beliebige Worte hier")
            qtbot.keyClick(dialog.passphrase.field, Qt.Key.Key_Return)
            qtbot.waitUntil(dialog.restore_button.isVisible)
            dialog.restore_button.click()
        elif isinstance(dialog, RestoreStoreDialog):
            with qtbot.waitSignal(dialog.finished):
                fill(dialog, qtbot, backup, "vier beliebige Worte hier")

    monkeypatch.setattr(QDialog, "exec", answer)
    start = Startup(store=place, demo=False, today=TODAY, settings=settings)
    workplace = start.open()
    qtbot.addWidget(workplace.window)

    assert asked == ["UnlockDialog", "RestoreStoreDialog"]
    assert casework.count_clients(workplace.session.context) == 20
    assert (tmp_path / "bestand.unlesbar.kkd").stat().st_size == 50_000
    start.close()
