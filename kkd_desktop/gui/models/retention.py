"""Whose period is over, since when, and why?"""

from collections.abc import Sequence

from kkd_desktop.domain import texts
from kkd_desktop.domain.retention import Candidate
from kkd_desktop.gui.models.columns import Column, ColumnModel

NAME, KEPT_UNTIL, REASON = range(3)


class RetentionModel(ColumnModel[Candidate]):
    def columns(self) -> Sequence[Column[Candidate]]:
        return (
            Column(
                self.tr("Person"),
                lambda row: row.name,
                hint=lambda row: row.name,
                sought=lambda row: f"{row.name} {row.number}",
            ),
            Column(self.tr("Frist vorbei seit"), lambda row: row.kept_until, texts.day),
            Column(self.tr("Grund"), lambda row: row.reason, hint=lambda row: row.reason),
        )
