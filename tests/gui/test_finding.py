"""The search-and-command field finds people, pages, actions and searches."""

import pytest
from PySide6.QtCore import QSettings

from kkd_desktop.actions import casework, search
from kkd_desktop.domain import texts
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.spoken_days import named_day
from kkd_desktop.gui.finding import HELP, MOST_PEOPLE, PAGES, Finder
from kkd_desktop.gui.widgets.commands import Hit


@pytest.fixture
def opened():
    return []


@pytest.fixture
def shown():
    return []


@pytest.fixture
def ran():
    return []


@pytest.fixture
def settings(tmp_path):
    return QSettings(str(tmp_path / "fenster.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def commands(ran):
    return [
        Hit("Einladungen", lambda: ran.append("page"), group=PAGES, id="einladungen"),
        Hit("Kontakt erfassen", lambda: ran.append("contact"), id="contact", also="Vermerk"),
        Hit("Rückgängig", list, applies=lambda: False),
        Hit("Fenster sperren", list, applies=lambda: False, why_not="Ohne Passphrase"),
        Hit("Kalender: welcher Weg?", list, group=HELP),
    ]


@pytest.fixture
def finder(qapp, session, opened, shown, commands, settings):
    return Finder(session, commands, opened.append, show_search=shown.append, settings=settings)


@pytest.fixture
def client(session):
    return casework.all_clients(session.context)[0]


def find(finder, text):
    finder.settle()
    return finder.find(text)


def titles(hits):
    return [hit.title for hit in hits]


def groups(hits):
    return list(dict.fromkeys(hit.group for hit in hits))


def add(session, name, first_name="Zoe"):
    session.perform(
        lambda context: casework.add_client(context, Client(0, "", name, first_name), {})
    )


def test_without_text_everything_but_people_is_offered_by_kind(finder):
    found = find(finder, "")

    assert groups(found) == ["Seiten und Einstellungen", "Aktionen", "Hilfe"]
    assert titles(found)[:2] == ["Einladungen", "Kontakt erfassen"]


@pytest.mark.parametrize("words", ["number", "code", "names"])
def test_a_person_is_found_by_number_code_and_parts_of_the_name(finder, client, words):
    text = {
        "number": client.number,
        "code": client.code,
        "names": f"{client.first_name[:3].upper()} {client.last_name[:4].lower()}",
    }[words]

    assert client.name in titles(find(finder, text))


def test_the_letters_that_fit_are_told(finder, client):
    hit = next(hit for hit in find(finder, client.last_name[:3]) if hit.title == client.name)

    assert hit.marks[0] == (0, 3)


def test_people_are_few_enough_that_commands_stay_in_sight(finder, session):
    for number in range(12):
        add(session, f"Einmuster{number}")

    found = find(finder, "ein")

    assert [hit.group for hit in found].count("Personen") == MOST_PEOPLE
    assert "Einladungen" in titles(found)


def test_the_kind_that_fits_best_comes_first(finder, session):
    add(session, "Vormerke")

    assert groups(find(finder, "vormerke"))[0] == "Personen"
    assert groups(find(finder, "vermerk")) == ["Aktionen", "Suchen"]


def test_another_word_that_fits_is_shown(finder):
    assert [(hit.title, hit.detail) for hit in find(finder, ">verm")] == [
        ("Kontakt erfassen", "Vermerk")
    ]


def test_choosing_a_person_opens_the_file(finder, client, opened):
    hit = next(hit for hit in find(finder, client.number) if hit.title == client.name)

    hit.run()

    assert opened == [client.id]


def test_a_new_person_is_found_at_once(finder, session):
    assert "Zweitmuster, Zoe" not in titles(find(finder, "Zweitmuster"))
    add(session, "Zweitmuster")

    assert titles(find(finder, "zweitmuster"))[0] == "Zweitmuster, Zoe"


def test_who_was_opened_comes_first_and_leaves_no_trace_in_the_settings(
    finder, client, commands, session, settings
):
    next(hit for hit in find(finder, client.number) if hit.title == client.name).run()
    next(hit for hit in find(finder, "einlad") if hit.title == "Einladungen").run()

    assert titles(find(finder, ""))[:2] == [client.name, "Einladungen"]
    assert groups(find(finder, ""))[0] == "Zuletzt"
    settings.sync()
    later = Finder(
        session,
        commands,
        lambda _: None,
        settings=QSettings(settings.fileName(), QSettings.Format.IniFormat),
    )
    assert titles(find(later, ""))[0] == "Einladungen"
    assert client.name not in titles(find(later, ""))
    with open(settings.fileName(), encoding="utf-8") as kept:
        assert not {client.last_name, client.number, str(client.id)} & set(kept.read().split())


def test_the_last_choice_is_offered_once_and_first(finder):
    for title in ("Kontakt erfassen", "Einladungen", "Kontakt erfassen"):
        next(hit for hit in find(finder, title) if hit.title == title).run()

    found = titles(find(finder, ""))

    assert found[:2] == ["Kontakt erfassen", "Einladungen"]
    assert found.count("Kontakt erfassen") == 1


def test_somebody_who_was_removed_is_offered_no_more(finder, session, client):
    from kkd_desktop.actions import forgetting

    next(hit for hit in find(finder, client.number) if hit.title == client.name).run()
    session.perform(lambda context: forgetting.forget(context, [client.id]))
    find(finder, "")

    assert client.name not in titles(find(finder, client.number))
    assert client.name not in titles(find(finder, ""))


def test_what_does_not_apply_is_absent_or_says_why(finder):
    assert "Rückgängig" not in titles(find(finder, ""))
    assert "Rückgängig" not in titles(find(finder, "rückgängig"))
    locking = find(finder, "sperren")[0]
    assert (locking.refused, locking.why_not) == (True, "Ohne Passphrase")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (">", ["Kontakt erfassen", "Fenster sperren"]),
        ("> kont", ["Kontakt erfassen"]),
        ("/", ["Einladungen"]),
        ("/kont", []),
        ("?", ["Kalender: welcher Weg?"]),
        ("@", []),
    ],
)
def test_a_sign_before_it_asks_for_one_kind_only(finder, text, expected):
    assert titles(find(finder, text)) == expected


