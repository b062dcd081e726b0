"""People travel to a colleague whole, unreadable for others, and come in once."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from kkd_desktop.actions import appointments, backups, casework, parcels, stores, undo
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.secrets import Passphrase
from kkd_desktop.domain.client import Client, Subject
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.parcel import Fate
from kkd_desktop.domain.values import replace
from kkd_desktop.store import person
from kkd_desktop.store.errors import NotAStore
from kkd_desktop.store.parcels import NotAParcel, WrongParcelPassphrase
from tests.person import FIRST_NAME, LAST_NAME, NUMBER, TALK, known_person

TODAY = date(2026, 11, 20)
TRAVELS = ("client", "fact", "deviation", "contact", "appointment", "letter")
SECRET = Passphrase("vier zufällige Wörter")


def caseload(folder: Path) -> Context:
    folder.mkdir()
    made = stores.create_caseload(folder / "bestand.kkd", SECRET, TODAY)
    made.now = lambda: datetime(2026, 11, 20, 8, 0)
    return made


@pytest.fixture
def giver(tmp_path: Path) -> Iterator[Context]:
    with (made := caseload(tmp_path / "a")).store:
        yield made


@pytest.fixture
def taker(tmp_path: Path) -> Iterator[Context]:
    with (made := caseload(tmp_path / "b")).store:
        casework.add_client(made, Client(0, "1", "Schonda", "Ada"), {})
        yield made


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "uebergabe.kkp"


def pack(giver: Context, target: Path, *people: Client) -> Passphrase:
    packed = parcels.packing(giver, [each.id for each in people])(None)
    parcels.save(packed, target)
    return packed.passphrase


def take(taker: Context, target: Path, secret: Passphrase) -> int:
    return parcels.taking(taker, parcels.looking(taker, target, secret)())(None)


def content(context: Context, client: Client) -> dict[str, list[dict[str, object]]]:
    """What was stored about a person, without what a store numbers and times itself."""
    own = {"id", "client_id", "appointment_id", "template_id", "uid", "joint", "created_at"}
    rows = person.rows(context.store, client.id)
    return {
        table: sorted(
            ({k: v for k, v in row.items() if k not in own} for row in rows[table]), key=str
        )
        for table in TRAVELS
    }


def test_a_person_arrives_as_they_left(giver, taker, target):
    client = known_person(giver)

    taken = take(taker, target, pack(giver, target, client))

    assert taken == 1
    there = casework.find_client(taker, NUMBER)
    assert content(taker, there) == content(giver, client)
    assert stores.verify(taker) == []


def test_contacts_and_letters_belong_to_the_right_appointments(giver, taker, target):
    client = known_person(giver)
    [booked] = person.rows(giver.store, client.id)["appointment"]
    giver.today = TALK.date()
    talk = appointments.get(giver, booked["id"])
    giver.now = lambda: datetime(2026, 12, 8, 12, 0)
    appointments.mark_attended(giver, booked["id"], appointments.contact_from(talk))
    giver.today = taker.today = TALK.date()

    take(taker, target, pack(giver, target, client))

    rows = person.rows(taker.store, casework.find_client(taker, NUMBER).id)
    [there] = rows["appointment"]
    assert there["state"] == "attended"
    assert {row["appointment_id"] for row in rows["letter"]} == {there["id"]}
    assert {row["appointment_id"] for row in rows["contact"]} == {None, there["id"]}


def test_nobody_reads_it_on_the_way(giver, target):
    pack(giver, target, known_person(giver))

    data = target.read_bytes()

    assert not any(word.encode() in data for word in (LAST_NAME, FIRST_NAME, NUMBER))
    assert not data.startswith(b"SQLite")
    assert target.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in giver.store.path.parent.glob(".*")] == []
    assert parcels.name_of(giver) == "uebergabe-2026-11-20.kkp"


def test_only_who_was_chosen_is_in_it(giver, taker, target):
    client = known_person(giver)
    casework.add_client(giver, Client(0, "77", "Bleibt", "Emil"), {})

    take(taker, target, pack(giver, target, client))

    names = {each.last_name for each in casework.all_clients(taker)}
    assert names == {"Schonda", LAST_NAME}


def test_a_passphrase_is_long_and_never_twice_the_same():
    made = {parcels.new_passphrase() for _ in range(50)}

    assert len(made) == 50
    assert all(len(each) == 24 and not set(each) & set("0o1il") for each in made)


def test_a_passphrase_that_was_read_out_may_be_typed_with_blanks_and_capitals():
    spoken = "abcd-efgh-jkmn-pqrs-tuvw"

    for typed in ("ABCD EFGH JKMN PQRS TUVW", " abcdefghjkmnpqrstuvw ", spoken):
        assert parcels.typed_passphrase(typed) == Passphrase(spoken)
    assert parcels.typed_passphrase("Eigene Wörter") == Passphrase("Eigene Wörter")


def test_with_a_wrong_passphrase_nothing_opens(giver, taker, target):
    pack(giver, target, known_person(giver))

    with pytest.raises(WrongParcelPassphrase, match="genau einmal"):
        parcels.looking(taker, target, Passphrase("falsch"))()


def test_a_whole_caseload_is_no_parcel(giver, taker):
    with pytest.raises(NotAParcel):
        parcels.looking(taker, giver.store.path, SECRET)()


def test_another_file_is_no_parcel(taker, target):
    target.write_bytes(b"Nachname;Vorname\n" * 400)

    with pytest.raises(NotAStore):
        parcels.looking(taker, target, SECRET)()


@pytest.mark.parametrize("share", [0.4, 0.9])
def test_half_a_parcel_is_told_and_leaves_nothing(giver, taker, target, share):
    secret = pack(giver, target, known_person(giver))
    data = target.read_bytes()
    target.write_bytes(data[: int(len(data) * share)])

    with pytest.raises(UserError):
        parcels.looking(taker, target, secret)()

    assert casework.count_clients(taker) == 1


def test_the_same_parcel_changes_nothing_the_second_time(giver, taker, target):
    secret = pack(giver, target, known_person(giver))
    take(taker, target, secret)

    found = parcels.looking(taker, target, secret)().contents

    assert [each.fate for each in found.arrivals] == [Fate.KNOWN]
    assert found.summary == "0 neu, 1 schon da, kein Widerspruch"
    with pytest.raises(UserError, match="niemand, der hier noch fehlt"):
        take(taker, target, secret)


@pytest.mark.parametrize(
    ("here", "fate", "reason"),
    [
        (("987Z654321", "Anders", None), Fate.CONFLICT, "jemand anderes"),
        (("5", LAST_NAME, date(1988, 5, 5)), Fate.CONFLICT, "andere Kundennummer"),
        (("", LAST_NAME, None), Fate.CONFLICT, "Geburtsdatum fehlt"),
        (("", LAST_NAME, date(1988, 5, 5)), Fate.KNOWN, "gleiches Geburtsdatum"),
        (("", LAST_NAME, date(1990, 5, 5)), Fate.NEW, ""),
        ((NUMBER, LAST_NAME.upper(), date(1988, 5, 5)), Fate.KNOWN, "gleiche Kundennummer"),
        ((NUMBER, LAST_NAME, date(1990, 5, 5)), Fate.CONFLICT, "jemand anderes"),
    ],
)
def test_who_is_here_already_is_known_or_doubted(giver, taker, target, here, fate, reason):
    number, name, born = here
    subject = Subject(birth_date=born)
    casework.add_client(taker, Client(0, number, name, FIRST_NAME, subject=subject), {})

    [found] = parcels.looking(
        taker, target, pack(giver, target, known_person(giver))
    )().contents.arrivals

    assert found.fate is fate
    assert reason in found.reason


def test_only_the_new_ones_come_in_and_as_one_step(giver, taker, target):
    first = known_person(giver)
    second = known_person(giver, last_name="Zweite", number="2", first=TALK.replace(hour=11))
    casework.add_client(taker, Client(0, NUMBER, "Anders", "Ada"), {})
    before = taker.store.read("SELECT count(*) FROM step")[0][0]

    taken = take(taker, target, pack(giver, target, first, second))

    assert taken == 1
    assert taker.store.read("SELECT count(*) FROM step")[0][0] == before + 1
    step = undo.to_undo(taker)
    assert step is not None
    assert step.name == "Übergabe angenommen (1 Person)"
    undo.undo(taker)
    assert {each.last_name for each in casework.all_clients(taker)} == {"Schonda", "Anders"}
    assert stores.verify(taker) == []


def test_the_state_before_is_kept(giver, taker, target):
    take(taker, target, pack(giver, target, known_person(giver)))

    [kept] = backups.listed(taker)

    assert kept.reason == "Vor: Übergabe von 1 Person"
    assert kept.contents is not None
    assert kept.contents.clients == 1


def test_appointments_get_marks_of_their_own(giver, taker, target):
    first = known_person(giver)
    second = known_person(giver, last_name="Zweite", number="2")

    take(taker, target, pack(giver, target, first, second))

    here = [row["uid"] for row in person.rows(giver.store, first.id)["appointment"]]
    rows = [
        person.rows(taker.store, casework.find_client(taker, number).id)["appointment"][0]
        for number in (NUMBER, "2")
    ]
    assert here[0] not in {row["uid"] for row in rows}
    assert len({row["uid"] for row in rows}) == 2
    assert len({row["joint"] for row in rows}) == 1, "still one talk"
    assert rows[0]["joint"] not in ("", "0" * 32)


def test_whoever_travels_alone_has_no_joint_talk(giver, taker, target):
    first = known_person(giver)
    known_person(giver, last_name="Zweite", number="2")

    take(taker, target, pack(giver, target, first))

    rows = person.rows(taker.store, casework.find_client(taker, NUMBER).id)
    assert [row["joint"] for row in rows["appointment"]] == [""]


def test_talks_at_taken_times_and_lost_codes_are_said_before(giver, taker, target):
    mine = casework.add_client(taker, Client(0, "3", "Meine", "Ida", code="ZYX"), {})
    appointments.book(taker, mine, TALK.replace(minute=30), 45)
    secret = pack(giver, target, known_person(giver))

    found = parcels.looking(taker, target, secret)()
    take(taker, target, secret)

    assert found.contents.clashes == 1
    assert found.contents.arrivals[0].reason == "Das Kürzel „ZYX“ ist hier vergeben und fällt weg."
    assert casework.find_client(taker, NUMBER).code == ""


def test_what_changed_since_the_look_stops_it(giver, taker, target):
    client = known_person(giver)
    incoming = parcels.looking(taker, target, pack(giver, target, client))()
    casework.add_client(taker, replace(client, id=0, code=""), {})

    with pytest.raises(UserError, match="inzwischen geändert"):
        parcels.taking(taker, incoming)(None)

    assert casework.count_clients(taker) == 2


def test_nobody_is_no_parcel(giver):
    with pytest.raises(UserError, match="mindestens eine Person"):
        parcels.packing(giver, [])


def test_an_older_parcel_is_brought_up_to_date(giver, taker, target, monkeypatch):
    secret = pack(giver, target, known_person(giver))
    from kkd_desktop.store import parcels as stored
    from kkd_desktop.store.inspection import user_version

    key = stored.key_of(target, secret)
    with stored.opened(target, key, taker.store.path) as (parcel, _):
        version = user_version(parcel)
    from kkd_desktop.store.database import connect

    connection = connect(target, key, "rw")
    connection.execute("PRAGMA user_version = 5")
    connection.execute("DROP TABLE import_mapping")
    connection.execute("DROP TABLE forgotten")
    connection.execute("DROP TABLE backup")
    connection.execute("DROP TABLE left_open")
    connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm006_trust'")
    connection.close()

    assert version == 6
    assert take(taker, target, secret) == 1
    assert [path.name for path in taker.store.path.parent.glob(".*")] == []


def test_progress_is_told_and_three_hundred_people_travel_in_seconds(tmp_path, taker, target):
    made = stores.create_demo(tmp_path / "demo.kkd", SECRET, TODAY, clients=300)
    with made.store:
        ids = [each.id for each in casework.all_clients(made)]
        told: list[tuple[int, int]] = []
        packed = parcels.packing(made, ids)(lambda done, total: told.append((done, total)))
    parcels.save(packed, target)

    assert take(taker, target, packed.passphrase) == 300
    assert told[-1] == (300, 300)
