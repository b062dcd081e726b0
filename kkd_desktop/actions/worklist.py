"""Whom must I see, and why? The list of the start page, of the terminal and of every report."""

from collections.abc import Collection, Sequence
from datetime import date
from itertools import chain

from kkd_desktop.actions.context import Context
from kkd_desktop.domain.appointment import Appointment
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.compiled_policy import CompiledPolicy
from kkd_desktop.domain.evaluation import evaluate
from kkd_desktop.domain.values import Value
from kkd_desktop.domain.worklist import NOT_NOW, Entry, Group, grouped
from kkd_desktop.store import appointments, caseload, contacts


class Worklist(Value, frozen=True):
    today: date
    groups: tuple[Group, ...]

    @property
    def listed(self) -> tuple[Group, ...]:
        """Groups that need a talk or a decision now."""
        return tuple(group for group in self.groups if group.id not in NOT_NOW)

    @property
    def not_listed(self) -> tuple[Group, ...]:
        """Groups that are counted and explained, never silently dropped."""
        return tuple(group for group in self.groups if group.id in NOT_NOW)

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(chain.from_iterable(group.entries for group in self.groups))


def worklist(context: Context) -> Worklist:
    """Every client of the caseload with what is due, in groups, most urgent first."""
    if context.kept is not None:
        return Worklist(context.today, context.kept.groups(context))
    return Worklist(context.today, grouped(entries(context), context.today))


def entries(context: Context, policies: Sequence[CompiledPolicy] | None = None) -> list[Entry]:
    """Every client evaluated on the context's day, in the order of the store.

    `policies` asks what other policies than those in force would say.
    """
    if policies is None and context.kept is not None:
        return context.kept.entries(context)
    return evaluated(context, policies or context.policies())


def evaluated(
    context: Context, policies: Sequence[CompiledPolicy], only: Collection[int] | None = None
) -> list[Entry]:
    """The same, without anything kept; or only these clients."""
    planned = next_appointments(context)
    today = context.today
    return [
        Entry(client, evaluate(client.subject, log, policies, today), planned.get(client.id))
        for client, log in caseload.everyone(context.store, today, only)
    ]


def entry(context: Context, client: Client) -> Entry:
    """One client of the list, evaluated alone."""
    log = contacts.of_client(context.store, client.id)
    outcome = evaluate(client.subject, log, context.policies(), context.today)
    planned = [
        a
        for a in appointments.of_client(context.store, client.id)
        if a.state.is_open and a.day >= context.today
    ]
    first = min(planned, key=lambda a: a.start, default=None)
    return Entry(client, outcome, first)


def next_appointments(context: Context) -> dict[int, Appointment]:
    """The next open appointment of each client that has one."""
    found: dict[int, Appointment] = {}
    for appointment in appointments.open_from(context.store, context.today):
        found.setdefault(appointment.client_id, appointment)
    return found
