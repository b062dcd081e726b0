"""Take the last steps back, do them again, and let go of what is too old.

Steps are called by the names they were stored with, said in the language of the reader.
"""

from collections.abc import Sequence

from kkd_desktop.actions.context import Context
from kkd_desktop.domain.spans import add_months
from kkd_desktop.domain.stored_words import said_again
from kkd_desktop.domain.values import replace
from kkd_desktop.store import journal
from kkd_desktop.store.journal import Progress, Step

__all__ = ["Step", "is_large", "redo", "to_redo", "to_undo", "trim", "undo", "undo_to", "undoable"]

LARGE = 2000
"""Above so many changes nobody should look at a window that does nothing meanwhile."""


def to_undo(context: Context) -> Step | None:
    """The step that `undo` would take back."""
    return _told(journal.to_undo(context.store))


def to_redo(context: Context) -> Step | None:
    """The step that `redo` would do again."""
    return _told(journal.to_redo(context.store))


def undoable(context: Context, limit: int) -> Sequence[Step]:
    """The last steps that can be taken back, latest first."""
    return [_said(step) for step in journal.undoable(context.store, limit)]


def is_large(context: Context, step: Step) -> bool:
    """Whether it is to be taken back, or done again, beside the window."""
    return journal.sizes(context.store, (step.id,)).get(step.id, 0) > LARGE


def undo(context: Context, progress: Progress = lambda done, total: None) -> Step | None:
    """Take the last step back; UserError where its rows were changed meanwhile."""
    step = journal.undo(context.store, progress)
    context.forget()
    return _told(step)


def undo_to(context: Context, step_id: int) -> Sequence[Step]:
    """Take back all steps down to this one, or none of them; latest first. `redo` does each of
    them again by itself.
    """
    steps = journal.undo_to(context.store, step_id)
    context.forget()
    return [_said(step) for step in steps]


def redo(context: Context, progress: Progress = lambda done, total: None) -> Step | None:
    step = journal.redo(context.store, progress)
    context.forget()
    return _told(step)


def trim(context: Context) -> None:
    """Let go of steps too old to be taken back, and of changes too old to be looked up."""
    journal.keep_undoable(context.store, context.settings.kept_steps)
    months = context.settings.history_months
    if months is not None:
        journal.forget_before(context.store, add_months(context.today, -months).isoformat())


def _told(step: Step | None) -> Step | None:
    return None if step is None else _said(step)


def _said(step: Step) -> Step:
    return replace(step, name=said_again(step.name))
