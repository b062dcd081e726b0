"""Is every fault named with its line, its key and a German sentence?"""

import pytest

FAULTS = {
    "unknown key": (
        'within = { months = 1 }\ncite = "3."',
        'withn = { months = 1 }\ncite = "3."',
        "rule[1].withn",
        "Ist „within“ gemeint?",
    ),
    "unknown table": ("[period]", "[perriod]", "perriod", "Diesen Schlüssel gibt es hier nicht"),
    "missing title": ('title = "U25"\n', "", "rule[1].title", "Diese Angabe fehlt."),
    "missing citation": (
        'cite = "3."\nquote = "monatlich"',
        'quote = "monatlich"',
        "rule[1].cite",
        "Die Fundstelle (cite) fehlt.",
    ),
    "missing quote of a share": (
        'quote = "80 %"',
        "",
        "rule[4].shares[2].quote",
        "Das Zitat (quote) fehlt.",
    ),
    "wrong type": ("count = 4", 'count = "vier"', "rule[3].count", "eine ganze Zahl"),
    "a yes for a number": ("count = 4", "count = true", "rule[3].count", "eine ganze Zahl"),
    "date as text": (
        "from = 2020-01-01",
        'from = "2020-01-01"',
        "validity.from",
        "ohne Anführungszeichen",
    ),
    "unknown word": ('nature = "soll"', 'nature = "kann"', "nature", "'empfehlung', 'soll'"),
    "unknown Land": ('land = "NW"', 'land = "NRW"', "land", "Erlaubt sind nur"),
    "negative span": (
        "between = { from = { months = 2 }",
        "between = { from = { months = -2 }",
        "rule[2].between.from.months",
        "Der kleinste erlaubte Wert ist 1.",
    ),
    "absurd span": (
        "to = { months = 3 } }",
        "to = { months = 300 } }",
        "rule[2].between.to.months",
        "Der größte erlaubte Wert ist 120.",
    ),
    "two units": (
        "to = { months = 3 } }",
        "to = { months = 3, days = 1 } }",
        "rule[2].between.to",
        "Genau eines davon",
    ),
    "two demands": ("count = 4", "count = 4\nevery = { weeks = 6 }", "rule[3]", "every und count"),
    "no demand": ("count = 4\n", "", "rule[3]", "da steht keines"),
    "answer without a text": (
        "count = 4",
        'outcome = "no_rule"',
        "rule[3]",
        "Zu „outcome“ gehört „text“.",
    ),
    "window upside down": (
        "between = { from = { months = 2 }",
        "between = { from = { weeks = 20 }",
        "rule[2].between",
        "„from“ muss kürzer sein als „to“.",
    ),
    "share above 100": (
        "percent = 80",
        "percent = 180",
        "rule[4].shares[2].percent",
        "Der größte erlaubte Wert ist 100.0.",
    ),
    "shares in the wrong order": (
        "percent = 80",
        "percent = 40",
        "rule[4].shares[2].percent",
        "größer sein als der engere davor",
    ),
    "spans of shares in the wrong order": (
        "percent = 80\nwithin = { months = 3 }",
        "percent = 80\nwithin = { weeks = 2 }",
        "rule[4].shares[2].within",
        "von der kürzesten zur längsten",
    ),
    "duplicate rule": ('id = "markt"', 'id = "u25"', "rule[2].id", "steht schon in rule[1]"),
    "duplicate share": ('id = "m3"', 'id = "m1"', "rule[4].shares[2].id", "schon in shares[1]"),
    "end before beginning": (
        "until = 2021-12-31",
        "until = 2019-12-31",
        "validity.until",
        "Das Ende liegt vor dem Beginn.",
    ),
    "no beginning": ("from = 2020-01-01\n", "", "validity", "Es fehlt from"),
    "count without period": (
        '[period]\nmonths = 6\ncite = "2."\nquote = "im Halbjahr"\n',
        "",
        "rule[3].count",
        "gehört ein Abschnitt [period]",
    ),
    "unknown fact": (
        'when = { profile = "foerder" }',
        'when = { profil = "foerder" }',
        "rule[3].when.profil",
        "Die Angabe „profil“ gibt es nicht",
    ),
    "unknown value": (
        'when = { profile = "foerder" }',
        'when = { profile = "foerdr" }',
        "rule[3].when.profile",
        "Den Wert „foerdr“ gibt es nicht",
    ),
    "text for a flag": (
        'when = { profile = "foerder" }',
        'when = { massnahme = "ja" }',
        "rule[3].when.massnahme",
        "erlaubt sind: true, false",
    ),
    "fact of a contact in a rule": (
        'when = { profile = "foerder" }',
        'when = { form = "video" }',
        "rule[3].when.form",
        "eine Angabe zum Kontakt",
    ),
    "a birth date to compare with": (
        'when = { profile = "foerder" }',
        'when = { birth_date = "1990-01-01" }',
        "rule[3].when.birth_date",
        "nur Grenzen stehen",
    ),
    "odd condition": (
        'when = { profile = "foerder" }',
        "when = { profile = { missing = 1 } }",
        "rule[3].when.profile",
        "{ missing = true }",
    ),
    "unknown Vermerk of a duty": (
        'note_types = ["standortbestimmung"]',
        'note_types = ["notiz"]',
        "duty[1].note_types",
        "Den Wert „notiz“ gibt es nicht",
    ),
    "rule after a catch-all": (
        'when = { age = "u25" }',
        "when = {}",
        "rule[2].when",
        "„markt“ kommt nie zum Zug: „u25“ (rule[1])",
    ),
    "rule after a wider one": (
        'when = { profile = "markt", stufe = "A" }',
        'when = { age = "u25", profile = ["markt", "I"] }',
        "rule[2].when",
        "„u25“ (rule[1]) steht davor",
    ),
    "long quote": (
        'quote = "viermal"',
        f'quote = "{"viermal " * 61}"',
        "rule[3].quote",
        "länger als 60 Wörter",
    ),
    "empty text": ('quote = "viermal"', 'quote = " "', "rule[3].quote", "Der Text ist leer."),
    "hidden signs": (
        'quote = "viermal"',
        'quote = "vier\\u202Emal"',
        "rule[3].quote",
        "unsichtbare Steuerzeichen",
    ),
}


