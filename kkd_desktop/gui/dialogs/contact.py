"""Log a talk and agree the next one, in one step and without the mouse."""

from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from kkd_desktop.actions import appointments, casework, proposals
from kkd_desktop.actions.casework import ClientFile
from kkd_desktop.actions.context import Context
from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import Appointment, Delivery
from kkd_desktop.domain.client import AgeGroup, Client
from kkd_desktop.domain.contact import Contact, ContactForm, ContactKind
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said
from kkd_desktop.domain.left_open import LeftOpen
from kkd_desktop.domain.outcome import State
from kkd_desktop.domain.proposals import Proposal
from kkd_desktop.domain.slots import Agenda
from kkd_desktop.domain.values import replace
from kkd_desktop.gui import clock, shortcuts
from kkd_desktop.gui.dialogs.appointment import AppointmentDialog, Choice
from kkd_desktop.gui.dialogs.base import Dialog, show
from kkd_desktop.gui.dialogs.contact_form import ContactFields
from kkd_desktop.gui.dialogs.next_talk import NextTalkPanel
from kkd_desktop.gui.models.worklist_rows import profile_text
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.client_chooser import ClientChooser
from kkd_desktop.gui.widgets.field import FormField
from kkd_desktop.gui.widgets.together import moment_text

_WIDTH, _HEIGHT = 960, 620
_PAUSE_MS = 120
"""Rest after a key before the proposals are looked for again."""


