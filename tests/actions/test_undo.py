"""A deleted person is gone for good; everything else has a way back by its name."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kkd_desktop.actions import casework, stores, undo
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.secrets import Passphrase
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.contact import Contact
from kkd_desktop.domain.values import replace

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

    casework.remove_client(context, client.id)

    assert undo.history(context, client.id) == []
    assert [each.step.name for each in undo.history(context)] == ["Person aufgenommen"]
    step = undo.to_undo(context)
    assert step is not None
    assert undo.undo(context) == step
    assert casework.count_clients(context) == 0
    assert other.last_name == "Muster"


def test_so_many_steps_can_be_taken_back_and_no_more(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undo, "KEPT_STEPS", 2)
    client = add(context)
    for day in range(1, 6):
        casework.record_contact(context, Contact(date(2026, 11, day), client_id=client.id))

    undo.trim(context)

    assert undo.undo(context) is not None
    assert undo.undo(context) is not None
    assert undo.undo(context) is None
    assert len(undo.history(context, client.id)) == 8
