"""What is to be seen in a picture of the Auswertung, in one sentence?"""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from kkd_desktop.domain import language, texts
from kkd_desktop.domain.chart import Category, Number, Point, Unit
from kkd_desktop.domain.contact import ContactForm, NoteType
from kkd_desktop.domain.report import NO_PROFILE, STANDING_TEXTS, FirstTalk, Standing, degree
from kkd_desktop.domain.team_report import OTHERS

NOTHING = language.to_say("In diesem Zeitraum ist dazu nichts erfasst.")

Sums = tuple[Fraction, int]


def period(year: int, until: date) -> str:
    """`2026`, `2026 bis 20.11.2026`."""
    return (
        str(year)
        if (until.month, until.day) == (12, 31)
        else language.said("{year} bis {day}").format(year=year, day=texts.day(until))
    )


def months(year: int, numbers: Sequence[int]) -> str:
    """`2026`, `Oktober 2026`, `Januar bis Juni 2026`; gaps are told one by one."""
    if not numbers or len(numbers) == 12:
        return str(year)
    names = [texts.month(each) for each in numbers]
    if len(names) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return language.said("{names} bis {names2} {year}").format(
            names=names[0], names2=names[-1], year=year
        )
    return f"{texts.listed(names)} {year}"


def density(categories: Sequence[Category], sums: Sequence[Sums]) -> str:
    named = [
        (language.said("der {month}").format(month=_month(category)), soll, ist)
        for category, (soll, ist) in zip(categories, sums, strict=True)
    ]
    return _soll_ist(sums, _degrees(named))


def _month(category: Category) -> str:
    """`November`: the year stands before it in the sentence."""
    return category.name if category.day is None else texts.month(category.day.month)


def profiles(sums: Sequence[tuple[str, Fraction, int]]) -> str:
    if not any(soll for _, soll, _ in sums):
        return language.said("Kein Gespräch verlangt.")
    profile, soll, ist = max(sums, key=lambda each: each[1])
    said = language.said(
        "Am meisten verlangt {with_article} ({number} Gespräche, geführt {number2})"
    ).format(
        with_article=with_article(profile), number=texts.tenths(soll), number2=texts.whole(ist)
    )
    told = _degrees(sums)
    least, behind = min(told, key=_part)
    if len(told) > 1 and least < 1:
        said += language.said("; am weitesten zurück liegt {with_article} ({percent})").format(
            with_article=with_article(behind), percent=percent(least)
        )
    return f"{said}."


def _soll_ist(sums: Sequence[Sums], told: Sequence[tuple[Fraction, str]]) -> str:
    """Who is behind is said only where somebody is, and where there are several to choose from."""
    soll = sum((each for each, _ in sums), Fraction(0))
    ist = sum(each for _, each in sums)
    held = texts.counted(ist, "Gespräch", "Gespräche")
    part = degree(soll, ist)
    if part is None:
        return language.said("Kein Gespräch verlangt, {held} geführt.").format(held=held)
    said = language.said("{held} geführt, verlangt waren {number} ({percent})").format(
        held=held, number=texts.tenths(soll), percent=percent(part)
    )
    least, name = min(told, key=_part)
    if len(told) > 1 and least < 1:
        said += language.said("; am weitesten zurück liegt {name} ({percent})").format(
            name=name, percent=percent(least)
        )
    return f"{said}."


def _degrees(sums: Sequence[tuple[str, Fraction, int]]) -> list[tuple[Fraction, str]]:
    """How far each is that anything is asked of."""
    degrees = ((degree(soll, ist), name) for name, soll, ist in sums)
    return [(part, name) for part, name in degrees if part is not None]


def _part(told: tuple[Fraction, str]) -> Fraction:
    """Of several that are alike the first is told."""
    return told[0]


