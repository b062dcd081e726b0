"""Which shape does a file of cases have?"""

from datetime import date
from typing import Annotated, Any

from pydantic import Field, PlainValidator

from kkd_desktop.domain.language import said
from kkd_desktop.policyfiles.schema.parts import Model, Text, fault


def _names(value: Any) -> Any:
    names = value if isinstance(value, list) else [value]
    if names and all(isinstance(name, str) and name for name in names):
        return value
    raise fault(said("Hier steht die Kennung eines Konzepts, seine Datei, oder eine Liste davon."))


Named = Annotated[Any, PlainValidator(_names)]


class Expectation(Model):
    name: Text
    source: Text
    expect: Annotated[dict[str, Any], Field(min_length=1)]


class ClientCase(Expectation):
    policy: Named = None
    today: date
    client: dict[str, Any]
    contacts: list[dict[str, Any]] = Field(default=[])


class Member(Model):
    client: dict[str, Any]
    contacts: list[dict[str, Any]] = Field(default=[])
    times: Annotated[int, Field(ge=1, le=10_000)] = 1


class CaseloadCase(Expectation):
    policy: Named = None
    today: date
    members: list[Member]


class CapacityCase(Expectation):
    policy: Named = None
    capacity: dict[str, Any]


class LawCase(Expectation):
    posted: date


class CaseFile(Model):
    policy: Named = None
    case: list[ClientCase] = Field(default=[])
    caseload: list[CaseloadCase] = Field(default=[])
    capacity: list[CapacityCase] = Field(default=[])
    law: list[LawCase] = Field(default=[])
