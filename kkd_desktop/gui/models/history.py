"""Which contacts and appointments does one client have, and does each contact count?"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QObject

from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import STATE_TEXTS, Appointment, AppointmentState
from kkd_desktop.domain.contact import ContactForm, NoteType
from kkd_desktop.domain.outcome import CountedContact
from kkd_desktop.domain.verdicts import verdict_parts
from kkd_desktop.gui.models.appointments import delivery_text
from kkd_desktop.gui.models.columns import Column, ColumnModel
from kkd_desktop.gui.theme import Tone

DAY, FORM, NOTE, VERDICT = range(4)
MOMENT, LENGTH, DATE_FORM, STATE, DELIVERY = range(5)


class HistoryModel(ColumnModel[CountedContact]):
    """The Kundenhistorie. The last column says whether a contact counts, and why."""

    def columns(self) -> Sequence[Column[CountedContact]]:
        return (
            Column(
                self.tr("Tag"),
                lambda row: (row.contact.day, row.contact.at is not None, row.contact.at),
                written=lambda row: texts.weekday_day(row.contact.day),
                hint=self._contents,
            ),
            Column(
                self.tr("Form"),
                lambda row: texts.FORMS[row.contact.kind.form],
                icon=lambda row: row.contact.kind.form.value,
            ),
            Column(
                self.tr("Vermerk"),
                lambda row: texts.NOTE_TYPES[row.contact.kind.note_type],
                tone=_note_tone,
            ),
            Column(
                self.tr("Zählt?"),
                lambda row: (not row.verdict.counts, row.verdict.reason),
                written=self.verdict,
                hint=self.verdict,
            ),
        )

    def verdict(self, row: CountedContact) -> str:
        """`zählt nicht, weil …`, with what the documentation lacks."""
        word, missing, reason = self.verdict_parts(row)
        return f"{word}, {reason}" + (f" · {missing}" if missing else "")

    def verdict_parts(self, row: CountedContact) -> tuple[str, str, str]:
        """The word, what the documentation lacks, and the reason."""
        word, reason = verdict_parts(row.verdict)
        return word, " · ".join(row.verdict.duties), reason

    def _contents(self, row: CountedContact) -> str:
        """What was noted: the first lines of each part."""
        contact, notes = row.contact, row.contact.notes
        at = (
            None
            if contact.at is None
            else self.tr("{time} Uhr").format(time=texts.clock(contact.at))
        )
        parts = (
            (self.tr("Zeit"), at),
            (self.tr("Vermerk"), texts.NOTE_TYPES[contact.kind.note_type]),
            (self.tr("Grund für das Telefonat"), contact.phone_reason),
            (self.tr("Inhalt"), notes.content),
            (self.tr("Ziel"), notes.goal),
            (self.tr("Mitteleinsatz"), notes.means),
            (self.tr("Geführt von"), contact.held_by),
        )
        return "\n".join(f"{label}: {_shortened(text)}" for label, text in parts if text)


class DatesModel(ColumnModel[Appointment]):
    """The appointments of one client, open ones first as the page hands them over."""

    def __init__(self, today: date, parent: QObject | None = None) -> None:
        self.today = today
        super().__init__(parent)

    def columns(self) -> Sequence[Column[Appointment]]:
        return (
            Column(self.tr("Termin"), lambda row: row.start, texts.moment),
            Column(
                self.tr("Dauer"),
                lambda row: row.minutes,
                written=lambda row: row.length.german(),
            ),
            Column(self.tr("Form"), self._form, hint=self._whole_form),
            Column(self.tr("Stand"), self._state, tone=self._tone),
            Column(
                self.tr("Einladung"),
                delivery_text,
                tone=lambda row: None if row.state.is_open else Tone.NEUTRAL,
            ),
        )

    def _form(self, row: Appointment) -> str:
        """A joint talk is mostly in person: then only what is not usual is said."""
        if not row.joint or row.state.is_withdrawn:
            return texts.FORMS[row.form]
        if row.form is ContactForm.PERSOENLICH:
            return self.tr("gemeinsam")
        return self.tr("gemeinsam, {form}").format(form=texts.FORMS[row.form])

    def _whole_form(self, row: Appointment) -> str:
        if not row.joint or row.state.is_withdrawn:
            return ""
        form = texts.FORMS[row.form]
        return self.tr("{form}, gemeinsam mit anderen der Bedarfsgemeinschaft").format(form=form)

    def _state(self, row: Appointment) -> str:
        return self.tr("Ergebnis fehlt") if self._is_unanswered(row) else STATE_TEXTS[row.state]

    def _tone(self, row: Appointment) -> Tone | None:
        if row.state.is_open:
            return Tone.SOON if self._is_unanswered(row) else None
        return Tone.OK if row.state is AppointmentState.ATTENDED else Tone.NEUTRAL

    def _is_unanswered(self, row: Appointment) -> bool:
        return row.state.is_open and row.day < self.today


def _note_tone(row: CountedContact) -> Tone | None:
    return Tone.NEUTRAL if row.contact.kind.note_type is NoteType.KEIN else None


def _shortened(text: str) -> str:
    return text if len(text) <= 300 else f"{text[:300].rstrip()} …"
