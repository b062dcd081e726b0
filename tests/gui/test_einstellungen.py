"""The settings, stored as soon as they are changed, and the concept in the window."""

from datetime import date, time

import pytest
from PySide6.QtCore import QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from kkd_desktop import paths
from kkd_desktop.actions import worklist
from kkd_desktop.domain.hours import Block, Leave
from kkd_desktop.domain.outcome import State
from kkd_desktop.domain.privacy import Privacy
from kkd_desktop.gui.concept import ConceptState
from kkd_desktop.gui.pages.einstellungen import EinstellungenPage
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.window import MainWindow
from kkd_desktop.policyfiles.shelf import Shelf

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(session, present):
    page = EinstellungenPage(session)
    page.resize(1100, 800)
    present(page)
    return page


@pytest.fixture
def window(session, present):
    """The window with the settings page, as the program ties them together."""
    window = MainWindow()
    window.add_page("heute", "Heute", QWidget)
    window.add_page("einstellungen", "Einstellungen", lambda: EinstellungenPage(session))
    state = ConceptState(session, window, lambda: window.show_page("einstellungen"))
    session.changed.connect(state.refresh)
    state.refresh()
    window.show_page("heute")
    present(window)
    return window


def pick(radio, qtbot):
    qtbot.mouseClick(radio, LEFT, pos=QPoint(8, radio.height() // 2))


def type_into(field, text, qtbot):
    field.field.setFocus()
    field.field.selectAll()
    qtbot.keyClicks(field.field, text)
    qtbot.keyClick(field.field, Qt.Key.Key_Tab)


def states(session):
    return {entry.outcome.state for entry in worklist.entries(session.context)}


def notices(window):
    return [
        child.accessibleName()
        for child in window.notices.findChildren(QWidget)
        if child.property("kind") == "banner" and child.isVisible()
    ]


def test_an_expired_concept_says_so_loudly_and_gives_no_dates(window, session, qtbot):
    page = window.show_page("einstellungen")
    assert notices(window) == []

    pick(page.concept.row("ue2019").radio, qtbot)

    assert session.context.settings.policies == ("ue2019",)
    assert states(session) == {State.NOT_IN_FORCE}
    assert notices(window) == [
        "Uelzen 2019: Regelung abgelaufen seit 01.01.2024. Es werden keine Fristen berechnet, "
        "bis das Jobcenter sie bewusst verlängert."
    ]
    assert window.bar.concept.text() == "Uelzen 2019, abgelaufen"
    assert window.bar.concept.property("tone") == Tone.LATE


def test_prolonging_on_purpose_brings_the_dates_back(window, session, qtbot):
    page = window.show_page("einstellungen")
    pick(page.concept.row("ue2019").radio, qtbot)
    window.show_page("heute")
    [action] = [b for b in window.notices.findChildren(QPushButton) if b.isVisible()]
    qtbot.mouseClick(action, LEFT)
    assert window.current_page() == "einstellungen"
    prolongation = page.concept.prolongation
    assert not prolongation.prolong_button.isEnabled()

    pick(prolongation.confirm, qtbot)
    qtbot.mouseClick(prolongation.prolong_button, LEFT)

    assert session.context.settings.prolonged == {"ue2019": date(2026, 12, 31)}
    assert State.NOT_IN_FORCE not in states(session)
    assert State.OVERDUE in states(session)
    assert notices(window) == []
    assert window.bar.concept.text() == "Uelzen 2019, verlängert"
    assert page.concept.row("ue2019").state.text() == "in Kraft, verlängert"


def with_set(session, folder, *parts):
    """A set of the office, its parts in this order."""
    folder.mkdir(exist_ok=True)
    (folder / "muster.toml").write_text(
        'kind = "set"\nid = "muster"\ntitle = "Konzepte in Musterstadt"\n'
        'short_title = "Musterstadt"\noffice = "Jobcenter Musterstadt"\ncombine = "first"\n'
        + "".join(f'[[part]]\npolicies = ["{part}"]\n' for part in parts),
        encoding="utf-8",
    )
    session.context.shelf = Shelf((paths.policies(), folder))
    session.changed.emit()


def lines(row):
    return [label.text() for label in row.findChildren(QLabel)]


def test_a_set_is_chosen_and_the_window_names_it(window, session, qtbot, tmp_path):
    with_set(session, tmp_path / "konzepte", "mg2012", "ba2010")
    page = window.show_page("einstellungen")
    row = page.concept.row("muster")

    assert "Konzepte in Musterstadt · Jobcenter Musterstadt" in lines(row)
    assert "Zusammenstellung: in dieser Reihenfolge" in lines(row)
    assert "Heute: Mönchengladbach 2012, BA 2010" in lines(row)
    assert row.radio.accessibleName() == "Musterstadt, in Kraft"
    row.radio.setFocus()
    qtbot.keyClick(row.radio, Qt.Key.Key_Space)

    assert session.context.settings.policies == ("muster",)
    assert window.bar.concept.text() == "Musterstadt"
    assert window.bar.concept.property("tone") != Tone.LATE
    assert notices(window) == []
    assert page.concept.prolongation.isHidden()
    assert page.concept.several.isHidden()


def test_a_part_of_a_set_that_has_run_out_is_told_and_can_be_prolonged(
    window, session, qtbot, tmp_path
):
    with_set(session, tmp_path / "konzepte", "mk2015", "ue2019")
    page = window.show_page("einstellungen")

    pick(page.concept.row("muster").radio, qtbot)

    assert window.bar.concept.text() == "Musterstadt, abgelaufen: Uelzen 2019"
    assert window.bar.concept.property("tone") == Tone.LATE
    assert page.concept.row("muster").state.text() == "nur teilweise in Kraft"
    [notice] = notices(window)
    assert notice.startswith("Uelzen 2019 (in „Musterstadt“): Regelung abgelaufen seit 01.01.2024.")
    prolongation = page.concept.prolongation
    assert "Teil der gewählten Zusammenstellung" in prolongation.banner.text.text()
    assert State.NOT_IN_FORCE not in states(session)

    pick(prolongation.confirm, qtbot)
    qtbot.mouseClick(prolongation.prolong_button, LEFT)

    assert session.context.settings.prolonged == {"ue2019": date(2026, 12, 31)}
    assert notices(window) == []
    assert window.bar.concept.text() == "Musterstadt, verlängert: Uelzen 2019"
    assert page.concept.row("muster").state.text() == "in Kraft"


def test_the_roles_come_from_the_first_part_of_a_set_that_knows_some(
    window, session, qtbot, tmp_path
):
    with_set(session, tmp_path / "konzepte", "mk2015", "ue2019")
    page = window.show_page("einstellungen")

    pick(page.concept.row("muster").radio, qtbot)

    assert "das sind 23,4 h" in page.hours.role.message.text()


def test_a_prolongation_can_be_ended_again(window, session, qtbot):
    page = window.show_page("einstellungen")
    pick(page.concept.row("ue2019").radio, qtbot)
    pick(page.concept.prolongation.confirm, qtbot)
    qtbot.mouseClick(page.concept.prolongation.prolong_button, LEFT)

    qtbot.mouseClick(page.concept.prolongation.end_button, LEFT)

    assert session.context.settings.prolonged == {}
    assert len(notices(window)) == 1
    assert not page.concept.prolongation.confirm.isChecked()


def test_a_prolongation_ends_after_the_document(page, qtbot):
    pick(page.concept.row("ue2019").radio, qtbot)
    prolongation = page.concept.prolongation
    pick(prolongation.confirm, qtbot)

    type_into(prolongation.until, "31.12.2023", qtbot)

    assert prolongation.until.error() == "Der Tag muss nach dem 31.12.2023 liegen."
    assert not prolongation.prolong_button.isEnabled()


def test_a_broken_file_of_the_office_shows_line_and_key(session, present, tmp_path):
    folder = tmp_path / "konzepte"
    folder.mkdir()
    whole = (paths.policies() / "mg2012.toml").read_text(encoding="utf-8")
    (folder / "eigenes.toml").write_text(
        whole.replace('id = "mg2012"', 'id = "eigenes"').replace("nature =", "natur ="),
        encoding="utf-8",
    )
    session.context.shelf = Shelf((paths.policies(), folder))

    page = EinstellungenPage(session)
    present(page)

    row = page.concept.row("eigenes")
    words = " ".join(label.text() for label in row.findChildren(type(row.state)))
    assert row.state.text() == "nicht lesbar"
    assert not row.radio.isEnabled()
    assert "eigenes.toml, Zeile" in words
    assert "natur" in words


def test_a_chosen_concept_that_cannot_be_read_is_told_in_the_window(window, session, tmp_path):
    session.context.shelf = Shelf((tmp_path,))
    session.context.forget()
    session.changed.emit()

    assert "mg2012" in notices(window)[0]
    window.show_page("einstellungen")


def test_the_folder_for_own_concepts_is_opened(session, present, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "user_data", lambda: tmp_path)
    opened = []
    page = EinstellungenPage(session, open_folder=opened.append)
    present(page)

    qtbot.mouseClick(page.concept.folder_button, LEFT)

    assert opened == [tmp_path / "konzepte"]
    assert opened[0].is_dir()


def test_a_name_is_stored_when_its_field_is_left(page, session, qtbot):
    type_into(page.office.office, "Jobcenter Beispielstadt", qtbot)

    assert session.context.settings.office == "Jobcenter Beispielstadt"
    assert page.office.heading.note.text() == "gespeichert"


def test_a_mailbox_that_is_none_is_told_at_the_field_and_not_stored(page, session, qtbot):
    known = session.context.settings.mailbox
    type_into(page.office.mailbox, "team", qtbot)

    assert page.office.mailbox.error() == "Postfach: „team“ ist keine E-Mail-Adresse."
    assert session.context.settings.mailbox == known

    type_into(page.office.mailbox, "team@jobcenter.example", qtbot)
    assert page.office.mailbox.error() == ""
    assert session.context.settings.mailbox == "team@jobcenter.example"


def test_holidays_may_come_from_another_land(page, session, qtbot):
    land = page.days_off.land.field
    land.setFocus()
    assert land.currentText() == "wie im Konzept (Nordrhein-Westfalen)"

    qtbot.keyClicks(land, "Bayern")
    qtbot.keyClick(land, Qt.Key.Key_Return)
    land.activated.emit(land.currentIndex())

    assert session.context.settings.land == "BY"


def test_the_hours_of_a_day_are_typed_as_people_write_them(page, session, qtbot):
    type_into(page.hours.weeks.days[4], "8:00-11:30, 12:00-14:00", qtbot)

    blocks = session.context.settings.hours.weeks[0][4]
    assert blocks == (Block(time(8), time(11, 30)), Block(time(12), time(14)))
    assert page.hours.weeks.days[4].field.text() == "08:00–11:30, 12:00–14:00"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("vormittags", "„vormittags“ ist keine Zeitspanne"),
        ("08:00-12:00, 11:00-13:00", "überschneidet sich"),
        ("12:00-08:00", "liegt nicht nach dem Beginn"),
    ],
)
def test_hours_that_cannot_be_are_told_at_their_day(page, session, qtbot, typed, told):
    before = session.context.settings.hours

    type_into(page.hours.weeks.days[0], typed, qtbot)

    assert told in page.hours.weeks.days[0].error()
    assert page.hours.weeks.days[0].field.text() == typed
    assert session.context.settings.hours == before


