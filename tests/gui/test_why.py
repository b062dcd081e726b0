"""The panel *Warum?*, opened from the Kundenakte, from Heute and from an appointment."""

from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kkd_desktop import paths
from kkd_desktop.actions import appointments, casework, policies, worklist
from kkd_desktop.domain.contact import Contact, ContactForm, ContactKind
from kkd_desktop.domain.outcome import FactUsed
from kkd_desktop.domain.trace import ContactWeighed, ObligationTrace, Source, Trace
from kkd_desktop.domain.values import replace
from kkd_desktop.gui.dialogs.why import WhyDialog
from kkd_desktop.gui.pages.akte import AktePage
from kkd_desktop.gui.pages.heute import HeutePage
from kkd_desktop.gui.widgets.chip import Chip
from kkd_desktop.gui.widgets.labels import PlainLabel
from kkd_desktop.gui.widgets.trace_view import FIRST_CONTACTS
from kkd_desktop.policyfiles.shelf import Shelf

TODAY = date(2026, 11, 20)
INVENTED = Path(__file__).parents[1] / "cases" / "policies"


@pytest.fixture
def everyone(session):
    return worklist.entries(session.context)


@pytest.fixture
def page(session, present):
    page = AktePage(session)
    page.resize(1180, 800)
    present(page)
    return page


def seen_often(everyone, session):
    """Has more contacts than are shown at first, and no appointment."""
    return next(
        e.client
        for e in everyone
        if e.appointment is None
        and e.outcome.latest
        and len(casework.client_file(session.context, e.client.id).history) > FIRST_CONTACTS
    )


def panel(page):
    return next(each for each in page.findChildren(WhyDialog) if each.isVisible())


def words(widget):
    return [label.text() for label in widget.findChildren(PlainLabel) if label.isVisibleTo(widget)]


def test_w_opens_the_steps_and_esc_brings_the_keyboard_back(qtbot, page, session, everyone):
    client = seen_often(everyone, session)
    page.show_client(client.id)
    qtbot.keyClick(page.history, Qt.Key.Key_W)
    dialog = panel(page)
    qtbot.waitUntil(dialog.area.hasFocus)

    found = casework.why(session.context, client)
    said = words(dialog)
    assert client.name in said
    for fact in found.obligations[0].facts:
        assert fact.value in said
    assert any(found.obligations[0].sources[0].quote in text for text in said)

    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert page.focusWidget() is page.history


def test_a_click_on_the_card_opens_the_same(qtbot, page, session, everyone):
    client = seen_often(everyone, session)
    page.show_client(client.id)

    qtbot.mouseClick(page.next_talk.steps, Qt.MouseButton.LeftButton)

    assert panel(page).title.text() == "Warum?"


def test_the_other_contacts_come_on_demand(qtbot, page, session, everyone):
    client = seen_often(everyone, session)
    page.show_client(client.id)
    page.show_why()
    dialog = panel(page)
    qtbot.waitUntil(dialog.area.hasFocus)
    (view,) = dialog.views
    total = len(casework.why(session.context, client).obligations[0].contacts)
    assert view.contact_rows == FIRST_CONTACTS
    assert view.more_contacts.text() == f"{total - FIRST_CONTACTS} weitere anzeigen"

    qtbot.keyClick(view.more_contacts, Qt.Key.Key_Space)

    assert view.contact_rows == total
    assert not view.more_contacts.isVisible()
    qtbot.waitUntil(dialog.area.hasFocus)


