"""What does every picture stand on? An invented caseload on a fixed morning, and a window."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QEvent, QSettings, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from kkd_desktop.actions import policies, stores
from kkd_desktop.actions import worklist as lists
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.secrets import Key, Passphrase, key_of
from kkd_desktop.domain.appointment import Appointment
from kkd_desktop.domain.worklist import Entry, GroupId
from kkd_desktop.gui import theme
from kkd_desktop.gui.dialogs.contact import ContactDialog
from kkd_desktop.gui.pages.einstellungen import EinstellungenPage
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.page_pictures import PagePictures
from kkd_desktop.gui.workplace import Workplace

USUAL, SMALL, LARGE = QSize(1360, 860), QSize(1024, 700), QSize(1920, 1080)
TODAY = date(2026, 11, 20)
PASSPHRASE = Passphrase("nur für die Bilder")
INVENTED = Path(__file__).parents[1] / "cases" / "policies"
PATIENCE = 60.0
_PAPER_DPI = 96.0
Scene = Callable[["Desk"], QWidget]


class Morning(datetime):
    """Half past nine, whenever the pictures are made."""

    @classmethod
    def now(cls, tz=None):
        return cls(2026, 11, 20, 9, 30, tzinfo=tz)


class Desk:
    """A window on a caseload, and what a scene needs to know about the people in it."""

    def __init__(self, workplace: Workplace) -> None:
        self.workplace = workplace
        self.window, self.session = workplace.window, workplace.session
        self.context = workplace.session.context
        self.folder = self.context.store.path.parent
        """For what a scene puts beside the caseload; gone with the scene."""

    def page(self, name: str) -> QWidget:
        page = self.window.show_page(name)
        settle()
        if isinstance(page, EinstellungenPage):
            # Its sections are made one after the other.
            until(page.is_whole)
        return page

    def heute(self) -> QWidget:
        page = self.page("heute")
        until(page.proposer.is_done)
        return page

    def entries(self, group: GroupId = GroupId.OVERDUE) -> list[Entry]:
        return [
            entry
            for found in lists.worklist(self.context).groups
            if found.id == group
            for entry in found.entries
        ]

    def waiting(self) -> Entry:
        """Who is overdue and has no appointment yet."""
        return next(entry for entry in self.entries() if entry.appointment is None)

    def booked(self) -> tuple[Appointment, Entry]:
        """The next appointment after today."""
        entries = [e for e in lists.worklist(self.context).entries if e.appointment]
        found = [e for e in entries if e.appointment.day > TODAY]
        entry = min(found, key=lambda e: e.appointment.start)
        return entry.appointment, entry

    def dialog(self) -> QDialog:
        """The dialog that was just opened."""
        settle()
        return next(w for w in self.window.findChildren(QDialog) if w.isVisible())

    def choose_concept(self, name: str) -> None:
        self.session.perform(lambda context: policies.choose(context, name))


def behind(desk: Desk) -> QWidget:
    """The window with the dialog over it, as they stand on the screen."""
    dialog = desk.dialog()
    settle()
    draw_paper(dialog)
    return Both(desk.window, dialog)


class Both(QWidget):
    """A picture of a window and the dialog in its middle."""

    def __init__(self, window: QWidget, dialog: QDialog) -> None:
        super().__init__()
        image = window.grab()
        painter = QPainter(image)
        painter.fillRect(window.rect(), QColor(0, 0, 0, 60))
        left = (window.width() - dialog.width()) // 2
        painter.drawPixmap(left, (window.height() - dialog.height()) // 2, dialog.grab())
        painter.end()
        self._image = image
        self.resize(image.deviceIndependentSize().toSize())

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).drawPixmap(0, 0, self._image)


def settle() -> None:
    """Let everything happen that was put off until the next turns."""
    for _ in range(3):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def until(condition: Callable[[], bool]) -> None:
    end = monotonic() + PATIENCE
    while not condition():
        if monotonic() > end:
            raise TimeoutError(getattr(condition, "__qualname__", "?"))
        QApplication.processEvents()
    settle()


def draw_paper(widget: QWidget) -> None:
    """Let pages be drawn that a preview asks for when it is painted."""
    papers = widget.findChildren(PagePictures)
    if papers:
        widget.grab()
        until(lambda: not any(each.is_busy() for each in papers))


class Sheets(QWidget):
    """Pages of paper beside each other, as they come out of the printer."""

    def __init__(self, pdf: bytes, first: int = 0, count: int = 2) -> None:
        super().__init__()
        pictures = PagePictures()
        pictures.open(pdf)
        shown = range(first, min(first + count, len(pictures.sizes())))
        self._sheets = [pictures.now(page, _PAPER_DPI) for page in shown]
        pictures.close()
        height = max(sheet.height() for sheet in self._sheets)
        width = sum(sheet.width() + theme.HUGE for sheet in self._sheets)
        self.resize(width + theme.HUGE, height + 2 * theme.HUGE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, left = QPainter(self), theme.HUGE
        painter.fillRect(self.rect(), QColor(theme.current().bg))
        for sheet in self._sheets:
            painter.drawImage(left, theme.HUGE, sheet)
            left += sheet.width() + theme.HUGE


def shown(dialog: QDialog) -> QDialog:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    settle()
    return dialog


def rested(dialog: QDialog) -> QDialog:
    """After the pause in which the proposals wait for the next key."""
    assert isinstance(dialog, ContactDialog)
    until(lambda: not dialog._timer.isActive())
    return dialog


def picture(widget: QWidget) -> QPixmap:
    """The window as the user sees it, with the list of the search field over it."""
    settle()
    draw_paper(widget)
    image = widget.grab()
    for popup in QApplication.topLevelWidgets():
        if popup.isVisible() and popup.windowType() in (Qt.WindowType.Popup, Qt.WindowType.ToolTip):
            painter = QPainter(image)
            painter.drawPixmap(widget.mapFromGlobal(popup.pos()), popup.grab())
            painter.end()
    return image


def in_few_colours(image: QImage) -> QImage:
    """With 256 colours, plenty for a window: a third of the file."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    inks = [QColor(theme.current().ink(tone)).rgb() for tone in theme.Tone]
    pixels = memoryview(image.constBits()).cast("I")
    usual = [colour for colour, _ in Counter(pixels).most_common(256)]
    table = list(dict.fromkeys((*inks, *usual)))[:256]
    plain = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    return image.convertToFormat(QImage.Format.Format_Indexed8, table, plain)


