"""Settings that are unusable are refused before anything is stored."""

import pytest

from kkd_desktop.actions.settings import Settings, changed_settings
from kkd_desktop.domain.errors import UserError


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"policies": ()}, "mindestens ein Konzept"),
        ({"land": "XX"}, "kein Bundesland"),
        ({"post_margin_days": -1}, "zwischen 0 und 20"),
        ({"mailbox": "team@jobcenter"}, "keine E-Mail-Adresse"),
        ({"rooms": ("2.14", "2\u202e")}, "unsichtbares Steuerzeichen"),
        ({"office": "Jobcenter\u202eX"}, "unsichtbares Steuerzeichen"),
    ],
)
def test_what_is_unusable_is_refused_with_its_name(changes, told):
    with pytest.raises(UserError, match=told):
        changed_settings(Settings(), **changes)


def test_names_are_kept_without_blanks_around_them():
    changed = changed_settings(Settings(), office="  Jobcenter Musterstadt ")

    assert changed.office == "Jobcenter Musterstadt"


def test_each_room_is_kept_once_and_the_usual_one_is_offered_first():
    changed = changed_settings(Settings(), room="2.14", rooms=(" 1.02", "", "2.14", "1.02"))

    assert changed.rooms == ("1.02", "2.14")
    assert changed.all_rooms == ("2.14", "1.02")