def grid(sums: Sequence[tuple[str, Fraction, int]]) -> str:
    told = _degrees(sums)
    if not told:
        return language.said("Kein Gespräch verlangt.")
    least, most = min(told, key=_part), max(told, key=_part)
    if least[0] == most[0]:
        who = (
            _capital(with_article(least[1])) if len(told) == 1 else language.said("Jede Profillage")
        )
        return language.said("{who} liegt bei {percent}.").format(
            who=who, percent=percent(least[0])
        )
    return language.said(
        "Am niedrigsten liegt {with_article} ({percent}), am höchsten {with_article2} ({percent2})."
    ).format(
        with_article=with_article(least[1]),
        percent=percent(least[0]),
        with_article2=with_article(most[1]),
        percent2=percent(most[0]),
    )


def with_article(profile: str) -> str:
    """`das Förderprofil`, `die Profillage I`."""
    name = texts.PROFILLAGEN.get(profile)
    if profile == NO_PROFILE:
        return language.said("die Gruppe ohne Profillage")
    if profile == OTHERS:
        return language.said("die Gruppe der übrigen Profillagen")
    if name is None:
        return language.said("die Gruppe „{profile}“").format(profile=profile)
    return (
        language.said("das {name}").format(name=name)
        if name.endswith("profil")
        else language.said("die {name}").format(name=name)
    )


def standings(days: Sequence[tuple[Category, Mapping[Standing, int]]]) -> str:
    if not days or not sum(days[-1][1].values()):
        return language.said("Es ist niemand im Bestand.")
    (first_on, first), (on, last) = days[0], days[-1]
    total = texts.counted(sum(last.values()), "Person", "Personen")
    told = [
        f"{texts.whole(last[each])} {STANDING_TEXTS[each]}"
        for each in Standing
        if last[each] or each is Standing.OVERDUE
    ]
    said = language.said("{on} von {total}: {told}").format(
        on=_on(on), total=total, told=", ".join(told)
    )
    if len(days) > 1:
        said += language.said("; {on} waren {number} überfällig").format(
            on=_before(first_on), number=texts.whole(first[Standing.OVERDUE])
        )
    return f"{said}."


def _on(category: Category) -> str:
    return language.said("Am {day}").format(day=category.name)


def _before(category: Category) -> str:
    return language.said("am {day}").format(day=category.name)


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
        return language.said("Zu dieser Gruppe gehört niemand.")
    parts = []
    for name, asked, points in told:
        values = [point.value for point in points if point.value is not None]
        reached = sum(value >= asked for value in values)
        here = points[last].value
        now = "–" if here is None else f"{texts.tenths(Fraction(here))}\u00a0%"
        parts.append(
            language.said(
                "{name} {now} (verlangt {number}\u00a0%, erreicht an {reached} von {values} Tagen)"
            ).format(
                name=name, now=now, number=texts.tenths(asked), reached=reached, values=len(values)
            )
        )
    return f"{_on(categories[last])}: {'; '.join(parts)}."


def contacts(total: int, of_form: Mapping[ContactForm, int]) -> str:
    if not total:
        return language.said(NOTHING)
    parts = [
        f"{texts.whole(number)} {texts.FORMS[form]} ({percent(Fraction(number, total))})"
        for form, number in sorted(of_form.items(), key=lambda each: -each[1])
        if number
    ]
    took = texts.counted(total, "Kontakt", "Kontakte")
    return language.said("{took}, davon {parts}.").format(took=took, parts=", ".join(parts))


def notes(total: int, of_note: Mapping[NoteType, int]) -> str:
    if not total:
        return language.said(NOTHING)
    note, number = max(of_note.items(), key=lambda each: each[1])
    return language.said("{count}; am häufigsten {note_types} ({number}, {percent}).").format(
        count=texts.counted(total, "Kontakt", "Kontakte"),
        note_types=texts.NOTE_TYPES[note],
        number=texts.whole(number),
        percent=percent(Fraction(number, total)),
    )