class Caseload:
    """A made caseload that every scene gets a fresh copy of."""

    def __init__(self, folder: Path, clients: int) -> None:
        self._folder = folder
        self._made = folder / f"vorlage-{clients}.kkd"
        if clients:
            context = stores.create_demo(self._made, PASSPHRASE, TODAY, clients=clients)
        else:
            context = stores.create_caseload(self._made, PASSPHRASE, TODAY)
        stores.remember_holidays(context)
        context.store.close()
        self._key: Key = key_of(self._made, PASSPHRASE)

    @contextmanager
    def opened(self) -> Iterator[Context]:
        place = self._folder / "bestand"
        place.mkdir()
        try:
            path = place / "fallbestand.kkd"
            path.write_bytes(self._made.read_bytes())
            path.chmod(0o600)
            with stores.open_caseload(path, self._key, TODAY, thorough=False) as context:
                # Of the world's time, which is told as that of Berlin.
                context.now = lambda: datetime(2026, 11, 20, 7, 12)
                yield context
        finally:
            shutil.rmtree(place)


@contextmanager
def scene_shown(caseload: Caseload, scene: Scene, size: QSize) -> Iterator[tuple[Desk, QWidget]]:
    """The scene on a fresh copy of the caseload, until the block ends."""
    with caseload.opened() as context:
        stored = QSettings(
            str(context.store.path.with_name("fenster.ini")), QSettings.Format.IniFormat
        )
        workplace = Workplace(Session(context), stored)
        # As on a screen that has no more room.
        workplace.window.setMinimumSize(workplace.window.minimumSize().boundedTo(size))
        workplace.window.resize(size)
        ready: list[bool] = []
        workplace.settling.connect(lambda: ready.append(True))
        workplace.window.show()
        workplace.window.activateWindow()
        until(lambda: bool(ready))
        desk = Desk(workplace)
        yield desk, scene(desk)
        for dialog in workplace.window.findChildren(QDialog):
            dialog.hide()
        # As the program does before its caseload closes: nothing of it wakes up again.
        workplace.session.finish()
        workplace.close()
        # Their connections hold all that hears of them.
        workplace.session.deleteLater()
        workplace.deleteLater()
        settle()


def show_scene(caseload: Caseload, scene: Scene, size: QSize) -> QPixmap:
    with scene_shown(caseload, scene, size) as (_, widget):
        return picture(widget)
