"""What does the search field of a table ask: plain words, or a query of the Suchlauf?"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kkd_desktop.domain.worklist import Entry
from kkd_desktop.gui.session import Session

if TYPE_CHECKING:
    from kkd_desktop.domain.search import Searcher
    from kkd_desktop.domain.search_fields import Vocabulary

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

    def ids(self, line: str) -> frozenset[int] | None:
        """The clients whom a query finds; None where the line is plain words.

        `SearchError` where it is a query that cannot be understood, or not yet.
        """
        if not _QUERY.search(line):
            return None
        # Nothing of it is needed before somebody asks.
        from kkd_desktop.actions import search as searches
        from kkd_desktop.domain.search_parser import parse

        if self._ready is None:
            context = self._session.context
            ready = searches.searcher(context, self._entries)
            self._ready = ready, searches.vocabulary(context)
        searcher, vocabulary = self._ready
        return frozenset(entry.client.id for entry in searcher.search(parse(line, vocabulary)))
