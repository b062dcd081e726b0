"""How a client is named where others may read along."""

import pytest

from kkd_desktop.domain.client import Client
from kkd_desktop.domain.privacy import Privacy, client_label
from kkd_desktop.domain.values import replace

AMINA = Client(7, number="123A456789", last_name="Beispiel", first_name="Amina", code="K12")


@pytest.mark.parametrize(
    ("privacy", "label"),
    [(Privacy.NEUTRAL, ""), (Privacy.INITIALS, "A. B. (K12)"), (Privacy.FULL, "Beispiel, Amina")],
)
def test_each_level_shows_no_more_than_it_says(privacy, label):
    assert client_label(AMINA, privacy) == label


@pytest.mark.parametrize("code", ["", "123A456789"])
def test_initials_stand_alone_without_a_code_or_with_the_kundennummer_as_code(code):
    assert client_label(replace(AMINA, code=code), Privacy.INITIALS) == "A. B."
