"""Why does the policy not fit this client for a while, and until when?"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from kkd_desktop.actions import casework
from kkd_desktop.actions.context import Context
from kkd_desktop.domain.client import Client, Deviation
from kkd_desktop.domain.policy import DeviationEffect, Policy
from kkd_desktop.gui.dialogs.base import Dialog
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Banner
from kkd_desktop.gui.widgets.card import Quote
from kkd_desktop.gui.widgets.dayline import DayLine
from kkd_desktop.gui.widgets.field import FormField, side_by_side


class DeviationDialog(Dialog):
    """A reasoned exception. It always ends, on the day of the end the client is due.

    Signals:
        saved: the exception is stored; carries the client's id.
    """

    saved = Signal(int)

    def __init__(self, session: Session, client: Client, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Ausnahme vereinbaren"), client.name, parent)
        self._session = session
        self._client = client
        self.reason = QComboBox()
        self.reason.setEditable(True)
        self.reason.addItems(self._reasons())
        self.reason.setCurrentIndex(-1)
        self.reason.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.reason.setMinimumContentsLength(20)
        self.reason.lineEdit().setMaxLength(200)  # type: ignore[union-attr]
        self.until = DayLine()
        self.until.start_from(session.context.today)
        self.reason_field = FormField(
            self.tr("&Grund (Pflicht)"), self.reason, self.tr("Auswählen oder eintippen.")
        )
        self.until_field = FormField(
            self.tr("&Ende (Pflicht)"), self.until, self.tr("Ab dann gilt die Vorgabe wieder.")
        )
        self.effect = Banner()
        self.quote = Quote()

        self.body.addLayout(side_by_side((self.reason_field, 3), (self.until_field, 2)))
        self.body.addWidget(self.effect)
        self.body.addWidget(self.quote)
        self.body.addStretch()
        self.add_cancel()
        self.save_button = self.set_main_action(self.tr("Vereinbaren"), self.submit)
        self.setMinimumSize(620, 376)
        self._explain(session.context.policies()[0].policy)

        self.reason.editTextChanged.connect(lambda: self.reason_field.show_error(""))
        self.until.returnPressed.connect(self.submit)
        self.reason.setFocus()

    def submit(self) -> None:
        """Store it; what is missing is said at the field."""
        self.show_error("")
        reason, until = self.reason.currentText().strip(), self.until.day()
        past = until is not None and until < self._session.context.today
        self.reason_field.show_error("" if reason else self.tr("Bitte den Grund angeben."))
        self.until_field.show_error(
            self.tr("Bitte als TT.MM.JJJJ eintragen.")
            if until is None
            else self.tr("Dieser Tag liegt schon zurück.")
            if past
            else ""
        )
        for field in (self.reason_field, self.until_field):
            if field.error():
                field.field.setFocus()
                return
        assert until is not None, "checked above"
        deviation = Deviation(reason, until, since=self._session.context.today)

        def store(context: Context) -> bool:
            casework.agree_deviation(context, self._client.id, deviation)
            return True

        if self._session.perform(store, self.tr("Ausnahme vereinbart"), self.show_error):
            self.accept()
            self.saved.emit(self._client.id)

    def _reasons(self) -> tuple[str, ...]:
        """What Mönchengladbach names as examples; any other reason can be typed."""
        return (
            self.tr("Maßnahme vereinbart, bis zum Antritt keine weitere Unterstützung notwendig"),
            self.tr("Einstellungszusage"),
            self.tr("ausstehendes Gutachten"),
            self.tr("besondere Umstände, ein Kontakt ist derzeit nicht sinnvoll"),
        )

    def _explain(self, policy: Policy) -> None:
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
        }[policy.deviation]
        self.effect.say(word, text, tone)
        citation = policy.deviation_citation
        if citation is None:
            self.quote.hide()
        else:
            self.quote.show_quote(citation.quote, f"{policy.document}, {citation.place}")
