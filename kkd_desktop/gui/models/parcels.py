"""Who may be handed over, and who comes in a parcel?"""

from collections.abc import Sequence

from kkd_desktop.domain.client import Client
from kkd_desktop.domain.parcel import FATE_TEXTS, Arrival, Fate
from kkd_desktop.gui.models.columns import Column, ColumnModel
from kkd_desktop.gui.theme import Tone


class PeopleModel(ColumnModel[Client]):
    def columns(self) -> Sequence[Column[Client]]:
        return (
            Column(self.tr("Person"), lambda row: row.name, hint=lambda row: row.name),
            Column(self.tr("Kundennummer"), lambda row: row.number),
            Column(self.tr("Kürzel"), lambda row: row.code),
            Column(self.tr("BG"), lambda row: row.bg_number),
        )


_TONES = {Fate.NEW: Tone.OK, Fate.KNOWN: None, Fate.CONFLICT: Tone.LATE}


class ArrivalModel(ColumnModel[Arrival]):
    def columns(self) -> Sequence[Column[Arrival]]:
        return (
            Column(self.tr("Person"), lambda row: row.name, hint=lambda row: row.name),
            Column(self.tr("Kundennummer"), lambda row: row.number),
            Column(
                self.tr("Stand"),
                lambda row: list(Fate).index(row.fate),
                written=lambda row: FATE_TEXTS[row.fate],
                tone=lambda row: _TONES[row.fate],
            ),
            Column(self.tr("Kontakte"), lambda row: row.contacts, number=True),
            Column(
                self.tr("Hinweis"),
                lambda row: row.reason,
                hint=lambda row: row.reason,
            ),
        )