def test_everything_is_copied_as_plain_text(qtbot, page, session, everyone):
    client = seen_often(everyone, session)
    page.show_client(client.id)
    page.show_why()
    dialog = panel(page)
    qtbot.waitUntil(dialog.area.hasFocus)

    qtbot.keyClick(dialog, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    copied = QApplication.clipboard().text()
    assert copied.startswith("Warum?\nStand Fr 20.11.2026\n")
    assert client.name not in copied
    assert len(casework.why(session.context, client).obligations[0].contacts) == copied.count(
        ", weil "
    )
    assert dialog.copy_button.text() == "Kopiert"


def test_in_english_it_is_read_in_english_and_copied_in_german(
    english, qtbot, page, session, everyone
):
    page.show_client(seen_often(everyone, session).id)
    page.show_why()
    dialog = panel(page)
    qtbot.waitUntil(dialog.area.hasFocus)

    qtbot.keyClick(dialog, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert any(text.startswith("because ") for text in words(dialog))
    copied = QApplication.clipboard().text()
    assert copied.startswith("Warum?\nStand Fr 20.11.2026\n")
    assert "because" not in copied


def test_what_was_kept_of_an_appointment_is_all_german_in_english_too(
    english, qtbot, page, session, everyone
):
    client = seen_often(everyone, session)
    appointments.book(session.context, client, datetime(2026, 12, 1, 10, 15), 45)
    page.show_client(client.id)
    page.dates.table.setFocus()

    qtbot.keyClick(page.dates.table, Qt.Key.Key_W)

    read = words(panel(page).views[0])
    assert any(text.startswith("weil ") for text in read)
    assert not any("because" in text or "since" in text for text in read)


def test_heute_leads_to_the_same_steps(qtbot, session, present):
    page = HeutePage(session)
    page.resize(1172, 808)
    present(page)
    qtbot.waitUntil(page.proposer.is_done)
    page.worklist.setFocus()
    chosen = page.worklist.current_key()

    qtbot.keyClick(page.worklist, Qt.Key.Key_W)
    name = casework.client_file(session.context, chosen).client.name
    assert panel(page).subtitle.text() == name
    qtbot.keyClick(panel(page), Qt.Key.Key_Escape)
    assert page.focusWidget() is page.worklist
    qtbot.mouseClick(page.why.steps, Qt.MouseButton.LeftButton)

    assert panel(page).subtitle.text() == name


def test_an_appointment_keeps_why_it_was_put_on_its_day(qtbot, page, session, everyone):
    client = seen_often(everyone, session)
    before = casework.why(session.context, client)
    appointments.book(session.context, client, datetime(2026, 12, 1, 10, 15), 45)
    casework.record_contact(session.context, Contact(TODAY, client_id=client.id))
    page.show_client(client.id)
    page.dates.table.setFocus()

    qtbot.keyClick(page.dates.table, Qt.Key.Key_W)

    dialog = panel(page)
    assert dialog.title.text() == "Warum dieser Tag?"
    assert "Di 01.12.2026, 10:15" in dialog.remark.text()
    assert "Fr 20.11.2026" in dialog.remark.text()
    assert dialog.area.accessibleDescription() == before.sentence


def test_an_appointment_without_kept_steps_says_so(qtbot, page, session, everyone):
    entry = next(e for e in everyone if e.appointment is not None)
    with session.context.store.write() as transaction:
        transaction.execute("UPDATE appointment SET trace = NULL", {})
    page.show_client(entry.client.id)

    qtbot.mouseClick(page.dates.why_button, Qt.MouseButton.LeftButton)

    dialog = panel(page)
    assert any("keine Schritte festgehalten" in text for text in words(dialog))
    assert not dialog.copy_button.isVisible()


def test_of_two_obligations_the_deciding_one_stands_first_and_the_other_folded(
    qtbot, page, session, everyone
):
    session.context.shelf = Shelf((paths.policies(), INVENTED))
    policies.choose(session.context, "musterstadt_formen")
    client = seen_often(everyone, session)
    call = ContactKind(form=ContactForm.TELEFONISCH)
    casework.record_contact(session.context, Contact(TODAY, call, client_id=client.id))
    page.show_client(client.id)
    page.show_why()
    first, second = panel(page).views
    assert "entscheidet" in words(first)
    assert not first.show_steps.isVisible()
    assert second.contact_rows == 0

    qtbot.mouseClick(second.show_steps, Qt.MouseButton.LeftButton)

    assert second.contact_rows > 0
    assert not second.show_steps.isVisible()


def test_unknown_looks_other_than_no_and_our_reading_is_said(qtbot):
    obligation = ObligationTrace(
        *("Musterstadt", "Konzept", "", "a", "Regel", "alle 6 Wochen", "in der Frist"),
        decides=True,
        sentence="Alles gut.",
        facts=(FactUsed("a", "Kurs", "nein"), FactUsed("b", "Stufe", "nicht erfasst")),
        contacts=(ContactWeighed(TODAY, "persönlich", True, "es so war", "", ("Ziel",)),),
        steps=(),
        sources=(Source("Regel", "Alle sechs Wochen", "Satz 1", "R11", True),),
        hints=("Der Status fehlt.",),
    )
    dialog = WhyDialog("Warum?", "Beispiel", Trace(TODAY, "Alles gut.", (obligation,)))
    qtbot.addWidget(dialog)
    dialog.show()

    chips = [chip.text() for chip in dialog.findChildren(Chip)]
    said = words(dialog)
    assert "nicht erfasst" in chips
    assert "nein" not in chips
    assert "nein" in said
    assert "Lesart R11 ist unsere Wahl, nicht der Wortlaut." in said
    assert "Der Status fehlt." in said
    assert "Noch zu dokumentieren: Ziel" in said


def test_long_names_and_sentences_are_not_cut(qtbot):
    long = "Donaudampfschifffahrtsgesellschaft und Umlandgemeinden, Außenstelle Nord; " * 4
    obligation = ObligationTrace(
        *(long, long, "", "a", long, long, "in der Frist"),
        decides=True,
        sentence=long,
        facts=(FactUsed("a", long, long),),
        contacts=(ContactWeighed(TODAY, "persönlich", True, long, long),),
        steps=(long, f"{long} → spätestens Fr 20.11.2026."),
        sources=(Source(long, long, long),),
        hints=(long,),
    )
    found = Trace(TODAY, long, (obligation, replace(obligation, decides=False)))
    dialog = WhyDialog("Warum?", long, found)
    qtbot.addWidget(dialog)
    dialog.show()

    for label in dialog.area.findChildren(PlainLabel):
        if label.isVisible() and label.wordWrap():
            qtbot.waitUntil(
                lambda label=label: label.height() >= label.heightForWidth(label.width())
            )
    assert dialog.width() <= 800
