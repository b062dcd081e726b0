"""The Auswertung by clicks and keys: figures, their people, other days, other files, no figures."""

import json
from datetime import date, datetime, time
from fractions import Fraction

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QDialog, QFileDialog, QMenu

from kkd_desktop.actions import appointments, casework, policies, report, stores
from kkd_desktop.actions.secrets import Passphrase
from kkd_desktop.domain.chart import ChartKind
from kkd_desktop.domain.contact import Contact, ContactKind
from kkd_desktop.domain.report import Standing
from kkd_desktop.gui.dialogs.places import PlaceChooser
from kkd_desktop.gui.dialogs.team_report import TeamReportDialog
from kkd_desktop.gui.pages.auswertung import AuswertungPage
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.workplace import Workplace

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
DAY, POINT = date(2026, 11, 20), QPoint()
STAND, MONTHS, SHOWN = "stand", "soll-ist-monat", "erschienen"


class Places:
    """Answers where files go and come from, and remembers which names were proposed."""

    def __init__(self, folder):
        self.folder = folder
        self.ending = ""
        self.chosen = []
        self.proposed = []

    def file(self, parent, title, name, kind):
        self.proposed.append(name)
        path = self.folder / name
        return path.with_suffix(self.ending) if self.ending else path

    def several(self, parent, title, kind):
        return self.chosen


@pytest.fixture
def places(tmp_path):
    return Places(tmp_path)


@pytest.fixture
def page(qtbot, session, present, places):
    page = AuswertungPage(session, places=places)
    page.resize(1172, 800)
    present(page)
    worked_out(qtbot, page)
    return page


def worked_out(qtbot, page):
    def stands():
        return page.answer() is not None and not page.is_working() and page.view.is_complete()

    qtbot.waitUntil(stands, timeout=20_000)


def test_while_the_first_figures_are_worked_out_nothing_is_offered_to_do_again(
    qtbot, session, present, places
):
    page = AuswertungPage(session, places=places)
    present(page)
    assert page.is_working()
    assert not page.empty.isVisible()

    qtbot.mouseClick(page.progress.button, LEFT)

    assert page.empty.button.isVisible()
    assert page.empty.button.text() == "Noch einmal rechnen"


def dialog_of(page):
    return next(each for each in page.window().findChildren(QDialog) if each.isVisible())


def written(qtbot, dialog):
    qtbot.waitUntil(lambda: not dialog.is_busy(), timeout=20_000)


def menu_of(widget):
    return next(each for each in widget.findChildren(QMenu) if each.isVisible())


def seen(page, chart_id):
    """The card of a chart, scrolled to."""
    card = page.view.card(chart_id)
    page.view.ensureWidgetVisible(card)
    return card


def place_of(chart, name):
    return [series.name for series in chart.series].index(name)


def test_the_headlines_are_the_figures_of_the_report(page, session):
    found = report.year_report(session.context, 2026)

    said = {each.title.text(): each.figure.text() for each in page.view.headline.figures}

    assert said["Ist"] == f"{found.ist:,}".replace(",", ".")
    assert said["Überfällig"] == str(found.days[-1].number(Standing.OVERDUE))
    assert page.heading.note.text() == "2026 bis Fr 20.11.2026 · 40 Personen"
    assert found.soll > 0


def test_a_headline_names_its_figure_and_its_time_to_those_who_see_its_people(page, qtbot):
    said = []
    page.people_wanted.connect(lambda ids, figure: said.append(figure))
    for figure in page.view.headline.figures:
        if figure.title.text() in ("Überfällig", "Ist"):
            qtbot.mouseClick(figure.button, LEFT)

    assert said == ["Auswertung: Ist 2026, bis 20.11.2026", "Auswertung: überfällig am 20.11.2026"]


def test_a_click_on_a_piece_of_a_column_asks_for_exactly_its_people(qtbot, page):
    card = seen(page, STAND)
    last = len(card.view.chart.categories) - 1
    spot = (place_of(card.view.chart, "überfällig"), last)
    expected = page.answer().report.days[-1].standings[Standing.OVERDUE]

    with qtbot.waitSignal(page.people_wanted) as wanted:
        qtbot.mouseClick(card.view, LEFT, pos=card.view.place_of(spot))

    assert wanted.args == [expected, "Auswertung: überfällig am Fr 20.11.2026"]


