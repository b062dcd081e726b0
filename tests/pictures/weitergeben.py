"""How does it look when people leave the caseload: answers, deletion, retention, parcels?"""

from datetime import date
from pathlib import Path
from unittest.mock import patch

from PySide6.QtWidgets import QWidget

from kkd_desktop.actions import backups, casework, forgetting, parcels
from kkd_desktop.domain.values import replace
from kkd_desktop.gui import tasks
from kkd_desktop.gui.dialogs.places import PlaceChooser
from tests.pictures.akte import known_to_journal
from tests.pictures.desk import TODAY, Desk, Scene, shown, until


def disclosing(desk: Desk) -> QWidget:
    desk.workplace.open_client(desk.waiting().client.id)
    desk.page("akte").disclose()
    return desk.dialog()


def forgetting_one(desk: Desk) -> QWidget:
    desk.workplace.open_client(known_to_journal(desk))
    desk.page("akte").forget()
    until(lambda: not tasks.is_working())
    return desk.dialog()


def retention_list(months: int, day: date, marked: int = 0) -> Scene:
    """Whose period is over on a day until which nothing happened any more."""

    def scene(desk: Desk) -> QWidget:
        from kkd_desktop.gui.dialogs.retention import RetentionDialog

        desk.context.change_settings(retention_months=months)
        desk.context.today = day
        dialog = RetentionDialog(desk.session, parent=desk.window)
        shown(dialog)
        for place in range(marked):
            index = dialog.model.index(place, 0)
            flags = dialog.table.selectionModel().SelectionFlag
            dialog.table.selectionModel().select(index, flags.Select | flags.Rows)
        return dialog

    return scene


def forgetting_many(desk: Desk) -> QWidget:
    from kkd_desktop.gui.dialogs.forget import open_forget

    backups.make_if_due(desk.context)
    people = [each.id for each in casework.all_clients(desk.context)[:12]]
    open_forget(desk.session, people, None, desk.window)
    until(lambda: not tasks.is_working())
    return desk.dialog()


class _Chosen(PlaceChooser):
    """Always the same place, so that nobody is asked."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def file(self, parent: QWidget, title: str, name: str, kind: str) -> Path | None:
        return self._path / name


def handing_over(desk: Desk) -> QWidget:
    from kkd_desktop.gui.dialogs.hand_over import HandOverDialog

    marked = [each.id for each in casework.all_clients(desk.context)[:3]]
    return shown(HandOverDialog(desk.session, marked, parent=desk.window))


def handed_over(desk: Desk) -> QWidget:
    from kkd_desktop.gui.dialogs.hand_over import HandOverDialog

    places = _Chosen(desk.context.store.path.parent)
    marked = [each.id for each in casework.all_clients(desk.context)[:3]]
    spoken = "k7mw-pn3x-hd9v-tq2r-bfz5"
    with patch.object(parcels, "new_passphrase", lambda: spoken):
        dialog = HandOverDialog(desk.session, marked, places=places, parent=desk.window)
        shown(dialog)
        dialog.submit()
        until(lambda: not tasks.is_working() and not dialog.is_busy())
    return dialog


def taking_over(desk: Desk) -> QWidget:
    from kkd_desktop.gui.dialogs.take_over import TakeOverDialog

    return shown(TakeOverDialog(desk.session, Path("uebergabe-2026-11-20.kkp"), desk.window))


def taken_over(desk: Desk) -> QWidget:
    """Somebody new, somebody known and somebody in doubt."""
    from kkd_desktop.gui.dialogs.take_over import TakeOverDialog

    people = casework.all_clients(desk.context)[:6]
    packed = parcels.packing(desk.context, [each.id for each in people])(None)
    path = desk.context.store.path.with_name("uebergabe-2026-11-20.kkp")
    parcels.save(packed, path)
    forgetting.forget(desk.context, [each.id for each in people[:3]])
    doubtful = replace(people[4], last_name="Anders")
    casework.change_client(desk.context, doubtful)
    dialog = TakeOverDialog(desk.session, path, desk.window)
    shown(dialog)
    dialog.passphrase.field.setText(packed.spoken)
    dialog.submit()
    until(lambda: not tasks.is_working() and not dialog.is_busy())
    return dialog


SCENES: dict[str, Scene] = {
    "dialog-auskunft": disclosing,
    "dialog-loeschen": forgetting_one,
    "dialog-loeschen-viele": forgetting_many,
    "dialog-frist": retention_list(24, date(2028, 3, 1), 2),
    "dialog-frist-viele": retention_list(24, date(2030, 11, 20), 3),
    "dialog-frist-niemand": retention_list(24, TODAY),
    "dialog-uebergeben": handing_over,
    "dialog-uebergeben-gepackt": handed_over,
    "dialog-annehmen": taking_over,
    "dialog-annehmen-inhalt": taken_over,
}
