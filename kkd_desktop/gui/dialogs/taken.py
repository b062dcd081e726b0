"""The caseload is open elsewhere: who has it, and may this window take over?"""

from PySide6.QtWidgets import QWidget

from kkd_desktop.domain import texts
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.instance import Holder
from kkd_desktop.gui.widgets.labels import PlainLabel


class TakenDialog(Dialog):
    """`take_over` is True where the user says that the other window is gone."""

    def __init__(
        self, store_name: str, holder: Holder | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("Fallbestand ist schon geöffnet"), store_name, parent=parent)
        self.take_over = False
        where = (
            self.tr("Ein anderes Fenster arbeitet damit, es antwortet aber nicht.")
            if holder is None
            else self.tr(
                "Der Rechner „{host}“ arbeitet damit{since} (Prozess {process}), er antwortet "
                "aber nicht."
            ).format(host=holder.host, process=holder.process, since=self._since(holder))
        )
        hint = self.tr(
            "Ist das Programm dort wirklich beendet, etwa nach einem Absturz, kann dieses Fenster "
            "übernehmen. Gespeichertes geht dabei nicht verloren."
        )
        for text in (where, hint):
            self.body.addWidget(PlainLabel(text, wrap=True))
        self.body.addStretch()
        self.add_action(self.tr("Übernehmen"), self._take_over)
        self.set_main_action(self.tr("Beenden"), self.reject).setFocus()
        self.setMinimumWidth(460)

    def _since(self, holder: Holder) -> str:
        if holder.since is None:
            return ""
        return self.tr(" seit {moment} Uhr").format(moment=texts.moment(holder.since))

    def _take_over(self) -> None:
        self.take_over = True
        self.accept()
