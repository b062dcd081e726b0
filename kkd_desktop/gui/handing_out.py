"""How do single appointments leave the window as .ics files? Dragged, copied or saved.

What was dropped somewhere or saved counts as exported, as every other calendar file does. A copy in
the clipboard does not: whether it is pasted nobody knows, and a talk that is missing in a calendar
is worse than one that goes out twice.
"""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QRectF, QSize, Qt, QUrl
from PySide6.QtGui import QColor, QDrag, QFontMetrics, QGuiApplication, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from kkd_desktop.actions import calendar_export, files
from kkd_desktop.actions.calendar_export import CalendarExport
from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.gui import clipboard, theme
from kkd_desktop.gui.dialogs.places import PlaceChooser
from kkd_desktop.gui.session import Session

MOST = 100
"""Made while the mouse waits; more go out by the dialog."""

_CALENDAR = "text/calendar"


class HandingOut(QObject):
    """Hands out the appointments of one list, in the form the settings say."""

    def __init__(
        self, session: Session, source: QWidget, places: PlaceChooser | None = None
    ) -> None:
        super().__init__(source)
        self._session = session
        self._source = source
        self._places = places or PlaceChooser()
        self._folder: Path | None = None

    def drag(self, appointment_ids: Iterable[int]) -> None:
        """Let the mouse carry the files to wherever it is let go."""
        export = self._export(appointment_ids)
        data = None if export is None else self._mime_data(export)
        if export is None or data is None:
            return
        drag = QDrag(self._source)
        drag.setMimeData(data)
        drag.setPixmap(_picture(self._amount(export), self._source.devicePixelRatioF()))
        dropped = drag.exec(Qt.DropAction.CopyAction)
        if dropped is not Qt.DropAction.IgnoreAction and self._left_window(drag.target()):
            form = self._session.context.settings.calendar_form
            self._session.perform(
                lambda context: calendar_export.remember(context, export, form),
                lambda: self.tr("{what} als .ics übergeben").format(what=self._amount(export)),
            )

    def copy(self, appointment_ids: Iterable[int]) -> None:
        """Put the files into the clipboard, to be pasted into a folder, a mail or a calendar."""
        export = self._export(appointment_ids)
        data = None if export is None else self._mime_data(export)
        if export is not None and data is not None:
            clipboard.keep_out_of_history(data)
            QGuiApplication.clipboard().setMimeData(data)
            said = self.tr("{what} als .ics kopiert").format(what=self._amount(export))
            self._session.done.emit(said)

    def save(self, appointment_ids: Iterable[int]) -> None:
        """Ask for the place and write them there: one file, or a folder for several."""
        export = self._export(appointment_ids)
        if export is None:
            return
        context = self._session.context
        form = context.settings.calendar_form
        made = calendar_export.single_files(context, export.told(export.standing), form)
        several = len(made) > 1
        if several:
            path = self._places.folder(self._source, self.tr("Ordner für die Kalenderdateien"))
        else:
            path = self._places.file(
                self._source,
                self.tr("Kalenderdatei speichern"),
                made[0][0],
                self.tr("Kalenderdatei (*.ics)"),
            )
        if path is None:
            return
        self._session.perform(
            lambda context: calendar_export.write_calendar(
                context, export, path, form, one_each=several
            ),
            lambda: self.tr("{what} gespeichert in {folder}").format(
                what=self._amount(export), folder=path if several else path.parent
            ),
        )

    def _left_window(self, target: QObject | None) -> bool:
        """A field of the window itself takes the files for text; that is no calendar."""
        return not isinstance(target, QWidget) or target.window() is not self._source.window()

    def _export(self, appointment_ids: Iterable[int]) -> CalendarExport | None:
        """What can go out of these; None with a sentence where nothing can."""
        ids = list(appointment_ids)
        if len(ids) > MOST:
            text = self.tr("Höchstens {n} Termine auf einmal; für mehr gibt es „Kalenderdatei …“.")
            self._session.failed.emit(text.format(n=MOST))
            return None
        export = calendar_export.chosen(self._session.context, ids)
        if export.is_empty:
            if ids:
                self._session.failed.emit(
                    self.tr("Abgesagte und nicht wahrgenommene Termine gehen nicht einzeln hinaus.")
                )
            return None
        return export

    def _mime_data(self, export: CalendarExport) -> QMimeData | None:
        """The files in a private folder, and all of them as one text; None where it cannot be."""
        context = self._session.context
        form = context.settings.calendar_form
        try:
            folder = self._private_folder()
            made = calendar_export.single_files(context, export.told(export.standing), form)
            written = [(folder / name, data) for name, data in made]
            files.write_all_private(written)
            whole = calendar_export.calendar_bytes(context, export.told(export.standing), form)
        except UserError as fault:
            self._session.failed.emit(str(fault))
            return None
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path, _ in written])
        data.setData(_CALENDAR, whole)
        return data

    def _private_folder(self) -> Path:
        if self._folder is None or not self._folder.is_dir():
            self._folder = files.temporary_folder(self)
        return self._folder

    def _amount(self, export: CalendarExport) -> str:
        return texts.counted(len(export.standing), "Termin", "Termine")


def _picture(text: str, ratio: float) -> QPixmap:
    """What hangs at the mouse: how many, and never a name, for it is carried over every window."""
    font, colours = theme.font(), theme.current()
    metrics = QFontMetrics(font)
    size = QSize(metrics.horizontalAdvance(text) + 2 * theme.MEDIUM, theme.CONTROL_HEIGHT)
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    area = QRectF(0.5, 0.5, size.width() - 1, size.height() - 1)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(colours.border))
    painter.setBrush(QColor(colours.surface))
    painter.drawRoundedRect(area, 6, 6)
    painter.setPen(QColor(colours.text))
    painter.setFont(font)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return picture
