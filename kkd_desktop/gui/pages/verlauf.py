"""What was changed in this caseload, when, and from what to what?"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kkd_desktop.gui import theme
from kkd_desktop.gui.pages.live import LivePage
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.focus import lead_focus
from kkd_desktop.gui.widgets.history_view import HistoryView
from kkd_desktop.gui.widgets.labels import SectionHeading


class VerlaufPage(LivePage):
    """Every step of the whole caseload, latest first.

    Signals:
        client_opened: Enter or double click on a step; carries the id of whose it is.
    """

    client_opened = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.heading = SectionHeading(self.tr("Verlauf"), page=True)
        self.setAccessibleName(self.heading.title.text())
        self.view = HistoryView(session)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.HUGE, theme.HUGE, theme.HUGE, theme.HUGE)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(self.heading)
        column.addWidget(self.view, 1)
        lead_focus(self, self.view.table)

        self.view.counted.connect(self.heading.note.setText)
        self.view.client_opened.connect(self.client_opened)

    def reload(self) -> None:
        """Read the latest steps anew."""
        self.view.reload()
