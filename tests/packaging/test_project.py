"""Does what goes out hold together: pinned versions, folders of the wheel, the desktop's entry?"""

import re
import tomllib
from collections.abc import Iterator
from configparser import ConfigParser
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from kkd_desktop import __version__

ROOT = Path(__file__).parents[2]
PACKAGING = ROOT / "resources" / "packaging"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NOT_SHIPPED = {"packaging", "pictures"}
"""How to build it, and the picture of README."""
TOOLS = {"pip", "setuptools"}
"""These come with Python."""


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned() -> dict[str, str]:
    lines = (ROOT / ".constraints.txt").read_text(encoding="utf-8").splitlines()
    return {plain(name): version for name, version in (line.split("==") for line in lines)}


def asked_for() -> list[Requirement]:
    extras = PROJECT["project"]["optional-dependencies"].values()
    lines = [*PROJECT["project"]["dependencies"], *(line for extra in extras for line in extra)]
    found = map(Requirement, [*lines, *PROJECT["build-system"]["requires"]])
    return [each for each in found if each.name != "kkd-desktop"]


def installed_for(names: list[str]) -> Iterator[tuple[str, str]]:
    """Everything that comes with these, as far as it is installed here, with its version."""
    waiting, seen = list(names), set(TOOLS)
    while waiting:
        name = plain(waiting.pop())
        if name in seen:
            continue
        seen.add(name)
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue
        yield name, found.version
        wanted = [Requirement(line) for line in found.requires or ()]
        waiting += [
            each.name
            for each in wanted
            if each.marker is None or each.marker.evaluate({"extra": ""})
        ]


def test_a_constraint_is_a_name_and_a_version_and_stands_once_in_order():
    lines = (ROOT / ".constraints.txt").read_text(encoding="utf-8").splitlines()
    names = [plain(line.partition("==")[0]) for line in lines]

    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in lines)
    assert names == sorted(set(names))


@pytest.mark.parametrize("wanted", asked_for(), ids=lambda wanted: wanted.name)
def test_everything_the_project_asks_for_is_pinned_within_its_bounds(wanted):
    version = pinned().get(plain(wanted.name))

    assert version is not None
    assert wanted.specifier.contains(Version(version))


def test_what_comes_with_it_is_pinned_as_it_was_tested():
    found = dict(installed_for([each.name for each in asked_for()]))

    assert {name: pinned().get(name) for name in found} == found


def test_the_wheel_takes_every_folder_of_the_resources():
    included = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    folders = {path.name for path in (ROOT / "resources").iterdir() if path.is_dir()}

    taken = {Path(name).parts[1] for name in included if name.startswith("resources/")}
    assert taken == folders - NOT_SHIPPED


def test_the_entry_of_the_desktop_starts_the_window_under_its_icon():
    entry = ConfigParser(interpolation=None)
    entry.optionxform = str
    entry.read(PACKAGING / "kkd-desktop.desktop", encoding="utf-8")
    said = entry["Desktop Entry"]

    assert said["Exec"] == "kkd-desktop"
    assert said["Exec"] in PROJECT["project"]["gui-scripts"]
    assert (ROOT / "resources" / "icons" / f"{said['Icon']}-256.png").is_file()
    assert said["Terminal"] == "false"
    assert all(value.endswith(";") for value in (said["Categories"], said["Keywords"]))


def test_the_changelog_begins_with_this_version():
    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)

    assert headings[0] == __version__
