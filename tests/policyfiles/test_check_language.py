"""Are faults named in obligations, classes, facts, events, steps, exceptions and rules in order?"""

from pathlib import Path

import pytest

from kkd_desktop.policyfiles.check import check_file

FOLDER = Path(__file__).parents[1] / "cases" / "policies"
FORMEN, FOLGE, STUFEN = "musterstadt_formen", "musterstadt_folge", "musterstadt_stufen"
VIDEO = "entfernung_km = { over = 30 }"
YEAR = 'during = { event = "leistungsbeginn", until = { months = 12 } }'
GESPRAECH = 'when = {}\nwithin = { months = 2 }\ncounts = ["gespraech"]'

FAULTS = {
    "unknown class of a clause": (
        FORMEN,
        'class = "telefonat"',
        'class = "telefont"',
        "counting[2].class",
        "Die Klasse „telefont“ gibt es nicht; Klassen stehen unter [classes]. Ist „telefonat“",
    ),
    "class without a clause": (
        FORMEN,
        'class = "telefonat"\n',
        "",
        "classes.telefonat",
        "Kein Abschnitt [[counting]] mit counts = true gibt diese Klasse.",
    ),
    "class of what does not count": (
        FORMEN,
        "when = { qualified = false }\n",
        'when = { qualified = false }\nclass = "telefonat"\n',
        "counting[1].class",
        "Was nicht zählt, hat keine Klasse.",
    ),
    "unknown class of a rule": (
        FORMEN,
        'within = { months = 2 }\ncounts = ["gespraech"]',
        'within = { months = 2 }\ncounts = ["gespraeche"]',
        "rule[5].counts[1]",
        "Die Klasse „gespraeche“ gibt es nicht",
    ),
    "unknown class of a step": (
        FOLGE,
        'contacts = 0\nwithin = { weeks = 2 }\ncounts = ["beratung"]',
        'contacts = 0\nwithin = { weeks = 2 }\ncounts = ["bratung"]',
        "rule[3].steps[1].counts[1]",
        "Ist „beratung“ gemeint?",
    ),
    "class with an umlaut": (
        FORMEN,
        'within = { months = 2 }\ncounts = ["gespraech"]',
        'within = { months = 2 }\ncounts = ["gespräch"]',
        "rule[5].counts[1]",
        "Buchstaben ohne Umlaute",
    ),
    "no class at all": (
        FORMEN,
        'within = { months = 2 }\ncounts = ["gespraech"]',
        "within = { months = 2 }\ncounts = []",
        "rule[5].counts",
        "mindestens ein Eintrag",
    ),
    "classes where no contact is asked for": (
        FORMEN,
        'outcome = "suspended"',
        'outcome = "suspended"\ncounts = ["telefonat"]',
        "rule[1].counts",
        "Eine Antwort ohne Datum",
    ),
    "unknown obligation": (
        FORMEN,
        f'obligation = "persoenlich"\n{GESPRAECH}',
        f'obligation = "personlich"\n{GESPRAECH}',
        "rule[5].obligation",
        "Die Pflicht „personlich“ gibt es nicht; Pflichten stehen unter [obligations]. Ist",
    ),
    "obligation without a rule": (
        FORMEN,
        'persoenlich = "Persönliches Gespräch"',
        'persoenlich = "Persönliches Gespräch"\nschriftlich = "Brief"',
        "obligations.schriftlich",
        "Zu dieser Pflicht gehört keine Regel.",
    ),
    "fact of a name that is taken": (
        STUFEN,
        'ort = "Ortsteil"',
        'ort = "Ortsteil"\nprofile = "Profil"',
        "facts.profile",
        "„profile“ ist schon vergeben",
    ),
    "unknown kind of fact": (
        STUFEN,
        'type = "number"',
        'type = "zahl"',
        "facts.entfernung_km.type",
        "'text', 'choice', 'flag', 'number', 'date'",
    ),
    "choice without values": (
        STUFEN,
        ', values = { a = "Stufe A", b = "Stufe B", c = "Stufe C" }',
        "",
        "facts.stufe",
        'Zu type = "choice" gehört „values“',
    ),
    "values of a number": (
        STUFEN,
        'type = "number"',
        'type = "number", values = { a = "A" }',
        "facts.entfernung_km",
        "„values“ gibt es nur bei",
    ),
    "fact without a label": (STUFEN, 'ort = "Ortsteil"', 'ort = ""', "facts.ort.label", "leer"),
    "fact that is no table": (STUFEN, 'ort = "Ortsteil"', "ort = 3", "facts.ort", "Tabelle"),
    "value that was not declared": (
        STUFEN,
        'when = { stufe = "b" }',
        'when = { stufe = "d" }',
        "rule[6].when.stufe",
        "Den Wert „d“ gibt es nicht; erlaubt sind: a, b, c.",
    ),
    "a yes for a choice": (
        STUFEN,
        'when = { stufe = "b" }',
        "when = { stufe = true }",
        "rule[6].when.stufe",
        "Den Wert „true“ gibt es nicht",
    ),
    "a yes for a text": (
        STUFEN,
        'when = { ort = "Insel" }',
        "when = { ort = true }",
        "rule[1].when.ort",
        "„Ortsteil“ ist ein Text; hier steht true.",
    ),
    "fact spelt nearly right": (
        STUFEN,
        "when = { leistungsminderung = true }",
        "when = { leistungsmindrung = true }",
        "rule[3].when.leistungsmindrung",
        "Ist „leistungsminderung“ gemeint?",
    ),
    "limits of a choice": (
        STUFEN,
        VIDEO,
        "profile = { over = 30 }",
        "counting[2].when.profile",
        "Grenzen gibt es nur für Zahlen und Daten; „Profillage“ ist keines von beiden.",
    ),
    "date as a limit of a number": (
        STUFEN,
        VIDEO,
        "entfernung_km = { over = 2026-01-01 }",
        "counting[2].when.entfernung_km",
        "„Entfernung in km“ braucht als Grenze eine Zahl.",
    ),
    "number as a limit of a date": (
        STUFEN,
        VIDEO,
        "leistungsbeginn = { over = 30 }",
        "counting[2].when.leistungsbeginn",
        "braucht als Grenze ein Datum",
    ),
    "nothing between the limits": (
        STUFEN,
        VIDEO,
        "entfernung_km = { over = 30, under = 20 }",
        "counting[2].when.entfernung_km",
        "Zwischen diesen Grenzen liegt kein Wert.",
    ),
    "nothing between equal limits": (
        STUFEN,
        VIDEO,
        "entfernung_km = { at_least = 30, under = 30 }",
        "counting[2].when.entfernung_km",
        "Zwischen diesen Grenzen liegt kein Wert.",
    ),
    "two lower limits": (
        STUFEN,
        VIDEO,
        "entfernung_km = { over = 30, at_least = 20 }",
        "counting[2].when.entfernung_km",
        "kann jeweils nur eines dastehen",
    ),
    "no limit": (
        STUFEN,
        VIDEO,
        "entfernung_km = {}",
        "counting[2].when.entfernung_km",
        "oder Grenzen: { at_least = …, over = …, at_most = …, under = … }.",
    ),
    "limit without an end": (
        STUFEN,
        VIDEO,
        "entfernung_km = { over = inf }",
        "counting[2].when.entfernung_km",
        "oder Grenzen",
    ),
    "limit that is no number": (
        STUFEN,
        VIDEO,
        'entfernung_km = { over = "30" }',
        "counting[2].when.entfernung_km",
        "oder Grenzen",
    ),
    "number without limits": (
        STUFEN,
        VIDEO,
        'entfernung_km = "30"',
        "counting[2].when.entfernung_km",
        "Hier können nur Grenzen stehen",
    ),
    "days before the policy begins": (
        STUFEN,
        'when = { stufe = "b" }',
        'when = { stufe = "b", leistungsbeginn = { at_least = 2020-01-01, under = 2021-01-01 } }',
        "rule[6].when.leistungsbeginn",
        "Diese Tage liegen alle vor dem Beginn des Konzepts.",
    ),
    "absurd year": (
        STUFEN,
        'when = { stufe = "b" }',
        'when = { stufe = "b", leistungsbeginn = { at_least = 0205-01-01 } }',
        "rule[6].when.leistungsbeginn",
        "Das Jahr 205 liegt außerhalb",
    ),
    "day of evidence before the beginning": (
        STUFEN,
        "from = 2025-04-01",
        "from = 2025-04-01\nevidenced = 2025-03-01",
        "validity.evidenced",
        "Dieser Tag liegt vor dem Beginn.",
    ),
    "day of evidence after the end": (
        STUFEN,
        "from = 2025-04-01",
        "from = 2025-04-01\nuntil = 2025-05-01\nevidenced = 2025-06-01",
        "validity.evidenced",
        "Dieser Tag liegt nach dem Ende.",
    ),
    "unknown event": (
        STUFEN,
        'anchor = "leistungsbeginn"',
        'anchor = "leistungsbegin"',
        "rule[4].anchor",
        "Das Ereignis „leistungsbegin“ gibt es nicht; Daten sind: registered, einv_start, "
        "einv_end, leistungsbeginn. Ist „leistungsbeginn“ gemeint?",
    ),
    "event that is no date": (
        STUFEN,
        'anchor = "leistungsbeginn"',
        'anchor = "leistungsminderung"',
        "rule[4].anchor",
        "vielleicht { began = … } oder { ended = … }?",
    ),
    "unknown event of a deadline": (
        STUFEN,
        "event = { missed = true }",
        'event = { ended = "reha" }',
        "rule[2].deadline.event",
        "Die Angabe „reha“ gibt es nicht",
    ),
    "odd event": (
        STUFEN,
        "event = { missed = true }",
        "event = { missed = false }",
        "rule[2].deadline.event",
        "oder { missed = true }",
    ),
    "choice without its value": (
        STUFEN,
        'anchor = { began = "stufe", value = "a" }',
        'anchor = { began = "stufe" }',
        "rule[5].anchor",
        "Hier fehlt value: welcher Wert von „Betreuungsstufe“?",
    ),
    "choice with an unknown value": (
        STUFEN,
        'anchor = { began = "stufe", value = "a" }',
        'anchor = { began = "stufe", value = "x" }',
        "rule[5].anchor",
        "Den Wert „x“ gibt es nicht",
    ),
    "flag with a value": (
        STUFEN,
        'event = { began = "leistungsminderung" }',
        'event = { began = "leistungsminderung", value = "ja" }',
        "rule[3].deadline.event",
        "Bei einer Angabe ja/nein steht kein value",
    ),
    "number that begins": (
        STUFEN,
        'event = { began = "leistungsminderung" }',
        'event = { began = "entfernung_km" }',
        "rule[3].deadline.event",
        "beginnt und endet nicht mit einem Wert",
    ),
    "age that begins": (
        STUFEN,
        'event = { began = "leistungsminderung" }',
        'event = { began = "age", value = "ue25" }',
        "rule[3].deadline.event",
        "„Altersgruppe“ beginnt und endet nicht",
    ),
    "contact that begins": (
        STUFEN,
        'event = { began = "leistungsminderung" }',
        'event = { began = "form", value = "video" }',
        "rule[3].deadline.event",
        "eine Angabe zum Kontakt",
    ),
    "rolling without a count": (
        STUFEN,
        'anchor = "leistungsbeginn"',
        'anchor = "rolling"',
        "rule[4].anchor",
        "„rolling“ gibt es nur bei count.",
    ),
    "anchor of an answer": (
        STUFEN,
        'outcome = "other_policy"',
        'outcome = "other_policy"\nanchor = "registered"',
        "rule[1].anchor",
        "„anchor“ gibt es nur bei within, every, between, count, steps.",
    ),
    "period without a count": (
        STUFEN,
        "within = { months = 3 }",
        "within = { months = 3 }\nperiod = { months = 3 }",
        "rule[6]",
        "Zu „period“ gehört „count“.",
    ),
    "period in working days": (
        STUFEN,
        "period = { months = 12 }",
        "period = { workdays = 12 }",
        "rule[7].period.workdays",
        "Diesen Schlüssel gibt es hier nicht.",
    ),
    "count without any period": (
        STUFEN,
        "period = { months = 12 }\n",
        "",
        "rule[7].count",
        "gehört ein Abschnitt [period] oder „period“",
    ),
    "during that ends before it begins": (
        STUFEN,
        YEAR,
        'during = { event = "leistungsbeginn", from = { months = 12 }, until = { weeks = 6 } }',
        "rule[4].during",
        "„until“ muss länger sein als „from“.",
    ),
    "during without an end": (
        STUFEN,
        YEAR,
        'during = { event = "leistungsbeginn" }',
        "rule[4].during",
        "Es fehlt from oder until",
    ),
    "absurd span": (
        STUFEN,
        YEAR,
        'during = { event = "leistungsbeginn", until = { months = 121 } }',
        "rule[4].during.until.months",
        "Der größte erlaubte Wert ist 120.",
    ),
    "steps with a gap": (
        FOLGE,
        "contacts = 2\n",
        "contacts = 3\n",
        "rule[3].steps[3].contacts",
        "Nach 1 kommt 2",
    ),
    "steps that begin late": (
        FOLGE,
        "contacts = 0\n",
        "contacts = 2\n",
        "rule[3].steps[1].contacts",
        "Der erste Schritt beginnt mit 0 (noch nie gesehen) oder 1.",
    ),
    "step with a count": (
        FOLGE,
        "contacts = 2\nwithin = { months = 1 }",
        "contacts = 2\ncount = 1",
        "rule[3].steps[3].count",
        "Diesen Schlüssel gibt es hier nicht.",
    ),
    "step without a demand": (
        FOLGE,
        "contacts = 2\nwithin = { months = 1 }",
        "contacts = 2",
        "rule[3].steps[3]",
        "within, every, between; da steht keines",
    ),
    "window of a step upside down": (
        FOLGE,
        "contacts = 1\nbetween = { from = { months = 2 }",
        "contacts = 1\nbetween = { from = { months = 4 }",
        "rule[3].steps[2].between",
        "„from“ muss kürzer sein als „to“.",
    ),
    "odd reading": (
        FOLGE,
        'cite = "5. Einzelfall"',
        'cite = "5. Einzelfall"\nreading = "17"',
        "deviation.reading",
        "R17, oder mehrere: R17, R31.",
    ),
    "exception twice": (
        FORMEN,
        'id = "massnahme"',
        'id = "elternzeit"',
        "exception[2].id",
        "steht schon in exception[1]",
    ),
    "exception without an effect": (
        FORMEN,
        'title = "Elternzeit"\neffect = "suspends"',
        'title = "Elternzeit"',
        "exception[1].effect",
        "Diese Angabe fehlt.",
    ),
    "end of an exception that is no event": (
        FORMEN,
        'ends = { ended = "massnahme" }',
        'ends = { ended = "kur" }',
        "exception[2].ends",
        "Die Angabe „kur“ gibt es nicht",
    ),
    "two rules for the same clients": (
        STUFEN,
        'when = { stufe = "b" }',
        'anchor = { began = "stufe", value = "a" }\nwhen = { stufe = "a" }',
        "rule[6]",
        "„stufe_b“ widerspricht „stufe_a“ (rule[5])",
    ),
    "two rules for the same clients where the first decides": (
        FORMEN,
        'when = { age = "u25" }',
        "when = {}",
        "rule[3]",
        "„telefon“ widerspricht „telefon_u25“ (rule[2])",
    ),
    "two first talks": (
        FORMEN,
        "when = {}\nwithin = { months = 2 }",
        "when = {}\nfirst = { usual = { workdays = 3 }, latest = { workdays = 4 } }",
        "rule[5]",
        "„gespraech“ widerspricht „erstgespraech“ (rule[4])",
    ),
    "clause after a wider one": (
        STUFEN,
        'when = { form = "persoenlich" }',
        'when = { form = ["video", "persoenlich"] }',
        "counting[2].when",
        "„video_fern“ kommt nie zum Zug: „persoenlich“ (counting[1])",
    ),
}


