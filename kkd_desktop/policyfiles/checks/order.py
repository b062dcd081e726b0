"""Which rules contradict each other, and which can never apply because of an earlier one?"""

from collections.abc import Mapping
from itertools import combinations
from typing import Any, Final

from kkd_desktop.domain.language import said
from kkd_desktop.domain.policy import When
from kkd_desktop.domain.values import Value
from kkd_desktop.policyfiles.checks.numbers import length
from kkd_desktop.policyfiles.checks.references import has_sound_when
from kkd_desktop.policyfiles.checks.sound import Found, Sound, Tables
from kkd_desktop.policyfiles.conditions import when_of
from kkd_desktop.policyfiles.faults import KeyPath, dotted
from kkd_desktop.policyfiles.schema.rule import DEMANDS, GAPS
from kkd_desktop.policyfiles.shadows import implies, shadowing

Table = Mapping[str, Any]

_ALWAYS: Final[Mapping[str, int]] = {}


class _Placed(Value, frozen=True):
    """A rule with its place in the file and its condition."""

    index: int
    table: Table
    when: When

    @property
    def name(self) -> str:
        return _named(self.table, ("rule", self.index))

    @property
    def obligation(self) -> str:
        found: str = self.table.get("obligation", "")
        return found

    @property
    def answers_always(self) -> bool:
        """Whether it has an answer for everyone it applies to.

        A first talk leaves everyone over who was seen, a deadline whoever is seen or has no event,
        steps from one contact on whoever was never seen.
        """
        steps = self.table.get("steps", ())
        return not (
            "first" in self.table
            or "deadline" in self.table
            or any(step["contacts"] > 0 for step in steps[:1])
        )


def _named(table: Table, place: KeyPath) -> str:
    return said("„{id}“ ({place})").format(id=table["id"], place=dotted(place))


def _never(table: Table, earlier: str) -> str:
    return said("„{id}“ kommt nie zum Zug: {earlier} steht davor und gilt dann immer.").format(
        id=table["id"], earlier=earlier
    )


def contradictions(sound: Sound) -> Found:
    """Two rules for the same clients that ask for different things of the same kind."""
    strict = sound.value("precedence") == "strictest"
    for earlier, later in combinations(_placed(sound), 2):
        if _contradict(earlier, later, strict):
            yield (
                ("rule", later.index),
                said(
                    "„{id}“ widerspricht {earlier}: Beide gelten unter denselben Bedingungen und "
                    "verlangen Verschiedenes."
                ).format(id=later.table["id"], earlier=earlier.name),
            )


def unreachable(sound: Sound) -> Found:
    rules = _placed(sound)
    strict = sound.value("precedence") == "strictest"
    for place, rule in enumerate(rules):
        hiding = _hiding_strictly if strict else _hiding
        wide = hiding(rules[:place], rule)
        if wide is not None and not _contradict(wide, rule, strict):
            yield (
                ("rule", rule.index, "when"),
                _never(rule.table, wide.name),
            )
    yield from _shadowed_clauses(sound)


def _placed(sound: Sound) -> list[_Placed]:
    return [
        _Placed(index, table, when_of(table["when"]))
        for index, table in sound.tables("rule")
        if has_sound_when(table, sound)
    ]


def _contradict(one: _Placed, other: _Placed, strict: bool) -> bool:
    return _same_clients(one, other) and _clash(one, other, strict)


def _same_clients(one: _Placed, other: _Placed) -> bool:
    return (
        one.obligation == other.obligation
        and one.table.get("during") == other.table.get("during")
        and implies(one.when, other.when)
        and implies(other.when, one.when)
    )


def _clash(one: _Placed, other: _Placed, strict: bool) -> bool:
    """Whether the second of two rules for the same clients is at odds with the first.

    Where the strictest decides, rules may ask side by side for different kinds of things.
    """
    kinds = {_kind(one.table), _kind(other.table)}
    if strict:
        return kinds <= {*GAPS, "outcome"} and all(
            one.table.get(key) == other.table.get(key) for key in ("counts", "anchor")
        )
    if one.answers_always:
        return True
    return len(kinds) == 1 and (
        kinds != {"deadline"} or one.table["deadline"]["event"] == other.table["deadline"]["event"]
    )


def _kind(table: Table) -> str:
    return next(key for key in DEMANDS if key in table)


def _hiding(earlier: list[_Placed], rule: _Placed) -> _Placed | None:
    """The rule that decides instead of this one wherever it applies."""
    return next(
        (
            wide
            for wide in earlier
            if wide.answers_always
            and wide.obligation in ("", rule.obligation)
            and _covers(wide, rule)
        ),
        None,
    )


def _hiding_strictly(earlier: list[_Placed], rule: _Placed) -> _Placed | None:
    """An answer without a date speaks only where nothing was weighed before it."""
    for place, wide in enumerate(earlier):
        if "outcome" not in wide.table or wide.obligation not in ("", rule.obligation):
            continue
        alone = all("outcome" in other.table for other in earlier[:place])
        if ("outcome" in rule.table or alone) and _covers(wide, rule):
            return wide
    return None


def _covers(wide: _Placed, narrow: _Placed) -> bool:
    return implies(narrow.when, wide.when) and _lasts_longer(
        wide.table.get("during"), narrow.table.get("during")
    )


def _lasts_longer(wide: Table | None, narrow: Table | None) -> bool:
    if wide is None:
        return True
    if narrow is None or wide["event"] != narrow["event"]:
        return False
    begins = length(wide.get("from", _ALWAYS)) <= length(narrow.get("from", _ALWAYS))
    if "until" not in wide:
        return begins
    return begins and "until" in narrow and length(narrow["until"]) <= length(wide["until"])


def _shadowed_clauses(sound: Sound) -> Found:
    clauses: Tables = [t for t in sound.tables("counting") if has_sound_when(t[1], sound)]
    whens = [when_of(table["when"]) for _, table in clauses]
    for place, (index, table) in enumerate(clauses):
        if (wide := shadowing(whens, place)) is not None:
            other, earlier = clauses[wide]
            yield (
                ("counting", index, "when"),
                _never(table, _named(earlier, ("counting", other))),
            )
