"""What did the letter say that went out? The same document again, marked as a copy."""

from PySide6.QtWidgets import QWidget

from kkd_desktop.actions import letters
from kkd_desktop.domain import texts
from kkd_desktop.domain.letter_kinds import KIND_TEXTS
from kkd_desktop.domain.letter_record import LetterRecord
from kkd_desktop.gui.dialogs.places import PlaceChooser
from kkd_desktop.gui.dialogs.print_preview import PrintPreview, Typesetter
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Banner


class LetterCopy(PrintPreview):
    """A printed letter to look at and print again; printing it records nothing."""

    def __init__(
        self,
        session: Session,
        letter: LetterRecord,
        places: PlaceChooser,
        parent: QWidget | None = None,
    ) -> None:
        self._letter = letter
        super().__init__(
            session,
            self.tr("Kopie"),
            self._prepared,
            f"kopie-{letter.written_on.isoformat()}.pdf",
            places,
            parent,
            subtitle=self.tr("{kind} vom {day}").format(
                kind=KIND_TEXTS[letter.kind], day=texts.day(letter.written_on)
            ),
        )
        self.proof = Banner()
        self.body.insertWidget(0, self.proof)
        self.proof.hide()

    def _prepared(self) -> Typesetter:
        assert self._letter.id is not None, "the chain shows stored letters"
        made = letters.reprint(self._session.context, self._letter.id)
        said = made.note
        if made.is_identical:
            same = self.tr("Das Original ist Byte für Byte das damals festgehaltene.")
            said = f"{same} {made.note}".strip()
        self.proof.say("", said, Tone.OK if made.is_identical else Tone.SOON)
        self.proof.show()
        return lambda progress: made.pdf
