"""From the appointment to the recorded letter and its delivery, by clicks and keys."""

from datetime import date, datetime, time, timedelta

import pypdfium2
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QMenu, QProgressDialog, QPushButton

from kkd_desktop.actions import appointments, casework, letters, planning
from kkd_desktop.actions.letters import Wish
from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import AppointmentState, Delivery
from kkd_desktop.domain.letter_kinds import LetterKind, Purpose
from kkd_desktop.domain.text_blocks import BlockStanding
from kkd_desktop.domain.values import replace
from kkd_desktop.gui import theme
from kkd_desktop.gui.dialogs.delivery import RETURNED, DeliveryDialog
from kkd_desktop.gui.dialogs.letter_copy import LetterCopy
from kkd_desktop.gui.dialogs.letter_preview import LetterPreview
from kkd_desktop.gui.dialogs.review_texts import ReviewTextsDialog
from kkd_desktop.gui.dialogs.write_letters import WriteLettersDialog, open_letters
from kkd_desktop.gui.models.appointments import DELIVERY, LETTER, Stage
from kkd_desktop.gui.pages.akte import AktePage
from kkd_desktop.gui.pages.einladungen import EinladungenPage, Period
from kkd_desktop.gui.pages.einstellungen import EinstellungenPage
from kkd_desktop.gui.theme import Tone
from kkd_desktop.store import appointments as stored

TODAY = date(2026, 11, 20)
LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


class Places:
    def __init__(self, folder):
        self._folder = folder

    def file(self, parent, title, name, kind):
        return self._folder / name


@pytest.fixture
def page(session, present, tmp_path, monkeypatch):
    """Nobody is invited yet, and the post is in time for those shown."""
    monkeypatch.setattr(letters, "own_texts_folder", lambda: tmp_path / "texte")
    monkeypatch.setattr(letters, "own_templates_folder", lambda: tmp_path / "vorlagen")
    session.context.change_settings(
        street="Amtsweg 1", postcode="12345", city="Musterstadt", phone="0123 456-789"
    )
    for each, _ in appointments.between(session.context, TODAY, date(2027, 12, 31)):
        if each.state.is_open:
            appointments.set_delivery(session.context, each.id, Delivery.NONE)
    page = EinladungenPage(session, places=Places(tmp_path))
    page.resize(1150, 800)
    page.show_period(Period.FREE)
    page.since.set_day(date(2026, 11, 24))
    page.until.set_day(date(2027, 3, 31))
    present(page)
    assert page.model.rowCount() >= 2
    return page


def open_writing(page, qtbot):
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_A, CTRL)
    qtbot.keyClick(page, Qt.Key.Key_P, CTRL)
    [dialog] = page.findChildren(WriteLettersDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def open_preview(dialog, qtbot):
    qtbot.keyClick(dialog, Qt.Key.Key_P, CTRL)
    [preview] = dialog.findChildren(LetterPreview)
    qtbot.waitUntil(preview.print_button.isEnabled)
    qtbot.waitUntil(preview.isActiveWindow)
    return preview


def print_all(page, qtbot, *, posted=True):
    """The whole way with the PDF saved instead of printed."""
    preview = open_preview(open_writing(page, qtbot), qtbot)
    qtbot.mouseClick(preview.save_button, LEFT)
    if posted:
        preview.check.delivered.click()
    qtbot.mouseClick(preview.check.yes_button, LEFT)
    qtbot.waitUntil(lambda: not page.findChildren(WriteLettersDialog))
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)


