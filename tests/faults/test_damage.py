"""A file that is cut off or written over: refused or reported, and never other data than before.

Read in this process by the hundred, as the window does (without reading every page first) and as a
command does; some also by a command in a process of its own.
"""

import os
import random
from pathlib import Path

import pytest

from kkd_desktop.store import errors
from kkd_desktop.store.inspection import is_other_format
from kkd_desktop.store.key import Key, Passphrase, derive_key
from kkd_desktop.store.opening import Store, open_store
from kkd_desktop.store.verify import verify
from tests.faults import caseload

PAGE = 4096


def flip_bits(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 1, 2, 8))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def cut_off(data: bytearray, chance: random.Random) -> None:
    place = chance.randrange(len(data))
    del data[place - place % PAGE if chance.random() < 0.3 else place :]


def write_over(data: bytearray, chance: random.Random) -> None:
    """As another program would: nothing, noise, a table, a few bytes or some pages of it."""
    place, length = chance.randrange(len(data)), chance.choice((1, 16, 512, PAGE, 5 * PAGE))
    filling = chance.choice((bytes(length), chance.randbytes(length), b"Nachname;Vorname\n" * 1300))
    piece = filling[: min(length, len(data) - place)]
    data[place : place + len(piece)] = piece


def swap_pages(data: bytearray, chance: random.Random) -> None:
    one, other = chance.sample(range(0, len(data), PAGE), 2)
    data[one : one + PAGE], data[other : other + PAGE] = (
        data[other : other + PAGE],
        data[one : one + PAGE],
    )


def lose_a_page(data: bytearray, chance: random.Random) -> None:
    place = chance.randrange(0, len(data), PAGE)
    del data[place : place + PAGE]


HARMS = (flip_bits, cut_off, write_over, swap_pages, lose_a_page)


def everything(store: Store) -> list[list[tuple[object, ...]]]:
    tables = store.read("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [store.read(f"SELECT * FROM {name}") for (name,) in tables]


def looked_at(path: Path, key: Key, *, thorough: bool) -> tuple[str, object]:
    """What is said of the file, and what it holds where it can be read at all."""
    try:
        with open_store(path, key, thorough=thorough) as store:
            held = everything(store)
            said = "reported" if verify(store) else "accepted"
            return said, held
    except errors.StoreError as fault:
        return type(fault).__name__, None


@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("thorough", [True, False])
def test_a_harmed_file_never_shows_other_data(tmp_path, written, key, harm, thorough):
    with open_store(written, key) as store:
        whole = everything(store)
    content, rounds = written.read_bytes(), caseload.rounds(12)
    path, answers = tmp_path / "harmed.kkd", []
    for _ in range(rounds):
        seed = random.randrange(2**32)
        data = bytearray(content)
        harm(data, random.Random(seed))
        path.write_bytes(data)

        said, held = looked_at(path, key, thorough=thorough)

        answers.append(said)
        assert held is None or held == whole, f"seed {seed}: other data"
        assert said != "accepted" or bytes(data) == content, f"seed {seed}: not noticed"
        if thorough and said != "reported":
            assert path.read_bytes() == data, f"seed {seed}: a refused file stays as it is"
    if len(data) == len(content):
        assert "TruncatedStore" not in answers
    counted = ", ".join(f"{answers.count(each)} {each}" for each in sorted(set(answers)))
    print(f"\n{harm.__name__}: {counted}")


@pytest.mark.parametrize("harm", [cut_off, write_over, swap_pages])
def test_a_command_says_it_in_one_sentence(tmp_path, written, harm):
    data = bytearray(written.read_bytes())
    harm(data, random.Random(1))
    written.write_bytes(data)

    done = caseload.kkd("due", store=written)

    caseload.require_sentence(done, "faelle.kkd")
    assert written.read_bytes() == data


def test_an_emptied_file_is_no_new_store(written):
    os.truncate(written, 0)

    caseload.require_sentence(caseload.kkd("due", store=written), "faelle.kkd", "ist leer")
    assert written.stat().st_size == 0


def test_a_wrong_key_opens_nothing_and_changes_nothing(written, key):
    content, rounds = written.read_bytes(), caseload.rounds(30)
    salt = content[:16]
    for _ in range(rounds):
        wrong = Key(random.randbytes(32), salt)
        with pytest.raises(errors.WrongPassphrase):
            open_store(written, wrong)
    assert derive_key(written, Passphrase("falsch")) != key
    assert written.read_bytes() == content
    assert not is_other_format(salt)
    print(f"\n{rounds} wrong keys")


def test_a_wrong_passphrase_is_one_sentence_and_the_file_stays(written, monkeypatch):
    content = written.read_bytes()
    monkeypatch.setitem(caseload.ENVIRONMENT, "KKD_PASSPHRASE", "eine ganz andere")

    done = caseload.kkd("batch", store=written, stdin=caseload.line(60))

    caseload.require_sentence(done, "faelle.kkd", "Passphrase passt nicht")
    assert done.stdout == ""
    assert "andere" not in done.stderr
    assert written.read_bytes() == content