def spoiled(name, old, new):
    text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new)


@pytest.fixture
def faults_in(tmp_path):
    def check(text):
        path = tmp_path / "x.toml"
        path.write_text(text, encoding="utf-8")
        return {fault.key: fault.message for fault in check_file(path)}

    return check


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_with_its_key_and_a_german_sentence(name, faults_in):
    file, old, new, key, message = FAULTS[name]

    found = faults_in(spoiled(file, old, new))

    assert message in found.get(key, f"nothing at {key}, but {found}")


def test_a_broken_declaration_is_told_once(faults_in):
    text = spoiled(STUFEN, 'label = "Leistungsbeginn", type = "date"', 'label = "", type = "date"')

    assert list(faults_in(text)) == ["facts.leistungsbeginn.label"]


def test_a_class_with_a_broken_label_is_told_once(faults_in):
    text = spoiled(FORMEN, 'telefonat = "Telefonat"', 'telefonat = ""')

    assert list(faults_in(text)) == ["classes.telefonat"]


ALLOWED = {
    "old cases told from new ones by a day": (
        STUFEN,
        'when = { stufe = "b" }',
        'when = { stufe = "b", leistungsbeginn = { under = 2025-01-01 } }',
    ),
    "a year of birth": (
        STUFEN,
        'when = { stufe = "b" }',
        'when = { stufe = "b", birth_date = { at_least = 1970-01-01, under = 1980-01-01 } }',
    ),
    "narrow limits before wide ones": (
        STUFEN,
        'when = { form = "video" }',
        'when = { form = "video", entfernung_km = { over = 20 } }',
    ),
    "a rule for a stretch of time before one for all": (
        FORMEN,
        'when = { age = "u25" }',
        'when = {}\nduring = { event = "registered", until = { months = 3 } }',
    ),
    "a deadline before a rule for the same clients": (
        FORMEN,
        'when = { age = "u25" }\nwithin = { weeks = 2 }',
        "when = {}\ndeadline = { event = { missed = true }, within = { weeks = 2 } }",
    ),
    "steps from one contact on before a rule for the same clients": (
        FOLGE,
        'contacts = 0\nwithin = { weeks = 2 }\ncounts = ["beratung"]\n\n[[rule.steps]]\n',
        "",
    ),
    "two demands of different kinds where the strictest decides": (
        STUFEN,
        'when = { stufe = "c" }',
        'when = { stufe = "b" }',
    ),
    "the same event of two deadlines under different conditions": (
        STUFEN,
        "event = { missed = true }",
        'event = { began = "leistungsminderung" }',
    ),
}


