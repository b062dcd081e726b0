"""Which shape does a file have that puts several policies together?"""

from typing import Annotated, Literal

from pydantic import Field

from kkd_desktop.policyfiles.schema.parts import Id, Model, Text


class Part(Model):
    """Ein Konzept, in einer oder mehreren Fassungen."""

    policies: Annotated[list[Id], Field(min_length=1)] = Field(
        description="Kennungen der Fassungen; am Stichtag gilt die, die in Kraft ist."
    )


class SetFile(Model):
    """Mehrere Konzepte eines Jobcenters, die zusammengehören."""

    kind: Literal["set"] = Field(description='Immer "set".')
    id: Id = Field(description="Kennung, zugleich der Dateiname.")
    title: Text = Field(description="Voller Name.")
    short_title: Text = Field(description="Kurzer Name für Listen.")
    office: Text = Field(description="Das Jobcenter.")
    combine: Literal["first", "strictest"] = Field(
        description="first: Das erste Konzept mit einer Antwort entscheidet. strictest: Alle "
        "gelten nebeneinander, das strengste entscheidet."
    )
    part: Annotated[list[Part], Field(min_length=1)] = Field(
        description="Die Konzepte in ihrer Reihenfolge."
    )
