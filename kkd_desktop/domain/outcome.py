"""What is due for one client, when, and why? The answer of an evaluation."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from kkd_desktop.domain.contact import Contact
from kkd_desktop.domain.policy import Citation, Policy, Rule
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


STATE_TEXTS = {
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


class Notice(Value, frozen=True):
    """A hint beside a result: a code for machines, a German sentence for people."""

    code: str
    text: str


class Obligation(Value, frozen=True):
    """One duty under one policy. Days that do not apply are None."""

    policy: Policy
    rule: Rule | None
    state: State
    anchor: date | None = None
    anchor_text: str = ""
    last: date | None = None
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
    required_form: RequiredForm | None = None
    counted: tuple[int, ...] = ()
    warnings: tuple[Notice, ...] = ()
    text: str = ""
    """The sentence of an explicit answer, or of what changed the date (a deviation, a change)."""

    def days_left(self, today: date) -> int | None:
        return None if self.latest is None else (self.latest - today).days


class Outcome(Value, frozen=True):
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
