"""Facts and exceptions that an office's own policy declares, entered and shown."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from kkd_desktop import paths
from kkd_desktop.actions import casework, policies, worklist
from kkd_desktop.domain.client import Deviation
from kkd_desktop.domain.contact import Contact, ContactForm, ContactKind
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.facts import Period
from kkd_desktop.gui.dialogs.client import ClientDialog
from kkd_desktop.gui.dialogs.contact import ContactDialog
from kkd_desktop.gui.dialogs.deviation import DeviationDialog
from kkd_desktop.gui.models.history import VERDICT
from kkd_desktop.gui.models.timeline import MarkKind
from kkd_desktop.gui.models.worklist_rows import worklist_row
from kkd_desktop.gui.pages.akte import AktePage
from kkd_desktop.gui.widgets.labels import PlainLabel
from kkd_desktop.policyfiles.shelf import Shelf

TODAY = date(2026, 11, 20)
INVENTED = Path(__file__).parents[1] / "cases" / "policies"
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def levels(session):
    """The session of an office whose concept asks for a Betreuungsstufe and more."""
    session.context.shelf = Shelf((paths.policies(), INVENTED))
    policies.choose(session.context, "musterstadt_stufen")
    return session


@pytest.fixture
def forms(session):
    """The session of an office that asks for calls and talks, with kinds of exceptions."""
    session.context.shelf = Shelf((paths.policies(), INVENTED))
    policies.choose(session.context, "musterstadt_formen")
    return session


def anybody(session):
    return next(
        e.client
        for e in worklist.entries(session.context)
        if e.client.subject.deviation is None and e.last is not None and e.appointment is None
    )


def stored(session, client):
    return casework.client_file(session.context, client.id).client.subject


def opened(dialog, present):
    present(dialog)
    return dialog


def choose(box, value):
    box.setCurrentIndex(box.findData(value))


def test_each_kind_has_its_field_and_is_stored_as_what_it_is(qtbot, levels, present):
    client = anybody(levels)
    dialog = opened(ClientDialog(levels, client), present)
    assert list(dialog.declared) == [
        *("stufe", "leistungsbeginn", "entfernung_km", "leistungsminderung", "ort")
    ]
    choose(dialog.facts["stufe"].value, "b")
    choose(dialog.facts["leistungsminderung"].value, "nein")
    qtbot.keyClicks(dialog.facts["leistungsbeginn"].value, "01.03.2026")
    qtbot.keyClicks(dialog.facts["entfernung_km"].value, "42")
    qtbot.keyClicks(dialog.facts["ort"].value, "Insel")
    dialog.facts["entfernung_km"].since.set_day(date(2026, 3, 1))

    with qtbot.waitSignal(dialog.saved):
        qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)

    facts = stored(levels, client).facts
    assert facts.timeline("stufe").periods == (Period("b", TODAY),)
    assert facts.timeline("leistungsbeginn").periods == (Period(date(2026, 3, 1), TODAY),)
    assert facts.timeline("entfernung_km").periods == (Period(42, date(2026, 3, 1)),)
    assert facts.timeline("leistungsminderung").periods == (Period(False, TODAY),)
    assert facts.timeline("ort").periods == (Period("Insel", TODAY),)


def test_a_day_that_was_set_stays_while_the_value_is_typed(qtbot, levels, present):
    row = opened(ClientDialog(levels, anybody(levels)), present).facts["entfernung_km"]
    qtbot.keyClicks(row.value, "4")
    assert row.since.day() == TODAY
    row.since.set_day(date(2026, 3, 1))

    qtbot.keyClicks(row.value, "2")

    assert row.history().periods == (Period(42, date(2026, 3, 1)),)


def test_what_is_no_number_is_said_in_sight_and_nothing_is_stored(qtbot, levels, present):
    client = anybody(levels)
    dialog = opened(ClientDialog(levels, client), present)
    field = dialog.facts["entfernung_km"].value
    qtbot.keyClicks(field, "weit")

    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)

    assert "„weit“ ist keine ganze Zahl" in dialog.error.text.text()
    assert field.property("invalid") == "true"
    assert field.hasFocus()
    qtbot.waitUntil(lambda: field.visibleRegion().boundingRect() == field.rect())
    assert stored(levels, client).facts.timeline("entfernung_km") is None

    field.clear()
    assert field.property("invalid") == "false"
    with qtbot.waitSignal(dialog.saved):
        dialog.submit()


def test_unknown_no_and_yes_are_three_things(levels, present):
    row = opened(ClientDialog(levels, anybody(levels)), present).facts["leistungsminderung"]
    words = [row.value.itemText(place) for place in range(row.value.count())]

    assert words == ["nicht erfasst", "ja", "nein"]


def test_the_history_of_a_declared_day_is_kept_with_its_own_editor(qtbot, levels, present):
    client = anybody(levels)
    dialog = opened(ClientDialog(levels, client), present)
    row = dialog.facts["leistungsbeginn"]
    qtbot.mouseClick(row.open_history, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.history.add, Qt.MouseButton.LeftButton)
    assert dialog.history.fault.text() == "Bitte den Wert angeben."

    qtbot.keyClicks(dialog.history.value, "01.02.2025")
    qtbot.keyClicks(dialog.history.since, "01.01.2025")
    qtbot.keyClicks(dialog.history.until, "31.12.2025")
    qtbot.keyClick(dialog.history.until, Qt.Key.Key_Return)

    assert row.history().periods == (
        Period(date(2025, 2, 1), date(2025, 1, 1), date(2025, 12, 31)),
    )
    assert dialog.history.entries.itemAtPosition(0, 0).widget().text() == "01.02.2025"
    qtbot.mouseClick(dialog.facts["stufe"].open_history, Qt.MouseButton.LeftButton)
    assert dialog.history.value.findData("a") >= 0
    assert not isinstance(dialog.history.value, QLineEdit)


def test_a_value_from_before_the_declaration_is_kept_until_it_is_changed(qtbot, levels, present):
    client = anybody(levels)
    policies.choose(levels.context, "mg2012")
    old = {"stufe": "früher", "entfernung_km": "weit"}
    client = casework.change_client(levels.context, client, old, date(2026, 1, 1))
    policies.choose(levels.context, "musterstadt_stufen")
    dialog = opened(ClientDialog(levels, client), present)
    assert dialog.facts["stufe"].value.currentText() == "früher"

    with qtbot.waitSignal(dialog.saved):
        dialog.submit()

    assert stored(levels, client).facts.at("stufe", TODAY) == "früher"
    assert stored(levels, client).facts.at("entfernung_km", TODAY) == "weit"


def test_the_card_and_the_time_line_show_them_with_their_labels(levels, present):
    client = anybody(levels)
    values = {"stufe": "b", "leistungsbeginn": date(2026, 4, 1), "entfernung_km": 42}
    casework.change_client(levels.context, client, values, date(2026, 9, 14))
    page = AktePage(levels)
    page.resize(836, 648)
    present(page)
    page.show_client(client.id)

    said = [label.accessibleName() for label in page.facts.findChildren(PlainLabel)]
    for line in (
        "Betreuungsstufe: Stufe B\nseit 14.09.2026",
        "Leistungsbeginn: 01.04.2026\nseit 14.09.2026",
        "Entfernung in km: 42\nseit 14.09.2026",
        "Leistungsminderung festgestellt: nicht erfasst",
    ):
        assert line in said
    marks = page.timeline._data.marks
    (mark,) = (m for m in marks if m.kind is MarkKind.CHANGE and m.day == date(2026, 9, 14))
    assert mark.text.startswith("Ab 14.09.2026 Betreuungsstufe: Stufe B, Leistungsbeginn: 01.04.")
    # The narrow column holds it all.
    assert page.facts.minimumSizeHint().width() <= page._side.viewport().width()


def test_a_kind_of_exception_may_end_with_its_event(qtbot, forms, present):
    client = anybody(forms)
    dialog = opened(DeviationDialog(forms, client), present)
    assert dialog.kind.hasFocus()

    qtbot.keyClicks(dialog.kind, "Maß")
    assert "freiwillig" in dialog.until_field.label.text()
    assert "Endet mit „Ende: Maßnahme“." in dialog.effect.text.text()
    assert "Für die Dauer einer Maßnahme" in dialog.quote._text.text()
    with qtbot.waitSignal(dialog.saved):
        qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)

    assert stored(forms, client).deviation == Deviation("Maßnahme", None, TODAY, "massnahme")


def test_the_longest_time_of_a_kind_is_kept(qtbot, forms, present):
    client = anybody(forms)
    dialog = opened(DeviationDialog(forms, client), present)
    choose(dialog.kind, "elternzeit")
    dialog.submit()
    assert dialog.until_field.error()

    qtbot.keyClicks(dialog.until, "21.11.2027")
    dialog.submit()
    assert dialog.until_field.error() == "Zu spät: längstens 12 Monate, also bis 20.11.2027."
    assert stored(forms, client).deviation is None

    dialog.until.set_day(date(2027, 11, 20))
    with qtbot.waitSignal(dialog.saved):
        dialog.submit()
    assert stored(forms, client).deviation.until == date(2027, 11, 20)


def test_the_action_refuses_more_than_the_longest_time(forms):
    client = anybody(forms)
    late = Deviation("Elternzeit", date(2027, 11, 21), TODAY, "elternzeit")

    with pytest.raises(UserError, match="„Elternzeit“ gilt längstens 12 Monate"):
        casework.agree_deviation(forms.context, client.id, late)


def test_a_reason_that_was_typed_stays_when_the_kind_changes(qtbot, forms, present):
    dialog = opened(DeviationDialog(forms, anybody(forms)), present)
    dialog.reason.lineEdit().selectAll()
    qtbot.keyClicks(dialog.reason.lineEdit(), "eigener Grund")

    choose(dialog.kind, "massnahme")

    assert dialog.reason.currentText() == "eigener Grund"


def test_until_an_event_is_said_on_the_card_in_the_list_and_on_the_time_line(forms, present):
    client = anybody(forms)
    agreed = Deviation("Maßnahme beim Träger", None, TODAY, "massnahme")
    casework.agree_deviation(forms.context, client.id, agreed)
    page = AktePage(forms)
    present(page)
    page.show_client(client.id)
    entry = next(e for e in worklist.entries(forms.context) if e.client.id == client.id)

    said = [label.accessibleName() for label in page.facts.findChildren(PlainLabel)]
    assert "Ausnahme: Maßnahme beim Träger\nbis Ereignis: Ende: Maßnahme" in said
    assert worklist_row(entry, TODAY).state == "bis Ereignis: Ende: Maßnahme"
    assert "bis Ereignis: Ende: Maßnahme" in page.timeline.accessibleDescription()


def test_a_call_counts_for_one_of_two_obligations_and_the_badge_says_for_which(
    qtbot, forms, present
):
    client = anybody(forms)
    dialog = opened(ContactDialog(forms, client), present)
    dialog.fields.form.button("telefonisch").click()
    word, reason = "zählt für „Telefonkontakt“", "nicht für „Persönliches Gespräch“, weil hier nur"

    assert dialog.fields.badge.word.text() == word
    assert dialog.fields.badge.text.text().startswith(reason)

    call = Contact(TODAY, ContactKind(form=ContactForm.TELEFONISCH), client_id=client.id)
    casework.record_contact(forms.context, call)
    page = AktePage(forms)
    present(page)
    page.show_client(client.id)
    assert page.history_model.index(0, VERDICT).data().startswith(f"{word}, {reason}")
