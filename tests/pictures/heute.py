"""How does Heute look: the worklist, its reasons, the day, and what stands beside it?"""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from kkd_desktop.domain.hours import Leave
from kkd_desktop.domain.values import replace
from kkd_desktop.domain.worklist import GroupId
from tests.pictures.akte import akte_long_name, akte_until_event, booked_together, household
from tests.pictures.desk import Desk, Scene, until
from tests.pictures.konzepte import with_set
from tests.pictures.kunden import save_searches


def heute(desk: Desk) -> QWidget:
    desk.heute()
    return desk.window


def heute_proposal(desk: Desk) -> QWidget:
    desk.heute().worklist.choose(desk.waiting().client.id)
    return desk.window


def heute_part_week(desk: Desk) -> QWidget:
    """A week with a day off, under a concept that asks for a number of talks."""
    leave = (Leave(date(2026, 11, 18), date(2026, 11, 18), "Fortbildung"),)
    hours = replace(desk.session.context.settings.hours, absences=leave)
    desk.session.perform(lambda context: context.change_settings(hours=hours))
    prolonged = {"ue2019": date(2026, 12, 31)}
    desk.choose_concept("ue2019")
    desk.session.perform(lambda context: context.change_settings(prolonged=prolonged))
    desk.heute()
    return desk.window


def heute_left_out(desk: Desk) -> QWidget:
    page = desk.heute()
    page.heading.why.click()
    return desk.window


def heute_agreed(desk: Desk) -> QWidget:
    page = desk.heute()
    page.worklist.choose(desk.waiting().client.id)
    page.book_proposed()
    until(page.proposer.is_done)
    return desk.window


def heute_under_way(desk: Desk) -> QWidget:
    """Three decided with one key each, the fourth is asked for."""
    page = desk.heute()
    page.worklist.setFocus()
    page.worklist.choose(desk.waiting().client.id)
    for _ in range(3):
        QTest.keyClick(page.worklist, Qt.Key.Key_V)
        until(page.proposer.is_done)
    return desk.window


def heute_expired(desk: Desk) -> QWidget:
    desk.heute()
    desk.choose_concept("ue2019")
    return desk.window


def heute_frankfurt(desk: Desk) -> QWidget:
    desk.choose_concept("ffm2017")
    desk.heute()
    return desk.window


def heute_shares(desk: Desk) -> QWidget:
    heute_frankfurt(desk)
    desk.heute().side.quotas.names_button.setFocus(Qt.FocusReason.TabFocusReason)
    desk.heute().side.ensureWidgetVisible(desk.heute().side.quotas)
    return desk.window


def heute_searches(desk: Desk) -> QWidget:
    save_searches(desk)
    page = desk.heute()
    until(page.side.searches.is_counted)
    return desk.window


def heute_long_name(desk: Desk) -> QWidget:
    akte_long_name(desk)
    return heute_proposal(desk)


def heute_set(desk: Desk) -> QWidget:
    with_set(desk)
    desk.heute()
    return desk.window


def heute_until_event(desk: Desk) -> QWidget:
    akte_until_event(desk)
    page = desk.heute()
    page.heading.why.click()
    page.not_listed.links[GroupId.RESTING].click()
    until(page.proposer.is_done)
    page.worklist.scrollToBottom()
    return desk.window


def heute_together(desk: Desk) -> QWidget:
    client = household(desk).client
    desk.heute().worklist.choose(client.id)
    return desk.window


def heute_joint(desk: Desk) -> QWidget:
    booked_together(desk)
    page = desk.heute()
    page.day.setFocus()
    page.day.setCurrentIndex(page.day.list_model.index(page.day.list_model.rowCount() - 1))
    return desk.window


SCENES: dict[str, Scene] = {
    "heute": heute,
    "heute-anteilig": heute_part_week,
    "heute-nicht-enthalten": heute_left_out,
    "heute-vereinbart": heute_agreed,
    "heute-unterwegs": heute_under_way,
    "heute-abgelaufen": heute_expired,
    "heute-frankfurt": heute_frankfurt,
    "heute-lange-namen": heute_long_name,
    "heute-zusammenstellung": heute_set,
    "heute-anteile": heute_shares,
    "heute-suchen": heute_searches,
    "heute-gemeinsam": heute_together,
    "heute-gemeinsames-gespraech": heute_joint,
    "heute-ereignis": heute_until_event,
}
