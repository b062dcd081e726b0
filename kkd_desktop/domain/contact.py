"""What happened between caseworker and client?

Whether it counts is the policy's business, never ours.
"""

from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class ContactKind:
    """Everything about a contact that a counting rule may look at, apart from its day.

    There are few different kinds in any caseload, so counting remembers its verdict per kind.
    """

    form: ContactForm = ContactForm.PERSOENLICH
    note_type: NoteType = NoteType.BERATUNGSVERMERK
    attended: bool = True
    qualified: bool = True
    first: bool = False
    phone_reason: bool = False


@dataclass(frozen=True, slots=True)
class ContactNotes:
    """Documentation that duties look at, and that never decides counting. None means unknown."""

    content: str | None = None
    goal: str | None = None
    means: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
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
