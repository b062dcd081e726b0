import os
import stat

import pytest

from kkd_desktop.actions.files import write_all_private, write_private
from kkd_desktop.domain.errors import UserError


def test_an_older_file_is_replaced_and_the_new_one_is_private(tmp_path):
    path = tmp_path / "liste.pdf"
    path.write_bytes(b"alt")

    write_private(path, b"neu")

    assert path.read_bytes() == b"neu"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_pipe_or_device_is_not_replaced_by_a_file(tmp_path):
    path = tmp_path / "leitung"
    os.mkfifo(path)

    with pytest.raises(UserError, match="keine gewöhnliche Datei"):
        write_private(path, b"neu")

    assert path.is_fifo()


def test_where_the_second_of_two_files_fails_the_first_is_not_there_either(tmp_path):
    first, second = tmp_path / "termine.ics", tmp_path / "nirgends" / "absagen.ics"

    with pytest.raises(UserError, match="es wurde nichts gespeichert"):
        write_all_private([(first, b"eins"), (second, b"zwei")])

    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_place_of_the_second_file_keeps_the_first_as_it_was(tmp_path):
    first, second = tmp_path / "termine.ics", tmp_path / "absagen.ics"
    first.write_bytes(b"alt")
    second.mkdir()

    with pytest.raises(UserError, match="das ist ein Ordner"):
        write_all_private([(first, b"neu"), (second, b"zwei")])

    assert first.read_bytes() == b"alt"
    assert sorted(tmp_path.iterdir()) == [second, first]
