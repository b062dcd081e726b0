"""What is wrong with the form of a document, said in sentences? `checks` see to the sense."""

import difflib
from collections.abc import Iterator

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kkd_desktop.domain.language import Sayings, said
from kkd_desktop.policyfiles.faults import KeyPath
from kkd_desktop.policyfiles.schema.parts import Model
from kkd_desktop.policyfiles.schema.policy_file import PolicyFile
from kkd_desktop.policyfiles.source import Document


def schema_faults(document: Document) -> Iterator[tuple[KeyPath, str]]:
    """Every fault of form: where it is, and what it is."""
    return form_faults(PolicyFile, document)


def form_faults(model: type[BaseModel], document: Document) -> Iterator[tuple[KeyPath, str]]:
    try:
        model.model_validate(document)
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_context=True):
            yield _place(detail), _sentence(detail)


_MESSAGES = Sayings(
    {
        "string_type": "Hier muss ein Text in Anführungszeichen stehen.",
        "int_type": "Hier muss eine ganze Zahl stehen.",
        "float_type": "Hier muss eine Zahl stehen.",
        "bool_type": "Hier muss true oder false stehen.",
        "date_type": "Hier muss ein Datum wie 2019-01-31 ohne Anführungszeichen stehen.",
        "list_type": "Hier muss eine Liste stehen, oder ein Abschnitt mit [[…]].",
        "dict_type": "Hier muss eine Tabelle stehen.",
        "model_type": "Hier muss eine Tabelle stehen.",
        "too_short": "Hier muss mindestens ein Eintrag stehen.",
        "string_pattern_mismatch": (
            "Eine Kennung besteht aus Buchstaben ohne Umlaute, Ziffern, Punkt, Strich und "
            "Unterstrich."
        ),
        "string_too_long": "Der Text ist zu lang (höchstens {max_length} Zeichen).",
        "string_too_short": "Der Text ist leer.",
        "greater_than": "Der Wert muss größer als {gt} sein.",
        "greater_than_equal": "Der kleinste erlaubte Wert ist {ge}.",
        "less_than_equal": "Der größte erlaubte Wert ist {le}.",
        "literal_error": "Erlaubt sind nur: {expected}.",
    }
)
_PATTERNS = Sayings({"reading": "So wird eine Lesart genannt: R17, oder mehrere: R17, R31."})
_MISSING = Sayings(
    {
        "cite": "Die Fundstelle (cite) fehlt.",
        "quote": "Das Zitat (quote) fehlt.",
    }
)


def _place(detail: ErrorDetails) -> KeyPath:
    """Where it is. A key that is itself wrong is marked by one more part, which no file has."""
    return tuple(part for part in detail["loc"] if part != "[key]")


def _sentence(detail: ErrorDetails) -> str:
    kind, key = detail["type"], str(detail["loc"][-1])
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(key, sorted(set(_keys(Model))), n=1)
        hint = near and near[0] != key
        return said("Diesen Schlüssel gibt es hier nicht.") + (
            said(" Ist „{word}“ gemeint?").format(word=near[0]) if hint else ""
        )
    if kind == "missing":
        return _MISSING.get(key) or said("Diese Angabe fehlt.")
    if kind == "string_pattern_mismatch" and key in _PATTERNS:
        return _PATTERNS[key]
    context = {
        name: str(value).replace(" or ", ", ") for name, value in detail.get("ctx", {}).items()
    }
    return _MESSAGES[kind].format_map(context) if kind in _MESSAGES else detail["msg"]


def _keys(model: type[BaseModel]) -> Iterator[str]:
    for child in model.__subclasses__():
        yield from (field.alias or name for name, field in child.model_fields.items())
        yield from _keys(child)
