"""How do the ground of the calendar, its head and its cards look?

Everything is drawn as plain text. Ground and cards are painted into pictures that the view keeps.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
)

from kkd_desktop.domain import texts
from kkd_desktop.domain.busy_time import BUSY_TEXTS, BusyState, BusyTime
from kkd_desktop.domain.language import said
from kkd_desktop.domain.values import replace
from kkd_desktop.domain.week import DayPlan, block_minutes, minute_of
from kkd_desktop.gui import theme
from kkd_desktop.gui.models.week_cards import WeekCard, families, span_text
from kkd_desktop.gui.painting import fill
from kkd_desktop.gui.theme import Palette, Tone
from kkd_desktop.gui.widgets.week_geometry import DAY_MINUTES, GUTTER, HEADER, WeekGeometry, clipped

RADIUS = 5.0
TICK = 13.0
_BAR, _INSET = 3, 8
_LINE = 15
_TWO_LINES, _THREE_LINES = 34, 51
_WIDE = 300
_SLIM = 104
_FOOT = 5
"""Below the last of three lines, so that no letter touches the edge."""
_NOW_AHEAD = 7
_LABEL = 18
_ELIDE = Qt.TextElideMode.ElideRight
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class WeekInk:
    """Fonts and colours for one painting of the calendar, looked up once."""

    def __init__(self) -> None:
        self.colours: Palette = theme.current()
        self.text = theme.font()
        self.small = theme.font(theme.SMALL_SIZE)
        self.name = theme.font(weight=QFont.Weight.Medium)
        self.small_name = theme.font(theme.SMALL_SIZE, QFont.Weight.Medium)
        self.bold = theme.font(weight=QFont.Weight.DemiBold)
        self.small_bold = theme.font(theme.SMALL_SIZE, QFont.Weight.DemiBold)
        self.name_metrics = QFontMetrics(self.name)
        self.small_name_metrics = QFontMetrics(self.small_name)
        self.small_metrics = QFontMetrics(self.small)
        self.bold_metrics = QFontMetrics(self.bold)

    def hatch(self, strong: bool) -> QBrush:
        """Slanted hairlines for time that others have taken."""
        tile = QPixmap(8, 8)
        tile.fill(Qt.GlobalColor.transparent)
        painter = QPainter(tile)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = QColor(self.colours.border)
        ink.setAlphaF(0.95 if strong else 0.6)
        painter.setPen(QPen(ink, 1))
        for shift in (-8, 0, 8):
            painter.drawLine(QPointF(shift, 8), QPointF(shift + 8, 0))
        painter.end()
        return QBrush(tile)

    def fitting(self, parts: Sequence[str], width: float) -> str:
        """As many parts as fit in the small font, at least the first, cut where need be."""
        kept = [part for part in parts if part]
        while len(kept) > 1 and self.small_metrics.horizontalAdvance(" · ".join(kept)) > width:
            kept.pop()
        return self.small_metrics.elidedText(" · ".join(kept), _ELIDE, int(width))


def paint_ground(painter: QPainter, geometry: WeekGeometry, ink: WeekInk) -> None:
    """Hours as lighter ground, lines, what is closed, and what others have taken."""
    colours = ink.colours
    fill(painter, QRectF(0, 0, geometry.width, geometry.height), colours.bg)
    for place, plan in enumerate(geometry.plans):
        for since, until in block_minutes(plan):
            fill(painter, geometry.stretch(place, since, until), colours.surface)
    _paint_lines(painter, geometry, ink)
    for place, plan in enumerate(geometry.plans):
        left, _ = geometry.column(place)
        fill(painter, QRectF(left, 0, 1, geometry.height), colours.line)
        _paint_free(painter, geometry, place, plan, ink)
        for busy in plan.busy:
            _paint_busy(painter, geometry, place, busy, ink)
        if plan.closed and not plan.is_weekend:
            _paint_closed(painter, geometry, place, plan, ink)


def paint_cards(
    painter: QPainter, geometry: WeekGeometry, cards: Iterable[WeekCard], ink: WeekInk
) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for card in cards:
        place = geometry.place_of(card.day)
        if place is not None:
            area = geometry.card(place, card.since, card.minutes, card.lane, card.lanes)
            paint_card(painter, area, card, ink, geometry.hour * card.preparation / 60)


def paint_card(
    painter: QPainter, area: QRectF, card: WeekCard, ink: WeekInk, tail: float = 0
) -> None:
    """One talk. `tail` is the height of the minutes that are the caseworker's own."""
    colour = ink.colours.ink(card.tone)
    back = ink.colours.tint(card.tone) if card.is_filled else QColor(ink.colours.surface)
    edge = QColor(colour)
    edge.setAlphaF(0.35 if card.is_filled else 0.75)
    box = area.adjusted(0.5, 0.5, -0.5, -0.5)
    _paint_box(painter, box, back, back if card.ticked is not None else edge)
    if card.is_filled:
        # Clips are rectangles throughout: with a rounded one a card would take five times as long.
        painter.setClipRect(QRectF(area.left(), area.top(), _BAR, area.height()))
        _paint_box(painter, box, colour, colour)
        painter.setClipping(False)
    if tail:
        own = QRectF(area.left() + _BAR, area.bottom() - tail, area.width(), tail)
        painter.setClipRect(own)
        _paint_box(painter, box, _mixed(back, QColor(ink.colours.bg), 0.6), edge)
        painter.setClipping(False)
        edge.setAlphaF(0.3)
        line = round(area.bottom() - tail)
        fill(painter, QRectF(area.left() + _BAR, line, area.width() - _BAR - 1, 1), edge)
        _paint_tail_words(painter, area, tail, ink)
    inner = area.adjusted(_INSET, 0, -4, -tail)
    if area.width() < _SLIM:
        # Every letter of a name counts.
        inner.adjust(-1, 0, 3, 0)
    if card.ticked is not None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        paint_tick(painter, tick_area(area), card.ticked, ink)
        if _is_slim(area):
            state = said("neu") if card.ticked else said("nicht")
            card = replace(card, state=state, details=())
        else:
            # Below the check box the words have all of the card.
            _paint_words(painter, inner, card, ink, inner.right() - tick_area(area).left() + 4)
            return
    _paint_words(painter, inner, card, ink)


