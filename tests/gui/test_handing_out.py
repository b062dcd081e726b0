"""Appointments leave the window one by one: dragged with the mouse, copied and saved with keys."""

import os
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDrag, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from kkd_desktop.actions import appointments, calendar_export, files
from kkd_desktop.domain.calendar_form import Preparation
from kkd_desktop.gui import handing_out
from kkd_desktop.gui.delegates.day import cap_at
from kkd_desktop.gui.pages.einladungen import EinladungenPage, Period
from kkd_desktop.gui.pages.heute import HeutePage

LEFT = Qt.MouseButton.LeftButton
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
TODAY = date(2026, 11, 20)


class Places:
    def __init__(self, folder):
        self.chosen = folder
        self.names = []

    def file(self, parent, title, name, kind):
        self.names.append(name)
        return self.chosen / name

    def folder(self, parent, title):
        return self.chosen / "einzeln"


class Desktop:
    """The other end of a drag: offscreen there is no window system that would carry it."""

    def __init__(self):
        self.accepts = Qt.DropAction.CopyAction
        self.own_field = None
        self.files = {}
        self.calendar = b""

    def take(self, drag):
        """What was carried is read the moment it is let go, as another program does."""
        data = drag.mimeData()
        paths = [Path(url.toLocalFile()) for url in data.urls()]
        self.files = {path: path.read_bytes() for path in paths}
        self.calendar = bytes(data.data("text/calendar").data())
        return self.accepts


@pytest.fixture
def desktop(monkeypatch):
    desktop = Desktop()
    monkeypatch.setattr(QDrag, "exec", lambda drag, action: desktop.take(drag))
    monkeypatch.setattr(QDrag, "target", lambda drag: desktop.own_field)
    return desktop


@pytest.fixture
def places(tmp_path):
    return Places(tmp_path)


@pytest.fixture
def page(session, present, places):
    page = EinladungenPage(session, places=places)
    page.resize(1200, 700)
    present(page)
    page.show_period(Period.UPCOMING)
    return page


def open_ones(session):
    booked = appointments.between(session.context, TODAY + timedelta(days=1), calendar_export.FAR)
    return [each for each, _ in booked if each.state.is_open]


def choose(page, ids):
    """Click the rows, with Ctrl after the first."""
    for number, row in enumerate(page.model.rows()):
        if row.appointment.id in ids:
            index = page.model.index(number, 2)
            page.table.scrollTo(index)
            modifier = (
                Qt.KeyboardModifier.ControlModifier
                if page.selected()
                else Qt.KeyboardModifier.NoModifier
            )
            at = page.table.visualRect(index).center()
            QTest.mouseClick(page.table.viewport(), LEFT, modifier, at)
    page.table.setFocus()


def pull(view, index):
    """Press on a row and move the mouse away with the button down."""
    press_and_slip(view, view.visualRect(index).center())


def middle(area):
    return area.center().y()


