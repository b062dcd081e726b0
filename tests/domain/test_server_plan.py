"""What is done about an entry on the server: every meeting of ours, theirs and what we knew."""

from datetime import datetime

import pytest

from kkd_desktop.domain import conflict_text
from kkd_desktop.domain.server_calendar import (
    Conflict,
    ServerEntry,
    Shown,
    Step,
    StepKind,
    There,
    Wanted,
)
from kkd_desktop.domain.server_plan import decided, needs_look
from kkd_desktop.domain.values import replace

NOW = datetime(2026, 11, 20, 8, 0)
HERE = Shown(datetime(2026, 11, 24, 9, 0), datetime(2026, 11, 24, 9, 45), "Termin A. B.")
MOVED = replace(HERE, start=datetime(2026, 11, 24, 10, 0))
KNOWN = ServerEntry("c", "u", "u", "c/u.ics", NOW, etag="1", digest="old")
ABOUT_TO_BE_WRITTEN = replace(KNOWN, etag="", digest="")
LEFT = replace(KNOWN, etag="2", digest="new", kept=True)
WANTED = Wanted("u", "u", b"body", "new")
SAME = replace(WANTED, digest="old")
K = StepKind


@pytest.mark.parametrize(
    ("entry", "wanted", "there", "expected"),
    [
        (KNOWN, SAME, There("1"), None),
        (KNOWN, WANTED, There("1"), K.CHANGE),
        (KNOWN, None, There("1"), K.WITHDRAW),
        (KNOWN, None, None, K.DROP),
        (KNOWN, SAME, There("2", MOVED), Conflict),
        (KNOWN, WANTED, There("2", MOVED), Conflict),
        (KNOWN, WANTED, There("2", None), Conflict),
        (KNOWN, WANTED, There("2", HERE), K.ADOPT),
        (KNOWN, SAME, None, Conflict),
        (KNOWN, None, There("2", MOVED), Conflict),
        (ABOUT_TO_BE_WRITTEN, WANTED, None, K.CREATE),
        (ABOUT_TO_BE_WRITTEN, WANTED, There("1", HERE), K.ADOPT),
        (ABOUT_TO_BE_WRITTEN, WANTED, There("1", MOVED), Conflict),
        (ABOUT_TO_BE_WRITTEN, None, There("1", HERE), K.WITHDRAW),
        (LEFT, WANTED, There("2"), None),
        (LEFT, WANTED, None, None),
        (LEFT, replace(WANTED, digest="newer"), There("2", MOVED), Conflict),
        (LEFT, replace(WANTED, digest="newer"), None, Conflict),
        (LEFT, None, There("2", MOVED), Conflict),
    ],
)
def test_every_meeting_of_ours_and_theirs(entry, wanted, there, expected):
    found = decided(entry, wanted, HERE if wanted else None, there, NOW)

    if isinstance(found, Step):
        assert found.kind is expected
    else:
        assert found is None if expected is None else isinstance(found, expected)


def test_a_change_is_written_over_the_version_we_know():
    step = decided(KNOWN, WANTED, HERE, There("1"), NOW)

    assert (step.entry.etag, step.entry.digest, step.body) == ("1", "new", b"body")


def test_what_was_left_and_is_the_same_again_is_ours_again():
    step = decided(LEFT, replace(WANTED, digest="newer"), HERE, There("2", HERE), NOW)

    assert step.kind is StepKind.ADOPT
    assert not step.entry.kept
    assert step.entry.digest == "newer"


def test_the_content_is_looked_at_only_where_somebody_changed_it():
    assert not needs_look(KNOWN, WANTED, "1")
    assert needs_look(KNOWN, SAME, "2")
    assert not needs_look(LEFT, WANTED, "3")
    assert needs_look(LEFT, None, "3")


def test_a_conflict_reads_what_differs_and_nothing_else():
    theirs = replace(MOVED, place="Raum 3")
    conflict = Conflict(KNOWN, "2", b"", HERE, theirs)

    assert conflict_text.title(conflict) == "Termin A. B."
    assert conflict_text.there(conflict) == "Di 24.11.2026, 10:00–09:45 · Raum 3"
    assert conflict_text.here(conflict) == "Di 24.11.2026, 09:00–09:45 · ohne Ort"


@pytest.mark.parametrize(
    ("conflict", "there", "here"),
    [
        (Conflict(KNOWN, "", b"", HERE, None), "gelöscht", "Di 24.11.2026, 09:00–09:45"),
        (
            Conflict(KNOWN, "2", b"", None, HERE),
            "Di 24.11.2026, 09:00–09:45",
            "abgesagt oder gelöscht",
        ),
        (
            Conflict(KNOWN, "2", b"", HERE, None, readable=False),
            "geändert, hier nicht lesbar",
            "Di 24.11.2026, 09:00–09:45",
        ),
    ],
)
def test_a_side_that_is_gone_says_so(conflict, there, here):
    assert conflict_text.there(conflict) == there
    assert conflict_text.here(conflict) == here
