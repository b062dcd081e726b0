"""Log a talk, see whether it counts, keep the facts of a client: the work around one person."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from kkd_desktop.actions.context import Context
from kkd_desktop.actions.exceptions import offers
from kkd_desktop.actions.worklist import entry
from kkd_desktop.domain import absence, fact_changes, texts
from kkd_desktop.domain.appointment import Appointment
from kkd_desktop.domain.client import WISH, Client, Deviation, Named, edited
from kkd_desktop.domain.contact import Contact, ContactForm
from kkd_desktop.domain.declared_facts import check_fact, declared, fact_from_text
from kkd_desktop.domain.deviations import kind_of
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.evaluation import evaluate
from kkd_desktop.domain.exception_text import end_text, longest_text
from kkd_desktop.domain.facts import Facts, FactValue, Timeline
from kkd_desktop.domain.language import said, to_say
from kkd_desktop.domain.outcome import CountedContact, Outcome, Verdict
from kkd_desktop.domain.policy import Citation, FactDeclaration, FactKind, Policy
from kkd_desktop.domain.trace import Trace, trace
from kkd_desktop.domain.values import Value, replace
from kkd_desktop.domain.verdicts import Judge
from kkd_desktop.domain.wishes import FIELD, read_wish
from kkd_desktop.domain.worklist import Entry
from kkd_desktop.store import appointments, caseload, clients, contacts, deviations, facts


class ClientFile(Value, frozen=True):
    """All that the page of one client shows. Newest contacts and appointments come first."""

    entry: Entry
    history: tuple[CountedContact, ...]
    appointments: tuple[Appointment, ...]
    household: tuple[Client, ...]
    """The other clients of the Bedarfsgemeinschaft."""
    declared: tuple[FactDeclaration, ...] = ()
    """The facts that the policies ask for beside the usual ones."""
    exception_ends: str = ""
    """How the exception ends that was agreed: `bis 15.01.2027`."""

    @property
    def client(self) -> Client:
        return self.entry.client

    @property
    def outcome(self) -> Outcome:
        return self.entry.outcome


def stored_client(context: Context, client_id: int) -> Client:
    """One client as of today; who was deleted meanwhile is a `UserError`."""
    return clients.get(context.store, client_id, context.today)


def client_file(context: Context, client_id: int) -> ClientFile:
    client = stored_client(context, client_id)
    found = entry(context, client)
    judge = Judge(client.subject, found.outcome, context.policies())
    log = contacts.of_client(context.store, client_id)
    history = tuple(
        CountedContact(contact, judge.verdict(contact))
        for contact in sorted(
            log, key=lambda c: (c.day, c.at is not None, c.at, c.id), reverse=True
        )
    )
    booked = appointments.of_client(context.store, client_id)
    known = [each.policy for each in context.policies()]
    deviation = client.subject.deviation
    return ClientFile(
        found,
        history,
        tuple(sorted(booked, key=lambda a: a.start, reverse=True)),
        tuple(
            c
            for c in clients.of_bg(context.store, client.bg_number, context.today)
            if c.id != client_id
        ),
        declared(known),
        "" if deviation is None else end_text(deviation, known),
    )


class Reach(Value, frozen=True):
    """How far a counted contact carried: the window that it opened, by the facts of its day."""

    day: date
    earliest: date | None
    latest: date


def reaches(context: Context, found: ClientFile, since: date) -> tuple[Reach, ...]:
    """What each counted contact from `since` on was good for, oldest first."""
    subject = replace(found.client.subject, deviation=None, planned_next=None)
    log = [each.contact for each in found.history]
    days = sorted({e.contact.day for e in found.history if e.verdict.counts})
    made = []
    for day in days:
        if day >= since:
            known = [contact for contact in log if contact.day <= day]
            duty = evaluate(subject, known, context.policies(), day).deciding
            if duty.latest is not None:
                made.append(Reach(day, duty.earliest, duty.latest))
    return tuple(made)


class Goals(Value, frozen=True):
    """What talks in a Profillage are for, and which document says so."""

    profile: str
    texts: tuple[str, ...]
    policy: Policy
    citation: Citation


GOALS_OF_THE_BA = "ba2010"
"""The one shipped document that names goals for every Profillage."""


def goals(context: Context, client: Client, outcome: Outcome) -> Goals | None:
    """The goals of the rule that decides, else those of the BA for the client's Profillage."""
    profile = client.subject.facts.at("profile", context.today)
    if not isinstance(profile, str):
        return None
    duty = outcome.deciding
    rules = [(duty.policy, duty.rule)]
    if GOALS_OF_THE_BA in context.shelf.ids():
        policy = context.shelf.load(GOALS_OF_THE_BA)
        rules.append((policy, policy.rule(profile)))
    for policy, rule in rules:
        if rule is not None and rule.goals:
            return Goals(profile, rule.goals, policy, rule.citation)
    return None


