from datetime import date, timedelta

import pytest

from kkd_desktop import paths
from kkd_desktop.domain.client import Subject
from kkd_desktop.domain.compiled_policy import CompiledPolicy
from kkd_desktop.domain.contact import Contact
from kkd_desktop.domain.evaluation import evaluate
from kkd_desktop.domain.facts import Facts, Timeline
from kkd_desktop.domain.trace import trace
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
