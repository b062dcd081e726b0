"""What exactly did one step change? Every value, old and new, to be read and copied."""

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from kkd_desktop.domain import texts
from kkd_desktop.domain.history import KIND_TEXTS, Item, ItemKind, LoggedStep, ValueChange
from kkd_desktop.gui import theme

_WIDEST_LABEL = 150
_GAP = 16
_LONGEST = 600


class StepReader(QTextBrowser):
    """One step in full. Everything in it is put in as plain text."""

    def __init__(self, parent: QWidget | None = None, *, with_people: bool = True) -> None:
        """`with_people` names whose data it is, where that is not plain."""
        super().__init__(parent)
        self._with_people = with_people
        self.setProperty("kind", "paper")
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName(self.tr("Was sich geändert hat"))
        self._step: LoggedStep | None = None
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDefaultFont(theme.font())
        self.document().setDocumentMargin(0)
        self.document().setDefaultTextOption(option)

    def step(self) -> LoggedStep | None:
        return self._step

    def show_step(self, step: LoggedStep | None) -> None:
        self._step = step
        self.clear()
        if step is not None:
            cursor = QTextCursor(self.document())
            # Laid out once, not after every word.
            cursor.beginEditBlock()
            self._write(cursor, step)
            cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _write(self, cursor: QTextCursor, step: LoggedStep) -> None:
        # Made once: a plan that was taken over is written in thousands of pieces.
        self._muted, self._plain = _letters(muted=True), _letters()
        self._title = _letters(weight=QFont.Weight.Medium)
        cursor.setBlockFormat(_block())
        cursor.insertText(step.name, _letters(weight=QFont.Weight.DemiBold))
        said = [texts.moment(step.done_at)]
        if step.is_undone:
            said.append(self.tr("zurückgenommen"))
        if self._with_people and len(step.people) == 1:
            said.append(step.people[0][1])
        cursor.insertBlock(_block(below=theme.SMALL))
        cursor.insertText(" · ".join(said), self._muted)
        names = dict(step.people) if len(step.people) > 1 else {}
        indent = self._indent(step)
        for item in step.items:
            self._write_item(cursor, item, names.get(item.client_id or 0, ""), indent)

        if step.further:
            cursor.insertBlock(_block(above=theme.MEDIUM))
            cursor.insertText(
                self.tr(
                    "Und {number} weitere Änderungen. Sie stehen im Verlauf der einzelnen Personen."
                ).format(number=texts.whole(step.further)),
                self._muted,
            )

    def _indent(self, step: LoggedStep) -> int:
        """As far as the labels of this step reach; one that is longer pushes its value away."""
        metrics = QFontMetrics(theme.font())
        labels = {value.label for item in step.items for value in item.values}
        widths = (metrics.horizontalAdvance(label) for label in labels)
        return min(max(widths, default=0), _WIDEST_LABEL) + _GAP

    def _write_item(self, cursor: QTextCursor, item: Item, whose: str, indent: int) -> None:
        cursor.insertBlock(_block(above=theme.MEDIUM))
        cursor.insertText(item.title, self._title)
        cursor.insertText(
            "".join(f" · {word}" for word in (KIND_TEXTS[item.kind], whose) if word),
            self._muted,
        )
        for value in item.values:
            cursor.insertBlock(_block(hanging=indent))
            cursor.insertText(f"{value.label}\t", self._muted)
            self._write_value(cursor, item.kind, value)
        if not item.values:
            cursor.insertBlock(_block())
            cursor.insertText(self.tr("nur technische Angaben"), self._muted)

    def _write_value(self, cursor: QTextCursor, kind: ItemKind, value: ValueChange) -> None:
        if kind is ItemKind.CHANGED:
            cursor.insertText(f"{_line(value.before) or '–'} → ", self._muted)
            cursor.insertText(_line(value.after) or "–", self._plain)
        else:
            cursor.insertText(_line(value.before or value.after), self._plain)


def _line(text: str) -> str:
    # Another sign for the end of a line begins no new paragraph.
    short = text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()} …"
    return short.replace("\n", "\u2028")


def _letters(*, muted: bool = False, weight: QFont.Weight = QFont.Weight.Normal) -> QTextCharFormat:
    letters = QTextCharFormat()
    letters.setFont(theme.font(weight=weight))
    colours = theme.current()
    letters.setForeground(QColor(colours.muted if muted else colours.text))
    return letters


def _block(*, above: int = 0, below: int = 0, hanging: int = 0) -> QTextBlockFormat:
    block = QTextBlockFormat()
    block.setTopMargin(above or 2)
    block.setBottomMargin(below)
    block.setAlignment(Qt.AlignmentFlag.AlignLeft)
    if hanging:
        block.setLeftMargin(hanging)
        block.setTextIndent(-hanging)
        block.setTabPositions([QTextOption.Tab(hanging, QTextOption.TabType.LeftTab)])
    return block
