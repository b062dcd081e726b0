"""Bring the calendar on a server up to date: look what would be done, then do it.

Only what we wrote ourselves is ever touched there, and nothing is written over what somebody has
changed since: that is a conflict, which is shown. `prepare`, `begin` and `record` need the store;
`look` and `carry_out` talk to the server and may do so in a thread of their own.

Every change is remembered as soon as the server has acknowledged it, and a new entry before it is
written: whatever stops a push half way, the next one finds its way.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING

from kkd_desktop.actions import appointments
from kkd_desktop.actions.context import Context
from kkd_desktop.domain.appointment import Appointment
from kkd_desktop.domain.calendar_form import CalendarForm
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import german, said, to_say
from kkd_desktop.domain.plain_text import line
from kkd_desktop.domain.server_account import ServerAccount
from kkd_desktop.domain.server_calendar import (
    Conflict,
    LastPush,
    Password,
    PushPlan,
    PushResult,
    ServerCalendar,
    ServerEntry,
    Shown,
    Step,
    StepKind,
    There,
    Wanted,
)
from kkd_desktop.domain.server_plan import decided, needs_look
from kkd_desktop.domain.values import Value, replace
from kkd_desktop.store import appointments as stored_appointments
from kkd_desktop.store import clients, server_entries

if TYPE_CHECKING:
    from kkd_desktop.exchange.caldav_server import CalendarServer

MISSING = to_say(
    "Der Abgleich mit einem Kalenderserver ist ein Zusatz, der hier nicht installiert ist: "
    "pip install kkd-desktop[caldav]"
)
FAR = date(2199, 12, 31)

Report = Callable[[int, int], object]
"""Is told how many of how many entries are done; whatever it raises stops the work there."""
Record = Callable[[Step], object]
"""Is told of each step that is done."""


class Job(Value, frozen=True):
    """What the store knows for a push: the appointments that should stand there, what was written,
    and whose entries stay as they are because the talk is over without having taken place.
    """

    account: ServerAccount
    form: CalendarForm
    now: datetime
    today: date
    standing: tuple[tuple[Appointment, Client], ...]
    known: Mapping[str, ServerEntry]
    left: frozenset[str] = frozenset()


class PasswordWanted(UserError):
    """Nobody knows the password: it is to be typed, and the system could keep it or not."""

    def __init__(self, *, can_remember: bool) -> None:
        super().__init__(
            said("Kalenderserver: Das Passwort fehlt; „Jetzt abgleichen“ fragt danach.")
        )
        self.can_remember = can_remember


def is_installed() -> bool:
    return find_spec("caldav") is not None


def require_installed() -> None:
    if not is_installed():
        raise UserError(said(MISSING))


def calendars(address: str, user: str, password: Password) -> tuple[ServerCalendar, ...]:
    """Ask the server which calendars there are to choose from."""
    with _connected(address, user, password) as server:
        return server.calendars()


def checked_account(address: str, user: str) -> ServerAccount:
    """Address and user as they will be used; `UserError` where one is unusable."""
    return ServerAccount(checked_address(address), checked_user(user))


def checked_address(address: str) -> str:
    require_installed()
    from kkd_desktop.exchange import caldav_server

    return caldav_server.checked_address(line(address, said("Adresse")))


def checked_user(user: str) -> str:
    if not user.strip():
        raise UserError(said("Benutzer: bitte eintragen."))
    return line(user, said("Benutzer"))


def choose(context: Context, account: ServerAccount) -> ServerAccount:
    """Use this calendar from now on. Refused while entries of ours stand in another one."""
    before = context.settings.server
    if before.calendar != account.calendar:
        _require_empty(context, before)
    context.change_settings(server=account)
    return account


def leave(context: Context, *, abandon: bool = False) -> ServerAccount:
    """Use no calendar any longer; user and address stay, to come back to.

    Refused while entries of ours stand there, unless they are abandoned: then they stay.
    """
    account = context.settings.server
    if not abandon:
        _require_empty(context, account)
    server_entries.forget(context.store, account.calendar)
    return choose(context, replace(account, calendar="", name="", automatic=False))


def written(context: Context) -> int:
    """How many entries of ours stand in the chosen calendar."""
    return server_entries.counts(context.store).get(context.settings.server.calendar, 0)


def orphans(context: Context) -> int:
    """How many of them belong to appointments that were deleted here."""
    return server_entries.orphans(context.store, context.settings.server.calendar)


def last_push(context: Context) -> LastPush | None:
    return server_entries.last_push(context.store, context.settings.server.calendar)


def remember_password(account: ServerAccount, password: Password) -> bool:
    """Keep it in the keyring; False where the system has none."""
    from kkd_desktop.exchange import passwords

    return passwords.remember(account.address, account.user, password)


def forget_password(account: ServerAccount) -> None:
    from kkd_desktop.exchange import passwords

    passwords.forget(account.address, account.user)


def known_password(account: ServerAccount, typed: Password | None = None) -> Password:
    """What was typed, else what the keyring holds; `PasswordWanted` where neither."""
    from kkd_desktop.exchange import passwords

    found = typed or passwords.remembered(account.address, account.user)
    if found is None:
        raise PasswordWanted(can_remember=passwords.can_remember())
    return found


def prepare(context: Context, *, nothing: bool = False) -> Job:
    """Read what a push needs. With `nothing`, everything of ours is to be withdrawn."""
    account = context.settings.server
    if not account.is_chosen:
        raise UserError(said("Es ist noch kein Kalender auf einem Server gewählt."))
    settings = context.settings
    known = server_entries.of_calendar(context.store, account.calendar)
    form = CalendarForm(account.privacy, settings.reminder, settings.preparation)
    if nothing:
        return Job(account, form, context.now(), context.today, (), known)
    ahead = appointments.between(context, context.today, FAR)
    before = _written_before(context, known)
    standing = tuple(each for each in (*before, *ahead) if each[0].state.is_standing)
    left = frozenset(
        each.uid
        for each, _ in (*before, *ahead)
        if not each.state.is_standing and not each.state.is_withdrawn
    )
    return Job(account, form, context.now(), context.today, standing, known, left)


def push(
    context: Context,
    password: Password,
    report: Report | None = None,
    *,
    nothing: bool = False,
) -> PushResult:
    """Look and carry out in one go, in the thread of the store."""
    job = prepare(context, nothing=nothing)
    with server_of(job.account, password) as server:
        planned = look(job, server, report)
        begin(context, planned)
        result = carry_out(planned, server, lambda step: record(context, step), report)
    finish(context, planned.calendar, result)
    return result


def plan(context: Context, password: Password, report: Report | None = None) -> PushPlan:
    """What a push would do; nothing is changed, here or there."""
    job = prepare(context)
    with server_of(job.account, password) as server:
        return look(job, server, report)


def when(step: Step) -> Shown | None:
    """What a step writes, for the eye."""
    from kkd_desktop.exchange.calendar_resource import shown

    return shown(step.body) if step.body else None


def server_of(account: ServerAccount, password: Password) -> "CalendarServer":
    """The server of the account, not yet asked anything; `with` closes it."""
    return _connected(account.address, account.user, password)


def look(job: Job, server: "CalendarServer", report: Report | None = None) -> PushPlan:
    """Compare what should stand there with what does; nothing is changed."""
    wanted = _wanted(job)
    pairs = [
        (wanted.get(entry.uid), entry)
        for entry in job.known.values()
        if entry.uid in wanted or entry.owner not in job.left
    ]
    ahead = {each.uid for each, _ in job.standing if each.day >= job.today}
    asked = [
        entry.href
        for ours, entry in pairs
        # Past talks that are there as they should be are nobody's concern any more.
        if ours is None or ours.digest != entry.digest or ours.owner in ahead
    ]
    versions = server.versions(job.account.calendar, asked)
    steps = [_created(job, each) for each in wanted.values() if each.uid not in job.known]
    conflicts: list[Conflict] = []
    unchanged = kept = 0
    for number, (ours, entry) in enumerate(pairs):
        _tell(report, number, len(pairs))
        known = entry.href in asked
        found = _compared(job, server, ours, entry, versions.get(entry.href, "")) if known else None
        if isinstance(found, Conflict):
            conflicts.append(found)
        elif found is not None:
            steps.append(found)
        else:
            unchanged += not entry.kept
            kept += entry.kept
    # Of a person who was deleted here nothing waits behind the appointments of others.
    steps.sort(key=lambda step: step.kind is not StepKind.WITHDRAW)
    return PushPlan(job.account.calendar, tuple(steps), tuple(conflicts), unchanged, kept)


def begin(context: Context, plan: PushPlan) -> None:
    """Remember what is about to be written: an entry whose answer gets lost is found again."""
    fresh = [step.entry for step in plan.of_kind(StepKind.CREATE)]
    server_entries.put(context.store, [replace(each, etag="", digest="") for each in fresh])


def carry_out(
    plan: PushPlan, server: "CalendarServer", done: Record, report: Report | None = None
) -> PushResult:
    """Do what was planned, one entry after the other. What somebody changed since the look is a
    conflict like the others.
    """
    from kkd_desktop.exchange.caldav_server import Changed, Taken

    counted = dict.fromkeys(StepKind, 0)
    conflicts, taken = list(plan.conflicts), 0
    for number, step in enumerate(plan.steps):
        _tell(report, number, len(plan.steps))
        try:
            done(_done(step, server))
            counted[step.kind] += 1
        except Changed:
            found = _instead(step, server)
            if isinstance(found, Step):
                done(found)
            else:
                conflicts.append(found)
        except Taken:
            taken += 1
    _tell(report, len(plan.steps), len(plan.steps))
    return PushResult(
        counted[StepKind.CREATE],
        counted[StepKind.CHANGE],
        counted[StepKind.WITHDRAW],
        tuple(conflicts),
        taken,
    )


def record(context: Context, step: Step) -> None:
    """Remember a step that is done."""
    if step.kind in (StepKind.WITHDRAW, StepKind.DROP):
        server_entries.remove(context.store, step.entry)
    else:
        server_entries.put(context.store, [step.entry])


def finish(context: Context, calendar: str, result: PushResult) -> None:
    """Remember that the calendar is up to date as of now."""
    push_now = LastPush(context.now(), len(result.conflicts))
    server_entries.record_push(context.store, calendar, push_now)


def settled(conflict: Conflict, *, ours: bool) -> Step:
    """What the user's choice means: write our state over what was looked at, or leave it."""
    entry = conflict.entry
    if not ours:
        if conflict.here is None:
            return Step(StepKind.DROP, entry)
        return Step(StepKind.KEEP, replace(entry, etag=conflict.etag, kept=True))
    known = replace(entry, etag=conflict.etag, kept=False)
    if conflict.here is None:
        return Step(StepKind.WITHDRAW, known)
    kind = StepKind.CHANGE if conflict.etag else StepKind.CREATE
    return Step(kind, known, conflict.body)


