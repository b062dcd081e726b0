"""From a file into the caseload and out again, in real stores."""

import unicodedata
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kkd_desktop.actions import backups, casework, imports, stores, table_export, undo
from kkd_desktop.actions.secrets import Passphrase
from kkd_desktop.domain import language
from kkd_desktop.domain.appointment import Appointment, AppointmentState, Delivery
from kkd_desktop.domain.client import Address, Client, Deviation, Subject
from kkd_desktop.domain.contact import Contact, ContactForm, ContactKind, ContactNotes, NoteType
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.facts import Facts, Period, Timeline
from kkd_desktop.domain.plain_text import line
from kkd_desktop.domain.table import TableForm
from kkd_desktop.domain.table_import import name_key
from kkd_desktop.domain.table_plan import RowState, Twins
from kkd_desktop.domain.values import replace
from kkd_desktop.gui import translations
from kkd_desktop.store import appointments, clients, contacts, deviations

TODAY = date(2026, 11, 20)
SECRET = Passphrase("vier zufällige Wörter")
TABLE = (
    "Kundennummer;Nachname;Vorname;Geburtsdatum;Profillage;Status;Letzter Kontakt;PLZ;Ort\n"
    "123A400001;Beispiel;Amina;01.01.1980;FP;al;30.09.2026;12345;Musterstadt\n"
    "123A499001;Übungsfall;Änne;05.05.1988;Stabi;asu;12.10.2026;;\n"
    "123A499002;Muster;Cem;06.06.1990;;;;;\n"
)


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "liste.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def planned(context, path, twins=Twins.SKIP, form=None):
    tables = [imports.mapped(context, each) for each in imports.read(path, form)]
    return imports.plan(context, tables, twins)


def everything(context):
    return table_export.sheets(context)


def test_the_plan_says_what_would_change_and_stores_nothing(caseload, table):
    before = everything(caseload)

    plan = planned(caseload, table)

    assert plan.counts() == {RowState.CHANGED: 1, RowState.NEW: 2}
    assert plan.step == "Import von 3 Personen"
    assert everything(caseload) == before


def test_an_import_is_one_step_that_can_be_taken_back_and_done_again(caseload, table):
    before = everything(caseload)

    result = imports.accept(caseload, planned(caseload, table))
    after = everything(caseload)

    assert (result.people, result.changed, result.contacts) == (2, 1, 1)
    assert casework.find_client(caseload, "123A499001").name == "Übungsfall, Änne"
    assert undo.undo(caseload).name == "Import von 3 Personen"
    assert everything(caseload) == before
    undo.redo(caseload)
    assert everything(caseload) == after


def test_the_same_file_again_changes_nothing(caseload, table):
    imports.accept(caseload, planned(caseload, table))
    plan = planned(caseload, table)

    assert plan.counts() == {RowState.UNCHANGED: 3}
    assert not plan.writes
    with pytest.raises(UserError, match="nichts zu übernehmen"):
        imports.accept(caseload, plan)


def test_a_backup_is_made_before(caseload, table):
    imports.accept(caseload, planned(caseload, table))

    [made] = backups.listed(caseload)
    assert "Import von 3 Personen" in made.reason


def test_a_plan_of_yesterday_is_not_carried_out_on_a_caseload_of_today(caseload, table):
    plan = planned(caseload, table)
    client = casework.find_client(caseload, "123A400001")
    casework.record_contact(caseload, Contact(date(2026, 9, 30), client_id=client.id))
    before = everything(caseload)

    with pytest.raises(UserError, match="inzwischen geändert"):
        imports.accept(caseload, plan)

    assert everything(caseload) == before


class Stopped(Exception):
    pass


def test_what_was_taken_back_can_be_imported_again_and_then_stays_as_it_is(caseload, table):
    for _ in range(2):
        imports.accept(caseload, planned(caseload, table))
        undo.undo(caseload)
    imports.accept(caseload, planned(caseload, table))

    assert not planned(caseload, table).writes
    undo.undo(caseload)
    assert planned(caseload, table).writes
    undo.redo(caseload)
    assert not planned(caseload, table).writes


def test_what_another_window_stores_during_the_back_up_is_not_written_over(
    caseload, table, monkeypatch
):
    plan = planned(caseload, table)

    def write(context, step):
        with stores.open_caseload(context.store.path, context.store.key, TODAY) as other:
            other.change_settings(room="B 12")

    monkeypatch.setattr(backups, "before", write)
    with pytest.raises(UserError, match="inzwischen geändert"):
        imports.accept(caseload, plan)


