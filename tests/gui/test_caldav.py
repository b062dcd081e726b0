"""The calendar server in the window: logging in, pushing, deciding, without standing still."""

from datetime import datetime

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QMenu

from kkd_desktop.actions import appointments, caldav, casework, forgetting
from kkd_desktop.domain.privacy import Privacy
from kkd_desktop.domain.server_account import ServerAccount
from kkd_desktop.domain.server_calendar import Password
from kkd_desktop.domain.values import replace
from kkd_desktop.gui.calendar_push import push_of
from kkd_desktop.gui.dialogs.leave_server import LeaveServerDialog
from kkd_desktop.gui.dialogs.server_conflicts import ServerConflictsDialog
from kkd_desktop.gui.dialogs.server_password import ServerPasswordDialog
from kkd_desktop.gui.pages.einladungen import EinladungenPage
from kkd_desktop.gui.pages.einstellungen import EinstellungenPage
from kkd_desktop.gui.widgets.banner import Notice
from kkd_desktop.gui.workplace import Workplace
from tests.calendar_server import PASSWORD, USER, running

LEFT = Qt.MouseButton.LeftButton
KEYRING = "KKD Desktop CalDAV"


@pytest.fixture
def page(session, present, memory_keyring):
    page = EinstellungenPage(session)
    page.resize(1100, 800)
    present(page)
    return page


@pytest.fixture
def section(page):
    page.show_section(page.caldav)
    return page.caldav


def use(session, remote, **changes):
    """The calendar in use, as after a log-in."""
    account = ServerAccount(remote.server.address, USER, remote.url, "Termine")
    session.perform(lambda context: caldav.choose(context, replace(account, **changes)))
    push_of(session).use_password(Password(PASSWORD))


def booked(session, hour=9, day=26):
    client = casework.all_clients(session.context)[0]
    return session.perform(
        lambda context: appointments.book(context, client, datetime(2027, 1, day, hour), 45)
    )


def press(button, qtbot):
    assert button.isVisible()
    assert button.isEnabled()
    qtbot.mouseClick(button, LEFT)


def pushed(session, qtbot):
    push = push_of(session)
    qtbot.waitUntil(lambda: not push.is_running(), timeout=20_000)
    return push


def dialog_of(kind, qtbot):
    def found():
        return [
            each
            for each in QApplication.topLevelWidgets()
            if isinstance(each, kind) and each.isVisible()
        ] or [
            each
            for top in QApplication.topLevelWidgets()
            for each in top.findChildren(kind)
            if each.isVisible()
        ]

    qtbot.waitUntil(lambda: bool(found()), timeout=20_000)
    dialog = found()[0]
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_it_is_off_until_somebody_chooses_a_calendar(section, session, radicale):
    asked = radicale.log()

    booked(session)

    assert section.login.isVisible()
    assert not section.used.isVisible()
    assert radicale.log() == asked


def test_logging_in_choosing_and_pushing_by_keyboard(
    section, session, remote, qtbot, memory_keyring
):
    login = section.login
    login.address.field.setFocus()
    qtbot.keyClicks(login.address.field, remote.server.address)
    qtbot.keyClick(login.address.field, Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), USER)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), PASSWORD)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(login.calendar.isVisible, timeout=20_000)
    assert login.said.text().startswith("Angemeldet")

    login.calendar.field.setCurrentIndex(login.calendar.field.findData(remote.url))
    login.use_button.setFocus()
    qtbot.keyClick(login.use_button, Qt.Key.Key_Space)

    assert session.context.settings.server.calendar == remote.url
    assert section.used.isVisible()
    qtbot.waitUntil(lambda: PASSWORD in memory_keyring.kept.values())
    assert login.password.field.text() == ""

    section.used.push_button.setFocus()
    qtbot.keyClick(section.used.push_button, Qt.Key.Key_Space)
    pushed(session, qtbot)
    ahead = appointments.between(session.context, session.context.today, caldav.FAR)
    standing = [each for each, _ in ahead if each.state.is_standing]
    assert len(remote.entries()) == len(standing) > 3
    assert f"{len(standing)} Einträge von hier" in section.used.state.text()


def test_a_wrong_password_is_said_beside_the_button_and_nothing_is_stored(
    section, session, remote, qtbot
):
    login = section.login
    login.address.field.setText(remote.server.address)
    login.user.field.setText(USER)
    login.password.field.setText("falsch")

    press(login.connect_button, qtbot)
    qtbot.waitUntil(login.connect_button.isEnabled, timeout=20_000)

    assert "nimmt Benutzer und Passwort nicht an" in login.said.text()
    assert session.context.settings.server == ServerAccount()


