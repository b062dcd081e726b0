"""Who of a Bedarfsgemeinschaft could be seen along with a client, in one talk or right after it?"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from kkd_desktop.domain.absence import Away
from kkd_desktop.domain.language import said
from kkd_desktop.domain.lengths import LONGEST_TALK
from kkd_desktop.domain.proposals import (
    PARTNER_REACH,
    Beside,
    Proposal,
    SlotRequest,
    suggest,
)
from kkd_desktop.domain.slots import Agenda
from kkd_desktop.domain.texts import clock, listed, short_day
from kkd_desktop.domain.values import Value, replace
from kkd_desktop.domain.wishes import Wish

JOINT_ADDITION = 15
"""Minutes that each further person adds to a joint talk: what concerns all is said once, but
everyone's own situation is looked at and gets a Vermerk of its own."""


class Companion(Value, frozen=True):
    """Another member of the BG who is due and has no appointment yet; days as the policy says."""

    client_id: int
    name: str
    minutes: int
    latest: date
    preparation: int = 0
    earliest: date | None = None
    target: date | None = None
    wish: Wish = Wish()
    away: tuple[Away, ...] = ()

    @property
    def begin(self) -> date:
        return _begin(self.earliest, self.target, self.latest)


def offers(
    request: SlotRequest, best: Proposal | None, companions: Iterable[Companion], agenda: Agenda
) -> tuple[Proposal, ...]:
    """One talk with all who fit, and their talks one after the other; none where nobody does.

    `best` is what the client would be proposed alone: nobody is made late by company.
    """
    if best is None or request.latest is None:
        return ()
    ordered = sorted(companions, key=lambda each: (each.latest, each.client_id))
    while ordered:
        found = tuple(
            each
            for each in _offers(request, ordered, agenda)
            if best.late or each.day <= request.latest
        )
        if found:
            return found
        # Whoever has the most time is left out first.
        ordered.pop()
    return ()


def _offers(
    request: SlotRequest, companions: list[Companion], agenda: Agenda
) -> Iterator[Proposal]:
    shared = _shared(request, companions)
    if shared is None:
        return
    joint = joint_minutes([request.minutes, *(each.minutes for each in companions)])
    preparation = max(request.preparation, *(each.preparation for each in companions))
    if joint <= LONGEST_TALK:
        one = replace(shared, minutes=joint, preparation=preparation)
        found = _found(one, companions, agenda)
        if found is not None:
            yield _joint(found, companions)
    row = replace(shared, minutes=request.minutes + sum(each.minutes for each in companions))
    found = _found(row, companions, agenda)
    if found is not None:
        yield _in_a_row(found, request, companions)


def joint_minutes(minutes: Sequence[int]) -> int:
    """How long one talk takes for all whose own would take these minutes."""
    return max(minutes) + JOINT_ADDITION * (len(minutes) - 1)


def _shared(request: SlotRequest, companions: list[Companion]) -> SlotRequest | None:
    """What all of them ask for at once; None where their wishes exclude each other."""
    assert request.latest is not None
    wish = request.wish
    for each in companions:
        both = wish.with_other(each.wish)
        if both is None:
            return None
        wish = both
    begin = _begin(request.earliest, request.target, request.latest)
    latest = min(request.latest, *(each.latest for each in companions))
    earliest = max(begin, *(each.begin for each in companions))
    target = request.target and min(max(request.target, earliest), latest)
    # Everyone gets an invitation, also who is not here now.
    return replace(
        request,
        earliest=earliest,
        target=target,
        latest=latest,
        wish=wish,
        away=(*request.away, *(away for each in companions for away in each.away)),
        present=False,
    )


def _begin(earliest: date | None, target: date | None, latest: date) -> date:
    """The first day that is not too soon: where a policy names none, weeks before it is due."""
    return earliest or (target or latest) - PARTNER_REACH


def _found(shared: SlotRequest, companions: list[Companion], agenda: Agenda) -> Proposal | None:
    """The best slot for all; None where somebody would be seen too soon or late, or unwilling."""
    assert shared.earliest is not None
    assert shared.latest is not None
    if shared.latest < shared.earliest and shared.latest >= shared.today:
        return None
    best = suggest(shared, agenda).best
    if best is None or best.day < shared.earliest:
        return None
    if shared.wish and not shared.wish.admits(best.start, shared.stay):
        return None
    in_time = best.day <= shared.latest
    # Who is overdue already comes as soon as possible; others are not made late by it.
    rest = [each.latest for each in companions if each.latest >= shared.today]
    return best if in_time or all(best.day <= day for day in rest) else None


def _joint(found: Proposal, companions: list[Companion]) -> Proposal:
    minutes = said("ein Gespräch von {minutes} min für alle").format(minutes=found.minutes)
    return replace(
        found,
        label=said("gemeinsam mit {names}").format(names=_names(companions)),
        reasons=(*_due(companions), minutes, *found.reasons),
        beside=tuple(
            Beside(each.client_id, each.name, found.start, found.minutes, found.preparation)
            for each in companions
        ),
        joint=True,
    )


def _in_a_row(found: Proposal, request: SlotRequest, companions: list[Companion]) -> Proposal:
    beside, start = [], found.start + timedelta(minutes=request.minutes)
    for each in companions:
        beside.append(Beside(each.client_id, each.name, start, each.minutes, each.preparation))
        start += timedelta(minutes=each.minutes)
    after = ", ".join(
        said("{name} um {clock}").format(name=each.name, clock=clock(each.start)) for each in beside
    )
    return replace(
        found,
        minutes=request.minutes,
        preparation=request.preparation,
        label=said("direkt danach {names}").format(names=_names(companions)),
        reasons=(
            *_due(companions),
            said("direkt danach {names}").format(names=after),
            *found.reasons,
        ),
        beside=tuple(beside),
    )


def _due(companions: list[Companion]) -> Iterator[str]:
    for each in companions:
        yield said("{name} ist bis {day} auch an der Reihe").format(
            name=each.name, day=short_day(each.latest)
        )


def _names(companions: list[Companion]) -> str:
    return listed([each.name for each in companions])
