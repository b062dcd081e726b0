import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from kkd_desktop.domain.errors import UserError
from kkd_desktop.gui.instance import Holder, SingleInstance, server_name


def test_a_second_start_brings_the_first_window_to_the_front(qtbot, tmp_path):
    store = tmp_path / "fallbestand.kkd"
    first, second = SingleInstance(store), SingleInstance(store)
    assert first.claim()
    assert first.listen()

    assert not second.claim()
    with qtbot.waitSignal(first.activation_requested):
        assert second.ask_to_raise()

    first.release()
    assert second.claim()
    second.release()


BEGINS = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from kkd_desktop.gui.instance import SingleInstance

app = QCoreApplication([])
first = SingleInstance(Path(sys.argv[1]))
print(first.claim(), flush=True)
first.activation_requested.connect(app.quit)
QTimer.singleShot(500, first.listen)
app.exec()
first.release()
"""


def test_a_second_start_brings_a_window_to_the_front_that_is_only_beginning(qapp, tmp_path):
    store = tmp_path / "fallbestand.kkd"
    with subprocess.Popen(
        [sys.executable, "-c", BEGINS, str(store)], stdout=subprocess.PIPE, text=True
    ) as first:
        assert first.stdout.readline() == "True\n"
        try:
            second = SingleInstance(store)

            assert not second.claim()
            assert second.ask_to_raise()
            assert first.wait(timeout=20) == 0
        finally:
            first.kill()


def test_who_has_the_store_is_told(qapp, tmp_path):
    store = tmp_path / "fallbestand.kkd"
    first, second = SingleInstance(store), SingleInstance(store)
    assert second.holder() is None
    first.claim()

    holder = second.holder()

    assert holder is not None
    assert holder.process > 0
    assert holder.host
    first.release()


def test_a_leftover_can_be_taken_over(qapp, tmp_path):
    store = tmp_path / "fallbestand.kkd"
    first, second = SingleInstance(store), SingleInstance(store)
    first.claim()

    assert second.take_over()

    assert second.holder() is not None
    second.release()


def test_where_no_lock_can_be_written_nobody_else_is_said_to_have_it(qapp, tmp_path):
    with pytest.raises(UserError, match="kann nicht gelesen oder geschrieben werden"):
        SingleInstance(tmp_path / "abgezogen" / "fallbestand.kkd").claim()


def test_where_nobody_listens_nobody_is_raised(qapp, tmp_path):
    assert not SingleInstance(tmp_path / "fallbestand.kkd").ask_to_raise()


def test_the_name_of_the_socket_tells_nothing_about_the_path():
    name = server_name(Path("/home/amina/fallbestand.kkd"))

    assert "amina" not in name
    assert "fallbestand" not in name
    assert name != server_name(Path("/home/amina/anderer.kkd"))


def test_a_window_on_another_computer_is_told_with_its_name_and_time(qapp, tmp_path):
    store = tmp_path / "fallbestand.kkd"
    lock = store.with_name(f".{store.name}.lock")
    lock.write_text("4711\nkkd-desktop\nJC-PC-0417\n", encoding="utf-8")
    os.utime(lock, (1_700_000_000, 1_700_000_000))
    here = SingleInstance(store)

    assert not here.claim()
    assert here.holder() == Holder("JC-PC-0417", 4711, datetime.fromtimestamp(1_700_000_000))  # noqa: DTZ006
    assert here.take_over()
    here.release()


def test_listening_twice_is_listening_once(qtbot, tmp_path):
    instance = SingleInstance(tmp_path / "fallbestand.kkd")
    instance.claim()

    assert instance.listen()
    assert instance.listen()
    with qtbot.waitSignal(instance.activation_requested):
        SingleInstance(tmp_path / "fallbestand.kkd").ask_to_raise()
    instance.release()
