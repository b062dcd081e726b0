"""How does it look before and after work: first start, passphrase, lock, what was left open?"""

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QWidget

from kkd_desktop.actions import left_open, policies
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.left_open import LeftOpen
from kkd_desktop.gui import drafts, tasks
from kkd_desktop.gui.dialogs.create_store import CreateStoreDialog
from kkd_desktop.gui.dialogs.left_over import LeftOverDialog
from kkd_desktop.gui.dialogs.lock_screen import LockScreen
from kkd_desktop.gui.dialogs.locking import LockingDialog
from kkd_desktop.gui.dialogs.passphrase import PassphraseDialog
from kkd_desktop.gui.dialogs.refusal import RefusalDialog
from kkd_desktop.gui.dialogs.taken import TakenDialog
from kkd_desktop.gui.dialogs.unlock import UnlockDialog
from kkd_desktop.gui.dialogs.welcome import WelcomeDialog
from kkd_desktop.gui.instance import Holder
from kkd_desktop.gui.resuming import Resuming
from kkd_desktop.gui.widgets.countdown import Countdown
from tests.pictures.desk import Desk, Scene, behind, settle, shown, until


def unlock(desk: Desk) -> QWidget:
    return shown(UnlockDialog("fallbestand.kkd", lambda text: None, desk.window))


def unlock_wrong(desk: Desk) -> QWidget:
    def refuse(text: str) -> None:
        raise UserError("Die Passphrase passt nicht zu diesem Fallbestand.")

    dialog = UnlockDialog("fallbestand.kkd", refuse, desk.window)
    shown(dialog)
    dialog.passphrase.field.setText("falsch geraten")
    dialog.submit()
    until(lambda: not dialog.is_busy())
    return dialog


def unlock_with(can_remember: bool, kept: str = "") -> Scene:
    """The question with the keyring of this computer, and what it knew."""

    def scene(desk: Desk) -> QWidget:
        def remembered() -> object:
            if kept == "falsch":
                raise UserError("")
            return None

        dialog = UnlockDialog(
            "fallbestand.kkd",
            lambda text: None,
            desk.window,
            remembered=remembered if kept else None,
            can_remember=lambda: can_remember,
        )
        shown(dialog)
        until(lambda: not tasks.is_working())
        return dialog

    return scene


def lock_screen(wrong: bool = False) -> Scene:
    def scene(desk: Desk) -> QWidget:
        def refuse(text: str) -> None:
            raise UserError("Die Passphrase passt nicht zu diesem Fallbestand.")

        screen = LockScreen(
            UnlockDialog("fallbestand.kkd", refuse, is_locked=True), None, desk.window
        )
        screen.resize(desk.window.size())
        shown(screen)
        if wrong:
            screen.question.passphrase.field.setText("falsch geraten")
            screen.question.submit()
            until(lambda: not screen.question.is_busy())
        return screen

    return scene


def countdown(seconds: int, *, over_dialog: bool = False) -> Scene:
    def scene(desk: Desk) -> QWidget:
        desk.heute()
        owner: QWidget = desk.window
        if over_dialog:
            desk.workplace.log_contact(desk.waiting().client.id)
            owner = desk.dialog()
        count = Countdown()
        count.count(seconds, owner)
        return behind(desk) if over_dialog else desk.window

    return scene


def draft_offered(desk: Desk) -> QWidget:
    desk.heute()
    client = desk.waiting().client.id
    desk.workplace.log_contact(client)
    dialog = desk.dialog()
    dialog.fields.content.insertPlainText("Über die Wohnung gesprochen, Unterlagen fehlen noch.")
    left_open.keep(desk.context, drafts.taken(desk.window))
    dialog.hide()
    dialog.deleteLater()
    Resuming(desk.workplace).resume(after_lock=True)
    settle()
    return desk.window


def draft_without_dialog(desk: Desk) -> QWidget:
    content = {
        "title": "Abweichung eintragen",
        "values": {},
        "texts": [["Grund", "Reha bis Ende Januar, danach neu sprechen."], ["", "Rückruf Montag"]],
    }
    return shown(LeftOverDialog(LeftOpen("other", content), lambda: None, desk.window))


def locking_refused(desk: Desk) -> QWidget:
    dialog = LockingDialog(lambda: None, lambda: None, desk.window)
    dialog.say_fault(
        "Der Datenträger ist voll: In „fallbestand.kkd“ konnte nichts gespeichert werden. "
        "Was vorher gespeichert war, ist unversehrt."
    )
    return shown(dialog)


def passphrase_dialog(state: str) -> Scene:
    def scene(desk: Desk) -> QWidget:
        dialog = PassphraseDialog(desk.session, desk.window)
        shown(dialog)
        if state:
            dialog.current.field.setText("die bisherige Passphrase")
            dialog.new.field.setText("Lindenallee im Herbst 1987")
            dialog.repeated.field.setText("Lindenallee im Herbst 1987")
        if state == "falsch":
            dialog.submit()
            until(lambda: not dialog.is_busy())
        return dialog

    return scene


def create_store(desk: Desk) -> QWidget:
    place = Path("/home/beispiel/kkd-desktop/fallbestand.kkd")
    concepts = policies.choosable(desk.context.shelf)
    dialog = CreateStoreDialog(
        place,
        lambda path, text, concept: None,
        concepts,
        desk.window,
    )
    dialog.passphrase.field.setText("vier zufällige Wörter hier")
    return shown(dialog)


SCENES: dict[str, Scene] = {
    "dialog-oeffnen": unlock,
    "dialog-oeffnen-falsch": unlock_wrong,
    "dialog-oeffnen-merken": unlock_with(True),
    "dialog-oeffnen-kein-schluesselbund": unlock_with(False),
    "dialog-oeffnen-merken-falsch": unlock_with(True, "falsch"),
    "gesperrt": lock_screen(),
    "gesperrt-falsch": lock_screen(wrong=True),
    "gesperrt-verhindert": locking_refused,
    "countdown": countdown(27),
    "countdown-dialog": countdown(1, over_dialog=True),
    "angefangenes": draft_offered,
    "angefangenes-text": draft_without_dialog,
    "passphrase": passphrase_dialog(""),
    "passphrase-getippt": passphrase_dialog("getippt"),
    "passphrase-falsch": passphrase_dialog("falsch"),
    "dialog-willkommen": lambda desk: shown(WelcomeDialog(parent=desk.window)),
    "dialog-anlegen": create_store,
    "dialog-belegt": lambda desk: shown(
        TakenDialog(
            "fallbestand.kkd",
            Holder("JC-PC-0417", 4711, datetime(2026, 11, 20, 7, 52)),
            desk.window,
        )
    ),
    "dialog-abgelehnt": lambda desk: shown(
        RefusalDialog("fallbestand.kkd: Die Datei ist kein Fallbestand.", desk.window)
    ),
}
