"""On which day does a letter count as received? (§ 37 II, IIa SGB X; reading R29)"""

from collections.abc import Iterable
from datetime import date, timedelta

from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import DELIVERY_TEXTS, Delivery
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said
from kkd_desktop.domain.values import Value
from kkd_desktop.domain.workdays import WorkCalendar


class DeliveryFiction(Value, frozen=True):
    """The law for letters sent from `since` to `until`, both days included; None is open."""

    days: int
    place: str
    quote: str
    source: str
    since: date | None = None
    until: date | None = None
    way: Delivery = Delivery.POST

    def covers(self, sent: date, way: Delivery) -> bool:
        return (
            self.way is way
            and (self.since is None or self.since <= sent)
            and (self.until is None or sent <= self.until)
        )


class PostTime(Value, frozen=True):
    """When a letter counts as received, and from which day on a talk leaves time for it."""

    deemed: date
    enough_from: date


def deemed_on(
    sent: date, fictions: Iterable[DeliveryFiction], way: Delivery = Delivery.POST
) -> date:
    """The day of receipt by law; what was handed over is received at once. It stays where it is on
    a weekend or holiday.
    """
    if way is Delivery.HANDED_OVER:
        return sent
    for fiction in fictions:
        if fiction.covers(sent, way):
            return sent + timedelta(days=fiction.days)
    raise UserError(
        said(
            "Für Briefe vom {day} ({delivery_texts}) ist keine Regel zur Bekanntgabe hinterlegt."
        ).format(day=texts.day(sent), delivery_texts=DELIVERY_TEXTS[way])
    )


def post_time(
    sent: date,
    fictions: Iterable[DeliveryFiction],
    calendar: WorkCalendar,
    margin: int,
    way: Delivery = Delivery.POST,
) -> PostTime:
    """`margin` are the working days that the office leaves after the receipt."""
    deemed = deemed_on(sent, fictions, way)
    return PostTime(deemed, calendar.nth_workday_after(deemed, margin))
