from datetime import date, timedelta

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QLabel

from kkd_desktop.actions import casework, forgetting, stores, worklist
from kkd_desktop.actions.secrets import Passphrase
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.explanation import explain
from kkd_desktop.domain.spans import years_of_life
from kkd_desktop.gui.dialogs.appointment import AppointmentDialog
from kkd_desktop.gui.dialogs.why import WhyDialog
from kkd_desktop.gui.pages.kunden import KundenPage
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets import rail

TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)
DUE, LAST = "Fällig", "Zuletzt gezählt"


@pytest.fixture
def page(session, present):
    page = KundenPage(session)
    page.resize(1180, 700)
    present(page)
    return page


@pytest.fixture
def everyone(session):
    return worklist.entries(session.context)


def column(page, title):
    titles = [page.model.headerData(n, Qt.Orientation.Horizontal) for n in range(9)]
    return titles.index(title)


def shown(page):
    return {row.id for row in page.model.rows()}


def test_all_clients_stand_in_the_table_by_name(page, everyone):
    names = [row.entry.client.name for row in page.model.rows()]

    assert shown(page) == {entry.client.id for entry in everyone}
    assert names == sorted(names, key=str.casefold)
    assert page.heading.note.text() == f"{len(everyone)} Personen"
    assert not page.clear_button.isVisible()


def test_typing_a_number_leaves_one_and_enter_opens_it(qtbot, page, everyone):
    wanted = everyone[7].client

    qtbot.keyClicks(page.search, wanted.number)
    assert page.heading.note.text() == f"1 von {len(everyone)}"

    with qtbot.waitSignal(page.client_opened) as opened:
        qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert opened.args == [wanted.id]


def test_the_own_code_is_found_too(qtbot, page, everyone):
    qtbot.keyClicks(page.search, everyone[3].client.code.lower())

    assert everyone[3].client.id in shown(page)


def test_down_goes_from_the_search_into_the_table(qtbot, page):
    qtbot.keyClicks(page.search, "a")
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    qtbot.keyClick(page.table, Qt.Key.Key_Down)

    with qtbot.waitSignal(page.client_opened) as opened:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert opened.args == [page.model.rows()[1].id]
    assert page.current_client_id() == page.model.rows()[1].id


def test_no_contact_since_leaves_out_who_was_seen_on_that_very_day(page, everyone):
    """The Suchlauf: no counted contact on that day or after it."""
    seen = max((e for e in everyone if e.last), key=lambda e: e.last.day)
    day = seen.last.day

    page.search.setText(f"kein-kontakt:{day:%d.%m.%Y}")
    assert seen.client.id not in shown(page)

    page.search.setText(f"kein-kontakt:{day + DAY:%d.%m.%Y}")
    assert seen.client.id in shown(page)


def test_who_was_never_seen_had_no_contact_since_any_day(page, everyone):
    never = {e.client.id for e in everyone if e.last is None}

    page.search.setText("kein-kontakt:01.01.1990")

    assert never
    assert shown(page) == never


def test_conditions_and_words_hold_together(qtbot, page, everyone):
    day = date(2026, 10, 15)
    page.search.setText("kein-kontakt:15.10.2026 profil:markt status:arbeitslos")
    narrowed = shown(page)
    qtbot.keyClicks(page.search, " a")

    facts = {e.client.id: e.client.subject.facts for e in everyone}
    seen = {e.client.id: e.last.day for e in everyone if e.last}
    assert narrowed == {
        each
        for each, known in facts.items()
        if known.at("profile", TODAY) == "markt"
        and known.at("status", TODAY) == "arbeitslos"
        and seen.get(each, date.min) < day
    }
    assert shown(page) <= narrowed
    assert f"von {len(everyone)}" in page.heading.note.text()


