"""A hasty query finds what was meant, best first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkd_desktop.domain.fuzzy import Grade, Index, key_of, marks

PEOPLE = (
    ("Beispiel, Amina", "123A400017", "AB 1", "35502//0012345"),
    ("Li, Anna", "123A400025", "", ""),
    ("Lindner, Jonas", "123A400033", "", ""),
    ("Müller, Anna", "123A400041", "", ""),
    ("Mueller, Ben", "123A400058", "", ""),
    ("Schmidt, Özlem", "123A400066", "", ""),
    ("Straßer, Émile", "123A400074", "", ""),
)


def found(query, entries=PEOPLE, most=8):
    index = Index(key_of(*entry) for entry in entries)
    return [entries[fit.place][0] for fit in index.find(query, most)]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("amina beisp", "Beispiel, Amina"),
        ("BEISPIEL", "Beispiel, Amina"),
        ("123A400017", "Beispiel, Amina"),
        ("400017", "Beispiel, Amina"),
        ("35502//0012345", "Beispiel, Amina"),
        ("355020012345", "Beispiel, Amina"),
        ("ab 1", "Beispiel, Amina"),
        ("bam", "Beispiel, Amina"),
        ("oezlem", "Schmidt, Özlem"),
        ("ozlem", "Schmidt, Özlem"),
        ("strasser", "Straßer, Émile"),
        ("emile", "Straßer, Émile"),
        ("Schmitd", "Schmidt, Özlem"),
        ("shmidt", "Schmidt, Özlem"),
        ("schmitt özlem", "Schmidt, Özlem"),
        ("beispeil", "Beispiel, Amina"),
        ("bspl", "Beispiel, Amina"),
        ("lindnner", "Lindner, Jonas"),
    ],
)
def test_a_hasty_query_finds_the_one_who_was_meant(query, name):
    assert found(query) == [name]


@pytest.mark.parametrize("query", ["müller", "mueller", "Müller", "MUELLER"])
def test_an_umlaut_is_typed_in_either_way(query):
    assert "Müller, Anna" in found(query)


def test_an_umlaut_finds_the_name_that_is_spelled_out():
    assert found("müller") == ["Mueller, Ben", "Müller, Anna"] or found("müller") == [
        "Müller, Anna",
        "Mueller, Ben",
    ]


def test_a_whole_word_comes_before_its_beginning():
    assert found("li") == ["Li, Anna", "Lindner, Jonas"]


def test_the_name_comes_before_the_first_name():
    entries = (("Beispiel, Anna",), ("Anna, Ben",))

    assert found("an", entries) == ["Anna, Ben", "Beispiel, Anna"]


def test_a_slip_is_only_looked_for_where_nothing_fits():
    entries = (("Meier, Ben",), ("Meyer, Ben",))

    assert found("meier", entries) == ["Meier, Ben"]
    assert found("meuer", entries) == ["Meier, Ben", "Meyer, Ben"]


@pytest.mark.parametrize("query", ["", "   ", "…", "123A400018", "400071", "xyz", "li x"])
def test_what_nobody_meant_finds_nobody(query):
    assert found(query) == []


def test_initials_of_a_command_find_it():
    commands = (("Kontakt erfassen",), ("Konzepte vergleichen",), ("Einstellungen",))

    assert found("koer", commands) == ["Kontakt erfassen"]
    assert found("kv", commands) == ["Konzepte vergleichen"]


def test_another_word_for_it_finds_it_after_the_title():
    commands = (("Fenster sperren", "Abmelden"), ("Abmelden",))

    assert found("abm", commands) == ["Abmelden", "Fenster sperren"]


def test_the_number_of_answers_is_limited():
    assert len(found("123", most=3)) == 3


@pytest.mark.parametrize(
    ("title", "query", "letters"),
    [
        ("Müller, Anna", "ann mue", ["Mü", "Ann"]),
        ("Müller, Anna", "mul", ["Mül"]),
        ("Straßer, Émile", "strass", ["Straß"]),
        ("Kontakt erfassen", "koer", ["Ko", "er"]),
        ("Schmidt, Özlem", "shm", ["S", "hm"]),
        ("Schmidt, Özlem", "schmitt", ["Schmidt"]),
        ("Beispiel, Amina", "123", []),
    ],
)
def test_the_letters_that_fit_are_told(title, query, letters):
    assert [title[start:end] for start, end in marks(title, query)] == letters


names = st.text(st.sampled_from("abeimnrsäößé -'"), min_size=1, max_size=18)


@given(st.lists(names, max_size=12), names)
def test_whoever_is_named_in_full_is_found_and_marks_lie_in_the_name(titles, title):
    entries = [(each,) for each in (*titles, title)]
    index = Index(key_of(*entry) for entry in entries)
    fits = index.find(title, len(entries))

    if any(letter.isalnum() for letter in title):
        best = [fit for fit in fits if fit.place == len(titles)]
        assert [fit.grade for fit in best] == [Grade.WHOLE]
    else:
        assert fits == []
    assert all(0 <= start < end <= len(title) for start, end in marks(title, title))


@given(st.lists(names, max_size=12), names)
def test_the_best_are_the_same_however_many_are_asked_for(titles, query):
    keys = [key_of(title) for title in titles]

    everyone = Index(keys).find(query, len(titles))

    for most in range(1, len(titles) + 1):
        assert Index(keys).find(query, most) == everyone[:most]
