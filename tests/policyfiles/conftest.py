"""A small policy file that is in order, and a way to spoil one place of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kkd_desktop.policyfiles.check import check_file
from kkd_desktop.policyfiles.faults import Fault

MINIMAL = """\
id = "muster"
title = "Kontaktdichtekonzept"
short_title = "Muster"
office = "Jobcenter Musterstadt"
document = "Arbeitsanweisung 1/2020"
nature = "soll"
land = "NW"
precedence = "first"
otherwise = "Keine Vorgabe."
not_counting = "diese Form nicht genannt ist"

[facts]
stufe = "Betreuungsstufe"

[validity]
from = 2020-01-01
until = 2021-12-31
cite = "Kopf"
quote = "vom 01.01.2020 bis 31.12.2021"

[period]
months = 6
cite = "2."
quote = "im Halbjahr"

[[counting]]
id = "persoenlich"
when = { form = "persoenlich" }
counts = true
reason = "es ein persönliches Gespräch war"
cite = "1."
quote = "jedes Gespräch"

[[duty]]
id = "note"
when = {}
note_types = ["standortbestimmung"]
text = "Bitte dokumentieren."
cite = "1."
quote = "jedes Gespräch"

[[rule]]
id = "u25"
title = "U25"
when = { age = "u25" }
within = { months = 1 }
cite = "3."
quote = "monatlich"

[[rule]]
id = "markt"
title = "Markt"
when = { profile = "markt", stufe = "A" }
between = { from = { months = 2 }, to = { months = 3 } }
cite = "3."
quote = "zwei bis drei Monate"

[[rule]]
id = "foerder"
title = "Förder"
when = { profile = "foerder" }
count = 4
cite = "3."
quote = "viermal"

[[rule]]
id = "quote"
title = "Quote"
when = { status = "arbeitslos" }
group = "alle"
cite = "4."
quote = "nach Anteilen"

[[rule.shares]]
id = "m1"
percent = 45
within = { months = 1 }
cite = "4."
quote = "45 %"

[[rule.shares]]
id = "m3"
percent = 80
within = { months = 3 }
cite = "4."
quote = "80 %"
"""


@pytest.fixture
def minimal() -> str:
    return MINIMAL


@pytest.fixture
def spoiled() -> Callable[[str, str], str]:
    """The file with one place of it replaced."""

    def spoil(old: str, new: str) -> str:
        assert MINIMAL.count(old) == 1, old
        return MINIMAL.replace(old, new)

    return spoil


@pytest.fixture
def faults_in(tmp_path: Path) -> Callable[[str], tuple[Fault, ...]]:
    def check(text: str) -> tuple[Fault, ...]:
        path = tmp_path / "muster.toml"
        path.write_text(text, encoding="utf-8")
        return check_file(path)

    return check