def test_a_saved_search_is_found_by_its_name_and_asks_its_line(finder, session, shown):
    session.perform(lambda context: search.save(context, "Lange nicht da", "kein-kontakt>60t"))

    assert [(hit.title, hit.detail) for hit in find(finder, "@")] == [
        ("Lange nicht da", "kein-kontakt>60t")
    ]
    next(hit for hit in find(finder, "lange ni") if hit.title == "Lange nicht da").run()
    assert shown == ["kein-kontakt>60t"]


def test_a_query_line_goes_to_the_page_of_the_people(finder, shown):
    find(finder, "profil:foerder kein-kontakt>60t")[0].run()

    assert shown == ["profil:foerder kein-kontakt>60t"]


def test_where_nothing_fits_the_search_itself_is_offered(finder):
    assert titles(find(finder, "qqqq")) == ["In Kunden suchen: „qqqq“"]


def test_a_large_caseload_is_read_in_slices_that_nobody_notices(finder, session, qtbot):
    from kkd_desktop.gui import people_index

    with session.context.store.write("Viele"):
        for number in range(3 * people_index._SLICE):
            casework.add_client(session.context, Client(0, "", f"Vielmuster{number}", "Zoe"), {})
    session.changed.emit()

    with qtbot.waitSignal(finder.grown):
        finder.find("")

    assert not finder.settle()
    assert titles(find(finder, "vielmuster1199"))[0] == "Vielmuster1199, Zoe"


@pytest.mark.parametrize(
    "text", ["3.12.", "kw 49", "donnerstag", "nächsten dienstag", "übermorgen"]
)
def test_a_day_that_is_typed_is_offered_first(session, commands, text):
    days = []
    finder = Finder(session, commands, lambda _: None, show_day=days.append)

    hit = find(finder, text)[0]
    hit.run()

    assert days == [named_day(text, session.context.today)]
    assert hit.title == f"Woche zeigen: {texts.weekday_day(days[0])}"
    assert hit.detail == f"KW {days[0].isocalendar().week}"


def test_what_is_no_day_is_offered_none(session, commands):
    finder = Finder(session, commands, lambda _: None, show_day=lambda _: None)

    assert not any(title.startswith("Woche zeigen") for title in titles(find(finder, "mont")))


def test_people_whose_name_begins_like_a_weekday_come_before_the_day(session, commands):
    session.perform(
        lambda context: casework.add_client(context, Client(0, "", "Dietrich", "Ute"), {})
    )
    finder = Finder(session, commands, lambda _: None, show_day=lambda _: None)

    found = titles(find(finder, "di"))

    day = next(place for place, title in enumerate(found) if title.startswith("Woche zeigen: Di"))
    assert 0 <= found.index("Dietrich, Ute") < day
