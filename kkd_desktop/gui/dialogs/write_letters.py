"""Which letters are written to whom, and what does each of them still lack?"""

from collections.abc import Collection, Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QItemSelectionModel, QObject, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from kkd_desktop.actions import appointments, letters
from kkd_desktop.actions.letters import Draft, Wish
from kkd_desktop.domain import texts
from kkd_desktop.domain.appointment import Appointment, AppointmentState, Delivery
from kkd_desktop.domain.contact import ContactForm
from kkd_desktop.domain.errors import UserError
from kkd_desktop.domain.letter import GapCode
from kkd_desktop.domain.letter_kinds import KIND_TEXTS, PURPOSE_TEXTS, LetterKind, Purpose
from kkd_desktop.domain.values import replace
from kkd_desktop.gui import shortcuts, tasks, theme
from kkd_desktop.gui.dialogs.base import Dialog, show
from kkd_desktop.gui.dialogs.letter_preview import LetterPreview
from kkd_desktop.gui.dialogs.places import PlaceChooser
from kkd_desktop.gui.dialogs.review_texts import ReviewTextsDialog
from kkd_desktop.gui.letter_words import (
    gaps_text,
    gaps_tone,
    review_text,
    sentences,
    waits_only,
)
from kkd_desktop.gui.models.columns import Column, ColumnModel
from kkd_desktop.gui.session import Session
from kkd_desktop.gui.theme import Tone
from kkd_desktop.gui.widgets.banner import Banner
from kkd_desktop.gui.widgets.buttons import Button
from kkd_desktop.gui.widgets.calm import Choice
from kkd_desktop.gui.widgets.card import TableCard
from kkd_desktop.gui.widgets.field import FormField, side_by_side
from kkd_desktop.gui.widgets.labels import PlainLabel
from kkd_desktop.gui.widgets.rooms import RoomEdit
from kkd_desktop.gui.widgets.segmented import SegmentedControl
from kkd_desktop.gui.widgets.table import DataTable

_FORM_WIDTH, _NAME_WIDTH, _LEAST_TABLE = 350, 170, 500
_ALL, _MARKED = "all", "marked"
KIND = 2
_LONGEST = 200


