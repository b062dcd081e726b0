"""Which invitations did this client get, how did each arrive, and what came of it?"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import STATE_TEXTS, AppointmentState
from kkd_desktop.domain.letter_kinds import KIND_TEXTS
from kkd_desktop.domain.letter_record import LetterRecord, Link
from kkd_desktop.gui import theme
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.card import Card, Line
from kkd_desktop.gui.widgets.labels import PlainLabel

_TONES = {
    AppointmentState.ATTENDED: Tone.OK,
    AppointmentState.MISSED: Tone.SOON,
}


class ChainCard(Card):
    """The appointments with letters on them, newest first. Nothing is shown where there are none.

    Signals:
        copy_wanted: a letter is to be printed again; carries its `LetterRecord`.
    """

    copy_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Briefe"), parent=parent)
        self.copy_buttons: list[Button] = []
        self._shown: Sequence[Link] | None = None
        self._links = QVBoxLayout()
        self._links.setSpacing(theme.SMALL)
        self.body.addLayout(self._links)
        self.hide()

    def show_chain(self, links: Sequence[Link]) -> None:
        """Made anew only where something changed: the keyboard stays where it is."""
        if links == self._shown:
            return
        self._shown = links
        written = [each for each in reversed(links) if each.letters]
        by_id = {each.appointment.id: each for each in links}
        while (item := self._links.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.copy_buttons = []
        for place, link in enumerate(written):
            if place:
                self._links.addWidget(Line())
            self._links.addWidget(self._link(link, by_id.get(link.follows)))
        assert self.heading is not None
        count = sum(len(each.letters) for each in written)
        self.heading.note.setText(texts.counted(count, "Brief", "Briefe"))
        self.setVisible(bool(written))

    def _link(self, link: Link, follows: Link | None) -> QWidget:
        appointment = link.appointment
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HAIR)
        head = QHBoxLayout()
        state = PlainLabel(STATE_TEXTS[appointment.state])
        state.set_tone(_TONES.get(appointment.state, Tone.NEUTRAL))
        head.addWidget(PlainLabel(texts.moment(appointment.start), weight=QFont.Weight.DemiBold), 1)
        head.addWidget(state)
        column.addLayout(head)
        if follows is not None:
            day = texts.weekday_day(follows.appointment.day)
            text = self.tr("folgt auf den {day}, nicht erschienen").format(day=day)
            column.addWidget(PlainLabel(text, muted=True, wrap=True))
        for letter in link.letters:
            self._add_letter(column, letter)
        return whole

    def _add_letter(self, column: QVBoxLayout, letter: LetterRecord) -> None:
        name = self.tr("{kind} vom {day}").format(
            kind=KIND_TEXTS[letter.kind], day=texts.day(letter.written_on)
        )
        button = Button(self.tr("Kopie …"), kind="quiet")
        button.setAccessibleName(self.tr("Kopie drucken: {name}").format(name=name))
        button.clicked.connect(partial(self._ask, letter))
        self.copy_buttons.append(button)
        row = QHBoxLayout()
        row.addWidget(PlainLabel(name, wrap=True), 1)
        row.addWidget(button)
        column.addLayout(row)
        sent = PlainLabel(letter.delivery_text, muted=True, wrap=True)
        if letter.delivered_on is None or not letter.stands:
            sent.set_tone(Tone.SOON)
        column.addWidget(sent)

    def _ask(self, letter: LetterRecord, _: bool = False) -> None:
        self.copy_wanted.emit(letter)
