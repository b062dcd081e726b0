"""Who was found, on paper? A list of people with what is due and when they were last met."""

from collections.abc import Sequence
from datetime import date

from kkd_desktop.domain import texts
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.language import german
from kkd_desktop.domain.outcome import STATE_TEXTS
from kkd_desktop.domain.privacy import Privacy, client_label
from kkd_desktop.domain.values import Value
from kkd_desktop.domain.worklist import Entry
from kkd_desktop.paper.typesetting import typeset

_NOTHING = "–"


class PeopleList(Value, frozen=True):
    """The people in the order of the list; `said` is how they were found."""

    entries: Sequence[Entry]
    said: str
    office: str
    printed_on: date
    privacy: Privacy = Privacy.INITIALS


@german()
def people_list(content: PeopleList) -> bytes:
    """The list as an accessible PDF. Title, header and metadata name no person."""
    data = {
        "office": content.office,
        "count": texts.counted(len(content.entries), "Person", "Personen"),
        "said": content.said,
        "as_of": texts.day(content.printed_on),
        "rows": [_cells(entry, content) for entry in content.entries],
    }
    return typeset("personenliste", data, content.printed_on)


def _cells(entry: Entry, content: PeopleList) -> dict[str, object]:
    client, found = entry.client, entry.outcome
    talk, latest, last = entry.appointment, found.latest, found.deciding.last
    return {
        "client": client_label(client, content.privacy) or _NOTHING,
        "number": (client.number or _NOTHING) if content.privacy is Privacy.FULL else "",
        "profile": _profile(client, content.printed_on),
        "state": STATE_TEXTS[found.state],
        "latest": _NOTHING if latest is None else texts.weekday_day(latest),
        "last": "noch nie" if last is None else texts.day(last),
        "talk": _NOTHING
        if talk is None
        else f"{texts.weekday_day(talk.day)} {texts.clock(talk.start)}",
    }


def _profile(client: Client, today: date) -> str:
    profile = client.subject.facts.at("profile", today)
    if profile is None:
        return "keine"
    return texts.PROFILLAGEN_SHORT.get(str(profile), str(profile))
