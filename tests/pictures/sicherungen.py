"""How do back-ups look, and a restore?"""

from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QWidget

from kkd_desktop.actions import backups
from kkd_desktop.gui.backup_keeper import keeper_of
from kkd_desktop.gui.dialogs.restore_store import RestoreStoreDialog
from tests.pictures.desk import Desk, Scene, shown, until


def settings_backups(number: int) -> Scene:
    """As many back-ups of the last weeks, of every kind."""

    def scene(desk: Desk) -> QWidget:
        context = desk.context
        if number > 1:
            context.change_settings(rotation=backups.Rotation(30))
        for day in range(number):
            moment = datetime(2026, 11, 20, 6, 48) - timedelta(days=day)
            context.now = lambda moment=moment: moment
            if day == 3:
                backups.before(context, "Import von 300 Personen")
            elif day == 5:
                backups.make(context, kind=backups.Kind.BEFORE_RESTORE)
            else:
                kind = backups.Kind.BY_HAND if day == 8 else backups.Kind.REGULAR
                backups.make(context, kind=kind)
        context.now = lambda: datetime(2026, 11, 20, 9, 12)
        page = desk.page("einstellungen")
        if number > 1:
            context.change_settings(second_folder="/media/stick/kkd")
            desk.workplace.keep_backups()
            desk.session.changed.emit()
            until(lambda: keeper_of(desk.session).last is not None)
        until(lambda: page.backups.model.total() >= number and page.backups.latest.text() != "")
        page.show_section(page.backups)
        return desk.window

    return scene


def restoring(*, other_passphrase: bool = False) -> Scene:
    def scene(desk: Desk) -> QWidget:
        settings_backups(1)(desk)
        desk.workplace.window.page("einstellungen").backups.restore_button.click()
        dialog = desk.dialog()
        if other_passphrase:
            dialog._refuse(backups.WrongPassphrase(desk.context.store.path))
        return dialog

    return scene


SCENES: dict[str, Scene] = {
    "einstellungen-sicherungen-keine": settings_backups(0),
    "einstellungen-sicherungen-eine": settings_backups(1),
    "einstellungen-sicherungen-viele": settings_backups(20),
    "dialog-wiederherstellen": restoring(),
    "dialog-wiederherstellen-passphrase": restoring(other_passphrase=True),
    "dialog-wiederherstellen-erststart": lambda desk: shown(
        RestoreStoreDialog(Path("/home/if/.local/share/kkd-desktop/fallbestand.kkd"), print)
    ),
}
