"""Which parts does the program stand on, in which version, under which licence?

The installation itself is asked, so that wheel, bundle and source tree each name what they hold.
What names itself to nobody, such as Qt inside its wheel, stands in `resources/lizenzen/`.
"""

import platform
import re
import tomllib
from collections.abc import Iterator, Sequence
from importlib.metadata import (
    Distribution,
    PackageMetadata,
    PackageNotFoundError,
    distribution,
)
from pathlib import Path

from kkd_desktop import __version__, paths
from kkd_desktop.domain import language
from kkd_desktop.domain.language import to_say
from kkd_desktop.domain.values import Value, replace

PROGRAM = "kkd-desktop"
QT = "Qt"
OPTIONAL = ("caldav",)
"""Extras whose parts belong to the program where they are installed."""

_NAME = re.compile(r"[\w.-]+")
_EXTRA = re.compile(r"extra\s*==\s*['\"](\w+)['\"]")
_LEGAL = re.compile(r"licen[cs]e|copying|notice|authors", re.IGNORECASE)
_SHORT = 60
"""Some write a whole text where the name of a licence belongs."""
_SAYS_NOTHING = {"Dual License"}
_UNSAID = {"sqlcipher3": "Zlib"}
_HOMES = ("homepage", "home", "repository", "source", "source code")
_ALWAYS = {"Python", to_say("Schriften")}


class Part(Value, frozen=True):
    """One part; `inside` names the part or the thing that it comes with."""

    name: str
    version: str
    licence: str
    home: str = ""
    inside: str = ""
    texts: tuple[Path, ...] = ()


def parts() -> tuple[Part, ...]:
    """The program first and Qt, which asks to be named; then all others by name."""
    found = [_part(each) for each in _closure()]
    enclosed = list(_enclosed(found))
    texts = {part.name: part.texts for part in enclosed}
    # The wheels of Qt for Python bring no text of their own.
    found = [part if part.texts else replace(part, texts=texts.get(QT, ())) for part in found]
    others = sorted([*found, *enclosed], key=lambda part: (part.name != QT, part.name.lower()))
    return (_program(), *others)


def licence_text(part: Part) -> str:
    """Everything that a part says about its licence, one text after the other."""
    return "\n\n\n".join(text.read_text(encoding="utf-8", errors="replace") for text in part.texts)


def notices() -> str:
    """All parts with all their texts, to be handed on with the program."""
    known = parts()
    lines = [
        language.said("KKD Desktop {version} und die Teile, auf denen es steht").format(
            version=__version__
        ),
        "",
    ]
    lines += [f"  {part.name} {version_text(part)}: {part.licence}" for part in known]
    sections, said = ["\n".join(lines)], dict[str, str]()
    for part in known:
        text = licence_text(part).strip() or language.said("Lizenz: {licence}. {home}").format(
            licence=part.licence, home=part.home
        )
        # Many share a text word for word: once is enough.
        first = said.setdefault(text, part.name)
        body = text if first == part.name else language.said("Wie bei {first}.").format(first=first)
        sections.append(f"{'=' * 72}\n{part.name} {version_text(part)}\n{'=' * 72}\n\n{body}")
    return "\n\n\n".join(sections) + "\n"


def version_text(part: Part) -> str:
    """The version, or where it comes from."""
    return part.version or language.said("in {part}").format(part=language.said(part.inside))


def _closure() -> Iterator[Distribution]:
    """Every distribution the program needs, each once, as far as it is installed."""
    waiting, seen = list(_required(PROGRAM, OPTIONAL)), set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        try:
            yield distribution(name)
        except PackageNotFoundError:
            # Of another system, or an extra that was left out.
            continue
        waiting += _required(name)


def _required(name: str, extras: tuple[str, ...] = ()) -> Iterator[str]:
    """The names a distribution asks for, written in one way."""
    try:
        lines = distribution(name).requires or ()
    except PackageNotFoundError:
        return
    for line in lines:
        found, extra = _NAME.match(line), _EXTRA.search(line)
        if found is not None and (extra is None or extra[1] in extras):
            yield re.sub(r"[-_.]+", "-", found[0]).lower()


def _part(found: Distribution) -> Part:
    texts = [
        Path(str(found.locate_file(file)))
        for file in found.files or ()
        if ".dist-info" in file.parts[0] and _LEGAL.search("/".join(file.parts[1:]))
    ]
    # A list of components for machines is no text to read.
    readable = [text for text in texts if text.suffix != ".json" and text.is_file()]
    return Part(
        name=found.name,
        version=found.version,
        licence=_licence(found),
        home=_home(found),
        texts=tuple(sorted(readable)),
    )


def _licence(found: Distribution) -> str:
    said = found.metadata
    for key in ("License-Expression", "License"):
        text = _first(said, key).strip()
        if text and "\n" not in text and len(text) <= _SHORT and text not in _SAYS_NOTHING:
            return text
    classified = [
        line.rpartition(" :: ")[2].removesuffix(" License").removesuffix(" Software")
        for line in said.get_all("Classifier") or ()
        if line.startswith("License :: ")
    ]
    return ", ".join(classified) or _UNSAID.get(found.name, "")


def _home(found: Distribution) -> str:
    said = found.metadata
    named: dict[str, str] = {}
    for line in said.get_all("Project-URL") or ():
        name, _, link = line.partition(", ")
        named[name.lower()] = link
    links = (_first(said, "Home-page"), *(named.get(each, "") for each in _HOMES))
    return next((link for link in links if link), "")


def _first(said: PackageMetadata, key: str) -> str:
    return next(iter(said.get_all(key) or ()), "")


def _program() -> Part:
    try:
        own = _part(distribution(PROGRAM))
    except PackageNotFoundError:
        own = Part(PROGRAM, __version__, "MIT")
    return replace(own, name="KKD Desktop", version=__version__)


def _enclosed(found: Sequence[Part]) -> Iterator[Part]:
    """What lies inside other parts, as far as those are here, and Python itself."""
    folder = paths.resources() / "lizenzen"
    versions = {part.name: part.version for part in found}
    with (folder / "enthalten.toml").open("rb") as file:
        entries = tomllib.load(file)["part"]
    for entry in entries:
        same_as, inside = entry.get("version_of", ""), entry.get("inside", "")
        if not {same_as, inside} & {*versions, *_ALWAYS}:
            continue
        yield Part(
            name=entry["name"],
            version=platform.python_version() if same_as == "Python" else versions.get(same_as, ""),
            licence=entry["licence"],
            home=entry["home"],
            inside=inside,
            texts=tuple(folder / text for text in entry["texts"]),
        )
