"""Shall these people be deleted for good? The one question that is asked: nothing undoes it."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from kkd_desktop.actions import forgetting
from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.forgetting import NO_WAY_BACK, Held, mentioned_text
from kkd_desktop.domain.language import said
from kkd_desktop.gui import tasks, theme
from kkd_desktop.gui.dialogs.base import Dialog, show
from kkd_desktop.gui.dialogs.places import PlaceChooser
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Banner
from kkd_desktop.gui.widgets.labels import PlainLabel

_WIDTH, _MOST_HEIGHT = 600, 400
_MOST_BACKUPS = 6


class ForgetDialog(Dialog):
    """What goes, what stays elsewhere and until when, and that there is no way back.

    Signals:
        forgotten: they are gone.
    """

    forgotten = Signal()

    def __init__(
        self,
        session: Session,
        client_ids: Sequence[int],
        *,
        places: PlaceChooser | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._client_ids = tuple(client_ids)
        self._farewell = forgetting.farewell(session.context, self._client_ids)
        people = self._farewell.people
        title = _title(len(people))
        super().__init__(title, people[0].name if len(people) == 1 else "", parent)
        self._session, self._places = session, places
        self._task: tasks.Task | None = None
        self.warning = Banner()
        self.warning.say(self.tr("Endgültig"), self._warning(), Tone.LATE)
        self.mentioned = PlainLabel(wrap=True)
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, theme.SMALL, 0)
        self._column.setSpacing(theme.TINY)
        self._area = _scrolled(self._list)
        self._backups = QVBoxLayout()
        self._backups.setSpacing(theme.TINY)
        self._fill()
        self.body.addWidget(self._area)
        self.body.addWidget(self.warning)
        self.body.addStretch()
        self.cancel_button = self.add_cancel()
        self.disclosure_button = self.add_action(self.tr("Vorher Auskunft …"), self._disclose)
        self.delete_button = self.set_main_action(self.tr("Endgültig löschen"), self.submit)
        self.setFixedWidth(_WIDTH)
        # Enter changes its mind: the way back is what is at hand.
        self.cancel_button.setFocus()
        self._find_backups()

    def submit(self) -> None:
        """Delete them, then clean the file."""
        if self.is_busy():
            return
        self.show_error("")
        context = self._session.context
        try:
            clean = forgetting.forget(context, self._client_ids)
        except UserError as fault:
            self.show_error(str(fault))
            return
        self.set_busy(True, self.tr("Wird gelöscht …"))
        self._session.changed.emit()
        self._task = tasks.run(lambda progress: clean(), self._finish, self._say_unclean)

    def done(self, result: int) -> None:
        if self.is_busy():
            # They are deleted already; only the file is still being cleaned.
            return
        super().done(result)

    def _finish(self, _: object) -> None:
        self._end(_said(len(self._client_ids)))

    def _say_unclean(self, fault: UserError) -> None:
        self._end("")
        self._session.failed.emit(str(fault))

    def _end(self, said: str) -> None:
        self._task = None
        self.set_busy(False)
        self.accept()
        self.forgotten.emit()
        if said:
            self._session.done.emit(said)

    def _warning(self) -> str:
        return self.tr("{sentence} Strg Z hilft hier nicht.").format(sentence=said(NO_WAY_BACK))

    def _fill(self) -> None:
        farewell = self._farewell
        self._section(self.tr("Gelöscht wird"), farewell.goes)
        if farewell.stays:
            self._section(self.tr("Zu bedenken"), farewell.stays)
        self.mentioned.hide()
        self._column.addWidget(self.mentioned)
        self._section(self.tr("Noch enthalten in Sicherungen"), ())
        self._column.addLayout(self._backups)
        self._show_backups((self.tr("werden gesucht …"),))
        self._column.addStretch()

    def _section(self, title: str, lines: Iterable[str]) -> None:
        if self._column.count():
            self._column.addSpacing(theme.SMALL)
        self._column.addWidget(PlainLabel(title, weight=QFont.Weight.DemiBold))
        for line in lines:
            self._column.addWidget(PlainLabel(line, wrap=True))

    def _find_backups(self) -> None:
        context = self._session.context
        holding = forgetting.holding(context, self._client_ids)
        mentioning = forgetting.mentioning(context, self._farewell.people)
        task = tasks.run(
            lambda progress: (holding(), mentioning()), self._say_found, self._say_unknown
        )
        self.finished.connect(task.cancel)

    def _say_found(self, found: tuple[Sequence[Held], int]) -> None:
        held, number = found
        self.mentioned.setText(mentioned_text(number))
        self.mentioned.setVisible(number > 0)
        self._name_backups(held)

    def _name_backups(self, held: Sequence[Held]) -> None:
        lines = [each.german for each in held[:_MOST_BACKUPS]]
        if len(held) > _MOST_BACKUPS:
            more = texts.counted(len(held) - _MOST_BACKUPS, "weitere", "weitere")
            days = [each.leaves_on for each in held if each.leaves_on is not None]
            until = (
                self.tr(", die letzte bis {day}").format(day=texts.day(max(days)))
                if len(days) == len(held)
                else ""
            )
            lines.append(f"{more}{until}")
        if held:
            lines.append(
                self.tr("Wird eine davon wiederhergestellt, löscht das Programm dabei wieder.")
            )
        if held and forgetting.second_folder(self._session.context) is not None:
            lines.append(self.tr("Kopien davon liegen auch im zweiten Ordner für Sicherungen."))
        self._show_backups(lines or (self.tr("keine"),))

    def _say_unknown(self, fault: UserError) -> None:
        self._show_backups((str(fault),))

    def _show_backups(self, lines: Iterable[str]) -> None:
        while (item := self._backups.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for line in lines:
            label = PlainLabel(line, muted=True, wrap=True)
            self._backups.addWidget(label)
            # Otherwise it takes no room until the next turn.
            label.show()
        self._fit()

    def _fit(self) -> None:
        width = _WIDTH - 2 * 22 - theme.SMALL
        layout = self._list.layout()
        assert layout is not None
        height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else 0
        height = height or self._list.sizeHint().height()
        self._area.setFixedHeight(min(height + theme.TINY, _MOST_HEIGHT))
        self.adjustSize()

    def _disclose(self) -> None:
        from kkd_desktop.gui.dialogs.disclosure import open_disclosure

        name = self._farewell.people[0].name if len(self._client_ids) == 1 else ""
        open_disclosure(self._session, self._client_ids, name, self._places, self)


def open_forget(
    session: Session,
    client_ids: Sequence[int],
    places: PlaceChooser | None,
    parent: QWidget | None,
    then: Callable[[], object] | None = None,
) -> None:
    """Ask; `then` is called once they are gone."""
    try:
        dialog = ForgetDialog(session, client_ids, places=places, parent=parent)
    except UserError as fault:
        # Deleted meanwhile, here or by another process.
        session.failed.emit(str(fault))
        return
    if then is not None:
        dialog.forgotten.connect(then)
    show(dialog)


def _title(number: int) -> str:
    if number == 1:
        return said("Person löschen")
    return said("{number} Personen löschen").format(number=texts.whole(number))


def _said(number: int) -> str:
    people = texts.counted(number, "Person", "Personen")
    return said("{people} endgültig gelöscht").format(people=people)


def _scrolled(inside: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    inside.setAutoFillBackground(False)
    area.viewport().setAutoFillBackground(False)
    return area
