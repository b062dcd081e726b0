"""What stands on the page of a set? Its concepts in their order, and which version speaks today."""

from collections.abc import Iterator, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication

from kkd_desktop.actions.policies import PartOnShelf
from kkd_desktop.domain import texts
from kkd_desktop.domain.policy import Policy
from kkd_desktop.domain.policy_set import Combine, PolicySet
from kkd_desktop.gui.concept import combine_text, validity_text
from kkd_desktop.gui.models.policy_reading import Cell, Ink, Part, Reading, Row, Words
from kkd_desktop.gui.theme import Tone


def read_set(
    whole: PolicySet, parts: Sequence[PartOnShelf], standing: str, tone: Tone, today: date
) -> Reading:
    """One row for every version of every part; each leads to its concept."""
    rows = tuple(
        row for number, part in enumerate(parts, 1) for row in _versions(number, part, today)
    )
    in_order = whole.combine is Combine.FIRST
    lead = (
        _tr("Das erste Konzept, das für eine Person etwas vorgibt, entscheidet.")
        if in_order
        else _tr("Jedes wird für sich gerechnet; der früheste letzte Tag entscheidet (Lesart R34).")
    )
    part = Part(
        _tr("Woraus es besteht"),
        rows,
        lead,
        ("", _tr("Konzept"), _tr("Geltung"), _tr("Heute")),
        (6, 44, 28, 22),
    )
    facts = (Words(combine_text(whole.combine)), Words(standing, tone=tone))
    return Reading(whole.title, whole.office, facts, (part,))


def _versions(number: int, part: PartOnShelf, today: date) -> Iterator[Row]:
    for place, policy in enumerate(part.versions):
        validity = validity_text(policy.validity, today)
        yield Row(
            f"part:{number}:{policy.id}",
            (
                () if place else (Words(texts.whole(number)),),
                (Words(policy.short_title, Ink.LINK), Words(policy.title, Ink.QUIET)),
                (Words(f"{validity[:1].upper()}{validity[1:]}"),),
                _today(policy, policy.id == part.speaking.id, today),
            ),
            link=policy.id,
        )


def _today(policy: Policy, speaks: bool, today: date) -> Cell:
    """Whether this version is the one that is asked, and whether it has an answer."""
    if not speaks:
        return (Words(_tr("andere Fassung"), Ink.QUIET),)
    if policy.validity.in_force(today):
        return (Words(_tr("gilt"), tone=Tone.OK),)
    until = policy.validity.until
    expired = until is not None and until < today
    word = _tr("abgelaufen") if expired else _tr("gilt noch nicht")
    return Words(word, tone=Tone.LATE), Words(_tr("sagt heute nichts"), Ink.QUIET)


def _tr(text: str) -> str:
    return QCoreApplication.translate("set", text)
