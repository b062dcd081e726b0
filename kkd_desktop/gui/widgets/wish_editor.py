"""How is a wish for the time of talks asked for? A line to type in; F4 chooses."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QDialog, QLineEdit

from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.facts import FactValue
from kkd_desktop.domain.language import said
from kkd_desktop.domain.plain_text import LINE_LENGTH
from kkd_desktop.domain.wishes import FIELD, Wish, read_wish, wish_written
from kkd_desktop.gui import theme
from kkd_desktop.gui.widgets.labels import plain_tooltip, set_property


class WishLine(QLineEdit):
    """`nur Di und Do, nicht vor 10:00, bis 31.12.2026`; `ends` tells whether it may end."""

    def __init__(self, *, ends: bool, today: date | None = None) -> None:
        super().__init__()
        self._ends = ends
        self._today = today
        self.setMaxLength(LINE_LENGTH)
        self.setPlaceholderText(self.tr("nicht erfasst"))
        self.setAccessibleDescription(
            self.tr("Zum Beispiel: nur Di und Do, nicht vor 10:00. F4 öffnet die Auswahl.")
        )
        self._icon = QAction(self.tr("Auswählen (F4)"), self)
        self.addAction(self._icon, QLineEdit.ActionPosition.TrailingPosition)

        self._icon.triggered.connect(self.choose)
        self.textChanged.connect(self._explain)
        self._explain()
        self._paint_icon()

    def choose(self) -> None:
        """Let it be put together rather than typed; what cannot be read begins anew."""
        from kkd_desktop.gui.dialogs.base import show
        from kkd_desktop.gui.dialogs.wish import WishDialog

        try:
            wish, until = read_wish(self.text())
        except UserError:
            wish, until = Wish(), None
        dialog = WishDialog(wish, until, ends=self._ends, today=self._today, parent=self.window())

        def take(result: int) -> None:
            if result == QDialog.DialogCode.Accepted:
                self.setText(dialog.text)
                self.setCursorPosition(0)
                self.textEdited.emit(dialog.text)

        dialog.finished.connect(take)
        show(dialog)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_F4 or (event.key() == Qt.Key.Key_Down and alt):
            self.choose()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._paint_icon()

    def _paint_icon(self) -> None:
        """Three dots in the colour of quiet text."""
        ratio = self.devicePixelRatioF()
        picture = QPixmap(round(16 * ratio), round(16 * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.current().muted))
        for place in (3, 8, 13):
            painter.drawEllipse(QPointF(place, 8), 1.4, 1.4)
        painter.end()
        self._icon.setIcon(QIcon(picture))

    def _explain(self) -> None:
        """A long wish is read in full, an empty line by its example."""
        self.setToolTip(plain_tooltip(self.text() or self.accessibleDescription()))


class WishEditor:
    """A `FactEditor` for the wish; with `ends` its last day stands in the same line."""

    def __init__(self, *, ends: bool = False, today: date | None = None) -> None:
        self._ends = ends
        self.field = WishLine(ends=ends, today=today)
        self._shown: tuple[str, FactValue, date | None] = ("", None, None)

    def show_value(self, value: FactValue) -> None:
        self.show_wish(value, None)

    def show_wish(self, value: FactValue, until: date | None) -> None:
        """Show a wish with its last day, and tell nobody."""
        text = "" if value is None else wish_written(str(value), until)
        self._shown = text, value, until
        self.field.blockSignals(True)
        self.field.setText(text)
        self.field.setCursorPosition(0)
        self.field.blockSignals(False)
        set_property(self.field, "invalid", "false")

    def value(self) -> FactValue:
        return self._read()[0]

    def until(self) -> date | None:
        """The last day that stands in the line."""
        return self._read()[1]

    def when_changed(self, act: Callable[[], object]) -> None:
        self.field.textChanged.connect(lambda _: act())

    def _read(self) -> tuple[FactValue, date | None]:
        text = self.field.text().strip()
        shown, value, until = self._shown
        if text == shown:
            return value, until
        if not text:
            return None, None
        wish, until = read_wish(text)
        if until is not None and not self._ends:
            end = QCoreApplication.translate("facts", "der letzte Tag gehört in das Feld „bis“.")
            raise UserError(f"{said(FIELD)}: {end}")
        return wish.written(), until