def _require_empty(context: Context, account: ServerAccount) -> None:
    number = server_entries.counts(context.store).get(account.calendar, 0)
    if number:
        raise UserError(
            said(
                "In „{name}“ stehen noch Einträge von hier ({number}). Bitte "
                "zuerst alle zurückziehen."
            ).format(name=account.name, number=number)
        )


def _connected(address: str, user: str, password: Password) -> "CalendarServer":
    require_installed()
    from kkd_desktop.exchange.caldav_server import CalendarServer

    return CalendarServer(address, user, password)


def _written_before(
    context: Context, known: Mapping[str, ServerEntry]
) -> list[tuple[Appointment, Client]]:
    """Past appointments that stand there: a change of theirs counts too, as of the privacy."""
    owners = {entry.owner for entry in known.values()}
    found = [
        each
        for each in stored_appointments.with_uids(context.store, owners)
        if each.day < context.today
    ]
    people = clients.many(context.store, {each.client_id for each in found}, context.today)
    return [(each, people[each.client_id]) for each in found]


@german()
def _wanted(job: Job) -> dict[str, Wanted]:
    """What should stand there, by uid."""
    from kkd_desktop.exchange.calendar_file import CalendarEntry
    from kkd_desktop.exchange.calendar_resource import resources

    return {
        each.uid: each
        for appointment, client in job.standing
        for each in resources(CalendarEntry(appointment, client), job.form)
    }


