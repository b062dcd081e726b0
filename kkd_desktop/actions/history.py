"""What was changed, when, and from what to what? The Verlauf of one person or of the caseload."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from kkd_desktop.actions.context import Context
from kkd_desktop.domain.history import LoggedStep, Names, RowChange, items
from kkd_desktop.domain.language import to_say
from kkd_desktop.domain.policy import Policy
from kkd_desktop.domain.stored_words import said_again
from kkd_desktop.domain.values import Value, replace
from kkd_desktop.exchange.local_time import BERLIN, civil_time
from kkd_desktop.store import appointments, clients, journal, letters
from kkd_desktop.store.journal import Change

PAGE = 100
"""So many steps are read at a time."""

MOST_CHANGES = 200
"""So many changes of one step are told."""

NAMELESS = to_say("Ohne eigenen Schritt gespeichert")


class Wanted(Value, frozen=True):
    """Which part of the Verlauf: of one person or of all, from a day to a day, and only where
    `fits` says so of a step.
    """

    client_id: int | None = None
    since: date | None = None
    until: date | None = None
    fits: Callable[[LoggedStep], bool] | None = None


class Page(Value, frozen=True):
    """Some steps, latest first. `following` is handed in for the next ones; None at the end."""

    steps: tuple[LoggedStep, ...]
    following: int | None


def page(context: Context, wanted: Wanted, following: int | None = None) -> Page:
    """The next steps. A page may be empty and not the last: nothing in it was sought."""
    found = journal.history(
        context.store,
        client_id=wanted.client_id,
        before=following,
        since="" if wanted.since is None else _utc(wanted.since),
        until="" if wanted.until is None else _utc(wanted.until + timedelta(days=1)),
        limit=PAGE,
        most=MOST_CHANGES,
    )
    if not found:
        return Page((), None)
    steps = _logged(context, found)
    if wanted.client_id is None:
        steps = _counted(context, steps, found)
    if wanted.fits is not None:
        steps = [step for step in steps if wanted.fits(step)]
    return Page(tuple(steps), found[-1][0].step.id if len(found) == PAGE else None)


def last(context: Context, wanted: Wanted, limit: int) -> Sequence[LoggedStep]:
    """The latest steps that are wanted, as many as there are up to a limit."""
    steps: list[LoggedStep] = []
    following = None
    while len(steps) < limit:
        found = page(context, wanted, following)
        steps += found.steps
        following = found.following
        if following is None:
            break
    return steps[:limit]


def _logged(context: Context, found: Sequence[Sequence[Change]]) -> list[LoggedStep]:
    rows = [change for step in found for change in step]
    names = _names(context, rows)
    people = clients.names(context.store, {row.client_id for row in rows if row.client_id})
    undone = journal.taken_back(context.store, [changes[0].step.id for changes in found])
    return [_step(changes, names, people, undone) for changes in found]


def _counted(
    context: Context, steps: Sequence[LoggedStep], found: Sequence[Sequence[Change]]
) -> list[LoggedStep]:
    """With the number of changes that are not told, where a step made very many."""
    large = [changes[0].step.id for changes in found if len(changes) == MOST_CHANGES]
    sizes = journal.sizes(context.store, large) if large else {}
    return [
        replace(step, further=sizes[step.id] - MOST_CHANGES) if step.id in sizes else step
        for step in steps
    ]


def _step(
    changes: Sequence[Change], names: Names, people: dict[int, str], undone: set[int]
) -> LoggedStep:
    step = changes[0].step
    ids = dict.fromkeys(change.client_id for change in changes)
    return LoggedStep(
        step.id,
        said_again(step.name or NAMELESS),
        civil_time(datetime.fromisoformat(step.done_at)),
        step.id in undone,
        items(
            [RowChange(x.table, x.row_id, x.before, x.after, x.client_id) for x in changes], names
        ),
        tuple((each, people[each]) for each in ids if each in people),
    )


def _names(context: Context, changes: Iterable[Change]) -> Names:
    """What the ids in these rows are called now."""
    sides = [side for change in changes for side in (change.before, change.after) if side]
    policies = [each.policy for each in context.policies()]
    return Names(
        facts=tuple(fact for policy in policies for fact in policy.facts),
        exceptions={kind.id: kind.title for policy in policies for kind in policy.exceptions},
        policies=_titles(context, sides),
        appointments=appointments.starts(context.store, _ids(sides, "appointment_id")),
        templates=letters.template_names(context.store, _ids(sides, "template_id")),
    )


def _titles(context: Context, sides: Iterable[dict[str, object]]) -> dict[str, str]:
    """Of the concepts that were chosen or prolonged in these rows; who is unreadable is missing."""
    texts = [str(x["value"]) for x in sides if x.get("key") in ("policies", "prolonged")]
    found = {name: context.shelf.look_up(name) for text in texts for name in json.loads(text)}
    return {name: policy.title for name, policy in found.items() if isinstance(policy, Policy)}


def _ids(sides: Iterable[dict[str, object]], column: str) -> set[int]:
    return {found for side in sides if isinstance(found := side.get(column), int)}


def _utc(day: date) -> str:
    """The first moment of a local day."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=BERLIN)
    return midnight.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
