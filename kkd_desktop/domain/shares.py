"""Where does a caseload stand against the shares, whose talk would fill the gap, who is left out?

A quota is filled fastest by those who are easy to meet. So that nobody is forgotten for it, those
whom nobody has met within the widest span stand beside it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from kkd_desktop.domain.caseload import Quota, quotas_of
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.contact import ContactForm
from kkd_desktop.domain.demands import NO_TIER
from kkd_desktop.domain.outcome import Obligation, Outcome, RequiredForm
from kkd_desktop.domain.policy import NestedShares, Policy, Rule, Share
from kkd_desktop.domain.values import Value
from kkd_desktop.domain.worklist import Entry


class Filler(Value, frozen=True):
    """Someone not yet met within the span of a share, whose talk would count for it.

    `by` is the day of the talk that is agreed already (`planned`), else the first day on which one
    is possible. `lifts` are the ids of all shares with a gap that the one talk counts for.
    """

    client: Client
    by: date
    planned: bool
    lifts: tuple[str, ...]
    last: date | None = None
    """The last contact that counts; None for someone never met."""

    @property
    def since(self) -> date | None:
        """From when on nobody met them: the last contact, else the registration, if known."""
        return self.last or self.client.subject.registered


class LeftOut(Value, frozen=True):
    """Someone whom nobody has met within the widest span."""

    client: Client
    last: date | None
    """The last contact that counts; None for someone never met."""
    planned: date | None
    """The day of the next talk that would count, None where none is agreed."""

    @property
    def since(self) -> date | None:
        """From when on nobody met them: the last contact, else the registration, if known."""
        return self.last or self.client.subject.registered


class ShareStanding(Value, frozen=True):
    """One share: reached, required, missing, and who could fill the gap, soonest first."""

    share: Share
    quota: Quota
    candidates: tuple[Filler, ...]

    @property
    def fillers(self) -> tuple[Filler, ...]:
        """As many as are missing: the names that would fill the gap soonest."""
        return self.candidates[: self.quota.missing]


class Population(Value, frozen=True):
    """The clients of one rule with shares, narrowest span first."""

    policy: Policy
    rule: Rule
    number: int
    shares: tuple[ShareStanding, ...]
    left_out: tuple[LeftOut, ...]
    """Those who wait longest first, whether or not the share is reached without them."""

    @property
    def filling(self) -> frozenset[int]:
        """Ids of those whose talks would fill the gaps soonest."""
        return frozenset(each.client.id for share in self.shares for each in share.fillers)

    @property
    def forgotten(self) -> tuple[LeftOut, ...]:
        """Those left out who have no appointment and whom no share needs to be reached."""
        filling = self.filling
        return tuple(
            each for each in self.left_out if not each.planned and each.client.id not in filling
        )


def sets_shares(policy: Policy) -> bool:
    """Whether a policy binds the caseload with shares, and single clients with soft days only."""
    return any(isinstance(rule.demand, NestedShares) for rule in policy.rules)


def populations(
    policies: Sequence[Policy], entries: Iterable[Entry], soonest: date
) -> tuple[Population, ...]:
    """All shares of all policies laid over the caseload, each policy answered for itself.

    `soonest` is the first day on which a talk can be held with someone who has no appointment yet.
    """
    entries = tuple(entries)
    return tuple(
        population for policy in policies for population in _of_policy(policy, entries, soonest)
    )


_Member = tuple[Entry, Obligation]


def _of_policy(policy: Policy, entries: Sequence[Entry], soonest: date) -> list[Population]:
    groups: dict[str, list[_Member]] = {}
    for entry in entries:
        for group, found in groups_of(policy, entry.outcome).items():
            groups.setdefault(group, []).append((entry, found))
    members = [found for group in groups.values() for _, found in group]
    quotas = quotas_of(policy, members)
    return [
        _population(policy, rule, rule.demand, groups.get(rule.demand.group, []), quotas, soonest)
        for rule in policy.rules
        if isinstance(rule.demand, NestedShares)
    ]


def groups_of(policy: Policy, outcome: Outcome) -> dict[str, Obligation]:
    """The groups a client belongs to, once each: a rule may stand in several obligations."""
    found: dict[str, Obligation] = {}
    for each in outcome.obligations:
        asked = each.rule.demand if each.rule else None
        if each.policy.id == policy.id and isinstance(asked, NestedShares) and each.tier:
            found.setdefault(asked.group, each)
    return found


def _population(
    policy: Policy,
    rule: Rule,
    demand: NestedShares,
    members: Sequence[_Member],
    quotas: Mapping[str, Quota],
    soonest: date,
) -> Population:
    standings = []
    open_shares = [s.id for s in demand.shares if quotas[f"{demand.group}.{s.id}"].missing]
    order = [share.id for share in demand.shares]
    for place, share in enumerate(demand.shares):
        met = order[: place + 1]
        candidates = []
        for entry, found in members:
            if found.tier in met:
                continue
            reached = order.index(found.tier) if found.tier in order else len(order)
            lifts = tuple(name for name in order[:reached] if name in open_shares)
            candidates.append(_filler(entry, found, lifts, soonest))
        quota = quotas[f"{demand.group}.{share.id}"]
        standings.append(ShareStanding(share, quota, tuple(sorted(candidates, key=_soonest_first))))
    left_out = sorted(
        (_left_out(*each) for each in members if each[1].tier == NO_TIER), key=_longest_first
    )
    return Population(policy, rule, len(members), tuple(standings), tuple(left_out))


def _filler(entry: Entry, found: Obligation, lifts: tuple[str, ...], soonest: date) -> Filler:
    planned = _planned(entry, found)
    return Filler(entry.client, planned or soonest, planned is not None, lifts, found.last)


def _left_out(entry: Entry, found: Obligation) -> LeftOut:
    return LeftOut(entry.client, found.last, _planned(entry, found))


def _planned(entry: Entry, found: Obligation) -> date | None:
    """The day of the next appointment, where a talk of its form would count."""
    appointment = entry.appointment
    return appointment.day if appointment and appointment.form in forms_of(found) else None


def forms_of(found: Obligation) -> tuple[ContactForm, ...]:
    """The forms in which a talk would count."""
    by_phone = found.required_form is RequiredForm.BELIEBIG
    return (ContactForm.PERSOENLICH, ContactForm.TELEFONISCH) if by_phone else _IN_PERSON


_IN_PERSON = (ContactForm.PERSOENLICH,)


def _soonest_first(filler: Filler) -> tuple[date, int, date, str, int]:
    """By day; on the same day whose one talk fills most gaps, then who has waited longest."""
    since = filler.since or date.min
    return filler.by, -len(filler.lifts), since, filler.client.name, filler.client.id


def _longest_first(left: LeftOut) -> tuple[date, str, int]:
    return left.since or date.min, left.client.name, left.client.id