def test_every_figure_of_every_chart_is_found_where_it_is_painted(page):
    for card in page.view.cards:
        room = card.view.rect()
        for number, series in enumerate(card.view.chart.series):
            for place, point in enumerate(series.points):
                if point.value:
                    assert room.contains(card.view.place_of((number, place))), card.view.chart.id


def test_arrows_go_from_figure_to_figure_and_enter_asks(qtbot, page):
    card = seen(page, MONTHS)
    card.view.setFocus(Qt.FocusReason.TabFocusReason)
    assert card.view.current() == (1, 10)
    assert card.pointed.text().startswith("November 2026 (bis 20.11.2026), Ist: ")

    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(card.view, key)
    expected = card.view.chart.series[1].points[2]

    assert card.pointed.text().startswith("März 2026, Ist: ")
    with qtbot.waitSignal(page.people_wanted) as wanted:
        qtbot.keyClick(card.view, Qt.Key.Key_Return)
    assert wanted.args[0] == expected.ids


def test_arrows_stay_within_the_picture(qtbot, page):
    for card in page.view.cards:
        if card.view.chart.is_empty:
            continue
        card.view.setFocus(Qt.FocusReason.TabFocusReason)
        size = len(card.view.chart.series), len(card.view.chart.categories)
        for key in (Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left):
            for _ in range(max(size) + 1):
                qtbot.keyClick(card.view, key)
            spot = card.view.current()
            assert 0 <= spot[0] < size[0]
            assert 0 <= spot[1] < size[1]


def test_tab_goes_through_the_page_from_top_to_bottom_and_takes_the_page_along(qtbot, page):
    page.year.field.setFocus()
    order = []
    for _ in range(80):
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        here = page.focusWidget()
        if here is page.year.field:
            break
        order.append(here)
        if page.view.isAncestorOf(here):
            shown = page.view.viewport().rect()
            assert shown.intersects(here.rect().translated(here.mapTo(page.view.viewport(), POINT)))

    charts = [here for here in order if here in {card.view for card in page.view.cards}]
    assert charts == [card.view for card in page.view.cards]
    cards = [n for here in order for n, c in enumerate(page.view.cards) if c.isAncestorOf(here)]
    assert cards == sorted(cards)
    assert page.view.left_out.table in order


def test_up_is_the_row_above_in_a_grid_and_the_piece_above_in_a_column(qtbot, page):
    grid, column = seen(page, "soll-ist-raster").view, seen(page, STAND).view
    for view, expected in ((grid, (1, 0)), (column, (3, 0))):
        view.go_to((2, 0))
        qtbot.keyClick(view, Qt.Key.Key_Up)
        assert view.current() == expected


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
def test_a_share_asks_which_of_its_two_groups(qtbot, page):
    view = seen(page, SHOWN).view
    place = next(n for n, point in enumerate(view.chart.series[0].points) if point.others)
    point = view.chart.series[0].points[place]
    view.setFocus(Qt.FocusReason.TabFocusReason)
    view.go_to((0, place))

    qtbot.keyClick(view, Qt.Key.Key_Return)
    menu = menu_of(view)
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.people_wanted) as wanted:
        qtbot.keyClick(menu, Qt.Key.Key_Return)

    assert wanted.args == [point.others, f"Auswertung: {point.others_said}"]


def test_a_click_on_nothing_asks_for_nobody(qtbot, page):
    view = seen(page, MONTHS).view

    with qtbot.assertNotEmitted(page.people_wanted):
        qtbot.mouseClick(view, LEFT, pos=QPoint(2, 2))


