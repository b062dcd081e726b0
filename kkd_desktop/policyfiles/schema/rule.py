"""Which shape does a rule have, with what it may ask for?"""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from kkd_desktop.domain.language import said
from kkd_desktop.policyfiles.schema.parts import (
    Cited,
    Event,
    Id,
    Model,
    Percent,
    PeriodSpan,
    Span,
    Text,
    When,
    Window,
    fault,
    require_one,
)

GAPS = ("within", "every", "between")
DEMANDS = (*GAPS, "first", "count", "shares", "outcome", "deadline", "steps")
COMPANIONS: Mapping[str, str] = {
    "as_needed": "within",
    "group": "shares",
    "shares": "group",
    "measured": "shares",
    "text": "outcome",
    "outcome": "text",
    "warning": "note",
    "period": "count",
}
"""Keys that say nothing without another one."""

_WITHIN = Field(default=None, description="Höchstens so lange zwischen zwei Kontakten.")
_EVERY = Field(default=None, description="Regelmäßig: der letzte Tag ist zugleich der Zieltag.")
_BETWEEN = Field(default=None, description="Ein Fenster von … bis nach dem letzten Kontakt.")
_CLASSES = Field(
    default=None,
    min_length=1,
    description="Nur Kontakte dieser Klassen aus [classes] erfüllen das. Ohne: alle, die zählen.",
)


def _one_of(keys: tuple[str, ...]) -> JsonDict:
    """For editors: exactly one of the keys must stand there."""
    return {"oneOf": [{"required": [key]} for key in keys]}


class First(Model):
    """Das erste Gespräch nach der Anmeldung."""

    usual: Span = Field(description="In der Regel bis dahin.")
    latest: Span = Field(description="Spätestens bis dahin.")


class Share(Cited):
    """Ein Anteil der Kunden, die innerhalb der Spanne einen Kontakt haben."""

    id: Id = Field(description="Kennung des Anteils, z. B. m3.")
    percent: Percent = Field(description="Mindestens so viel Prozent, über 0 bis 100.")
    within: Span = Field(description="Innerhalb dieser Spanne.")


class During(Model):
    """Eine Zeit nach einem Ereignis, in der die Regel gilt."""

    event: Event = Field(description="Das Ereignis, ab dem gerechnet wird.")
    begins: Span | None = Field(
        default=None, alias="from", description="Die Regel gilt erst so lange nach dem Ereignis."
    )
    ends: Span | None = Field(
        default=None, alias="until", description="Die Regel gilt nur so lange nach dem Ereignis."
    )

    @model_validator(mode="after")
    def _begins_or_ends(self) -> "During":
        if self.begins is None and self.ends is None:
            raise fault(said("Es fehlt from oder until: Ohne beide sagt „during“ nichts."))
        return self


class Deadline(Model):
    """Ein Kontakt nach einem Ereignis."""

    event: Event = Field(description="Das Ereignis, nach dem ein Kontakt verlangt ist.")
    within: Span = Field(description="Bis so lange nach dem Ereignis.")


class Step(Model):
    """Was nach einer Zahl von Kontakten kommt."""

    model_config = ConfigDict(json_schema_extra=_one_of(GAPS))

    contacts: int = Field(
        ge=0,
        le=100,
        description="Ab so vielen Kontakten, die zählen. Der erste Schritt beginnt mit 0 oder 1.",
    )
    within: Span | None = _WITHIN
    every: Span | None = _EVERY
    between: Window | None = _BETWEEN
    as_needed: bool | None = Field(
        default=None, description="true: nach Erfordernis, mindestens aber so oft."
    )
    counts: list[Id] | None = _CLASSES

    @model_validator(mode="after")
    def _one_demand(self) -> "Step":
        require_one(self, GAPS)
        if self.as_needed is not None and self.within is None:
            raise fault(said("Zu „as_needed“ gehört „within“."))
        return self


class Rule(Cited):
    """Eine Regel: für wen sie gilt und was sie verlangt."""

    model_config = ConfigDict(
        json_schema_extra={
            **_one_of(DEMANDS),
            "dependencies": {key: [companion] for key, companion in COMPANIONS.items()},
        }
    )

    id: Id = Field(description="Kennung der Regel, einmalig in der Datei.")
    title: Text = Field(description="Kurzer Name der Regel, wie Nutzer ihn lesen.")
    when: When
    during: During | None = Field(
        default=None, description="Die Regel gilt nur eine Zeit lang nach einem Ereignis."
    )
    obligation: Id | None = Field(
        default=None,
        description="Zu welcher Pflicht aus [obligations] die Regel gehört. Ohne: zu jeder.",
    )
    counts: list[Id] | None = _CLASSES
    anchor: Event | None = Field(
        default=None,
        description="Spannen laufen ab diesem Ereignis oder ab dem letzten Kontakt, je nachdem, "
        'was später liegt. Bei count: Beginn des Zeitraums, oder "rolling".',
    )
    within: Span | None = _WITHIN
    every: Span | None = _EVERY
    between: Window | None = _BETWEEN
    first: First | None = Field(
        default=None, description="Das erste Gespräch, für Kunden ohne Kontakt."
    )
    count: Annotated[int, Field(ge=1, le=366)] | None = Field(
        default=None, description="So viele Kontakte in jedem Zeitraum."
    )
    period: PeriodSpan | None = Field(
        default=None, description="Der Zeitraum zu count, wenn es nicht der aus [period] ist."
    )
    shares: Annotated[list[Share], Field(min_length=1)] | None = Field(
        default=None, description="Anteile der Kunden, die engste Spanne zuerst."
    )
    group: Id | None = Field(default=None, description="Name der Gruppe zu den Anteilen.")
    measured: Literal["every_day", "month_end", "calendar_month"] | None = Field(
        default=None,
        description="Wann die Anteile erreicht sein müssen: an jedem Tag (ohne diese Angabe), am "
        "Monatsende, oder am Ende des Kalendermonats, in dem allein ein Kontakt monatlich zählt.",
    )
    outcome: (
        Literal["no_rule", "no_profile", "no_anchor", "out_of_scope", "other_policy", "suspended"]
        | None
    ) = Field(default=None, description="Eine Antwort ohne Datum; ihr Satz steht in text.")
    text: Text | None = Field(default=None, description="Der Satz zu outcome.")
    deadline: Deadline | None = Field(
        default=None, description="Ein Kontakt innerhalb einer Spanne nach einem Ereignis."
    )
    steps: Annotated[list[Step], Field(min_length=1)] | None = Field(
        default=None, description="Eine Folge: Was gilt, hängt von der Zahl der Kontakte ab."
    )
    as_needed: bool | None = Field(
        default=None, description="true zu within: nach Erfordernis, mindestens aber so oft."
    )
    goals: list[Text] = Field(default=[], description="Wozu die Gespräche dieser Regel dienen.")
    note: Text | None = Field(
        default=None, description="Ein Satz, der in jeder Erklärung dieser Regel steht."
    )
    warning: Id | None = Field(
        default=None, description="Kennung einer Warnung, deren Satz in note steht."
    )

    @model_validator(mode="after")
    def _one_demand(self) -> "Rule":
        require_one(self, DEMANDS)
        for key, companion in COMPANIONS.items():
            if getattr(self, key) is not None and getattr(self, companion) is None:
                raise fault(
                    said("Zu „{key}“ gehört „{companion}“.").format(key=key, companion=companion)
                )
        return self
