"""Which policy is in force in this office, and what does the caseworker have to know about it?"""

from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from kkd_desktop import paths
from kkd_desktop.actions.context import Context
from kkd_desktop.domain import texts
from kkd_desktop.domain.policy import Policy
from kkd_desktop.domain.values import Value
from kkd_desktop.policyfiles.shelf import Shelf, prolonged


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


class OnShelf(Value, frozen=True):
    """One file of the shelf as this caseload sees it, the office's prolongation included.

    A broken file has no policy and says what is wrong, with file, line and key.
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


def on_shelf(context: Context) -> tuple[OnShelf, ...]:
    """All policies at hand, by id, as they stand on the context's day."""
    found = []
    for shelved in context.shelf.all():
        policy, end = shelved.policy, None
        if policy is not None:
            end = policy.validity.until
            policy = _as_prolonged(context, policy)
        found.append(
            OnShelf(
                shelved.id,
                policy,
                _standing(policy, context.today),
                shelved.id in context.settings.policies,
                shelved.own,
                tuple(str(fault) for fault in shelved.faults),
                shelved.note,
                end,
            )
        )
    return tuple(found)


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
    found = []
    for compiled in context.policies():
        policy = compiled.policy
        validity = policy.validity
        if policy.fault:
            text = f"{policy.short_title}: Das Konzept ist nicht lesbar. {policy.fault}"
            found.append(PolicyNotice(policy, text, can_prolong=False))
            continue
        if validity.in_force(context.today):
            continue
        if validity.until is not None and context.today > validity.until:
            since = texts.day(validity.until + timedelta(days=1))
            text = (
                f"{policy.short_title}: Regelung abgelaufen seit {since}. "
                "Es werden keine Fristen berechnet, bis das Jobcenter sie bewusst verlängert."
            )
            found.append(PolicyNotice(policy, text, can_prolong=True))
        else:
            begins = texts.day(validity.begins())
            text = f"{policy.short_title} gilt erst ab {begins}. Es werden keine Fristen berechnet."
            found.append(PolicyNotice(policy, text, can_prolong=False))
    return tuple(found)


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
