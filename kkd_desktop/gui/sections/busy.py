"""Which other calendars are read, so that nothing is planned over what stands in them?"""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFont
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from kkd_desktop.actions import busy
from kkd_desktop.actions.busy import SourceState
from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.stored_words import said_again
from kkd_desktop.gui import theme
from kkd_desktop.gui.busy_watch import watch_of
from kkd_desktop.gui.dialogs.places import PlaceChooser
from kkd_desktop.gui.sections.base import Section
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Banner
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.card import Line
from kkd_desktop.gui.widgets.labels import ElidedLabel, Paragraph, PlainLabel, set_property
from kkd_desktop.gui.widgets.work_bar import WorkBar


class BusySection(Section):
    """The calendars that are read, each with its state; files and folders can be dropped here."""

    def __init__(
        self,
        session: Session,
        parent: QWidget | None = None,
        *,
        places: PlaceChooser | None = None,
    ) -> None:
        super().__init__(
            session, self.tr("Fremde Termine"), self.tr("Was andere Kalender belegen"), parent
        )
        self._places = places or PlaceChooser()
        self._watch = watch_of(session)
        self._shown: object = None
        self.rows: list[SourceRow] = []
        self.empty = PlainLabel(
            self.tr("Noch kein Kalender. Eine .ics-Datei wählen oder hierher ziehen."), muted=True
        )
        self.titles_note = Banner()
        self.titles_note.say(
            self.tr("Mit Titeln"),
            self.tr(
                "Titel können Sozialdaten anderer enthalten, auch von Kolleginnen und Kollegen. "
                "Sie stehen verschlüsselt in diesem Bestand und sichtbar in der Woche."
            ),
            Tone.SOON,
        )
        self.fault = Banner()
        self.file_button = Button(self.tr("Kalenderdatei wählen …"))
        self.folder_button = Button(self.tr("Ordner wählen …"))
        self.reading = PlainLabel(self.tr("Wird gelesen …"), muted=True)
        self.bar = WorkBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Fortschritt des Lesens"))
        self.bar.setFixedWidth(160)
        self.cancel_button = Button(self.tr("Abbrechen"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._lay_out()
        self.setAcceptDrops(True)

        self.file_button.clicked.connect(self._choose_file)
        self.folder_button.clicked.connect(self._choose_folder)
        self.cancel_button.clicked.connect(self._watch.cancel)
        self._watch.progressed.connect(self._show_progress)
        self._watch.turned.connect(self._show_buttons)
        self._watch.refused.connect(self._refuse)

    def show_settings(self) -> None:
        states = busy.sources(self._session.context)
        self.empty.setVisible(not states)
        self.titles_note.setVisible(any(state.source.has_titles for state in states))
        self._show_sources(states)
        self._show_buttons()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event.mimeData()) is not None and not self._watch.is_running():
            event.acceptProposedAction()
            set_property(self, "drop", "true")

    def dragLeaveEvent(self, event: object) -> None:
        set_property(self, "drop", "false")

    def dropEvent(self, event: QDropEvent) -> None:
        set_property(self, "drop", "false")
        place = _dropped(event.mimeData())
        if place is not None:
            event.acceptProposedAction()
            self.add(place)

    def add(self, place: Path) -> None:
        """Read a file or a folder, and take it in where that goes well."""
        self._refuse("")
        try:
            source = busy.source_at(place, watched=True)
        except UserError as fault:
            self._refuse(str(fault))
            return
        self._watch.add(source)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SMALL)
        buttons.addWidget(self.file_button)
        buttons.addWidget(self.folder_button)
        buttons.addStretch()
        for widget in (self.reading, self.bar, self.cancel_button):
            buttons.addWidget(widget)
        self.body.addWidget(
            Paragraph(
                self.tr(
                    "Zeiten aus Outlook und anderen Kalendern stehen in der Woche, und es wird "
                    "kein Gespräch darauf vorgeschlagen. Gelesen werden Beginn, Ende und ob Sie "
                    "da sind, Titel nur auf Wunsch; alles andere bleibt, wo es ist."
                ),
                muted=True,
            )
        )
        self.body.addWidget(self.empty)
        self.body.addLayout(self._rows)
        self.body.addWidget(self.titles_note)
        self.body.addWidget(self.fault)
        self.body.addLayout(buttons)
        self.fault.hide()

    def _show_sources(self, states: tuple[SourceState, ...]) -> None:
        """Made anew only where something changed: the keyboard stays where it is."""
        if states == self._shown:
            return
        self._shown = states
        focused = next((row.focused() for row in self.rows if row.focused()), None)
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = [SourceRow(state) for state in states]
        for row in self.rows:
            source_id = row.state.source.id
            assert source_id is not None, "a listed source is a stored one"
            row.watch_toggled.connect(partial(self._change, source_id, "watched"))
            row.titles_toggled.connect(partial(self._change, source_id, "has_titles"))
            row.read_wanted.connect(self._read_again)
            row.remove_wanted.connect(self._remove)
            self._rows.addWidget(row)
            if focused is not None and focused[0] == source_id:
                row.focus(focused[1])
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Rows are made after the buttons below them, and would come after them by Tab too."""
        before = self.file_button.previousInFocusChain()
        assert before is not None, "the card itself is before it"
        for row in self.rows:
            for control in row.controls():
                QWidget.setTabOrder(before, control)
                before = control

    def _change(self, source_id: int, name: str, wanted: bool) -> None:
        self._session.perform(
            lambda context: busy.change_source(context, source_id, **{name: wanted}),
            lambda: self.tr("Fremde Termine geändert"),
        )

    def _read_again(self, state: SourceState) -> None:
        self._refuse("")
        self._watch.read_again(state.source)

    def _remove(self, state: SourceState) -> None:
        source_id = state.source.id
        assert source_id is not None, "a listed source is a stored one"
        self._refuse("")
        self._session.perform(
            lambda context: busy.remove_source(context, source_id),
            lambda: self.tr("Fremde Termine entfernt"),
        )
        self.file_button.setFocus()

    def _choose_file(self) -> None:
        place = self._places.existing(
            self, self.tr("Kalenderdatei wählen"), self.tr("Kalenderdatei (*.ics)")
        )
        if place is not None:
            self.add(place)

    def _choose_folder(self) -> None:
        place = self._places.folder(self, self.tr("Ordner mit Kalenderdateien wählen"))
        if place is not None:
            self.add(place)

    def _refuse(self, sentence: str) -> None:
        if sentence:
            self.fault.say("", sentence, Tone.LATE)
        self.fault.setVisible(bool(sentence))

    def _show_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _show_buttons(self) -> None:
        running = self._watch.is_running()
        if running and not self.bar.isVisibleTo(self):
            # Of what has not said how far it is, only that it runs.
            self.bar.wait()
        for button in (self.file_button, self.folder_button):
            button.setEnabled(not running)
        for widget in (self.reading, self.bar, self.cancel_button):
            widget.setVisible(running)
        for row in self.rows:
            row.read_button.setEnabled(not running)


class SourceRow(QWidget):
    """One calendar: where from, how many times, when read, and what is wrong with it.

    Signals:
        watch_toggled: it is to be watched or not.
        titles_toggled: its titles are wanted or not.
        read_wanted: carries the `SourceState`.
        remove_wanted: carries the `SourceState`.
    """

    watch_toggled = Signal(bool)
    titles_toggled = Signal(bool)
    read_wanted = Signal(object)
    remove_wanted = Signal(object)

    def __init__(self, state: SourceState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = state
        source, reading = state.source, state.reading
        self.name = ElidedLabel(source.name, weight=QFont.Weight.DemiBold)
        self.number = PlainLabel(texts.counted(state.number, "Zeit", "Zeiten"))
        self.details = ElidedLabel(self._details())
        self.details.set_tone(Tone.NEUTRAL)
        self.fault = PlainLabel("" if reading is None else self._fault(reading.fault), wrap=True)
        self.fault.set_tone(Tone.LATE)
        self.fault.setVisible(bool(self.fault.text()))
        notes = () if reading is None else reading.note.splitlines()
        self.note = PlainLabel(" ".join(map(said_again, notes)), muted=True, wrap=True)
        self.note.setVisible(bool(self.note.text()))
        self.watch = QCheckBox(self.tr("Änderungen von selbst lesen"))
        self.watch.setChecked(source.watched)
        self.titles = QCheckBox(self.tr("Titel übernehmen"))
        self.titles.setChecked(source.has_titles)
        self.read_button = Button(self.tr("Jetzt lesen"), kind="quiet")
        self.remove_button = Button(self.tr("Entfernen"), kind="quiet")
        for widget in self.controls():
            widget.setAccessibleName(f"{widget.text()}: {source.name}")
        self._lay_out()

        self.watch.toggled.connect(self.watch_toggled)
        self.titles.toggled.connect(self.titles_toggled)
        self.read_button.clicked.connect(lambda: self.read_wanted.emit(self.state))
        self.remove_button.clicked.connect(lambda: self.remove_wanted.emit(self.state))

    def focused(self) -> tuple[int | None, int] | None:
        """Which source and which of its controls has the keyboard."""
        for place, widget in enumerate(self.controls()):
            if widget.hasFocus():
                return self.state.source.id, place
        return None

    def focus(self, place: int) -> None:
        self.controls()[place].setFocus()

    def controls(self) -> tuple[QCheckBox | Button, ...]:
        return self.watch, self.titles, self.read_button, self.remove_button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.SMALL)
        head.addWidget(self.name, 1)
        head.addWidget(self.number)
        controls = QHBoxLayout()
        controls.setSpacing(theme.LARGE)
        controls.addWidget(self.watch)
        controls.addWidget(self.titles)
        controls.addStretch()
        controls.addWidget(self.read_button)
        controls.addWidget(self.remove_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SMALL, 0, 0)
        column.setSpacing(theme.TINY)
        column.addLayout(head)
        for label in (self.details, self.fault, self.note):
            column.addWidget(label)
        column.addLayout(controls)
        column.addSpacing(theme.SMALL)
        column.addWidget(Line())

    def _details(self) -> str:
        place, moment = self.state.source.place, self.state.read_at
        if moment is None:
            return self.tr("Noch nicht gelesen · {place}").format(place=place)
        return self.tr("Gelesen {moment} Uhr · {place}").format(
            moment=texts.moment(moment), place=place
        )

    def _fault(self, fault: str) -> str:
        fault, moment = said_again(fault), self.state.read_at
        if not fault or moment is None:
            return fault
        return self.tr("{fault} Es gilt weiter, was am {day} gelesen wurde.").format(
            fault=fault, day=texts.day(moment.date())
        )


def _dropped(data: QMimeData) -> Path | None:
    """The one calendar file or folder that is dragged here."""
    urls = data.urls() if data.hasUrls() else []
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    place = Path(urls[0].toLocalFile())
    return place if place.suffix.lower() == ".ics" or place.is_dir() else None
