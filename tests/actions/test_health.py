"""No way in leads a free text about somebody's health into a fact."""

from datetime import date

import pytest

from kkd_desktop.actions import casework, policies
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.facts import Facts, Period, Timeline
from kkd_desktop.domain.texts import FLAGS
from kkd_desktop.domain.values import replace
from kkd_desktop.store import facts

NAMES = [*FLAGS, "diagnose", "psychisch"]


@pytest.mark.parametrize("name", NAMES)
def test_neither_adding_nor_changing_takes_a_text(caseload, name):
    client = casework.all_clients(caseload)[0]

    with pytest.raises(UserError):
        casework.change_client(caseload, client, {name: "Rücken"}, date(2026, 11, 1))
    with pytest.raises(UserError):
        casework.add_client(caseload, replace(client, number="9"), {name: "Rücken"})
    typed = Facts({name: Timeline([Period("Rücken")])})
    with pytest.raises(UserError):
        casework.change_file(
            caseload, replace(client, subject=replace(client.subject, facts=typed))
        )

    assert caseload.store.read("SELECT 1 FROM fact WHERE value LIKE '%cken%'") == []
    assert casework.count_clients(caseload) == 3


@pytest.mark.parametrize("name", NAMES)
def test_what_is_typed_is_read_as_yes_or_no(caseload, name):
    assert casework.read_fact(caseload, name, "ja") is True
    assert casework.read_fact(caseload, name, "Nein") is False
    with pytest.raises(UserError):
        casework.read_fact(caseload, name, "Rücken")


def test_the_table_itself_refuses_it(caseload):
    client = casework.all_clients(caseload)[0]

    with pytest.raises(UserError):
        facts.set_fact(caseload.store, client.id, "diagnose", "F32.1")

    facts.set_fact(caseload.store, client.id, "schwer_gesundheitlich", True, date(2026, 1, 1))


@pytest.mark.parametrize("policy", ["ba2010", "mk2015", "ue2019", "ffm2017", "mg2012"])
def test_no_shipped_policy_asks_for_more(caseload, policy):
    from kkd_desktop.domain.health_facts import is_about_health

    policies.choose(caseload, policy)

    for declared in casework.declared_facts(caseload):
        assert not is_about_health(f"{declared.id} {declared.label}")