def _created(job: Job, wanted: Wanted) -> Step:
    calendar = job.account.calendar
    href = f"{calendar.rstrip('/')}/kkd-{wanted.uid}.ics"
    entry = ServerEntry(calendar, wanted.uid, wanted.owner, href, job.now, digest=wanted.digest)
    return Step(StepKind.CREATE, entry, wanted.body)


def _compared(
    job: Job, server: "CalendarServer", wanted: Wanted | None, entry: ServerEntry, version: str
) -> Step | Conflict | None:
    """What is to be done about an entry; its content is fetched only where somebody changed it."""
    from kkd_desktop.exchange.calendar_resource import shown

    here = there = None
    if needs_look(entry, wanted, version):
        found = server.fetch(entry.href) if version else None
        there = None if found is None else There(found.etag or version, shown(found.body))
        here = None if wanted is None else shown(wanted.body)
    elif version:
        there = There(version)
    return decided(entry, wanted, here, there, job.now)


def _done(step: Step, server: "CalendarServer") -> Step:
    """Do it, and return it with the version that stands there now."""
    entry = step.entry
    if step.kind is StepKind.CREATE:
        etag = server.create(entry.href, step.body)
    elif step.kind is StepKind.CHANGE:
        etag = server.replace(entry.href, step.body, entry.etag)
    elif step.kind is StepKind.WITHDRAW:
        server.delete(entry.href, entry.etag)
        return step
    else:
        return step
    return replace(step, entry=replace(entry, etag=etag))


def _instead(step: Step, server: "CalendarServer") -> Step | Conflict:
    """What stands there instead of what we knew: the same by chance, or something else."""
    from kkd_desktop.exchange.calendar_resource import shown

    found = server.fetch(step.entry.href)
    here = shown(step.body) if step.body else None
    if found is None:
        return Conflict(step.entry, "", step.body, here, None)
    there = shown(found.body)
    if here is not None and there == here:
        return Step(StepKind.ADOPT, replace(step.entry, etag=found.etag))
    return Conflict(step.entry, found.etag, step.body, here, there, there is not None)


def _tell(report: Report | None, done: int, total: int) -> None:
    if report is not None:
        report(done, total)
