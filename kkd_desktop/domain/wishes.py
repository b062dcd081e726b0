"""When can a client come? Halves of a day, weekdays and hours, read as one writes them."""

import re
from datetime import date, datetime, time, timedelta
from functools import cache

from kkd_desktop.domain import language
from kkd_desktop.domain.client import WISH, Client
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import to_say
from kkd_desktop.domain.plain_text import line
from kkd_desktop.domain.slots import HALF_TEXTS, Half
from kkd_desktop.domain.texts import LONG_WEEKDAYS, WEEKDAYS, clock, weekday
from kkd_desktop.domain.texts import day as day_text
from kkd_desktop.domain.values import Value
from kkd_desktop.domain.written_days import read_day

FIELD = to_say("Terminwunsch")
_NOON = time(12)
_EVERY_DAY = frozenset(range(5))


class Wish(Value, frozen=True):
    """When the client can come. No weekday named means any.

    A talk begins at `not_before` at the earliest, and the client is gone by `not_after`.
    """

    half: Half | None = None
    weekdays: frozenset[int] = frozenset()
    not_before: time | None = None
    not_after: time | None = None

    def __bool__(self) -> bool:
        return bool(self.weekdays) or any(
            part is not None for part in (self.half, self.not_before, self.not_after)
        )

    def admits(self, start: datetime, minutes: int) -> bool:
        """Whether a client who stays for `minutes` can come then."""
        end = start + timedelta(minutes=minutes)
        return (
            (self.half is None or Half.of(start) is self.half)
            and (not self.weekdays or start.weekday() in self.weekdays)
            and (self.not_before is None or start.time() >= self.not_before)
            and (self.not_after is None or end <= datetime.combine(start, self.not_after))
        )

    def written(self) -> str:
        """`Di, Do vormittags, nicht vor 10:00`: how it is typed and stored, German always."""
        with language.german():
            return self.in_words()

    def in_words(self) -> str:
        """The same for a reader."""
        days = ", ".join(weekday(number) for number in sorted(self.weekdays))
        half = "" if self.half is None else HALF_TEXTS[self.half]
        first = " ".join(part for part in (days, half) if part)
        before = self.not_before and language.said("nicht vor {clock}").format(
            clock=clock(self.not_before)
        )
        after = self.not_after and language.said("nicht nach {clock}").format(
            clock=clock(self.not_after)
        )
        return ", ".join(part for part in (first, before, after) if part)

    def with_other(self, other: "Wish") -> "Wish | None":
        """What suits both; None where nothing does."""
        halves = {half for half in (self.half, other.half) if half is not None}
        days = (self.weekdays or _EVERY_DAY) & (other.weekdays or _EVERY_DAY)
        both = Wish(
            min(halves, default=None),
            frozenset() if days == _EVERY_DAY else days,
            max(filter(None, (self.not_before, other.not_before)), default=None),
            min(filter(None, (self.not_after, other.not_after)), default=None),
        )
        return None if len(halves) > 1 or not days or both.contradiction() else both

    def contradiction(self) -> str:
        """Why no hour of any day can be meant, in words; empty where one can."""
        since, until = self.not_before, self.not_after
        if since is not None and until is not None and since >= until:
            return language.said("zwischen {clock} und {clock2} liegt keine Zeit").format(
                clock=clock(since), clock2=clock(until)
            )
        if self.half is Half.VORMITTAG and since is not None and since >= _NOON:
            return language.said("vormittags und nicht vor {clock} schließen sich aus").format(
                clock=clock(since)
            )
        if self.half is Half.NACHMITTAG and until is not None and until <= _NOON:
            return language.said("nachmittags und nicht nach {clock} schließen sich aus").format(
                clock=clock(until)
            )
        return ""


def wish_written(value: str, until: date | None) -> str:
    """A wish with its last day as it is typed: `Di, Do, bis 31.12.2026`."""
    return value if until is None else f"{value}, bis {day_text(until)}"


def wish_in_words(wish: Wish, until: date | None) -> str:
    """The same for a reader."""
    value = wish.in_words()
    return (
        value
        if until is None
        else language.said("{value}, bis {day_text}").format(value=value, day_text=day_text(until))
    )


def stored_in_words(value: str) -> str:
    """A stored wish for a reader; in German, or where it cannot be read, as it stands there."""
    if language.is_german():
        return value
    try:
        return read_wish(value)[0].in_words()
    except UserError:
        return value


def wish_of(client: Client, day: date) -> Wish:
    """What the client wishes on a day; a text that cannot be read is none, see `unread_wish`."""
    return _stored(client, day)[0]


def unread_wish(client: Client, day: date) -> str:
    """The wish of a client on a day as it is written, where it cannot be read; empty otherwise.

    Texts from before wishes were read are like this.
    """
    return _stored(client, day)[1]


def _stored(client: Client, day: date) -> tuple[Wish, str]:
    text = str(client.subject.facts.at(WISH, day) or "")
    try:
        return (read_wish(text)[0] if text else Wish()), ""
    except UserError:
        return Wish(), text


