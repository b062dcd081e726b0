"""Are the examples in the manual for policy authors in order?"""

import re
import tomllib

import pytest

from kkd_desktop import paths
from kkd_desktop.policyfiles.case_files import cases_of, is_case_file
from kkd_desktop.policyfiles.checks import numbers, references
from kkd_desktop.policyfiles.checks.sound import Sound
from kkd_desktop.policyfiles.schema.form import form_faults, schema_faults
from kkd_desktop.policyfiles.schema.policy_file import PolicyFile
from kkd_desktop.policyfiles.schema.rule import Rule, Step
from kkd_desktop.policyfiles.schema.set_file import SetFile
from kkd_desktop.policyfiles.sets import is_set

README = (paths.policies() / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
FACTS = next(facts for text in EXAMPLES if (facts := tomllib.loads(text).get("facts")))


@pytest.mark.parametrize("text", EXAMPLES, ids=lambda text: text.partition("\n")[0])
def test_an_example_is_in_order(text, minimal, tmp_path):
    document = tomllib.loads(text)
    frame = tomllib.loads(minimal.replace('stufe = "A"', 'stufe = "a"'))

    if is_set(document):
        assert list(form_faults(SetFile, document)) == []
    elif is_case_file(document) and "capacity" not in document:
        assert cases_of(tmp_path / "faelle.toml", text, document)
    else:
        whole = {**frame, "facts": FACTS, **document}
        sound = Sound(whole, [])
        assert list(schema_faults(whole)) == []
        checks = (references.conditions, references.events, numbers.windows, numbers.anchors)
        assert [fault for check in checks for fault in check(sound)] == []


def test_every_link_leads_to_a_heading():
    headings = {
        re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.*)$", README, re.MULTILINE)
    }

    assert set(re.findall(r"\]\(#([^)]*)\)", README)) <= headings


def test_every_key_of_the_language_is_named():
    keys = {
        field.alias or name
        for model in (PolicyFile, Rule, Step, SetFile)
        for name, field in model.model_fields.items()
    }

    assert [key for key in sorted(keys) if not re.search(rf"\b{key}\b", README)] == []
