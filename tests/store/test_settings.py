from datetime import date

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trial
from hypothesis import strategies as st

from kkd_desktop.store import holiday_cache, settings

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("aäß"), inner),
    max_leaves=6,
)


@trial(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(JSON)
def test_a_setting_comes_back_as_it_was_put(store, value):
    settings.put(store, "key", value)

    assert settings.get(store, "key") == value
    assert settings.everything(store) == {"key": value}


def test_a_setting_never_put_is_the_default(store):
    settings.put(store, "none", None)

    assert settings.get(store, "land", "NI") == "NI"
    assert settings.get(store, "none", "NI") is None


def test_what_json_cannot_say_is_a_bug(store):
    with pytest.raises(ValueError, match="not JSON compliant"):
        settings.put(store, "key", float("nan"))


def test_holidays_are_known_by_land_and_year(store):
    new_year = {date(2026, 1, 1): "Neujahr"}
    holiday_cache.put(store, "NI", 2026, new_year)
    holiday_cache.put(store, "BY", 2026, {date(2026, 1, 6): "Heilige Drei Könige"})
    holiday_cache.put(store, None, 2026, {})

    assert holiday_cache.known(store, "NI") == {2026: new_year}
    assert holiday_cache.known(store, None) == {2026: {}}
    assert holiday_cache.known(store, "SN") == {}


def test_a_year_put_again_is_replaced(store):
    holiday_cache.put(store, "NI", 2026, {date(2026, 1, 2): "falsch"})
    holiday_cache.put(store, "NI", 2026, {date(2026, 1, 1): "Neujahr"})

    assert holiday_cache.known(store, "NI") == {2026: {date(2026, 1, 1): "Neujahr"}}
