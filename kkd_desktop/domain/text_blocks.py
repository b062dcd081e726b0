"""Which wording of the law or of the office stands in a letter of this day?

Consequences, percentages and deadlines of the law stand in these texts and nowhere in the program.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256

from kkd_desktop.domain import texts
from kkd_desktop.domain.language import Sayings, german, said
from kkd_desktop.domain.letter_kinds import LetterKind
from kkd_desktop.domain.values import Value, replace


class BlockKind(StrEnum):
    """What a text is for, in the order in which a letter says it."""

    EROEFFNUNG = "eroeffnung"
    MITBRINGEN = "mitbringen"
    RECHTSGRUNDLAGE = "rechtsgrundlage"
    SELBER_TAG = "selber_tag"
    KRANKHEIT = "krankheit"
    REISEKOSTEN = "reisekosten"
    RECHTSFOLGEN = "rechtsfolgen"
    ANHOERUNG = "anhoerung"
    RECHTSBEHELF = "rechtsbehelf"
    WIEDERHOLUNG = "wiederholung"

    @property
    def is_printed(self) -> bool:
        """Texts on repeated invitations speak to the office."""
        return self is not self.WIEDERHOLUNG


BLOCK_KIND_TEXTS = Sayings(
    {
        BlockKind.EROEFFNUNG: "Eröffnung",
        BlockKind.MITBRINGEN: "Mitzubringen",
        BlockKind.RECHTSGRUNDLAGE: "Rechtsgrundlage",
        BlockKind.SELBER_TAG: "Meldung am selben Tag",
        BlockKind.KRANKHEIT: "Krankheit",
        BlockKind.REISEKOSTEN: "Reisekosten",
        BlockKind.RECHTSFOLGEN: "Rechtsfolgenbelehrung",
        BlockKind.ANHOERUNG: "Anhörung",
        BlockKind.RECHTSBEHELF: "Rechtsbehelfsbelehrung",
        BlockKind.WIEDERHOLUNG: "Hinweis bei wiederholter Einladung",
    }
)


class Occasion(StrEnum):
    """What is special about a letter, where the law words it differently."""

    FIRST_PLAN = "erste_einladung_kooperationsplan"


OCCASION_TEXTS = Sayings({Occasion.FIRST_PLAN: "erste Einladung zum Kooperationsplan"})


class Review(Value, frozen=True):
    by: str
    on: date


class TextBlock(Value, frozen=True):
    """One version of one text. `letters` and `occasion` say where it belongs: none means anywhere.

    `left_out` marks a version by which the letter goes without such a text; `text` then says why.
    `number` are days, counted from the date of the letter, until the day that the text names as
    {frist}; for texts on repeated invitations, which invitation is meant.
    """

    id: str
    kind: BlockKind
    version: str
    text: str
    source: str
    title: str = ""
    letters: frozenset[LetterKind] = frozenset()
    occasion: Occasion | None = None
    since: date | None = None
    until: date | None = None
    review: Review | None = None
    left_out: bool = False
    number: int | None = None
    own: bool = False

    @property
    def key(self) -> str:
        return f"{self.id} {self.version}"

    @property
    def digest(self) -> str:
        """A mark of what was reviewed: another wording needs another review."""
        said = (self.kind.value, self.title, self.text, self.left_out, self.number)
        return sha256(repr(said).encode()).hexdigest()

    def fits(self, letter: LetterKind, occasions: Collection[Occasion]) -> bool:
        return (not self.letters or letter in self.letters) and (
            self.occasion is None or self.occasion in occasions
        )

    def standing(self, day: date) -> "BlockStanding":
        if self.since is not None and day < self.since:
            return BlockStanding.AHEAD
        if self.until is not None and day > self.until:
            return BlockStanding.EXPIRED
        return BlockStanding.UNREVIEWED if self.review is None else BlockStanding.REVIEWED


class BlockStanding(StrEnum):
    REVIEWED = "reviewed"
    UNREVIEWED = "unreviewed"
    EXPIRED = "expired"
    AHEAD = "ahead"

    @property
    def is_valid(self) -> bool:
        return self in (self.REVIEWED, self.UNREVIEWED)


BLOCK_STANDING_TEXTS = Sayings(
    {
        BlockStanding.REVIEWED: "geprüft",
        BlockStanding.UNREVIEWED: "ungeprüft",
        BlockStanding.EXPIRED: "abgelaufen",
        BlockStanding.AHEAD: "gilt noch nicht",
    }
)


class Passage(Value, frozen=True):
    """A text as it stands in a letter of one day."""

    block: TextBlock
    standing: BlockStanding

    @property
    def notice(self) -> str:
        """What the reader of the draft has to know; empty for a reviewed text in force."""
        name = said("{kind} ({id}, Fassung {version})").format(
            kind=BLOCK_KIND_TEXTS[self.block.kind], id=self.block.id, version=self.block.version
        )
        if self.standing is BlockStanding.EXPIRED:
            return said("{name}: abgelaufen am {day}").format(
                name=name, day=texts.day(self.block.until)
            )
        if self.standing is BlockStanding.UNREVIEWED:
            return said("{name}: ungeprüft").format(name=name)
        return ""


@german()
def passage(
    blocks: Iterable[TextBlock],
    kind: BlockKind,
    letter: LetterKind,
    day: date,
    occasions: Collection[Occasion] = (),
) -> Passage | None:
    """The text of a kind for a letter of this day; None where none was ever written.

    One in force beats one that has run out, a text for this occasion or letter a general one, the
    office's own a shipped one, and a later version an earlier one.
    """
    found = [
        Passage(block, block.standing(day))
        for block in blocks
        if block.kind is kind and block.fits(letter, occasions)
    ]
    usable = [each for each in found if each.standing is not BlockStanding.AHEAD]
    return max(usable, key=_rank, default=None)


def _rank(candidate: Passage) -> tuple[bool, bool, bool, bool, date, str]:
    block = candidate.block
    return (
        candidate.standing.is_valid,
        block.occasion is not None,
        bool(block.letters),
        block.own,
        # Of those that have run out the one that held the longest.
        (block.since if candidate.standing.is_valid else block.until) or date.min,
        block.key,
    )


def reviewed(
    blocks: Iterable[TextBlock], reviews: Mapping[str, tuple[str, Review]]
) -> tuple[TextBlock, ...]:
    """The blocks with the review marks of this office: key → digest of what was read, and mark."""
    found = []
    for block in blocks:
        digest, mark = reviews.get(block.key, ("", None))
        found.append(replace(block, review=mark) if digest == block.digest else block)
    return tuple(found)


def expiring(blocks: Iterable[TextBlock], day: date, within: int) -> tuple[TextBlock, ...]:
    """Those in force that end within so many days and have no successor of the same id."""
    known = tuple(blocks)
    return tuple(
        block
        for block in known
        if block.until is not None
        and block.standing(day).is_valid
        and block.until <= day + timedelta(days=within)
        and not any(
            other.id == block.id and other.standing(block.until + timedelta(days=1)).is_valid
            for other in known
        )
    )
