"""Keep what stands open when the window is locked, and hand it back afterwards."""

from collections.abc import Sequence

from kkd_desktop.actions.context import Context
from kkd_desktop.domain.left_open import PLACE, LeftOpen
from kkd_desktop.store import left_open as stored


def keep(context: Context, things: Sequence[LeftOpen]) -> None:
    """All of it or nothing. An earlier place gives way; what was typed earlier stays, unless it is
    the same that was taken up again.
    """
    with context.store.write(journaled=False):
        stored.remove(context.store, [thing.id for thing in things if thing.id])
        if any(thing.kind == PLACE for thing in things):
            take_place(context)
        stored.add(context.store, things)


def take_place(context: Context) -> LeftOpen | None:
    """The page that was shown; it is asked for once."""
    found = [thing for thing in stored.all_of(context.store) if thing.kind == PLACE]
    if found:
        stored.remove(context.store, [thing.id for thing in found])
    return found[-1] if found else None


def drafts(context: Context) -> Sequence[LeftOpen]:
    """What was typed and not stored."""
    return [thing for thing in stored.all_of(context.store) if thing.kind != PLACE]


def discard(context: Context, draft: LeftOpen) -> None:
    """It was taken up again, or is not wanted."""
    stored.remove(context.store, [draft.id])
