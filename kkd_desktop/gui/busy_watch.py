"""Are the busy times of other calendars up to date?

Files are read in a pool thread, one at a time. The system says when a watched one changes; where it
cannot, as on many network drives, a look every half minute finds out.
"""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from kkd_desktop.actions import busy
from kkd_desktop.actions.busy import Found, Job, Stamp
from kkd_desktop.domain.busy_time import BusySource
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import german
from kkd_desktop.domain.stored_words import said_again
from kkd_desktop.gui import tasks
from kkd_desktop.gui.session import Session

_SOON_MS = 700
"""Several changes in one go make one reading."""
_PATIENCE_MS = 3_000
"""So long a program may take to write a file that was unreadable half way."""
_LOOK_MS = 30_000


class _Reading(NamedTuple):
    """How a reading went: with a fault, or with what was found, None where nothing is new. Both
    speak German, as they are kept.
    """

    job: Job
    stamp: Stamp
    found: Found | None
    fault: UserError | None


def watch_of(session: Session) -> "BusyWatch":
    """The one of this session."""
    found = session.findChild(BusyWatch)
    return BusyWatch(session) if found is None else found


class BusyWatch(QObject):
    """Reads the sources of a caseload: at the user's word, and when they change.

    Signals:
        progressed: done, total of a reading the user asked for.
        turned: a reading that the user asked for has begun or ended.
        refused: why one failed, as a sentence.
    """

    progressed = Signal(int, int)
    turned = Signal()
    refused = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._queue: list[BusySource] = []
        self._task: tasks.Task | None = None
        self._asked = False
        self._wanted: BusySource | None = None
        self._follows = False
        self._due: set[int | None] = set()
        self._good: dict[str, Stamp] = {}
        self._bad: dict[str, Stamp] = {}
        self._once: set[str] = set()
        self._files: QFileSystemWatcher | None = None
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._every = QTimer(self, interval=_LOOK_MS)
        for timer in (self._soon, self._patience, self._every):
            timer.timeout.connect(self.look)

    def follow(self) -> None:
        """Keep the sources up to date from now on."""
        busy.forget_removed(self._session.context)
        self._follows = True
        self._session.changed.connect(self._sources_changed)
        self._sources_changed()

    def stop(self) -> None:
        """Look no longer: the caseload is about to close."""
        if not self._follows:
            return
        self._follows = False
        for timer in (self._soon, self._patience, self._every):
            timer.stop()
        self._queue.clear()
        self.cancel()
        if self._files is not None:
            # Here and now: left to Python, it might end in the thread that happens to tidy up.
            self._files.deleteLater()
            self._files = None
        self._session.changed.disconnect(self._sources_changed)

    def add(self, source: BusySource) -> None:
        """Read a source that is not stored yet; it is stored when it could be read."""
        if not self.is_running():
            self._want(source)

    def read_again(self, source: BusySource) -> None:
        """Read a stored source at the user's word."""
        if not self.is_running():
            self._bad.pop(source.place, None)
            self._want(source)

    def cancel(self) -> None:
        self._wanted = None
        if self._task is not None:
            self._task.cancel()

    def is_running(self) -> bool:
        """Whether a reading is under way that the user asked for."""
        return self._wanted is not None or (self._task is not None and self._asked)

    def look(self) -> None:
        """Read what is due, soon; nobody is told of what is as it was."""
        waiting = {source.place for source in self._queue}
        for source in busy.due(self._session.context):
            if source.place not in waiting:
                self._queue.append(source)
        self._go_on()

    def _sources_changed(self) -> None:
        due = busy.due(self._session.context)
        new = {source.id for source in due} - self._due
        self._due = {source.id for source in due}
        watched = [source for source in due if source.watched]
        self._watch_files(watched)
        if not watched:
            self._every.stop()
        elif not self._every.isActive():
            self._every.start()
        if new:
            self._soon.start()

    def _watch_files(self, sources: list[BusySource]) -> None:
        """Let the system tell of changes. A file that is replaced is found by its folder."""
        places = {place for source in sources for place in _places(Path(source.place))}
        if self._files is None:
            if not places:
                return
            self._files = QFileSystemWatcher(self)
            self._files.fileChanged.connect(self._soon.start)
            self._files.directoryChanged.connect(self._soon.start)
        known = {*self._files.files(), *self._files.directories()}
        if gone := known - places:
            self._files.removePaths(sorted(gone))
        if new := places - known:
            self._files.addPaths(sorted(new))

    def _go_on(self) -> None:
        if self._task is not None:
            return
        if self._wanted is not None:
            source, self._wanted = self._wanted, None
            self._begin(source, asked=True)
        elif self._queue:
            self._begin(self._queue.pop(0), asked=False)

    def _want(self, source: BusySource) -> None:
        """Read at the user's word; what runs by itself can be done again later."""
        self._wanted = source
        if self._task is None:
            self._go_on()
        else:
            self._task.cancel()

    def _begin(self, source: BusySource, *, asked: bool) -> None:
        if source.id is not None and source not in self._stored():
            self._go_on()
            return
        known = () if asked else self._good.get(source.place, ())
        job = busy.ahead(self._session.context, source, known)
        bad = self._bad.get(source.place)
        self._asked = asked
        self._task = tasks.run(lambda progress: _read(job, bad, progress), self._take)
        if asked:
            self._task.progressed.connect(lambda done, total, _: self.progressed.emit(done, total))
            self.turned.emit()
        self._task.ended.connect(self._end)

    def _end(self) -> None:
        asked, self._asked, self._task = self._asked, False, None
        if asked:
            self.turned.emit()
        if self._follows:
            # Programs replace a file instead of changing it: then the new one is to be watched.
            self._watch_files([each for each in self._stored() if each.watched])
        if self._follows or self._wanted is not None:
            self._go_on()

    def _take(self, reading: _Reading) -> None:
        source, found = reading.job.source, reading.found
        if reading.fault is not None:
            self._bad[source.place] = reading.stamp
            self._refuse(source, reading.fault)
            return
        if found is None:
            return
        self._bad.pop(source.place, None)
        self._good[source.place] = found.stamp
        self._once.discard(source.place)
        if source.id is None:
            self._session.perform(
                lambda context: busy.add_read(context, source, found),
                lambda: self.tr("Fremde Termine aufgenommen"),
            )
        elif source in self._stored() and (found.times is not None or self._fault_of(source)):
            self._session.perform(lambda context: busy.keep(context, source, found))

    def _refuse(self, source: BusySource, fault: UserError) -> None:
        if self._asked:
            self.refused.emit(said_again(str(fault)))
        elif source.place not in self._once:
            # It may be half written just now: the next look decides.
            self._once.add(source.place)
            self._bad.pop(source.place)
            self._patience.start()
            return
        if source not in self._stored() or self._fault_of(source) == str(fault):
            return
        self._session.perform(lambda context: busy.keep_fault(context, source, fault))
        if not self._asked:
            self._session.failed.emit(said_again(str(fault)))

    def _stored(self) -> list[BusySource]:
        return [state.source for state in busy.sources(self._session.context)]

    def _fault_of(self, source: BusySource) -> str:
        for state in busy.sources(self._session.context):
            if state.source.id == source.id and state.reading is not None:
                return state.reading.fault
        return ""


@german()
def _read(job: Job, bad: Stamp | None, progress: tasks.Progress) -> _Reading:
    """Read in a pool thread. What was unreadable and is as it was is not tried again."""
    stamp: Stamp = ()
    try:
        stamp = busy.stamp_of(job.source)
        if bad is not None and stamp == bad:
            return _Reading(job, stamp, None, None)
        return _Reading(job, stamp, busy.read(job, progress.report), None)
    except UserError as fault:
        return _Reading(job, stamp, None, fault)


def _places(place: Path) -> list[str]:
    """What to watch of a source: with a file its folder, with a folder its calendars."""
    try:
        inside = busy.calendars_in(place) if place.is_dir() else (place, place.parent)
        return [str(each) for each in (place, *inside) if each.exists()]
    except OSError:
        return []
