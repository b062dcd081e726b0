"""What a screen reader gets of the program, over the accessibility bus; a line of JSON for each.

It runs with the system's own Python, which alone has the bindings (Debian: gir1.2-atspi-2.0).
A line on its standard input asks for the whole tree.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

import gi

PROGRAM = "kkd-desktop"
EVENTS = ("object:state-changed:focused", "object:announcement", "window:activate")
_DEEPEST, _WIDEST = 40, 400


def main() -> None:
    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi, GLib

    Atspi.init()
    listener = Atspi.EventListener.new(_hear)
    for event in EVENTS:
        listener.register(event)
    GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, _asked)
    _tell({"heard": "ready"})
    Atspi.event_main()


def _hear(event: Any) -> None:
    kind = event.type.split(":")[1 if event.type.startswith("window") else -1]
    if event.type.startswith("object:announcement"):
        _tell({"heard": "words", "name": str(event.any_data)})
    elif kind == "activate" or event.detail1:
        _tell({"heard": "window" if kind == "activate" else "focus", **_about(event.source)})


def _asked(source: Any, condition: Any) -> bool:
    if not sys.stdin.readline():
        sys.exit(0)
    from gi.repository import Atspi

    desk = Atspi.get_desktop(0)
    programs = (desk.get_child_at_index(at) for at in range(desk.get_child_count()))
    for program in programs:
        if program is not None and program.get_name() == PROGRAM:
            _tell({"heard": "tree", "parts": [*_walk(program, 0)]})
    return True


def _walk(thing: Any, depth: int) -> Iterator[dict[str, Any]]:
    """What is in sight, from the outside in."""
    for place in range(min(thing.get_child_count(), _WIDEST)):
        child = thing.get_child_at_index(place)
        if child is None or depth > _DEEPEST:
            continue
        about = _about(child)
        if "showing" in about["states"]:
            yield about
            yield from _walk(child, depth + 1)


def _about(thing: Any) -> dict[str, Any]:
    return {
        "role": thing.get_role_name(),
        "name": thing.get_name() or "",
        "description": thing.get_description() or "",
        "states": [state.value_nick for state in thing.get_state_set().get_states()],
        "label": _label(thing),
        "columns": _columns(thing),
    }


def _label(thing: Any) -> str:
    """The text that stands beside it, where the two are tied together."""
    from gi.repository import Atspi

    for relation in thing.get_relation_set():
        if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY:
            return relation.get_target(0).get_name() or ""
    return ""


def _columns(thing: Any) -> list[str]:
    """The headings of a table."""
    if thing.get_role_name() != "table":
        return []
    table = thing.get_table_iface()
    found = (table.get_column_header(at) for at in range(table.get_n_columns()))
    return [head.get_name() for head in found if head is not None]


def _tell(what: dict[str, Any]) -> None:
    sys.stdout.write(f"{json.dumps(what)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
