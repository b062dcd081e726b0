"""Which policy is in force in this office, and what does the caseworker have to know about it?"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from kkd_desktop import paths
from kkd_desktop.actions.context import Context
from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import said
from kkd_desktop.domain.policy import Policy
from kkd_desktop.domain.policy_set import Concept, PolicySet, version_on
from kkd_desktop.domain.values import Value, replace
from kkd_desktop.policyfiles.shelf import Shelf as Shelf
from kkd_desktop.policyfiles.shelf import Shelved as Shelved
from kkd_desktop.policyfiles.shelf import prolonged


def open_shelf() -> Shelf:
    """The shipped policies and the office's own in the user's data folder."""
    return Shelf((paths.policies(), own_folder()))


def own_folder() -> Path:
    """Where the office puts its own policy files; it need not exist."""
    return paths.user_data() / "konzepte"


class Standing(StrEnum):
    """How a policy stands on a day."""

    IN_FORCE = "in_force"
    EXPIRED = "expired"
    AHEAD = "ahead"
    BROKEN = "broken"


class PartOnShelf(Value, frozen=True):
    """One part of a set: its versions, the office's prolongations included, oldest first."""

    versions: tuple[Policy, ...]
    speaking: Policy
    """The version of the day: the one in force, else the last that was, or the first to come."""


class OnShelf(Value, frozen=True):
    """One file of the shelf as this caseload sees it, the office's prolongation included.

    A broken file has neither policy nor set and says what is wrong, with file, line and key.
    """

    id: str
    policy: Policy | None
    standing: Standing
    is_chosen: bool
    is_own: bool
    faults: tuple[str, ...] = ()
    note: str = ""
    document_end: date | None = None
    """The document's own end, also where the office has moved it on."""
    whole: PolicySet | None = None
    """What a file is that puts several policies together."""
    parts: tuple[PartOnShelf, ...] = ()
    in_use: bool = False
    """Whether the caseload is worked by it today: chosen, or what speaks in a chosen set."""

    @property
    def is_readable(self) -> bool:
        return self.policy is not None or self.whole is not None

    @property
    def short_title(self) -> str:
        named = self.policy or self.whole
        return self.id if named is None else named.short_title

    @property
    def office(self) -> str:
        named = self.policy or self.whole
        return "" if named is None else named.office


def on_shelf(context: Context) -> tuple[OnShelf, ...]:
    """All sets and policies at hand, sets first and by id, as they stand on the context's day."""
    used = {each.policy.id for each in context.policies()}
    sets = [_set_on_shelf(context, each) for each in context.shelf.sets()]
    return (*sets, *(_policy_on_shelf(context, each, used) for each in context.shelf.all()))


def choosable(shelf: Shelf) -> tuple[tuple[str, str], ...]:
    """Id and title with office of everything a caseload can be worked by."""
    sets = [(each.policies, " (Zusammenstellung)") for each in shelf.sets()]
    single = [(each.policy, "") for each in shelf.all()]
    return tuple(
        (each.id, f"{each.short_title} · {each.office}{kind}")
        for each, kind in (*sets, *single)
        if each is not None
    )


def _policy_on_shelf(context: Context, shelved: Shelved, used: Collection[str]) -> OnShelf:
    policy, end = shelved.policy, None
    if policy is not None:
        end = policy.validity.until
        policy = _as_prolonged(context, policy)
    return OnShelf(
        shelved.id,
        policy,
        _standing(policy, context.today),
        shelved.id in context.settings.policies,
        shelved.own,
        tuple(str(fault) for fault in shelved.faults),
        shelved.note,
        end,
        in_use=shelved.id in used,
    )