def test_the_table_behind_a_chart_asks_too_and_is_copied_as_a_whole(qtbot, page, session):
    card = seen(page, MONTHS)
    qtbot.mouseClick(card.table_button, LEFT)
    assert card.table.hasFocus()
    assert not card.view.isVisible()
    index = card.table.model().index(0, 2)
    card.table.setCurrentIndex(index)

    with qtbot.waitSignal(page.people_wanted) as wanted:
        qtbot.keyClick(card.table, Qt.Key.Key_Return)
    assert wanted.args[0] == card.view.chart.series[1].points[0].ids
    with qtbot.waitSignal(session.done):
        qtbot.keyClick(card.table, Qt.Key.Key_C, CTRL)

    lines = QGuiApplication.clipboard().text().splitlines()
    soll = card.view.chart.series[0].points[0].value
    assert lines[0] == "Monat\tSoll\tIst"
    assert lines[1].split("\t")[1] == str(round(float(soll), 2)).replace(".", ",")
    assert len(lines) == 12


def test_who_reads_tables_finds_tables_again(qtbot, session, present, tmp_path):
    settings = QSettings(str(tmp_path / "fenster.ini"), QSettings.Format.IniFormat)
    for expected in (False, True):
        page = AuswertungPage(session, settings=settings)
        page.resize(1000, 700)
        present(page)
        worked_out(qtbot, page)
        card = page.view.card(STAND)
        assert card.table_button.isChecked() is expected
        card.show_table(True)
        page.hide()


def test_the_definition_stands_under_every_figure_short_or_whole(qtbot, page):
    for card in page.view.cards:
        text = card.view.chart.definition
        shown = card.definition.text.text().removeprefix("Definition: ")
        assert text.startswith(shown)
        if card.definition.button.isVisibleTo(card):
            qtbot.mouseClick(card.definition.button, LEFT)
        assert card.definition.text.text() == f"Definition: {text}"


def test_every_chart_says_in_words_what_it_shows(page):
    for card in page.view.cards:
        assert card.view.accessibleName() == card.view.chart.title
        assert card.view.accessibleDescription() == card.view.chart.summary
        assert card.summary.text() == card.view.chart.finding != ""


def test_whoever_is_left_out_is_named_with_the_reason_and_can_be_shown(qtbot, page, session):
    answer = page.answer()
    model = page.view.left_out.model
    month = answer.report.months[-1]
    left = {each for ids in month.left_out.values() for each in ids}
    rows = [row for row in model.rows() if row.period == "November 2026"]
    named = {each for row in rows if "zählend" not in row.reason for each in row.ids}

    assert left == named
    assert set(month.people) | left == set(answer.report.people)
    names = {c.id: f"{c.last_name}, {c.first_name}" for c in casework.all_clients(session.context)}
    assert all(names[each] in row.names for row in rows for each in row.ids)

    table = page.view.left_out.table
    page.view.ensureWidgetVisible(table)
    table.setCurrentIndex(model.index(0, 0))
    with qtbot.waitSignal(page.people_wanted) as wanted:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert wanted.args[0] == model.rows()[0].ids


def test_contacts_that_no_soll_stands_for_are_told_beside(page):
    besides = sum(month.besides for month in page.answer().report.months)

    assert besides
    assert page.view.besides.isVisible()
    assert str(besides) in page.view.besides.text()


def test_another_year_is_another_report(qtbot, page):
    page.year.field.setFocus()
    qtbot.keyClick(page.year.field, Qt.Key.Key_Down)

    assert page.until.field.text() == "31.12.2025"
    qtbot.waitUntil(lambda: page.answer().report.year == 2025, timeout=20_000)
    assert len(page.answer().report.months) == 12
    assert page.heading.note.text().startswith("2025 bis Mi 31.12.2025")


def test_a_past_day_shows_the_caseload_of_that_day(qtbot, page):
    page.until.field.setFocus()
    page.until.field.selectAll()
    qtbot.keyClicks(page.until.field, "30.06.2026")

    qtbot.waitUntil(lambda: page.answer().report.until == date(2026, 6, 30), timeout=20_000)
    assert page.view.card(STAND).view.chart.categories[-1].day == date(2026, 6, 30)
    assert len(page.view.card(MONTHS).view.chart.categories) == 6


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2026, 6, 16)])
def test_a_past_day_has_the_figures_of_the_command(qtbot, page, session, day):
    client = casework.all_clients(session.context)[0]
    session.context.today = day
    nine = datetime.combine(day, time(9))
    assert session.perform(lambda context: appointments.book(context, client, nine, 30))
    session.context.today = DAY

    page.until.field.set_day(day)

    qtbot.waitUntil(lambda: page.answer().report.until == day, timeout=20_000)
    assert page.answer().report == report.year_report(session.context, day.year, until=day)


