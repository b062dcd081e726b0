"""The day on one sheet, and addresses on labels."""

from datetime import date, datetime, timedelta

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kkd_desktop.domain.appointment import Appointment, AppointmentState
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.privacy import Privacy
from kkd_desktop.domain.values import replace
from kkd_desktop.paper.day_sheet import DaySheet, day_sheet
from kkd_desktop.paper.invitation_list import InvitationRow
from kkd_desktop.paper.labels import PER_SHEET, address_labels

DAY = date(2026, 12, 3)
TODAY = date(2026, 11, 20)
AMINA = Client(7, "123A456789", "Beispiel", "Amina", code="K12")
MILLIMETRE = 72 / 25.4


def row(number=0, client=AMINA, **changes):
    start = datetime(2026, 12, 3, 8, 0) + timedelta(minutes=15 * number)
    talk = Appointment(
        7, start, 45, f"u{number}", datetime(2026, 11, 20, 8), purpose="Gespräch", room="2.14"
    )
    return InvitationRow(replace(talk, **changes), client)


def sheet(*rows, **changes):
    made = DaySheet(DAY, rows, "Jobcenter Musterstadt", TODAY, Privacy.FULL)
    return day_sheet(replace(made, **changes))


@pytest.mark.parametrize("count", [0, 1, 24])
def test_the_day_sheet_keeps_all_rules(count, broken_rules):
    assert broken_rules(sheet(*(row(number) for number in range(count)))) == []


def test_the_day_is_in_order_with_everything_of_a_talk(page_texts):
    (text,) = page_texts(sheet(row(4), row(0, state=AppointmentState.CANCELLED)))

    said = " ".join(text.split())
    assert "Do 03.12.2026" in said
    assert "08:00 Beispiel, Amina Gespräch persönlich · Raum 2.14 · 45 min · abgesagt" in said
    assert said.index("08:00") < said.index("09:00")
    assert "gedruckt am 20.11.2026" in said


def test_the_day_sheet_says_no_more_of_a_person_than_was_chosen(page_texts):
    (text,) = page_texts(sheet(row(), privacy=Privacy.INITIALS))

    assert "A. B. (K12)" in text
    assert "Beispiel" not in text
    assert "123A456789" not in text


def test_a_long_day_repeats_its_head_and_counts_its_pages(page_texts):
    texts = page_texts(sheet(*(row(number) for number in range(24))))

    for number, text in enumerate(texts, start=1):
        assert "Zeit Kunde Notiz" in " ".join(text.split())
        assert f"Seite {number} von {len(texts)}" in text


def test_an_empty_day_says_so(page_texts):
    assert "kein Termin vereinbart" in page_texts(sheet())[0]


@pytest.mark.parametrize("count", [1, PER_SHEET, PER_SHEET + 1, 500])
def test_labels_keep_all_rules_and_fill_whole_sheets(count, broken_rules, page_texts):
    pdf = address_labels([["Amina Beispiel", "Weg 1", "12345 Ort"]] * count, TODAY)

    assert broken_rules(pdf) == []
    assert len(page_texts(pdf)) == -(-count // PER_SHEET)


def test_each_address_stands_on_its_label():
    lines = [f"{chr(65 + number)}{chr(65 + number)}" for number in range(6)]
    skip = 4

    with pypdfium2.PdfDocument(address_labels([lines] * 20, TODAY, skip=skip)) as document:
        assert len(document) == 1
        page = document[0]
        text = page.get_textpage()
        places = []
        for index in range(text.count_chars()):
            if text.get_text_range(index, 1).strip():
                left, bottom, right, top = (x / MILLIMETRE for x in text.get_charbox(index))
                top, bottom = 297 - top, 297 - bottom
                assert int(left // 70) == int(right // 70)
                assert int((top - 0.5) // 37) == int((bottom - 0.5) // 37)
                places.append(int((top - 0.5) // 37) * 3 + int(left // 70))
    assert set(places) == set(range(skip, PER_SHEET))
    assert all(places.count(place) == 12 for place in set(places))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(name=st.text(max_size=200), purpose=st.text(max_size=200))
def test_whatever_a_name_is_both_sheets_are_whole(name, purpose, broken_rules):
    client = replace(AMINA, last_name=name)

    assert broken_rules(sheet(row(client=client, purpose=purpose))) == []
    assert broken_rules(address_labels([[name, purpose]], TODAY)) == []
