"""A preview of 300 pages beside a bare PDFium render of one of them at the same size."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.benchmarks.report import Row, seconds

if TYPE_CHECKING:
    from kkd_desktop.actions.context import Context
    from kkd_desktop.gui.dialogs.print_preview import PrintPreview

LETTERS, OPENINGS, TURNS = 150, 9, 25
SIZE = 1040, 780


def rows() -> Iterator[Row]:
    """Medians; the longest stands on stderr, for that is what people notice."""
    for scale in ("1", "2"):
        found = _of_its_own(scale)
        floor = median(found.pop("bare"))
        for name, taken in found.items():
            title = f"preview of 300 pages at {scale}00 %: {name}"
            yield Row(title, median(taken), floor)
            print(f"{title}: {max(taken) * 1000:.1f} ms at the most", file=sys.stderr)


def _of_its_own(scale: str) -> dict[str, list[float]]:
    told = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.previewing"],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale},
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, list[float]] = json.loads(told.stdout)
    return found


def _measured() -> dict[str, list[float]]:
    from kkd_desktop.gui.startup import application
    from kkd_desktop.paper.letter import letters_pdf
    from tests.benchmarks.letters import TODAY, _office, _sheets

    application()
    pdf = letters_pdf(_sheets(LETTERS), TODAY)
    with TemporaryDirectory() as folder:
        context = _office(Path(folder) / "bestand.kkd")
        with context.store:
            opened = [_opened(context, pdf) for _ in range(OPENINGS)]
            preview, _ = opened[-1]
            count = preview.pages.page_count()
            far = Random(1).sample(range(TURNS + 5, count + 1), TURNS)
            found = {
                "opened": [taken for _, taken in opened],
                "next page": [_painted(preview, partial(_turn, preview)) for _ in range(TURNS)],
                "a far page": [
                    _painted(preview, partial(preview.pages.go_to, page)) for page in far
                ],
                "bare": _bare(pdf, far, preview.pages.zoom() * 96 * preview.devicePixelRatioF()),
            }
            for each, _ in opened:
                each.reject()
    return found


def _opened(context: "Context", pdf: bytes) -> tuple["PrintPreview", float]:
    """A preview whose first page can be read, and how long that took."""
    from PySide6.QtWidgets import QApplication

    from kkd_desktop.gui.dialogs.places import PlaceChooser
    from kkd_desktop.gui.dialogs.print_preview import PrintPreview
    from kkd_desktop.gui.session import Session

    made: list[PrintPreview] = []

    def show() -> None:
        preview = PrintPreview(
            Session(context), "Briefe", lambda: lambda _: pdf, "briefe.pdf", PlaceChooser()
        )
        preview.resize(*SIZE)
        preview.show()
        while not preview.pages.rendered_pages():
            QApplication.processEvents()
        made.append(preview)

    taken = seconds(show)
    return made[0], taken


def _turn(preview: "PrintPreview") -> None:
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    # Sent and not clicked: a click of QTest lets other work run, too.
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(preview.pages, key)


def _painted(preview: "PrintPreview", act: Callable[[], object]) -> float:
    """Until page and strip are painted; nothing was rendered ahead."""

    def work() -> None:
        act()
        preview.pages.viewport().repaint()
        preview.strip.viewport().repaint()

    return seconds(work)


def _bare(pdf: bytes, pages: Sequence[int], dpi: float) -> list[float]:
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return [
            seconds(lambda page=page: document[page - 1].render(scale=dpi / 72)) for page in pages
        ]


if __name__ == "__main__":
    print(json.dumps(_measured()))
