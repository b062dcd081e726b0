"""Which columns does the table of all clients have, and whom does a filter let pass?"""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from kkd_desktop.domain import texts
from kkd_desktop.domain.client import ADULT_AGE
from kkd_desktop.domain.explanation import explain
from kkd_desktop.domain.spans import years_of_life
from kkd_desktop.domain.values import Value
from kkd_desktop.domain.worklist import Entry, GroupId, group_of
from kkd_desktop.gui import wording
from kkd_desktop.gui.models.columns import Column, ColumnModel
from kkd_desktop.gui.models.worklist_rows import state_text, state_tone
from kkd_desktop.gui.theme import Tone

_ICONS = {
    Tone.LATE: "ueberfaellig",
    Tone.SOON: "bald",
    Tone.OK: "im-fenster",
    Tone.NEUTRAL: "zaehlt-nicht",
}

NONE = "–"
"""The choice of a filter that asks for clients without any value."""


class ClientRow(Value, frozen=True, gc=False, eq=False):
    """A client of the table on one day. Two rows are the same where the client is."""

    id: int
    entry: Entry
    today: date

    @classmethod
    def of(cls, entry: Entry, today: date) -> "ClientRow":
        return cls(entry.client.id, entry, today)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ClientRow) and self.id == other.id

    def __hash__(self) -> int:
        return self.id

    # Asked when a row is seen: a page of ten thousand is made at once.

    @property
    def group(self) -> GroupId:
        return group_of(self.entry, self.today)

    @property
    def profile(self) -> str | None:
        return self._fact("profile")

    @property
    def status(self) -> str | None:
        return self._fact("status")

    @property
    def age(self) -> int | None:
        birth_date = self.entry.client.subject.birth_date
        return None if birth_date is None else years_of_life(birth_date, self.today)

    @property
    def last_day(self) -> date | None:
        return self.entry.outcome.deciding.last

    @property
    def due_day(self) -> date | None:
        return self.entry.outcome.latest

    @property
    def talk(self) -> datetime | None:
        return None if self.entry.appointment is None else self.entry.appointment.start

    @property
    def due_text(self) -> str:
        return state_text(self.entry.outcome.deciding, self.today)

    @property
    def talk_text(self) -> str:
        if self.talk is None:
            return NONE
        return f"{wording.near_day(self.talk.date(), self.today)} {texts.clock(self.talk)}"

    @property
    def tone(self) -> Tone | None:
        """None where there is time: a table full of green would say nothing."""
        if self.group is GroupId.LATER:
            return None
        return state_tone(self.entry.outcome.deciding, self.today)

    def _fact(self, name: str) -> str | None:
        value = self.entry.client.subject.facts.at(name, self.today)
        return None if value is None else str(value)


class ClientModel(ColumnModel[ClientRow]):
    """A row for each client of the caseload."""

    KEEPS_SORT_KEYS = True

    def columns(self) -> Sequence[Column[ClientRow]]:
        client = _of_client
        return (
            Column(
                self.tr("Name"), client(lambda c: c.name), hint=lambda row: row.entry.client.name
            ),
            Column(
                self.tr("Nummer"),
                client(lambda c: c.number or c.code or None),
                hint=self._marks,
                sought=lambda row: f"{row.entry.client.number}\n{row.entry.client.code}",
            ),
            Column(
                self.tr("Profillage"),
                lambda row: _place(texts.PROFILLAGEN, row.profile),
                written=lambda row: self._profile(row.profile),
                tone=lambda row: Tone.SOON if row.profile is None else None,
                searched=False,
            ),
            Column(
                self.tr("Fällig"),
                lambda row: row.due_day,
                written=lambda row: row.due_text,
                hint=lambda row: explain(row.entry.outcome),
                tone=lambda row: row.tone,
                icon=_state_icon,
                searched=False,
                none_last=True,
            ),
            Column(
                self.tr("Zuletzt gezählt"),
                lambda row: row.last_day,
                written=lambda row: self._last(row.last_day),
                hint=lambda row: self.tr("Letzter zählender Kontakt"),
                searched=False,
            ),
            Column(
                self.tr("Termin"),
                lambda row: row.talk,
                written=lambda row: row.talk_text,
                tone=lambda row: Tone.NEUTRAL if row.talk is None else None,
                searched=False,
                none_last=True,
            ),
            Column(
                self.tr("Status"),
                lambda row: row.status,
                lambda status: NONE if status is None else texts.STATUS.get(status, status),
                searched=False,
            ),
            Column(
                self.tr("Alter"),
                lambda row: row.age,
                written=lambda row: self._age(row.age),
                number=True,
                searched=False,
                none_last=True,
            ),
            Column(
                self.tr("BG"),
                client(lambda c: c.bg_number or None),
                written=lambda row: _without_office(row.entry.client.bg_number),
                hint=lambda row: row.entry.client.bg_number,
                sought=lambda row: row.entry.client.bg_number,
            ),
        )

    def _marks(self, row: ClientRow) -> str:
        client = row.entry.client
        parts = ((self.tr("Kundennummer"), client.number), (self.tr("Kürzel"), client.code))
        return "\n".join(f"{label}: {mark}" for label, mark in parts if mark)

    def _profile(self, profile: str | None) -> str:
        if profile is None:
            return self.tr("keine")
        return texts.PROFILLAGEN_SHORT.get(profile, profile)

    def _last(self, day: date | None) -> str:
        return self.tr("noch nie") if day is None else texts.weekday_day(day)

    def _age(self, age: int | None) -> str:
        if age is None:
            return NONE
        return self.tr("U25 · {age}").format(age=age) if age < ADULT_AGE else str(age)


def _of_client(ask: Callable[..., str | None]) -> Callable[[ClientRow], str | None]:
    return lambda row: ask(row.entry.client)


def _state_icon(row: ClientRow) -> str:
    """No state is told by colour alone."""
    if row.profile is None and row.tone is Tone.SOON:
        return "fehlt"
    return "" if row.tone is None else _ICONS[row.tone]


def _without_office(bg_number: str) -> str:
    """`0001234` of `33302//0001234`: the office before it is the same in every row."""
    return bg_number.rpartition("//")[2] or NONE


def _place(order: dict[str, str], key: str | None) -> int | None:
    """The place in the table of the BA; own values come after it."""
    return None if key is None else list(order).index(key) if key in order else len(order)
