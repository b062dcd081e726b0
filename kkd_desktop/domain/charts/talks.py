"""Which talks there were: contacts, appointments that were kept, hours of a week, first talks."""

from collections.abc import Sequence
from fractions import Fraction

from kkd_desktop.domain import chart_text, language, texts
from kkd_desktop.domain import report_definitions as definitions
from kkd_desktop.domain.chart import Axis, Category, Chart, ChartKind, Point, Role, Series, Unit
from kkd_desktop.domain.charts.states import by_state
from kkd_desktop.domain.charts.year import NONE, Held, Year, people_of
from kkd_desktop.domain.contact import ContactForm, NoteType
from kkd_desktop.domain.report import FIRST_TALK_TEXTS, FirstTalk, Meeting, WeekUse

FIRST_TALK_ROLES = {
    FirstTalk.WITHIN_7: Role.GOOD,
    FirstTalk.WITHIN_10: Role.SOON,
    FirstTalk.LATER: Role.APART,
    FirstTalk.OPEN: Role.NOT_YET,
    FirstTalk.MISSING: Role.LATE,
}
"""Later is over and cannot be mended; missing can."""


def contacts(year: Year) -> tuple[Chart, Chart]:
    forms = list(ContactForm)
    everything = [cell for month in year.contacts for cell in month]
    total = sum(cell.held[0] for cell in everything)
    of_form = {form: sum(c.held[0] for c in everything if c.form == form) for form in forms}
    shown = [form for form in forms if of_form[form]] or [ContactForm.PERSOENLICH]
    notes = [n for n in NoteType if any(c.note_type == n and c.held[0] for c in everything)]
    by_note = [[c for c in everything if c.note_type == note] for note in notes]
    finding = chart_text.contacts(total, of_form)
    note_categories = tuple(Category(_note_label(n), texts.NOTE_TYPES[n]) for n in notes)
    of_note = {
        note: sum(c.held[0] for c in cells) for note, cells in zip(notes, by_note, strict=True)
    }
    return (
        _contact_chart(
            "kontakte-form",
            language.said("Kontakte nach Form"),
            year.months,
            year.contacts,
            shown,
            finding,
            Axis.MONTH,
            year.period,
        ),
        _contact_chart(
            "kontakte-vermerk",
            language.said("Kontakte nach Vermerk und Form"),
            note_categories,
            by_note,
            shown,
            chart_text.notes(total, of_note),
            Axis.VERMERK,
            year.period,
        ),
    )


def _note_label(note: NoteType) -> str:
    """Below an axis the word „vermerk“ says nothing: all of them are."""
    return (
        texts.NOTE_TYPES[note]
        .removesuffix(" Vermerk")
        .removesuffix("svermerk")
        .removesuffix("vermerk")
    )


def _contact_chart(
    id: str,
    title: str,
    categories: tuple[Category, ...],
    groups: Sequence[Sequence[Held]],
    forms: Sequence[ContactForm],
    finding: str,
    axis: Axis,
    period: str,
) -> Chart:
    series = tuple(
        Series(
            texts.FORMS[form],
            Role.ONE_OF,
            list(ContactForm).index(form),
            tuple(
                Point(
                    sum(c.held[0] for c in cells if c.form == form),
                    people_of(c.held[1] for c in cells if c.form == form),
                    language.said("Kontakt {forms}, {name}").format(
                        forms=texts.FORMS[form], name=category.name
                    ),
                )
                for category, cells in zip(categories, groups, strict=True)
            ),
        )
        for form in forms
    )
    return Chart(
        id,
        title,
        language.said("Kontakte"),
        ChartKind.STACKED,
        Unit.CONTACTS,
        categories,
        series,
        finding,
        language.said(definitions.CONTACTS),
        axis,
        period=period,
    )


def show_rate(year: Year) -> Chart:
    points, sums = [], []
    for category, talks in zip(year.months, year.talks, strict=True):
        came, of_came = talks.get(Meeting.ATTENDED.value, NONE)
        missed, of_missed = talks.get(Meeting.MISSED.value, NONE)
        due = came + missed
        sums.append((category, came, due))
        points.append(
            Point(
                Fraction(came * 100, due) if due else None,
                tuple(sorted(set(of_came))),
                language.said("erschienen im {name}").format(name=category.name),
                tuple(sorted(set(of_missed))),
                language.said("nicht erschienen im {name}").format(name=category.name),
                language.said("{number} von {number2}").format(
                    number=texts.whole(came), number2=texts.whole(due)
                ),
            )
        )
    return Chart(
        "erschienen",
        language.said("Wie oft jemand erschienen ist"),
        language.said("Erschienen"),
        ChartKind.LINES,
        Unit.PERCENT,
        year.months,
        (Series(language.said("erschienen"), Role.DONE, 0, tuple(points)),),
        chart_text.show_rate(sums),
        language.said(definitions.SHOW_RATE),
        Axis.MONTH,
        period=year.period,
    )


def time_used(weeks: Sequence[WeekUse]) -> Chart:
    """Talks where the norm asks for a number of them or there is none, else hours."""
    in_hours = any(w.norm is not None and w.norm.min_contacts is None for w in weeks)
    unit = Unit.HOURS if in_hours else Unit.APPOINTMENTS
    categories, used, asked = [], [], []
    for week in weeks:
        number = week.monday.isocalendar().week
        name = language.said("Woche ab {day}").format(day=texts.weekday_day(week.monday))
        categories.append(
            Category(language.said("KW {number}").format(number=number), name, week.monday)
        )
        value = week.load.hours if in_hours else week.load.talks
        used.append(
            Point(value, week.people, language.said("Termin in der {name}").format(name=name))
        )
        norm = week.norm
        least = None if norm is None else norm.contact_hours if in_hours else norm.min_contacts
        asked.append(Point(least))
    has_norm = any(point.value is not None for point in asked)
    return Chart(
        "wochen",
        language.said("Genutzte Zeit je Woche"),
        language.said("Wochen"),
        ChartKind.BARS,
        unit,
        tuple(categories),
        (
            Series(
                language.said("{unit} je Woche").format(unit=language.said(unit.value)),
                Role.DONE,
                0,
                tuple(used),
            ),
        ),
        chart_text.weeks(
            [p.value or 0 for p in used],
            [p.value for p in asked],
            unit,
            sum(len(week.besides) for week in weeks),
        ),
        language.said(definitions.CAPACITY),
        Axis.WEEK,
        (Series(language.said("Norm des Konzepts"), Role.ASKED, 1, tuple(asked)),)
        if has_norm
        else (),
    )


def first_talks(year: Year) -> Chart:
    series = by_state(
        FIRST_TALK_TEXTS,
        FIRST_TALK_ROLES,
        [*zip(year.months, year.first_talks, strict=True)],
        (FirstTalk.WITHIN_7, FirstTalk.WITHIN_10, FirstTalk.LATER),
        lambda when, month: language.said("Erstgespräch {first_talk_texts}, {name}").format(
            first_talk_texts=when, name=month
        ),
    )
    totals = {
        what: sum(found.get(what.value, NONE)[0] for found in year.first_talks)
        for what in FirstTalk
    }
    return Chart(
        "erstgespraeche",
        language.said("Erstgespräche nach der Anmeldung"),
        language.said("Erstgespräche"),
        ChartKind.STACKED,
        Unit.PEOPLE,
        year.months,
        series,
        chart_text.first_talks(totals),
        language.said(definitions.FIRST_TALKS),
        Axis.MONTH_OF_REGISTRATION,
        period=year.period,
    )
