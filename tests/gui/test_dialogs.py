import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtWidgets import QLineEdit
from shiboken6 import isValid

import kkd_desktop.gui
from kkd_desktop.domain.errors import UserError
from kkd_desktop.gui import theme
from kkd_desktop.gui.dialogs.base import Dialog, ask
from kkd_desktop.gui.dialogs.create_store import CreateStoreDialog
from kkd_desktop.gui.dialogs.unlock import UnlockDialog
from kkd_desktop.gui.dialogs.welcome import WelcomeDialog
from kkd_desktop.gui.widgets.field import FormField
from kkd_desktop.gui.widgets.least_room import LeastRoom, _in_sight

CTRL = Qt.KeyboardModifier.ControlModifier
SENTENCE = "Der Igel isst gern rote Äpfel"


def opening(passphrase: str) -> str:
    if passphrase != SENTENCE:
        raise UserError("Die Passphrase passt nicht zu diesem Fallbestand.")
    return "der Bestand"


def stands_below(field: FormField) -> bool:
    """Whether the message of a field is whole and does not touch it."""
    message = field.message
    whole = message.height() >= message.heightForWidth(message.width())
    return whole and message.y() > field.field.geometry().bottom()


@pytest.fixture
def unlock(qtbot, present) -> UnlockDialog:
    dialog = UnlockDialog("fallbestand.kkd", opening)
    present(dialog)
    return dialog


def test_the_right_passphrase_opens(unlock, qtbot):
    qtbot.keyClicks(unlock.passphrase.field, SENTENCE)

    with qtbot.waitSignal(unlock.unlocked) as unlocked:
        qtbot.keyClick(unlock.passphrase.field, Qt.Key.Key_Return)

    assert unlocked.args == ["der Bestand"]
    assert unlock.opened == "der Bestand"
    assert unlock.isHidden()
    assert unlock.passphrase.field.text() == ""


def test_a_wrong_one_is_told_at_the_field_and_can_be_typed_over(unlock, qtbot):
    qtbot.keyClicks(unlock.passphrase.field, "falsch")
    qtbot.keyClick(unlock.passphrase.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(unlock.passphrase.error()))

    assert unlock.passphrase.error() == "Die Passphrase passt nicht zu diesem Fallbestand."
    assert unlock.passphrase.field.selectedText() != ""
    assert unlock.open_button.isEnabled()
    assert unlock.isVisible()


def test_an_empty_passphrase_is_asked_for(unlock, qtbot):
    qtbot.mouseClick(unlock.open_button, Qt.MouseButton.LeftButton)

    assert unlock.passphrase.error() == "Geben Sie die Passphrase ein."


def test_escape_gives_up(unlock, qtbot):
    with qtbot.waitSignal(unlock.rejected):
        qtbot.keyClick(unlock.passphrase.field, Qt.Key.Key_Escape)


@pytest.fixture
def create(qtbot, tmp_path, present) -> CreateStoreDialog:
    dialog = CreateStoreDialog(
        tmp_path / "fallbestand.kkd", lambda path, words, concept: (path, words)
    )
    present(dialog)
    return dialog


def test_a_caseload_is_created_with_the_keyboard_alone(create, qtbot, tmp_path):
    qtbot.keyClicks(create.passphrase.field, SENTENCE)
    qtbot.keyClick(create.passphrase.field, Qt.Key.Key_Return)
    qtbot.keyClicks(create.repeated.field, SENTENCE)
    qtbot.keyClick(create.understood, Qt.Key.Key_Space)

    with qtbot.waitSignal(create.store_created) as created:
        qtbot.keyClick(create, Qt.Key.Key_Return, CTRL)

    assert created.args == [(tmp_path / "fallbestand.kkd", SENTENCE)]
    assert create.passphrase.field.text() == create.repeated.field.text() == ""


