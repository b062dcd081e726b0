"""How did the tables come to be what they are? Steps that were ever released are frozen.

Days and times are ISO text: a day `2026-11-24`, local time `2026-11-24T09:00`, and moments in UTC
`2026-11-24T08:00:00`. Every table has an INTEGER PRIMARY KEY, so that one trigger per table can
name the row it changed. Empty text stands for "not given"; NULL only where that differs from empty.
"""

from sqlite_utils import Database, Migrations

steps = Migrations("kkd")

_FIRST_TABLES = (
    """
    CREATE TABLE client (
        id         INTEGER PRIMARY KEY,
        number     TEXT NOT NULL DEFAULT '',
        code       TEXT NOT NULL DEFAULT '',
        last_name  TEXT NOT NULL CHECK (last_name <> ''),
        first_name TEXT NOT NULL DEFAULT '',
        birth_date TEXT CHECK (birth_date IS date(birth_date)),
        registered TEXT CHECK (registered IS date(registered)),
        einv_start TEXT CHECK (einv_start IS date(einv_start)),
        einv_end   TEXT CHECK (einv_end IS date(einv_end)),
        bg_number  TEXT NOT NULL DEFAULT '',
        street     TEXT NOT NULL DEFAULT '',
        postcode   TEXT NOT NULL DEFAULT '',
        city       TEXT NOT NULL DEFAULT '',
        phone      TEXT NOT NULL DEFAULT '',
        created_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE UNIQUE INDEX client_number ON client (number) WHERE number <> ''",
    "CREATE UNIQUE INDEX client_code ON client (code) WHERE code <> ''",
    """
    CREATE TABLE fact (
        id        INTEGER PRIMARY KEY,
        client_id INTEGER NOT NULL REFERENCES client ON DELETE CASCADE,
        name      TEXT NOT NULL CHECK (name <> ''),
        value     TEXT NOT NULL CHECK (json_valid(value)),
        since     TEXT CHECK (since IS date(since)),
        until     TEXT CHECK (until IS date(until)),
        CHECK (since IS NULL OR until IS NULL OR since <= until)
    ) STRICT
    """,
    "CREATE UNIQUE INDEX fact_begin ON fact (client_id, name, ifnull(since, ''))",
    """
    CREATE TABLE deviation (
        id        INTEGER PRIMARY KEY,
        client_id INTEGER NOT NULL REFERENCES client ON DELETE CASCADE,
        kind      TEXT CHECK (kind <> ''),
        reason    TEXT NOT NULL CHECK (reason <> ''),
        since     TEXT CHECK (since IS date(since)),
        until     TEXT NOT NULL CHECK (until IS date(until)),
        CHECK (since IS NULL OR since <= until)
    ) STRICT
    """,
    "CREATE INDEX deviation_client ON deviation (client_id)",
    """
    CREATE TABLE appointment (
        id         INTEGER PRIMARY KEY,
        client_id  INTEGER NOT NULL REFERENCES client ON DELETE CASCADE,
        uid        TEXT NOT NULL UNIQUE CHECK (uid <> ''),
        start      TEXT NOT NULL CHECK (start IS strftime('%Y-%m-%dT%H:%M', start)),
        minutes    INTEGER NOT NULL CHECK (minutes > 0),
        form       TEXT NOT NULL
                   CHECK (form IN ('persoenlich', 'telefonisch', 'video', 'email', 'schriftlich')),
        purpose    TEXT NOT NULL DEFAULT '',
        room       TEXT NOT NULL DEFAULT '',
        state      TEXT NOT NULL CHECK (
                       state IN ('booked', 'invited', 'attended', 'missed', 'cancelled', 'ill')
                   ),
        delivery   TEXT NOT NULL CHECK (delivery IN ('none', 'handed_over', 'post')),
        sequence   INTEGER NOT NULL CHECK (sequence >= 0),
        changed_at TEXT NOT NULL,
        reason     TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    "CREATE INDEX appointment_start ON appointment (start)",
    "CREATE INDEX appointment_client ON appointment (client_id, start)",
    """
    CREATE TABLE contact (
        id             INTEGER PRIMARY KEY,
        client_id      INTEGER NOT NULL REFERENCES client ON DELETE CASCADE,
        day            TEXT NOT NULL CHECK (day IS date(day)),
        at             TEXT CHECK (at IS strftime('%H:%M', at)),
        form           TEXT NOT NULL CHECK (
                           form IN ('persoenlich', 'telefonisch', 'video', 'email', 'schriftlich')
                       ),
        note_type      TEXT NOT NULL CHECK (
                           note_type IN ('beratungsvermerk', 'standortbestimmung',
                                         'fallmanagementvermerk', 'allgemeiner_vermerk', 'kein')
                       ),
        attended       INTEGER NOT NULL CHECK (attended IN (0, 1)),
        qualified      INTEGER NOT NULL CHECK (qualified IN (0, 1)),
        first          INTEGER NOT NULL CHECK (first IN (0, 1)),
        has_reason     INTEGER NOT NULL CHECK (has_reason IN (0, 1)),
        phone_reason   TEXT NOT NULL DEFAULT '' CHECK (has_reason OR phone_reason = ''),
        held_by        TEXT NOT NULL DEFAULT '',
        content        TEXT,
        goal           TEXT,
        means          TEXT,
        appointment_id INTEGER REFERENCES appointment ON DELETE SET NULL
    ) STRICT
    """,
    # Covers everything a counting rule looks at, so the worklist never touches the long notes.
    """
    CREATE INDEX contact_log
        ON contact (client_id, day, form, note_type, attended, qualified, first, has_reason)
    """,
    "CREATE INDEX contact_appointment ON contact (appointment_id)",
    """
    CREATE TABLE export_log (
        id             INTEGER PRIMARY KEY,
        appointment_id INTEGER NOT NULL REFERENCES appointment ON DELETE CASCADE,
        target         TEXT NOT NULL,
        sequence       INTEGER NOT NULL CHECK (sequence >= 0),
        state          TEXT NOT NULL CHECK (
                           state IN ('booked', 'invited', 'attended', 'missed', 'cancelled', 'ill')
                       ),
        digest         TEXT NOT NULL,
        exported_at    TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX export_log_appointment ON export_log (appointment_id, target)",
    """
    CREATE TABLE setting (
        id    INTEGER PRIMARY KEY,
        key   TEXT NOT NULL UNIQUE CHECK (key <> ''),
        value TEXT NOT NULL CHECK (json_valid(value))
    ) STRICT
    """,
    # A year without a holiday is known too, hence a table of its own.
    """
    CREATE TABLE holiday_year (
        id   INTEGER PRIMARY KEY,
        land TEXT NOT NULL,
        year INTEGER NOT NULL,
        UNIQUE (land, year)
    ) STRICT
    """,
    """
    CREATE TABLE holiday (
        id              INTEGER PRIMARY KEY,
        holiday_year_id INTEGER NOT NULL REFERENCES holiday_year ON DELETE CASCADE,
        day             TEXT NOT NULL CHECK (day IS date(day)),
        name            TEXT NOT NULL,
        UNIQUE (holiday_year_id, day)
    ) STRICT
    """,
)


@steps()
def m001_first_tables(db: Database) -> None:
    for statement in _FIRST_TABLES:
        db.execute(statement)


_OPEN_DEVIATIONS = (
    """
    CREATE TABLE deviation_new (
        id        INTEGER PRIMARY KEY,
        client_id INTEGER NOT NULL REFERENCES client ON DELETE CASCADE,
        kind      TEXT CHECK (kind <> ''),
        reason    TEXT NOT NULL CHECK (reason <> ''),
        since     TEXT CHECK (since IS date(since)),
        until     TEXT CHECK (until IS date(until)),
        CHECK (since IS NULL OR until IS NULL OR since <= until),
        CHECK (until IS NOT NULL OR kind IS NOT NULL)
    ) STRICT
    """,
    """
    INSERT INTO deviation_new (id, client_id, kind, reason, since, until)
    SELECT id, client_id, kind, reason, since, until FROM deviation
    """,
    "DROP TABLE deviation",
    "ALTER TABLE deviation_new RENAME TO deviation",
    "CREATE INDEX deviation_client ON deviation (client_id)",
)


@steps()
def m002_reasons_and_open_exceptions(db: Database) -> None:
    """An appointment keeps every step that led to its day; an exception may end with an event."""
    db.execute(
        "ALTER TABLE appointment ADD COLUMN trace TEXT CHECK (trace IS NULL OR json_valid(trace))"
    )
    for statement in _OPEN_DEVIATIONS:
        db.execute(statement)


_JOURNAL = (
    """
    CREATE TABLE step (
        id       INTEGER PRIMARY KEY,
        name     TEXT NOT NULL,
        done_at  TEXT NOT NULL,
        state    TEXT NOT NULL CHECK (state IN ('done', 'undone', 'final')),
        reverses INTEGER REFERENCES step
    ) STRICT
    """,
    """
    CREATE TABLE change (
        id         INTEGER PRIMARY KEY,
        step_id    INTEGER NOT NULL REFERENCES step ON DELETE CASCADE,
        table_name TEXT NOT NULL,
        row_id     INTEGER NOT NULL,
        client_id  INTEGER,
        before     TEXT CHECK (before IS NULL OR json_valid(before)),
        after      TEXT CHECK (after IS NULL OR json_valid(after)),
        CHECK (before IS NOT NULL OR after IS NOT NULL)
    ) STRICT
    """,
    "CREATE INDEX change_step ON change (step_id)",
    "CREATE INDEX change_client ON change (client_id)",
)


@steps()
def m003_journal(db: Database) -> None:
    """Every change is kept with its step, to be taken back and to be looked up."""
    for statement in _JOURNAL:
        db.execute(statement)


_LETTERS = (
    # A letter may reach the client electronically as well.
    """
    CREATE TABLE appointment_new (
        id         INTEGER PRIMARY KEY,
        client_id  INTEGER NOT NULL REFERENCES client ON DELETE CASCADE,
        uid        TEXT NOT NULL UNIQUE CHECK (uid <> ''),
        start      TEXT NOT NULL CHECK (start IS strftime('%Y-%m-%dT%H:%M', start)),
        minutes    INTEGER NOT NULL CHECK (minutes > 0),
        form       TEXT NOT NULL
                   CHECK (form IN ('persoenlich', 'telefonisch', 'video', 'email', 'schriftlich')),
        purpose    TEXT NOT NULL DEFAULT '',
        room       TEXT NOT NULL DEFAULT '',
        state      TEXT NOT NULL CHECK (
                       state IN ('booked', 'invited', 'attended', 'missed', 'cancelled', 'ill')
                   ),
        delivery   TEXT NOT NULL CHECK (delivery IN ('none', 'handed_over', 'post', 'portal')),
        sequence   INTEGER NOT NULL CHECK (sequence >= 0),
        changed_at TEXT NOT NULL,
        reason     TEXT NOT NULL DEFAULT '',
        trace      TEXT CHECK (trace IS NULL OR json_valid(trace))
    ) STRICT
    """,
    """
    INSERT INTO appointment_new (id, client_id, uid, start, minutes, form, purpose, room, state,
                                 delivery, sequence, changed_at, reason, trace)
    SELECT id, client_id, uid, start, minutes, form, purpose, room, state,
           delivery, sequence, changed_at, reason, trace
      FROM appointment
    """,
    "DROP TABLE appointment",
    "ALTER TABLE appointment_new RENAME TO appointment",
    "CREATE INDEX appointment_start ON appointment (start)",
    "CREATE INDEX appointment_client ON appointment (client_id, start)",
    # Each template as it was, once: a letter can be set again after its template has changed.
    """
    CREATE TABLE letter_template (
        id     INTEGER PRIMARY KEY,
        digest TEXT NOT NULL UNIQUE CHECK (digest <> ''),
        name   TEXT NOT NULL,
        source TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE letter (
        id              INTEGER PRIMARY KEY,
        client_id       INTEGER NOT NULL REFERENCES client ON DELETE CASCADE,
        appointment_id  INTEGER NOT NULL REFERENCES appointment ON DELETE CASCADE,
        template_id     INTEGER NOT NULL REFERENCES letter_template,
        kind            TEXT NOT NULL CHECK (
                            kind IN ('einladung', 'meldeaufforderung', 'folgeeinladung_2',
                                     'folgeeinladung_3', 'anhoerung')
                        ),
        sequence        INTEGER NOT NULL CHECK (sequence >= 0),
        start           TEXT NOT NULL CHECK (start IS strftime('%Y-%m-%dT%H:%M', start)),
        purposes        TEXT NOT NULL CHECK (json_valid(purposes)),
        purpose_text    TEXT NOT NULL DEFAULT '',
        written_on      TEXT NOT NULL CHECK (written_on IS date(written_on)),
        texts           TEXT NOT NULL CHECK (json_valid(texts)),
        content         TEXT NOT NULL CHECK (json_valid(content)),
        pdf_digest      TEXT NOT NULL CHECK (length(pdf_digest) = 64),
        pdf             BLOB,
        created_at      TEXT NOT NULL,
        printed_at      TEXT NOT NULL,
        way             TEXT NOT NULL CHECK (way IN ('none', 'handed_over', 'post', 'portal')),
        delivered_on    TEXT CHECK (delivered_on IS date(delivered_on)),
        deemed_on       TEXT CHECK (deemed_on IS date(deemed_on)),
        returned_on     TEXT CHECK (returned_on IS date(returned_on)),
        CHECK (delivered_on IS NULL OR way <> 'none')
    ) STRICT
    """,
    "CREATE INDEX letter_appointment ON letter (appointment_id)",
    "CREATE INDEX letter_client ON letter (client_id)",
)


@steps()
def m004_letters(db: Database) -> None:
    """Letters are evidence: what was printed, with which words, and how it reached the client."""
    for statement in _LETTERS:
        db.execute(statement)


_CALENDAR = (
    # `c/o`, `Hinterhaus`, a floor: lines of the address field between name and street.
    "ALTER TABLE client ADD COLUMN address_addition TEXT NOT NULL DEFAULT ''",
    # The pictures of a template, name to base64: a copy must look like its original.
    "ALTER TABLE letter_template ADD COLUMN files TEXT CHECK (json_valid(files))",
    # The last of an appointment's minutes, in which the caseworker is alone again.
    """
    ALTER TABLE appointment ADD COLUMN preparation INTEGER NOT NULL DEFAULT 0
        CHECK (preparation >= 0 AND preparation < minutes)
    """,
    # Appointments that carry the same mark are one talk with several of a Bedarfsgemeinschaft.
    "ALTER TABLE appointment ADD COLUMN joint TEXT NOT NULL DEFAULT ''",
    """
    CREATE TABLE busy_source (
        id         INTEGER PRIMARY KEY,
        name       TEXT NOT NULL CHECK (name <> ''),
        place      TEXT NOT NULL UNIQUE CHECK (place <> ''),
        watched    INTEGER NOT NULL CHECK (watched IN (0, 1)),
        has_titles INTEGER NOT NULL CHECK (has_titles IN (0, 1)),
        active     INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
    ) STRICT
    """,
    # What was read last. Not of the journal: it can be read again at any time.
    """
    CREATE TABLE busy_reading (
        id             INTEGER PRIMARY KEY,
        busy_source_id INTEGER NOT NULL UNIQUE REFERENCES busy_source ON DELETE CASCADE,
        digest         TEXT NOT NULL,
        since          TEXT NOT NULL CHECK (since IS date(since)),
        until          TEXT NOT NULL CHECK (until IS date(until)),
        read_at        TEXT NOT NULL,
        fault          TEXT NOT NULL DEFAULT '',
        note           TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    """
    CREATE TABLE busy (
        id             INTEGER PRIMARY KEY,
        busy_source_id INTEGER NOT NULL REFERENCES busy_source ON DELETE CASCADE,
        start          TEXT NOT NULL CHECK (start IS strftime('%Y-%m-%dT%H:%M', start)),
        "end"          TEXT NOT NULL CHECK ("end" IS strftime('%Y-%m-%dT%H:%M', "end")),
        state          TEXT NOT NULL CHECK (state IN ('busy', 'tentative', 'out_of_office')),
        title          TEXT NOT NULL DEFAULT '',
        CHECK (start < "end")
    ) STRICT
    """,
    'CREATE INDEX busy_start ON busy (start, "end")',
    "CREATE INDEX busy_of_source ON busy (busy_source_id)",
    # What stands on a calendar server. Not of the journal: taking a step back here changes nothing
    # there. Without references, so that what was deleted here can still be withdrawn there.
    """
    CREATE TABLE server_entry (
        id        INTEGER PRIMARY KEY,
        calendar  TEXT NOT NULL CHECK (calendar <> ''),
        uid       TEXT NOT NULL CHECK (uid <> ''),
        owner     TEXT NOT NULL CHECK (owner <> ''),
        href      TEXT NOT NULL UNIQUE CHECK (href <> ''),
        etag      TEXT NOT NULL,
        digest    TEXT NOT NULL,
        kept      INTEGER NOT NULL CHECK (kept IN (0, 1)),
        pushed_at TEXT NOT NULL,
        UNIQUE (calendar, uid)
    ) STRICT
    """,
    """
    CREATE TABLE server_push (
        id        INTEGER PRIMARY KEY,
        calendar  TEXT NOT NULL UNIQUE CHECK (calendar <> ''),
        pushed_at TEXT NOT NULL,
        conflicts INTEGER NOT NULL CHECK (conflicts >= 0)
    ) STRICT
    """,
)


@steps()
def m005_calendar(db: Database) -> None:
    """The week: talks with time after them or with several people, and times taken elsewhere."""
    for statement in _CALENDAR:
        db.execute(statement)


_TRUST = (
    # Which back-ups were made, so that the list needs not open them, and knows those made with a
    # former passphrase. Not of the journal: a step taken back unmakes no file.
    """
    CREATE TABLE backup (
        id          INTEGER PRIMARY KEY,
        name        TEXT NOT NULL UNIQUE CHECK (name <> ''),
        made_at     TEXT NOT NULL CHECK (made_at IS strftime('%Y-%m-%dT%H:%M:%S', made_at)),
        reason      TEXT NOT NULL,
        clients     INTEGER NOT NULL CHECK (clients >= 0),
        contacts    INTEGER NOT NULL CHECK (contacts >= 0),
        last_change TEXT,
        bytes       INTEGER NOT NULL CHECK (bytes > 0)
    ) STRICT
    """,
    # Marks by which a deleted person is known again in an old back-up, and by nobody otherwise.
    """
    CREATE TABLE forgotten (
        id           INTEGER PRIMARY KEY,
        mark         TEXT NOT NULL UNIQUE CHECK (mark <> ''),
        forgotten_on TEXT NOT NULL CHECK (forgotten_on IS date(forgotten_on))
    ) STRICT
    """,
    # Which column of a table means what, by the digest of its headings.
    """
    CREATE TABLE import_mapping (
        id            INTEGER PRIMARY KEY,
        header_digest TEXT NOT NULL UNIQUE CHECK (header_digest <> ''),
        mapping       TEXT NOT NULL CHECK (json_valid(mapping))
    ) STRICT
    """,
    # What stood open when the window was locked: the place, and what was typed but not stored. It
    # goes with its client, and is not of the journal: nobody has confirmed it.
    """
    CREATE TABLE left_open (
        id        INTEGER PRIMARY KEY,
        kind      TEXT NOT NULL CHECK (kind <> ''),
        client_id INTEGER REFERENCES client ON DELETE CASCADE,
        content   TEXT NOT NULL CHECK (json_valid(content))
    ) STRICT
    """,
    "CREATE INDEX left_open_client ON left_open (client_id)",
)


@steps()
def m006_trust(db: Database) -> None:
    """Back-ups, people who are forgotten, how tables are read in, and what was left open."""
    for statement in _TRUST:
        db.execute(statement)
