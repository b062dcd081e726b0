"""What has the office decided?

A Kontaktdichtekonzept as plain values, each number with its sentence.

These values say nothing about files: `policyfiles` builds them from TOML, `evaluation` applies
them.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction

from kkd_desktop.domain.facts import FactValue
from kkd_desktop.domain.language import to_say
from kkd_desktop.domain.spans import Span
from kkd_desktop.domain.values import Value, field


class Citation(Value, frozen=True):
    """Where a decision stands: a place in the policy's document and a short word-for-word quote.

    `reading` names the reading (R1–R35) where the sentence leaves something open and we chose;
    `soft` says that the choice is ours rather than the document's.
    """

    place: str
    quote: str = ""
    reading: str = ""
    soft: bool = False


class Nature(StrEnum):
    EMPFEHLUNG = "empfehlung"
    SOLL = "soll"
    MUSS = "muss"


class Validity(Value, frozen=True):
    """From when until when, both days included; `evidenced` is a day on which it is known to have
    held.

    `prolonged` tells that the office itself moved the end on after the document's own end.
    """

    since: date | None = None
    until: date | None = None
    evidenced: date | None = None
    prolonged: bool = False
    citation: Citation | None = None

    def begins(self) -> date | None:
        return self.since or self.evidenced

    def in_force(self, day: date) -> bool:
        begins = self.begins()
        return (begins is None or begins <= day) and (self.until is None or day <= self.until)


class FactKind(StrEnum):
    """What a fact that an office adds can be, and so how it is entered and compared."""

    TEXT = "text"
    CHOICE = "choice"
    FLAG = "flag"
    NUMBER = "number"
    DATE = "date"


class FactDeclaration(Value, frozen=True):
    """A fact of the client that this policy asks for and no other need know."""

    id: str
    label: str
    kind: FactKind = FactKind.TEXT
    values: Mapping[str, str] = field(default_factory=dict)
    """Of a choice: each value with its label."""


class Bounds(Value, frozen=True):
    """Limits of a number or a date. Those not set are None."""

    at_least: int | float | date | None = None
    over: int | float | date | None = None
    at_most: int | float | date | None = None
    under: int | float | date | None = None


class Test(Value, frozen=True):
    """One fact against allowed values or limits.

    `values` None without `bounds` asks only whether the fact is known.
    """

    __test__ = False

    fact: str
    values: frozenset[str | bool] | None
    negated: bool = False
    bounds: Bounds | None = None


class When(Value, frozen=True):
    """All tests must hold; no test at all holds always.

    A test on an unknown fact never holds, negated or not: nothing is guessed. `values` None with
    `negated` is how a policy asks for exactly that case ("Profil fehlt").
    """

    tests: tuple[Test, ...] = ()


class EventKind(StrEnum):
    DATE = "date"
    """A date of the case or a declared fact that is a date."""
    BEGAN = "began"
    """The day on which a fact took a value, the last time it did."""
    ENDED = "ended"
    """The last day on which a fact had a value."""
    MISSED = "missed"
    """The last appointment that the client did not keep."""


class Event(Value, frozen=True):
    """Something that happens to a client on a day, and from which spans can run."""

    kind: EventKind
    label: str
    fact: str = ""
    value: FactValue = True


class During(Value, frozen=True):
    """A stretch of time after an event in which a rule applies: "im ersten Jahr des Bezugs".

    It begins on the event's day or `begins` after it, and ends before the day `ends` after it.
    """

    event: Event
    begins: Span | None = None
    ends: Span | None = None


class OutcomeKind(StrEnum):
    """Answers of a rule that are not dates."""

    NO_RULE = "no_rule"
    NO_PROFILE = "no_profile"
    NO_ANCHOR = "no_anchor"
    OUT_OF_SCOPE = "out_of_scope"
    OTHER_POLICY = "other_policy"
    SUSPENDED = "suspended"


class Within(Value, frozen=True):
    """At most `span` between contacts; `cycle` marks "alle n Wochen", where the last day is the
    target too.

    `as_needed` marks "nach Erfordernis, jedoch mindestens".
    """

    span: Span
    cycle: bool = False
    as_needed: bool = False


class Between(Value, frozen=True):
    """A window: not needed before `lower`, at the latest by `upper` (reading R11)."""

    lower: Span
    upper: Span


class CountInPeriod(Value, frozen=True):
    """`number` counted contact days in each of the periods that follow the anchor (R8, R9).

    Without an anchor, or while its day is unknown, the period rolls: the last `period` up to today.
    """

    number: int
    period: Span
    period_citation: Citation | None = None
    anchor: Event | None = None


class FirstContact(Value, frozen=True):
    """First talk after registration: `usual` is the target, `latest` the bound (reading R13)."""

    usual: Span
    latest: Span


class Deadline(Value, frozen=True):
    """One contact within `span` after an event; none is asked for once there was one after it."""

    event: Event
    span: Span


class Step(Value, frozen=True):
    """What follows once there were `contacts` counted ones; `counts` are the classes that do."""

    contacts: int
    demand: Within | Between
    counts: frozenset[str] = frozenset()


class Steps(Value, frozen=True):
    """A sequence that moves on with every contact the running step accepts; the last one stays."""

    steps: tuple[Step, ...]


class Share(Value, frozen=True):
    """At least `percent` of the population with a contact within `within`."""

    id: str
    percent: Fraction
    within: Span
    citation: Citation

    def required_of(self, number: int) -> int:
        """The smallest whole number of clients that reaches the share."""
        return -((-self.percent.numerator * number) // (100 * self.percent.denominator))


class Measured(StrEnum):
    """On which days shares have to be reached, and what "1 x monatlich" looks back on."""

    EVERY_DAY = "every_day"
    """"of the caseload on the day" (reading R22), spans before each day."""
    MONTH_END = "month_end"
    """On the last day of each month, spans before it."""
    CALENDAR_MONTH = "calendar_month"
    """On the last day of each month; one month is the calendar month, which allows 60 days between
    two talks.
    """


class NestedShares(Value, frozen=True):
    """Shares of one population, narrowest span first; a contact within one counts for all wider
    (R22).
    """

    group: str
    shares: tuple[Share, ...]
    measured: Measured = Measured.EVERY_DAY


class Explicit(Value, frozen=True):
    """An answer without a date, with the sentence that the caseworker reads."""

    kind: OutcomeKind
    text: str


Demand = (
    Within | Between | CountInPeriod | FirstContact | Deadline | Steps | NestedShares | Explicit
)


class Rule(Value, frozen=True):
    """One decision of the office: for whom, what, and where it says so.

    `obligation` is the one it belongs to; empty stands in every obligation of the policy. `counts`
    are the classes of contacts that fulfil it; empty means all that count. Spans run from the last
    of these or from `anchor`, whichever is later; without an anchor from the registration.
    """

    id: str
    title: str
    when: When
    demand: Demand
    citation: Citation
    goals: tuple[str, ...] = ()
    note: str = ""
    """A sentence added to every explanation of this rule, e.g. that another regulation applies."""
    warning: str = ""
    """Code of a warning that goes with this rule, with `note` as its text."""
    obligation: str = ""
    counts: frozenset[str] = frozenset()
    anchor: Event | None = None
    during: During | None = None


class Precedence(StrEnum):
    FIRST = "first"
    """The first rule that applies decides: narrow rules stand first."""
    STRICTEST = "strictest"
    """Of all rules that apply, the one with the earliest last day decides (readings R17, R34)."""


class CountingClause(Value, frozen=True):
    """The first clause that fits a contact decides whether it counts, and says why."""

    id: str
    when: When
    counts: bool
    reason: str
    citation: Citation | None = None
    contact_class: str = ""
    """What kind of contact it is to this policy, for rules that ask for a certain one."""


class Duty(Value, frozen=True):
    """A duty to document. It warns where it is not met; it never un-counts (reading R19)."""

    id: str
    when: When
    note_types: frozenset[str] = frozenset()
    contents: bool = False
    text: str = ""
    citation: Citation | None = None


class AnchorShift(Value, frozen=True):
    """From the day `fact` stopped being `left`, spans begin on that day at the earliest (reading
    R25).
    """

    when: When
    fact: str
    left: str
    citation: Citation


class DeviationEffect(StrEnum):
    NONE = "none"
    """The document knows no individual exception: a recorded one changes nothing."""
    SUSPENDS = "suspends"
    """The duty rests until the end and is due on it, never earlier than the normal day."""
    REPLACES = "replaces"
    """The individual day replaces the rule's."""