def test_part_time_changes_the_norm_that_is_shown(page, session, qtbot):
    pick(page.concept.row("ue2019").radio, qtbot)
    assert "das sind 23,4 h" in page.hours.role.message.text()

    type_into(page.hours.weekly, "19,5", qtbot)

    assert session.context.settings.hours.weekly_hours == 19.5
    assert "das sind 11,7 h" in page.hours.role.message.text()


def test_lengths_of_talks_are_stored_by_the_arrow_keys(page, session, qtbot):
    qtbot.keyClick(page.hours.preparations["persoenlich"], Qt.Key.Key_Up)

    assert session.context.settings.hours.lengths.persoenlich.preparation == 1


def test_the_wheel_scrolls_the_page_and_changes_no_number(page, session):
    number = page.hours.talks["first"]
    down = QWheelEvent(
        QPointF(5, 5),
        QPointF(number.mapToGlobal(QPoint(5, 5))),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    page.office.office.field.setFocus()

    QApplication.sendEvent(number, down)

    assert number.value() == 45


def test_absences_are_added_and_taken_out(page, session, qtbot):
    absences = page.days_off.absences
    qtbot.keyClicks(absences.since, "21.12.2026")
    qtbot.keyClicks(absences.until, "31.12.2026")
    qtbot.keyClicks(absences.reason, "Urlaub")
    qtbot.keyClick(absences.reason, Qt.Key.Key_Return)

    leave = Leave(date(2026, 12, 21), date(2026, 12, 31), "Urlaub")
    assert leave in session.context.settings.hours.absences

    [remove] = [b for b in absences.findChildren(QPushButton) if "21.12.2026" in b.accessibleName()]
    qtbot.mouseClick(remove, LEFT)
    assert leave not in session.context.settings.hours.absences


def test_an_absence_that_ends_before_it_begins_is_told(page, session, qtbot):
    absences = page.days_off.absences
    before = session.context.settings.hours.absences
    qtbot.keyClicks(absences.since, "31.12.2026")
    qtbot.keyClicks(absences.until, "21.12.2026")

    qtbot.mouseClick(absences.add_button, LEFT)

    assert absences.error.text() == "Der letzte Tag liegt vor dem ersten."
    assert session.context.settings.hours.absences == before


def test_privacy_and_post_are_one_key_each(page, session, qtbot):
    qtbot.mouseClick(page.calendar.level.button(Privacy.FULL), LEFT)
    qtbot.keyClick(page.post.margin.field, Qt.Key.Key_Up)

    assert session.context.settings.privacy is Privacy.FULL
    assert session.context.settings.post_margin_days == 4
    assert page.calendar.warning.isVisible()


def test_the_caseload_names_its_file_and_its_size(page, session):
    assert page.store.path.text().replace("\u200b", "") == str(session.context.store.path)
    assert page.store.number.text() == "40 Personen, verschlüsselt"


def test_what_is_being_typed_survives_a_change_elsewhere(page, session, qtbot):
    edit = page.office.office.field
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, "Jobcenter Neu")

    session.changed.emit()

    assert edit.text() == "Jobcenter Neu"


