"""Who is due, kept from one question to the next: only whose data changed is evaluated anew.

A window asks after every change, from every page; a whole caseload takes a tenth of a second for
each 3,000 people. What an evaluation rests on is the rows of a client, the policies and the day.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from kkd_desktop.domain.kept_order import KeptGroups
from kkd_desktop.domain.rulebook import Rulebook
from kkd_desktop.domain.values import replace
from kkd_desktop.domain.worklist import Entry, Group
from kkd_desktop.store.database import Store
from kkd_desktop.store.touched import TouchedClients

if TYPE_CHECKING:
    from kkd_desktop.actions.context import Context

_MANY = 1000


class KeptEntries:
    """The entries of a whole caseload under the policies in force, as they were asked last."""

    def __init__(self, store: Store) -> None:
        self._touched = TouchedClients(store)
        self._rested_on: tuple[Rulebook, date] | None = None
        self._entries: dict[int, Entry] = {}
        self._groups = KeptGroups()

    def follow(self) -> None:
        """Know from now on whose data changes; before, any change means everybody."""
        self._touched.follow()

    def entries(self, context: "Context") -> list[Entry]:
        """As `worklist.entries` gives them. An entry that did not change is the same object."""
        from kkd_desktop.actions import worklist

        policies = context.policies()
        if self._touched.is_writing():
            return worklist.evaluated(context, policies)
        touched = self._touched.since_last()
        if not self._rests_on(policies, context.today):
            touched = None
        # Nobody is told again of whom was touched: what fails on the way is begun anew.
        self._rested_on = None
        if touched is None:
            self._entries = {e.client.id: e for e in worklist.evaluated(context, policies)}
        elif touched:
            self._renew(worklist.evaluated(context, policies, touched), touched)
        self._rested_on = policies, context.today
        if touched is not None:
            self._place(context)
        return list(self._entries.values())

    def groups(self, context: "Context") -> tuple[Group, ...]:
        """As `worklist.worklist` gives them."""
        return self._groups.groups(self.entries(context), context.today)

    def is_large(self) -> bool:
        """Whether evaluating everybody takes a time that is felt."""
        return len(self._entries) > _MANY

    def take(
        self, context: "Context", entries: Sequence[Entry], policies: Rulebook, version: int
    ) -> None:
        """Keep what another thread evaluated by these policies on the context's day, after the
        store had this `data_version`; not where others have written since, so that the next
        question evaluates anew.
        """
        if self._touched.is_writing():
            return
        touched = self._touched.since_all_were_seen(version)
        if touched is None:
            return
        # As in `entries`: what fails on the way is begun anew.
        self._rested_on = None
        self._entries = {entry.client.id: entry for entry in entries}
        if touched and _are_same(policies, context.policies()):
            from kkd_desktop.actions import worklist

            self._renew(worklist.evaluated(context, context.policies(), touched), touched)
        self._rested_on = policies, context.today

    def _rests_on(self, policies: Rulebook, today: date) -> bool:
        if self._rested_on is None or self._rested_on[1] != today:
            return False
        return _are_same(self._rested_on[0], policies)

    def _renew(self, entries: list[Entry], touched: frozenset[int]) -> None:
        found = {entry.client.id: entry for entry in entries}
        for gone in touched - found.keys():
            self._entries.pop(gone, None)
        is_new = not found.keys() <= self._entries.keys()
        self._entries.update(found)
        if is_new:
            self._entries = dict(sorted(self._entries.items()))

    def _place(self, context: "Context") -> None:
        """Appointments are few and read anew each time."""
        from kkd_desktop.actions import worklist

        planned = worklist.next_appointments(context)
        for client_id, entry in self._entries.items():
            if entry.appointment != planned.get(client_id):
                self._entries[client_id] = replace(entry, appointment=planned.get(client_id))


def _are_same(before: Rulebook, now: Rulebook) -> bool:
    """Policies that were read anew are the same where nothing in them is another."""
    return before is now or (
        before.combine == now.combine
        and [each.policy for each in before] == [each.policy for each in now]
    )
