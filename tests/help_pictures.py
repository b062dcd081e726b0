"""What do the pictures of the help show? Parts of the window, made anew by `make help-pictures`.

They lie in resources/help/bilder, once per scheme, and reach the wheel with the help.
"""

import argparse
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from kkd_desktop.gui import clock, theme
from kkd_desktop.gui.startup import application
from kkd_desktop.gui.widgets.chart_card import ChartCard
from kkd_desktop.gui.widgets.next_talk_card import NextTalkCard
from tests.pictures import SMALL, USUAL, Caseload, Desk, Morning, scene_shown, settle, until
from tests.pictures.desk import in_few_colours
from tests.pictures.gallery import USUAL_LOOKS
from tests.pictures.kontakt import contact
from tests.pictures.konzepte import konzepte_quote
from tests.pictures.sicherungen import settings_backups
from tests.pictures.woche import woche

FOLDER = Path("resources/help/bilder")
Part = tuple[QWidget, QRect]


def whole(widget: QWidget) -> Part:
    return widget, widget.rect()


def top(widget: QWidget, height: int) -> Part:
    """The upper part of a page."""
    return widget, QRect(0, 0, widget.width(), height)


def contact_dialog(desk: Desk) -> Part:
    return whole(contact(desk))


def worklist(desk: Desk) -> Part:
    return top(desk.heute().worklist, 219)


def reason(desk: Desk) -> Part:
    page = desk.heute()
    page.worklist.choose(desk.waiting().client.id)
    settle()
    return whole(page.why)


def people(desk: Desk) -> Part:
    small(desk)
    page = desk.page("kunden")
    page.search.setText("profil:foerder kein-kontakt>60t ohne:termin")
    page.table.setFocus()
    settle()
    return top(page, 342)


def next_talk(desk: Desk) -> Part:
    desk.workplace.open_client(desk.waiting().client.id)
    settle()
    return whole(desk.window.page("akte").findChild(NextTalkCard))


def week(desk: Desk) -> Part:
    small(desk)
    woche(desk)
    return top(desk.window.page("woche").view, 330)


def invitations(desk: Desk) -> Part:
    small(desk)
    return top(desk.page("einladungen"), 342)


def chart(desk: Desk) -> Part:
    page = desk.page("auswertung")
    until(lambda: any(card.isVisible() for card in page.findChildren(ChartCard)))
    settle()
    return whole(next(card for card in page.findChildren(ChartCard) if card.isVisible()))


def concept(desk: Desk) -> Part:
    small(desk)
    konzepte_quote(desk)
    return top(desk.window.page("konzepte"), 470)


def backups(desk: Desk) -> Part:
    settings_backups(3)(desk)
    return top(desk.window.page("einstellungen").backups, 354)


def small(desk: Desk) -> None:
    desk.window.resize(SMALL)
    settle()


PICTURES: dict[str, Callable[[Desk], Part]] = {
    "kontakt": contact_dialog,
    "liste": worklist,
    "warum": reason,
    "kunden": people,
    "naechster-termin": next_talk,
    "woche": week,
    "einladungen": invitations,
    "auswertung": chart,
    "konzepte": concept,
    "sicherungen": backups,
}


def drawn(caseload: Caseload, scene: Callable[[Desk], Part], size: QSize) -> QImage:
    """The part with a hairline around it, in as many colours as a window has."""
    found: list[Part] = []

    def show(desk: Desk) -> QWidget:
        found.append(scene(desk))
        return found[-1][0]

    with scene_shown(caseload, show, size):
        settle()
        widget, area = found[-1]
        seen = area & widget.rect()
        window = widget.window()
        # Of the window: parts of a page are transparent.
        place = QRect(widget.mapTo(window, seen.topLeft()), seen.size())
        image = window.grab(place).toImage()
    painter = QPainter(image)
    painter.setPen(QColor(theme.current().line))
    painter.drawRect(0, 0, image.width() - 1, image.height() - 1)
    painter.end()
    return in_few_colours(image)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.help_pictures", description=__doc__)
    parser.add_argument("--only", default="", metavar="WORD", help="names that hold this word")
    options = parser.parse_args()
    app: QApplication = application()
    app.setCursorFlashTime(0)
    with (
        TemporaryDirectory(prefix="kkd-bilder-") as place,
        patch.object(clock, "datetime", Morning),
    ):
        caseload = Caseload(Path(place), 300)
        for look in USUAL_LOOKS:
            look.wear(app)
            (FOLDER / look.ending).mkdir(parents=True, exist_ok=True)
            for name, scene in PICTURES.items():
                if options.only in name:
                    path = FOLDER / look.ending / f"{name}.png"
                    drawn(caseload, scene, USUAL).save(str(path))


if __name__ == "__main__":
    main()
