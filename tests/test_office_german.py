"""Is what leaves the house German while the window speaks English?"""

import subprocess
import sys

from tests import languages

# A process of its own: what modules keep from their import must be German, too.
PAPERS = r"""
import gettext, re, sys
from datetime import date
from pathlib import Path
from kkd_desktop.domain import language

with open(sys.argv[2], "rb") as file:
    language.speak(gettext.GNUTranslations(file))

import pypdfium2
from kkd_desktop.actions import exports, report, stores, table_export
from kkd_desktop.actions.secrets import Passphrase
from kkd_desktop.domain.privacy import Privacy

today = date(2026, 11, 20)
secret = Passphrase("vier zufällige Wörter hier")
context = stores.create_demo(Path(sys.argv[1]), secret, today, clients=30)
with context.store:
    pdfs = (
        exports.invitation_list(context, today, date(2026, 12, 4), Privacy.INITIALS),
        exports.week_sheet(context, date(2026, 11, 24), Privacy.INITIALS),
        report.pdf(context, report.year_report(context, 2026)),
    )
    texts = [
        page.get_textpage().get_text_range()
        for pdf in pdfs
        for page in pypdfium2.PdfDocument(pdf)
    ]
    texts += map(str, table_export.sheets(context))
words = r"\b(appointments?|week|days?|by phone|in person|meetings?|people|until|the|of|and|Tu|We)\b"
english = {found for text in texts for found in re.findall(words, text)}
print(len(texts), sorted(english))
"""


def test_papers_and_tables_are_german_while_the_window_speaks_english(tmp_path):
    command = [sys.executable, "-c", PAPERS, str(tmp_path / "bestand.kkd"), str(languages.MO)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr

    number, _, english = done.stdout.strip().partition(" ")
    assert int(number) > 5
    assert english == "[]"