def test_a_query_is_answered_while_it_is_typed(qtbot, page, everyone):
    qtbot.keyClicks(page.search, "-profil:z kein-kontakt>30t")

    facts = {e.client.id: e.client.subject.facts for e in everyone}
    seen = {e.client.id: e.last.day for e in everyone if e.last}
    wanted = {
        each
        for each, known in facts.items()
        if known.at("profile", TODAY) != "Z"
        and seen.get(each, date.min) < TODAY - timedelta(days=30)
    }
    assert shown(page) == wanted
    assert 0 < len(wanted) < len(everyone)

    qtbot.keyClicks(page.search, " profil:foerder")
    assert shown(page) == {e for e in wanted if facts[e].at("profile", TODAY) == "foerder"}

    page.clear_filters()
    assert len(shown(page)) == len(everyone)


def test_a_query_that_is_not_finished_keeps_what_is_shown_and_says_why_later(qtbot, page):
    qtbot.keyClicks(page.search, "profil:markt")
    before = shown(page)

    page.search.insert(" profill:z")

    assert shown(page) == before
    assert not page.fault.isVisible()
    qtbot.waitUntil(page.fault.isVisible)
    assert "„profill“ an Stelle 14 ist kein Suchwort" in page.fault.text()
    assert "nicht verstanden" in page.heading.note.text()

    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert not page.fault.isVisible()


def test_a_query_holds_when_something_was_stored(qtbot, page, session):
    qtbot.keyClicks(page.search, "kontakt:nie name:Zzz")
    assert not shown(page)

    added = casework.add_client(session.context, Client(0, "", "Zzz", ""), {})
    session.changed.emit()

    assert shown(page) == {added.id}


def test_where_nobody_fits_one_click_shows_everyone_again(qtbot, page, everyone):
    qtbot.keyClicks(page.search, "qqq")
    assert page._nobody.isVisible()

    qtbot.mouseClick(page._nobody.button, Qt.MouseButton.LeftButton)

    assert len(shown(page)) == len(everyone)
    assert page.search.hasFocus()


def test_days_are_sorted_as_days_and_missing_ones_stand_last_both_ways(qtbot, page):
    header = page.table.horizontalHeader()
    place = column(page, DUE)
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        page.table.sortByColumn(place, order)
        days = [row.due_day for row in page.model.rows()]
        known = [day for day in days if day is not None]
        assert known == sorted(known, reverse=order is Qt.SortOrder.DescendingOrder)
        assert days[: len(known)] == known
        assert None in days
    assert header.sortIndicatorSection() == place


def test_who_was_never_seen_comes_first_by_last_contact(page):
    page.table.sortByColumn(column(page, LAST), Qt.SortOrder.AscendingOrder)

    assert page.model.rows()[0].last_day is None
    assert page.model.index(0, column(page, LAST)).data() == "noch nie"


def test_the_chosen_client_stays_chosen_when_something_was_stored(page, session):
    page.table.setCurrentIndex(page.model.index(5, 0))
    chosen = page.current_client_id()

    casework.add_client(session.context, Client(0, "", "Aaa", ""), {})
    session.changed.emit()

    assert page.current_client_id() == chosen


def test_a_hidden_page_asks_only_when_it_is_shown_again(page, session, everyone):
    page.hide()
    casework.add_client(session.context, Client(0, "", "Neu", ""), {})
    session.changed.emit()
    assert page.model.total() == len(everyone)

    page.show()
    assert page.model.total() == len(everyone) + 1


def test_insert_asks_for_a_new_person(qtbot, page):
    with qtbot.waitSignal(page.client_wanted):
        qtbot.keyClick(page.table, Qt.Key.Key_Insert)
    with qtbot.waitSignal(page.client_wanted):
        qtbot.mouseClick(page.add_button, Qt.MouseButton.LeftButton)


