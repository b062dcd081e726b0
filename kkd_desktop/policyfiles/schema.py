"""Which shape does a policy file have? Types, keys and plain bounds; `check` sees to the sense."""

import difflib
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from kkd_desktop.domain.texts import LAENDER
from kkd_desktop.policyfiles.faults import KeyPath
from kkd_desktop.policyfiles.source import Document

MAX_QUOTE_WORDS = 60


def schema_faults(document: Document) -> Iterator[tuple[KeyPath, str]]:
    """Every fault of form: where it is, and what it is in German."""
    try:
        PolicyFile.model_validate(document)
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_context=True):
            yield detail["loc"], _german(detail)


def _fault(message: str) -> PydanticCustomError:
    # Pydantic fills in {…}; our sentences may quote braces.
    return PydanticCustomError("kkd", "{message}", {"message": message})


def _clean(text: str) -> str:
    if not text.strip():
        raise _fault("Der Text ist leer.")
    if any(unicodedata.category(sign) in ("Cc", "Cf") and sign not in "\n\t" for sign in text):
        raise _fault("Der Text enthält unsichtbare Steuerzeichen.")
    return text


def _short(quote: str) -> str:
    if len(quote.split()) > MAX_QUOTE_WORDS:
        raise _fault(f"Das Zitat ist länger als {MAX_QUOTE_WORDS} Wörter.")
    return quote


def _wanted(value: Any) -> Any:
    """What a fact is compared with: a value, some values, { not = … } or { missing = true }."""
    inner = value["not"] if isinstance(value, dict) and set(value) == {"not"} else value
    if isinstance(inner, str | bool) or (
        isinstance(inner, list) and inner and all(isinstance(item, str) for item in inner)
    ):
        return value
    if isinstance(value, dict) and set(value) == {"missing"} and isinstance(value["missing"], bool):
        return value
    raise _fault(
        'Erlaubt sind "Wert", ["Wert", "Wert"], true, false, { not = … } oder { missing = true }.'
    )


Text = Annotated[str, Field(max_length=2000), AfterValidator(_clean)]
Quote = Annotated[Text, AfterValidator(_short)]
Id = Annotated[str, Field(max_length=60, pattern=r"^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$")]
Wanted = Annotated[Any, PlainValidator(_wanted)]
Percent = Annotated[float, Field(gt=0, le=100)]
Minutes = Annotated[int, Field(ge=1, le=600)]


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Cited(Model):
    cite: Text
    quote: Quote
    reading: Annotated[str, Field(pattern=r"^R\d+[a-z]?(, R\d+[a-z]?)*$")] | None = None
    soft: bool = False


class Span(Model):
    """Ten years are the bound: a longer one is a slip of the pen."""

    days: Annotated[int, Field(ge=1, le=3660)] | None = None
    weeks: Annotated[int, Field(ge=1, le=520)] | None = None
    months: Annotated[int, Field(ge=1, le=120)] | None = None
    workdays: Annotated[int, Field(ge=1, le=2600)] | None = None

    @model_validator(mode="after")
    def _one_unit(self) -> "Span":
        _require_one(self, ("days", "weeks", "months", "workdays"))
        return self


class Validity(Cited):
    since: date | None = Field(default=None, alias="from")
    until: date | None = None
    evidenced: date | None = None

    @model_validator(mode="after")
    def _begins(self) -> "Validity":
        if self.since is None and self.evidenced is None:
            raise _fault("Es fehlt from (Beginn) oder evidenced (belegt am).")
        return self


class Period(Cited):
    months: Annotated[int, Field(ge=1, le=120)]


class Window(Model):
    lower: Span = Field(alias="from")
    upper: Span = Field(alias="to")


class First(Model):
    usual: Span
    latest: Span


class Share(Cited):
    id: Id
    percent: Percent
    within: Span


class Rule(Cited):
    id: Id
    title: Text
    when: dict[str, Wanted]
    within: Span | None = None
    every: Span | None = None
    between: Window | None = None
    first: First | None = None
    count: Annotated[int, Field(ge=1, le=366)] | None = None
    shares: Annotated[list[Share], Field(min_length=1)] | None = None
    outcome: (
        Literal["no_rule", "no_profile", "no_anchor", "out_of_scope", "other_policy", "suspended"]
        | None
    ) = None
    as_needed: bool | None = None
    group: Id | None = None
    text: Text | None = None
    goals: list[Text] = []
    note: Text | None = None
    warning: Id | None = None

    companions: ClassVar[Mapping[str, str]] = {
        "as_needed": "within",
        "group": "shares",
        "shares": "group",
        "text": "outcome",
        "outcome": "text",
        "warning": "note",
    }

    @model_validator(mode="after")
    def _one_demand(self) -> "Rule":
        _require_one(self, ("within", "every", "between", "first", "count", "shares", "outcome"))
        for key, companion in self.companions.items():
            if getattr(self, key) is not None and getattr(self, companion) is None:
                raise _fault(f"Zu „{key}“ gehört „{companion}“.")
        return self