class ContactDialog(Dialog):
    """Logs a contact of `client`, or corrects `contact`, or says what `appointment` came to.

    Without a client the first line asks for one. Ctrl+Enter stores and books, Ctrl+S only stores.

    Signals:
        saved: carries the client's id.
    """

    saved = Signal(int)

    def __init__(
        self,
        session: Session,
        client: Client | None,
        contact: Contact | None = None,
        appointment: Appointment | None = None,
        parent: QWidget | None = None,
    ) -> None:
        correcting = contact is not None
        title = self.tr("Kontakt bearbeiten") if correcting else self.tr("Kontakt erfassen")
        super().__init__(title, parent=parent)
        self._session = session
        self._correcting = correcting
        self._client = client
        self._appointment = appointment
        self._file: ClientFile | None = None
        self._agenda: Agenda | None = None
        self._warned = False
        self._now = clock.local_now(session.context.today)
        self.chooser = None if client is not None else self._ask_client()
        self.fields = ContactFields(self._begun(contact), self._now)
        self.closes = QCheckBox()
        self.closes.hide()
        self.fields.checks.insertWidget(3, self.closes)
        self.next = NextTalkPanel()
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._lay_out()

        self.fields.edited.connect(self._follow)
        self.fields.missed.toggled.connect(self.closes.setDisabled)
        self._timer.timeout.connect(self._propose)
        session.finishing.connect(self._timer.stop)
        self.next.value_changed.connect(self._name_main_action)
        self.next.activated.connect(self.save_and_book)
        self.next.other_day_requested.connect(self._choose_day)
        shortcuts.bind("dialog.save", self, self.save)
        if client is not None:
            self._take_client(client)
        else:
            self.fields.show_verdict(None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._begin)

    def save(self) -> None:
        """Store the contact alone."""
        self._store(None)

    def save_and_book(self) -> None:
        """Store the contact and book what is chosen below it, both or neither."""
        if self._timer.isActive():
            self._timer.stop()
            self._propose()
        self._store(None if self._correcting else self.next.value())

    def reject(self) -> None:
        """Esc closes; notes that would be lost need a second Esc."""
        if self.fields.is_touched() and not self._warned:
            self._warned = True
            self.show_error(
                self.tr("Der Vermerk ist noch nicht gespeichert. Esc noch einmal verwirft ihn.")
            )
            return
        super().reject()

    def left_open(self) -> LeftOpen:
        content = {
            "contact": self.fields.draft().id,
            "appointment": None if self._appointment is None else self._appointment.id,
        }
        return LeftOpen(
            "contact", content, client_id=None if self._client is None else self._client.id
        )

    def _begun(self, contact: Contact | None) -> Contact:
        """The contact to begin with."""
        if contact is not None:
            return contact
        context = self._session.context
        held_by = context.settings.caseworker
        if self._appointment is not None:
            return replace(appointments.contact_from(self._appointment), held_by=held_by)
        return Contact(context.today, ContactKind(), held_by=held_by)

    def _ask_client(self) -> ClientChooser:
        chooser = ClientChooser(casework.all_clients(self._session.context))
        chooser.client_chosen.connect(self._take_client)
        return chooser

    def _lay_out(self) -> None:
        self.client_field: FormField | None = None
        if self.chooser is not None:
            self.client_field = FormField(self.tr("&Kundin oder Kunde"), self.chooser)
            self.body.addWidget(self.client_field)
        self.body.addWidget(self.fields, 1)
        if self._correcting:
            self.add_cancel()
            self.main_button = self.set_main_action(self.tr("Speichern"), self.save)
        else:
            self.footer.insertWidget(0, self.next)
            self.only_save = self.add_action(
                self.tr("Nur speichern"), self.save, keys=shortcuts.shown("dialog.save")
            )
            self.main_button = self.set_main_action(
                self.tr("Speichern und vereinbaren"), self.save_and_book
            )
        if self._appointment is not None:
            # That the client came is what opened this dialog.
            self.fields.missed.hide()
        self.setMinimumWidth(_WIDTH)
        self.resize(_WIDTH, _HEIGHT)

    def _begin(self) -> None:
        if self.chooser is not None:
            self.chooser.setFocus()
        else:
            self.fields.begin()

    def _take_client(self, client: Client) -> None:
        context = self._session.context
        self._client = client
        self._file = casework.client_file(context, client.id)
        if self.client_field is not None:
            self.client_field.show_error("")
            self.fields.begin()
        self.subtitle.setText(_about(client, context))
        if not self._correcting:
            self._agenda = proposals.agenda(context)
            self.fields.first.setChecked(self._file.entry.last is None)
            self._offer_to_close()
        self._propose()

    def _offer_to_close(self) -> None:
        """An open appointment of today may be what this contact came of."""
        assert self._file is not None
        today = self._session.context.today
        open_today = [a for a in self._file.appointments if a.state.is_open and a.day == today]
        found = None if self._appointment is not None else next(iter(open_today), None)
        self.closes.setVisible(found is not None)
        if found is not None:
            self.closes.setText(
                self.tr("Termin heute {time} wahrgenommen").format(time=texts.clock(found.start))
            )
            self.closes.setChecked(found.start <= self._now)

    def _is_resting(self) -> bool:
        """Whether no policy is in force for this client: then nothing is demanded or proposed."""
        file = self._file
        return file is not None and file.entry.outcome.state is State.NOT_IN_FORCE

    def _has_no_choice(self) -> bool:
        """Whether nothing is proposed, because a concept rests or no time is left."""
        return self._client is not None and not self.next.has_choice()

    def _draft(self, client: Client) -> Contact:
        return replace(self.fields.draft(), client_id=client.id)

    def _follow(self) -> None:
        self._warned = False
        self.show_error("")
        self.fields.clear_errors()
        self._show_verdict()
        self._timer.start()

    def _show_verdict(self) -> None:
        if self._is_resting():
            self.fields.show_resting()
        elif self._client is not None:
            verdict = casework.draft_verdict(
                self._session.context, self._client, self._draft(self._client)
            )
            self.fields.show_verdict(verdict)

    def _propose(self) -> None:
        """Look for the next talk, reckoning with this one."""
        self._show_verdict()
        if self._client is None or self._file is None or self._agenda is None:
            return
        draft = self._draft(self._client)
        found = proposals.next_talk(
            self._session.context,
            self._client,
            self._now,
            contact=draft,
            present=_is_present(draft),
            free=self._agenda,
        )
        self.next.show_talk(found, self._agreed())

    def _agreed(self) -> Appointment | None:
        """The next appointment that stands already, apart from the one that is now over."""
        assert self._file is not None
        today = self._session.context.today
        over = self._appointment.id if self._appointment is not None else None
        return min(
            (
                each
                for each in self._file.appointments
                if each.state.is_open
                and each.id != over
                and (each.day > today or (each.day == today and not self._closes()))
                and each.day >= today
            ),
            key=lambda each: each.start,
            default=None,
        )

    def _closes(self) -> bool:
        return not self.closes.isHidden() and self.closes.isChecked()

    def _name_main_action(self) -> None:
        books = self.next.value() is not None
        only_stores = not self._correcting and (self._is_resting() or self._has_no_choice())
        stores = self.tr("Nur speichern") if only_stores else self.tr("Speichern")
        self.main_button.setText(self.tr("Speichern und vereinbaren") if books else stores)
        if not self._correcting:
            # Two buttons that do the same would be one too many.
            self.only_save.setVisible(books or not only_stores)

    def _choose_day(self) -> None:
        if self._client is None:
            self._ask_for_client()
            return
        draft = self._draft(self._client)
        dialog = AppointmentDialog(
            self._session,
            self._client,
            start=_start_of(self.next.value()),
            outcome=casework.outcome_with(self._session.context, self._client, draft),
            delivery=_delivery(draft),
            choose_only=True,
            parent=self,
        )

        def take(result: int) -> None:
            if result == QDialog.DialogCode.Accepted and dialog.choice is not None:
                self.next.take(dialog.choice)

        dialog.finished.connect(take)
        show(dialog)

    def _ask_for_client(self) -> None:
        if self.client_field is not None:
            self.client_field.show_error(self.tr("Wählen Sie, mit wem gesprochen wurde."))
            self.client_field.setFocus()

    def _store(self, talk: Proposal | Choice | None) -> None:
        self._timer.stop()
        self.show_error("")
        self.fields.clear_errors()
        client = self._client
        if client is None:
            self._ask_for_client()
            return
        contact = self._with_appointment(self._draft(client))
        stored = self._session.perform(
            lambda context: _store(context, client, contact, talk),
            lambda: self._said(talk),
            self._refuse,
        )
        if stored:
            self.saved.emit(client.id)
            self.accept()

    def _with_appointment(self, contact: Contact) -> Contact:
        """The contact, with today's appointment where it came of that."""
        if self._file is None or not self._closes() or not contact.kind.attended:
            return contact
        today = self._session.context.today
        found = next(a for a in self._file.appointments if a.state.is_open and a.day == today)
        return replace(contact, appointment_id=found.id)

    def _said(self, talk: Proposal | Choice | None) -> str:
        if self._correcting:
            return self.tr("Kontakt geändert")
        if talk is None:
            return self.tr("Kontakt erfasst")
        moment = moment_text(talk) if isinstance(talk, Proposal) else texts.moment(talk.start)
        return self.tr("Kontakt erfasst, nächster Termin {time}").format(time=moment)

    def _refuse(self, text: str) -> None:
        if not self.fields.show_error(text):
            self.show_error(text)


