"""How do Einladungen look, and letters from what they lack to the copy?"""

from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from kkd_desktop.actions import appointments, calendar_export, casework, letters
from kkd_desktop.domain.appointment import Delivery
from kkd_desktop.domain.calendar_form import CalendarForm
from kkd_desktop.domain.values import replace
from kkd_desktop.gui.dialogs.export_calendar import ExportCalendarDialog
from kkd_desktop.gui.dialogs.letter_preview import LetterPreview
from kkd_desktop.gui.dialogs.list_preview import ListPreview
from kkd_desktop.gui.dialogs.review_texts import ReviewTextsDialog
from kkd_desktop.gui.pages.einladungen import Period
from kkd_desktop.store import appointments as stored
from tests.pictures.desk import TODAY, Desk, Scene, settle, until


def einladungen(desk: Desk) -> QWidget:
    desk.page("einladungen")
    return desk.window


def einladungen_selected(desk: Desk) -> QWidget:
    page = desk.page("einladungen")
    page.show_period(Period.THIS_WEEK)
    page.table.selectRow(0)
    page.table.setFocus()
    return desk.window


def office_that_writes(desk: Desk) -> None:
    """An office whose address stands in the settings, and some invitations to write."""
    desk.session.perform(
        lambda context: context.change_settings(
            street="Amtsweg 1",
            postcode="12345",
            city="Musterstadt",
            phone="0123 456-789",
            reference="IF-214",
        )
    )
    until_day = TODAY + timedelta(days=27)
    booked = appointments.between(desk.context, TODAY, until_day)
    for each, _ in booked[4:12]:
        appointments.set_delivery(desk.context, each.id, Delivery.NONE)
    desk.session.changed.emit()


def einladungen_to_write(desk: Desk) -> QWidget:
    page = desk.page("einladungen")
    office_that_writes(desk)
    settle()
    page.table.selectRow(5)
    page.table.setFocus()
    return desk.window


def einladungen_long_name(desk: Desk) -> QWidget:
    """A name and an address that are longer than the window of an envelope."""
    page = desk.page("einladungen")
    office_that_writes(desk)
    row = next(each for each in page.model.rows() if each.needs_letter(TODAY))
    long = replace(
        row.client,
        first_name="Maximiliane-Alexandra Theodora",
        last_name="von und zu Hohenlohe-Waldenburg-Schillingsfürst",
        address=replace(row.client.address, street="Haus 3; Aufgang B; Stock 4; bei Muster; Weg 1"),
    )
    desk.session.perform(lambda context: casework.change_file(context, long))
    settle()
    place = page.model.place_of(lambda each: each.client.id == long.id and bool(each.gaps))
    page.table.selectRow(place)
    page.table.setFocus()
    return desk.window


def letters_dialog(desk: Desk) -> QDialog:
    page = desk.page("einladungen")
    office_that_writes(desk)
    page.stage.set_value("undelivered")
    page.table.selectAll()
    page.write()
    return desk.dialog()


def letters_to_write(desk: Desk) -> QWidget:
    return letters_dialog(desk)


def letters_lacking(desk: Desk) -> QWidget:
    dialog = letters_dialog(desk)
    dialog.kind.setCurrentIndex(2)
    return dialog


def letters_waiting(desk: Desk) -> QWidget:
    """As after a plan: nothing was agreed about any of the talks."""
    page = desk.page("einladungen")
    office_that_writes(desk)
    for each, _ in appointments.between(desk.context, TODAY, TODAY + timedelta(days=27)):
        if each.delivery is Delivery.NONE:
            stored.change(desk.context.store, replace(each, purpose=""))
    desk.session.changed.emit()
    settle()
    page.stage.set_value("undelivered")
    page.table.setFocus()
    return desk.window


def letters_without_purpose(desk: Desk) -> QWidget:
    letters_waiting(desk)
    desk.page("einladungen").write()
    return desk.dialog()


def texts_reviewed(desk: Desk) -> QWidget:
    """The texts of a summons, the first of them read."""
    dialog = letters_dialog(desk)
    dialog.kind.setCurrentIndex(1)
    dialog.review_button.click()
    settle()
    review = dialog.findChild(ReviewTextsDialog)
    review.list.rows[0].review_button.click()
    settle()
    return review


def preview_of(dialog: QDialog) -> LetterPreview:
    dialog.submit()
    preview = next(each for each in dialog.findChildren(LetterPreview))
    preview.resize(1040, 780)
    return preview


def letters_shown(desk: Desk) -> LetterPreview:
    preview = preview_of(letters_dialog(desk))
    until(preview.print_button.isEnabled)
    return preview


def letters_printed(desk: Desk) -> QWidget:
    preview = letters_shown(desk)
    preview.came_out.emit()
    until(preview.check.spoiled.isVisible)
    preview.check.delivered.setChecked(True)
    return preview


def letters_spoiled(desk: Desk) -> QWidget:
    preview = letters_printed(desk)
    preview.pages.go_to(8)
    preview.strip.setFocus()
    preview.check.spoiled.setFocus()
    QTest.keyClicks(preview.check.spoiled.field, "3, 7-9")
    return preview


