"""Of which small pieces is a policy file made? Texts, ids, spans, conditions, events, citations."""

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from math import isfinite
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from kkd_desktop.domain.language import said
from kkd_desktop.policyfiles.conditions import BOUNDS

MAX_QUOTE_WORDS = 60
ONE_KEY: JsonDict = {"minProperties": 1, "maxProperties": 1}


def fault(message: str) -> PydanticCustomError:
    # Pydantic fills in {…}; our sentences may quote braces.
    return PydanticCustomError("kkd", "{message}", {"message": message})


def require_one(model: BaseModel, keys: tuple[str, ...]) -> None:
    given = [key for key in keys if getattr(model, key) is not None]
    if len(given) != 1:
        found = (
            said("da stehen {given}").format(given=said(" und ").join(given))
            if given
            else said("da steht keines")
        )
        raise fault(
            said("Genau eines davon muss dastehen: {keys}; {found}.").format(
                keys=", ".join(keys), found=found
            )
        )


def _clean(text: str) -> str:
    if not text.strip():
        raise fault(said("Der Text ist leer."))
    if any(unicodedata.category(sign) in ("Cc", "Cf") and sign not in "\n\t" for sign in text):
        raise fault(said("Der Text enthält unsichtbare Steuerzeichen."))
    return text


def _short(quote: str) -> str:
    if len(quote.split()) > MAX_QUOTE_WORDS:
        raise fault(said("Das Zitat ist länger als {most} Wörter.").format(most=MAX_QUOTE_WORDS))
    return quote


def _wanted(value: Any) -> Any:
    """What a fact is compared with: a value, some values, a negation, limits, or whether it is
    known at all.
    """
    table = value if isinstance(value, dict) else {}
    if set(table) == {"missing"} and isinstance(table["missing"], bool):
        return value
    if table and set(table) <= set(BOUNDS) and all(map(_is_limit, table.values())):
        return value
    if _is_value(table["not"] if set(table) == {"not"} else value):
        return value
    raise fault(
        said(
            'Erlaubt sind "Wert", ["Wert", "Wert"], true, false, {{ not = … }}, '
            "{{ missing = true }} oder Grenzen: {{ {bounds} = … }}."
        ).format(bounds=" = …, ".join(BOUNDS))
    )


def _is_value(value: Any) -> bool:
    if isinstance(value, list):
        return bool(value) and all(isinstance(item, str) for item in value)
    return isinstance(value, str | bool)


def _is_limit(value: Any) -> bool:
    if isinstance(value, float):
        return isfinite(value)
    return isinstance(value, int | date) and not isinstance(value, bool | datetime)


def _event(value: Any) -> Any:
    if isinstance(value, str) or (isinstance(value, dict) and _is_happening(value)):
        return value
    raise fault(
        said(
            'Erlaubt sind "registered", "einv_start", "einv_end", ein eigenes Datum aus [facts], '
            '{{ began = "…" }}, {{ ended = "…" }}, jeweils auch mit value = "…", '
            "oder {{ missed = true }}."
        ).format()
    )


def _is_happening(table: Mapping[str, Any]) -> bool:
    if set(table) == {"missed"}:
        return table["missed"] is True
    return set(table) in ({"began"}, {"ended"}, {"began", "value"}, {"ended", "value"}) and all(
        isinstance(said, str) for said in table.values()
    )


