"""What is this program, which parts does it stand on, and under which licences?"""

import platform
import re

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, qVersion
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QWidget

from kkd_desktop import __version__
from kkd_desktop.actions import parts
from kkd_desktop.gui import theme
from kkd_desktop.gui.dialogs.base import Dialog, show
from kkd_desktop.gui.dialogs.help import open_help
from kkd_desktop.gui.models.parts import PartModel
from kkd_desktop.gui.widgets.card import TableCard
from kkd_desktop.gui.widgets.labels import Paragraph, PlainLabel
from kkd_desktop.gui.widgets.table import DataTable

IT_PAGE = "it-und-datenschutz"
_SIZE = QSize(980, 660)
_TABLE_WIDTH = 492
_LEAST_TEXT = 280
_WIDTHS = (154, 92)
_FULL_LINE = range(56, 100)
_GOES_ON = re.compile(r" {0,6}(?!\d+[.)] )[\w\"'(“‘<]")
"""How the next line of a paragraph begins; a list begins with a sign, a heading with more space."""


class AboutDialog(Dialog):
    """The parts at the left; the licence of the one that is highlighted at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Über KKD Desktop"),
            self.tr("Version {version}").format(version=__version__),
            parent=parent,
        )
        self._model = PartModel(self)
        self.table = DataTable(self._model, self.tr("Teile des Programms"))
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.set_widths(*_WIDTHS)
        self.licence = QTextBrowser()
        self.licence.setProperty("kind", "paper")
        self.licence.setOpenLinks(False)
        self.licence.setMinimumWidth(_LEAST_TEXT)
        self.licence.setFont(theme.font(theme.SMALL_SIZE))

        self.body.addWidget(Paragraph(self._what_it_is()))
        self.body.addWidget(PlainLabel(self._runs_on(), muted=True, wrap=True))
        card = TableCard(self.table)
        card.setFixedWidth(_TABLE_WIDTH)
        beside = QHBoxLayout()
        beside.setSpacing(theme.HUGE)
        beside.addWidget(card)
        beside.addWidget(self.licence, 1)
        self.body.addLayout(beside, 1)
        self.it_button = self.add_action(self.tr("Für IT und Datenschutz …"), self._open_it_page)
        self.close_button = self.set_main_action(self.tr("Schließen"), self.accept, keys="Esc")
        room = parent.window().size() if parent is not None else _SIZE
        self.resize(
            _SIZE.boundedTo(QSize(room.width() - theme.AROUND, room.height() - theme.AROUND))
        )

        self.table.selectionModel().currentRowChanged.connect(self._show_licence)
        self._model.show_rows(parts.parts())
        self.table.selectionModel().setCurrentIndex(
            self._model.index(0, 0),
            QItemSelectionModel.SelectionFlag.ClearAndSelect
            | QItemSelectionModel.SelectionFlag.Rows,
        )
        self.table.setFocus()

    def _what_it_is(self) -> str:
        return self.tr(
            "Sagt, wen Sie als Nächstes sprechen, bis wann, und welcher Satz des Konzepts das "
            "verlangt. Eine Planungshilfe neben VerBIS und ATV, ohne Netz, auf einer "
            "verschlüsselten Datei. Freie Software unter der MIT-Lizenz, ohne Gewähr; das Fenster "
            "benutzt Qt unter der LGPL-3.0."
        )

    def _runs_on(self) -> str:
        return self.tr("Python {python}, Qt {qt}, {system}").format(
            python=platform.python_version(), qt=qVersion(), system=platform.platform(terse=True)
        )

    def _show_licence(self, index: QModelIndex) -> None:
        part = self._model.row(index)
        text = parts.licence_text(part)
        head = f"{part.name} {parts.version_text(part)}\n{part.licence}\n{part.home}".rstrip()
        self.licence.setPlainText(f"{head}\n\n{flowing(text)}")
        self.licence.setAccessibleName(self.tr("Lizenz von {part}").format(part=part.name))

    def _open_it_page(self) -> None:
        open_help(IT_PAGE, self)


def flowing(text: str) -> str:
    """The text without line breaks made for a terminal; lists and headings keep theirs."""
    lines: list[str] = []
    full = False
    for line in text.splitlines():
        if full and _GOES_ON.match(line):
            lines[-1] += f" {line.strip()}"
        else:
            lines.append(line)
        full = len(line) in _FULL_LINE
    return "\n".join(lines)


def open_about(parent: QWidget) -> None:
    """Show it over its window."""
    show(AboutDialog(parent))
