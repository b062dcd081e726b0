"""Does every import point down? The house of README, "How the code hangs together"."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "kkd_desktop"
LOWER = {"domain"}
MIDDLE = {"policyfiles", "store", "exchange", "paper", "planning"}
ALLOWED = {
    "domain": {"domain"},
    **{room: {room, *LOWER} for room in MIDDLE},
    "actions": {"actions", *MIDDLE, *LOWER},
    "cli": {"cli", "actions", "gui", *LOWER},
    "gui": {"gui", "actions", *LOWER},
}
LIBRARIES = {
    "domain": {"holidays", "msgspec"},
    "policyfiles": {"pydantic", "pydantic_core"},
    "store": {"sqlcipher3", "sqlite_utils"},
    "exchange": {
        *("caldav", "dateutil", "icalendar", "keyring"),
        *("python_calamine", "xlsxwriter"),
    },
    "paper": {"typst", "pypdfium2", "pikepdf"},
    "planning": {"highspy", "numpy"},
    "actions": set(),
    "cli": {"click"},
    "gui": {"PySide6", "shiboken6"},
}
STANDARD = set(__import__("sys").stdlib_module_names)


def modules(room: str) -> Iterator[tuple[Path, str]]:
    """Each module of a room with the names it imports, whether at the top or inside a function."""
    for path in sorted((PACKAGE / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((path, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield path, node.module
                if node.module == "kkd_desktop":
                    yield from ((path, f"kkd_desktop.{alias.name}") for alias in node.names)


@pytest.mark.parametrize("room", sorted(ALLOWED))
def test_an_arrow_only_points_down(room):
    wrong = []
    for path, name in modules(room):
        parts = name.split(".")
        ours = parts[0] == "kkd_desktop" and len(parts) > 1 and parts[1] in ALLOWED
        if ours and parts[1] not in ALLOWED[room]:
            wrong.append(f"{path.relative_to(PACKAGE)} imports {name}")
    assert not wrong


@pytest.mark.parametrize("room", sorted(LIBRARIES))
def test_each_library_is_known_to_one_room_only(room):
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {name}"
        for path, name in modules(room)
        if name.split(".")[0] not in {*STANDARD, *LIBRARIES[room], "kkd_desktop"}
    ]
    assert not wrong


def test_every_room_has_its_rule():
    rooms = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()}

    assert rooms == set(ALLOWED)