def test_every_fault_is_named_at_its_field(create, qtbot):
    create.path.field.clear()
    qtbot.keyClicks(create.passphrase.field, "kurz")
    qtbot.keyClicks(create.repeated.field, "anders")
    qtbot.mouseClick(create.create_button, Qt.MouseButton.LeftButton)

    assert create.path.error() == "Wählen Sie, wo die Datei liegen soll."
    assert create.passphrase.error() == "Die Passphrase braucht mindestens 10 Zeichen."
    assert create.repeated.error() == "Die beiden Eingaben sind verschieden."
    assert create.created is None


def test_a_dialog_grows_for_its_faults(create, qtbot):
    qtbot.keyClicks(create.passphrase.field, "kurz")
    qtbot.keyClicks(create.repeated.field, "anders")
    qtbot.mouseClick(create.create_button, Qt.MouseButton.LeftButton)

    for field in (create.passphrase, create.repeated):
        qtbot.waitUntil(lambda each=field: stands_below(each))


def test_a_wrong_passphrase_stands_below_its_field(unlock, qtbot):
    unlock.passphrase.show_error("Die Passphrase passt nicht zu diesem Fallbestand. " * 3)

    qtbot.waitUntil(lambda: stands_below(unlock.passphrase))


def test_nothing_is_created_before_the_warning_is_confirmed(create, qtbot):
    qtbot.keyClicks(create.passphrase.field, SENTENCE)
    qtbot.keyClicks(create.repeated.field, SENTENCE)
    qtbot.keyClick(create, Qt.Key.Key_Return, CTRL)

    assert create.error.isVisible()
    assert create.created is None


def test_the_strength_is_told_in_words_while_typing(create, qtbot):
    qtbot.keyClicks(create.passphrase.field, "Igel")
    assert create.meter.words.text() == "zu kurz: mindestens 10 Zeichen"

    qtbot.keyClicks(create.passphrase.field, " und Hase sagen sich gute Nacht im Wald")
    assert create.meter.words.text() == "sehr gut"


def test_what_cannot_be_created_is_told_and_the_passphrase_stays(qtbot, present):
    def refuse(path: Path, passphrase: str, concept: str) -> None:
        raise UserError("Der Ordner ist ein Netzlaufwerk.")

    dialog = CreateStoreDialog(Path("/x/fallbestand.kkd"), refuse)
    present(dialog)
    qtbot.keyClicks(dialog.passphrase.field, SENTENCE)
    qtbot.keyClicks(dialog.repeated.field, SENTENCE)
    dialog.understood.setChecked(True)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(dialog.error.isVisible)

    assert dialog.error.accessibleName() == "Der Ordner ist ein Netzlaufwerk."
    assert dialog.passphrase.field.text() == SENTENCE


def test_the_first_start_offers_three_ways(qtbot, present):
    dialog = WelcomeDialog()
    present(dialog)
    for choice in (dialog.demo, dialog.creation, dialog.restore):
        assert choice.isEnabled()

    with qtbot.waitSignal(dialog.creation_chosen):
        qtbot.keyClick(dialog.creation, Qt.Key.Key_Return)

    assert dialog.isHidden()


def test_a_busy_dialog_does_its_main_action_once(qtbot, present):
    pressed: list[bool] = []
    dialog = Dialog("Titel", "Untertitel")
    button = dialog.set_main_action("Tun", lambda: pressed.append(True))
    present(dialog)
    dialog.set_busy(True, "Läuft …")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert pressed == []
    assert button.text() == "Läuft …"

    dialog.set_busy(False)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)

    assert pressed == [True]
    assert button.text() == "Tun"


def test_a_new_caseload_wants_its_concept(qtbot, tmp_path):
    asked = []
    concepts = [("mg2012", "Mönchengladbach 2012"), ("ffm2017", "Frankfurt 2017")]
    dialog = CreateStoreDialog(tmp_path / "a.kkd", lambda *given: asked.append(given), concepts)
    qtbot.addWidget(dialog)
    for edit in (dialog.passphrase.field, dialog.repeated.field):
        edit.setText("vier zufällige Wörter hier")
    dialog.understood.setChecked(True)

    dialog.submit()
    refused = dialog.concept.error()
    dialog.concept.field.setCurrentIndex(2)
    dialog.submit()
    qtbot.waitUntil(lambda: bool(asked))

    assert refused == "Wählen Sie das Konzept Ihres Jobcenters."
    assert asked[0][2] == "ffm2017"


