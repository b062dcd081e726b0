"""Qt as the program loads it says and does what Qt does however it is loaded."""

import subprocess
import sys

import pytest

ERRORS = """
from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QLabel
for wrong in (
    lambda: QTimer.singleShot("x"),
    lambda: QPoint("a"),
    lambda: QLabel(3.5),
    lambda: QObject().setObjectName(5),
    lambda: QTimer(foo=3),
):
    try:
        wrong()
    except (TypeError, AttributeError) as error:
        print(error)
print(QPoint.isNull.__doc__)
"""
TOOLS = """
import PySide6.QtCore
from PySide6.support.signature.lib import enum_sig, pyi_generator, tool
from PySide6.support.signature import errorhandler, layout, mapping, parser
print(enum_sig.ExactEnumerator.__name__, pyi_generator.generate_pyi.__name__)
print(len(mapping.type_map) > 50)
print(layout.create_signature.__name__)
"""
AHEAD = "from kkd_desktop.gui import ahead; ahead.load({begin})\n"


@pytest.mark.parametrize("script", [ERRORS, TOOLS], ids=["errors", "tools"])
def test_what_is_compiled_later_says_the_same(script: str) -> None:
    plain = _run(script)
    assert plain.count("\n") >= 2
    assert _run(AHEAD.format(begin="int") + script) == plain
    assert _run(AHEAD.format(begin="") + script) == plain


def test_nothing_of_it_is_compiled_for_a_window() -> None:
    script = (
        AHEAD.format(begin="")
        + "import compileall, PySide6.QtWidgets\n"
        + "print(len(ahead._waiting) == len(ahead._SELDOM_USED), compile('1', '', 'eval'))"
    )
    assert _run(script).startswith("True <code object")


MAPPED = """
from threading import enumerate as threads
for each in threads():
    if each.daemon:
        each.join()
import sys
with open("/proc/self/maps", encoding="utf-8") as maps:
    found = maps.read()
print(*(f"lib{name}" in found for name in ("Qt6Widgets", "fontconfig", "qoffscreen")))
print("PySide6.QtWidgets" in sys.modules)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only there are libraries mapped ahead")
def test_libraries_are_mapped_before_they_are_imported() -> None:
    assert _run(AHEAD.format(begin="") + MAPPED).split() == 3 * ["True"] + ["False"]


PLATFORMS = """
import os
from kkd_desktop.gui import ahead
for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY"):
    os.environ.pop(name, None)
print(ahead._platform_plugin())
os.environ["WAYLAND_DISPLAY"] = "wayland-0"
print(ahead._platform_plugin())
os.environ["QT_QPA_PLATFORM"] = "xcb:some=thing;wayland"
print(ahead._platform_plugin())
"""


def test_the_plugin_is_the_one_that_qt_will_take() -> None:
    folder = "Qt/plugins/platforms"
    assert _run(PLATFORMS).split() == [
        f"{folder}/libqxcb.so",
        f"{folder}/libqwayland.so",
        f"{folder}/libqxcb.so",
    ]


ENUMS = """
import enum
from kkd_desktop.gui import ahead
compared, quick = [], ahead._create_enum
def both(cls, class_name, names, **options):
    made = quick(cls, class_name, names, **options)
    checked = ahead._create_checked(cls, class_name, names, **options)
    made.__module__ = checked.__module__ = "PySide6"
    enum._test_simple_enum(checked, made)
    compared.append(type(made) is type(checked) and made.__doc__ == checked.__doc__)
    return made
ahead._create_enum = both
ahead.load()
from PySide6 import QtCore, QtGui, QtWidgets
for module in (QtCore, QtGui, QtWidgets):
    for name in dir(module):
        dir(getattr(module, name))
print(len(compared) > 600, all(compared))
print(QtCore.Qt.Key.Key_A.__class__.__module__, QtCore.Qt.Key.__qualname__, QtCore.Qt.Key.__doc__)
print(enum.Enum("Other", "FIRST SECOND").SECOND, enum.IntFlag("Bits", {"A": 1})(3))
"""


def test_every_enum_of_qt_is_made_as_python_would() -> None:
    """The comparison is the one that the standard library has for its own."""
    assert _run(ENUMS).splitlines() == [
        "True True",
        "PySide6.QtCore Qt.Key None",
        "Other.SECOND 3",
    ]


def _run(script: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return done.stdout
