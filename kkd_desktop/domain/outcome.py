"""What is due for one client, when, and why? The answer of an evaluation."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Protocol

from kkd_desktop.domain.contact import Contact
from kkd_desktop.domain.language import Sayings, said
from kkd_desktop.domain.policy import Citation, Demand, Policy, Rule, Step
from kkd_desktop.domain.values import Value, field


class State(StrEnum):
    OK = "ok"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    MET = "met"
    ON_PACE = "on_pace"
    BEHIND = "behind"
    FAILED = "failed"
    NO_RULE = "no_rule"
    NO_PROFILE = "no_profile"
    NO_ANCHOR = "no_anchor"
    OUT_OF_SCOPE = "out_of_scope"
    OTHER_POLICY = "other_policy"
    NOT_IN_FORCE = "not_in_force"
    SUSPENDED = "suspended"
    EXCEPTED = "excepted"


STATE_TEXTS = Sayings(
    {
        State.OK: "in der Frist",
        State.DUE_TODAY: "heute fällig",
        State.OVERDUE: "überfällig",
        State.MET: "Anzahl erreicht",
        State.ON_PACE: "im Takt",
        State.BEHIND: "hinter dem Takt",
        State.FAILED: "Zeitraum ohne volle Anzahl beendet",
        State.NO_RULE: "keine Vorgabe",
        State.NO_PROFILE: "Profil fehlt",
        State.NO_ANCHOR: "Angabe fehlt",
        State.OUT_OF_SCOPE: "nicht im Geltungsbereich",
        State.OTHER_POLICY: "andere Regelung",
        State.NOT_IN_FORCE: "Konzept nicht in Kraft",
        State.SUSPENDED: "ausgesetzt",
        State.EXCEPTED: "Ausnahme vereinbart",
    }
)
"""Each state in words. A state without a duty never reads like one that is in order."""


class RequiredForm(StrEnum):
    BELIEBIG = "beliebig"
    PERSOENLICH = "persoenlich"


class Verdict(Value, frozen=True):
    """Whether a contact counts under a policy, why, and which duties to document it leaves open."""

    counts: bool
    reason: str
    citation: Citation | None = None
    warnings: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    """What is missing in the documentation, in words."""
    contact_class: str = ""


class Notice(Value, frozen=True):
    """A hint beside a result: a code for machines, a sentence for people."""

    code: str
    text: str


class Anchor(Value, frozen=True, gc=False):
    """The day from which spans run, and what happened on it, in German; `left` is what ended."""

    day: date
    text: str
    left: str = ""


class Remark(Value, frozen=True, gc=False):
    """A sentence in German with what stands in it. It is said when it is read: findings are kept,
    and what is stored of them is German.
    """

    german: str
    reason: str = ""
    label: str = ""

    @property
    def text(self) -> str:
        label = said(self.label) if self.label else ""
        return said(self.german).format(reason=self.reason, label=label)


class Days(Value, frozen=True, gc=False):
    """The days and numbers a demand leads to; None where it says nothing of the kind."""

    state: State
    earliest: date | None = None
    target: date | None = None
    latest: date | None = None
    required: int | None = None
    count: int | None = None
    missing: int | None = None
    period_start: date | None = None
    period_end: date | None = None
    milestones: Mapping[str, date] = field(default_factory=dict)
    tier: str | None = None
    lapsed: bool = False
    """The EinV/Kooperationsplan whose period anchored the count has run out."""


class Finding(Value, frozen=True, gc=False):
    """What a rule leads to. Nothing in it is one client's own, so clients with the same days share
    it.

    `last` is the day of the last contact that counts, `counts` are the classes that fulfil it, and
    `text` is the sentence of an answer without a date, or of a change: ours or of the policy.
    """

    rule: Rule | None
    days: Days
    anchor: Anchor | None = None
    last: date | None = None
    text: str | Remark = ""
    step: Step | None = None
    exception: Citation | None = None
    """Where the document provides for the exception that changed the days."""

    @property
    def state(self) -> State:
        return self.days.state

    @property
    def latest(self) -> date | None:
        return self.days.latest

    @property
    def demand(self) -> Demand | None:
        """What is asked for now: of a sequence the step that is on."""
        if self.step is not None:
            return self.step.demand
        return None if self.rule is None else self.rule.demand

    @property
    def counts(self) -> frozenset[str]:
        """The classes of contacts that fulfil it; empty means all that count."""
        if self.step is not None and self.step.counts:
            return self.step.counts
        return frozenset() if self.rule is None else self.rule.counts


class FactUsed(Value, frozen=True):
    """A fact as the answer saw it, in words, and the days on which it holds."""

    id: str
    label: str
    value: str
    since: date | None = None
    until: date | None = None


class Evidence(Protocol):
    """What an answer stands on, for one client: worked out when it is asked for."""

    def counted(self, finding: Finding) -> tuple[int, ...]:
        """Indexes of the contacts that count, in the order in which they were given."""

    def last_contact(self, finding: Finding) -> Contact | None:
        """The last of them; of several on its day the one that was given first."""

    def verdicts(self, finding: Finding) -> "tuple[CountedContact, ...]":
        """Every contact, newest first, with whether it counts for this and why."""

    def facts(self) -> tuple[FactUsed, ...]:
        """What the policy asks about, as it is today."""

    def hints(self, obligation: "Obligation") -> tuple[Notice, ...]:
        """What the caseworker should know beside the date."""

    def required_form(self, finding: Finding) -> RequiredForm:
        """Whether a telephone talk today would do."""


class Obligation(Value, frozen=True, gc=False):
    """One thing that is asked for under one policy. Days that do not apply are None.

    `id` names it where a policy asks for several side by side; else it is empty.
    """

    policy: Policy
    finding: Finding
    evidence: Evidence
    id: str = ""

    @property
    def rule(self) -> Rule | None:
        return self.finding.rule

    @property
    def demand(self) -> Demand | None:
        return self.finding.demand

    @property
    def state(self) -> State:
        return self.finding.days.state

    @property
    def title(self) -> str:
        """What is asked for, where there are several things: `Persönliches Gespräch`."""
        return self.policy.obligations.get(self.id, "")

    @property
    def anchor(self) -> date | None:
        found = self.finding.anchor
        return None if found is None else found.day

    @property
    def anchor_text(self) -> str:
        found = self.finding.anchor
        if found is None:
            return ""
        text = said(found.text)
        return text.format(left=found.left) if found.left else text

    @property
    def last(self) -> date | None:
        return self.finding.last

    @property
    def earliest(self) -> date | None:
        return self.finding.days.earliest

    @property
    def target(self) -> date | None:
        return self.finding.days.target

    @property
    def latest(self) -> date | None:
        return self.finding.days.latest

    @property
    def required(self) -> int | None:
        return self.finding.days.required

    @property
    def count(self) -> int | None:
        return self.finding.days.count

    @property
    def missing(self) -> int | None:
        return self.finding.days.missing

    @property
    def period_start(self) -> date | None:
        return self.finding.days.period_start

    @property
    def period_end(self) -> date | None:
        return self.finding.days.period_end

    @property
    def milestones(self) -> Mapping[str, date]:
        return self.finding.days.milestones

    @property
    def tier(self) -> str | None:
        return self.finding.days.tier

    @property
    def lapsed(self) -> bool:
        return self.finding.days.lapsed

    @property
    def text(self) -> str:
        found = self.finding.text
        return found if isinstance(found, str) else found.text

    @property
    def has_duty(self) -> bool:
        """Whether a day or a number of contacts is asked for."""
        return self.latest is not None or self.required is not None

    @property
    def required_form(self) -> RequiredForm | None:
        return self.evidence.required_form(self.finding) if self.has_duty else None

    @property
    def counted(self) -> tuple[int, ...]:
        """Indexes of the contacts that count, in the order in which they were given."""
        return self.evidence.counted(self.finding)

    @property
    def last_contact(self) -> Contact | None:
        """The last contact that counts."""
        return self.evidence.last_contact(self.finding)

    @property
    def warnings(self) -> tuple[Notice, ...]:
        return self.evidence.hints(self)

    def days_left(self, today: date) -> int | None:
        return None if self.latest is None else (self.latest - today).days


class Outcome(Value, frozen=True, gc=False):
    """The sum for one client: the strictest obligation decides, all of them are kept."""

    today: date
    deciding: Obligation
    obligations: tuple[Obligation, ...]

    @property
    def state(self) -> State:
        return self.deciding.state

    @property
    def latest(self) -> date | None:
        return self.deciding.latest

    @property
    def days_left(self) -> int | None:
        return self.deciding.days_left(self.today)


class CountedContact(Value, frozen=True):
    """A contact beside its verdict, as the Kundenhistorie shows it."""

    contact: Contact
    verdict: Verdict