def show_rate(sums: Sequence[tuple[Category, int, int]]) -> str:
    came, due = sum(each for _, each, _ in sums), sum(each for _, _, each in sums)
    if not due:
        return language.said(
            "In diesem Zeitraum ist von keinem Termin erfasst, ob jemand erschienen ist."
        )
    said = language.said("Zu {number} von {count} ist die Person erschienen ({percent})").format(
        number=texts.whole(came),
        count=texts.counted(due, "Termin", "Terminen"),
        percent=percent(Fraction(came, due)),
    )
    told = [(Fraction(some, whole), _month(each)) for each, some, whole in sums if whole]
    least, name = min(told, key=_part)
    if len(told) > 1 and least < max(told, key=_part)[0]:
        said += language.said(", am seltensten im {name} ({percent})").format(
            name=name, percent=percent(least)
        )
    return f"{said}."


def weeks(used: Sequence[Number], asked: Sequence[Number | None], unit: Unit, besides: int) -> str:
    """`besides` are talks without an appointment: nobody knows how long they took."""
    if not used:
        return language.said(NOTHING)
    rest = ""
    if besides:
        talks = texts.counted(besides, "Gespräch", "Gespräche")
        rest = language.said(" Nicht enthalten: {talks} ohne Termin, also ohne Dauer.").format(
            talks=talks
        )
    mean = texts.tenths(Fraction(sum(used, Fraction(0)), len(used)))
    said = language.said("Im Mittel {mean} {unit} je Woche").format(
        mean=mean, unit=language.said_of_number(unit.value)
    )
    pairs = [(some, least) for some, least in zip(used, asked, strict=True) if least]
    if not pairs:
        return language.said("{said}; das Konzept setzt dafür keine Norm.{rest}").format(
            said=said, rest=rest
        )
    kept = sum(some >= least for some, least in pairs)
    return language.said(
        "{said}; die Norm des Konzepts ist in {kept} von {pairs} Wochen erreicht.{rest}"
    ).format(said=said, kept=kept, pairs=len(pairs), rest=rest)


def first_talks(totals: Mapping[FirstTalk, int]) -> str:
    total = sum(totals.values())
    if not total:
        return language.said("Keine neue Anmeldung.")
    early, later = totals[FirstTalk.WITHIN_7], totals[FirstTalk.WITHIN_10]
    said = language.said(
        "Von {count} hatten {number} das Erstgespräch binnen 7 "
        "Arbeitstagen ({percent}), {number2} binnen 10 ({percent2})"
    ).format(
        count=texts.counted(total, "Anmeldung", "Anmeldungen"),
        number=texts.whole(early),
        percent=percent(Fraction(early, total)),
        number2=texts.whole(early + later),
        percent2=percent(Fraction(early + later, total)),
    )
    missing = totals[FirstTalk.MISSING]
    if missing:
        said += language.said("; ohne Gespräch nach Ablauf der Frist: {number}").format(
            number=texts.whole(missing)
        )
    return f"{said}."


def means(categories: Sequence[Category], since: Sequence[Point], late: Sequence[Point]) -> str:
    if not categories or since[-1].value is None:
        return language.said("Es gibt noch keinen Kontakt, von dem an zu zählen wäre.")
    said = language.said(
        "{on} liegt der letzte zählende Kontakt im Mittel {number} Tage zurück"
    ).format(on=_on(categories[-1]), number=texts.tenths(Fraction(since[-1].value)))
    if len(since) > 1 and since[0].value is not None:
        before = texts.tenths(Fraction(since[0].value))
        said += f" ({_before(categories[0])}: {before})"
    if late[-1].value is None:
        return language.said("{said}; niemand ist überfällig.").format(said=said)
    return language.said("{said}; Überfällige sind es im Mittel seit {number} Tagen.").format(
        said=said, number=texts.tenths(Fraction(late[-1].value))
    )


def percent(part: Fraction) -> str:
    return f"{texts.tenths(part * 100)}\u00a0%"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
