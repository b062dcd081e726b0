"""Are these the letters, and did they come out of the printer as they should?"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressDialog,
    QVBoxLayout,
    QWidget,
)

from kkd_desktop.actions import letters
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.letters import Draft, Evidence
from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import Delivery
from kkd_desktop.domain.delivery import deemed_on
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.letter import BrokenTemplate
from kkd_desktop.domain.letter_record import LetterRecord
from kkd_desktop.domain.page_numbers import pages_in, pages_text
from kkd_desktop.gui import tasks, theme
from kkd_desktop.gui.dialogs.places import PlaceChooser
from kkd_desktop.gui.dialogs.print_preview import PrintPreview, Typesetter
from kkd_desktop.gui.letter_words import delivered_text
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.banner import announce
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.field import FormField
from kkd_desktop.gui.widgets.labels import PlainLabel, set_property

_PANEL_WIDTH = 290


class LetterPreview(PrintPreview):
    """The letters as PDF. What was printed or saved is recorded only when somebody says so.

    Signals:
        recorded: the letters are recorded; carries how many.
    """

    recorded = Signal(int)

    def __init__(
        self,
        session: Session,
        drafts: Sequence[Draft],
        places: PlaceChooser,
        parent: QWidget | None = None,
    ) -> None:
        self._drafts = tuple(drafts)
        self._shipped = False
        self._finding: tasks.Task | None = None
        super().__init__(
            session,
            self.tr("Briefe"),
            self._prepared,
            f"briefe-{session.context.today.isoformat()}.pdf",
            places,
            parent,
            subtitle=self._amount(),
        )
        self.stop_button = Button(self.tr("Anhalten"))
        self.shipped_button = Button(self.tr("Mit der mitgelieferten Vorlage setzen"))
        for button in (self.stop_button, self.shipped_button):
            button.hide()
            self.add_option(button)
        self.check = PrintCheck(self)
        self.check.hide()
        self._middle.addWidget(self.check)

        self.stop_button.clicked.connect(self._stop_or_start)
        self.shipped_button.clicked.connect(self._use_shipped)
        self.came_out.connect(self._ask)
        self.check.yes_button.clicked.connect(self._record_all)
        self.check.again_button.clicked.connect(self._record_others)
        self.check.no_button.clicked.connect(self._record_none)

    def refresh(self) -> None:
        """Set the letters anew."""
        self.shipped_button.hide()
        self.stop_button.setText(self.tr("Anhalten"))
        super().refresh()

    def reject(self) -> None:
        """Letters that went to the printer are not forgotten by a key pressed in passing."""
        if self.check.isVisible():
            self.show_error(self.tr("Bitte erst sagen, ob alles richtig gedruckt ist."))
            self.check.yes_button.setFocus()
            return
        super().reject()

    def done(self, result: int) -> None:
        self._find_no_more()
        super().done(result)

    def _prepared(self) -> Typesetter:
        typeset = letters.prepare_letters(
            self._session.context, self._drafts, shipped_template=self._shipped
        )
        return lambda progress: typeset(partial(_goes_on, progress))

    def _say_progress(self, done: int, total: int) -> None:
        super()._say_progress(done, total)
        self.stop_button.setVisible(done < total)

    def _show(self, pdf: bytes) -> None:
        super()._show(pdf)
        self.stop_button.hide()

    def _refuse(self, fault: UserError) -> None:
        super()._refuse(fault)
        self.stop_button.hide()
        self.shipped_button.setVisible(isinstance(fault, BrokenTemplate))

    def _stop_or_start(self) -> None:
        if self._task is None or self._task.is_cancelled():
            self.refresh()
            return
        self._task.cancel()
        self.place.setText(self.tr("Angehalten, es wurde kein Brief gesetzt"))
        self.stop_button.setText(self.tr("Neu setzen"))

    def _use_shipped(self) -> None:
        self._shipped = True
        self.refresh()

    def _ask(self) -> None:
        self.check.ask(self._drafts, self._session.context)
        pdf, drafts = self.pdf, self._drafts
        self._find_no_more()
        self._finding = tasks.run(lambda _: letters.pages_of(pdf, drafts), self.check.show_pages)
        set_property(self.print_button, "kind", "")

    def _find_no_more(self) -> None:
        if self._finding is not None:
            self._finding.cancel()
            self._finding = None

    def _record_all(self) -> None:
        self._record(self._drafts, self.accept)

    def _record_others(self) -> None:
        again = self.check.marked()
        others = [draft for place, draft in enumerate(self._drafts) if place not in again]

        def print_again() -> None:
            self._drafts = tuple(self._drafts[place] for place in again)
            self.subtitle.setText(self._amount())
            self._record_none()
            self.refresh()

        if others:
            self._record(others, print_again)
        else:
            print_again()

    def _record_none(self) -> None:
        self.show_error("")
        self.check.hide()
        set_property(self.print_button, "kind", "primary")
        self.pages.setFocus()

    def _record(self, drafts: Sequence[Draft], after: Callable[[], None]) -> None:
        """Remember these as printed, with their delivery where that was said too: one step.

        Each letter is set alone once more for its proof; who stops that has recorded none.
        """
        try:
            prove = letters.prepare_evidence(drafts, shipped_template=self._shipped)
        except UserError as fault:
            self.show_error(str(fault))
            return
        delivered = self.check.delivered.isChecked()
        waiting = QProgressDialog(
            self.tr("Wird festgehalten …"), self.tr("Abbrechen"), 0, len(drafts), self
        )
        waiting.setWindowModality(Qt.WindowModality.WindowModal)
        waiting.setMinimumDuration(500)
        waiting.setValue(0)
        self.set_busy(True)

        def store(evidence: Sequence[Evidence]) -> None:
            self._wait_no_more(waiting)
            if self._stored(evidence, delivered):
                after()

        def give_up(reason: str) -> None:
            self._wait_no_more(waiting)
            self.show_error(reason)

        task = tasks.run(
            lambda progress: prove(partial(_goes_on, progress)),
            store,
            lambda fault: give_up(str(fault)),
        )
        task.progressed.connect(waiting.setValue)
        waiting.canceled.connect(task.cancel)
        waiting.canceled.connect(
            lambda: give_up(self.tr("Abgebrochen; es ist kein Brief festgehalten."))
        )

    def _wait_no_more(self, waiting: QProgressDialog) -> None:
        # Closing it would say that it was cancelled.
        waiting.blockSignals(True)
        waiting.close()
        waiting.deleteLater()
        self.set_busy(False)

    def _stored(self, evidence: Sequence[Evidence], delivered: bool) -> bool:
        def act(context: Context) -> tuple[LetterRecord, ...]:
            made = letters.record_evidence(context, evidence)
            for way in {each.way for each in made} if delivered else ():
                ids = [each.id for each in made if each.way is way and each.id is not None]
                letters.mark_delivered(context, ids, way, context.today)
            return made

        def said() -> str:
            count = texts.counted(len(evidence), "Brief", "Briefe")
            if delivered:
                return self.tr("{count} gedruckt und zugestellt").format(count=count)
            return self.tr("{count} gedruckt").format(count=count)

        made = self._session.perform(act, said, self.show_error)
        if made is None:
            return False
        self.recorded.emit(len(made))
        return True

    def _amount(self) -> str:
        return texts.counted(len(self._drafts), "Brief", "Briefe")


class PrintCheck(QFrame):
    """`Alles richtig gedruckt?` Yes, these again, or no."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setFixedWidth(_PANEL_WIDTH)
        self.setAccessibleName(self.tr("Alles richtig gedruckt?"))
        self._drafts: tuple[Draft, ...] = ()
        self._pages: tuple[range, ...] = ()
        self._by_page: set[int] = set()
        self.question = PlainLabel(
            self.tr("Alles richtig gedruckt?"), weight=QFont.Weight.DemiBold, wrap=True
        )
        self.text = PlainLabel(
            self.tr("Was Sie hier festhalten, gilt als Nachweis. Es lässt sich zurücknehmen."),
            muted=True,
            wrap=True,
        )
        self.delivered = QCheckBox()
        self.deemed = PlainLabel(muted=True, wrap=True, size=theme.SMALL_SIZE)
        self.spoiled = FormField(
            self.tr("&Seiten noch einmal drucken"), QLineEdit(placeholderText=self.tr("3, 7-9"))
        )
        self.list_label = PlainLabel(
            self.tr(
                "Oder ankreuzen, was noch einmal zu drucken ist; die übrigen werden dann"
                " festgehalten:"
            ),
            muted=True,
            size=theme.SMALL_SIZE,
            wrap=True,
        )
        self.list = _Names()
        self.list.setAccessibleName(self.tr("Noch einmal drucken"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setProperty("kind", "names")
        self.list.setProperty("flush", "true")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setSpacing(theme.HAIR)
        self.list_label.setBuddy(self.list)
        self.yes_button = Button(self.tr("&Ja, alle festhalten"), kind="primary")
        self.again_button = Button("")
        self.no_button = Button(self.tr("&Nein, nichts festhalten"))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.SMALL)
        for widget in (
            self.question,
            self.text,
            self.delivered,
            self.deemed,
            self.yes_button,
            self.list_label,
            self.spoiled,
        ):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        column.addWidget(self.again_button)
        column.addWidget(self.no_button)

        self.list.itemChanged.connect(self._count)
        self.spoiled.edited.connect(self._mark_pages)
        self.delivered.toggled.connect(self.deemed.setVisible)

    def ask(self, drafts: Sequence[Draft], context: Context) -> None:
        """Ask about these; nothing is marked as spoiled yet."""
        self._drafts = tuple(drafts)
        self._pages, self._by_page = (), set()
        self.list.blockSignals(True)
        self.list.clear()
        for draft in drafts:
            item = QListWidgetItem(self._item_text(draft))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Unchecked)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self._page_line().clear()
        self.spoiled.show_error("")
        self.spoiled.hide()
        self.delivered.setChecked(False)
        self._show_ways({draft.letter.delivery for draft in drafts}, context)
        self._count()
        self.show()
        self.yes_button.setFocus()
        announce(self, self.question.text())

    def show_pages(self, pages: Sequence[range]) -> None:
        """Where each letter stands; from now on pages can be named."""
        if len(pages) != len(self._drafts):
            return
        self._pages = tuple(pages)
        self.list.blockSignals(True)
        for place, draft in enumerate(self._drafts):
            self.list.item(place).setText(self._item_text(draft, pages[place]))
        self.list.blockSignals(False)
        self.spoiled.setVisible(len(pages) > 1)

    def marked(self) -> list[int]:
        """The places of those to print again."""
        return [
            place
            for place in range(self.list.count())
            if self.list.item(place).checkState() is Qt.CheckState.Checked
        ]

    def _show_ways(self, ways: set[Delivery], context: Context) -> None:
        words = {
            Delivery.POST: self.tr("Heute zur Post gegeben"),
            Delivery.HANDED_OVER: self.tr("Heute ausgehändigt"),
            Delivery.PORTAL: self.tr("Heute elektronisch zugestellt"),
        }
        several = self.tr("Heute auf dem gewählten Weg zugestellt")
        self.delivered.setText(words[next(iter(ways))] if len(ways) == 1 else several)
        said = [
            delivered_text(way, context.today, deemed_on(context.today, context.fictions(), way))
            for way in sorted(ways)
        ]
        self.deemed.setText("; ".join(said))
        self.deemed.hide()

    def _page_line(self) -> QLineEdit:
        assert isinstance(self.spoiled.field, QLineEdit)
        return self.spoiled.field

    def _item_text(self, draft: Draft, pages: range | None = None) -> str:
        start = draft.letter.appointment.start
        when = f"{texts.short_day(start.date())} {texts.clock(start)}"
        place = when if pages is None else f"{pages_text(pages)} · {when}"
        return f"{draft.letter.client.name}\n{place}"

    def _mark_pages(self) -> None:
        """Mark the letters that the pages belong to; what was marked by hand stays."""
        written = self._page_line().text().rstrip(" -–")  # `7-` goes on
        try:
            pages = pages_in(written, self._pages[-1][-1])
        except UserError as fault:
            self.spoiled.show_error(str(fault))
            pages = frozenset()
        touched = {place for place, held in enumerate(self._pages) if not pages.isdisjoint(held)}
        by_hand = set(self.marked()) - self._by_page
        for place in self._by_page - touched:
            self.list.item(place).setCheckState(Qt.CheckState.Unchecked)
        self._by_page = touched - by_hand
        for place in self._by_page:
            self.list.item(place).setCheckState(Qt.CheckState.Checked)
        if touched:
            self.list.scrollToItem(self.list.item(min(touched)))
        self._count()

    def _count(self) -> None:
        count = len(self.marked())
        is_clear = not self.spoiled.error()
        self.yes_button.setEnabled(not count and is_clear)
        self.again_button.setEnabled(count > 0 and is_clear)
        text = self.tr("&Markierte noch einmal")
        if count == self.list.count():
            text = self.tr("&Alle noch einmal")
        self.again_button.setText(text)


class _Names(QListWidget):
    """Names to mark; the space bar marks the current one."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() == Qt.Key.Key_Space and item is not None:
            checked = item.checkState() is Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked)
        else:
            super().keyPressEvent(event)


def _goes_on(progress: tasks.Progress, done: int, total: int) -> bool:
    try:
        progress.report(done, total)
    except tasks.Cancelled:
        return False
    return True
