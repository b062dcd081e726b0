"""How do people come from a table into the caseload? Four pages; only the last one stores.

Reading, planning and writing happen in threads of their own; the window stays alive.
"""

from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from kkd_desktop.actions import imports
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.imports import MappedTable, Progress, Result
from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.table import Table, TableForm, shown_name
from kkd_desktop.domain.table_plan import ImportPlan, RowState, Twins
from kkd_desktop.gui import tasks, theme
from kkd_desktop.gui.background import run_beside
from kkd_desktop.gui.dialogs.base import Dialog, show
from kkd_desktop.gui.dialogs.import_assistant.columns_page import ColumnsPage
from kkd_desktop.gui.dialogs.import_assistant.file_page import FilePage
from kkd_desktop.gui.dialogs.import_assistant.form_page import FormPage
from kkd_desktop.gui.dialogs.import_assistant.review_page import ReviewPage
from kkd_desktop.gui.dialogs.places import PlaceChooser
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.table_drop import dropped_table
from kkd_desktop.gui.widgets.focus import enter
from kkd_desktop.gui.widgets.labels import PlainLabel
from kkd_desktop.gui.widgets.steps import StepLine
from kkd_desktop.gui.widgets.work_bar import WorkBar

FILE, FORM, COLUMNS, REVIEW = range(4)
_WIDTH, _HEIGHT = 900, 620