def tick_area(area: QRectF) -> QRectF:
    """Where a proposed card has its check box."""
    top = area.top() + 5 if area.height() >= _TWO_LINES else area.center().y() - TICK / 2
    if _is_slim(area):
        # The name needs the whole of the first line.
        top = area.bottom() - TICK - 5
    return QRectF(area.right() - TICK - 5, round(top) + 0.5, TICK, TICK)


def _is_slim(area: QRectF) -> bool:
    return area.width() < _SLIM and area.height() >= _TWO_LINES


def paint_tick(painter: QPainter, area: QRectF, ticked: bool, ink: WeekInk) -> None:
    """The check box of what is proposed."""
    colours = ink.colours
    painter.setPen(QPen(QColor(colours.accent if ticked else colours.muted), 1))
    painter.setBrush(QColor(colours.accent if ticked else colours.surface))
    painter.drawRoundedRect(area, 3, 3)
    if ticked:
        path = QPainterPath()
        for place, (x, y) in enumerate(((0.22, 0.52), (0.42, 0.72), (0.78, 0.3))):
            point = QPointF(area.left() + area.width() * x, area.top() + area.height() * y)
            path.lineTo(point) if place else path.moveTo(point)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours.on_accent), 1.6))
        painter.drawPath(path)


def _paint_box(painter: QPainter, box: QRectF, back: QColor, edge: QColor) -> None:
    """A box with a hairline around it: one full shape upon another, for stroking the outline takes
    five times as long.
    """
    painter.setPen(Qt.PenStyle.NoPen)
    for grown, colour in ((0.5, _over(edge, back)), (-0.5, back)):
        painter.setBrush(colour)
        area = box.adjusted(-grown, -grown, grown, grown)
        painter.drawRoundedRect(area, RADIUS + grown, RADIUS + grown)


