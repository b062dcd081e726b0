"""What is to be seen in a picture of the Auswertung, in one German sentence?"""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from kkd_desktop.domain import texts
from kkd_desktop.domain.chart import Category, Number, Point, Unit
from kkd_desktop.domain.contact import ContactForm, NoteType
from kkd_desktop.domain.report import NO_PROFILE, STANDING_TEXTS, FirstTalk, Standing, degree
from kkd_desktop.domain.team_report import OTHERS

NOTHING = "In diesem Zeitraum ist dazu nichts erfasst."

Sums = tuple[Fraction, int]


def period(year: int, until: date) -> str:
    """`2026`, `2026 bis 20.11.2026`."""
    return str(year) if (until.month, until.day) == (12, 31) else f"{year} bis {texts.day(until)}"


def months(year: int, numbers: Sequence[int]) -> str:
    """`2026`, `Oktober 2026`, `Januar bis Juni 2026`; gaps are told one by one."""
    if not numbers or len(numbers) == 12:
        return str(year)
    names = [texts.month(each) for each in numbers]
    if len(names) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{names[0]} bis {names[-1]} {year}"
    return f"{texts.listed(names)} {year}"


def density(categories: Sequence[Category], sums: Sequence[Sums]) -> str:
    told = [
        (part, f"der {_month(category)}")
        for category, (soll, ist) in zip(categories, sums, strict=True)
        for part in (degree(soll, ist),)
        if part is not None
    ]
    return _soll_ist(sums, told)


def _month(category: Category) -> str:
    """`November`: the year stands before it in the sentence."""
    return category.name if category.day is None else texts.month(category.day.month)


def profiles(sums: Sequence[tuple[str, Fraction, int]]) -> str:
    if not any(soll for _, soll, _ in sums):
        return "Kein Gespräch verlangt."
    profile, soll, ist = max(sums, key=lambda each: each[1])
    said = (
        f"Am meisten verlangt {with_article(profile)} ({texts.tenths(soll)} Gespräche, geführt "
        f"{texts.whole(ist)})"
    )
    told = [
        (part, profile)
        for profile, soll, ist in sums
        for part in (degree(soll, ist),)
        if part is not None
    ]
    least, behind = min(told, key=_part)
    if len(told) > 1 and least < 1:
        said += f"; am weitesten zurück liegt {with_article(behind)} ({percent(least)})"
    return f"{said}."


def _soll_ist(sums: Sequence[Sums], told: Sequence[tuple[Fraction, str]]) -> str:
    """Who is behind is said only where somebody is, and where there are several to choose from."""
    soll = sum((each for each, _ in sums), Fraction(0))
    ist = sum(each for _, each in sums)
    held = texts.counted(ist, "Gespräch", "Gespräche")
    part = degree(soll, ist)
    if part is None:
        return f"Kein Gespräch verlangt, {held} geführt."
    said = f"{held} geführt, verlangt waren {texts.tenths(soll)} ({percent(part)})"
    least, name = min(told, key=_part)
    if len(told) > 1 and least < 1:
        said += f"; am weitesten zurück liegt {name} ({percent(least)})"
    return f"{said}."


def _part(told: tuple[Fraction, str]) -> Fraction:
    """Of several that are alike the first is told."""
    return told[0]


def grid(sums: Sequence[tuple[str, Fraction, int]]) -> str:
    told = [
        (part, profile)
        for profile, soll, ist in sums
        for part in (degree(soll, ist),)
        if part is not None
    ]
    if not told:
        return "Kein Gespräch verlangt."
    least, most = min(told, key=_part), max(told, key=_part)
    if least[0] == most[0]:
        who = _capital(with_article(least[1])) if len(told) == 1 else "Jede Profillage"
        return f"{who} liegt bei {percent(least[0])}."
    return (
        f"Am niedrigsten liegt {with_article(least[1])} ({percent(least[0])}), am höchsten "
        f"{with_article(most[1])} ({percent(most[0])})."
    )


def with_article(profile: str) -> str:
    """`das Förderprofil`, `die Profillage I`."""
    name = texts.PROFILLAGEN.get(profile)
    if profile == NO_PROFILE:
        return "die Gruppe ohne Profillage"
    if profile == OTHERS:
        return "die Gruppe der übrigen Profillagen"
    if name is None:
        return f"die Gruppe „{profile}“"
    return f"das {name}" if name.endswith("profil") else f"die {name}"


def standings(days: Sequence[tuple[Category, Mapping[Standing, int]]]) -> str:
    if not days or not sum(days[-1][1].values()):
        return "Es ist niemand im Bestand."
    (first_on, first), (on, last) = days[0], days[-1]
    total = texts.counted(sum(last.values()), "Person", "Personen")
    told = [
        f"{texts.whole(last[each])} {STANDING_TEXTS[each]}"
        for each in Standing
        if last[each] or each is Standing.OVERDUE
    ]
    said = f"{_on(on)} von {total}: {', '.join(told)}"
    if len(days) > 1:
        said += f"; {_on(first_on, 'am')} waren {texts.whole(first[Standing.OVERDUE])} überfällig"
    return f"{said}."


