"""How does Verlauf look, of a person and of all, and the menu of steps?"""

from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kkd_desktop.actions import appointments, casework, proposals, undo
from kkd_desktop.actions.undo import Step
from kkd_desktop.domain.contact import Contact, ContactForm, ContactKind, ContactNotes, NoteType
from kkd_desktop.domain.language import said
from kkd_desktop.domain.values import replace
from kkd_desktop.gui.dialogs.large_step import LargeStepDialog
from kkd_desktop.store import appointments as stored_appointments
from tests.benchmarks import caseloads
from tests.pictures.desk import TODAY, Desk, Scene, behind, settle, shown, until


def taken_steps(desk: Desk) -> int:
    """A morning's work with one person, one step of it taken back; whose it was."""
    client, act = desk.waiting().client, desk.session.perform
    day = date(2026, 11, 19)
    note = ContactNotes(
        "Bewerbungen der letzten vier Wochen durchgesehen, zwei Stellenangebote mitgegeben.",
        "Zwei Bewerbungen bis Ende November",
    )
    contact = act(
        lambda context: casework.record_contact(
            context, Contact(day, notes=note, client_id=client.id)
        )
    )
    kind = ContactKind(note_type=NoteType.ALLGEMEINER_VERMERK, form=ContactForm.TELEFONISCH)
    act(
        lambda context: casework.record_contact(context, contact.with_kind(kind)),
        lambda: said("Kontakt geändert"),
    )
    address = replace(client.address, street="Am Alten Markt 14", city="Musterstadt")
    moved = replace(client, address=address, phone="0151 2345678")
    act(lambda context: casework.change_client(context, moved, {"profile": "entwicklung"}, TODAY))
    proposal = proposals.next_talk(desk.context, client, datetime(2026, 11, 20, 9, 30)).best
    act(lambda context: appointments.book_together(context, client, proposal))
    agreed = next(
        x for x in stored_appointments.of_client(desk.context.store, client.id) if x.state.is_open
    )
    later = datetime(2026, 12, 1, 10, 30)
    act(lambda context: appointments.move(context, agreed.id, later, agreed.minutes))
    act(lambda context: context.change_settings(reminder=15, room="2.14"))
    desk.session.undo()
    at_work(desk)
    return client.id


def at_work(desk: Desk) -> None:
    """The steps were taken on this morning and not while the picture was made."""
    with desk.context.store.write(journaled=False) as transaction:
        transaction.execute(
            "UPDATE step SET done_at = strftime('%Y-%m-%dT%H:%M:%S', '2026-11-20T06:41:00',"
            " '+' || (id % 90) || ' minutes')"
        )
    desk.session.changed.emit()


def history_of_client(desk: Desk) -> QWidget:
    client_id = taken_steps(desk)
    desk.workplace.open_client(client_id)
    settle()
    desk.window.page("akte").history_button.click()
    dialog = desk.dialog()
    dialog.view.table.selectRow(3)
    return behind(desk)


def history_of_all(desk: Desk) -> QWidget:
    taken_steps(desk)
    page = desk.page("verlauf")
    page.view.table.selectRow(4)
    page.view.table.setFocus(Qt.FocusReason.TabFocusReason)
    return desk.window


def history_empty(desk: Desk) -> QWidget:
    with desk.context.store.write(journaled=False) as transaction:
        transaction.execute("DELETE FROM step")
    desk.page("verlauf")
    return desk.window


def history_few(desk: Desk) -> QWidget:
    history_empty(desk)
    people = [entry.client.id for entry in desk.entries()]
    for client_id in people[:3]:
        contact = Contact(date(2026, 11, 19), client_id=client_id)
        desk.session.perform(lambda context, new=contact: casework.record_contact(context, new))
    at_work(desk)
    settle()
    return desk.window


def look_for(desk: Desk, text: str) -> None:
    page = desk.page("verlauf")
    page.view.search.setText(text)
    page.view.search.textEdited.emit(text)
    until(lambda: not page.view.is_reading())


def history_long(desk: Desk) -> QWidget:
    """Years of work, looked through for one word."""
    with desk.context.store.write(journaled=False):
        caseloads.steps(desk.context, 5000)
    look_for(desk, "uelzen 17")
    return desk.window


def history_nothing_found(desk: Desk) -> QWidget:
    look_for(desk, "gibt es nicht")
    return desk.window


def large_step(desk: Desk) -> QWidget:
    """Thousands of changes on their way back."""
    step = Step(1, "Import von 10.000 Personen", "2026-11-20T08:00:00")
    dialog = LargeStepDialog(
        desk.session, said("Wird zurückgenommen"), step, undo.undo, desk.window.say, desk.window
    )
    dialog.follow(6_500, 10_000)
    shown(dialog)
    return dialog


def step_menu(desk: Desk) -> QWidget:
    desk.heute()
    taken_steps(desk)
    settle()
    desk.window.show_step_menu()
    return desk.window


SCENES: dict[str, Scene] = {
    "verlauf": history_of_all,
    "dialog-schritt": large_step,
    "verlauf-leer": history_empty,
    "verlauf-wenig": history_few,
    "verlauf-lang": history_long,
    "verlauf-nichts": history_nothing_found,
    "verlauf-person": history_of_client,
    "menue-schritte": step_menu,
}