def test_what_has_to_be_mended_stays_until_it_is(page, session, qtbot):
    type_into(page.hours.weeks.days[0], "vormittags", qtbot)
    session.changed.emit()
    assert page.hours.weeks.days[0].field.text() == "vormittags"

    type_into(page.hours.weeks.days[0], "08:00-12:00, 13:00-16:00", qtbot)

    assert page.hours.weeks.days[0].error() == ""
    assert page.hours.weeks.days[0].field.text() == "08:00–12:00, 13:00–16:00"


def test_in_english_the_hours_stand_with_a_point_and_are_read_with_either_sign(
    english, page, session, qtbot
):
    for typed in ("38.75", "19,5"):
        type_into(page.hours.weekly, typed, qtbot)

        assert page.hours.weekly.field.text() == typed.replace(",", ".")
        assert str(float(session.context.settings.hours.weekly_hours)) == typed.replace(",", ".")


def test_hours_with_quarters_are_shown_as_they_are(page, session, qtbot):
    type_into(page.hours.weekly, "38,75", qtbot)

    assert session.context.settings.hours.weekly_hours == 38.75
    assert page.hours.weekly.field.text() == "38,75"


def name_at_the_side(page, title):
    names = page.index.names
    [item] = names.findItems(title, Qt.MatchFlag.MatchExactly)
    names.scrollToItem(item)
    return names.visualItemRect(item).center()


