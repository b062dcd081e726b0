"""Begin, leave and resume the tour of the first steps; how far has it come?"""

from kkd_desktop.actions import policies
from kkd_desktop.actions.context import Context
from kkd_desktop.domain.tour import Marks, Tour, TourState, TourStep, steps_done
from kkd_desktop.domain.values import field_names
from kkd_desktop.store import progress
from kkd_desktop.store import settings as stored

__all__ = ["Tour", "TourState", "TourStep", "begin", "finish", "is_due", "leave", "tour"]

_KEY = "tour"


def tour(context: Context) -> Tour | None:
    """How far it has come; None where it was never begun."""
    kept = stored.get(context.store, _KEY)
    if not isinstance(kept, dict):
        return None
    begun = Marks(*(int(str(kept.get(name, 0))) for name in field_names(Marks)))
    now = progress.marks(context.store)
    done = steps_done(begun, now, office_is_set=_office_is_set(context))
    return Tour(TourState(str(kept["state"])), done)


def is_due(context: Context) -> bool:
    """Whether it begins by itself: nobody is in the caseload, and it was never begun."""
    return (
        not context.store.read_only
        and stored.get(context.store, _KEY) is None
        and progress.marks(context.store).people == 0
    )


def begin(context: Context) -> None:
    """Begin, or go on where it was left. After its end it begins anew with what is done from now
    on.
    """
    kept = stored.get(context.store, _KEY)
    if isinstance(kept, dict) and kept["state"] != TourState.DONE:
        _put(context, TourState.RUNNING)
        return
    now = progress.marks(context.store)
    marks = {name: getattr(now, name) for name in field_names(Marks)}
    with context.store.write(journaled=False):
        stored.put(context.store, _KEY, {"state": TourState.RUNNING.value, **marks})


def leave(context: Context) -> None:
    _put(context, TourState.LEFT)


def finish(context: Context) -> None:
    _put(context, TourState.DONE)


def _put(context: Context, state: TourState) -> None:
    """Nobody wants to take that back, so it is no step."""
    kept = stored.get(context.store, _KEY)
    if isinstance(kept, dict):
        with context.store.write(journaled=False):
            stored.put(context.store, _KEY, {**kept, "state": state.value})


def _office_is_set(context: Context) -> bool:
    """A concept is in force, and a letter would have a sender."""
    settings = context.settings
    sender = (settings.office, settings.street, settings.postcode, settings.city)
    return all(sender) and not policies.notices(context)
