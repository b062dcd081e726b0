"""Back-ups of a real caseload: made, listed, rotated, copied, and turned into a caseload again."""

import os
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest

from kkd_desktop.actions import backups, casework, forgetting, stores
from kkd_desktop.actions.backups import Kind, Rotation
from kkd_desktop.actions.context import Context
from kkd_desktop.domain import backup_text
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.errors import UserError
from kkd_desktop.store import errors
from kkd_desktop.store.copying import FOLDER
from kkd_desktop.store.key import Passphrase
from tests.actions.conftest import TODAY

MOMENT = datetime(2026, 11, 20, 8, 30)
SECRET = Passphrase("vier zufällige Wörter")


@pytest.fixture
def clock(caseload: Context) -> list[datetime]:
    """The moment it is; a test sets another one."""
    now = [MOMENT]
    caseload.now = lambda: now[0]
    return now


def add(context: Context, name: str) -> None:
    casework.add_client(context, Client(0, "", "Neu", name), {})


def names(context: Context) -> list[str]:
    return sorted(name for (name,) in context.store.read("SELECT first_name FROM client"))


def files(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_a_back_up_is_private_named_by_its_moment_and_listed_with_its_contents(caseload, clock):
    backups.make(caseload, "vor dem Urlaub")

    [backup] = backups.listed(caseload)
    assert (
        backup.path == caseload.store.path.parent / FOLDER / "bestand.2026-11-20T083000Z.hand.kkd"
    )
    assert (backup.contents.clients, backup.contents.contacts) == (3, 2)
    assert backup.contents.last_change is not None
    assert (backup.kind, backup.reason, backup.made_at) == (Kind.BY_HAND, "vor dem Urlaub", MOMENT)
    assert backup.bytes == backup.path.stat().st_size
    assert backup.path.stat().st_mode & 0o777 == 0o600
    assert backup.path.parent.stat().st_mode & 0o777 == 0o700
    assert b"Amina" not in backup.path.read_bytes()


def test_a_back_up_nobody_wrote_down_is_listed_with_what_it_holds(caseload, clock):
    backups.make(caseload)
    with caseload.store.write(journaled=False) as transaction:
        transaction.execute("DELETE FROM backup")

    [backup] = backups.listed(caseload)

    assert (backup.contents.clients, backup.contents.contacts) == (3, 2)


def test_it_is_made_again_only_after_hours_and_where_something_changed(caseload, clock):
    first = backups.make_if_due(caseload)
    add(caseload, "Dora")
    soon = backups.make_if_due(caseload)
    clock[0] += backups.EVERY
    later = backups.make_if_due(caseload)
    clock[0] = datetime(2999, 1, 1)
    much_later = backups.make_if_due(caseload)
    clock[0] += timedelta(days=1)
    unchanged = backups.make_if_due(caseload)

    # What changed after the moment of a back-up may not be in it: here the clock lags behind.
    made = [bool(each.made) for each in (first, soon, later, much_later, unchanged)]
    assert made == [True, False, True, True, False]


def test_with_the_clock_set_back_a_change_is_saved_at_once(caseload, clock):
    backups.make_if_due(caseload)
    add(caseload, "Dora")
    clock[0] -= timedelta(days=300)

    assert backups.make_if_due(caseload).made is not None
    assert len(backups.listed(caseload)) == 2


def test_while_one_is_made_others_go_on_writing(caseload, clock):
    jobs = [backups.Job(caseload, Kind.BY_HAND, "") for _ in range(3)]
    reports = []
    thread = Thread(target=lambda: reports.extend(job.run() for job in jobs))
    thread.start()
    written = 0
    while thread.is_alive() or written < 20:
        add(caseload, f"Nummer {written}")
        written += 1
    thread.join()

    assert len(names(caseload)) == 3 + written
    for report in reports:
        assert backups.check(report.made.path, caseload.store.key) == report.made.contents
    assert len({report.made.path for report in reports}) == 3


def test_rotation_lets_go_of_its_own_files_only(caseload, clock):
    folder = backups.folder(caseload)
    caseload.change_settings(rotation=Rotation(2, 0, 0))
    folder.mkdir()
    foreign = ("notizen.txt", "bestand.2020-01-01T080000Z.regelmaessig.kkd", "andere.kkd")
    for name in foreign:
        (folder / name).write_bytes(os.urandom(5000))

    for day in range(4):
        clock[0] = MOMENT + timedelta(days=day)
        backups.make(caseload, kind=Kind.REGULAR)

    ours = [f"bestand.2026-11-{day}T083000Z.regelmaessig.kkd" for day in (22, 23)]
    assert files(folder) == sorted([*foreign, *ours])


def test_nothing_is_let_go_where_the_new_back_up_failed(caseload, clock, monkeypatch):
    caseload.change_settings(rotation=Rotation(1, 0, 0))
    backups.make(caseload, kind=Kind.REGULAR)
    clock[0] += timedelta(days=1)
    monkeypatch.setattr("kkd_desktop.store.copying.look", _broken)

    with pytest.raises(UserError):
        backups.make(caseload, kind=Kind.REGULAR)

    monkeypatch.undo()
    assert len(backups.listed(caseload)) == 1
    assert len(files(backups.folder(caseload))) == 1


def _broken(path, *_, **__):
    raise errors.DamagedStore(path)


def test_a_second_folder_gets_the_same_bytes_and_the_same_rotation(caseload, clock, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    caseload.change_settings(second_folder=str(stick), rotation=Rotation(1, 0, 0))

    for day in range(2):
        clock[0] = MOMENT + timedelta(days=day)
        backups.make(caseload, kind=Kind.REGULAR)

    [copy] = stick.iterdir()
    [backup] = backups.listed(caseload)
    assert copy.name == backup.path.name
    assert copy.read_bytes() == backup.path.read_bytes()
    assert copy.stat().st_mode & 0o777 == 0o600


def test_a_second_folder_that_is_away_is_told_and_caught_up_later(caseload, clock, tmp_path):
    stick = tmp_path / "stick"
    caseload.change_settings(second_folder=str(stick))

    report = backups.make_if_due(caseload)

    assert "nicht erreichbar" in report.fault
    assert len(backups.listed(caseload)) == 1
    stick.mkdir()
    assert backups.make_if_due(caseload) == backups.Report(None)
    assert files(stick) == [backups.listed(caseload)[0].path.name]


@pytest.mark.parametrize(
    ("step", "said"),
    [("Import von 300 Personen", "Import of 300 people"), ("Plan mit 60 Terminen", "Plan of 60")],
)
def test_what_it_was_made_for_is_kept_in_german_and_told_to_its_reader(
    english, caseload, clock, step, said
):
    kept = backups.before(caseload, step)

    assert kept.reason == f"Vor: {step}"
    assert backup_text.reason(kept).startswith(f"Before: {said}")


def test_before_something_large_a_back_up_is_made_in_the_middle_of_a_step(caseload, clock):
    with caseload.store.write("Import"):
        add(caseload, "Dora")
        kept = backups.before(caseload, "Import von 300 Personen")

    assert kept.reason == "Vor: Import von 300 Personen"
    assert kept.contents.clients == 3
    assert backups.listed(caseload) == [kept]


def test_restored_into_place_the_caseload_is_as_it_was_and_what_was_is_kept(caseload, clock):
    backups.make(caseload)
    [backup] = backups.listed(caseload)
    add(caseload, "Dora")
    clock[0] += timedelta(minutes=5)

    kept = backups.replace(caseload, backup.path)

    assert names(caseload) == ["Amina", "Boris", "Carla"]
    assert stores.verify(caseload) == []
    assert [each.kind for each in backups.listed(caseload)] == [Kind.BEFORE_RESTORE, Kind.BY_HAND]
    add(caseload, "Emil")
    assert names(caseload) == ["Amina", "Boris", "Carla", "Emil"]
    # The way back is a restore as well.
    backups.replace(caseload, kept.path)
    assert names(caseload) == ["Amina", "Boris", "Carla", "Dora"]
    assert sorted(files(caseload.store.path.parent)) == [
        *("bestand.kkd", "bestand.kkd-shm", "bestand.kkd-wal", FOLDER)
    ]


def test_after_a_restore_the_last_step_can_still_be_taken_back(caseload, clock):
    from kkd_desktop.actions import undo

    backups.make(caseload)
    backups.replace(caseload, backups.listed(caseload)[0].path)

    before = names(caseload)
    undo.undo(caseload)
    undo.undo(caseload)

    assert len(names(caseload)) < len(before)


def test_while_another_has_the_caseload_open_nothing_is_replaced(caseload, clock):
    backups.make(caseload)
    [backup] = backups.listed(caseload)
    add(caseload, "Dora")

    with (
        stores.open_caseload(caseload.store.path, caseload.store.key, TODAY),
        pytest.raises(errors.OpenElsewhere, match="noch an anderer Stelle"),
    ):
        backups.replace(caseload, backup.path)

    assert "Dora" in names(caseload)
    add(caseload, "Emil")
    assert stores.verify(caseload) == []


def test_what_another_wrote_meanwhile_is_not_lost(caseload, clock):
    backups.make(caseload)
    replacement = backups.Replacement(caseload, backups.listed(caseload)[0].path)
    replacement.prepare()
    with stores.open_caseload(caseload.store.path, caseload.store.key, TODAY) as other:
        add(other, "Dora")

    with pytest.raises(errors.ChangedMeanwhile):
        replacement.put_in_place()

    assert "Dora" in names(caseload)
    assert [each for each in files(caseload.store.path.parent) if each.endswith(".part")] == []


def test_an_abandoned_restore_leaves_the_kept_back_up_and_no_part(caseload, clock):
    backups.make(caseload)
    replacement = backups.Replacement(caseload, backups.listed(caseload)[0].path)
    replacement.prepare()

    replacement.abandon()

    assert [each for each in files(caseload.store.path.parent) if each.endswith(".part")] == []
    assert len(files(backups.folder(caseload))) == 2


def test_who_is_forgotten_stays_so_in_every_restored_file(caseload, clock, tmp_path):
    backups.make(caseload)
    [backup] = backups.listed(caseload)
    [amina] = [
        row[0] for row in caseload.store.read("SELECT id FROM client WHERE number LIKE '%1'")
    ]
    forgetting.forget(caseload, [amina])()
    clock[0] += timedelta(minutes=1)
    # A back-up of after it: the only one that knows, once the caseload itself is gone.
    backups.make(caseload)
    clock[0] += timedelta(minutes=1)

    backups.restoring_beside(caseload, backup.path, tmp_path / "daneben.kkd")()
    backups.restore(backup.path, SECRET, tmp_path / "neu.kkd", TODAY)
    backups.replace(caseload, backup.path)

    assert names(caseload) == ["Boris", "Carla"]
    for name in ("daneben.kkd", "neu.kkd"):
        with stores.open_caseload(tmp_path / name, SECRET, TODAY) as context:
            assert names(context) == ["Boris", "Carla"]
            changes = context.store.read(
                "SELECT ifnull(before, '') || ifnull(after, '') FROM change"
            )
            assert not any("Amina" in text for (text,) in changes)


def test_beside_it_a_caseload_of_its_own_is_made_and_never_over_another(caseload, clock, tmp_path):
    backups.make(caseload)
    [backup] = backups.listed(caseload)
    add(caseload, "Dora")

    backups.restoring_beside(caseload, backup.path, tmp_path / "daneben.kkd")()

    with stores.open_caseload(tmp_path / "daneben.kkd", SECRET, TODAY) as context:
        assert names(context) == ["Amina", "Boris", "Carla"]
        assert stores.verify(context) == []
    with pytest.raises(errors.StoreExists):
        backups.restoring_beside(caseload, backup.path, tmp_path / "daneben.kkd")()


def test_a_back_up_of_a_former_passphrase_gets_the_present_one(caseload, clock, tmp_path):
    other = stores.create_caseload(tmp_path / "alt.kkd", Passphrase("eine frühere"), TODAY)
    with other.store:
        add(other, "Zoe")
        backup = backups.make(other).made

    with pytest.raises(errors.WrongPassphrase):
        backups.replace(caseload, backup.path)
    with pytest.raises(errors.WrongPassphrase):
        backups.replace(caseload, backup.path, Passphrase("falsch"))
    assert len(names(caseload)) == 3
    backups.replace(caseload, backup.path, Passphrase("eine frühere"))

    assert names(caseload) == ["Zoe"]
    caseload.store.close()
    with stores.open_caseload(caseload.store.path, SECRET, TODAY) as context:
        assert names(context) == ["Zoe"]


@pytest.mark.parametrize("size", [0, 7, 4096, 30_001, 40_960])
def test_a_truncated_back_up_is_refused_and_nothing_is_kept_for_it(caseload, clock, size):
    backup = backups.make(caseload).made.path
    os.truncate(backup, size)

    with pytest.raises(errors.StoreError):
        backups.replace(caseload, backup)

    assert files(backups.folder(caseload)) == [backup.name]
    assert len(names(caseload)) == 3
    with pytest.raises(errors.StoreError):
        backups.check(backup, caseload.store.key)


def test_a_flipped_byte_in_a_back_up_is_found(caseload, clock):
    backup = backups.make(caseload).made.path
    backups.check(backup, caseload.store.key)
    with backup.open("r+b") as file:
        file.seek(9 * 4096 + 100)
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 1]))

    with pytest.raises(errors.StoreError, match="beschädigt"):
        backups.check(backup, caseload.store.key)


