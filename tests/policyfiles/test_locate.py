"""Are keys found on their lines, whatever stands around them?"""

import pytest

from kkd_desktop.policyfiles.locate import Locator

TEXT = """\
id = "x" # [[rule]]
"quoted key" = 1
text = '''
id = "not a key"
[[rule]]
'''
goals = [
    "a = b",
    "c",
]

[[rule]]
id = "first"

[[rule]]
id = "second"
within = { months = 1 }
when.age = "u25"

[[rule.shares]]
id = "m1"

[[rule.shares]]
id = "m3"

[durations.first]
minutes = 45
"""


@pytest.mark.parametrize(
    ("key_path", "line"),
    [
        (("id",), 1),
        (("quoted key",), 2),
        (("goals", 1), 7),
        (("rule",), 12),
        (("rule", 0, "id"), 13),
        (("rule", 1), 15),
        (("rule", 1, "within", "months"), 17),
        (("rule", 1, "when", "age"), 18),
        (("rule", 1, "title"), 15),
        (("rule", 1, "shares", 1, "id"), 24),
        (("durations", "first", "minutes"), 27),
        (("durations", "first", "cite"), 26),
        (("nowhere",), 1),
    ],
)
def test_a_key_has_its_line(key_path, line):
    assert Locator(TEXT).line_of(key_path) == line
