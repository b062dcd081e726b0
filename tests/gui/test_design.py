"""Is there one design system? Steps, sizes, colours and pictures come from theme and icons."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

import kkd_desktop.gui
from kkd_desktop.domain.contact import ContactForm
from kkd_desktop.gui import icons, theme
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.segmented import SegmentedControl

GUI = Path(kkd_desktop.gui.__path__[0])
SOURCES = sorted(GUI.rglob("*.py"))
PICTURES = sorted(path.stem for path in (GUI.parents[1] / "resources" / "icons").glob("*.svg"))
STEPS = frozenset(
    (
        "setContentsMargins",
        "setSpacing",
        "addSpacing",
        "setHorizontalSpacing",
        "setVerticalSpacing",
    )
)
FRAME = 1
"""What a hairline takes is no gap."""
SIZES = frozenset(("setPointSize", "setPointSizeF", "setPixelSize"))
OF_THEME = GUI / "theme.py"


def calls(source: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            yield name, node


def numbers(nodes: list[ast.expr]) -> list[float]:
    """Every number that is written out in these arguments, also in `theme.SMALL + 3`."""
    return [
        each.value
        for node in nodes
        for each in ast.walk(node)
        if isinstance(each, ast.Constant) and type(each.value) in (int, float)
    ]


def stray(source: Path) -> Iterator[str]:
    for name, call in calls(source):
        found = f"{source.relative_to(GUI)}:{call.lineno}: {ast.unparse(call)}"
        if name in STEPS and any(number > FRAME for number in numbers(call.args)):
            yield found
        if name in SIZES and numbers(call.args):
            yield found
        if name == "font" and numbers(call.args[:1]):
            yield found
        if any(word.arg == "size" and numbers([word.value]) for word in call.keywords):
            yield found
        if name == "QColor" and numbers(call.args):
            yield found


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(GUI)))
def test_steps_sizes_and_colours_come_from_the_theme(source):
    found = [] if source == OF_THEME else list(stray(source))

    assert not found, "\n".join(found)


def test_no_colour_is_written_out_but_in_the_theme():
    found = [
        f"{source.relative_to(GUI)}: {node.value}"
        for source in SOURCES
        if source != OF_THEME
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.startswith("#")
        and len(node.value) in (4, 7)
        and node.value[1:].isalnum()
    ]

    assert not found


def test_every_picture_is_used_and_every_way_to_talk_has_one():
    written = {
        node.value
        for source in SOURCES
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }

    assert set(PICTURES) - {form.value for form in ContactForm} <= written
    assert {form.value for form in ContactForm} <= set(PICTURES)


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_a_picture_is_drawn_in_the_ink_that_is_asked_for(qapp, name, ratio):
    ink = QColor("#a8431a")

    drawn = icons.pixmap(name, ink, 16, ratio).toImage()

    solid = [
        drawn.pixelColor(x, y)
        for x in range(drawn.width())
        for y in range(drawn.height())
        if drawn.pixelColor(x, y).alpha() > 200
    ]
    assert drawn.width() == round(16 * ratio)
    assert drawn.devicePixelRatio() == ratio
    assert solid
    assert all(abs(each.red() - ink.red()) <= 2 for each in solid)


def test_a_button_shows_its_picture_in_the_colours_of_the_moment(qapp):
    button = Button("Filter", icon="filter")

    light = button.icon().pixmap(16, 16).toImage()
    theme.apply(qapp, theme.Qt.ColorScheme.Dark)
    dark = button.icon().pixmap(16, 16).toImage()

    assert ink_of(light).lightness() < 128 < ink_of(dark).lightness()


def test_a_segment_with_a_picture_keeps_all_of_its_word(qapp):
    plain = SegmentedControl([("email", "E-Mail")])
    pictured = SegmentedControl([("email", "E-Mail")], with_icons=True)

    more = pictured.button("email").minimumSizeHint().width()
    assert more > plain.button("email").minimumSizeHint().width()


def test_a_picture_stands_in_the_middle_of_its_place(qapp):
    target = QPixmap(40, 36)
    target.fill(QColor("white"))

    painter = QPainter(target)
    icons.paint(painter, "zaehlt", QRect(0, 0, 40, 36), QColor("black"))
    painter.end()

    image = target.toImage()
    inked = [x for x in range(40) if any(image.pixelColor(x, y) != "white" for y in range(36))]
    assert abs((inked[0] + inked[-1]) / 2 - 19.5) <= 1


def ink_of(image: QImage) -> QColor:
    return max(
        (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())),
        key=QColor.alpha,
    )
