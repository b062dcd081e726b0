"""From the encrypted file to sorted rows with their outcomes, beside the bare statement that
aggregates one row per client; and the policies beside each other.
"""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from kkd_desktop import paths
from kkd_desktop.actions import worklist
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.policies import open_shelf
from kkd_desktop.actions.secrets import Key
from kkd_desktop.domain.compiled_policy import CompiledPolicy
from kkd_desktop.domain.explanation import explain
from kkd_desktop.policyfiles.reader import read_policy
from kkd_desktop.store.caseload import EVERYONE
from kkd_desktop.store.opening import open_store
from tests.benchmarks import caseloads
from tests.benchmarks.report import Row, alternating, seconds

SIZES = ((300, 15), (3_000, 7), (10_000, 3))
AIM = 1.5
IN_SIGHT = 15
"""Rows of the first screen: the sentence of the others is written when they are scrolled to."""

SHELF = open_shelf()
INVENTED = Path(__file__).parents[1] / "cases" / "policies"
OF_POLICIES, POLICY_ROUNDS = 1_000, 7
POLICY_AIM = 2.0


def rows() -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        for number, rounds in SIZES:
            path = Path(folder) / f"{number}.kkd"
            key = caseloads.even(path, number)
            measured, floor = alternating(
                lambda path=path, key=key: seconds(lambda: _list(path, key)),
                lambda path=path, key=key: seconds(lambda: _bare(path, key)),
                rounds,
            )
            yield Row(f"worklist with reasons, {number} x 20 contacts", measured, floor, AIM)
        yield _of_policies(Path(folder) / "konzepte.kkd")


def _list(path: Path, key: Key) -> list[str]:
    # The shelf stays: a process reads the policy once, whatever the number of lists.
    with open_store(path, key) as store:
        context = Context(store, SHELF, caseloads.TODAY)
        found = worklist.worklist(context)
        return [explain(entry.outcome) for entry in found.entries[:IN_SIGHT]]


def _bare(path: Path, key: Key) -> list[tuple[object, ...]]:
    with open_store(path, key) as store:
        return store.read(EVERYONE)


def _of_policies(path: Path) -> Row:
    """The dearest of all policies beside the cheapest, in whole lists."""
    key = caseloads.even(path, OF_POLICIES)
    files = [*paths.policies().glob("*.toml"), *INVENTED.glob("musterstadt_*.toml")]
    with open_store(path, key) as store:
        context = Context(store, SHELF, caseloads.TODAY)
        policies = [context.compiled(read_policy(file)) for file in files]

        def of(policy: CompiledPolicy) -> float:
            return min(
                seconds(lambda: worklist.entries(context, (policy,))) for _ in range(POLICY_ROUNDS)
            )

        found = sorted((of(policy), policy.policy.id) for policy in policies)
    (cheapest, simple), (dearest, complex_) = found[0], found[-1]
    name = f"worklist under {complex_} beside {simple}, {OF_POLICIES} x 20"
    return Row(name, dearest, cheapest, POLICY_AIM)
