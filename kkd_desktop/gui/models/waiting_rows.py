"""What is said of someone who waits for an appointment, where there is little room?"""

from datetime import date

from PySide6.QtCore import QCoreApplication

from kkd_desktop.domain import texts
from kkd_desktop.domain.outcome import Obligation
from kkd_desktop.domain.proposals import Proposal
from kkd_desktop.domain.values import replace
from kkd_desktop.domain.worklist import Entry
from kkd_desktop.gui.models.worklist import WorklistRow
from kkd_desktop.gui.models.worklist_rows import state_text, worklist_row


def waiting_row(entry: Entry, today: date, best: Proposal | None) -> WorklistRow:
    """The row of the worklist, its due day short enough for a narrow column."""
    row = worklist_row(entry, today, best)
    return replace(row, state=due_text(entry.outcome.deciding, today))


def due_text(found: Obligation, today: date) -> str:
    """`seit 9 Tagen`, `heute`, `bis Do 26.11.`; of a share `Ziel Do 26.11.`"""
    latest, target = found.latest, found.target
    if latest is None and target is not None:
        return _tr("Ziel {day}").format(day=texts.short_day(target))
    if latest is None:
        return state_text(found, today)
    if latest < today:
        days = texts.counted((today - latest).days, "Tag", "Tagen")
        return _tr("seit {days}").format(days=days)
    if latest == today:
        return _tr("heute")
    return _tr("bis {day}").format(day=texts.short_day(latest))


def _tr(text: str) -> str:
    return QCoreApplication.translate("waiting_rows", text)
