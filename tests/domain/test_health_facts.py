"""Of somebody's health only a yes or a no is kept."""

from datetime import date

import pytest

from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.health_facts import is_about_health, require_yes_or_no


@pytest.mark.parametrize(
    "name",
    ["Erkrankung", "diagnose", "grad_der_behinderung", "schwangerschaft"],
)
def test_a_fact_about_health_takes_yes_no_or_a_day_only(name):
    for value in (True, False, None, date(2026, 11, 20)):
        require_yes_or_no(name, value)
    for value in ("Rücken", 50, 1.5, ""):
        with pytest.raises(UserError, match="nur als ja oder nein") as refused:
            require_yes_or_no(name, value)
        assert "Rücken" not in str(refused.value)


def test_the_usual_flag_of_health_has_its_days_beside_it_and_not_as_its_value():
    require_yes_or_no("schwer_gesundheitlich", True)
    for value in ("Rücken", date(2026, 11, 20)):
        with pytest.raises(UserError, match="schwere gesundheitliche Einschränkung"):
            require_yes_or_no("schwer_gesundheitlich", value)


@pytest.mark.parametrize("name", ["massnahme", "sv_beschaeftigt"])
def test_the_other_flags_are_no_texts_either(name):
    with pytest.raises(UserError, match="Hier steht nur ja oder nein"):
        require_yes_or_no(name, "seit gestern")


@pytest.mark.parametrize("name", ["profile", "krankenkasse", "stufe", "arbeitsuchend", "wunsch"])
def test_other_facts_stay_what_they_are(name):
    require_yes_or_no(name, "irgendein Text")
    assert not is_about_health(name)
