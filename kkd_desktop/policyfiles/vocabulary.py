"""Which facts may a policy ask about, and which values can they have?"""

from collections.abc import Collection, Mapping

from kkd_desktop.domain import texts
from kkd_desktop.domain.client import AgeGroup

FLAG = frozenset({True, False})

CLIENT_FACTS: Mapping[str, Collection[str | bool] | None] = {
    "profile": texts.PROFILLAGEN,
    "status": texts.STATUS,
    "age": frozenset(AgeGroup),
    "org": None,
    "birth_date": (),
    "registered": (),
    "einv_start": (),
    **dict.fromkeys(texts.FLAGS, FLAG),
}
"""Fact → its values; None where any text may stand, empty where only `missing` can be asked."""

CONTACT_FACTS: Mapping[str, Collection[str | bool] | None] = {
    "form": texts.FORMS,
    "note_type": texts.NOTE_TYPES,
    "attended": FLAG,
    "qualified": FLAG,
    "first": FLAG,
    "phone_reason": FLAG,
}
"""Facts of a contact, for `[[counting]]` and `[[duty]]` beside those of the client on that day."""