def written(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return [each.get_textpage().get_text_range() for each in document]


def column(page, place):
    return [page.model.index(row, place).data() for row in range(page.model.rowCount())]


def test_a_row_says_what_its_letter_lacks(page, session, qtbot):
    session.perform(lambda context: context.change_settings(street="", office=""))

    assert set(column(page, LETTER)) == {"fehlt: Ort, Absender"}
    page.table.selectRow(0)
    assert "Die Anschrift der Dienststelle fehlt in den Einstellungen" in page.about.text()


def test_a_row_says_when_the_post_would_come_too_late(page, session):
    page.since.set_day(TODAY)

    said = {
        each.appointment.day: page.model.index(row, LETTER).data()
        for row, each in enumerate(page.model.rows())
        if each.needs_letter(TODAY)
    }

    early = [text for day, text in said.items() if day < date(2026, 11, 24)]
    assert early
    assert set(early) == {"Post käme zu spät"}


def test_keys_lead_from_the_rows_to_a_pdf_with_a_page_for_each_letter(page, qtbot, tmp_path):
    names = [each.client.last_name for each in page.model.rows()]
    dialog = open_writing(page, qtbot)
    assert dialog.preview_button.text() == f"Vorschau: {len(names)} Briefe"

    preview = open_preview(dialog, qtbot)
    qtbot.keyClick(preview, Qt.Key.Key_S, CTRL)

    pages = written(tmp_path / "briefe-2026-11-20.pdf")
    assert preview.pdf == (tmp_path / "briefe-2026-11-20.pdf").read_bytes()
    assert len(pages) == len(names)
    for name, text in zip(names, pages, strict=True):
        assert name in text
        assert "Einladung" in text
        assert "Amtsweg 1" in text


def test_printing_is_recorded_with_its_delivery_as_one_step_that_can_be_taken_back(
    page, session, qtbot
):
    count = page.model.rowCount()

    print_all(page, qtbot)

    assert {each.letter.deemed_on for each in page.model.rows()} == {date(2026, 11, 24)}
    assert set(column(page, LETTER)) == {"Einladung 20.11."}
    assert set(column(page, DELIVERY)) == {"per Post 20.11."}
    assert session.undo() == f"{count} Briefe gedruckt und zugestellt"
    assert all(not each.letters for each in page.model.rows())
    assert {each.appointment.delivery for each in page.model.rows()} == {Delivery.NONE}


def test_nothing_is_recorded_before_somebody_says_so(page, qtbot):
    preview = open_preview(open_writing(page, qtbot), qtbot)
    qtbot.mouseClick(preview.save_button, LEFT)

    qtbot.keyClick(preview, Qt.Key.Key_Escape)
    assert preview.isVisible()
    assert "ob alles richtig gedruckt ist" in preview.error.text.text()
    qtbot.mouseClick(preview.check.no_button, LEFT)
    qtbot.keyClick(preview, Qt.Key.Key_Escape)

    assert not preview.isVisible()
    assert all(not each.letters for each in page.model.rows())


def test_a_spoiled_letter_is_printed_again_and_the_others_are_recorded(page, qtbot):
    preview = open_preview(open_writing(page, qtbot), qtbot)
    qtbot.mouseClick(preview.save_button, LEFT)
    spoiled = page.model.rows()[0].client

    preview.check.list.setFocus()
    preview.check.list.setCurrentRow(0)
    qtbot.keyClick(preview.check.list, Qt.Key.Key_Space)
    assert not preview.check.yes_button.isEnabled()
    qtbot.mouseClick(preview.check.again_button, LEFT)
    qtbot.waitUntil(lambda: preview.pages.page_count() == 1)
    qtbot.waitUntil(preview.print_button.isEnabled)

    [text] = written(preview.pdf)
    assert spoiled.last_name in text
    assert [bool(each.letters) for each in page.model.rows()].count(False) == 1


def with_receipts(session, page, present, qtbot, folder):
    """Three letters of two pages each: the letter and its receipt."""
    ids = [each.appointment.id for each in page.model.rows()]
    wish = Wish(delivery=Delivery.HANDED_OVER, receipt_page=True)
    drafts = letters.compose(session.context, (ids * 3)[:3], wish)
    preview = LetterPreview(session, drafts, Places(folder))
    present(preview)
    qtbot.waitUntil(preview.print_button.isEnabled)
    qtbot.mouseClick(preview.save_button, LEFT)
    qtbot.waitUntil(preview.check.spoiled.isVisible)
    preview.check.spoiled.setFocus()
    return preview


def second_lines(preview):
    check = preview.check.list
    return [check.item(place).text().split("\n")[1] for place in range(check.count())]


def test_each_letter_says_on_which_pages_it_stands(page, session, present, qtbot, tmp_path):
    preview = with_receipts(session, page, present, qtbot, tmp_path)

    assert preview.pages.page_count() == 6
    assert [text.split(" · ")[0] for text in second_lines(preview)] == [
        "Seite 1–2",
        "Seite 3–4",
        "Seite 5–6",
    ]


def test_spoiled_pages_mark_the_letters_they_belong_to(page, session, present, qtbot, tmp_path):
    preview = with_receipts(session, page, present, qtbot, tmp_path)
    check = preview.check
    check.list.item(0).setCheckState(Qt.CheckState.Checked)

    qtbot.keyClicks(check.spoiled.field, "1, 4-5")
    assert check.marked() == [0, 1, 2]
    for _ in range(2):
        qtbot.keyClick(check.spoiled.field, Qt.Key.Key_Backspace)
    assert check.marked() == [0, 1]
    check.spoiled.field.selectAll()
    qtbot.keyClick(check.spoiled.field, Qt.Key.Key_Delete)

    assert check.marked() == [0]


def test_a_page_that_does_not_exist_is_named(page, session, present, qtbot, tmp_path):
    preview = with_receipts(session, page, present, qtbot, tmp_path)
    check = preview.check

    qtbot.keyClicks(check.spoiled.field, "3, 7")

    assert check.spoiled.error() == "Seite 7 gibt es nicht; das Dokument hat 6 Seiten."
    assert not check.again_button.isEnabled()
    assert not check.yes_button.isEnabled()
    qtbot.keyClick(check.spoiled.field, Qt.Key.Key_Backspace)
    assert check.spoiled.error() == ""
    assert check.marked() == [1]


def test_only_the_letters_of_spoiled_pages_are_set_again(page, session, present, qtbot, tmp_path):
    preview = with_receipts(session, page, present, qtbot, tmp_path)

    qtbot.keyClicks(preview.check.spoiled.field, "2")
    qtbot.mouseClick(preview.check.again_button, LEFT)
    qtbot.waitUntil(lambda: preview.pages.page_count() == 2)
    qtbot.waitUntil(preview.print_button.isEnabled)

    assert preview.subtitle.text() == "1 Brief"


def test_a_letter_that_stands_is_not_written_twice(page, session, qtbot):
    print_all(page, qtbot)

    dialog = open_writing(page, qtbot)

    assert {dialog.model.index(row, 3).data() for row in range(dialog.model.rowCount())} == {
        "schon gedruckt"
    }
    assert not dialog.preview_button.isEnabled()
    assert "ein weiteres Stück gibt es als Kopie" in dialog.state.text.text()


def test_letters_of_a_plan_ask_for_their_purpose_once_and_propose_it_from_then_on(
    page, session, qtbot, tmp_path
):
    context = session.context
    plan = planning.make(context, datetime.combine(TODAY, time(9)), planning.Options(1))
    one, other = [each.id for each in planning.apply(context, plan)[:2]]

    open_letters(session, [one], Places(tmp_path), page)
    [dialog] = page.findChildren(WriteLettersDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    box = dialog.purposes[Purpose.VERMITTLUNG]
    assert (box.hasFocus(), box.isChecked()) == (True, False)
    qtbot.keyClick(box, Qt.Key.Key_Space)
    preview = open_preview(dialog, qtbot)
    qtbot.mouseClick(preview.save_button, LEFT)
    qtbot.mouseClick(preview.check.yes_button, LEFT)
    qtbot.waitUntil(lambda: not page.findChildren(WriteLettersDialog))

    open_letters(session, [other], Places(tmp_path), page)
    [dialog] = page.findChildren(WriteLettersDialog)
    assert [each for each, box in dialog.purposes.items() if box.isChecked()] == [
        Purpose.VERMITTLUNG
    ]
    assert "vorgeschlagen wie zuletzt" in dialog.purpose_heading.text()
    assert dialog.preview_button.text() == "Vorschau: 1 Brief"


def test_a_summons_asks_for_a_purpose_of_the_law_and_names_it(page, qtbot):
    dialog = open_writing(page, qtbot)
    dialog.kind.setCurrentIndex(dialog.kind.findData(LetterKind.MELDEAUFFORDERUNG))
    count = texts.counted(page.model.rowCount(), "Brief", "Briefe")
    assert dialog.state.text.text().startswith(f"{count} warten auf den Zweck")
    assert dialog.state.property("tone") == "neutral"
    assert dialog.purpose_heading.text().endswith(f"{page.model.rowCount()} warten darauf")

    for purpose in (Purpose.VERMITTLUNG, Purpose.LEISTUNGEN):
        dialog.purposes[purpose].setFocus()
        qtbot.keyClick(dialog.purposes[purpose], Qt.Key.Key_Space)
    preview = open_preview(dialog, qtbot)

    text = " ".join("".join(written(preview.pdf)).split())
    assert "Vermittlung in Ausbildung oder Arbeit" in text
    assert "Vorbereitung aktiver Arbeitsförderungsleistungen" in text
    assert "Prüfung des Vorliegens" not in text


def test_marked_rows_get_a_letter_of_their_own(page, qtbot):
    dialog = open_writing(page, qtbot)
    qtbot.mouseClick(dialog.scope.button("marked"), LEFT)
    dialog.purpose.setFocus()
    qtbot.keyClicks(dialog.purpose, "Ihre Bewerbung")
    dialog.kind.setFocus()

    purposes = [draft.letter.purpose_text for draft in dialog.model.rows()]

    assert purposes[0] == "Ihre Bewerbung"
    assert "Ihre Bewerbung" not in purposes[1:]


def test_what_cannot_go_out_is_left_out_in_words(page, session, qtbot):
    first = page.model.rows()[0].client
    nowhere = replace(first, address=replace(first.address, street=""))
    session.perform(lambda context: casework.change_file(context, nowhere))

    dialog = open_writing(page, qtbot)

    assert dialog.state.text.text().startswith("1 Brief nicht enthalten.\nAnschrift: Straße")
    assert dialog.state.property("tone") == "late"
    preview = open_preview(dialog, qtbot)
    assert preview.pages.page_count() == page.model.rowCount() - 1


def without_purpose(page, session):
    """Nothing was agreed about any of the talks, as after a plan."""
    for row in page.model.rows():
        stored.change(session.context.store, replace(row.appointment, purpose=""))
    session.changed.emit()


@pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise|grabbing)")
def test_what_all_wait_for_is_said_once_and_given_by_one_click(page, session, qtbot):
    without_purpose(page, session)
    count = page.model.rowCount()
    assert set(column(page, LETTER)) == {"Zweck offen"}
    assert page.model.index(0, LETTER).data(Qt.ItemDataRole.ForegroundRole) == (
        theme.current().ink(Tone.NEUTRAL)
    )
    assert page.waiting.text.text() == f"{count} Einladungen warten auf ihren Zweck."

    page.waiting.button.setFocus()
    qtbot.keyClick(page.waiting.button, Qt.Key.Key_Space)
    [menu] = page.waiting.findChildren(QMenu)
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)

    assert session.context.settings.usual_purpose == Purpose.VERMITTLUNG
    assert page.waiting.isHidden()
    assert {text.split(",")[0] for text in column(page, LETTER)} == {"bereit"}
    assert session.undo() == "Üblicher Meldezweck gesetzt: Vermittlung in Ausbildung oder Arbeit"
    assert page.waiting.isVisible()