def test_who_stops_an_import_half_way_has_imported_nothing(caseload, tmp_path):
    path = tmp_path / "liste.csv"
    rows = "".join(f"N{number};Übungsfall;Person {number}\n" for number in range(1000))
    path.write_text(f"Kundennummer;Nachname;Vorname\n{rows}", encoding="utf-8")
    before = everything(caseload)

    def stop(done, total):
        if done >= total // 2:
            raise Stopped

    with pytest.raises(Stopped):
        imports.accept(caseload, planned(caseload, path), stop)

    assert everything(caseload) == before
    assert undo.to_undo(caseload).name != "Import von 1.000 Personen"


def test_refused_rows_stay_out_and_the_others_come_in(caseload, tmp_path):
    path = tmp_path / "liste.csv"
    path.write_text(TABLE.replace("05.05.1988", "31.02.1988"), encoding="utf-8")
    plan = planned(caseload, path)

    imports.accept(caseload, plan)

    assert plan.sentences() == [
        "liste.csv, Zeile 3, Geburtsdatum: „31.02.1988“: Diesen Tag gibt es nicht."
    ]
    with pytest.raises(UserError):
        casework.find_client(caseload, "123A499001")


def test_what_columns_mean_is_remembered_for_the_next_table(caseload, tmp_path):
    path = tmp_path / "liste.csv"
    path.write_text("Wer;Gruppe\nÜbungsfall;FP\n", encoding="utf-8")
    [table] = imports.read(path)
    first = imports.mapped(caseload, table)
    imports.remember(caseload, [replace(first, mapping=("last_name", "profile"))])
    again = imports.mapped(caseload, table)

    assert (first.mapping, first.remembered) == (("", ""), False)
    assert (again.mapping, again.remembered) == (("last_name", "profile"), True)


def test_a_map_file_says_what_columns_mean(caseload, tmp_path):
    path, file = tmp_path / "liste.csv", tmp_path / "spalten.toml"
    path.write_text("Wer;Gruppe;Nachname\nÜbungsfall;FP;x\n", encoding="utf-8")
    file.write_text('"Wer" = "Nachname"\n"Gruppe" = "profile"\n', encoding="utf-8")
    [table] = imports.read(path)

    found = imports.with_map_file(imports.mapped(caseload, table), file)

    assert found.mapping == ("last_name", "profile", "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('"Fehlt" = "Nachname"', "„Fehlt“: Diese Spalte gibt es in der Tabelle nicht"),
        ('"Wer" = "Nachnahme"', "„Wer“: „Nachnahme“ gibt es nicht"),
        ("Wer = 1", 'steht hier "Spalte" = "Bedeutung"'),
        ("Wer =", "Zeile 1.*kein gültiges TOML"),
    ],
)
def test_a_wrong_map_file_is_refused(caseload, tmp_path, text, said):
    path, file = tmp_path / "liste.csv", tmp_path / "spalten.toml"
    path.write_text("Wer;Gruppe\nÜbungsfall;FP\n", encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    [table] = imports.read(path)

    with pytest.raises(UserError, match=said):
        imports.with_map_file(imports.mapped(caseload, table), file)


def test_a_table_without_names_is_refused(caseload, tmp_path):
    path = tmp_path / "liste.csv"
    path.write_text("Kundennummer;Ort\n1;Köln\n", encoding="utf-8")

    with pytest.raises(UserError, match="Keine Spalte wurde als Nachname erkannt"):
        planned(caseload, path)


def test_an_edited_export_changes_what_was_edited_and_nothing_else(caseload, tmp_path):
    path = tmp_path / "bestand.csv"
    table_export.export(caseload, path)
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace(";Marktprofil;", ";Förderprofil;", 1), encoding="utf-8-sig")

    plan = planned(caseload, path)

    [changed] = plan.of(RowState.CHANGED)
    assert [change.field for change in changed.changes] == ["Profillage"]


def test_an_export_is_for_the_user_alone_and_leaves_no_trace(caseload, tmp_path, monkeypatch):
    hidden = tmp_path / "tmp"
    hidden.mkdir()
    monkeypatch.setenv("TMPDIR", str(hidden))
    for name in ("bestand.xlsx", "bestand.csv"):
        written = table_export.export(caseload, tmp_path / name)
        assert {path.stat().st_mode & 0o777 for path in written.paths} == {0o600}

    assert not list(hidden.iterdir())
    with pytest.raises(UserError, match=r"\.xlsx oder \.csv"):
        table_export.export(caseload, tmp_path / "bestand.pdf")


