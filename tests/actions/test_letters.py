"""From the appointment to the proof of delivery."""

from datetime import date, datetime
from hashlib import sha256
from shutil import rmtree

import pypdfium2
import pytest

from kkd_desktop import paths
from kkd_desktop.actions import appointments, casework, letters, stores
from kkd_desktop.actions.letters import Wish
from kkd_desktop.domain.appointment import AppointmentState, Delivery
from kkd_desktop.domain.client import Address, Client
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.letter import GapCode
from kkd_desktop.domain.letter_kinds import LetterKind, Purpose
from kkd_desktop.domain.values import replace
from kkd_desktop.store import appointments as stored_appointments
from kkd_desktop.store import journal
from kkd_desktop.store.key import Passphrase

TODAY = date(2026, 11, 20)
SUMMONS = Wish(LetterKind.MELDEAUFFORDERUNG, Delivery.POST, purposes=(Purpose.VERMITTLUNG,))


@pytest.fixture
def context(tmp_path, monkeypatch):
    monkeypatch.setattr("kkd_desktop.paths.user_data", lambda: tmp_path / "daten")
    made = stores.create_caseload(tmp_path / "b.kkd", Passphrase("vier zufällige Wörter"), TODAY)
    made.change_settings(
        **{"office": "Jobcenter Musterstadt", "street": "Amtsweg 1", "postcode": "12345"},
        **{"city": "Musterstadt", "caseworker": "Petra Muster", "phone": "0123", "room": "2.14"},
    )
    yield made
    made.store.close()


@pytest.fixture
def client(context):
    address = Address("Lange Straße 12", "12345", "Musterstadt")
    made = Client(0, "123A400017", "Beispiel", "Amina", address=address)
    return casework.add_client(context, made, {})


@pytest.fixture
def talk(context, client):
    return appointments.book(context, client, datetime(2026, 12, 3, 9, 0), 45)


def draft(context, talk, wish=SUMMONS):
    (found,) = letters.compose(context, [talk.id], wish)
    return found


def printed(context, talk, wish=SUMMONS):
    (found,) = letters.record_printed(context, [draft(context, talk, wish)])
    return found


def stops(found):
    return [gap.code for gap in found.gaps if gap.stops]


def test_a_complete_letter_is_set_and_kept_with_versions_and_digest(context, talk):
    found = draft(context, talk)
    pdf = letters.letter_pdf(context, [found])

    record = printed(context, talk)

    assert found.can_go_out
    assert record.pdf_digest == sha256(pdf).hexdigest()
    assert ("rechtsfolgen-meldung", "Grundsicherungsgeld") in [
        (text.id, text.version) for text in record.texts
    ]
    assert record.delivered_on is None
    assert not record.keeps_pdf


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (replace(SUMMONS, purposes=()), GapCode.PURPOSE),
        (replace(SUMMONS, delivery=Delivery.NONE), GapCode.DELIVERY),
        (replace(SUMMONS, kind=LetterKind.FOLGE_2), GapCode.PREVIOUS),
    ],
)
def test_an_incomplete_letter_is_neither_set_nor_recorded(context, talk, wish, code):
    found = draft(context, talk, wish)

    assert stops(found)[0] == code
    for action in (letters.letter_pdf, letters.record_printed):
        with pytest.raises(UserError, match="1 Brief unvollständig"):
            action(context, [found])
    assert letters.between(context, TODAY, talk.day)[0].letters == ()


def test_a_talk_before_bekanntgabe_is_for_handing_over_only(context, client):
    soon = appointments.book(context, client, datetime(2026, 11, 23, 9, 0), 45)

    assert stops(draft(context, soon)) == [GapCode.POST]
    assert stops(draft(context, soon, replace(SUMMONS, delivery=Delivery.HANDED_OVER))) == []


def test_a_talk_inside_the_margin_is_warned(context, client):
    # Posted on Friday, received on Tuesday; three working days later is Friday.
    talk = appointments.book(context, client, datetime(2026, 11, 26, 9, 0), 45)

    (gap,) = [gap for gap in draft(context, talk).gaps if gap.code is GapCode.POST]

    assert not gap.stops
    assert "ab Fr 27.11.2026" in gap.sentence


def test_the_same_letter_is_blocked_until_the_talk_is_moved(context, talk):
    printed(context, talk)
    assert stops(draft(context, talk)) == [GapCode.REPEATED]

    appointments.move(context, talk.id, datetime(2026, 12, 4, 9, 0))

    assert stops(draft(context, talk)) == []


