"""What does the Auswertung page show of a year? Worked out in one go, away from the window."""

from collections.abc import Collection, Iterator, Mapping

from kkd_desktop.actions import report as reports
from kkd_desktop.actions.context import Context
from kkd_desktop.domain import texts
from kkd_desktop.domain.chart import Chart, Ids
from kkd_desktop.domain.charts import charts_of
from kkd_desktop.domain.language import said
from kkd_desktop.domain.report import STANDING_TEXTS, FirstTalk, Meeting, Standing, YearReport
from kkd_desktop.domain.report_answers import Answer, answers
from kkd_desktop.domain.values import Value

Names = Mapping[int, str]


class LeftOut(Value, frozen=True):
    """People that a figure does not count, and why."""

    period: str
    figure: str
    reason: str
    ids: Ids
    names: str

    @property
    def said(self) -> str:
        return f"{self.figure} {self.period}: {self.reason}"


class Headline(Value, frozen=True):
    """One of the few numbers that are asked for first, and the people behind it."""

    answer: Answer
    ids: Ids = ()
    said: str = ""


class YearAnswer(Value, frozen=True):
    """The figures, their pictures, and who is in none of them."""

    report: YearReport
    charts: tuple[Chart, ...]
    left_out: tuple[LeftOut, ...]
    headlines: tuple[Headline, ...]


def answer_of(context: Context, report: YearReport) -> YearAnswer:
    names = reports.names(context, report)
    asked = {each for month in report.months for each in month.people}
    never = tuple(each for each in report.people if each not in asked)
    left_out = tuple(_left_out(report, names, never))
    headlines = tuple(
        Headline(each, ids, _said(each, report))
        for each, ids in zip(answers(report), _behind(report, asked, never), strict=True)
    )
    return YearAnswer(report, charts_of(report), left_out, headlines)


def _said(answer: Answer, report: YearReport) -> str:
    """Which figure it is: of one day, or of the year up to it."""
    day = texts.day(report.until)
    if day in answer.note:
        return said("{figure} am {day}").format(figure=answer.label, day=day)
    return said("{figure} {year}, bis {day}").format(figure=answer.label, year=report.year, day=day)


def _behind(report: YearReport, asked: Collection[int], never: Ids) -> tuple[Ids, ...]:
    """The people of the headlines, in the order of `report_answers.answers`."""
    done = {each for month in report.months for cell in month.cells for each in cell.done}
    came = {each for month in report.shown for each in month.talks.get(Meeting.ATTENDED, ())}
    early = {
        each
        for month in report.first_talks
        for what in (FirstTalk.WITHIN_7, FirstTalk.WITHIN_10)
        for each in month.talks.get(what, ())
    }
    late = report.days[-1].standings.get(Standing.OVERDUE, ())
    people = (asked, done, done, never, late, came, early)
    return tuple(tuple(sorted(ids)) for ids in people)


def _left_out(report: YearReport, names: Names, never: Ids) -> Iterator[LeftOut]:
    """The whole time first, then the months from the last one back."""

    def found(period: str, figure: str, reason: str, ids: Ids) -> Iterator[LeftOut]:
        if ids:
            people = "; ".join(
                sorted(names.get(each, said("Nr. {number}").format(number=each)) for each in ids)
            )
            yield LeftOut(period, figure, reason, ids, people)

    year = str(report.year)
    yield from found(year, said("Soll-Ist"), said("in keinem Monat ein Soll"), never)
    yield from found(
        year, said("Erstgespräche"), said("Anmeldung fehlt"), report.without_registration
    )
    for month in reversed(report.months):
        period = f"{texts.month(month.month)} {year}"
        for reason, ids in month.left_out.items():
            yield from found(period, said("Soll-Ist"), STANDING_TEXTS[reason], ids)
        besides = texts.counted(month.besides, "zählender Kontakt", "zählende Kontakte")
        yield from found(
            period,
            said("Soll-Ist"),
            said("{contacts} ohne Soll").format(contacts=besides),
            month.besides_of,
        )
