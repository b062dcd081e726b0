"""Answer, deletion, retention and hand-over in the window, by clicks and keys."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu

from kkd_desktop.actions import backups, casework, forgetting, parcels, retention, undo
from kkd_desktop.gui import tasks
from kkd_desktop.gui.dialogs.disclosure import DisclosureDialog
from kkd_desktop.gui.dialogs.forget import ForgetDialog, open_forget
from kkd_desktop.gui.dialogs.hand_over import HandOverDialog
from kkd_desktop.gui.dialogs.places import PlaceChooser
from kkd_desktop.gui.dialogs.retention import RetentionDialog
from kkd_desktop.gui.dialogs.take_over import TakeOverDialog, open_take_over
from kkd_desktop.gui.pages.akte import AktePage
from kkd_desktop.gui.pages.einstellungen import EinstellungenPage
from tests.person import LAST_NAME, known_person

LATER = date(2030, 11, 20)


class Places(PlaceChooser):
    """Answers with what it was given; None where nobody chose."""

    def __init__(self, path: Path | None) -> None:
        super().__init__()
        self.path = path

    def folder(self, parent, title):
        return self.path

    def file(self, parent, title, name, kind):
        return None if self.path is None else self.path / name

    def existing(self, parent, title, kind):
        return self.path


@pytest.fixture
def said(session):
    """What the line of notices said."""
    lines = []
    session.done.connect(lines.append)
    session.failed.connect(lines.append)
    return lines


def idle(qtbot):
    qtbot.waitUntil(lambda: not tasks.is_working(), timeout=20_000)


def words(widget):
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.text())


# Answer


def test_an_answer_says_that_it_is_not_encrypted_and_is_written(
    session, present, qtbot, tmp_path, said
):
    client = known_person(session.context)
    dialog = DisclosureDialog(session, [client.id], client.name, places=Places(tmp_path))
    present(dialog)
    assert "nicht verschlüsselt" in dialog.warning.accessibleName()

    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    idle(qtbot)

    folder = tmp_path / "auskunft-2026-11-20"
    assert sorted(path.name for path in folder.iterdir()) == [
        "auskunft.json",
        "auskunft.pdf",
        "schreiben-1.pdf",
    ]
    assert said == ["Auskunft gespeichert (nicht verschlüsselt)"]
    assert LAST_NAME not in dialog.windowTitle()


def test_no_folder_no_answer(session, present, qtbot, tmp_path):
    dialog = DisclosureDialog(session, [1], places=Places(None))
    present(dialog)

    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)

    assert dialog.isVisible()
    assert not dialog.is_busy()


def test_a_folder_that_cannot_be_written_is_told_in_place(session, present, qtbot, tmp_path):
    (tmp_path / "datei").write_text("")
    dialog = DisclosureDialog(session, [1], places=Places(tmp_path / "datei"))
    present(dialog)

    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    idle(qtbot)

    qtbot.waitUntil(lambda: not dialog.is_busy())
    assert dialog.error.isVisible()


def test_each_of_several_gets_a_folder_of_their_own(session, present, qtbot, tmp_path):
    ids = [each.id for each in casework.all_clients(session.context)[:3]]
    dialog = DisclosureDialog(session, ids, places=Places(tmp_path))
    present(dialog)

    dialog.submit()
    idle(qtbot)

    qtbot.waitUntil(lambda: not dialog.isVisible())
    folders = sorted(path.name for path in tmp_path.glob("auskunft-*"))
    assert folders == [f"auskunft-2026-11-20{mark}" for mark in ("", "-2", "-3")]


# Deletion


def test_what_goes_is_said_before_and_enter_changes_nothing(session, present, qtbot):
    client = known_person(session.context)
    backups.make(session.context)
    dialog = ForgetDialog(session, [client.id])
    present(dialog)
    idle(qtbot)
    qtbot.waitUntil(lambda: "bis sie von Hand" in words(dialog))

    assert "2 Kontakte mit ihren Notizen" in words(dialog)
    assert "1 offener Termin fällt weg" in words(dialog)
    assert "nicht rückgängig" in dialog.warning.accessibleName()
    assert dialog.cancel_button.hasFocus()
    qtbot.keyClick(dialog.cancel_button, Qt.Key.Key_Space)

    assert not dialog.isVisible()
    assert casework.find_client(session.context, client.number).id == client.id


def test_deleted_by_click_and_nothing_brings_it_back(session, present, qtbot, said):
    client = known_person(session.context)
    before = casework.count_clients(session.context)
    dialog = ForgetDialog(session, [client.id])
    present(dialog)
    idle(qtbot)

    with qtbot.waitSignal(dialog.forgotten, timeout=20_000):
        qtbot.mouseClick(dialog.delete_button, Qt.MouseButton.LeftButton)

    assert casework.count_clients(session.context) == before - 1
    assert said == ["1 Person endgültig gelöscht"]
    while undo.undo(session.context) is not None:
        pass
    assert session.context.store.read("SELECT 1 FROM client WHERE number = '987Z654321'") == []


def test_esc_leaves_everything_as_it_is(session, present, qtbot):
    client = casework.all_clients(session.context)[0]
    dialog = ForgetDialog(session, [client.id])
    present(dialog)

    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    idle(qtbot)

    assert not dialog.isVisible()
    assert client.id in {each.id for each in casework.all_clients(session.context)}


def test_whoever_is_gone_already_is_told(session, said):
    client = casework.all_clients(session.context)[0]
    forgetting.forget(session.context, [client.id])

    open_forget(session, [client.id], None, None)

    assert len(said) == 1
    assert "inzwischen gelöscht" in said[0]


def test_the_menu_of_the_file_leads_to_all_three(session, present, qtbot, monkeypatch):
    menus = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, place: menus.append(menu))
    page = AktePage(session, places=Places(None))
    # In a narrow one the way to the Verlauf is in the menu too.
    page.resize(1200, 800)
    present(page)
    client = casework.all_clients(session.context)[0]
    page.show_client(client.id)

    qtbot.mouseClick(page.more_button, Qt.MouseButton.LeftButton)
    [menu] = menus
    texts = [action.text() for action in menu.actions()]
    menu.actions()[2].trigger()
    dialog = page.findChild(QDialog)
    assert isinstance(dialog, ForgetDialog)
    idle(qtbot)
    with qtbot.waitSignal(dialog.forgotten, timeout=20_000):
        dialog.submit()

    assert texts == ["Auskunft …", "Übergeben …", "Löschen …"]
    assert "nicht mehr im Fallbestand" in words(page)
    assert page.history_model.rowCount() == 0
    assert client.last_name not in page.name.text()


# Retention


@pytest.fixture
def old(session):
    session.context.today = LATER
    return session


def test_nobody_is_marked_beforehand(old, present, qtbot):
    dialog = RetentionDialog(old)
    present(dialog)

    assert dialog.model.rowCount() == len(retention.proposal(old.context)) > 30
    assert dialog.chosen() == []
    assert not dialog.delete_button.isEnabled()
    assert not dialog.disclosure_button.isEnabled()


def test_some_are_marked_by_keys_and_deleted(old, present, qtbot):
    dialog = RetentionDialog(old)
    present(dialog)
    before = dialog.model.rowCount()
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    marked = [each.client_id for each in dialog.chosen()]
    assert len(marked) == 2
    assert "2 Personen markiert" in words(dialog)

    qtbot.keyClick(dialog.table, Qt.Key.Key_Delete)
    asked = dialog.findChild(ForgetDialog)
    assert asked.title.text() == "2 Personen löschen"
    idle(qtbot)
    with qtbot.waitSignal(asked.forgotten, timeout=20_000):
        asked.submit()

    assert dialog.model.rowCount() == before - 2
    assert not {each.id for each in casework.all_clients(old.context)} & set(marked)


def test_nobody_s_period_is_over(session, present):
    dialog = RetentionDialog(session)
    present(dialog)

    assert dialog.nobody.isVisible()
    assert not dialog.table.isVisible()
    assert not dialog.delete_button.isEnabled()


def test_the_reason_and_the_rule_are_said(old, present):
    dialog = RetentionDialog(old)
    present(dialog)

    assert "24 Monate nach dem letzten Kontakt" in dialog.about.text()
    assert "12 Monate" in dialog.about.text()
    first = dialog.model.row(dialog.model.index(0, 0))
    assert first.reason.endswith("24 Monate danach")


def test_the_period_is_set_in_the_settings(session, present, qtbot):
    page = EinstellungenPage(session)
    present(page)
    edit = page.retention.months.field
    edit.setFocus()
    edit.selectAll()

    qtbot.keyClicks(edit, "36")
    qtbot.keyClick(edit, Qt.Key.Key_Return)

    assert session.context.settings.retention_months == 36
    assert "niemanden" in page.retention.number.text()
    page.retention.show_list()
    assert isinstance(QApplication.activeModalWidget(), RetentionDialog)
    QApplication.activeModalWidget().reject()


# Hand-over


@pytest.fixture
def packed(session, present, qtbot, tmp_path):
    """The dialog after somebody was packed, and the parcel."""
    client = known_person(session.context)
    dialog = HandOverDialog(session, [client.id], places=Places(tmp_path))
    present(dialog)
    qtbot.mouseClick(dialog.pack_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(dialog.passphrase.text()), timeout=20_000)
    return dialog, tmp_path / "uebergabe-2026-11-20.kkp", client


def test_the_passphrase_is_shown_once(packed, qtbot):
    dialog, path, _ = packed
    spoken = dialog.passphrase.text()
    assert len(spoken) == 24
    assert path.exists()
    assert "Nur jetzt" in dialog.once.accessibleName()

    qtbot.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == spoken
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert not dialog.isVisible()
    assert dialog.passphrase.text() == ""


def test_after_packing_they_can_be_deleted_here(packed, session, qtbot):
    dialog, _, client = packed
    qtbot.mouseClick(dialog.forget_button, Qt.MouseButton.LeftButton)
    asked = dialog.findChild(ForgetDialog)
    idle(qtbot)

    with qtbot.waitSignal(asked.forgotten, timeout=20_000):
        asked.submit()

    assert client.id not in {each.id for each in casework.all_clients(session.context)}
    assert "gelöscht" in dialog.stays.text()


def test_nobody_marked_nothing_packed(session, present, qtbot, tmp_path):
    dialog = HandOverDialog(session, places=Places(tmp_path))
    present(dialog)
    assert not dialog.pack_button.isEnabled()

    qtbot.keyClicks(dialog.search, "zzz-niemand")
    assert dialog.model.rowCount() == 0
    dialog.search.clear()
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)

    assert dialog.pack_button.isEnabled()
    assert "40 Personen markiert" in words(dialog)


def test_a_parcel_comes_in_after_a_look_and_goes_out_by_undo(packed, session, present, qtbot, said):
    made, path, client = packed
    spoken = made.passphrase.text()
    forgetting.forget(session.context, [client.id])
    before = casework.count_clients(session.context)
    dialog = TakeOverDialog(session, path)
    present(dialog)

    qtbot.keyClicks(dialog.passphrase.field, spoken.upper().replace("-", " "))
    qtbot.keyClick(dialog.passphrase.field, Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.table.isVisible, timeout=20_000)
    assert dialog.take_button.text() == "1 Person annehmen"
    assert casework.count_clients(session.context) == before
    assert dialog.passphrase.field.text() == ""
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=20_000)

    assert casework.count_clients(session.context) == before + 1
    assert said[-1] == "Übergabe angenommen (1 Person)"
    assert session.undo() == "Übergabe angenommen (1 Person)"
    assert casework.count_clients(session.context) == before


def test_a_wrong_passphrase_is_said_at_its_field(packed, session, present, qtbot):
    dialog = TakeOverDialog(session, packed[1])
    present(dialog)

    qtbot.keyClicks(dialog.passphrase.field, "ganz falsch")
    qtbot.keyClick(dialog.passphrase.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(dialog.passphrase.error()), timeout=20_000)

    assert "passt nicht zum Paket" in dialog.passphrase.error()
    assert not dialog.is_busy()
    assert not dialog.table.isVisible()


def test_who_is_here_already_is_not_taken_twice(packed, session, present, qtbot):
    made, path, _ = packed
    before = casework.count_clients(session.context)
    dialog = TakeOverDialog(session, path)
    present(dialog)
    dialog.passphrase.field.setText(made.passphrase.text())
    dialog.submit()
    qtbot.waitUntil(dialog.table.isVisible, timeout=20_000)

    assert dialog.take_button.text() == "Schließen"
    assert "Nicht angenommen: 1 Person" in dialog.note.accessibleName()
    dialog.submit()

    assert not dialog.isVisible()
    assert casework.count_clients(session.context) == before


def test_no_file_chosen_no_dialog(session, present):
    page = EinstellungenPage(session)
    present(page)

    assert open_take_over(session, Places(None), page) is None


def test_a_parcel_is_not_opened_without_a_passphrase(session, present, qtbot, tmp_path):
    dialog = TakeOverDialog(session, tmp_path / "a.kkp")
    present(dialog)

    dialog.submit()

    assert dialog.passphrase.error() == "Bitte eintragen."
    assert parcels.SUFFIX == ".kkp"