def test_posting_sets_the_bekanntgabe_and_the_appointment(context, talk):
    record = printed(context, talk)

    (sent,) = letters.mark_delivered(context, [record.id], Delivery.POST, TODAY)

    assert (sent.delivered_on, sent.deemed_on) == (TODAY, date(2026, 11, 24))
    booked = appointments.get(context, talk.id)
    assert (booked.delivery, booked.state) == (Delivery.POST, AppointmentState.INVITED)


@pytest.mark.parametrize(
    ("way", "deemed"),
    [(Delivery.HANDED_OVER, TODAY), (Delivery.PORTAL, date(2026, 11, 24))],
)
def test_other_ways_have_days_of_their_own(context, talk, way, deemed):
    record = printed(context, talk)

    (sent,) = letters.mark_delivered(context, [record.id], way, TODAY)

    assert sent.deemed_on == deemed
    assert appointments.get(context, talk.id).delivery is way


def test_a_letter_that_comes_back_opens_the_invitation_again(context, talk):
    record = printed(context, talk)
    with pytest.raises(UserError, match="noch nicht zugestellt"):
        letters.mark_returned(context, [record.id], TODAY)
    letters.mark_delivered(context, [record.id], Delivery.POST, TODAY)

    letters.mark_returned(context, [record.id], TODAY)

    assert appointments.get(context, talk.id).delivery is Delivery.NONE
    assert stops(draft(context, talk)) == []
    with pytest.raises(UserError, match=r"kam am 20\.11\.2026 zurück"):
        letters.mark_delivered(context, [record.id], Delivery.POST, TODAY)


@pytest.mark.parametrize("day", [date(2026, 11, 19), date(2026, 11, 21)])
def test_no_letter_is_posted_before_it_was_written_or_tomorrow(context, talk, day):
    record = printed(context, talk)

    with pytest.raises(UserError, match="Zustellung"):
        letters.mark_delivered(context, [record.id], Delivery.POST, day)


def test_recording_is_one_step_that_can_be_taken_back(context, client, talk):
    other = appointments.book(context, client, datetime(2026, 12, 4, 9, 0), 45)
    drafts = letters.compose(context, [talk.id, other.id], SUMMONS)

    letters.record_printed(context, drafts)
    journal.undo(context.store)

    assert [x.letters for x in letters.between(context, TODAY, other.day)] == [(), ()]


def test_a_reprint_is_the_same_letter_marked_copy_even_after_everything_changed(
    context, client, talk
):
    record = printed(context, talk)
    folder = letters.own_templates_folder()
    folder.mkdir(parents=True)
    (folder / "brief.typ").write_text("= Ganz anders", encoding="utf-8")
    casework.change_client(context, replace(client, last_name="Neu"))
    context.change_settings(office="Anderes Jobcenter")

    again = letters.reprint(context, record.id)

    assert (again.is_identical, again.note) == (True, "")
    with pypdfium2.PdfDocument(again.pdf) as document:
        text = document[0].get_textpage().get_text_range()
    assert "Kopie" in text
    assert "Amina Beispiel" in text
    assert "Jobcenter Musterstadt" in text


LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="{}"/></svg>'


def own_template_with_a_logo(folder, shape):
    """The shipped template and below it a part of its own that shows a picture."""
    whole = (paths.resources() / "templates" / "brief.typ").read_text(encoding="utf-8")
    (folder / "bilder").mkdir(parents=True, exist_ok=True)
    (folder / "brief.typ").write_text(whole + '\n#include "unten.typ"\n', encoding="utf-8")
    (folder / "unten.typ").write_text('#image("bilder/logo.svg", alt: "Logo")', encoding="utf-8")
    (folder / "bilder" / "logo.svg").write_text(LOGO.format(shape), encoding="utf-8")


def test_a_reprint_shows_the_logo_of_its_day(context, talk):
    folder = letters.own_templates_folder()
    own_template_with_a_logo(folder, "M0 0 L9 9 L0 9 Z")
    record = printed(context, talk)
    own_template_with_a_logo(folder, "M0 0 L9 0 L0 9 Z")

    assert letters.reprint(context, record.id).is_identical
    rmtree(folder)
    assert letters.reprint(context, record.id).is_identical


def test_another_logo_is_another_template(context, client, talk):
    folder = letters.own_templates_folder()
    own_template_with_a_logo(folder, "M0 0 L9 9 L0 9 Z")
    first = printed(context, talk)
    own_template_with_a_logo(folder, "M0 0 L9 0 L0 9 Z")
    second = printed(context, appointments.book(context, client, datetime(2026, 12, 9, 9), 45))

    assert first.template_digest != second.template_digest
    assert letters.reprint(context, first.id).is_identical
    assert letters.reprint(context, second.id).is_identical


