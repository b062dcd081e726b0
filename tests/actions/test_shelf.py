"""How the shelf looks to one caseload: what is chosen, prolonged, expired or broken."""

from datetime import date

import pytest

from kkd_desktop import paths
from kkd_desktop.actions import policies, stores
from kkd_desktop.actions.policies import Standing
from kkd_desktop.domain.language import german
from kkd_desktop.policyfiles.shelf import Shelf
from kkd_desktop.store.key import Passphrase


@pytest.fixture
def context(tmp_path):
    secret = Passphrase("vier zufällige Wörter")
    context = stores.create_caseload(tmp_path / "bestand.kkd", secret, date(2026, 11, 20))
    context.shelf = Shelf((paths.policies(), tmp_path / "konzepte"))
    yield context
    context.store.close()


def found(context, policy_id):
    return next(each for each in policies.on_shelf(context) if each.id == policy_id)


def test_the_chosen_one_is_marked(context):
    assert [each.id for each in policies.on_shelf(context) if each.is_chosen] == ["mg2012"]


def test_a_policy_stands_as_it_does_on_the_day(context):
    assert found(context, "ue2019").standing is Standing.EXPIRED
    assert found(context, "ffm2017").standing is Standing.IN_FORCE
    context.today = date(2015, 1, 1)
    assert found(context, "ffm2017").standing is Standing.AHEAD


def test_a_prolonged_one_is_in_force_and_remembers_its_own_end(context):
    policies.prolong(context, "ue2019", date(2027, 6, 30))

    shelved = found(context, "ue2019")

    assert shelved.standing is Standing.IN_FORCE
    assert shelved.policy.validity.until == date(2027, 6, 30)
    assert shelved.document_end == date(2023, 12, 31)


def test_why_a_concept_cannot_be_read_is_told_in_the_language_of_whoever_asks(
    english, context, tmp_path
):
    (tmp_path / "konzepte").mkdir()
    (tmp_path / "konzepte" / "kaputt.toml").write_text("id = \n", encoding="utf-8")
    context.change_settings(policies=("kaputt",))

    in_the_window = context.policies()[0].policy.fault
    with german():
        in_a_letter = context.policies()[0].policy.fault

    assert in_the_window.startswith("konzepte/kaputt.toml, line 1")
    assert in_a_letter.startswith("konzepte/kaputt.toml, Zeile 1")
    assert context.policies()[0].policy.fault == in_the_window


def test_a_broken_own_file_keeps_its_place_with_its_faults(context, tmp_path):
    (tmp_path / "konzepte").mkdir()
    (tmp_path / "konzepte" / "kaputt.toml").write_text("id = \n", encoding="utf-8")

    shelved = found(context, "kaputt")

    assert shelved.standing is Standing.BROKEN
    assert shelved.is_own
    assert shelved.faults[0].startswith("konzepte/kaputt.toml, Zeile 1")


def test_what_is_no_file_or_leads_nowhere_is_no_concept_and_hides_no_other(context, tmp_path):
    own = tmp_path / "konzepte"
    own.mkdir()
    before = [each.id for each in policies.on_shelf(context)]
    (own / "ordner.toml").mkdir()
    (own / "abgezogen.toml").symlink_to(tmp_path / "nirgends.toml")

    assert [each.id for each in policies.on_shelf(context)] == before
