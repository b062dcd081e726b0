"""What later pages need is loaded in short steps, before anybody waits for it."""

import subprocess
import sys

from kkd_desktop.gui.warming import LATER

LOADING = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from importlib import import_module
import kkd_desktop.gui.workplace
from kkd_desktop.gui.warming import LATER, in_steps
most = 0
for name in in_steps(LATER):
    before = {each for each in sys.modules if each.startswith("kkd_desktop.")}
    import_module(name)
    after = {each for each in sys.modules if each.startswith("kkd_desktop.")}
    most = max(most, len(after - before))
print(most, all(name in sys.modules for name in LATER))
"""


def test_each_step_loads_little_and_at_the_end_all_is_there() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADING], capture_output=True, text=True, check=True
    )

    most, whole = done.stdout.split()
    # A module and the package around it, at most where one names another in a function.
    assert int(most) <= 4
    assert whole == "True"
    assert len(LATER) > 10
