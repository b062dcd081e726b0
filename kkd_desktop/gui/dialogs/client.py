"""Who is this person, and what holds for them since when? Adds a client, or changes one."""

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from kkd_desktop.actions import casework
from kkd_desktop.actions.context import Context
from kkd_desktop.domain import texts
from kkd_desktop.domain.absence import ABSENT
from kkd_desktop.domain.client import WISH, Address, Client, Subject
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.facts import Facts, Timeline
from kkd_desktop.domain.left_open import LeftOpen
from kkd_desktop.domain.policy import FactDeclaration, FactKind
from kkd_desktop.domain.values import replace
from kkd_desktop.gui import theme
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.absence_row import AbsenceRow
from kkd_desktop.gui.widgets.dayline import DayLine
from kkd_desktop.gui.widgets.fact_rows import (
    NAME_WIDTH,
    SINCE_WIDTH,
    VALUE_WIDTH,
    FactRow,
    HistoryPanel,
)
from kkd_desktop.gui.widgets.field import FormField, side_by_side
from kkd_desktop.gui.widgets.labels import PlainLabel
from kkd_desktop.gui.widgets.wish_row import WishRow

_PERSON_WIDTH, _FACTS_WIDTH = 352, 580
_WIDTH, _HEIGHT = 1024, 664

_ROWS = {WISH: WishRow, ABSENT: AbsenceRow}
"""Facts with a row of their own kind."""


