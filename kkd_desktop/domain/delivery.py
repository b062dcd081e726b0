"""On which day does a letter count as received? (§ 37 II, IIa SGB X; reading R29)"""

from collections.abc import Iterable
from datetime import date, timedelta

from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import DELIVERY_TEXTS, Delivery
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.values import Value


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
        f"Für Briefe vom {texts.day(sent)} ({DELIVERY_TEXTS[way]}) ist keine Regel zur "
        "Bekanntgabe hinterlegt."
    )
