"""Who was found, on paper? The preview of a list of people, with a say on the names."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from kkd_desktop.actions import exports
from kkd_desktop.domain import texts
from kkd_desktop.domain.privacy import Privacy
from kkd_desktop.gui.dialogs.places import PlaceChooser
from kkd_desktop.gui.dialogs.print_preview import PrintPreview, Typesetter
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.widgets.segmented import SegmentedControl


class PeoplePreview(PrintPreview):
    """These people in this order; `said` is how they were found, and names nobody."""

    def __init__(
        self,
        session: Session,
        client_ids: Sequence[int],
        said: str,
        places: PlaceChooser,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            session,
            self.tr("Personenliste"),
            self._prepared,
            f"personenliste-{session.context.today.isoformat()}.pdf",
            places,
            parent,
            subtitle=texts.counted(len(client_ids), "Person", "Personen"),
        )
        self.privacy = SegmentedControl(
            ((Privacy.INITIALS, self.tr("Initialen")), (Privacy.FULL, self.tr("Namen"))),
            self.tr("Angaben zur Person"),
        )
        full = session.context.settings.privacy is Privacy.FULL
        self.privacy.set_value(Privacy.FULL if full else Privacy.INITIALS)
        self._ids, self._said = client_ids, said
        self.add_option(self.privacy)
        self.privacy.value_changed.connect(self.refresh)

    def _prepared(self) -> Typesetter:
        privacy = Privacy(self.privacy.value())
        typeset = exports.prepare_people_list(self._session.context, self._ids, self._said, privacy)
        return lambda progress: typeset()