def _on(category: Category, word: str = "Am") -> str:
    return f"{word} {category.name}"


def shares(
    categories: Sequence[Category], told: Sequence[tuple[str, Fraction, Sequence[Point]]]
) -> str:
    last = next(
        (
            place
            for place in reversed(range(len(categories)))
            if told[0][2][place].value is not None
        ),
        None,
    )
    if last is None:
        return "Zu dieser Gruppe gehört niemand."
    parts = []
    for name, asked, points in told:
        values = [point.value for point in points if point.value is not None]
        reached = sum(value >= asked for value in values)
        here = points[last].value
        now = "–" if here is None else f"{texts.tenths(Fraction(here))}\u00a0%"
        parts.append(
            f"{name} {now} (verlangt {texts.tenths(asked)}\u00a0%, erreicht an {reached} von "
            f"{len(values)} Tagen)"
        )
    return f"{_on(categories[last])}: {'; '.join(parts)}."


def contacts(total: int, of_form: Mapping[ContactForm, int]) -> str:
    if not total:
        return NOTHING
    parts = [
        f"{texts.whole(number)} {texts.FORMS[form]} ({percent(Fraction(number, total))})"
        for form, number in sorted(of_form.items(), key=lambda each: -each[1])
        if number
    ]
    took = texts.counted(total, "Kontakt", "Kontakte")
    return f"{took}, davon {', '.join(parts)}."


def notes(total: int, of_note: Mapping[NoteType, int]) -> str:
    if not total:
        return NOTHING
    note, number = max(of_note.items(), key=lambda each: each[1])
    return (
        f"{texts.counted(total, 'Kontakt', 'Kontakte')}; am häufigsten "
        f"{texts.NOTE_TYPES[note]} ({texts.whole(number)}, {percent(Fraction(number, total))})."
    )


def show_rate(sums: Sequence[tuple[Category, int, int]]) -> str:
    came, due = sum(each for _, each, _ in sums), sum(each for _, _, each in sums)
    if not due:
        return "In diesem Zeitraum ist von keinem Termin erfasst, ob jemand erschienen ist."
    said = (
        f"Zu {texts.whole(came)} von {texts.counted(due, 'Termin', 'Terminen')} ist die "
        f"Person erschienen ({percent(Fraction(came, due))})"
    )
    told = [(Fraction(some, whole), _month(each)) for each, some, whole in sums if whole]
    least, name = min(told, key=_part)
    if len(told) > 1 and least < max(told, key=_part)[0]:
        said += f", am seltensten im {name} ({percent(least)})"
    return f"{said}."


def weeks(used: Sequence[Number], asked: Sequence[Number | None], unit: Unit, besides: int) -> str:
    """`besides` are talks without an appointment: nobody knows how long they took."""
    if not used:
        return NOTHING
    rest = ""
    if besides:
        talks = texts.counted(besides, "Gespräch", "Gespräche")
        rest = f" Nicht enthalten: {talks} ohne Termin, also ohne Dauer."
    mean = texts.tenths(Fraction(sum(used, Fraction(0)), len(used)))
    said = f"Im Mittel {mean} {unit} je Woche"
    pairs = [(some, least) for some, least in zip(used, asked, strict=True) if least]
    if not pairs:
        return f"{said}; das Konzept setzt dafür keine Norm.{rest}"
    kept = sum(some >= least for some, least in pairs)
    return f"{said}; die Norm des Konzepts ist in {kept} von {len(pairs)} Wochen erreicht.{rest}"


def first_talks(totals: Mapping[FirstTalk, int]) -> str:
    total = sum(totals.values())
    if not total:
        return "Keine neue Anmeldung."
    early, later = totals[FirstTalk.WITHIN_7], totals[FirstTalk.WITHIN_10]
    said = (
        f"Von {texts.counted(total, 'Anmeldung', 'Anmeldungen')} hatten "
        f"{texts.whole(early)} das Erstgespräch binnen 7 Arbeitstagen "
        f"({percent(Fraction(early, total))}), {texts.whole(early + later)} binnen 10 "
        f"({percent(Fraction(early + later, total))})"
    )
    missing = totals[FirstTalk.MISSING]
    if missing:
        said += f"; ohne Gespräch nach Ablauf der Frist: {texts.whole(missing)}"
    return f"{said}."


def means(categories: Sequence[Category], since: Sequence[Point], late: Sequence[Point]) -> str:
    if not categories or since[-1].value is None:
        return "Es gibt noch keinen Kontakt, von dem an zu zählen wäre."
    said = (
        f"{_on(categories[-1])} liegt der letzte zählende Kontakt im Mittel "
        f"{texts.tenths(Fraction(since[-1].value))} Tage zurück"
    )
    if len(since) > 1 and since[0].value is not None:
        before = texts.tenths(Fraction(since[0].value))
        said += f" ({_on(categories[0], 'am')}: {before})"
    if late[-1].value is None:
        return f"{said}; niemand ist überfällig."
    return f"{said}; überfällig ist man im Mittel {texts.tenths(Fraction(late[-1].value))} Tage."


def percent(part: Fraction) -> str:
    return f"{texts.tenths(part * 100)}\u00a0%"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
