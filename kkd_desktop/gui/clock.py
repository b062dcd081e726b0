"""What time is it for the caseworker? The wall clock, on the day the caseload is seen on."""

from datetime import date, datetime


def local_now(today: date) -> datetime:
    """The minute of this computer's clock on `today`, which may be another day than its own."""
    moment = datetime.now().time().replace(second=0, microsecond=0)  # noqa: DTZ005
    return datetime.combine(today, moment)
