"""When does a calendar remind, and what becomes of the minutes after a talk? Asked alike."""

from PySide6.QtCore import QCoreApplication

from kkd_desktop.domain import texts
from kkd_desktop.domain.calendar_form import Preparation
from kkd_desktop.gui.widgets.calm import Choice

_NEVER = "never"
_USUAL = (5, 10, 15, 30, 60, 24 * 60)
_HOUR, _DAY = 60, 24 * 60


class ReminderChoice(Choice):
    """None, or so many minutes before."""

    def show_minutes(self, minutes: int | None) -> None:
        """Show what is set, also where it is none of the usual spans, and tell nobody."""
        spans = sorted({*_USUAL, *(() if minutes is None else (minutes,))})
        choices = [(_NEVER, _tr("keine")), *((str(each), _before(each)) for each in spans)]
        self.show_choices(choices, _NEVER if minutes is None else str(minutes))

    def minutes(self) -> int | None:
        value = self.value()
        return None if value in (None, _NEVER) else int(str(value))


class PreparationChoice(Choice):
    """What a calendar shows of the minutes that are the caseworker's own."""

    def show_preparation(self, preparation: Preparation) -> None:
        choices = (
            (Preparation.WHOLE, _tr("im Eintrag des Termins enthalten")),
            (Preparation.APART, _tr("als eigener Eintrag danach")),
            (Preparation.NONE, _tr("nicht im Kalender")),
        )
        self.show_choices([(each.value, text) for each, text in choices], preparation.value)

    def preparation(self) -> Preparation:
        return Preparation(str(self.value()))


def _before(minutes: int) -> str:
    if minutes == 0:
        return _tr("zum Beginn")
    if minutes % _DAY == 0:
        span = texts.counted(minutes // _DAY, "Tag", "Tage")
    elif minutes % _HOUR == 0:
        span = texts.counted(minutes // _HOUR, "Stunde", "Stunden")
    else:
        span = texts.counted(minutes, "Minute", "Minuten")
    return _tr("{span} vorher").format(span=span)


def _tr(text: str) -> str:
    return QCoreApplication.translate("calendar_choices", text)
