"""Which colours, sizes and fonts does the window use, in light, dark and high contrast?"""

from enum import StrEnum
from functools import cache
from os import environ
from pathlib import Path
from sys import platform

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication
from PySide6.QtGui import QPalette as QtPalette
from PySide6.QtWidgets import QApplication

from kkd_desktop import paths
from kkd_desktop.domain.values import Value, replace
from kkd_desktop.gui import stylesheet

HAIR, TINY, SMALL, MEDIUM, LARGE, HUGE = 2, 4, 8, 12, 14, 20
"""The steps of every margin and gap, in device-independent pixels."""

LINK_INSET = 5
"""What a link keeps around its words for its focus frame; texts beside it begin that much later."""

SMALL_SIZE, BODY_SIZE, LEAD_SIZE, TITLE_SIZE, DISPLAY_SIZE = 11.5, 13.0, 15.0, 20.0, 28.0
"""Font sizes in pixels at 96 dpi; they grow with the desktop's own font scaling."""

RADIUS = 8
CONTROL_HEIGHT = 32

TITLE_BAR = 40
"""What the frame of a window may take of the height of the screen."""
AROUND = 48
"""So much of the window behind it a large dialog leaves in sight."""

_STYLE, _STYLE_VARIABLE = "Fusion", "QT_STYLE_OVERRIDE"
_POINTS_PER_PIXEL = 1.0 if platform == "darwin" else 0.75
_FONT_FILES = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf")
_PLATFORM_ACCENTS = frozenset({"#308cc6", "#0078d4", "#0078d7", "#3584e4", "#3daee9", "#007aff"})
"""What the platforms ship: an accent that nobody chose does not replace ours."""


class Tone(StrEnum):
    """How a state feels. Words say it first, the colour only repeats it."""

    NEUTRAL = "neutral"
    LATE = "late"
    SOON = "soon"
    OK = "ok"
    ACCENT = "accent"


class Palette(Value, frozen=True):
    """Colours by meaning. The soft ones are backgrounds that carry text."""

    dark: bool
    bg: str
    surface: str
    hover: str
    line: str
    border: str
    field: str
    """The edge of what one types or ticks: by it alone the control is found."""
    text: str
    muted: str
    accent: str
    on_accent: str
    late: str
    soon: str
    ok: str
    chip: str
    selection: str
    late_soft: str
    soon_soft: str
    ok_soft: str

    def ink(self, tone: Tone) -> QColor:
        """The text colour of a tone."""
        return QColor(self.muted if tone is Tone.NEUTRAL else getattr(self, tone))

    def shadow(self) -> QColor:
        """What lies under something that floats."""
        return QColor(0, 0, 0, 60 if self.dark else 26)

    def tint(self, tone: Tone) -> QColor:
        """The background that belongs to a tone."""
        if tone is Tone.NEUTRAL:
            return QColor(self.chip)
        return QColor(self.selection if tone is Tone.ACCENT else getattr(self, f"{tone}_soft"))


LIGHT = Palette(
    dark=False,
    bg="#f6f6f3",
    surface="#ffffff",
    hover="#f1f0ec",
    line="#e3e2dc",
    border="#d3d2cb",
    field="#8a8982",
    text="#1d1d1b",
    muted="#66655f",
    accent="#1d5c9e",
    on_accent="#ffffff",
    late="#a8431a",
    soon="#8a6100",
    ok="#2b6b4a",
    chip="#eeede8",
    selection="#e3edf8",
    late_soft="#fbe9e1",
    soon_soft="#fbf2dc",
    ok_soft="#e2f0e7",
)
DARK = Palette(
    dark=True,
    bg="#1c1c1e",
    surface="#262628",
    hover="#2f2f32",
    line="#3a3a3d",
    border="#4a4a4e",
    field="#7c7c80",
    text="#ececea",
    muted="#a5a4a0",
    accent="#78b1ee",
    on_accent="#10202f",
    late="#f0976e",
    soon="#e3bd61",
    ok="#82c9a1",
    chip="#343437",
    selection="#22384f",
    late_soft="#46291d",
    soon_soft="#3d331a",
    ok_soft="#1e3a2b",
)
STRONG_LIGHT = Palette(
    dark=False,
    bg="#ffffff",
    surface="#ffffff",
    hover="#e8e8e8",
    line="#000000",
    border="#000000",
    field="#000000",
    text="#000000",
    muted="#333333",
    accent="#0b3d78",
    on_accent="#ffffff",
    late="#7a2a08",
    soon="#5c4000",
    ok="#12482f",
    chip="#e8e8e8",
    selection="#d9e8ff",
    late_soft="#fbe9e1",
    soon_soft="#fbf2dc",
    ok_soft="#e2f0e7",
)
STRONG_DARK = Palette(
    dark=True,
    bg="#000000",
    surface="#000000",
    hover="#1f1f1f",
    line="#ffffff",
    border="#ffffff",
    field="#ffffff",
    text="#ffffff",
    muted="#d6d6d6",
    accent="#a8d0ff",
    on_accent="#000000",
    late="#ffb08c",
    soon="#ffd966",
    ok="#9be3b8",
    chip="#1f1f1f",
    selection="#0a2e52",
    late_soft="#3a1a0c",
    soon_soft="#332800",
    ok_soft="#0c2e1d",
)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 counts it, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def current() -> Palette:
    """The colours in use; painted widgets ask at every paint and so follow a switch."""
    palette = QGuiApplication.palette()
    return _seen.get(palette.cacheKey()) or _recognised(palette)