@pytest.mark.parametrize(
    ("address", "user", "password", "field", "said"),
    [
        ("http://cloud.example.org", "ich", "geheim", "address", "nur mit https://"),
        ("cloud.example.org", "", "geheim", "user", "Benutzer: bitte eintragen"),
        ("cloud.example.org", "ich", "", "password", "Geben Sie das Passwort ein"),
        ("cloud.example.org", "i\u0007ch", "geheim", "user", "Benutzer"),
        ("cloud.ex\u202eample.org", "ich", "geheim", "address", "Adresse"),
    ],
)
def test_what_is_missing_is_said_at_its_field(section, qtbot, address, user, password, field, said):
    login = section.login
    login.address.field.setText(address)
    login.user.field.setText(user)
    login.password.field.setText(password)

    press(login.connect_button, qtbot)

    assert said in getattr(login, field).error()
    others = {"address", "user", "password"} - {field}
    assert [getattr(login, name).error() for name in others] == ["", ""]
    assert not login.calendar.isVisible()


def test_a_calendar_one_may_only_read_cannot_be_used(section, qtbot):
    from kkd_desktop.domain.server_calendar import ServerCalendar

    section.login._show_calendars((ServerCalendar("https://x/", "Dienststelle", False),))

    assert section.login.calendar.field.currentText() == "Dienststelle (nur lesen)"
    assert not section.login.use_button.isEnabled()


def test_a_conflict_is_shown_and_decided(section, session, remote, qtbot):
    use(session, remote)
    press(section.used.push_button, qtbot)
    pushed(session, qtbot)
    name, body = next(iter(remote.entries().items()))
    remote.put(name, body.replace(b"SUMMARY:Termin", b"SUMMARY:Verlegt"))
    theirs = remote.entries()

    press(section.used.push_button, qtbot)
    dialog = dialog_of(ServerConflictsDialog, qtbot)

    assert remote.entries() == theirs
    assert not dialog.apply_button.isEnabled()
    [row] = dialog.rows
    assert "„Verlegt" in row.there.text()
    assert "„Termin" in row.here.text()
    dialog.reject()
    assert section.used.conflicts_button.text() == "Konflikte (1) …"
    assert section.used.banner.isVisible()

    press(section.used.conflicts_button, qtbot)
    dialog = dialog_of(ServerConflictsDialog, qtbot)
    row = dialog.rows[0]
    row.choice.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    pushed(session, qtbot)

    assert b"SUMMARY:Termin" in remote.entries()[name]
    assert not section.used.conflicts_button.isVisible()
    assert not section.used.banner.isVisible()


def test_leaving_it_as_it_is_writes_nothing(section, session, remote, qtbot):
    use(session, remote)
    push = push_of(session)
    push.push(section.window())
    pushed(session, qtbot)
    name, body = next(iter(remote.entries().items()))
    remote.put(name, body.replace(b"SUMMARY:Termin", b"SUMMARY:Verlegt"))
    theirs = remote.entries()
    push.push(section.window())
    dialog = dialog_of(ServerConflictsDialog, qtbot)

    qtbot.mouseClick(dialog.rows[0].choice.button("theirs"), LEFT)
    press(dialog.apply_button, qtbot)
    pushed(session, qtbot)
    push.push(section.window())
    pushed(session, qtbot)

    assert remote.entries() == theirs
    assert push.conflicts == ()


def test_a_push_stops_where_it_is_cancelled_and_goes_on_the_next_time(
    section, session, remote, qtbot
):
    use(session, remote)
    push = push_of(session)

    def stop(done, total):
        if total and done >= 2:
            assert section.used.cancel_button.isVisible()
            qtbot.mouseClick(section.used.cancel_button, LEFT)

    push.progressed.connect(stop)
    press(section.used.push_button, qtbot)
    pushed(session, qtbot)
    push.progressed.disconnect(stop)
    some = len(remote.entries())
    assert caldav.last_push(session.context) is None
    assert section.used.push_button.isEnabled()
    assert caldav.written(session.context) >= some

    press(section.used.push_button, qtbot)
    pushed(session, qtbot)

    assert push.conflicts == ()
    assert len(remote.entries()) > some


