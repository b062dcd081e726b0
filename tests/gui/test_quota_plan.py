"""The fewest talks that reach the shares: opened from the shares and the palette, by keys alone."""

from datetime import date
from time import sleep
from unittest.mock import patch

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from kkd_desktop.actions import policies, quota_planning, stores
from kkd_desktop.actions.quota_planning import QuotaOptions
from kkd_desktop.actions.secrets import Passphrase, key_of
from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.planning import Stage
from kkd_desktop.domain.policy import Measured
from kkd_desktop.domain.quota_plan_text import headline, omission, since_text
from kkd_desktop.gui import tasks, theme
from kkd_desktop.gui.dialogs.quota_plan import LEFT_OUT, QuotaPlanDialog
from kkd_desktop.gui.dialogs.shares import SharesDialog
from kkd_desktop.gui.pages.woche import WochePage
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.workplace import Workplace

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
DEMO_DAY, PASSPHRASE = date(2026, 11, 20), Passphrase("nur zum Ausprobieren")


@pytest.fixture
def context(session):
    policies.choose(session.context, "ffm2017")
    return session.context


@pytest.fixture
def dialog(qtbot, session, context):
    dialog = QuotaPlanDialog(session)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.waitUntil(lambda: not dialog.is_working())
    yield dialog
    dialog.reject()
    qtbot.waitUntil(lambda: not tasks.is_working())


def expected(context, measured, until):
    (found,) = quota_planning.make(context, QuotaOptions(measured, until=until)).plans
    return found


def cells(table):
    model = table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_it_begins_with_the_reading_of_the_policy_over_four_weeks(dialog, context):
    plan = expected(context, Measured.EVERY_DAY, date(2026, 12, 18))

    assert dialog.reading.value() == "every_day"
    assert dialog.until.currentText() == "4 Wochen, bis 18.12.2026"
    assert dialog.answer.text() == headline(plan, plan.result)
    assert "So liest es das Konzept." in dialog.note.text()
    assert {row[1] for row in cells(dialog.steps)} == {
        plan.clients[each.client_id].name for each in plan.result.steps
    }
    days = [each.day for each in plan.result.steps]
    assert [row[0] for row in cells(dialog.steps)] == [texts.weekday_day(day) for day in days]


def test_another_reading_is_chosen_by_the_arrows_and_another_end_by_letters(dialog, context, qtbot):
    assert dialog.reading.button("every_day").hasFocus()

    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: not dialog.is_working())
    assert dialog.until.currentText() == "bis 30.11.2026"
    dialog.until.setFocus()
    qtbot.keyClick(dialog.until, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: not dialog.is_working())

    plan = expected(context, Measured.MONTH_END, date(2026, 12, 31))
    assert dialog.answer.text() == headline(plan, plan.result)
    assert len(cells(dialog.steps)) == len(plan.result.steps)


def test_who_is_left_out_is_told_with_since_when_and_why(dialog, context, qtbot):
    qtbot.mouseClick(dialog.reading.button("calendar_month"), LEFT)
    qtbot.waitUntil(lambda: not dialog.is_working())
    qtbot.mouseClick(dialog.view.button(LEFT_OUT), LEFT)

    plan = expected(context, Measured.CALENDAR_MONTH, date(2026, 11, 30))
    assert plan.result.left_out
    assert dialog.left_out.isVisible()
    assert cells(dialog.left_out) == [
        [plan.clients[each.client_id].name, since_text(each), omission(each)]
        for each in plan.result.left_out
    ]


def test_a_screen_reader_hears_the_bars(dialog, context):
    plan = expected(context, Measured.EVERY_DAY, date(2026, 12, 18))

    said = dialog.bars.accessibleDescription().split("\n")

    assert len(said) == len([each for each in plan.result.tiers if each.end.population])
    assert said[0].startswith("Ü25, arbeitslos, 45 % in 1 Monat: ")
    assert "heute " in said[0]


def test_a_bar_that_reaches_the_line_is_full_and_another_empty(dialog, context, qtbot):
    plan = expected(context, Measured.EVERY_DAY, date(2026, 12, 18))
    tier = plan.result.tiers[0]
    figures = [tier.now, *(week.end[0] for week in plan.result.weeks)]
    assert {bool(each.missing) for each in figures} == {False, True}
    image = dialog.bars.grab().toImage()
    slot = (dialog.bars.width() - 150 - 190) / len(figures)
    # A few pixels above the ground of the first row, in the middle of each bar.
    height = round(dialog.bars._row) - 8

    inside = [
        image.pixelColor(round(150 + (place + 0.5) * slot), height).name()
        for place in range(len(figures))
    ]

    colours = theme.current()
    assert inside == [colours.surface if each.missing else colours.accent for each in figures]


def test_control_enter_plans_talks_with_exactly_these_people(dialog, context, qtbot):
    plan = expected(context, Measured.EVERY_DAY, date(2026, 12, 18))

    with qtbot.waitSignal(dialog.plan_wanted) as wanted:
        qtbot.keyClick(dialog.steps, Qt.Key.Key_Return, CONTROL)

    assert wanted.args == [plan.result.people]
    assert not dialog.isVisible()


def test_the_people_in_sight_become_a_list(dialog, context, qtbot):
    qtbot.mouseClick(dialog.reading.button("calendar_month"), LEFT)
    qtbot.waitUntil(lambda: not dialog.is_working())
    qtbot.mouseClick(dialog.view.button(LEFT_OUT), LEFT)
    plan = expected(context, Measured.CALENDAR_MONTH, date(2026, 11, 30))

    with qtbot.waitSignal(dialog.people_wanted) as wanted:
        qtbot.mouseClick(dialog.list_button, LEFT)

    left = frozenset(each.client_id for each in plan.result.left_out)
    assert wanted.args == [left, "Plan für die Anteile: bleiben übrig"]