class ImportAssistant(Dialog):
    """Choose a file, see how it is read, say what its columns mean, look what would change."""

    def __init__(
        self,
        session: Session,
        places: PlaceChooser | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.tr("Tabelle einlesen"), parent=parent)
        self._session = session
        self._path: Path | None = None
        self._tables: tuple[Table, ...] = ()
        self._mapped: tuple[MappedTable, ...] = ()
        self.plan: ImportPlan | None = None
        self._task: tasks.Task | None = None
        self.steps = StepLine(
            (self.tr("Datei"), self.tr("Lesart"), self.tr("Spalten"), self.tr("Prüfung"))
        )
        self.file_page = FilePage(places or PlaceChooser())
        self.form_page = FormPage()
        self.columns_page = ColumnsPage()
        self.review_page = ReviewPage()
        self.pages = QStackedWidget()
        for page in (self.file_page, self.form_page, self.columns_page, self.review_page):
            self.pages.addWidget(page)
        self.bar = WorkBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Fortschritt"))
        self.doing = PlainLabel(muted=True)
        self._lay_out()

        self.setAcceptDrops(True)
        self.file_page.file_chosen.connect(self.open_file)
        self.form_page.form_changed.connect(self._read)
        self.columns_page.mapping_changed.connect(self._show_buttons)
        self.review_page.twins_changed.connect(self._plan)
        self._show_page(FILE)

    def open_file(self, path: Path) -> None:
        """Read a file, chosen or dropped."""
        self._path = path
        self.review_page.forget_twins()
        self.subtitle.setText(shown_name(path.name))
        self._read(TableForm())

    def go_on(self) -> None:
        """The main button: on to the next page, and on the last one accept."""
        page = self.pages.currentIndex()
        if page == FILE:
            self.file_page.choose_button.click()
        elif page == FORM:
            self._show_page(COLUMNS)
        elif page == COLUMNS:
            self._plan(Twins(self.review_page.twins.value()))
        else:
            self._accept()

    def go_back(self) -> None:
        if not self.is_busy() and self.pages.currentIndex() > FILE:
            self.show_error("")
            self._show_page(self.pages.currentIndex() - 1)

    def reject(self) -> None:
        """While work is under way Esc and the button stop the work, then the dialog."""
        if self._task is not None:
            self._task.cancel()
            self._end()
            return
        super().reject()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_table(event.mimeData()) is not None and not self.is_busy():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        place = dropped_table(event.mimeData())
        if place is not None:
            event.acceptProposedAction()
            self.open_file(place)

    def _lay_out(self) -> None:
        self.body.addWidget(self.steps)
        self.body.addWidget(self.pages, 1)
        under_way = QHBoxLayout()
        under_way.setSpacing(theme.MEDIUM)
        under_way.addWidget(self.doing)
        under_way.addWidget(self.bar, 1)
        self.footer.insertLayout(0, under_way)
        self.cancel_button = self.add_cancel()
        self.back_button = self.add_action(self.tr("Zurück"), self.go_back)
        self.next_button = self.set_main_action(self.tr("Weiter"), self.go_on)
        self.doing.hide()
        self.bar.hide()
        self.resize(_WIDTH, _HEIGHT)

    def _read(self, form: TableForm) -> None:
        path = self._path
        assert path is not None, "a file is read that was chosen"

        def work(progress: tasks.Progress) -> tuple[Table, ...]:
            return imports.read(path, form, progress.report)

        self._begin(self.tr("Wird gelesen …"))
        self._follow(tasks.run(work, self._show_table, self._refuse_reading))

    def _show_table(self, tables: tuple[Table, ...]) -> None:
        self._end()
        self._tables = tables
        context = self._session.context
        self._mapped = tuple(imports.mapped(context, each) for each in tables)
        self.form_page.show_table(tables[0])
        self.columns_page.show_table(self._mapped[0])
        self._show_page(FORM)

    def _refuse_reading(self, fault: UserError) -> None:
        self._end()
        self._tables = ()
        if imports.asks_charset(fault):
            self.form_page.ask_charset()
            self._show_page(FORM)
        self.show_error(str(fault))

    def _plan(self, twins: Twins) -> None:
        tables = (self.columns_page.mapping(), *self._mapped[1:])

        def work(context: Context, progress: Progress) -> ImportPlan:
            imports.remember(context, tables)
            return imports.plan(context, tables, twins, progress)

        self._begin(self.tr("Wird mit dem Bestand verglichen …"))
        self._follow(run_beside(self._session, work, self._show_plan, self._refuse))

    def _show_plan(self, plan: ImportPlan) -> None:
        self._end()
        self.plan = plan
        self.review_page.show_plan(plan)
        self._show_page(REVIEW)

    def _accept(self) -> None:
        plan = self.plan
        assert plan is not None, "what is accepted was looked at"

        def work(context: Context, progress: Progress) -> Result:
            return imports.accept(context, plan, progress)

        self._begin(self.tr("Wird übernommen …"))
        self._follow(run_beside(self._session, work, self._finish, self._refuse))

    def _finish(self, result: Result) -> None:
        self._end()
        self.accept()
        self._session.look_for_changes()
        self._session.done.emit(f"{result.step} · {imports.counted(result)}")

    def _refuse(self, fault: UserError) -> None:
        self._end()
        self.show_error(str(fault))

    def _begin(self, doing: str) -> None:
        self.show_error("")
        self.doing.setText(doing)
        self.doing.show()
        self.bar.wait()
        self.bar.show()
        self.set_busy(True)
        self.pages.setEnabled(False)
        self.back_button.setEnabled(False)

    def _follow(self, task: tasks.Task) -> None:
        self._task = task
        task.progressed.connect(self._show_progress)

    def _show_progress(self, done: int, total: int) -> None:
        if self._task is not None:
            self.bar.setRange(0, total)
            self.bar.setValue(done)

    def _end(self) -> None:
        self._task = None
        self.doing.hide()
        self.bar.hide()
        self.set_busy(False)
        self.pages.setEnabled(True)
        self._show_buttons()

    def _show_page(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        self.steps.show_step(page)
        self._show_buttons()
        if page == COLUMNS:
            self.columns_page.focus_first()
        elif page == FILE:
            enter(self.file_page)
        elif self.next_button.isEnabled():
            self.next_button.setFocus()

    def _show_buttons(self) -> None:
        page = self.pages.currentIndex()
        self.back_button.setVisible(page > FILE)
        self.back_button.setEnabled(not self.is_busy())
        self.next_button.setVisible(page > FILE)
        self.next_button.setText(self._next_text() if page == REVIEW else self.tr("Weiter"))
        if not self.is_busy():
            self.next_button.setEnabled(self._can_go_on(page))

    def _can_go_on(self, page: int) -> bool:
        if page == FORM:
            return bool(self._tables)
        if page == COLUMNS:
            return self.columns_page.is_usable()
        return page == FILE or (self.plan is not None and self.plan.writes)

    def _next_text(self) -> str:
        """`298 übernehmen`; what stays out is in sight above it."""
        if self.plan is None or not self.plan.writes:
            return self.tr("Nichts zu übernehmen")
        counts = self.plan.counts()
        number = texts.whole(counts[RowState.NEW] + counts[RowState.CHANGED])
        left = counts[RowState.REFUSED] + counts[RowState.TWIN]
        if left:
            return self.tr("{number} übernehmen, {left} auslassen").format(
                number=number, left=texts.whole(left)
            )
        return self.tr("{number} übernehmen").format(number=number)


def open_import(
    session: Session,
    places: PlaceChooser | None = None,
    path: Path | None = None,
    *,
    parent: QWidget,
) -> ImportAssistant:
    """Open the assistant; with a path it begins by reading that file."""
    dialog = ImportAssistant(session, places, parent)
    show(dialog)
    if path is not None:
        dialog.open_file(path)
    return dialog