class Counting(Cited):
    id: Id
    when: dict[str, Wanted]
    counts: bool
    reason: Text


class Duty(Cited):
    id: Id
    when: dict[str, Wanted]
    note_types: list[str] = []
    contents: bool = False
    text: Text


class AnchorShift(Cited):
    when: dict[str, Wanted]
    fact: Id
    left: Text


class Deviation(Cited):
    effect: Literal["suspends", "replaces"]


class Capacity(Cited):
    title: Text
    roles: Annotated[dict[Id, Text], Field(min_length=1)]
    share_percent: Percent
    number: Annotated[int, Field(ge=1, le=500)] | None = None
    at_hours: Annotated[float, Field(gt=0, le=60)] | None = None
    slot_minutes: Minutes | None = None

    @model_validator(mode="after")
    def _number_at_hours(self) -> "Capacity":
        if (self.number is None) != (self.at_hours is None):
            raise _fault("„number“ und „at_hours“ gehören zusammen.")
        return self


class FirstTalk(Cited):
    minutes: Minutes
    preparation: Minutes | None = None


class RegularTalk(Cited):
    minutes: Minutes


class Durations(Model):
    first: FirstTalk | None = None
    regular: RegularTalk | None = None


class Provision(Cited):
    id: Id
    text: Text


class PolicyFile(Model):
    id: Id
    title: Text
    short_title: Text
    office: Text
    document: Text
    nature: Literal["empfehlung", "soll", "muss"]
    land: Literal[tuple(LAENDER)] | None = None  # type: ignore[valid-type]
    precedence: Literal["first", "strictest"]
    supersedes: Text | None = None
    otherwise: Text
    not_counting: Text
    facts: dict[Id, Text] = {}
    validity: Validity
    period: Period | None = None
    deviation: Deviation | None = None
    durations: Durations | None = None
    rule: Annotated[list[Rule], Field(min_length=1)]
    counting: Annotated[list[Counting], Field(min_length=1)]
    duty: list[Duty] = []
    anchor_shift: list[AnchorShift] = []
    capacity: list[Capacity] = []
    provision: list[Provision] = []


def _require_one(model: BaseModel, keys: tuple[str, ...]) -> None:
    given = [key for key in keys if getattr(model, key) is not None]
    if len(given) != 1:
        found = f"da stehen {' und '.join(given)}" if given else "da steht keines"
        raise _fault(f"Genau eines davon muss dastehen: {', '.join(keys)}; {found}.")


_MESSAGES = {
    "string_type": "Hier muss ein Text in Anführungszeichen stehen.",
    "int_type": "Hier muss eine ganze Zahl stehen.",
    "float_type": "Hier muss eine Zahl stehen.",
    "bool_type": "Hier muss true oder false stehen.",
    "date_type": "Hier muss ein Datum wie 2019-01-31 ohne Anführungszeichen stehen.",
    "list_type": "Hier muss eine Liste stehen, oder ein Abschnitt mit [[…]].",
    "dict_type": "Hier muss eine Tabelle stehen.",
    "model_type": "Hier muss eine Tabelle stehen.",
    "too_short": "Hier muss mindestens ein Eintrag stehen.",
    "string_pattern_mismatch": "Diese Schreibweise ist nicht erlaubt.",
    "string_too_long": "Der Text ist zu lang (höchstens {max_length} Zeichen).",
    "greater_than": "Der Wert muss größer als {gt} sein.",
    "greater_than_equal": "Der kleinste erlaubte Wert ist {ge}.",
    "less_than_equal": "Der größte erlaubte Wert ist {le}.",
    "literal_error": "Erlaubt sind nur: {expected}.",
}
_MISSING = {
    "cite": "Die Fundstelle (cite) fehlt.",
    "quote": "Das Zitat (quote) fehlt.",
}


def _german(detail: ErrorDetails) -> str:
    kind, key = detail["type"], str(detail["loc"][-1])
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(key, sorted(_KEYS), n=1)
        return "Diesen Schlüssel gibt es hier nicht." + (
            f" Ist „{near[0]}“ gemeint?" if near and near[0] != key else ""
        )
    if kind == "missing":
        return _MISSING.get(key, "Diese Angabe fehlt.")
    context = {
        name: str(value).replace(" or ", ", ") for name, value in detail.get("ctx", {}).items()
    }
    return _MESSAGES[kind].format_map(context) if kind in _MESSAGES else detail["msg"]


def _keys(model: type[BaseModel]) -> Iterator[str]:
    for child in model.__subclasses__():
        yield from (field.alias or name for name, field in child.model_fields.items())
        yield from _keys(child)


_KEYS = frozenset(_keys(Model))
