"""How are back-ups put into words?"""

from kkd_desktop.domain import texts
from kkd_desktop.domain.backup import Backup, Contents, Kind
from kkd_desktop.domain.language import Sayings, said
from kkd_desktop.domain.stored_words import said_again

_REASONS = Sayings(
    {
        Kind.REGULAR: "Regelmäßig",
        Kind.BEFORE_STEP: "Vor einem großen Schritt",
        Kind.BEFORE_UPGRADE: "Vor einer neuen Programmversion",
        Kind.BEFORE_RESTORE: "Vor dem Wiederherstellen",
        Kind.BY_HAND: "Von Hand",
    }
)


def reason(backup: Backup) -> str:
    """What it was made for, in its own words where it has some."""
    return said_again(backup.reason) if backup.reason else _REASONS[backup.kind]


def contents(contents: Contents | None) -> str:
    """`300 Personen, 4.812 Kontakte`."""
    if contents is None:
        return said("Inhalt unbekannt")
    people = texts.counted(contents.clients, "Person", "Personen")
    return f"{people}, {texts.counted(contents.contacts, 'Kontakt', 'Kontakte')}"


def size(number: int) -> str:
    """`412 KB`, `1,3 MB`."""
    if number < 1_000_000:
        return f"{max(1, round(number / 1000))} KB"
    return f"{number / 1_000_000:.1f} MB".replace(".", ",")
