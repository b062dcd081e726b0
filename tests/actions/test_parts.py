"""Every part of the program is named with its version and its licence, and the text is there."""

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

from kkd_desktop import __version__
from kkd_desktop.actions.parts import licence_text, notices, parts

ROOT = Path(__file__).parents[2]
PERMITTED = re.compile(
    r"MIT|BSD|Apache|ISC|Zlib|PSF|MPL|LGPL|OFL|CC0|Public Domain|MIT-CMU|0BSD", re.IGNORECASE
)


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_everything_that_is_asked_for_is_named_in_the_version_that_runs():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["caldav"]]
    names = {plain(re.match(r"[\w.-]+", line)[0]) for line in wanted}

    found = {plain(part.name): part.version for part in parts()}

    assert names <= set(found)
    assert {name: found[name] for name in names} == {name: version(name) for name in names}


def test_tools_of_the_tests_are_no_parts_of_the_program():
    assert not {"pytest", "ruff", "mypy", "hypothesis"} & {part.name for part in parts()}


def test_the_program_comes_first_and_qt_second():
    first, second, *others = parts()

    assert (first.name, first.version, first.licence) == ("KKD Desktop", __version__, "MIT")
    assert (second.name, second.licence) == ("Qt", "LGPL-3.0-only")
    assert [part.name.lower() for part in others] == sorted(part.name.lower() for part in others)


def test_every_part_has_a_licence_that_lets_us_and_its_text():
    for part in parts():
        assert PERMITTED.search(part.licence), part
        assert len(licence_text(part)) > 400, part
        assert part.version or part.inside, part


def test_qt_comes_with_the_way_to_replace_it_and_both_licences():
    [qt] = [part for part in parts() if part.name == "Qt"]

    text = licence_text(qt)

    assert "So werden die Bibliotheken ersetzt" in text
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert "GNU GENERAL PUBLIC LICENSE" in text
    assert "download.qt.io" in text
    assert qt.version == version("PySide6_Essentials")


def test_the_notices_hold_every_text_once():
    text = notices()

    assert text.startswith(f"KKD Desktop {__version__} und die Teile")
    for part in parts():
        assert f"\n{part.name} " in text
    assert text.count("ZETETIC LLC ''AS IS''") == 1
    assert "Wie bei " in text
