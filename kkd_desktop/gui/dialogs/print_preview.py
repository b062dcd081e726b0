"""Is this what shall be printed? The very PDF in the window, then paper or file from its bytes."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressDialog, QWidget

from kkd_desktop.actions import exports
from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.gui import shortcuts, tasks, theme
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.dialogs.places import PlaceChooser
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.labels import PlainLabel
from kkd_desktop.gui.widgets.page_strip import PageStrip
from kkd_desktop.gui.widgets.pages import PagesView

if TYPE_CHECKING:
    from kkd_desktop.gui.printing import AskPrinter

_WIDTH, _HEIGHT = 1040, 780

Typesetter = Callable[[tasks.Progress], bytes]


class PrintPreview(Dialog):
    """Shows a document before it is printed or saved.

    `prepare` reads what the document needs and returns the work that sets it; that work runs in a
    pool thread. `ask_printer` is the system's dialog unless a test puts its own in the place.

    Signals:
        came_out: the document was given to the printer or saved.
    """

    came_out = Signal()

    def __init__(
        self,
        session: Session,
        title: str,
        prepare: Callable[[], Typesetter],
        file_name: str,
        places: PlaceChooser,
        parent: QWidget | None = None,
        *,
        subtitle: str = "",
        ask_printer: "AskPrinter | None" = None,
    ) -> None:
        super().__init__(title, subtitle, parent)
        self._session = session
        self._prepare = prepare
        self._file_name = file_name
        self._places = places
        self._ask_printer = ask_printer
        self._task: tasks.Task | None = None
        self.pdf = b""

        self.pages = PagesView()
        self.strip = PageStrip(self.pages.pictures)
        self.strip_button = Button(self.tr("Seiten"), keys=shortcuts.shown("preview.strip"))
        self.strip_button.setToolTip(self.tr("Kleine Seiten am Rand zeigen (F4)"))
        self.strip_button.setAccessibleDescription(self.strip_button.toolTip())
        self.strip_button.setCheckable(True)
        self.strip_button.setChecked(session.shows_small_pages)
        for widget in (self.strip, self.strip_button):
            widget.hide()
        self.place = PlainLabel(muted=True)
        self.fit_button = Button(self.tr("Seitenbreite"), keys="0")
        self.full_button = Button(self.tr("100 %"), keys="1")
        self.smaller = Button("−", keys="")
        self.smaller.setAccessibleName(self.tr("Verkleinern"))
        self.smaller.setToolTip(self.tr("Verkleinern (-)"))
        self.larger = Button("+", keys="")
        self.larger.setAccessibleName(self.tr("Vergrößern"))
        self.larger.setToolTip(self.tr("Vergrößern (+)"))
        self._zoom = PlainLabel(muted=True)
        self._tools = QHBoxLayout()
        self._middle = QHBoxLayout()
        self._lay_out()
        self.add_action(self.tr("Schließen"), self.reject)
        self.save_button = self.add_action(
            self.tr("Als PDF speichern …"), self.save, keys=shortcuts.shown("preview.save")
        )
        self.print_button = self.set_main_action(
            self.tr("Drucken …"), self.print_out, keys=shortcuts.shown("preview.print")
        )
        room = self.screen().availableGeometry()
        self.resize(min(_WIDTH, room.width()), min(_HEIGHT, room.height() - theme.TITLE_BAR))

        self._connect()
        self._allow(False)
        self.pages.setFocus()

    def add_option(self, widget: QWidget) -> None:
        """Put a choice that changes the document at the left of the tools."""
        self._tools.insertWidget(0, widget)

    def refresh(self) -> None:
        """Set the document anew."""
        self.show_error("")
        self._allow(False)
        self.place.setText(self.tr("Wird gesetzt …"))
        if self._task is not None:
            self._task.cancel()
        try:
            typeset = self._prepare()
        except UserError as fault:
            self._refuse(fault)
            return

        def work(progress: tasks.Progress) -> bytes:
            pdf = typeset(progress)
            exports.load_renderer()
            return pdf

        self._task = tasks.run(work, self._show, self._refuse)
        self._task.progressed.connect(self._say_progress)

    def save(self) -> None:
        """Write the very bytes that are shown."""
        title = self.tr("Als PDF speichern")
        path = self._places.file(self, title, self._file_name, "PDF (*.pdf)")
        if path is None:
            return
        try:
            exports.write_pdf(path, self.pdf)
        except UserError as fault:
            self.show_error(str(fault))
            return
        self._session.done.emit(self.tr("Gespeichert: {path}").format(path=path))
        self.came_out.emit()

    def print_out(self) -> None:
        """Ask for the printer and print the very bytes that are shown."""
        from kkd_desktop.gui import printing

        printer = printing.printer_for(self.pdf, self.windowTitle())
        if not (self._ask_printer or printing.ask_printer)(printer, self):
            return
        progress = QProgressDialog(self.tr("Wird gedruckt …"), self.tr("Abbrechen"), 0, 1, self)
        progress.setWindowModality(Qt.WindowModality.WindowModal)
        progress.setMinimumDuration(500)

        def report(done: int, total: int) -> bool:
            progress.setMaximum(total)
            progress.setValue(done)
            return not progress.wasCanceled()

        try:
            count = printing.print_pdf(self.pdf, printer, report)
            # Closing a progress dialog cancels it, so it is asked before.
            cancelled = progress.wasCanceled()
        except UserError as fault:
            self.show_error(str(fault))
            return
        finally:
            progress.close()
        if not cancelled:
            pages = texts.counted(count, "Seite", "Seiten")
            self._session.done.emit(self.tr("An den Drucker gegeben: {pages}").format(pages=pages))
            self.came_out.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._task is None:
            self.refresh()

    def done(self, result: int) -> None:
        if self._task is not None:
            self._task.cancel()
        super().done(result)
        self.pages.close_pdf()

    def _lay_out(self) -> None:
        self._tools.setSpacing(theme.SMALL)
        self._tools.addWidget(self.strip_button)
        self._tools.addWidget(self.place)
        self._tools.addStretch()
        for widget in (self._zoom, self.smaller, self.larger, self.full_button, self.fit_button):
            self._tools.addWidget(widget)
        self.body.addLayout(self._tools)
        self._middle.setSpacing(theme.LARGE)
        self._middle.addWidget(self.strip)
        self._middle.addWidget(self.pages, 1)
        self.body.addLayout(self._middle, 1)

    def _connect(self) -> None:
        self.pages.page_changed.connect(self._say_place)
        self.pages.zoom_changed.connect(self._say_place)
        self.pages.page_changed.connect(self.strip.set_page)
        self.strip.page_wanted.connect(self.pages.go_to)
        self.strip_button.toggled.connect(self._choose_strip)
        self.fit_button.clicked.connect(self.pages.fit_width)
        self.full_button.clicked.connect(lambda: self.pages.set_zoom(1.0))
        self.smaller.clicked.connect(self.pages.zoom_out)
        self.larger.clicked.connect(self.pages.zoom_in)
        shortcuts.bind("preview.strip", self, self.strip_button.click)
        shortcuts.bind("preview.print", self, self.print_button.click)
        shortcuts.bind("preview.save", self, self.save_button.click)

    def _show(self, pdf: bytes) -> None:
        self.pdf = pdf
        self.pages.show_pdf(pdf)
        self._show_strip()
        self._allow(True)
        self._say_place()

    def _choose_strip(self, shown: bool) -> None:
        self._session.shows_small_pages = shown
        self._show_strip()

    def _show_strip(self) -> None:
        """One page needs no way to others."""
        several = self.pages.page_count() > 1
        self.strip_button.setVisible(several)
        shown = several and self.strip_button.isChecked()
        if self.strip.hasFocus() and not shown:
            self.pages.setFocus()
        self.strip.setVisible(shown)

    def _say_progress(self, done: int, total: int) -> None:
        self.place.setText(
            self.tr("Wird gesetzt … {done} von {total}").format(done=done, total=total)
        )

    def _refuse(self, fault: UserError) -> None:
        self.place.setText("")
        self.show_error(str(fault))

    def _allow(self, allowed: bool) -> None:
        for button in (self.save_button, self.print_button):
            button.setEnabled(allowed)
        for button in (self.smaller, self.larger, self.full_button, self.fit_button):
            button.setEnabled(self.pages.page_count() > 0)

    def _say_place(self) -> None:
        self.place.setText(
            self.tr("Seite {page} von {count}").format(
                page=self.pages.page(), count=self.pages.page_count()
            )
        )
        self._zoom.setText(self.tr("{percent} %").format(percent=round(self.pages.zoom() * 100)))