def test_conditions_order_and_widths_survive_and_whoever_was_named_does_not(
    qtbot, session, present, tmp_path
):
    settings = QSettings(str(tmp_path / "fenster.ini"), QSettings.Format.IniFormat)
    page = KundenPage(session, settings)
    present(page)
    qtbot.keyClicks(page.search, "kein-kontakt:01.09.2026 Geheim bg:0815 profil:foerder,markt")
    page.table.sortByColumn(column(page, DUE), Qt.SortOrder.DescendingOrder)
    page.table.setColumnWidth(0, 222)
    page.hide()
    settings.sync()

    again = KundenPage(session, QSettings(settings.fileName(), QSettings.Format.IniFormat))
    present(again)

    assert again.search.text() == "kein-kontakt:01.09.2026 profil:foerder,markt"
    assert [chip.said for chip in again.chips.chips] == [
        "Kein zählender Kontakt seit dem 01.09.2026",
        "Profillage: Förderprofil oder Marktprofil",
    ]
    assert again.table.columnWidth(0) == 222
    assert again.table.horizontalHeader().sortIndicatorSection() == column(page, DUE)
    kept = (tmp_path / "fenster.ini").read_text(encoding="utf-8")
    assert "Geheim" not in kept
    assert "0815" not in kept


def test_settings_of_another_version_do_no_harm(session, qtbot, tmp_path):
    settings = QSettings(str(tmp_path / "fenster.ini"), QSettings.Format.IniFormat)
    settings.setValue("kunden/search", ["alt", "profil:z"])
    settings.setValue("kunden/columns", "alt")

    page = KundenPage(session, settings)
    qtbot.addWidget(page)

    assert page.search.text() == ""


def test_an_empty_caseload_says_what_to_do(qtbot, present, tmp_path):
    context = stores.create_caseload(tmp_path / "leer.kkd", Passphrase("leer und neu"), TODAY)
    page = KundenPage(Session(context))
    present(page)

    assert page._empty.isVisible()
    with qtbot.waitSignal(page.client_wanted):
        qtbot.mouseClick(page._empty.button, Qt.MouseButton.LeftButton)
    page.hide()
    context.store.close()


@pytest.mark.parametrize(
    ("born", "day", "years"),
    [
        (date(2000, 11, 20), date(2026, 11, 19), 25),
        (date(2000, 11, 20), date(2026, 11, 20), 26),
        (date(2004, 2, 29), date(2026, 2, 28), 21),
        (date(2004, 2, 29), date(2026, 3, 1), 22),
    ],
)
def test_a_year_of_life_is_complete_with_the_day_before_the_birthday(born, day, years):
    assert years_of_life(born, day) == years


def test_the_column_says_that_it_means_contacts_that_count(page):
    header = page.table.horizontalHeader()
    text_width = header.fontMetrics().horizontalAdvance(LAST) + 24
    assert text_width <= header.sectionSize(column(page, LAST))


def test_the_day_of_a_first_talk_is_not_cut_off(page):
    words = "Erstgespr. bis Do 03.12."

    room = page.table.columnWidth(column(page, DUE)) - 24

    assert page.table.fontMetrics().horizontalAdvance(words) <= room


def test_at_the_smallest_window_all_filters_have_room(page):
    assert page.minimumSizeHint().width() <= 1024 - rail.WIDTH


# The highlighted person beside a wide list.


@pytest.fixture
def wide(page, qtbot):
    page.resize(1700, 900)
    qtbot.waitUntil(lambda: page._preview is not None and not page._preview._later.isActive())
    return page


def settled(page, qtbot):
    qtbot.waitUntil(lambda: not page.preview._later.isActive())


def test_a_list_without_room_to_spare_has_nobody_beside_it(page):
    assert page._preview is None


def test_beside_a_wide_list_stands_who_is_highlighted(wide, qtbot):
    assert wide.preview.isVisible()

    qtbot.keyClick(wide.table, Qt.Key.Key_Down)
    settled(wide, qtbot)

    entry = wide.model.rows()[1].entry
    assert entry.client.last_name in wide.preview.why.heading.title.text()
    assert wide.preview.why.explanation.text() == explain(entry.outcome, cited=False)
    numbers = [label.text() for label in wide.preview.facts.findChildren(QLabel)]
    assert entry.client.number in numbers
    assert not wide.preview.facts.agree.isVisible()


