"""How good is this passphrase, in words?"""

from dataclasses import dataclass
from math import log2

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QWidget

from kkd_desktop.gui import theme
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.labels import PlainLabel, set_property

SHORTEST = 10
_GOOD_BITS, _STRONG_BITS = 50, 72
_NOT_YET = "zu kurz: mindestens 10 Zeichen"
_WEAK = "schwach: noch ein, zwei Wörter dazu"
_GOOD = "gut"
_STRONG = "sehr gut"


@dataclass(frozen=True, slots=True)
class Strength:
    """A rough lower estimate; repeated letters and one single class of signs do not help."""

    bits: int
    words: str
    tone: Tone


def strength(text: str) -> Strength:
    classes = (
        (str.islower, 27),
        (str.isupper, 27),
        (str.isdigit, 10),
        (lambda sign: not sign.isalnum(), 20),
    )
    signs = sum(size for test, size in classes if any(test(sign) for sign in text))
    # Letters that repeat, and those that just count on, carry next to nothing.
    fresh = sum(
        1
        for place, sign in enumerate(text)
        if place == 0 or abs(ord(sign) - ord(text[place - 1])) > 1
    )
    fresh = min(fresh, 2 * len(set(text)))
    bits = round(fresh * log2(signs) * 0.8) if signs else 0
    if len(text) < SHORTEST:
        return Strength(min(bits, _GOOD_BITS // 2), _NOT_YET, Tone.LATE)
    if bits < _GOOD_BITS:
        return Strength(bits, _WEAK, Tone.LATE)
    if bits < _STRONG_BITS:
        return Strength(bits, _GOOD, Tone.SOON)
    return Strength(bits, _STRONG, Tone.OK)


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
