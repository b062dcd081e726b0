"""What do two concepts ask in the same situation? Their rules side by side, as a page to read."""

from PySide6.QtCore import QCoreApplication

from kkd_desktop.domain.comparison import Side
from kkd_desktop.domain.conditions_text import fact_text
from kkd_desktop.domain.rule_table import RulePair, RuleTable
from kkd_desktop.gui.models.policy_reading import Ink, Part, Reading, Row, Words


def read(table: RuleTable, one: Side, other: Side) -> Reading:
    """Situations in which they differ first; then those that stay as they are."""
    heads = (_tr("Für wen"), one.title, other.title)
    parts = (
        _part(_tr("Wo sich die Vorgaben unterscheiden"), heads, table, differs=True),
        _part(_tr("Wo beide dasselbe verlangen"), heads, table, differs=False),
    )
    title = _tr("{one} und {other}").format(one=one.title, other=other.title)
    return Reading(title, _ignored(table, one, other), (), tuple(p for p in parts if p.rows))


def _part(title: str, heads: tuple[str, ...], table: RuleTable, *, differs: bool) -> Part:
    rows = tuple(
        _row(place, pair) for place, pair in enumerate(table.pairs) if pair.differs is differs
    )
    return Part(title, rows, heads=heads, widths=(42, 29, 29))


def _row(place: int, pair: RulePair) -> Row:
    ink = Ink.PLAIN if pair.differs else Ink.QUIET
    return Row(
        f"pair:{place}",
        (
            (Words(pair.situation.german(), Ink.STRONG),),
            (Words(pair.one, ink),),
            (Words(pair.other, ink),),
        ),
    )


def _ignored(table: RuleTable, one: Side, other: Side) -> str:
    said = _tr("Für jemanden, der gestern da war")
    if not table.ignored:
        return said
    policies = (*one.policies, *other.policies)
    declared = {fact.id: fact for policy in policies for fact in policy.facts}
    names = ", ".join(fact_text(fact, declared.get(fact)) for fact in table.ignored)
    return _tr("{said}; nicht berücksichtigt: {names}").format(said=said, names=names)


def _tr(text: str) -> str:
    return QCoreApplication.translate("rules", text)