def test_one_of_a_former_passphrase_is_listed_and_neither_good_nor_bad(caseload, clock):
    from kkd_desktop.actions import passphrases

    backup = backups.make(caseload).made.path
    passphrases.change(caseload, SECRET, Passphrase("eine neue Passphrase"))

    [former] = backups.listed(caseload)
    assert former.contents.clients == 3
    assert backups.check(backup, caseload.store.key) is None


def test_a_damaged_first_page_is_no_former_passphrase(caseload, clock):
    backup = backups.make(caseload).made.path
    with backup.open("r+b") as file:
        file.seek(20)
        file.write(b"verdorben")

    with pytest.raises(errors.StoreError, match="beschädigt"):
        backups.check(backup, caseload.store.key)


def test_a_damaged_caseload_is_set_aside_for_the_back_up(caseload, clock):
    backup = backups.make(caseload).made.path
    path = caseload.store.path
    caseload.store.close()
    os.truncate(path, path.stat().st_size - 5000)
    remains = path.read_bytes()

    restored = backups.restore(backup, SECRET, path, TODAY)

    assert restored.kept is None
    assert restored.aside.read_bytes() == remains
    with stores.open_caseload(path, SECRET, TODAY) as context:
        assert len(names(context)) == 3


def test_the_last_readable_back_up_cannot_be_deleted(caseload, clock):
    backups.make(caseload)
    clock[0] += timedelta(hours=1)
    backups.make(caseload)
    later, earlier = backups.listed(caseload)

    backups.remove(caseload, earlier)

    with pytest.raises(UserError, match="letzte lesbare"):
        backups.remove(caseload, later)
    assert backups.listed(caseload) == [later]


def test_half_made_files_of_a_killed_program_are_swept(caseload, clock):
    folder = backups.folder(caseload)
    folder.mkdir()
    old, new = folder / ".bestand.x.kkd.aaaa.part", folder / ".bestand.y.kkd.bbbb.part"
    for part in (old, new):
        part.touch()
    os.utime(old, (1, 1))

    backups.make(caseload)

    assert not old.exists()
    assert new.exists()


def test_a_folder_that_cannot_be_written_is_a_sentence(caseload, clock):
    folder = backups.folder(caseload)
    folder.write_text("kein Ordner")

    with pytest.raises(errors.StoreError):
        backups.make(caseload)

    assert len(names(caseload)) == 3
