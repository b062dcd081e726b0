"""On which day does a posted letter count as received? (§ 37 II SGB X; reading R29)"""

from collections.abc import Iterable
from datetime import date, timedelta

from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.values import Value


class DeliveryFiction(Value, frozen=True):
    """The law for letters posted from `since` to `until`, both days included; None is open."""

    days: int
    place: str
    quote: str
    source: str
    since: date | None = None
    until: date | None = None

    def covers(self, posted: date) -> bool:
        return (self.since is None or self.since <= posted) and (
            self.until is None or posted <= self.until
        )


def deemed_on(posted: date, fictions: Iterable[DeliveryFiction]) -> date:
    """The day of receipt by law. It stays where it is on a weekend or holiday."""
    for fiction in fictions:
        if fiction.covers(posted):
            return posted + timedelta(days=fiction.days)
    raise UserError(
        f"Für Briefe vom {texts.day(posted)} ist keine Regel zur Bekanntgabe hinterlegt."
    )
