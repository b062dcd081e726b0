"""How good is this passphrase, in words?"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QWidget

from kkd_desktop.actions.secrets import SHORTEST
from kkd_desktop.domain.language import said, to_say
from kkd_desktop.domain.values import Value
from kkd_desktop.gui import theme
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.labels import PlainLabel, set_property

_GOOD_BITS, _STRONG_BITS = 38, 58
_NOT_YET = to_say("zu kurz: mindestens {shortest} Zeichen")
_WEAK = to_say("schwach: noch ein, zwei Wörter dazu")
_GOOD = to_say("gut")
_STRONG = to_say("sehr gut")


class Strength(Value, frozen=True):
    """A rough and rather low estimate: a sentence of ordinary words scores like one."""

    bits: int
    words: str
    tone: Tone


def strength(text: str) -> Strength:
    bits = round(sum(map(_surprise, "\0" + text, text)))
    if len(text) < SHORTEST:
        words = said(_NOT_YET).format(shortest=SHORTEST)
        return Strength(min(bits, _GOOD_BITS // 2), words, Tone.LATE)
    if bits < _GOOD_BITS:
        return Strength(bits, said(_WEAK), Tone.LATE)
    if bits < _STRONG_BITS:
        return Strength(bits, said(_GOOD), Tone.SOON)
    return Strength(bits, said(_STRONG), Tone.OK)


def _surprise(before: str, sign: str) -> float:
    """Bits one sign adds: few inside a word, none where it repeats or just counts on."""
    if abs(ord(sign) - ord(before)) <= 1:
        return 0.0
    if sign.isspace():
        return 1.5
    if sign.isalpha():
        within = before.isalpha() and (sign.islower() or before.isupper())
        return 2.6 if within or before in "\0 " else 5.0
    return 3.0 if before.isdigit() == sign.isdigit() else 5.0


class StrengthMeter(QWidget):
    """A bar and a word; the word alone says everything."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, _STRONG_BITS)
        self.bar.setFixedWidth(160)
        self.bar.setAccessibleName(self.tr("Stärke der Passphrase"))
        self.words = PlainLabel(size=theme.SMALL_SIZE)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.MEDIUM)
        row.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.words, 1)
        self.show_strength("")

    def show_strength(self, text: str) -> None:
        found = strength(text)
        self.bar.setValue(min(found.bits, _STRONG_BITS))
        set_property(self.bar, "tone", found.tone.value)
        self.words.setText(found.words if text else "")
        self.words.set_tone(found.tone)
        self.bar.setAccessibleDescription(self.words.text())


def passphrase_edit(parent: QWidget | None = None) -> QLineEdit:
    """A line that shows dots and keeps what is typed out of prediction and clipboard history."""
    edit = QLineEdit(parent)
    edit.setEchoMode(QLineEdit.EchoMode.Password)
    edit.setInputMethodHints(
        Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
    )
    edit.setMaxLength(1024)
    return edit
