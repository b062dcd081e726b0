"""Whom does a query find? Of the whole caseload, on the day of the context."""

from collections.abc import Iterator, Sequence

from kkd_desktop.actions import worklist
from kkd_desktop.actions.context import Context
from kkd_desktop.domain import language
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import Sayings
from kkd_desktop.domain.plain_text import line
from kkd_desktop.domain.search import Searcher
from kkd_desktop.domain.search_fields import Vocabulary
from kkd_desktop.domain.search_parser import parse
from kkd_desktop.domain.search_query import EVERYONE, Query, Word, leaves, written
from kkd_desktop.domain.values import Value
from kkd_desktop.domain.worklist import Entry

MOST_SAVED = 100
_READY_MADE = Sayings(
    {
        "kein-kontakt>60t ohne:termin": "60 Tage kein Kontakt, ohne Termin",
        "faellig:7t ohne:termin": "Bis in 7 Tagen fällig, ohne Termin",
        "ausnahme:ja ausnahme-bis:14t": "Ausnahme endet in 14 Tagen",
    }
)


class Found(Value, frozen=True):
    """Those who fit, in the order of the worklist; `total` is the whole caseload."""

    query: Query
    entries: tuple[Entry, ...]
    total: int


class SavedSearch(Value, frozen=True):
    """`count` is None where the query asks for what the policies in force no longer know: `fault`
    says what.
    """

    name: str
    query: str
    count: int | None
    fault: str = ""


def vocabulary(context: Context) -> Vocabulary:
    """What can be searched for under the policies in force."""
    return Vocabulary.of(policy.policy for policy in context.policies())


def searcher(context: Context, entries: Sequence[Entry] | None = None) -> Searcher:
    """The caseload made ready for many queries; `entries` where they are at hand."""
    if entries is None:
        entries = worklist.worklist(context).entries
    return Searcher(entries, vocabulary(context), context.today)


def run(context: Context, query: str) -> Found:
    """Everybody who fits the query line, or the saved search of that name with `@` before it."""
    known = vocabulary(context)
    asked = parse(resolved(context, query), known)
    ready = Searcher(worklist.worklist(context).entries, known, context.today)
    return Found(asked, tuple(ready.search(asked)), len(ready.entries))


def resolved(context: Context, query: str) -> str:
    """The query line; of `@Name` the one that was saved under the name."""
    text = query.strip()
    if not text.startswith("@"):
        return query
    return context.settings.saved_searches[_saved_name(context, text[1:])]


def save(context: Context, name: str, query: str) -> str:
    """Keep a query under a name, in place of an older one of the name; the name as it is kept.

    What names a person is not kept: it would outlast their deletion.
    """
    said = _new_name(name)
    known = vocabulary(context)
    asked = parse(query, known)
    if asked == EVERYONE:
        raise UserError(language.said("Gespeichert wird eine Suche nur mit einer Bedingung."))
    for leaf in leaves(asked):
        if isinstance(leaf, Word) or known.fields[leaf.field].names_person:
            part = (
                language.said("ein Name")
                if isinstance(leaf, Word)
                else known.fields[leaf.field].label
            )
            raise UserError(
                language.said(
                    "Gespeichert werden nur Suchen, die niemanden nennen; diese enthält: {part}."
                ).format(part=part)
            )
    kept = {**_without(context, said), said: written(asked)}
    if len(kept) > MOST_SAVED:
        raise UserError(
            language.said(
                "Es sind schon {most_saved} Suchen gespeichert; bitte eine löschen."
            ).format(most_saved=MOST_SAVED)
        )
    context.change_settings(saved_searches=kept)
    return said


def ready_made() -> dict[str, str]:
    """What is offered while nothing is saved: the lines by their names, as they are read."""
    return {name: line for line, name in _READY_MADE.items()}


def offer(context: Context) -> None:
    """Keep the ready-made searches under the names that were read; they are the user's own now."""
    context.change_settings(saved_searches={**ready_made(), **context.settings.saved_searches})


def rename(context: Context, name: str, new: str) -> str:
    """Another name for a saved search, as it is kept; one that another has is refused."""
    old, said = _saved_name(context, name), _new_name(new)
    searches = context.settings.saved_searches
    if said.casefold() in {each.casefold() for each in searches if each != old}:
        raise UserError(language.said("„{said}“ heißt schon eine andere Suche.").format(said=said))
    context.change_settings(saved_searches={**_without(context, old), said: searches[old]})
    return said


def forget(context: Context, name: str) -> None:
    context.change_settings(saved_searches=_without(context, _saved_name(context, name)))


def _new_name(name: str) -> str:
    return line(name.strip().removeprefix("@"), language.said("Name der Suche"), required=True)


def _without(context: Context, name: str) -> dict[str, str]:
    """All saved searches but the one of this name, however its letters are written."""
    return {
        each: query
        for each, query in context.settings.saved_searches.items()
        if each.casefold() != name.casefold()
    }


def saved(context: Context, entries: Sequence[Entry] | None = None) -> tuple[SavedSearch, ...]:
    """The saved searches by name, each with how many it finds."""
    if not context.settings.saved_searches:
        return ()
    ready = searcher(context, entries)
    return tuple(each for each in counted(context, ready) if each is not None)


def names(context: Context) -> tuple[tuple[str, str], ...]:
    """The saved searches by name, each with its line."""
    found = context.settings.saved_searches.items()
    return tuple(sorted(found, key=lambda pair: pair[0].casefold()))


def counted(context: Context, ready: Searcher) -> Iterator[SavedSearch | None]:
    """The saved searches one after the other; None between them, where work can wait.

    No step looks through the caseload more than once.
    """
    known = vocabulary(context)
    for name, query in names(context):
        try:
            asked = parse(query, known)
        except UserError as fault:
            yield SavedSearch(name, query, None, str(fault))
            continue
        for leaf in leaves(asked):
            ready.count(leaf)
            yield None
        yield SavedSearch(name, query, ready.count(asked))


def _saved_name(context: Context, name: str) -> str:
    wanted = name.strip().casefold()
    searches = context.settings.saved_searches
    for each in searches:
        if each.casefold() == wanted:
            return each
    known = ", ".join(searches) or language.said("noch keine")
    raise UserError(
        language.said("„{strip}“ ist keine gespeicherte Suche (gespeichert: {known}).").format(
            strip=name.strip(), known=known
        )
    )
