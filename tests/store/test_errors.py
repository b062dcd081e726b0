"""Is each fault of the file a whole sentence, in German and in English?"""

from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from kkd_desktop.domain.client import Client
from kkd_desktop.domain.errors import UserError
from kkd_desktop.store import clients, errors, journal, parcels, person, places
from kkd_desktop.store.key import Passphrase
from tests.store.conftest import NOW

PATH = Path("/ort/faelle.kkd")


def subclasses(kind):
    for each in kind.__subclasses__():
        yield each
        yield from subclasses(each)


# Those of other modules too, which are imported above.
FAULTS = sorted(
    {each for each in subclasses(errors.StoreError) if each.__module__.startswith("kkd_desktop")},
    key=lambda each: each.__name__,
)


def test_faults_of_parcels_and_people_are_among_them():
    assert {parcels.TooLarge, person.NotWiped, errors.WrongPassphrase} < set(FAULTS)


@pytest.mark.parametrize("kind", FAULTS, ids=lambda kind: kind.__name__)
def test_a_fault_is_a_whole_sentence_for_each_reader(kind, request):
    in_german = str(kind(PATH, "x-detail"))
    request.getfixturevalue("english")
    in_english = str(kind(PATH, "x-detail"))

    assert in_english != in_german
    for sentence in (in_german, in_english):
        assert sentence.endswith(".")
        assert "{" not in sentence
    for value in ("faelle.kkd", str(PATH), "x-detail"):
        assert (value in in_german) == (value in in_english)


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (
            errors.MissingStore,
            "The caseload file “/ort/faelle.kkd” does not exist.",
        ),
        (
            errors.HeldElsewhere,
            "The caseload file “faelle.kkd” is open on the computer “pc-7”; being used from two "
            "computers would destroy it. Once the program has ended there, a window here can take "
            "over.",
        ),
        (
            parcels.NotAParcel,
            "“faelle.kkd” is not a handover parcel but a whole caseload.",
        ),
    ],
    ids=["missing", "elsewhere", "parcel"],
)
def test_a_fault_names_its_file_in_english(english, kind, sentence):
    assert str(kind(PATH, "pc-7")) == sentence


def test_a_place_that_is_not_safe_says_why_in_english(english, tmp_path):
    folder = tmp_path / "Nextcloud"
    folder.mkdir()

    with pytest.raises(errors.UnsafePlace) as refused:
        places.require_safe(folder / "faelle.kkd")

    assert str(refused.value) == (
        f"The caseload file must not be in “{folder}”: the folder “Nextcloud” is synchronised with "
        "a server. There it may be destroyed while it is being written; please choose a folder on "
        "this computer."
    )


def test_a_number_that_somebody_has_and_an_empty_passphrase_are_refused_in_english(
    english, store, client_id
):
    with pytest.raises(
        UserError, match=r"^This client number already belongs to another person\.$"
    ):
        clients.add(store, Client(0, "123A456789", "Anders", "Ben"), NOW)
    with pytest.raises(UserError, match=r"^The field “Last name” must not be empty\.$"):
        clients.add(store, Client(0, "123A456780", " ", "Ben"), NOW)
    with pytest.raises(UserError, match=r"^The passphrase must not be empty\.$"):
        Passphrase("")


def test_a_step_that_cannot_be_taken_back_is_named_in_english(english, store, client_id):
    with store.write("Angaben geändert"):
        clients.change(store, Client(client_id, "123A456789", "Anders", "Amina"))
    with store.write(journaled=False) as transaction:
        transaction.execute("UPDATE client SET last_name = 'Dritte'")

    with pytest.raises(UserError) as refused:
        journal.undo(store)

    assert str(refused.value) == (
        "“Details changed” cannot be undone: what it created has been changed in the meantime."
    )


def what_is_told_of(path, code):
    fault = dbapi2.DatabaseError("file is not a database")
    fault.sqlite_errorcode = code
    with pytest.raises(errors.StoreError) as told, errors.faults_of(path):
        raise fault
    return type(told.value)


@pytest.mark.parametrize("code", [dbapi2.SQLITE_CORRUPT, dbapi2.SQLITE_NOTADB])
def test_a_file_whose_disk_was_pulled_out_is_not_said_to_be_damaged(tmp_path, code):
    there = tmp_path / "faelle.kkd"
    there.write_bytes(b"x")

    assert what_is_told_of(there, code) is errors.DamagedStore
    assert what_is_told_of(tmp_path / "abgezogen" / "faelle.kkd", code) is errors.DiskFault
