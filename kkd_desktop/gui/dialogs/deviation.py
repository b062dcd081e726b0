"""Why does the policy not fit this client for a while, and until when?"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from kkd_desktop.actions import casework, exceptions
from kkd_desktop.actions.context import Context
from kkd_desktop.actions.exceptions import ExceptionOffer
from kkd_desktop.domain import texts
from kkd_desktop.domain.client import Client, Deviation
from kkd_desktop.domain.exception_text import ending_text, longest_text
from kkd_desktop.domain.policy import Citation, DeviationEffect, Policy
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Banner
from kkd_desktop.gui.widgets.calm import Choice
from kkd_desktop.gui.widgets.card import Quote
from kkd_desktop.gui.widgets.dayline import DayLine
from kkd_desktop.gui.widgets.field import FormField, side_by_side

_SINGLE = ""
"""Of the choice of kinds: an exception that no policy declares."""


class DeviationDialog(Dialog):
    """A reasoned exception. It always ends: on a day, or with the event its kind names.

    Where the policy declares kinds of exceptions, one is chosen; it says what it does.

    Signals:
        saved: the exception is stored; carries the client's id.
    """

    saved = Signal(int)

    def __init__(self, session: Session, client: Client, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Ausnahme vereinbaren"), client.name, parent)
        self._session = session
        self._client = client
        self._offers = {each.kind.id: each for each in exceptions.offers(session.context)}
        self._single = exceptions.single_case(session.context)
        self.kind = Choice(self._kinds())
        self.kind_field = FormField(self.tr("&Art"), self.kind)
        self.kind_field.setVisible(bool(self._offers))
        self.reason = QComboBox()
        self.reason.setEditable(True)
        self.reason.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.reason.setMinimumContentsLength(20)
        self.reason.lineEdit().setMaxLength(200)  # type: ignore[union-attr]
        self.until = DayLine()
        self.until.start_from(session.context.today)
        self.reason_field = FormField(
            self.tr("&Grund (Pflicht)"),
            self.reason,
            self.tr("Auswählen oder eintippen; nichts zur Gesundheit."),
        )
        self.until_field = FormField(self.tr("&Ende (Pflicht)"), self.until)
        self.effect = Banner()
        self.quote = Quote()

        self.body.addWidget(self.kind_field)
        self.body.addLayout(side_by_side((self.reason_field, 3), (self.until_field, 2)))
        self.body.addWidget(self.effect)
        self.body.addWidget(self.quote)
        self.body.addStretch()
        self.add_cancel()
        self.save_button = self.set_main_action(self.tr("Ausnahme vereinbaren"), self.submit)
        self.setMinimumSize(620, 376)
        self._show_kind()

        self.kind.currentIndexChanged.connect(self._show_kind)
        self.reason.editTextChanged.connect(lambda: self.reason_field.show_error(""))
        self.until.returnPressed.connect(self.submit)
        (self.kind if self._offers else self.reason).setFocus()

    def submit(self) -> None:
        """Store it; what is missing is said at the field."""
        self.show_error("")
        offer, reason = self._offer(), self.reason.currentText().strip()
        self.reason_field.show_error("" if reason else self.tr("Bitte den Grund angeben."))
        self.until_field.show_error(self._fault_of_end(offer))
        for field in (self.reason_field, self.until_field):
            if field.error():
                field.field.setFocus()
                return
        kind = None if offer is None else offer.kind.id
        today = self._session.context.today
        deviation = Deviation(reason, self.until.day(), since=today, kind=kind)

        def store(context: Context) -> bool:
            casework.agree_deviation(context, self._client.id, deviation)
            return True

        if self._session.perform(store, lambda: self.tr("Ausnahme vereinbart"), self.show_error):
            self.accept()
            self.saved.emit(self._client.id)

    def _kinds(self) -> list[tuple[str, str]]:
        kinds = [(name, offer.kind.title) for name, offer in self._offers.items()]
        if not kinds or self._single.deviation is not DeviationEffect.NONE:
            kinds.append((_SINGLE, self.tr("Begründeter Einzelfall")))
        return kinds

    def _offer(self) -> ExceptionOffer | None:
        return self._offers.get(self.kind.value() or _SINGLE)

    def _fault_of_end(self, offer: ExceptionOffer | None) -> str:
        day, optional = self.until.day(), offer is not None and offer.kind.ends is not None
        if day is None:
            empty = not self.until.text().strip()
            return "" if optional and empty else self.tr("Bitte als TT.MM.JJJJ eintragen.")
        if day < self._session.context.today:
            return self.tr("Dieser Tag liegt schon zurück.")
        if offer is not None and offer.last is not None and day > offer.last:
            return self.tr("Zu spät: {longest}.").format(
                longest=longest_text(offer.kind, offer.last)
            )
        return ""

    def _show_kind(self) -> None:
        """What the chosen kind does, how it ends, and where the policy says so."""
        offer, typed = self._offer(), self.reason.currentText()
        chosen = [self.reason.itemText(place) for place in range(self.reason.count())]
        kept = "" if typed in chosen else typed
        self.reason.clear()
        self.reason.addItems(self._reasons() if offer is None else [offer.kind.title])
        self.reason.setCurrentIndex(-1 if offer is None or kept else 0)
        if kept:
            self.reason.setEditText(kept)
        for field in (self.reason_field, self.until_field):
            field.show_error("")
        self._show_end(offer)
        if offer is None:
            self._explain(self._single, self._single.deviation, self._single.deviation_citation)
        else:
            self._explain(offer.policy, offer.kind.effect, offer.kind.citation, offer)

    def _show_end(self, offer: ExceptionOffer | None) -> None:
        optional = offer is not None and offer.kind.ends is not None
        label = self.tr("&Ende (freiwillig)") if optional else self.tr("&Ende (Pflicht)")
        self.until_field.rename(label)
        hint = self.tr("Ab dann gilt die Vorgabe wieder.")
        if offer is not None and offer.kind.ends is not None:
            hint = self.tr("Ohne Tag, bis das Ereignis eintritt.")
        elif offer is not None and offer.last is not None:
            hint = self.tr("Spätestens {day}.").format(day=texts.day(offer.last))
        self.until_field.set_hint(hint)

    def _reasons(self) -> Sequence[str]:
        """What Mönchengladbach names as examples; any other reason can be typed."""
        return (
            self.tr("Maßnahme vereinbart, bis zum Antritt keine weitere Unterstützung notwendig"),
            self.tr("Einstellungszusage"),
            self.tr("ausstehendes Gutachten"),
            self.tr("besondere Umstände, ein Kontakt ist derzeit nicht sinnvoll"),
        )

    def _explain(
        self,
        policy: Policy,
        effect: DeviationEffect,
        citation: Citation | None,
        offer: ExceptionOffer | None = None,
    ) -> None:
        word, text, tone = {
            DeviationEffect.SUSPENDS: (
                self.tr("ruht"),
                self.tr("Bis zum Ende ist nichts fällig; dann ist es der Kontakt."),
                Tone.ACCENT,
            ),
            DeviationEffect.REPLACES: (
                self.tr("ersetzt"),
                self.tr("Das Ende ersetzt den Tag, der sonst gälte."),
                Tone.ACCENT,
            ),
            DeviationEffect.NONE: (
                self.tr("ohne Wirkung"),
                self.tr("{policy} kennt keine Ausnahme im Einzelfall; die Fristen bleiben.").format(
                    policy=policy.short_title
                ),
                Tone.SOON,
            ),
        }[effect]
        ending = "" if offer is None else ending_text(offer.kind, offer.last)
        if ending:
            text += f" {ending[:1].upper()}{ending[1:]}."
        self.effect.say(word, text, tone)
        if citation is None:
            self.quote.hide()
        else:
            self.quote.show_quote(citation.quote, f"{policy.document}, {citation.place}")
