"""The week on paper: the preview, with a say on the names."""

from datetime import date

from PySide6.QtWidgets import QWidget

from kkd_desktop.actions import exports
from kkd_desktop.domain import texts
from kkd_desktop.domain.privacy import Privacy
from kkd_desktop.domain.workdays import DAY
from kkd_desktop.gui.dialogs.places import PlaceChooser
from kkd_desktop.gui.dialogs.print_preview import PrintPreview, Typesetter
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.segmented import SegmentedControl

_WIDTH = 1080


class WeekPreview(PrintPreview):
    """One week from Monday to Friday, landscape."""

    def __init__(
        self,
        session: Session,
        monday: date,
        places: PlaceChooser,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            session,
            self.tr("Woche drucken"),
            self._prepared,
            week_name(monday),
            places,
            parent,
            subtitle=self.tr("KW {week}, {since} bis {until}").format(
                week=monday.isocalendar().week,
                since=texts.weekday_day(monday),
                until=texts.weekday_day(monday + 4 * DAY),
            ),
        )
        self.privacy = SegmentedControl(
            (
                (Privacy.NEUTRAL, self.tr("Ohne Namen")),
                (Privacy.INITIALS, self.tr("Initialen")),
                (Privacy.FULL, self.tr("Namen")),
            ),
            self.tr("Angaben zur Person"),
        )
        self.privacy.set_value(session.context.settings.privacy)
        self._monday = monday
        self.add_option(self.privacy)
        self.privacy.value_changed.connect(self.refresh)
        # The sheet lies on its side.
        room = self.screen().availableSize()
        self.resize(min(_WIDTH, room.width()), self.height())

    def _prepared(self) -> Typesetter:
        context, privacy = self._session.context, Privacy(self.privacy.value())
        typeset = exports.prepare_week_sheet(context, self._monday, privacy)
        return lambda progress: typeset()


def week_name(monday: date) -> str:
    """A name for the file that tells no person: `woche-2026-kw48.pdf`."""
    year, week, _ = monday.isocalendar()
    return f"woche-{year}-kw{week:02d}.pdf"