def test_the_number_of_a_bg_is_read_in_whole(wide):
    table, column = wide.table, wide.model.columnCount() - 1

    number = table.fontMetrics().horizontalAdvance("0000192")

    assert not table.isColumnHidden(column)
    assert table.columnWidth(column) >= number + 2 * 12


def test_the_form_takes_the_place_of_the_person(wide):
    wide.filter_button.setChecked(True)
    assert not wide.preview.isVisible()

    wide.filter_button.setChecked(False)
    assert wide.preview.isVisible()


def test_where_nobody_is_found_nobody_stands_beside_the_list(wide, qtbot):
    qtbot.keyClicks(wide.search, "niemandheisstso")

    assert not wide.preview.isVisible()
    assert not wide.preview.why.isVisibleTo(wide.preview)


def test_who_is_deleted_meanwhile_does_not_stay_in_sight(wide, session, qtbot):
    gone = wide.model.rows()[0].entry.client

    session.perform(lambda context: forgetting.forget(context, [gone.id]))
    settled(wide, qtbot)

    assert gone.last_name not in wide.preview.why.heading.title.text()


def test_no_reasons_are_given_of_somebody_whom_another_process_has_just_deleted(
    wide, session, qtbot
):
    client = wide.model.rows()[0].entry.client
    store = session.context.store
    with stores.open_caseload(store.path, store.key, TODAY) as other:
        forgetting.forget(other, [client.id])

    # What nobody catches is said in the window.
    with qtbot.capture_exceptions() as faults:
        qtbot.mouseClick(wide.preview.why.steps, Qt.MouseButton.LeftButton)

    assert ["gibt es nicht" in str(fault) for _, fault, _ in faults] == [True]
    assert wide.findChild(WhyDialog) is None


def test_from_the_person_one_books_and_asks_why(wide, qtbot):
    place = next(n for n, row in enumerate(wide.model.rows()) if row.talk is None)
    wide.table.selectRow(place)
    settled(wide, qtbot)

    qtbot.mouseClick(wide.preview.why.other_day, Qt.MouseButton.LeftButton)
    assert wide.findChild(AppointmentDialog).isVisible()
    wide.findChild(AppointmentDialog).reject()

    qtbot.mouseClick(wide.preview.why.steps, Qt.MouseButton.LeftButton)
    assert wide.findChild(WhyDialog).isVisible()


def test_a_new_question_is_answered_from_its_first_row_on(qtbot, page):
    last = page.model.rows()[-1]

    # Half a word finds the last one alone, and with the whole of it she would be far below.
    qtbot.keyClicks(page.search, last.entry.client.number)
    assert page.current_client_id() == last.id
    page.search.clear()

    assert page.table.currentIndex().row() == 0
    assert page.table.verticalScrollBar().value() == 0


def test_whom_somebody_chose_stays_while_the_question_goes_on(qtbot, page):
    page.table.setFocus()
    for _ in range(3):
        qtbot.keyClick(page.table, Qt.Key.Key_Down)
    chosen = page.model.rows()[3]
    assert page.current_client_id() == chosen.id
    page.search.setFocus()

    qtbot.keyClicks(page.search, chosen.entry.client.last_name)

    assert page.current_client_id() == chosen.id


@pytest.mark.parametrize("width", [1180, 1600])
def test_beside_the_list_everything_ends_with_the_buttons_above(qtbot, page, width):
    def end(widget):
        return widget.mapTo(page, widget.rect().topRight()).x()

    page.resize(width, 700)
    last = page.preview.why if width > 1200 else page.table.parentWidget()

    qtbot.waitUntil(lambda: end(last) == end(page.add_button))
    assert end(page.help_button) == end(page.add_button)
