"""How far is work that takes a while? Of what has not said so, only that it runs."""

from PySide6.QtWidgets import QProgressBar

from kkd_desktop.gui import motion


class WorkBar(QProgressBar):
    """A bar without figures, beside words that say what is done.

    It runs to and fro while nothing is known, and stays empty instead where less motion is wanted.
    """

    def wait(self) -> None:
        """It is not known yet how much there is to do."""
        self.setRange(0, 1 if motion.is_less() else 0)
        self.reset()