def paint_header(
    painter: QPainter, geometry: WeekGeometry, counts: Sequence[str], today: date, ink: WeekInk
) -> None:
    """The days above their columns; today is marked, and a closed day on which people come."""
    colours = ink.colours
    fill(painter, QRectF(0, 0, geometry.width, HEADER), colours.surface)
    for place, plan in enumerate(geometry.plans):
        left, width = geometry.column(place)
        is_today = plan.day == today
        fill(painter, QRectF(left, 0, 1, HEADER), colours.line)
        inner = QRectF(left + 10, 0, header_room(geometry, place), HEADER)
        day = texts.short_day(plan.day)
        painter.setFont(ink.bold)
        painter.setPen(QColor(colours.accent if is_today else colours.text))
        painter.drawText(inner.adjusted(0, 6, 0, -HEADER / 2 + 3), _LEFT, day)
        gone = ink.bold_metrics.horizontalAdvance(day) + 6
        mark = said("heute")
        if is_today and gone + ink.small_metrics.horizontalAdvance(mark) <= inner.width():
            painter.setFont(ink.small)
            painter.drawText(inner.adjusted(gone, 6, 0, -HEADER / 2 + 3), _LEFT, mark)
        painter.setFont(ink.small)
        clashes = plan.closed and plan.day >= today and any(talk.is_open for talk in plan.talks)
        painter.setPen(QColor(colours.soon if clashes else colours.muted))
        words = ink.fitting([part for part in counts[place].split(" · ") if part], inner.width())
        painter.drawText(inner.adjusted(0, HEADER / 2 - 2, 0, -4), _LEFT, words)
        if is_today:
            fill(painter, QRectF(left + 1, HEADER - 2, width - 1, 2), colours.accent)
    fill(painter, QRectF(0, HEADER - 1, geometry.width, 1), colours.line)


def header_room(geometry: WeekGeometry, place: int) -> float:
    """How wide the words above a column may be."""
    return geometry.column(place)[1] - 14


def paint_now(painter: QPainter, geometry: WeekGeometry, minute: int, place: int) -> None:
    """A line across today at the time it is, with a dot in front; thin over the words of a card."""
    if not geometry.since <= minute <= geometry.until:
        return
    left, width = geometry.column(place)
    y = round(geometry.y(minute)) + 0.5
    painter.setPen(Qt.PenStyle.NoPen)
    ink = QColor(theme.current().accent)
    painter.setBrush(ink)
    talks = geometry.plans[place].talks
    covered = any(0 <= minute - minute_of(talk.start) < talk.minutes for talk in talks)
    if covered:
        painter.drawRect(QRectF(left, y - 1, _NOW_AHEAD, 2))
        faint = QColor(ink)
        faint.setAlphaF(0.4)
        fill(painter, QRectF(left + _NOW_AHEAD, y - 0.5, width - _NOW_AHEAD, 1), faint)
    else:
        painter.drawRect(QRectF(left, y - 1, width, 2))
    painter.drawEllipse(QPointF(left + 0.5, y), 4, 4)


def _paint_lines(painter: QPainter, geometry: WeekGeometry, ink: WeekInk) -> None:
    colours = ink.colours
    faint = QColor(colours.line)
    faint.setAlphaF(0.4)
    painter.setFont(ink.small)
    for hour in geometry.hours:
        y = round(geometry.y(hour * 60))
        if y:
            fill(painter, QRectF(GUTTER, y, geometry.width, 1), colours.line)
        half = round(geometry.y(hour * 60 + 30))
        fill(painter, QRectF(GUTTER, half, geometry.width, 1), faint)
        painter.setPen(QColor(colours.muted))
        label = QRectF(0, y + 2, GUTTER - 8, 16)
        painter.drawText(label, Qt.AlignmentFlag.AlignRight, f"{hour}:00")


def _paint_free(
    painter: QPainter, geometry: WeekGeometry, place: int, plan: DayPlan, ink: WeekInk
) -> None:
    """A short tick where a talk may begin."""
    left, _ = geometry.column(place)
    for start in plan.free:
        y = round(geometry.y(minute_of(start)))
        fill(painter, QRectF(left + 1, y, 6, 1), ink.colours.muted)


