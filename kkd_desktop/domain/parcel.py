"""Who of a parcel is new here, who is known, and who might be somebody else?"""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from kkd_desktop.domain import language, texts
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.language import Sayings
from kkd_desktop.domain.values import Value


class Fate(StrEnum):
    NEW = "new"
    KNOWN = "known"
    CONFLICT = "conflict"


FATE_TEXTS = Sayings(
    {
        Fate.NEW: "neu",
        Fate.KNOWN: "schon da",
        Fate.CONFLICT: "Widerspruch",
    }
)


class Arrival(Value, frozen=True):
    """One person of a parcel. `client_id` is the one in the parcel."""

    client_id: int
    name: str
    number: str
    fate: Fate
    reason: str = ""
    contacts: int = 0
    open_talks: int = 0
    letters: int = 0
    loses_code: bool = False


class Contents(Value, frozen=True):
    """What a parcel holds, seen from the caseload that may take it in."""

    office: str
    caseworker: str
    packed_on: date | None
    arrivals: tuple[Arrival, ...]
    clashes: int = 0
    """Open appointments at a time that is taken here."""

    def of(self, fate: Fate) -> tuple[Arrival, ...]:
        return tuple(each for each in self.arrivals if each.fate is fate)

    @property
    def summary(self) -> str:
        """`12 neu, 1 schon da, kein Widerspruch`."""
        new, known, doubtful = (len(self.of(fate)) for fate in Fate)
        conflict = texts.counted(doubtful, "Widerspruch", "Widersprüche")
        said = conflict if doubtful else language.said("kein Widerspruch")
        return language.said("{number} neu, {number2} schon da, {said}").format(
            number=texts.whole(new), number2=texts.whole(known), said=said
        )


class Index:
    """The people here by what identifies them."""

    __slots__ = ("_by_name", "_by_number", "_codes")

    def __init__(self, people: Iterable[Client]) -> None:
        self._by_number: dict[str, Client] = {}
        self._by_name: dict[str, list[Client]] = {}
        self._codes: set[str] = set()
        for client in people:
            if client.number:
                self._by_number[client.number] = client
            self._by_name.setdefault(_folded(client), []).append(client)
            self._codes.add(client.code)

    def fate(self, client: Client) -> tuple[Fate, str]:
        """Whether this person is here already, and by what it is known or doubted."""
        known = self._by_number.get(client.number) if client.number else None
        if known is not None:
            if _folded(known) == _folded(client) and _may_be_same(known, client):
                return Fate.KNOWN, language.said("gleiche Kundennummer")
            return Fate.CONFLICT, language.said("Die Kundennummer trägt hier jemand anderes.")
        for other in self._by_name.get(_folded(client), ()):
            if not _may_be_same(other, client):
                continue
            if other.number and client.number:
                return Fate.CONFLICT, language.said("Gleicher Name, aber eine andere Kundennummer.")
            if other.subject.birth_date is None or client.subject.birth_date is None:
                return Fate.CONFLICT, language.said("Gleicher Name, aber ein Geburtsdatum fehlt.")
            return Fate.KNOWN, language.said("gleicher Name und gleiches Geburtsdatum")
        return Fate.NEW, ""

    def has_code(self, code: str) -> bool:
        return code != "" and code in self._codes


def _may_be_same(one: Client, other: Client) -> bool:
    days = {one.subject.birth_date, other.subject.birth_date} - {None}
    return len(days) <= 1


def _folded(client: Client) -> str:
    name = f"{client.last_name},{client.first_name}"
    return unicodedata.normalize("NFKD", name).casefold().replace(" ", "")


def chosen(contents: Contents, client_ids: Sequence[int] | None) -> list[Arrival]:
    """Who of the new ones is to be taken in: all, or those that were named."""
    new = {each.client_id: each for each in contents.of(Fate.NEW)}
    wanted = new if client_ids is None else {key: new[key] for key in client_ids if key in new}
    return list(wanted.values())
