"""What has the office decided?

A Kontaktdichtekonzept as plain values, each number with its sentence.

These values say nothing about files: `policyfiles` builds them from TOML, `evaluation` applies
them.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction

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


class Test(Value, frozen=True):
    """One fact against allowed values. `values` None asks only whether the fact is known."""

    __test__ = False

    fact: str
    values: frozenset[str | bool] | None
    negated: bool = False


class When(Value, frozen=True):
    """All tests must hold; no test at all holds always.

    A test on an unknown fact never holds, negated or not: nothing is guessed. `values` None with
    `negated` is how a policy asks for exactly that case ("Profil fehlt").
    """

    tests: tuple[Test, ...] = ()


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
    """`number` counted contact days in each period that begins at the EinV/Kooperationsplan (R8,
    R9).
    """

    number: int
    period: Span
    period_citation: Citation | None = None


class FirstContact(Value, frozen=True):
    """First talk after registration: `usual` is the target, `latest` the bound (reading R13)."""

    usual: Span
    latest: Span


class Share(Value, frozen=True):
    """At least `percent` of the population with a contact within `within`."""

    id: str
    percent: Fraction
    within: Span
    citation: Citation

    def required_of(self, number: int) -> int:
        """The smallest whole number of clients that reaches the share."""
        return -((-self.percent.numerator * number) // (100 * self.percent.denominator))


class NestedShares(Value, frozen=True):
    """Shares of one population, narrowest span first; a contact within one counts for all wider
    (R22).
    """

    group: str
    shares: tuple[Share, ...]


class Explicit(Value, frozen=True):
    """An answer without a date, with the sentence that the caseworker reads."""

    kind: OutcomeKind
    text: str


Demand = Within | Between | CountInPeriod | FirstContact | NestedShares | Explicit


class Rule(Value, frozen=True):
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
            not_counting="das Konzept nicht gelesen werden kann",
            fault=fault,
        )

    def rule(self, rule_id: str) -> Rule | None:
        return next((rule for rule in self.rules if rule.id == rule_id), None)
