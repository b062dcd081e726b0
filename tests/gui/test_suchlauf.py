"""The Suchlauf in the window: query line, form, saved searches, and what follows a result."""

import re
from datetime import date, datetime

import pytest
from PySide6.QtCore import QCoreApplication, QSettings, Qt
from PySide6.QtWidgets import QMenu

from kkd_desktop import paths
from kkd_desktop.actions import appointments, policies, table_export, worklist
from kkd_desktop.actions import search as searches
from kkd_desktop.actions.inviting import uninvited
from kkd_desktop.domain import search
from kkd_desktop.domain.search_parser import parse
from kkd_desktop.gui import theme
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.dialogs.help import HelpDesk
from kkd_desktop.gui.dialogs.inviting import InvitingDialog
from kkd_desktop.gui.dialogs.saved_searches import SavedSearchesDialog, SaveSearchDialog
from kkd_desktop.gui.pages.kunden import KundenPage, People
from kkd_desktop.gui.widgets import completion_popup, rail
from kkd_desktop.gui.workplace import Workplace

TODAY = date(2026, 11, 20)

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)


@pytest.fixture
def page(session, present):
    page = KundenPage(session)
    page.resize(1180, 700)
    present(page)
    return page


@pytest.fixture
def everyone(session):
    return worklist.entries(session.context)


@pytest.fixture
def workplace(session, present, tmp_path):
    workplace = Workplace(session, QSettings(str(tmp_path / "w.ini"), QSettings.Format.IniFormat))
    present(workplace.window)
    return workplace


def shown(page):
    return {row.id for row in page.model.rows()}


def test_exactly_these_people_are_shown_until_their_chip_is_taken_away(qtbot, page, everyone):
    wanted = {entry.client.id for entry in everyone[:3]}

    page.show_people(wanted, "Auswertung: überfällig am 31.10.2026")
    (chip,) = page.chips.chips
    assert shown(page) == wanted
    assert chip.said == "Auswertung: überfällig am 31.10.2026"
    assert page.heading.note.text() == f"3 von {len(everyone)}"

    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert len(shown(page)) == len(everyone)
    assert not page.chips.isVisible()


def test_a_key_takes_the_chip_away_too(qtbot, page, everyone):
    page.show_people([everyone[0].client.id], "Auswertung")
    (chip,) = page.chips.chips
    chip.setFocus()

    qtbot.keyClick(chip, Qt.Key.Key_Delete)

    assert len(shown(page)) == len(everyone)


def test_escape_in_the_empty_line_shows_everybody_again(qtbot, page, everyone):
    page.show_people([everyone[0].client.id], "Auswertung")
    page.search.setFocus()

    qtbot.keyClick(page.search, Qt.Key.Key_Escape)

    assert len(shown(page)) == len(everyone)


def test_the_window_shows_kunden_with_a_search_or_with_people(workplace, everyone):
    workplace.show_search("ohne:termin")
    page = workplace.window.page("kunden")
    assert workplace.window.current_page() == "kunden"
    assert page.search.text() == "ohne:termin"
    assert shown(page) == {e.client.id for e in everyone if e.appointment is None}

    workplace.show_people([everyone[1].client.id], "Auswertung")
    assert page.search.text() == ""
    assert shown(page) == {everyone[1].client.id}


# The query line and its offers.


def offers(page):
    return [offer.text for offer in page.search.popup.model.offers]


def test_plain_words_that_find_somebody_are_never_interrupted(qtbot, page, everyone):
    name = everyone[0].client.last_name
    for end in range(1, len(name) + 1):
        qtbot.keyClicks(page.search, name[end - 1])
        assert not page.search.is_offering()

    with qtbot.waitSignal(page.client_opened):
        qtbot.keyClick(page.search, Qt.Key.Key_Return)


def test_a_field_is_offered_with_what_it_means_and_its_values_with_counts(qtbot, page, everyone):
    qtbot.keyClicks(page.search, "profi")
    assert offers(page)[0] == "profil:"
    assert page.search.popup.model.offers[0].label == "Profillage"

    qtbot.keyClick(page.search, Qt.Key.Key_Tab)
    assert page.search.text() == "profil:"
    assert page.search.hasFocus()
    popup = page.search.popup
    qtbot.waitUntil(lambda: len(popup.model.counts) == len(popup.model.offers))
    facts = [e.client.subject.facts.at("profile", TODAY) for e in everyone]
    counts = {text: popup.model.counts[row] for row, text in enumerate(offers(page))}
    assert counts["markt"] == facts.count("markt")
    assert counts["keine"] == facts.count(None)


