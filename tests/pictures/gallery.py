"""In which looks is everything drawn, and on which page does one look through all of it?"""

import gc
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from kkd_desktop.domain.values import Value
from kkd_desktop.gui import theme
from tests.pictures.desk import USUAL
from tests.pictures.registry import IN_EVERY_LOOK, ROOMS, SCENES, Caseloads, Job, jobs


class Look(Value, frozen=True):
    """How the window is dressed, and what the name of a picture ends with."""

    ending: str
    title: str
    scheme: Qt.ColorScheme
    strong: bool = False

    def wear(self, app: QApplication) -> None:
        theme.apply(app, self.scheme, strong=self.strong)


LIGHT = Look("hell", "hell", Qt.ColorScheme.Light)
DARK = Look("dunkel", "dunkel", Qt.ColorScheme.Dark)
USUAL_LOOKS = (LIGHT, DARK)
STRONG_LOOKS = (
    Look("kontrast", "hoher Kontrast", Qt.ColorScheme.Light, strong=True),
    Look("kontrast-dunkel", "hoher Kontrast, dunkel", Qt.ColorScheme.Dark, strong=True),
)
ENLARGED = ((130, 1280, 800), (200, 1920, 1080), (200, 1280, 800))
"""Percent as Einstellungen, Darstellung offers them, on screens of so many pixels."""
_TITLE_BAR = 40

_STYLE = """
:root { color-scheme: light dark; font-family: system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 100rem; padding: 0 1rem; }
nav { columns: 14rem; }
section { border-top: 1px solid; margin-top: 2rem; }
div { display: flex; flex-wrap: wrap; gap: 1rem; }
figure { margin: 0 0 1rem; width: 22rem; }
img { border: 1px solid gray; max-height: 16rem; max-width: 100%; }
"""


def collect_here() -> None:
    """Let hundreds of windows go in this thread, and never by themselves in one that works; first
    what Qt has of them, because what listens to a window must not go before it.
    """
    gc.disable()
    for each in QApplication.topLevelWidgets():
        each.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()


def keep(picture: QPixmap, path: Path) -> None:
    """Qt says nothing where there is no picture, as of a window without any height."""
    if not picture.save(str(path)):
        raise OSError(f"{path}: no picture")


def draw_all(app: QApplication, folder: Path, wanted: str, into: Path) -> None:
    """Every scene light and dark, the main ones in high contrast too."""
    caseloads = Caseloads(folder)
    collect_here()
    for job in jobs():
        if wanted in job.name:
            strong = STRONG_LOOKS if job.name in IN_EVERY_LOOK else ()
            for look in (*USUAL_LOOKS, *strong):
                look.wear(app)
                keep(job.draw(caseloads), into / f"{job.name}-{look.ending}.png")
            collect_here()


def draw_enlarged(app: QApplication, folder: Path, wanted: str, into: Path, ending: str) -> None:
    """The main scenes as large as Qt was told to be, in all the room that leaves on the screen."""
    caseloads = Caseloads(folder)
    LIGHT.wear(app)
    room = (app.primaryScreen().availableSize() - QSize(0, _TITLE_BAR)).boundedTo(USUAL)
    for name in (each for each in IN_EVERY_LOOK if wanted in each):
        keep(Job(name, SCENES[name], size=room).draw(caseloads), into / f"{name}-{ending}.png")
        collect_here()


def write_index(folder: Path) -> None:
    """One page for what lies in the folder, part by part of the program."""
    found = {path.stem for path in folder.glob("*.png")}
    rooms = {title: list(_pictures(scenes, found)) for title, scenes in ROOMS.items()}
    rooms = {title: figures for title, figures in rooms.items() if figures}
    links = "".join(f'<a href="#{_anchor(t)}">{escape(t)}</a><br>' for t in rooms)
    sections = "".join(
        f'<section id="{_anchor(title)}"><h2>{escape(title)}</h2>{"".join(figures)}</section>'
        for title, figures in rooms.items()
    )
    page = (
        '<!DOCTYPE html><html lang="de"><head><meta charset="utf-8">'
        f"<title>KKD Desktop in Bildern</title><style>{_STYLE}</style></head><body>"
        f"<h1>KKD Desktop in Bildern</h1><p>{len(found)} Bilder eines erfundenen Fallbestands am "
        f"20.11.2026.</p><nav>{links}</nav>{sections}</body></html>"
    )
    (folder / "index.html").write_text(page, encoding="utf-8")


def _pictures(scenes: Iterable[str], found: set[str]) -> Iterator[str]:
    """A scene with all the looks and sizes there are of it."""
    for name in scenes:
        endings = sorted(_endings(name, found), key=lambda each: (each[0].isdigit(), each))
        if endings:
            figures = "".join(_figure(name, ending) for ending in endings)
            yield f"<h3>{escape(name)}</h3><div>{figures}</div>"


def _endings(name: str, found: set[str]) -> Iterator[str]:
    """What follows the name in the pictures of just this scene, not of one called alike."""
    longer = [f"{other}-" for other in SCENES if other.startswith(f"{name}-")]
    for stem in found:
        if stem.startswith(f"{name}-") and not any(stem.startswith(other) for other in longer):
            yield stem.removeprefix(f"{name}-")


def _figure(name: str, ending: str) -> str:
    file = escape(f"{name}-{ending}.png")
    said = escape(_said(ending))
    return (
        f'<figure><a href="{file}"><img loading="lazy" src="{file}" alt="{escape(name)}, {said}">'
        f"</a><figcaption>{said}</figcaption></figure>"
    )


def _said(ending: str) -> str:
    """`kontrast-dunkel` and `200-1280x800` in words."""
    titles = {look.ending: look.title for look in (*USUAL_LOOKS, *STRONG_LOOKS)}
    zoom, _, screen = ending.partition("-")
    if zoom.isdigit() and "x" in screen:
        return f"{zoom} % auf {screen.replace('x', ' × ')}"
    return titles.get(ending, ending.replace("-", ", "))


def _anchor(title: str) -> str:
    return "".join(each for each in title.lower() if each.isalnum())
