"""Facts that an office's own policy asks for, kept from the terminal."""

import shutil
from pathlib import Path

import pytest

from kkd_desktop.actions import policies

INVENTED = Path(__file__).parents[1] / "cases" / "policies"


@pytest.fixture
def levels(kkd, tmp_path, monkeypatch):
    """A terminal in an office whose policy asks for a Betreuungsstufe."""
    folder = tmp_path / "konzepte"
    folder.mkdir()
    shutil.copy(INVENTED / "musterstadt_stufen.toml", folder)
    monkeypatch.setattr(policies, "own_folder", lambda: folder)
    kkd("init", "--policy", "musterstadt_stufen")
    kkd("clients", "add", "--last-name", "Beispiel", "--code", "K1")
    return kkd


def facts(kkd):
    return kkd("clients", "show", "--client", "K1", "--json").json["client"]["facts"]


def test_each_kind_is_kept_as_what_it_is(levels):
    answer = levels(
        *("clients", "set", "--client", "K1", "--fact", "stufe=Stufe B"),
        *("--fact", "leistungsbeginn=01.03.2026", "--fact", "entfernung_km=42"),
        *("--fact", "leistungsminderung=nein", "--fact", "ort=Insel"),
    )

    assert answer.code == 0
    assert facts(levels) == {
        "stufe": "b",
        "leistungsbeginn": "2026-03-01",
        "entfernung_km": 42,
        "leistungsminderung": False,
        "ort": "Insel",
    }


def test_a_fact_can_hold_from_a_day_of_its_own(levels):
    levels("clients", "set", "--client", "K1", "--fact", "stufe=a@01.01.2026")
    levels("clients", "set", "--client", "K1", "--fact", "stufe=b@2026-12-01")

    assert facts(levels)["stufe"] == "a"
    shown = levels.run(
        *("clients", "show", "--client", "K1", "--json"),
        *("--store", str(levels.store), "--as-of", "2026-12-01"),
    )
    assert shown.json["client"]["facts"]["stufe"] == "b"


def test_an_added_client_can_bring_them(levels):
    answer = levels(
        *("clients", "add", "--last-name", "Muster", "--code", "K2"),
        *("--fact", "stufe=c", "--fact", "ort=a@b"),
    )

    assert answer.code == 0
    shown = levels("clients", "show", "--client", "K2", "--json").json
    assert shown["client"]["facts"] == {"stufe": "c", "ort": "a@b"}


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("stufe=d", "Möglich sind: a (Stufe A), b (Stufe B), c (Stufe C)."),
        ("leistungsbeginn=bald", "Leistungsbeginn: „bald“ ist kein Tag (TT.MM.JJJJ)."),
        ("entfernung_km=weit", "Entfernung in km: „weit“ ist keine ganze Zahl"),
        ("leistungsminderung=oft", "hier steht ja oder nein"),
        ("stufe=a@31.02.2026", "„31.02.2026“ nach dem @ ist kein Tag"),
        ("stufe", "hat nicht die Form NAME=WERT oder NAME=WERT@TAG"),
    ],
)
def test_what_it_cannot_be_is_refused_and_nothing_is_stored(levels, fact, said):
    answer = levels("clients", "set", "--client", "K1", "--last-name", "Anders", "--fact", fact)

    assert answer.code == 2
    assert said in answer.err
    assert facts(levels) == {}
    shown = levels("clients", "show", "--client", "K1", "--json").json
    assert shown["client"]["last_name"] == "Beispiel"


def test_a_flag_of_the_office_is_no_text(levels):
    answer = levels("clients", "set", "--client", "K1", "--flag", "stufe")

    assert answer.code == 2
    assert "Betreuungsstufe" in answer.err
