"""On which day, at which hour? Books a talk, moves one, or only chooses the time for another."""

from datetime import date, datetime, time
from enum import Enum, auto

from PySide6.QtCore import QDate, Qt, QTime, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSpinBox, QWidget

from kkd_desktop.actions import appointments, busy, casework, proposals
from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import DELIVERY_TEXTS, Appointment, Delivery
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.contact import ContactForm
from kkd_desktop.domain.lengths import LONGEST_TALK, SHORTEST_TALK, Length
from kkd_desktop.domain.outcome import Outcome
from kkd_desktop.domain.slots import Agenda
from kkd_desktop.domain.values import Value
from kkd_desktop.gui import clock, theme
from kkd_desktop.gui.dialogs.base import Dialog, show
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import announce
from kkd_desktop.gui.widgets.field import FormField, side_by_side
from kkd_desktop.gui.widgets.labels import PlainLabel, set_property
from kkd_desktop.gui.widgets.moments import ClockEdit, DayEdit
from kkd_desktop.gui.widgets.rooms import RoomEdit
from kkd_desktop.gui.widgets.segmented import SegmentedControl
from kkd_desktop.gui.widgets.slots import SlotGrid

_FORMS = (ContactForm.PERSOENLICH, ContactForm.TELEFONISCH, ContactForm.VIDEO)
_STEP = 5
_DAY_WIDTH, _LENGTH_WIDTH, _WIDTH = 146, 158, 800


class Choice(Value, frozen=True):
    """A talk as it was chosen here, not stored yet."""

    start: datetime
    minutes: int
    form: ContactForm
    purpose: str
    room: str
    delivery: Delivery
    preparation: int = 0


class _Task(Enum):
    BOOK = auto()
    MOVE = auto()
    CHOOSE = auto()


