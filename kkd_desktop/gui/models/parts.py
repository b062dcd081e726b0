"""Which parts does the program stand on?"""

from collections.abc import Sequence

from kkd_desktop.actions.parts import Part, version_text
from kkd_desktop.gui.models.columns import Column, ColumnModel


class PartModel(ColumnModel[Part]):
    def columns(self) -> Sequence[Column[Part]]:
        return (
            Column(self.tr("Teil"), lambda row: row.name, hint=lambda row: row.home),
            Column(self.tr("Version"), version_text, hint=version_text),
            Column(self.tr("Lizenz"), lambda row: row.licence, hint=lambda row: row.licence),
        )