class ExceptionKind(Value, frozen=True):
    """An exception the document provides for: what it does, and how it ends.

    It ends with `ends` or on a day of its own, and `longest` after it was agreed at the latest.
    """

    id: str
    title: str
    effect: DeviationEffect
    citation: Citation
    ends: Event | None = None
    longest: Span | None = None


class CapacityNorm(Value, frozen=True):
    """How much of the working week belongs to talks.

    `at_hours` is the week the text fixes a number for.
    """

    roles: tuple[str, ...]
    title: str
    share: Fraction
    citation: Citation
    number: int | None = None
    at_hours: Fraction | None = None
    slot_minutes: int | None = None
    role_names: Mapping[str, str] = field(default_factory=dict)


class Durations(Value, frozen=True):
    """Minutes of a talk and of its preparation, where the document names them."""

    first: int | None = None
    first_preparation: int | None = None
    regular_most: int | None = None
    first_citation: Citation | None = None
    regular_citation: Citation | None = None


class Provision(Value, frozen=True):
    """A sentence of the document that the program shows and that moves no date."""

    id: str
    text: str
    citation: Citation


class Policy(Value, frozen=True):
    id: str
    title: str
    short_title: str
    office: str
    document: str
    nature: Nature
    land: str | None
    validity: Validity
    precedence: Precedence
    rules: tuple[Rule, ...]
    counting: tuple[CountingClause, ...]
    not_counting: str
    """Reason given for a contact that no clause fits."""
    otherwise: Explicit = Explicit(OutcomeKind.NO_RULE, "")
    duties: tuple[Duty, ...] = ()
    shifts: tuple[AnchorShift, ...] = ()
    deviation: DeviationEffect = DeviationEffect.NONE
    deviation_citation: Citation | None = None
    exceptions: tuple[ExceptionKind, ...] = ()
    facts: tuple[FactDeclaration, ...] = ()
    classes: Mapping[str, str] = field(default_factory=dict)
    """Classes of contacts this policy tells apart, with their labels."""
    obligations: Mapping[str, str] = field(default_factory=dict)
    """What is asked for side by side, with labels; empty where it is one thing."""
    capacity: tuple[CapacityNorm, ...] = ()
    durations: Durations = Durations()
    provisions: tuple[Provision, ...] = ()
    supersedes: str = ""
    fault: str = ""
    """Why the file behind it cannot be read. Such a policy is never in force and has no rules."""

    @classmethod
    def unreadable(cls, policy_id: str, fault: str) -> "Policy":
        """What stands in for a policy whose file is broken: no days, and the reason for it."""
        return cls(
            id=policy_id,
            title=policy_id,
            short_title=policy_id,
            office="",
            document="",
            nature=Nature.SOLL,
            land=None,
            validity=Validity(since=date.max),
            precedence=Precedence.FIRST,
            rules=(),
            counting=(),
            not_counting=to_say("das Konzept nicht gelesen werden kann"),
            fault=fault,
        )

    def rule(self, rule_id: str) -> Rule | None:
        return next((rule for rule in self.rules if rule.id == rule_id), None)
