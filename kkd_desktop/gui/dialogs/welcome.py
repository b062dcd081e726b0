"""How does somebody begin who has no caseload yet?"""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kkd_desktop.gui import theme, translations
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.labels import PlainLabel
from kkd_desktop.gui.widgets.row_button import RowButton


class WelcomeDialog(Dialog):
    """Three ways to begin. The dialog closes with the choice.

    Signals:
        demo_chosen: look at the invented caseload.
        creation_chosen: create a caseload of one's own.
        restore_chosen: bring back a back-up.
        other_language_chosen: ask the same in the other language.
    """

    demo_chosen = Signal()
    creation_chosen = Signal()
    restore_chosen = Signal()
    other_language_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Willkommen bei Kontaktdichte"), parent=parent)
        intro = PlainLabel(
            self.tr(
                "Wen treffe ich als Nächstes, bis wann, und welcher Satz des Konzepts sagt das? "
                "Ihre Daten bleiben verschlüsselt auf diesem Rechner."
            ),
            muted=True,
            wrap=True,
        )
        self.demo = _Choice(
            self.tr("Beispiel ansehen"),
            self.tr("300 erfundene Personen zum Ausprobieren, nichts bleibt zurück."),
        )
        self.creation = _Choice(
            self.tr("Fallbestand anlegen …"),
            self.tr("Eine verschlüsselte Datei für Ihren eigenen Bestand."),
        )
        self.restore = _Choice(
            self.tr("Sicherung wiederherstellen …"),
            self.tr("Mit einer Sicherungsdatei weiterarbeiten."),
        )
        self.body.addWidget(intro)
        choices = (
            (self.demo, self.demo_chosen),
            (self.creation, self.creation_chosen),
            (self.restore, self.restore_chosen),
        )
        for choice, signal in choices:
            self.body.addWidget(choice)
            choice.clicked.connect(self.accept)
            choice.clicked.connect(signal)
        self.body.addStretch()
        self.language_button = Button(translations.NAMES[translations.other()], kind="link")
        self.language_button.clicked.connect(self.accept)
        self.language_button.clicked.connect(self.other_language_chosen)
        self._buttons.insertWidget(0, self.language_button)
        self.add_action(self.tr("Beenden"), self.reject)
        self.setMinimumWidth(560)
        self.creation.setFocus()


class _Choice(RowButton):
    """A large button of two lines."""

    def __init__(self, title: str, detail: str) -> None:
        super().__init__()
        self._detail = detail
        self._bold = theme.font(weight=QFont.Weight.DemiBold)
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(detail)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._detail) + 64, 64)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        active = self.isEnabled() and (self.hasFocus() or self.underMouse())
        width = 2.0 if self.hasFocus() else 1.0
        edge = colours.accent if self.hasFocus() else colours.border
        painter.setPen(QPen(QColor(edge), width))
        back = colours.hover if self.underMouse() and self.isEnabled() else colours.surface
        painter.setBrush(QColor(back if self.isEnabled() else colours.bg))
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(area, theme.RADIUS, theme.RADIUS)
        inner = self.rect().adjusted(16, 12, -40, -12)
        painter.setFont(self._bold)
        painter.setPen(QColor(colours.text if self.isEnabled() else colours.muted))
        painter.drawText(inner, Qt.AlignmentFlag.AlignTop, self.text())
        painter.setFont(self.font())
        painter.setPen(QColor(colours.muted))
        cut = self.fontMetrics().elidedText(
            self._detail, Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignBottom, cut)
        if self.isEnabled():
            painter.setPen(QColor(colours.accent if active else colours.muted))
            arrow = self.rect().adjusted(0, 0, -16, 0)
            painter.drawText(
                arrow, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "→"
            )
