"""What does an exported calendar entry show of a talk, and when does it remind?"""

from enum import StrEnum

from kkd_desktop.domain.privacy import Privacy
from kkd_desktop.domain.values import Value


class Preparation(StrEnum):
    """How the minutes of an appointment that are the caseworker's own get into the calendar."""

    WHOLE = "whole"
    """One entry over all minutes."""
    APART = "apart"
    """The talk, and a second entry "Vor- und Nachbereitung" right after it."""
    NONE = "none"
    """The talk only; calendars show the minutes after it as free."""


class CalendarForm(Value, frozen=True):
    privacy: Privacy = Privacy.INITIALS
    reminder: int | None = None
    """Minutes before the start; None reminds of nothing."""
    preparation: Preparation = Preparation.WHOLE

    def follows_apart(self, preparation: int) -> bool:
        """Whether minutes of preparation are an entry of their own."""
        return self.preparation is Preparation.APART and preparation > 0
