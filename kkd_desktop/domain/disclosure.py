"""What is stored about one person, as they are told it (Art. 15 DSGVO, § 83 SGB X)?

Every row of every table is an entry; what it is called stands in `history_words`, beside what only
an answer like this tells.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from kkd_desktop.domain import history, texts
from kkd_desktop.domain.forgetting import Held
from kkd_desktop.domain.history import RowChange
from kkd_desktop.domain.history_words import TABLES, Names, Row, part_name, parts, readable
from kkd_desktop.domain.letter_kinds import KIND_TEXTS
from kkd_desktop.domain.trace import Trace
from kkd_desktop.domain.trace_text import trace_text
from kkd_desktop.domain.values import Value, decoded, field

Rows = Mapping[str, Sequence[Row]]


class Line(Value, frozen=True):
    """One value with its label; a `text` of several lines keeps them."""

    label: str
    text: str


class Entry(Value, frozen=True):
    """One row of a table. `title` is empty where the chapter has one entry only."""

    title: str
    lines: tuple[Line, ...] = ()


class Chapter(Value, frozen=True):
    """`table` is where it comes from; empty for what stands in no table of the store."""

    table: str
    title: str
    about: str
    entries: tuple[Entry, ...]


class Disclosure(Value, frozen=True):
    """The whole answer. `stored_on` is the day of which it tells."""

    name: str
    number: str
    birth_date: date | None
    stored_on: date
    office: str
    caseworker: str
    chapters: tuple[Chapter, ...]
    retention: str = ""


class Material(Value, frozen=True):
    """What an answer is made of: rows by table, the steps of its changes with their moments, the
    file of each letter by id, and the back-ups.
    """

    rows: Rows
    names: Names
    steps: Mapping[int, tuple[str, datetime]] = field(default_factory=dict)
    letters: Mapping[int, str] = field(default_factory=dict)
    held: tuple[Held, ...] = ()


Clock = Callable[[datetime], datetime]
"""A moment in UTC on the clock of the reader."""

_CHAPTERS = (
    ("client", "Stammdaten", "Name, Anschrift und die Daten des Falles."),
    (
        "fact",
        "Merkmale mit ihrem Verlauf",
        "Angaben, die sich ändern können, jeweils mit der Zeit, für die sie gelten. Angaben zur "
        "Gesundheit stehen hier nur als ja oder nein.",
    ),
    ("deviation", "Ausnahmen", "Was im Einzelfall abweichend vereinbart wurde."),
    ("contact", "Kontakte", "Gespräche und Schreiben mit den Notizen dazu."),
    (
        "appointment",
        "Termine",
        "Vereinbarte und frühere Termine, mit der Begründung des Tages, wie sie bei der "
        "Vereinbarung galt.",
    ),
    ("letter", "Schreiben", "Was gedruckt wurde. Jedes Schreiben liegt als PDF bei."),
    ("export_log", "Ausgaben in Kalenderdateien", "Welcher Termin wann ausgegeben wurde."),
    (
        "server_entry",
        "Kalender auf einem Server",
        "Einträge ohne Namen, an denen das Programm seine Termine wiedererkennt.",
    ),
    ("left_open", "Angefangene Entwürfe", "Was beim Sperren des Fensters noch offen war."),
    (
        "change",
        "Verlauf der Änderungen",
        "Wann was geändert wurde, mit dem Stand davor und danach, das Letzte zuerst.",
    ),
)

_MORE: Mapping[str, Mapping[str, str]] = {
    "client": {"created_at": "aufgenommen am"},
    "appointment": {"uid": "Kennung im Kalender", "changed_at": "zuletzt geändert am"},
    "export_log": {"exported_at": "ausgegeben am"},
    "letter": {
        "created_at": "erstellt am",
        "printed_at": "gedruckt am",
        "start": "Zeit des Termins darin",
        "pdf_digest": "Prüfsumme (SHA-256)",
    },
    "server_entry": {
        "calendar": "Kalender",
        "uid": "Kennung des Eintrags",
        "href": "Adresse des Eintrags",
        "kept": "dort so belassen",
        "pushed_at": "zuletzt geschrieben am",
    },
}
"""What is technical in the Verlauf and still belongs into an answer."""

WITHOUT_MEANING = frozenset(
    {
        *("id", "client_id", "appointment_id", "name", "sequence", "digest", "etag", "owner"),
        *("kind", "trace", "content", "pdf", "start", "step_id", "table_name", "row_id"),
        *("before", "after"),
    }
)
"""Numbers and marks inside the program, and what an entry shows as its title or in a form of its
own. The JSON beside the answer has all of them.
"""

_MOMENTS = frozenset({"created_at", "changed_at", "exported_at", "printed_at", "pushed_at"})


def chapters(material: Material, clock: Clock) -> tuple[Chapter, ...]:
    """Everything, in the order in which a reader looks for it."""
    told = [
        Chapter(table, title, about, tuple(_entries(table, material, clock)))
        for table, title, about in _CHAPTERS
    ]
    held = tuple(Entry(each.german) for each in material.held)
    about = (
        "Verschlüsselte Kopien des ganzen Fallbestands, in denen diese Person mit enthalten ist."
    )
    return (*told, Chapter("", "Sicherungen", about, held))


def _entries(table: str, material: Material, clock: Clock) -> Iterator[Entry]:
    rows = material.rows.get(table, ())
    if table == "change":
        yield from _changes(rows, material, clock)
        return
    if table == "fact" and rows:
        yield Entry("", tuple(_facts(rows, material.names)))
        return
    for row in sorted(rows, key=lambda row: str(row.get(_ORDER.get(table, ""), ""))):
        title = _TITLES.get(table, _of_words)(table, row, material.names)
        lines = _lines(table, row, material, clock)
        yield Entry(title, tuple(line for line in lines if not _is_said(line, title)))


_ORDER = {"contact": "day", "appointment": "start", "letter": "start"}


def _is_said(line: Line, title: str) -> bool:
    """Whether the title tells it already: the day of a contact."""
    return line.label in ("Tag", "Zeit") and title.endswith(line.text)


def _facts(rows: Sequence[Row], names: Names) -> Iterator[Line]:
    """Each value with the time for which it holds, those of one fact below each other."""
    words = TABLES["fact"]
    for row in sorted(rows, key=lambda row: (row["name"], row["since"] or "")):
        column = words.columns["value"]
        assert column is not None
        value = column.written(row["value"], row, names) or "nicht bekannt"
        days = [
            f"{word} {readable(row[name])}"
            for name, word in (("since", "ab"), ("until", "bis"))
            if row[name]
        ]
        yield Line(words.title(row, names), f"{value}, {' '.join(days)}" if days else value)


def _of_words(table: str, row: Row, names: Names) -> str:
    return TABLES[table].title(row, names)


_TITLES: Mapping[str, Callable[[str, Row, Names], str]] = {
    "client": lambda table, row, names: "",
    "letter": lambda table, row, names: (
        f"{KIND_TEXTS[row['kind']]} vom {readable(row['written_on'])}"
    ),
    "server_entry": lambda table, row, names: "Eintrag",
    "left_open": lambda table, row, names: "Entwurf",
}


def _lines(table: str, row: Row, material: Material, clock: Clock) -> Iterator[Line]:
    words = TABLES[table].columns if table in TABLES else {}
    more = _MORE.get(table, {})
    for name in (*words, *(each for each in row if each not in words)):
        value, column = row[name], words.get(name)
        if value is None or (name == "reason" and _reason_is_traced(row)):
            continue
        if column is not None:
            line = Line(column.label, column.written(value, row, material.names))
        elif name in more:
            line = Line(more[name], _technical(name, value, clock))
        elif name in WITHOUT_MEANING:
            continue
        else:
            line = Line(part_name(name), readable(value))
        if line.text:
            yield line
    yield from _special(table, row, material)


def _reason_is_traced(row: Row) -> bool:
    return bool(row.get("trace")) and json.loads(row["trace"]).get("sentence") == row["reason"]


def _technical(name: str, value: Any, clock: Clock) -> str:
    if name in _MOMENTS:
        return texts.moment(clock(datetime.fromisoformat(value)))
    return ("ja" if value else "nein") if name == "kept" else readable(value)


def _special(table: str, row: Row, material: Material) -> Iterator[Line]:
    """What one column of the table tells in a form of its own."""
    if table == "appointment" and row["trace"]:
        yield Line("Begründung im Einzelnen", _trace(row["trace"]))
    elif table == "letter":
        if file := material.letters.get(row["id"]):
            yield Line("liegt bei als", file)
        yield Line("Wortlaut", "\n".join(_words(json.loads(row["content"]))))
    elif table == "left_open":
        for label, value in (parts(row["content"]) or {}).items():
            yield Line(part_name(label), readable(value))


def _trace(text: str) -> str:
    try:
        return trace_text(decoded(text, Trace), "").strip()
    except ValueError:
        # One of an older form: better shown as it is stored than not at all.
        return text


def _words(content: Any) -> Iterator[str]:
    """Every text of a letter in its order."""
    if isinstance(content, str):
        if content:
            yield content
    elif isinstance(content, Mapping):
        for name, value in content.items():
            if name != "kind":
                yield from _words(value)
    elif isinstance(content, list):
        if content and all(isinstance(each, str) for each in content):
            yield ": ".join(content) if len(content) == 2 else ", ".join(content)
            return
        for each in content:
            yield from _words(each)


def _changes(rows: Sequence[Row], material: Material, clock: Clock) -> Iterator[Entry]:
    """A step is an entry, the latest first."""
    by_step: dict[int, list[RowChange]] = {}
    for row in rows:
        before, after = (
            None if row[x] is None else json.loads(row[x]) for x in ("before", "after")
        )
        change = RowChange(row["table_name"], row["row_id"], before, after, row["client_id"])
        by_step.setdefault(row["step_id"], []).append(change)
    for step_id in sorted(by_step, reverse=True):
        name, done_at = material.steps[step_id]
        lines = [
            Line(f"{item.title}, {history.KIND_TEXTS[item.kind]}", _item_text(item))
            for item in history.items(by_step[step_id], material.names)
        ]
        yield Entry(f"{texts.moment(clock(done_at))} · {name}", tuple(lines))


def _item_text(item: history.Item) -> str:
    if item.kind is history.ItemKind.CHANGED:
        told = [value.german() for value in item.values]
    else:
        told = [f"{value.label} {value.before or value.after}" for value in item.values]
    return "; ".join(told) or "nur technische Angaben"