def shown_names(page):
    names = page.index.names
    rows = [names.item(row) for row in range(names.count())]
    return [row.text() for row in rows if not row.isHidden()]


def marked(page) -> list[str]:
    return [item.text() for item in page.index.names.selectedItems()]


def test_the_names_at_the_side_lead_to_their_cards(page, qtbot):
    assert page.sections
    names = page.index.names

    qtbot.mouseClick(names.viewport(), LEFT, pos=name_at_the_side(page, "Kalender"))

    assert page.calendar.isAncestorOf(page.focusWidget())
    assert not page.calendar.visibleRegion().isEmpty()
    assert marked(page) == ["Kalender"]


def test_they_stand_there_in_a_small_window_too_and_every_card_has_room(page, qtbot):
    page.resize(1024 - 188, 600)
    assert page.sections

    assert page.index.isVisible()
    assert len(shown_names(page)) == len(page.sections)
    day = page.hours.weeks.days[0].field
    wanted = day.fontMetrics().horizontalAdvance("08:00–12:00, 13:00–16:00")
    qtbot.waitUntil(lambda: day.width() >= wanted + 20)
    assert page.area.viewport().width() >= page.area.widget().width()


def test_the_arrow_keys_look_through_the_cards_and_enter_goes_into_one(page, qtbot):
    assert page.sections
    qtbot.keyClick(page, Qt.Key.Key_Tab)
    assert page.index.search.hasFocus()
    qtbot.keyClick(page.index.search, Qt.Key.Key_Down)

    for _ in range(3):
        qtbot.keyClick(page.index.names, Qt.Key.Key_Down)
    assert page.index.names.hasFocus()
    assert page.area.verticalScrollBar().value() == page.days_off.y()
    qtbot.keyClick(page.index.names, Qt.Key.Key_Return)

    assert page.days_off.isAncestorOf(page.focusWidget())