def test_the_password_is_asked_for_and_a_wrong_one_again(
    section, session, remote, qtbot, memory_keyring
):
    use(session, remote)
    push_of(session).use_password(None)

    press(section.used.push_button, qtbot)
    dialog = dialog_of(ServerPasswordDialog, qtbot)
    qtbot.keyClicks(dialog.password.field, "falsch")
    qtbot.keyClick(dialog.password.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    again = dialog_of(ServerPasswordDialog, qtbot)
    assert "nimmt Benutzer und Passwort nicht an" in again.password.error()
    again.remember.setChecked(True)
    qtbot.keyClicks(again.password.field, PASSWORD)
    qtbot.keyClick(again.password.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(remote.entries()), timeout=20_000)
    pushed(session, qtbot)

    assert memory_keyring.kept == {(KEYRING, f"{USER}@{remote.server.address}"): PASSWORD}


def test_after_every_change_only_where_it_was_switched_on(
    section, session, remote, qtbot, monkeypatch
):
    push = push_of(session)
    push._calm.setInterval(0)
    push.follow()
    use(session, remote)
    booked(session)
    qtbot.wait(50)
    assert remote.entries() == {}

    with qtbot.waitSignal(push.ended, timeout=20_000):
        section.used.automatic.setFocus()
        qtbot.keyClick(section.used.automatic, Qt.Key.Key_Space)
    pushed(session, qtbot)
    before = set(remote.entries())
    with qtbot.waitSignal(push.ended, timeout=20_000):
        talk = booked(session, 14)
    pushed(session, qtbot)

    assert set(remote.entries()) - before == {f"kkd-{talk.uid}.ics"}


def test_a_server_that_is_gone_is_told_once_and_work_goes_on(session, qtbot, tmp_path):
    with running(tmp_path / "server") as server:
        remote = server.make_calendar("termine", "Termine")
        use(session, remote, automatic=True)
    push = push_of(session)
    push._calm.setInterval(0)
    push.follow()
    told = []
    session.failed.connect(told.append)

    for hour in (9, 11, 13):
        with qtbot.waitSignal(push.ended, timeout=20_000):
            assert booked(session, hour) is not None

    assert told == ["Der Server „127.0.0.1“ ist nicht erreichbar. Bitte Adresse und Netz prüfen."]
    assert push.fault == told[0]


@pytest.fixture
def workplace(session, present, qtbot, tmp_path):
    settings = QSettings(str(tmp_path / "fenster.ini"), QSettings.Format.IniFormat)
    workplace = Workplace(session, settings)
    with qtbot.waitSignal(workplace.settling, timeout=20_000):
        present(workplace.window)
    yield workplace
    workplace.close()


def notices(window):
    return [each.text.text() for each in window.notices.findChildren(Notice) if each.isVisible()]


def test_who_was_deleted_here_is_told_until_the_calendar_knows_it(
    workplace, session, remote, qtbot
):
    use(session, remote)
    push_of(session).push()
    pushed(session, qtbot)
    before = len(remote.entries())
    ahead = appointments.between(session.context, session.context.today, caldav.FAR)
    gone = next(client.id for each, client in ahead if each.state.is_open)
    assert notices(workplace.window) == []

    session.perform(lambda context: (forgetting.forget(context, [gone]), True)[1])

    [said] = notices(workplace.window)
    assert "noch im Kalender auf dem Server" in said
    [notice] = workplace.window.notices.findChildren(Notice)
    press(notice.button, qtbot)
    pushed(session, qtbot)
    assert len(remote.entries()) < before
    qtbot.waitUntil(lambda: notices(workplace.window) == [])


def test_full_names_are_a_choice_with_a_warning(section, session, remote, qtbot):
    use(session, remote)

    qtbot.mouseClick(section.used.level.button(Privacy.FULL), LEFT)

    assert session.context.settings.server.privacy is Privacy.FULL
    assert section.used.warning.isVisible()


def test_a_calendar_is_left_with_nothing_in_it_or_on_purpose(section, session, remote, qtbot):
    use(session, remote)
    push_of(session).push(section.window())
    pushed(session, qtbot)

    press(section.used.leave_button, qtbot)
    dialog = dialog_of(LeaveServerDialog, qtbot)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    pushed(session, qtbot)
    assert remote.entries() == {}
    assert session.context.settings.server.is_chosen

    press(section.used.leave_button, qtbot)

    assert not session.context.settings.server.is_chosen
    assert section.login.isVisible()
    assert section.login.user.field.text() == USER


def test_without_the_extra_the_section_says_how_to_get_it(session, present, monkeypatch):
    monkeypatch.setattr(caldav, "find_spec", lambda name: None)
    page = EinstellungenPage(session)
    present(page)

    assert "pip install kkd-desktop[caldav]" in page.caldav.missing.text()
    assert page.caldav.missing.isVisible()
    assert not page.caldav.login.isVisible()


def test_the_invitations_offer_both_ways_out(session, present, remote, qtbot, monkeypatch):
    opened = []
    # Offscreen nothing can grab the keyboard, which a menu on the screen does.
    monkeypatch.setattr(QMenu, "popup", lambda menu, place: opened.append(menu))
    page = EinladungenPage(session)
    page.resize(1200, 800)
    present(page)
    assert page.calendar_button.text() == "Kalenderdatei …"

    use(session, remote)
    assert page.calendar_button.text() == "Kalender …"
    press(page.calendar_button, qtbot)
    [menu] = opened
    export, push = menu.actions()
    assert export.text() == "Kalenderdatei exportieren …\tStrg E"
    assert push.text() == "Kalender auf dem Server abgleichen"
    push.trigger()
    assert push_of(session).is_running()
    pushed(session, qtbot)

    assert remote.entries()


def test_there_is_one_push_at_a_time_and_one_pusher_in_a_session(session, remote, qtbot):
    use(session, remote)
    push = push_of(session)
    asked = remote.server.requests("PUT")

    push.push()
    push.push()
    pushed(session, qtbot)

    assert push_of(session) is push
    # One more: the server asks for the log-in once.
    assert remote.server.requests("PUT") - asked == len(remote.entries()) + 1