class ClientDialog(Dialog):
    """Master data at the left, facts with their histories at the right.

    Signals:
        saved: the client is stored; carries the id.
    """

    saved = Signal(int)

    def __init__(
        self, session: Session, client: Client | None = None, parent: QWidget | None = None
    ) -> None:
        title = self.tr("Person aufnehmen") if client is None else self.tr("Person bearbeiten")
        super().__init__(title, "" if client is None else client.name, parent)
        self._session = session
        self._client = client or Client(0, "", "", "")
        self._build_person()
        self._build_facts()
        self._lay_out()
        self.add_cancel()
        self.save_button = self.set_main_action(self.tr("Speichern"), self.submit)
        self.last_name.setFocus()

    def _said(self) -> str:
        return self.tr("Änderungen gespeichert") if self._client.id else self.tr("Person erfasst")

    def left_open(self) -> LeftOpen:
        return LeftOpen("client", client_id=self._client.id or None)

    def submit(self) -> None:
        """Store everything in one step; a fault is said at its field, and nothing is lost."""
        self.show_error("")
        for field in self._fields:
            field.show_error("")
        if not self._is_readable():
            return
        try:
            client = self._entered()
        except UserError as fault:
            self._refuse(str(fault))
            return
        before = self._client if self._client.id else None
        stored = self._session.perform(
            lambda context: _store(context, client, before), self._said, self._refuse
        )
        if stored is not None:
            self.accept()
            self.saved.emit(stored.id)

    def _build_person(self) -> None:
        client, subject = self._client, self._client.subject
        self.last_name = QLineEdit(client.last_name)
        self.first_name = QLineEdit(client.first_name)
        self.number = QLineEdit(client.number)
        self.code = QLineEdit(client.code)
        self.born = DayLine(subject.birth_date)
        self.registered = DayLine(subject.registered)
        self.plan_start = DayLine(subject.einv_start)
        self.plan_end = DayLine(subject.einv_end)
        self.bg = QLineEdit(client.bg_number)
        self.phone = QLineEdit(client.phone)
        self.addition = QLineEdit(client.address.addition)
        self.addition.setPlaceholderText(self.tr("c/o, Hinterhaus, Etage"))
        self.street = QLineEdit(client.address.street)
        self.postcode = QLineEdit(client.address.postcode)
        self.city = QLineEdit(client.address.city)
        self._days = (self.born, self.registered, self.plan_start, self.plan_end)
        for line in self._days[1:]:
            line.start_from(self._session.context.today)
        last_name = FormField(self.tr("&Nachname (Pflicht)"), self.last_name)
        first_name = FormField(self.tr("&Vorname"), self.first_name)
        number = FormField(self.tr("&Kundennummer"), self.number)
        code = FormField(self.tr("Kürz&el"), self.code)
        born = FormField(self.tr("&Geburtsdatum"), self.born)
        registered = FormField(self.tr("&Anmeldung"), self.registered)
        plan_start = FormField(self.tr("Kooperations&plan von"), self.plan_start)
        plan_end = FormField(self.tr("bis"), self.plan_end)
        bg = FormField(self.tr("&BG-Nummer"), self.bg)
        phone = FormField(self.tr("&Telefon"), self.phone)
        addition = FormField(self.tr("Adress&zusatz"), self.addition)
        street = FormField(self.tr("St&raße"), self.street)
        postcode = FormField(self.tr("P&LZ"), self.postcode)
        city = FormField(self.tr("&Ort"), self.city)
        self._rows: Sequence[Sequence[tuple[QWidget, int]]] = (
            ((last_name, 1), (first_name, 1)),
            ((number, 1), (code, 1)),
            ((born, 1), (registered, 1)),
            ((plan_start, 1), (plan_end, 1)),
            ((bg, 1), (phone, 1)),
            ((addition, 1), (street, 1)),
            ((postcode, 1), (city, 2)),
        )
        self._fields = tuple(
            field for row in self._rows for field, _ in row if isinstance(field, FormField)
        )
        for field in self._fields:
            if isinstance(field.field, QLineEdit):
                # A long name is read from its beginning.
                field.field.setCursorPosition(0)
        # What a fault calls its field, in `actions` and in `store`.
        self._named: Mapping[str, FormField] = {
            self.tr("Nachname"): last_name,
            self.tr("Vorname"): first_name,
            self.tr("Kundennummer"): number,
            self.tr("Kürzel"): code,
            self.tr("Eigene Kennung"): code,
            self.tr("Geburtsdatum"): born,
            self.tr("Anmeldung"): registered,
            self.tr("Kooperationsplan"): plan_start,
            self.tr("BG-Nummer"): bg,
            self.tr("Telefon"): phone,
            self.tr("Adresszusatz"): addition,
            self.tr("Straße"): street,
            self.tr("PLZ"): postcode,
            self.tr("Ort"): city,
        }

    def _build_facts(self) -> None:
        """The usual facts, as a policy declares them where it does, and those it adds."""
        asked = {fact.id: fact for fact in casework.declared_facts(self._session.context)}
        usual = {fact.id: fact for fact in self._usual_facts()}
        self.facts = {name: self._row(asked.get(name, fact)) for name, fact in usual.items()}
        self.declared = {name: self._row(f) for name, f in asked.items() if name not in usual}
        self.facts |= self.declared
        self.history = HistoryPanel()
        for row in self.facts.values():
            row.history_wanted.connect(self.history.show_row)

    def _usual_facts(self) -> Iterator[FactDeclaration]:
        choice = FactKind.CHOICE
        yield FactDeclaration("profile", self.tr("Profillage"), choice, texts.PROFILLAGEN)
        yield FactDeclaration("status", self.tr("Status"), choice, texts.STATUS)
        yield FactDeclaration("org", self.tr("Bereich"), choice, texts.ORG)
        for name, label in texts.FLAGS.items():
            yield FactDeclaration(name, label[:1].upper() + label[1:], FactKind.FLAG)
        yield FactDeclaration(WISH, self.tr("Terminwunsch"))
        yield FactDeclaration(ABSENT, self.tr("Abwesenheit"), choice, texts.ABSENCES)

    def _row(self, fact: FactDeclaration) -> FactRow:
        history = self._client.subject.facts.timeline(fact.id) or Timeline(())
        kind = _ROWS.get(fact.id, FactRow)
        return kind(fact, history, self._session.context.today)

    def _lay_out(self) -> None:
        # From the outside to the inside: whoever gets another parent is dressed anew with all
        # that is in it, which takes 30 ms for everything here.
        self._area = area = _FocusInSight()
        self.body.addWidget(area)
        area.setAccessibleName(self.tr("Angaben zur Person"))
        inner = QWidget()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        area.setMinimumWidth(_PERSON_WIDTH + _FACTS_WIDTH + 48)
        area.setMinimumHeight(400)
        both = QHBoxLayout(inner)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(theme.HUGE + theme.SMALL)
        left, right = QWidget(inner), QWidget(inner)
        left.setFixedWidth(_PERSON_WIDTH)
        right.setFixedWidth(_FACTS_WIDTH)
        both.addWidget(left)
        both.addWidget(right)
        both.addStretch()
        person, facts = QVBoxLayout(left), QVBoxLayout(right)
        person.setContentsMargins(0, 0, 0, 0)
        person.setSpacing(theme.MEDIUM)
        for fields in self._rows:
            person.addLayout(side_by_side(*fields))
        person.addStretch(1)
        facts.setContentsMargins(0, 0, 0, 0)
        facts.setSpacing(theme.SMALL)
        facts.addLayout(self._head())
        for name, row in self.facts.items():
            if name not in self.declared:
                facts.addWidget(row)
        if self.declared:
            facts.addSpacing(theme.TINY)
            asked = self.tr("Danach fragt das Konzept")
            facts.addWidget(PlainLabel(asked, weight=QFont.Weight.DemiBold))
            for row in self.declared.values():
                facts.addWidget(row)
        facts.addSpacing(theme.TINY)
        facts.addWidget(self.history)
        facts.addStretch()
        self.resize(_WIDTH, _HEIGHT)
        # Its size is known only after the layout has seen it.
        self.history.shown.connect(
            lambda: QTimer.singleShot(0, area, lambda: area.ensureWidgetVisible(self.history.add)),
        )

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(theme.SMALL)
        title = PlainLabel(self.tr("Was gilt"), weight=QFont.Weight.DemiBold)
        title.setFixedWidth(NAME_WIDTH)
        head.addWidget(title)
        value = PlainLabel(self.tr("heute"), muted=True, size=theme.SMALL_SIZE)
        since = PlainLabel(self.tr("gilt ab"), muted=True, size=theme.SMALL_SIZE)
        value.setFixedWidth(VALUE_WIDTH)
        since.setFixedWidth(SINCE_WIDTH)
        head.addWidget(value)
        head.addWidget(since)
        head.addStretch()
        return head

    def _is_readable(self) -> bool:
        """Whether every day can be read; else the first wrong one gets the focus."""
        wrong = [
            field
            for field in self._fields
            if isinstance(field.field, DayLine) and not field.field.is_readable()
        ]
        for field in wrong:
            field.show_error(self.tr("Bitte als TT.MM.JJJJ, zum Beispiel 24.11.2026."))
        if wrong:
            wrong[0].field.setFocus()
        return not wrong

    def _entered(self) -> Client:
        known = self._client.subject
        subject = Subject(
            birth_date=self.born.day(),
            registered=self.registered.day(),
            einv_start=self.plan_start.day(),
            einv_end=self.plan_end.day(),
            facts=self._entered_facts(),
            deviation=known.deviation,
        )
        return replace(
            self._client,
            last_name=self.last_name.text().strip(),
            first_name=self.first_name.text().strip(),
            number=self.number.text().strip(),
            code=self.code.text().strip(),
            bg_number=self.bg.text().strip(),
            phone=self.phone.text().strip(),
            address=Address(
                street=self.street.text().strip(),
                postcode=self.postcode.text().strip(),
                city=self.city.text().strip(),
                addition=self.addition.text().strip(),
            ),
            subject=subject,
        )

    def _entered_facts(self) -> Facts:
        """All histories: those shown here as they were changed, others as they were."""
        known = self._client.subject.facts
        histories = {name: known.timeline(name) for name in known.names()}
        for row in self.facts.values():
            row.forgive()
        for name, row in self.facts.items():
            try:
                histories[name] = row.history()
            except UserError:
                row.point_out()
                raise
        return Facts({name: line for name, line in histories.items() if line and line.periods})

    def _refuse(self, fault: str) -> None:
        for label, field in self._named.items():
            if fault.startswith(f"{label}:") or texts.quoted(label) in fault:
                field.show_error(fault.removeprefix(f"{label}: "))
                field.field.setFocus()
                return
        self.show_error(fault)
        self._area.show_focus()


class _FocusInSight(QScrollArea):
    """Where a line below takes room, the field with the keyboard stays in sight."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.show_focus()

    def show_focus(self) -> None:
        """Bring the whole field into sight; Qt would be content with its text cursor."""
        field, inner = self.window().focusWidget(), self.widget()
        if field is None or inner is None or not inner.isAncestorOf(field):
            return
        place = field.mapTo(inner, QPoint(0, 0))
        for y in (place.y() - theme.TINY, place.y() + field.height() + theme.TINY):
            self.ensureVisible(place.x(), y, 0, 0)


def reopened(session: Session, draft: LeftOpen, parent: QWidget | None = None) -> ClientDialog:
    """The dialog a draft was typed into, as it was before anything was typed."""
    if draft.client_id is None:
        return ClientDialog(session, parent=parent)
    file = casework.client_file(session.context, draft.client_id)
    return ClientDialog(session, file.client, parent)


def _store(context: Context, client: Client, before: Client | None) -> Client:
    if before is None:
        return casework.add_client(context, client, {})
    return casework.change_file(context, client, before)