_VALUE_SCHEMA: list[dict[str, Any]] = [
    {"type": "string"},
    {"type": "boolean"},
    {"type": "array", "items": {"type": "string"}, "minItems": 1},
]
_LIMIT_SCHEMA = {"type": ["number", "string"]}
_WANTED_SCHEMA: dict[str, Any] = {
    "description": "Womit die Angabe verglichen wird.",
    "anyOf": [
        *_VALUE_SCHEMA,
        {
            "type": "object",
            "properties": {
                "not": {"anyOf": _VALUE_SCHEMA, "description": "Jeder andere bekannte Wert."}
            },
            "required": ["not"],
            "additionalProperties": False,
        },
        {
            "type": "object",
            "properties": {
                "missing": {
                    "type": "boolean",
                    "description": "true: Die Angabe fehlt. false: Sie ist bekannt.",
                }
            },
            "required": ["missing"],
            "additionalProperties": False,
        },
        {
            "type": "object",
            "description": "Grenzen einer Zahl oder eines Datums.",
            "properties": {
                "at_least": {**_LIMIT_SCHEMA, "description": "mindestens"},
                "over": {**_LIMIT_SCHEMA, "description": "mehr als, später als"},
                "at_most": {**_LIMIT_SCHEMA, "description": "höchstens"},
                "under": {**_LIMIT_SCHEMA, "description": "weniger als, früher als"},
            },
            "minProperties": 1,
            "additionalProperties": False,
        },
    ],
}
_EVENT_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {
            "type": "string",
            "description": 'Ein Datum: "registered", "einv_start", "einv_end" oder eine eigene '
            "Angabe der Art date.",
        },
        *(
            {
                "type": "object",
                "properties": {
                    key: {"type": "string", "description": description},
                    "value": {"type": "string", "description": "Der Wert, um den es geht."},
                },
                "required": [key],
                "additionalProperties": False,
            }
            for key, description in (
                ("began", "Der Tag, an dem die Angabe zuletzt diesen Wert bekam."),
                ("ended", "Der letzte Tag, an dem die Angabe diesen Wert hatte."),
            )
        ),
        {
            "type": "object",
            "properties": {
                "missed": {"const": True, "description": "Der letzte versäumte Termin."}
            },
            "required": ["missed"],
            "additionalProperties": False,
        },
    ],
}

Text = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(_clean)]
Quote = Annotated[Text, AfterValidator(_short)]
Id = Annotated[str, Field(max_length=60, pattern=r"^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$")]
When = Annotated[
    dict[str, Annotated[Any, PlainValidator(_wanted), WithJsonSchema(_WANTED_SCHEMA)]],
    Field(
        description="Wann das gilt: Angabe = Wert. Alle Vergleiche müssen zutreffen; {} gilt immer."
    ),
]
Event = Annotated[Any, PlainValidator(_event), WithJsonSchema(_EVENT_SCHEMA)]
Percent = Annotated[float, Field(gt=0, le=100)]
Minutes = Annotated[int, Field(ge=1, le=600)]


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Cited(Model):
    cite: Text = Field(description="Fundstelle nach den Überschriften des Dokuments.")
    quote: Quote = Field(description="Kurzes wörtliches Zitat, höchstens 60 Wörter.")
    reading: Annotated[str, Field(pattern=r"^R\d+[a-z]?(, R\d+[a-z]?)*$")] | None = Field(
        default=None,
        description="Lesart, wo der Satz etwas offen lässt: R17, oder mehrere: R17, R31.",
    )
    soft: bool = Field(
        default=False, description="true: Die Festlegung ist unsere und nicht die des Dokuments."
    )


DAYS = Field(default=None, ge=1, le=3660, description="Kalendertage.")
WEEKS = Field(default=None, ge=1, le=520, description="Wochen zu sieben Tagen.")
MONTHS = Field(default=None, ge=1, le=120, description="Kalendermonate.")


class Span(Model):
    """Eine Zeitspanne in genau einer Einheit."""

    # Ten years are the bound: a longer one is a slip of the pen.
    model_config = ConfigDict(json_schema_extra=ONE_KEY)

    days: int | None = DAYS
    weeks: int | None = WEEKS
    months: int | None = MONTHS
    workdays: int | None = Field(
        default=None, ge=1, le=2600, description="Arbeitstage des Bundeslandes."
    )

    @model_validator(mode="after")
    def _one_unit(self) -> "Span":
        require_one(self, ("days", "weeks", "months", "workdays"))
        return self


class PeriodSpan(Model):
    """Ein Zeitraum in genau einer Einheit."""

    model_config = ConfigDict(json_schema_extra=ONE_KEY)

    days: int | None = DAYS
    weeks: int | None = WEEKS
    months: int | None = MONTHS

    @model_validator(mode="after")
    def _one_unit(self) -> "PeriodSpan":
        require_one(self, ("days", "weeks", "months"))
        return self


class Window(Model):
    """Ein Fenster: nicht vor „from“ nötig, spätestens bis „to“."""

    lower: Span = Field(alias="from", description="Ab wann ein Gespräch sinnvoll ist.")
    upper: Span = Field(alias="to", description="Bis wann es spätestens sein muss.")
