"""Letters on paper: in the window of the envelope, numbered, tagged, and never half."""

from datetime import date, datetime
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kkd_desktop import paths
from kkd_desktop.domain.appointment import Appointment, AppointmentState, Delivery
from kkd_desktop.domain.client import Address, Client
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.letter import (
    ADDRESS_WIDTH,
    BrokenTemplate,
    Letter,
    LettersCancelled,
    Sender,
    completeness,
    recipient_lines,
)
from kkd_desktop.domain.letter_kinds import LetterKind, Purpose
from kkd_desktop.domain.text_blocks import BlockKind, passage
from kkd_desktop.domain.values import replace
from kkd_desktop.paper.face import LetterFace
from kkd_desktop.paper.letter import (
    AT_ONCE,
    Sheet,
    content,
    letter_template,
    letters_pdf,
    set_contents,
)
from kkd_desktop.paper.page_index import pages_of_letters
from kkd_desktop.policyfiles.text_blocks import read_texts

TODAY = date(2026, 11, 20)
MILLIMETRE = 72 / 25.4
AMINA = Client(
    7,
    "123A456789",
    "Beispiel",
    "Amina",
    bg_number="12345//0012345",
    address=Address("Lange Straße 12", "12345", "Musterstadt"),
)
TALK = Appointment(
    7, datetime(2026, 12, 3, 9, 0), 45, "u", datetime(2026, 11, 20, 8), room="2.14", id=1
)
MISSED = replace(TALK, state=AppointmentState.MISSED, start=datetime(2026, 11, 4, 9, 0), id=2)
SENDER = Sender(
    office="Jobcenter Musterstadt",
    street="Amtsweg 1",
    postcode="12345",
    city="Musterstadt",
    caseworker="Petra Muster",
    phone="0123 456-789",
    mailbox="team-3@jobcenter-musterstadt.example",
    reference="II-321",
)
TEXTS = read_texts(paths.resources() / "texte", paths.resources() / "nirgends").blocks
FACE = LetterFace()


def fits(line):
    return FACE.width(line) <= ADDRESS_WIDTH


def letter(kind=LetterKind.MELDEAUFFORDERUNG, client=AMINA, **changes):
    found = (passage(TEXTS, each, kind, TODAY) for each in BlockKind if each.is_printed)
    whole = Letter(
        kind=kind,
        appointment=TALK if kind.invites else MISSED,
        client=client,
        sender=SENDER,
        written_on=TODAY,
        delivery=Delivery.POST,
        purposes=(Purpose.VERMITTLUNG,),
        bring="Ausweis",
        passages=tuple(each for each in found if each is not None),
        previous=MISSED,
        recipient=recipient_lines(client, fits),
    )
    return replace(whole, **changes)


def pdf_of(*letters, **changes):
    return letters_pdf([Sheet(each) for each in letters], TODAY, **changes)


def plain(texts):
    return " ".join(" ".join(texts).replace("\u00a0", " ").split())


