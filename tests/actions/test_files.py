import os
import stat

import pytest

from kkd_desktop.actions.files import write_private
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
