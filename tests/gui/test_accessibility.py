"""Can every window be used by keys alone, and is every control told to a screen reader?"""

import pytest

from tests import pictures
from tests.gui import accessibility
from tests.gui.every_window import CLIENTS, ROOMS, WINDOWS, declared, opened


@pytest.fixture(scope="module")
def caseload(qapp, tmp_path_factory):
    """Where the scenes keep what they need, and the people in it."""
    return pictures.Caseload(tmp_path_factory.mktemp("bilder"), CLIENTS)


def test_no_page_and_no_dialog_is_missing_from_the_registry():
    assert declared() == set(WINDOWS)


@pytest.mark.parametrize("name", sorted(WINDOWS | ROOMS))
def test_every_control_has_a_name_a_role_and_a_place_for_the_keys(name, caseload):
    with opened(name, caseload) as window:
        found = accessibility.faults(window)

    assert not found, "\n".join(found)
