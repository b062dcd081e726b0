"""Which of the first steps are done? Told by what was done, never by what was clicked."""

from enum import StrEnum

from kkd_desktop.domain.values import Value


class TourStep(StrEnum):
    """The first steps, in their order."""

    OFFICE = "office"
    PEOPLE = "people"
    CONTACT = "contact"
    INVITATION = "invitation"


class TourState(StrEnum):
    RUNNING = "running"
    LEFT = "left"
    DONE = "done"


class Marks(Value, frozen=True):
    """How many people there are, and the ids of the newest contact, appointment, letter and handing
    out to a calendar.
    """

    people: int = 0
    contact: int = 0
    appointment: int = 0
    letter: int = 0
    export: int = 0


class Tour(Value, frozen=True):
    """The tour of one caseload. `done` are steps that are done as of now: an undo takes back."""

    state: TourState
    done: frozenset[TourStep] = frozenset()

    @property
    def next_step(self) -> TourStep | None:
        """The first that is not done; None when all are."""
        return next((step for step in TourStep if step not in self.done), None)


def steps_done(begun: Marks, now: Marks, *, office_is_set: bool) -> frozenset[TourStep]:
    """What was done since the tour began. Who is in the caseload may have been there before."""
    done = {
        TourStep.OFFICE: office_is_set,
        TourStep.PEOPLE: now.people > 0,
        TourStep.CONTACT: now.contact > begun.contact and now.appointment > begun.appointment,
        TourStep.INVITATION: now.letter > begun.letter or now.export > begun.export,
    }
    return frozenset(step for step, is_done in done.items() if is_done)