class AppointmentDialog(Dialog):
    """Day, hour, length and the rest of an appointment.

    Without `appointment` it books one, with it that one is moved. `choose_only` stores nothing:
    the answer is in `choice`, for a dialog that stores more along with it.

    Signals:
        stored: carries the `Appointment` that was booked or moved.
    """

    stored = Signal(object)

    def __init__(
        self,
        session: Session,
        client: Client,
        appointment: Appointment | None = None,
        *,
        start: datetime | None = None,
        minutes: int | None = None,
        outcome: Outcome | None = None,
        delivery: Delivery = Delivery.NONE,
        choose_only: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`start` and `minutes` are proposed; `outcome` is what is due, where it is at hand."""
        self._task = _Task.CHOOSE if choose_only else _Task.MOVE if appointment else _Task.BOOK
        super().__init__(self._name_task(), _names(session, client, appointment), parent)
        self._session = session
        self._client = client
        self._appointment = appointment
        self._outcome = outcome or casework.outcome_with(session.context, client)
        known = appointment.id if appointment is not None else None
        self._agenda: Agenda = proposals.agenda(session.context, without=known)
        self.choice: Choice | None = None
        self._build_fields(delivery)
        self._lay_out()
        self._preset(start, minutes)

        self.day.dateChanged.connect(self._show_day)
        self.time.timeChanged.connect(self._take_time)
        self.minutes.valueChanged.connect(self._show_length)
        self.minutes.valueChanged.connect(self._show_day)
        self.form.value_changed.connect(self._follow_form)
        self.slots.slot_chosen.connect(self._take_slot)
        self._show_day()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._begin)

    def submit(self) -> None:
        """Store it, or take it over; what cannot be is said at the field."""
        self._say_problem("")
        chosen = self._chosen()
        if self._task is _Task.CHOOSE:
            self.choice = chosen
            self.accept()
            return
        stored = self._session.perform(
            lambda context: self._store(chosen),
            lambda: self._said(chosen),
            self._refuse,
        )
        if stored is not None:
            self.stored.emit(stored)
            self.accept()

    def _name_task(self) -> str:
        return {
            _Task.BOOK: self.tr("Termin vereinbaren"),
            _Task.MOVE: self.tr("Termin verlegen"),
            _Task.CHOOSE: self.tr("Anderer Tag"),
        }[self._task]

    def _build_fields(self, delivery: Delivery) -> None:
        self.day = DayEdit()
        self.day.setMinimumWidth(_DAY_WIDTH)
        self.day.setMinimumDate(_qdate(self._session.context.today))
        self.time = ClockEdit()
        self.minutes = QSpinBox(minimum=SHORTEST_TALK, maximum=LONGEST_TALK, singleStep=_STEP)
        self.minutes.setMinimumWidth(_LENGTH_WIDTH)
        self.form = SegmentedControl(
            [(form.value, texts.FORMS[form]) for form in _FORMS], self.tr("Form"), with_icons=True
        )
        self.slots = SlotGrid(self.tr("Freie Zeiten"))
        self.closed = PlainLabel(muted=True, wrap=True)
        self.limit = PlainLabel(size=theme.SMALL_SIZE, muted=True)
        self.problem = PlainLabel(size=theme.SMALL_SIZE, wrap=True)
        self.problem.set_tone(Tone.LATE)
        self.problem.hide()
        self.clash = PlainLabel(size=theme.SMALL_SIZE, wrap=True)
        self.clash.set_tone(Tone.SOON)
        self.clash.hide()
        self.purpose = QLineEdit(maxLength=200)
        self.purpose.setPlaceholderText(self.tr("z. B. Gespräch über die berufliche Situation"))
        self.room = RoomEdit(self._session.context.settings.all_rooms)
        self.delivery = SegmentedControl(
            [(way.value, DELIVERY_TEXTS[way]) for way in Delivery], self.tr("Einladung")
        )
        self.delivery.set_value(delivery.value)

    def _lay_out(self) -> None:
        self.day_field = FormField(self.tr("&Tag"), self.day)
        self.time_field = FormField(self.tr("&Uhrzeit"), self.time)
        self.minutes_field = FormField(self.tr("&Dauer"), self.minutes)
        form_field = FormField(self.tr("&Form"), self.form)
        self.purpose_field = FormField(self.tr("&Anlass"), self.purpose)
        room_field = FormField(self.tr("&Raum"), self.room)
        delivery_field = FormField(self.tr("&Einladung"), self.delivery)
        moving = self._task is _Task.MOVE
        when = [(self.day_field, 5), (self.time_field, 3), (self.minutes_field, 3), (form_field, 0)]
        # What is moved keeps form and occasion; the room alone would stand lost in their row.
        what = [(self.purpose_field, 3)]
        (when if moving else what).append((room_field, 3 if moving else 1))
        self.body.addLayout(side_by_side(*when))
        self.body.addWidget(self.problem)
        self.body.addWidget(self.clash)
        free = QHBoxLayout()
        free.addWidget(PlainLabel(self.tr("Freie Zeiten"), size=theme.SMALL_SIZE, muted=True))
        free.addStretch()
        free.addWidget(self.limit)
        self.body.addLayout(free)
        self.body.addWidget(self.slots)
        self.body.addWidget(self.closed)
        self.body.addLayout(side_by_side(*what))
        self.body.addWidget(delivery_field)
        self.body.addStretch()
        for field in (form_field, self.purpose_field, delivery_field):
            field.setVisible(not moving)
        if moving:
            self.setTabOrder(self.minutes, self.room)
        self.add_cancel()
        main = {
            _Task.BOOK: self.tr("Vereinbaren"),
            _Task.MOVE: self.tr("Verlegen"),
            _Task.CHOOSE: self.tr("Übernehmen"),
        }[self._task]
        self.main_button = self.set_main_action(main, self.submit)
        self.setMinimumWidth(_WIDTH)

    def _preset(self, start: datetime | None, minutes: int | None) -> None:
        known = self._appointment
        usual = self._usual(ContactForm.PERSOENLICH)
        self._preparation = usual.preparation
        if known is not None:
            start, minutes = start or known.start, minutes or known.minutes
            if known.form in _FORMS:
                self.form.set_value(known.form.value)
            self.purpose.setText(known.purpose)
            self.room.set_text(known.room)
            self._preparation = known.preparation
        self.minutes.setValue(minutes or usual.total)
        self._show_length()
        start = start or self._proposed()
        day = self._session.context.today if start is None else start.date()
        self.day.setDate(_qdate(day))
        if start is not None:
            self.time.setTime(QTime(start.hour, start.minute))

    def _proposed(self) -> datetime | None:
        context = self._session.context
        found = proposals.propose(
            context,
            self._client,
            self._outcome,
            clock.local_now(context.today),
            self._agenda,
            on_request=True,
        )
        return None if found.best is None else found.best.start

    def _begin(self) -> None:
        self.day.setFocus()

    def _show_day(self) -> None:
        """The free hours of the day, or why there are none."""
        self._say_problem("")
        day = self._day()
        free = self._agenda.free_slots(
            day, self.minutes.value(), not_before=clock.local_now(self._session.context.today)
        )
        slots = [moment.time() for moment in free]
        chosen = self._time()
        self.slots.show_slots(slots, chosen)
        self.slots.setVisible(bool(slots))
        self.closed.setText("" if slots else self._why_closed(day))
        self.closed.setVisible(not slots)
        self._show_limit(day)
        self._show_clash()

    def _why_closed(self, day: date) -> str:
        leave = self._agenda.hours.leave_on(day)
        if day.weekday() >= 5:
            return self.tr("Am Wochenende finden keine Gespräche statt.")
        if not self._agenda.calendar.is_workday(day):
            return self.tr("{day} ist ein Feiertag.").format(day=texts.weekday_day(day))
        if leave is not None:
            return self.tr("An diesem Tag sind Sie nicht da: {reason}").format(
                reason=leave.reason or self.tr("Abwesenheit")
            )
        if not self._agenda.hours.blocks_on(day):
            return self.tr("An diesem Wochentag haben Sie keine Sprechzeit.")
        return self.tr("An diesem Tag ist für {minutes} Minuten nichts mehr frei.").format(
            minutes=self.minutes.value()
        )

    def _show_limit(self, day: date) -> None:
        """How the day stands to the policy's window, in words."""
        found = self._outcome.deciding
        tone, text = Tone.NEUTRAL, ""
        if found.latest is not None:
            limit = texts.weekday_day(found.latest)
            if day > found.latest:
                tone = Tone.LATE
                text = self.tr("später als vorgegeben (bis {day})").format(day=limit)
            elif found.earliest is not None and day < found.earliest:
                first = texts.weekday_day(found.earliest)
                text = self.tr("vor dem Fenster (ab {day})").format(day=first)
            else:
                text = self.tr("innerhalb der Vorgabe (bis {day})").format(day=limit)
        self.limit.setText(text)
        self.limit.set_tone(tone)

    def _follow_form(self, value: str) -> None:
        """Another form has another usual length."""
        usual = self._usual(ContactForm(value))
        self._preparation = usual.preparation
        self.minutes.setValue(usual.total)
        self._show_length()

    def _usual(self, form: ContactForm) -> Length:
        return appointments.length_of(self._session.context, form, self._outcome)

    def _length(self) -> Length:
        return Length.of_minutes(self.minutes.value(), self._preparation)

    def _show_length(self) -> None:
        """`60 min (45 + 15)`: what of it is the caseworker's own stands behind the number."""
        words = self._length().german()
        self.minutes.setSuffix(words.removeprefix(str(self.minutes.value())))

    def _take_slot(self, slot: time) -> None:
        self.time.setTime(QTime(slot.hour, slot.minute))

    def _take_time(self) -> None:
        self._say_problem("")
        self.slots.mark(self._time())
        self._show_clash()

    def _show_clash(self) -> None:
        """What another calendar has there: said, and left to whoever chooses."""
        start = datetime.combine(self._day(), self._time())
        found = busy.clash(self._session.context, start, self.minutes.value())
        text = "" if found is None else self.tr("Überschneidet sich mit Ihrem Kalender: {time}")
        shown = text.format(time="" if found is None else found.german())
        if shown and shown != self.clash.text():
            announce(self.clash, shown)
        self.clash.setText(shown)
        self.clash.setVisible(bool(shown))

    def _day(self) -> date:
        chosen = self.day.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def _time(self) -> time:
        chosen = self.time.time()
        return time(chosen.hour(), chosen.minute())

    def _chosen(self) -> Choice:
        return Choice(
            datetime.combine(self._day(), self._time()),
            self.minutes.value(),
            ContactForm(self.form.value()),
            self.purpose.text(),
            self.room.text(),
            Delivery(self.delivery.value()),
            self._length().preparation,
        )

    def _store(self, chosen: Choice) -> Appointment:
        context = self._session.context
        if self._appointment is not None:
            assert self._appointment.id is not None
            return appointments.move(
                context, self._appointment.id, chosen.start, chosen.minutes, chosen.room
            )
        return appointments.book(
            context,
            self._client,
            chosen.start,
            chosen.minutes,
            form=chosen.form,
            purpose=chosen.purpose,
            room=chosen.room,
            delivery=chosen.delivery,
            preparation=chosen.preparation,
        )

    def _said(self, chosen: Choice) -> str:
        words = (
            self.tr("Termin auf {time} verlegt")
            if self._appointment is not None
            else self.tr("Termin {time} vereinbart")
        )
        return words.format(time=texts.moment(chosen.start))

    def _refuse(self, text: str) -> None:
        """The sentence of a refusal, below the fields it speaks of."""
        field, _, sentence = text.partition(": ")
        places: dict[str, QWidget] = {
            self.tr("Termin"): self.time,
            self.tr("Dauer"): self.minutes,
        }
        place = places.get(field)
        if place is None:
            self.show_error(text)
        else:
            self._say_problem(f"{sentence[:1].upper()}{sentence[1:]}", place)
            place.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_problem(self, text: str, place: QWidget | None = None) -> None:
        """Say it below the row of fields, where it has room, and mark the field."""
        self.show_error("")
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        for field in (self.day, self.time, self.minutes):
            set_property(field, "invalid", "true" if field is place else "false")
        if text:
            announce(self.problem, text)


def _names(session: Session, client: Client, appointment: Appointment | None) -> str:
    """Whom it concerns; a joint talk moves with all who come to it."""
    context, people = session.context, [client]
    for other in [] if appointment is None else appointments.joined_with(context, appointment):
        people.append(casework.stored_client(context, other.client_id))
    return texts.listed([f"{each.first_name} {each.last_name}".strip() for each in people])


def open_booking(session: Session, client_id: int, parent: QWidget | None = None) -> None:
    """Book the next talk with a client."""
    client = casework.stored_client(session.context, client_id)
    show(AppointmentDialog(session, client, parent=parent))


def open_move(session: Session, appointment_id: int, parent: QWidget | None = None) -> None:
    """Move an open appointment."""
    appointment = appointments.get(session.context, appointment_id)
    client = casework.stored_client(session.context, appointment.client_id)
    show(AppointmentDialog(session, client, appointment, parent=parent))


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