def test_what_is_counted_leaves_as_a_number(tmp_path):
    context = stores.create_demo(tmp_path / "beispiel.kkd", SECRET, TODAY, clients=20)
    with context.store:
        booked = table_export.sheets(context)[2]
    counted = [booked.header.index(each) for each in ("Minuten", "Fassung")]

    assert booked.rows
    assert {type(row[place]) for row in booked.rows for place in counted} == {int}


def test_contacts_of_people_who_stay_out_are_refused_with_the_reason(caseload, tmp_path):
    path = tmp_path / "bestand.csv"
    path.write_text("Kundennummer;Nachname;Geburtsdatum\nX1;Fall;31.02.1980\n", encoding="utf-8")
    beside = tmp_path / "bestand-kontakte.csv"
    beside.write_text("Kundennummer;Kontakt am\nX1;01.10.2026\nX2;01.10.2026\n", encoding="utf-8")

    assert planned(caseload, path).sentences() == [
        "bestand.csv, Zeile 2, Geburtsdatum: „31.02.1980“: Diesen Tag gibt es nicht.",
        "bestand-kontakte.csv, Zeile 2, Kundennummer: Die Person in Zeile 2 der Kunden bleibt "
        "draußen.",
        "bestand-kontakte.csv, Zeile 3, Kundennummer: Zu dieser Kundennummer gibt es niemanden.",
    ]


# --- out and in again without loss


def is_line(text):
    try:
        return line(text, "x") == text
    except UserError:
        return False


LETTERS = st.characters(blacklist_categories=("Cs", "Cc", "Cf", "Zl", "Zp"))
LINES = (
    st.text(LETTERS, max_size=12)
    .map(lambda text: unicodedata.normalize("NFC", text).strip())
    .filter(is_line)
)
NAMES = LINES.filter(bool)
NOTES = st.one_of(
    st.none(),
    st.just(""),
    st.sampled_from(["(leer)", "\\(leer)", "=1+1", "'=x", "zwei\nZeilen", " vorn"]),
    LINES.filter(bool),
)
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=TODAY)
VALUES = st.one_of(st.booleans(), st.integers(-99, 99), LINES, DAYS, st.just(1.5))


@st.composite
def timelines(draw, values):
    begins = sorted(draw(st.sets(DAYS, min_size=1, max_size=3)))
    found = draw(st.lists(values, min_size=len(begins), max_size=len(begins)))
    first = draw(st.booleans())
    periods = [
        Period(value, None if first and not place else begin, draw(st.sampled_from([None, TODAY])))
        for place, (begin, value) in enumerate(zip(begins, found, strict=True))
    ]
    return Timeline(periods)


FACTS = st.dictionaries(
    st.sampled_from(["profile", "status", "org", "wunsch", "eigenes", "stufe"]),
    timelines(VALUES),
    max_size=4,
).flatmap(
    lambda facts: st.dictionaries(
        st.sampled_from(["massnahme", "schwer_gesundheitlich"]),
        timelines(st.booleans()),
        max_size=1,
    ).map(lambda flags: {**facts, **flags})
)
PEOPLE = st.builds(
    Client,
    id=st.just(0),
    number=st.just(""),
    last_name=NAMES,
    first_name=LINES,
    bg_number=LINES,
    phone=st.sampled_from(["", "+49 123", "-", "=1"]),
    address=st.builds(Address, street=LINES, postcode=LINES, city=LINES, addition=LINES),
    subject=st.builds(
        Subject,
        birth_date=st.none() | DAYS,
        registered=st.none() | DAYS,
        einv_start=st.none() | DAYS,
        facts=FACTS.map(Facts),
    ),
)
TALKS = st.builds(
    Contact,
    day=DAYS,
    at=st.none() | st.times().map(lambda each: each.replace(second=0, microsecond=0)),
    kind=st.builds(
        ContactKind,
        form=st.sampled_from(ContactForm),
        note_type=st.sampled_from(NoteType),
        attended=st.booleans(),
        qualified=st.booleans(),
        first=st.booleans(),
    ),
    notes=st.builds(ContactNotes, content=NOTES, goal=NOTES, means=NOTES),
    held_by=LINES,
)
MEETINGS = st.builds(
    Appointment,
    client_id=st.just(0),
    start=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(
        lambda each: each.replace(second=0, microsecond=0)
    ),
    minutes=st.integers(10, 90),
    uid=st.uuids().map(str),
    changed_at=st.just(datetime(2026, 11, 1, 8, 30)),
    form=st.sampled_from(ContactForm),
    purpose=LINES,
    room=LINES,
    state=st.sampled_from(AppointmentState),
    delivery=st.sampled_from(Delivery),
    sequence=st.integers(0, 9),
    reason=LINES,
    preparation=st.integers(0, 5),
    joint=st.sampled_from(["", "gemeinsam-1"]),
)
EXCEPTIONS = st.builds(
    Deviation, reason=NAMES, until=st.just(date(2027, 1, 1)), since=st.none() | DAYS
)