def _paint_busy(
    painter: QPainter, geometry: WeekGeometry, place: int, busy: BusyTime, ink: WeekInk
) -> None:
    since, until = clipped(busy.start, busy.end, geometry.plans[place].day)
    since, until = max(since, geometry.since), min(until, geometry.until)
    if since >= until:
        return
    whole_day = clipped(busy.start, busy.end, geometry.plans[place].day) == (0, DAY_MINUTES)
    left, width = geometry.column(place)
    area = geometry.stretch(place, since, until).adjusted(4, 1, -5, -1)
    if whole_day:
        area = QRectF(left + 1, 0, width - 1, geometry.height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = QPainterPath()
    shape.addRoundedRect(area, RADIUS, RADIUS)
    firm = busy.state is not BusyState.TENTATIVE
    if firm:
        painter.fillPath(shape, QColor(ink.colours.chip))
    painter.fillPath(shape, ink.hatch(firm))
    for begin, end in _uncovered(geometry.plans[place], since, until):
        label = QRectF(area.left(), geometry.y(begin) + 1, area.width(), 0)
        label.setBottom(geometry.y(end) - 1)
        if label.height() >= _LABEL:
            _paint_label(painter, label, busy.title or BUSY_TEXTS[busy.state], ink)
            break
    painter.restore()


def _uncovered(plan: DayPlan, since: int, until: int) -> Iterator[tuple[int, int]]:
    """The parts of a stretch that no talk hides."""
    for talk in plan.talks:
        begin = minute_of(talk.start)
        if since < begin < until:
            yield since, begin
        if begin < until:
            since = max(since, begin + talk.minutes)
    if since < until:
        yield since, until


def _paint_label(painter: QPainter, area: QRectF, word: str, ink: WeekInk) -> None:
    """A word on hatched ground: on a plain patch, so that it can be read."""
    cut = ink.small_metrics.elidedText(word, _ELIDE, int(area.width()) - 16)
    patch = QRectF(
        area.left() + 4, area.top() + 2, ink.small_metrics.horizontalAdvance(cut) + 8, 16
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ink.colours.chip))
    painter.drawRoundedRect(patch, 4, 4)
    painter.setFont(ink.small)
    painter.setPen(QColor(ink.colours.muted))
    painter.drawText(patch.adjusted(4, 0, 0, 0), _LEFT, cut)


def _paint_closed(
    painter: QPainter, geometry: WeekGeometry, place: int, plan: DayPlan, ink: WeekInk
) -> None:
    """A day on which nobody is met, and why."""
    left, width = geometry.column(place)
    area = QRectF(left + 1, 0, width - 1, geometry.height)
    fill(painter, area, ink.colours.chip)
    if plan.talks:
        # Talks would cover the reason; then it stands above them, beside their number.
        return
    inner = area.adjusted(10, 12, -8, -12)
    painter.setPen(QColor(ink.colours.text))
    painter.setFont(ink.bold)
    flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
    used = painter.boundingRect(inner, flags, plan.closed)
    painter.drawText(inner, flags, plan.closed)
    kind = said("Feiertag" if plan.holiday else "Abwesenheit" if plan.is_absence else "Schließtag")
    if kind != plan.closed:
        painter.setFont(ink.small)
        painter.setPen(QColor(ink.colours.muted))
        painter.drawText(inner.adjusted(0, used.height() + 3, 0, 0), flags, kind)


