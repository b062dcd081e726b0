"""Which office is this, who sits there, and how is it reached? What letters and lists say of it."""

from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from kkd_desktop.gui.sections.base import Section, line_of, put
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.field import FormField, side_by_side


class OfficeSection(Section):
    """Names and places that stand on lists and in calendars."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, self.tr("Jobcenter"), parent=parent)
        self.office = FormField(
            self.tr("Name des Jobcenters"),
            QLineEdit(),
            self.tr("Steht auf Briefen, Listen und in Kalenderdateien."),
        )
        self.caseworker = FormField(self.tr("Ihr Name"), QLineEdit())
        self.room = FormField(
            self.tr("Üblicher Raum"), QLineEdit(), self.tr("Vorschlag für neue Termine.")
        )
        self.rooms = FormField(
            self.tr("Weitere Räume"),
            QLineEdit(),
            self.tr("Mit Komma getrennt; bei jedem Termin zur Wahl."),
        )
        self.mailbox = FormField(
            self.tr("Postfach für Briefe und Kalenderdateien"),
            QLineEdit(),
            self.tr("Absender der Termine. Ein Postfach der Dienststelle, keine Person."),
        )
        self.street = FormField(
            self.tr("Straße und Hausnummer"),
            QLineEdit(),
            self.tr("Ort der Gespräche und Absender der Briefe."),
        )
        self.postcode = FormField(self.tr("PLZ"), QLineEdit())
        self.city = FormField(self.tr("Ort"), QLineEdit())
        self.phone = FormField(
            self.tr("Ihr Telefon"), QLineEdit(), self.tr("Steht mit Ihrem Namen auf Briefen.")
        )
        self.reference = FormField(
            self.tr("Ihr Zeichen"), QLineEdit(), self.tr("Steht auf Briefen als „Mein Zeichen“.")
        )
        self.body.addLayout(side_by_side((self.office, 3), (self.caseworker, 2)))
        self.body.addLayout(side_by_side((self.street, 3), (self.postcode, 1), (self.city, 2)))
        self.body.addLayout(side_by_side((self.room, 1), (self.rooms, 2)))
        self.body.addLayout(side_by_side((self.phone, 1), (self.reference, 1)))
        self.body.addWidget(self.mailbox)

        for name, field in self._lines().items():
            line_of(field).editingFinished.connect(partial(self._take, name))
        line_of(self.rooms).editingFinished.connect(self._take_rooms)

    def show_settings(self) -> None:
        for name, field in self._lines().items():
            put(field, getattr(self.settings(), name))
        put(self.rooms, ", ".join(self.settings().rooms))

    def _take_rooms(self) -> None:
        edit = line_of(self.rooms)
        if not edit.isModified():
            return
        edit.setModified(False)
        rooms = tuple(room.strip() for room in edit.text().split(",") if room.strip())
        if rooms == self.settings().rooms:
            self.rooms.show_error("")
            put(self.rooms, ", ".join(rooms))
        else:
            self.store(self.rooms, rooms=rooms)

    def _lines(self) -> dict[str, FormField]:
        return {
            "office": self.office,
            "caseworker": self.caseworker,
            "room": self.room,
            "mailbox": self.mailbox,
            "street": self.street,
            "postcode": self.postcode,
            "city": self.city,
            "phone": self.phone,
            "reference": self.reference,
        }

    def _take(self, name: str) -> None:
        field = self._lines()[name]
        edit = line_of(field)
        if not edit.isModified():
            return
        edit.setModified(False)
        if edit.text().strip() == getattr(self.settings(), name):
            field.show_error("")
        else:
            self.store(field, **{name: edit.text()})
