"""What may leave the caseworker: months in numbers, without anybody in them, to be added up.

What is left out and why it cannot lead to a person stands in `report_definitions.PSEUDONYMOUS`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from kkd_desktop.domain import language, texts
from kkd_desktop.domain.contact import ContactForm, NoteType
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.plain_text import line
from kkd_desktop.domain.report import (
    FIRST_YEAR,
    AsOf,
    DensityCell,
    FirstTalk,
    Meeting,
    MonthDensity,
    Standing,
    YearReport,
)
from kkd_desktop.domain.values import Value, decoded

KIND = "kkd-auswertung-1"
OTHERS = "uebrige"
"""The Profillagen of so few people that a number would lead to one of them."""

FEWEST = 3
"""Fewer people than this are never told by themselves."""

Numbers = Mapping[str, int]

_DAY = timedelta(days=1)


class TeamDensity(Value, frozen=True):
    """`soll` is an exact fraction, `71/12`, so that adding up rounds nothing."""

    profile: str
    people: int
    soll: str
    ist: int

    @property
    def asked(self) -> Fraction:
        return Fraction(self.soll)


class TeamShare(Value, frozen=True):
    policy: str
    id: str
    label: str
    percent: str
    population: int
    met: int

    @property
    def required(self) -> int:
        """The smallest whole number that reaches the share of all together."""
        percent = Fraction(self.percent)
        return -((-percent.numerator * self.population) // (100 * percent.denominator))


class TeamMonth(Value, frozen=True):
    """One month. The standings are those of its last day, of `until` where it was not over yet;
    `files` say so many told of it.
    """

    month: int
    density: tuple[TeamDensity, ...]
    left_out: Numbers
    besides: int
    standings: Numbers
    shares: tuple[TeamShare, ...]
    since_last: tuple[int, int]
    """Days and people of the mean."""
    late: tuple[int, int]
    contacts: Numbers
    """`form/vermerk` → contacts held."""
    talks: Numbers
    first_talks: Numbers
    files: int = 1
    until: date | None = None

    def last_day(self, year: int) -> date:
        return self.until or date(year + self.month // 12, self.month % 12 + 1, 1) - _DAY


class TeamReport(Value, frozen=True):
    """A year of one caseload, or of several added up."""

    kind: str
    year: int
    months: tuple[TeamMonth, ...]
    files: int = 1
    without_registration: int = 0
    """People left out of the first talks, because nobody knows when they came."""
    notes: tuple[str, ...] = ()


def pseudonymous(report: YearReport, month: int | None = None) -> TeamReport:
    """The report without anybody in it; of one month where that is asked for."""
    last_of = {day.day.month: day for day in report.days}
    return TeamReport(
        KIND,
        report.year,
        tuple(
            _month(report, each, last_of[each.month])
            for each in report.months
            if month in (None, each.month)
        ),
        without_registration=len(report.without_registration),
        notes=report.notes,
    )


def _month(report: YearReport, density: MonthDensity, day: AsOf) -> TeamMonth:
    month = density.month
    shown = next(each for each in report.shown if each.month == month)
    firsts = next(each for each in report.first_talks if each.month == month)
    contacts: Counter[str] = Counter()
    for cell in report.contacts:
        if cell.month == month:
            contacts[f"{cell.form}/{cell.note_type}"] += cell.held
    return TeamMonth(
        month,
        _merged(density.cells),
        {reason.value: len(ids) for reason, ids in density.left_out.items()},
        density.besides,
        {standing.value: len(ids) for standing, ids in day.standings.items()},
        tuple(
            TeamShare(
                each.policy,
                each.quota.id,
                each.label,
                str(each.quota.percent),
                each.quota.population,
                each.quota.met,
            )
            for each in day.shares
        ),
        (day.since_last.days, len(day.since_last.people)),
        (day.late.days, len(day.late.people)),
        dict(contacts),
        {what.value: shown.number(what) for what in Meeting if shown.number(what)},
        {what.value: len(ids) for what, ids in firsts.talks.items()},
        until=None if _is_last(day.day) else day.day,
    )


def _is_last(day: date) -> bool:
    return (day + _DAY).month != day.month


def _merged(cells: Sequence[DensityCell]) -> tuple[TeamDensity, ...]:
    """Cells of few people together; while these are still few, with the next smallest."""
    by_size = sorted(cells, key=lambda cell: (len(cell.people), cell.profile))
    few: list[DensityCell] = []
    people: set[int] = set()
    while by_size and (len(by_size[0].people) < FEWEST or 0 < len(people) < FEWEST):
        cell = by_size.pop(0)
        few.append(cell)
        people.update(cell.people)
    kept = sorted(by_size, key=lambda cell: cell.profile)
    found = [TeamDensity(c.profile, len(c.people), str(c.soll), c.ist) for c in kept]
    if few:
        soll = sum((cell.soll for cell in few), Fraction(0))
        ist = sum(cell.ist for cell in few)
        found.append(TeamDensity(OTHERS, len(people), str(soll), ist))
    return tuple(found)


def combined(reports: Sequence[tuple[str, TeamReport]]) -> TeamReport:
    """Several caseloads of one year added up; each comes with the name of its file."""
    if not reports:
        raise UserError(language.said("Es sind keine Dateien zum Zusammenführen angegeben."))
    first_name, first = reports[0]
    seen: list[tuple[str, tuple[TeamMonth, ...]]] = []
    for name, report in reports:
        if report.year != first.year:
            raise UserError(
                language.said(
                    "{name}: Die Datei ist von {year}, {first_name} von {year2}. Bitte "
                    "nur ein Jahr zusammenführen."
                ).format(name=name, year=report.year, first_name=first_name, year2=first.year)
            )
        twin = next((other for other, months in seen if months == report.months), None)
        if twin is not None and report.months:
            raise UserError(
                language.said("{name}: Die Datei enthält dieselben Zahlen wie {twin}.").format(
                    name=name, twin=twin
                )
            )
        seen.append((name, report.months))
    months = sorted({month.month for _, report in reports for month in report.months})
    number = sum(report.files for _, report in reports)
    parts = {
        month: [each for _, report in reports for each in report.months if each.month == month]
        for month in months
    }
    missing = [m for m in months if sum(each.files for each in parts[m]) < number]
    with language.german():
        # They leave the house with the numbers.
        notes = [note for _, report in reports for note in report.notes]
        notes += [note for month in months for note in _ends(first.year, parts[month])]
        notes += [
            language.said("{month}/{year}: nur aus {sum} von {number} Dateien.").format(
                month=f"{month:02d}",
                year=first.year,
                sum=sum(each.files for each in parts[month]),
                number=number,
            )
            for month in missing
        ]
    return TeamReport(
        KIND,
        first.year,
        tuple(_added(parts[month]) for month in months),
        number,
        sum(report.without_registration for _, report in reports),
        tuple(dict.fromkeys(notes)),
    )


def _ends(year: int, months: Sequence[TeamMonth]) -> list[str]:
    """Says where the same month ends on different days: its numbers are then of different days."""
    ends = {each.until for each in months}
    if len(ends) < 2:
        return []
    days = [texts.day(each) for each in sorted(ends - {None}, key=str)]
    days += [language.said("Monatsende")] if None in ends else []
    return [
        language.said("{month}/{year}: Stand je nach Datei vom {days}.").format(
            month=f"{months[0].month:02d}", year=year, days=texts.listed(days)
        )
    ]


def _added(months: Sequence[TeamMonth]) -> TeamMonth:
    return TeamMonth(
        months[0].month,
        _added_density(each for month in months for each in month.density),
        _added_numbers(month.left_out for month in months),
        sum(month.besides for month in months),
        _added_numbers(month.standings for month in months),
        _added_shares(each for month in months for each in month.shares),
        _added_pairs(month.since_last for month in months),
        _added_pairs(month.late for month in months),
        _added_numbers(month.contacts for month in months),
        _added_numbers(month.talks for month in months),
        _added_numbers(month.first_talks for month in months),
        sum(month.files for month in months),
        _latest(month.until for month in months),
    )


def _latest(ends: Iterable[date | None]) -> date | None:
    """None is the end of the month."""
    found = list(ends)
    told = [each for each in found if each is not None]
    return max(told) if len(told) == len(found) else None


def _added_density(cells: Iterable[TeamDensity]) -> tuple[TeamDensity, ...]:
    found: dict[str, TeamDensity] = {}
    for cell in cells:
        have = found.get(cell.profile)
        if have is not None:
            soll = str(have.asked + cell.asked)
            cell = TeamDensity(cell.profile, have.people + cell.people, soll, have.ist + cell.ist)
        found[cell.profile] = cell
    return tuple(
        found[profile] for profile in sorted(found, key=lambda name: (name == OTHERS, name))
    )


def _added_shares(shares: Iterable[TeamShare]) -> tuple[TeamShare, ...]:
    found: dict[tuple[str, str, str], TeamShare] = {}
    for each in shares:
        key = (each.policy, each.id, each.percent)
        have = found.get(key)
        if have is not None:
            population, met = have.population + each.population, have.met + each.met
            each = TeamShare(each.policy, each.id, each.label, each.percent, population, met)
        found[key] = each
    return tuple(found.values())


def _added_numbers(numbers: Iterable[Numbers]) -> Numbers:
    found: Counter[str] = Counter()
    for each in numbers:
        found.update(each)
    return dict(found)


def _added_pairs(pairs: Iterable[tuple[int, int]]) -> tuple[int, int]:
    found = list(pairs)
    return sum(days for days, _ in found), sum(people for _, people in found)


def read(text: str, name: str) -> TeamReport:
    """The report in a file from outside; every number in it is checked."""
    try:
        found = decoded(text, TeamReport)
    except ValueError:
        raise UserError(
            language.said("{name}: Das ist keine Monatsdatei einer Auswertung.").format(name=name)
        ) from None
    if found.kind != KIND:
        raise UserError(
            language.said("{name}: Das ist keine Monatsdatei dieser Fassung („{kind}“).").format(
                name=name, kind=KIND
            )
        )
    if not FIRST_YEAR <= found.year < date.max.year:
        raise UserError(
            language.said("{name}: year: {year} ist kein Jahr einer Auswertung.").format(
                name=name, year=found.year
            )
        )
    if min(found.files - 1, found.without_registration) < 0:
        raise UserError(
            language.said(
                "{name}: files, without_registration: Eine Zahl ist kleiner als möglich."
            ).format(name=name)
        )
    for note in found.notes:
        line(note, language.said("{name}: notes").format(name=name))
    months = [month.month for month in found.months]
    if len(set(months)) != len(months) or not all(1 <= month <= 12 for month in months):
        raise UserError(
            language.said(
                "{name}: months: Ein Monat fehlt, ist doppelt oder keiner von 1 bis 12."
            ).format(name=name)
        )
    for month in found.months:
        _check(month, language.said("{name}: Monat {month}").format(name=name, month=month.month))
        if month.until and (month.until.year, month.until.month) != (found.year, month.month):
            raise UserError(
                language.said("{name}: Monat {month}: until liegt nicht in diesem Monat.").format(
                    name=name, month=month.month
                )
            )
    return found


def _check(month: TeamMonth, place: str) -> None:
    _check_words(month, place)
    numbers = [month.besides, month.files - 1, *month.since_last, *month.late]
    for each in (month.left_out, month.standings, month.contacts, month.talks, month.first_talks):
        numbers += each.values()
    for cell in month.density:
        numbers += [cell.people, cell.ist]
        _check_fraction(cell.soll, language.said("{place}: soll").format(place=place))
    for share in month.shares:
        numbers += [share.met, share.population - share.met]
        _check_fraction(share.percent, language.said("{place}: percent").format(place=place))
    if min(numbers) < 0 or max(numbers) > _MOST:
        raise UserError(
            language.said("{place}: Eine Zahl ist kleiner als 0 oder zu groß.").format(place=place)
        )


def _check_words(month: TeamMonth, place: str) -> None:
    """What is not known would be missing from the sums; texts may hold nothing that acts."""
    standings = {each.value for each in Standing}
    for numbers, known in (
        (month.left_out, standings),
        (month.standings, standings),
        (month.talks, {each.value for each in Meeting}),
        (month.first_talks, {each.value for each in FirstTalk}),
        (month.contacts, {f"{form}/{note}" for form in ContactForm for note in NoteType}),
    ):
        unknown = set(numbers) - known
        if unknown:
            raise UserError(
                language.said("{place}: „{line}“ ist hier nicht bekannt.").format(
                    place=place, line=line(min(unknown), place)
                )
            )
    said = [cell.profile for cell in month.density]
    for share in month.shares:
        said += [share.policy, share.id, share.label]
    for text in said:
        line(text, place)


_MOST = 1_000_000_000
_LONGEST = 200


def _check_fraction(text: str, place: str) -> None:
    parts = text.split("/")
    fits = len(text) <= _LONGEST and len(parts) <= 2
    if not fits or not all(part.isascii() and part.isdigit() for part in parts):
        raise UserError(language.said("{place}: keine Zahl der Form „71/12“.").format(place=place))
    if len(parts) == 2 and not int(parts[1]):
        raise UserError(language.said("{place}: Der Nenner ist 0.").format(place=place))
