"""Who makes the regular back-ups while the window goes on, and who hears of it where one fails?"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from kkd_desktop.actions import backups
from kkd_desktop.actions.backups import Job, Kind, Report
from kkd_desktop.domain import texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.gui import tasks
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone

_LOOK_AGAIN_MS = 10 * 60 * 1000


def keeper_of(session: Session) -> "BackupKeeper":
    """The one of this session."""
    found = session.findChild(BackupKeeper)
    return BackupKeeper(session) if found is None else found


class BackupKeeper(QObject):
    """One back-up at a time, in a pool thread with a connection of its own.

    Signals:
        told: what is wrong with the back-ups, as one sentence; empty when it is right again. `tone`
            says how grave it is: without any good back-up of the last days more than with one.
        settled: a back-up is over, in whatever way; `fault` and `last` are new.
    """

    told = Signal(str)
    settled = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.fault = ""
        self.tone = Tone.SOON
        self.last: Report | None = None
        self._session = session
        self._task: tasks.Task | None = None
        self._timer = QTimer(self, interval=_LOOK_AGAIN_MS)
        self._timer.timeout.connect(self.make_if_due)
        session.finishing.connect(self._stop)

    def follow(self) -> None:
        """Make one whenever there is something new to save; from now on, and now and then."""
        self._timer.start()
        self.make_if_due()

    def is_busy(self) -> bool:
        return self._task is not None

    def make_if_due(self) -> None:
        if not self.is_busy():
            job = Job(self._session.context, Kind.REGULAR, "")
            self._begin(job.run_if_due)

    def make_now(self) -> None:
        """Somebody wants one, whether there is something new or not."""
        if not self.is_busy():
            self._begin(Job(self._session.context, Kind.BY_HAND, "").run)

    def try_again(self) -> None:
        """Once more, and say it once more where it fails again."""
        self._tell("")
        self.make_if_due()

    def _begin(self, work: Callable[[], Report]) -> None:
        self.last = None
        self._task = tasks.run(lambda progress: work(), self._note, self._fail)
        self._task.ended.connect(self._end)

    def _note(self, report: Report) -> None:
        try:
            backups.noted(self._session.context, report)
        except UserError as fault:
            # The back-up is there; the list finds it by its name.
            self._fail(fault)
            return
        self.last = report
        self.tone = Tone.SOON
        said = self.tr("Keine Kopie im zweiten Ordner. {fault}").format(fault=report.fault)
        self._tell(said if report.fault else "")

    def _fail(self, fault: UserError) -> None:
        context = self._session.context
        latest = next(iter(backups.listed(context)), None)
        self.tone = Tone.LATE if backups.is_old(latest, context.now()) else Tone.SOON
        when = (
            self.tr("Es gibt noch keine.")
            if latest is None
            else self.tr("Die letzte ist von {moment} Uhr.").format(
                moment=texts.moment(backups.local(latest.made_at))
            )
        )
        self._tell(
            self.tr("Die Sicherung ist nicht gelungen. {when} Grund: {fault}").format(
                when=when, fault=fault
            )
        )

    def _end(self) -> None:
        self._task = None
        self.settled.emit()

    def _stop(self) -> None:
        """What is under way ends by itself, and is found by its name."""
        self._timer.stop()
        if self._task is not None:
            self._task.cancel()

    def _tell(self, fault: str) -> None:
        if fault != self.fault:
            self.fault = fault
            self.told.emit(fault)
