"""Who fills the gap of a share, and who is left out: opened from the card of the start page."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from kkd_desktop import paths
from kkd_desktop.actions import policies, quotas
from kkd_desktop.domain import texts
from kkd_desktop.domain.values import replace
from kkd_desktop.gui.dialogs.shares import FILLERS, LEFT_OUT, SharesDialog
from kkd_desktop.gui.models.shares import ahead_text, last_text, since_text, waiting_text
from kkd_desktop.gui.pages.heute import HeutePage
from kkd_desktop.gui.widgets.figures import QuotaCard
from kkd_desktop.gui.workplace import Workplace
from kkd_desktop.policyfiles.shelf import Shelf

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
TODAY = date(2026, 11, 20)


@pytest.fixture
def context(session):
    """Under Frankfurt: shares for those over and those under 25."""
    policies.choose(session.context, "ffm2017")
    return session.context


@pytest.fixture
def populations(context):
    return quotas.quotas(context).populations


@pytest.fixture
def dialog(qtbot, populations):
    dialog = SharesDialog(populations, TODAY)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def cells(table):
    model = table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def gap(populations):
    """The first share that is not reached."""
    return next(
        (each, share) for each in populations for share in each.shares if share.quota.missing
    )


def test_the_card_leads_to_the_names_by_click(session, context, present, qtbot):
    page = HeutePage(session)
    page.resize(1172, 808)
    present(page)
    qtbot.waitUntil(page.proposer.is_done)

    qtbot.mouseClick(page.side.quotas.names_button, LEFT)

    (found,) = page.findChildren(SharesDialog)
    assert page.side.quotas.names_button.text() == "Wer füllt die Lücke? …"
    assert [row[:2] for row in cells(found.shares)] == [
        ["Ü25, arbeitslos", "45 % innerhalb von einem Monat"],
        ["Ü25, arbeitslos", "80 % innerhalb von 3 Monaten"],
        ["Ü25, arbeitslos", "95 % innerhalb von 6 Monaten"],
        ["U25, arbeitslos", "80 % innerhalb von einem Monat"],
    ]
    found.reject()


def test_the_card_leads_to_the_names_by_the_keyboard_alone(session, context, present, qtbot):
    page = HeutePage(session)
    page.resize(1172, 808)
    present(page)
    qtbot.waitUntil(page.proposer.is_done)
    page.worklist.setFocus()
    button = page.side.quotas.names_button
    qtbot.waitUntil(button.isVisible)

    for _ in range(20):
        if button.hasFocus():
            break
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert button.hasFocus()
    assert not button.visibleRegion().isEmpty()
    qtbot.keyClick(button, Qt.Key.Key_Space)

    (found,) = page.findChildren(SharesDialog)
    qtbot.waitUntil(found.isActiveWindow)
    assert found.shares.hasFocus()
    qtbot.keyClick(found.shares, Qt.Key.Key_Escape)
    assert not found.isVisible()


def test_without_shares_there_is_nothing_to_ask(session, present):
    page = HeutePage(session)
    present(page)

    assert page.side.quotas.isHidden()


def test_the_names_are_those_that_fill_the_first_gap_soonest(dialog, populations):
    population, share = gap(populations)

    assert dialog.chosen().standing == share
    assert [row[0] for row in cells(dialog.fillers)] == [each.client.name for each in share.fillers]
    for row, filler in zip(cells(dialog.fillers), share.fillers, strict=True):
        day = texts.weekday_day(filler.by)
        assert row[1:4] == [
            day if filler.planned else f"ab {day}",
            "vereinbart" if filler.planned else "einzuladen",
            last_text(filler),
        ]
    assert len(population.shares) == len(cells(dialog.shares)) - 1


def test_the_arrows_go_from_share_to_share_and_populations_stay_apart(dialog, populations, qtbot):
    qtbot.keyClick(dialog.shares, Qt.Key.Key_End, CONTROL)

    under = populations[1]
    assert dialog.chosen().population.rule.title == "U25, arbeitslos"
    assert [row[0] for row in cells(dialog.fillers)] == [
        each.client.name for each in under.shares[0].fillers
    ]
    assert [row[0] for row in cells(dialog.left_out)] == [
        each.client.name for each in under.left_out
    ]


def test_who_is_left_out_is_told_with_since_when_and_what_comes(dialog, populations, qtbot):
    qtbot.mouseClick(dialog.view.button(LEFT_OUT), LEFT)

    population = populations[0]
    assert population.left_out
    assert cells(dialog.left_out) == [
        [
            each.client.name,
            since_text(each),
            waiting_text(each, TODAY),
            ahead_text(each, population.filling),
        ]
        for each in population.left_out
    ]
    assert dialog.left_out.isVisible()
    assert "Seit über 6 Monaten oder noch nie gesehen." in dialog.lead.text()


def test_those_whom_nothing_brings_here_are_loud(dialog, populations):
    forgotten = {each.client.id for each in populations[0].forgotten}
    model = dialog.left_out.model()

    loud = {
        model.row(model.index(row, 0)).client.id
        for row in range(model.rowCount())
        if model.index(row, 3).data() == "kein Termin, füllt keine Lücke"
    }

    assert loud == forgotten


def test_enter_goes_to_the_names_and_then_opens_the_file(dialog, populations, qtbot):
    _, share = gap(populations)

    qtbot.keyClick(dialog.shares, Qt.Key.Key_Return)
    assert dialog.fillers.hasFocus()
    qtbot.keyClick(dialog.fillers, Qt.Key.Key_End, CONTROL)
    with qtbot.waitSignal(dialog.client_opened) as opened:
        qtbot.keyClick(dialog.fillers, Qt.Key.Key_Return)

    assert opened.args == [share.fillers[-1].client.id]
    assert not dialog.isVisible()


def test_a_double_click_opens_the_file_of_someone_left_out(dialog, populations, qtbot):
    qtbot.mouseClick(dialog.view.button(LEFT_OUT), LEFT)
    place = dialog.left_out.visualRect(dialog.left_out.model().index(0, 0)).center()
    qtbot.mouseClick(dialog.left_out.viewport(), LEFT, pos=place)

    with qtbot.waitSignal(dialog.client_opened) as opened:
        qtbot.mouseDClick(dialog.left_out.viewport(), LEFT, pos=place)

    assert opened.args == [populations[0].left_out[0].client.id]


def test_everything_can_be_copied_from_any_of_the_tables(dialog, populations, qtbot):
    qtbot.keyClick(dialog.shares, Qt.Key.Key_Return)
    qtbot.keyClick(dialog.fillers, Qt.Key.Key_C, CONTROL)

    said = QGuiApplication.clipboard().text()
    assert said.startswith("Anteile im Bestand am 20.11.2026\n\nÜ25, arbeitslos\n45 % innerhalb")
    for population in populations:
        assert population.rule.title in said
        for share in population.shares:
            assert all(each.client.number in said for each in share.fillers)
        assert all(each.client.number in said for each in population.left_out)
    assert dialog.copy_button.text() == "Kopiert"


def reached(population):
    """The population after everybody was met yesterday."""
    shares = tuple(
        replace(share, quota=replace(share.quota, met=population.number))
        for share in population.shares
    )
    return replace(population, shares=shares)


def test_a_share_that_is_reached_needs_nobody(qtbot, populations):
    over, under = populations
    dialog = SharesDialog((reached(over), under), TODAY)
    qtbot.addWidget(dialog)
    dialog.show()

    dialog.shares.selectRow(0)
    dialog.view.set_value(FILLERS)

    assert dialog.nobody.isVisible()
    assert dialog.nobody.title.text() == "Dieser Anteil ist erreicht"
    assert not dialog.lead.isVisible()


def test_where_all_is_reached_those_left_out_come_first(qtbot, populations):
    found = [reached(each) for each in populations]
    dialog = SharesDialog(found, TODAY)
    qtbot.addWidget(dialog)
    dialog.show()

    assert dialog.view.value() == LEFT_OUT
    assert dialog.left_out.isVisible()


def test_where_all_is_reached_the_card_asks_for_those_left_out(qtbot, populations):
    card = QuotaCard()
    qtbot.addWidget(card)

    card.show_quotas([reached(each) for each in populations])

    assert card.names_button.text() == "Wen sah lange niemand? …"
    card.show_quotas([replace(reached(each), left_out=()) for each in populations])
    assert card.names_button.isHidden()


def test_several_policies_are_told_apart(qtbot, session, tmp_path):
    text = (paths.policies() / "ffm2017.toml").read_text(encoding="utf-8")
    text = text.replace('"ffm2017"', '"muster"').replace('"Frankfurt 2017"', '"Musterstadt"')
    (tmp_path / "muster.toml").write_text(text, encoding="utf-8")
    session.context.shelf = Shelf((paths.policies(), tmp_path))
    policies.choose(session.context, "ffm2017", "muster")

    dialog = SharesDialog(quotas.quotas(session.context).populations, TODAY)
    qtbot.addWidget(dialog)

    titles = list(dict.fromkeys(row[0] for row in cells(dialog.shares)))
    assert titles == [
        "Ü25, arbeitslos · Frankfurt 2017",
        "U25, arbeitslos · Frankfurt 2017",
        "Ü25, arbeitslos · Musterstadt",
        "U25, arbeitslos · Musterstadt",
    ]


def test_from_the_card_to_the_file_of_a_client(session, context, qtbot, tmp_path):
    stored = QSettings(str(tmp_path / "fenster.ini"), QSettings.Format.IniFormat)
    workplace = Workplace(session, stored)
    settled = []
    workplace.settling.connect(lambda: settled.append(True))
    workplace.window.show()
    workplace.window.activateWindow()
    qtbot.waitUntil(lambda: bool(settled) and workplace.window.isActiveWindow())
    page = workplace.window.page("heute")
    page.side.quotas.names_button.click()
    (dialog,) = page.findChildren(SharesDialog)
    first = dialog.chosen().standing.fillers[0].client

    qtbot.keyClick(dialog.shares, Qt.Key.Key_Return)
    qtbot.keyClick(dialog.fillers, Qt.Key.Key_Return)

    assert workplace.window.current_page() == "akte"
    assert workplace.window.page("akte").current_client_id() == first.id
    with qtbot.waitSignal(workplace.window.destroyed):
        workplace.close()


def test_every_part_has_a_name_for_a_screen_reader(dialog):
    assert dialog.shares.accessibleName() == "Anteile"
    assert dialog.fillers.accessibleName() == "Wer die Lücke füllt: Ü25, arbeitslos"
    assert dialog.left_out.accessibleName() == "Wen lange niemand gesehen hat: Ü25, arbeitslos"
    people = len(cells(dialog.fillers))
    assert dialog.view.button(FILLERS).accessibleName() == (
        f"Wer die Lücke füllt, {texts.counted(people, 'Person', 'Personen')}"
    )


def test_a_low_window_leaves_room_for_both_tables(qtbot, session, context, populations):
    page = HeutePage(session)
    page.resize(1024, 700)
    qtbot.addWidget(page)

    dialog = SharesDialog(populations, TODAY, page)
    dialog.show()

    assert dialog.height() <= 700
    assert dialog.fillers.viewport().height() >= 3 * 36
    assert dialog.rect().contains(dialog.mapFromGlobal(dialog.lead.mapToGlobal(QPoint(0, 0))))
