"""What does the search-and-command field find? People, pages, actions and saved searches."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, QSettings, Signal

from kkd_desktop.domain import texts
from kkd_desktop.domain.client import Named
from kkd_desktop.domain.fuzzy import Grade, Index, key_of, marks
from kkd_desktop.domain.spoken_days import is_short_name, named_day
from kkd_desktop.domain.values import Value, replace
from kkd_desktop.gui.people_index import PeopleIndex
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.commands import Act, Hit

PEOPLE, PAGES, ACTIONS, SEARCHES, HELP = "people", "pages", "actions", "searches", "help"
MOST_PEOPLE = 8
_MOST = {PEOPLE: MOST_PEOPLE, PAGES: 5, ACTIONS: 6, SEARCHES: 5, HELP: 3}
_PREFIXES = {">": ACTIONS, "@": SEARCHES, "/": PAGES, "?": HELP}
_MOST_OF_ONE = 60
_MOST_RECENT = 5
_RECENT = "palette/recent"


class _Found(Value, frozen=True):
    grade: Grade
    hits: tuple[Hit, ...]


class Finder(QObject):
    """Answers the field. `commands` are pages, actions and help; without a group it is an action.

    What was chosen last comes first while nothing is typed. Of pages and actions the settings keep
    the ids; whose file was opened is only known until the window is closed.

    Signals:
        grown: more is known than when it was asked last.
    """

    grown = Signal()

    def __init__(
        self,
        session: Session,
        commands: Sequence[Hit],
        open_client: Callable[[int], object],
        parent: QObject | None = None,
        *,
        acts_of: Callable[[int], tuple[Act, ...]] = lambda _: (),
        show_search: Callable[[str], object] | None = None,
        show_day: Callable[[date], object] | None = None,
        search_settings: Callable[[str], object] | None = None,
        settings: QSettings | None = None,
    ) -> None:
        """`acts_of` says what else can be done with a person; `show_search` takes a query line,
        `show_day` a day that was typed, `search_settings` words that stand on none of its cards'
        titles.
        """
        super().__init__(parent)
        self._session = session
        self._settings = settings
        self._open_client, self._acts_of = open_client, acts_of
        self._show_search, self._show_day = show_search, show_day
        self._search_settings = search_settings
        self._commands = [replace(hit, group=hit.group or ACTIONS) for hit in commands]
        self._index = Index(key_of(hit.title, hit.also) for hit in self._commands)
        self._people = PeopleIndex(session, self)
        self._opened: list[int] = []
        self._chosen: list[str] = []
        self._names = {
            PEOPLE: self.tr("Personen"),
            PAGES: self.tr("Seiten und Einstellungen"),
            ACTIONS: self.tr("Aktionen"),
            SEARCHES: self.tr("Suchen"),
            HELP: self.tr("Hilfe"),
        }
        self._people.grown.connect(self.grown)

    @property
    def hint(self) -> tuple[tuple[str, str], ...]:
        """What can be typed besides a name: a sign, and what is found with it."""
        return tuple((sign, self._names[group]) for sign, group in _PREFIXES.items())

    def settle(self) -> bool:
        """Learn at once who there is; False where that was known."""
        return self._people.settle()

    def find(self, text: str) -> Sequence[Hit]:
        """Hits for what is typed, group by group; without text whatever there is."""
        only = _PREFIXES.get(text[:1], "")
        sought = text[1:].strip() if only else text.strip()
        if not sought:
            return self._everything(only)
        groups = [] if only else self._found_people(sought)
        groups += self._found_commands(sought, only)
        groups += self._found_searches(sought) if only in ("", SEARCHES) else []
        best = max((found.grade for found in groups), default=Grade.GUESS)
        # A guess stands beside nothing that is sure.
        groups = [found for found in groups if min(best, Grade.INSIDE) <= found.grade]
        groups.sort(key=lambda found: -found.grade)
        hits = [hit for found in groups for hit in found.hits]
        if only:
            return hits
        days = self._day(sought)
        if not hits and not days:
            return self._with_query(sought, self._in_settings(sought))
        if not is_short_name(sought):
            return [*days, *self._with_query(sought, hits)]
        # Names begin with `di`, too: who types one finds the person first.
        others = (n for n, hit in enumerate(hits) if hit.group != self._names[PEOPLE])
        place = next(others, len(hits))
        return self._with_query(sought, [*hits[:place], *days, *hits[place:]])

    def _day(self, sought: str) -> list[Hit]:
        """The day that is typed, in the calendar."""
        day = named_day(sought, self._session.context.today)
        if day is None or self._show_day is None:
            return []
        title = self.tr("Woche zeigen: {day}").format(day=texts.weekday_day(day))
        week = self.tr("KW {week}").format(week=day.isocalendar().week)
        return [self._shown(Hit(title, partial(self._show_day, day), week, group=PAGES))]

    def _everything(self, only: str) -> list[Hit]:
        """All of one kind, or of every kind after what was chosen last."""
        self._people.begin()
        offered = [hit for group in (PAGES, ACTIONS) for hit in self._offered(group)]
        offered += [*self._searches(), *self._offered(HELP)]
        if only:
            return [self._shown(hit) for hit in offered if hit.group == only]
        recent = self._recent(offered)
        chosen = {hit.id for hit in recent if hit.id}
        # Places within a page are many: they are offered when asked for.
        rest = [hit for hit in offered if not (hit.group == PAGES and hit.detail)]
        return [*recent, *(self._shown(hit) for hit in rest if hit.id not in chosen or not hit.id)]

    def _recent(self, offered: Iterable[Hit]) -> list[Hit]:
        known = {hit.id: hit for hit in offered if hit.id}
        hits = [known[each] for each in self._recent_ids() if each in known]
        people = [person for each in self._opened if (person := self._people.known(each))]
        found = [*map(self._person, people), *hits]
        return [replace(self._shown(hit), group=self.tr("Zuletzt")) for hit in found]

    def _found_people(self, sought: str) -> list[_Found]:
        found = self._people.find(sought, MOST_PEOPLE)
        hits = (self._shown(self._person(person), sought) for person, _ in found)
        return _group(hits, [fit.grade for _, fit in found])

    def _found_commands(self, sought: str, only: str) -> list[_Found]:
        by_group: dict[str, list[tuple[Hit, Grade]]] = {PAGES: [], ACTIONS: [], HELP: []}
        for fit in self._index.find(sought, len(self._commands)):
            hit = self._commands[fit.place]
            if _is_offered(hit) and only in ("", hit.group):
                by_group[hit.group].append((self._shown(hit, sought), fit.grade))
        groups = []
        for group, found in by_group.items():
            best = found[: _MOST_OF_ONE if only else _MOST[group]]
            groups += _group((hit for hit, _ in best), [grade for _, grade in best])
        return groups

    def _found_searches(self, sought: str) -> list[_Found]:
        searches = self._searches()
        fits = Index(key_of(hit.title) for hit in searches).find(sought, _MOST[SEARCHES])
        hits = (self._shown(searches[fit.place], sought) for fit in fits)
        return _group(hits, [fit.grade for fit in fits])

    def _with_query(self, sought: str, hits: list[Hit]) -> list[Hit]:
        """Last what the page of the people finds for it: first where it is a query line."""
        if self._show_search is None:
            return hits
        query = Hit(
            self.tr("In Kunden suchen: „{text}“").format(text=sought),
            partial(self._show_search, sought),
            group=SEARCHES,
        )
        shown = self._shown(query)
        return [shown, *hits] if _is_line(sought) else [*hits, shown]

    def _in_settings(self, sought: str) -> list[Hit]:
        """What is known by no name may stand on a card of the settings."""
        if self._search_settings is None or _is_line(sought):
            return []
        title = self.tr("In den Einstellungen suchen: „{text}“").format(text=sought)
        return [self._shown(Hit(title, partial(self._search_settings, sought), group=SEARCHES))]

    def _offered(self, group: str) -> list[Hit]:
        return [hit for hit in self._commands if hit.group == group and _is_offered(hit)]

    def _searches(self) -> list[Hit]:
        if self._show_search is None:
            return []
        saved = self._session.context.settings.saved_searches
        return [
            Hit(name, partial(self._show_search, query), detail=query, group=SEARCHES)
            for name, query in sorted(saved.items(), key=lambda pair: pair[0].casefold())
        ]

    def _person(self, person: Named) -> Hit:
        return Hit(
            person.name,
            partial(self._open, person.id),
            " · ".join(part for part in (person.number, person.code) if part),
            group=PEOPLE,
            verb=self.tr("Akte öffnen"),
            acts=self._acts_of(person.id),
        )

    def _shown(self, hit: Hit, sought: str = "") -> Hit:
        """The hit under its heading, with the letters that fit; choosing it is remembered."""
        fitting = marks(hit.title, sought) if sought else ()
        # Who finds it by another word sees by which.
        other = _other_word(hit, sought) if sought and not fitting and hit.also else ""
        return replace(
            hit,
            group=self._names[hit.group],
            detail=other or hit.detail,
            marks=fitting,
            refused=hit.applies is not None and not hit.applies(),
            run=partial(self._run, hit) if hit.id else hit.run,
        )

    def _open(self, client_id: int) -> None:
        self._opened = [client_id, *(each for each in self._opened if each != client_id)][:3]
        self._open_client(client_id)

    def _run(self, hit: Hit) -> None:
        ids = [hit.id, *(each for each in self._recent_ids() if each != hit.id)][:_MOST_RECENT]
        if self._settings is not None:
            self._settings.setValue(_RECENT, ids)
        self._chosen = ids
        hit.run()

    def _recent_ids(self) -> list[str]:
        kept = self._chosen if self._settings is None else self._settings.value(_RECENT)
        # A list of one comes back as its text.
        return [kept] if isinstance(kept, str) else [str(each) for each in kept or ()]


def _is_line(sought: str) -> bool:
    """Whether it is a query line and no name."""
    return any(mark in sought for mark in ":<>=")


def _is_offered(hit: Hit) -> bool:
    return bool(hit.why_not) or hit.applies is None or hit.applies()


def _other_word(hit: Hit, sought: str) -> str:
    words = [word.strip() for word in hit.also.split(",")]
    fits = Index(key_of(word) for word in words).find(sought, 1)
    return words[fits[0].place] if fits else ""


def _group(hits: Iterable[Hit], grades: Sequence[Grade]) -> list[_Found]:
    return [_Found(max(grades), tuple(hits))] if grades else []