def test_a_day_of_another_year_takes_the_year_along(qtbot, page):
    page.until.field.selectAll()
    qtbot.keyClicks(page.until.field, "15.03.2012")

    qtbot.waitUntil(lambda: page.answer().report.year == 2012, timeout=20_000)
    assert page.year.field.currentText() == "2012"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("21.11.2026", "Bitte bis 20.11.2026"),
        ("01.01.2027", "Bitte bis 20.11.2026"),
        ("31.12.1989", "Bitte ab 1990"),
        ("40.11.2026", "Bitte als TT.MM.JJJJ"),
    ],
)
def test_a_day_that_cannot_be_is_said_at_the_field_and_nothing_is_worked_out(
    qtbot, page, typed, said
):
    before = page.answer()
    page.until.field.setFocus()
    page.until.field.selectAll()
    qtbot.keyClicks(page.until.field, typed)
    qtbot.keyClick(page.until.field, Qt.Key.Key_Tab)

    assert page.until.error() == said
    assert not page.is_working()
    assert page.answer() is before


def test_of_several_questions_only_the_last_one_is_answered(qtbot, page):
    shown = []
    page.view.show_year, show = lambda answer: shown.append(answer.report.year), page.view.show_year
    page.year.field.setFocus()
    for _ in range(4):
        qtbot.keyClick(page.year.field, Qt.Key.Key_Down)
        page._ask_if_new()
    qtbot.waitUntil(lambda: bool(shown) and not page.is_working(), timeout=20_000)
    page.view.show_year = show

    assert shown == [2022]
    assert page.answer().report.year == 2022


def test_cancelling_keeps_what_was_shown_and_says_of_which_day_it_is(qtbot, page, monkeypatch):
    slow_down(monkeypatch)
    qtbot.keyClick(page.year.field, Qt.Key.Key_Down)
    qtbot.waitUntil(page.progress.button.isVisible)

    qtbot.mouseClick(page.progress.button, LEFT)

    assert not page.is_working()
    assert not page.progress.isVisible()
    assert "Zahlen bis Fr 20.11.2026" in page.banner.text.text()
    assert not page.save_button.isEnabled()
    monkeypatch.undo()
    qtbot.keyClick(page.year.field, Qt.Key.Key_Up)
    qtbot.waitUntil(page.save_button.isEnabled, timeout=20_000)
    assert not page.banner.isVisible()


def test_cancelling_the_first_one_offers_to_try_again(qtbot, session, present, monkeypatch):
    slow_down(monkeypatch)
    page = AuswertungPage(session)
    present(page)
    qtbot.waitUntil(page.progress.button.isVisible)

    qtbot.mouseClick(page.progress.button, LEFT)
    assert page.empty.title.text() == "Nicht gerechnet"
    monkeypatch.undo()
    qtbot.mouseClick(page.empty.button, LEFT)

    worked_out(qtbot, page)
    assert page.view.isVisible()


def slow_down(monkeypatch):
    """A report that takes until it is cancelled."""
    from time import sleep

    def slow(context, year, progress, until):
        while True:
            progress(0, 100)
            sleep(0.005)

    monkeypatch.setattr(report, "year_report", slow)


def test_what_is_stored_meanwhile_is_in_the_figures_at_once(qtbot, page, session):
    client = casework.all_clients(session.context)[0]
    before = sum(cell.held for cell in page.answer().report.contacts)

    session.perform(
        lambda context: casework.record_contact(
            context, Contact(DAY, ContactKind(), client_id=client.id)
        )
    )

    def held():
        return sum(cell.held for cell in page.answer().report.contacts)

    qtbot.waitUntil(lambda: held() == before + 1, timeout=20_000)


def test_the_place_in_a_chart_stays_when_something_was_stored(qtbot, page, session):
    view = seen(page, STAND).view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    view.go_to((0, 3))
    before = page.answer()

    session.perform(lambda context: policies.choose(context, "mk2015"))
    qtbot.waitUntil(lambda: page.answer() is not before, timeout=20_000)

    assert page.view.card(STAND).view is view
    assert view.current() == (0, 3)
    assert view.hasFocus()


