"""Whom does a query find? Of the whole caseload, on the day of the context."""

from collections.abc import Sequence

from kkd_desktop.actions import worklist
from kkd_desktop.actions.context import Context
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.plain_text import line
from kkd_desktop.domain.search import Searcher
from kkd_desktop.domain.search_fields import Vocabulary
from kkd_desktop.domain.search_parser import parse
from kkd_desktop.domain.search_query import Query, Word, leaves, written
from kkd_desktop.domain.values import Value
from kkd_desktop.domain.worklist import Entry

MOST_SAVED = 100


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


def save(context: Context, name: str, query: str) -> None:
    """Keep a query under a name, in place of an older one of the name.

    What names a person is not kept: it would outlast their deletion.
    """
    said = line(name, "Name der Suche", required=True).removeprefix("@")
    known = vocabulary(context)
    asked = parse(query, known)
    for leaf in leaves(asked):
        if isinstance(leaf, Word) or known.fields[leaf.field].names_person:
            part = "ein Name" if isinstance(leaf, Word) else known.fields[leaf.field].label
            raise UserError(
                f"Gespeichert werden nur Suchen, die niemanden nennen; diese enthält: {part}."
            )
    kept = {**context.settings.saved_searches, said: written(asked)}
    if len(kept) > MOST_SAVED:
        raise UserError(f"Es sind schon {MOST_SAVED} Suchen gespeichert; bitte eine löschen.")
    context.change_settings(saved_searches=kept)


def forget(context: Context, name: str) -> None:
    gone = _saved_name(context, name)
    kept = {each: query for each, query in context.settings.saved_searches.items() if each != gone}
    context.change_settings(saved_searches=kept)


def saved(context: Context, entries: Sequence[Entry] | None = None) -> tuple[SavedSearch, ...]:
    """The saved searches by name, each with how many it finds."""
    searches = context.settings.saved_searches
    if not searches:
        return ()
    ready, known = searcher(context, entries), vocabulary(context)
    found = []
    for name, query in sorted(searches.items(), key=lambda pair: pair[0].casefold()):
        try:
            found.append(SavedSearch(name, query, ready.count(parse(query, known))))
        except UserError as fault:
            found.append(SavedSearch(name, query, None, str(fault)))
    return tuple(found)


def _saved_name(context: Context, name: str) -> str:
    wanted = name.strip().casefold()
    searches = context.settings.saved_searches
    for each in searches:
        if each.casefold() == wanted:
            return each
    known = ", ".join(searches) or "noch keine"
    raise UserError(f"„{name.strip()}“ ist keine gespeicherte Suche (gespeichert: {known}).")
