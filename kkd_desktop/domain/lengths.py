"""How long does a talk take, and what of it is the caseworker's own?"""

from kkd_desktop.domain.contact import ContactForm
from kkd_desktop.domain.language import Sayings, said
from kkd_desktop.domain.values import Value

SHORTEST_TALK = 5
LONGEST_TALK = 240
LONGEST_SLOT = 60
"""Of talk and preparation together, where a norm counts both."""


class Length(Value, frozen=True):
    """Minutes a talk takes from the calendar: the talk itself and what the caseworker needs on it.

    Mönchengladbach names both for the first talk, 45 and 15.
    """

    talk: int
    preparation: int = 0

    @classmethod
    def of_minutes(cls, minutes: int, preparation: int = 0) -> "Length":
        """`minutes` in all. What is left for preparation gives way before the shortest talk."""
        kept = max(0, min(preparation, minutes - SHORTEST_TALK))
        return cls(minutes - kept, kept)

    @property
    def total(self) -> int:
        return self.talk + self.preparation

    @property
    def counted(self) -> int:
        """Minutes that fill a norm of hours: preparation too, in slots up to an hour (R21)."""
        return max(self.talk, min(self.total, LONGEST_SLOT))

    def german(self) -> str:
        """`45 min`, `60 min (45 + 15)`."""
        if not self.preparation:
            return said("{total} min").format(total=self.total)
        return said("{total} min ({talk} + {preparation})").format(
            total=self.total, talk=self.talk, preparation=self.preparation
        )


class Lengths(Value, frozen=True):
    first: Length = Length(45, 15)
    persoenlich: Length = Length(45)
    telefonisch: Length = Length(30)
    video: Length = Length(45)

    def of(self, form: ContactForm, *, first: bool = False) -> Length:
        """How long a talk of this form takes; what is written needs no appointment of its own."""
        if form is ContactForm.TELEFONISCH:
            return self.telefonisch
        if first:
            return self.first
        return self.video if form is ContactForm.VIDEO else self.persoenlich


LENGTH_NAMES = Sayings(
    {
        "first": "Erstgespräch",
        "persoenlich": "Folgegespräch",
        "telefonisch": "Telefongespräch",
        "video": "Videogespräch",
    }
)
