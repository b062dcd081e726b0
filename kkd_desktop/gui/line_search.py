"""What does the search field of a table ask: plain words, or a query of the Suchlauf?"""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.worklist import Entry
from kkd_desktop.gui.session import Session

if TYPE_CHECKING:
    from kkd_desktop.domain.search import Searcher
    from kkd_desktop.domain.search_completion import Completion
    from kkd_desktop.domain.search_fields import Vocabulary
    from kkd_desktop.domain.search_query import Query

_QUERY = re.compile(r'[:<>=≤≥()"„“»]|(?:^|\s)(?:[-−]|(?:oder|nicht)(?:\s|$))', re.IGNORECASE)


class LineSearch:
    """Answers queries over the rows of a table; made ready at the first one."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._entries: Sequence[Entry] = ()
        self._ready: tuple[Searcher, Vocabulary] | None = None

    def use(self, entries: Sequence[Entry]) -> None:
        """Search these from now on: something was stored, or the day is another."""
        self._entries = entries
        self._ready = None

    def preparing(self) -> Iterator[None]:
        """Make ready what is asked for most, in steps, so that the first letter of a query is as
        quick as the next ones.
        """
        from kkd_desktop.domain.search_form import USUAL
        from kkd_desktop.domain.search_query import Known

        searcher, vocabulary = self._made_ready()
        yield
        searcher.read_names()
        for name in USUAL:
            yield
            if name in vocabulary.fields:
                searcher.count(Known(name, True))

    @property
    def vocabulary(self) -> "Vocabulary":
        return self._made_ready()[1]

    def query(self, line: str) -> "Query | None":
        """What a line asks; None where it is plain words.

        `SearchError` where it is a query that cannot be understood, or not yet.
        """
        if not _QUERY.search(line):
            return None
        return self.read(line)

    def read(self, line: str) -> "Query":
        """What a line asks where plain words are a query too."""
        # Nothing of it is needed before somebody asks.
        from kkd_desktop.domain.search_parser import parse

        return parse(line, self.vocabulary)

    def ids(self, query: "Query") -> frozenset[int]:
        """The clients whom a query finds."""
        return self._made_ready()[0].ids(query)

    def completions(self, line: str, cursor: int) -> "tuple[Completion, ...]":
        """Ways to go on where the cursor stands."""
        from kkd_desktop.domain.search_completion import completions

        return completions(line, cursor, self.vocabulary)

    def count(self, line: str, within: Collection[int] | None = None) -> int | None:
        """How many of these people a line finds; None while it cannot be understood."""
        try:
            query = self.read(line)
        except UserError:
            return None
        searcher = self._made_ready()[0]
        return searcher.count(query) if within is None else len(self.ids(query) & set(within))

    def _made_ready(self) -> "tuple[Searcher, Vocabulary]":
        if self._ready is None:
            from kkd_desktop.actions import search as searches

            context = self._session.context
            ready = searches.searcher(context, self._entries)
            self._ready = ready, searches.vocabulary(context)
        return self._ready
