"""Which concept is in force here? Chosen from the shelf; prolonged only on purpose."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from kkd_desktop.actions import policies
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.policies import OnShelf, Standing
from kkd_desktop.domain import texts
from kkd_desktop.domain.policy import Policy
from kkd_desktop.gui import theme
from kkd_desktop.gui.concept import combine_text, parts_text, shelf_standing, validity_text
from kkd_desktop.gui.sections.base import Section, open_in_file_manager
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Banner
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.card import Line
from kkd_desktop.gui.widgets.dayline import DayLine
from kkd_desktop.gui.widgets.field import FormField
from kkd_desktop.gui.widgets.labels import ElidedLabel, PlainLabel

_INDENT = 24


class ConceptSection(Section):
    """The shelf, one concept chosen; below it what has to be decided about the chosen one.

    Signals:
        reading_wanted: the concepts are to be read or compared.
    """

    reading_wanted = Signal()

    def __init__(
        self,
        session: Session,
        parent: QWidget | None = None,
        *,
        open_folder: Callable[[Path], object] | None = None,
    ) -> None:
        super().__init__(session, self.tr("Konzept in Kraft"), parent=parent)
        self._open_folder = open_folder or open_in_file_manager
        self._shown: tuple[OnShelf, ...] = ()
        self._rows: dict[str, ShelfRow] = {}
        self._group = QButtonGroup(self)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.several = PlainLabel(muted=True, wrap=True)
        self.prolongation = Prolongation()
        self.folder_button = Button(self.tr("Ordner für eigene Konzepte öffnen"), kind="link")
        self.read_button = Button(self.tr("Konzepte lesen und vergleichen"), kind="link")
        own = QHBoxLayout()
        own.setSpacing(theme.LARGE)
        # The link stands under the texts, not its focus frame.
        own.addSpacing(-theme.LINK_INSET)
        own.addWidget(self.read_button)
        own.addWidget(self.folder_button)
        own.addStretch()
        self.body.addLayout(self._list)
        self.body.addWidget(self.several)
        self.body.addWidget(self.prolongation)
        self.body.addLayout(own)

        self.read_button.clicked.connect(self.reading_wanted)
        self.folder_button.clicked.connect(self._show_folder)
        self.prolongation.prolong_wanted.connect(self._prolong)
        self.prolongation.end_wanted.connect(self._end)

    def show_settings(self) -> None:
        found = policies.on_shelf(self._session.context)
        if found != self._shown:
            self._shown = found
            self._show_rows(found)
        chosen = [each for each in found if each.is_chosen]
        self.several.setVisible(len(chosen) > 1)
        self.several.setText(
            self.tr(
                "Mehrere Konzepte liegen übereinander, die strengere Vorgabe gilt. Wer hier eines "
                "wählt, legt die anderen ab."
            )
        )
        # Of a chosen set what speaks in it: only a document can be prolonged.
        asked = [each for each in found if each.in_use and each.policy is not None]
        waiting = [each for each in asked if each.standing is Standing.EXPIRED]
        moved = [each for each in asked if each.policy and each.policy.validity.prolonged]
        self.prolongation.show_concept(
            next(iter([*waiting, *moved]), None), self._session.context.today
        )

    def row(self, policy_id: str) -> "ShelfRow":
        return self._rows[policy_id]

    def _show_rows(self, found: tuple[OnShelf, ...]) -> None:
        focused = next((name for name, row in self._rows.items() if row.radio.hasFocus()), None)
        for row in self._rows.values():
            self._group.removeButton(row.radio)
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = {}
        for each in found:
            row = ShelfRow(each, self._session.context.today)
            row.radio.clicked.connect(lambda _=False, name=each.id: self._choose(name))
            self._group.addButton(row.radio)
            self._list.addWidget(row)
            self._rows[each.id] = row
        if focused in self._rows:
            self._rows[focused].radio.setFocus()

    def _choose(self, policy_id: str) -> None:
        def choose(context: Context) -> bool:
            policies.choose(context, policy_id)
            return True

        if self._session.perform(choose):
            self.say_saved()

    def _prolong(self, policy_id: str, until: date) -> None:
        def prolong(context: Context) -> bool:
            policies.prolong(context, policy_id, until)
            return True

        if self._session.perform(prolong):
            self.say_saved()

    def _end(self, policy_id: str) -> None:
        def end(context: Context) -> bool:
            policies.end_prolongation(context, policy_id)
            return True

        if self._session.perform(end):
            self.say_saved()

    def _show_folder(self) -> None:
        if (folder := self.made_private(policies.own_folder())) is not None:
            self._open_folder(folder)


class ShelfRow(QWidget):
    """One concept: title and office, validity, how it stands today; a broken one its faults."""

    def __init__(self, shelved: OnShelf, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # The text of a button is never rich text, but `&` would become a key.
        title = shelved.short_title
        state, tone = shelf_standing(shelved, today)
        self.radio = QRadioButton(title.replace("&", "&&"))
        self.radio.setFont(theme.font(weight=QFont.Weight.DemiBold))
        self.radio.setChecked(shelved.is_chosen)
        self.radio.setEnabled(shelved.is_readable)
        self.state = PlainLabel(state)
        self.state.set_tone(tone)
        details = QVBoxLayout()
        details.setContentsMargins(_INDENT, 0, 0, 0)
        details.setSpacing(theme.HAIR)
        for text in _details(self, shelved, today):
            details.addWidget(ElidedLabel(text, muted=True))
        for fault in shelved.faults:
            wrong = PlainLabel(fault, wrap=True)
            wrong.set_tone(Tone.LATE)
            details.addWidget(wrong)
        head = QHBoxLayout()
        head.addWidget(self.radio)
        head.addStretch()
        head.addWidget(self.state)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SMALL, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(details)
        column.addSpacing(theme.SMALL)
        column.addWidget(Line())
        self.radio.setAccessibleName(f"{title}, {self.state.text()}")


class Prolongation(QWidget):
    """An expired concept, loudly, and the deliberate way to let it hold on.

    Signals:
        prolong_wanted: the id and the last day the office has set.
        end_wanted: the id; the document's own end shall count again.
    """

    prolong_wanted = Signal(str, object)
    end_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._id = ""
        self._asked: tuple[str, date | None] = ("", None)
        self._end: date | None = None
        self.banner = Banner()
        self.until = FormField(self.tr("Verlängern bis"), DayLine())
        self.until.setFixedWidth(160)
        self.confirm = QCheckBox()
        self.prolong_button = Button(self.tr("Geltung verlängern"))
        self.end_button = Button(self.tr("Verlängerung beenden"))
        line = QHBoxLayout()
        line.setSpacing(theme.SMALL)
        line.addWidget(self.until)
        line.addStretch()
        self._form = QWidget()
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(theme.SMALL)
        form.addLayout(line)
        form.addWidget(self.confirm)
        buttons = QHBoxLayout()
        buttons.addWidget(self.prolong_button)
        buttons.addWidget(self.end_button)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SMALL, 0, theme.SMALL)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(self.banner)
        column.addWidget(self._form)
        column.addLayout(buttons)

        self.confirm.toggled.connect(self._allow)
        self._day().day_changed.connect(self._allow)
        self.prolong_button.clicked.connect(self._prolong)
        self.end_button.clicked.connect(lambda: self.end_wanted.emit(self._id))

    def show_concept(self, shelved: OnShelf | None, today: date) -> None:
        """Show what has to be decided about this one; nothing where nothing has to be."""
        policy = None if shelved is None else shelved.policy
        self.setVisible(policy is not None)
        if shelved is None or policy is None:
            return
        self._id, self._end = shelved.id, shelved.document_end
        expired = shelved.standing is Standing.EXPIRED
        self._say(policy, expired, part=not shelved.is_chosen)
        self._form.setVisible(expired)
        self.prolong_button.setVisible(expired)
        self.end_button.setVisible(policy.validity.prolonged)
        asked = (shelved.id, policy.validity.until)
        if asked != self._asked:
            self._asked = asked
            self._day().set_day(date(today.year, 12, 31))
            self.confirm.setChecked(False)
        self.confirm.setText(
            self.tr(
                "Unser Jobcenter hat entschieden, „{title}“ über den {end} hinaus anzuwenden."
            ).format(title=policy.short_title.replace("&", "&&"), end=texts.day(self._end))
        )
        self._allow()

    def _say(self, policy: Policy, expired: bool, *, part: bool) -> None:
        until = texts.day(policy.validity.until)
        if not expired:
            text = self.tr(
                "Das Dokument selbst endete am {end}. Ihr Jobcenter wendet es an bis {until}."
            )
            self.banner.say(
                self.tr("Verlängert"),
                text.format(end=texts.day(self._end), until=until),
                Tone.SOON,
            )
            return
        text = (
            self.tr(
                "„{title}“ galt bis {until} und ist ein Teil der gewählten Zusammenstellung. "
                "Daraus werden keine Fristen berechnet, bis Ihr Jobcenter die Geltung bewusst "
                "verlängert."
            )
            if part
            else self.tr(
                "„{title}“ galt bis {until}. Es werden keine Fristen berechnet, bis Ihr Jobcenter "
                "die Geltung bewusst verlängert oder Sie ein anderes Konzept wählen."
            )
        )
        self.banner.say(
            self.tr("Abgelaufen"),
            text.format(title=policy.short_title, until=until),
            Tone.LATE,
        )

    def _day(self) -> DayLine:
        assert isinstance(self.until.field, DayLine)
        return self.until.field

    def _allow(self) -> None:
        day = self._day().day()
        self.until.show_error("")
        if day is not None and self._end is not None and day <= self._end:
            self.until.show_error(
                self.tr("Der Tag muss nach dem {end} liegen.").format(end=texts.day(self._end))
            )
            day = None
        self.prolong_button.setEnabled(day is not None and self.confirm.isChecked())

    def _prolong(self) -> None:
        self.prolong_wanted.emit(self._id, self._day().day())


def _details(row: ShelfRow, shelved: OnShelf, today: date) -> list[str]:
    parts = []
    policy, whole = shelved.policy, shelved.whole
    if policy is not None:
        parts.append(f"{policy.title} · {policy.office}")
        parts.append(validity_text(policy.validity, today))
    if whole is not None:
        parts.append(f"{whole.title} · {whole.office}")
        parts.append(combine_text(whole.combine))
        parts.append(parts_text(shelved, today))
    notes = [row.tr("eigene Datei")] if shelved.is_own else []
    if shelved.note:
        notes.append(shelved.note)
    if notes:
        parts.append(", ".join(notes))
    return parts
