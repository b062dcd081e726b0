"""How does slow work get at the caseload from a thread of its own?"""

from collections.abc import Callable
from typing import TypeVar

from kkd_desktop.actions.context import Context
from kkd_desktop.domain.errors import UserError
from kkd_desktop.gui import tasks
from kkd_desktop.gui.session import Session

Result = TypeVar("Result")
Work = Callable[[Context, Callable[[int, int], object]], Result]


def beside(session: Session, work: Work[Result]) -> Callable[[tasks.Progress], Result]:
    """The work as a task of its own does it: on a connection of its own to the same file.

    `work` takes a context and what to tell the progress to, which is where it stops when cancelled.
    """
    store, today = session.context.store, session.context.today
    path, key = store.path, store.key
    assert key is not None, "only a file can be opened twice"

    def opened(progress: tasks.Progress) -> Result:
        from kkd_desktop.actions import stores

        with stores.open_caseload(path, key, today, thorough=False) as context:
            return work(context, progress.report)

    return opened


def run_beside(
    session: Session,
    work: Work[Result],
    on_success: Callable[[Result], object],
    on_failure: Callable[[UserError], object],
) -> tasks.Task:
    """Do the work in a pool thread.

    The window learns of what it stored by `session.look_for_changes`.
    """
    return tasks.run(beside(session, work), on_success, on_failure)
