"""What are tables, columns and settings called by those who use the program, and how is each value
written?

Whatever is not named here is shown by its own name: nothing that was changed is left out.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import DELIVERY_TEXTS, STATE_TEXTS, AppointmentState
from kkd_desktop.domain.conditions_text import fact_name, value_text
from kkd_desktop.domain.facts import FactValue
from kkd_desktop.domain.language import Sayings, said, to_count, to_say
from kkd_desktop.domain.lengths import LENGTH_NAMES
from kkd_desktop.domain.letter_kinds import KIND_TEXTS, PURPOSE_TEXTS
from kkd_desktop.domain.policy import FactDeclaration
from kkd_desktop.domain.privacy import PRIVACY_TEXTS
from kkd_desktop.domain.values import Value, field

Row = Mapping[str, Any]


class Names(Value, frozen=True):
    """What ids are called that stand in a row: facts and exceptions as the policies declare them,
    policies by their title, appointments by their time, templates by their name.
    """

    facts: tuple[FactDeclaration, ...] = ()
    exceptions: Mapping[str, str] = field(default_factory=dict)
    policies: Mapping[str, str] = field(default_factory=dict)
    appointments: Mapping[int, datetime] = field(default_factory=dict)
    templates: Mapping[int, str] = field(default_factory=dict)


Writer = Callable[[Any, Row, Names], str]


class Column(Value, frozen=True):
    """How a column is called, in German, and how its values are written."""

    label: str
    written: Writer


TECHNICAL = None
"""Says nothing to a reader: ids, digests, what stands in the title or in the step itself."""


class Table(Value, frozen=True):
    """`title` names one row of it."""

    title: Callable[[Row, Names], str]
    columns: Mapping[str, Column | None]


def _plain(value: Any, row: Row, names: Names) -> str:
    return readable(value)


def _yes(value: Any, row: Row, names: Names) -> str:
    return said("ja") if value else said("nein")


def _words(known: Mapping[Any, str]) -> Writer:
    keys = {str(key): key for key in known}

    def written(value: Any, row: Row, names: Names) -> str:
        key = str(value)
        return known[keys[key]] if key in keys else readable(value)

    return written


def _listed(known: Mapping[Any, str]) -> Writer:
    word = _words(known)
    return lambda value, row, names: texts.listed([word(x, row, names) for x in _parsed(value)])


def _minutes(value: Any, row: Row, names: Names) -> str:
    return texts.counted(int(value), "Minute", "Minuten") if value else ""


def _fact(value: Any, row: Row, names: Names) -> str:
    return value_text(str(row["name"]), _fact_value(value), names.facts)


def _fact_value(text: Any) -> FactValue:
    value = _parsed(text)
    return date.fromisoformat(value["date"]) if isinstance(value, dict) else value


def _exception(value: Any, row: Row, names: Names) -> str:
    return names.exceptions.get(value, str(value))


def _appointment(value: Any, row: Row, names: Names) -> str:
    start = names.appointments.get(value)
    return said("nicht mehr vorhanden") if start is None else texts.moment(start)


def _template(value: Any, row: Row, names: Names) -> str:
    return names.templates.get(value, said("nicht mehr vorhanden"))


def _text_blocks(value: Any, row: Row, names: Names) -> str:
    return ", ".join(f"{text['id']} {text['version']}" for text in _parsed(value))


def _setting(value: Any, row: Row, names: Names) -> str:
    return setting_text(str(row["key"]), _parsed(value), names)


def _target(value: Any, row: Row, names: Names) -> str:
    return _TARGETS.get(str(value), str(value))


_CALENDAR, _TIME_AFTER = "ics", "ics-shape"
_TARGETS = Sayings({_CALENDAR: "Kalenderdatei", _TIME_AFTER: "Vor- und Nachbereitung"})


def _state_there(value: Any, row: Row, names: Names) -> str:
    """How an appointment went out; of the time after it, whether it has an entry of its own."""
    if row.get("target") != _TIME_AFTER:
        return _words(STATE_TEXTS)(value, row, names)
    is_apart = AppointmentState(value).is_standing
    return said("eigener Eintrag") if is_apart else said("kein eigener Eintrag")


def _moment_of(word: str) -> Callable[[Row, Names], str]:
    return lambda row, names: f"{said(word)} {readable(row['start'])}"


def _named(word: str, column: str) -> Callable[[Row, Names], str]:
    return lambda row, names: said("{what} „{name}“").format(what=said(word), name=row[column])


def _called(word: str) -> Callable[[Row, Names], str]:
    return lambda row, names: said(word)


TABLES: Mapping[str, Table] = {
    "client": Table(
        _called(to_say("Person")),
        {
            "id": TECHNICAL,
            "number": Column(to_say("Kundennummer"), _plain),
            "code": Column(to_say("Kürzel"), _plain),
            "last_name": Column(to_say("Nachname"), _plain),
            "first_name": Column(to_say("Vorname"), _plain),
            "birth_date": Column(to_say("Geburtsdatum"), _plain),
            "registered": Column(to_say("Anmeldung"), _plain),
            "einv_start": Column(to_say("Beginn des Kooperationsplans"), _plain),
            "einv_end": Column(to_say("Ende des Kooperationsplans"), _plain),
            "bg_number": Column(to_say("BG-Nummer"), _plain),
            "street": Column(to_say("Straße"), _plain),
            "postcode": Column(to_say("PLZ"), _plain),
            "city": Column(to_say("Ort"), _plain),
            "phone": Column(to_say("Telefon"), _plain),
            "address_addition": Column(to_say("Adresszusatz"), _plain),
            "created_at": TECHNICAL,
        },
    ),
    "fact": Table(
        lambda row, names: fact_name(str(row["name"]), names.facts),
        {
            "id": TECHNICAL,
            "client_id": TECHNICAL,
            "name": TECHNICAL,
            "value": Column(to_say("Wert"), _fact),
            "since": Column(to_say("gilt ab"), _plain),
            "until": Column(to_say("gilt bis"), _plain),
        },
    ),
    "deviation": Table(
        _called(to_say("Ausnahme")),
        {
            "id": TECHNICAL,
            "client_id": TECHNICAL,
            "kind": Column(to_say("Art"), _exception),
            "reason": Column(to_say("Grund"), _plain),
            "since": Column(to_say("gilt ab"), _plain),
            "until": Column(to_say("gilt bis"), _plain),
        },
    ),
    "appointment": Table(
        _moment_of(to_say("Termin")),
        {
            "id": TECHNICAL,
            "client_id": TECHNICAL,
            "uid": TECHNICAL,
            "start": Column(to_say("Zeit"), _plain),
            "minutes": Column(to_say("Dauer"), _minutes),
            "form": Column(to_say("Form"), _words(texts.FORMS)),
            "purpose": Column(to_say("Anlass"), _plain),
            "room": Column(to_say("Raum"), _plain),
            "state": Column(to_say("Stand"), _words(STATE_TEXTS)),
            "delivery": Column(to_say("Einladung"), _words(DELIVERY_TEXTS)),
            "sequence": TECHNICAL,
            "changed_at": TECHNICAL,
            "reason": Column(to_say("Begründung"), _plain),
            "trace": TECHNICAL,
            "preparation": Column(to_say("davon Vor- und Nachbereitung"), _minutes),
            "joint": Column(to_say("gemeinsam mit anderen"), _yes),
        },
    ),
    "contact": Table(
        lambda row, names: said("Kontakt {day}").format(day=readable(row["day"])),
        {
            "id": TECHNICAL,
            "client_id": TECHNICAL,
            "day": Column(to_say("Tag"), _plain),
            "at": Column(to_say("Uhrzeit"), _plain),
            "form": Column(to_say("Form"), _words(texts.FORMS)),
            "note_type": Column(to_say("Vermerk"), _words(texts.NOTE_TYPES)),
            "attended": Column(to_say("erschienen"), _yes),
            "qualified": Column(to_say("qualifizierte Beratung"), _yes),
            "first": Column(to_say("Erstgespräch"), _yes),
            "has_reason": Column(to_say("Grund für das Telefonat festgehalten"), _yes),
            "phone_reason": Column(to_say("Grund für das Telefonat"), _plain),
            "held_by": Column(to_say("Geführt von"), _plain),
            "content": Column(to_say("Inhalt"), _plain),
            "goal": Column(to_say("Ziel"), _plain),
            "means": Column(to_say("Mitteleinsatz"), _plain),
            "appointment_id": Column(to_say("zum Termin"), _appointment),
        },
    ),
    "export_log": Table(
        _called(to_say("Kalenderausgabe")),
        {
            "id": TECHNICAL,
            "appointment_id": Column(to_say("Termin"), _appointment),
            "target": Column(to_say("ausgegeben als"), _target),
            "sequence": TECHNICAL,
            "state": Column(to_say("Stand"), _state_there),
            "digest": TECHNICAL,
            "exported_at": TECHNICAL,
        },
    ),
    "setting": Table(
        lambda row, names: SETTINGS.get(str(row["key"]), str(row["key"])),
        {"id": TECHNICAL, "key": TECHNICAL, "value": Column(to_say("Wert"), _setting)},
    ),
    "letter": Table(
        lambda row, names: said("Brief zum Termin {time}").format(time=readable(row["start"])),
        {
            "id": TECHNICAL,
            "client_id": TECHNICAL,
            "appointment_id": TECHNICAL,
            "template_id": Column(to_say("Vorlage"), _template),
            "kind": Column(to_say("Art"), _words(KIND_TEXTS)),
            "sequence": TECHNICAL,
            "start": TECHNICAL,
            "purposes": Column(to_say("Zweck"), _listed(PURPOSE_TEXTS)),
            "purpose_text": Column(to_say("Anlass"), _plain),
            "written_on": Column(to_say("Datum des Briefes"), _plain),
            "texts": Column(to_say("Textbausteine"), _text_blocks),
            "content": TECHNICAL,
            "pdf_digest": TECHNICAL,
            "pdf": TECHNICAL,
            "created_at": TECHNICAL,
            "printed_at": TECHNICAL,
            "way": Column(to_say("Zustellung"), _words(DELIVERY_TEXTS)),
            "delivered_on": Column(to_say("zugestellt am"), _plain),
            "deemed_on": Column(to_say("gilt als bekannt gegeben am"), _plain),
            "returned_on": Column(to_say("zurückgekommen am"), _plain),
        },
    ),
    "letter_template": Table(
        _named(to_say("Briefvorlage"), "name"),
        {
            "id": TECHNICAL,
            "digest": TECHNICAL,
            "name": Column(to_say("Name"), _plain),
            "source": TECHNICAL,
            "files": TECHNICAL,
        },
    ),
    "busy_source": Table(
        _named(to_say("Fremde Termine"), "name"),
        {
            "id": TECHNICAL,
            "name": Column(to_say("Name"), _plain),
            "place": Column(to_say("Datei"), _plain),
            "watched": Column(to_say("wird laufend gelesen"), _yes),
            "has_titles": Column(to_say("mit Titeln"), _yes),
            "active": Column(to_say("wird berücksichtigt"), _yes),
        },
    ),
    "import_mapping": Table(
        _called(to_say("Spalten einer Tabelle zum Einlesen")),
        {
            "id": TECHNICAL,
            "header_digest": TECHNICAL,
            "mapping": Column(to_say("Zuordnung"), _plain),
        },
    ),
}

SETTINGS: Mapping[str, str] = Sayings(
    {
        "policies": "Konzept",
        "prolonged": "Verlängerte Konzepte",
        "land": "Bundesland für Feiertage",
        "office": "Jobcenter",
        "caseworker": "Name der Fachkraft",
        "mailbox": "Postfach",
        "room": "Raum",
        "rooms": "Weitere Räume",
        "role": "Aufgabe",
        "hours": "Arbeitszeit",
        "post_margin_days": "Arbeitstage zwischen Bekanntgabe und Termin",
        "privacy": "Angaben zur Person im Kalender",
        "reminder": "Erinnerung im Kalender",
        "preparation": "Vor- und Nachbereitung im Kalender",
        "live_calendar": "Mitlaufende Kalenderdatei",
        "street": "Straße der Dienststelle",
        "postcode": "PLZ der Dienststelle",
        "city": "Ort der Dienststelle",
        "phone": "Telefon der Dienststelle",
        "reference": "Zeichen",
        "keep_letters": "Briefe als PDF aufbewahren",
        "usual_purpose": "Üblicher Meldezweck",
        "text_reviews": "Prüfvermerke der Texte",
        "server": "Kalender auf einem Server",
        "rotation": "Aufbewahrte Sicherungen",
        "second_folder": "Zweiter Ordner für Sicherungen",
        "retention_months": "Vorschlag zum Löschen nach dem letzten Kontakt",
        "lock_minutes": "Sperre ohne Eingabe",
        "kept_steps": "Schritte, die sich zurücknehmen lassen",
        "history_months": "Verlauf aufbewahren",
        "saved_searches": "Gespeicherte Suchen",
    }
)

_CHOICES: Mapping[str, Mapping[Any, str]] = {
    "land": texts.LAENDER,
    "role": texts.ORG,
    "privacy": PRIVACY_TEXTS,
    "usual_purpose": PURPOSE_TEXTS,
    "preparation": Sayings(
        {"whole": "in einem Eintrag", "apart": "als eigener Eintrag", "none": "gar nicht"}
    ),
}
_UNITS = {
    "post_margin_days": to_count("Arbeitstag", "Arbeitstage"),
    "reminder": to_count("Minute vorher", "Minuten vorher"),
    "retention_months": to_count("Monat", "Monate"),
    "lock_minutes": to_count("Minute", "Minuten"),
    "kept_steps": to_count("Schritt", "Schritte"),
    "history_months": to_count("Monat", "Monate"),
}
_NOTHING = Sayings(
    {
        "reminder": "keine",
        "history_months": "solange die Person gespeichert ist",
        "usual_purpose": "wie zuletzt gedruckt",
    }
)

_PARTS = Sayings(
    {
        **dict(zip(("mo", "di", "mi", "do", "fr", "sa", "so"), texts.WEEKDAYS, strict=True)),
        "weeks": "Wochen",
        "week": "Woche",
        "anchor": "beginnt in der Woche vom",
        "weekly_hours": "Stunden je Woche",
        "lengths": "Dauer der Gespräche",
        "step": "Schritt",
        "closed": "geschlossen",
        "absences": "abwesend",
        "since": "von",
        "until": "bis",
        "reason": "Grund",
        **LENGTH_NAMES.german,
        "address": "Adresse",
        "user": "Benutzer",
        "calendar": "Kalender",
        "name": "Name",
        "privacy": "Angaben zur Person",
        "automatic": "gleicht von selbst ab",
        "days": "Tage",
        "months": "Monate",
    }
)


def setting_text(key: str, value: Any, names: Names) -> str:
    """The value of a setting in words."""
    if value is None:
        return _NOTHING.get(key, "")
    if key == "policies":
        return ", ".join(names.policies.get(each, each) for each in value)
    if key == "prolonged":
        told = (
            said("{name} bis {day}").format(name=names.policies.get(x, x), day=readable(day))
            for x, day in value.items()
        )
        return ", ".join(told)
    if key == "text_reviews":
        told = (f"{x}: {by}, {readable(on)}" for x, (_, by, on) in value.items())
        return "; ".join(told)
    if key == "saved_searches":
        return "; ".join(f"{name}: {query}" for name, query in value.items())
    if key == "lock_minutes" and not value:
        return said("nie")
    if key in _UNITS:
        return texts.counted(int(value), *_UNITS[key])
    if key in _CHOICES:
        return _words(_CHOICES[key])(value, {}, names)
    return readable(value)


def part_name(name: str) -> str:
    """What one part of a setting of several is called."""
    return _PARTS.get(name, name.replace("_", " "))


def parts(value: Any) -> Mapping[str, Any] | None:
    """What a JSON text consists of, where it is worth being told part by part."""
    found = _parsed(value)
    return found if isinstance(found, dict) else None


_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MINUTE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?")


def readable(value: Any) -> str:
    """Any value of a column or of JSON, days in German; empty where there is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return said("ja") if value else said("nein")
    if isinstance(value, dict):
        return "; ".join(f"{part_name(str(k))}: {readable(v)}" for k, v in value.items() if v)
    if isinstance(value, list):
        between = "; " if any(isinstance(each, dict | list) for each in value) else ", "
        return between.join(readable(each) for each in value)
    return _written(str(value))


def _written(text: str) -> str:
    if text.startswith(("{", "[")):
        found = _parsed(text)
        return text if isinstance(found, str) else readable(found)
    try:
        if _DAY.fullmatch(text):
            return texts.day(date.fromisoformat(text))
        if _MINUTE.fullmatch(text):
            return texts.moment(datetime.fromisoformat(text))
    except ValueError:
        # It only looks like one.
        return text
    return text


def _parsed(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
