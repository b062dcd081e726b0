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
AHEAD = "from kkd_desktop.gui import ahead; ahead.load(casework={casework})\n"


@pytest.mark.parametrize("script", [ERRORS, TOOLS], ids=["errors", "tools"])
def test_what_is_compiled_later_says_the_same(script: str) -> None:
    plain = _run(script)
    assert plain.count("\n") >= 2
    assert _run(AHEAD.format(casework=True) + script) == plain
    assert _run(AHEAD.format(casework=False) + script) == plain


def test_nothing_of_it_is_compiled_for_a_window() -> None:
    script = (
        AHEAD.format(casework=False)
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
print("libQt6Widgets" in found, "libfontconfig" in found, "PySide6.QtWidgets" in sys.modules)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only there are libraries mapped ahead")
def test_libraries_are_mapped_before_they_are_imported() -> None:
    assert _run(AHEAD.format(casework=False) + MAPPED).split() == ["True", "True", "False"]


def _run(script: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return done.stdout
