"""Which back-ups are there, and what is in each?"""

from collections.abc import Sequence

from kkd_desktop.actions import backups
from kkd_desktop.actions.backups import Backup
from kkd_desktop.domain import backup_text, texts
from kkd_desktop.gui.models.columns import Column, ColumnModel

MADE, REASON, CONTENTS, SIZE = range(4)


class BackupModel(ColumnModel[Backup]):
    def columns(self) -> Sequence[Column[Backup]]:
        return (
            Column(
                self.tr("Gesichert am"),
                lambda row: row.made_at,
                lambda moment: texts.moment(backups.local(moment)),
                hint=lambda row: str(row.path),
            ),
            Column(self.tr("Anlass"), backup_text.reason, hint=backup_text.reason),
            Column(
                self.tr("Inhalt"),
                lambda row: (
                    (0, 0)
                    if row.contents is None
                    else (row.contents.clients, row.contents.contacts)
                ),
                written=lambda row: backup_text.contents(row.contents),
                hint=self._last_change,
            ),
            Column(self.tr("Größe"), lambda row: row.bytes, backup_text.size, number=True),
        )

    def _last_change(self, row: Backup) -> str:
        if row.contents is None:
            return self.tr("Mit einer früheren Passphrase verschlüsselt, oder beschädigt.")
        if row.contents.last_change is None:
            return self.tr("Ohne Änderungen.")
        moment = texts.moment(backups.local(row.contents.last_change))
        return self.tr("Letzte Änderung: {moment} Uhr").format(moment=moment)