def test_a_file_in_order_has_no_faults(minimal, faults_in):
    assert faults_in(minimal) == ()


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_with_its_key_and_a_german_sentence(name, faults_in, spoiled):
    old, new, key, message = FAULTS[name]

    found = {fault.key: fault.message for fault in faults_in(spoiled(old, new))}

    assert message in found.get(key, f"nothing at {key}, but {found}")


def test_the_line_is_that_of_the_key(faults_in, spoiled):
    text = spoiled("percent = 80", "percent = 180")

    (fault,) = faults_in(text)

    assert text.splitlines()[fault.line - 1] == "percent = 180"


def test_the_line_of_a_missing_key_is_that_of_its_table(faults_in, spoiled):
    text = spoiled('title = "Förder"\n', "")

    (fault,) = faults_in(text)

    assert text.splitlines()[fault.line - 1 : fault.line + 1] == ["[[rule]]", 'id = "foerder"']


def test_all_faults_are_told_at_once_in_the_order_of_the_file(faults_in, spoiled):
    text = spoiled("percent = 80", "percent = 40").replace("count = 4", "count = 0")
    text = text.replace('id = "markt"', 'id = "u25"').replace('land = "NW"', 'land = "XX"')

    keys = [fault.key for fault in faults_in(text)]

    assert keys == ["land", "rule[2].id", "rule[3].count", "rule[4].shares[2].percent"]


def test_where_the_strictest_rule_decides_none_stands_in_the_way(faults_in, spoiled):
    text = spoiled('precedence = "first"', 'precedence = "strictest"')

    assert faults_in(text.replace('when = { age = "u25" }', "when = {}")) == ()


def test_a_rule_for_the_first_talk_leaves_the_others_over(faults_in, spoiled):
    text = spoiled('when = { age = "u25" }', "when = {}").replace(
        'within = { months = 1 }\ncite = "3."',
        'first = { usual = { workdays = 7 }, latest = { workdays = 10 } }\ncite = "3."',
    )

    assert faults_in(text) == ()


def test_a_fault_reads_as_file_line_key_and_sentence(faults_in, spoiled):
    (fault,) = faults_in(spoiled("count = 4", "count = 0"))

    assert str(fault) == ("muster.toml, Zeile 62, rule[3].count: Der kleinste erlaubte Wert ist 1.")
