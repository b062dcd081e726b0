"""How much of a client may leave the program on this paper or in this calendar?"""

from enum import StrEnum

from kkd_desktop.domain.client import Client
from kkd_desktop.domain.language import Sayings


class Privacy(StrEnum):
    """Who reads a calendar or a list decides what may stand in it (§ 35 SGB I)."""

    NEUTRAL = "neutral"
    INITIALS = "initials"
    FULL = "full"


PRIVACY_TEXTS = Sayings(
    {
        Privacy.NEUTRAL: "ohne Angaben zur Person",
        Privacy.INITIALS: "Initialen und eigenes Kürzel",
        Privacy.FULL: "voller Name",
    }
)


def client_label(client: Client, privacy: Privacy) -> str:
    """`A. B. (K12)` or `Beispiel, Amina`; empty where nothing may be shown.

    The Kundennummer identifies towards the Träger only (§ 51a SGB II). Whoever uses it as the own
    code must not find it in a calendar, so such a code is left out.
    """
    if privacy is Privacy.NEUTRAL:
        return ""
    if privacy is Privacy.FULL:
        return client.name
    code = "" if client.code == client.number else client.code
    return " ".join(part for part in (client.initials, f"({code})" if code else "") if part)