def open_contact(
    session: Session,
    client_id: int | None,
    contact_id: int | None = None,
    parent: QWidget | None = None,
) -> None:
    """Log a contact of a client, or correct a stored one; without a client the dialog asks."""
    if client_id is None:
        show(ContactDialog(session, None, parent=parent))
        return
    file = casework.client_file(session.context, client_id)
    known = _stored(file, contact_id) if contact_id else None
    show(ContactDialog(session, file.client, known, parent=parent))


def reopened(session: Session, draft: LeftOpen, parent: QWidget | None = None) -> ContactDialog:
    """The dialog a draft was typed into, as it was before anything was typed."""
    if draft.client_id is None:
        return ContactDialog(session, None, parent=parent)
    file = casework.client_file(session.context, draft.client_id)
    wanted, booked = draft.content["contact"], draft.content["appointment"]
    return ContactDialog(
        session,
        file.client,
        _stored(file, wanted) if wanted else None,
        next((each for each in file.appointments if each.id == booked), None),
        parent,
    )


def _stored(file: ClientFile, contact_id: object) -> Contact:
    """What is to be corrected; where it is gone nobody should log it a second time unawares."""
    for each in file.history:
        if each.contact.id == contact_id:
            return each.contact
    raise UserError(said("Diesen Kontakt gibt es nicht; er wurde inzwischen entfernt."))


def _store(
    context: Context, client: Client, contact: Contact, talk: Proposal | Choice | None
) -> bool:
    if talk is None:
        if contact.id is None and contact.appointment_id is not None:
            appointments.mark_attended(context, contact.appointment_id, contact)
        else:
            casework.record_contact(context, contact)
        return True
    if isinstance(talk, Choice):
        appointments.record_and_book(
            context,
            contact,
            client,
            Proposal(talk.start, talk.minutes, "", (), preparation=talk.preparation),
            form=talk.form,
            purpose=talk.purpose,
            room=talk.room,
            delivery=talk.delivery,
        )
    else:
        appointments.record_and_book(context, contact, client, talk, delivery=_delivery(contact))
    return True


def _is_present(contact: Contact) -> bool:
    return contact.kind.form is ContactForm.PERSOENLICH and contact.kind.attended


def _delivery(contact: Contact) -> Delivery:
    """Who is here takes the invitation along; for others its way is still open."""
    return Delivery.HANDED_OVER if _is_present(contact) else Delivery.NONE


def _start_of(talk: Proposal | Choice | None) -> datetime | None:
    return None if talk is None else talk.start


def _about(client: Client, context: Context) -> str:
    """`Amina Beispiel · Markt · Ü25 · arbeitslos`."""
    day, subject = context.today, client.subject
    group = subject.age_group(day)
    age = "" if group is None else "U25" if group is AgeGroup.U25 else said("Ü25")
    status = str(subject.facts.at("status", day) or "")
    parts = (
        f"{client.first_name} {client.last_name}".strip(),
        profile_text(client, day),
        age,
        texts.STATUS.get(status, status),
    )
    return " · ".join(part for part in parts if part)
