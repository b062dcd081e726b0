"""Which columns does a table have, under which names do people write them, and which is which?"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from kkd_desktop.domain import texts
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
    """A column that a table can have. `is_long` holds notes rather than a line."""

    id: str
    title: str
    names: tuple[str, ...] = ()
    is_long: bool = False


_NUMBER = Column(
    "number",
    "Kundennummer",
    ("Kunden-Nr.", "KdNr", "Kd.-Nr.", "Kunde Nr", "BA-Kundennummer", "KNR"),
)
_LAST_NAME = Column("last_name", "Nachname", ("Name", "Familienname", "Zuname", "Kunde Nachname"))
_FIRST_NAME = Column("first_name", "Vorname", ("Rufname", "Vornamen", "Kunde Vorname"))
_BIRTH_DATE = Column(
    "birth_date", "Geburtsdatum", ("geboren", "geboren am", "Geb.-Datum", "Geb.Dat.", "GebDatum")
)
_CODE = Column("code", "Kürzel", ("Eigenes Kürzel", "Kennung", "Eigene Kennung", "Code"))
PERSON = (_NUMBER, _LAST_NAME, _FIRST_NAME, _BIRTH_DATE, _CODE)
"""Who it is about, in every table."""

_FORM = Column("form", "Kontaktart", ("Art des Kontakts", "Kontaktform", "Form", "Kontaktweg"))
_NOTE_TYPE = Column("note_type", "Vermerk", ("Vermerkart", "Art des Vermerks", "Vermerktyp"))

_CLIENTS = (
    *PERSON,
    Column(
        "full_name",
        "Name, Vorname",
        ("Nachname, Vorname", "Kunde", "Kundin", "Kundenname", "Person", "Vor- und Nachname"),
    ),
    Column("profile", "Profillage", ("Profil", "Profiling", "PL", "Kundenprofil")),
    Column("status", "Status", ("Arbeitsmarktstatus", "Kundenstatus", "Statuslage")),
    Column("org", "Bereich", ("Organisation", "Team", "Betreuungsart", "Zuständigkeit", "Org")),
    Column(
        "last_contact",
        "Letzter Kontakt",
        ("Letzter Kontakt am", "Letztes Gespräch", "Letzte Beratung", "Kontakt zuletzt"),
    ),
    _FORM,
    _NOTE_TYPE,
    Column(
        "street", "Straße", ("Strasse", "Straße und Hausnummer", "Str.", "Anschrift", "Adresse")
    ),
    Column("addition", "Adresszusatz", ("Zusatz", "c/o", "Adress-Zusatz", "Anschriftenzusatz")),
    Column("postcode", "PLZ", ("Postleitzahl",)),
    Column("city", "Ort", ("Wohnort", "Stadt", "Gemeinde")),
    Column("bg_number", "BG-Nummer", ("BG", "BG-Nr.", "Bedarfsgemeinschaft", "BG Nummer", "BGNR")),
    Column("phone", "Telefon", ("Telefonnummer", "Tel.", "Rufnummer", "Handy", "Mobil")),
    Column(
        "registered", "Anmeldung", ("Angemeldet", "Tag der Anmeldung", "Zugang", "gemeldet seit")
    ),
    Column(
        "einv_start",
        "Kooperationsplan von",
        ("Kooperationsplan Beginn", "EinV von", "EinV Beginn", "KoopPlan von"),
    ),
    Column(
        "einv_end",
        "Kooperationsplan bis",
        ("Kooperationsplan Ende", "EinV bis", "EinV Ende", "KoopPlan bis"),
    ),
    Column("wish", "Terminwunsch", ("Wunsch", "Erreichbarkeit")),
)
_HISTORY = Column("history", "Merkmale mit Verlauf", is_long=True)
_EXCEPTIONS = Column("exceptions", "Ausnahmen", is_long=True)
_CONTACTS = (
    *PERSON,
    Column("day", "Kontakt am", ("Kontakttag", "Kontaktdatum", "Gespräch am")),
    Column("at", "Uhrzeit", ("Beginn", "um")),
    _FORM,
    _NOTE_TYPE,
    Column("attended", "Erschienen", ("Anwesend",)),
    Column("qualified", "Beratung", ("Qualifiziert",)),
    Column("first", "Erstgespräch"),
    Column("phone_reason", "Grund für das Telefonat", ("Telefongrund",)),
    Column("held_by", "Geführt von", ("Fachkraft",)),
    Column("content", "Inhalt", ("Gesprächsinhalt",), is_long=True),
    Column("goal", "Ziel", ("Zwischenziel",), is_long=True),
    Column("means", "Mitteleinsatz", is_long=True),
    Column("appointment", "Kennung des Termins"),
)
_APPOINTMENTS = (
    *PERSON,
    Column("day", "Termin am", ("Termintag", "Termindatum")),
    Column("at", "Uhrzeit", ("Beginn", "um")),
    Column("minutes", "Minuten", ("Dauer",)),
    Column("preparation", "davon Vor- und Nachbereitung", ("Nachbereitung",)),
    _FORM,
    Column("purpose", "Zweck", ("Anlass",)),
    Column("room", "Raum", ("Zimmer",)),
    Column("state", "Stand", ("Terminstatus",)),
    Column("delivery", "Einladung", ("Zustellung",)),
    Column("reason", "Grund", is_long=True),
    Column("joint", "Gemeinsam mit"),
    Column("uid", "Kennung des Termins"),
    Column("sequence", "Fassung"),
    Column("changed_at", "Zuletzt geändert (UTC)"),
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
    facts = {name: Column(f"{FACT}{name}", title, (name,)) for name, title in _flag_titles()}
    for fact in declared:
        facts[fact.id] = Column(f"{FACT}{fact.id}", fact.label, (fact.id,))
    return (*_CLIENTS, *facts.values(), _HISTORY, _EXCEPTIONS)


def declarations(declared: Iterable[FactDeclaration]) -> Mapping[str, FactDeclaration]:
    """How the facts that have a column are read."""
    flags = {name: FactDeclaration(name, title, FactKind.FLAG) for name, title in _flag_titles()}
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


def _flag_titles() -> Iterable[tuple[str, str]]:
    return ((name, title[0].upper() + title[1:]) for name, title in _FLAGS.items())


_FLAGS = {name: title for name, title in texts.FLAGS.german.items() if "(" not in title} | {
    name: title.replace("(", "").replace(")", "")
    for name, title in texts.FLAGS.german.items()
    if "(" in title
}
