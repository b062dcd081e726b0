"""Which wording holds on the date of a letter."""

from datetime import date

import pytest

from kkd_desktop.domain.letter_kinds import LetterKind
from kkd_desktop.domain.text_blocks import (
    BlockKind,
    BlockStanding,
    Occasion,
    Review,
    TextBlock,
    expiring,
    passage,
    reviewed,
)
from kkd_desktop.domain.values import replace

OLD = TextBlock(
    "rechtsfolgen", BlockKind.RECHTSFOLGEN, "alt", "Bürgergeld", "§ 32", until=date(2026, 6, 30)
)
NEW = replace(OLD, version="neu", text="Grundsicherungsgeld", since=date(2026, 7, 1), until=None)
FIRST = replace(OLD, id="ohne", occasion=Occasion.FIRST_PLAN, left_out=True, text="ohne Belehrung")
MELDUNG = LetterKind.MELDEAUFFORDERUNG


def text_on(day, *, blocks=(OLD, NEW, FIRST), occasions=(), letter=MELDUNG):
    return passage(blocks, BlockKind.RECHTSFOLGEN, letter, day, occasions)


@pytest.mark.parametrize(
    ("day", "version"), [(date(2026, 6, 30), "alt"), (date(2026, 7, 1), "neu")]
)
def test_the_date_of_the_letter_decides_between_two_versions(day, version):
    assert text_on(day).block.version == version


@pytest.mark.parametrize(
    ("day", "left_out"), [(date(2026, 6, 30), True), (date(2026, 7, 1), False)]
)
def test_the_first_invitation_to_the_plan_goes_without_as_long_as_a_text_says_so(day, left_out):
    assert text_on(day, occasions=[Occasion.FIRST_PLAN]).block.left_out is left_out


def test_a_repeated_invitation_never_gets_the_text_of_the_first():
    assert not text_on(date(2026, 6, 30)).block.left_out


def test_without_any_text_in_force_the_last_one_stands_in_and_says_that_it_has_run_out():
    older = replace(OLD, version="älter", until=date(2025, 12, 31))

    found = text_on(date(2026, 9, 1), blocks=(OLD, older))

    assert (found.block, found.standing) == (OLD, BlockStanding.EXPIRED)
    assert "abgelaufen am 30.06.2026" in found.notice


def test_a_text_of_the_future_is_none():
    assert text_on(date(2026, 6, 30), blocks=(NEW,)) is None


def test_a_text_for_other_letters_is_none():
    only = replace(NEW, letters=frozenset({LetterKind.EINLADUNG}))

    assert text_on(date(2026, 7, 1), blocks=(only,)) is None


def test_the_own_text_of_the_office_wins():
    own = replace(NEW, id="eigene", own=True)

    assert text_on(date(2026, 7, 1), blocks=(own, NEW)).block is own


def test_a_review_holds_for_the_wording_that_was_read():
    mark = Review("P. Prüfer", date(2026, 7, 2))
    marks = {NEW.key: (NEW.digest, mark)}

    (found,) = reviewed([NEW], marks)
    (other,) = reviewed([replace(NEW, text="anders")], marks)

    assert (found.review, other.review) == (mark, None)
    assert text_on(date(2026, 7, 3), blocks=(found,)).notice == ""
    assert "ungeprüft" in text_on(date(2026, 7, 3), blocks=(other,)).notice


def test_a_text_with_a_successor_does_not_run_out():
    assert expiring([OLD, NEW], date(2026, 6, 1), 60) == ()
    assert expiring([OLD], date(2026, 6, 1), 60) == (OLD,)
    assert expiring([OLD], date(2026, 1, 1), 60) == ()