def test_a_copy_whose_picture_was_not_kept_and_is_gone_says_so(context, talk):
    folder = letters.own_templates_folder()
    own_template_with_a_logo(folder, "M0 0 L9 9 L0 9 Z")
    record = printed(context, talk)
    with context.store.write() as transaction:
        [(number,)] = context.store.read("SELECT id FROM letter_template")
        transaction.update("letter_template", number, {"files": None})
    rmtree(folder)

    with pytest.raises(UserError, match=r"Kopie: .* im Ordner vorlagen fehlt ein Bild"):
        letters.reprint(context, record.id)


def test_the_pdf_is_kept_where_the_office_wants_it(context, talk):
    context.change_settings(keep_letters=True)

    assert printed(context, talk).keeps_pdf


def test_a_follow_up_names_the_missed_talk_and_the_third_is_warned(context, client, talk):
    for number, day in enumerate((4, 11), start=1):
        past = appointments.book(context, client, datetime(2026, 12, 7 + number, 9, 0), 45)
        printed(context, past)
        missed = appointments.get(context, past.id)
        stored_appointments.change(
            context.store,
            replace(missed, start=datetime(2026, 11, day, 9, 0), state=AppointmentState.MISSED),
        )

    found = draft(context, talk, replace(SUMMONS, kind=LetterKind.FOLGE_3))

    assert found.can_go_out
    assert found.letter.previous.day == date(2026, 11, 11)
    assert GapCode.UNANSWERED in [gap.code for gap in found.gaps]
    assert [len(link.letters) for link in letters.chain_of(context, client.id)] == [1, 1, 0]


def test_a_review_mark_takes_the_notice_away_until_the_wording_changes(context, talk):
    for block in letters.text_shelf(context).blocks:
        letters.mark_reviewed(context, block, "Rechtsstelle")

    assert draft(context, talk).gaps == ()

    letters.unmark_reviewed(context, letters.text_shelf(context).blocks[0])
    assert len([b for b in letters.text_shelf(context).blocks if b.review is None]) == 1


def test_a_broken_own_text_stops_every_letter_with_file_and_line(context, talk):
    folder = letters.own_texts_folder()
    folder.mkdir(parents=True)
    (folder / "eigene.toml").write_text("[[block]]\nid = 1\n", encoding="utf-8")

    found = draft(context, talk)

    assert GapCode.TEXT in stops(found)
    assert any("texte/eigene.toml, Zeile 2" in gap.sentence for gap in found.gaps)


def test_a_broken_own_template_is_named_and_the_shipped_one_can_be_taken(context, talk):
    folder = letters.own_templates_folder()
    folder.mkdir(parents=True)
    (folder / "brief.typ").write_text("#nix()", encoding="utf-8")
    found = draft(context, talk)

    with pytest.raises(UserError, match=r"vorlagen/brief\.typ, Zeile 1"):
        letters.letter_pdf(context, [found])
    assert letters.letter_pdf(context, [found], shipped_template=True)


def test_more_than_a_batch_is_refused(context, talk):
    with pytest.raises(UserError, match="höchstens 500"):
        letters.compose(context, [talk.id] * 501, SUMMONS)


def test_labels_leave_out_whose_address_does_not_fit_and_say_why(context, client, talk):
    long = Client(0, "2", "Muster", "B", address=Address("x" * 80, "12345", "Musterstadt"))
    other = casework.add_client(context, long, {})
    wrong = appointments.book(context, other, datetime(2026, 12, 4, 9, 0), 45)

    made = letters.address_labels(context, [talk.id, wrong.id])

    assert made.printed == 1
    ((number, gap),) = made.left_out
    assert (number, gap.code) == (wrong.id, GapCode.ADDRESS)
    assert "Zeile 2 ist" in gap.sentence


def test_more_labels_than_a_sheet_cannot_be_used_up(context, talk):
    with pytest.raises(UserError, match="zwischen 0 und 23"):
        letters.address_labels(context, [talk.id], skip=24)


def test_recording_can_be_prepared_elsewhere_and_stopped(context, talk):
    prove = letters.prepare_evidence([draft(context, talk)])

    with pytest.raises(UserError, match="kein Brief vermerkt"):
        prove(lambda done, whole: False)
    (record,) = letters.record_evidence(context, prove(None))

    assert letters.between(context, TODAY, talk.day)[0].letters == (record,)
