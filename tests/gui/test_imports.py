import subprocess
import sys

HEAVY = ("numpy", "sqlite_utils", "icalendar", "holidays", "pydantic", "typst", "PySide6.QtNetwork")


def test_the_shell_is_there_before_anything_heavy_is_loaded():
    code = (
        "import sys, kkd_desktop.gui.window, kkd_desktop.gui.theme, kkd_desktop.gui.instance,"
        " kkd_desktop.gui.tasks, kkd_desktop.gui.widgets.worklist;"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )

    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert answer.stdout.strip() == "[]"
