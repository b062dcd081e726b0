"""What every action needs: the store, the shelf of policies, the day and the settings."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

from kkd_desktop import paths
from kkd_desktop.actions import settings as office
from kkd_desktop.actions.kept_entries import KeptEntries
from kkd_desktop.actions.settings import Settings
from kkd_desktop.domain.appointment import Delivery
from kkd_desktop.domain.compiled_policy import CompiledPolicy
from kkd_desktop.domain.delivery import DeliveryFiction, PostTime, post_time
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.language import is_german
from kkd_desktop.domain.policy import Policy
from kkd_desktop.domain.policy_set import Combine, Concept, speaking
from kkd_desktop.domain.rulebook import Rulebook
from kkd_desktop.domain.workdays import WorkCalendar, statutory_holidays
from kkd_desktop.policyfiles.delivery import read_fictions
from kkd_desktop.policyfiles.shelf import Shelf, prolonged
from kkd_desktop.store import holiday_cache
from kkd_desktop.store.opening import Store


def utc_now() -> datetime:
    """The moment in UTC, naive and to the second, as appointments keep it."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def delivery_fictions() -> Sequence[DeliveryFiction]:
    """The dated rules on when a posted letter counts as received (§ 37 II SGB X)."""
    return read_fictions(paths.resources() / "recht" / "bekanntgabe.toml")


class Context:
    """One open caseload on one day. Policies and calendars are made ready once and kept."""

    def __init__(
        self, store: Store, shelf: Shelf, today: date, now: Callable[[], datetime] = utc_now
    ) -> None:
        self.store = store
        self.shelf = shelf
        self.today = today
        self.now = now
        self.settings: Settings = office.load(store)
        self.kept: KeptEntries | None = None
        """What a window keeps of the last answer; whoever asks once needs none."""
        self._rulebooks: dict[bool, Rulebook] = {}
        self._calendars: dict[str | None, WorkCalendar] = {}
        self._known_holidays: dict[str | None, Mapping[int, Iterable[date]]] = {}
        self._fictions: Sequence[DeliveryFiction] = ()

    def change_settings(self, **changes: object) -> None:
        self.settings = office.change(self.store, self.settings, **changes)
        self.forget()

    def forget(self) -> None:
        """Read policies and settings anew at the next question: another process changed them."""
        self.settings = office.load(self.store)
        self._rulebooks = {}
        self._calendars = {}
        self._known_holidays = {}

    def policies(self) -> Rulebook:
        """The policies of this caseload, with the office's own prolongations."""
        # Why one cannot be read stands in it, in the language of whoever asks.
        in_german = is_german()
        if in_german not in self._rulebooks:
            self._rulebooks[in_german] = self.rulebook(self.concepts(self.today))
        return self._rulebooks[in_german]

    def concepts(self, day: date) -> tuple[Concept, ...]:
        """What this caseload is worked by, of sets the versions that speak on a day. What cannot be
        read has a stand-in that says why: the caseload stays open.
        """
        return tuple(self._concept(name, day) for name in self.settings.policies)

    def rulebook(self, concepts: Sequence[Concept]) -> Rulebook:
        """Concepts ready to be asked. Only one that stands alone can have an order of its own."""
        return Rulebook(
            (self.compiled(policy) for concept in concepts for policy in concept.policies),
            concepts[0].combine if len(concepts) == 1 else Combine.STRICTEST,
        )

    def policy(self, policy_id: str) -> Policy:
        found = self.shelf.load(policy_id)
        if policy_id in self.settings.prolonged:
            found = prolonged(found, self.settings.prolonged[policy_id])
        return found

    def _concept(self, name: str, day: date) -> Concept:
        try:
            whole = self.shelf.policy_set(name)
        except UserError:
            whole = None
        if whole is None:
            return Concept(name, (self._standing(name),))
        return speaking(whole, self._standing, day)

    def _standing(self, policy_id: str) -> Policy:
        """The policy, or a stand-in that says why it cannot be read: the caseload stays open."""
        try:
            return self.policy(policy_id)
        except UserError as fault:
            return Policy.unreadable(policy_id, str(fault))

    def compiled(self, policy: Policy) -> CompiledPolicy:
        return CompiledPolicy(policy, self.calendar(policy.land))

    def calendar(self, land: str | None) -> WorkCalendar:
        """Working days of a Land; years that the store remembers need no library."""
        if land not in self._calendars:
            self._calendars[land] = WorkCalendar(land, lookup=self._holidays)
        return self._calendars[land]

    def _holidays(self, land: str | None, year: int) -> Iterable[date]:
        # Read at the first question: most days of a worklist are months and weeks away.
        if land not in self._known_holidays:
            self._known_holidays[land] = holiday_cache.known(self.store, land)
        known = self._known_holidays[land].get(year)
        return statutory_holidays(land, year) if known is None else known

    def office_calendar(self) -> WorkCalendar:
        """Working days where the office lies: its own Land, else the first policy's."""
        land = self.settings.land or self.policies()[0].policy.land
        return self.calendar(land)

    def post_time(self, way: Delivery = Delivery.POST) -> PostTime:
        """When a letter of today counts as received, and the first day it can ask someone for.

        `UserError` where no rule on it is known.
        """
        margin = self.settings.post_margin_days
        return post_time(self.today, self.fictions(), self.office_calendar(), margin, way)

    def fictions(self) -> Sequence[DeliveryFiction]:
        if not self._fictions:
            self._fictions = delivery_fictions()
        return self._fictions
