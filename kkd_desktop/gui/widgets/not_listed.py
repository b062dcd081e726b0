"""Who is not in the list, and why not? A calm panel above it."""

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QWidget

from kkd_desktop.domain import texts
from kkd_desktop.domain.worklist import Group
from kkd_desktop.gui import theme
from kkd_desktop.gui.models.worklist_rows import reason_not_listed
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.card import Card
from kkd_desktop.gui.widgets.labels import PlainLabel


class NotListedPanel(Card):
    """Each group with its number, one reason, and a way to see who it is.

    Signals:
        toggled: a group is to be shown in the list, or hidden again; carries its id.
        closed: the panel is not needed any more.
    """

    toggled = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Nicht in der Liste"), parent=parent)
        assert self.heading is not None
        self.links: dict[str, Button] = {}
        self.close_button = Button(self.tr("Schließen"), kind="link")
        self.heading.add(self.close_button)
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(theme.MEDIUM)
        self._rows.setVerticalSpacing(theme.TINY)
        self._rows.setColumnStretch(2, 1)
        self.body.addLayout(self._rows)

        self.close_button.clicked.connect(self.closed)

    def show_groups(self, groups: Sequence[Group], shown: Collection[str]) -> None:
        """`shown` are the groups that stand in the list at the moment."""
        focused = next((key for key, link in self.links.items() if link.hasFocus()), None)
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.links = {}
        for row, group in enumerate(groups):
            link = Button(
                self.tr("ausblenden") if group.id in shown else self.tr("zeigen"), kind="link"
            )
            link.setAccessibleName(f"{group.title}: {link.text()}")
            link.clicked.connect(self._toggler(group.id))
            self.links[group.id] = link
            number = PlainLabel(texts.whole(len(group.entries)))
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._rows.addWidget(number, row, 0)
            title = PlainLabel(group.title, weight=QFont.Weight.Medium)
            self._rows.addWidget(title, row, 1)
            self._rows.addWidget(
                PlainLabel(reason_not_listed(group), muted=True, wrap=True), row, 2
            )
            self._rows.addWidget(link, row, 3)
        if focused in self.links:
            self.links[focused].setFocus()

    def _toggler(self, group: str) -> Callable[[], None]:
        return lambda: self.toggled.emit(group)
