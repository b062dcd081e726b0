"""Which talk to propose to a client, from what is due and the time there is."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from kkd_desktop.actions import busy, casework, worklist
from kkd_desktop.actions.context import Context
from kkd_desktop.domain.absence import absences
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.contact import Contact, ContactForm
from kkd_desktop.domain.delivery import deemed_on
from kkd_desktop.domain.language import said
from kkd_desktop.domain.outcome import Obligation, Outcome, State
from kkd_desktop.domain.proposals import Post, Proposal, SlotRequest, Suggestion, suggest
from kkd_desktop.domain.slots import Agenda, Busy
from kkd_desktop.domain.together import Companion, offers
from kkd_desktop.domain.values import Value, replace
from kkd_desktop.domain.wishes import unread_wish, wish_of
from kkd_desktop.store import appointments, clients

_HORIZON = timedelta(days=600)

_RESTING = (State.SUSPENDED, State.EXCEPTED)


class NextTalk(Value, frozen=True):
    """What is due for a client and which talk to propose."""

    client: Client
    outcome: Outcome
    suggestion: Suggestion

    @property
    def best(self) -> Proposal | None:
        return self.suggestion.best


def agenda(context: Context, *, without: int | None = None) -> Agenda:
    """The caseworker's time from today on; `without` leaves out an appointment that is to move,
    with all of its joint talk.
    """
    last = context.today + _HORIZON
    talks = _talks(context, last, without)
    elsewhere = (
        Busy(each.start, each.end, talk=False)
        for each in busy.between(context, context.today, last)
    )
    return Agenda(context.office_calendar(), context.settings.hours, (*talks, *elsewhere))


def _talks(context: Context, last: date, without: int | None) -> Iterator[Busy]:
    """A joint talk is one, however many come to it."""
    booked = appointments.open_times(context.store, context.today, last)
    moving = {joint for key, _, _, joint in booked if key == without and joint}
    met: set[str] = set()
    for key, start, minutes, joint in booked:
        if key != without and joint not in moving:
            yield Busy(start, start + timedelta(minutes=minutes), talk=joint not in met)
            if joint:
                met.add(joint)


def next_talk(
    context: Context,
    client: Client,
    at: datetime,
    *,
    contact: Contact | None = None,
    present: bool = False,
    form: ContactForm = ContactForm.PERSOENLICH,
    free: Agenda | None = None,
    on_request: bool = False,
) -> NextTalk:
    """The proposal for a client at local time `at`.

    `contact` is a talk just being logged: the proposal already reckons with it. `present` means
    that the client is here and takes the invitation along. `free` reuses an agenda for many. Where
    the policy rests, a day is looked for only `on_request`.
    """
    outcome = casework.outcome_with(context, client, contact)
    suggestion = propose(
        context, client, outcome, at, free, present=present, form=form, on_request=on_request
    )
    return NextTalk(client, outcome, suggestion)


def propose(
    context: Context,
    client: Client,
    outcome: Outcome,
    at: datetime,
    free: Agenda | None = None,
    *,
    present: bool = False,
    form: ContactForm = ContactForm.PERSOENLICH,
    on_request: bool = False,
) -> Suggestion:
    """Free slots for what is due, from an outcome at hand.

    Where the policy rests, none is proposed unless `on_request`.
    """
    found = outcome.deciding
    resting = _resting(found)
    if resting and not on_request:
        return Suggestion(
            None, note=said("{resting}, daher wird kein Tag vorgeschlagen.").format(resting=resting)
        )
    length = context.settings.hours.lengths.of(form, first=found.last is None)
    request = SlotRequest(
        now=at,
        minutes=length.total,
        preparation=length.preparation,
        earliest=found.earliest,
        target=found.target,
        latest=found.latest,
        planned=client.subject.planned_next,
        post=_post(context) if form is ContactForm.PERSOENLICH else None,
        present=present,
        wish=wish_of(client, context.today),
        unread=unread_wish(client, context.today),
        away=tuple(absences(client.subject.facts)),
        partners=tuple(_partners(context, client)),
        unruled=said("auf Wunsch: {resting}").format(resting=resting) if resting else "",
    )
    time = free or agenda(context)
    suggestion = suggest(request, time)
    if form is not ContactForm.PERSOENLICH:
        return suggestion
    companions = _companions(context, client, form)
    return replace(suggestion, together=offers(request, suggestion.best, companions, time))


def _resting(found: Obligation) -> str:
    """Why no day is asked for at all, in words; empty where one is, or might as well be."""
    if found.state is State.NOT_IN_FORCE:
        return said("Kein Konzept ist in Kraft")
    if found.state in _RESTING and found.latest is None and found.target is None:
        return said("Die Vorgabe ruht")
    return ""


def _post(context: Context) -> Post:
    """An invitation posted today: when it counts as received, and the margin after it."""
    return Post(deemed_on(context.today, context.fictions()), context.settings.post_margin_days)


def _others(context: Context, client: Client) -> list[Client]:
    """The others of the Bedarfsgemeinschaft."""
    if not client.bg_number:
        return []
    known = clients.of_bg(context.store, client.bg_number, context.today)
    return [each for each in known if each.id != client.id]


def _partners(context: Context, client: Client) -> Iterator[Busy]:
    """Open appointments of others of the Bedarfsgemeinschaft."""
    for other in _others(context, client):
        for each in appointments.of_client(context.store, other.id):
            if each.state.is_open and each.day >= context.today:
                yield Busy(each.start, each.end)


def _companions(context: Context, client: Client, form: ContactForm) -> Iterator[Companion]:
    """The others of the BG who are due and have no appointment yet."""
    for other in _others(context, client):
        entry = worklist.entry(context, other)
        found = entry.outcome.deciding
        if entry.appointment is not None or found.latest is None or found.state in _RESTING:
            continue
        length = context.settings.hours.lengths.of(form, first=found.last is None)
        yield Companion(
            other.id,
            f"{other.first_name} {other.last_name}".strip(),
            length.total,
            found.latest,
            length.preparation,
            found.earliest,
            found.target,
            wish_of(other, context.today),
            tuple(absences(other.subject.facts)),
        )
