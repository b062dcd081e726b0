"""The Auswertung of one caseload or of several as tables, with nobody in them."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from kkd_desktop.domain import language, texts
from kkd_desktop.domain import report_definitions as definitions
from kkd_desktop.domain.language import each_to_say, to_say
from kkd_desktop.domain.report import (
    FIRST_TALK_TEXTS,
    MEETING_TEXTS,
    STANDING_TEXTS,
    FirstTalk,
    Meeting,
    Standing,
)
from kkd_desktop.domain.report_sheets import (
    ALL,
    CONTACTS,
    DENSITY,
    DENSITY_HEADS,
    FIRST_TALKS,
    MEANS,
    SHARES,
    SHOWN,
    TOGETHER,
    Figure,
    Row,
    figure,
    in_order,
    kind_texts,
    month_text,
    not_asked,
    number_cell,
    percent_cell,
    profile_text,
    soll_ist,
)
from kkd_desktop.domain.table import Cell
from kkd_desktop.domain.team_report import TeamMonth, TeamReport
from kkd_desktop.domain.values import replace

_MONTH = to_say("Monat")
_ENDS = (to_say("Stand vom"), *STANDING_TEXTS.german.values(), TOGETHER, to_say("Dateien"))
_SHARES = (
    _MONTH,
    *each_to_say("Konzept", "Anteil", "Soll %", "Personen", "erreicht", "verlangt", "Ist %"),
)
_CONTACTS = (_MONTH, *each_to_say("Form", "Vermerk", "stattgefunden"))
_SHOWN = (_MONTH, *MEETING_TEXTS.german.values(), TOGETHER, to_say("erschienen %"))
_FIRSTS = (_MONTH, *FIRST_TALK_TEXTS.german.values(), TOGETHER)
_MEANS = (
    _MONTH,
    *each_to_say("seit letztem Kontakt", "Personen", "überfällig seit", "Überfällige"),
)


def team_figures(report: TeamReport) -> tuple[Figure, ...]:
    """All figures; how many nothing is asked of is one of them."""
    return (
        _and_so(
            figure(DENSITY, DENSITY_HEADS, _density(report), definitions.DENSITY),
            language.said(definitions.PSEUDONYMOUS),
        ),
        figure(to_say("Monatsende"), _ENDS, _ends(report), definitions.STANDINGS),
        team_left_out(report),
        figure(SHARES, _SHARES, _shares(report), definitions.SHARES),
        figure(CONTACTS, _CONTACTS, _contacts(report), definitions.CONTACTS),
        figure(SHOWN, _SHOWN, _shown(report), definitions.SHOW_RATE),
        _and_so(
            figure(FIRST_TALKS, _FIRSTS, _first_talks(report), definitions.FIRST_TALKS),
            language.said("Ohne Anmeldung: {count}.").format(
                count=texts.counted(report.without_registration, "Person", "Personen")
            ),
        ),
        figure(MEANS, _MEANS, _means(report), definitions.MEAN_DAYS),
    )


def team_left_out(report: TeamReport) -> Figure:
    """Of how many people of a team nothing is asked, by the reason."""
    return not_asked(
        (month_text(report.year, each.month), each.left_out, each.besides) for each in report.months
    )


def _and_so(found: Figure, sentence: str) -> Figure:
    """With one more sentence in the definition."""
    return replace(found, definition=f"{found.definition} {sentence}")


def _ends(report: TeamReport) -> Iterator[Row]:
    for each in report.months:
        yield (each.last_day(report.year), *_counts(each.standings, Standing), each.files)


def _shares(report: TeamReport) -> Iterator[Row]:
    for month in report.months:
        for each in month.shares:
            asked, ist = number_cell(Fraction(each.percent)), _part(each.met, each.population)
            numbers = (each.population, each.met, each.required, percent_cell(ist))
            yield (month_text(report.year, month.month), each.policy, each.label, asked, *numbers)


def _shown(report: TeamReport) -> Iterator[Row]:
    for each in report.months:
        yield (month_text(report.year, each.month), *_counts(each.talks, Meeting), _rate(each))


def _first_talks(report: TeamReport) -> Iterator[Row]:
    for each in report.months:
        yield (month_text(report.year, each.month), *_counts(each.first_talks, FirstTalk))


def _means(report: TeamReport) -> Iterator[Row]:
    for each in report.months:
        since, late = number_cell(_part(*each.since_last)), number_cell(_part(*each.late))
        month = month_text(report.year, each.month)
        yield (month, since, each.since_last[1], late, each.late[1])


def _density(report: TeamReport) -> Iterator[Row]:
    """How many different people a Profillage had in a year nobody can tell from months."""
    year: dict[str, tuple[Fraction, int]] = {}
    for month in report.months:
        name = month_text(report.year, month.month)
        for cell in sorted(month.density, key=lambda each: in_order(each.profile)):
            yield soll_ist(name, profile_text(cell.profile), cell.people, cell.asked, cell.ist)
            soll, ist = year.get(cell.profile, (Fraction(0), 0))
            year[cell.profile] = soll + cell.asked, ist + cell.ist
        asked = sum((cell.asked for cell in month.density), Fraction(0))
        yield soll_ist(
            name, language.said(ALL), None, asked, sum(cell.ist for cell in month.density)
        )
    for profile in sorted(year, key=in_order):
        yield soll_ist(str(report.year), profile_text(profile), None, *year[profile])
    total = sum((soll for soll, _ in year.values()), Fraction(0))
    yield soll_ist(
        str(report.year), language.said(ALL), None, total, sum(ist for _, ist in year.values())
    )


def _contacts(report: TeamReport) -> Iterator[Row]:
    for month in report.months:
        for key, number in month.contacts.items():
            form, _, note_type = key.partition("/")
            yield (month_text(report.year, month.month), *kind_texts(form, note_type), number)


def _rate(month: TeamMonth) -> Cell:
    attended = month.talks.get(Meeting.ATTENDED, 0)
    return percent_cell(_part(attended, attended + month.talks.get(Meeting.MISSED, 0)))


def _counts(
    numbers: Mapping[str, int], kinds: type[Standing] | type[Meeting] | type[FirstTalk]
) -> tuple[int, ...]:
    found = [numbers.get(kind.value, 0) for kind in kinds]
    return (*found, sum(found))


def _part(some: int, whole: int) -> Fraction | None:
    return Fraction(some, whole) if whole else None
