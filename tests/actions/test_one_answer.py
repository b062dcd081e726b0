"""List, client file and shares never disagree, on any day one looks at the caseload as of."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from kkd_desktop.actions import casework, policies, quotas, stores, worklist
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.policies import open_shelf
from kkd_desktop.actions.secrets import Passphrase
from kkd_desktop.domain.evaluation import evaluate
from kkd_desktop.domain.explanation import explain
from kkd_desktop.store import contacts

TODAY = date(2026, 11, 20)
PASSPHRASE = Passphrase("vier zufällige Wörter hier")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bestand") / "bestand.kkd"
    stores.create_demo(path, PASSPHRASE, TODAY, clients=60).store.close()
    return path


@pytest.mark.parametrize("ago", [0, 1, 30, 200, 700])
@pytest.mark.parametrize("policy", ["mg2012", "ba2010", "ffm2017"])
def test_every_view_of_a_client_says_the_same(path: Path, ago: int, policy: str) -> None:
    with stores.open_caseload(path, PASSPHRASE, TODAY - timedelta(days=ago)) as opened:
        context = Context(opened.store, open_shelf(), opened.today)
        policies.choose(context, policy)

        found = worklist.worklist(context)

        assert len(found.entries) == casework.count_clients(context)
        for entry in found.entries:
            client = entry.client
            alone = worklist.entry(context, client)
            file = casework.client_file(context, client.id)
            log = contacts.of_client(context.store, client.id)
            anew = evaluate(client.subject, log, context.policies(), context.today)
            said = entry.outcome.deciding
            for other in (alone.outcome, file.outcome, anew):
                assert other.deciding.finding == said.finding
                assert other.deciding.warnings == said.warnings
                assert other.deciding.required_form == said.required_form
                assert explain(other) == explain(entry.outcome)
            assert (alone.last and alone.last.day) == (entry.last and entry.last.day) == said.last
        standing = Counter(
            each.rule.id
            for entry in found.entries
            for each in entry.outcome.obligations
            if each.tier and each.rule
        )
        for population in quotas.of_worklist(context, found):
            assert population.number == standing[population.rule.id]
