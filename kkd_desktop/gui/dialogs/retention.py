"""Who has been stored long enough? A proposal: nobody is marked beforehand, nobody just goes."""

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QWidget

from kkd_desktop.actions import retention
from kkd_desktop.domain import texts
from kkd_desktop.domain.retention import Candidate
from kkd_desktop.gui import shortcuts
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.dialogs.disclosure import open_disclosure
from kkd_desktop.gui.dialogs.forget import open_forget
from kkd_desktop.gui.dialogs.places import PlaceChooser
from kkd_desktop.gui.models.retention import KEPT_UNTIL, RetentionModel
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.banner import tell_found
from kkd_desktop.gui.widgets.labels import Paragraph, PlainLabel
from kkd_desktop.gui.widgets.table import ROW_HEIGHT, DataTable

_WIDTHS = (240, 142)
_MOST_ROWS, _LEAST_ROWS = 10, 3
_FEW = 12


class RetentionDialog(Dialog):
    """The list with reasons; for those that are marked an answer first, or deletion."""

    def __init__(
        self,
        session: Session,
        *,
        places: PlaceChooser | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.tr("Frist vorbei"), parent=parent)
        self._session, self._places = session, places
        self.about = Paragraph(muted=True)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Name oder Nummer"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.model = RetentionModel(self)
        self.table = DataTable(self.model, self.tr("Personen, deren Frist vorbei ist"))
        self.table.set_widths(*_WIDTHS)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.sort_by(KEPT_UNTIL)
        self.nobody = PlainLabel(self.tr("Für niemanden ist die Frist vorbei."))
        self.marked = PlainLabel(muted=True)
        self.body.addWidget(self.about)
        self.body.addWidget(self.search)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.nobody)
        self.body.addWidget(self.marked)
        self.add_action(self.tr("Schließen"), self.reject)
        self.disclosure_button = self.add_action(self.tr("Auskunft …"), self.disclose)
        self.delete_button = self.set_main_action(
            self.tr("Löschen …"), self.delete, shortcuts.shown("dialog.remove")
        )
        self.setMinimumWidth(760)
        shortcuts.bind("dialog.remove", self.table, self.delete)

        self.search.textChanged.connect(self._search)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_marked())
        session.changed.connect(self.reload)
        self.reload()
        (self.table if self.model.rowCount() else self.delete_button).setFocus()

    def reload(self) -> None:
        """Ask anew; what is marked and still there stays marked."""
        marked = {each.client_id for each in self.chosen()}
        found = retention.proposal(self._session.context)
        self.model.show_rows(found)
        self._mark(marked)
        months = texts.counted(self._session.context.settings.retention_months, "Monat", "Monate")
        self.about.setText(
            self.tr(
                "{months} nach dem letzten Kontakt, ohne offenen Termin, laufende Ausnahme oder "
                "laufenden Kooperationsplan. {rule} Gelöscht wird nur, was Sie markieren."
            ).format(months=months, rule=retention.period_text(self._session.context))
        )
        self.subtitle.setText(texts.counted(len(found), "Person", "Personen") if found else "")
        rows = max(_LEAST_ROWS, min(len(found), _MOST_ROWS))
        self.table.setMinimumHeight(ROW_HEIGHT * (rows + 1) + 2)
        self.table.setVisible(bool(found))
        self.nobody.setVisible(not found)
        self.search.setVisible(len(found) > _FEW)
        self.marked.setVisible(bool(found))
        self._show_marked()

    def chosen(self) -> list[Candidate]:
        """Who is marked, in the order shown."""
        rows = self.table.selectionModel().selectedRows()
        return [self.model.row(index) for index in sorted(rows, key=lambda index: index.row())]

    def disclose(self) -> None:
        chosen = self.chosen()
        if chosen:
            name = chosen[0].name if len(chosen) == 1 else ""
            ids = [each.client_id for each in chosen]
            open_disclosure(self._session, ids, name, self._places, self)

    def delete(self) -> None:
        ids = [each.client_id for each in self.chosen()]
        if ids:
            open_forget(self._session, ids, self._places, self)

    def _search(self, text: str) -> None:
        self.model.search(text)
        tell_found(self.search, self.model.rowCount())
        self._show_marked()

    def _mark(self, ids: set[int]) -> None:
        flags = QItemSelectionModel.SelectionFlag
        selection = self.table.selectionModel()
        selection.clearSelection()
        for place in range(self.model.rowCount()):
            index = self.model.index(place, 0)
            if self.model.row(index).client_id in ids:
                selection.select(index, flags.Select | flags.Rows)

    def _show_marked(self) -> None:
        number = len(self.chosen())
        self.disclosure_button.setEnabled(number > 0)
        self.delete_button.setEnabled(number > 0)
        self.marked.setText(
            self.tr("{count} markiert").format(count=texts.counted(number, "Person", "Personen"))
            if number
            else self.tr(
                "Markieren: Leertaste oder Klick, mehrere mit Umschalt oder Strg, alle mit Strg A"
            )
        )
