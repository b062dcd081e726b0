"""What happened between caseworker and client?

Whether it counts is the policy's business, never ours.
"""

from collections.abc import Iterator, Sequence
from datetime import date, time
from enum import StrEnum
from typing import overload

from kkd_desktop.domain.values import Value, replace


class ContactForm(StrEnum):
    PERSOENLICH = "persoenlich"
    TELEFONISCH = "telefonisch"
    VIDEO = "video"
    EMAIL = "email"
    SCHRIFTLICH = "schriftlich"


class NoteType(StrEnum):
    """The Vermerk in the Kundenhistorie."""

    BERATUNGSVERMERK = "beratungsvermerk"
    STANDORTBESTIMMUNG = "standortbestimmung"
    FALLMANAGEMENTVERMERK = "fallmanagementvermerk"
    ALLGEMEINER_VERMERK = "allgemeiner_vermerk"
    KEIN = "kein"


class ContactKind(Value, frozen=True, gc=False, cache_hash=True):
    """Everything about a contact that a counting rule may look at, apart from its day.

    There are few different kinds in any caseload, so counting remembers its verdict per kind; the
    hash is kept because a worklist looks up tens of thousands of them.
    """

    form: ContactForm = ContactForm.PERSOENLICH
    note_type: NoteType = NoteType.BERATUNGSVERMERK
    attended: bool = True
    qualified: bool = True
    first: bool = False
    phone_reason: bool = False


class ContactNotes(Value, frozen=True):
    """Documentation that duties look at, and that never decides counting. None means unknown."""

    content: str | None = None
    goal: str | None = None
    means: str | None = None


class Contact(Value, frozen=True, gc=False):
    """One contact. `day` is the local day; `at` the local time where it is known."""

    day: date
    kind: ContactKind = ContactKind()
    at: time | None = None
    notes: ContactNotes = ContactNotes()
    phone_reason: str = ""
    held_by: str = ""
    id: int | None = None
    client_id: int | None = None
    appointment_id: int | None = None

    def with_kind(self, kind: ContactKind) -> "Contact":
        return replace(self, kind=kind)


class ContactLog(Sequence[Contact]):
    """The contacts of one client as two columns, day and kind, in any order.

    A worklist looks through thousands without making an object of each. An item is the full contact
    where the log was made of such, else a contact that knows day and kind only.
    """

    __slots__ = ("_days", "_full", "_kinds")

    def __init__(
        self,
        days: Sequence[date],
        kinds: Sequence[ContactKind],
        full: Sequence[Contact] | None = None,
    ) -> None:
        self._days = days
        self._kinds = kinds
        self._full = full

    @classmethod
    def of(cls, contacts: Sequence[Contact]) -> "ContactLog":
        if isinstance(contacts, ContactLog):
            return contacts
        return cls([c.day for c in contacts], [c.kind for c in contacts], contacts)

    @property
    def days(self) -> Sequence[date]:
        return self._days

    @property
    def kinds(self) -> Sequence[ContactKind]:
        return self._kinds

    def newest_first(self) -> Iterator[tuple[date, ContactKind]]:
        """Day and kind of each; who looks for the last one that counts seldom goes far."""
        days, kinds = self.days, self.kinds
        for index in sorted(range(len(days)), key=days.__getitem__, reverse=True):
            yield days[index], kinds[index]

    def __len__(self) -> int:
        return len(self.days)

    @overload
    def __getitem__(self, index: int) -> Contact: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Contact]: ...
    def __getitem__(self, index: int | slice) -> Contact | Sequence[Contact]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        if self._full is not None:
            return self._full[index]
        return Contact(self.days[index], self.kinds[index])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ContactLog) and list(self) == list(other)
