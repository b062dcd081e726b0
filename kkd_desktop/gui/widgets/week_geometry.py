"""Where does a minute of a day stand in the calendar, and what lies under the mouse?"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QPointF, QRectF

from kkd_desktop.domain.week import DayPlan, block_minutes, minute_of

GUTTER = 52
HEADER = 46
LEAST_HOUR, MOST_HOUR = 44.0, 132.0
_PAD = 4
_EDGE = 7
_EARLIEST, _LATEST = 8, 16
DAY_MINUTES = 24 * 60


class WeekGeometry:
    """Days side by side, hours downwards. Places are those of the whole calendar, header above it
    not counted; the view shifts them by its scroll bar.
    """

    def __init__(self, plans: Sequence[DayPlan], width: float, room: float) -> None:
        """`room` is the height for the hours; they take more where it is too little."""
        self.plans = tuple(plans)
        self.width = width
        first, last = _hours_of(self.plans)
        self.since, self.until = first * 60, last * 60
        self.hour = min(max(room / (last - first), LEAST_HOUR), MOST_HOUR)
        self.height = self.hour * (last - first)
        self._columns = _columns(len(self.plans), width)

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(plan.day for plan in self.plans)

    @property
    def hours(self) -> range:
        """The full hours that lines are drawn at, the last one excluded."""
        return range(self.since // 60, self.until // 60)

    def column(self, place: int) -> tuple[float, float]:
        """Left edge and width of a day."""
        return self._columns[place]

    def place_of(self, day: date) -> int | None:
        return self.days.index(day) if day in self.days else None

    def y(self, minute: float) -> float:
        return (minute - self.since) / 60 * self.hour

    def minute_at(self, y: float) -> int:
        """The minute at a height, within the hours shown."""
        return round(min(max(self.since + y / self.hour * 60, self.since), self.until))

    def place_at(self, x: float) -> int | None:
        """The day under `x`; None left of the days."""
        for place, (left, width) in enumerate(self._columns):
            if left <= x < left + width:
                return place
        return None

    def nearest_place(self, x: float) -> int:
        return min(
            range(len(self._columns)),
            key=lambda place: abs(self._columns[place][0] + self._columns[place][1] / 2 - x),
        )

    def stretch(self, place: int, since: float, until: float) -> QRectF:
        """The full width of a day between two minutes."""
        left, width = self._columns[place]
        return QRectF(left, self.y(since), width, self.y(until) - self.y(since))

    def card(self, place: int, since: int, minutes: int, lane: int = 0, lanes: int = 1) -> QRectF:
        """Where a card stands: with air at both sides and a hairline of it below."""
        left, width = self._columns[place]
        inner = width - 2 * _PAD - 1
        part = inner / lanes
        top = round(self.y(since)) + 1
        bottom = round(self.y(since + minutes)) - 1
        return QRectF(left + _PAD + part * lane, top, part - (2 if lanes > 1 else 0), bottom - top)

    def is_lower_edge(self, area: QRectF, point: QPointF) -> bool:
        """Whether the mouse is where a card is made longer."""
        reach = min(_EDGE, area.height() / 3)
        inside = area.left() <= point.x() <= area.right()
        return inside and area.bottom() - reach <= point.y() <= area.bottom() + 2


def _columns(number: int, width: float) -> list[tuple[float, float]]:
    """Whole pixels, so that hairlines stay thin."""
    room = width - GUTTER
    edges = [GUTTER + round(room * place / number) for place in range(number + 1)]
    return [(edges[n], edges[n + 1] - edges[n]) for n in range(number)]


def _hours_of(plans: Iterable[DayPlan]) -> tuple[int, int]:
    """First and last hour to show: the usual day, the hours, and whatever lies outside them."""
    first, last = _EARLIEST * 60, _LATEST * 60
    for plan in plans:
        for since, until in (*block_minutes(plan), *(_minutes_of(plan))):
            first, last = min(first, since), max(last, until)
    return first // 60, min(-(-last // 60), 24)


def _minutes_of(plan: DayPlan) -> Iterable[tuple[int, int]]:
    for talk in plan.talks:
        yield minute_of(talk.start), minute_of(talk.start) + talk.minutes


def clipped(start: datetime, end: datetime, day: date) -> tuple[int, int]:
    """The minutes of a stretch that lie on a day; a busy time may last for days."""
    midnight = datetime.combine(day, time())
    since = max(start, midnight) - midnight
    until = min(end, midnight + timedelta(days=1)) - midnight
    minute = timedelta(minutes=1)
    return since // minute, until // minute
