"""What does every page and dialog look like? Pictures of all of them, as a gallery.

A scene brings the window into one state; it stands in the module of its page, under the name of
its picture in `SCENES`: `heute-frankfurt` in heute.py, `dialog-termin` in termin.py. `desk.py` has
what all of them stand on, `registry.py` which scenes there are and in which sizes, `gallery.py`
the looks and the page that shows them side by side. Day, hour and people are always the same.
"""

import os

from tests import offscreen

# Before Qt is loaded by any of the modules.
os.environ["QT_QPA_PLATFORM"] = offscreen.platform()
os.environ["QT_SCALE_FACTOR"] = "1"

from tests.pictures.desk import (
    INVENTED,
    SMALL,
    USUAL,
    Caseload,
    Desk,
    Morning,
    scene_shown,
    settle,
    until,
)
from tests.pictures.registry import SCENES

__all__ = [
    "INVENTED",
    "SCENES",
    "SMALL",
    "USUAL",
    "Caseload",
    "Desk",
    "Morning",
    "scene_shown",
    "settle",
    "until",
]
