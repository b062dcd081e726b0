"""The command palette of the whole window, by real keys."""

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtWidgets import QDialog, QMenu

from kkd_desktop.actions import casework, forgetting, search
from kkd_desktop.gui.dialogs.contact import ContactDialog
from kkd_desktop.gui.dialogs.passphrase import PassphraseDialog
from kkd_desktop.gui.widgets.chip import KeyHint
from kkd_desktop.gui.widgets.rail import RailButton
from kkd_desktop.gui.workplace import Workplace

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def workplace(session, tmp_path, present, qtbot):
    settings = QSettings(str(tmp_path / "fenster.ini"), QSettings.Format.IniFormat)
    made = Workplace(session, settings)
    with qtbot.waitSignal(made.settling):
        present(made.window)
    yield made
    made.close()


@pytest.fixture
def palette(workplace, qtbot):
    """What is typed after Ctrl+K; returns the titles that are shown."""
    field = workplace.window.commands

    def typed(text: str = "") -> list[str]:
        qtbot.keyClick(workplace.window, Qt.Key.Key_K, CONTROL)
        field.clear()
        qtbot.keyClicks(field, text)
        qtbot.waitUntil(field.is_open)
        hits = field.popup().hits
        return [hits.hit(row).title for row in hits.places()]

    return typed


@pytest.fixture
def client(session):
    return casework.all_clients(session.context)[0]


def press(workplace, qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(workplace.window.commands, key, modifier)


def dialogs(workplace, kind=QDialog):
    return [each for each in workplace.window.findChildren(kind) if each.isVisible()]


def foot(workplace):
    shown = workplace.window.commands.popup().foot
    return [each.text() for each in shown.findChildren(KeyHint) if each.isVisible()]


def test_enter_opens_the_file_of_a_person(workplace, palette, client, qtbot):
    assert palette(client.number)[0] == client.name

    press(workplace, qtbot, Qt.Key.Key_Return)

    assert workplace.window.current_page() == "akte"
    assert workplace.window.page("akte").current_client_id() == client.id


def test_with_control_a_contact_of_the_person_is_logged(workplace, palette, client, qtbot):
    palette(client.number)
    qtbot.waitUntil(lambda: foot(workplace) == ["↵", "Strg ↵", "Umschalt ↵"])

    press(workplace, qtbot, Qt.Key.Key_Return, CONTROL)

    assert len(dialogs(workplace, ContactDialog)) == 1
    assert workplace.window.current_page() == "heute"


def test_with_shift_a_talk_is_agreed(workplace, palette, client, qtbot):
    palette(client.number)

    press(workplace, qtbot, Qt.Key.Key_Return, SHIFT)

    assert len(dialogs(workplace)) == 1


def test_a_modifier_does_nothing_where_it_has_no_meaning(workplace, palette, qtbot):
    palette("woche")

    press(workplace, qtbot, Qt.Key.Key_Return, CONTROL)

    assert workplace.window.current_page() == "heute"
    assert workplace.window.commands.is_open()


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("wo", "woche"),
        ("/kund", "kunden"),
        ("einldungen", "einladungen"),
        ("statistik", "auswertung"),
        ("verlauf", "verlauf"),
        ("optionen", "einstellungen"),
    ],
)
def test_pages_are_found_by_beginnings_slips_and_other_words(workplace, palette, qtbot, text, page):
    palette(text)
    press(workplace, qtbot, Qt.Key.Key_Return)

    assert workplace.window.current_page() == page


def test_every_page_of_the_window_is_offered(workplace, palette):
    titles = palette("/")

    rail = workplace.window.rail.findChildren(RailButton)
    assert len(rail) == 7
    assert [each.text() for each in rail if each.text() not in titles] == []


def test_every_card_of_the_settings_is_offered_and_comes_to_the_top(workplace, palette, qtbot):
    page = workplace.window.show_page("einstellungen")
    names = [section.heading.title.text() for section in page.sections]
    offered = palette("/")

    assert [name for name in names if name not in offered] == []
    palette("/backup")
    press(workplace, qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.backups.isAncestorOf(workplace.window.focusWidget()))


def test_words_that_stand_on_a_card_of_the_settings_lead_to_it(workplace, palette, qtbot):
    titles = palette("meldezweck")
    assert titles[0] == "In den Einstellungen suchen: „meldezweck“"

    press(workplace, qtbot, Qt.Key.Key_Return)

    page = workplace.window.page("einstellungen")
    qtbot.waitUntil(lambda: page.index.marked() == "post")
    assert page.index.search.hasFocus()
    assert not page.post.visibleRegion().isEmpty()


def test_arrow_keys_pass_over_headings_and_around_the_ends(workplace, palette, qtbot):
    titles = palette()
    popup = workplace.window.commands.popup()
    assert popup.current().title == titles[0]

    press(workplace, qtbot, Qt.Key.Key_Up)
    assert popup.current().title == titles[-1]
    press(workplace, qtbot, Qt.Key.Key_Down)
    assert popup.current().title == titles[0]
    for _ in titles:
        press(workplace, qtbot, Qt.Key.Key_PageDown)
    assert popup.current().title == titles[-1]


