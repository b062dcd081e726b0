"""The printed list of people: who stands in it, in which order, and what it does not tell."""

from datetime import date
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from kkd_desktop.actions import casework, exports, worklist
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.privacy import Privacy
from tests.paper.test_invitation_list import squeezed, structure

SAID = "Nächster Termin: keiner"


@pytest.fixture
def caseload(tmp_path):
    from kkd_desktop.actions import stores
    from kkd_desktop.actions.secrets import Passphrase

    day = date(2026, 11, 20)
    context = stores.create_caseload(tmp_path / "b.kkd", Passphrase("nur für die Liste"), day)
    for number, (last, first) in enumerate([("Beispiel", "Amina"), ("*x* #panic()", "Boris")]):
        casework.add_client(context, Client(0, f"123A40000{number}", last, first), {})
    yield context
    context.store.close()


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def ids(context):
    return [entry.client.id for entry in worklist.entries(context)]


def test_people_stand_in_the_order_they_were_shown(caseload):
    chosen = sorted(ids(caseload), reverse=True)

    text = squeezed(text_of(exports.people_list(caseload, chosen, SAID, Privacy.FULL)))

    assert text.index("*x*#panic()") < text.index("Beispiel,Amina")
    assert "2Personen" in text
    assert squeezed(f"Gesucht: {SAID}") in text
    assert "123A400000" in text


def test_a_list_with_initials_has_neither_names_nor_numbers(caseload):
    text = squeezed(text_of(exports.people_list(caseload, ids(caseload), "", Privacy.INITIALS)))

    assert "Beispiel" not in text
    assert "123A40" not in text
    assert "A.B." in text
    assert "Gesucht" not in text


def test_the_list_can_be_read_by_a_screen_reader_and_its_title_names_nobody(caseload):
    pdf = exports.people_list(caseload, ids(caseload), SAID, Privacy.FULL)

    with pikepdf.open(BytesIO(pdf)) as document:
        assert document.docinfo["/Title"] == "Personenliste, Stand 20.11.2026"
        assert document.Root["/Lang"] == "de-DE" or document.Root["/Lang"] == "de"
    found = structure(pdf)
    assert "/Table" in found
    assert found.count("/TR") == 3
    assert found.count("/TH") == 7


def test_nobody_is_a_list_too(caseload):
    assert "Niemand passt" in text_of(exports.people_list(caseload, [], SAID, Privacy.FULL))


def test_who_was_deleted_meanwhile_is_not_printed(caseload):
    assert "1 Person" in text_of(
        exports.people_list(caseload, [*ids(caseload)[:1], 999], "", Privacy.FULL)
    )
