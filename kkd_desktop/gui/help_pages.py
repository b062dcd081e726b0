"""Which help pages are there, in which order, and which one belongs to what has the keyboard?

The pages are Markdown in `resources/help/`: `# ` is the title, each `## ` a heading to jump to.
Links lead to other pages (`woche.md`, `woche.md#plan`), pictures stand in `bilder/` per scheme.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from kkd_desktop import paths
from kkd_desktop.domain.folding import fold, spellings
from kkd_desktop.gui import shortcuts

KEYS = "tastenkuerzel"
"""The page that is made from the table of keys and stands in no file."""

FIRST = "erste-schritte"

_OF: dict[str, tuple[str, ...]] = {
    FIRST: ("WelcomeDialog", "CreateStoreDialog"),
    "heute": ("HeutePage",),
    "kunden": (
        "KundenPage",
        "ImportAssistant",
        "ExportTablesDialog",
        "SaveSearchDialog",
        "SavedSearchesDialog",
        "PeoplePreview",
        "InvitingDialog",
    ),
    "suchlauf": ("QueryLine", "FilterForm"),
    "kundenakte": (
        "AktePage",
        "ContactDialog",
        "ClientDialog",
        "DeviationDialog",
        "AppointmentDialog",
        "WhomDialog",
        "WhyDialog",
        "WishDialog",
        "HistoryDialog",
    ),
    "woche": ("WochePage", "WeekPreview", "WeekKeysDialog", "ClashesDialog"),
    "einladungen": (
        "EinladungenPage",
        "TextsSection",
        "ReviewTextsDialog",
        "WriteLettersDialog",
        "LetterPreview",
        "LetterCopy",
        "ListPreview",
        "PrintPreview",
        "DeliveryDialog",
    ),
    "auswertung": (
        "AuswertungPage",
        "ExportReportDialog",
        "TeamReportDialog",
        "ReportPreview",
        "TeamReportPreview",
        "SharesDialog",
        "QuotaPlanDialog",
    ),
    "konzepte": ("KonzeptePage", "ConceptSection"),
    "einstellungen": (
        "EinstellungenPage",
        "VerlaufPage",
        "LargeStepDialog",
        "RestoreDialog",
        "RestoreStoreDialog",
        "PassphraseDialog",
        "UnlockDialog",
        "LockingDialog",
        "LeftOverDialog",
        "TakenDialog",
        "RefusalDialog",
    ),
    "kalender": (
        "CalendarSection",
        "BusySection",
        "CaldavSection",
        "ExportCalendarDialog",
        "LeaveServerDialog",
        "ServerConflictsDialog",
        "ServerPasswordDialog",
    ),
    "datenschutz": (
        "RetentionSection",
        "HandOverSection",
        "DisclosureDialog",
        "ForgetDialog",
        "HandOverDialog",
        "TakeOverDialog",
        "RetentionDialog",
    ),
    KEYS: ("ShortcutsDialog",),
    "begriffe": (),
    "konzeptdateien": (),
    "barrierefreiheit": (),
    "it-und-datenschutz": ("AboutDialog", "AboutSection"),
}
"""Every page in its order, with the classes of the pages, cards and dialogs it is about."""

_GROUPS = {FIRST: "begin", "heute": "work", KEYS: "look up"}
"""The first page of each group."""


class Section(NamedTuple):
    """A part of a page between two headings, as it is searched. `heading` is empty at the top."""

    page: str
    heading: str
    text: str


def pages() -> list[str]:
    return list(_OF)


def group_beginning(page: str) -> str:
    """The heading that stands above this page in the table of contents, if one does."""
    return {
        "": "",
        "begin": _tr("Anfangen"),
        "work": _tr("Mit dem Programm arbeiten"),
        "look up": _tr("Nachschlagen"),
    }[_GROUPS.get(page, "")]


def belonging_classes() -> set[str]:
    """Every class that has a page of its own choosing."""
    return {name for names in _OF.values() for name in names}


def page_for(widget: QWidget | None) -> str:
    """The page about the innermost thing around a widget that has one; else where to begin."""
    of_class = {name: page for page, names in _OF.items() for name in names}
    while widget is not None:
        for kind in type(widget).__mro__:
            if kind.__name__ in of_class:
                return of_class[kind.__name__]
        widget = widget.parentWidget()
    return FIRST


@cache
def text(page: str) -> str:
    """A page as Markdown, with its title."""
    if page == KEYS:
        return _keys()
    return (paths.resources() / "help" / f"{page}.md").read_text(encoding="utf-8")


def title(page: str) -> str:
    return text(page).partition("\n")[0].removeprefix("# ").strip()


def sections(page: str) -> Iterator[Section]:
    """A page in the parts that a search finds."""
    heading, lines = "", list[str]()
    for line in text(page).splitlines()[1:]:
        if line.startswith("## "):
            yield Section(page, heading, _plain("\n".join(lines)))
            heading, lines = line.removeprefix("## ").strip(), []
        else:
            lines.append(line)
    yield Section(page, heading, _plain("\n".join(lines)))


def find(words: str) -> list[Section]:
    """The parts in which all words stand, those with most of them in a heading first; `ü` may be
    typed as `u` or `ue`.
    """
    wanted = fold(words).split()
    hits = [
        section
        for page in pages()
        for section in sections(page)
        if all(word in _searched(section) for word in wanted)
    ]
    return sorted(hits, key=lambda hit: -sum(word in _heading(hit) for word in wanted))


def anchor(heading: str) -> str:
    """How a link names a heading: `Bekanntgabe und Rücklauf` is `bekanntgabe-und-rücklauf`."""
    return re.sub(r"\W+", "-", heading.casefold()).strip("-")


@cache
def _searched(section: Section) -> str:
    return " ".join(spellings(f"{title(section.page)} {section.heading} {section.text}"))


@cache
def _heading(section: Section) -> str:
    return " ".join(spellings(f"{title(section.page)} {section.heading}"))


def _plain(markdown: str) -> str:
    """Without pictures, targets of links and marks."""
    markdown = re.sub(r"!\[[^]]*\]\([^)]*\)", "", markdown)
    markdown = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", markdown)
    return re.sub(r"[*`|#]|^-+$", " ", markdown, flags=re.MULTILINE)


def _keys() -> str:
    lines = [f"# {_tr('Tastenkürzel')}", ""]
    lines.append(_tr("Strg F1 zeigt die Kürzel der Seite, auf der Sie gerade sind, über allem."))
    where: shortcuts.Where | None = None
    for keys in shortcuts.table():
        if keys.where != where:
            where = keys.where
            lines += ["", f"## {shortcuts.title(where)}", ""]
            lines += [f"| {_tr('Taste')} | {_tr('tut')} |", "|---|---|"]
        lines.append(f"| `{keys.written}` | {keys.text} |")
    return "\n".join([*lines, ""])


def _tr(text: str) -> str:
    return QCoreApplication.translate("Help", text)