def test_letters_are_about_the_usual_purpose_where_nothing_else_was_agreed(page, session, qtbot):
    agreed, *others = page.model.rows()
    without_purpose(page, session)
    stored.change(session.context.store, agreed.appointment)
    session.perform(lambda context: context.change_settings(usual_purpose=Purpose.LEISTUNGEN))

    dialog = open_writing(page, qtbot)
    drafts = dialog.model.rows()

    assert dialog.purpose_heading.text().endswith(
        "\nWo nichts vereinbart ist: Vorbereitung aktiver Arbeitsförderungsleistungen"
    )
    about = {draft.letter.appointment.id: draft.letter.purpose_lines for draft in drafts}
    assert about[agreed.appointment.id] == (agreed.appointment.purpose,)
    usual = ("Vorbereitung aktiver Arbeitsförderungsleistungen",)
    assert {about[each.appointment.id] for each in others} == {usual}


def test_an_office_without_an_address_is_asked_for_it_once(page, session, qtbot):
    session.perform(lambda context: context.change_settings(street="", office=""))

    assert "auf Name und Anschrift der Dienststelle" in page.waiting.text.text()
    with qtbot.waitSignal(page.office_wanted):
        qtbot.mouseClick(page.waiting.button, LEFT)


def test_texts_nobody_reviewed_are_said_once_and_reviewed_from_there_by_keys(page, session, qtbot):
    dialog = open_writing(page, qtbot)
    assert dialog.review.text.text() == "2 Textbausteine ungeprüft; jeder Brief damit sagt es."
    assert not any("ungeprüft" in text for text in column(page, LETTER))
    assert dialog.preview_button.isEnabled()

    dialog.review_button.setFocus()
    qtbot.keyClick(dialog.review_button, Qt.Key.Key_Space)
    [review] = dialog.findChildren(ReviewTextsDialog)
    qtbot.waitUntil(review.isActiveWindow)
    assert review.subtitle.text() == "2 Texte ungeprüft"
    assert all(row.wording.isVisible() for row in review.list.rows)
    for _ in range(2):
        qtbot.keyClick(review.focusWidget(), Qt.Key.Key_Space)
    assert review.subtitle.text() == "alle geprüft"
    qtbot.keyClick(review.focusWidget(), Qt.Key.Key_Return, CTRL)

    assert dialog.review.isHidden()
    standing = {each.standing for draft in dialog.model.rows() for each in draft.letter.passages}
    assert standing == {BlockStanding.REVIEWED}


