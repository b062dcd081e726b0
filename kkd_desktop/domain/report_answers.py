"""Which few numbers does somebody ask for who has one minute? They stand before all pictures."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from kkd_desktop.domain import texts
from kkd_desktop.domain.chart import NO_FIGURE
from kkd_desktop.domain.language import said
from kkd_desktop.domain.report import FirstTalk, Meeting, Standing, YearReport, degree
from kkd_desktop.domain.team_report import TeamMonth, TeamReport
from kkd_desktop.domain.values import Value


class Answer(Value, frozen=True):
    """A number, what it is, and what it is of; all as they are shown."""

    label: str
    value: str
    note: str


def answers(report: YearReport) -> tuple[Answer, ...]:
    last = report.days[-1]
    asked = {each for month in report.months for each in month.people}
    left = len(report.people) - len(asked)
    return (
        *_soll_ist(report.soll, report.ist),
        Answer(
            said("ohne Soll"),
            texts.whole(left),
            said("von {count}").format(
                count=texts.counted(len(report.people), "Person", "Personen")
            ),
        ),
        _overdue(
            {key.value: len(ids) for key, ids in last.standings.items()},
            said("am {day}").format(day=texts.day(last.day)),
        ),
        _came([{key.value: len(ids) for key, ids in m.talks.items()} for m in report.shown]),
        _first_talks(
            [{key.value: len(ids) for key, ids in m.talks.items()} for m in report.first_talks]
        ),
    )


def team_answers(report: TeamReport) -> tuple[Answer, ...]:
    cells = [cell for month in report.months for cell in month.density]
    soll = sum((cell.asked for cell in cells), Fraction(0))
    months = report.months
    last = months[-1:]
    return (
        *_soll_ist(soll, sum(cell.ist for cell in cells)),
        *(
            Answer(
                said("ohne Soll"),
                texts.whole(sum(month.left_out.values())),
                said("Personen im {month}").format(month=texts.month(month.month)),
            )
            for month in last
        ),
        *(_overdue(month.standings, _when(month)) for month in last),
        _came([month.talks for month in months]),
        _first_talks([month.first_talks for month in months]),
    )


def _when(month: TeamMonth) -> str:
    if month.until is not None:
        return said("am {day}").format(day=texts.day(month.until))
    return said("Ende {month}").format(month=texts.month(month.month))


def _soll_ist(soll: Fraction, ist: int) -> tuple[Answer, ...]:
    part = degree(soll, ist)
    return (
        Answer(said("Soll"), texts.tenths(soll), said("Gespräche verlangt")),
        Answer(said("Ist"), texts.whole(ist), said("Gespräche geführt")),
        Answer(said("Ist/Soll"), _percent(part), said("geführt von verlangt")),
    )


def _overdue(numbers: Mapping[str, int], when: str) -> Answer:
    total = sum(numbers.values())
    number = numbers.get(Standing.OVERDUE.value, 0)
    return Answer(
        said("überfällig"),
        texts.whole(number),
        said("von {number} {when}").format(number=texts.whole(total), when=when),
    )


def _came(months: Sequence[Mapping[str, int]]) -> Answer:
    came = sum(each.get(Meeting.ATTENDED.value, 0) for each in months)
    due = came + sum(each.get(Meeting.MISSED.value, 0) for each in months)
    part = Fraction(came, due) if due else None
    note = said("{number} von {number2}").format(number=texts.whole(came), number2=texts.whole(due))
    return Answer(said("zu Terminen erschienen"), _percent(part), note)


def _first_talks(months: Sequence[Mapping[str, int]]) -> Answer:
    early = (FirstTalk.WITHIN_7, FirstTalk.WITHIN_10)
    number = sum(each.get(what.value, 0) for each in months for what in early)
    total = sum(sum(each.values()) for each in months)
    part = Fraction(number, total) if total else None
    return Answer(
        said("Erstgespräche"),
        _percent(part),
        said("{number} von {number2} in 10 Arbeitstagen").format(
            number=texts.whole(number), number2=texts.whole(total)
        ),
    )


def _percent(part: Fraction | None) -> str:
    return NO_FIGURE if part is None else f"{texts.tenths(part * 100)} %"
