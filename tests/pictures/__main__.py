"""Draw all scenes into build/bilder, with an index.html to look through them.

`--only WORD` draws those whose name holds the word, `--into FOLDER` puts them elsewhere,
`--enlarged PERCENT WIDTH HEIGHT` draws only the main ones on such a screen, `--readme` only the
one that README shows.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from kkd_desktop.gui import clock
from kkd_desktop.gui.startup import application
from tests import offscreen
from tests.pictures import gallery
from tests.pictures.desk import USUAL, Caseload, Morning, in_few_colours, show_scene
from tests.pictures.heute import heute

OUT = Path("build/bilder")
README = Path("resources/pictures/heute.png")


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.pictures",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", default="", metavar="WORD")
    parser.add_argument("--into", default=OUT, type=Path, metavar="FOLDER")
    parser.add_argument("--enlarged", nargs=3, type=int, metavar=("PERCENT", "WIDTH", "HEIGHT"))
    parser.add_argument("--readme", action="store_true")
    options = parser.parse_args()
    # A caseload of its own for each run, so that several may go on side by side.
    with TemporaryDirectory(prefix="kkd-") as place, patch.object(clock, "datetime", Morning):
        folder, into = Path(place), options.into
        if options.enlarged:
            percent, *screen = options.enlarged
            offscreen.write_screen(folder / "screen.json", *screen)
            os.environ["QT_QPA_PLATFORM"] = offscreen.platform(folder / "screen.json")
            os.environ["QT_SCALE_FACTOR"] = str(percent / 100)
        app = application()
        app.setCursorFlashTime(0)
        if options.readme:
            gallery.LIGHT.wear(app)
            README.parent.mkdir(exist_ok=True)
            image = show_scene(Caseload(folder, 300), heute, USUAL).toImage()
            in_few_colours(image).save(str(README))
            return
        into.mkdir(parents=True, exist_ok=True)
        if options.enlarged:
            ending = f"{percent}-{screen[0]}x{screen[1]}"
            gallery.draw_enlarged(app, folder, options.only, into, ending)
        else:
            gallery.draw_all(app, folder, options.only, into)
            for enlarged in gallery.ENLARGED:
                # Qt takes another screen and scale only before it begins.
                wanted = ("--only", options.only, "--into", str(into))
                command = [sys.executable, "-m", "tests.pictures", *wanted, "--enlarged"]
                subprocess.run([*command, *map(str, enlarged)], check=True)
        gallery.write_index(into)


if __name__ == "__main__":
    main()
