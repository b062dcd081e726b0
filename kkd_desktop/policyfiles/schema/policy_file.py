"""Which shape does a whole policy file have?"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, model_validator

from kkd_desktop.domain.language import said
from kkd_desktop.domain.texts import LAENDER
from kkd_desktop.policyfiles.schema.parts import (
    DAYS,
    MONTHS,
    WEEKS,
    Cited,
    Event,
    Id,
    Minutes,
    Model,
    Percent,
    Span,
    Text,
    When,
    fault,
    require_one,
)
from kkd_desktop.policyfiles.schema.rule import Rule

_REASON = "Setzt den Satz „zählt, weil …“ oder „zählt nicht, weil …“ fort."


def _or_label(schema: dict[str, Any]) -> None:
    """For editors: a fact may also be a bare text, the label of a free text."""
    table = dict(schema)
    schema.clear()
    schema["anyOf"] = [{"type": "string", "minLength": 1}, table]


class Fact(Model):
    """Eine Angabe zum Kunden, die dieses Konzept braucht."""

    model_config = ConfigDict(json_schema_extra=_or_label)

    label: Text = Field(description="Wie die Angabe in Masken und Erklärungen heißt.")
    type: Literal["text", "choice", "flag", "number", "date"] = Field(
        default="text",
        description="Freier Text, Auswahl aus values, ja/nein, Zahl oder Datum.",
    )
    values: dict[Id, Text] | None = Field(
        default=None, min_length=1, description='Zur Auswahl: Wert = "wie er heißt".'
    )

    @model_validator(mode="before")
    @classmethod
    def _from_label(cls, said: Any) -> Any:
        return {"label": said} if isinstance(said, str) else said

    @model_validator(mode="after")
    def _values_of_a_choice(self) -> "Fact":
        if self.type == "choice" and self.values is None:
            raise fault(said('Zu type = "choice" gehört „values“ mit den Werten.'))
        if self.type != "choice" and self.values is not None:
            raise fault(said('„values“ gibt es nur bei type = "choice".'))
        return self


class Validity(Cited):
    """Wann das Konzept gilt."""

    since: date | None = Field(default=None, alias="from", description="Der erste Tag.")
    until: date | None = Field(default=None, description="Der letzte Tag. Ohne: ohne Ende.")
    evidenced: date | None = Field(
        default=None, description="Ein Tag, an dem es nachweislich galt, wenn from unbekannt ist."
    )

    @model_validator(mode="after")
    def _begins(self) -> "Validity":
        if self.since is None and self.evidenced is None:
            raise fault(said("Es fehlt from (Beginn) oder evidenced (belegt am)."))
        return self


class Period(Cited):
    """Der Zeitraum, in dem count zählt, in genau einer Einheit."""

    days: int | None = DAYS
    weeks: int | None = WEEKS
    months: int | None = MONTHS

    @model_validator(mode="after")
    def _one_unit(self) -> "Period":
        require_one(self, ("days", "weeks", "months"))
        return self


class Counting(Cited):
    """Ob ein Kontakt zählt. Der erste Abschnitt, der passt, entscheidet."""

    id: Id = Field(description="Kennung, einmalig unter den Abschnitten [[counting]].")
    when: When
    counts: bool = Field(description="true: zählt. false: zählt nicht.")
    reason: Text = Field(description=_REASON)
    contact_class: Id | None = Field(
        default=None, alias="class", description="Klasse des Kontakts aus [classes]."
    )


class Duty(Cited):
    """Was zu dokumentieren ist. Es warnt nur; der Kontakt zählt trotzdem."""

    id: Id = Field(description="Kennung und zugleich Kennung der Warnung.")
    when: When
    note_types: list[str] = Field(default=[], description="Einer dieser Vermerke ist verlangt.")
    contents: bool = Field(
        default=False, description="true: Inhalt, Ziel und Mitteleinsatz sind verlangt."
    )
    text: Text = Field(description="Der Satz der Warnung.")


class AnchorShift(Cited):
    """Spannen beginnen neu, wenn eine Angabe einen Wert verliert."""

    when: When
    fact: Id = Field(description="Die Angabe.")
    left: Text = Field(description="Der Wert, den sie nicht mehr hat.")


class Deviation(Cited):
    """Was eine im Einzelfall vereinbarte Ausnahme bewirkt."""

    effect: Literal["suspends", "replaces"] = Field(
        description="suspends: Die Pflicht ruht bis zum Ende. replaces: Der Tag ersetzt die Frist."
    )


class ExceptionKind(Cited):
    """Eine Art von Ausnahme, die das Dokument nennt."""

    id: Id = Field(description="Kennung der Ausnahme.")
    title: Text = Field(description="Wie sie in der Auswahl heißt.")
    effect: Literal["suspends", "replaces"] = Field(
        description="suspends: Die Pflicht ruht bis zum Ende. replaces: Der Tag ersetzt die Frist."
    )
    ends: Event | None = Field(
        default=None, description="Das Ereignis, das sie beendet. Ohne: immer ein Datum."
    )
    longest: Span | None = Field(default=None, description="Höchstens so lange.")


class Capacity(Cited):
    """Wie viel der Wochenarbeitszeit Gesprächen gehört."""

    title: Text = Field(description="Für wen die Angabe gilt.")
    roles: Annotated[dict[Id, Text], Field(min_length=1)] = Field(
        description='Die Rollen: Kennung = "wie sie heißt".'
    )
    share_percent: Percent = Field(description="Anteil der Wochenarbeitszeit in Prozent.")
    number: Annotated[int, Field(ge=1, le=500)] | None = Field(
        default=None, description="Zahl der Termine bei at_hours Wochenstunden."
    )
    at_hours: Annotated[float, Field(gt=0, le=60)] | None = Field(
        default=None, description="Die Wochenstunden, für die number genannt ist."
    )
    slot_minutes: Minutes | None = Field(default=None, description="Dauer eines Termins.")

    @model_validator(mode="after")
    def _number_at_hours(self) -> "Capacity":
        if (self.number is None) != (self.at_hours is None):
            raise fault(said("„number“ und „at_hours“ gehören zusammen."))
        return self


class FirstTalk(Cited):
    """Wie lange das erste Gespräch dauert."""

    minutes: Minutes = Field(description="Dauer in Minuten.")
    preparation: Minutes | None = Field(
        default=None, description="Vor- und Nachbereitung in Minuten."
    )


class RegularTalk(Cited):
    """Wie lange ein weiteres Gespräch dauert."""

    minutes: Minutes = Field(description="Höchstens so viele Minuten.")


class Durations(Model):
    """Wie lange Gespräche dauern."""

    first: FirstTalk | None = Field(default=None, description="Das erste Gespräch.")
    regular: RegularTalk | None = Field(default=None, description="Jedes weitere Gespräch.")


class Provision(Cited):
    """Ein Satz des Dokuments, der kein Datum bewegt."""

    id: Id = Field(description="Kennung, einmalig unter den Abschnitten [[provision]].")
    text: Text = Field(description="Was der Satz sagt.")


class PolicyFile(Model):
    """Ein Kontaktdichtekonzept."""

    id: Id = Field(description="Kennung des Konzepts, zugleich der Dateiname.")
    title: Text = Field(description="Voller Name des Konzepts.")
    short_title: Text = Field(description="Kurzer Name für Listen.")
    office: Text = Field(description="Das Jobcenter.")
    document: Text = Field(description="Das Dokument, z. B. Arbeitsanweisung 3/2026.")
    nature: Literal["empfehlung", "soll", "muss"] = Field(
        description="Wie verbindlich das Konzept ist."
    )
    land: Literal[tuple(LAENDER)] | None = Field(  # type: ignore[valid-type]
        default=None, description="Bundesland, dessen Feiertage gelten. Ohne: die bundesweiten."
    )
    precedence: Literal["first", "strictest"] = Field(
        description="first: Die erste Regel, die gilt, entscheidet. strictest: Von allen, die "
        "gelten, entscheidet die mit dem frühesten letzten Tag."
    )
    supersedes: Text | None = Field(default=None, description="Das abgelöste Dokument.")
    otherwise: Text = Field(description="Der Satz, wenn keine Regel gilt.")
    not_counting: Text = Field(description="Der Grund, wenn kein Abschnitt [[counting]] passt.")
    facts: dict[Id, Fact] = Field(
        default={}, description="Eigene Angaben zum Kunden, nach denen Bedingungen fragen."
    )
    classes: dict[Id, Text] = Field(
        default={}, description='Klassen von Kontakten: Kennung = "wie sie heißt".'
    )
    obligations: dict[Id, Text] = Field(
        default={}, description='Pflichten nebeneinander: Kennung = "wie sie heißt".'
    )
    validity: Validity = Field(description="Wann das Konzept gilt.")
    period: Period | None = Field(default=None, description="Der Zeitraum zu count.")
    deviation: Deviation | None = Field(
        default=None, description="Was eine vereinbarte Ausnahme bewirkt."
    )
    exception: list[ExceptionKind] = Field(
        default=[], description="Arten von Ausnahmen, die das Dokument nennt."
    )
    durations: Durations | None = Field(default=None, description="Wie lange Gespräche dauern.")
    rule: Annotated[list[Rule], Field(min_length=1)] = Field(
        description="Wer wie oft gesehen wird."
    )
    counting: Annotated[list[Counting], Field(min_length=1)] = Field(
        description="Was als Kontakt zählt. Der erste Abschnitt, der passt, entscheidet."
    )
    duty: list[Duty] = Field(default=[], description="Was zu dokumentieren ist.")
    anchor_shift: list[AnchorShift] = Field(
        default=[], description="Wann Spannen neu beginnen, weil eine Angabe sich ändert."
    )
    capacity: list[Capacity] = Field(
        default=[], description="Anteil der Wochenarbeitszeit für Gespräche, je Rolle."
    )
    provision: list[Provision] = Field(
        default=[], description="Sätze des Dokuments, die kein Datum bewegen."
    )
