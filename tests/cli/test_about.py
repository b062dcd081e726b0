"""`kkd --version` and `kkd about`: which program is this, and what is in it?"""

import json

from kkd_desktop import __version__
from kkd_desktop.cli.main import kkd


def said(capsys, *arguments):
    kkd.main(list(arguments), prog_name="kkd", standalone_mode=False)
    return capsys.readouterr().out


def test_the_version_is_one_line(capsys):
    assert said(capsys, "--version") == f"kkd {__version__}\n"


def test_the_parts_stand_below_each_other_with_their_licences(capsys):
    lines = said(capsys, "about").splitlines()

    assert lines[0].startswith(f"KKD Desktop {__version__}, MIT-Lizenz.")
    assert any(line.split()[:1] == ["typst"] and "Apache-2.0" in line for line in lines)


def test_programs_get_the_parts_as_json(capsys):
    parts = json.loads(said(capsys, "about", "--json"))

    assert parts[0]["name"] == "KKD Desktop"
    assert set(parts[0]) == {"name", "version", "inside", "licence", "home"}


def test_the_texts_can_be_handed_on(capsys):
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in said(capsys, "about", "--notices")
