"""Letters beside bare typst on the same data in the same run, and the memory of large batches."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kkd_desktop import paths
from kkd_desktop.actions import appointments, casework, letters, stores
from kkd_desktop.actions.context import Context
from kkd_desktop.domain.appointment import Delivery
from kkd_desktop.domain.client import Address, Client
from kkd_desktop.domain.letter_kinds import LetterKind, Purpose
from kkd_desktop.domain.values import replace
from tests.benchmarks import caseloads
from tests.benchmarks.report import Row, seconds

if TYPE_CHECKING:
    from kkd_desktop.paper.letter import Sheet

MANY, BATCHES, ROUNDS, FIRSTS = 200, 2, 7, 5
AIM = 1.2
TODAY = date(2026, 11, 20)
WISH = letters.Wish(LetterKind.MELDEAUFFORDERUNG, Delivery.POST, purposes=(Purpose.VERMITTLUNG,))


def rows() -> Iterator[Row]:
    from kkd_desktop.paper.letter import letters_pdf

    sheets = _sheets(MANY)
    pairs = [
        (seconds(lambda: letters_pdf(sheets, TODAY)), seconds(lambda: _bare(sheets)))
        for _ in range(ROUNDS)
    ]
    # The best of each: typst takes all cores, so whatever else runs falls on one of the two.
    measured, floor = min(one for one, _ in pairs), min(other for _, other in pairs)
    yield Row(f"{MANY} letters to one PDF", measured, floor, AIM)
    first, bare = (min(_of_its_own(what) for _ in range(FIRSTS)) for what in ("first", "bare"))
    yield Row("first letter: from the click to its PDF in the window, aim 50 ms", first, bare)
    memory = _of_its_own("memory")
    batches = f"{BATCHES} batches of {letters.MOST_LETTERS} letters"
    print(f"memory of {batches}: {memory:.0f} MB, aim below 300", file=sys.stderr)


def _sheets(number: int) -> "list[Sheet]":
    """Whole letters of invented people, each with another name."""
    from kkd_desktop.paper.letter import Sheet

    with TemporaryDirectory() as folder:
        context = _office(Path(folder) / "bestand.kkd")
        with context.store:
            (draft,) = letters.compose(context, [1], WISH)
    made = []
    for each in range(number):
        client = replace(draft.letter.client, last_name=f"Beispiel-{each}")
        recipient = (f"Amina Beispiel-{each}", *draft.letter.recipient[1:])
        made.append(Sheet(replace(draft.letter, client=client, recipient=recipient)))
    return made


def _office(path: Path) -> Context:
    context = stores.create_caseload(path, caseloads.PASSPHRASE, TODAY)
    context.change_settings(office="Jobcenter Musterstadt", street="Amtsweg 1", city="Musterstadt")
    context.change_settings(caseworker="Petra Muster", phone="0123 456-789", room="2.14")
    address = Address("Lange Straße 12", "12345", "Musterstadt")
    client = Client(0, "123A400001", "Beispiel", "Amina", address=address)
    stored = casework.add_client(context, client, {})
    appointments.book(context, stored, datetime(2026, 12, 3, 9, 0), 45)
    return context


def _bare(sheets: "list[Sheet]") -> None:
    """The same template and data in one run of typst, without anything of ours."""
    import typst

    from kkd_desktop.paper.letter import content, letter_template

    data = {
        "title": "Briefe",
        "copy": "",
        "replaced": False,
        "letters": [content(each.letter) for each in sheets],
    }
    typst.compile(
        letter_template(None).source.encode(),
        font_paths=typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[paths.resources() / "fonts"],
        ),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["ua-1", "a-2a"],
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=datetime(2026, 11, 20, tzinfo=UTC),
    )


def _of_its_own(what: str) -> float:
    """A measurement in a process of its own: nothing is warm, and nobody else takes memory."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.letters", what],
        check=True,
        capture_output=True,
        text=True,
    )
    return float(told.stdout)


def _first() -> float:
    """The first letter of a process, by a click in the window; nothing is loaded but what the
    dialog loads while somebody reads it.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from kkd_desktop.gui import tasks
    from kkd_desktop.gui.dialogs.letter_preview import LetterPreview
    from kkd_desktop.gui.dialogs.places import PlaceChooser
    from kkd_desktop.gui.dialogs.write_letters import WriteLettersDialog
    from kkd_desktop.gui.session import Session
    from kkd_desktop.gui.startup import application

    app = application()
    with TemporaryDirectory() as folder:
        context = _office(Path(folder) / "bestand.kkd")
        with context.store:
            talk = appointments.get(context, 1)
            dialog = WriteLettersDialog(Session(context), [talk], PlaceChooser())
            dialog.show()
            dialog.purposes[Purpose.VERMITTLUNG].click()
            assert dialog.preview_button.isEnabled()
            while tasks.is_working():
                app.processEvents()

            def click() -> None:
                QTest.mouseClick(dialog.preview_button, Qt.MouseButton.LeftButton)
                preview = dialog.findChild(LetterPreview)
                assert preview is not None
                while not preview.pdf:
                    app.processEvents()

            taken = seconds(click)
            for each in (dialog.findChild(LetterPreview), dialog):
                if each is not None:
                    each.reject()
            app.processEvents()
            return taken


def _first_bare() -> float:
    """The first letter of a process by bare typst, its import done."""
    import typst  # noqa: F401

    from kkd_desktop.paper import letter  # noqa: F401

    sheets = _sheets(1)
    return seconds(lambda: _bare(sheets))


def _memory() -> float:
    from kkd_desktop.paper.letter import letters_pdf

    sheets = _sheets(letters.MOST_LETTERS)
    for _ in range(BATCHES):
        letters_pdf(sheets, TODAY)
    return _peak()


def _peak() -> float:
    """Megabytes at the most. Linux counts in `ru_maxrss` what the parent had at the fork, too."""
    status = Path("/proc/self/status")
    if status.is_file():
        lines = status.read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print({"first": _first, "bare": _first_bare, "memory": _memory}[sys.argv[1]]())