def letters_wrong_page(desk: Desk) -> QWidget:
    preview = letters_printed(desk)
    preview.check.spoiled.setFocus()
    QTest.keyClicks(preview.check.spoiled.field, "3, 77")
    return preview


def letters_template_broken(desk: Desk) -> QWidget:
    """The office's own template names a picture that is not there."""
    dialog = letters_dialog(desk)
    with TemporaryDirectory() as whole:
        folder = Path(whole) / "vorlagen"
        folder.mkdir()
        own = '#set document(title: "Brief")\n#image("logo.png", alt: "Logo")\n'
        (folder / "brief.typ").write_text(own, encoding="utf-8")
        with patch.object(letters, "own_templates_folder", return_value=folder):
            preview = preview_of(dialog)
            until(preview.shipped_button.isVisible)
    return preview


def letters_stopped(desk: Desk) -> QWidget:
    preview = preview_of(letters_dialog(desk))
    preview._say_progress(50, 300)
    preview.stop_button.click()
    return preview


def letters_walked(desk: Desk) -> QWidget:
    preview = letters_shown(desk)
    preview.strip.setFocus()
    preview.pages.go_to(4)
    return preview


def letters_posted(desk: Desk) -> QWidget:
    preview, recorded = letters_printed(desk), []
    preview.recorded.connect(recorded.append)
    preview.check.yes_button.click()
    until(lambda: bool(recorded))
    page = desk.page("einladungen")
    page.stage.set_value("all")
    page.table.selectRow(5)
    page.table.setFocus()
    return desk.window


def delivering(desk: Desk) -> QWidget:
    letters_posted(desk)
    page = desk.page("einladungen")
    page.delivery_button.click()
    return desk.dialog()


def letters_in_akte(desk: Desk) -> QWidget:
    letters_posted(desk)
    page = desk.page("einladungen")
    first = page.invitations()[0]
    written = [letter for letter in first.letters if letter.id is not None]
    desk.session.perform(
        lambda context: letters.mark_returned(context, [e.id for e in written], TODAY)
    )
    desk.workplace.open_client(first.client.id)
    return desk.window


def letter_copy(desk: Desk) -> QWidget:
    letters_in_akte(desk)
    desk.page("akte").chain.copy_buttons[0].click()
    dialog = desk.dialog()
    until(dialog.print_button.isEnabled)
    return dialog


def einladungen_nothing(desk: Desk) -> QWidget:
    desk.page("einladungen").search.setText("gibt es nicht")
    return desk.window


def exporting(desk: Desk) -> QWidget:
    page = desk.page("einladungen")
    page.calendar_button.click()
    return desk.dialog()


def exporting_again(desk: Desk) -> QWidget:
    """With full names, after one was moved and another withdrawn."""
    target = desk.folder / "ausgabe.ics"
    every = calendar_export.select(desk.context, changed=True)
    calendar_export.write_calendar(desk.context, every, target, CalendarForm())
    target.unlink()
    coming = appointments.between(desk.context, TODAY, calendar_export.FAR)
    ahead = [each for each, _ in coming if each.day > TODAY]
    appointments.cancel(desk.context, ahead[0].id)
    appointments.move(desk.context, ahead[1].id, datetime(2026, 12, 22, 15, 15))
    dialog = exporting(desk)
    assert isinstance(dialog, ExportCalendarDialog)
    dialog.privacy.button("full").click()
    return dialog


def preview(desk: Desk) -> QWidget:
    desk.page("einladungen").print_button.click()
    dialog = desk.dialog()
    assert isinstance(dialog, ListPreview)
    until(dialog.save_button.isEnabled)
    return dialog


SCENES: dict[str, Scene] = {
    "einladungen": einladungen,
    "einladungen-gewaehlt": einladungen_selected,
    "einladungen-nichts": einladungen_nothing,
    "einladungen-schreiben": einladungen_to_write,
    "einladungen-zugestellt": letters_posted,
    "einladungen-lange-namen": einladungen_long_name,
    "einladungen-ohne-zweck": letters_waiting,
    "dialog-briefe": letters_to_write,
    "dialog-briefe-ohne-zweck": letters_without_purpose,
    "dialog-texte-pruefen": texts_reviewed,
    "dialog-briefe-fehlt": letters_lacking,
    "dialog-briefe-vorschau": letters_shown,
    "dialog-briefe-gedruckt": letters_printed,
    "dialog-briefe-seiten": letters_spoiled,
    "dialog-briefe-falsche-seite": letters_wrong_page,
    "dialog-briefe-vorschau-tasten": letters_walked,
    "dialog-briefe-vorlage": letters_template_broken,
    "dialog-briefe-angehalten": letters_stopped,
    "dialog-zustellung": delivering,
    "dialog-kopie": letter_copy,
    "akte-briefe": letters_in_akte,
    "dialog-export": exporting,
    "dialog-export-namen": exporting_again,
    "dialog-liste": preview,
}
