"""Take the last step back, do it again, and look up what was changed."""

from collections.abc import Sequence

from kkd_desktop.actions.context import Context
from kkd_desktop.store import journal
from kkd_desktop.store.journal import Change, Step

__all__ = ["KEPT_STEPS", "Change", "Step", "history", "redo", "to_redo", "to_undo", "trim", "undo"]

KEPT_STEPS = 200
"""So many steps can be taken back; older changes can still be looked up."""


def to_undo(context: Context) -> Step | None:
    """The step that `undo` would take back."""
    return journal.to_undo(context.store)


def to_redo(context: Context) -> Step | None:
    """The step that `redo` would do again."""
    return journal.to_redo(context.store)


def undo(context: Context) -> Step | None:
    """Take the last step back; UserError where its rows were changed meanwhile."""
    step = journal.undo(context.store)
    context.forget()
    return step


def redo(context: Context) -> Step | None:
    step = journal.redo(context.store)
    context.forget()
    return step


def trim(context: Context) -> None:
    """Let go of steps too old to be taken back."""
    journal.keep_undoable(context.store, KEPT_STEPS)


def history(context: Context, client_id: int | None = None) -> Sequence[Change]:
    """The Verlauf of one person, or of the whole store: latest first, old and new values."""
    return journal.history(context.store, client_id)