def _set_on_shelf(context: Context, shelved: Shelved) -> OnShelf:
    chosen = shelved.id in context.settings.policies
    found = OnShelf(
        shelved.id,
        None,
        Standing.BROKEN,
        chosen,
        shelved.own,
        note=shelved.note,
        whole=shelved.policies,
        in_use=chosen,
    )
    assert shelved.policies is not None, "a set is one"
    try:
        parts = tuple(_part(context, versions) for versions in shelved.policies.parts)
    except UserError as fault:
        # A set whose parts were in order when it was read, and one of them was changed since.
        return replace(found, whole=None, faults=(str(fault),))
    standings = {_standing(part.speaking, context.today) for part in parts}
    order = (Standing.IN_FORCE, Standing.EXPIRED, Standing.AHEAD)
    return replace(found, parts=parts, standing=next(each for each in order if each in standings))


def _part(context: Context, ids: Sequence[str]) -> PartOnShelf:
    versions = [_as_prolonged(context, context.shelf.load(each)) for each in ids]
    versions.sort(key=lambda policy: policy.validity.begins() or date.min)
    return PartOnShelf(tuple(versions), version_on(versions, context.today))


def _as_prolonged(context: Context, policy: Policy) -> Policy:
    until, end = context.settings.prolonged.get(policy.id), policy.validity.until
    # An own file that replaces a shipped one may reach further than the prolongation.
    return policy if until is None or end is None or until <= end else prolonged(policy, until)


def _standing(policy: Policy | None, day: date) -> Standing:
    if policy is None:
        return Standing.BROKEN
    if policy.validity.in_force(day):
        return Standing.IN_FORCE
    until = policy.validity.until
    return Standing.EXPIRED if until is not None and until < day else Standing.AHEAD


class PolicyNotice(Value, frozen=True):
    """What to say about a policy that gives no days, and whether the office may prolong it."""

    policy: Policy
    text: str
    can_prolong: bool


def notices(context: Context) -> tuple[PolicyNotice, ...]:
    """One notice for every chosen policy that is not in force on the context's day."""
    return tuple(
        notice
        for concept in context.concepts(context.today)
        for notice in _notices(concept, context.today)
    )


def _notices(concept: Concept, today: date) -> Iterator[PolicyNotice]:
    for policy in concept.policies:
        validity, name, silent = (
            policy.validity,
            policy.short_title,
            said("Es werden keine Fristen"),
        )
        if concept.whole is not None:
            name = said("{name} (in „{title}“)").format(name=name, title=concept.title)
            if any(each.validity.in_force(today) for each in concept.policies):
                silent = said("Daraus werden keine Fristen")
        if policy.fault:
            text = said("{name}: Das Konzept ist nicht lesbar. {fault}").format(
                name=name, fault=policy.fault
            )
            yield PolicyNotice(policy, text, can_prolong=False)
        elif validity.until is not None and today > validity.until:
            since = texts.day(validity.until + timedelta(days=1))
            text = said(
                "{name}: Regelung abgelaufen seit {since}. {silent} berechnet, bis "
                "das Jobcenter sie bewusst verlängert."
            ).format(name=name, since=since, silent=silent)
            yield PolicyNotice(policy, text, can_prolong=True)
        elif not validity.in_force(today):
            begins = texts.day(validity.begins())
            text = said("{name} gilt erst ab {begins}. {silent} berechnet.").format(
                name=name, begins=begins, silent=silent
            )
            yield PolicyNotice(policy, text, can_prolong=False)


def choose(context: Context, *policy_ids: str) -> None:
    """Put policies in force for this caseload; several are laid over each other, strictest wins."""
    for policy_id in policy_ids:
        context.shelf.parts(policy_id, context.today)
    context.change_settings(policies=tuple(dict.fromkeys(policy_ids)))


def prolong(context: Context, policy_id: str, until: date) -> None:
    """The office deliberately prolongs a policy whose document has run out, to a later day."""
    prolonged(context.shelf.load(policy_id), until)
    context.change_settings(prolonged={**context.settings.prolonged, policy_id: until})


def end_prolongation(context: Context, policy_id: str) -> None:
    """The document's own end counts again."""
    changed = {k: v for k, v in context.settings.prolonged.items() if k != policy_id}
    context.change_settings(prolonged=changed)