def all_clients(context: Context) -> list[Client]:
    return [client for client, _ in caseload.everyone(context.store, context.today)]


def named(context: Context, after: int, most: int) -> list[Named]:
    """So many people behind this id: without their facts, so that many are read at once."""
    return clients.named(context.store, after, most)


def count_clients(context: Context) -> int:
    return clients.count(context.store)


def find_client(context: Context, name: str) -> Client:
    """The client with this Kundennummer or own code; UserError where there is none."""
    found = clients.by_number_or_code(context.store, name, context.today)
    if found is None:
        raise UserError(
            said("Kunde: „{name}“ ist weder als Kundennummer noch als Kürzel erfasst.").format(
                name=name
            )
        )
    return found


def is_stored(context: Context, client_id: int) -> bool:
    """Whether somebody is still in the caseload."""
    return client_id in clients.names(context.store, [client_id])


def draft_verdict(context: Context, client: Client, contact: Contact) -> Verdict:
    """Whether a contact that is being typed would count for what is asked for now."""
    outcome = outcome_with(context, client)
    return Judge(client.subject, outcome, context.policies()).verdict(contact)


def outcome_with(context: Context, client: Client, contact: Contact | None = None) -> Outcome:
    """What would be due once `contact` were logged; None asks for today as it is."""
    log = contacts.of_client(context.store, client.id)
    if contact is not None:
        log = [*(known for known in log if known.id != contact.id or contact.id is None), contact]
    return evaluate(client.subject, log, context.policies(), context.today)


def why(context: Context, client: Client) -> Trace:
    """Every step to what is due for a client today."""
    return trace(outcome_with(context, client), context.office_calendar())


def record_contact(context: Context, contact: Contact) -> Contact:
    """Store a contact; it may also be corrected by giving its id."""
    _check_contact(context, contact)
    with context.store.write(to_say("Kontakt {day} erfasst").format(day=texts.day(contact.day))):
        if contact.id is not None:
            contacts.change(context.store, contact)
            return contact
        return replace(contact, id=contacts.add(context.store, contact))


def remove_contact(context: Context, contact_id: int) -> None:
    with context.store.write(to_say("Kontakt entfernt")):
        contacts.remove(context.store, contact_id)


def _check_contact(context: Context, contact: Contact) -> None:
    if contact.client_id is None:
        raise ValueError("a contact belongs to a client")
    if contact.day > context.today:
        raise UserError(
            said(
                "Tag: Der {day} liegt in der Zukunft. Ein Kontakt wird erfasst, "
                "wenn er stattgefunden hat."
            ).format(day=texts.day(contact.day))
        )
    if contact.at is not None:
        # Only here: the time zones of the world are no part of the first picture.
        from kkd_desktop.exchange.local_time import require_unambiguous

        require_unambiguous(datetime.combine(contact.day, contact.at))
    if contact.day.year < 1900:
        raise UserError(said("Tag: Der {day} liegt vor 1900.").format(day=texts.day(contact.day)))
    if contact.phone_reason and contact.kind.form is not ContactForm.TELEFONISCH:
        raise UserError(said("Grund für das Telefonat: Das Gespräch war nicht telefonisch."))


def add_client(
    context: Context, client: Client, values: Mapping[str, FactValue], since: date | None = None
) -> Client:
    """Add a client with facts that hold from `since` on (None: as far back as anyone asks)."""
    _check_client(context, client)
    _check_facts(context, values.items())
    with context.store.write(to_say("Person aufgenommen")):
        client_id = clients.add(context.store, client, context.now())
        for name, value in values.items():
            if value is not None:
                facts.set_fact(context.store, client_id, name, value, since)
    return clients.get(context.store, client_id, context.today)


