"""Does the JSON Schema that editors use agree with the check?"""

import json
import tomllib
from datetime import date

import pytest
from jsonschema import Draft4Validator

from kkd_desktop import paths
from kkd_desktop.policyfiles.schema.editors import FILES, editor_schema
from kkd_desktop.policyfiles.schema.policy_file import PolicyFile

INVENTED = paths.policies().parent / "tests" / "cases" / "policies"
POLICIES = sorted([*paths.policies().glob("*.toml"), *INVENTED.glob("*.toml")])
REFUSED = {
    "unknown key": ('title = "U25"', 'titel = "U25"'),
    "missing title": ('title = "U25"\n', ""),
    "two demands": ("count = 4", "count = 4\nwithin = { months = 1 }"),
    "no demand": ("count = 4", ""),
    "two units": ("to = { months = 3 } }", "to = { months = 3, days = 1 } }"),
    "wrong type": ("count = 4", 'count = "vier"'),
    "unknown word": ('nature = "soll"', 'nature = "kann"'),
    "share above 100": ("percent = 80", "percent = 180"),
    "share of nothing": ("percent = 80", "percent = 0"),
    "answer without a text": ("count = 4", 'outcome = "no_rule"'),
    "odd condition": ('{ profile = "foerder" }', "{ profile = { unter = 3 } }"),
    "odd event": ("count = 4", 'count = 4\nanchor = { began = "stufe", wert = "A" }'),
    "odd fact": ('stufe = "Betreuungsstufe"', 'stufe = { label = "Stufe", type = "zahl" }'),
    "spaced id": ('stufe = "Betreuungsstufe"', '"die stufe" = "Betreuungsstufe"'),
}


def plain(value):
    """TOML as JSON would have it: days are texts."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def faults(text, name="schema.json"):
    schema = json.loads((paths.policies() / name).read_text(encoding="utf-8"))
    return [
        fault.message for fault in Draft4Validator(schema).iter_errors(plain(tomllib.loads(text)))
    ]


@pytest.mark.parametrize("name", FILES)
def test_the_schema_files_are_those_of_the_models(name):
    found = (paths.policies() / name).read_text(encoding="utf-8")

    assert found == editor_schema(FILES[name]), "make schema writes them anew"
    Draft4Validator.check_schema(json.loads(found))


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_every_policy_is_accepted_and_names_the_schema(path):
    text = path.read_text(encoding="utf-8")
    first, _, _ = text.partition("\n")

    assert faults(text) == []
    named = path.parent / first.removeprefix("#:schema ")
    assert named.resolve() == (paths.policies() / "schema.json").resolve()


def test_a_policy_in_order_is_accepted(minimal):
    assert faults(minimal) == []


@pytest.mark.parametrize("name", REFUSED)
def test_a_broken_policy_is_refused(name, spoiled):
    assert faults(spoiled(*REFUSED[name]))


def test_a_set_has_a_schema_of_its_own():
    text = (INVENTED.parent / "sets" / "musterstadt.toml").read_text(encoding="utf-8")

    assert faults(text, "schema-set.json") == []
    assert faults(text.replace('"strictest"', '"strenger"'), "schema-set.json")


def test_every_key_has_a_german_description():
    def bare(schema, here=""):
        if isinstance(schema, list):
            for each in schema:
                yield from bare(each, here)
        elif isinstance(schema, dict):
            for name, each in schema.get("properties", {}).items():
                named = schema_of.get(each.get("$ref"), each)
                if "description" not in named:
                    yield f"{here}.{name}"
            for key, each in schema.items():
                yield from bare(each, f"{here}.{key}")

    schema = json.loads(editor_schema(PolicyFile))
    schema_of = {f"#/definitions/{name}": each for name, each in schema["definitions"].items()}

    assert sorted(set(bare(schema))) == []
