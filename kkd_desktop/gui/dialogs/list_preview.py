"""Who comes when, on paper? The preview of the invitation list, with a say on the names."""

from datetime import date

from PySide6.QtWidgets import QWidget

from kkd_desktop.actions import exports
from kkd_desktop.domain import texts
from kkd_desktop.domain.privacy import Privacy
from kkd_desktop.gui.dialogs.places import PlaceChooser
from kkd_desktop.gui.dialogs.print_preview import PrintPreview, Typesetter
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.segmented import SegmentedControl


class ListPreview(PrintPreview):
    """All appointments of a period, whatever the page filters: the title says the period."""

    def __init__(
        self,
        session: Session,
        since: date,
        until: date,
        places: PlaceChooser,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            session,
            self.tr("Einladungsliste"),
            self._prepared,
            list_name(since, until),
            places,
            parent,
            subtitle=self.tr("alle Termine {since} bis {until}").format(
                since=texts.weekday_day(since), until=texts.weekday_day(until)
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
        self._days = since, until
        self.add_option(self.privacy)
        self.privacy.value_changed.connect(self.refresh)

    def _prepared(self) -> Typesetter:
        privacy = Privacy(self.privacy.value())
        typeset = exports.prepare_invitation_list(self._session.context, *self._days, privacy)
        return lambda progress: typeset()


def list_name(since: date, until: date) -> str:
    """A name for the file that tells no person: `einladungen-2026-11-20-bis-2026-12-17.pdf`."""
    return f"einladungen-{since.isoformat()}-bis-{until.isoformat()}.pdf"
