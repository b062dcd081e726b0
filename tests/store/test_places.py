import platform
from pathlib import Path

import pytest

from kkd_desktop.store import errors
from kkd_desktop.store.errors import UnsafePlace
from kkd_desktop.store.opening import create_store, open_store
from kkd_desktop.store.places import network_mount

MOUNTS = """\
overlay / overlay rw 0 0
server:/home /home nfs4 rw,relatime 0 0
/dev/sda1 /home/amt ext4 rw 0 0
//server/akten /mnt/Eigene\\040Dateien cifs rw 0 0
C:\\134 /mnt/c 9p rw,aname=drvfs 0 0
gvfsd-fuse /run/user/1000/gvfs fuse.gvfsd-fuse rw 0 0
tmpfs /homework tmpfs rw 0 0
""".splitlines()


@pytest.mark.parametrize(
    ("place", "system"),
    [
        ("/srv/faelle.kkd", None),
        ("/home/anna/faelle.kkd", "nfs4"),
        ("/home/amt/faelle.kkd", None),
        ("/mnt/Eigene Dateien/faelle.kkd", "cifs"),
        ("/mnt/c/Users/anna/faelle.kkd", "9p"),
        ("/run/user/1000/gvfs/smb/faelle.kkd", "fuse.gvfsd-fuse"),
        ("/homework/faelle.kkd", None),
    ],
)
def test_the_innermost_mount_decides_whether_a_place_is_on_another_machine(place, system):
    assert network_mount(Path(place), MOUNTS) == system


def test_a_whole_system_on_9p_is_a_sandbox_on_its_own_disk():
    assert network_mount(Path("/srv/faelle.kkd"), ["none / 9p rw 0 0"]) is None


@pytest.mark.parametrize(
    "folder",
    ["OneDrive", "OneDrive - Jobcenter Musterstadt", "Nextcloud", "dropbox", "Dropbox (1)"],
)
def test_no_store_is_made_or_opened_where_a_sync_client_would_swap_it(
    tmp_path, path, key, passphrase, folder
):
    synced = tmp_path / folder / "Akten"
    synced.mkdir(parents=True)
    moved = path.rename(synced / path.name)

    with pytest.raises(UnsafePlace, match="abgeglichen"):
        create_store(synced / "neu.kkd", passphrase)
    with pytest.raises(UnsafePlace, match=folder.split()[0]):
        open_store(moved, key)


def test_a_link_into_a_synced_folder_does_not_help(tmp_path, passphrase):
    (tmp_path / "Nextcloud").mkdir()
    (tmp_path / "harmlos").symlink_to(tmp_path / "Nextcloud")

    with pytest.raises(UnsafePlace):
        create_store(tmp_path / "harmlos" / "faelle.kkd", passphrase)


def test_a_folder_that_only_sounds_similar_is_allowed(tmp_path, passphrase):
    create_store(tmp_path / "Dropboxen" / "faelle.kkd", passphrase).close()


def test_a_file_that_another_computer_has_open_is_refused(path, key):
    lock = path.with_name(f".{path.name}.lock")
    lock.write_text("4711\nkkd-desktop\nJC-PC-0417\n", encoding="utf-8")

    with pytest.raises(errors.HeldElsewhere, match="JC-PC-0417"):
        open_store(path, key)


@pytest.mark.parametrize("text", ["", "4711\n", "4711\nkkd-desktop\n\n", "\0\0\0"])
def test_a_lock_that_says_nothing_is_no_hindrance(path, key, text):
    path.with_name(f".{path.name}.lock").write_text(text, encoding="utf-8")

    open_store(path, key).close()


def test_nor_is_a_window_of_this_computer(path, key):
    lock = path.with_name(f".{path.name}.lock")
    lock.write_text(f"4711\nkkd-desktop\n{platform.node()}\n", encoding="utf-8")

    open_store(path, key).close()
