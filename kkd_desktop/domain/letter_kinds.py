"""Which letters does the office write, and for which purposes may it ask someone to come?"""

from enum import StrEnum

from kkd_desktop.domain.language import Sayings


class LetterKind(StrEnum):
    EINLADUNG = "einladung"
    MELDEAUFFORDERUNG = "meldeaufforderung"
    FOLGE_2 = "folgeeinladung_2"
    FOLGE_3 = "folgeeinladung_3"
    ANHOERUNG = "anhoerung"

    @property
    def is_summons(self) -> bool:
        """Whether the client has to come (§ 309 SGB III), unlike to a talk agreed freely."""
        return self in (self.MELDEAUFFORDERUNG, self.FOLGE_2, self.FOLGE_3)

    @property
    def invites(self) -> bool:
        """Whether the appointment is still to come."""
        return self is not self.ANHOERUNG

    @property
    def is_follow_up(self) -> bool:
        return self in (self.FOLGE_2, self.FOLGE_3)


KIND_TEXTS = Sayings(
    {
        LetterKind.EINLADUNG: "Einladung",
        LetterKind.MELDEAUFFORDERUNG: "Meldeaufforderung",
        LetterKind.FOLGE_2: "Zweite Einladung",
        LetterKind.FOLGE_3: "Dritte Einladung",
        LetterKind.ANHOERUNG: "Anhörung (Entwurf)",
    }
)


class Purpose(StrEnum):
    """The closed list of § 309 Abs. 2 SGB III, in its order."""

    BERUFSBERATUNG = "berufsberatung"
    VERMITTLUNG = "vermittlung"
    LEISTUNGEN = "leistungen"
    ENTSCHEIDUNG = "entscheidung"
    VORAUSSETZUNGEN = "voraussetzungen"


PURPOSE_TEXTS = {
    Purpose.BERUFSBERATUNG: "Berufsberatung",
    Purpose.VERMITTLUNG: "Vermittlung in Ausbildung oder Arbeit",
    Purpose.LEISTUNGEN: "Vorbereitung aktiver Arbeitsförderungsleistungen",
    Purpose.ENTSCHEIDUNG: "Vorbereitung von Entscheidungen im Leistungsverfahren",
    Purpose.VORAUSSETZUNGEN: "Prüfung des Vorliegens der Voraussetzungen für den Leistungsanspruch",
}
