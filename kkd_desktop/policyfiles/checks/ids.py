"""Does every id stand once, and is every class and obligation both declared and used?"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from kkd_desktop.domain.language import said
from kkd_desktop.policyfiles.checks.sound import Found, Sound, Tables, meant
from kkd_desktop.policyfiles.faults import KeyPath, dotted


def duplicate_ids(sound: Sound) -> Found:
    for key in ("rule", "counting", "duty", "exception", "provision"):
        yield from _repeated(key, sound.tables(key))
    groups: Counter[str] = Counter()
    for index, rule in sound.tables("rule"):
        for path, message in _repeated("shares", list(enumerate(rule.get("shares", ())))):
            yield ("rule", index, *path), message
        if "group" in rule:
            groups[rule["group"]] += 1
            if groups[rule["group"]] == 2:
                yield (
                    ("rule", index, "group"),
                    said("Die Gruppe „{group}“ gibt es schon.").format(group=rule["group"]),
                )


def _repeated(key: str, tables: Tables) -> Found:
    seen: dict[str, int] = {}
    for index, table in tables:
        first = seen.setdefault(table["id"], index)
        if first != index:
            place = dotted((key, first))
            yield (
                (key, index, "id"),
                said("Die id „{id}“ steht schon in {place}.").format(id=table["id"], place=place),
            )


def roles(sound: Sound) -> Found:
    seen: set[str] = set()
    for index, norm in sound.tables("capacity"):
        for role in norm["roles"]:
            if role in seen:
                yield (
                    ("capacity", index, "roles", role),
                    said("Die Rolle „{role}“ gibt es schon.").format(role=role),
                )
            seen.add(role)


def classes(sound: Sound) -> Found:
    declared = sound.named("classes")
    given = set()
    for index, clause in sound.tables("counting"):
        if "class" in clause:
            yield from _undeclared(("counting", index, "class"), clause["class"], declared)
            if clause["counts"]:
                given.add(clause["class"])
            else:
                yield ("counting", index, "class"), said("Was nicht zählt, hat keine Klasse.")
    for path, asked in _asked(sound):
        yield from _undeclared(path, asked, declared)
    if sound.is_whole("counting"):
        for name in declared:
            if name not in given:
                message = said("Kein Abschnitt [[counting]] mit counts = true gibt diese Klasse.")
                yield ("classes", name), message


def _asked(sound: Sound) -> Found:
    """The classes that rules and their steps ask for, each with its place."""
    for index, rule in sound.tables("rule"):
        for place, name in enumerate(rule.get("counts", ())):
            yield ("rule", index, "counts", place), name
        for number, step in enumerate(rule.get("steps", ())):
            for place, name in enumerate(step.get("counts", ())):
                yield ("rule", index, "steps", number, "counts", place), name


def _undeclared(path: KeyPath, name: str, declared: Mapping[str, Any]) -> Found:
    if name not in declared:
        yield (
            path,
            said("Die Klasse „{name}“ gibt es nicht; Klassen stehen unter [classes].{hint}").format(
                name=name, hint=meant(name, declared)
            ),
        )


def obligations(sound: Sound) -> Found:
    declared = sound.named("obligations")
    own = set()
    for index, rule in sound.tables("rule"):
        if "obligation" not in rule:
            continue
        name = rule["obligation"]
        own.add(name)
        if name not in declared:
            yield (
                ("rule", index, "obligation"),
                said(
                    "Die Pflicht „{name}“ gibt es nicht; Pflichten stehen unter "
                    "[obligations].{hint}"
                ).format(name=name, hint=meant(name, declared)),
            )
    if sound.is_whole("rule"):
        for name in declared:
            if name not in own:
                yield ("obligations", name), said("Zu dieser Pflicht gehört keine Regel.")
