"""`kkd policies`: list, show and check Kontaktdichtekonzepte."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from kkd_desktop.actions import policies as actions
from kkd_desktop.actions.policies import Shelf, Shelved
from kkd_desktop.actions.policy_check import check_file
from kkd_desktop.cli.comparison import compare
from kkd_desktop.cli.german import Group
from kkd_desktop.cli.options import as_json, as_of, this_day
from kkd_desktop.cli.output import show, show_json, table
from kkd_desktop.domain import texts
from kkd_desktop.domain.explanation import demand_text
from kkd_desktop.domain.policy import Policy, Validity
from kkd_desktop.domain.policy_set import Combine, PolicySet


@click.group(cls=Group)
def policies() -> None:
    """Konzepte der Kontaktdichte."""


policies.add_command(compare)


@policies.command("list")
@as_of
@as_json
def list_policies(as_of: date | None, as_json: bool) -> None:
    """Alle Konzepte mit ihrer Geltung am Stichtag."""
    today = as_of or this_day()
    shelf = actions.open_shelf()
    shelved, sets = shelf.all(), shelf.sets()
    if as_json:
        show_json(
            [
                {
                    "id": each.id,
                    "title": each.policy.title if each.policy else None,
                    "office": each.policy.office if each.policy else None,
                    "in_force": each.in_force(today),
                    "own": each.own,
                    "faults": [str(fault) for fault in each.faults],
                }
                for each in shelved
            ]
            + [_set_json(each.policies, shelf, each.own, today) for each in sets if each.policies]
        )
        return
    show(
        table(
            [
                (
                    each.id,
                    each.policy.title if each.policy else "nicht lesbar",
                    _validity(each.policy.validity, today) if each.policy else _broken(each),
                )
                for each in shelved
            ]
            + [
                (each.id, each.policies.title, _parts(each.policies))
                for each in sets
                if each.policies
            ]
        )
    )


@policies.command("show")
@click.argument("policy_id", metavar="ID")
@as_of
@as_json
def show_policy(policy_id: str, as_of: date | None, as_json: bool) -> None:
    """Ein Konzept mit allen Vorgaben und ihren Fundstellen."""
    shelf = actions.open_shelf()
    found = shelf.policy_set(policy_id)
    policy = found or shelf.load(policy_id)
    if as_json:
        show_json(policy)
        return
    if isinstance(policy, PolicySet):
        show([policy.title, policy.office, _parts(policy)])
        return
    show(
        [
            policy.title,
            f"{policy.office}, {policy.document}",
            _validity(policy.validity, as_of or this_day()),
            "",
            *_rules(policy),
            "",
            *_counting(policy),
        ]
    )


@policies.command("check")
@click.argument("files", metavar="DATEI…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--against",
    type=click.Path(path_type=Path),
    help="Text des Dokuments: jedes Zitat muss wörtlich darin stehen.",
)
@as_json
def check(files: tuple[Path, ...], against: Path | None, as_json: bool) -> int:
    """Konzepte, Zusammenstellungen und Dateien mit Fällen prüfen.

    Alle Fehler auf einmal, mit Datei, Zeile und Schlüssel. Fälle werden gerechnet; jeder, der
    anders ausgeht, wird mit Erwartung und Ergebnis genannt.
    """
    shelf, today = actions.open_shelf(), this_day()
    found = [check_file(file, shelf, today, against) for file in files]
    faults = [fault for each in found for fault in each.faults]
    if as_json:
        show_json(
            [{"file": f.path, "line": f.line, "key": f.key, "message": f.message} for f in faults]
        )
    else:
        notices = [f"Hinweis: {notice}" for each in found for notice in each.notices]
        run = sum(each.cases for each in found)
        ran = [f"{texts.counted(run, 'Fall', 'Fälle')} gerechnet."] if run else []
        show([*map(str, faults), *notices, *ran, *([] if faults else ["Keine Fehler gefunden."])])
    return 1 if faults else 0


def _set_json(found: PolicySet, shelf: Shelf, own: bool, today: date) -> dict[str, Any]:
    return {
        "id": found.id,
        "title": found.title,
        "office": found.office,
        "in_force": any(each.validity.in_force(today) for each in shelf.parts(found.id, today)),
        "own": own,
        "faults": [],
        "parts": found.parts,
    }


def _parts(found: PolicySet) -> str:
    """`Zusammenstellung, die strengste Vorgabe entscheidet: a/b, c`: versions with a stroke."""
    how = {
        Combine.FIRST: "die erste, die etwas vorgibt, entscheidet",
        Combine.STRICTEST: "die strengste Vorgabe entscheidet",
    }
    parts = ", ".join("/".join(versions) for versions in found.parts)
    return f"Zusammenstellung, {how[found.combine]}: {parts}"


def _broken(shelved: Shelved) -> str:
    return f"{shelved.faults[0]}{shelved.note and f' (die Datei {shelved.note})'}"


def _validity(validity: Validity, today: date) -> str:
    begins = texts.day(validity.begins()) if validity.begins() else "unbekannt"
    ends = texts.day(validity.until) if validity.until else "auf Weiteres"
    if validity.in_force(today):
        state = "in Kraft"
    elif validity.until is not None and today > validity.until:
        state = "abgelaufen"
    else:
        state = "noch nicht in Kraft"
    if validity.since is None and validity.evidenced is not None:
        return f"{state} (belegt am {begins}, Beginn und Ende unbekannt)"
    return f"{state} ({begins} bis {ends})"


def _rules(policy: Policy) -> list[str]:
    lines = []
    for rule in policy.rules:
        lines.append(f"{rule.id}: {rule.title} – {demand_text(rule.demand)}")
        if rule.citation.quote:
            lines.append(f"    „{rule.citation.quote}“ ({rule.citation.place})")
    return lines


def _counting(policy: Policy) -> list[str]:
    lines = []
    for clause in policy.counting:
        lines.append(
            f"{clause.id}: {'zählt' if clause.counts else 'zählt nicht'}, weil {clause.reason}"
        )
        if clause.citation is not None and clause.citation.quote:
            lines.append(f"    „{clause.citation.quote}“ ({clause.citation.place})")
    return lines
