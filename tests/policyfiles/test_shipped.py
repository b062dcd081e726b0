"""Are the shipped policies in order, and does every number carry document, place and quote?"""

import tomllib
from datetime import date

import pytest

from kkd_desktop import paths
from kkd_desktop.policyfiles.check import check_file
from kkd_desktop.policyfiles.reader import read_policy

FILES = sorted(paths.policies().glob("*.toml"))
MAX_WORDS = 40


def tables(value, cited=False, here="file"):
    """Every table with whether it, or one around it, carries a citation."""
    if isinstance(value, dict):
        cited = cited or bool(value.get("cite") and value.get("quote"))
        yield here, value, cited
        for key, inner in value.items():
            yield from tables(inner, cited, f"{here}.{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from tables(inner, cited, f"{here}[{index}]")


def numbers(table):
    return [
        key
        for key, value in table.items()
        if isinstance(value, int | float | date) and not isinstance(value, bool)
    ]


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def path(request):
    return request.param


def test_a_shipped_policy_has_no_fault(path):
    assert [str(fault) for fault in check_file(path)] == []


def test_every_number_carries_document_place_and_quote(path):
    document = tomllib.loads(path.read_text(encoding="utf-8"))

    bare = [
        f"{here}.{key}"
        for here, table, cited in tables(document)
        if not cited
        for key in numbers(table)
    ]

    assert bare == []
    assert document["document"]


def test_every_share_has_a_quote_of_its_own(path):
    document = tomllib.loads(path.read_text(encoding="utf-8"))

    assert all(
        share.get("cite") and share.get("quote")
        for rule in document["rule"]
        for share in rule.get("shares", ())
    )


def test_quotes_are_short(path):
    document = tomllib.loads(path.read_text(encoding="utf-8"))

    quotes = [table["quote"] for _, table, _ in tables(document) if "quote" in table]

    assert [quote for quote in quotes if len(quote.split()) > MAX_WORDS] == []


def test_reasons_continue_a_sentence_with_weil(path):
    policy = read_policy(path, trusted=True)

    reasons = [clause.reason for clause in policy.counting] + [policy.not_counting]

    assert [r for r in reasons if r.endswith(".") or r.split()[0] in ("Der", "Die", "Das")] == []


def test_the_id_is_the_file_name(path):
    assert read_policy(path, trusted=True).id == path.stem
