"""Which file do calendar programs read along, and does it show what is agreed now?

A calendar that subscribes to the file follows every booking, move and cancellation by itself. The
path stays the same; the content is replaced in one step, and only where it would be another one.
"""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from kkd_desktop.actions import appointments
from kkd_desktop.actions.calendar_export import FAR, Booked, Pen
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.files import NotWritten, write_private
from kkd_desktop.domain.appointment import Appointment
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import german, said
from kkd_desktop.domain.privacy import Privacy
from kkd_desktop.domain.values import Value
from kkd_desktop.store import places

KEPT = timedelta(weeks=4)
"""So long what is over stays in the file, and what is withdrawn says so."""

_BEGINNING = 2048
"""Bytes in which a calendar file has named its program."""

_MOST_BYTES = 50_000_000
"""Of a live calendar file; ten thousand appointments have about five million."""

_OFF = ""


def choose(context: Context, path: Path) -> None:
    """From now on this is the file. `UserError` where it cannot be; nothing is stored then."""
    place = path.expanduser().absolute()
    _require_usable(place)
    _require_discreet(place, context.settings.privacy)
    context.change_settings(live_calendar=str(place))


def switch_off(context: Context) -> None:
    """No file any more. The one there was goes with the next look of `LiveCalendar`: nobody shall
    plan by a calendar that stands still.
    """
    context.change_settings(live_calendar=_OFF)


def last_written(path: Path) -> datetime | None:
    """When the file got its present content, in local time; None while there is none."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime)  # noqa: DTZ006
    except OSError:
        return None


class LiveCalendar:
    """Keeps the file of one open caseload as it should be.

    Ask it after anything was stored, by whatever way: it finds out by itself whether there is
    something to do.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._path = context.settings.live_calendar
        self._done: _Content | None = None

    def is_wanted(self) -> bool:
        """Whether there is a file, or one that still has to go."""
        return bool(self._path or self._context.settings.live_calendar)

    def due(self) -> Callable[[], None] | None:
        """What has to be done, to be called in any thread; None where all is as it should be.

        What is called raises a `UserError` that says why it could not be done; ask again later.
        """
        path = self._context.settings.live_calendar
        left = "" if self._path == path else self._path
        content = _content(self._context, Path(path)) if path else None
        is_there = content is None or content.path.is_file()
        if not left and content == self._done and is_there:
            return None

        now = self._context.now()

        def do() -> None:
            if left:
                _remove(Path(left))
            self._path = path
            if content is not None:
                content.write(now)
            self._done = content

        return do


class _Content(Value, frozen=True):
    """What the file should hold; compared to know whether anything changed."""

    path: Path
    booked: tuple[Booked, ...]
    pen: Pen

    def write(self, now: datetime) -> None:
        """Bring the file up to date at UTC `now`; one that already is keeps its time."""
        from kkd_desktop.exchange.calendar_versions import carried_on

        _require_discreet(self.path, self.pen.form.privacy)
        before = _read(self.path, _MOST_BYTES) or b""
        data = carried_on(self.pen.live_file(self.booked), before, now)
        if before == data:
            return
        try:
            write_private(self.path, data)
        except NotWritten as fault:
            raise UserError(
                said(
                    "Die mitlaufende Kalenderdatei „{name}“ ließ sich nicht schreiben: "
                    "{reason}. Ihre Termine sind gespeichert; nur Kalender, die diese "
                    "Datei lesen, zeigen noch den alten Stand."
                ).format(name=self.path.name, reason=fault.reason)
            ) from fault


@german()
def _content(context: Context, path: Path) -> _Content:
    since = context.today - KEPT
    booked = tuple(
        (appointment, client)
        for appointment, client in appointments.between(context, since, FAR)
        if not appointment.state.is_withdrawn or _is_news(appointment, context)
    )
    return _Content(path, booked, Pen.of(context, context.settings.calendar_form))


def _is_news(withdrawn: Appointment, context: Context) -> bool:
    return withdrawn.changed_at.date() >= context.today - KEPT


def _require_usable(path: Path) -> None:
    name = said("Kalenderdatei „{name}“").format(name=path.name)
    if path.suffix.lower() != ".ics":
        raise UserError(said("{name}: Der Name muss auf „.ics“ enden.").format(name=name))
    if not path.parent.is_dir():
        raise UserError(
            said("{name}: Den Ordner „{parent}“ gibt es nicht.").format(
                name=name, parent=path.parent
            )
        )
    if path.is_dir() or not os.access(path.parent, os.W_OK | os.X_OK):
        raise UserError(
            said("{name}: Im Ordner „{parent}“ darf sie nicht geschrieben werden.").format(
                name=name, parent=path.parent
            )
        )
    if not _may_replace(path):
        raise UserError(
            said(
                "{name}: diese Datei stammt aus einem anderen Programm und würde "
                "überschrieben. Bitte einen anderen Namen wählen."
            ).format(name=name)
        )


def _require_discreet(path: Path, privacy: Privacy) -> None:
    """A folder that is synchronised leaves this computer, and the file is not encrypted.

    The store must not lie there because its log would break; this file may, as long as nobody who
    finds it on a server reads names in it.
    """
    folder = places.synchronised_folder(path)
    if folder and privacy is Privacy.FULL:
        raise UserError(
            said(
                "Die mitlaufende Kalenderdatei wird nicht geschrieben: Der Ordner "
                "„{folder}“ wird mit einem Server abgeglichen, und sie enthielte "
                "volle Namen. Bitte unter Einstellungen, Kalender weniger Angaben "
                "zur Person oder einen anderen Ordner wählen."
            ).format(folder=folder)
        )


def _may_replace(path: Path) -> bool:
    from kkd_desktop.exchange.calendar_file import is_ours

    if not path.exists():
        return True
    beginning = _read(path, _BEGINNING)
    return beginning is not None and (not beginning or is_ours(beginning))


def _remove(path: Path) -> None:
    """Take away a file that is no longer kept up to date, if it still is ours."""
    if not path.is_file() or not _may_replace(path):
        return
    try:
        path.unlink(missing_ok=True)
    except OSError as fault:
        raise UserError(
            said(
                "Die frühere Kalenderdatei „{path}“ ließ sich nicht löschen; sie "
                "wird nicht mehr aktualisiert. Bitte selbst entfernen."
            ).format(path=path)
        ) from fault


def _read(path: Path, most: int) -> bytes | None:
    """The beginning of the file; None where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError:
        return None
