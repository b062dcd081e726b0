"""What does a page stand on? White cards with a hairline border."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kkd_desktop.gui import theme
from kkd_desktop.gui.widgets.labels import Paragraph, PlainLabel, SectionHeading


class Card(QFrame):
    """A white card; `body` is its layout. With a title it begins with a heading."""

    def __init__(self, title: str = "", note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.heading = SectionHeading(title, note) if title else None
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        self.body.setSpacing(theme.SMALL)
        if self.heading is not None:
            self.setAccessibleName(title)
            self.body.addWidget(self.heading)


class TableCard(QFrame):
    """A card around a table or list that reaches its edges; the corners stay round."""

    def __init__(self, table: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, theme.HAIR, 1, theme.TINY)
        layout.addWidget(table)


class Line(QFrame):
    """A hairline across a card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "line")
        self.setFixedHeight(1)


class Quote(QFrame):
    """A sentence of the policy, word for word, with its place below."""

    def __init__(self, text: str = "", place: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "quote")
        self._text = Paragraph(muted=True)
        self._place = PlainLabel(muted=True, wrap=True, size=theme.SMALL_SIZE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MEDIUM, 0, 0, 0)
        layout.setSpacing(theme.HAIR)
        layout.addWidget(self._text)
        layout.addWidget(self._place)
        self.show_quote(text, place)

    def show_quote(self, text: str, place: str) -> None:
        self._text.setText(f"„{text}“" if text else "")
        self._place.setText(place)
        self._place.setVisible(bool(place))
        self.setVisible(bool(text or place))


def paint_card_frame(viewport: QWidget, height: int) -> None:
    """Round the corners of a list's viewport and draw the hairline of a card around its rows.

    Called after the items were painted, so that no row sticks out of the corner.
    """
    colours = theme.current()
    whole = QRectF(0, 0, viewport.width(), min(height, viewport.height()))
    inner = QPainterPath()
    inner.addRoundedRect(whole.adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS, theme.RADIUS)
    corners = QPainterPath()
    corners.addRect(whole)
    painter = QPainter(viewport)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(corners.subtracted(inner), QColor(colours.bg))
    painter.setPen(QPen(QColor(colours.line), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(inner)
    painter.end()