def test_many_letters_are_stopped_in_between_and_set_anew(page, session, present, qtbot, tmp_path):
    ids = [each.appointment.id for each in page.model.rows()]
    drafts = letters.compose(session.context, (ids * 60)[:60], Wish(delivery=Delivery.POST))
    preview = LetterPreview(session, drafts, Places(tmp_path))
    present(preview)

    qtbot.waitUntil(preview.stop_button.isVisible)
    qtbot.mouseClick(preview.stop_button, LEFT)
    assert preview.place.text() == "Angehalten, es wurde kein Brief gesetzt"
    assert not preview.print_button.isEnabled()
    qtbot.mouseClick(preview.stop_button, LEFT)
    qtbot.waitUntil(preview.print_button.isEnabled, timeout=20000)

    assert preview.pages.page_count() == 60


def test_recording_many_letters_is_stopped_and_records_none(
    page, session, present, qtbot, tmp_path
):
    ids = [each.appointment.id for each in page.model.rows()]
    drafts = letters.compose(session.context, (ids * 200)[:200], Wish(delivery=Delivery.POST))
    preview = LetterPreview(session, drafts, Places(tmp_path))
    present(preview)
    qtbot.waitUntil(preview.print_button.isEnabled, timeout=20000)
    qtbot.mouseClick(preview.save_button, LEFT)

    def stop():
        for progress in preview.findChildren(QProgressDialog):
            if progress.isVisible():
                progress.findChild(QPushButton).click()

    watch = QTimer(interval=0, timeout=stop)
    watch.start()
    qtbot.mouseClick(preview.check.yes_button, LEFT)
    qtbot.waitUntil(lambda: bool(preview.error.text.text()))
    watch.stop()
    qtbot.waitUntil(preview.check.yes_button.isEnabled)

    assert preview.error.text.text() == "Abgebrochen; es ist kein Brief festgehalten."
    listed = letters.between(session.context, TODAY, date(2027, 3, 31))
    assert not any(each.letters for each in listed)
    assert preview.check.isVisible()


