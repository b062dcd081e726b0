"""A concept tried out: read by its id or from a file, and taken to hold on any day."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path

from kkd_desktop.actions.context import Context
from kkd_desktop.domain import language, texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.policy import Policy, Validity
from kkd_desktop.domain.policy_set import Concept, PolicySet, speaking
from kkd_desktop.domain.values import replace
from kkd_desktop.policyfiles.shelf import Shelf


def of_caseload(context: Context, name: str, day: date) -> Concept:
    """What an id stands for, with the office's own prolongations, or what is in a `.toml` file."""
    if _is_file(name):
        return _from_file(context.shelf, name, day)
    return _concept(context.shelf.policy_set(name), name, context.policy, day)


def on_shelf(shelf: Shelf, name: str, day: date) -> Concept:
    """What an id stands for, or what is in a `.toml` file."""
    if _is_file(name):
        return _from_file(shelf, name, day)
    return _concept(shelf.policy_set(name), name, shelf.load, day)


def _from_file(shelf: Shelf, name: str, day: date) -> Concept:
    path = Path(name)
    if not path.is_file():
        raise UserError(language.said("{name}: Diese Datei gibt es nicht.").format(name=name))
    found, beside = shelf.load_any(path)
    if isinstance(found, PolicySet):
        return speaking(found, beside.load, day)
    return Concept(found.id, (found,))


def _concept(
    whole: PolicySet | None, name: str, load: Callable[[str], Policy], day: date
) -> Concept:
    return Concept(name, (load(name),)) if whole is None else speaking(whole, load, day)


def _is_file(name: str) -> bool:
    return name.endswith(".toml")


def as_if_in_force(concept: Concept) -> Concept:
    """The concept as it would answer if it held: a draft, one to come, or one that has run out."""
    held = tuple(replace(policy, validity=Validity()) for policy in concept.policies)
    return replace(concept, policies=held)


def validity_notes(concepts: Iterable[Concept], day: date) -> tuple[str, ...]:
    """What to know about policies that do not hold on a day, each said once."""
    said = (validity_note(policy, day) for concept in concepts for policy in concept.policies)
    return tuple(dict.fromkeys(note for note in said if note))


def validity_note(policy: Policy, day: date) -> str:
    """What to know about a policy that does not hold on a day; empty where it does."""
    validity = policy.validity
    if policy.fault:
        return language.said("{short_title} ist nicht lesbar").format(
            short_title=policy.short_title
        )
    if validity.in_force(day):
        return ""
    if validity.until is not None and validity.until < day:
        over = texts.day(validity.until + timedelta(days=1))
        return language.said("{short_title} ist seit {over} abgelaufen").format(
            short_title=policy.short_title, over=over
        )
    return language.said("{short_title} gilt erst ab {day}").format(
        short_title=policy.short_title, day=texts.day(validity.begins())
    )
