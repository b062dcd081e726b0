from collections.abc import Sequence
from datetime import date
from operator import itemgetter

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from kkd_desktop.domain import texts
from kkd_desktop.domain.folding import fold
from kkd_desktop.gui import theme
from kkd_desktop.gui.models import columns
from kkd_desktop.gui.models.columns import Among, Column, ColumnModel
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.table import DataTable

Person = tuple[str, date | None, int]
PEOPLE: list[Person] = [
    ("Zander, Eva", date(2026, 11, 2), 18),
    ("Özkan, Deniz", None, 7),
    ("Muster, Jonas", date(2025, 12, 24), 3),
    ("Beispiel, Amina", date(2026, 1, 30), 44),
]


class People(ColumnModel[Person]):
    def columns(self) -> Sequence[Column[Person]]:
        return (
            Column("Name", lambda person: person[0]),
            Column("Letzter Kontakt", lambda person: person[1], texts.day),
            Column(
                "Tage",
                lambda person: person[2],
                number=True,
                tone=lambda person: Tone.LATE if person[2] > 40 else None,
                hint=lambda person: f"<b>{person[0]}</b>",
            ),
        )


@pytest.fixture
def people(qapp) -> People:
    model = People()
    model.show_rows(PEOPLE)
    return model


def names(model: People) -> list[str]:
    return [person[0].split(",")[0] for person in model.rows()]


def test_the_model_keeps_the_rules_of_qt(people, qtmodeltester):
    qtmodeltester.check(people)
    people.search("e")
    people.sort(1)
    qtmodeltester.check(people)


def test_days_are_sorted_as_days_and_the_never_seen_come_first(people):
    people.sort(1)
    assert names(people) == ["Özkan", "Muster", "Beispiel", "Zander"]

    people.sort(1, Qt.SortOrder.DescendingOrder)
    assert names(people) == ["Zander", "Beispiel", "Muster", "Özkan"]


def test_umlauts_are_sorted_beside_their_vowels(people):
    people.sort(0)

    assert names(people) == ["Beispiel", "Muster", "Özkan", "Zander"]


def test_every_word_of_a_search_must_be_found_in_whatever_case(people):
    people.search("JON mus")
    assert names(people) == ["Muster"]

    people.search("ozkan")
    assert names(people) == ["Özkan"]

    people.search("")
    assert len(people.rows()) == people.total() == 4


def test_a_longer_word_after_a_shorter_one_searches_within_the_hits(people):
    people.search("b")
    people.search("be")
    people.search("be am")

    assert names(people) == ["Beispiel"]


def test_search_filter_and_order_outlive_new_rows(people):
    people.sort(0)
    people.filter(lambda person: person[2] < 40)
    people.show_rows([*PEOPLE, ("Ahorn, Ida", None, 1)])

    assert names(people) == ["Ahorn", "Muster", "Özkan", "Zander"]


def test_a_chosen_row_stays_chosen_when_the_order_changes(people):
    persistent = QPersistentModelIndex(people.index(0, 2))

    people.sort(0)

    assert people.row(persistent)[0] == "Zander, Eva"
    assert persistent.column() == 2


def test_a_tooltip_is_never_read_as_rich_text(people):
    tip = people.index(3, 2).data(Qt.ItemDataRole.ToolTipRole)

    assert "<b>" not in tip
    assert "&lt;b&gt;Beispiel" in tip


def test_a_screen_reader_hears_column_and_value(people):
    heard = people.index(1, 1).data(Qt.ItemDataRole.AccessibleTextRole)

    assert heard == "Letzter Kontakt: –"


def test_typing_letters_jumps_to_the_next_name(people, qtbot):
    table = DataTable(people, "Kunden")
    qtbot.addWidget(table)
    table.sort_by(0)
    table.setCurrentIndex(people.index(0, 0))

    qtbot.keyClicks(table, "oz")

    assert people.row(table.currentIndex())[0] == "Özkan, Deniz"


def test_enter_opens_the_row_and_the_choice_survives_a_search(people, qtbot):
    table = DataTable(people, "Kunden")
    qtbot.addWidget(table)
    table.sort_by(0)
    table.setCurrentIndex(people.index(1, 0))
    people.search("muster")

    with qtbot.waitSignal(table.row_opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)

    assert opened.args == [PEOPLE[2]]


