from datetime import date
from time import thread_time

import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from kkd_desktop.domain.values import replace
from kkd_desktop.gui import theme
from kkd_desktop.gui.delegates.worklist import WorklistDelegate
from kkd_desktop.gui.models.worklist import WorklistGroup, WorklistModel, WorklistRow
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.windowbar import Span, describe, paint
from kkd_desktop.gui.widgets.worklist import WorklistView

TODAY = date(2026, 11, 20)
SPAN = Span(TODAY, date(2026, 9, 30), date(2026, 10, 28), date(2026, 11, 11), Tone.LATE)


def row(key: int, name: str, reason: str = "Marktprofil: alle 6 Wochen.") -> WorklistRow:
    return WorklistRow(
        key,
        name,
        f"123A4{key:05}",
        "Markt",
        "30.09.",
        "persönlich",
        "9 Tage über der Vorgabe",
        "Vorschlag Di 24.11. 09:00",
        Tone.LATE,
        SPAN,
        reason,
    )


def groups() -> list[WorklistGroup]:
    return [
        WorklistGroup("Überfällig", [row(1, "Beispiel, Amina"), row(2, "Muster, Jonas")]),
        WorklistGroup("Leer", []),
        WorklistGroup("Diese Woche", [row(3, "Öz, Deniz"), row(4, "Probe, Ilse")], "bis Fr"),
    ]


@pytest.fixture
def view(qtbot) -> WorklistView:
    view = WorklistView()
    qtbot.addWidget(view)
    view.resize(780, 500)
    view.show_groups(groups())
    view.show()
    return view


def test_the_model_keeps_the_rules_of_qt(qapp, qtmodeltester):
    model = WorklistModel()
    model.show_groups(groups())

    qtmodeltester.check(model)


def test_a_group_without_rows_is_left_out(view):
    shown = [view.list_model.index(place).data() for place in range(view.list_model.rowCount())]

    assert shown[0] == "Überfällig"
    assert "Leer" not in shown
    assert len(shown) == 6


def test_down_and_up_skip_the_headings(view, qtbot):
    view.choose_first()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.current_key() == 3

    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.current_key() == 2

    qtbot.keyClick(view, Qt.Key.Key_Home)
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.current_key() == 1


def test_page_and_end_keys_never_land_on_a_heading(view, qtbot):
    view.choose_first()
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.current_key() == 4

    qtbot.keyClick(view, Qt.Key.Key_PageUp)
    assert view.current_key() == 1

    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert view.current_key() == 4


def test_enter_opens_the_chosen_client(view, qtbot):
    view.choose(3)

    with qtbot.waitSignal(view.client_opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)

    assert opened.args == [3]


def test_the_question_mark_asks_why(view, qtbot):
    view.choose(2)

    with qtbot.waitSignal(view.reason_requested) as asked:
        qtbot.keyClicks(view, "?")

    assert asked.args == [2]


def test_a_click_on_the_question_mark_asks_why_and_one_on_the_name_does_not(view, qtbot):
    index = view.list_model.index_of(4)
    name = view.visualRect(index).topLeft() + QPoint(30, 20)

    with qtbot.assertNotEmitted(view.reason_requested):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=name)
    with qtbot.waitSignal(view.reason_requested) as asked:
        place = view.why_rect(index).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert asked.args == [4]
    assert view.current_key() == 4


def test_letters_jump_to_a_name(view, qtbot):
    view.choose_first()

    qtbot.keyClicks(view, "oz")

    assert view.current_key() == 3


def test_the_chosen_client_stays_chosen_in_new_groups(view):
    view.choose(3)

    view.show_groups([WorklistGroup("Anders", [row(9, "Neu, Nina"), row(3, "Öz, Deniz")])])

    assert view.current_key() == 3


def test_the_same_people_in_the_same_places_say_something_new_and_nobody_is_laid_out_anew(
    view, qtbot
):
    view.choose(3)
    one, *_, last = groups()
    changed = replace(last, rows=[row(3, "Öz-Neu, Deniz"), last.rows[1]], note="bis heute")

    with qtbot.assertNotEmitted(view.list_model.modelReset):
        view.show_groups([one, changed])

    assert view.current_key() == 3
    assert view.list_model.index_of(3).data() == "Öz-Neu, Deniz"
    assert "bis heute" in view.list_model.index(3).data(Qt.ItemDataRole.AccessibleTextRole)


