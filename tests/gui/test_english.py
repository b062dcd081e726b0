"""Is all that a window says English where English was chosen, uncut, each letter once?"""

import json
import subprocess
import sys

import pytest

from tests.gui.every_window import ROOMS, WINDOWS
from tests.gui.spoken_english import German


@pytest.fixture(scope="module")
def found():
    """What is wrong in each window, from a process of its own that speaks English."""
    command = [sys.executable, "-m", "tests.gui.spoken_english"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", sorted(WINDOWS | ROOMS))
def test_no_german_is_left_but_what_is_meant_to_stay(name, found):
    assert not found[name]["german"]


@pytest.mark.parametrize("name", sorted(WINDOWS | ROOMS))
def test_what_was_stored_on_the_way_is_german(name, found):
    assert not found[name]["stored"]


@pytest.mark.parametrize("name", sorted(WINDOWS | ROOMS))
def test_no_two_controls_share_a_letter(name, found):
    assert not found[name]["letters"]


@pytest.mark.parametrize("name", sorted(WINDOWS | ROOMS))
def test_no_english_word_is_cut_in_the_smallest_window(name, found):
    assert not found[name]["cut"]


def test_what_is_looked_for_would_be_found():
    german = German()

    assert german.left("Termin vereinbaren", ())
    assert german.left("Book until Fälligkeit", ())
    assert not german.left("Make appointment for Marktprofil", ("Marktprofil",))
    assert german.is_english("Appointment moved to another day")
    assert not german.is_english("Termin verlegt auf einen anderen Tag")