def press_and_slip(view, start):
    far = QPoint(QApplication.startDragDistance() + 20, 0)
    QTest.mousePress(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(view.viewport(), start + far / 2)
    QTest.mouseMove(view.viewport(), start + far)
    QTest.mouseRelease(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, start + far)


def pull_selected(page):
    pull(page.table, page.table.selectionModel().selectedRows(2)[0])


def uids(data):
    return [str(each["UID"]) for each in Calendar.from_ical(data).walk("VEVENT")]


def test_a_row_is_dragged_out_as_its_file(session, page, desktop, qtbot):
    [wanted] = open_ones(session)[:1]
    choose(page, {wanted.id})

    with qtbot.waitSignal(session.done) as done:
        pull_selected(page)

    [(path, data)] = desktop.files.items()
    assert uids(data) == uids(desktop.calendar) == [wanted.uid]
    assert done.args == ["1 Termin als .ics übergeben"]
    client = page.invitations()[0].client
    assert client.last_name not in str(path)
    assert client.initials in data.decode()


def test_several_rows_are_a_file_each_and_one_text(session, page, desktop):
    wanted = open_ones(session)[:3]
    choose(page, {each.id for each in wanted})

    pull_selected(page)

    assert len(desktop.files) == 3
    assert all(len(uids(data)) == 1 for data in desktop.files.values())
    assert uids(desktop.calendar) == [each.uid for each in wanted]


def test_the_files_and_their_folder_are_for_the_user_alone(session, page, desktop):
    choose(page, {open_ones(session)[0].id})

    pull_selected(page)

    [path] = desktop.files
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_they_are_gone_when_the_program_ends(tmp_path):
    code = """
from kkd_desktop.actions import files
class Owner: pass
owner = Owner()
folder = files.temporary_folder(owner)
files.write_private(folder / "termin.ics", b"x")
print(folder)
"""
    run = [sys.executable, "-c", code]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    said = subprocess.run(run, env=environment, capture_output=True, text=True, check=True)

    assert Path(said.stdout.strip()).parent == tmp_path
    assert list(tmp_path.iterdir()) == []


def test_what_was_dropped_counts_as_exported_and_goes_back_with_undo(session, page, desktop):
    [wanted] = open_ones(session)[:1]
    choose(page, {wanted.id})
    before = len(calendar_export.select(session.context, changed=True).standing)

    pull_selected(page)
    assert len(calendar_export.select(session.context, changed=True).standing) == before - 1

    session.undo()
    assert len(calendar_export.select(session.context, changed=True).standing) == before


@pytest.mark.parametrize("where", ["nowhere", "the own search field"])
def test_what_no_other_program_took_does_not_count(session, page, desktop, qtbot, where):
    if where == "nowhere":
        desktop.accepts = Qt.DropAction.IgnoreAction
    else:
        desktop.own_field = page.search
    choose(page, {open_ones(session)[0].id})

    with qtbot.assertNotEmitted(session.done):
        pull_selected(page)


def test_a_cancelled_one_alone_is_not_dragged_and_it_is_said_why(session, page, desktop, qtbot):
    gone = appointments.cancel(session.context, open_ones(session)[0].id)
    page.reload()
    choose(page, {gone.id})

    with qtbot.waitSignal(session.failed) as failed:
        pull_selected(page)

    assert failed.args[0].startswith("Abgesagte und nicht wahrgenommene")
    assert desktop.files == {}


def test_too_many_for_the_mouse_are_refused(session, page, desktop, qtbot, monkeypatch):
    monkeypatch.setattr(handing_out, "MOST", 2)
    choose(page, {each.id for each in open_ones(session)[:3]})

    with qtbot.waitSignal(session.failed) as failed:
        pull_selected(page)

    assert "„Kalenderdatei …“" in failed.args[0]


def test_with_the_keyboard_they_are_copied_which_counts_for_nothing(session, page, qtbot):
    wanted = open_ones(session)[:2]
    choose(page, {each.id for each in wanted})
    before = calendar_export.select(session.context, changed=True)

    with qtbot.waitSignal(session.done) as done:
        qtbot.keyClick(page.table, "C", CONTROL_SHIFT)

    data = QGuiApplication.clipboard().mimeData()
    paths = [Path(url.toLocalFile()) for url in data.urls()]
    assert [uids(path.read_bytes()) for path in paths] == [[each.uid] for each in wanted]
    assert done.args == ["2 Termine als .ics kopiert"]
    assert calendar_export.select(session.context, changed=True) == before


def test_one_is_saved_under_a_name_without_a_person(session, page, places, tmp_path):
    [wanted] = open_ones(session)[:1]
    choose(page, {wanted.id})

    page._actions["save"].trigger()

    [name] = places.names
    assert name.startswith(f"termin-{wanted.start:%Y-%m-%d-%H%M}-")
    assert uids((tmp_path / name).read_bytes()) == [wanted.uid]


def test_several_are_saved_into_a_folder(session, page, tmp_path):
    wanted = open_ones(session)[:2]
    choose(page, {each.id for each in wanted})

    page._actions["save"].trigger()

    assert len(list((tmp_path / "einzeln").iterdir())) == 2


def test_talk_and_time_after_it_are_two_files_where_they_are_kept_apart(session, page, desktop):
    [wanted] = open_ones(session)[:1]
    with session.context.store.write() as transaction:
        transaction.update("appointment", wanted.id, {"preparation": 15})
    session.context.change_settings(preparation=Preparation.APART)
    choose(page, {wanted.id})

    pull_selected(page)

    assert len(desktop.files) == 2


@pytest.fixture
def heute(session, present, qtbot):
    page = HeutePage(session)
    page.resize(1300, 800)
    present(page)
    qtbot.waitUntil(lambda: page.side.day.list_model.rowCount() > 0)
    return page


def standing_today(session):
    today = appointments.of_day(session.context, TODAY)
    return next(each for each, _ in today if each.state.is_standing)


def test_an_appointment_of_today_is_dragged_out_too(session, heute, desktop, qtbot):
    wanted = standing_today(session)
    day = heute.side.day
    index = day.list_model.index(day.list_model.place_of(wanted.id))

    with qtbot.waitSignal(session.done):
        pull(day, index)

    assert uids(desktop.calendar) == [wanted.uid]


def test_a_hand_that_slips_on_an_outcome_drags_nothing(session, heute, desktop, qtbot):
    day = heute.side.day
    wanted = next(
        each for each, _ in appointments.of_day(session.context, TODAY) if each.state.is_open
    )
    index = day.list_model.index(day.list_model.place_of(wanted.id))
    area = day.visualRect(index)
    [*_, cap] = [
        x for x in range(area.left(), area.right()) if cap_at(area, QPoint(x, middle(area)))
    ]

    with qtbot.assertNotEmitted(day.drag_wanted):
        press_and_slip(day, QPoint(cap, middle(area)))

    assert desktop.files == {}


def test_an_appointment_of_today_is_copied_with_keys_and_by_the_menu(
    session, heute, qtbot, monkeypatch
):
    shown = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, at: shown.append(menu))
    wanted = standing_today(session)
    day = heute.side.day
    day.setCurrentIndex(day.list_model.index(day.list_model.place_of(wanted.id)))
    day.setFocus()

    with qtbot.waitSignal(session.done):
        qtbot.keyClick(day, "C", CONTROL_SHIFT)
    assert uids(bytes(clipboard().data("text/calendar").data())) == [wanted.uid]

    QGuiApplication.clipboard().clear()
    heute.side.menu_requested.emit(wanted.id, QPoint(10, 10))
    [copy] = [each for each in shown[0].actions() if each.text().startswith("Als .ics kopieren")]
    copy.trigger()
    assert uids(bytes(clipboard().data("text/calendar").data())) == [wanted.uid]


def clipboard():
    return QGuiApplication.clipboard().mimeData()


def test_what_a_killed_program_left_behind_goes_with_the_next_one(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    old, fresh = tmp_path / "kkd-termine-alt", tmp_path / "kkd-termine-neu"
    for folder in (old, fresh):
        folder.mkdir()
    os.utime(old, (1, 1))
    owner = Places(tmp_path)

    made = files.temporary_folder(owner)

    assert not old.exists()
    assert fresh.exists()
    assert made.is_dir()
    del owner
    assert not made.exists()
