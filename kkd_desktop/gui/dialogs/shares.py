"""Who would fill the gap of a share soonest, and who is left out because others are easier?"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from kkd_desktop.domain import texts
from kkd_desktop.domain.shares import Filler, LeftOut, Population
from kkd_desktop.gui import clipboard, shortcuts, theme
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.models.shares import (
    FillerModel,
    LeftOutModel,
    ShareModel,
    ShareRow,
    left_out_title,
    plain_text,
    share_rows,
)
from kkd_desktop.gui.widgets.banner import announce
from kkd_desktop.gui.widgets.card import TableCard
from kkd_desktop.gui.widgets.empty import EmptyState
from kkd_desktop.gui.widgets.labels import PlainLabel
from kkd_desktop.gui.widgets.segmented import SegmentedControl
from kkd_desktop.gui.widgets.share_table import ShareTable
from kkd_desktop.gui.widgets.table import ROW_HEIGHT

FILLERS, LEFT_OUT = "fillers", "left_out"
_WIDTH, _HEIGHT = 940, 760
_MOST_SHARES = 5
_LEAST_WIDTH = 840
"""With less room for the figures the dialog scrolls to the side."""
_FRAME = 12


class SharesDialog(Dialog):
    """Above the shares, one row each; below them the people the chosen one is about.

    Enter on a share goes to its people, Enter or a double click on a person opens the file, Esc
    closes, Ctrl+C copies everything as text.

    Signals:
        client_opened: carries the client's id; the dialog is closed then.
        plan_wanted: the fewest talks that reach all shares; the dialog is closed then.
    """

    client_opened = Signal(int)
    plan_wanted = Signal()

    def __init__(
        self, populations: Sequence[Population], today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            self.tr("Anteile im Bestand"),
            self.tr("Stand {day}").format(day=texts.weekday_day(today)),
            parent,
        )
        self._rows = share_rows(populations)
        self._today = today
        self._share_model, self._filler_model = ShareModel(self), FillerModel(self)
        self._left_out_model = LeftOutModel(today, self)
        self.shares = ShareTable(self._share_model, self.tr("Anteile"), (27, 30, 19, 10, 14))
        self.shares.setMinimumWidth(_LEAST_WIDTH)
        self.view = SegmentedControl(
            (
                (FILLERS, self.tr("Wer die Lücke füllt")),
                (LEFT_OUT, self.tr("Wen lange niemand gesehen hat")),
            ),
            self.tr("Personen"),
        )
        self.lead = PlainLabel(muted=True, wrap=True)
        self.fillers = ShareTable(self._filler_model, "", (32, 19, 13, 16, 20))
        self.left_out = ShareTable(self._left_out_model, "", (28, 29, 14, 29))
        self.nobody = EmptyState("")
        self._lists = QStackedWidget()
        self._lay_out()
        self.copy_button = self.add_action(
            self.tr("Kopieren"), self.copy, keys=shortcuts.shown("dialog.copy")
        )
        self.plan_button = self.add_action(self.tr("Plan für die Anteile …"), self.plan)
        self.set_main_action(self.tr("Schließen"), self.accept, keys="Esc")
        self._connect()
        self._share_model.show_rows(self._rows)
        self._choose_first()
        self._take_size()

    def copy(self) -> None:
        """Put all shares with all names into the clipboard, as plain text."""
        clipboard.copy(plain_text(self._rows, self._today))
        self.copy_button.setText(self.tr("Kopiert"))
        announce(self.copy_button, self.tr("Kopiert"))

    def plan(self) -> None:
        self.accept()
        self.plan_wanted.emit()

    def chosen(self) -> ShareRow | None:
        """The share whose people are shown."""
        index = self.shares.currentIndex()
        return self._share_model.row(index) if index.isValid() else None

    def _lay_out(self) -> None:
        shares = TableCard(self.shares)
        shares.setFixedHeight(ROW_HEIGHT * (1 + min(len(self._rows), _MOST_SHARES)) + _FRAME)
        for page in (TableCard(self.fillers), TableCard(self.left_out), self.nobody):
            self._lists.addWidget(page)
        self.body.addWidget(shares)
        self.body.addWidget(self.view)
        self.body.addWidget(self.lead)
        self.body.addWidget(self._lists, 1)

    def _connect(self) -> None:
        shortcuts.bind("dialog.copy", self, self.copy)
        self.shares.selectionModel().currentRowChanged.connect(self._show_share)
        self.shares.row_opened.connect(self._enter_list)
        self.view.value_changed.connect(self._show_list)
        self.fillers.row_opened.connect(self._open)
        self.left_out.row_opened.connect(self._open)

    def _choose_first(self) -> None:
        """The first share with a gap; without one, those whom nobody has seen come first."""
        gaps = [place for place, row in enumerate(self._rows) if row.standing.quota.missing]
        self.shares.setCurrentIndex(self._share_model.index(gaps[0] if gaps else 0, 0))
        if not gaps:
            self.view.set_value(LEFT_OUT)

    def _take_size(self) -> None:
        parent = self.parentWidget()
        window = None if parent is None else parent.window()
        width, height = (
            (_WIDTH, _HEIGHT)
            if window is None
            else (window.width() - theme.AROUND, window.height() - theme.AROUND)
        )
        self.resize(min(_WIDTH, width), min(_HEIGHT, height))
        self.shares.setFocus()

    def _show_share(self) -> None:
        row = self.chosen()
        if row is None:
            return
        self._filler_model.show_share(row)
        self._left_out_model.show_population(row.population)
        for table, name in (
            (self.fillers, self.tr("Wer die Lücke füllt: {title}")),
            (self.left_out, self.tr("Wen lange niemand gesehen hat: {title}")),
        ):
            table.setAccessibleName(name.format(title=row.title))
            table.scrollToTop()
            if table.model().rowCount():
                table.setCurrentIndex(table.model().index(0, 0))
        self._count(FILLERS, self.tr("Wer die Lücke füllt"), len(row.standing.fillers))
        self._count(
            LEFT_OUT, self.tr("Wen lange niemand gesehen hat"), len(row.population.left_out)
        )
        self._show_list()

    def _count(self, view: str, words: str, number: int) -> None:
        button = self.view.button(view)
        button.setText(f"{words} {texts.whole(number)}")
        button.setAccessibleName(f"{words}, {texts.counted(number, 'Person', 'Personen')}")

    def _show_list(self) -> None:
        row = self.chosen()
        if row is None:
            return
        wanted = self.fillers if self.view.value() == FILLERS else self.left_out
        people = wanted.model().rowCount()
        if wanted is self.fillers:
            self._lists.setCurrentIndex(0 if people else 2)
            self.lead.setText(self._about_fillers())
            self.nobody.say(
                self.tr("Dieser Anteil ist erreicht"), self.tr("Niemand wird dafür gebraucht.")
            )
        else:
            self._lists.setCurrentIndex(1 if people else 2)
            self.lead.setText(self._about_left_out(row.population))
            self.nobody.say(self.tr("Niemand ist übersehen"), "")
        self.lead.setVisible(bool(people))

    def _about_fillers(self) -> str:
        return self.tr(
            "Deren Gespräch am frühesten stattfinden kann; am selben Tag zuerst, wer für mehr "
            "Anteile zählt oder länger wartet."
        )

    def _about_left_out(self, population: Population) -> str:
        forgotten = len(population.forgotten)
        if not forgotten:
            words = self.tr("Alle haben einen Termin oder füllen eine Lücke.")
        else:
            words = self.tr(
                "{have} keinen Termin und {fill} keine Lücke: leicht vergessen."
            ).format(
                have=texts.counted(forgotten, "davon hat", "davon haben"),
                fill=self.tr("füllt") if forgotten == 1 else self.tr("füllen"),
            )
        return f"{left_out_title(population)}. {words}"

    def _enter_list(self) -> None:
        page = self._lists.currentWidget()
        table = None if page is None else page.findChild(ShareTable)
        if table is not None:
            table.setFocus(Qt.FocusReason.TabFocusReason)

    def _open(self, row: Filler | LeftOut) -> None:
        self.accept()
        self.client_opened.emit(row.client.id)
