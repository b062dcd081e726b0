from datetime import date

import pytest

from kkd_desktop.domain import trace_text
from kkd_desktop.domain.outcome import FactUsed
from kkd_desktop.domain.trace import ContactWeighed, ObligationTrace, Source, Trace
from kkd_desktop.domain.trace_text import Step
from kkd_desktop.domain.values import replace

TODAY = date(2026, 11, 20)
QUOTE = "„Förderprofil Zwischen 2-3 Monaten“ (Konzept 2012, Tabelle)."
SOFT = "Lesart R11 ist unsere Wahl, nicht der Wortlaut."

FOUND = ObligationTrace(
    policy="Musterstadt",
    document="Konzept 2012",
    title="",
    rule="foerder",
    rule_title="Förderprofil",
    demand="zwischen 2 und 3 Monaten",
    state="überfällig",
    decides=True,
    sentence=f"Letzter zählender Kontakt 11.08.2026. Die Akte fehlt. {QUOTE} {SOFT}",
    facts=(
        FactUsed("profile", "Profillage", "Förderprofil", date(2020, 11, 11)),
        FactUsed("massnahme", "in einer Maßnahme", "nein", date(2026, 1, 1), date(2026, 12, 31)),
        FactUsed("stufe", "Betreuungsstufe", "nicht erfasst"),
    ),
    contacts=(
        ContactWeighed(date(2026, 9, 22), "E-Mail", False, "eine E-Mail kein Gespräch ist"),
        ContactWeighed(
            date(2026, 8, 11), "persönlich", True, "es ein Gespräch war", "Satz 1", ("Ziel fehlt",)
        ),
    ),
    steps=(
        "Letzter zählender Kontakt: Di 11.08.2026.",
        "zwischen 2 und 3 Monaten → frühestens So 11.10.2026 (Arbeitstag: Mo 12.10.2026).",
        "zwischen 2 und 3 Monaten → spätestens Mi 11.11.2026.",
        "Am Fr 20.11.2026: seit 9 Tagen vorbei.",
    ),
    sources=(Source("Förderprofil", "Förderprofil Zwischen 2-3 Monaten", "Tabelle", "R11", True),),
    hints=("Die Akte fehlt",),
)
OTHER = replace(FOUND, policy="Land", rule_title="Telefon", decides=False, state="in der Frist")


def test_what_is_shown_apart_is_not_said_twice():
    assert trace_text.spoken(FOUND) == "Letzter zählender Kontakt 11.08.2026."


def test_a_demand_is_said_once_with_the_days_it_leads_to():
    assert trace_text.folded(FOUND.steps) == (
        Step("Letzter zählender Kontakt: Di 11.08.2026."),
        Step(
            "Zwischen 2 und 3 Monaten",
            (
                ("frühestens", "So 11.10.2026 (Arbeitstag: Mo 12.10.2026)"),
                ("spätestens", "Mi 11.11.2026"),
            ),
        ),
        Step("Am Fr 20.11.2026: seit 9 Tagen vorbei."),
    )


def test_a_target_that_is_the_last_day_is_not_named_beside_it():
    steps = ("alle 6 Wochen → Ziel Mi 11.11.2026.", "alle 6 Wochen → spätestens Mi 11.11.2026.")

    assert trace_text.folded(steps) == (Step("Alle 6 Wochen", (("spätestens", "Mi 11.11.2026"),)),)


def test_the_obligation_that_decides_is_read_first():
    found = Trace(TODAY, "", (OTHER, FOUND))

    assert trace_text.ranked(found) == (FOUND, OTHER)


def test_unknown_is_not_no():
    known = [trace_text.is_known(fact) for fact in FOUND.facts]

    assert known == [True, True, False]


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        (None, None, ""),
        (date(2026, 1, 1), None, "seit 01.01.2026"),
        (None, date(2026, 3, 31), "bis 31.03.2026"),
        (date(2026, 1, 1), date(2026, 3, 31), "01.01.2026 – 31.03.2026"),
    ],
)
def test_a_fact_says_from_when_it_holds(since, until, said):
    assert trace_text.validity_text(FactUsed("a", "a", "b", since, until)) == said


def test_a_reading_says_whether_it_is_ours():
    source = FOUND.sources[0]

    assert trace_text.reading_text(source) == SOFT
    assert trace_text.reading_text(replace(source, soft=False)).startswith("Lesart R11: ")
    assert trace_text.reading_text(replace(source, soft=False, reading="")) == ""


def test_the_text_to_copy_holds_every_step():
    assert trace_text.trace_text(Trace(TODAY, "", (OTHER, FOUND)), "Warum?").startswith(
        f"""\
Warum?
Stand Fr 20.11.2026

Musterstadt · Förderprofil (entscheidet · überfällig)
Letzter zählender Kontakt 11.08.2026.
Hinweise:
  - Die Akte fehlt
Rechnung:
  Letzter zählender Kontakt: Di 11.08.2026.
  Zwischen 2 und 3 Monaten → frühestens So 11.10.2026 (Arbeitstag: Mo 12.10.2026), spätestens \
Mi 11.11.2026.
  Am Fr 20.11.2026: seit 9 Tagen vorbei.
Im Konzept:
  „Förderprofil Zwischen 2-3 Monaten“ (Tabelle) {SOFT}
Angaben:
  Profillage: Förderprofil, seit 11.11.2020
  In einer Maßnahme: nein, 01.01.2026 – 31.12.2026
  Betreuungsstufe: nicht erfasst
Kontakte:
  Di 22.09.2026, E-Mail: zählt nicht, weil eine E-Mail kein Gespräch ist.
  Di 11.08.2026, persönlich: zählt, weil es ein Gespräch war (Satz 1). \
Noch zu dokumentieren: Ziel fehlt.

Land · Telefon (in der Frist)
"""
    )


def test_a_reason_that_was_kept_in_german_is_read_beside_english_words(english):
    assert trace_text.spoken(FOUND) == "Letzter zählender Kontakt 11.08.2026."
    assert [trace_text.is_known(fact) for fact in FOUND.facts] == [True, True, False]
    assert not trace_text.is_known(FactUsed("stufe", "Betreuungsstufe", "not recorded"))
    assert trace_text.verdict_text(FOUND.contacts[0]) == "does not count"
