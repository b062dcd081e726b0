"""Which columns does a table have, under which names do people write them, and which is which?"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from kkd_desktop.domain.language import said, to_say
from kkd_desktop.domain.policy import FactDeclaration, FactKind
from kkd_desktop.domain.table import TableKind
from kkd_desktop.domain.values import Value

FACT = "fact:"
"""How the id of a column begins that holds a fact; its name follows."""

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")
_ALIKE = 0.88
_LONG_ENOUGH = 6
"""Shorter names differ in one letter and mean something else."""


class Column(Value, frozen=True):
    """A column that a table can have. `is_long` holds notes rather than a line.

    `title` is the heading, which is German in every file.
    """

    id: str
    title: str
    names: tuple[str, ...] = ()
    is_long: bool = False

    @property
    def meaning(self) -> str:
        """What it is called on the screen, in the language of the reader."""
        return said(self.title)


_NUMBER = Column(
    "number",
    to_say("Kundennummer"),
    ("Kunden-Nr.", "KdNr", "Kd.-Nr.", "Kunde Nr", "BA-Kundennummer", "KNR"),
)
_LAST_NAME = Column(
    "last_name", to_say("Nachname"), ("Name", "Familienname", "Zuname", "Kunde Nachname")
)
_FIRST_NAME = Column("first_name", to_say("Vorname"), ("Rufname", "Vornamen", "Kunde Vorname"))
_BIRTH_DATE = Column(
    "birth_date",
    to_say("Geburtsdatum"),
    ("geboren", "geboren am", "Geb.-Datum", "Geb.Dat.", "GebDatum"),
)
_CODE = Column("code", to_say("Kürzel"), ("Eigenes Kürzel", "Kennung", "Eigene Kennung", "Code"))
PERSON = (_NUMBER, _LAST_NAME, _FIRST_NAME, _BIRTH_DATE, _CODE)
"""Who it is about, in every table."""

_FORM = Column(
    "form", to_say("Kontaktart"), ("Art des Kontakts", "Kontaktform", "Form", "Kontaktweg")
)
_NOTE_TYPE = Column(
    "note_type", to_say("Vermerk"), ("Vermerkart", "Art des Vermerks", "Vermerktyp")
)

_CLIENTS = (
    *PERSON,
    Column(
        "full_name",
        to_say("Name, Vorname"),
        ("Nachname, Vorname", "Kunde", "Kundin", "Kundenname", "Person", "Vor- und Nachname"),
    ),
    Column("profile", to_say("Profillage"), ("Profil", "Profiling", "PL", "Kundenprofil")),
    Column("status", to_say("Status"), ("Arbeitsmarktstatus", "Kundenstatus", "Statuslage")),
    Column(
        "org", to_say("Bereich"), ("Organisation", "Team", "Betreuungsart", "Zuständigkeit", "Org")
    ),
    Column(
        "last_contact",
        to_say("Letzter Kontakt"),
        ("Letzter Kontakt am", "Letztes Gespräch", "Letzte Beratung", "Kontakt zuletzt"),
    ),
    _FORM,
    _NOTE_TYPE,
    Column(
        "street",
        to_say("Straße"),
        ("Strasse", "Straße und Hausnummer", "Str.", "Anschrift", "Adresse"),
    ),
    Column(
        "addition", to_say("Adresszusatz"), ("Zusatz", "c/o", "Adress-Zusatz", "Anschriftenzusatz")
    ),
    Column("postcode", to_say("PLZ"), ("Postleitzahl",)),
    Column("city", to_say("Ort"), ("Wohnort", "Stadt", "Gemeinde")),
    Column(
        "bg_number",
        to_say("BG-Nummer"),
        ("BG", "BG-Nr.", "Bedarfsgemeinschaft", "BG Nummer", "BGNR"),
    ),
    Column("phone", to_say("Telefon"), ("Telefonnummer", "Tel.", "Rufnummer", "Handy", "Mobil")),
    Column(
        "registered",
        to_say("Anmeldung"),
        ("Angemeldet", "Tag der Anmeldung", "Zugang", "gemeldet seit"),
    ),
    Column(
        "einv_start",
        to_say("Kooperationsplan von"),
        ("Kooperationsplan Beginn", "EinV von", "EinV Beginn", "KoopPlan von"),
    ),
    Column(
        "einv_end",
        to_say("Kooperationsplan bis"),
        ("Kooperationsplan Ende", "EinV bis", "EinV Ende", "KoopPlan bis"),
    ),
    Column("wish", to_say("Terminwunsch"), ("Wunsch", "Erreichbarkeit")),
)
_HISTORY = Column("history", to_say("Merkmale mit Verlauf"), is_long=True)
_EXCEPTIONS = Column("exceptions", to_say("Ausnahmen"), is_long=True)
_CONTACTS = (
    *PERSON,
    Column("day", to_say("Kontakt am"), ("Kontakttag", "Kontaktdatum", "Gespräch am")),
    Column("at", to_say("Uhrzeit"), ("Beginn", "um")),
    _FORM,
    _NOTE_TYPE,
    Column("attended", to_say("Erschienen"), ("Anwesend",)),
    Column("qualified", to_say("Beratung"), ("Qualifiziert",)),
    Column("first", to_say("Erstgespräch")),
    Column("phone_reason", to_say("Grund für das Telefonat"), ("Telefongrund",)),
    Column("held_by", to_say("Geführt von"), ("Fachkraft",)),
    Column("content", to_say("Inhalt"), ("Gesprächsinhalt",), is_long=True),
    Column("goal", to_say("Ziel"), ("Zwischenziel",), is_long=True),
    Column("means", to_say("Mitteleinsatz"), is_long=True),
    Column("appointment", to_say("Kennung des Termins")),
)
_APPOINTMENTS = (
    *PERSON,
    Column("day", to_say("Termin am"), ("Termintag", "Termindatum")),
    Column("at", to_say("Uhrzeit"), ("Beginn", "um")),
    Column("minutes", to_say("Minuten"), ("Dauer",)),
    Column("preparation", to_say("davon Vor- und Nachbereitung"), ("Nachbereitung",)),
    _FORM,
    Column("purpose", to_say("Zweck"), ("Anlass",)),
    Column("room", to_say("Raum"), ("Zimmer",)),
    Column("state", to_say("Stand"), ("Terminstatus",)),
    Column("delivery", to_say("Einladung"), ("Zustellung",)),
    Column("reason", to_say("Grund"), is_long=True),
    Column("joint", to_say("Gemeinsam mit")),
    Column("uid", to_say("Kennung des Termins")),
    Column("sequence", to_say("Fassung")),
    Column("changed_at", to_say("Zuletzt geändert (UTC)")),
)
_TELLING = {
    TableKind.CONTACTS: ("Kontakt am", "Kontakttag", "Kontaktdatum", "Gespräch am"),
    TableKind.APPOINTMENTS: ("Termin am", "Termintag", "Termindatum"),
}
LONG_TITLES = frozenset(
    column.title for column in (*_CONTACTS, *_APPOINTMENTS, _HISTORY, _EXCEPTIONS) if column.is_long
)


def columns_of(kind: TableKind, declared: Iterable[FactDeclaration] = ()) -> tuple[Column, ...]:
    """The columns of a kind of table; `declared` facts of the concepts have columns too."""
    if kind is TableKind.CONTACTS:
        return _CONTACTS
    if kind is TableKind.APPOINTMENTS:
        return _APPOINTMENTS
    facts = {name: Column(f"{FACT}{name}", title, (name,)) for name, title in _FLAGS.items()}
    for fact in declared:
        facts[fact.id] = Column(f"{FACT}{fact.id}", fact.label, (fact.id,))
    return (*_CLIENTS, *facts.values(), _HISTORY, _EXCEPTIONS)


def declarations(declared: Iterable[FactDeclaration]) -> Mapping[str, FactDeclaration]:
    """How the facts that have a column are read."""
    flags = {name: FactDeclaration(name, title, FactKind.FLAG) for name, title in _FLAGS.items()}
    return {**flags, **{fact.id: fact for fact in declared}}


def kind_of(header: Sequence[str]) -> TableKind:
    """What the rows of a table with these headings are."""
    found = {folded(each) for each in header}
    for kind, titles in _TELLING.items():
        if any(folded(title) in found for title in titles):
            return kind
    return TableKind.CLIENTS


def guessed(header: Sequence[str], columns: Sequence[Column]) -> tuple[str, ...]:
    """For each heading the id of the column that is meant, empty where none is.

    No column is meant twice: a title word for word comes first, then other names, then slips.
    """
    names: dict[str, str] = {}
    for column in columns:
        for name in column.names:
            names.setdefault(folded(name), column.id)
    titles = {folded(column.title): column.id for column in columns}
    names.update(titles)
    found = [""] * len(header)
    for known in (titles, names):
        for place, heading in enumerate(header):
            _take(found, place, known.get(folded(heading), ""))
    for place, heading in enumerate(header):
        name = folded(heading)
        if not found[place] and len(name) >= _LONG_ENOUGH:
            near = get_close_matches(name, names, 1, _ALIKE)
            _take(found, place, names[near[0]] if near else "")
    return _without_two_names(tuple(found), header)


def _take(found: list[str], place: int, column: str) -> None:
    if column and not found[place] and column not in found:
        found[place] = column


def _without_two_names(found: tuple[str, ...], header: Sequence[str]) -> tuple[str, ...]:
    """A column `Name` beside no `Vorname` holds both names."""
    if "last_name" in found and "first_name" not in found and "full_name" not in found:
        place = found.index("last_name")
        if folded(header[place]) == "name":
            return (*found[:place], "full_name", *found[place + 1 :])
    return found


def folded(text: str) -> str:
    """Letters and digits alone, as `gebdatum` of `Geb.-Datum (TT.MM.JJJJ)`."""
    plain = unicodedata.normalize("NFKC", _IN_BRACKETS.sub("", text)).casefold()
    spelled = unicodedata.normalize("NFKD", plain.translate(_UMLAUTS))
    return _NOT_A_LETTER.sub("", spelled)


_FLAGS = {
    "sv_beschaeftigt": to_say("Sozialversicherungspflichtig beschäftigt"),
    "schwer_gesundheitlich": to_say("Schwere gesundheitliche Einschränkung"),
    "massnahme": to_say("In einer Maßnahme"),
    "alleinerziehend_u3": to_say("Alleinerziehend mit Kind unter drei Jahren"),
}
