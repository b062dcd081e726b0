"""How full is the week, and what do the cards mean? The line below the calendar."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from kkd_desktop.domain import texts
from kkd_desktop.domain.caseload import Capacity
from kkd_desktop.domain.language import said_of_number
from kkd_desktop.domain.week import Load
from kkd_desktop.gui import theme
from kkd_desktop.gui.painting import fill
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.capacity import CapacityBar
from kkd_desktop.gui.widgets.card import Card
from kkd_desktop.gui.widgets.labels import ElidedLabel, PlainLabel
from kkd_desktop.gui.widgets.week_painting import WeekInk


class LoadCard(Card):
    """Talks of the weeks shown against what the concept asks of them; follows what is carried."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.title = PlainLabel(weight=QFont.Weight.DemiBold)
        self.bar = CapacityBar()
        self.bar.setMinimumWidth(60)
        self.number = PlainLabel(weight=QFont.Weight.DemiBold)
        self.text = ElidedLabel(muted=True)
        self.body.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.MEDIUM)
        row = QHBoxLayout()
        row.setSpacing(theme.TINY)
        row.addWidget(self.title)
        row.addSpacing(theme.SMALL)
        row.addWidget(self.bar, 1)
        self._gap = QWidget()
        row.addWidget(self._gap, 1)
        row.addSpacing(theme.SMALL)
        row.addWidget(self.number)
        row.addWidget(self.text)
        self.body.addLayout(row)

    def show_load(self, title: str, load: Load, norm: Capacity | None, weeks: int = 1) -> None:
        """`norm` is that of these weeks together; without one the talks are only counted."""
        self.title.setText(title)
        has_bar = norm is not None and norm.part > 0
        self.bar.setVisible(has_bar)
        self._gap.setVisible(not has_bar)
        hours = texts.decimal(float(load.hours))
        if norm is None or not norm.part:
            self.number.setText(str(load.talks))
            word = said_of_number("Termin" if load.talks == 1 else "Termine")
            said = (
                self.tr("{word} · {hours} Stunden, ohne Vorgabe des Konzepts")
                if norm is None
                else self.tr("{word} · {hours} Stunden, ohne Vorgabe: keine Sprechzeit")
            )
            self.text.setText(said.format(word=word, hours=hours))
            return
        asked = float(norm.contact_hours)
        # Days off and weeks that take turns ask for more or less than so many usual weeks.
        by_part = "" if norm.part == weeks else self.tr(" (anteilig)")
        of_hours = self.tr("{hours} von {asked} Stunden").format(
            hours=hours, asked=texts.decimal(asked)
        )
        if norm.min_contacts is None:
            self._fill(load.held_minutes / 60, float(load.hours), asked)
            self.number.setText(hours)
            self.text.setText(
                self.tr("von {asked} Stunden{by_part} · {talks}").format(
                    asked=texts.decimal(asked),
                    by_part=by_part,
                    talks=texts.counted(load.talks, "Termin", "Termine"),
                )
            )
            return
        number = norm.min_contacts
        self._fill(load.held, load.talks, number)
        self.number.setText(str(load.talks))
        self.text.setText(
            self.tr("von {number} Terminen{by_part} · {hours}").format(
                number=number, by_part=by_part, hours=of_hours
            )
        )

    def _fill(self, over: float, whole: float, asked: float) -> None:
        # The norm is a least, so more than it is a full bar and nothing to warn of.
        self.bar.show_capacity(over, whole - over, max(asked, whole))


class Legend(QWidget):
    """The looks of the cards with their words; the last ones give way where room is short."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._font = theme.font(theme.SMALL_SIZE)
        self._looks: tuple[tuple[str, Tone, bool], ...] = (
            (self.tr("vereinbart"), Tone.ACCENT, False),
            (self.tr("eingeladen"), Tone.ACCENT, True),
            (self.tr("erschienen"), Tone.OK, True),
            (self.tr("nicht erschienen"), Tone.SOON, True),
        )
        self._has_proposals = False
        self.show_proposals(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_proposals(self, shown: bool) -> None:
        """Whether talks of a plan stand in the calendar."""
        self._has_proposals = shown
        words = [self.tr("vorgeschlagen")] if shown else []
        words += [*(look[0] for look in self._looks), self.tr("anderswo belegt")]
        self.setAccessibleName(self.tr("Legende: {words}").format(words=", ".join(words)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        ink, metrics = WeekInk(), QFontMetrics(self._font)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        left = 0.0
        if self._has_proposals:
            left = self._paint_proposed(painter, ink, metrics)
        for word, tone, filled in (*self._looks, (self.tr("anderswo belegt"), None, True)):
            width = 22 + metrics.horizontalAdvance(word)
            if left + width > self.width():
                return
            swatch = QRectF(left + 0.5, self.height() / 2 - 5.5, 15, 11)
            self._paint_swatch(painter, swatch, tone, filled, ink)
            painter.setPen(QColor(ink.colours.muted))
            area = QRectF(left + 22, 0, width, self.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, word)
            left += width + theme.LARGE

    def _paint_proposed(self, painter: QPainter, ink: WeekInk, metrics: QFontMetrics) -> float:
        """The look of a proposed talk; returns where the next one begins."""
        swatch = QRectF(0.5, self.height() / 2 - 5.5, 15, 11)
        painter.setPen(QPen(QColor(ink.colours.accent), 1.2, Qt.PenStyle.DashLine))
        painter.setBrush(QColor(ink.colours.surface))
        painter.drawRoundedRect(swatch, 3, 3)
        painter.setPen(QColor(ink.colours.muted))
        word = self.tr("vorgeschlagen")
        width = 22 + metrics.horizontalAdvance(word)
        painter.drawText(QRectF(22, 0, width, self.height()), Qt.AlignmentFlag.AlignVCenter, word)
        return width + theme.LARGE

    def _paint_swatch(
        self, painter: QPainter, area: QRectF, tone: Tone | None, filled: bool, ink: WeekInk
    ) -> None:
        colours = ink.colours
        if tone is None:
            painter.setPen(QPen(QColor(colours.border), 1))
            painter.setBrush(ink.hatch(strong=True))
            painter.drawRoundedRect(area, 3, 3)
            return
        painter.setPen(QPen(colours.ink(tone), 1))
        painter.setBrush(colours.tint(tone) if filled else QColor(colours.surface))
        painter.drawRoundedRect(area, 3, 3)
        if filled:
            fill(painter, QRectF(area.left(), area.top() + 1, 3, 9), colours.ink(tone))
