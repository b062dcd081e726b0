from datetime import date, timedelta

import pytest

from kkd_desktop import paths
from kkd_desktop.domain import language, texts, trace_text
from kkd_desktop.domain.client import Deviation, Subject
from kkd_desktop.domain.compiled_policy import CompiledPolicy
from kkd_desktop.domain.contact import Contact
from kkd_desktop.domain.evaluation import evaluate
from kkd_desktop.domain.facts import Facts, Timeline
from kkd_desktop.domain.trace import trace
from kkd_desktop.domain.values import replace
from kkd_desktop.domain.workdays import WorkCalendar
from kkd_desktop.policyfiles.reader import read_policy

CALENDAR = WorkCalendar(None, lookup=lambda land, year: ())
MG = CompiledPolicy(read_policy(paths.policies() / "mg2012.toml"), CALENDAR)
MARKT = Subject(birth_date=date(1980, 1, 1), facts=Facts({"profile": Timeline.always("markt")}))
MET, LATEST = date(2026, 9, 30), date(2026, 11, 11)


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (4, "noch 4 Tage."),
        (1, "noch 1 Tag."),
        (0, "noch 0 Tage."),
        (-1, "seit 1 Tag vorbei."),
        (-9, "seit 9 Tagen vorbei."),
    ],
)
def test_the_last_step_says_how_far_the_day_is(left, said):
    today = LATEST - timedelta(days=left)

    (found,) = trace(evaluate(MARKT, [Contact(MET)], [MG], today), CALENDAR).obligations

    assert found.steps[-1].endswith(f": {said}")
    assert found.steps[0] == "Letzter zählender Kontakt: Mi 30.09.2026."


def test_a_number_in_a_period_comes_with_the_sentence_about_the_period():
    ba = read_policy(paths.policies() / "ba2010.toml")

    outcome = evaluate(MARKT, [], [CompiledPolicy(ba, CALENDAR)], LATEST)
    (found,) = trace(outcome, CALENDAR).obligations

    period = ba.rule("markt").demand.period_citation
    assert [(each.title, each.quote) for each in found.sources][1:] == [("Zeitraum", period.quote)]


def test_a_reason_is_read_in_english_and_kept_in_german(english):
    today = LATEST + timedelta(days=9)
    outcome = evaluate(MARKT, [Contact(MET)], [MG], today)

    (read,) = trace(outcome, CALENDAR).obligations
    with language.german():
        (kept,) = trace(outcome, CALENDAR).obligations

    met, latest, now = map(texts.weekday_day, (MET, LATEST, today))
    assert read.steps == (
        f"Last counted contact: {met}.",
        f"every 6 weeks → target {latest}.",
        f"every 6 weeks → at the latest {latest}.",
        f"On {now}: passed 9 days ago.",
    )
    assert kept.steps[-1] == "Am Fr 20.11.2026: seit 9 Tagen vorbei."
    assert trace_text.folded(read.steps)[1].days == (("at the latest", latest),)


@pytest.mark.parametrize(
    ("today", "said", "written"),
    [
        (date(2026, 11, 20), "Exception: Reha.", "Ausnahme: Reha."),
        (date(2027, 3, 1), "Exception ended: Reha.", "Ausnahme beendet: Reha."),
    ],
)
def test_an_exception_in_an_answer_that_was_kept_is_said_when_it_is_read(
    english, today, said, written
):
    agreed = replace(MARKT, deviation=Deviation("Reha", date(2027, 2, 1)))
    outcome = evaluate(agreed, [Contact(MET)], [MG], today)

    (read,) = trace(outcome, CALENDAR).obligations
    with language.german():
        (kept,) = trace(outcome, CALENDAR).obligations

    assert said in read.steps
    assert written in kept.steps
