"""When does a page ask anew?"""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from kkd_desktop.gui.session import Session


class LivePage(QWidget):
    """A page that follows the store: at once while it is seen, else when it is shown again."""

    kept_clear: QWidget | None = None
    """Near the lower edge, what the line about the last step must not cover."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._stale = True
        session.changed.connect(self._follow)

    def reload(self) -> None:
        """Ask for everything that is shown and show it."""
        raise NotImplementedError

    def ask_ahead(self) -> None:
        """Ask before anybody looks, so that the page is there at once when it is shown."""
        if self._stale and not self.isVisible():
            self._renew()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._renew()

    def _follow(self) -> None:
        if self.isVisible():
            self._renew()
        else:
            self._stale = True

    def _renew(self) -> None:
        self._stale = False
        self.reload()