def test_enter_opens_the_file(dialog, qtbot):
    first = dialog.steps.model().row(dialog.steps.model().index(0, 0)).client
    dialog.steps.setFocus()

    with qtbot.waitSignal(dialog.client_opened) as opened:
        qtbot.keyClick(dialog.steps, Qt.Key.Key_Return)

    assert opened.args == [first.id]


def test_all_of_it_can_be_copied(dialog, qtbot):
    qtbot.keyClick(dialog.steps, Qt.Key.Key_C, CONTROL)

    said = QGuiApplication.clipboard().text()
    assert said.startswith(f"Frankfurt 2017\n{dialog.answer.text()}\n")
    assert all(row[1] in said for row in cells(dialog.steps))


def until_cancelled(watch):
    while True:
        watch(0, 1, Stage.CASELOAD)
        sleep(0.005)


@pytest.mark.parametrize("refused", [True, False])
def test_a_plan_of_another_question_is_neither_shown_nor_copied(dialog, qtbot, refused):
    QGuiApplication.clipboard().setText("davor")

    def prepare(context, options):
        if refused:
            raise UserError("Bis: vor dem 18.12.2026 endet kein Monat.")
        return until_cancelled

    with patch.object(quota_planning, "prepare", prepare):
        qtbot.keyClick(dialog.reading.button("every_day"), Qt.Key.Key_Right)
        qtbot.keyClick(dialog, Qt.Key.Key_C, CONTROL)

    assert not dialog.plan_button.isEnabled()
    assert not dialog.steps.isVisible()
    assert QGuiApplication.clipboard().text() == "davor"


def test_closing_gives_up_what_is_under_way(session, context, qtbot):
    dialog = QuotaPlanDialog(session)
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.is_working()
    assert dialog.bar.isVisible()
    assert not dialog.plan_button.isEnabled()

    qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    assert not dialog.isVisible()
    assert not dialog.is_working()
    qtbot.waitUntil(lambda: not tasks.is_working())


def test_a_refusal_is_one_sentence_in_the_dialog(dialog, qtbot):
    with patch.object(quota_planning, "prepare", side_effect=UserError("So geht es nicht.")):
        qtbot.mouseClick(dialog.reading.button("month_end"), LEFT)

    assert dialog.error.isVisible()
    assert "So geht es nicht." in dialog.error.accessibleName() + dialog.error.text.text()


def test_without_shares_it_says_so(session, qtbot):
    dialog = QuotaPlanDialog(session)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: not dialog.is_working())

    assert dialog.answer.text() == "Kein geltendes Konzept nennt Anteile am Bestand."
    assert not dialog.plan_button.isEnabled()
    assert not dialog.reading.isVisible()


@pytest.fixture
def workplace(session, context, qtbot, tmp_path):
    stored = QSettings(str(tmp_path / "fenster.ini"), QSettings.Format.IniFormat)
    workplace = Workplace(session, stored)
    settled = []
    workplace.settling.connect(lambda: settled.append(True))
    workplace.window.show()
    workplace.window.activateWindow()
    qtbot.waitUntil(lambda: bool(settled) and workplace.window.isActiveWindow())
    yield workplace
    qtbot.waitUntil(lambda: not tasks.is_working())
    with qtbot.waitSignal(workplace.window.destroyed):
        workplace.close()


def test_from_the_shares_to_the_list_of_people(workplace, qtbot):
    page = workplace.window.page("heute")
    page.side.quotas.names_button.click()
    (shares,) = page.findChildren(SharesDialog)
    qtbot.mouseClick(shares.plan_button, LEFT)
    (dialog,) = workplace.window.findChildren(QuotaPlanDialog)
    qtbot.waitUntil(lambda: not dialog.is_working())
    people = {row[1] for row in cells(dialog.steps)}

    qtbot.mouseClick(dialog.list_button, LEFT)

    assert workplace.window.current_page() == "kunden"
    shown = cells(workplace.window.page("kunden").table)
    assert people
    assert len(shown) == len(people)


def test_the_palette_knows_it(workplace):
    hits = {hit.id: hit for hit in workplace._commands()}

    assert hits["shares.plan"].title == "Plan für die Anteile …"
    assert hits["shares.plan"].applies()


def test_from_the_plan_for_the_shares_to_a_plan_of_the_calendar(workplace, context, qtbot):
    workplace.plan_quotas()
    (dialog,) = workplace.window.findChildren(QuotaPlanDialog)
    qtbot.waitUntil(lambda: not dialog.is_working())
    plan = expected(context, Measured.EVERY_DAY, date(2026, 12, 18))

    with patch.object(WochePage, "propose_plan") as proposed:
        qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)

    assert workplace.window.current_page() == "woche"
    proposed.assert_called_once_with(plan.result.people)


def test_where_the_shares_are_for_nobody_there_is_no_picture_of_nothing(qtbot, tmp_path):
    path = tmp_path / "leer.kkd"
    stores.create_caseload(path, PASSPHRASE, DEMO_DAY).store.close()
    with stores.open_caseload(path, key_of(path, PASSPHRASE), DEMO_DAY) as empty:
        policies.choose(empty, "ffm2017")
        dialog = QuotaPlanDialog(Session(empty))
        qtbot.addWidget(dialog)
        dialog.open()
        qtbot.waitUntil(lambda: not dialog.is_working())

        assert dialog.answer.text() == "Für niemanden im Bestand gelten diese Anteile."
        assert not dialog.bars.isVisible()
        assert not dialog.plan_button.isEnabled()
        dialog.reject()
        qtbot.waitUntil(lambda: not tasks.is_working())
