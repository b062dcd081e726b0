"""What a plan for the shares says in words."""

from datetime import date
from fractions import Fraction

from kkd_desktop.domain.policy import Measured
from kkd_desktop.domain.quota_plan import PolicyPlan, QuotaPlans
from kkd_desktop.domain.quota_plan_text import details, headline
from kkd_desktop.domain.quota_planning import QuotaResult
from tests.domain.test_quota_planning import TODAY, member, planned


def said(result: QuotaResult, show: Fraction | None = None) -> tuple[str, ...]:
    plan = PolicyPlan(None, {}, Measured.EVERY_DAY, result, (), {})
    plans = QuotaPlans((), (plan,), TODAY, date(2026, 11, 9), 45, show)
    return (headline(plan, result), *details(plans, result))


def waiting(number: int):
    return [member(n, date(2025, 3, n)) for n in range(1, number + 1)]


def test_what_is_reached_says_how_few_talks_it_takes():
    assert said(planned(*waiting(1)), Fraction(4, 5)) == (
        "1 Gespräch genügt für alle Anteile.",
        "Weil 80 % der Eingeladenen kommen, sind dafür etwa 2 Einladungen nötig.",
    )


def test_what_is_reached_already_needs_nobody():
    assert said(planned(member(1, date(2026, 10, 31)))) == (
        "Alle Anteile sind ohne ein weiteres Gespräch erreicht.",
    )


def test_what_is_reached_from_a_day_on_says_so_before_anything_else():
    found = planned(*waiting(10), measured=Measured.EVERY_DAY, talks=2)

    assert said(found, Fraction(1))[:2] == (
        "Ab Di 17.11.2026 sind alle Anteile erreicht, mit 10 Gesprächen.",
        "Bis dahin bleibt so wenig offen, wie es geht.",
    )


def test_what_cannot_be_reached_says_why_and_how_much_would_do():
    found = planned(*waiting(20), talks=1)

    assert said(found)[:2] == (
        "Nicht erreichbar: auch mit 14 Gesprächen bleibt eine Lücke.",
        "Frei sind bis zum Stichtag 14 Termine zu 45 min, nötig wären 19.",
    )


def test_invitations_beyond_the_room_are_said():
    found = planned(*waiting(14), talks=1)

    assert said(found, Fraction(1, 2))[-1].endswith("28 Einladungen nötig; frei sind 14 Termine.")
    assert said(found, Fraction(1))[-1].endswith("14 Einladungen nötig.")


def test_nobody_to_speak_of_is_said():
    assert said(planned()) == ("Für niemanden im Bestand gelten diese Anteile.",)


def test_one_free_appointment_is_not_several():
    found = planned(*waiting(1), talks=1, first=28)

    assert said(found, Fraction(1, 3))[-1].endswith("3 Einladungen nötig; frei ist 1 Termin.")


def test_where_nobody_came_so_far_nothing_is_multiplied():
    found = planned(*waiting(1))

    assert said(found, Fraction(0))[-1] == (
        "Wie viele erscheinen, ist offen; gerechnet wird, als kämen alle."
    )
