"""What happened in the talk? The fields of a contact, and the contact they describe."""

from datetime import date, datetime, time

from PySide6.QtCore import QDate, QDateTime, QTime, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from kkd_desktop.domain import texts
from kkd_desktop.domain.contact import Contact, ContactForm, ContactKind, ContactNotes, NoteType
from kkd_desktop.domain.outcome import Verdict
from kkd_desktop.domain.values import replace
from kkd_desktop.domain.verdicts import PartVerdict, verdict_parts
from kkd_desktop.gui import theme
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Banner
from kkd_desktop.gui.widgets.field import FormField, side_by_side
from kkd_desktop.gui.widgets.labels import PlainLabel
from kkd_desktop.gui.widgets.moments import MomentEdit
from kkd_desktop.gui.widgets.segmented import SegmentedControl

_EMPTY_LINE = "\N{NO-BREAK SPACE}"


class ContactFields(QWidget):
    """Form, Vermerk, day and time, what it was, and the notes; between them whether it counts.

    Signals:
        edited: any of it was changed.
    """

    edited = Signal()

    def __init__(self, contact: Contact, moment: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._contact = contact
        self._build()
        self._lay_out()
        self._fill(contact, moment)

        self.form.value_changed.connect(self._follow_form)
        self.missed.toggled.connect(self._follow_missed)
        for box in (self.qualified, self.first, self.missed):
            box.toggled.connect(self.edited)
        self.note_type.currentIndexChanged.connect(self.edited)
        self.at.dateTimeChanged.connect(self.edited)
        for line in (self.reason, self.means):
            line.textChanged.connect(self.edited)
        for notes in (self.content, self.goal):
            notes.textChanged.connect(self.edited)
        self._follow_form()

    def draft(self) -> Contact:
        """The contact as it stands in the fields."""
        by_phone = self._form() is ContactForm.TELEFONISCH
        reason = self.reason.text().strip() if by_phone else ""
        chosen = self.at.dateTime()
        day, clock = chosen.date(), chosen.time()
        return replace(
            self._contact,
            day=date(day.year(), day.month(), day.day()),
            at=time(clock.hour(), clock.minute()),
            kind=ContactKind(
                form=self._form(),
                note_type=NoteType(self.note_type.currentData()),
                attended=not self.missed.isChecked(),
                qualified=self.qualified.isChecked(),
                first=self.first.isChecked(),
                phone_reason=bool(reason),
            ),
            notes=self._notes(),
            phone_reason=reason,
        )

    def is_touched(self) -> bool:
        """Whether there are notes that would be lost."""
        return self._notes() != self._contact.notes and any(
            (self.content.toPlainText(), self.goal.toPlainText(), self.means.text())
        )

    def show_verdict(self, verdict: Verdict | None) -> None:
        """Say whether it counts and why, and what is still to be documented."""
        if verdict is None:
            self.badge.say("", self.tr("Wählen Sie, mit wem gesprochen wurde."), Tone.NEUTRAL)
            self._show_duties("")
        elif isinstance(verdict, PartVerdict):
            word, reason = verdict_parts(verdict)
            self.badge.say(word, f"{reason}.", Tone.SOON)
            self._show_duties("; ".join(verdict.duties))
        elif verdict.counts:
            self.badge.say(
                self.tr("zählt"),
                self.tr("weil {reason}.").format(reason=verdict.reason),
                Tone.OK,
            )
            self._show_duties("; ".join(verdict.duties))
        else:
            self.badge.say(
                self.tr("zählt nicht"),
                self.tr("weil {reason}. Der Kontakt steht trotzdem in der Historie.").format(
                    reason=verdict.reason
                ),
                Tone.LATE,
            )
            self._show_duties("")

    def show_resting(self) -> None:
        """No policy is in force: nothing counts, and nothing fails to count."""
        self.badge.say(
            self.tr("kein Konzept in Kraft"),
            self.tr("Der Kontakt steht in der Historie; ob er zählt, sagt erst ein Konzept."),
            Tone.NEUTRAL,
        )
        self._show_duties("")

    def _show_duties(self, duties: str) -> None:
        self.duties.setText(self.tr("Noch zu dokumentieren: {duties}").format(duties=duties))
        self.duties.setVisible(bool(duties))

    def show_error(self, text: str) -> bool:
        """Put a refusal to the field it speaks of; False where it speaks of none."""
        for name, field in (
            (self.tr("Tag"), self.at_field),
            (self.tr("Grund für das Telefonat"), self.reason_field),
            (self.tr("Inhalt"), self.content_field),
            (self.tr("Ziel"), self.goal_field),
            (self.tr("Mitteleinsatz"), self.means_field),
        ):
            if text.startswith(f"{name}: ") or texts.quoted(name) in text:
                sentence = text.removeprefix(f"{name}: ")
                field.show_error(sentence)
                field.setFocus()
                return True
        return False

    def clear_errors(self) -> None:
        for field in (
            self.at_field,
            self.reason_field,
            self.content_field,
            self.goal_field,
            self.means_field,
        ):
            field.show_error("")

    def begin(self) -> None:
        """Start where the day begins: at the form."""
        self.form.setFocus()

    def _build(self) -> None:
        self.form = SegmentedControl(
            [(form.value, texts.FORMS[form]) for form in ContactForm],
            self.tr("Form"),
            with_icons=True,
        )
        self.note_type = QComboBox()
        for note_type in NoteType:
            self.note_type.addItem(texts.NOTE_TYPES[note_type], note_type.value)
        self.at = MomentEdit()
        self.qualified = QCheckBox(self.tr("&qualifizierte Beratung"))
        self.first = QCheckBox(self.tr("Erstgespräch"))
        self.missed = QCheckBox(self.tr("nicht erschienen"))
        self.reason = QLineEdit(maxLength=200)
        self.badge = Banner()
        self.duties = PlainLabel(size=theme.SMALL_SIZE, muted=True, wrap=True)
        self.content = _notes_edit()
        self.goal = _notes_edit()
        self.means = QLineEdit(maxLength=2000)

    def _lay_out(self) -> None:
        self.form_field = FormField(self.tr("&Form"), self.form)
        self.note_field = FormField(self.tr("&Vermerk"), self.note_type)
        self.at_field = FormField(self.tr("&Tag und Zeit"), self.at)
        self.reason_field = FormField(
            self.tr("&Grund für das Telefonat"),
            self.reason,
            self.tr(
                "Ein Satz genügt. Er zeigt Vertretung und Fachaufsicht, warum am Telefon beraten "
                "wurde; manche Konzepte zählen das Telefonat nur mit Grund."
            ),
        )
        self.content_field = FormField(
            self.tr("&Inhalt"),
            self.content,
            self.tr("Nichts zur Gesundheit: dafür genügt das Merkmal ja oder nein."),
        )
        # With an empty line below, so that it ends where the field beside it does.
        self.goal_field = FormField(self.tr("Zie&l / Zwischenziel"), self.goal, _EMPTY_LINE)
        self.means_field = FormField(self.tr("&Mitteleinsatz"), self.means)
        self.checks = QHBoxLayout()
        self.checks.setSpacing(theme.HUGE)
        for box in (self.qualified, self.first, self.missed):
            self.checks.addWidget(box)
        self.checks.addStretch()
        verdict = QVBoxLayout()
        verdict.setSpacing(theme.TINY)
        verdict.addWidget(self.badge)
        verdict.addWidget(self.duties)
        notes = QHBoxLayout()
        notes.setSpacing(theme.LARGE)
        notes.addWidget(self.content_field)
        notes.addWidget(self.goal_field)

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.MEDIUM)
        column.addLayout(
            side_by_side((self.form_field, 0), (self.note_field, 3), (self.at_field, 3))
        )
        column.addLayout(self.checks)
        column.addWidget(self.reason_field)
        column.addLayout(verdict)
        column.addLayout(notes, 1)
        column.addWidget(self.means_field)

    def _fill(self, contact: Contact, moment: datetime) -> None:
        kind, notes = contact.kind, contact.notes
        self.form.set_value(kind.form.value)
        self.note_type.setCurrentIndex(self.note_type.findData(kind.note_type.value))
        at = contact.at or moment.time()
        self.at.setDateTime(
            QDateTime(
                QDate(contact.day.year, contact.day.month, contact.day.day),
                QTime(at.hour, at.minute),
            )
        )
        self.qualified.setChecked(kind.qualified)
        self.first.setChecked(kind.first)
        self.missed.setChecked(not kind.attended)
        self.reason.setText(contact.phone_reason)
        self.content.setPlainText(notes.content or "")
        self.goal.setPlainText(notes.goal or "")
        self.means.setText(notes.means or "")

    def _form(self) -> ContactForm:
        return ContactForm(self.form.value())

    def _notes(self) -> ContactNotes:
        """The texts. What was never asked for stays unknown where nothing is typed."""
        known, new = self._contact.notes, self._contact.id is None
        return ContactNotes(
            _text(self.content.toPlainText(), known.content, new),
            _text(self.goal.toPlainText(), known.goal, new),
            _text(self.means.text(), known.means, new),
        )

    def _follow_form(self) -> None:
        self.reason_field.setVisible(self._form() is ContactForm.TELEFONISCH)
        self.edited.emit()

    def _follow_missed(self, missed: bool) -> None:
        for box in (self.qualified, self.first):
            box.setEnabled(not missed)


def _text(typed: str, known: str | None, new: bool) -> str | None:
    text = typed.strip()
    return known if not text and known is None and not new else text


def _notes_edit() -> QPlainTextEdit:
    edit = QPlainTextEdit()
    edit.setTabChangesFocus(True)
    edit.setMinimumHeight(64)
    return edit
