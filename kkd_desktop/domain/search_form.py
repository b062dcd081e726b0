"""What does the filter form of the table of clients ask as a query, and the other way round?"""

from datetime import date

from kkd_desktop.domain.search_fields import Vocabulary
from kkd_desktop.domain.search_query import (
    Comparison,
    Every,
    Known,
    Query,
    Term,
    Word,
    every,
)
from kkd_desktop.domain.values import Value, replace

NONE = "–"
"""Asks for clients without any value."""


class SearchForm(Value, frozen=True):
    """The form: each part that is set must hold. An empty text means any.

    `profile`, `status` and `group` are values as facts and the worklist know them; the first two
    may be `NONE`.
    """

    words: tuple[str, ...] = ()
    not_since: date | None = None
    profile: str = ""
    status: str = ""
    group: str = ""


_PARTS = {"profil": "profile", "status": "status", "gruppe": "group"}


def query_of(form: SearchForm, vocabulary: Vocabulary) -> Query:
    parts: list[Query] = [Word(word) for word in form.words]
    if form.not_since is not None:
        parts.append(Term("kein-kontakt", Comparison.IS, (form.not_since,)))
    for name, part in _PARTS.items():
        value = getattr(form, part)
        if value == NONE:
            parts.append(Known(name, False))
        elif value:
            covers = vocabulary.fields[name].covers
            # An office's own value stands for itself.
            said = next((word for word, of in covers.items() if of == {value}), value)
            parts.append(Term(name, Comparison.IS, (said,)))
    return every(parts)


def form_of(query: Query, vocabulary: Vocabulary) -> SearchForm | None:
    """The form that asks the same; None where the query asks more than the form has room for."""
    form = SearchForm()
    for part in query.parts if isinstance(query, Every) else (query,):
        filled = _filled(form, part, vocabulary)
        if filled is None:
            return None
        form = filled
    return form


def _filled(form: SearchForm, part: Query, vocabulary: Vocabulary) -> SearchForm | None:
    if isinstance(part, Word):
        return replace(form, words=(*form.words, part.text))
    if isinstance(part, Term) and part.field == "kein-kontakt":
        return _since(form, part)
    name = _PARTS.get(part.field) if isinstance(part, Term | Known) else None
    if name is None or getattr(form, name):
        return None
    if isinstance(part, Known):
        return replace(form, **{name: NONE}) if not part.known and name != "group" else None
    assert isinstance(part, Term)
    if len(part.values) != 1:
        return None
    said = str(part.values[0])
    (value, *others) = vocabulary.fields[part.field].covers.get(said, (said,))
    return None if others else replace(form, **{name: value})


def _since(form: SearchForm, part: Term) -> SearchForm | None:
    day = part.values[0] if len(part.values) == 1 else None
    if form.not_since is not None or not isinstance(day, date):
        return None
    return replace(form, not_since=day)
