"""Which talk to propose to a client, from what is due and the time there is."""

from datetime import date, datetime, timedelta

from kkd_desktop.actions import busy, casework
from kkd_desktop.actions.context import Context
from kkd_desktop.domain.client import WISH, Client
from kkd_desktop.domain.contact import Contact, ContactForm
from kkd_desktop.domain.delivery import deemed_on
from kkd_desktop.domain.outcome import Outcome
from kkd_desktop.domain.proposals import Post, Proposal, SlotRequest, Suggestion, Wish, suggest
from kkd_desktop.domain.slots import Agenda, Busy, Half
from kkd_desktop.domain.values import Value
from kkd_desktop.store import appointments, clients

_HORIZON = timedelta(days=600)


class NextTalk(Value, frozen=True):
    """What is due for a client and which talk to propose."""

    client: Client
    outcome: Outcome
    suggestion: Suggestion

    @property
    def best(self) -> Proposal | None:
        return self.suggestion.best


def agenda(context: Context, *, without: int | None = None) -> Agenda:
    """The caseworker's time from today on; `without` leaves out an appointment that is to move."""
    last = context.today + _HORIZON
    talks = (
        Busy(each.start, each.end)
        for each in appointments.between(context.store, context.today, last)
        if each.state.is_open and each.id != without
    )
    elsewhere = (
        Busy(each.start, each.end, talk=False)
        for each in busy.between(context, context.today, last)
    )
    return Agenda(context.office_calendar(), context.settings.hours, (*talks, *elsewhere))


def next_talk(
    context: Context,
    client: Client,
    at: datetime,
    *,
    contact: Contact | None = None,
    present: bool = False,
    form: ContactForm = ContactForm.PERSOENLICH,
    free: Agenda | None = None,
) -> NextTalk:
    """The proposal for a client at local time `at`.

    `contact` is a talk just being logged: the proposal already reckons with it. `present` means
    that the client is here and takes the invitation along. `free` reuses an agenda for many.
    """
    outcome = casework.outcome_with(context, client, contact)
    return NextTalk(
        client, outcome, propose(context, client, outcome, at, free, present=present, form=form)
    )


def propose(
    context: Context,
    client: Client,
    outcome: Outcome,
    at: datetime,
    free: Agenda | None = None,
    *,
    present: bool = False,
    form: ContactForm = ContactForm.PERSOENLICH,
) -> Suggestion:
    """Free slots for what is due, from an outcome at hand."""
    found = outcome.deciding
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
        wish=_wish(client, context.today),
        partners=_partners(context, client),
    )
    return suggest(request, free or agenda(context))


def _post(context: Context) -> Post:
    """An invitation posted today: when it counts as received, and the margin after it."""
    return Post(deemed_on(context.today, context.fictions()), context.settings.post_margin_days)


def _wish(client: Client, day: date) -> Wish:
    half = client.subject.facts.at(WISH, day)
    return Wish(Half(str(half))) if half in list(Half) else Wish()


def _partners(context: Context, client: Client) -> tuple[Busy, ...]:
    """Open appointments of others of the Bedarfsgemeinschaft."""
    if not client.bg_number:
        return ()
    others = {c.id for c in clients.of_bg(context.store, client.bg_number, context.today)} - {
        client.id
    }
    return tuple(
        Busy(each.start, each.end)
        for each in appointments.open_from(context.store, context.today)
        if each.client_id in others
    )