def test_the_place_in_a_table_stays_too(qtbot, page, session):
    card = seen(page, STAND)
    qtbot.mouseClick(card.table_button, LEFT)
    card.table.setCurrentIndex(card.table.model().index(2, 1))
    said, before = card.pointed.text(), page.answer()
    assert said.startswith("So 15.02.2026, erfüllt: ")

    session.perform(lambda context: policies.choose(context, "mk2015"))
    qtbot.waitUntil(lambda: page.answer() is not before, timeout=20_000)

    index = card.table.currentIndex()
    assert (index.row(), index.column()) == (2, 1)
    assert card.table.hasFocus()
    assert card.pointed.text().startswith("So 15.02.2026, erfüllt: ")


def test_an_empty_caseload_says_so_and_offers_to_add_somebody(qtbot, present, tmp_path):
    context = stores.create_caseload(tmp_path / "leer.kkd", Passphrase("vier leere Wörter"), DAY)
    page = AuswertungPage(Session(context))
    present(page)
    qtbot.waitUntil(lambda: not page.is_working(), timeout=20_000)

    assert page.empty.text.text() == "Im Fallbestand ist noch niemand erfasst."
    assert not page.save_button.isEnabled()
    with qtbot.waitSignal(page.client_wanted):
        qtbot.mouseClick(page.empty.button, LEFT)
    context.store.close()


def test_a_concept_that_does_not_hold_is_said_and_nothing_is_drawn_as_zero(qtbot, page, session):
    before = page.answer()
    session.perform(lambda context: policies.choose(context, "ue2019"))
    qtbot.waitUntil(lambda: page.answer() is not before, timeout=20_000)

    assert "abgelaufen" in page.banner.text.text()
    card = page.view.card(MONTHS)
    assert card.nothing.isVisible()
    assert not card.view.isVisible()
    assert "Nicht im Ist" in page.view.besides.text()


def test_shares_have_a_line_each_and_what_is_asked_at_its_end(qtbot, page, session):
    before = page.answer()
    session.perform(lambda context: policies.choose(context, "ffm2017"))
    qtbot.waitUntil(lambda: page.answer() is not before, timeout=20_000)
    qtbot.waitUntil(page.view.is_complete)

    card = next(c for c in page.view.cards if c.view.chart.id.startswith("anteile"))
    ends = {end.name: end.figure for end in card.view._drawing.ends()}

    assert card.view.chart.kind is ChartKind.LINES
    assert [figure.rpartition(" von ")[2] for figure in ends.values()] == ["45 %", "80 %", "95 %"]


def test_with_names_a_table_is_saved_with_a_warning(qtbot, page, places, session):
    qtbot.mouseClick(page.save_button, LEFT)
    dialog = dialog_of(page)
    assert dialog.warning.isVisible()
    assert not dialog.kind.button("json").isEnabled()
    qtbot.mouseClick(dialog.kind.button("csv"), LEFT)

    with qtbot.waitSignal(session.done, timeout=20_000) as done:
        qtbot.mouseClick(dialog.save_button, LEFT)

    path = places.folder / "auswertung-2026-bis-2026-11-20.csv"
    client = casework.all_clients(session.context)[0]
    assert places.proposed == [path.name]
    assert client.last_name in path.read_text(encoding="utf-8-sig")
    assert "nicht verschlüsselt" in done.args[0]


def test_for_the_team_leader_nobody_stands_in_the_file(qtbot, page, places, session):
    qtbot.keyClick(page, Qt.Key.Key_S, CTRL)
    dialog = dialog_of(page)
    qtbot.mouseClick(dialog.people.button("nameless"), LEFT)
    qtbot.mouseClick(dialog.kind.button("json"), LEFT)
    assert not dialog.warning.isVisible()
    dialog.month.field.setCurrentIndex(2)
    qtbot.waitUntil(dialog.isActiveWindow)

    with qtbot.waitSignal(session.done, timeout=20_000):
        qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)

    path = places.folder / "auswertung-2026-10-ohne-personen.json"
    text = path.read_text(encoding="utf-8")
    assert [month["month"] for month in json.loads(text)["months"]] == [10]
    for client in casework.all_clients(session.context):
        assert client.last_name not in text
        assert client.number not in text


