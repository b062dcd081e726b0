"""What will be asked next of somebody who is met on a given day?

Answered by the one evaluation there is, with talks that have not taken place yet.
"""

from collections.abc import Sequence
from datetime import date

from kkd_desktop.domain.client import Subject
from kkd_desktop.domain.compiled_policy import CompiledPolicy
from kkd_desktop.domain.contact import ContactForm, ContactKind, ContactLog, NoteType
from kkd_desktop.domain.evaluation import evaluate
from kkd_desktop.domain.outcome import Outcome
from kkd_desktop.domain.planning import Asked, asked_of
from kkd_desktop.domain.workdays import DAY

_NOTES = (
    NoteType.BERATUNGSVERMERK,
    NoteType.STANDORTBESTIMMUNG,
    NoteType.FALLMANAGEMENTVERMERK,
)
"""The Vermerke a planned talk may end with; the first that counts is taken."""

_MOST_TALKS = 60


class Foresight:
    """One person with their contacts, and the days that are `agreed` already."""

    def __init__(
        self,
        subject: Subject,
        log: ContactLog,
        policies: Sequence[CompiledPolicy],
        agreed: Sequence[date] = (),
        form: ContactForm = ContactForm.PERSOENLICH,
    ) -> None:
        self._subject = subject
        self._log = log
        self._policies = policies
        self._agreed = sorted(agreed)
        self._form = form
        self._kind: ContactKind | None = None

    def met_on(self, days: Sequence[date]) -> Outcome:
        """What the policies say on the last of these days, once all of them were talks."""
        kinds = [self._counting(days[0])] * len(days)
        log = ContactLog([*self._log.days, *days], [*self._log.kinds, *kinds])
        return evaluate(self._subject, log, self._policies, days[-1])

    def counts(self, day: date) -> bool:
        """Whether a talk of this form would count for what is asked."""
        return self._counts(self._counting(day), day)

    def first(self, today: date) -> Asked | None:
        """What is asked after all that is agreed."""
        if self._agreed:
            return self._after(self._agreed)
        outcome = evaluate(self._subject, self._log, self._policies, today)
        return asked_of(outcome.deciding, self._subject.planned_next)

    def after_each(self, first: Asked, days: Sequence[date]) -> dict[date, Asked]:
        """For each day what is asked next of somebody met on it.

        Where talks are counted, those before it are taken to be held on their targets.
        """
        usual = self._usual(first, days)
        found = {}
        for day in days:
            if day < first.earliest:
                continue
            asked = self._after([*self._agreed, *_before(day, usual), day])
            if asked is not None:
                found[day] = asked
        return found

    def _usual(self, first: Asked, days: Sequence[date]) -> list[date]:
        """The days of the plan on which the person would be met if every target were kept."""
        found: list[date] = []
        asked: Asked | None = first
        while asked is not None and len(found) < _MOST_TALKS:
            target = max(asked.target, found[-1] + DAY) if found else asked.target
            day = next((each for each in days if each >= target), None)
            if day is None:
                break
            found.append(day)
            asked = self._after([*self._agreed, *found])
        return found

    def _after(self, days: Sequence[date]) -> Asked | None:
        found = self.met_on(days).deciding
        asked = asked_of(found)
        if asked is not None:
            return asked
        if found.required is None or found.period_end is None:
            return None
        # The number of this period is reached: what is asked begins with the next one.
        begin = found.period_end + DAY
        kinds = [self._counting(days[0])] * len(days)
        log = ContactLog([*self._log.days, *days], [*self._log.kinds, *kinds])
        return asked_of(evaluate(self._subject, log, self._policies, begin).deciding)

    def _counting(self, day: date) -> ContactKind:
        if self._kind is None:
            first = not len(self._log)
            kinds = [
                ContactKind(self._form, note, first=first, phone_reason=True) for note in _NOTES
            ]
            counting = (kind for kind in kinds if self._counts(kind, day))
            self._kind = next(counting, kinds[0])
        return self._kind

    def _counts(self, kind: ContactKind, day: date) -> bool:
        log = ContactLog([*self._log.days, day], [*self._log.kinds, kind])
        found = evaluate(self._subject, log, self._policies, day)
        return found.deciding.last == day or any(each.last == day for each in found.obligations)


def _before(day: date, usual: Sequence[date]) -> list[date]:
    """The usual talks that lie before a day, without the one that it takes the place of."""
    earlier = [each for each in usual if each < day]
    later = next((each for each in usual if each >= day), None)
    if earlier and (later is None or day - earlier[-1] < later - day):
        earlier.pop()
    return earlier
