"""How is the value of one fact asked for? A choice, a line or a day, as its kind wants it."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from kkd_desktop.domain.client import WISH
from kkd_desktop.domain.conditions_text import value_text
from kkd_desktop.domain.declared_facts import NO, YES, fact_from_text, typed_text
from kkd_desktop.domain.facts import FactValue
from kkd_desktop.domain.language import said
from kkd_desktop.domain.policy import FactDeclaration, FactKind
from kkd_desktop.domain.predicates import as_day
from kkd_desktop.domain.wishes import stored_in_words
from kkd_desktop.gui.widgets.calm import Choice
from kkd_desktop.gui.widgets.dayline import DayLine
from kkd_desktop.gui.widgets.labels import set_property
from kkd_desktop.gui.widgets.wish_editor import WishEditor

LONGEST = 200


class FactEditor(Protocol):
    """A field for the value of one fact."""

    @property
    def field(self) -> QWidget: ...

    def show_value(self, value: FactValue) -> None:
        """Show this and tell nobody. What the kind does not know is kept until it is changed."""

    def value(self) -> FactValue:
        """What stands there, None where nothing does; UserError where it cannot be a value."""

    def when_changed(self, act: Callable[[], object]) -> None:
        """Call this whenever the user changes it."""


def fact_editor(fact: FactDeclaration) -> FactEditor:
    if fact.id == WISH:
        return WishEditor()
    if fact.kind in (FactKind.CHOICE, FactKind.FLAG):
        return ChoiceEditor(fact)
    return LineEditor(fact)


def fact_text(fact: FactDeclaration, value: FactValue) -> str:
    """A value as it is read: `Stufe A`, `ja`, `42`, `01.03.2026`."""
    if fact.kind is FactKind.DATE and value is not None:
        return typed_text(fact, value)
    if fact.id == WISH and value is not None:
        return stored_in_words(str(value))
    return value_text(fact.id, value, (fact,))


class ChoiceEditor:
    """One of the declared values, or yes and no; also `nicht erfasst`, which is neither."""

    def __init__(self, fact: FactDeclaration) -> None:
        self._fact = fact
        self._is_flag = fact.kind is FactKind.FLAG
        self._choices = (
            [(YES, said(YES)), (NO, said(NO))] if self._is_flag else list(fact.values.items())
        )
        self._stray: FactValue = None
        self.field = Choice()
        self.show_value(None)

    def show_value(self, value: FactValue) -> None:
        key = (
            typed_text(self._fact, value) if isinstance(value, bool) else value and str(value)
        ) or None
        known = {each for each, _ in self._choices}
        self._stray = None if key in known else value
        stray = [] if self._stray is None else [(key, fact_text(self._fact, value))]
        none = (None, QCoreApplication.translate("facts", "nicht erfasst"))
        self.field.show_choices([none, *self._choices, *stray], key)

    def value(self) -> FactValue:
        key = self.field.value()
        if key is None:
            return None
        if self._stray is not None and key == str(self._stray):
            return self._stray
        return key == YES if self._is_flag else key

    def when_changed(self, act: Callable[[], object]) -> None:
        self.field.currentIndexChanged.connect(lambda _: act())


class LineEditor:
    """A text, a whole number or a day."""

    def __init__(self, fact: FactDeclaration) -> None:
        self._fact = fact
        self.field = DayLine() if fact.kind is FactKind.DATE else QLineEdit()
        self.field.setMaxLength(LONGEST)
        if not isinstance(self.field, DayLine):
            self.field.setPlaceholderText(QCoreApplication.translate("facts", "nicht erfasst"))
        self._shown: tuple[str, FactValue] = ("", None)

    def show_value(self, value: FactValue) -> None:
        self.field.blockSignals(True)
        day = as_day(value)
        if isinstance(self.field, DayLine) and (day is not None or value is None):
            self.field.set_day(day)
        else:
            self.field.setText(typed_text(self._fact, value))
        self.field.setCursorPosition(0)
        self.field.blockSignals(False)
        set_property(self.field, "invalid", "false")
        self._shown = (self.field.text(), value)

    def value(self) -> FactValue:
        text = self.field.text().strip()
        shown, value = self._shown
        return value if text == shown else fact_from_text(self._fact, text)

    def when_changed(self, act: Callable[[], object]) -> None:
        self.field.textChanged.connect(lambda _: act())