def test_a_wish_to_save_waits_for_the_figures(qtbot, session, present, places):
    page = AuswertungPage(session, places=places)
    present(page)
    assert page.is_working()

    page.save()
    worked_out(qtbot, page)

    assert dialog_of(page).save_button.isVisible()
    dialog_of(page).reject()


def test_going_back_to_names_gives_up_the_file_without_any(qtbot, page):
    qtbot.mouseClick(page.save_button, LEFT)
    dialog = dialog_of(page)
    qtbot.mouseClick(dialog.people.button("nameless"), LEFT)
    qtbot.mouseClick(dialog.kind.button("json"), LEFT)
    qtbot.mouseClick(dialog.people.button("named"), LEFT)

    assert dialog.kind.value() == "pdf"
    assert not dialog.month.isEnabled()
    dialog.reject()


def test_a_place_that_cannot_be_written_to_is_said_in_the_dialog(qtbot, page, places):
    places.folder = places.folder / "gibt-es-nicht"
    qtbot.mouseClick(page.save_button, LEFT)
    dialog = dialog_of(page)

    qtbot.mouseClick(dialog.save_button, LEFT)
    qtbot.waitUntil(dialog.error.isVisible, timeout=20_000)

    assert dialog.isVisible()
    dialog.reject()


def test_the_preview_shows_the_very_pdf_with_and_without_people(qtbot, page):
    qtbot.keyClick(page, Qt.Key.Key_P, CTRL)
    dialog = dialog_of(page)
    qtbot.waitUntil(lambda: bool(dialog.pdf), timeout=30_000)
    named = dialog.pdf

    qtbot.mouseClick(dialog.people.button("nameless"), LEFT)
    qtbot.waitUntil(lambda: dialog.pdf != named, timeout=30_000)

    assert named.startswith(b"%PDF")
    assert dialog.pdf.startswith(b"%PDF")
    dialog.reject()


@pytest.mark.parametrize("people", ["named", "nameless"])
def test_a_report_of_a_past_day_says_when_it_was_made(qtbot, page, people):
    page.until.field.set_day(date(2026, 6, 30))
    qtbot.waitUntil(lambda: page.answer().report.until == date(2026, 6, 30), timeout=20_000)
    page.print_out()
    dialog = dialog_of(page)
    qtbot.mouseClick(dialog.people.button(people), LEFT)
    qtbot.waitUntil(lambda: bool(dialog.pdf), timeout=30_000)

    first = pypdfium2.PdfDocument(dialog.pdf)[0].get_textpage().get_text_range()
    dialog.reject()

    assert "erstellt am 20.11.2026" in first


@pytest.fixture
def team(qtbot, page, places):
    """The dialog with the files of two colleagues chosen."""
    found = page.answer().report
    for name, month in (("eins.json", 9), ("zwei.json", 10)):
        report.write_pseudonymous(found, places.folder / name, DAY, month)
        places.chosen.append(places.folder / name)
    qtbot.mouseClick(page.team_button, LEFT)
    dialog = dialog_of(page)
    yield dialog
    dialog.reject()


def test_files_of_a_team_become_one_report_with_its_charts(qtbot, team, page, places, session):
    qtbot.mouseClick(team.choose_button, LEFT)
    qtbot.waitUntil(lambda: team.report is not None, timeout=20_000)
    qtbot.waitUntil(team.view.is_complete)

    months = [each for each in page.answer().report.months if each.month in (9, 10)]
    ist = sum(month.ist for month in months)
    said = {each.title.text(): each.figure.text() for each in team.view.headline.figures}
    assert said["Ist"] == str(ist)
    assert "nur aus 1 von 2 Dateien" in team.banner.text.text()
    chart = team.view.card(MONTHS).view.chart
    assert [Fraction(p.value) for p in chart.series[0].points] == [m.soll for m in months]
    assert team.view.left_out.numbers.model().rowCount() == 2

    places.ending = ".xlsx"
    with qtbot.waitSignal(session.done, timeout=20_000):
        qtbot.mouseClick(team.save_button, LEFT)
    assert (places.folder / "team-2026.xlsx").read_bytes()[:2] == b"PK"


