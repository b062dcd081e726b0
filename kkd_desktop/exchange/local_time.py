"""What do the clocks in Germany show, and does a time of theirs exist exactly once?"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said

BERLIN = ZoneInfo("Europe/Berlin")


def civil_time(moment: datetime) -> datetime:
    """A naive moment in UTC as naive civil time Europe/Berlin (reading R35)."""
    return moment.replace(tzinfo=UTC).astimezone(BERLIN).replace(tzinfo=None)


def require_unambiguous(start: datetime) -> None:
    """Refuse a local time of the two nights of the year in which the clocks change.

    Calendar programs disagree about such times: one shows an hour early, another an hour late.
    """
    if start.tzinfo is not None:
        raise ValueError("appointments are naive local times")
    if not _exists(start):
        raise UserError(
            said(
                "Die Uhrzeit {moment} gibt es nicht: In dieser Nacht wird die Uhr von 2 auf 3 "
                "Uhr vorgestellt. Bitte eine andere Zeit wählen."
            ).format(moment=texts.moment(start))
        )
    if _utc(start, fold=0) != _utc(start, fold=1):
        raise UserError(
            said(
                "Die Uhrzeit {moment} gibt es zweimal: In dieser Nacht wird die Uhr von 3 auf "
                "2 Uhr zurückgestellt. Bitte eine andere Zeit wählen."
            ).format(moment=texts.moment(start))
        )


def _exists(start: datetime) -> bool:
    there_and_back = _utc(start, fold=0).astimezone(BERLIN).replace(tzinfo=None)
    return there_and_back == start.replace(fold=0)


def _utc(start: datetime, fold: int) -> datetime:
    return start.replace(tzinfo=BERLIN, fold=fold).astimezone(UTC)
