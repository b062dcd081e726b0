"""Do policies answer as a file of cases expects?

A case states only what it is about. `without_warnings`, `explanation_says` and `absent` (keys
without a value) say more about an answer than its keys do; everything else is compared as it is.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from kkd_desktop.actions.evaluate import Evaluator
from kkd_desktop.domain.errors import UserError
from kkd_desktop.policyfiles.case_files import Case
from kkd_desktop.policyfiles.faults import Fault

Table = Mapping[str, Any]


def failures(cases: Sequence[Case], evaluator: Evaluator) -> tuple[Fault, ...]:
    """Every case whose answer is not as expected, with what was expected and found."""
    found = []
    for case in cases:
        differing = differences(case, evaluator)
        if differing:
            message = f"„{case.name}“ ({case.source}): {'; '.join(differing)}."
            found.append(Fault(case.path, case.line, case.key, message))
    return tuple(found)


def differences(case: Case, evaluator: Evaluator) -> list[str]:
    """One sentence for each thing that is not as the case says."""
    try:
        answer = evaluator.answer(dict(case.question))
    except UserError as error:
        return [f"nicht zu beantworten: {str(error).removesuffix('.')}"]
    assert isinstance(answer, dict)
    if case.kind == "caseload":
        return list(_quotas(case.expect, answer["quotas"]))
    return list(_differences(case.expect, answer))


def _quotas(expect: Table, quotas: Table) -> Iterator[str]:
    for name, numbers in expect.items():
        if name in quotas:
            yield from _differences(numbers, quotas[name], f"{name}.")
        else:
            yield f"{name}: diese Quote gibt es nicht (möglich: {', '.join(quotas)})"


def _differences(expect: Table, answer: Table, at: str = "") -> Iterator[str]:
    for key, wanted in expect.items():
        if key in _SPECIAL:
            yield from _SPECIAL[key](wanted, answer, at)
        elif key not in answer:
            yield f"{at}{key}: diesen Schlüssel hat die Antwort nicht"
        elif answer[key] != wanted:
            yield f"{at}{key}: erwartet {_said(wanted)}, gefunden {_said(answer[key])}"


def _obligations(wanted: Sequence[Table], answer: Table, at: str) -> Iterator[str]:
    found = answer["obligations"]
    if len(wanted) != len(found):
        yield f"{at}obligations: erwartet {len(wanted)}, gefunden {len(found)}"
        return
    for index, (each, other) in enumerate(zip(wanted, found, strict=True), start=1):
        yield from _differences(each, other, f"{at}obligations[{index}].")


def _absent(wanted: Sequence[str], answer: Table, at: str) -> Iterator[str]:
    for key in wanted:
        if answer.get(key) is not None:
            yield f"{at}{key}: erwartet nichts, gefunden {_said(answer[key])}"


def _warnings(wanted: Sequence[str], answer: Table, at: str) -> Iterator[str]:
    found = answer["warnings"]
    if not wanted and found:
        yield f"{at}warnings: erwartet keine, gefunden {_said(found)}"
    for code in wanted:
        if code not in found:
            yield f"{at}warnings: erwartet {code}, gefunden {_said(found)}"


def _without_warnings(wanted: Sequence[str], answer: Table, at: str) -> Iterator[str]:
    for code in wanted:
        if code in answer["warnings"]:
            yield f"{at}warnings: {code} war nicht erwartet"


def _explanation(wanted: Sequence[str], answer: Table, at: str) -> Iterator[str]:
    said = answer["explanation"]
    for text in wanted:
        if text not in said:
            yield f"{at}explanation: „{text}“ fehlt in: {said}"


_SPECIAL: Mapping[str, Callable[[Any, Table, str], Iterator[str]]] = {
    "obligations": _obligations,
    "absent": _absent,
    "warnings": _warnings,
    "without_warnings": _without_warnings,
    "explanation_says": _explanation,
}


def _said(value: Any) -> str:
    if value is None or value == []:
        return "nichts"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)