def test_a_broken_file_is_said_and_can_be_taken_out_again(qtbot, team, places):
    broken = places.folder / "urlaub.json"
    broken.write_text("{}", encoding="utf-8")
    places.chosen.append(broken)
    qtbot.mouseClick(team.choose_button, LEFT)
    qtbot.waitUntil(team.error.isVisible, timeout=20_000)
    assert team.error.text.text().startswith("urlaub.json: ")
    assert not team.save_button.isEnabled()

    team.list.setCurrentRow(2)
    qtbot.keyClick(team.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: team.report is not None, timeout=20_000)

    assert not team.error.isVisible()
    assert team.list.count() == 2


def test_the_team_has_no_more_room_than_the_window_it_belongs_to(page, session, places):
    page.resize(1000, 700)

    team = TeamReportDialog(session, places, page)

    assert team.size().boundedTo(page.size()) == team.size()
    team.deleteLater()


def test_the_same_file_is_there_once(qtbot, team):
    for _ in range(2):
        qtbot.mouseClick(team.choose_button, LEFT)
        written(qtbot, team)

    assert team.list.count() == 2


def test_the_report_of_a_team_is_looked_at_before_it_is_printed(qtbot, team):
    qtbot.mouseClick(team.choose_button, LEFT)
    qtbot.waitUntil(lambda: team.report is not None, timeout=20_000)

    qtbot.mouseClick(team.print_button, LEFT)
    preview = next(d for d in team.findChildren(QDialog) if d.isVisible())
    qtbot.waitUntil(lambda: bool(preview.pdf), timeout=30_000)

    assert preview.pdf.startswith(b"%PDF")
    preview.reject()


def test_a_file_without_any_month_is_shown_without_any_figure(qtbot, team, places):
    empty = places.folder / "leer.json"
    whole = json.loads((places.folder / "eins.json").read_text(encoding="utf-8"))
    empty.write_text(json.dumps({**whole, "months": []}), encoding="utf-8")
    places.chosen[:] = [empty]

    qtbot.mouseClick(team.choose_button, LEFT)
    qtbot.waitUntil(lambda: team.report is not None, timeout=20_000)
    qtbot.waitUntil(team.view.is_complete)

    assert all(card.nothing.isVisibleTo(card) for card in team.view.cards)


@pytest.mark.parametrize("accepted", [True, False])
def test_several_files_are_asked_for_at_once(qtbot, page, monkeypatch, tmp_path, accepted):
    paths = [tmp_path / "eins.json", tmp_path / "zwei.json"]
    code = QDialog.DialogCode.Accepted if accepted else QDialog.DialogCode.Rejected
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: code)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda dialog: [str(p) for p in paths])

    found = PlaceChooser().several(page, "Monatsdateien wählen", "Monatsdatei (*.json)")

    assert found == (paths if accepted else [])


@pytest.fixture
def workplace(qtbot, session, tmp_path):
    settings = QSettings(str(tmp_path / "fenster.ini"), QSettings.Format.IniFormat)
    workplace = Workplace(session, settings)
    with qtbot.waitSignal(workplace.settling):
        workplace.window.show()
    yield workplace
    workplace.close()


def test_the_page_stands_between_einladungen_and_konzepte(workplace):
    rail = workplace.window.rail
    words = [each.text() for each in rail.findChildren(QAbstractButton)]

    assert words[3:6] == ["Einladungen", "Auswertung", "Konzepte"]


def test_the_people_behind_a_figure_are_shown_among_the_kunden(qtbot, workplace):
    workplace.window.activateWindow()
    qtbot.waitUntil(workplace.window.isActiveWindow)
    qtbot.keyClick(workplace.window, Qt.Key.Key_5, CTRL)
    page = workplace.window.page("auswertung")
    worked_out(qtbot, page)
    late = page.answer().report.days[-1].standings[Standing.OVERDUE]
    figure = next(f for f in page.view.headline.figures if f.title.text() == "Überfällig")

    qtbot.mouseClick(figure.button, LEFT)

    assert workplace.window.current_page() == "kunden"
    kunden = workplace.window.page("kunden")
    assert {row.id for row in kunden.model.rows()} == set(late)