def boxes_of(pdf, wanted, after=""):
    """Left, top, right and bottom of each letter of a text on the first page, in millimetres."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        height = page.get_height()
        text = page.get_textpage()
        said = text.get_text_range()
        start = said.index(wanted, said.index(after))
        found = (text.get_charbox(start + number) for number in range(len(wanted)))
        return [
            tuple(edge / MILLIMETRE for edge in (left, height - top, right, height - bottom))
            for left, bottom, right, top in found
        ]


@pytest.mark.parametrize("kind", LetterKind)
def test_every_letter_keeps_all_rules_of_accessible_and_lasting_pdf(kind, broken_rules):
    assert broken_rules(pdf_of(letter(kind))) == []


@pytest.mark.parametrize("delivery", [Delivery.HANDED_OVER, Delivery.PORTAL])
def test_so_does_one_to_sign_and_one_with_a_receipt_page(delivery, broken_rules):
    whole = letter(delivery=delivery)

    assert broken_rules(letters_pdf([Sheet(whole, receipt_page=True)], TODAY)) == []
    assert broken_rules(pdf_of(whole)) == []


def test_language_and_title_are_set_and_name_no_person():
    with pikepdf.open(BytesIO(pdf_of(letter()))) as document:
        assert document.Root["/Lang"] == "de-DE"
        title = str(document.docinfo["/Title"])
    assert title == "Einladung – Aufforderung zur persönlichen Meldung"


def test_a_summons_says_everything_the_law_asks_for(page_texts):
    said = plain(page_texts(pdf_of(letter(purpose_text="Ihr Bewerberangebot"))))

    for part in (
        *("Petra Muster", "0123 456-789", "II-321", "123A456789", "12345//0012345"),
        *("20.11.2026", "Guten Tag Amina Beispiel,", "Donnerstag, 3. Dezember 2026, 09:00 Uhr"),
        *("Amtsweg 1, 12345 Musterstadt", "Raum 2.14", "Vermittlung in Ausbildung oder Arbeit"),
        *("Ihr Bewerberangebot", "Ausweis", "§ 59 SGB II in Verbindung mit § 309 Abs. 1 SGB III"),
        *("Rechtsfolgenbelehrung", "Grundsicherungsgeld", "am ersten Tag, an dem Sie wieder"),
        *("anderen Zeit am selben Tag", "Reisekosten", "Rechtsbehelfsbelehrung", "Widerspruch"),
        *("noch niemand geprüft", "Mit freundlichen Grüßen", "Seite 1 von 2", "Seite 2 von 2"),
    ):
        assert part in said, part


def test_a_plain_invitation_threatens_with_nothing(page_texts):
    said = plain(page_texts(pdf_of(letter(LetterKind.EINLADUNG))))

    assert "Rechtsfolgen" not in said
    assert "Widerspruch" not in said
    assert "§" not in said


def test_a_hearing_is_a_draft_with_the_day_until_which_to_answer(page_texts):
    said = plain(page_texts(pdf_of(letter(LetterKind.ANHOERUNG))))

    assert "Entwurf" in said
    assert "bis zum 11. Dezember 2026" in said
    assert "Mittwoch, 4. November 2026, 09:00 Uhr" in said


def test_only_a_letter_to_hand_over_asks_for_a_signature(page_texts):
    handed = letter(delivery=Delivery.HANDED_OVER)

    assert "habe ich heute erhalten" in plain(page_texts(pdf_of(handed)))
    assert "habe ich heute erhalten" not in plain(page_texts(pdf_of(letter())))
    with_page = page_texts(letters_pdf([Sheet(handed, receipt_page=True)], TODAY))
    assert "Empfangsbestätigung" in with_page[-1]
    assert plain(with_page).count("habe ich heute erhalten") == 1


def test_six_lines_of_address_stand_inside_the_window():
    client = replace(
        AMINA,
        first_name="Maximiliane-Alexandra",
        last_name="von Müller-Lüdenscheidt",
        address=Address(
            "c/o Muster; Hinterhaus; 3. Stock; Lange Straße 12", "12345", "Musterstadt"
        ),
    )
    whole = letter(client=client)
    assert len(whole.recipient) == 6
    pdf = pdf_of(whole)

    # The recipient's part of the field: 27.3 mm below 62.7, within 85 mm from 20.
    for line in whole.recipient:
        for left, top, right, bottom in boxes_of(pdf, line, after=whole.recipient[0]):
            assert left >= 25 - 0.5
            assert right <= 105
            assert top >= 62.7
            assert bottom <= 90


def test_return_line_information_and_subject_stand_where_din_5008_has_them():
    pdf = pdf_of(letter())

    returned = boxes_of(pdf, SENDER.return_line)
    assert all(top >= 45 and bottom <= 62.7 for _, top, _, bottom in returned)
    informed = boxes_of(pdf, "Ansprechperson")
    assert informed[0][0] == pytest.approx(125, abs=0.7)
    assert informed[0][1] == pytest.approx(50, abs=1.5)
    subject = boxes_of(pdf, "Einladung – Aufforderung")
    assert subject[0][0] == pytest.approx(25, abs=0.7)
    assert subject[0][1] == pytest.approx(98.5, abs=1)


def test_marks_for_folding_and_punching_are_at_their_heights_on_the_first_page_only():
    from kkd_desktop.paper.rendering import OpenPdf

    heights = []
    with OpenPdf(pdf_of(letter())) as opened:
        images = [opened.image(index, dpi=254) for index in range(len(opened.sizes))]
    for image in images:
        column = image.pixels[60 * 4 :: image.stride]
        dark = [number for number in range(len(column)) if column[number] < 200]
        heights.append({round(number / 10, 0) for number in dark})

    assert heights[1] == set()
    assert {105.0, 210.0} <= heights[0]
    assert any(abs(height - 148.5) <= 0.5 for height in heights[0])


def test_a_long_information_block_moves_the_subject_down():
    long = replace(SENDER, caseworker="Lang " * 39, mailbox="", reference="W" * 190)

    pdf = pdf_of(letter(sender=long))

    subject = boxes_of(pdf, "Einladung – Aufforderung")[0]
    assert subject[1] > boxes_of(pdf, "Kundennummer")[0][3] + 3


def test_many_letters_are_one_tagged_file_with_page_numbers_of_their_own(page_texts, broken_rules):
    number = AT_ONCE * 2 + 3
    heard = []
    letters = [
        letter(client=replace(AMINA, last_name=f"Beispiel{each:03d}")) for each in range(number)
    ]

    pdf = pdf_of(*letters, progress=lambda done, whole: heard.append((done, whole)) or True)

    texts = page_texts(pdf)
    assert len(texts) == 2 * number
    for each in range(number):
        assert f"Beispiel{each:03d}" in texts[2 * each]
        assert "Seite 1 von 2" in texts[2 * each]
        assert "Seite 2 von 2" in texts[2 * each + 1]
    assert heard[0] == (0, number)
    assert heard[-1] == (number, number)
    assert broken_rules(pdf) == []
    with pikepdf.open(BytesIO(pdf)) as document:
        assert str(document.docinfo["/Title"]) == f"{number} Briefe vom 20.11.2026"
        tree = document.Root.StructTreeRoot
        assert int(tree.ParentTreeNextKey) == len(document.pages)
        assert [int(page.obj.StructParents) for page in document.pages] == list(
            range(len(document.pages))
        )


def test_a_batch_can_be_stopped():
    letters = [letter()] * (AT_ONCE * 2 + 1)

    with pytest.raises(LettersCancelled, match="kein Brief"):
        pdf_of(*letters, progress=lambda done, whole: done == 0)


def test_the_same_letter_gives_the_same_bytes_alone_and_when_kept(page_texts):
    template, said = letter_template(None), content(letter())

    assert set_contents([said], template, TODAY) == pdf_of(letter())
    copy = set_contents([said], template, TODAY, copy=True)
    assert all("Kopie" in text for text in page_texts(copy))


@pytest.mark.parametrize(
    ("source", "line"),
    [("= Hallo\n#let y = \n", 2), ("#let data = json(bytes(sys.inputs.data))\n\n#data.nix", 3)],
)
def test_a_broken_own_template_names_file_and_line_and_the_shipped_one(tmp_path, source, line):
    folder = tmp_path / "vorlagen"
    folder.mkdir()
    (folder / "brief.typ").write_text(source, encoding="utf-8")

    with pytest.raises(BrokenTemplate, match=rf"vorlagen/brief.typ, Zeile {line}: .*mitgelieferte"):
        pdf_of(letter(), own_folder=folder)


def test_a_picture_that_an_own_template_lacks_is_named(tmp_path):
    folder = tmp_path / "vorlagen"
    folder.mkdir()
    own = '#set document(title: "x")\n#image("bilder/logo.png", alt: "Logo")\n'
    (folder / "brief.typ").write_text(own, encoding="utf-8")

    with pytest.raises(BrokenTemplate) as caught:
        pdf_of(letter(), own_folder=folder)

    assert str(caught.value) == (
        "vorlagen/brief.typ, Zeile 2: Die eigene Vorlage lässt sich nicht setzen (die Datei "
        "bilder/logo.png fehlt im Ordner vorlagen). Die mitgelieferte Vorlage steht bereit."
    )


def test_what_is_wrong_with_it_is_told_in_english_while_the_letter_is_german(english, tmp_path):
    own = '#set document(title: "x")\n#image("logo.png", alt: "Logo")\n'
    (tmp_path / "brief.typ").write_text(own, encoding="utf-8")

    with pytest.raises(BrokenTemplate) as caught:
        pdf_of(letter(), own_folder=tmp_path)

    assert str(caught.value) == (
        f"{tmp_path.name}/brief.typ, line 2: the office's own template cannot be typeset (the file "
        f"logo.png is missing in the folder {tmp_path.name}). The supplied template is available."
    )
    assert content(letter())["subject"].startswith("Einladung")


def test_an_own_template_that_is_no_text_is_refused(tmp_path):
    (tmp_path / "brief.typ").write_bytes(b"= Hallo\n\xff")

    with pytest.raises(UserError, match="Zeile 2"):
        letter_template(tmp_path)


def test_the_own_template_wins(tmp_path, page_texts):
    (tmp_path / "brief.typ").write_text(
        '#set document(title: "Eigen")\n#set text(font: "Liberation Sans", lang: "de")\n'
        "#let data = json(bytes(sys.inputs.data))\n= #data.letters.first().subject\n",
        encoding="utf-8",
    )

    assert plain(page_texts(pdf_of(letter(), own_folder=tmp_path))).startswith("Einladung")


@pytest.mark.parametrize(
    "name", ["*x* #panic() $y$", '"] #read("/etc")', "<kein> @label", "\\u{41} // ~ `x`"]
)
def test_a_name_that_looks_like_a_template_stays_text(name, page_texts, broken_rules):
    whole = letter(client=replace(AMINA, last_name=name), purpose_text=name)
    pdf = pdf_of(whole)

    assert completeness(whole, FACE, known=[])[0].stops is False
    assert plain(page_texts(pdf)).count(" ".join(name.split())) >= 3
    assert broken_rules(pdf) == []


@pytest.mark.parametrize("name", ["阿明", "Amina 😀", "ش" * 3 + "阿"])
def test_a_name_the_font_cannot_print_stops_the_letter(name):
    whole = letter(client=replace(AMINA, last_name=name))

    assert any(gap.stops and "U+" in gap.sentence for gap in completeness(whole, FACE))


def test_eighty_letters_without_a_break_are_refused_and_a_double_name_is_not():
    long = letter(client=replace(AMINA, last_name="W" * 80))
    double = letter(client=replace(AMINA, first_name="Anna " * 5, last_name="Muster-" * 5))

    assert any("Zeile 1 ist" in gap.sentence for gap in completeness(long, FACE))
    assert not any(gap.stops for gap in completeness(double, FACE))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    name=st.text(max_size=80),
    purpose=st.text(max_size=200),
    room=st.text(max_size=40),
    street=st.text(max_size=200),
)
def test_whatever_stands_in_the_fields_gives_a_whole_pdf(name, purpose, room, street, broken_rules):
    client = replace(AMINA, last_name=name, address=Address(street, name, room))
    whole = letter(
        client=client,
        purpose_text=purpose,
        bring=purpose,
        appointment=replace(TALK, room=room),
        sender=replace(SENDER, office=name, street=street, caseworker=room),
    )

    completeness(whole, FACE)

    assert broken_rules(pdf_of(whole)) == []


def test_the_width_of_a_line_is_that_of_the_font():
    assert FACE.width("Amina Beispiel") == pytest.approx(23.33, abs=0.01)
    assert FACE.width("") == 0


def numbered(texts):
    """The pages that say of themselves to be the first of a letter."""
    return [number for number, text in enumerate(texts, start=1) if "Seite 1 von" in text]


@pytest.mark.parametrize("count", [1, 3, AT_ONCE + 2])
def test_the_pages_of_each_letter_are_found(count, page_texts):
    kinds = [LetterKind.EINLADUNG, LetterKind.MELDEAUFFORDERUNG, LetterKind.ANHOERUNG]
    sheets = [Sheet(letter(kinds[each % 3]), receipt_page=each % 2 == 0) for each in range(count)]
    pdf = letters_pdf(sheets, TODAY)

    found = pages_of_letters(pdf, [2 if each.receipt_page else 1 for each in sheets])

    assert [pages[0] for pages in found] == numbered(page_texts(pdf))
    assert [page for pages in found for page in pages] == list(range(1, len(page_texts(pdf)) + 1))
    assert all(
        len(pages) > 1 for pages, each in zip(found, sheets, strict=True) if each.receipt_page
    )


def test_no_pages_are_guessed_where_a_template_has_other_headings():
    pdf = pdf_of(letter(), letter())

    assert pages_of_letters(pdf, [1, 2]) == ()
    assert pages_of_letters(pdf, [1]) == ()
