"""Delete people for good: what goes, what stays behind elsewhere, and where they may still be."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from kkd_desktop.actions import backups
from kkd_desktop.actions.context import Context
from kkd_desktop.domain.backup import Backup, leaves_on
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.forgetting import Farewell, Held
from kkd_desktop.store import appointments, clients, opening, person
from kkd_desktop.store.key import Key


def farewell(context: Context, client_ids: Sequence[int]) -> Farewell:
    """What the deletion of these people will take with it, and what it cannot reach."""
    store = context.store
    people = [clients.get(store, each, context.today) for each in client_ids]
    joint: dict[str, None] = {}
    open_talks, household = 0, set[int]()
    for client in people:
        booked = appointments.of_client(store, client.id)
        open_talks += sum(each.state.is_open and each.day >= context.today for each in booked)
        joint |= dict.fromkeys(each.joint for each in booked if each.joint)
        household |= {each.id for each in clients.of_bg(store, client.bg_number, context.today)}
    wanted = set(client_ids)
    company = {
        each.client_id
        for mark in joint
        for each in appointments.of_joint(store, mark)
        if each.state.is_open
    }
    return Farewell(
        tuple(people),
        person.counts(store, client_ids),
        open_talks,
        joint_with=len(company - wanted),
        household=len(household - wanted),
    )


def mentioning(context: Context, people: Sequence[Client]) -> Callable[[], int]:
    """The work, for any thread, of counting the entries about others that name one of these: by
    first and last name, for a surname alone is common, or by number.
    """
    path, key = context.store.path, backups.key_of_store(context)
    wanted = {
        each.id: [
            *([(each.first_name, each.last_name)] if each.first_name else ()),
            *([(each.number,)] if each.number else ()),
        ]
        for each in people
    }

    def work() -> int:
        with opening.open_store(path, key, read_only=True, thorough=False) as store:
            return person.mentions(store, wanted)

    return work


def holding(context: Context, client_ids: Sequence[int]) -> Callable[[], tuple[Held, ...]]:
    """The work, for any thread, of finding the back-ups that hold one of these people."""
    listing = backups.listing(context)
    key = backups.key_of_store(context)
    rotation, today = context.settings.rotation, context.today
    people = [person.identity(context.store, each) for each in client_ids]

    def work() -> tuple[Held, ...]:
        listed = listing()
        return tuple(
            Held(each, leaves_on(each, listed, rotation, today), readable)
            for each, readable in _holding(listed, key, people)
        )

    return work


def _holding(
    listed: Sequence[Backup], key: Key, people: Sequence[person.Identity]
) -> list[tuple[Backup, bool]]:
    found = []
    for each in listed:
        answers = [person.is_held_by(each.path, key, one) for one in people]
        if any(answers) or None in answers:
            found.append((each, None not in answers))
    return found


def forget(context: Context, client_ids: Sequence[int]) -> Callable[[], None]:
    """Delete these people from every table and from the journal; there is no way back.

    Returns the work that is left, for any thread: writing the file anew, so that nothing of them
    stays in its free pages or in its log.
    """
    with context.store.write(journaled=False):
        person.forget(context.store, client_ids, context.today)
    return cleaning(context)


def cleaning(context: Context) -> Callable[[], None]:
    path, key = context.store.path, backups.key_of_store(context)
    return lambda: person.wipe(path, key)


def apply_forgotten(context: Context) -> int:
    """Delete whoever was deleted before and came back with a restored back-up."""
    return person.apply_marks(context.store)


def forgotten_on(context: Context) -> Sequence[date]:
    """The days on which somebody was deleted, latest first: all that is known of it."""
    return person.forgotten_on(context.store)


def second_folder(context: Context) -> Path | None:
    """Where copies of the back-ups lie that hold the same people."""
    return Path(context.settings.second_folder) if context.settings.second_folder else None
