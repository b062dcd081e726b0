from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QLineEdit, QToolButton

from kkd_desktop.gui import theme
from kkd_desktop.gui.theme import (
    DARK,
    LIGHT,
    STRONG_DARK,
    STRONG_LIGHT,
    Palette,
    Tone,
    contrast,
)
from kkd_desktop.gui.widgets.banner import Banner

TONES = ("muted", "accent", "late", "soon", "ok")
PAIRS = (
    *product(("text", "muted"), ("bg", "surface", "hover", "chip", "selection")),
    *product(("text",), ("late_soft", "soon_soft", "ok_soft")),
    *product(TONES, ("bg", "surface", "hover", "selection")),
    *((tone, f"{tone}_soft") for tone in ("late", "soon", "ok")),
    ("on_accent", "accent"),
)


SIGNS = (
    *product(("field",), ("bg", "surface", "hover")),
    *product(("accent",), ("bg", "surface", "hover", "chip", "selection")),
    ("late", "surface"),
)
"""Edges, rings and marks that say something without words."""

PALETTES = {
    "light": LIGHT,
    "dark": DARK,
    "strong-light": STRONG_LIGHT,
    "strong-dark": STRONG_DARK,
}
every_palette = pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)


@every_palette
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_every_text_is_legible_on_every_ground_it_stands_on(
    palette: Palette, ink: str, ground: str
):
    assert contrast(getattr(palette, ink), getattr(palette, ground)) >= 4.5


@every_palette
@pytest.mark.parametrize(("sign", "ground"), SIGNS)
def test_every_sign_stands_out_from_its_ground(palette: Palette, sign: str, ground: str):
    assert contrast(getattr(palette, sign), getattr(palette, ground)) >= 3


@pytest.mark.parametrize("scheme", [Qt.ColorScheme.Light, Qt.ColorScheme.Dark])
def test_the_cross_that_clears_a_line_is_in_our_ink(qtbot, qapp, scheme):
    """Qt's own is a black disc, in the dark as well."""
    theme.apply(qapp, scheme)
    line = QLineEdit("Muster")
    qtbot.addWidget(line)
    line.setClearButtonEnabled(True)
    line.show()

    cross = line.findChild(QToolButton).icon().pixmap(16, 16).toImage()

    inks = {cross.pixelColor(place, place).name() for place in range(6, 11)}
    assert inks == {theme.current().muted}
    assert cross.pixelColor(8, 3).alpha() == 0


@pytest.mark.parametrize("palette", [STRONG_LIGHT, STRONG_DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_high_contrast_is_seven_to_one(palette: Palette, ink: str, ground: str):
    assert contrast(getattr(palette, ink), getattr(palette, ground)) >= 7


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_a_forced_scheme_switches_a_live_window(qapp, qtbot):
    banner = Banner()
    qtbot.addWidget(banner)
    banner.say("zählt nicht", "nur persönliche Gespräche", Tone.LATE)
    banner.show()

    light = banner.grab().toImage().pixelColor(3, banner.height() // 2)
    theme.apply(qapp, Qt.ColorScheme.Dark)
    dark = banner.grab().toImage().pixelColor(3, banner.height() // 2)

    assert theme.current().dark
    assert (light.name(), dark.name()) == (LIGHT.late_soft, DARK.late_soft)


@pytest.mark.parametrize(
    ("scheme", "worn"),
    [(Qt.ColorScheme.Light, STRONG_LIGHT), (Qt.ColorScheme.Dark, STRONG_DARK)],
)
def test_high_contrast_is_worn_by_what_is_painted_and_by_what_is_styled(qapp, scheme, worn):
    theme.apply(qapp, scheme, strong=True)

    assert theme.current() == worn
    assert worn.late in qapp.styleSheet()


def test_figures_have_one_width_so_that_days_stand_under_days(qapp):
    metrics = QFontMetricsF(theme.font())

    assert metrics.horizontalAdvance("11.11.") == metrics.horizontalAdvance("08.08.")


def test_the_shipped_font_is_in_use(qapp):
    assert QFontInfo(theme.font()).family() == "Inter"
    assert QFontInfo(theme.font(theme.TITLE_SIZE)).pixelSize() == 20