_seen: dict[int, Palette] = {}
"""Ours of the last palette that Qt had, by its key."""


def _recognised(palette: QtPalette) -> Palette:
    dark = palette.color(QtPalette.ColorRole.Window).lightness() < 128
    accent = palette.color(QtPalette.ColorRole.Accent).name()
    strong = palette.color(QtPalette.ColorRole.Mid) == palette.color(QtPalette.ColorRole.Text)
    _seen.clear()
    found = _seen[palette.cacheKey()] = _palette(dark, accent, strong)
    return found


def font(size: float = BODY_SIZE, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The application's font with tabular figures, so that days stand under days."""
    result = QFont(QGuiApplication.font())
    result.setPointSizeF(size * _POINTS_PER_PIXEL)
    result.setWeight(weight)
    result.setFeature(QFont.Tag("tnum"), 1)
    return result


def prepare() -> None:
    """Choose the base style before the QApplication is made: cheaper by 6 ms than afterwards."""
    environ[_STYLE_VARIABLE] = _STYLE


def apply(
    app: QApplication,
    scheme: Qt.ColorScheme = Qt.ColorScheme.Unknown,
    *,
    strong: bool = False,
) -> None:
    """Dress the application. `Unknown` follows the system and every later switch of it; high
    contrast is worn where it is `strong` or the system asks for it.
    """
    # Looked up here and not by findChild, which would set up every class of Qt: 6 ms.
    theme = _themes.get(app)
    if theme is None:
        if environ.get(_STYLE_VARIABLE) != _STYLE:
            app.setStyle(_STYLE)
        _use_font(app)
        theme = _themes[app] = _Theme(app)
    theme.use(scheme, strong)


class _Theme(QObject):
    """Keeps the application in the scheme that was asked for, or in that of the system."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._scheme, self._strong = Qt.ColorScheme.Unknown, False
        self._dressed: Palette | None = None
        self._system_accent = app.palette().color(QtPalette.ColorRole.Accent).name()
        self._following = False

    def use(self, scheme: Qt.ColorScheme, strong: bool) -> None:
        hints = self._app.styleHints()
        self._scheme, self._strong = scheme, strong
        if scheme is not Qt.ColorScheme.Unknown or self._following:
            hints.setColorScheme(scheme)
        self._dress()
        if not self._following:
            hints.colorSchemeChanged.connect(self._dress)
            hints.accessibility().contrastPreferenceChanged.connect(self._dress)
            self._following = True

    def _dress(self) -> None:
        hints = self._app.styleHints()
        scheme = hints.colorScheme() if self._scheme is Qt.ColorScheme.Unknown else self._scheme
        dark = scheme is Qt.ColorScheme.Dark
        preference = hints.accessibility().contrastPreference()
        strong = self._strong or preference is Qt.ContrastPreference.HighContrast
        palette = _palette(dark, self._accent(_BASES[dark, strong]), strong)
        if palette == self._dressed:
            return
        self._dressed = palette
        self._app.setPalette(_qt_palette(palette))
        self._app.setStyleSheet(stylesheet.build(palette, paths.resources() / "icons"))

    def _accent(self, base: Palette) -> str:
        """The user's own accent colour, where one was chosen and can be read."""
        chosen = self._system_accent
        legible = min(contrast(chosen, base.surface), contrast(chosen, base.selection)) >= 4.5
        return chosen if legible and chosen not in _PLATFORM_ACCENTS else base.accent


_themes: dict[QApplication, _Theme] = {}


_BASES = {
    (False, False): LIGHT,
    (True, False): DARK,
    (False, True): STRONG_LIGHT,
    (True, True): STRONG_DARK,
}


@cache
def _palette(dark: bool, accent: str, strong: bool) -> Palette:
    base = _BASES[dark, strong]
    ink = max(("#ffffff", base.on_accent), key=lambda colour: contrast(colour, accent))
    return replace(base, accent=accent, on_accent=ink)


def _qt_palette(colours: Palette) -> QtPalette:
    role = QtPalette.ColorRole
    palette = QtPalette()
    for roles, colour in (
        ((role.Window,), colours.bg),
        ((role.Base, role.Button, role.ToolTipBase), colours.surface),
        ((role.AlternateBase, role.Midlight), colours.hover),
        ((role.WindowText, role.Text, role.ButtonText, role.ToolTipText), colours.text),
        ((role.PlaceholderText,), colours.muted),
        ((role.Accent, role.Link, role.LinkVisited), colours.accent),
        ((role.Highlight,), colours.selection),
        ((role.HighlightedText,), colours.text),
        ((role.Mid, role.Dark), colours.border),
        ((role.Light,), colours.surface),
        ((role.Shadow,), colours.line),
    ):
        for each in roles:
            palette.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QtPalette.ColorGroup.Disabled, each, QColor(colours.muted))
    return palette


def _use_font(app: QApplication) -> None:
    folder: Path = paths.resources() / "fonts" / "ui"
    loaded = [QFontDatabase.addApplicationFont(str(folder / name)) >= 0 for name in _FONT_FILES]
    if all(loaded):
        app.setFont(QFont("Inter"))
    app.setFont(font())


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
