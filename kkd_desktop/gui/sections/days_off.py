"""On which days is nobody met, and who was to come on one of them?"""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kkd_desktop.actions import absences
from kkd_desktop.domain import texts
from kkd_desktop.domain.absences import Clash
from kkd_desktop.domain.hours import Leave
from kkd_desktop.domain.values import replace
from kkd_desktop.gui import theme
from kkd_desktop.gui.sections.base import Section
from kkd_desktop.gui.sections.leaves import LeaveList
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Banner
from kkd_desktop.gui.widgets.buttons import Button


class DaysOffSection(Section):
    """Own absences and closed days of the office; talks agreed on them are told."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(
            session,
            self.tr("Freie Tage"),
            self.tr("An diesen Tagen wird kein Termin vorgeschlagen"),
            parent,
        )
        self.absences = LeaveList(self.tr("Eigene Abwesenheiten"), self.tr("z. B. Urlaub"))
        self.closed = LeaveList(
            self.tr("Schließtage des Jobcenters"), self.tr("z. B. Betriebsruhe")
        )
        self.clash = Banner()
        self.clash_button = Button(self.tr("Anzeigen …"))
        self._clashes = QWidget()
        self._lay_out()

        self.closed.changed.connect(lambda leaves: self._change(closed=leaves))
        self.absences.changed.connect(lambda leaves: self._change(absences=leaves))
        self.clash_button.clicked.connect(self._show_clashes)

    def show_settings(self) -> None:
        context = self._session.context
        hours = context.settings.hours
        self.absences.show_leaves(hours.absences, context.today)
        self.closed.show_leaves(hours.closed, context.today)
        found = absences.clashing(context)
        self._clashes.setVisible(bool(found))
        if found:
            self.clash.say("", self._told(found), Tone.SOON)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._clashes)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SMALL)
        row.addWidget(self.clash, 1)
        row.addWidget(self.clash_button)
        self.body.setSpacing(theme.LARGE)
        self.body.addWidget(self._clashes)
        self.body.addWidget(self.absences)
        self.body.addWidget(self.closed)

    def _told(self, found: Sequence[Clash]) -> str:
        """`An 3 Tagen, an denen Sie nicht da sind, liegen 5 Termine.`"""
        days = len({clash.appointment.day for clash in found})
        number = texts.counted(len(found), "Termin", "Termine")
        if days == 1:
            day = texts.weekday_day(found[0].appointment.day)
            return self.tr("Am {day} ist niemand da, es {lie} aber {number}.").format(
                day=day, lie="liegt" if len(found) == 1 else "liegen", number=number
            )
        return self.tr("An {days} freien Tagen liegen {number}.").format(days=days, number=number)

    def _show_clashes(self) -> None:
        from kkd_desktop.gui.dialogs.base import show
        from kkd_desktop.gui.dialogs.clashes import ClashesDialog

        show(ClashesDialog(self._session, self))

    def _change(self, **leaves: Sequence[Leave]) -> None:
        self.store(hours=replace(self.settings().hours, **leaves))
