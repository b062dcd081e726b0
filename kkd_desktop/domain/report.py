"""What does a year look like: asked for, done, left out? The figures of the Auswertung.

Pure values. Every figure keeps the ids of the people behind it; what it means stands in
`report_definitions`, under every picture of it.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction

from kkd_desktop.domain.caseload import Capacity, Quota
from kkd_desktop.domain.client import Deviation, Subject
from kkd_desktop.domain.contact import ContactForm, ContactLog, NoteType
from kkd_desktop.domain.language import Sayings
from kkd_desktop.domain.values import Value
from kkd_desktop.domain.week import Load

Ids = tuple[int, ...]

FIRST_YEAR = 1990
"""No report goes back further."""

NO_PROFILE = ""
"""The Profillage of somebody of whom none is recorded."""


class Standing(StrEnum):
    """How somebody stands on a day; everybody stored stands in exactly one of these."""

    FULFILLED = "fulfilled"
    DUE = "due"
    OVERDUE = "overdue"
    EXCEPTION = "exception"
    NO_RULE = "no_rule"
    UNDECIDED = "undecided"
    NOT_YET = "not_yet"


STANDING_TEXTS = Sayings(
    {
        Standing.FULFILLED: "erfüllt",
        Standing.DUE: "in 14 Tagen fällig",
        Standing.OVERDUE: "überfällig",
        Standing.EXCEPTION: "Ausnahme vereinbart",
        Standing.NO_RULE: "keine Vorgabe",
        Standing.UNDECIDED: "Angabe fehlt",
        Standing.NOT_YET: "noch nicht im Bestand",
    }
)


class Case(Value, frozen=True, gc=False):
    """One person as the store knows them: all that an evaluation of any past day may look at."""

    client_id: int
    subject: Subject
    log: ContactLog
    deviations: tuple[Deviation, ...] = ()

    @property
    def begins(self) -> date | None:
        """The first day in the caseload: the registration, else the first contact; None where
        neither is known.
        """
        return self.subject.registered or min(self.log.days, default=None)


class Half(Value, frozen=True):
    """A half of a month and the day in it whose facts and policies hold for it: its last."""

    first: date
    last: date
    of_month: int
    """Days of the whole month."""

    @property
    def month(self) -> int:
        return self.first.month


class DensityCell(Value, frozen=True):
    """Soll and Ist of one Profillage in one month.

    `people` are those with a Soll, `done` those with a contact that counts.
    """

    month: int
    profile: str
    soll: Fraction
    ist: int
    people: Ids
    done: Ids


class MonthDensity(Value, frozen=True):
    """A month of all Profillagen. `people` and `left_out` together are everybody stored.

    `besides` are contacts that count of people without a Soll at that time.
    """

    month: int
    cells: tuple[DensityCell, ...]
    people: Ids
    left_out: Mapping[Standing, Ids]
    besides: int
    besides_of: Ids

    @property
    def soll(self) -> Fraction:
        return sum((cell.soll for cell in self.cells), Fraction(0))

    @property
    def ist(self) -> int:
        return sum(cell.ist for cell in self.cells)


class ShareAt(Value, frozen=True):
    """One share of a policy on a day, and who was met within its span."""

    policy: str
    label: str
    quota: Quota
    met: Ids
    not_met: Ids


class MeanDays(Value, frozen=True):
    """A mean kept as its two parts, so that several can be added up."""

    days: int
    people: Ids

    @property
    def mean(self) -> Fraction | None:
        return Fraction(self.days, len(self.people)) if self.people else None


class AsOf(Value, frozen=True):
    """The caseload on a day, under the facts and policies (by short title) of that day."""

    day: date
    policies: tuple[str, ...]
    standings: Mapping[Standing, Ids]
    shares: tuple[ShareAt, ...]
    since_last: MeanDays
    """Days since the last contact that counts, of those who owe one to a rule."""
    late: MeanDays
    """Days over the last day, of those overdue."""

    def number(self, standing: Standing) -> int:
        return len(self.standings.get(standing, ()))


class ContactCell(Value, frozen=True):
    """Contacts of one form with one Vermerk in a month; `counted` of those `held` count.

    `people` are all with such a contact, `held_by` those with one that took place.
    """

    month: int
    form: ContactForm
    note_type: NoteType
    held: int
    counted: int
    not_held: int
    people: Ids
    held_by: Ids


class Meeting(StrEnum):
    """What became of an agreed talk."""

    ATTENDED = "attended"
    MISSED = "missed"
    ILL = "ill"
    CANCELLED = "cancelled"
    OPEN = "open"


MEETING_TEXTS = Sayings(
    {
        Meeting.ATTENDED: "erschienen",
        Meeting.MISSED: "nicht erschienen",
        Meeting.ILL: "krank gemeldet",
        Meeting.CANCELLED: "abgesagt",
        Meeting.OPEN: "Ergebnis nicht eingetragen",
    }
)


class Shown(Value, frozen=True):
    """The agreed talks of a month by what became of them; a person stands there once per talk."""

    month: int
    talks: Mapping[Meeting, Ids]

    def number(self, what: Meeting) -> int:
        return len(self.talks.get(what, ()))

    @property
    def due(self) -> int:
        """Talks whose hour was kept free to the end."""
        return self.number(Meeting.ATTENDED) + self.number(Meeting.MISSED)

    @property
    def rate(self) -> Fraction | None:
        return Fraction(self.number(Meeting.ATTENDED), self.due) if self.due else None


class FirstTalk(StrEnum):
    """When the first talk after a registration took place."""

    WITHIN_7 = "within_7"
    WITHIN_10 = "within_10"
    LATER = "later"
    OPEN = "open"
    MISSING = "missing"


FIRST_TALK_TEXTS = Sayings(
    {
        FirstTalk.WITHIN_7: "bis 7 Arbeitstage",
        FirstTalk.WITHIN_10: "8 bis 10 Arbeitstage",
        FirstTalk.LATER: "später",
        FirstTalk.OPEN: "noch keins, Frist läuft",
        FirstTalk.MISSING: "noch keins, Frist vorbei",
    }
)


class FirstTalks(Value, frozen=True):
    """Those registered in a month by when they were first met."""

    month: int
    talks: Mapping[FirstTalk, Ids]

    def number(self, what: FirstTalk) -> int:
        return len(self.talks.get(what, ()))


class WeekUse(Value, frozen=True):
    """A week's talks, and what the norm asks of it; no norm where the concept sets none.

    `besides` were spoken to without an appointment, a person once per talk: how long, nobody knows.
    """

    monday: date
    load: Load
    norm: Capacity | None
    people: Ids
    besides: Ids = ()


class YearReport(Value, frozen=True):
    """A year up to `until`, of everybody in `people`."""

    year: int
    until: date
    people: Ids
    months: tuple[MonthDensity, ...]
    days: tuple[AsOf, ...]
    contacts: tuple[ContactCell, ...]
    shown: tuple[Shown, ...]
    first_talks: tuple[FirstTalks, ...]
    without_registration: Ids
    """Left out of the first talks: nobody knows when they came."""
    weeks: tuple[WeekUse, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def soll(self) -> Fraction:
        return sum((month.soll for month in self.months), Fraction(0))

    @property
    def ist(self) -> int:
        return sum(month.ist for month in self.months)

    def profiles(self) -> tuple["DensityCell", ...]:
        """The year of each Profillage; the month of these cells is 0."""
        found: dict[str, list[DensityCell]] = {}
        for month in self.months:
            for cell in month.cells:
                found.setdefault(cell.profile, []).append(cell)
        return tuple(_summed(found[profile]) for profile in sorted(found))


def _summed(cells: Sequence[DensityCell]) -> DensityCell:
    return DensityCell(
        0,
        cells[0].profile,
        sum((cell.soll for cell in cells), Fraction(0)),
        sum(cell.ist for cell in cells),
        tuple(sorted({each for cell in cells for each in cell.people})),
        tuple(sorted({each for cell in cells for each in cell.done})),
    )


def degree(soll: Fraction, ist: int) -> Fraction | None:
    """Ist as a part of Soll; None where nothing was asked for."""
    return ist / soll if soll else None
