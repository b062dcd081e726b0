"""A policy tried out: read by its id or from a file, and taken to hold on any day."""

from datetime import date, timedelta
from pathlib import Path

from kkd_desktop.actions.context import Context
from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.policy import Policy, Validity
from kkd_desktop.domain.values import replace
from kkd_desktop.policyfiles.shelf import Shelf


def of_caseload(context: Context, name: str) -> Policy:
    """The policy of an id, with the office's own prolongation, or of a `.toml` file."""
    return from_file(context.shelf, name) if _is_file(name) else context.policy(name)


def on_shelf(shelf: Shelf, name: str) -> Policy:
    """The policy of an id, or of a `.toml` file."""
    return from_file(shelf, name) if _is_file(name) else shelf.load(name)


def from_file(shelf: Shelf, name: str) -> Policy:
    path = Path(name)
    if not path.is_file():
        raise UserError(f"{name}: diese Datei gibt es nicht.")
    return shelf.load_file(path)


def _is_file(name: str) -> bool:
    return name.endswith(".toml")


def as_if_in_force(policy: Policy) -> Policy:
    """The policy as it would answer if it held: a draft, one to come, or one that has run out."""
    return replace(policy, validity=Validity())


def validity_note(policy: Policy, day: date) -> str:
    """What to know about a policy that does not hold on a day; empty where it does."""
    validity = policy.validity
    if policy.fault:
        return f"{policy.short_title} ist nicht lesbar"
    if validity.in_force(day):
        return ""
    if validity.until is not None and validity.until < day:
        over = texts.day(validity.until + timedelta(days=1))
        return f"{policy.short_title} ist seit {over} abgelaufen"
    return f"{policy.short_title} gilt erst ab {texts.day(validity.begins())}"
