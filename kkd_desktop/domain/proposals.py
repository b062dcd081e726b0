"""Which day and time to propose to a client, what else would do, and why?

The norm comes first: a talk inside the window of the policy is better than any wish. What cannot
be kept any more is said in plain words, as the office's task.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from kkd_desktop.domain.absence import Away, shifted
from kkd_desktop.domain.language import said
from kkd_desktop.domain.lengths import Length
from kkd_desktop.domain.slots import HALF_TEXTS, Agenda, Busy, Half
from kkd_desktop.domain.spans import add_months
from kkd_desktop.domain.texts import clock, counted, days, short_day, weekday_day
from kkd_desktop.domain.values import Value, replace
from kkd_desktop.domain.wishes import Wish
from kkd_desktop.domain.workdays import DAY

POST_MARGIN = 3
"""Working days between Bekanntgabe and talk, so that the client can arrange for it."""

MONTHS_WITHOUT_RULE = 3
"""Where no policy names a date: soon enough to stay in touch, and clearly ours."""

MOST_RUNNERS_UP = 5
ENOUGH_DAYS = 10
"""Days with free time that are compared; further away from the target nothing gets better."""

LATE_FOR_WISH = timedelta(days=14)
"""How much longer an overdue talk waits for a day that the client wishes."""

HORIZON = timedelta(days=550)
"""How far a search goes: the longest window of the shipped policies, and half a year."""

# What a day away from the target weighs against one more talk on a day, a crooked time, and the
# chance to see a BG together. The last spares a family a journey, so it may move a talk for weeks.
_DAY_WEIGHT = 4
_TALK_WEIGHT = 4
_CROOKED_WEIGHT = 1
PARTNER_REACH = timedelta(days=28)
_SAME_DAY_GAIN = 14 * _DAY_WEIGHT
_BACK_TO_BACK_GAIN = 21 * _DAY_WEIGHT


class Post(Value, frozen=True):
    """A letter posted today: the day it counts as received (R29), and the margin after it."""

    deemed: date
    margin: int = POST_MARGIN


class SlotRequest(Value, frozen=True):
    """What is known when a talk is looked for.

    `earliest`, `target` and `latest` are the days of the policy's answer, as they are; `planned`
    is a day the caseworker noted. `post` None means that nothing has to be announced by letter;
    `present` that the client is here and can take the invitation along. `unread` is a wish as it is
    stored that cannot be understood. On days `away` the client cannot be met. `partners` are the
    appointments of others of the BG. The last `preparation` of the minutes are the caseworker's
    own. `unruled` says why no policy asks for this talk, where another reason is known than that
    none does.
    """

    now: datetime
    minutes: int
    earliest: date | None = None
    target: date | None = None
    latest: date | None = None
    planned: date | None = None
    post: Post | None = None
    present: bool = False
    wish: Wish = Wish()
    unread: str = ""
    away: tuple[Away, ...] = ()
    partners: tuple[Busy, ...] = ()
    preparation: int = 0
    unruled: str = ""

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def has_rule(self) -> bool:
        return self.target is not None or self.latest is not None

    @property
    def stay(self) -> int:
        """The minutes for which the client is here."""
        return self.minutes - self.preparation


class Beside(Value, frozen=True):
    """What another member of the BG is offered along with a proposal."""

    client_id: int
    name: str
    start: datetime
    minutes: int
    preparation: int = 0


class Proposal(Value, frozen=True):
    """One possible talk. `label` is for a button, `reasons` for the question why.

    `drawback` says why a runner-up is not the best one. `handed_over_only`: a letter would come too
    late. `late`: after the last day of the policy. `ruled`: a policy asks for this talk at all.
    `beside` are others who come along: into the same talk where it is `joint`, else after it.
    """

    start: datetime
    minutes: int
    label: str
    reasons: tuple[str, ...]
    handed_over_only: bool = False
    with_partner: bool = False
    late: bool = False
    ruled: bool = True
    preparation: int = 0
    drawback: str = ""
    beside: tuple[Beside, ...] = ()
    joint: bool = False

    @property
    def end(self) -> datetime:
        return self.start + timedelta(minutes=self.minutes)

    @property
    def day(self) -> date:
        return self.start.date()

    @property
    def length(self) -> Length:
        return Length.of_minutes(self.minutes, self.preparation)


class Suggestion(Value, frozen=True):
    """The best talk and the runners-up in order of time; `note` says why there is none.

    `together` are talks that another member of the BG would come along to.
    """

    best: Proposal | None
    others: tuple[Proposal, ...] = ()
    note: str = ""
    together: tuple[Proposal, ...] = ()

    @property
    def all(self) -> tuple[Proposal, ...]:
        """Everything that can be chosen, the best first."""
        best = () if self.best is None else (self.best,)
        return (*best, *self.others, *self.together)


class _Stage(Value, frozen=True):
    """A stretch of days to search, the day to be near to, and what to say about going there."""

    first: date
    last: date
    near: date
    reason: str = ""
    late: bool = False
    heeds_wish: bool = True


class _Option(Value, frozen=True):
    """A free slot and its price, smaller is better; the start settles every tie."""

    price: int
    start: datetime

    @property
    def key(self) -> tuple[int, datetime]:
        return self.price, self.start


class _RunnerUp(Value, frozen=True):
    """A slot that is worth offering beside the best one, and what for."""

    option: _Option
    use: str


def suggest(request: SlotRequest, agenda: Agenda) -> Suggestion:
    """The best free slot and up to five others that differ in a way a client may care about."""
    search = _Search(request, agenda)
    for stage in _stages(request, search.begin):
        options = search.options(stage)
        if options:
            return search.suggestion(stage, options)
    return Suggestion(
        None,
        note=said("Bis {day} ist kein Termin mehr frei.").format(
            day=weekday_day(search.begin + HORIZON)
        ),
    )


def _stages(request: SlotRequest, begin: date) -> Iterator[_Stage]:
    """Where to look, in the order of what must give way: the wish, the window, the norm."""
    if request.latest is None:
        target, reason = _target_without_limit(request)
        first = max(begin, request.earliest or begin)
        near = max(first, target)
        stages = [_Stage(first, near + HORIZON, near, reason)]
    else:
        first = max(begin, request.latest + DAY)
        late = _why_late(request, request.latest, begin)
        stages = [
            *_stages_in_time(request, begin, request.latest),
            _Stage(first, first + HORIZON, first, late, late=True),
        ]
    for stage in stages:
        if request.wish:
            yield replace(stage, last=stage.first + LATE_FOR_WISH) if stage.late else stage
            yield replace(stage, heeds_wish=False)
        else:
            yield stage


def _stages_in_time(request: SlotRequest, begin: date, latest: date) -> Iterator[_Stage]:
    earliest = max(begin, request.earliest or begin)
    target = request.target or request.planned or latest
    if earliest <= latest:
        yield _Stage(earliest, latest, min(max(target, earliest), latest))
    before = min(earliest - DAY, latest)
    if begin <= before and request.earliest is not None:
        reason = said("vor dem {day}, weil danach bis {last} nichts frei ist").format(
            day=weekday_day(request.earliest), last=short_day(latest)
        )
        yield _Stage(begin, before, before, reason)


def _target_without_limit(request: SlotRequest) -> tuple[date, str]:
    if request.target is not None:
        return request.target, ""
    unruled = request.unruled or said("ohne Vorgabe")
    if request.planned is not None:
        planned = weekday_day(request.planned)
        return request.planned, said("{unruled}; geplant ist {planned}").format(
            unruled=unruled, planned=planned
        )
    months = counted(MONTHS_WITHOUT_RULE, "Monat", "Monaten")
    soon = add_months(request.today, MONTHS_WITHOUT_RULE)
    return soon, said("{unruled}; in etwa {months}").format(unruled=unruled, months=months)


def _why_late(request: SlotRequest, latest: date, begin: date) -> str:
    if latest < request.today:
        return said("die Vorgabe war {day}; so bald wie möglich").format(day=weekday_day(latest))
    if request.post is not None and latest < begin:
        deemed = short_day(request.post.deemed)
        return said(
            "bis {day} reicht die Postlaufzeit nicht (Bekanntgabe {deemed}); so bald wie möglich"
        ).format(day=weekday_day(latest), deemed=deemed)
    away = next((each for each in request.away if each.covers(latest)), None)
    if away is not None and away.since <= max(begin, request.earliest or begin):
        return said("bis {day} nicht zu treffen ({german}); so bald wie möglich").format(
            day=weekday_day(latest), german=away.german()
        )
    return said("bis {day} ist kein Termin mehr frei; so bald wie möglich").format(
        day=weekday_day(latest)
    )


class _Search:
    """One request against one agenda."""

    def __init__(self, request: SlotRequest, agenda: Agenda) -> None:
        self.request = request
        self.agenda = agenda
        today = request.today
        # Who is here now does not come again the same day, unless it is the last one.
        again = request.present and request.latest != today
        first = today + DAY if again else today
        post = request.post
        reach = (
            first if post is None else agenda.calendar.nth_workday_after(post.deemed, post.margin)
        )
        self.posted = max(first, reach)
        """The first day that a letter can ask for."""
        self.begin = first if request.present else self.posted
        self._beside = [
            moment
            for partner in request.partners
            for moment in (partner.end, partner.start - timedelta(minutes=request.minutes))
        ]
        self._free: dict[date, list[datetime]] = {}
        self._partner_days = {partner.start.date() for partner in request.partners}

    def options(self, stage: _Stage) -> list[_Option]:
        """The best slot of each half day near the target, best first."""
        days = dict.fromkeys(self._days_with_time(stage, ENOUGH_DAYS))
        if stage.first < self.posted <= stage.last:
            # Whatever is handed over best, something must be left that a letter can ask for.
            near = max(stage.near, self.posted)
            later = replace(stage, first=self.posted, near=near)
            days.update(dict.fromkeys(self._days_with_time(later, 2)))
        days.update(dict.fromkeys(filter(partial(_meets, stage), sorted(self._partner_days))))
        best: dict[tuple[date, Half], _Option] = {}
        for day in days:
            for start in self._slots(day, stage):
                option = _Option(self._price(start, stage), start)
                half = (day, Half.of(start))
                if half not in best or option.key < best[half].key:
                    best[half] = option
        return sorted(best.values(), key=lambda option: option.key)

    def suggestion(self, stage: _Stage, options: Sequence[_Option]) -> Suggestion:
        best, rest = options[0], list(options[1:])
        chosen = self._runners_up(best, rest)
        proposal = self._proposal(best.start, stage, None)
        others = [self._runner_up(each, best, stage) for each in chosen]
        by_hand = self._by_hand() if stage.late else None
        if by_hand is not None:
            others = [by_hand, *others[: MOST_RUNNERS_UP - 1]]
        return Suggestion(proposal, tuple(sorted(others, key=lambda other: other.start)))

    def _days_with_time(self, stage: _Stage, enough: int) -> Iterator[date]:
        found = 0
        for day in _outward(stage.near, stage.first, stage.last):
            if self._slots(day, stage):
                yield day
                found += 1
                if found == enough:
                    return

    def _slots(self, day: date, stage: _Stage) -> list[datetime]:
        wish = self.request.wish
        heeded = bool(wish) and stage.heeds_wish
        stay = self.request.stay
        if any(each.covers(day) for each in self.request.away):
            return []
        if heeded and wish.weekdays and day.weekday() not in wish.weekdays:
            return []
        if day not in self._free:
            self._free[day] = self.agenda.free_slots(
                day, self.request.minutes, not_before=self.request.now, also=self._beside
            )
        slots = self._free[day]
        return [start for start in slots if wish.admits(start, stay)] if heeded else slots

    def _price(self, start: datetime, stage: _Stage) -> int:
        if stage.late:
            # No day outweighs lateness; on the same day a BG may still be seen together.
            return (start.date() - stage.near).days * _DAY_WEIGHT - (start in self._beside)
        return self._distance(start, stage) + self._load(start) + self._crooked(start)

    def _distance(self, start: datetime, stage: _Stage) -> int:
        """The way from the day it should be, and what the BG would gain on the other side."""
        away = abs((start.date() - stage.near).days) * _DAY_WEIGHT
        return away - self._gain(start)

    def _gain(self, start: datetime) -> int:
        if start in self._beside:
            return _BACK_TO_BACK_GAIN
        return _SAME_DAY_GAIN if start.date() in self._partner_days else 0

    def _load(self, start: datetime) -> int:
        return self.agenda.talks_on(start.date()) * _TALK_WEIGHT

    def _crooked(self, start: datetime) -> int:
        return _CROOKED_WEIGHT if start.minute else 0

    def _runners_up(self, best: _Option, rest: Sequence[_Option]) -> list[_RunnerUp]:
        """One by post, one in the other half of the day, one with the BG, then one per day."""
        chosen: list[_RunnerUp] = []

        def taken() -> list[datetime]:
            return [each.option.start for each in chosen]

        def choose(use: str, fits: Callable[[datetime], bool]) -> None:
            found = next((x for x in rest if x.start not in taken() and fits(x.start)), None)
            if found is not None and len(chosen) < MOST_RUNNERS_UP:
                chosen.append(_RunnerUp(found, use))

        if best.start.date() < self.posted:
            choose(said("reicht auch für einen Brief"), lambda start: start.date() >= self.posted)
        half = Half.of(best.start)
        other = next(each for each in Half if each is not half)
        choose(
            said("{other} statt {half}").format(other=HALF_TEXTS[other], half=HALF_TEXTS[half]),
            lambda start: Half.of(start) is other,
        )
        if best.start.date() not in self._partner_days:
            choose(said("am Tag der BG"), lambda start: start.date() in self._partner_days)
        other_day = said("an einem anderen Tag")
        for _ in range(MOST_RUNNERS_UP):
            used = {moment.date() for moment in (best.start, *taken())}
            choose(other_day, lambda start, used=used: start.date() not in used)  # type: ignore[misc]
        for _ in range(MOST_RUNNERS_UP):
            choose(said("zu einer anderen Stunde"), lambda start: True)
        return chosen

    def _runner_up(self, found: _RunnerUp, best: _Option, stage: _Stage) -> Proposal:
        start = found.option.start
        proposal = self._proposal(start, stage, best.start)
        return replace(
            proposal,
            reasons=(found.use, *proposal.reasons),
            drawback=self._drawback(start, best.start, stage),
        )

    def _drawback(self, start: datetime, best: datetime, stage: _Stage) -> str:
        """What weighs most against this slot beside the best one."""
        later = (start.date() - best.date()).days
        if stage.late:
            return (
                said("{days} später").format(days=days(later))
                if later
                else said("später am selben Tag")
            )
        away, nearer = (abs((each.date() - stage.near).days) for each in (start, best))
        against = (
            (self._gain(best) - self._gain(start), self._without_partner(start)),
            ((away - nearer) * _DAY_WEIGHT, self._how_far(start.date(), stage)),
            (self._load(start) - self._load(best), self._how_full(start.date())),
            (self._crooked(start) - self._crooked(best), said("nicht zur vollen Stunde")),
        )
        weight, text = max(against, key=lambda each: each[0])
        return text if weight > 0 else said("gleich gut, aber später")

    def _without_partner(self, start: datetime) -> str:
        same_day = start.date() in self._partner_days
        return (
            said("nicht direkt beim Termin der BG")
            if same_day
            else said("nicht am Tag vom Termin der BG")
        )

    def _how_far(self, day: date, stage: _Stage) -> str:
        away = (day - stage.near).days
        if stage.near in (self.request.target, self.request.planned):
            how = said("{days} nach dem Zieltag") if away > 0 else said("{days} vor dem Zieltag")
        else:
            how = said("{days} später als möglich") if away > 0 else said("{days} früher als nötig")
        return how.format(days=days(abs(away)))

    def _how_full(self, day: date) -> str:
        talks = counted(self.agenda.talks_on(day), "Gespräch", "Gespräche")
        return said("an diesem Tag schon {talks}").format(talks=talks)

    def _by_hand(self) -> Proposal | None:
        """What would still do in time, or sooner, if the client came by for the invitation."""
        request = self.request
        tomorrow = request.today + DAY
        first, last = tomorrow, self.posted - DAY
        if request.latest is not None and request.latest >= tomorrow:
            first, last = max(first, request.earliest or first), min(last, request.latest)
        if request.post is None or request.present or last < first:
            return None
        late = request.latest is not None and request.latest < first
        stage = _Stage(first, last, first, late=late, heeds_wish=False)
        options = self.options(stage)
        if not options:
            return None
        drawback = said("für einen Brief zu kurzfristig")
        return replace(self._proposal(options[0].start, stage, None), drawback=drawback)

    def _proposal(self, start: datetime, stage: _Stage, best: datetime | None) -> Proposal:
        by_hand = self.request.post is not None and start.date() < self.posted
        proposal = Proposal(
            start,
            self.request.minutes,
            label="",
            reasons=tuple(self._reasons(start, stage, by_hand)),
            handed_over_only=by_hand,
            with_partner=start.date() in self._partner_days,
            late=stage.late,
            ruled=self.request.has_rule,
            preparation=self.request.preparation,
        )
        return replace(proposal, label=self._label(proposal, best))

    def _label(self, proposal: Proposal, best: datetime | None) -> str:
        # With the client here, handing over is the rule and the BG the news.
        if proposal.with_partner and (self.request.present or not proposal.handed_over_only):
            return said("mit BG-Partner")
        if proposal.handed_over_only:
            return said("wird ausgehändigt")
        if best is not None and Half.of(best) is not Half.of(proposal.start):
            return HALF_TEXTS[Half.of(proposal.start)]
        if not proposal.ruled:
            return said("ohne Vorgabe")
        if self.request.post is not None:
            return said("auch per Post") if self.request.present else said("per Post")
        return HALF_TEXTS[Half.of(proposal.start)]

    def _reasons(self, start: datetime, stage: _Stage, by_hand: bool) -> Iterator[str]:
        if stage.reason:
            yield stage.reason
        yield from self._why_this_far(start, stage, by_hand)
        if not stage.late and not stage.reason:
            yield from self._why_this_day(start.date())
        if moved := shifted(self.request.away, stage.near, start.date()):
            yield moved
        yield from self._why_with_partner(start)
        yield self._load_text(start.date())
        if self.request.wish:
            yield self._why_wish(start, stage)
        if self.request.unread:
            yield said("der Wunsch „{unread}“ ist nicht zu verstehen und blieb unbeachtet").format(
                unread=self.request.unread
            )

    def _load_text(self, day: date) -> str:
        talks = self.agenda.talks_on(day)
        count = said("kein Gespräch") if not talks else counted(talks, "Gespräch", "Gespräche")
        form = (
            said("an diesem Tag sind bisher {count} vereinbart")
            if talks > 1
            else said("an diesem Tag ist bisher {count} vereinbart")
        )
        return form.format(count=count)

    def _why_wish(self, start: datetime, stage: _Stage) -> str:
        request = self.request
        wish = request.wish.in_words()
        if request.wish.admits(start, request.stay):
            return said("wie gewünscht {wish}").format(wish=wish)
        if start.date() < self.posted and not request.present:
            return said("gegen den Wunsch ({wish})").format(wish=wish)
        if stage.late:
            return said("der Wunsch ({wish}) würde noch länger warten lassen").format(wish=wish)
        if request.latest is None:
            return said("der Wunsch ({wish}) ist auf lange Zeit nicht möglich").format(wish=wish)
        return said("der Wunsch ({wish}) lässt sich bis {day} nicht einhalten").format(
            wish=wish, day=short_day(request.latest)
        )

    def _why_this_far(self, start: datetime, stage: _Stage, by_hand: bool) -> Iterator[str]:
        post = self.request.post
        if by_hand and post is not None:
            deemed = short_day(post.deemed)
            yield said(
                "nur ausgehändigt; für einen Brief (Bekanntgabe {deemed}) ist es zu kurzfristig"
            ).format(deemed=deemed)
        elif start == self._first_free(stage):
            wished = said("Wunsch") if self.request.wish and stage.heeds_wish else ""
            posted = (
                said("Postlaufzeit (Bekanntgabe {day})").format(day=short_day(post.deemed))
                if post
                else ""
            )
            after = said(" und ").join(part for part in (wished, posted) if part)
            yield (
                said("frühester freier Termin nach {after}").format(after=after)
                if after
                else said("frühester freier Termin")
            )

    def _first_free(self, stage: _Stage) -> datetime | None:
        """The first free slot that a letter can ask for, if it lies in the first days at all."""
        for offset in range(ENOUGH_DAYS):
            slots = self._slots(self.posted + offset * DAY, stage)
            if slots:
                return slots[0]
        return None

    def _why_this_day(self, day: date) -> Iterator[str]:
        target, latest = self.request.target, self.request.latest
        if target is not None and target < self.request.today:
            yield said("so bald wie möglich: der Zieltag {day} liegt zurück").format(
                day=short_day(target)
            )
        elif target is not None and target != latest:
            near = said("am Zieltag {day}") if day == target else said("nahe am Zieltag {day}")
            yield near.format(day=short_day(target))
        if latest is None:
            return
        if day < latest and not any(map(self.agenda.is_open, _days(day + DAY, latest))):
            yield said("letzter Arbeitstag vor {day}").format(day=weekday_day(latest))
        else:
            yield said("innerhalb der Vorgabe bis {day}").format(day=weekday_day(latest))

    def _why_with_partner(self, start: datetime) -> Iterator[str]:
        end = start + timedelta(minutes=self.request.minutes)
        for partner in sorted(self.request.partners):
            if partner.start.date() != start.date():
                continue
            at = clock(partner.start)
            if start == partner.end:
                yield said("direkt nach dem Termin aus der BG um {at}").format(at=at)
            elif end == partner.start:
                yield said("direkt vor dem Termin aus der BG um {at}").format(at=at)
            else:
                yield said("am selben Tag wie der Termin aus der BG um {at}").format(at=at)


def _meets(stage: _Stage, day: date) -> bool:
    """Whether a day of a BG partner is near enough to move the talk there."""
    return stage.first <= day <= stage.last and abs(day - stage.near) <= PARTNER_REACH


def _outward(near: date, first: date, last: date) -> Iterator[date]:
    """Days from `near` on to both sides, the earlier one first."""
    yield from (near,) if first <= near <= last else ()
    reach = max((near - first).days, (last - near).days)
    for distance in range(1, reach + 1):
        before, after = near - distance * DAY, near + distance * DAY
        if before >= first:
            yield before
        if after <= last:
            yield after


def _days(first: date, last: date) -> Iterable[date]:
    return (first + offset * DAY for offset in range((last - first).days + 1))
