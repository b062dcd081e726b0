from pathlib import Path

from kkd_desktop.gui.instance import SingleInstance, server_name


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


def test_where_nobody_listens_nobody_is_raised(qapp, tmp_path):
    assert not SingleInstance(tmp_path / "fallbestand.kkd").ask_to_raise()


def test_the_name_of_the_socket_tells_nothing_about_the_path():
    name = server_name(Path("/home/amina/fallbestand.kkd"))

    assert "amina" not in name
    assert "fallbestand" not in name
    assert name != server_name(Path("/home/amina/anderer.kkd"))
