"""What is loaded and made while nobody waits, so that the first visit to a page is quick?

After the window has settled, one module a turn, those first that others need: no turn of the event
loop is long, and whoever is quicker loads the rest at once, as ever. Then the pages are made, one a
turn while nobody has touched anything for a while, and those with most in them ask for it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from sys import modules
from types import CodeType

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QLineEdit, QScrollArea

from kkd_desktop.gui.idle import LastInput

_ROOMS = tuple(
    f"kkd_desktop.{room}" for room in ("gui", "actions", "domain", "store", "policyfiles")
)
"""Not those of foreign libraries, which are large and are loaded in the threads that need them."""
_BEGIN_MS = 300
_BETWEEN_MS = 5
_BUSY_S = 0.2
"""So soon after a key the next one may come, and is not kept waiting."""
_PAUSE_S = 1.0

LATER = tuple(
    f"kkd_desktop.{name}"
    for name in (
        "gui.widgets.command_popup",
        "gui.dialogs.contact",
        "exchange.local_time",
        "gui.dialogs.why",
        "gui.pages.kunden",
        "gui.pages.akte",
        "gui.pages.woche",
        "gui.pages.einladungen",
        "gui.dialogs.appointment",
        "gui.pages.auswertung",
        "gui.pages.konzepte",
        "gui.pages.einstellungen",
        "gui.pages.woche_plan",
        "gui.pages.verlauf",
        "gui.dialogs.client",
        "gui.dialogs.list_preview",
        "gui.dialogs.write_letters",
        "gui.dialogs.letter_preview",
        "gui.dialogs.export_calendar",
        "gui.dialogs.help",
        "gui.dialogs.shortcuts",
        "gui.widgets.filter_form",
    )
)
"""In the order in which they are likely to be wanted."""


def _meet_widgets() -> None:
    """Be handed a widget that Qt made itself. At the first one PySide6 looks through every class of
    widgets there is: 7 ms, which the first visit to a page need not take.
    """
    QScrollArea().viewport()


def _meet_objects() -> None:
    """The same for what is no widget: 10 ms."""
    QLineEdit().children()


def _steps() -> Iterator[Callable[[], object]]:
    yield _meet_widgets
    yield _meet_objects
    for name in in_steps(LATER):
        yield partial(import_module, name)


class Warming(QObject):
    """Loads `LATER` little by little, then does the acts."""

    def __init__(self, parent: QObject, acts: Sequence[Callable[[], object]] = ()) -> None:
        super().__init__(parent)
        self._steps = _steps()
        self._acts = list(acts)
        self._idle = LastInput(self)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)

    def begin(self) -> None:
        self._timer.start(_BEGIN_MS)

    def is_done(self) -> bool:
        return not self._acts

    def stop(self) -> None:
        """Nothing more: the caseload is about to close."""
        self._acts.clear()
        self._timer.stop()

    def _go_on(self) -> None:
        self._timer.setInterval(_BETWEEN_MS)
        idle = self._idle.seconds()
        if idle < _BUSY_S:
            return
        step = next(self._steps, None)
        if step is not None:
            step()
        elif not self._acts:
            self._timer.stop()
        elif idle >= _PAUSE_S:
            self._acts.pop(0)()


def in_steps(names: Iterable[str]) -> Iterator[str]:
    """These modules of ours and all that they import at once, each after what it needs."""
    known: set[str] = set()
    for name in names:
        yield from _needed_first(name, known)


def _needed_first(name: str, known: set[str]) -> Iterator[str]:
    if name in known or name in modules:
        return
    known.add(name)
    for needed in _imported_by(name):
        yield from _needed_first(needed, known)
    if name not in modules:
        yield name


def _imported_by(name: str) -> list[str]:
    """What the code of a module names of ours, without running it."""
    spec = find_spec(name)
    code = getattr(spec.loader, "get_code", lambda _: None)(name) if spec else None
    if not isinstance(code, CodeType):
        return []
    ours = [each for each in code.co_names if each.startswith(_ROOMS)]
    inside = (
        f"{package}.{each}"
        for package in ours
        if _is_package(package)
        for each in code.co_names
        if each.isidentifier() and each.islower()
    )
    return [*ours, *filter(_is_module, inside)]


def _is_package(name: str) -> bool:
    found = modules.get(name)
    return hasattr(found, "__path__") if found else False


def _is_module(name: str) -> bool:
    return name in modules or find_spec(name) is not None
