"""The user's folder is where every program of the system would put it."""

import sys

import platformdirs
import pytest

from kkd_desktop import paths


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the library is asked")
@pytest.mark.parametrize("said", [None, "", "  ", "/srv/daten", "daten", "./daten", "/srv/a b/ä"])
def test_the_folder_of_the_user_is_the_one_of_the_system(monkeypatch, said):
    monkeypatch.setenv("HOME", "/home/amina")
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    if said is not None:
        monkeypatch.setenv("XDG_DATA_HOME", said)

    assert paths.user_data() == platformdirs.user_data_path("kkd-desktop", appauthor=False)
    assert paths.user_data().is_absolute()
