"""`make run`: the window on an invented caseload; without a display the same job without one.

The job: log one contact, propose the next talk and say why, book it, write the calendar file and
the invitation list.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from secrets import token_urlsafe
from tempfile import TemporaryDirectory

import click

from kkd_desktop.actions import (
    appointments,
    calendar_export,
    casework,
    exports,
    proposals,
    stores,
    worklist,
)
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.secrets import Passphrase
from kkd_desktop.cli.options import this_day
from kkd_desktop.domain import texts
from kkd_desktop.domain.contact import Contact, ContactKind, ContactNotes, NoteType
from kkd_desktop.domain.explanation import explain
from kkd_desktop.domain.outcome import State
from kkd_desktop.domain.verdicts import verdict_text
from kkd_desktop.process import protect

FOLDER = Path("build") / "erster-blick"
CLIENTS = 300
WEEKS = 2


def main(arguments: Sequence[str]) -> int:
    protect()
    if "--headless" in arguments:
        return headless(FOLDER, this_day())
    if not has_display():
        click.echo("Hier gibt es keinen Bildschirm; dieselbe Arbeit läuft ohne Fenster.")
        return headless(FOLDER, this_day())
    code = subprocess.run([sys.executable, "-m", "kkd_desktop", "--demo"], check=False).returncode
    if code < 0:
        # Qt ends the process where libraries of the display are missing.
        click.echo("Das Fenster konnte nicht geöffnet werden; dieselbe Arbeit läuft ohne Fenster.")
        return headless(FOLDER, this_day())
    return code


def has_display() -> bool:
    if sys.platform != "linux":
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def headless(folder: Path, today: date) -> int:
    """Do the whole job on an invented caseload and name the folder with what came out."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="kkd-beispiel-") as place:
        path = Path(place) / "beispiel.kkd"
        context = stores.create_demo(path, Passphrase(token_urlsafe()), today, clients=CLIENTS)
        with context.store:
            _talk(context)
            _write(context, folder)
    return 0


def _talk(context: Context) -> None:
    """Log a talk with whoever is most overdue and book the next one."""
    waiting = [e for e in worklist.entries(context) if e.outcome.state is State.OVERDUE]
    client = min(waiting or worklist.entries(context), key=lambda e: e.key_day).client
    kind = ContactKind(note_type=NoteType.BERATUNGSVERMERK)
    notes = ContactNotes("Bewerbungen besprochen", "Zwei Bewerbungen", "Vermittlungsbudget")
    contact = Contact(context.today, kind, time(9), notes, client_id=client.id)
    verdict = casework.draft_verdict(context, client, contact)
    click.echo(f"Kontakt mit {client.name} am {texts.weekday_day(context.today)}:")
    click.echo(f"  {verdict_text(verdict)}.")

    at = datetime.combine(context.today, time(9, 45))
    found = proposals.next_talk(context, client, at, contact=contact, present=True)
    click.echo("Nächster Termin:")
    if found.best is None:
        click.echo(f"  {found.suggestion.note}")
        casework.record_contact(context, contact)
        return
    _, booked = appointments.record_and_book(context, contact, client, found.best)
    click.echo(f"  {texts.moment(booked.start)}, {booked.length.german()}, {found.best.label}")
    for reason in found.best.reasons:
        click.echo(f"  - {reason}")
    click.echo(f"  Warum? {explain(found.outcome)}")


def _write(context: Context, folder: Path) -> None:
    privacy = context.settings.privacy
    calendar, paper = folder / "termine.ics", folder / "einladungsliste.pdf"
    export = calendar_export.select(context)
    calendar_export.write_calendar(context, export, calendar, context.settings.calendar_form)
    until = context.today + timedelta(weeks=WEEKS)
    exports.write_invitation_list(context, paper, context.today, until, privacy)
    number = texts.counted(len(export.standing), "Termin", "Termine")
    click.echo(f"Geschrieben nach {folder.resolve()}:")
    click.echo(f"  {calendar.name} ({number}) und {paper.name}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