def _paint_words(
    painter: QPainter, area: QRectF, card: WeekCard, ink: WeekInk, taken: float = 0
) -> None:
    """Names by the room there is; below them the state in words, then what else is known. Of the
    first line so much is `taken` at its end.
    """
    colours = ink.colours
    height, width = area.height(), area.width()
    time = span_text(card.talk.start, card.minutes)
    first = area.adjusted(0, 0, -taken, 0)
    name, font = name_within(card, first.width(), ink)
    painter.setFont(font)
    # What is over steps back behind what is still to come.
    painter.setPen(QColor(colours.text if card.talk.is_open else colours.muted))
    if height < _TWO_LINES or (width >= _WIDE and height < _TWO_LINES + 6):
        painter.drawText(first, _LEFT, name)
        gone = painter.fontMetrics().horizontalAdvance(name) + 8
        if first.width() - gone > 40:
            painter.setFont(ink.small)
            painter.setPen(QColor(colours.muted))
            rest = first.adjusted(gone, 0, 0, 0)
            parts = [time, card.state, *card.details] if width >= _WIDE else [card.state]
            words = ink.fitting(parts, rest.width())
            if not words.endswith("…"):
                painter.drawText(rest, _LEFT, words)
        return
    # In a low card the lines move together, so that none of them touches its edge.
    tight = height < _TWO_LINES + 5
    baseline = area.top() + (15 if tight else 16)
    step = _LINE - 1.5 if tight else _LINE
    for line in _name_lines(card, name, first, ink):
        painter.drawText(QPointF(area.left(), baseline), line)
        baseline += step
    painter.setFont(ink.small)
    painter.setPen(_state_ink(card, colours))
    three = baseline + step < area.bottom() - _FOOT
    parts = [card.state] if three else [card.state, *card.details]
    if width >= _WIDE:
        parts = [time, *parts]
    painter.drawText(QPointF(area.left(), baseline), ink.fitting(parts, width))
    if three and card.details:
        painter.setPen(QColor(colours.muted))
        words = ink.fitting(card.details, width)
        painter.drawText(QPointF(area.left(), baseline + step), words)


def _name_lines(card: WeekCard, name: str, area: QRectF, ink: WeekInk) -> list[str]:
    """Of a joint talk one name under the other, where they do not fit beside each other."""
    if "…" not in name or " + " not in card.short_name or area.height() < _THREE_LINES:
        return [name]
    first, rest = card.short_name.split(" + ", 1)
    width = int(area.width())
    lines = (f"{first} +", rest)
    return [ink.name_metrics.elidedText(line, _ELIDE, width) for line in lines]


def name_within(card: WeekCard, width: float, ink: WeekInk) -> tuple[str, QFont]:
    """The name by the room there is: before a family name is cut it is set smaller."""
    plain = ink.name if card.talk.is_open else ink.text
    for name in (card.name, card.short_name):
        if ink.name_metrics.horizontalAdvance(name) <= width:
            return name, plain
    if " + " in card.short_name:
        return ink.name_metrics.elidedText(card.short_name, _ELIDE, int(width)), plain
    family = families(card.talk.clients)
    if ink.name_metrics.horizontalAdvance(family) <= width:
        return family, plain
    small = ink.small_name if card.talk.is_open else ink.small
    return ink.small_name_metrics.elidedText(family, _ELIDE, int(width)), small


def _state_ink(card: WeekCard, colours: Palette) -> QColor:
    return QColor(colours.muted) if card.tone is Tone.NEUTRAL else colours.ink(card.tone)


def _paint_tail_words(painter: QPainter, area: QRectF, tail: float, ink: WeekInk) -> None:
    if tail < 14:
        return
    painter.setFont(ink.small)
    painter.setPen(QColor(ink.colours.muted))
    inner = QRectF(area.left() + _INSET, area.bottom() - tail, area.width() - _INSET - 4, tail)
    word = ink.small_metrics.elidedText(said("Vor- und Nachbereitung"), _ELIDE, int(inner.width()))
    if word.endswith("…"):
        word = ink.small_metrics.elidedText(said("Nachbereitung"), _ELIDE, int(inner.width()))
    painter.drawText(inner, _LEFT, word)


def _over(colour: QColor, ground: QColor) -> QColor:
    """How a colour that lets the ground shine through looks upon it."""
    solid = QColor(colour)
    solid.setAlphaF(1)
    return _mixed(solid, ground, colour.alphaF())


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    """`share` of the one, the rest of the other."""
    rest = 1 - share
    return QColor.fromRgbF(
        one.redF() * share + other.redF() * rest,
        one.greenF() * share + other.greenF() * rest,
        one.blueF() * share + other.blueF() * rest,
    )
