"""How does the dialog look in which a contact is logged?"""

from PySide6.QtWidgets import QWidget

from kkd_desktop import paths
from kkd_desktop.actions import appointments, casework
from kkd_desktop.domain.contact import Contact
from kkd_desktop.gui.dialogs.contact import ContactDialog, open_contact
from kkd_desktop.gui.dialogs.outcome import finish_appointment
from kkd_desktop.policyfiles.shelf import Shelf
from tests.pictures.akte import akte_until_event, household
from tests.pictures.desk import INVENTED, TODAY, Desk, Scene, rested


def contact(desk: Desk) -> QWidget:
    desk.workplace.log_contact(desk.waiting().client.id)
    dialog = desk.dialog()
    dialog.fields.content.setPlainText("Bewerbungen besprochen, Kinderbetreuung ist geklärt.")
    return rested(dialog)


def contact_by_phone(desk: Desk) -> QWidget:
    dialog = contact(desk)
    assert isinstance(dialog, ContactDialog)
    dialog.fields.form.button("telefonisch").click()
    return rested(dialog)


def contact_asking(desk: Desk) -> QWidget:
    open_contact(desk.session, None, parent=desk.window)
    return desk.dialog()


def contact_warned(desk: Desk) -> QWidget:
    dialog = contact(desk)
    assert isinstance(dialog, ContactDialog)
    dialog.reject()
    return dialog


def contact_of_today(desk: Desk) -> QWidget:
    found = appointments.of_day(desk.context, TODAY)
    appointment = next(each for each, _ in found if each.state.is_open)
    finish_appointment(desk.session, appointment.id, "attended", desk.window)
    return rested(desk.dialog())


def contact_for_one(desk: Desk) -> QWidget:
    """A call that counts for one of two obligations."""
    desk.context.shelf = Shelf((paths.policies(), INVENTED))
    desk.choose_concept("musterstadt_formen")
    return contact_by_phone(desk)


def contact_resting(desk: Desk) -> QWidget:
    akte_until_event(desk)
    desk.workplace.log_contact(desk.page("akte").current_client_id())
    return rested(desk.dialog())


def contact_together(desk: Desk) -> QWidget:
    client = household(desk).client
    other = casework.client_file(desk.context, client.id).household[0]
    casework.record_contact(desk.context, Contact(TODAY, client_id=other.id))
    desk.workplace.log_contact(client.id)
    dialog = rested(desk.dialog())
    assert isinstance(dialog, ContactDialog)
    dialog.next.tiles.set_value(list(dialog.next._shown)[-2])
    return dialog


SCENES: dict[str, Scene] = {
    "dialog-kontakt-ruht": contact_resting,
    "dialog-kontakt-gemeinsam": contact_together,
    "dialog-kontakt": contact,
    "dialog-kontakt-telefon": contact_by_phone,
    "dialog-kontakt-wer": contact_asking,
    "dialog-kontakt-warnung": contact_warned,
    "dialog-kontakt-heute": contact_of_today,
    "dialog-kontakt-zwei-pflichten": contact_for_one,
}