def _weekday(number: int) -> str:
    """`mo`, `Montag` or `montags`."""
    short, long = WEEKDAYS[number].casefold(), LONG_WEEKDAYS[number].casefold()
    return rf"{short}(?:{long.removeprefix(short)}s?)?\b\.?"


_TIME = r"\d{1,2}(?:[:.]\d{2})?(?![\d.])(?:\s*uhr\b)?"
_DAY = r"\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{4}-\d{1,2}-\d{1,2}"
_WEEKDAY = "|".join(map(_weekday, range(7)))
_PARTS = rf"""
      (?:gilt\s+)?bis\s+(?:zum\s+)?(?P<until>{_DAY})
    | (?:nicht\s+vor|frühestens|ab)\s+(?P<before>{_TIME})
    | (?:nicht\s+nach|spätestens|bis)\s+(?P<after>{_TIME})
    | (?P<half>vormittags|nachmittags)\b
    | (?P<first>{_WEEKDAY})\s*(?:-|–|bis)\s*(?P<last>{_WEEKDAY})
    | (?P<weekday>{_WEEKDAY})
    | (?:nur|und|am)\b | [,;\s]+
    """
_UNREAD = r"[^\s,;]+"


@cache
def _parts() -> re.Pattern[str]:
    """Built with the first wish: the window stands before it."""
    return re.compile(_PARTS, re.VERBOSE)


def read_wish(text: str) -> tuple[Wish, date | None]:
    """The wish of `nur Di und Do, nicht vor 10:00, bis 31.12.2026`, and its last day.

    UserError where a word is no wish, or where no hour could be meant.
    """
    typed = line(text, language.said(FIELD)).casefold()
    reading, place = _Reading(), 0
    while place < len(typed):
        found = _parts().match(typed, place)
        if found is None:
            word = re.search(_UNREAD, typed[place:])
            said = word[0] if word else typed[place:]
            raise UserError(
                language.said(
                    "{field}: „{said}“ ist nicht zu verstehen. Möglich sind zum "
                    "Beispiel „nur Di und Do“, „vormittags“, „nicht vor 10:00“, „nicht "
                    "nach 14:00“ und „bis 31.12.2026“."
                ).format(field=language.said(FIELD), said=said)
            )
        reading.take(found)
        place = found.end()
    return reading.wish(), reading.until


class _Reading:
    """What was read so far."""

    def __init__(self) -> None:
        self.until: date | None = None
        self._half: Half | None = None
        self._weekdays: set[int] = set()
        self._times: dict[str, time] = {}

    def take(self, found: re.Match[str]) -> None:
        kind, said = found.lastgroup, found[0].strip()
        if kind == "until":
            self.until = read_day(found["until"])
            if self.until is None:
                raise UserError(
                    language.said("{field}: „{found}“ ist kein Tag (TT.MM.JJJJ).").format(
                        field=language.said(FIELD), found=found["until"]
                    )
                )
        elif kind in ("before", "after"):
            self._once(self._times.get(kind), said)
            self._times[kind] = _time(found[kind])
        elif kind == "half":
            self._once(self._half, said)
            self._half = Half(found["half"])
        elif kind == "last":
            self._take_days(_number(found["first"]), _number(found["last"]), said)
        elif kind == "weekday":
            number = _number(found["weekday"])
            self._take_days(number, number, said)

    def wish(self) -> Wish:
        days = frozenset(self._weekdays)
        wish = Wish(
            self._half,
            frozenset() if days == _EVERY_DAY else days,
            self._times.get("before"),
            self._times.get("after"),
        )
        if not wish:
            raise UserError(
                language.said(
                    "{field}: bitte einen Wochentag, eine Tageshälfte oder Zeit nennen."
                ).format(field=language.said(FIELD))
            )
        if wish.contradiction():
            raise UserError(f"{language.said(FIELD)}: {wish.contradiction()}.")
        return wish

    def _once(self, known: object, said: str) -> None:
        if known is not None:
            raise UserError(
                language.said("{field}: „{said}“ passt nicht zu dem, was davor steht.").format(
                    field=language.said(FIELD), said=said
                )
            )

    def _take_days(self, first: int, last: int, said: str) -> None:
        if last not in _EVERY_DAY or first > last:
            raise UserError(
                language.said("{field}: „{said}“ nennt keine Arbeitstage (Mo bis Fr).").format(
                    field=language.said(FIELD), said=said
                )
            )
        self._weekdays.update(range(first, last + 1))


def _number(word: str) -> int:
    """The weekday that a word begins with; the first two letters tell them apart."""
    return [each.casefold() for each in WEEKDAYS].index(word[:2])


def _time(text: str) -> time:
    hour, _, minute = text.replace("uhr", "").strip().replace(".", ":").partition(":")
    try:
        return time(int(hour), int(minute or 0))
    except ValueError:
        raise UserError(
            language.said("{field}: „{strip}“ ist keine Uhrzeit (HH:MM).").format(
                field=language.said(FIELD), strip=text.strip()
            )
        ) from None
