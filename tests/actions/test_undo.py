"""A deleted person is gone for good; everything else has a way back by its name."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kkd_desktop.actions import casework, forgetting, history, stores, undo
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.history import Wanted
from kkd_desktop.actions.secrets import Passphrase
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.contact import Contact
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.values import replace
from kkd_desktop.store.journal import StepState

TODAY = date(2026, 11, 20)
PASSPHRASE = Passphrase("vier zufällige Wörter hier")


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    context = stores.create_caseload(tmp_path / "bestand.kkd", PASSPHRASE, TODAY)
    with context.store:
        yield context


def add(context: Context, name: str = "Beispiel") -> Client:
    return casework.add_client(context, Client(0, "", name, "Ada"), {}, None)


def test_steps_are_named_for_the_caseworker_and_not_for_the_client(context: Context) -> None:
    client = add(context)
    casework.record_contact(context, Contact(date(2026, 11, 4), client_id=client.id))
    casework.change_client(context, replace(client, last_name="Muster"), {}, TODAY)

    names = []
    while (step := undo.undo(context)) is not None:
        names.append(step.name)

    assert names == ["Angaben geändert", "Kontakt 04.11.2026 erfasst", "Person aufgenommen"]
    assert casework.count_clients(context) == 0


def test_nothing_brings_a_deleted_person_back(context: Context) -> None:
    client, other = add(context), add(context, "Muster")
    casework.record_contact(context, Contact(date(2026, 11, 4), client_id=client.id))

    forgetting.forget(context, [client.id])

    assert history.last(context, Wanted(client.id), 9) == []
    assert [step.name for step in history.last(context, Wanted(), 9)] == ["Person aufgenommen"]
    step = undo.to_undo(context)
    assert step is not None
    assert undo.undo(context) == step
    assert casework.count_clients(context) == 0
    assert other.last_name == "Muster"


def test_so_many_steps_can_be_taken_back_and_no_more(context: Context) -> None:
    context.change_settings(kept_steps=20)
    client = add(context)
    for day in range(1, 20):
        for _ in range(2):
            casework.record_contact(context, Contact(date(2026, 11, day), client_id=client.id))

    undo.trim(context)

    assert len(undo.undoable(context, 100)) == 20
    for _ in range(20):
        assert undo.undo(context) is not None
    assert undo.undo(context) is None
    assert len(history.last(context, Wanted(client.id), 100)) == 1 + 38 + 20


def test_several_steps_go_back_at_once_and_come_again_one_by_one(context: Context) -> None:
    client = add(context)
    for day in (2, 3, 4):
        casework.record_contact(context, Contact(date(2026, 11, day), client_id=client.id))
    third, second, first = undo.undoable(context, 3)

    assert undo.undo_to(context, second.id) == [third, second]

    assert undo.to_undo(context) == first
    assert [undo.redo(context) for _ in range(3)] == [
        replace(second, state=StepState.UNDONE),
        replace(third, state=StepState.UNDONE),
        None,
    ]


def test_of_several_steps_none_goes_back_where_one_cannot(context: Context) -> None:
    client = add(context)
    casework.change_client(context, replace(client, last_name="Muster"), {}, TODAY)
    step = undo.to_undo(context)
    assert step is not None
    casework.record_contact(context, Contact(date(2026, 11, 3), client_id=client.id))
    with context.store.write() as transaction:
        transaction.update("client", client.id, {"last_name": "Anders"})

    with pytest.raises(UserError, match="„Angaben geändert“ lässt sich nicht zurücknehmen"):
        undo.undo_to(context, step.id)

    assert len(undo.undoable(context, 9)) == 3
    assert casework.client_file(context, client.id).history


def test_what_is_no_step_any_more_takes_nothing_back(context: Context) -> None:
    add(context)

    assert undo.undo_to(context, 4711) == []
    assert casework.count_clients(context) == 1


def test_what_changed_stays_as_long_as_the_person_unless_the_office_says_less(
    context: Context,
) -> None:
    client = add(context)
    casework.record_contact(context, Contact(date(2026, 11, 3), client_id=client.id))
    with context.store.write(journaled=False) as transaction:
        transaction.execute("UPDATE step SET done_at = '2025-05-19T10:00:00', state = 'final'")

    undo.trim(context)
    assert len(history.last(context, Wanted(), 9)) == 2

    context.change_settings(history_months=18)
    undo.trim(context)
    assert [step.name for step in history.last(context, Wanted(), 9)] == ["Einstellungen geändert"]
    assert context.store.read("SELECT count(*) FROM step") == [(1,)]


@pytest.mark.parametrize("wrong", [{"kept_steps": 19}, {"kept_steps": 2001}, {"history_months": 5}])
def test_limits_beyond_reason_are_refused(context: Context, wrong: dict[str, int]) -> None:
    with pytest.raises(UserError, match="bitte zwischen"):
        context.change_settings(**wrong)
