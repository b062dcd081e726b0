"""What was changed about this person, when, and from what to what?"""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from kkd_desktop.domain.client import Client
from kkd_desktop.gui import theme
from kkd_desktop.gui.dialogs.base import Dialog, show
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.history_view import HistoryView

_SIZE = QSize(1080, 680)


class HistoryDialog(Dialog):
    """The Verlauf of one person; nothing is changed here."""

    def __init__(self, session: Session, client: Client, parent: QWidget | None = None) -> None:
        name = f"{client.first_name} {client.last_name}".strip()
        super().__init__(self.tr("Verlauf"), name, parent)
        self._name = name
        self.view = HistoryView(session, client.id)
        self.body.addWidget(self.view, 1)
        self.close_button = self.set_main_action(
            self.tr("Schließen"), self.accept, keys=self.tr("Esc")
        )
        self.view.counted.connect(self._say)
        session.changed.connect(self.view.reload)
        self.view.reload()
        self.view.table.setFocus()
        room = (
            _SIZE if parent is None else parent.window().size() - QSize(theme.AROUND, theme.AROUND)
        )
        self.resize(_SIZE.boundedTo(room))

    def _say(self, counted: str) -> None:
        self.subtitle.setText(" · ".join(part for part in (self._name, counted) if part))


def open_history(session: Session, client: Client, parent: QWidget) -> None:
    """Show it over its window."""
    show(HistoryDialog(session, client, parent))