def change_client(
    context: Context,
    client: Client,
    values: Mapping[str, FactValue] | None = None,
    since: date | None = None,
) -> Client:
    """Change a client's data; `values` are facts that changed, from `since` on."""
    _check_client(context, client)
    _check_facts(context, (values or {}).items())
    with context.store.write(to_say("Angaben geändert")):
        clients.change(context.store, client)
        for name, value in (values or {}).items():
            facts.set_fact(context.store, client.id, name, value, since)
    return clients.get(context.store, client.id, context.today)


def set_wish(context: Context, client: Client, text: str, since: date | None = None) -> Client:
    """Keep when the client can come, from `since` on or from today; an empty text takes it back."""
    value, until, first = None, None, since or context.today
    if text.strip():
        wish, until = read_wish(text)
        value = wish.written()
    if until is not None and until < first:
        raise UserError(
            said("{field}: {day} liegt vor dem Beginn am {day2}.").format(
                field=said(FIELD), day=texts.day(until), day2=texts.day(first)
            )
        )
    before = facts.history(context.store, client.id).timeline(WISH)
    after = fact_changes.holding(before or Timeline(()), value, first, context.today, until)
    with context.store.write(to_say("Terminwunsch geändert")):
        _replace_history(context, client.id, WISH, before, after)
    return clients.get(context.store, client.id, context.today)


def set_absence(context: Context, client: Client, reason: str, since: date, until: date) -> Client:
    """Keep that the client cannot be met on these days, both included; `reason` is one of the list,
    by its key or as it is shown.
    """
    known = {label.casefold(): key for key, label in texts.ABSENCES.german.items()}
    key = known.get(reason.strip().casefold(), reason.strip().casefold())
    absence.require_reason(key)
    if until < since:
        raise UserError(
            said("{field}: {day} liegt vor dem Beginn.").format(
                field=said(absence.FIELD), day=texts.day(until)
            )
        )
    before = facts.history(context.store, client.id).timeline(absence.ABSENT)
    after = fact_changes.with_value(before or Timeline(()), key, since, until)
    with context.store.write(to_say("Abwesenheit eingetragen")):
        _replace_history(context, client.id, absence.ABSENT, before, after)
    return clients.get(context.store, client.id, context.today)


def end_absences(context: Context, client: Client) -> Client:
    """The client can be met after all: no absence of today or later is left."""
    before = facts.history(context.store, client.id).timeline(absence.ABSENT) or Timeline(())
    over = (p for p in before.periods if p.until is not None and p.until < context.today)
    with context.store.write(to_say("Abwesenheit gelöscht")):
        _replace_history(context, client.id, absence.ABSENT, before, Timeline(over))
    return clients.get(context.store, client.id, context.today)


def change_file(context: Context, client: Client, before: Client | None = None) -> Client:
    """Change a client's data and the histories of the facts as they stand in `client`, in one step.

    `before` is the client as whoever changed it saw it: what is the same in both stays as it is
    stored, where another process has changed it meanwhile.
    """
    with context.store.write(to_say("Angaben geändert")):
        if before is not None:
            client = edited(stored_client(context, client.id), before, client)
        _check_client(context, client)
        clients.change(context.store, client)
        known, wanted = facts.history(context.store, client.id), client.subject.facts
        for name in sorted({*known.names(), *wanted.names()}):
            old, new = known.timeline(name), wanted.timeline(name)
            if old != new:
                _check_facts(context, _new_values(name, old, new))
                _replace_history(context, client.id, name, old, new)
    return clients.get(context.store, client.id, context.today)


def _new_values(
    name: str, before: Timeline | None, after: Timeline | None
) -> list[tuple[str, FactValue]]:
    """What a history says now and did not say before: an older fault hinders no other change."""
    known = {period.value for period in before.periods} if before else set()
    return [(name, p.value) for p in (after.periods if after else ()) if p.value not in known]


def _replace_history(
    context: Context, client_id: int, name: str, before: Timeline | None, after: Timeline | None
) -> None:
    for period in before.periods if before else ():
        facts.delete(context.store, client_id, name, period.since)
    if after is not None:
        facts.add_history(context.store, client_id, Facts({name: after}))


