"""Which talks lie on days on which nobody is there? Each can be given another time."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from kkd_desktop.actions import days_off
from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import DELIVERY_TEXTS, STATE_TEXTS
from kkd_desktop.domain.clashes import Clash
from kkd_desktop.gui.dialogs.appointment import open_move
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.models.columns import Column, ColumnModel
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.empty import EmptyState
from kkd_desktop.gui.widgets.table import DataTable

_WIDTH, _HEIGHT = 760, 440


class ClashModel(ColumnModel[Clash]):
    """Talks on free days by time."""

    def columns(self) -> tuple[Column[Clash], ...]:
        return (
            Column(self.tr("Termin"), lambda row: row.appointment.start, texts.moment),
            Column(self.tr("Name"), lambda row: row.client.name, hint=lambda row: row.client.name),
            Column(self.tr("Frei wegen"), lambda row: row.leave.reason or None),
            Column(
                self.tr("Einladung"),
                lambda row: (
                    f"{STATE_TEXTS[row.appointment.state]}, "
                    f"{DELIVERY_TEXTS[row.appointment.delivery]}"
                ),
            ),
        )


class ClashesDialog(Dialog):
    """The list; Enter or a double click moves the talk, and it is gone from here then."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Termine an freien Tagen"), parent=parent)
        self._session = session
        self.model = ClashModel(self)
        self.table = DataTable(self.model, self.tr("Termine an freien Tagen"))
        self.table.set_widths(176, 180, 130)
        self.nobody = EmptyState(self.tr("An den freien Tagen liegt kein Termin mehr."))
        self._pages = QStackedWidget()
        self._pages.addWidget(self.table)
        self._pages.addWidget(self.nobody)
        self.body.addWidget(self._pages, 1)
        self.move_button = self.add_action(self.tr("Verlegen …"), self._move, keys="↵")
        self.set_main_action(self.tr("Schließen"), self.accept, keys="Esc")
        self.resize(_WIDTH, _HEIGHT)

        self.table.row_opened.connect(self._open)
        session.changed.connect(self._reload)
        self._reload()
        self.table.setFocus()

    def _reload(self) -> None:
        found = days_off.clashing(self._session.context)
        self.model.show_rows(found)
        self._pages.setCurrentWidget(self.table if found else self.nobody)
        self.move_button.setEnabled(bool(found))
        days = len({clash.appointment.day for clash in found})
        words = self.tr("{appointments} an {days}").format(
            appointments=texts.counted(len(found), "Termin", "Termine"),
            days=texts.counted(days, "Tag", "Tagen"),
        )
        self.subtitle.setText(words if found else "")
        if found and not self.table.currentIndex().isValid():
            self.table.selectRow(0)

    def _move(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self._open(self.model.row(index))

    def _open(self, clash: Clash) -> None:
        assert clash.appointment.id is not None
        open_move(self._session, clash.appointment.id, self)
