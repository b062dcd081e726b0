"""What goes when a person is deleted, what stays elsewhere, and how is that said?"""

from collections.abc import Mapping
from datetime import date

from kkd_desktop.domain import language, texts
from kkd_desktop.domain.backup import KEPT_STEPS, Backup, Kind
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.language import to_count, to_say
from kkd_desktop.domain.values import Value

NO_WAY_BACK = to_say("Das lässt sich nicht rückgängig machen.")

_COUNTED = (
    ("contact", *to_count("Kontakt mit seinen Notizen", "Kontakte mit ihren Notizen")),
    ("appointment", *to_count("Termin", "Termine")),
    ("letter", *to_count("Schreiben", "Schreiben")),
    ("fact", *to_count("Merkmal", "Merkmale")),
    ("deviation", *to_count("Ausnahme", "Ausnahmen")),
    ("export_log", *to_count("Eintrag über Kalenderausgaben", "Einträge über Kalenderausgaben")),
    ("left_open", *to_count("angefangener Entwurf", "angefangene Entwürfe")),
    ("change", *to_count("Eintrag im Verlauf", "Einträge im Verlauf")),
)


class Farewell(Value, frozen=True):
    """What a deletion takes with it. `numbers` are rows by table."""

    people: tuple[Client, ...]
    numbers: Mapping[str, int]
    open_talks: int = 0
    joint_with: int = 0
    household: int = 0

    @property
    def goes(self) -> tuple[str, ...]:
        """What is deleted, one line each; what there is none of is left out."""
        counted = [
            ("client", *to_count("Person mit ihren Stammdaten", "Personen mit ihren Stammdaten"))
        ]
        return tuple(
            texts.counted(self.numbers.get(table, 0), one, many)
            for table, one, many in (*counted, *_COUNTED)
            if self.numbers.get(table, 0)
        )

    @property
    def stays(self) -> tuple[str, ...]:
        """What the deletion does not reach, and who has to know."""
        said = []
        if self.open_talks:
            number = texts.counted(self.open_talks, "offener Termin", "offene Termine")
            sentence = (
                language.said("{number} fällt weg; eine Absage geht davon nicht hinaus.")
                if self.open_talks == 1
                else language.said("{number} fallen weg; eine Absage geht davon nicht hinaus.")
            )
            said.append(sentence.format(number=number))
        if self.joint_with:
            number = texts.counted(self.joint_with, "Person", "Personen")
            said.append(
                language.said(
                    "Das gemeinsame Gespräch mit {number} bleibt ohne die gelöschte bestehen."
                ).format(number=number)
            )
        if self.household:
            number = texts.counted(self.household, "anderes Mitglied", "andere Mitglieder")
            of = (
                language.said("der Bedarfsgemeinschaft")
                if len(self.people) == 1
                else language.said("der Bedarfsgemeinschaften")
            )
            sentence = (
                language.said("{number} {of} bleibt im Fallbestand.")
                if self.household == 1
                else language.said("{number} {of} bleiben im Fallbestand.")
            )
            said.append(sentence.format(number=number, of=of))
        if entries := self.numbers.get("server_entry", 0):
            number = texts.counted(entries, "Eintrag", "Einträge")
            sentence = (
                language.said(
                    "{number} im Kalender auf dem Server: der nächste Abgleich zieht ihn zurück."
                )
                if entries == 1
                else language.said(
                    "{number} im Kalender auf dem Server: der nächste Abgleich zieht sie zurück."
                )
            )
            said.append(sentence.format(number=number))
        if self.numbers.get("change", 0):
            said.append(
                language.said(
                    "Schritte, die auch diese Person betrafen, lassen sich danach "
                    "nicht mehr zurücknehmen."
                )
                if len(self.people) == 1
                else language.said(
                    "Schritte, die auch diese Personen betrafen, lassen sich danach "
                    "nicht mehr zurücknehmen."
                )
            )
        said.append(language.said("Dateien, die Sie daraus gespeichert haben, löschen Sie selbst."))
        return tuple(said)


def mentioned_text(number: int) -> str:
    """What to know where entries about others name the person; empty where none does."""
    if not number:
        return ""
    entries = texts.counted(number, "Eintrag", "Einträgen")
    return language.said(
        "In {entries} zu anderen Personen steht der Name; das bleibt dort stehen."
    ).format(entries=entries)


class Held(Value, frozen=True):
    """A back-up that still holds somebody; `leaves_on` is None where no day can be said.

    Not `is_known`: it opens with a former passphrase only, and may hold them.
    """

    backup: Backup
    leaves_on: date | None
    is_known: bool = True

    @property
    def german(self) -> str:
        """`20.11.2026, verschwindet voraussichtlich am 27.11.2026`."""
        made = texts.day(self.backup.made_at.date())
        may = (
            ""
            if self.is_known
            else language.said(", frühere Passphrase: Inhalt hier nicht prüfbar")
        )
        if self.leaves_on is not None:
            return language.said("{made}, verschwindet voraussichtlich am {day}{may}").format(
                made=made, day=texts.day(self.leaves_on), may=may
            )
        if self.backup.kind in (Kind.BY_HAND, Kind.REGULAR):
            return language.said("{made}, bleibt, bis sie von Hand gelöscht wird{may}").format(
                made=made, may=may
            )
        return language.said(
            "{made}, verschwindet nach {kept_steps} weiteren großen Schritten{may}"
        ).format(made=made, kept_steps=KEPT_STEPS, may=may)
