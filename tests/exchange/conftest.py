"""Other people's calendar programs: does each read our files as we mean them?

Fetched once into build/readers by the machine's own npm and apt, without root. Where that cannot
be, the tests with that program are skipped and say why.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import vobject
from icalendar import Calendar

BUILD = Path(__file__).parents[2] / "build" / "readers"
SCRIPTS = Path(__file__).parent / "readers"
ICAL_JS = "ical.js@2.2.1"
PATIENCE = 90
"""Seconds for one step of an installation."""


@pytest.fixture(scope="session", params=["vobject", "ical.js", "libical"])
def reader(request):
    """A function from the bytes of an .ics to its entries, as one of the programs reads them."""
    programs = {"vobject": lambda: _read_by_vobject, "ical.js": _ical_js, "libical": _libical}
    read = programs[request.param]()

    def as_icalendar_too(data: bytes) -> list[dict[str, object]]:
        calendar = Calendar.from_ical(data)
        assert not [part for part in calendar.walk() if part.errors]
        found = read(data)
        assert len(found) == len(calendar.events)
        return found

    return as_icalendar_too


@pytest.fixture(scope="session")
def calcurse():
    """A function from the bytes of an .ics to (start, end, words) in UTC; calcurse keeps no more.

    Its reader is its own work from end to end, and goes by the machine's time zones.
    """
    place = _installed(
        "calcurse",
        lambda place: _from_debian(place, ("calcurse",), lambda: _run_calcurse(place, "--version")),
    )

    def read(data: bytes) -> list[tuple[datetime, datetime, str]]:
        with TemporaryDirectory() as folder:
            file = Path(folder) / "termine.ics"
            file.write_bytes(data)
            _run_calcurse(place, "-D", folder, "-C", folder, "-i", file)
            lines = (Path(folder) / "apts").read_text(encoding="utf-8").splitlines()
        return [_appointment(line) for line in lines]

    return read


def _appointment(line: str) -> tuple[datetime, datetime, str]:
    """From `07/01/2026 @ 07:00 -> 07/01/2026 @ 07:45>3e10… |Termin`."""
    start, end, words = re.fullmatch(r"(.{18}) -> (.{18})(?:>\w+ )?[|!](.*)", line).groups()
    times = [
        datetime.strptime(each, "%m/%d/%Y @ %H:%M").replace(tzinfo=UTC) for each in (start, end)
    ]
    return times[0], times[1], words


def _run_calcurse(place: Path, *arguments: object) -> None:
    _run(place / "usr/bin/calcurse", *arguments, env={**_libraries(place), "TZ": "UTC"})


def _read_by_vobject(data: bytes) -> list[dict[str, object]]:
    calendar = vobject.readOne(data.decode())
    return [
        {
            "method": calendar.method.value,
            "uid": event.uid.value,
            "sequence": int(event.sequence.value),
            "start": event.dtstart.value.timestamp(),
            "end": event.dtend.value.timestamp(),
            "stamp": event.dtstamp.value.timestamp(),
            "status": event.status.value,
            "privacy": event.contents["class"][0].value,
            "busy": event.contents["x-microsoft-cdo-busystatus"][0].value,
            "summary": event.summary.value,
            "location": event.location.value if "location" in event.contents else "",
            "reminders": [
                -alarm.trigger.value.total_seconds() / 60
                for alarm in event.contents.get("valarm", ())
            ],
        }
        for event in calendar.contents.get("vevent", ())
    ]


def _ical_js() -> Callable[[bytes], list[dict[str, object]]]:
    place = _installed("ical.js", _from_npm)
    return lambda data: json.loads(_run("node", SCRIPTS / "ical_js.mjs", place, data=data))


def _libical() -> Callable[[bytes], list[dict[str, object]]]:
    """In a process of its own: a C library that fails takes nobody along."""

    def read(place: Path, data: bytes) -> str:
        return _run(sys.executable, SCRIPTS / "libical.py", data=data, env=_libraries(place))

    empty = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-\r\nEND:VCALENDAR\r\n"
    names = ("libical3t64", "libical3")
    place = _installed(
        "libical", lambda place: _from_debian(place, names, lambda: read(place, empty))
    )
    return lambda data: json.loads(read(place, data))


def _installed(name: str, install: Callable[[Path], object]) -> Path:
    """The folder of a program, of an earlier run or filled now.

    Half an installation never counts: the folder gets its name when everything is there.
    """
    place = BUILD / name
    if place.exists():
        return place
    BUILD.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=BUILD) as folder:
        half = Path(folder) / name
        half.mkdir()
        try:
            install(half)
        except (OSError, LookupError, subprocess.SubprocessError) as error:
            notes = "".join(getattr(error, "__notes__", ())).splitlines()
            pytest.skip(f"{name} is not here and cannot be fetched: {(notes or [error])[-1]}")
        half.rename(place)
    return place


def _from_npm(place: Path) -> None:
    quiet = ("--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts")
    soon = ("--prefer-offline", "--fetch-retries=0", "--fetch-timeout=20000")
    _run("npm", "install", "--prefix", place, *quiet, *soon, ICAL_JS)


def _from_debian(place: Path, names: Sequence[str], probe: Callable[[], object]) -> None:
    """Unpack a Debian package, and where `probe` fails also the libraries it asks for."""
    with TemporaryDirectory() as folder:
        options = _lists(Path(folder), names)
        name = next(each for each in names if _is_known(each, options))
        _unpack(Path(folder), place, [name], options)
        try:
            probe()
        except subprocess.SubprocessError:
            depends = _run("apt-cache", *options, "depends", name)
            libraries = re.findall(r"\bDepends: (lib(?:icu|ncurses|tinfo)\S+)", depends)
            _unpack(Path(folder), place, libraries, options)
            probe()


def _lists(folder: Path, names: Sequence[str]) -> tuple[str, ...]:
    """Options for apt. A fresh container has no lists, so it gets some that need no root."""
    if any(_is_known(name, ()) for name in names):
        return ()
    (folder / "lists/partial").mkdir(parents=True)
    (folder / "cache/archives/partial").mkdir(parents=True)
    options = (f"-oDir::State::Lists={folder}/lists", f"-oDir::Cache={folder}/cache")
    _run("apt-get", *options, "-oAcquire::Retries=0", "-oAcquire::http::Timeout=20", "update")
    if not any(_is_known(name, options) for name in names):
        raise LookupError(f"apt knows none of {', '.join(names)}")
    return options


def _is_known(name: str, options: Sequence[str]) -> bool:
    return name in _run("apt-cache", *options, "pkgnames", name).split()


def _unpack(folder: Path, place: Path, names: Sequence[str], options: Sequence[str]) -> None:
    _run("apt-get", *options, "-oAcquire::http::Timeout=20", "download", *names, cwd=folder)
    for package in folder.glob("*.deb"):
        _run("dpkg", "-x", package, place)


def _libraries(place: Path) -> dict[str, str]:
    folders = [str(folder) for folder in (*place.glob("usr/lib/*"), *place.glob("lib/*"))]
    return {**os.environ, "LD_LIBRARY_PATH": ":".join(folders)}


def _run(
    *command: object,
    data: bytes = b"",
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        input=data,
        capture_output=True,
        timeout=PATIENCE,
        cwd=cwd,
        env=env,
    )
    if done.returncode:
        error = subprocess.CalledProcessError(done.returncode, command[0])
        error.add_note(done.stderr.decode(errors="replace").strip()[-500:])
        raise error
    return done.stdout.decode()