class SmallScreen:
    """1280 × 800 pixels at 200 %."""

    def availableSize(self) -> QSize:
        return QSize(640, 400)


def test_on_a_small_screen_the_body_scrolls_and_the_buttons_stay_in_sight(
    qtbot, present, monkeypatch
):
    monkeypatch.setattr(Dialog, "screen", lambda dialog: SmallScreen())
    dialog = Dialog("Angaben")
    fields = [FormField(f"Angabe {number}", QLineEdit()) for number in range(12)]
    for field in fields:
        dialog.body.addWidget(field)
    save = dialog.set_main_action("Speichern", dialog.accept)
    present(dialog)

    fields[-1].field.setFocus(Qt.FocusReason.TabFocusReason)

    assert dialog.height() <= 400
    for seen in (save, fields[-1].field):
        assert dialog.rect().contains(seen.mapTo(dialog, seen.rect().center()))
    assert not fields[0].field.visibleRegion().contains(QPoint(5, 5))


def test_before_a_button_is_cut_those_beside_the_main_one_do_without_their_keys(
    qtbot, present, monkeypatch
):
    monkeypatch.setattr(Dialog, "screen", lambda dialog: SmallScreen())
    dialog = Dialog("Plan für die Anteile")
    for number in range(12):
        dialog.body.addWidget(FormField(f"Angabe {number}", QLineEdit()))
    copy = dialog.add_action("Kopieren", dialog.reject, keys="Strg C")
    others = [dialog.add_action(f"Als Liste zeigen {n}", dialog.reject) for n in range(2)]
    main = dialog.set_main_action("Termine vorschlagen …", dialog.accept)
    present(dialog)

    assert dialog.width() <= 640
    for button in (copy, *others, main):
        assert button.width() >= button.sizeHint().width()
    assert (copy.keys(), copy.accessibleDescription()) == ("", "Strg C")
    assert main.keys()


@pytest.mark.parametrize(
    ("at", "begin", "length", "seen"),
    [
        (0, 100, 100, 0),
        (0, 700, 200, 700 + 200 + theme.HUGE - 640),
        (500, 100, 100, 100 - theme.HUGE),
        # A page begins at its heading, though its list would have room without that.
        (0, 200, 500, 0),
        # What is longer than the view is shown from its beginning, and not from its middle.
        (0, 0, 1024, 0),
        (0, 900, 800, 900 - theme.HUGE),
        (950, 900, 800, 950),
    ],
)
def test_what_has_the_keys_is_drawn_into_sight(at, begin, length, seen):
    assert _in_sight(at, begin, length, 640) == seen


def test_a_dialog_with_room_enough_does_not_scroll(qtbot, present):
    dialog = Dialog("Angaben")
    dialog.body.addWidget(FormField("Angabe", QLineEdit()))
    present(dialog)

    assert dialog.findChild(LeastRoom) is None


def test_a_question_that_stands_alone_is_destroyed_by_qt_and_not_by_the_collector(qtbot):
    question = WelcomeDialog()
    QTimer.singleShot(0, question, question.reject)

    ask(question)

    assert isValid(question)
    qtbot.waitUntil(lambda: not isValid(question))


_WAITING = {
    "dialogs/base.py": ["question.exec"],
    "startup.py": ["app.exec"],
    # Qt's own, in which nobody listens.
    "crashes.py": ["box.exec"],
    "handing_out.py": ["drag.exec"],
    "printing.py": ["dialog.exec"],
    "dialogs/places.py": ["dialog.exec"],
}


def test_no_dialog_of_ours_is_waited_for_but_in_the_one_place_that_ends_it():
    folder = Path(kkd_desktop.gui.__file__).parent
    found = {}
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Attribute) and called.attr in {"exec", "exec_"}:
                place = path.relative_to(folder).as_posix()
                found.setdefault(place, []).append(ast.unparse(called))

    assert found == _WAITING