def declared_facts(context: Context) -> tuple[FactDeclaration, ...]:
    """The facts that the policies in force ask for beside the usual ones."""
    return declared(each.policy for each in context.policies())


def read_fact(context: Context, name: str, text: str) -> FactValue:
    """The value of a fact as it was typed; one that no policy declares is a text."""
    if name == WISH and text.strip():
        wish, until = read_wish(text)
        if until is not None:
            raise UserError(
                said("{field}: hier ohne letzten Tag; mit ihm gehört der Wunsch zu --wish.").format(
                    field=said(FIELD)
                )
            )
        return wish.written()
    known = {fact.id: fact for fact in declared_facts(context)}
    return fact_from_text(known.get(name) or _undeclared(name), text)


def _undeclared(name: str) -> FactDeclaration:
    """A text, but for the usual yes/no facts and what is about health by its name."""
    from kkd_desktop.domain.health_facts import is_about_health

    if name in texts.FLAGS or is_about_health(name):
        return FactDeclaration(name, texts.FLAGS.get(name, name), FactKind.FLAG)
    return FactDeclaration(name, name)


def _check_facts(context: Context, values: Iterable[tuple[str, FactValue]]) -> None:
    known = {fact.id: fact for fact in declared_facts(context)}
    for name, value in values:
        if name == WISH and value is not None:
            read_wish(str(value))
        elif name in known:
            check_fact(known[name], value)


def _check_client(context: Context, client: Client) -> None:
    if not client.last_name.strip():
        raise UserError(said("Nachname: bitte angeben."))
    subject = client.subject
    dates = ((said("Geburtsdatum"), subject.birth_date), (said("Anmeldung"), subject.registered))
    for label, day in dates:
        if day is not None and not date(1900, 1, 1) <= day <= context.today:
            raise UserError(
                said("{label}: {day} liegt vor 1900 oder in der Zukunft.").format(
                    label=label, day=texts.day(day)
                )
            )
    if subject.einv_end is not None and (
        subject.einv_start is None or subject.einv_end < subject.einv_start
    ):
        raise UserError(
            said("Kooperationsplan: Das Ende liegt vor dem Beginn, oder der Beginn fehlt.")
        )
    for value, label in ((client.number, said("Kundennummer")), (client.code, said("Kürzel"))):
        known = clients.by_number_or_code(context.store, value, context.today) if value else None
        if known is not None and known.id != client.id:
            raise UserError(
                said("{label}: „{value}“ ist schon vergeben.").format(label=label, value=value)
            )


def agree_deviation(context: Context, client_id: int, deviation: Deviation) -> None:
    """Record a reasoned exception. It always has a reason and an end (reading R15): a day, or the
    event that a policy names for its kind.
    """
    if not deviation.reason.strip():
        raise UserError(said("Ausnahme: bitte den Grund angeben."))
    kinds = [kind_of(deviation, each.policy) for each in context.policies()]
    if deviation.kind and not any(kinds):
        raise UserError(
            said("Ausnahme: die Art „{kind}“ kennt kein Konzept.").format(kind=deviation.kind)
        )
    if deviation.until is None and not any(kind and kind.ends for kind in kinds):
        raise UserError(said("Ausnahme: bitte den Tag angeben, an dem sie endet."))
    if deviation.until is not None and deviation.until < context.today:
        raise UserError(said("Ausnahme: Das Ende liegt schon zurück."))
    offer = next((each for each in offers(context) if each.kind.id == deviation.kind), None)
    if offer and offer.last and deviation.until is not None and deviation.until > offer.last:
        longest = longest_text(offer.kind, offer.last)
        raise UserError(
            said("Ausnahme: „{title}“ gilt {longest}.").format(
                title=offer.kind.title, longest=longest
            )
        )
    with context.store.write(to_say("Ausnahme vereinbart")):
        deviations.add(context.store, client_id, deviation)


def end_deviation(context: Context, client_id: int) -> None:
    """The exception ends today; it stays in the history."""
    with context.store.write(to_say("Ausnahme beendet")):
        for deviation_id, known in deviations.of_client(context.store, client_id).items():
            if known.lasts_beyond(context.today):
                ended = replace(known, until=context.today)
                deviations.change(context.store, deviation_id, ended)