def test_arrows_choose_enter_takes_and_the_table_follows(qtbot, page, everyone):
    qtbot.keyClicks(page.search, "ohne:termin profil:")
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    qtbot.keyClick(page.search, Qt.Key.Key_Up)
    chosen = page.search.popup.current().text

    with qtbot.assertNotEmitted(page.client_opened):
        qtbot.keyClick(page.search, Qt.Key.Key_Return)

    assert page.search.text() == f"ohne:termin profil:{chosen} "
    assert not page.search.is_offering()
    assert shown(page) == {
        e.client.id
        for e in everyone
        if e.client.subject.facts.at("profile", TODAY) == chosen and e.appointment is None
    }


def test_a_click_takes_an_offer(qtbot, page):
    qtbot.keyClicks(page.search, "status:")
    view = page.search.popup.view
    place = view.visualRect(page.search.popup.model.index(1)).center()

    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert page.search.text() == "status:arbeitsuchend "
    assert page.search.hasFocus()


def test_enter_opens_the_row_while_nothing_was_chosen(qtbot, page):
    qtbot.keyClicks(page.search, "profil:ma")
    assert page.search.is_offering()

    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert not page.search.is_offering()
    assert page.search.text() == "profil:ma"
    qtbot.keyClicks(page.search, "r")
    with qtbot.waitSignal(page.client_opened):
        qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert not page.search.is_offering()


def test_what_is_finished_offers_nothing_and_tab_goes_on(qtbot, page):
    qtbot.keyClicks(page.search, "status:arbeitslos")
    assert not page.search.is_offering()

    qtbot.keyClick(page.search, Qt.Key.Key_Tab)

    assert not page.search.hasFocus()


def test_offers_can_be_asked_for(qtbot, page):
    qtbot.keyClick(page.search, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)

    assert "kein-kontakt>" in offers(page)
    assert page.search.text() == ""


def test_a_field_on_its_way_does_not_empty_the_table(qtbot, page, everyone):
    qtbot.keyClicks(page.search, "ohne:termin profil")
    assert shown(page)

    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not shown(page))


def test_a_term_that_is_being_written_does_not_count_yet(qtbot, page, everyone):
    without = {e.client.id for e in everyone if e.appointment is None}
    qtbot.keyClicks(page.search, "kein-kontakt>")
    assert len(shown(page)) == len(everyone)

    qtbot.keyClicks(page.search, "60t ohne:termin -profil:")
    assert shown(page) <= without
    assert [chip.said for chip in page.chips.chips] == [
        "Kein zählender Kontakt seit mehr als 60 Tagen",
        "Nächster Termin: keiner",
    ]


def test_a_fault_waits_until_nothing_is_offered(qtbot, page):
    page._pause.setInterval(20)
    qtbot.keyClicks(page.search, "profil:")
    qtbot.wait(60)
    assert not page.fault.isVisible()

    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(page.fault.isVisible)
    assert "an Stelle 1" in page.fault.text()
    assert "Es fehlt ein Wert" in page.fault.text()


# Chips.


def test_each_condition_has_a_chip_that_takes_it_away(qtbot, page):
    qtbot.keyClicks(page.search, "profil:markt -ausnahme:ja müller".replace("ü", "u"))
    assert [chip.said for chip in page.chips.chips] == [
        "Profillage: Marktprofil",
        "Ausnahme vereinbart: nein",
        "enthält „muller“",
    ]

    qtbot.mouseClick(page.chips.chips[1], Qt.MouseButton.LeftButton)
    assert page.search.text() == "profil:markt muller"
    page.chips.chips[0].setFocus()
    qtbot.keyClick(page.chips.chips[0], Qt.Key.Key_Backspace)
    assert page.search.text() == "muller"
    assert not page.chips.isVisible()


def test_a_chip_stays_where_it_is_while_its_condition_is_written(qtbot, page, everyone):
    page.show_people({entry.client.id for entry in everyone[:9]}, "Neun Personen")
    qtbot.keyClicks(page.search, "kein-kontakt>6")
    people, chip = page.chips.chips
    before = chip.sizeHint().width()

    qtbot.keyClicks(page.search, "0")

    assert page.chips.chips == [people, chip]
    assert chip.said == chip.accessibleName().removesuffix(", entfernen")
    assert "60 Tagen" in chip.text()
    assert chip.sizeHint().width() > before
    page.chips.show_chips([("Eine", False, page.search.clear)])
    assert (people.said, people.property("strong")) == ("Eine", "false")