def test_the_day_of_posting_decides_the_bekanntgabe(page, session, qtbot):
    print_all(page, qtbot, posted=False)
    session.context.today = TODAY + timedelta(days=3)
    page.table.selectRow(1)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Z)
    [dialog] = page.findChildren(DeliveryDialog)
    qtbot.waitUntil(dialog.isActiveWindow)

    dialog.day.selectAll()
    qtbot.keyClicks(dialog.day, "21.11.2026")
    assert dialog.effect.text.text() == (
        "Per Post am 21.11.2026, gilt als bekannt gegeben am Mi 25.11.2026."
    )
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)

    assert page.model.rows()[1].letter.deemed_on == date(2026, 11, 25)
    assert "gilt als bekannt gegeben am 25.11.2026" in page.about.text()


def test_a_day_before_the_letter_is_refused_in_the_dialog(page, qtbot):
    print_all(page, qtbot, posted=False)
    page.table.selectRow(0)
    qtbot.mouseClick(page.delivery_button, LEFT)
    [dialog] = page.findChildren(DeliveryDialog)
    qtbot.waitUntil(dialog.isActiveWindow)

    dialog.day.selectAll()
    qtbot.keyClicks(dialog.day, "19.11.2026")
    qtbot.mouseClick(dialog.save_button, LEFT)

    assert dialog.isVisible()
    assert "liegt vor dem Datum des Briefs" in dialog.error.text.text()


