"""How the query line can go on."""

import pytest

from kkd_desktop.domain.search_completion import completions
from kkd_desktop.domain.search_fields import Vocabulary
from kkd_desktop.domain.search_parser import parse

VOCABULARY = Vocabulary.of(())


def offered(line, cursor=None):
    at = len(line) if cursor is None else cursor
    return [line[: each.start] + each.text for each in completions(line, at, VOCABULARY)]


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("pro", "profil:"),
        ("Amina -sta", "Amina -status:"),
        ("nicht:sta", "nicht:status:"),
        ("(kein", "(kein-kontakt>"),
        ("terminw", "wunsch:"),
        ("a od", "a oder"),
        ("profil:fö", "profil:foerder"),
        ("profil:markt,st", "profil:markt,stabilisierung"),
        ("zustand:über", "zustand:ueberfaellig"),
        ("ausnahme:", "ausnahme:ja"),
        ("ohne:ter", "ohne:termin"),
        ("kein-kontakt>8", "kein-kontakt>8w"),
        ("termin<", "termin<14t"),
        ("termin:h", "termin:heute"),
        ("kontakt:k", "kontakt:keine"),
    ],
)
def test_what_was_begun_goes_on(line, first):
    assert offered(line)[0] == first


def test_everything_is_offered_on_an_empty_line():
    texts = offered("")

    assert {"profil:", "kein-kontakt>", "termin<", "ohne:", "oder"} <= set(texts)
    assert len(texts) == len(VOCABULARY.fields) + 4


def test_only_the_word_at_the_cursor_is_replaced():
    line = "stat profil:z"

    (first, *_) = completions(line, 4, VOCABULARY)

    assert line[: first.start] + first.text + line[first.end :] == "status: profil:z"


def test_nothing_is_offered_for_people_and_unknown_words():
    assert offered('"von ') == []
    assert offered("quatsch:") == []
    assert offered("name:Am") == []


@pytest.mark.parametrize("field", VOCABULARY.fields.values(), ids=lambda field: field.id)
def test_every_value_offered_can_be_read(field):
    sign = ">" if field.id == "kein-kontakt" else ":"
    for line in offered(f"{field.id}{sign}"):
        assert parse(line, VOCABULARY)


def test_what_is_put_in_is_german_and_what_it_is_called_english(english):
    (wish,) = completions("wish", 4, VOCABULARY)
    days = [each for each in completions("termin:", 7, VOCABULARY) if each.text.isalpha()]

    assert (wish.text, wish.label) == ("wunsch:", "Appointment wish")
    assert [(each.text, each.label) for each in days] == [
        ("heute", "today"),
        ("gestern", "yesterday"),
        ("morgen", "tomorrow"),
        ("keine", "not known"),
    ]
