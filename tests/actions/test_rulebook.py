"""An office's own set of policies: in order, and each part in the version of the day."""

from datetime import date
from pathlib import Path

import pytest

from kkd_desktop import paths
from kkd_desktop.actions import policies, stores, worklist
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.evaluate import Evaluator
from kkd_desktop.actions.secrets import Passphrase
from kkd_desktop.domain.client import Client, Subject
from kkd_desktop.domain.facts import Facts, Timeline
from kkd_desktop.domain.outcome import State
from kkd_desktop.policyfiles.shelf import Shelf
from kkd_desktop.store import clients

PASSPHRASE = Passphrase("vier zufällige Wörter hier")
SET = """
kind = "set"
id = "musterstadt"
title = "Konzepte des Jobcenters Musterstadt"
short_title = "Musterstadt"
office = "Jobcenter Musterstadt"
combine = "{combine}"

[[part]]
policies = {first}

[[part]]
policies = {second}
"""


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    own = tmp_path / "konzepte"
    own.mkdir()
    return Shelf((paths.policies(), own))


def write(shelf: Shelf, combine: str, first: str, second: str) -> None:
    text = SET.format(combine=combine, first=first, second=second)
    (shelf._folders[1] / "musterstadt.toml").write_text(text, "utf-8")


def answer(shelf: Shelf, today: str, **client: str) -> dict[str, object]:
    question = {"policy": "musterstadt", "today": today, "client": client}
    found = Evaluator(shelf, (), date(2019, 3, 1)).answer(question)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("combine", "policy", "latest"),
    [("first", "mk2015", "2019-04-02"), ("strictest", "ue2019", "2019-01-30")],
)
def test_in_order_the_first_that_answers_decides_else_the_strictest(
    shelf: Shelf, combine: str, policy: str, latest: str
) -> None:
    write(shelf, combine, '["mk2015"]', '["ue2019"]')
    who = {"profile": "markt", "status": "arbeitslos", "birth_date": "2000-01-01"}

    found = answer(shelf, "2019-01-10", **who, registered="2019-01-02")

    assert found["latest"] is not None
    assert {each["policy"] for each in found["obligations"]} >= {policy}  # type: ignore[attr-defined]
    assert found["policy"] == policy


def test_a_part_that_leaves_a_client_to_others_is_passed_over(shelf: Shelf) -> None:
    write(shelf, "first", '["mg2012"]', '["mk2015"]')

    found = answer(
        shelf, "2019-01-10", profile="markt", org="fallmanagement", registered="2019-01-02"
    )

    states = [each["state"] for each in found["obligations"]]  # type: ignore[attr-defined]
    assert states[0] == "out_of_scope"
    assert found["policy"] == "mk2015"


def test_of_several_versions_the_one_of_the_day_speaks(shelf: Shelf) -> None:
    shipped = (paths.policies() / "mg2012.toml").read_text("utf-8")
    for name, validity in (
        ("muster2012", "from = 2012-03-01\nuntil = 2019-12-31"),
        ("muster2020", "from = 2020-01-01"),
    ):
        text = shipped.replace('id = "mg2012"', f'id = "{name}"')
        text = text.replace("from = 2012-03-01", validity)
        (shelf._folders[1] / f"{name}.toml").write_text(text, "utf-8")
    write(shelf, "first", '["muster2020", "muster2012"]', '["ffm2017"]')

    who = {"profile": "markt", "birth_date": "1980-01-01", "registered": "2013-01-02"}
    assert answer(shelf, "2019-12-31", **who)["policy"] == "muster2012"
    assert answer(shelf, "2020-01-01", **who)["policy"] == "muster2020"


def test_a_caseload_can_be_worked_by_a_set(shelf: Shelf, tmp_path: Path) -> None:
    write(shelf, "first", '["ue2019"]', '["mk2015"]')
    path, today = tmp_path / "bestand.kkd", date(2026, 11, 20)
    stores.create_caseload(path, PASSPHRASE, today).store.close()
    with stores.open_caseload(path, PASSPHRASE, today) as opened:
        context = Context(opened.store, shelf, today)
        facts = Facts({"profile": Timeline.always("markt")})
        subject = Subject(registered=date(2026, 11, 2), facts=facts)
        clients.add(
            context.store, Client(0, "1", "Beispiel", "Ada", subject=subject), context.now()
        )

        policies.choose(context, "musterstadt")
        (entry,) = worklist.entries(context)

    # Uelzen has ended: the next part decides, and both answers are kept.
    assert [each.policy.id for each in entry.outcome.obligations] == ["ue2019", "mk2015"]
    assert entry.outcome.obligations[0].state is State.NOT_IN_FORCE
    assert entry.outcome.deciding.policy.id == "mk2015"
