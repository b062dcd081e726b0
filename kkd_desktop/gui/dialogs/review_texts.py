"""Which texts of the letters has nobody read yet, and what do they say?"""

from collections.abc import Collection

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from kkd_desktop.actions import letters
from kkd_desktop.domain import texts
from kkd_desktop.domain.text_blocks import TextBlock
from kkd_desktop.gui import theme
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.labels import PlainLabel
from kkd_desktop.gui.widgets.text_rows import TextRows


class ReviewTextsDialog(Dialog):
    """The wordings below each other, each with the button that says somebody has read it.

    Those of the letters at hand, else all; what is marked stays until the dialog is closed.
    """

    def __init__(
        self, session: Session, of_letters: Collection[str] = (), parent: QWidget | None = None
    ) -> None:
        """`of_letters` are the keys of the texts in the letters at hand."""
        super().__init__(self.tr("Texte prüfen"), "", parent)
        self._session = session
        unread = {each.key for each in self._valid() if each.review is None}
        self._keys = unread & set(of_letters) or unread
        self.list = TextRows(session, are_open=True)
        area = self._area = QScrollArea()
        inside = _with_air(self.list)
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for ground in (area.viewport(), inside):
            ground.setAutoFillBackground(False)
        self.body.addWidget(
            PlainLabel(
                self.tr(
                    "Lesen und kennzeichnen: Solange ein Text ungeprüft ist, trägt jeder Brief "
                    "damit einen Kasten, der das sagt. Gedruckt werden kann er trotzdem."
                ),
                muted=True,
                wrap=True,
            )
        )
        self.body.addWidget(self.list.reviewer)
        self.body.addWidget(area, 1)
        self.set_main_action(self.tr("Fertig"), self.accept)
        self._show()
        self.resize(720, 620)

        self.list.reviewed.connect(self._go_on)
        self._focus_next()

    def _valid(self) -> list[TextBlock]:
        today = self._session.context.today
        shelf = letters.text_shelf(self._session.context)
        return [each for each in shelf.blocks if each.standing(today).is_valid]

    def _show(self) -> None:
        self.list.show_texts([each for each in self._valid() if each.key in self._keys])
        left = sum(row.block.review is None for row in self.list.rows)
        count = texts.counted(left, "Text", "Texte")
        self.subtitle.setText(
            self.tr("{count} ungeprüft").format(count=count) if left else self.tr("alle geprüft")
        )

    def _go_on(self) -> None:
        self._show()
        self._focus_next()

    def _focus_next(self) -> None:
        """The next that waits; after the last of them the way out."""
        row = next((row for row in self.list.rows if row.block.review is None), None)
        if row is not None:
            row.review_button.setFocus(Qt.FocusReason.TabFocusReason)
            # In a turn of its own: rows that were just made have no places yet.
            QTimer.singleShot(0, row, lambda: self._area.verticalScrollBar().setValue(row.y()))
        elif self._main is not None:
            self._main.setFocus(Qt.FocusReason.TabFocusReason)


def _with_air(rows: QWidget) -> QWidget:
    """Room for the scroll bar beside the rows."""
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, theme.MEDIUM, 0)
    column.addWidget(rows)
    column.addStretch()
    return inside