def test_plain_words_have_no_chips(qtbot, page):
    qtbot.keyClicks(page.search, "a")

    assert not page.chips.isVisible()


# The form.


@pytest.fixture
def form(qtbot, page):
    qtbot.keyClick(
        page.search,
        Qt.Key.Key_F,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert page.form.isVisible()
    return page.form


def follow(qtbot, page):
    """The form follows the line a moment later."""
    qtbot.waitUntil(lambda: not page._form_later.isActive())


def test_what_is_filled_in_stands_in_the_line(qtbot, page, form, everyone):
    row = form.usual["kein-kontakt"]
    qtbot.keyClicks(row._editor.edit, "60")
    assert page.search.text() == "kein-kontakt>60t"

    qtbot.keyClick(row.operator, Qt.Key.Key_Down)
    assert page.search.text() == "kein-kontakt:60t"
    qtbot.keyClick(row._editor.unit, Qt.Key.Key_Down)
    assert page.search.text() == "kein-kontakt:60w"
    seen = {e.client.id: e.last.day for e in everyone if e.last}
    assert shown(page) == {
        e.client.id for e in everyone if (TODAY - seen.get(e.client.id, date.min)).days >= 60 * 7
    }

    qtbot.mouseClick(row.remove_button, Qt.MouseButton.LeftButton)
    assert page.search.text() == ""
    assert len(shown(page)) == len(everyone)


def test_several_values_are_ticked_one_after_the_other(qtbot, page, form):
    row = form.usual["profil"]
    menu = row._editor.button.menu()
    row._editor.button.setFocus()
    for label in ("Marktprofil", "Förderprofil"):
        action = next(each for each in menu.actions() if each.text() == label)
        menu.popup(row.mapToGlobal(row.rect().center()))
        menu.setActiveAction(action)
        qtbot.keyClick(menu, Qt.Key.Key_Space)
        assert menu.isVisible()
    menu.close()

    assert page.search.text() == "profil:markt,foerder"
    qtbot.keyClick(row.operator, Qt.Key.Key_Down)
    assert page.search.text() == "-profil:markt,foerder"


def test_what_is_typed_stands_in_the_form(qtbot, page, form):
    page.search.setFocus()
    qtbot.keyClicks(page.search, "ohne:termin alter>=30 ort:Uelzen ")
    follow(qtbot, page)

    assert form.usual["termin"].operator.currentText() == "keiner"
    assert [row.asked.id for row in form.added()] == ["alter", "ort"]
    assert form.added()[1]._editor.edit.text() == "Uelzen"

    form.added()[0]._editor.edit.setFocus()
    qtbot.keyClick(form.added()[0]._editor.edit, Qt.Key.Key_Backspace)
    assert page.search.text() == "ohne:termin alter>=3 ort:Uelzen"


def test_any_field_can_be_added_and_stays_while_it_lacks_a_value(qtbot, page, form):
    group = next(each for each in form.add_button.menu().actions() if each.text() == "Person")
    age = next(each for each in group.menu().actions() if each.text() == "Alter in Jahren")
    age.trigger()
    (row,) = form.added()
    assert row._editor.edit.hasFocus()
    assert page.search.text() == ""

    qtbot.keyClicks(row._editor.edit, "25")
    assert page.search.text() == "alter:25"
    qtbot.mouseClick(row.remove_button, Qt.MouseButton.LeftButton)
    assert page.search.text() == ""
    assert form.added() == []


def test_what_the_form_has_no_row_for_stays_and_can_be_taken_away(qtbot, page, form):
    page.search.setText("(ohne:termin oder alter<25) muster")
    follow(qtbot, page)

    qtbot.keyClicks(form.usual["kein-kontakt"]._editor.edit, "9")
    assert page.search.text() == "(ohne:termin oder alter<25) muster kein-kontakt>9t"

    chip = form.findChild(type(page.chips.chips[0]))
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert page.search.text() == "muster kein-kontakt>9t"


@pytest.mark.parametrize(
    "line", ['ort:"Bad Ort, Nord"', 'ort:"Bad Ort, ""Nord""",Uelzen', 'ort:"a""b"', "ort:a,b"]
)
def test_a_comma_in_a_value_parts_nothing_when_another_condition_comes(qtbot, page, form, line):
    page.search.setText(line)
    follow(qtbot, page)
    qtbot.keyClick(form.usual["termin"].operator, Qt.Key.Key_End)

    assert page.search.text() == f"{line} ohne:termin"


def test_values_are_parted_by_commas_outside_of_quotation_marks(qtbot, page, form):
    page.search.setText("ort:Uelzen")
    follow(qtbot, page)
    edit = form.added()[0]._editor.edit
    edit.selectAll()
    qtbot.keyClicks(edit, 'Bonn, "Bad Ort, Nord')
    assert page.search.text() == 'ort:Bonn,"Bad Ort, Nord"'

    qtbot.keyClicks(edit, '"')
    assert page.search.text() == 'ort:Bonn,"Bad Ort, Nord"'


def test_words_stay_when_a_condition_comes(qtbot, page, form):
    page.search.setText("muster")
    follow(qtbot, page)
    qtbot.keyClick(form.usual["termin"].operator, Qt.Key.Key_End)

    assert page.search.text() == "muster ohne:termin"


def test_escape_closes_the_form_and_the_keys_are_in_the_line(qtbot, page, form):
    qtbot.keyClick(form.usual["profil"].operator, Qt.Key.Key_Escape)

    assert not form.isVisible()
    assert page.search.hasFocus()
    assert not page.filter_button.isChecked()


def test_the_page_fits_the_smallest_window_with_its_form(page, form):
    assert page.minimumSizeHint().width() <= 1024 - rail.WIDTH


def test_the_form_has_the_fields_of_the_concepts_in_force(qtbot, page, form, session):
    page.search.setText("alter<30")
    follow(qtbot, page)
    before = page.form

    session.perform(lambda context: policies.choose(context, "ffm2017"))
    qtbot.waitUntil(lambda: page._form is not None and page.form is not before)
    follow(qtbot, page)

    assert page.form.isVisible()
    assert [row.asked.id for row in page.form.added()] == ["alter"]
    row = page.form.add("quote")
    assert "m1" in row._editor._actions


# Saved searches.


def dialog_of(parent, kind):
    return next(each for each in parent.findChildren(kind) if each.isVisible())


def entries_of(qtbot, button):
    """The lines of a menu that a click opens."""
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    return {action.text(): action for action in button.menu().actions()}


def test_a_search_is_saved_chosen_renamed_changed_and_deleted(qtbot, page, session):
    qtbot.keyClicks(page.search, "ohne:termin")
    qtbot.keyClick(page.search, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    saving = dialog_of(page, SaveSearchDialog)
    qtbot.keyClicks(saving.name, "Ohne Termin")
    qtbot.keyClick(saving.name, Qt.Key.Key_Return)
    assert searches.names(session.context) == (("Ohne Termin", "ohne:termin"),)

    page.clear_filters()
    menu = entries_of(qtbot, page.saved_button)
    menu["Ohne Termin"].trigger()
    page.saved_button.menu().close()
    assert page.search.text() == "ohne:termin"

    page.manage_searches()
    managing = dialog_of(page, SavedSearchesDialog)
    managing.name.setFocus()
    managing.name.selectAll()
    qtbot.keyClicks(managing.name, "Lange her")
    managing.line.selectAll()
    qtbot.keyClicks(managing.line, "kein-kontakt>90t")
    assert managing.said.text() == "Kein zählender Kontakt seit mehr als 90 Tagen"
    qtbot.mouseClick(managing.change_button, Qt.MouseButton.LeftButton)
    assert searches.names(session.context) == (("Lange her", "kein-kontakt>90t"),)

    managing.activateWindow()
    managing.list.setFocus()
    qtbot.waitUntil(managing.list.hasFocus)
    qtbot.keyClick(managing.list, Qt.Key.Key_Delete)
    assert searches.names(session.context) == ()
    assert not managing.show_button.isEnabled()
    session.undo()
    assert searches.names(session.context) == (("Lange her", "kein-kontakt>90t"),)


def test_who_is_renamed_stays_the_chosen_one_however_the_name_is_kept(qtbot, page, session):
    for name, line in (("Anfang", "profil:z"), ("Mitte", "ohne:termin")):
        searches.save(session.context, name, line)
    page.manage_searches()
    managing = dialog_of(page, SavedSearchesDialog)
    managing.name.selectAll()
    qtbot.keyClicks(managing.name, "@Zuletzt")
    qtbot.keyClick(managing.name, Qt.Key.Key_Return)

    assert [name for name, _ in searches.names(session.context)] == ["Mitte", "Zuletzt"]
    assert (managing.name.text(), managing.line.text()) == ("Zuletzt", "profil:z")


def test_a_search_that_names_somebody_is_not_saved_and_says_why(qtbot, page, session):
    qtbot.keyClicks(page.search, "bg:0815 ohne:termin")
    page.save_search()
    saving = dialog_of(page, SaveSearchDialog)

    assert saving.error.isVisible()
    assert "nennt eine Person" in saving.error.accessibleName()
    assert not saving.save_button.isEnabled()
    qtbot.keyClicks(saving.name, "Geheim")
    qtbot.keyClick(saving.name, Qt.Key.Key_Return)
    assert searches.names(session.context) == ()


def test_a_taken_name_is_said_before_it_is_replaced(qtbot, page, session):
    session.perform(lambda context: searches.save(context, "Markt", "profil:markt"))
    page.search.setText("profil:z")
    page.save_search()
    saving = dialog_of(page, SaveSearchDialog)

    qtbot.keyClicks(saving.name, "markt")
    assert saving.save_button.text() == "Ersetzen"
    qtbot.mouseClick(saving.save_button, Qt.MouseButton.LeftButton)

    assert searches.names(session.context) == (("markt", "profil:z"),)


def test_a_wrong_line_is_refused_in_its_place(qtbot, page, session):
    session.perform(lambda context: searches.save(context, "Markt", "profil:markt"))
    page.manage_searches()
    managing = dialog_of(page, SavedSearchesDialog)

    managing.line.setFocus()
    qtbot.keyClicks(managing.line, " profill:z")
    qtbot.keyClick(managing.line, Qt.Key.Key_Return)

    assert "ist kein Suchwort" in managing.line_field.error()
    assert searches.names(session.context) == (("Markt", "profil:markt"),)


# Heute.


def side_of(qtbot, workplace):
    page = workplace.window.show_page("heute")
    qtbot.waitUntil(lambda: page._side is not None and page._side._searches is not None)
    qtbot.waitUntil(page.side.searches.isVisible)
    return page.side.searches


def test_without_saved_searches_heute_offers_some_to_try_or_to_keep(qtbot, workplace, session):
    card = side_of(qtbot, workplace)
    assert card.hint.isVisible()
    assert [row.name for row in card.rows] == list(searches.ready_made())
    assert all(row.count is None for row in card.rows)

    qtbot.mouseClick(card.offer_button, Qt.MouseButton.LeftButton)

    assert len(searches.names(session.context)) == len(searches.ready_made())
    qtbot.waitUntil(lambda: all(row.count is not None for row in card.rows))
    assert not card.hint.isVisible()
    assert {row.name: row.count for row in card.rows} == {
        each.name: each.count for each in searches.saved(session.context)
    }


def test_no_name_is_cut_while_another_has_room_to_spare(qtbot, workplace):
    workplace.window.resize(1280, 800)
    card = side_of(qtbot, workplace)

    for row in card.rows:
        words = row.fontMetrics().horizontalAdvance(row.name)
        qtbot.waitUntil(lambda row=row, words=words: row.width() >= words + 2 * theme.SMALL)


def test_a_saved_search_on_heute_leads_to_its_people(qtbot, workplace, session):
    session.perform(lambda context: searches.save(context, "Ohne Termin", "ohne:termin"))
    card = side_of(qtbot, workplace)
    qtbot.waitUntil(lambda: card.rows[0].count is not None)
    count = card.rows[0].count

    card.rows[0].setFocus()
    qtbot.keyClick(card.rows[0], Qt.Key.Key_Return)

    assert workplace.window.current_page() == "kunden"
    page = workplace.window.page("kunden")
    assert page.search.text() == "ohne:termin"
    assert len(shown(page)) == count


def test_saved_searches_are_in_sight_in_the_lowest_window_and_the_others_in_a_menu(
    qtbot, workplace, session
):
    for number in range(7):
        line = f"alter>{20 + number}"
        session.perform(lambda context, n=number, q=line: searches.save(context, f"Suche {n}", q))
    workplace.window.resize(1024, 700)
    card = side_of(qtbot, workplace)
    qtbot.waitUntil(lambda: all(row.count is not None for row in card.rows))

    seen = [row for row in card.rows if not row.visibleRegion().isEmpty()]
    assert [row.name for row in seen] == [f"Suche {number}" for number in range(4)]
    assert card.more_button.text() == "3 weitere"

    qtbot.mouseClick(card.more_button, Qt.MouseButton.LeftButton)
    [menu] = [each for each in card.findChildren(QMenu) if each.isVisible()]
    assert [each.text() for each in menu.actions()] == [
        f"{row.name}\t{row.count}" for row in card.rows[4:]
    ]
    menu.actions()[-1].trigger()
    menu.close()
    assert workplace.window.page("kunden").search.text() == "alter>26"


def test_a_search_that_is_not_understood_any_more_says_so(qtbot, workplace, session):
    old = {"Alt": "gibtsnicht:x"}
    session.perform(lambda context: context.change_settings(saved_searches=old))
    card = side_of(qtbot, workplace)

    qtbot.waitUntil(lambda: "ist kein Suchwort" in card.rows[0].toolTip())
    assert card.rows[0].count is None


# What follows a result.


def test_the_menu_acts_on_all_that_are_shown_in_their_order(qtbot, page):
    page.search.setText("profil:markt ohne:termin")
    ids = tuple(row.id for row in page.model.rows())
    assert page.people_button.text() == f"{len(ids)} Personen"

    menu = entries_of(qtbot, page.people_button)
    with qtbot.waitSignal(page.list_wanted) as wanted:
        menu["Liste drucken oder als PDF …"].trigger()
    page.people_button.menu().close()

    (people,) = wanted.args
    assert people.ids == ids
    assert people.said == "Profillage: Marktprofil · Nächster Termin: keiner"


def test_selected_rows_narrow_it(qtbot, page):
    page.table.setFocus()
    page.table.selectRow(2)
    for _ in range(2):
        qtbot.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert page.people_button.text() == "3 ausgewählt"

    with qtbot.waitSignal(page.plan_wanted) as wanted:
        entries_of(qtbot, page.people_button)["Plan vorschlagen …"].trigger()
    page.people_button.menu().close()

    assert wanted.args[0].ids == tuple(row.id for row in page.model.rows()[2:5])


def test_everybody_is_nobody_in_particular(page, everyone):
    assert page.people().only is None

    page.show_people([each.client.id for each in everyone[:2]], "Auswertung")
    assert len(page.people().only) == 2


def test_how_people_were_found_names_nobody(page, everyone):
    page.show_people([each.client.id for each in everyone[:9]], "Auswertung")
    page.search.setText(f"name:{everyone[0].client.last_name} alter>1")

    assert page.people().said == "Auswertung · Alter in Jahren: über 1"


def test_how_people_were_found_is_english_on_the_chip_and_german_for_paper(english, qtbot, page):
    qtbot.keyClicks(page.search, "kein-kontakt>60t profil:")

    (chip,) = page.chips.chips
    assert chip.said == "No counted contact for more than 60 days"
    assert page.people().said == "Kein zählender Kontakt seit mehr als 60 Tagen"


def test_the_form_of_conditions_is_english_and_writes_a_german_line(english, qtbot, page, form):
    row = form.usual["kein-kontakt"]
    qtbot.keyClicks(row._editor.edit, "60")

    assert row.label.text() == "No counted contact"
    assert row.operator.currentText() == "more than"
    assert row._editor.unit.currentText() == "days"
    assert page.search.text() == "kein-kontakt>60t"


def test_letters_say_how_many_have_no_talk_yet_and_offer_a_plan(qtbot, workplace, everyone):
    page = workplace.window.show_page("kunden")
    ids = [each.client.id for each in everyone]
    without = {each.client.id for each in everyone if each.appointment is None}

    page.letters_wanted.emit(People(tuple(ids), ""))
    dialog = dialog_of(workplace.window, InvitingDialog)
    with qtbot.waitSignal(dialog.plan_wanted) as wanted:
        qtbot.mouseClick(dialog.plan_button, Qt.MouseButton.LeftButton)

    assert set(wanted.args[0]) == without
    assert f"{len(without)} …" in dialog.plan_button.text()
    for each in workplace.window.findChildren(Dialog):
        each.reject()


def test_only_these_people_are_written_into_a_table(qtbot, workplace, everyone, tmp_path, session):
    chosen = [each.client.id for each in everyone[:4]]
    path = tmp_path / "personen.csv"

    written = table_export.export(session.context, path, only=chosen)

    assert written.people == 4
    text = path.read_text(encoding="utf-8-sig")
    assert all((e.client.number in text) == (e.client.id in chosen) for e in everyone)


def test_the_help_shows_examples_that_are_all_understood(qtbot, page, session):
    qtbot.mouseClick(page.help_button, Qt.MouseButton.LeftButton)
    [desk] = page.window().findChildren(HelpDesk)
    assert desk.window.title.text() == "Suchlauf: was sich suchen lässt"
    desk.window.reject()

    policies.choose(session.context, "ffm2017")
    known = searches.vocabulary(session.context)
    text = (paths.resources() / "help" / "suchlauf.md").read_text(encoding="utf-8")
    examples = [each for each in re.findall(r"`([^`]+)`", text) if re.search(r"\w[:<>]=?\w", each)]
    assert len(examples) > 20
    for example in examples:
        assert parse(example, known)


def test_the_key_that_saves_works_after_its_menu_was_open(qtbot, page):
    page.search.setText("ohne:termin")
    entries_of(qtbot, page.saved_button)
    page.saved_button.menu().close()

    qtbot.keyClick(page.search, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    assert dialog_of(page, SaveSearchDialog).isVisible()


def dialogs(workplace):
    return {type(each).__name__: each for each in workplace.window.findChildren(Dialog)}


def test_a_result_leads_to_list_table_letters_and_plan(qtbot, workplace, everyone, session):
    waiting = next(each for each in everyone if each.appointment is None)
    moment = datetime(2026, 12, 15, 10)
    session.perform(lambda context: appointments.book(context, waiting.client, moment, 45))
    workplace.show_search("mit:termin")
    page = workplace.window.page("kunden")
    people = page.people()
    assert 0 < len(people.ids) < len(everyone)

    page.list_wanted.emit(people)
    preview = dialogs(workplace)["PeoplePreview"]
    qtbot.waitUntil(lambda: preview.pdf.startswith(b"%PDF"), timeout=20_000)
    assert preview.subtitle.text() == f"{len(people.ids)} Personen"
    preview.reject()

    page.table_wanted.emit(people)
    table = dialogs(workplace)["ExportTablesDialog"]
    assert table.title.text() == "Personen als Tabelle speichern"
    table.reject()

    found = uninvited(session.context, people.ids)
    page.letters_wanted.emit(people)
    qtbot.mouseClick(dialogs(workplace)["InvitingDialog"].write_button, Qt.MouseButton.LeftButton)
    writing = dialogs(workplace)["WriteLettersDialog"]
    assert writing.model.total() == len(found.to_write) > 0
    writing.reject()

    page.plan_wanted.emit(people)
    assert workplace.window.current_page() == "woche"
    for each in dialogs(workplace).values():
        each.reject()


def test_a_field_that_is_being_written_lets_no_empty_list_come_and_go(qtbot, page, everyone):
    resets, lists = [], []
    page.model.modelReset.connect(lambda: resets.append(page.search.text()))
    page._stack.currentChanged.connect(lists.append)

    qtbot.keyClicks(page.search, "kein-kontakt")

    assert lists == []
    assert resets[-1] in ("k", "ke", "kei", "kein")
    assert len(shown(page)) == len(everyone)


def test_a_word_that_stands_for_nobody_says_so(qtbot, page):
    qtbot.keyClicks(page.search, "xqx")

    assert shown(page) == set()
    assert page._nobody.isVisible()


def test_what_words_are_looked_for_in_is_read_before_the_first_is_typed(page, monkeypatch):
    for _ in page._lines.preparing():
        pass
    monkeypatch.setattr(search, "searched", lambda *parts: pytest.fail("read too late"))

    page.search.setText("alter>1 a")

    assert page.model.rowCount()


def test_offers_are_counted_once_no_letter_follows(qtbot, page, monkeypatch):
    page.search.setFocus()
    monkeypatch.setattr(completion_popup, "_PAUSE", 3_600_000)
    qtbot.keyClicks(page.search, "profil:")
    QCoreApplication.processEvents()
    popup = page.search.popup

    assert popup.isVisible()
    assert popup.model.counts == {}
    monkeypatch.undo()
    qtbot.keyClicks(page.search, "f")
    qtbot.waitUntil(lambda: len(popup.model.counts) == popup.model.rowCount())