@pytest.fixture(scope="module")
def empty():
    """An empty caseload that everything is brought into and taken out of again."""
    with TemporaryDirectory() as folder:
        context = stores.create_caseload(Path(folder) / "leer.kkd", SECRET, TODAY)
        yield context
        context.store.close()


class Undone(Exception):
    """Nothing of it shall stay."""


@contextmanager
def undone(context):
    with suppress(Undone), context.store.write("Probe") as transaction:
        yield transaction
        raise Undone


def fill(context, people):
    store = context.store
    for number, (client, talks, meetings, agreed) in enumerate(people, 1):
        numbered = replace(client, number=f"123A{number:06d}", code=f"K{number}")
        client_id = clients.add(store, numbered, datetime(2026, 1, 1))
        booked = [appointments.add(store, replace(m, client_id=client_id)) for m in meetings]
        for place, talk in enumerate(talks):
            at = booked[0] if booked and not place else None
            contacts.add(store, replace(talk, client_id=client_id, appointment_id=at))
        for each in agreed:
            deviations.add(store, client_id, each)


@contextmanager
def reader_of(in_english):
    if in_english:
        translations.speak_english()
    try:
        yield
    finally:
        language.speak(None)


def doubles(people):
    """How many of the people look like an earlier one; an unknown birth date is one of its own
    within a file.
    """
    keys = [
        (name_key(client.last_name, client.first_name), client.subject.birth_date)
        for client, *_ in people
    ]
    return len(keys) - len(set(keys))


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    # What is found is small enough; making it smaller takes minutes of writing and reading.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(
    st.lists(
        st.tuples(
            PEOPLE,
            st.lists(TALKS, max_size=3),
            st.lists(MEETINGS, max_size=2),
            st.lists(EXCEPTIONS, max_size=2),
        ),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from([".xlsx", ".csv"]),
    st.booleans(),
)
def test_everything_that_went_out_comes_back_in(empty, people, ending, in_english):
    """Files are German whatever the window speaks, and are read as such."""
    with TemporaryDirectory() as folder, reader_of(in_english):
        path = Path(folder) / f"bestand{ending}"

        with undone(empty):
            fill(empty, people)
            table_export.export(empty, path)
            before = everything(empty)
        with undone(empty) as transaction:
            plan = planned(empty, path)
            assert plan.counts()[RowState.TWIN] == doubles(people)
            everybody = planned(empty, path, Twins.NEW)
            assert everybody.sentences() == []
            imports._Writer(empty, transaction, everybody, lambda done, total: None).write()
            assert everything(empty) == before
            assert set(planned(empty, path).counts()) == {RowState.UNCHANGED}


def test_what_a_table_says_is_told_in_english_and_exported_in_german(caseload, tmp_path, english):
    path = tmp_path / "bestand.csv"
    table_export.export(caseload, path)
    head = path.read_text("utf-8-sig").splitlines()[0]
    wrong = tmp_path / "falsch.csv"
    wrong.write_text("Nachname;Geburtsdatum;Anmeldung\nNeu;morgen;32.01.2026\n", "utf-8")

    plan = planned(caseload, wrong)

    assert head.startswith("Kundennummer;Nachname;Vorname;Geburtsdatum;Kürzel")
    assert [fault.field for row in plan.rows for fault in row.faults] == [
        "Date of birth",
        "Registered",
    ]
    assert plan.step == "Import"


def test_another_sheet_or_charset_is_read_when_it_is_told(caseload, tmp_path):
    path = tmp_path / "liste.csv"
    path.write_bytes(TABLE.encode("cp1252"))

    plan = planned(caseload, path, form=TableForm("cp1252"))

    assert plan.counts()[RowState.REFUSED] == 0
    with pytest.raises(UserError) as asked:
        imports.read(path)
    assert imports.asks_charset(asked.value)
