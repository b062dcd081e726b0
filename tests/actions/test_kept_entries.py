"""What a window keeps of the worklist is what a new evaluation of everybody would say."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

import pytest

from kkd_desktop.actions import appointments, casework, forgetting, policies, stores, undo, worklist
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.kept_entries import KeptEntries
from kkd_desktop.actions.policies import choose as choose_policy
from kkd_desktop.actions.secrets import Passphrase, key_of
from kkd_desktop.domain.client import Client, Deviation
from kkd_desktop.domain.contact import Contact
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.explanation import explain
from kkd_desktop.domain.kept_order import KeptGroups, KeptOrder
from kkd_desktop.domain.rulebook import Rulebook
from kkd_desktop.domain.values import replace
from kkd_desktop.domain.week import order_of_waiting
from kkd_desktop.domain.worklist import Entry, Group, grouped
from kkd_desktop.store.database import connect

TODAY = date(2026, 11, 20)
TALK = Contact(date(2026, 11, 19), client_id=1)


@pytest.fixture
def kept(caseload: Context) -> Context:
    caseload.kept = KeptEntries(caseload.store)
    worklist.entries(caseload)
    caseload.kept.follow()
    return caseload


def first(context: Context) -> Client:
    return casework.client_file(context, 1).client


def said(entries: list[Entry]) -> list[object]:
    """What an entry says; the rules in it are others each time they are read."""
    return [
        (e.client, e.outcome.state, e.key_day, e.last, explain(e.outcome), e.appointment)
        for e in entries
    ]


def shown(context: Context) -> list[object]:
    return said(worklist.entries(context))


def anew(context: Context) -> list[object]:
    return said(worklist.evaluated(context, context.policies()))


def in_groups(groups: tuple[Group, ...]) -> list[object]:
    return [(each.id, said(list(each.entries))) for each in groups]


def fails_halfway(context: Context) -> None:
    with context.store.write("Versuch"):
        casework.record_contact(context, TALK)
        assert shown(context) == anew(context)
        raise UserError("doch nicht")


def undone(context: Context) -> None:
    casework.record_contact(context, TALK)
    worklist.entries(context)
    undo.undo(context)


def redone(context: Context) -> None:
    undone(context)
    worklist.entries(context)
    undo.redo(context)


def elsewhere(context: Context) -> None:
    key = key_of(context.store.path, Passphrase("vier zufällige Wörter"))
    with stores.open_caseload(context.store.path, key, TODAY) as other:
        casework.record_contact(other, TALK)


ACTS: dict[str, Callable[[Context], object]] = {
    "nothing": lambda context: None,
    "contact": lambda context: casework.record_contact(context, TALK),
    "client": lambda c: casework.change_client(
        c, replace(first(c), last_name="A"), {"profile": "z"}, TODAY
    ),
    "new": lambda c: casework.add_client(c, Client(0, "", "Neu", "N"), {}, None),
    "gone": lambda c: forgetting.forget(c, [1]),
    "exception": lambda c: casework.agree_deviation(c, 1, Deviation("Grund", date(2027, 1, 1))),
    "booked": lambda c: appointments.book(c, first(c), datetime(2026, 12, 1, 9), 45),
    "undone": undone,
    "redone": redone,
    "elsewhere": elsewhere,
    "concept": lambda context: policies.choose(context, "ffm2017"),
    "day": lambda context: setattr(context, "today", date(2027, 3, 1)),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS.keys())
def test_after_whatever_was_done_it_says_what_a_new_evaluation_says(
    kept: Context, act: Callable[[Context], object]
) -> None:
    before = worklist.entries(kept)

    act(kept)

    assert shown(kept) == anew(kept)
    assert in_groups(worklist.worklist(kept).groups) == in_groups(
        grouped(worklist.evaluated(kept, kept.policies()), kept.today)
    )
    assert len(before) == 3


def test_of_what_was_undone_nothing_is_kept(kept: Context) -> None:
    with pytest.raises(UserError):
        fails_halfway(kept)

    assert shown(kept) == anew(kept)


def test_only_whose_data_changed_is_evaluated_anew(kept: Context) -> None:
    before = worklist.entries(kept)

    casework.record_contact(kept, TALK)

    after = worklist.entries(kept)
    assert [one is other for one, other in zip(before, after, strict=True)] == [False, True, True]


def test_whoever_came_to_a_talk_can_be_deleted_while_it_is_noted_who_is_touched(
    kept: Context,
) -> None:
    """Of the talk goes the appointment first: its foreign key writes the row of the contact."""
    client = first(kept)
    start = datetime.combine(kept.today + timedelta(days=4), time(9))
    booked = appointments.book(kept, client, start, 45)
    casework.record_contact(
        kept, Contact(kept.today, client_id=client.id, appointment_id=booked.id)
    )
    worklist.entries(kept)

    forgetting.forget(kept, [client.id])

    assert client.id not in [entry.client.id for entry in worklist.entries(kept)]


def test_whom_a_reading_that_failed_was_about_is_evaluated_at_the_next_question(
    kept: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*asked: object) -> None:
        raise UserError("gestört")

    casework.record_contact(kept, TALK)
    with monkeypatch.context() as disturbed:
        disturbed.setattr(worklist, "evaluated", fails)
        with pytest.raises(UserError):
            worklist.entries(kept)

    assert shown(kept) == anew(kept)


def test_policies_read_anew_are_the_same_policies(kept: Context) -> None:
    before = worklist.entries(kept)

    kept.change_settings(room="2.14")

    assert all(one is other for one, other in zip(before, worklist.entries(kept), strict=True))


def test_a_prolonged_policy_is_another_one(kept: Context) -> None:
    policies.choose(kept, "ue2019")
    worklist.entries(kept)

    kept.change_settings(prolonged={"ue2019": date(2026, 12, 31)})

    assert shown(kept) == anew(kept)
    assert any(entry.outcome.latest for entry in worklist.entries(kept))


def test_before_anybody_follows_a_change_means_everybody(caseload: Context) -> None:
    caseload.kept = KeptEntries(caseload.store)
    worklist.entries(caseload)
    casework.record_contact(caseload, TALK)
    caseload.kept.follow()

    assert shown(caseload) == anew(caseload)


def test_a_file_that_was_exchanged_is_read_anew(kept: Context) -> None:
    casework.record_contact(kept, TALK)
    worklist.entries(kept)
    key = key_of(kept.store.path, Passphrase("vier zufällige Wörter"))
    kept.store.use(connect(kept.store.path, key, "rw"))
    casework.record_contact(kept, replace(TALK, client_id=2))

    assert shown(kept) == anew(kept)

    casework.record_contact(kept, replace(TALK, client_id=3))

    assert shown(kept) == anew(kept)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    path = tmp_path_factory.mktemp("many") / "bestand.kkd"
    with stores.create_demo(path, Passphrase("vier zufällige Wörter"), TODAY, clients=60).store:
        pass
    key = key_of(path, Passphrase("vier zufällige Wörter"))
    with stores.open_caseload(path, key, TODAY) as context:
        yield context


def test_the_order_that_is_kept_is_that_of_sorting_anew(many: Context) -> None:
    waiting, groups = KeptOrder(order_of_waiting), KeptGroups()
    for client_id in range(1, 30):
        casework.record_contact(many, replace(TALK, client_id=client_id))
        entries = worklist.entries(many)

        assert groups.groups(entries, TODAY) == grouped(entries, TODAY)
        wanted = [each for each in entries if order_of_waiting(each) is not None]
        assert waiting.sorted(entries) == sorted(wanted, key=order_of_waiting)
    assert groups.groups(entries, date(2027, 3, 1)) == grouped(entries, date(2027, 3, 1))


def test_one_change_is_put_in_without_looking_at_the_others(many: Context) -> None:
    asked: list[int] = []

    def key(entry: Entry) -> tuple[date, int] | None:
        asked.append(entry.client.id)
        return entry.key_day, entry.client.id

    order, entries = KeptOrder(key), worklist.entries(many)
    order.sorted(entries)
    asked.clear()
    later = replace(entries[7], outcome=entries[8].outcome)

    found = order.sorted([*entries[:7], later, *entries[8:]])

    assert asked == [8, 8]
    assert found == sorted([*entries[:7], later, *entries[8:]], key=key)


def evaluated_elsewhere(context: Context) -> tuple[list[Entry], Rulebook]:
    key = key_of(context.store.path, Passphrase("vier zufällige Wörter"))
    with stores.open_caseload(context.store.path, key, TODAY) as other:
        return worklist.evaluated(other, other.policies()), other.policies()


def test_what_another_thread_evaluated_is_kept_but_for_whom_was_touched_here(kept: Context) -> None:
    assert kept.kept is not None
    elsewhere(kept)
    version = kept.store.data_version()
    found, policies = evaluated_elsewhere(kept)
    casework.record_contact(kept, replace(TALK, client_id=2))

    kept.kept.take(kept, found, policies, version)

    after = worklist.entries(kept)
    assert [one is other for one, other in zip(found, after, strict=True)] == [True, False, True]
    assert shown(kept) == anew(kept)


def test_what_another_thread_evaluated_is_not_kept_where_others_wrote_since(kept: Context) -> None:
    assert kept.kept is not None
    version = kept.store.data_version()
    found, policies = evaluated_elsewhere(kept)
    elsewhere(kept)

    kept.kept.take(kept, found, policies, version)

    assert shown(kept) == anew(kept)
    assert worklist.entries(kept)[0].last != found[0].last


def test_what_another_thread_evaluated_is_not_kept_where_somebody_asked_meanwhile(
    kept: Context,
) -> None:
    assert kept.kept is not None
    elsewhere(kept)
    version = kept.store.data_version()
    found, policies = evaluated_elsewhere(kept)
    casework.record_contact(kept, replace(TALK, client_id=2))
    worklist.entries(kept)

    kept.kept.take(kept, found, policies, version)

    assert shown(kept) == anew(kept)


def test_what_another_thread_evaluated_by_other_policies_is_not_kept(kept: Context) -> None:
    assert kept.kept is not None
    elsewhere(kept)
    version = kept.store.data_version()
    found, policies = evaluated_elsewhere(kept)
    choose_policy(kept, "ue2019")

    kept.kept.take(kept, found, policies, version)

    assert shown(kept) == anew(kept)


def test_what_another_thread_evaluated_is_begun_anew_where_taking_it_failed(
    kept: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*asked: object) -> None:
        raise UserError("gestört")

    assert kept.kept is not None
    elsewhere(kept)
    version = kept.store.data_version()
    found, policies = evaluated_elsewhere(kept)
    casework.record_contact(kept, replace(TALK, client_id=2))
    with monkeypatch.context() as disturbed:
        disturbed.setattr(worklist, "evaluated", fails)
        with pytest.raises(UserError):
            kept.kept.take(kept, found, policies, version)

    assert shown(kept) == anew(kept)
