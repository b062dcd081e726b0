from datetime import date
from pathlib import Path

import pytest

from kkd_desktop import paths
from kkd_desktop.domain.client import Deviation
from kkd_desktop.domain.exception_text import end_text, ending_text, last_end, longest_text
from kkd_desktop.domain.workdays import WorkCalendar
from kkd_desktop.policyfiles.reader import read_policy

TODAY = date(2026, 11, 20)
CALENDAR = WorkCalendar(None, lookup=lambda land, year: ())
FORMS = read_policy(Path(__file__).parents[1] / "cases" / "policies" / "musterstadt_formen.toml")
MG = read_policy(paths.policies() / "mg2012.toml")
KINDS = {kind.id: kind for kind in FORMS.exceptions}


@pytest.mark.parametrize(
    ("until", "kind", "said"),
    [
        (date(2027, 1, 15), None, "bis 15.01.2027"),
        (date(2027, 1, 15), "massnahme", "bis 15.01.2027"),
        (None, "massnahme", "bis Ereignis: Ende: Maßnahme"),
        (None, "fremd", "bis Ereignis: in keinem Konzept benannt"),
    ],
)
def test_an_exception_ends_on_a_day_or_with_the_event_of_its_kind(until, kind, said):
    assert end_text(Deviation("Grund", until, TODAY, kind), (MG, FORMS)) == said


def test_a_kind_says_how_it_ends():
    parents, course = KINDS["elternzeit"], KINDS["massnahme"]
    last = last_end(parents, TODAY, CALENDAR)

    assert last == date(2027, 11, 20)
    assert longest_text(parents, last) == "längstens 12 Monate, also bis 20.11.2027"
    assert ending_text(parents, last) == longest_text(parents, last)
    assert last_end(course, TODAY, CALENDAR) is None
    assert longest_text(course, None) == ""
    assert ending_text(course, None) == "endet mit „Ende: Maßnahme“"