def test_a_letter_that_came_back_has_to_be_written_anew(page, qtbot):
    print_all(page, qtbot)
    page.table.selectRow(0)
    qtbot.mouseClick(page.delivery_button, LEFT)
    [dialog] = page.findChildren(DeliveryDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.mouseClick(dialog.way.button(RETURNED), LEFT)
    qtbot.mouseClick(dialog.save_button, LEFT)

    first = page.model.rows()[0]
    assert first.needs_letter(TODAY)
    assert page.model.index(0, LETTER).data() == "zurückgekommen 20.11."
    assert page.model.index(0, DELIVERY).data() == "noch offen"


def test_after_a_missed_talk_a_hearing_is_drafted_and_posted(page, session, qtbot):
    print_all(page, qtbot)
    first = page.model.rows()[0].appointment
    session.context.today = first.day
    session.perform(lambda context: appointments.mark_missed(context, first.id))
    page.table.selectRow(0)

    qtbot.keyClick(page, Qt.Key.Key_P, CTRL)
    [dialog] = page.findChildren(WriteLettersDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    preview = open_preview(dialog, qtbot)
    assert any("Anhörung" in text for text in written(preview.pdf))
    qtbot.mouseClick(preview.save_button, LEFT)
    with qtbot.waitSignal(preview.recorded):
        qtbot.mouseClick(preview.check.yes_button, LEFT)
    qtbot.mouseClick(page.post_button, LEFT)

    letter = page.model.rows()[0].letter
    assert (letter.kind, letter.delivered_on) == (LetterKind.ANHOERUNG, first.day)


def test_talks_without_an_answer_are_found_in_the_weeks_before(page, session, qtbot):
    session.context.today = date(2026, 12, 18)
    qtbot.mouseClick(page.period.button(Period.FOUR_WEEKS), LEFT)
    qtbot.mouseClick(page.stage.button(Stage.UNANSWERED), LEFT)
    button = page._none_unanswered.button
    assert button.isVisible()

    qtbot.mouseClick(button, LEFT)

    assert page.model.rowCount()
    assert all(each.appointment.day < session.context.today for each in page.model.rows())
    assert all(each.appointment.state.is_open for each in page.model.rows())


def test_the_chain_of_a_client_leads_to_the_follow_up_and_to_a_copy(
    page, session, present, qtbot, tmp_path
):
    print_all(page, qtbot)
    first = page.model.rows()[0]
    session.context.today = first.appointment.day
    session.perform(lambda context: appointments.mark_missed(context, first.appointment.id))
    akte = AktePage(session, places=Places(tmp_path))
    akte.resize(1150, 800)
    present(akte)
    akte.show_client(first.client.id)
    assert akte.chain.isVisible()

    [button, *_] = akte.chain.copy_buttons
    qtbot.mouseClick(button, LEFT)
    [copy] = akte.findChildren(LetterCopy)
    qtbot.waitUntil(copy.print_button.isEnabled)

    assert any("Kopie" in text for text in written(copy.pdf))
    assert "Byte für Byte" in copy.proof.text.text()
    [link] = [each for each in letters.chain_of(session.context, first.client.id) if each.letters]
    assert link.appointment.state is AppointmentState.MISSED


def test_a_review_mark_is_set_and_taken_away(page, session, present, qtbot):
    settings = EinstellungenPage(session)
    settings.resize(1150, 800)
    present(settings)
    section = settings.texts
    key = section.list.rows[0].block.key

    qtbot.mouseClick(section.list.rows[0].review_button, LEFT)

    assert section.list.rows[0].state.text() == "geprüft von M. Beispiel am 20.11.2026"
    [block] = [each for each in letters.text_shelf(session.context).blocks if each.key == key]
    assert block.standing(TODAY) is BlockStanding.REVIEWED
    qtbot.mouseClick(section.list.rows[0].review_button, LEFT)
    assert section.list.rows[0].state.text() == "ungeprüft"


def test_a_review_mark_needs_a_name(page, session, present, qtbot):
    session.context.change_settings(caseworker="")
    settings = EinstellungenPage(session)
    settings.resize(1150, 800)
    present(settings)

    qtbot.mouseClick(settings.texts.list.rows[0].review_button, LEFT)

    assert settings.texts.list.reviewer.error()
    assert settings.texts.list.rows[0].state.text() == "ungeprüft"


def test_the_wording_of_a_text_is_read_in_place(page, session, present, qtbot):
    settings = EinstellungenPage(session)
    settings.resize(1150, 800)
    present(settings)
    row = settings.texts.list.rows[0]

    qtbot.mouseClick(row.open_button, LEFT)

    assert row.wording.isVisible()
    assert row.wording.text() == row.block.text
    assert row.open_button.text() == "Wortlaut schließen"


def test_texts_that_have_run_out_are_shown_on_demand(page, session, present, qtbot):
    settings = EinstellungenPage(session)
    settings.resize(1150, 800)
    present(settings)
    assert "abgelaufen" not in {row.state.text() for row in settings.texts.list.rows}

    settings.texts.others.click()

    assert "abgelaufen" in {row.state.text() for row in settings.texts.list.rows}


def test_the_office_says_where_it_is(page, session, present, qtbot):
    settings = EinstellungenPage(session)
    settings.resize(1150, 800)
    present(settings)
    street = settings.office.street.field
    street.setFocus()
    street.selectAll()

    qtbot.keyClicks(street, "Rathausplatz 7")
    qtbot.keyClick(street, Qt.Key.Key_Return)

    assert letters.sender(session.context).street == "Rathausplatz 7"


def test_the_room_of_letters_is_chosen_or_typed_and_holds_for_their_appointments(
    page, session, qtbot
):
    session.perform(lambda context: context.change_settings(rooms=("1.02", "Saal")))
    dialog = open_writing(page, qtbot)
    room = dialog.room
    assert room.text() == "2.14"
    assert [room.itemText(place) for place in range(room.count())] == ["2.14", "1.02", "Saal"]

    room.setFocus()
    room.lineEdit().selectAll()
    qtbot.keyClicks(room, "Gartenhaus")
    qtbot.keyClick(room, Qt.Key.Key_Tab)

    drafts = dialog.model.rows()
    assert {draft.letter.appointment.room for draft in drafts} == {"Gartenhaus"}
    kept = stored.get(session.context.store, drafts[0].letter.appointment.id)
    assert (kept.room, kept.start) == ("Gartenhaus", drafts[0].letter.appointment.start)

    dialog.scope.button("marked").click()
    room.setFocus()
    qtbot.keyClick(room, Qt.Key.Key_Down)
    rooms = [draft.letter.appointment.room for draft in dialog.model.rows()]
    assert rooms.count("Gartenhaus") == len(rooms) - 1
