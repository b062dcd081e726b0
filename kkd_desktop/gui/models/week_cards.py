"""What stands on the cards of the week? Names, state and details, ready to be shown."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication

from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import STATE_TEXTS, Appointment, AppointmentState
from kkd_desktop.domain.busy_time import BUSY_TEXTS
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.contact import ContactForm
from kkd_desktop.domain.values import Value, replace
from kkd_desktop.domain.week import DayPlan, Talk, minute_of
from kkd_desktop.gui.models.week_proposals import ProposedTalk
from kkd_desktop.gui.models.worklist_rows import profile_text
from kkd_desktop.gui.theme import Tone

TONES = {
    AppointmentState.BOOKED: Tone.ACCENT,
    AppointmentState.INVITED: Tone.ACCENT,
    AppointmentState.ATTENDED: Tone.OK,
    AppointmentState.MISSED: Tone.SOON,
}


class WeekCard(Value, frozen=True):
    """One talk as it stands in the calendar.

    `is_filled`: the client knows, or was there; else the card is an outline. `ticked` tells of a
    proposed one whether it is to be taken over, None of all others. `lane` of `lanes` stand side by
    side where talks overlap.
    """

    talk: Talk
    name: str
    short_name: str
    state: str
    details: tuple[str, ...]
    tone: Tone
    is_filled: bool
    since: int
    minutes: int
    preparation: int
    spoken: str
    lane: int = 0
    lanes: int = 1
    ticked: bool | None = None

    @property
    def key(self) -> int:
        return self.talk.ids[0]

    @property
    def day(self) -> date:
        return self.talk.start.date()

    @property
    def until(self) -> int:
        return self.since + self.minutes


def cards_of(plan: DayPlan, now: datetime) -> tuple[WeekCard, ...]:
    """The cards of one day as of `now`, those that overlap in lanes."""
    found: list[WeekCard] = []
    cluster: list[Talk] = []
    end: datetime | None = None
    for talk in plan.talks:
        if end is not None and talk.start >= end:
            found += _side_by_side(cluster, now)
            cluster, end = [], None
        cluster.append(talk)
        end = talk.end if end is None else max(end, talk.end)
    found += _side_by_side(cluster, now)
    return tuple(_with_clash(card, plan) if card.talk.is_open else card for card in found)


def _with_clash(card: WeekCard, plan: DayPlan) -> WeekCard:
    """What another calendar has at the same time is said first of all details."""
    talk = card.talk
    busy = next((b for b in plan.busy if b.start < talk.end and talk.start < b.end), None)
    if busy is None:
        return card
    words = _tr("zugleich „{busy}“").format(busy=busy.title or BUSY_TEXTS[busy.state])
    return replace(card, details=(words, *card.details), spoken=f"{card.spoken}, {words}")


def card_of(talk: Talk, now: datetime, lane: int = 0, lanes: int = 1) -> WeekCard:
    if isinstance(talk, ProposedTalk):
        return _proposed_card(talk, lane, lanes)
    telling = _telling(talk)
    waits = telling.state.is_open and talk.end <= now
    state = _tr("noch ohne Ergebnis") if waits else _state(talk)
    details = _details(talk)
    return WeekCard(
        talk,
        _names(talk.clients),
        _short_names(talk.clients),
        state,
        details,
        Tone.NEUTRAL if waits else TONES.get(telling.state, Tone.NEUTRAL),
        telling.state is not AppointmentState.BOOKED,
        minute_of(talk.start),
        talk.minutes,
        max(0, min(talk.first.preparation, talk.minutes)),
        _spoken(talk, state, details),
        lane,
        lanes,
    )


def _proposed_card(talk: ProposedTalk, lane: int, lanes: int) -> WeekCard:
    planned = talk.planned
    state = _tr("vorgeschlagen") if talk.is_chosen else _tr("abgewählt")
    late = texts.counted(planned.late_days, "Tag", "Tage")
    others = (_tr("Folgetermin") if planned.nth else "", *_details(talk))
    details = [part for part in others if part]
    spoken = details
    if planned.late_days:
        # On the card there is little room.
        spoken = [_tr("{days} später als vorgegeben").format(days=late), *details]
        details = [_tr("{days} später").format(days=late), *details]
    return WeekCard(
        talk,
        _names(talk.clients),
        _short_names(talk.clients),
        state,
        tuple(details),
        Tone.ACCENT if talk.is_chosen else Tone.NEUTRAL,
        False,
        minute_of(talk.start),
        talk.minutes,
        max(0, min(talk.first.preparation, talk.minutes)),
        _spoken(talk, state, tuple(spoken)),
        lane,
        lanes,
        talk.is_chosen,
    )


def short_name(client: Client) -> str:
    """`Beispiel, A.`"""
    if not client.first_name:
        return client.last_name
    return f"{client.last_name}, {client.first_name[0]}."


def families(clients: Sequence[Client]) -> str:
    """`Beispiel`, or `Beispiel + Muster`: the family names alone."""
    return " + ".join(dict.fromkeys(client.last_name for client in clients))


def span_text(start: datetime, minutes: int) -> str:
    """`09:00–09:45`."""
    return f"{texts.clock(start)}–{texts.clock(start + timedelta(minutes=minutes))}"


def _side_by_side(cluster: list[Talk], now: datetime) -> list[WeekCard]:
    ends: list[datetime] = []
    lanes: list[int] = []
    for talk in cluster:
        lane = next((n for n, end in enumerate(ends) if end <= talk.start), len(ends))
        if lane == len(ends):
            ends.append(talk.end)
        else:
            ends[lane] = talk.end
        lanes.append(lane)
    return [card_of(talk, now, lane, len(ends)) for talk, lane in zip(cluster, lanes, strict=True)]


def _telling(talk: Talk) -> Appointment:
    """The appointment that gives a joint card its look: one that is still open."""
    return next((each for each, _ in talk.booked if each.state.is_open), talk.first)


def _state(talk: Talk) -> str:
    return " / ".join(dict.fromkeys(STATE_TEXTS[each.state] for each, _ in talk.booked))


def _details(talk: Talk) -> tuple[str, ...]:
    first = talk.first
    form = "" if first.form is ContactForm.PERSOENLICH else texts.FORMS[first.form]
    joint = len(talk.booked) > 1
    about = _tr("gemeinsam") if joint else _profile(talk.clients[0], first.day)
    room = _tr("Raum {room}").format(room=first.room) if first.room else ""
    return tuple(part for part in (form, about, first.purpose, room) if part)


def _names(clients: Sequence[Client]) -> str:
    """`Beispiel, Amina + Ben` where they share the name, else `Beispiel, Amina + Muster, Ben`."""
    first, *others = clients
    return " + ".join(
        (first.name, *(_given(o) if o.last_name == first.last_name else o.name for o in others))
    )


def _given(client: Client) -> str:
    return client.first_name or client.last_name


def _short_names(clients: Sequence[Client]) -> str:
    """`Beispiel, A. + B.`"""
    first, *others = clients
    shared = (
        f"{_given(o)[0]}." if o.last_name == first.last_name else short_name(o) for o in others
    )
    return " + ".join((short_name(first), *shared))


def _profile(client: Client, day: date) -> str:
    """`Markt`; the Profillagen without a name of their own are not a lone letter."""
    words = profile_text(client, day).removeprefix("– ")
    return _tr("Profillage {letter}").format(letter=words) if len(words) == 1 else words


def _spoken(talk: Talk, state: str, details: tuple[str, ...]) -> str:
    """`Di 24.11., 09:00–09:45, Beispiel, Amina, eingeladen, Markt`."""
    when = f"{texts.short_day(talk.start.date())}, {span_text(talk.start, talk.minutes)}"
    name = " + ".join(client.name for client in talk.clients)
    own = talk.first.preparation
    after = _tr("davon {minutes} Minuten Vor- und Nachbereitung").format(minutes=own) if own else ""
    return ", ".join(part for part in (when, name, state, *details, after) if part)


def _tr(text: str) -> str:
    return QCoreApplication.translate("week_cards", text)
