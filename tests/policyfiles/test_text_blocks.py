"""Texts of letters: the shipped ones in order, own ones in their place, faults with their line."""

from datetime import date, timedelta

import pytest

from kkd_desktop import paths
from kkd_desktop.domain.letter import REQUIRED_TEXTS
from kkd_desktop.domain.letter_kinds import LetterKind
from kkd_desktop.domain.text_blocks import BlockKind, BlockStanding, Occasion, passage
from kkd_desktop.policyfiles.text_blocks import check_texts, read_texts

SHIPPED = paths.resources() / "texte"
FILES = sorted(SHIPPED.glob("*.toml"))
NOWHERE = SHIPPED / "nirgends"

OWN = """
[[block]]
id = "reisekosten"
kind = "reisekosten"
version = "2026-1"
source = "Leitfaden der Dienststelle"
text = "Wir zahlen die Fahrkarte."
reviewed = { by = "Rechtsstelle", on = 2026-10-01 }
"""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_file_is_in_order(path):
    assert check_texts(path) == ()


def test_no_shipped_text_pretends_to_be_reviewed():
    assert not [block.key for block in read_texts(SHIPPED, NOWHERE).blocks if block.review]


@pytest.mark.parametrize("day", [date(2026, 6, 30), date(2026, 7, 1), date(2026, 11, 20)])
@pytest.mark.parametrize("kind", LetterKind)
@pytest.mark.parametrize("occasions", [(), (Occasion.FIRST_PLAN,)])
def test_every_letter_finds_each_text_it_needs_in_force(day, kind, occasions):
    blocks = read_texts(SHIPPED, NOWHERE).blocks

    for needed in REQUIRED_TEXTS[kind]:
        assert passage(blocks, needed, kind, day, occasions).standing is BlockStanding.UNREVIEWED


def test_the_name_of_the_benefit_changes_on_the_first_of_july():
    blocks = read_texts(SHIPPED, NOWHERE).blocks
    change = date(2026, 7, 1)

    before, after = (
        passage(blocks, BlockKind.RECHTSFOLGEN, LetterKind.MELDEAUFFORDERUNG, day).block.text
        for day in (change - timedelta(days=1), change)
    )

    assert "Bürgergeld" in before
    assert "Grundsicherungsgeld" not in before
    assert "Grundsicherungsgeld" in after
    assert "Bürgergeld" not in after


def test_an_own_text_takes_the_place_of_the_shipped_one(tmp_path):
    (tmp_path / "eigene.toml").write_text(OWN, encoding="utf-8")

    shelf = read_texts(SHIPPED, tmp_path)

    (found,) = [block for block in shelf.blocks if block.kind is BlockKind.REISEKOSTEN]
    assert (found.own, found.review.by, shelf.faults) == (True, "Rechtsstelle", ())


@pytest.mark.parametrize(
    ("wrong", "line", "said"),
    [
        (OWN.replace('version = "2026-1"\n', ""), 2, "Diese Angabe fehlt"),
        (OWN.replace('kind = "reisekosten"', 'kind = "reise"'), 4, "Erlaubt sind nur"),
        (OWN.replace("Fahrkarte.", "Fahrt am {tag}."), 7, "{tag} gibt es nicht"),
        (OWN.replace("Fahrkarte.", "Fahrt bis {frist}."), 2, "number"),
        (OWN + "valid = { from = 2026-02-01, until = 2026-01-01 }\n", 9, "vor dem Beginn"),
        (OWN + "prozent = 10\n", 9, "gibt es hier nicht"),
        (OWN + OWN, 13, "2026-1 gibt es schon"),
        (OWN + OWN.replace('"2026-1"', '"2026-2"'), 10, "gilt schon die Fassung 2026-1"),
        (OWN.replace("[[block]]", "[[block]"), 2, "kein gültiges TOML"),
    ],
)
def test_a_broken_own_file_is_not_used_and_says_where_it_is_broken(tmp_path, wrong, line, said):
    (tmp_path / "eigene.toml").write_text(wrong, encoding="utf-8")

    shelf = read_texts(SHIPPED, tmp_path)

    assert not [block for block in shelf.blocks if block.own]
    assert shelf.faults[0].line == line
    assert said in str(shelf.faults[0])
    assert "eigene.toml" in str(shelf.faults[0])
