"""Which questions does a file of cases ask about policies, and which answers does it expect?"""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from kkd_desktop.domain.language import said
from kkd_desktop.domain.values import Value
from kkd_desktop.policyfiles.faults import Fault, KeyPath, PolicyFileError, dotted
from kkd_desktop.policyfiles.locate import Locator
from kkd_desktop.policyfiles.source import Document

Table = Mapping[str, Any]

KINDS: Final = ("case", "caseload", "capacity", "law")
_OF_POLICIES = ("id", "kind", "rule", "counting")


class Case(Value, frozen=True):
    """One question with the answer that is expected, and where it stands."""

    path: Path
    line: int
    key: str
    kind: str
    name: str
    source: str
    question: Table
    expect: Table


def is_case_file(document: Document) -> bool:
    return any(kind in document for kind in KINDS) and not any(
        key in document for key in _OF_POLICIES
    )


def cases_of(path: Path, text: str, document: Document) -> tuple[Case, ...]:
    """All cases of a file; `PolicyFileError` names every fault of its form at once."""
    from kkd_desktop.policyfiles.schema.case_file import CaseFile
    from kkd_desktop.policyfiles.schema.form import form_faults

    locator = Locator(text)
    found = [*form_faults(CaseFile, document)]
    found = found or [*_doubled(document)]
    if found:
        raise PolicyFileError(
            [Fault(path, locator.line_of(key), dotted(key), message) for key, message in found]
        )
    return tuple(_cases(path, locator, document))


def _doubled(document: Document) -> Iterator[tuple[KeyPath, str]]:
    seen: set[str] = set()
    for kind in KINDS:
        for index, table in enumerate(document.get(kind, ())):
            if table["name"] in seen:
                yield (
                    (kind, index, "name"),
                    said("Den Fall „{name}“ gibt es schon.").format(name=table["name"]),
                )
            seen.add(table["name"])


def _cases(path: Path, locator: Locator, document: Document) -> Iterator[Case]:
    policy = document.get("policy", path.stem)
    for kind in KINDS:
        for index, table in enumerate(document.get(kind, ())):
            place = (kind, index)
            yield Case(
                path,
                locator.line_of(place),
                dotted(place),
                kind,
                table["name"],
                table["source"],
                _plain(_question(kind, table, _beside(path, table.get("policy", policy)))),
                _plain(table["expect"]),
            )


def _beside(path: Path, named: Any) -> Any:
    """Ids as they are; files as seen from the file of cases."""
    if isinstance(named, list):
        return [_beside(path, each) for each in named]
    return str(path.parent / named) if named.endswith(".toml") else named


def _question(kind: str, table: Table, policy: Any) -> dict[str, Any]:
    if kind == "law":
        return {"law": "bekanntgabe", "posted": table["posted"]}
    if kind == "capacity":
        return {"policy": policy, "capacity": table["capacity"]}
    asked = {"policy": policy, "today": table["today"]}
    if kind == "caseload":
        members = [
            {"client": member["client"], "contacts": member.get("contacts", [])}
            for member in table["members"]
            for _ in range(member.get("times", 1))
        ]
        return {**asked, "caseload": members}
    return {**asked, "client": table["client"], "contacts": table.get("contacts", [])}


def _plain(value: Any) -> Any:
    """TOML as JSON would have it: days are texts."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
