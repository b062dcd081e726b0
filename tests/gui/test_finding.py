"""The search-and-command field finds people and commands."""

import pytest

from kkd_desktop.actions import casework
from kkd_desktop.gui.finding import MOST_PEOPLE, Finder
from kkd_desktop.gui.widgets.commands import Hit


@pytest.fixture
def opened():
    return []


@pytest.fixture
def finder(qapp, session, opened):
    commands = [Hit("Kontakt erfassen", list), Hit("Einladungen", list)]
    return Finder(session, commands, opened.append)


@pytest.fixture
def client(session):
    return casework.all_clients(session.context)[0]


def test_without_text_the_commands_are_offered(finder):
    titles = [hit.title for hit in finder.find("")]

    assert "Kontakt erfassen" in titles
    assert "Einladungen" in titles


@pytest.mark.parametrize("words", ["number", "code", "names"])
def test_a_person_is_found_by_number_code_and_parts_of_the_name(finder, client, words):
    text = {
        "number": client.number,
        "code": client.code,
        "names": f"{client.first_name[:3].upper()} {client.last_name[:4].lower()}",
    }[words]

    assert client.name in [hit.title for hit in finder.find(text)]


def test_the_number_of_people_is_limited_and_commands_stay_visible(finder):
    people = [hit for hit in finder.find("e") if hit.detail]

    assert len(people) == MOST_PEOPLE
    assert any(not hit.detail for hit in finder.find("e"))


def test_choosing_a_person_opens_the_file(finder, client, opened):
    hit = next(hit for hit in finder.find(client.number) if hit.title == client.name)

    hit.run()

    assert opened == [client.id]


def test_a_new_person_is_found_at_once(finder, session):
    from kkd_desktop.domain.client import Client

    assert not finder.find("Zweitmuster")
    session.perform(
        lambda context: casework.add_client(context, Client(0, "", "Zweitmuster", "Zoe"), {})
    )

    assert [hit.title for hit in finder.find("zweitmuster")] == ["Zweitmuster, Zoe"]