def test_headings_answer_only_for_columns_that_exist(people):
    assert people.headerData(0, Qt.Orientation.Horizontal) == "Name"
    assert people.headerData(9, Qt.Orientation.Horizontal) is None
    assert people.data(QModelIndex()) is None


@pytest.mark.parametrize(("text", "folded"), [("ÄÖÜ", "aou"), ("Weiß", "weiss"), ("É", "e")])
def test_folding_takes_case_and_accents_away(text, folded):
    assert fold(text) == folded


def test_who_is_shown_again_is_found_by_the_same_letters(people):
    people.search("amina")
    people.show_rows([*PEOPLE[1:], ("Amina, Neu", None, 1)])

    assert names(people) == ["Beispiel", "Amina"]


def test_search_keys_can_be_made_in_steps_before_anybody_searches(people, monkeypatch):
    for _ in people.preparing_search():
        pass
    asked: list[str] = []
    monkeypatch.setattr(columns, "fold", lambda text: asked.append(text) or fold(text))

    people.search("amina")

    assert names(people) == ["Beispiel"]
    assert asked == ["amina"]


def test_whether_a_search_would_find_anybody_is_known_before_it_is_shown(people):
    people.filter(lambda person: person[2] < 40)
    before = people.rows()

    assert people.finds("ozkan den")
    assert not people.finds("ozkan jonas")
    assert not people.finds("zander", lambda person: person[2] < 10)
    assert people.rows() == before


def test_a_filter_by_a_value_shows_what_a_test_of_each_row_would(people):
    young = Among(itemgetter(2), {3, 18})
    people.filter(young)
    people.sort(0)

    assert names(people) == ["Muster", "Zander"]
    assert [young(person) for person in PEOPLE] == [True, False, True, False]
    assert people.finds("zander", young)
    assert not people.finds("ozkan", young)


def test_what_is_drawn_is_what_is_said_about_each_role(people):
    for row in range(people.rowCount()):
        for column in range(people.columnCount()):
            index = people.index(row, column)
            look = people.look(index)
            ink = None if look.tone is None else theme.current().ink(look.tone)
            side = index.data(Qt.ItemDataRole.TextAlignmentRole)

            assert look.text == index.data()
            assert ink == index.data(Qt.ItemDataRole.ForegroundRole)
            assert look.icon == index.data(columns.ICON_ROLE) or not look.icon
            assert look.is_number == bool(side & Qt.AlignmentFlag.AlignRight)


def test_a_row_is_found_again_without_comparing_it_with_all_others(qapp):
    compared = []

    class Row:
        def __init__(self, name):
            self.name = name

        def __eq__(self, other):
            compared.append(other)
            return self.name == other.name

        __hash__ = None

    class Model(ColumnModel[Row]):
        def columns(self):
            return (Column("Name", lambda row: row.name),)

    model, rows = Model(), [Row(name) for name in "abcd"]
    model.show_rows(rows)
    model.search("c")

    assert model.place_of_row(rows[2]) == 0
    assert model.place_of_row(rows[3]) is None
    assert compared == []
    model.show_rows([Row(name) for name in "xc"])
    assert model.place_of_row(rows[2]) == 0
    assert compared


class Rows(ColumnModel[tuple[str, int]]):
    KEEPS_SORT_KEYS = True

    def __init__(self) -> None:
        self.asked: list[str] = []
        super().__init__()

    def columns(self) -> Sequence[Column[tuple[str, int]]]:
        return (Column("Name", self._name), Column("Zahl", lambda row: row[1]))

    def _name(self, row: tuple[str, int]) -> str:
        self.asked.append(row[0])
        return row[0]


def test_a_row_that_is_shown_again_keeps_what_it_is_sorted_by(qapp):
    model, rows = Rows(), [("c", 1), ("a", 3), ("b", 2)]
    model.show_rows(rows)
    model.sort(0)
    model.asked.clear()

    model.show_rows([rows[0], ("z", 0), rows[2], ("0", 9)])

    assert [name for name, _ in model.rows()] == ["0", "b", "c", "z"]
    assert model.asked == ["z", "0"]
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert model.asked == ["z", "0"]
    assert [name for name, _ in model.rows()] == ["z", "c", "b", "0"]
    model.sort(1)
    assert [number for _, number in model.rows()] == [0, 1, 2, 9]
    model.sort(0)
    assert [name for name, _ in model.rows()] == ["0", "b", "c", "z"]
