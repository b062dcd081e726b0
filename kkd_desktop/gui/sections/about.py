"""Which version is this, and what does the office's IT need to know?"""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kkd_desktop import __version__
from kkd_desktop.gui import theme
from kkd_desktop.gui.sections.base import Section
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.labels import PlainLabel


class AboutSection(Section):
    """The version, and the ways to parts, licences and the page for the office's IT."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, self.tr("Über das Programm"), parent=parent)
        said = self.tr("KKD Desktop {version}, freie Software unter der MIT-Lizenz.")
        self.version = PlainLabel(said.format(version=__version__), wrap=True)
        self.about_button = Button(self.tr("Teile und Lizenzen …"))
        self.it_button = Button(self.tr("Für IT und Datenschutz …"))
        self.body.addWidget(self.version)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SMALL)
        buttons.addWidget(self.about_button)
        buttons.addWidget(self.it_button)
        buttons.addStretch()
        self.body.addLayout(buttons)
        self.about_button.clicked.connect(self._open_about)
        self.it_button.clicked.connect(self._open_it_page)

    def show_settings(self) -> None:
        """Nothing here can be changed."""

    def _open_about(self) -> None:
        from kkd_desktop.gui.dialogs.about import open_about

        open_about(self.window())

    def _open_it_page(self) -> None:
        from kkd_desktop.gui.dialogs.about import IT_PAGE
        from kkd_desktop.gui.dialogs.help import open_help

        open_help(IT_PAGE, self.window())
