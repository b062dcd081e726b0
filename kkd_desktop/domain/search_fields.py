"""What can be searched for: the fields of the query line, their spellings and their values.

The usual fields stand here as data; facts that an office declares and the shares of its policies
come with the policies in force.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache, partial
from types import MappingProxyType

from kkd_desktop.domain import language, texts
from kkd_desktop.domain.absence import ABSENT, ahead
from kkd_desktop.domain.client import WISH, Subject
from kkd_desktop.domain.contact import ContactForm
from kkd_desktop.domain.declared_facts import declared
from kkd_desktop.domain.demands import NO_TIER
from kkd_desktop.domain.facts import Period
from kkd_desktop.domain.folding import spellings
from kkd_desktop.domain.language import Sayings, to_say
from kkd_desktop.domain.outcome import STATE_TEXTS, State
from kkd_desktop.domain.policy import FactDeclaration, FactKind, NestedShares, Policy, Share
from kkd_desktop.domain.predicates import as_day
from kkd_desktop.domain.spans import years_of_life
from kkd_desktop.domain.table_columns import folded
from kkd_desktop.domain.values import Value, field
from kkd_desktop.domain.worklist import GROUP_TITLES, Entry, group_of

Found = str | bool | int | date | frozenset[str] | None
"""What a field is for one client; a set where it is several things at once."""
Read = Callable[[Entry, date], Found]


class FieldKind(StrEnum):
    TEXT = "text"
    """Parts of it are found too."""
    CHOICE = "choice"
    FLAG = "flag"
    NUMBER = "number"
    PAST = "past"
    """A day; a span says how long ago."""
    AHEAD = "ahead"
    """A day; a span says how far ahead."""
    SILENCE = "silence"
    """How long there was nothing; for ever where there never was anything."""


class SearchField(Value, frozen=True):
    """One thing to search for. `id` is how it is written, `names` are other spellings.

    `choices` are values with their labels, `covers` what they stand for where that is more than
    themselves, `spelled` further spellings. `names_person`: what is searched for names somebody.
    What a policy calls it stays as the policy says it. Written it is German in every language.
    """

    id: str
    german: str
    kind: FieldKind
    read: Read
    names: tuple[str, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    covers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    spelled: Callable[[str], str | None] | None = None
    names_person: bool = False
    of_policy: bool = False

    @property
    def label(self) -> str:
        """What it is called, for a reader."""
        return self.german if self.of_policy else language.said(self.german)


def slug(text: str) -> str:
    """`in-der-frist` of `in der Frist`: words as they are typed in a query."""
    return "-".join(word for part in text.split() if (word := folded(part)))


class Vocabulary:
    """All fields by every spelling."""

    def __init__(self, fields: Iterable[SearchField]) -> None:
        self.fields: Mapping[str, SearchField] = MappingProxyType(
            {each.id: each for each in fields}
        )
        self._names: dict[str, str] = {}
        for each in self.fields.values():
            for name in (each.id, each.german, *each.names):
                self._names.setdefault(folded(name), each.id)

    @classmethod
    def of(cls, policies: Iterable[Policy]) -> "Vocabulary":
        policies = tuple(policies)
        usual = (*_USUAL, _quota(policies))
        taken = {folded(name) for each in usual for name in (each.id, *each.names)}
        own = [_declared(each, taken) for each in declared(policies) if each.id not in texts.FLAGS]
        return cls((*usual, *own))

    def look_up(self, name: str) -> SearchField | None:
        found = self._names.get(folded(name))
        return None if found is None else self.fields[found]


def choice_named(asked: SearchField, text: str) -> str | None:
    """The value of a choice in any spelling, or by its beginning where that is plain."""
    word = folded(text)
    with language.german():
        names = {
            folded(name): value for value, label in asked.choices.items() for name in (value, label)
        }
    if word in names:
        return names[word]
    found = asked.spelled(text) if asked.spelled else None
    if found is not None:
        return found
    begun = {value for name, value in names.items() if word and name.startswith(word)}
    return begun.pop() if len(begun) == 1 else None


def searched(*parts: str) -> str:
    """The key in which parts of texts are looked for, in both spellings of umlauts."""
    whole = "\n".join(filter(None, parts)).casefold()
    # As most are, and ten thousand of them are asked for at once.
    if whole.isascii():
        return whole
    return "\n".join(way for part in parts if part for way in spellings(part))


def _fact(name: str) -> Read:
    return lambda entry, today: _plain(entry.client.subject.facts.at(name, today))


def _plain(value: object) -> Found:
    return value if isinstance(value, str | bool | int | date) or value is None else str(value)


def _flag(name: str) -> Read:
    # A yes/no fact that was never recorded is "no", to the policies as well.
    return lambda entry, today: bool(entry.client.subject.facts.at(name, today))


def _fact_text(name: str, labels: Sayings[str] | None = None) -> Read:
    """`labels` are found as they are read, and in German as saved searches have them."""
    known = Sayings({}) if labels is None else labels

    def read(entry: Entry, today: date) -> str | None:
        value = entry.client.subject.facts.at(name, today)
        if value is None:
            return None
        text = str(value)
        return searched(text, known.german.get(text, ""), known.get(text, ""))

    return read


def _fact_day(name: str) -> Read:
    return lambda entry, today: as_day(entry.client.subject.facts.at(name, today))


def _of_client(*parts: str) -> Read:
    return lambda entry, today: searched(*(getattr(entry.client, part) for part in parts)) or None


def _of_address(part: str) -> Read:
    return lambda entry, today: searched(getattr(entry.client.address, part)) or None


def _of_subject(part: str) -> Read:
    return lambda entry, today: getattr(entry.client.subject, part)


def _age(entry: Entry, today: date) -> int | None:
    born = entry.client.subject.birth_date
    return None if born is None else years_of_life(born, today)


def _exception(entry: Entry, today: date) -> bool:
    return _exception_runs(entry.client.subject, today)


def _exception_runs(subject: Subject, today: date) -> bool:
    agreed = subject.deviation
    return agreed is not None and (agreed.until is None or agreed.until >= today)


def _exception_end(entry: Entry, today: date) -> date | None:
    agreed = entry.client.subject.deviation
    return None if agreed is None else agreed.until


def _away(entry: Entry, today: date) -> Period | None:
    return ahead(entry.client.subject.facts.timeline(ABSENT), today)


def _absence(entry: Entry, today: date) -> str | None:
    found = _away(entry, today)
    return None if found is None else str(found.value)


def _absence_day(end: str) -> Read:
    def read(entry: Entry, today: date) -> date | None:
        found = _away(entry, today)
        return None if found is None else getattr(found, end)

    return read


_titled = lru_cache(maxsize=1000)(searched)
"""Keys of rules and policies, of which there are few for many clients."""


def _rule(entry: Entry, today: date) -> str | None:
    rule = entry.outcome.deciding.rule
    return None if rule is None else _titled(rule.id, rule.title)


def _policy(entry: Entry, today: date) -> str:
    policy = entry.outcome.deciding.policy
    return _titled(policy.id, policy.short_title)


def _talk_form(entry: Entry, today: date) -> str | None:
    return None if entry.appointment is None else entry.appointment.form.value


_OVERDUE = (State.OVERDUE, State.FAILED)
_SUMS: Mapping[str, tuple[str, tuple[State, ...]]] = {
    "ueberfaellig": (to_say("überfällig"), _OVERDUE),
    "faellig": (to_say("fällig, auch schon länger"), (*_OVERDUE, State.DUE_TODAY)),
    "in-ordnung": (to_say("in Ordnung"), (State.OK, State.MET, State.ON_PACE)),
}
"""Words for several states at once. None without a duty is ever in order."""
_STATES = {
    slug(text): state for state, text in STATE_TEXTS.german.items() if state is not State.OVERDUE
}
_GROUPS = {slug(title): group for group, title in GROUP_TITLES.german.items()}

_AGES = Sayings({"u25": "unter 25 Jahren", "ue25": "ab 25 Jahren"})


def _any_of(spellings_of: Mapping[str, str]) -> Callable[[str], str | None]:
    known = {folded(name): value for name, value in spellings_of.items()}
    return lambda text: known.get(folded(text))


def _from_tables(reader: str) -> Callable[[str], str | None]:
    """The spellings that tables are read by, looked up only when a query asks for one."""

    def spelled(text: str) -> str | None:
        from kkd_desktop.domain import table_words
        from kkd_desktop.domain.errors import UserError

        try:
            found: str | None = getattr(table_words, reader)(text)
        except UserError:
            return None
        return found

    return spelled


_TEXT, _CHOICE, _FLAG = FieldKind.TEXT, FieldKind.CHOICE, FieldKind.FLAG
_PAST, _AHEAD = FieldKind.PAST, FieldKind.AHEAD

_USUAL = (
    SearchField(
        "profil",
        to_say("Profillage"),
        _CHOICE,
        _fact("profile"),
        ("profile", "pl", "profiling"),
        choices={slug(key): label for key, label in texts.PROFILLAGEN.items()},
        covers={slug(key): frozenset({key}) for key in texts.PROFILLAGEN},
        spelled=lambda text: (found := _from_tables("as_profile")(text)) and slug(found),
    ),
    SearchField(
        "status",
        to_say("Status"),
        _CHOICE,
        _fact("status"),
        ("arbeitsmarktstatus",),
        choices=Sayings({key.replace("_", "-"): text for key, text in texts.STATUS.german.items()}),
        covers={key.replace("_", "-"): frozenset({key}) for key in texts.STATUS},
        spelled=lambda text: (found := _from_tables("as_status")(text)) and found.replace("_", "-"),
    ),
    SearchField(
        "bereich",
        to_say("Bereich"),
        _TEXT,
        _fact_text("org", texts.ORG),
        ("org", "team", "organisation"),
    ),
    SearchField(
        "zustand",
        to_say("Zustand"),
        _CHOICE,
        lambda entry, today: entry.outcome.state.value,
        ("state", "stand"),
        choices=Sayings(
            {
                **{word: label for word, (label, _) in _SUMS.items()},
                **{word: STATE_TEXTS.german[state] for word, state in _STATES.items()},
            }
        ),
        covers={
            **{
                word: frozenset(state.value for state in states)
                for word, (_, states) in _SUMS.items()
            },
            **{word: frozenset({state.value}) for word, state in _STATES.items()},
        },
    ),
    SearchField(
        "gruppe",
        to_say("Gruppe der Arbeitsliste"),
        _CHOICE,
        lambda entry, today: group_of(entry, today).value,
        ("arbeitsliste",),
        choices=Sayings({word: GROUP_TITLES.german[group] for word, group in _GROUPS.items()}),
        covers={word: frozenset({group.value}) for word, group in _GROUPS.items()},
    ),
    SearchField(
        "kein-kontakt",
        to_say("Kein zählender Kontakt seit"),
        FieldKind.SILENCE,
        lambda entry, today: entry.outcome.deciding.last,
        ("seit", "kein-kontakt-seit", "ohne-kontakt-seit"),
    ),
    SearchField(
        "kontakt",
        to_say("Letzter zählender Kontakt"),
        _PAST,
        lambda entry, today: entry.outcome.deciding.last,
        ("letzter-kontakt", "zuletzt"),
    ),
    SearchField(
        "termin",
        to_say("Nächster Termin"),
        _AHEAD,
        lambda entry, today: None if entry.appointment is None else entry.appointment.day,
        ("nächster-termin", "gespräch"),
    ),
    SearchField(
        "terminart",
        to_say("Art des Termins"),
        _CHOICE,
        _talk_form,
        choices=Sayings({form.value: texts.FORMS.german[form.value] for form in ContactForm}),
        spelled=_from_tables("as_form"),
    ),
    SearchField(
        "faellig",
        to_say("Spätestens am"),
        _AHEAD,
        lambda entry, today: entry.outcome.latest,
        ("frist", "spätestens", "bis"),
    ),
    SearchField("ausnahme", to_say("Ausnahme vereinbart"), _FLAG, _exception, ("ausnahmen",)),
    SearchField(
        "ausnahme-bis", to_say("Ende der Ausnahme"), _AHEAD, _exception_end, ("ausnahme-ende",)
    ),
    SearchField("alter", to_say("Alter in Jahren"), FieldKind.NUMBER, _age, ("jahre",)),
    SearchField(
        "altersgruppe",
        to_say("Altersgruppe"),
        _CHOICE,
        lambda entry, today: entry.client.subject.age_group(today),
        ("ag",),
        choices=_AGES,
        spelled=_any_of({"ü25": "ue25", "über25": "ue25", "ab25": "ue25", "unter25": "u25"}),
    ),
    SearchField(
        "geboren", to_say("Geburtsdatum"), _PAST, _of_subject("birth_date"), names_person=True
    ),
    SearchField(
        "gemeldet",
        to_say("Gemeldet seit"),
        _PAST,
        _of_subject("registered"),
        ("meldung", "registriert", "zugang"),
    ),
    SearchField(
        "einv-ab", to_say("EinV/Kooperationsplan ab"), _PAST, _of_subject("einv_start"), ("kop-ab",)
    ),
    SearchField(
        "einv-bis",
        to_say("EinV/Kooperationsplan bis"),
        _AHEAD,
        _of_subject("einv_end"),
        ("kop-bis", "einv-ende"),
    ),
    *(
        SearchField(key.replace("_", "-"), title, _FLAG, _flag(key), (key,))
        for key, title in texts.FLAGS.german.items()
    ),
    SearchField("konzept", to_say("Konzept, das entscheidet"), _TEXT, _policy, ("policy",)),
    SearchField("regel", to_say("Regel, die entscheidet"), _TEXT, _rule, ("rule", "vorgabe")),
    SearchField(
        "offen",
        to_say("Noch fehlende Kontakte"),
        FieldKind.NUMBER,
        lambda entry, today: entry.outcome.deciding.missing,
        ("fehlend", "fehlende-kontakte"),
    ),
    SearchField(
        "abwesend",
        to_say("Abwesend, auch später"),
        _CHOICE,
        _absence,
        ("abwesenheit",),
        choices=texts.ABSENCES,
    ),
    SearchField(
        "abwesend-ab", to_say("Abwesend ab"), _AHEAD, _absence_day("since"), ("abwesenheit-beginn",)
    ),
    SearchField(
        "abwesend-bis", to_say("Abwesend bis"), _AHEAD, _absence_day("until"), ("abwesenheit-ende",)
    ),
    SearchField("wunsch", to_say("Terminwunsch"), _TEXT, _fact_text(WISH), ("terminwunsch",)),
    SearchField("ort", to_say("Ort"), _TEXT, _of_address("city"), ("stadt", "wohnort")),
    SearchField("plz", to_say("Postleitzahl"), _TEXT, _of_address("postcode")),
    SearchField(
        "strasse", to_say("Straße"), _TEXT, _of_address("street"), ("anschrift",), names_person=True
    ),
    SearchField(
        "name",
        to_say("Name"),
        _TEXT,
        _of_client("last_name", "first_name", "name"),
        names_person=True,
    ),
    SearchField(
        "nummer",
        to_say("Kundennummer"),
        _TEXT,
        _of_client("number"),
        ("kdnr", "kundennr", "nr"),
        names_person=True,
    ),
    SearchField(
        "kuerzel",
        to_say("Kürzel"),
        _TEXT,
        _of_client("code"),
        ("kennung", "code"),
        names_person=True,
    ),
    SearchField(
        "bg",
        to_say("BG-Nummer"),
        _TEXT,
        _of_client("bg_number"),
        ("bgnr", "bedarfsgemeinschaft"),
        names_person=True,
    ),
    SearchField(
        "telefon", to_say("Telefon"), _TEXT, _of_client("phone"), ("tel",), names_person=True
    ),
)

_NO_SHARE = "keine"


class _Told(Mapping[str, str]):
    """Labels with numbers in them, each made when it is asked for."""

    def __init__(self, labels: Mapping[str, Callable[[], str]]) -> None:
        self._labels = labels

    def __getitem__(self, value: str) -> str:
        return self._labels[value]()

    def __iter__(self) -> Iterator[str]:
        return iter(self._labels)

    def __len__(self) -> int:
        return len(self._labels)


def _quota(policies: Iterable[Policy]) -> SearchField:
    """Shares reached: who was met within a narrow span was met within every wider one."""
    choices: dict[str, Callable[[], str]] = {}
    for policy in policies:
        for rule in policy.rules:
            if not isinstance(rule.demand, NestedShares):
                continue
            for share in rule.demand.shares:
                choices.setdefault(share.id, partial(_share_text, share))
                of_rule = partial(_share_text, share, rule.title)
                choices.setdefault(f"{rule.demand.group}.{share.id}", of_rule)
    choices[_NO_SHARE] = partial(language.said, to_say("in keinem Anteil erreicht"))
    label = to_say("Anteil, der erreicht ist")
    return SearchField("quote", label, _CHOICE, _reached, ("anteil", "quoten"), _Told(choices))


def _share_text(share: Share, rule: str = "") -> str:
    said = language.said("{percent} % in {span}").format(
        percent=texts.tenths(share.percent), span=share.within.german()
    )
    return f"{said}, {rule}" if rule else said


def _reached(entry: Entry, today: date) -> frozenset[str] | None:
    found: set[str] = set()
    for each in entry.outcome.obligations:
        asked = each.rule.demand if each.rule else None
        if not each.tier or not isinstance(asked, NestedShares):
            continue
        if each.tier == NO_TIER:
            found.add(_NO_SHARE)
            continue
        order = [share.id for share in asked.shares]
        for share in order[order.index(each.tier) :]:
            found.update((share, f"{asked.group}.{share}"))
    return frozenset(found) or None


_KINDS = {
    FactKind.TEXT: _TEXT,
    FactKind.CHOICE: _CHOICE,
    FactKind.FLAG: _FLAG,
    FactKind.NUMBER: FieldKind.NUMBER,
    FactKind.DATE: _PAST,
}


def _declared(fact: FactDeclaration, taken: set[str]) -> SearchField:
    """A fact that a policy declares; one whose name is taken is found with `fakt-` before it."""
    name = slug(fact.id.replace("_", " "))
    readers: Mapping[FactKind, Callable[[str], Read]] = {
        FactKind.TEXT: _fact_text,
        FactKind.FLAG: _flag,
        FactKind.DATE: _fact_day,
    }
    return SearchField(
        f"fakt-{name}" if folded(name) in taken else name,
        fact.label,
        _KINDS[fact.kind],
        readers.get(fact.kind, _fact)(fact.id),
        (fact.id,),
        choices=dict(fact.values),
        of_policy=True,
    )
