"""How do the dialogs about a person look: facts, exceptions, wishes, absences?"""

from PySide6.QtWidgets import QWidget

from kkd_desktop import paths
from kkd_desktop.actions import casework
from kkd_desktop.gui.dialogs.client import ClientDialog
from kkd_desktop.gui.dialogs.deviation import DeviationDialog
from kkd_desktop.gui.dialogs.wish import WishDialog
from kkd_desktop.policyfiles.shelf import Shelf
from tests.pictures.akte import away_soon, office_with_levels, wishing
from tests.pictures.desk import INVENTED, Desk, Scene, settle


def new_client(desk: Desk) -> QWidget:
    desk.workplace.add_client()
    return desk.dialog()


def edit_client(desk: Desk) -> QWidget:
    ClientDialog(desk.session, desk.waiting().client, desk.window).open()
    return desk.dialog()


def deviation(desk: Desk) -> QWidget:
    DeviationDialog(desk.session, desk.waiting().client, desk.window).open()
    return desk.dialog()


def client_declared(desk: Desk) -> QWidget:
    ClientDialog(desk.session, office_with_levels(desk).client, desk.window).open()
    dialog = desk.dialog()
    dialog.facts["entfernung_km"].value.setText("weit weg")
    dialog.submit()
    return dialog


def client_declared_history(desk: Desk) -> QWidget:
    ClientDialog(desk.session, office_with_levels(desk).client, desk.window).open()
    dialog = desk.dialog()
    dialog.facts["stufe"].open_history.click()
    settle()
    return dialog


def deviation_of_kind(kind: str, until: str = "") -> Scene:
    def scene(desk: Desk) -> QWidget:
        desk.context.shelf = Shelf((paths.policies(), INVENTED))
        desk.choose_concept("musterstadt_formen")
        DeviationDialog(desk.session, desk.waiting().client, desk.window).open()
        dialog = desk.dialog()
        dialog.kind.setCurrentIndex(dialog.kind.findData(kind))
        if until:
            dialog.until.setText(until)
            dialog.submit()
        return dialog

    return scene


def client_wish(desk: Desk) -> QWidget:
    client = casework.client_file(desk.context, wishing(desk)).client
    ClientDialog(desk.session, client, desk.window).open()
    dialog = desk.dialog()
    dialog.facts["wunsch"].value.setFocus()
    return dialog


def client_away(desk: Desk) -> QWidget:
    client = casework.client_file(desk.context, away_soon(desk).id).client
    ClientDialog(desk.session, client, desk.window).open()
    dialog = desk.dialog()
    dialog.facts["abwesend"].until.setFocus()
    return dialog


def client_away_history(desk: Desk) -> QWidget:
    dialog = client_away(desk)
    dialog.facts["abwesend"].open_history.click()
    settle()
    return dialog


def choosing_wish(desk: Desk) -> QWidget:
    client_wish(desk).facts["wunsch"].value.choose()
    settle()
    return next(w for w in desk.window.findChildren(WishDialog) if w.isVisible())


SCENES: dict[str, Scene] = {
    "dialog-person-abwesend": client_away,
    "dialog-person-abwesend-verlauf": client_away_history,
    "dialog-person-wunsch": client_wish,
    "dialog-wunsch": choosing_wish,
    "dialog-person-neu": new_client,
    "dialog-person": edit_client,
    "dialog-ausnahme": deviation,
    "dialog-ausnahme-art": deviation_of_kind("elternzeit", "31.12.2028"),
    "dialog-ausnahme-ereignis": deviation_of_kind("massnahme"),
    "dialog-person-angaben": client_declared,
    "dialog-person-angaben-verlauf": client_declared_history,
}
