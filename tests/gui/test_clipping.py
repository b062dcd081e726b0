"""Is a German word cut anywhere in the smallest window? What gives way says so with an ellipsis."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)

from kkd_desktop.gui.widgets.labels import ElidedLabel, Paragraph
from kkd_desktop.gui.widgets.segmented import SegmentedControl
from kkd_desktop.gui.widgets.table import ROW_HEIGHT
from tests import pictures
from tests.gui.every_window import CLIENTS, ROOMS, WINDOWS, opened

_TURNS, _TURN_MS = 20, 50
ARROW = 22
"""What a list field needs beside its text."""
PADDING = 12
ENLARGED = QSize(960, 500)
"""What 1920 × 1080 pixels have room for at 200 %, below the title bar."""
SORTED = 18
"""What the arrow of a sorted column needs."""


@pytest.fixture(scope="module")
def caseload(qapp, tmp_path_factory):
    return pictures.Caseload(tmp_path_factory.mktemp("bilder"), CLIENTS)


def widest(metrics: QFontMetrics, text: str) -> int:
    """How wide the longest line is, or the longest word where it may be broken."""
    return max((metrics.horizontalAdvance(part) for part in text.split("\n")), default=0)


def cut_label(label: QLabel) -> bool:
    if isinstance(label, ElidedLabel | Paragraph):
        return False
    room, metrics, text = label.contentsRect().width(), label.fontMetrics(), label.text()
    if not label.wordWrap():
        return widest(metrics, text) > room or metrics.height() > label.height() + 2
    longest = max((metrics.horizontalAdvance(word) for word in text.split()), default=0)
    return longest > room or label.heightForWidth(label.width()) > label.height() + 2


def cut_button(button: QAbstractButton) -> bool:
    if isinstance(button, QCheckBox | QRadioButton):
        return button.sizeHint().width() > button.width() + 1
    if re.search(r"\w…$", button.text()):
        # It cut its text itself, and has the whole one for who asks.
        return not button.toolTip()
    if isinstance(button, QPushButton) or isinstance(button.parent(), SegmentedControl):
        return button.sizeHint().width() > button.width() + 1
    return False


def cut_choice(field: QComboBox) -> bool:
    needed = field.fontMetrics().horizontalAdvance(field.currentText())
    return needed + ARROW + 10 > field.width()


def cut_hint(field: QLineEdit) -> bool:
    """A hint in an empty field has no tooltip."""
    needed = field.fontMetrics().horizontalAdvance(field.placeholderText())
    return not field.text() and needed > field.width() - 16


def cut_titles(header: QHeaderView) -> Iterator[str]:
    if header.orientation() is not Qt.Orientation.Horizontal:
        return
    model = header.model()
    for column in range(header.count()):
        title = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        parts = title.split() if header.height() > ROW_HEIGHT else [title]
        needed = max(map(header.fontMetrics().horizontalAdvance, parts), default=0) + 2 * PADDING
        if header.isSortIndicatorShown() and header.sortIndicatorSection() == column:
            needed += SORTED
        if title and not header.isSectionHidden(column) and needed > header.sectionSize(column):
            yield f"{title} ({needed} > {header.sectionSize(column)})"


def cut_words(window: QWidget) -> Iterator[str]:
    """Each text of a window that has too little room."""
    for kind, is_cut, words in (
        (QLabel, cut_label, QLabel.text),
        (QAbstractButton, cut_button, QAbstractButton.text),
        (QComboBox, cut_choice, QComboBox.currentText),
        (QLineEdit, cut_hint, QLineEdit.placeholderText),
    ):
        for each in window.findChildren(kind):
            if each.isVisible() and words(each) and is_cut(each):
                yield f"{type(each).__name__} {words(each)!r}: {each.width()} px"
    for header in window.findChildren(QHeaderView):
        if header.isVisible():
            yield from cut_titles(header)


def after_all_answers(window: QWidget) -> list[str]:
    """What is still cut once every thread has said what it had to say."""
    for _ in range(_TURNS):
        found = list(cut_words(window))
        if not found:
            break
        QTest.qWait(_TURN_MS)
    return found


@pytest.mark.parametrize("name", sorted(WINDOWS | ROOMS))
def test_no_word_is_cut_in_the_smallest_window(name, caseload):
    with opened(name, caseload, pictures.SMALL) as window:
        found = after_all_answers(window)

    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", sorted(each for each in WINDOWS | ROOMS if "Page" in each))
def test_no_word_of_a_page_is_cut_at_200_percent_on_a_usual_screen(name, caseload):
    with opened(name, caseload, ENLARGED) as window:
        found = after_all_answers(window)

    assert not found, "\n".join(found)
