"""Which of an office's policies speak on a day: several in their order, each with its versions?"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from kkd_desktop.domain.policy import Policy, Validity
from kkd_desktop.domain.values import Value


class Combine(StrEnum):
    FIRST = "first"
    """The first part that has an answer for a client decides."""
    STRICTEST = "strictest"
    """All parts are laid over each other; the earliest last day decides (reading R34)."""


class PolicySet(Value, frozen=True):
    """Policies of one office that belong together.

    A part is one concept; its ids are versions of it, of which the one in force is used.
    """

    id: str
    title: str
    short_title: str
    office: str
    combine: Combine
    parts: tuple[tuple[str, ...], ...]


class Concept(Value, frozen=True):
    """What a caseload is worked by or compared with: a policy, or a set with each part in the
    version that speaks on a day.
    """

    id: str
    policies: tuple[Policy, ...]
    whole: PolicySet | None = None

    @property
    def title(self) -> str:
        return self.policies[0].short_title if self.whole is None else self.whole.short_title

    @property
    def combine(self) -> Combine:
        return Combine.STRICTEST if self.whole is None else self.whole.combine


def speaking(whole: PolicySet, load: Callable[[str], Policy], day: date) -> Concept:
    """Each part of a set in its version of a day."""
    parts = (version_on([load(each) for each in versions], day) for versions in whole.parts)
    return Concept(whole.id, tuple(parts), whole)


def version_on(versions: Sequence[Policy], day: date) -> Policy:
    """The version in force on a day. Where none is, the last that was, or else the first to come:
    it says itself that it gives no days.
    """
    by_beginning = sorted(versions, key=lambda policy: _begins(policy.validity))
    begun = [policy for policy in by_beginning if _begins(policy.validity) <= day]
    in_force = [policy for policy in begun if policy.validity.in_force(day)]
    return (in_force or begun or by_beginning[:1])[-1]


def gaps(validities: Sequence[Validity]) -> Iterator[tuple[date, date]]:
    """First and last day of each stretch between versions in which none of them is in force."""
    day = timedelta(days=1)
    covered: date | None = None
    for one, following in pairwise(sorted(validities, key=_begins)):
        if one.until is None:
            return
        covered = one.until if covered is None else max(covered, one.until)
        begins = _begins(following)
        if covered + day < begins:
            yield covered + day, begins - day


def overlap(one: Validity, other: Validity) -> bool:
    earlier, later = sorted((one, other), key=_begins)
    return earlier.until is None or _begins(later) <= earlier.until


def _begins(validity: Validity) -> date:
    return validity.begins() or date.min
