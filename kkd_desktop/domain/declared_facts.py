"""Which facts do the policies ask for beside the usual ones, and what can each of them be?"""

import re
from collections.abc import Iterable
from datetime import date

from kkd_desktop.domain import language, texts
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.facts import FactValue
from kkd_desktop.domain.language import Sayings
from kkd_desktop.domain.plain_text import line
from kkd_desktop.domain.policy import FactDeclaration, FactKind, Policy
from kkd_desktop.domain.predicates import as_day
from kkd_desktop.domain.written_days import FIRST_DAY, LAST_DAY, read_day

YES, NO = "ja", "nein"

_WHOLE = r"[-−]?\d{1,9}"


def declared(policies: Iterable[Policy]) -> tuple[FactDeclaration, ...]:
    """What the policies declare, in their order; of one id the first declaration counts."""
    found: dict[str, FactDeclaration] = {}
    for policy in policies:
        for fact in policy.facts:
            found.setdefault(fact.id, fact)
    return tuple(found.values())


def fact_from_text(declaration: FactDeclaration, text: str) -> FactValue:
    """The value that was typed, None where nothing was; UserError where it cannot be one."""
    typed = line(text, declaration.label)
    if not typed:
        return None
    kind = declaration.kind
    if kind is FactKind.CHOICE:
        return _choice(declaration, typed)
    if kind is FactKind.FLAG:
        if typed.casefold() not in (YES, NO):
            raise UserError(
                language.said("{label}: „{typed}“ – hier steht ja oder nein.").format(
                    label=declaration.label, typed=typed
                )
            )
        return typed.casefold() == YES
    if kind is FactKind.NUMBER:
        if not re.fullmatch(_WHOLE, typed):
            raise UserError(
                language.said(
                    "{label}: „{typed}“ ist keine ganze Zahl (nur Ziffern, zum Beispiel 30)."
                ).format(label=declaration.label, typed=typed)
            )
        return int(typed.replace("−", "-"))
    return _day(declaration, typed) if kind is FactKind.DATE else typed


def typed_text(declaration: FactDeclaration, value: FactValue) -> str:
    """How a value is typed: the other way round."""
    day = as_day(value) if declaration.kind is FactKind.DATE else None
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    return texts.day(day) if day is not None else str(value)


def check_fact(declaration: FactDeclaration, value: FactValue) -> None:
    """UserError where a fact cannot be this. That it is not known is always possible."""
    if value is None:
        return
    kind = declaration.kind
    if kind is FactKind.CHOICE:
        _choice(declaration, str(value))
        return
    fits = {
        FactKind.TEXT: isinstance(value, str),
        FactKind.FLAG: isinstance(value, bool),
        FactKind.NUMBER: isinstance(value, int | float) and not isinstance(value, bool),
        FactKind.DATE: isinstance(value, date),
    }[kind]
    if not fits:
        said = typed_text(declaration, value)
        raise UserError(
            language.said("{label}: „{said}“ ist {wanted}.").format(
                label=declaration.label, said=said, wanted=_WANTED[kind]
            )
        )


_WANTED = Sayings(
    {
        FactKind.TEXT: "kein Text",
        FactKind.FLAG: "weder ja noch nein",
        FactKind.NUMBER: "keine Zahl",
        FactKind.DATE: "kein Tag (TT.MM.JJJJ)",
    }
)


def _choice(declaration: FactDeclaration, typed: str) -> str:
    if typed in declaration.values:
        return typed
    for value, label in declaration.values.items():
        if typed.casefold() == label.casefold():
            return value
    known = ", ".join(f"{value} ({label})" for value, label in declaration.values.items())
    raise UserError(
        language.said("{label}: „{typed}“ gibt es nicht. Möglich sind: {known}.").format(
            label=declaration.label, typed=typed, known=known
        )
    )


def _day(declaration: FactDeclaration, typed: str) -> date:
    day = read_day(typed)
    if day is None:
        raise UserError(
            language.said("{label}: „{typed}“ ist kein Tag (TT.MM.JJJJ).").format(
                label=declaration.label, typed=typed
            )
        )
    if not FIRST_DAY <= day <= LAST_DAY:
        raise UserError(
            language.said("{label}: Der {day} liegt nicht zwischen 1900 und 2199.").format(
                label=declaration.label, day=texts.day(day)
            )
        )
    return day
