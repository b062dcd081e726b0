"""Which facts may a policy ask about, and what can they be?"""

from collections.abc import Iterable, Mapping
from typing import Any

from kkd_desktop.domain import texts
from kkd_desktop.domain.language import to_say
from kkd_desktop.domain.policy import FactDeclaration, FactKind


def _by_id(facts: Iterable[FactDeclaration]) -> Mapping[str, FactDeclaration]:
    return {fact.id: fact for fact in facts}


CLIENT_FACTS = _by_id(
    (
        FactDeclaration("profile", to_say("Profillage"), FactKind.CHOICE, texts.PROFILLAGEN),
        FactDeclaration("status", to_say("Status"), FactKind.CHOICE, texts.STATUS),
        FactDeclaration(
            "age", to_say("Altersgruppe"), FactKind.CHOICE, {"u25": "U25", "ue25": "Ü25"}
        ),
        FactDeclaration("org", to_say("Bereich")),
        FactDeclaration("birth_date", to_say("Geburtsdatum"), FactKind.DATE),
        FactDeclaration("registered", to_say("Anmeldung"), FactKind.DATE),
        FactDeclaration(
            "einv_start", to_say("Beginn von EinV oder Kooperationsplan"), FactKind.DATE
        ),
        FactDeclaration("einv_end", to_say("Ende von EinV oder Kooperationsplan"), FactKind.DATE),
        *(FactDeclaration(id, label, FactKind.FLAG) for id, label in texts.FLAGS.german.items()),
    )
)
"""Facts every policy may ask about; its own it declares under `[facts]`."""

COMPUTED = frozenset({"age", "birth_date", "registered", "einv_start", "einv_end"})
"""Facts without a history: nothing begins or ends with their value."""

CONTACT_FACTS = _by_id(
    (
        FactDeclaration("form", to_say("Kontaktform"), FactKind.CHOICE, texts.FORMS),
        FactDeclaration("note_type", to_say("Vermerk"), FactKind.CHOICE, texts.NOTE_TYPES),
        FactDeclaration("attended", to_say("Termin wahrgenommen"), FactKind.FLAG),
        FactDeclaration("qualified", to_say("qualifizierte Beratung"), FactKind.FLAG),
        FactDeclaration("first", to_say("Erstgespräch"), FactKind.FLAG),
        FactDeclaration("phone_reason", to_say("Grund für das Telefonat"), FactKind.FLAG),
    )
)
"""Facts of a contact, for `[[counting]]` and `[[duty]]` beside those of the client on that day."""


def declared(facts: Mapping[str, Any]) -> Mapping[str, FactDeclaration]:
    """The facts of a policy's own, as `[facts]` has them; a bare text is the label of a text."""
    return {
        name: FactDeclaration(name, said) if isinstance(said, str) else _declaration(name, said)
        for name, said in facts.items()
    }


def _declaration(name: str, said: Mapping[str, Any]) -> FactDeclaration:
    kind = FactKind(said.get("type", FactKind.TEXT))
    return FactDeclaration(name, said["label"], kind, dict(said.get("values", {})))
