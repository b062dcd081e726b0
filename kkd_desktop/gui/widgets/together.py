"""Who of the Bedarfsgemeinschaft could come along? A sentence, and a link for each way."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kkd_desktop.domain import texts
from kkd_desktop.domain.language import said
from kkd_desktop.domain.proposals import Proposal, Suggestion
from kkd_desktop.gui import theme
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.labels import Paragraph, plain_tooltip


class TogetherLinks(QWidget):
    """Hidden where nobody could.

    Signals:
        chosen: this `Proposal` shall be booked, for everyone in it.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.who = Paragraph()
        self.links: list[Button] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.TINY)
        self._column.addWidget(self.who)
        self.hide()

    def show_offers(self, suggestion: Suggestion | None) -> None:
        """Show what the suggestion offers together; None hides it."""
        for link in self.links:
            self._column.removeWidget(link)
            link.hide()
            link.deleteLater()
        offers = () if suggestion is None else suggestion.together
        self.who.setText(self._who(offers[0]) if offers else "")
        self.links = [self._link(each) for each in offers]
        for link in self.links:
            self._column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        self.setVisible(bool(offers))

    def _who(self, offer: Proposal) -> str:
        names = texts.listed([each.name for each in offer.beside])
        if len(offer.beside) == 1:
            return self.tr("Aus der BG ist {names} auch an der Reihe:").format(names=names)
        return self.tr("Aus der BG sind {names} auch an der Reihe:").format(names=names)

    def _link(self, offer: Proposal) -> Button:
        day, hour = texts.short_day(offer.day), texts.clock(offer.start)
        if offer.joint:
            words = self.tr("Gemeinsam {day} {hour}, {minutes} min")
        else:
            words = self.tr("Nacheinander {day} ab {hour}")
        link = Button(words.format(day=day, hour=hour, minutes=offer.minutes), kind="link")
        link.setProperty("flush", "true")
        said = "; ".join(offer.reasons)
        link.setToolTip(plain_tooltip(f"{said}."))
        link.setAccessibleDescription(said)
        link.clicked.connect(lambda: self.chosen.emit(offer))
        return link


def moment_text(proposal: Proposal) -> str:
    """When, and who comes along: `Di 24.11.2026, 09:00, mit Kim Beispiel`."""
    moment = texts.moment(proposal.start)
    names = texts.listed([each.name for each in proposal.beside])
    return said("{moment}, mit {names}").format(moment=moment, names=names) if names else moment
