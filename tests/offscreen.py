"""Which screen do tests and pictures have? That of Qt, 800 × 800, has less room than our window."""

import json
import os
from pathlib import Path

_FILE = Path(__file__).with_name("screen.json")


def platform(file: Path = _FILE) -> str:
    """What Qt is told to draw on."""
    # Qt parts its arguments by colons, and so does Windows the drive from the folder.
    return "offscreen" if os.name == "nt" else f"offscreen:configfile={file}"


def write_screen(file: Path, width: int, height: int) -> None:
    """Another screen for `platform`."""
    usual = json.loads(_FILE.read_text(encoding="utf-8"))
    usual["screens"][0] |= {"width": width, "height": height}
    file.write_text(json.dumps(usual), encoding="utf-8")
