"""What does a conflict between calendar and program read like?"""

from kkd_desktop.domain import texts
from kkd_desktop.domain.language import said
from kkd_desktop.domain.server_calendar import Conflict, Shown


def title(conflict: Conflict) -> str:
    """`Termin A. B.`, as we would write it, else as it stands there."""
    for shown in (conflict.here, conflict.there):
        if shown is not None and shown.title:
            return shown.title
    return said("Termin")


def there(conflict: Conflict) -> str:
    """What the calendar on the server shows."""
    if conflict.there is not None:
        return moment(conflict.there, conflict.here)
    return said("gelöscht") if conflict.readable else said("geändert, hier nicht lesbar")


def here(conflict: Conflict) -> str:
    """What we would write."""
    if conflict.here is not None:
        return moment(conflict.here, conflict.there)
    return said("abgesagt oder gelöscht")


def moment(shown: Shown, other: Shown | None = None) -> str:
    """When it is; title and place only where they are not those of the other side."""
    same_day = shown.start.date() == shown.end.date()
    until = texts.clock(shown.end) if same_day else texts.moment(shown.end)
    parts = [f"{texts.weekday_day(shown.start.date())}, {texts.clock(shown.start)}–{until}"]
    if other is not None and shown.title != other.title:
        parts.append(f"„{shown.title}“")
    if other is not None and shown.place != other.place:
        parts.append(shown.place or said("ohne Ort"))
    return " · ".join(parts)
