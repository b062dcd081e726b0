"""Does a contact count, over all that is asked for side by side?"""

from collections.abc import Sequence
from datetime import date

from kkd_desktop.domain.client import Subject
from kkd_desktop.domain.compiled_policy import CompiledPolicy
from kkd_desktop.domain.contact import Contact
from kkd_desktop.domain.counting import Counting
from kkd_desktop.domain.language import said
from kkd_desktop.domain.outcome import Obligation, Outcome, Verdict
from kkd_desktop.domain.texts import quoted
from kkd_desktop.domain.values import Value


class Judged(Value, frozen=True):
    """What one obligation, named by its title or its policy, says to a contact."""

    name: str
    verdict: Verdict


class PartVerdict(Verdict, frozen=True):
    """A contact that counts for some of the obligations only. The reason is why not for all."""

    counts_for: tuple[str, ...] = ()
    not_for: tuple[str, ...] = ()


class Judge:
    """Weighs contacts of one client by the rules that decide now.

    What gives no day to a client has no say, unless nothing does.
    """

    def __init__(
        self, subject: Subject, outcome: Outcome, policies: Sequence[CompiledPolicy]
    ) -> None:
        self._subject = subject
        self._today: date = outcome.today
        asking = [each for each in outcome.obligations if each.has_duty] or outcome.obligations
        self._countings = [(_name(each), _counting(each, policies)) for each in asking]

    def judged(self, contact: Contact) -> list[Judged]:
        """One verdict per obligation."""
        return [
            Judged(name, counting.verdict(contact, self._subject, self._today))
            for name, counting in self._countings
        ]

    def verdict(self, contact: Contact) -> Verdict:
        """All of them summed up."""
        return summed_up(self.judged(contact))


def summed_up(judged: Sequence[Judged]) -> Verdict:
    """One verdict for several obligations; duties to document are those of all that count it."""
    counting = [each for each in judged if each.verdict.counts]
    refusing = [each for each in judged if not each.verdict.counts]
    speaking = refusing or counting
    first = speaking[0].verdict
    reason = said(" und weil ").join(dict.fromkeys(each.verdict.reason for each in speaking))
    noted = dict(
        pair
        for each in counting
        for pair in zip(each.verdict.warnings, each.verdict.duties, strict=True)
    )
    found = Verdict(
        bool(counting),
        reason,
        first.citation,
        tuple(noted),
        tuple(noted.values()),
        first.contact_class,
    )
    return _in_part(found, counting, refusing) if counting and refusing else found


def _in_part(found: Verdict, counting: Sequence[Judged], refusing: Sequence[Judged]) -> PartVerdict:
    return PartVerdict(
        found.counts,
        found.reason,
        found.citation,
        found.warnings,
        found.duties,
        found.contact_class,
        tuple(dict.fromkeys(each.name for each in counting)),
        tuple(dict.fromkeys(each.name for each in refusing)),
    )


def verdict_parts(verdict: Verdict) -> tuple[str, str]:
    """What is said first, and why: `zählt nicht` and `weil …`, or `zählt für „Telefonkontakt“` and
    `nicht für „Persönliches Gespräch“, weil …`.
    """
    why = said("weil {reason}").format(reason=verdict.reason)
    if isinstance(verdict, PartVerdict):
        against = _listed(verdict.not_for)
        return said("zählt für {listed}").format(listed=_listed(verdict.counts_for)), said(
            "nicht für {against}, {why}"
        ).format(against=against, why=why)
    return said("zählt") if verdict.counts else said("zählt nicht"), why


def verdict_text(verdict: Verdict) -> str:
    """`zählt für „Telefonkontakt“, nicht für „Persönliches Gespräch“, weil …`."""
    return ", ".join(verdict_parts(verdict))


def _counting(found: Obligation, policies: Sequence[CompiledPolicy]) -> Counting:
    policy = next(each for each in policies if each.policy is found.policy)
    return policy.counting_of(frozenset() if found.rule is None else found.rule.counts)


def _name(found: Obligation) -> str:
    return found.title or found.policy.short_title


def _listed(names: Sequence[str]) -> str:
    return said(" und ").join(map(quoted, names))
