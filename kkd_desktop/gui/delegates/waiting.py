"""How does someone look who still waits for an appointment? Name, due day, proposal, window."""

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QPainter

from kkd_desktop.gui.delegates.ground import paint_ground
from kkd_desktop.gui.delegates.worklist import ROW_HEIGHT, WHY_WIDTH, WorklistDelegate
from kkd_desktop.gui.models.worklist import WorklistRow
from kkd_desktop.gui.theme import Palette
from kkd_desktop.gui.widgets import windowbar

_PAD, _GAP, _BAR = 14, 10, 76
_LEAST_NAME = 92


class WaitingDelegate(WorklistDelegate):
    """The worklist's row for a narrow column: due day and window stand under each other."""

    def _paint_row(
        self, painter: QPainter, area: QRect, place: int, row: WorklistRow, colours: Palette
    ) -> None:
        selected = place == self._view.currentIndex().row()
        hovered = place == self.hovered
        keys = self._view.hasFocus()
        paint_ground(painter, area, colours, chosen=selected, has_keys=keys, hovered=hovered)
        inner = area.width() - _PAD - WHY_WIDTH
        due = min(self._metrics.horizontalAdvance(row.state), inner - _GAP - _LEAST_NAME)
        right = max(due, _BAR)
        left = inner - right - _GAP
        text, muted = QColor(colours.text), QColor(colours.muted)
        self._lines(painter, area, (_PAD, inner - due - _GAP), (row.name, text), ("", muted))
        self._lines(painter, area, (_PAD, left), ("", text), (self._second(row, left), muted))
        state = (row.state, colours.ink(row.tone))
        self._lines(painter, area, (_PAD + inner - due, due), state, ("", muted))
        if row.span is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            bar = QRectF(area.left() + _PAD + inner - _BAR, area.top() + 25, _BAR, 16)
            windowbar.paint(painter, bar, row.span, colours)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        why = QRect(area.right() - WHY_WIDTH + 1, area.top(), WHY_WIDTH, ROW_HEIGHT)
        self._paint_why(painter, why, colours, strong=selected or hovered)

    def _second(self, row: WorklistRow, width: int) -> str:
        """The proposal; in a narrow column its day and hour alone."""
        words = row.detail or row.profile
        whole = words.partition(" · ")[0]
        if self._small_metrics.horizontalAdvance(whole) > width:
            words = words.partition(" ")[2] or words
        return words
