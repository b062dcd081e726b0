"""Does whoever fills the places of a sentence name each of them, and nothing else?

A place that is forgotten is a fault while a fault is told, in the one language that nobody tries.
"""

import ast
import string

from tests import languages

ROOMS = {"actions", "domain", "exchange", "gui", "paper", "policyfiles", "store"}
FORMATTED = languages.SAYING | {"said_of_number"}


def places(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def sentences(node):
    """The texts that a call may say: one, or both of `a if … else b`."""
    if isinstance(node, ast.Call) and languages.called(node) in FORMATTED and node.args:
        yield from languages.constants(node.args[0])
    elif isinstance(node, ast.IfExp):
        yield from sentences(node.body)
        yield from sentences(node.orelse)


def fillings():
    """Where a sentence is filled on the spot: its place in the code, text, and given names."""
    for path, tree in languages.modules():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and languages.called(node) == "format"):
                continue
            assert isinstance(node.func, ast.Attribute)
            given = {each.arg for each in node.keywords}
            # `**values` may name any.
            if None in given:
                continue
            for text in sentences(node.func.value):
                place = path.relative_to(languages.PACKAGE)
                yield f"{place}:{node.lineno}", text, given, len(node.args)


FILLINGS = list(fillings())


def test_the_sentences_of_all_rooms_are_looked_at():
    rooms = {place.split("/")[0] for place, *_ in FILLINGS}

    assert len(FILLINGS) > 800
    assert rooms >= ROOMS


def test_each_place_of_a_sentence_is_filled_by_its_name():
    wrong = [
        f"{place}: {sorted(places(text) ^ given)}"
        for place, text, given, unnamed in FILLINGS
        if places(text) != given or unnamed
    ]

    assert not wrong


def test_no_sentence_with_places_is_told_before_they_are_filled():
    """Right where it is raised: elsewhere it may be filled later."""
    bare = [
        f"{path.name}:{node.lineno}"
        for path, tree in languages.modules()
        for fault in ast.walk(tree)
        if isinstance(fault, ast.Raise) and isinstance(fault.exc, ast.Call)
        for node in fault.exc.args
        for text in sentences(node)
        if places(text)
    ]

    assert not bare
