"""The filter form as a query line, and back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkd_desktop.domain.search_fields import Vocabulary
from kkd_desktop.domain.search_form import NONE, SearchForm, form_of, query_of
from kkd_desktop.domain.search_parser import parse
from kkd_desktop.domain.search_query import written
from kkd_desktop.domain.texts import PROFILLAGEN, STATUS
from kkd_desktop.domain.worklist import GroupId

VOCABULARY = Vocabulary.of(())

FORMS = st.builds(
    SearchForm,
    words=st.lists(st.text(min_size=1, max_size=9).filter(str.strip), max_size=2).map(tuple),
    not_since=st.none() | st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    profile=st.sampled_from(["", NONE, *PROFILLAGEN]),
    status=st.sampled_from(["", NONE, *STATUS]),
    group=st.sampled_from(["", *map(str, GroupId)]),
)


@given(FORMS)
def test_a_form_comes_back_from_its_query_line(form):
    line = written(query_of(form, VOCABULARY))

    assert form_of(parse(line, VOCABULARY), VOCABULARY) == form


def test_a_form_is_a_line_as_one_types_it():
    form = SearchForm(("Amina",), date(2026, 10, 1), "Z", NONE, "this_week")

    line = written(query_of(form, VOCABULARY))

    assert line == "Amina kein-kontakt:01.10.2026 profil:z ohne:status gruppe:diese-woche"


@pytest.mark.parametrize(
    "line",
    [
        "a oder b",
        "-profil:z",
        "profil:z,i",
        "profil:z profil:i",
        "kein-kontakt>60t",
        "kein-kontakt:60t",
        "kein-kontakt:heute",
        "seit:01.10.2026 seit:02.10.2026",
        "mit:profil",
        "ohne:gruppe",
        "ohne:termin",
        "zustand:ueberfaellig",
    ],
)
def test_what_the_form_has_no_room_for_is_no_form(line):
    assert form_of(parse(line, VOCABULARY), VOCABULARY) is None