@pytest.mark.parametrize("name", ALLOWED)
def test_what_makes_sense_is_no_fault(name, faults_in):
    assert faults_in(spoiled(*ALLOWED[name])) == {}


def rules(*tables):
    """A policy in which the first rule decides, with these rules after two kinds of obligations."""
    text = (FOLDER / f"{FORMEN}.toml").read_text(encoding="utf-8")
    frame, end = text.split("# ── Who is seen how often")[0], "# ── Exceptions"
    cited = 'title = "x"\ncite = "1."\nquote = "x"\n'
    own = '[[rule]]\nid = "own_{0}"\nobligation = "{0}"\nwhen = {{ status = "integriert" }}\n'
    parts = [
        own.format(name) + f"{cited}within = {{ days = 1 }}\n"
        for name in ("telefon", "persoenlich")
    ]
    parts += [f'[[rule]]\nid = "r{n}"\n{cited}{table}\n' for n, table in enumerate(tables, 1)]
    return f"{frame}{''.join(parts)}{end}"


WITHIN = "within = { months = 1 }"
YEAR_1 = 'during = { event = "registered", until = { months = 12 } }\n' + WITHIN
YEAR_2 = 'during = { event = "registered", until = { months = 24 } }\n' + WITHIN
HALF = 'during = { event = "registered", from = { weeks = 4 }, until = { months = 6 } }\n' + WITHIN
SHADOWS = {
    "a rule of every obligation hides one of a single": (
        f"when = {{}}\n{WITHIN}",
        f'obligation = "telefon"\nwhen = {{ age = "u25" }}\n{WITHIN}',
        True,
    ),
    "a rule of one obligation leaves that of every other": (
        f'obligation = "telefon"\nwhen = {{}}\n{WITHIN}',
        f'when = {{ age = "u25" }}\n{WITHIN}',
        False,
    ),
    "obligations do not hide each other": (
        f'obligation = "telefon"\nwhen = {{}}\n{WITHIN}',
        f'obligation = "persoenlich"\nwhen = {{ age = "u25" }}\n{WITHIN}',
        False,
    ),
    "a stretch of time hides a shorter one": (
        f"when = {{}}\n{YEAR_2}",
        f'when = {{ age = "u25" }}\n{YEAR_1}',
        True,
    ),
    "a stretch of time hides one inside": (
        f"when = {{}}\n{YEAR_1}",
        f'when = {{ age = "u25" }}\n{HALF}',
        True,
    ),
    "a stretch of time leaves a longer one": (
        f"when = {{}}\n{YEAR_1}",
        f'when = {{ age = "u25" }}\n{YEAR_2}',
        False,
    ),
    "a stretch of time that begins later leaves the beginning": (
        f"when = {{}}\n{HALF}",
        f'when = {{ age = "u25" }}\n{YEAR_1}',
        False,
    ),
    "a stretch of time leaves what holds always": (
        f"when = {{}}\n{YEAR_1}",
        f'when = {{ age = "u25" }}\n{WITHIN}',
        False,
    ),
    "what holds always hides a stretch of time": (
        f"when = {{}}\n{WITHIN}",
        f"when = {{}}\n{YEAR_1}",
        True,
    ),
    "steps for everyone hide what comes after": (
        "when = {}\nsteps = [{ contacts = 0, within = { weeks = 2 } }]",
        f'when = {{ age = "u25" }}\n{WITHIN}',
        True,
    ),
    "steps for those who were seen leave the others over": (
        "when = {}\nsteps = [{ contacts = 1, within = { weeks = 2 } }]",
        f'when = {{ age = "u25" }}\n{WITHIN}',
        False,
    ),
}


@pytest.mark.parametrize("name", SHADOWS)
def test_a_rule_that_never_applies_is_named_with_the_one_before_it(name, faults_in):
    first, second, hidden = SHADOWS[name]

    found = faults_in(rules(first, second))

    if hidden:
        assert "„r2“ kommt nie zum Zug: „r1“ (rule[3])" in found.pop("rule[4].when")
    assert found == {}


def test_an_answer_before_all_others_hides_them_where_the_strictest_decides(faults_in):
    answer = 'when = {{}}\noutcome = "{0}"\ntext = "x"'
    text = rules(answer.format("no_rule"), f'when = {{ age = "u25" }}\n{WITHIN}')
    strict = text.replace('precedence = "first"', 'precedence = "strictest"')

    behind = faults_in(strict)
    alone = faults_in(strict.replace("within = { days = 1 }", 'outcome = "suspended"\ntext = "x"'))

    assert behind == {}
    assert "„r2“ kommt nie zum Zug" in alone["rule[4].when"]
