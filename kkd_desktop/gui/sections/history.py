"""How many steps can be taken back, and how long is it kept what was changed?"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from kkd_desktop.actions.settings import LEAST_STEPS, MOST_STEPS
from kkd_desktop.domain import texts
from kkd_desktop.gui.sections.base import Section
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.calm import Choice, NumberEdit
from kkd_desktop.gui.widgets.field import FormField, side_by_side

_STEP = 20
_MONTHS = (12, 24, 36, 60, 120)
_WIDTH = 112


class HistorySection(Section):
    """Undo reaches so far back; the Verlauf further, as long as the office needs it.

    Signals:
        history_wanted: the Verlauf of the whole caseload is wanted.
    """

    history_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, self.tr("Rückgängig und Verlauf"), parent=parent)
        self._number = NumberEdit(LEAST_STEPS, MOST_STEPS)
        self._number.setSingleStep(_STEP)
        self._number.setFixedWidth(_WIDTH)
        self.steps = FormField(
            self.tr("Schritte, die sich zurücknehmen lassen"),
            self._number,
            self.tr("Ältere Schritte stehen weiter im Verlauf. Gilt ab dem nächsten Start."),
        )
        self._choice = Choice()
        self.kept = FormField(
            self.tr("Verlauf aufbewahren"),
            self._choice,
            self.tr(
                "Was älter ist, wird beim nächsten Start gelöscht. Mit einer Person wird immer "
                "auch ihr Verlauf gelöscht."
            ),
        )
        self.open_button = Button(self.tr("Verlauf ansehen"))
        self.body.addLayout(side_by_side((self.steps, 1), (self.kept, 1)))
        self.body.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)

        self._number.valueChanged.connect(self._take_steps)
        self._choice.activated.connect(self._take_kept)
        self.open_button.clicked.connect(self.history_wanted)

    def show_settings(self) -> None:
        settings = self.settings()
        self._number.set_quietly(settings.kept_steps)
        chosen = settings.history_months
        months = sorted({*_MONTHS, *(() if chosen is None else (chosen,))})
        self._choice.show_choices(
            [
                (None, self.tr("solange die Person gespeichert ist")),
                *((str(each), _months_text(each)) for each in months),
            ],
            None if chosen is None else str(chosen),
        )

    def _take_steps(self, value: int) -> None:
        self.store(self.steps, kept_steps=value)

    def _take_kept(self) -> None:
        chosen = self._choice.value()
        self.store(self.kept, history_months=None if chosen is None else int(chosen))


def _months_text(months: int) -> str:
    years, rest = divmod(months, 12)
    if rest:
        return texts.counted(months, "Monat", "Monate")
    return texts.counted(years, "Jahr", "Jahre")
