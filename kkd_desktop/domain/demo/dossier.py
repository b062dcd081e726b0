"""What is on file about a client of the invented caseload?"""

from datetime import date
from random import Random

from kkd_desktop.domain.client import Client, Deviation, Subject
from kkd_desktop.domain.demo.cases import Case, Role
from kkd_desktop.domain.demo.words import DEVIATIONS
from kkd_desktop.domain.facts import Facts, FactValue, Period, Timeline
from kkd_desktop.domain.spans import add_months
from kkd_desktop.domain.workdays import DAY, WorkCalendar

_FORMER_PROFILE = {
    "markt": "aktivierung",
    "aktivierung": "foerder",
    "foerder": "entwicklung",
    "stabilisierung": "foerder",
    "I": "markt",
}


class Dossier:
    """Makes the client of a case, with facts that have a history."""

    def __init__(self, today: date, rng: Random, calendar: WorkCalendar) -> None:
        self.today = today
        self.rng = rng
        self.calendar = calendar

    def client(self, case: Case) -> Client:
        number = 17 + case.id * 37 % 99_991
        return Client(
            id=case.id,
            number=f"123A4{number:05d}",
            last_name=case.last_name,
            first_name=case.first_name,
            code=f"K{case.id:03d}",
            bg_number=case.bg_number,
            address=case.address,
            phone=f"00099 {self.rng.randint(10_000, 99_999)}" if self.rng.random() < 0.8 else "",
            subject=self._subject(case),
        )

    def _subject(self, case: Case) -> Subject:
        plan_start, plan_end = self._plan(case)
        planned = None
        if case.role is Role.ORDINARY and self.rng.random() < 0.04:
            planned = self.calendar.on_or_after(self.today + self.rng.randint(20, 90) * DAY)
        return Subject(
            birth_date=case.born,
            registered=case.registered,
            einv_start=plan_start,
            einv_end=plan_end,
            facts=Facts(self._timelines(case)),
            deviation=self._deviation(case),
            planned_next=planned,
        )

    def _plan(self, case: Case) -> tuple[date | None, date | None]:
        """The Kooperationsplan: made in a talk, for six months; some are older than that."""
        if not case.held or self.rng.random() < 0.12:
            return None, None
        recent = [day for day in case.held if day > add_months(self.today, -6)]
        start = recent[0] if recent else case.held[-1]
        return start, add_months(start, 6) - DAY

    def _deviation(self, case: Case) -> Deviation | None:
        if case.role is not Role.DEVIATION:
            return None
        until = self.calendar.on_or_after(self.today + self.rng.randint(3, 45) * DAY)
        return Deviation(self.rng.choice(DEVIATIONS), until, since=case.held[-1])

    def _timelines(self, case: Case) -> dict[str, Timeline]:
        org = "fallmanagement" if case.managed else "vermittlung"
        timelines = {
            "org": _since(case.registered, org),
            "status": self._status(case),
            **self._flags(case),
        }
        if case.profile is not None:
            timelines["profile"] = self._profile(case, case.profile)
        if self.rng.random() < 0.1:
            wish = self.rng.choice(("vormittags", "nachmittags"))
            timelines["wunsch"] = _since(case.registered, wish)
        return timelines

    def _profile(self, case: Case, profile: str) -> Timeline:
        former = _FORMER_PROFILE.get(profile)
        # A change in the last cycle would move the due date, and only the given share may be late.
        if former is None or len(case.held) < 3 or self.rng.random() < 0.7:
            return _since(case.registered, profile)
        change = self.rng.choice(case.held[1:-1])
        return Timeline(
            (Period(former, case.registered, change - DAY), Period(profile, since=change))
        )

    def _status(self, case: Case) -> Timeline:
        chances = {"arbeitslos": 88, "arbeitsuchend": 10, "nicht_gesetzt": 2}
        if case.profile == "I":
            chances = {"integriert": 60, "arbeitsuchend": 40}
        elif case.profile == "Z":
            chances = {"nicht_gesetzt": 45, "arbeitsuchend": 30, "arbeitslos": 25}
        status = self.rng.choices(tuple(chances), tuple(chances.values()))[0]
        if not case.in_measure:
            return _since(case.registered, status)
        # § 16 II SGB III: who takes part in a measure does not count as arbeitslos.
        return Timeline(
            (
                Period(status, case.registered, case.held[-1] - DAY),
                Period("arbeitsuchend", since=case.held[-1]),
            )
        )

    def _flags(self, case: Case) -> dict[str, Timeline]:
        flags: dict[str, Timeline] = {}
        if case.profile == "I" or self.rng.random() < 0.07:
            flags["sv_beschaeftigt"] = _since(case.registered, True)
        if self.rng.random() < 0.06:
            flags["schwer_gesundheitlich"] = _since(case.registered, True)
        if case.in_measure:
            end = self.today + self.rng.randint(10, 120) * DAY
            flags["massnahme"] = Timeline((Period(True, case.held[-1], end),))
        elif len(case.held) > 4 and self.rng.random() < 0.15:
            flags["massnahme"] = Timeline((Period(True, case.held[1], case.held[2] - DAY),))
        if not case.young and self.rng.random() < (0.5 if case.profile == "Z" else 0.03):
            third_birthday = self.today + self.rng.randint(20, 900) * DAY
            flags["alleinerziehend_u3"] = Timeline(
                (Period(True, case.registered, third_birthday - DAY),)
            )
        return flags


def _since(day: date, value: FactValue) -> Timeline:
    return Timeline((Period(value, since=day),))