def test_where_the_chosen_client_is_gone_the_next_one_is_chosen(view):
    view.choose(1)

    view.show_groups([WorklistGroup("Überfällig", [row(2, "Muster, Jonas")])])

    assert view.current_key() == 2


def test_a_screen_reader_hears_what_matters_most_first_and_the_reason_after_it(view):
    index = view.list_model.index_of(1)

    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Beispiel, Amina, 9 Tage über der Vorgabe, Vorschlag Di 24.11. 09:00, Markt, "
        "letzter Kontakt 30.09. persönlich, 123A400001"
    )
    assert index.data(Qt.ItemDataRole.AccessibleDescriptionRole) == ("Marktprofil: alle 6 Wochen.")


def test_where_no_reason_is_told_the_bar_is(view):
    view.show_groups([WorklistGroup("Überfällig", [row(1, "Beispiel, Amina", reason="")])])

    heard = view.list_model.index_of(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "letzter zählender Kontakt 30.09.2026, Fenster Mi 28.10.2026" in heard


def test_a_heading_is_heard_with_its_count(view):
    assert view.list_model.index(3).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Diese Woche, 2, bis Fr"
    )


def test_the_bar_says_in_words_what_it_shows():
    assert describe(Span(TODAY)) == ""
    assert describe(Span(TODAY, latest=TODAY)) == "spätestens Fr 20.11.2026"
    last, earliest = date(2026, 9, 30), date(2026, 11, 2)
    assert describe(Span(TODAY, last, earliest, date(2026, 11, 11))) == (
        "letzter zählender Kontakt 30.09.2026, Fenster Mo 02.11.2026 bis Mi 11.11.2026"
    )


@pytest.mark.parametrize(
    "span",
    [
        Span(TODAY),
        Span(TODAY, last=TODAY),
        Span(TODAY, latest=TODAY),
        Span(TODAY, date(1900, 1, 1), None, date(2100, 1, 1)),
        Span(TODAY, TODAY, date(2026, 12, 1), date(2026, 11, 1), Tone.OK),
    ],
)
def test_the_bar_of_any_days_stays_in_its_place(qtbot, span):
    picture = QImage(150, 60, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)

    with QPainter(picture) as painter:
        paint(painter, QRectF(20, 20, 110, 20), span, theme.LIGHT)

    painted = [
        QPoint(x, y)
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y) != QColor(Qt.GlobalColor.white)
    ]
    assert painted
    assert all(QRect(20, 20, 110, 20).contains(point) for point in painted)


def test_five_thousand_clients_are_shown_at_once(qtbot):
    view = WorklistView()
    qtbot.addWidget(view)
    view.resize(780, 800)
    view.show()
    rows = [row(key, f"Beispiel, {key}") for key in range(5000)]

    start = thread_time()
    view.show_groups([WorklistGroup("Überfällig", rows)])
    view.grab()

    assert thread_time() - start < 0.5


def test_in_a_narrow_list_a_part_of_the_detail_goes_rather_than_half_of_it(view):
    delegate = view.itemDelegate()

    assert delegate._detail("Vorschlag Fr 27.11. 09:00 · 45 min", 400).endswith(" · 45 min")
    assert delegate._detail("Vorschlag Fr 27.11. 09:00 · 45 min", 180) == (
        "Vorschlag Fr 27.11. 09:00"
    )


class _Counting(WorklistDelegate):
    """Counts for how many rows the height is asked."""

    asked = 0

    def sizeHint(self, option, index):
        self.asked += 1
        return super().sizeHint(option, index)


def test_a_row_that_says_something_else_leaves_the_others_where_they_are(view, qtbot):
    counting = _Counting(view)
    view.show_groups([WorklistGroup("Überfällig", [row(key, "Muster, Jo") for key in range(2000)])])
    view.setItemDelegate(counting)
    qtbot.wait(20)
    counting.asked = 0

    view.list_model.replace_row(row(5, "Muster, Neu"))
    qtbot.waitUntil(lambda: view.list_model.index_of(5).data() == "Muster, Neu")
    qtbot.wait(20)

    assert counting.asked < 100
