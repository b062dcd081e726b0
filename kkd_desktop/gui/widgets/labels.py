"""How does text stand on a page? Always as plain text: names come from outside."""

import re
from math import ceil

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from kkd_desktop.gui import theme
from kkd_desktop.gui.theme import Tone

BULLET = "· "
"""A paragraph that begins with it is a list, one point a line."""
_ELIDE = Qt.TextElideMode.ElideRight
_WIDTHS = 4
"""In so many widths a paragraph knows its lines."""
_TIED = re.compile(
    r"(\b[A-Z][a-z](?= \d\d?\.\d)|\bKW(?= \d)|§§?(?= \d)|\b(?:(?:Abs|Nr|Art)\.|Satz)(?= \d)"
    r"|\bSGB(?= [IVX])|\d(?= (?:%|min\b|Uhr\b|Std\.))) "
)


def tied(text: str) -> str:
    """With no line broken between a weekday and its date, in `KW 49`, `§ 37 SGB X` and `90 %`."""
    return _TIED.sub("\\1\u00a0", text) if " " in text else text


class PlainLabel(QLabel):
    """Text in one of the sizes and tones of the design; never interpreted as rich text."""

    def __init__(
        self,
        text: str = "",
        *,
        size: float = theme.BODY_SIZE,
        weight: QFont.Weight = QFont.Weight.Normal,
        muted: bool = False,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._given = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        if size != theme.BODY_SIZE or weight != QFont.Weight.Normal:
            self.setFont(theme.font(size, weight))
        if muted:
            self.setProperty("tone", "muted")
        self.setWordWrap(wrap)
        self.setText(text)

    def setText(self, text: str) -> None:
        self._given = text
        super().setText(tied(text) if self.wordWrap() else text)

    def text(self) -> str:
        """As it was given: where it may be broken is no part of it."""
        return self._given

    def set_tone(self, tone: Tone) -> None:
        set_property(self, "tone", "muted" if tone is Tone.NEUTRAL else tone.value)


class ElidedLabel(PlainLabel):
    """One line that gives way to shorter words where it has some, and then with an ellipsis; the
    full text is in the tooltip meanwhile.
    """

    _shorter: tuple[str, ...] = ()

    def set_shorter(self, *texts: str) -> None:
        """What is shown where the full text has no room, the longest first; the next `setText`
        takes it back. An empty one gives up its whole place.
        """
        self._shorter = texts
        self.update()

    def minimumSizeHint(self) -> QSize:
        least = "" if "" in self._shorter else "Mm…"
        return QSize(
            self.fontMetrics().horizontalAdvance(least), super().minimumSizeHint().height()
        )

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self.text()) + 2
        return QSize(width, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._explain()

    def setText(self, text: str) -> None:
        self._shorter = ()
        super().setText(" ".join(text.split()))
        self._explain()
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = self.contentsRect()
        cut = self.fontMetrics().elidedText(self.said(), _ELIDE, area.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(area, self.alignment() | Qt.TextFlag.TextSingleLine, cut)

    def _explain(self) -> None:
        self.setToolTip("" if self._is_whole() else plain_tooltip(self.text()))

    def _is_whole(self) -> bool:
        return self._fits(self.text())

    def _fits(self, text: str) -> bool:
        return self.fontMetrics().horizontalAdvance(text) <= self.contentsRect().width()

    def said(self) -> str:
        """Of the words there are, the first that has room, else the last: that one is cut."""
        words = (self.text(), *self._shorter)
        return next(filter(self._fits, words), words[-1])


class Paragraph(PlainLabel):
    """Several lines of reading text, with more air between them than a label gives."""

    def __init__(
        self, text: str = "", *, muted: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, muted=muted, wrap=True, parent=parent)
        self._leading = 1.22
        self._known: dict[tuple[str, str, int], tuple[QTextLayout, float]] = {}

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return ceil(self._laid_out(width)[1])

    def sizeHint(self) -> QSize:
        width = min(320, self.fontMetrics().horizontalAdvance(self.text()) + 1)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        self._laid_out(self.width())[0].draw(painter, QPointF(0, 0))

    def _laid_out(self, width: int) -> tuple[QTextLayout, float]:
        """The lines and their height: a layout asks for some widths again and again."""
        key = self.text(), self.font().key(), width
        if key not in self._known:
            while len(self._known) >= _WIDTHS:
                del self._known[next(iter(self._known))]
            self._known[key] = self._lay_out(width)
        return self._known[key]

    def _lay_out(self, width: int) -> tuple[QTextLayout, float]:
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        # A text layout takes only this sign for the end of a line.
        text = tied(self.text()).replace("\n", "\u2028")
        # What goes on below a bullet stands below its words.
        bullet = self.fontMetrics().horizontalAdvance(BULLET) if text.startswith(BULLET) else 0
        layout = QTextLayout(text, self.font())
        layout.setTextOption(option)
        layout.beginLayout()
        top = 0.0
        while (line := layout.createLine()).isValid():
            hang = 0.0 if text[line.textStart() :].startswith(BULLET) else bullet
            line.setLineWidth(max(width - hang, 1))
            line.setPosition(QPointF(hang, top + line.height() * (self._leading - 1) / 2))
            top += line.height() * self._leading
        layout.endLayout()
        return layout, top


class SectionHeading(QWidget):
    """The heading of a page or card: title, a quiet remark, and room for buttons on the right."""

    def __init__(
        self,
        title: str,
        note: str = "",
        *,
        page: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        size = theme.TITLE_SIZE if page else theme.BODY_SIZE
        self.title = ElidedLabel(title, size=size, weight=QFont.Weight.DemiBold)
        self.note = ElidedLabel(note, muted=True)
        self.title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.MEDIUM)
        if page:
            # With or without buttons beside it, the title of every page stands at one height.
            self.setMinimumHeight(theme.CONTROL_HEIGHT)
        self._row.addWidget(self.title, 0, Qt.AlignmentFlag.AlignBaseline)
        self._row.addWidget(self.note, 1, Qt.AlignmentFlag.AlignBaseline)

    def add(self, widget: QWidget) -> None:
        """Put a button or a figure at the right end."""
        self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)


def breakable(path: str) -> str:
    """A path that may be broken between its folders, by a space without width after each sign."""
    return path.replace("/", "/\u200b")


def plain_tooltip(text: str) -> str:
    """A tooltip that shows `text` and nothing else: Qt would guess rich text from a `<`."""
    if "<" not in text:
        return text
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<p style='white-space:pre-wrap'>{escaped}</p>"


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property the style sheet looks at, and let it look again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()
