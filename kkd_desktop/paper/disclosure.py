"""Everything stored about one person, on paper: who asks can read it without this program."""

from kkd_desktop.domain import texts
from kkd_desktop.domain.disclosure import Chapter, Disclosure, Entry
from kkd_desktop.domain.language import german
from kkd_desktop.paper.typesetting import typeset

_WITHOUT_COUNT = ("client", "fact")
"""What is told as one entry, however much it is."""


@german()
def disclosure_pdf(told: Disclosure) -> bytes:
    """The answer as an accessible PDF. Title and metadata name no person."""
    data = {
        "name": told.name,
        "number": told.number,
        "birth_date": texts.day(told.birth_date) if told.birth_date else "",
        "day": texts.long_day(told.stored_on),
        "office": told.office,
        "caseworker": told.caseworker,
        "retention": told.retention,
        "chapters": [_chapter(each) for each in told.chapters],
    }
    return typeset("auskunft", data, told.stored_on)


def _chapter(chapter: Chapter) -> dict[str, object]:
    number = len(chapter.entries)
    return {
        "title": chapter.title,
        "about": chapter.about,
        "count": ""
        if chapter.table in _WITHOUT_COUNT
        else texts.counted(number, "Eintrag", "Einträge"),
        "entries": [_entry(each) for each in chapter.entries],
    }


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "title": entry.title,
        "lines": [{"label": line.label, "text": line.text.split("\n")} for line in entry.lines],
    }
