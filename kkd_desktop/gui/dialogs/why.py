"""Why this day? Every step, to be read, read out and copied."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from kkd_desktop.actions import appointments, casework
from kkd_desktop.domain import texts, trace_text
from kkd_desktop.domain.appointment import Appointment
from kkd_desktop.domain.client import Client
from kkd_desktop.domain.language import german
from kkd_desktop.domain.trace import Trace
from kkd_desktop.gui import clipboard, shortcuts, theme
from kkd_desktop.gui.dialogs.base import Dialog, show
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.banner import announce
from kkd_desktop.gui.widgets.card import Line
from kkd_desktop.gui.widgets.labels import Paragraph, PlainLabel
from kkd_desktop.gui.widgets.side_column import SideColumn
from kkd_desktop.gui.widgets.trace_view import ObligationView

_WIDTH, _HEIGHT, _LOW_HEIGHT = 760, 760, 240
_LEAST_HEIGHT = 320


class WhyDialog(Dialog):
    """The panel *Warum?*: the deciding obligation with all its steps, the others below it.

    Esc closes it, and the keyboard is back where it was.
    """

    def __init__(
        self,
        title: str,
        name: str,
        found: Trace | None,
        remark: str = "",
        parent: QWidget | None = None,
        *,
        kept: bool = False,
        copied: str = "",
    ) -> None:
        """`found` None where nothing was kept; `remark` says what is shown, or why nothing is.
        `kept` is what was stored, in German; `copied` is what goes into a Vermerk.
        """
        super().__init__(title, name, parent)
        self._kept = kept
        self._text = copied or remark
        self.remark = PlainLabel(remark, muted=True, wrap=True)
        self.remark.setVisible(bool(remark) and found is not None)
        self.views = [] if found is None else self._views(found)
        whole = self._parts()
        self.area = SideColumn(whole or [Paragraph(remark)])
        inner = self.area.widget()
        assert inner is not None, "a column has its cards in one"
        inner.setAutoFillBackground(False)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.area.setAccessibleName(title)
        self.area.setAccessibleDescription("" if found is None else found.sentence)

        self.body.addWidget(self.remark)
        self.body.addWidget(self.area, 1)
        self.copy_button = self.add_action(
            self.tr("Kopieren"), self.copy, keys=shortcuts.shown("dialog.copy")
        )
        self.close_button = self.set_main_action(self.tr("Schließen"), self.accept, keys="Esc")
        shortcuts.bind("dialog.copy", self, self.copy)
        for view in self.views:
            view.grown.connect(self.area.setFocus)
        self._take_size(found is not None)

    def copy(self) -> None:
        """Put everything into the clipboard as plain text."""
        clipboard.copy(self._text)
        self.copy_button.setText(self.tr("Kopiert"))
        announce(self.copy_button, self.tr("Kopiert"))

    def _views(self, found: Trace) -> list[ObligationView]:
        several = len(found.obligations) > 1
        return [
            ObligationView(each, several=several, kept=self._kept)
            for each in trace_text.ranked(found)
        ]

    def _parts(self) -> list[QWidget]:
        if len(self.views) < 2:
            return [*self.views]
        others = PlainLabel(self.tr("Daneben geprüft"), weight=QFont.Weight.DemiBold)
        return [self.views[0], Line(), others, *self.views[1:]]

    def _take_size(self, has_steps: bool) -> None:
        parent = self.parentWidget()
        window = None if parent is None else parent.window()
        room = _HEIGHT if window is None else window.height() - theme.AROUND
        self.copy_button.setVisible(has_steps)
        self.area.setMinimumHeight(_LEAST_HEIGHT if has_steps else 0)
        self.resize(_WIDTH, min(_HEIGHT, room) if has_steps else _LOW_HEIGHT)
        self.area.setFocus()


def open_why(session: Session, client_id: int, parent: QWidget) -> None:
    """Why is this due for a client, as of today?"""
    client = casework.stored_client(session.context, client_id)
    found = casework.why(session.context, client)
    with german():
        # What is copied goes into a Vermerk, so it is German.
        copied = trace_text.trace_text(casework.why(session.context, client), _tr("Warum?"))
    show(WhyDialog(_tr("Warum?"), client.name, found, parent=parent, copied=copied))


def open_why_booked(
    session: Session, appointment: Appointment, client: Client, parent: QWidget
) -> None:
    """Why was an appointment put on its day? As it was kept when it was booked."""
    assert appointment.id is not None, "a booked appointment is stored"
    found = appointments.why_booked(session.context, appointment.id)
    with german():
        copied = "" if found is None else trace_text.trace_text(found, _tr("Warum dieser Tag?"))
    moment = texts.moment(appointment.start)
    if found is not None:
        remark = _tr("Für den Termin am {moment}, wie es am {day} war, als er vereinbart wurde.")
        remark = remark.format(moment=moment, day=texts.weekday_day(found.day))
    else:
        remark = _tr(
            "Zum Termin am {moment} sind keine Schritte festgehalten: Er wurde vereinbart, "
            "bevor das Programm sie aufhob."
        ).format(moment=moment)
        if appointment.reason:
            remark += " " + _tr("Der Grund von damals: {reason}").format(reason=appointment.reason)
    title = _tr("Warum dieser Tag?")
    show(WhyDialog(title, client.name, found, remark, parent, kept=True, copied=copied))


def _tr(text: str) -> str:
    return QCoreApplication.translate("why", text)