class DraftModel(ColumnModel[Draft]):
    """The letters to write, in the order in which they are printed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)

    def columns(self) -> Sequence[Column[Draft]]:
        return (
            Column(
                self.tr("Name"),
                lambda draft: draft.letter.client.name,
                hint=lambda draft: draft.letter.client.name,
            ),
            Column(self.tr("Termin"), lambda draft: draft.letter.appointment.start, _when),
            Column(self.tr("Brief"), lambda draft: KIND_TEXTS[draft.letter.kind]),
            Column(
                self.tr("Prüfung"),
                lambda draft: gaps_text(draft.gaps),
                hint=lambda draft: "\n".join(sentences(draft.gaps)),
                tone=lambda draft: gaps_tone(draft.gaps),
            ),
        )


class WriteLettersDialog(Dialog):
    """Asks for kind, purposes and way, for all or for the marked rows, and leads to the preview."""

    def __init__(
        self,
        session: Session,
        chosen: Sequence[Appointment],
        places: PlaceChooser,
        parent: QWidget | None = None,
    ) -> None:
        count = texts.counted(len(chosen), "Termin", "Termine")
        super().__init__(self.tr("Briefe schreiben"), count, parent)
        self._session = session
        self._places = places
        self._order = [each.id for each in chosen if each.id is not None]
        first = _first_wish(chosen)
        usual = letters.usual_purposes(session.context)
        if first.kind is not LetterKind.EINLADUNG:
            usual = ()
        # Where nothing was agreed about any of the talks, it is ticked, and can be taken away.
        proposed = () if any(each.purpose for each in chosen) else usual
        first = replace(first, purposes=proposed, usual=() if proposed else usual)
        self._wishes = dict.fromkeys(self._order, first)
        self.model = DraftModel(self)

        self.scope = SegmentedControl(
            ((_ALL, self.tr("Alle")), (_MARKED, self.tr("Markierte Zeilen"))),
            self.tr("Die Angaben gelten für"),
        )
        self.kind = Choice([(kind, KIND_TEXTS[kind]) for kind in LetterKind])
        self.purposes = {purpose: QCheckBox(PURPOSE_TEXTS[purpose]) for purpose in Purpose}
        self.purpose_heading = PlainLabel(size=theme.SMALL_SIZE, muted=True, wrap=True)
        self._purpose_title = self._title_of_purposes(bool(proposed))
        self._usual = first.usual
        self.purpose = QLineEdit()
        self.purpose.setMaxLength(_LONGEST)
        self.purpose.setPlaceholderText(self.tr("wie beim Termin vereinbart"))
        self.bring = QLineEdit()
        self.bring.setMaxLength(_LONGEST)
        self.bring.setPlaceholderText(self.tr("wie im Text der Dienststelle"))
        self.room = RoomEdit(session.context.settings.all_rooms)
        self.way = SegmentedControl(
            (
                (Delivery.POST, self.tr("Post")),
                (Delivery.HANDED_OVER, self.tr("Aushändigen")),
                (Delivery.PORTAL, self.tr("Elektronisch")),
            ),
            self.tr("Zustellung"),
        )
        self.first_plan = QCheckBox(self.tr("Erste Einladung zum Kooperationsplan"))
        self.receipt = QCheckBox(self.tr("Empfangsbestätigung auf eigenem Blatt"))
        self.table = DataTable(self.model, self.tr("Briefe"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.set_widths(_NAME_WIDTH, 138, 132)
        self.table.setMinimumWidth(_LEAST_TABLE)
        self.state, self.review = Banner(), Banner()
        self.review_button = Button(self.tr("Ansehen …"))

        self._lay_out()
        self.add_cancel()
        self.preview_button = self.set_main_action(
            self.tr("Vorschau"), self.submit, keys=shortcuts.shown("dialog.preview")
        )
        self._put(first)
        self._compose()
        self._connect()
        self.setMinimumWidth(960)
        self.resize(980, 600)
        # Where letters wait for their purpose, that is what is chosen first.
        gaps = {gap.code for draft in self.model.rows() for gap in draft.gaps}
        waits = GapCode.PURPOSE in gaps
        (self.purposes[Purpose.VERMITTLUNG] if waits else self.kind).setFocus()
        # While the form is read.
        tasks.run(lambda _: letters.load())

    def submit(self) -> None:
        """Show the very PDF of those that are complete."""
        ready = [draft for draft in self.model.rows() if draft.can_go_out]
        if not ready:
            return
        preview = LetterPreview(self._session, ready, self._places, self)
        preview.recorded.connect(self._go_on)
        show(preview)

    def _title_of_purposes(self, are_proposed: bool) -> str:
        if not are_proposed:
            return self.tr("Meldezweck (§ 309 Abs. 2 SGB III)")
        if self._session.context.settings.usual_purpose is None:
            return self.tr("Meldezweck (§ 309 Abs. 2 SGB III), vorgeschlagen wie zuletzt")
        return self.tr("Meldezweck (§ 309 Abs. 2 SGB III), vorgeschlagen wie üblich")

    def _lay_out(self) -> None:
        form = QVBoxLayout()
        form.setSpacing(theme.SMALL)
        if len(self._order) > 1:
            form.addWidget(_heading(self.tr("Diese Angaben gelten für")))
            form.addWidget(self.scope)
        form.addWidget(FormField(self.tr("&Art des Briefs"), self.kind))
        form.addWidget(self.purpose_heading)
        purposes = QVBoxLayout()
        purposes.setSpacing(theme.HAIR)
        for box in self.purposes.values():
            purposes.addWidget(_wrapping(box))
        form.addLayout(purposes)
        form.addWidget(FormField(self.tr("An&lass in eigenen Worten"), self.purpose))
        form.addLayout(
            side_by_side(
                (FormField(self.tr("&Mitzubringen"), self.bring), 3),
                (FormField(self.tr("&Raum"), self.room), 2),
            )
        )
        form.addWidget(_heading(self.tr("Zustellung")))
        form.addWidget(self.way)
        form.addWidget(self.first_plan)
        form.addWidget(self.receipt)
        form.addStretch()
        left = QWidget()
        left.setFixedWidth(_FORM_WIDTH)
        form.setContentsMargins(0, 0, 0, 0)
        left.setLayout(form)
        right = QVBoxLayout()
        right.setSpacing(theme.MEDIUM)
        right.addWidget(TableCard(self.table), 1)
        right.addWidget(self.state)
        self.review.add(self.review_button)
        right.addWidget(self.review)
        row = QHBoxLayout()
        row.setSpacing(theme.HUGE)
        row.addWidget(left)
        row.addLayout(right, 1)
        self.body.addLayout(row, 1)

    def _connect(self) -> None:
        self.scope.value_changed.connect(self._take_scope)
        self.kind.currentIndexChanged.connect(self._take)
        for box in (*self.purposes.values(), self.first_plan, self.receipt):
            box.toggled.connect(self._take)
        for edit in (self.purpose, self.bring):
            edit.editingFinished.connect(self._take)
        self.way.value_changed.connect(self._take)
        self.room.room_chosen.connect(self._take_room)
        self.review_button.clicked.connect(self._review_texts)
        self.table.selectionModel().selectionChanged.connect(self._choose)
        shortcuts.bind("dialog.preview", self, self.preview_button.click)

    def _wish(self) -> Wish:
        return Wish(
            kind=LetterKind(self.kind.value() or LetterKind.EINLADUNG),
            delivery=Delivery(self.way.value()),
            purposes=tuple(each for each, box in self.purposes.items() if box.isChecked()),
            purpose_text=self.purpose.text().strip() or None,
            bring=self.bring.text().strip() or None,
            first_plan=self.first_plan.isChecked(),
            receipt_page=self.receipt.isChecked(),
            usual=self._usual,
        )

    def _put(self, wish: Wish) -> None:
        """Show what is wanted for a row, and tell nobody."""
        fields: tuple[QWidget, ...] = (
            self.kind,
            *self.purposes.values(),
            self.purpose,
            self.bring,
            self.way,
            self.first_plan,
            self.receipt,
        )
        for each in fields:
            each.blockSignals(True)
        self.kind.setCurrentIndex(self.kind.findData(wish.kind))
        for purpose, box in self.purposes.items():
            box.setChecked(purpose in wish.purposes)
        self.purpose.setText(wish.purpose_text or "")
        self.bring.setText(wish.bring or "")
        self.way.set_value(wish.delivery)
        self.first_plan.setChecked(wish.first_plan)
        self.receipt.setChecked(wish.receipt_page)
        for each in fields:
            each.blockSignals(False)

    def _take(self) -> None:
        """What was entered holds for all rows, or for the marked ones."""
        wish = self._wish()
        for each in self._marked() if self.scope.value() == _MARKED else self._order:
            self._wishes[each] = wish
        self._compose()

    def _take_room(self, room: str) -> None:
        """The room is the appointment's, not only the letter's: calendars and lists follow."""
        ids = [appointment.id for appointment in self._in_rooms() if appointment.id is not None]
        self._session.perform(lambda context: appointments.set_room(context, ids, room))
        self._compose()

    def _show_room(self) -> None:
        """That of the marked rows or of all; nothing where they differ."""
        rooms = {appointment.room for appointment in self._in_rooms()}
        self.room.set_text(next(iter(rooms)) if len(rooms) == 1 else "")
        self.room.say_nothing_chosen(self.tr("verschieden") if len(rooms) > 1 else "")
        self.room.setEnabled(bool(rooms))

    def _in_rooms(self) -> list[Appointment]:
        """Those of the marked rows, or of all, for which somebody comes to a room."""
        marked = self._marked() if self.scope.value() == _MARKED else self._order
        found = (draft.letter.appointment for draft in self.model.rows())
        return [a for a in found if a.id in marked and a.form is ContactForm.PERSOENLICH]

    def _take_scope(self) -> None:
        if self.scope.value() == _ALL:
            self._take()
            return
        if not self._marked():
            self.table.selectRow(0)
        self.table.setFocus()

    def _choose(self) -> None:
        marked = self._marked()
        if marked and self.scope.value() == _MARKED:
            self._put(self._wishes[marked[0]])
            self._show_room()
        self._say()

    def _marked(self) -> list[int]:
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self._order[row] for row in rows]

    def _compose(self) -> None:
        """What each letter says and lacks, one question per wish."""
        self.show_error("")
        found: dict[int, Draft] = {}
        try:
            for wish in dict.fromkeys(self._wishes.values()):
                ids = [each for each in self._order if self._wishes[each] == wish]
                made = letters.compose(self._session.context, ids, wish)
                found.update(zip(ids, made, strict=True))
        except UserError as fault:
            self.show_error(str(fault))
            self.preview_button.setEnabled(False)
            return
        marked = set(self._marked())
        selection = self.table.selectionModel()
        selection.blockSignals(True)
        self.model.show_rows([found[each] for each in self._order])
        flags = QItemSelectionModel.SelectionFlag
        for place, each in enumerate(self._order):
            if each in marked:
                selection.select(self.model.index(place, 0), flags.Select | flags.Rows)
        selection.blockSignals(False)
        self.table.viewport().update()
        # Where all letters are of one kind, the form says it already.
        self._show_room()
        self.table.setColumnHidden(KIND, len({each.kind for each in self._wishes.values()}) == 1)
        self._say()

    def _say(self) -> None:
        """What is lacking, in whole sentences: of the marked rows, else of all."""
        drafts = self.model.rows()
        ready = sum(draft.can_go_out for draft in drafts)
        self.preview_button.setEnabled(ready > 0)
        self.preview_button.setText(
            self.tr("Vorschau: {count}").format(count=texts.counted(ready, "Brief", "Briefe"))
            if ready
            else self.tr("Vorschau")
        )
        marked = set(self._marked())
        shown = [d for d, each in zip(drafts, self._order, strict=True) if each in marked] or drafts
        self._say_lacking(drafts, shown)
        review = review_text(shown)
        self.review.setVisible(bool(review))
        said = self.tr("{texts}; jeder Brief damit sagt es.").format(texts=review)
        self.review.say("", said, Tone.NEUTRAL)

    def _say_lacking(self, drafts: Sequence[Draft], shown: Sequence[Draft]) -> None:
        """How many wait or cannot go out, and why of those that are shown: red where it is wrong
        with the letter itself.
        """
        stopped = [each for each in drafts if not each.can_go_out]
        waiting = [each for each in stopped if waits_only(each.gaps)]
        wrong = any(gaps_tone(each.gaps) is Tone.LATE for each in shown)
        lines = [self._said_of_waiting(waiting)] if waiting and not wrong else []
        if len(stopped) > len(waiting):
            count = texts.counted(len(stopped) - len(waiting), "Brief", "Briefe")
            lines.append(self.tr("{count} nicht enthalten.").format(count=count))
        without = sum(_lacks_purpose(each) for each in drafts)
        self._say_purpose(without, drafts)
        gaps = [gap for draft in shown for gap in draft.gaps if gap.code is not GapCode.PURPOSE]
        stopping = [gap for gap in gaps if gap.stops]
        lines += _most_telling(self, sentences(stopping or gaps))
        self.state.setVisible(bool(lines))
        tone = Tone.LATE if wrong else Tone.NEUTRAL if waiting else Tone.SOON
        self.state.say("", "\n".join(lines), tone)

    def _say_purpose(self, without: int, drafts: Sequence[Draft]) -> None:
        """How many wait for it, or what is taken for those about which nothing was agreed."""
        title = self._purpose_title
        wanted = (self._wishes[each].purposes for each in self._order)
        pairs = zip(drafts, wanted, strict=True)
        has_usual = any(each.letter.purposes != purposes for each, purposes in pairs)
        if without:
            title = self.tr("{title}: {n} warten darauf").format(title=title, n=without)
        elif has_usual:
            usual = texts.listed([PURPOSE_TEXTS[each] for each in self._usual])
            title += self.tr("\nWo nichts vereinbart ist: {purposes}").format(purposes=usual)
        self.purpose_heading.setText(title)
        self.purpose_heading.set_tone(Tone.ACCENT if without else Tone.NEUTRAL)

    def _said_of_waiting(self, waiting: Sequence[Draft]) -> str:
        count = texts.counted(len(waiting), "Brief wartet", "Briefe warten")
        if any(map(_lacks_purpose, waiting)):
            return self.tr("{count} auf den Zweck: links ankreuzen, für alle zugleich.").format(
                count=count
            )
        return self.tr("{count} auf Angaben aus den Einstellungen.").format(count=count)

    def _review_texts(self) -> None:
        """The wordings of these letters; what was marked meanwhile is no longer said."""
        keys = {each.block.key for draft in self.model.rows() for each in draft.letter.passages}
        dialog = ReviewTextsDialog(self._session, keys, self)
        dialog.finished.connect(self._compose)
        show(dialog)

    def _go_on(self) -> None:
        """What is recorded need not be written again; with nothing left the work is done."""
        self._compose()
        if not any(draft.can_go_out for draft in self.model.rows()):
            self.accept()


def open_letters(
    session: Session,
    appointment_ids: Collection[int],
    places: PlaceChooser | None = None,
    parent: QWidget | None = None,
) -> None:
    """Ask how the letters to these appointments are to be written, the earliest talks first.

    A run has its limit: what is beyond it is said and stays to be written.
    """
    try:
        found = [appointments.get(session.context, each) for each in appointment_ids]
    except UserError as fault:
        session.failed.emit(str(fault))
        return
    chosen = sorted((each for each in found if each.state.is_open), key=lambda each: each.start)
    if not chosen:
        session.failed.emit(_tr("Zu diesen Terminen ist kein Brief mehr zu schreiben."))
        return
    rest = len(chosen) - letters.MOST_LETTERS
    if rest > 0:
        said = _tr("Die ersten {n} Briefe; {rest} weitere danach unter Einladungen.")
        session.done.emit(said.format(n=letters.MOST_LETTERS, rest=rest))
    show(
        WriteLettersDialog(
            session, chosen[: letters.MOST_LETTERS], places or PlaceChooser(), parent
        )
    )


_MOST_SENTENCES = 4


def _most_telling(dialog: WriteLettersDialog, said: list[str]) -> list[str]:
    """The first few, and how many more there are; the rows tell the others."""
    rest = len(said) - _MOST_SENTENCES
    if rest <= 0:
        return said
    more = dialog.tr("und {n} weitere; die Zeilen nennen sie").format(n=rest)
    return [*said[:_MOST_SENTENCES], more]


def _lacks_purpose(draft: Draft) -> bool:
    return any(gap.stops and gap.code is GapCode.PURPOSE for gap in draft.gaps)


def _when(start: datetime) -> str:
    return f"{texts.short_day(start.date())} {texts.clock(start)}"


def _first_wish(chosen: Sequence[Appointment]) -> Wish:
    """By post unless something else was said; after missed talks it is about a hearing."""
    missed = bool(chosen) and all(each.state is AppointmentState.MISSED for each in chosen)
    ways = {each.delivery for each in chosen}
    way = next(iter(ways)) if len(ways) == 1 else Delivery.POST
    return Wish(
        kind=LetterKind.ANHOERUNG if missed else LetterKind.EINLADUNG,
        delivery=Delivery.POST if way is Delivery.NONE or missed else way,
    )


def _heading(text: str) -> PlainLabel:
    return PlainLabel(text, size=theme.SMALL_SIZE, muted=True)


def _wrapping(box: QCheckBox) -> QCheckBox:
    """A check box does not wrap its text: two lines where one is too narrow."""
    words, room = box.text(), _FORM_WIDTH - 30
    if box.fontMetrics().horizontalAdvance(words) > room:
        cut = words.rfind(" ", 0, len(words) * room // box.fontMetrics().horizontalAdvance(words))
        box.setText(f"{words[:cut]}\n{words[cut + 1 :]}")
        box.setAccessibleName(words)
        box.setProperty("lines", "2")
    return box


def _tr(text: str) -> str:
    return QCoreApplication.translate("write_letters", text)