def test_what_belongs_to_an_open_file_is_offered_only_there(workplace, palette, client):
    assert "Angaben ändern" not in palette("angaben aendern")

    workplace.open_client(client.id)

    assert palette("angaben aendern")[0] == "Angaben ändern"


def test_the_last_step_can_be_taken_back_only_where_there_is_one(
    workplace, palette, session, client, qtbot
):
    before = "Rückgängig" in palette(">rueckg")
    session.perform(
        lambda context: casework.set_wish(context, client, "vormittags"), lambda: "Wunsch"
    )

    assert not before
    assert palette(">rueckg")[0] == "Rückgängig"
    press(workplace, qtbot, Qt.Key.Key_Return)
    assert "Rückgängig" not in palette(">rueckg")


def test_what_is_refused_says_why_and_stays_open(workplace, palette, qtbot):
    palette("anteile im bestand")
    popup = workplace.window.commands.popup()
    assert popup.current().refused
    assert "setzt keine Anteile" in popup.said(popup.current())

    press(workplace, qtbot, Qt.Key.Key_Return)

    assert workplace.window.commands.is_open()


def test_the_passphrase_is_changed_from_here(workplace, palette, qtbot):
    palette("kennwort")
    press(workplace, qtbot, Qt.Key.Key_Return)

    assert len(dialogs(workplace, PassphraseDialog)) == 1


def test_the_empty_field_says_what_else_can_be_typed(workplace, palette, qtbot):
    palette()

    qtbot.waitUntil(lambda: foot(workplace) == [">", "@", "/", "?"])


def test_where_one_kind_has_nothing_the_way_to_the_others_is_said(workplace, palette):
    assert palette("@nirgends") == []

    nothing = workplace.window.commands.popup().nothing
    assert nothing.isVisible()
    assert nothing.text() == "Nichts gefunden unter Suchen. Ohne das Zeichen davor zählt alles."


@pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise|grabbing)")
def test_a_click_runs_and_a_right_click_offers_the_rest(workplace, palette, client, qtbot):
    palette(client.number)
    view = workplace.window.commands.popup().view
    place = view.visualRect(view.currentIndex()).center()

    view.customContextMenuRequested.emit(place)
    (menu,) = [each for each in view.parent().findChildren(QMenu) if each.isVisible()]
    assert [action.text() for action in menu.actions()] == [
        "Akte öffnen",
        "Kontakt erfassen",
        "Termin vereinbaren",
    ]
    menu.close()
    assert workplace.window.commands.is_open()
    qtbot.mouseClick(view.viewport(), LEFT, pos=QPoint(place))

    assert workplace.window.current_page() == "akte"


def test_no_two_commands_have_one_title_or_one_id(workplace):
    commands = workplace._commands()
    titles = [(hit.group, hit.title) for hit in commands]
    ids = [hit.id for hit in commands if hit.id]

    assert len(set(titles)) == len(titles)
    assert len(set(ids)) == len(ids)


def test_a_screen_reader_hears_kind_and_keys(workplace, palette):
    palette("kontakt erfassen")
    popup = workplace.window.commands.popup()

    read = popup.view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)

    assert read == "Kontakt erfassen, Aktionen, Strg N"


def test_a_saved_search_shows_whom_it_finds(workplace, palette, session, qtbot):
    session.perform(lambda context: search.save(context, "Lange nicht da", "kontakt:nie"))
    assert palette("@lange") == ["Lange nicht da"]

    press(workplace, qtbot, Qt.Key.Key_Return)

    page = workplace.window.page("kunden")
    assert page.search.text() == "ohne:kontakt"
    found = {entry.client.id for entry in search.run(session.context, "kontakt:nie").entries}
    assert {row.id for row in page.model.rows()} == found


@pytest.mark.parametrize("key", [Qt.Key.Key_T, Qt.Key.Key_O, Qt.Key.Key_I])
def test_keys_for_a_person_who_is_gone_ask_for_another(workplace, client, session, qtbot, key):
    workplace.open_client(client.id)
    session.perform(lambda context: forgetting.forget(context, [client.id]) and None)

    qtbot.keyClick(workplace.window, key, CONTROL)

    assert workplace.window.toast.text.text() == "Dafür bitte erst eine Person markieren."
    assert dialogs(workplace) == []


def test_a_talk_is_not_logged_with_who_is_gone(workplace, client, session, qtbot):
    workplace.open_client(client.id)
    session.perform(lambda context: forgetting.forget(context, [client.id]) and None)

    qtbot.keyClick(workplace.window, Qt.Key.Key_N, CONTROL)

    (dialog,) = dialogs(workplace, ContactDialog)
    assert client.name not in dialog.title.text()


def test_what_is_done_in_a_file_is_not_offered_for_who_is_gone(workplace, palette, client, session):
    workplace.open_client(client.id)
    assert "Angaben ändern" in palette("> angaben")
    session.perform(lambda context: forgetting.forget(context, [client.id]) and None)

    assert "Angaben ändern" not in palette("> angaben")