def test_a_setting_is_found_by_its_name_and_gets_the_keys(page, qtbot):
    qtbot.waitUntil(page.is_whole)
    qtbot.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(page.index.search, "ublicher meldezweck")
    assert shown_names(page) == ["Termine und Post"]

    qtbot.keyClick(page.index.search, Qt.Key.Key_Return)

    assert page.post.purpose.field.hasFocus()
    assert not page.post.purpose.visibleRegion().isEmpty()


def test_what_is_not_there_is_said_and_esc_shows_all_again(page, qtbot):
    qtbot.waitUntil(page.is_whole)
    page.index.begin_search()
    qtbot.keyClicks(page.index.search, "xyz")
    assert page.index.nothing.isVisible()
    qtbot.keyClick(page.index.search, Qt.Key.Key_Return)
    assert page.index.search.hasFocus()

    qtbot.keyClick(page.index.search, Qt.Key.Key_Escape)

    assert page.index.search.text() == ""
    assert len(shown_names(page)) == len(page.sections)


def test_the_page_begins_where_it_was_left(session, present, tmp_path, qtbot):
    stored = QSettings(str(tmp_path / "fenster.ini"), QSettings.Format.IniFormat)
    first = EinstellungenPage(session, settings=stored)
    first.resize(1150, 800)
    present(first)
    assert first.sections
    first.area.verticalScrollBar().setValue(first.busy.y())
    first.hide()

    second = EinstellungenPage(session, settings=stored)
    second.resize(1150, 800)
    present(second)

    qtbot.waitUntil(lambda: marked(second) == ["Fremde Termine"])
    assert not second.busy.visibleRegion().isEmpty()


def test_the_name_of_the_card_that_is_read_is_marked_at_the_side(page):
    assert page.sections
    bar = page.area.verticalScrollBar()

    bar.setValue(page.texts.y())
    assert marked(page) == ["Texte"]

    bar.setValue(0)
    assert marked(page) == ["Konzept in Kraft"]


def test_the_card_with_the_keys_is_marked_though_it_never_comes_to_the_top(page, qtbot):
    page.show_section(page.appearance)

    assert page.area.verticalScrollBar().value() == page.area.verticalScrollBar().maximum()
    assert marked(page) == ["Darstellung"]


def test_before_any_control_has_the_keys_they_scroll(page, session, qtbot):
    assert page.hasFocus()
    chosen = session.context.settings.policies

    qtbot.keyClick(page, Qt.Key.Key_PageDown)

    assert page.area.verticalScrollBar().value() > 0
    assert session.context.settings.policies == chosen
    qtbot.keyClick(page, Qt.Key.Key_Tab)
    assert page.isAncestorOf(QApplication.focusWidget())
