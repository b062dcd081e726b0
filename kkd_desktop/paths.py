"""Where do the shipped policies and resources lie, in the source tree and in the wheel alike?"""

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_SHIPPED = _PACKAGE / "_shipped"


def policies() -> Path:
    """Folder of the shipped policy files (`<id>.toml`)."""
    return _shipped("policies")


def resources() -> Path:
    """Folder of the shipped templates, fonts, icons and dated legal data."""
    return _shipped("resources")


def user_data() -> Path:
    """The user's data folder: default place of the store and of the office's own policy files."""
    if sys.platform == "linux":
        # XDG Base Directory Specification. The library says the same, 2 ms later at every start.
        said = os.environ.get("XDG_DATA_HOME", "").strip()
        home = Path(said) if os.path.isabs(said) else Path.home() / ".local" / "share"
        return home / "kkd-desktop"
    from platformdirs import user_data_path

    return user_data_path("kkd-desktop", appauthor=False)


def _shipped(name: str) -> Path:
    return _SHIPPED / name if _SHIPPED.is_dir() else _PACKAGE.parent / name
